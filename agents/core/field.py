"""Fields: what an entity's row holds, declared once.

A class whose attributes are `Field`s is the data dictionary of one table: it gives the NumPy dtype,
the documentation table and the plot labels. On a Mesa agent that inherits from it, the same `Field`
reads and writes the agent's own cell of the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

KINDS = ("f8", "i8", "i4", "u1", "?")
"""Number types a field may have. No `f4`: NumPy and compiled code promote it differently."""


@dataclass(eq=False)
class Field:
    """One column: its number type, unit, meaning, value at birth and allowed range.

    `codes` names the values of a column that holds a code (an IntEnum class).
    """

    kind: str
    unit: str
    meaning: str
    default: float = 0
    low: float | None = None
    high: float | None = None
    codes: type | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"a field's kind is one of {', '.join(KINDS)}, not {self.kind!r}")

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        return agent.table[self.name][agent.row].item()

    def __set__(self, agent: Any, value: Any) -> None:
        agent.table[self.name][agent.row] = value


@lru_cache(maxsize=256)
def fields_of(entity: type) -> dict[str, Field]:
    """The fields an entity class declares or inherits, in order of declaration."""
    found: dict[str, Field] = {}
    for cls in reversed(entity.__mro__):
        found.update({name: value for name, value in vars(cls).items() if isinstance(value, Field)})
    return found


def dtype_of(entity: type) -> np.dtype[Any]:
    """The row type of an entity's table (aligned, so that compiled code reads whole words)."""
    return np.dtype([(name, field.kind) for name, field in fields_of(entity).items()], align=True)


def table_of(entity: type, n_rows: int) -> np.ndarray[Any, Any]:
    """A table of `n_rows` rows at their values at birth."""
    table = np.zeros(n_rows, dtype_of(entity))
    for name, field in fields_of(entity).items():
        if field.default:
            table[name] = field.default
    return table
