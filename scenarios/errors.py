"""What is said about a bad scenario file: one sentence, on one line, that names the file and what to do."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable

from ..words import Words, listed, message, told

ALIKE = 0.6
"""How alike two names must be (0 to 1) for one to be offered in place of the other."""


class ScenarioError(ValueError):
    """A scenario file, or the name of one, is not as it should be. The text is one line for the reader."""


class OneLine(Words):
    """A text without line breaks or other characters that cannot be shown, in either language."""

    text: str

    def __new__(cls, text: str) -> OneLine:
        self = super().__new__(cls, one_line(text))
        self.text = text
        return self

    def __getnewargs__(self) -> tuple[str]:
        return (self.text,)

    @property
    def zh(self) -> str:
        """In Chinese."""
        return one_line(told(self.text, "zh"))


def refusal(path: str | os.PathLike[str], sentence: str) -> ScenarioError:
    """The error to raise: the file, then what is wrong in it, on one line."""
    return ScenarioError(OneLine(message("{file}: {sentence}.", file=os.fspath(path), sentence=sentence)))


def one_line(text: str) -> str:
    """The text without line breaks or other characters that cannot be shown."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.splitlines()))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, whatever the case of its letters; None if none is alike."""
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=ALIKE)
    return by_lower[found[0]] if found else None


def offered(name: str, known: Iterable[str]) -> Words:
    """How a sentence about an unknown name ends: with the nearest right one, or else with all of them."""
    known = list(known)
    if near := nearest(name, known):
        return message("the nearest name is {name}", name=near)
    return message("allowed are {names}", names=listed(known))
