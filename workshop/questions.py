"""What a room can be asked, which answers may be given, and what all answers come to."""

from __future__ import annotations

import math
import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..words import Words, capital, message, pair
from .room_words import RoomError
from .state import from_link

MOST_TEXT, MOST_UNIT, MOST_CHOICE, MOST_LINK = 200, 20, 60, 20_000
LEAST_CHOICES, MOST_CHOICES, MOST_DIGITS, MOST_MODEL = 2, 12, 3, 1_000
LARGEST = 1e9
MOST_BINS = 12
"""As many pairs of bars as can be told apart on a phone."""

GUESS = {"kind", "text", "unit", "low", "high", "digits", "outcome", "look"}
VOTE = {"kind", "text", "choices"}
"""What a question is made of."""
OUTCOME = re.compile(r"[a-z][a-z0-9_]{0,39}")
BIDIRECTIONAL = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Signs that turn the order of letters around, and could make a text read as another."""


@dataclass(frozen=True)
class Guess:
    """How large will it be? A number in a range, about an outcome of the two settings of a look."""

    text: Words
    unit: Words
    low: float
    high: float
    digits: int = 0
    """Decimals that are kept."""
    outcome: str = ""
    look: str = ""
    """The link of the look whose A and B the guess is about; the model's answer is the difference B − A."""
    kind = "guess"

    def held(self, value: Any) -> float:
        """An answer as it is kept. Raises RoomError."""
        if not is_number(value, self.low, self.high):
            raise RoomError(
                "invalid",
                message("The answer must be a number from {low} to {high}.", low=told(self.low), high=told(self.high)),
            )
        return round(float(value), self.digits) + 0.0

    def about(self) -> dict[str, Any]:
        """As plain values."""
        return {"kind": self.kind, "text": self.text.in_both(), "unit": self.unit.in_both(), "low": self.low,
                "high": self.high, "digits": self.digits, "outcome": self.outcome, "look": self.look}  # fmt: skip

    def result(self, answers: Sequence[float], model: Sequence[float]) -> dict[str, Any]:
        """The histograms of all guesses and of the model's paired differences, over the same bins."""
        edges = bins([*answers, *model], 10.0**-self.digits)
        found: dict[str, Any] = {"edges": edges, "guesses": counted(answers, edges), "n": len(answers)}
        found["median"] = statistics.median(answers) if answers else None
        found["model"] = None
        if model:
            low, high = percentile(model, 0.05), percentile(model, 0.95)
            found["model"] = {"counts": counted(model, edges), "n": len(model), "median": statistics.median(model),
                              "low": low, "high": high}  # fmt: skip
        return found


@dataclass(frozen=True)
class Vote:
    """Which one next? Choices with a key each, such as the name of a regime."""

    text: Words
    choices: tuple[tuple[str, Words], ...]
    kind = "vote"

    def held(self, value: Any) -> str:
        """An answer as it is kept. Raises RoomError."""
        if not isinstance(value, str) or value not in dict(self.choices):
            raise RoomError("invalid", message("The answer must be one of the choices shown."))
        return value

    def about(self) -> dict[str, Any]:
        """As plain values."""
        choices = [{"key": key, **words.in_both()} for key, words in self.choices]
        return {"kind": self.kind, "text": self.text.in_both(), "choices": choices}

    def result(self, answers: Sequence[str], model: Sequence[float]) -> dict[str, Any]:
        """How many chose each."""
        return {"counts": {key: answers.count(key) for key, _ in self.choices}, "n": len(answers)}


Question = Guess | Vote


# Read


def question_from(about: Any) -> Question:
    """The question that somebody wants to ask. Raises RoomError."""
    given: dict[str, Any] = about if isinstance(about, dict) else {}
    is_vote = given.get("kind") == "vote"
    allowed = VOTE if is_vote else GUESS
    if given.get("kind") not in ("guess", "vote") or not set(given) <= allowed:
        raise RoomError(
            "invalid",
            message(
                "A question is a guess or a vote with its own entries: {allowed}.", allowed=", ".join(sorted(allowed))
            ),
        )
    return vote_from(given) if is_vote else guess_from(given)


def guess_from(about: dict[str, Any]) -> Guess:
    """A guess. Raises RoomError."""
    text = spoken(about.get("text"), message("the question"), MOST_TEXT)
    unit = spoken(about["unit"], message("the unit"), MOST_UNIT) if about.get("unit") else pair("", "")
    low = number(about.get("low"), message("the lowest answer"))
    high = number(about.get("high"), message("the highest answer"))
    digits, outcome, look = about.get("digits", 0), about.get("outcome", ""), about.get("look", "")
    if low >= high:
        raise RoomError("invalid", message("The lowest answer must lie below the highest."))
    if type(digits) is not int or not 0 <= digits <= MOST_DIGITS:
        raise RoomError("invalid", message("Decimals must be a whole number from 0 to {most}.", most=MOST_DIGITS))
    if not isinstance(outcome, str) or (outcome and not OUTCOME.fullmatch(outcome)):
        raise RoomError("invalid", message("The outcome must be a name of letters and underscores."))
    if not isinstance(look, str) or len(look) > MOST_LINK:
        raise RoomError("invalid", message("The settings of a guess must be the link of a page."))
    return Guess(text, unit, low, high, digits, outcome, look)


