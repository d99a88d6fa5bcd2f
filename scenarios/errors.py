"""What is said about a bad scenario file: one sentence, on one line, that names the file and what to do."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable

ALIKE = 0.6
"""How alike two names must be (0 to 1) for one to be offered in place of the other."""


class ScenarioError(ValueError):
    """A scenario file, or the name of one, is not as it should be. The text is one line for the reader."""


def refusal(path: str | os.PathLike[str], sentence: str) -> ScenarioError:
    """The error to raise: the file, then what is wrong in it, on one line."""
    return ScenarioError(one_line(f"{os.fspath(path)}: {sentence}."))


def one_line(text: str) -> str:
    """The text without line breaks or other characters that cannot be shown."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.splitlines()))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, whatever the case of its letters; None if none is alike."""
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=ALIKE)
    return by_lower[found[0]] if found else None


def offered(name: str, known: Iterable[str]) -> str:
    """How a sentence about an unknown name ends: with the nearest right one, or else with all of them."""
    known = list(known)
    near = nearest(name, known)
    return f"the nearest name is {near}" if near else f"allowed are {', '.join(known)}"
