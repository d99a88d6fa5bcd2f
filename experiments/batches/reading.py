"""Reading the values of a design's tables: each either right, or refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ...scenarios.errors import ScenarioError, nearest, offered
from ...scenarios.source import Source
from ...scenarios.toml_text import as_written, clipped, key_of, toml_of

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
        return self.source.refusal(f"{self.field(name)} is {self.written(name)}, but {wanted}")

    def missing(self, name: str, example: str) -> ScenarioError:
        """What to say of a value that is not there."""
        return self.source.refusal(f"{self.field(name)} is missing, but must be given, as in {name} = {example}")

    def holding(self, name: str, item: Any, wanted: str) -> ScenarioError:
        """What to say of a list with an item that may not be in it."""
        written = item_as_written(self.written(name), item)
        return self.source.refusal(f"{self.field(name)} holds {written}, but {wanted}")

    def only(self, known: Sequence[str], at_top: Iterable[str] = ()) -> None:
        """Refuse a name that is not known here; `at_top` are names that stand above all tables."""
        for name in self.values:
            if name in known:
                continue
            if name in at_top:
                raise self.refusal(name, f"{name} must stand at the top of the file, before the first [table]")
            raise self.refusal(name, f"there is no such name here; {offered(name, known)}")

    def text(self, name: str, default: Any = REQUIRED) -> Any:
        """A text that says something."""
        if name not in self.values and default is not REQUIRED:
            return default
        if name not in self.values:
            raise self.missing(name, '"…"')
        value = self.values[name]
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(name, "must be a text in quotes, not empty")
        return value

    def truth(self, name: str, default: bool) -> bool:
        """Yes or no."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise self.refusal(name, "must be true or false")
        return value

    def whole(self, name: str, low: int, high: int, default: Any = REQUIRED) -> Any:
        """A whole number from `low` to `high`."""
        if name not in self.values and default is not REQUIRED:
            return default
        if name not in self.values:
            raise self.missing(name, str(low))
        if not is_whole(self.values[name], low, high):
            raise self.refusal(name, f"must be a whole number from {low} to {high}")
        return self.values[name]

    def number(self, name: str, low: float, high: float, wanted: str, default: Any = REQUIRED) -> float:
        """A number strictly between `low` and `high`, which `wanted` says in words."""
        if name not in self.values and default is not REQUIRED:
            return float(default)
        if name not in self.values:
            raise self.missing(name, f"…, {wanted}")
        value = self.values[name]
        if type(value) not in (int, float) or not low < value < high:
            raise self.refusal(name, f"must be {wanted}")
        return float(value)

    def one_of(self, name: str, choices: Sequence[str], default: Any = REQUIRED, lister: str = "") -> str:
        """One of some names; `lister` is the command that lists them, where they are many."""
        if name not in self.values and default is not REQUIRED:
            return str(default)
        if name not in self.values:
            raise self.missing(name, f'"{choices[0]}"; it must be {one_in(choices, None, lister)}')
        value = self.values[name]
        if not isinstance(value, str) or value not in choices:
            raise self.refusal(name, f"must be {one_in(choices, value, lister)}")
        return value

    def items(self, name: str, wanted: str) -> list[Any]:
        """A list without anything twice, which `wanted` says in words."""
        found = self.values[name]
        if not isinstance(found, list):
            raise self.refusal(name, f"must be {wanted}")
        seen = set()
        for item in found:
            known = (type(item), item) if isinstance(item, (str, int, float)) else id(item)
            if known in seen:
                raise self.holding(name, item, "each may stand there once only")
            seen.add(known)
        return found

    def some_of(
        self, name: str, choices: Sequence[str], default: tuple[str, ...] = (), lister: str = ""
    ) -> tuple[str, ...]:
        """Several of some names, each once."""
        if name not in self.values:
            return default
        found = self.items(name, f"a list of names in quotes, each of them {one_in(choices, None, lister)}")
        for item in found:
            if not isinstance(item, str) or item not in choices:
                raise self.holding(name, item, f"each must be {one_in(choices, item, lister)}")
        return tuple(found)

    def table(self, name: str) -> dict[str, Any]:
        """A table within this one; empty where there is none."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.refusal(name, f"must be a table, opened by {self.source.opened(name)}")
        return value


def is_whole(value: Any, low: int, high: int) -> bool:
    """Whether this is a whole number in the range."""
    return type(value) is int and low <= value <= high


def one_in(choices: Sequence[str], tried: Any = None, lister: str = "") -> str:
    """The choices in words, or the command that lists them, and the nearest to what was tried."""
    near = nearest(tried, choices) if isinstance(tried, str) else None
    listed = ", ".join(f'"{choice}"' for choice in choices)
    if len(choices) > MANY:
        listed = (
            f"the {len(choices)} that {lister} lists" if lister else f'{len(choices)} names, such as "{choices[0]}"'
        )
    return f"one of {listed}" + (f"; the nearest is {near}" if near else "")


def item_as_written(whole: str, item: Any) -> str:
    """One item of a list that its writer put on one line, as it stands there; otherwise in our own writing."""
    for piece in whole.strip().removeprefix("[").removesuffix("]").split(","):
        if as_written(f"item = {piece}", "", "item", item) == piece.strip():
            return clipped(piece.strip())
    return clipped(toml_of(item))
