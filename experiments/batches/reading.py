"""Reading the values of a design's tables: each either right, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ...scenarios.errors import ScenarioError, nearest, offered
from ...scenarios.source import Source
from ...scenarios.toml_text import as_written, clipped, key_of, toml_of
from ...words import Words, listed, message

MANY = 12
"""More names than this are not listed in a sentence."""

REQUIRED: Any = object()
"""Stands for the default of a value that must be given."""

TOP = (
    "name", "question", "question_zh", "size", "days", "seeds", "first_seed", "tables", "keep_world", "outcomes",
)  # fmt: skip
"""Names that stand at the top of a design, above all tables."""


class Table(NamedTuple):
    """A table of a design file: the names and values in it, and how sentences call them.

    `shown` is put before a name in a sentence, as in `factors.points`.
    """

    source: Source
    values: dict[str, Any]
    shown: str = ""

    def field(self, name: str) -> str:
        """A name as a sentence says it."""
        return f"{self.shown}.{key_of(name)}" if self.shown else key_of(name)

    def written(self, name: str) -> str:
        """A value as its writer put it into the file."""
        return self.source.written("", name, self.values[name])

    def refusal(self, name: str, wanted: str) -> ScenarioError:
        """What to say of a value that may not be: `wanted` follows "but", as in "must be a text in quotes"."""
        return self.source.refusal(message(
            "{field} is {value}, but {wanted}", field=self.field(name), value=self.written(name), wanted=wanted,
        ))  # fmt: skip

    def missing(self, name: str, example: str) -> ScenarioError:
        """What to say of a value that is not there."""
        return self.source.refusal(message(
            "{field} is missing, but must be given, as in {name} = {example}",
            field=self.field(name), name=name, example=example,
        ))  # fmt: skip

    def holding(self, name: str, item: Any, wanted: str) -> ScenarioError:
        """What to say of a list with an item that may not be in it."""
        written = item_as_written(self.written(name), item)
        return self.source.refusal(message(
            "{field} holds {item}, but {wanted}", field=self.field(name), item=written, wanted=wanted,
        ))  # fmt: skip

    def only(self, known: Sequence[str], at_top: Iterable[str] = ()) -> None:
        """Refuse a name that is not known here; `at_top` are names that stand above all tables."""
        for name in self.values:
            if name in known:
                continue
            if name in at_top:
                raise self.refusal(name, message(
                    "{name} must stand at the top of the file, before the first [table]", name=name,
                ))  # fmt: skip
            raise self.refusal(name, message("there is no such name here; {hint}", hint=offered(name, known)))

    def text(self, name: str, default: Any = REQUIRED) -> Any:
        """A text that says something."""
        if name not in self.values and default is not REQUIRED:
            return default
        if name not in self.values:
            raise self.missing(name, '"…"')
        value = self.values[name]
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(name, message("must be a text in quotes, not empty"))
        return value

    def truth(self, name: str, default: bool) -> bool:
        """Yes or no."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise self.refusal(name, message("must be true or false"))
        return value

    def whole(self, name: str, low: int, high: int, default: Any = REQUIRED) -> Any:
        """A whole number from `low` to `high`."""
        if name not in self.values and default is not REQUIRED:
            return default
        if name not in self.values:
            raise self.missing(name, str(low))
        if not is_whole(self.values[name], low, high):
            raise self.refusal(name, message("must be a whole number from {low} to {high}", low=low, high=high))
        return self.values[name]

    def number(self, name: str, low: float, high: float, wanted: str, default: Any = REQUIRED) -> float:
        """A number strictly between `low` and `high`, which `wanted` says in words."""
        if name not in self.values and default is not REQUIRED:
            return float(default)
        if name not in self.values:
            raise self.missing(name, message("…, {wanted}", wanted=wanted))
        value = self.values[name]
        if type(value) not in (int, float) or not low < value < high:
            raise self.refusal(name, message("must be {wanted}", wanted=wanted))
        return float(value)

    def one_of(self, name: str, choices: Sequence[str], default: Any = REQUIRED, lister: str = "") -> str:
        """One of some names; `lister` is the command that lists them, where they are many."""
        if name not in self.values and default is not REQUIRED:
            return str(default)
        if name not in self.values:
            raise self.missing(name, message(
                '"{first}"; it must be {wanted}', first=choices[0], wanted=one_in(choices, None, lister),
            ))  # fmt: skip
        value = self.values[name]
        if not isinstance(value, str) or value not in choices:
            raise self.refusal(name, message("must be {wanted}", wanted=one_in(choices, value, lister)))
        return value

    def items(self, name: str, wanted: str) -> list[Any]:
        """A list without anything twice, which `wanted` says in words."""
        found = self.values[name]
        if not isinstance(found, list):
            raise self.refusal(name, message("must be {wanted}", wanted=wanted))
        seen = set()
        for item in found:
            known = (type(item), item) if isinstance(item, (str, int, float)) else id(item)
            if known in seen:
                raise self.holding(name, item, message("each may stand there once only"))
            seen.add(known)
        return found

    def some_of(
        self, name: str, choices: Sequence[str], default: tuple[str, ...] = (), lister: str = ""
    ) -> tuple[str, ...]:
        """Several of some names, each once."""
        if name not in self.values:
            return default
        wanted = one_in(choices, None, lister)
        found = self.items(name, message("a list of names in quotes, each of them {wanted}", wanted=wanted))
        for item in found:
            if not isinstance(item, str) or item not in choices:
                raise self.holding(name, item, message("each must be {wanted}", wanted=one_in(choices, item, lister)))
        return tuple(found)

    def table(self, name: str) -> dict[str, Any]:
        """A table within this one; empty where there is none."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.refusal(name, message("must be a table, opened by {opened}", opened=self.source.opened(name)))
        return value


def is_whole(value: Any, low: int, high: int) -> bool:
    """Whether this is a whole number in the range."""
    return type(value) is int and low <= value <= high


def one_in(choices: Sequence[str], tried: Any = None, lister: str = "") -> Words:
    """The choices in words, or the command that lists them, and the nearest to what was tried."""
    near = nearest(tried, choices) if isinstance(tried, str) else None
    found = listed(f'"{choice}"' for choice in choices)
    if len(choices) > MANY:
        found = message("the {n} that {lister} lists", n=len(choices), lister=lister)
    if len(choices) > MANY and not lister:
        found = message('{n} names, such as "{first}"', n=len(choices), first=choices[0])
    if near:
        return message("one of {choices}; the nearest is {name}", choices=found, name=near)
    return message("one of {choices}", choices=found)


def item_as_written(whole: str, item: Any) -> str:
    """One item of a list that its writer put on one line, as it stands there; otherwise in our own writing."""
    for piece in whole.strip().removeprefix("[").removesuffix("]").split(","):
        if as_written(f"item = {piece}", "", "item", item) == piece.strip():
            return clipped(piece.strip())
    return clipped(toml_of(item))