def refuse_no_look(look: str) -> None:
    """Refuse what leads to no look now; there may be none. (A room that is kept may have looks of older versions.)"""
    try:
        if look:
            from_link(look)
    except ValueError:
        raise RoomError("invalid", message("The settings of a guess must be the link of a page.")) from None


def vote_from(about: dict[str, Any]) -> Vote:
    """A vote. Raises RoomError."""
    text = spoken(about.get("text"), message("the question"), MOST_TEXT)
    listed = about.get("choices")
    choices = []
    for choice in listed if isinstance(listed, list) and len(listed) <= MOST_CHOICES else ():
        words = {name: choice[name] for name in ("en", "zh") if name in choice} if isinstance(choice, dict) else choice
        named = spoken(words, message("a choice"), MOST_CHOICE)
        key = choice.get("key", named.en) if isinstance(choice, dict) else named.en
        choices.append((spoken(key, message("a choice"), MOST_CHOICE).en, named))
    names = [{key for key, _ in choices}, {words.en for _, words in choices}, {words.zh for _, words in choices}]
    if len(choices) < LEAST_CHOICES or any(len(each) < len(choices) for each in names):
        raise RoomError(
            "invalid",
            message(
                "A vote needs {least} to {most} choices with names of their own.",
                least=LEAST_CHOICES,
                most=MOST_CHOICES,
            ),
        )
    return Vote(text, tuple(choices))


def spoken(value: Any, what: Words, most: int) -> Words:
    """A text in both languages; one language stands for both. Raises RoomError."""
    texts = value if isinstance(value, dict) else {"en": value, "zh": value}
    given = [texts.get("en") or texts.get("zh"), texts.get("zh") or texts.get("en")]
    plain = [" ".join(text.split()) if isinstance(text, str) and len(text) <= 4 * most else "" for text in given]
    if not set(texts) <= {"en", "zh"} or not all(1 <= len(text) <= most and printable(text) for text in plain):
        raise RoomError(
            "invalid",
            capital(
                message(
                    "{what} must be a text of 1 to {most} letters, in one language or in both.", what=what, most=most
                )
            ),
        )
    return pair(*plain)


def printable(text: str) -> bool:
    """Whether a text holds nothing but what can be read, and reads in its own order."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs") or letter in BIDIRECTIONAL for letter in text)


def number(value: Any, what: Words) -> float:
    """An end of a range. Raises RoomError."""
    if not is_number(value, -LARGEST, LARGEST):
        raise RoomError(
            "invalid",
            capital(
                message(
                    "{what} must be a number from {low} to {high}.", what=what, low=told(-LARGEST), high=told(LARGEST)
                )
            ),
        )
    return float(value)


def is_number(value: Any, low: float, high: float) -> bool:
    """Whether this is a finite number in the range, and not a yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def told(value: float) -> str:
    """A number as it is read."""
    return f"{value:,.10g}".replace("-", "−")


def differences_from(values: Any) -> tuple[float, ...]:
    """The model's paired differences that a guess is laid beside. Raises RoomError."""
    listed = isinstance(values, list | tuple) and len(values) <= MOST_MODEL
    if not listed or not all(is_number(value, -1e15, 1e15) for value in values):
        raise RoomError(
            "invalid", message("The model's differences must be at most {most} finite numbers.", most=MOST_MODEL)
        )
    return tuple(float(value) for value in values)


# Counted


def bins(values: Sequence[float], least: float) -> list[float]:
    """Edges of bins, of a round width, that hold all values; each bin is closed below and open above."""
    if not values:
        return []
    low, high = min(values), max(values)
    finest = max(abs(low), abs(high)) * 1e-9  # below that, neighbouring edges could not be told apart
    width = round_up(max(least, finest, (high - low) / (MOST_BINS - 1)))
    first, last = place(low, width), place(high, width)
    return [float(f"{k * width:.12g}") for k in range(first, last + 2)]


def round_up(width: float) -> float:
    """One, two or five times a power of ten, not below this."""
    power = 10.0 ** math.floor(math.log10(width))
    return float(next(power * k for k in (1, 2, 5, 10) if power * k >= width * (1.0 - 1e-9)))


def place(value: float, width: float) -> int:
    """The number of the bin a value falls into, counted from zero; an edge belongs to the bin above it."""
    return math.floor(value / width + 1e-9)


def counted(values: Sequence[float], edges: Sequence[float]) -> list[int]:
    """How many of the values fall into each bin."""
    counts = [0] * max(0, len(edges) - 1)
    width = edges[1] - edges[0] if counts else 1.0
    for value in values:
        counts[min(len(counts) - 1, max(0, place(value - edges[0], width)))] += 1
    return counts


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies, between neighbours in proportion."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])
