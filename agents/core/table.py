"""Tables in compiled and in interpreted code: growing them, and reading them row by row.

Compiled code reads `residents[i].trust` from a plain structured array. A plain array has no such
attribute outside compiled code, and its scalars promote differently, so interpreted code gets the
same memory wrapped in a `Table`, whose rows give Python numbers and whose indices are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .compiled import INTERPRETED, always_compiled


class Row:
    """One row of a table: attributes read and write its cells."""

    __slots__ = ("_record", "_table")

    def __init__(self, table: np.ndarray[Any, Any], index: int) -> None:
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_record", index)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._table[name][self._record].item()
        except ValueError:
            raise AttributeError(f"no field {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self._table[name][self._record] = value


class Table:
    """A structured array for interpreted code: `table[i]` is a `Row`, `table[a:b]` a `Table`."""

    __slots__ = ("array",)

    def __init__(self, array: np.ndarray[Any, Any]) -> None:
        self.array = array

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.array, i) for i in range(len(self.array)))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return Table(self.array[index])
        if not 0 <= index < len(self.array):
            raise IndexError(f"row {index} of a table of {len(self.array)} rows")
        return Row(self.array, int(index))

    def __setitem__(self, index: int, row: Row) -> None:
        if not 0 <= index < len(self.array):
            raise IndexError(f"row {index} of a table of {len(self.array)} rows")
        self.array[int(index)] = row._table[row._record]


def wrapped(table: Any) -> Any:
    """What a rule or an act is handed: the array itself, or a `Table` in interpreted mode."""
    if INTERPRETED and isinstance(table, np.ndarray) and table.dtype.names:
        return Table(table)
    return table


def unwrapped(table: Any) -> Any:
    """The array behind a `Table`; anything else as it is."""
    return table.array if isinstance(table, Table) else table


@always_compiled
def _doubled(array, n_rows):  # type: ignore[no-untyped-def]
    larger = np.zeros(max(n_rows, 2 * len(array)), array.dtype)
    larger[: len(array)] = array
    return larger


def _room_interpreted(table: Table, n_rows: int) -> Table:
    return table if n_rows <= len(table) else Table(_doubled(table.array, n_rows))


@always_compiled
def _room_compiled(table, n_rows):  # type: ignore[no-untyped-def]
    if n_rows <= len(table):
        return table
    return _doubled(table, n_rows)


room_for = _room_interpreted if INTERPRETED else _room_compiled
"""`room_for(table, n_rows)`: the table itself, or a copy at least twice as long; new rows are zero."""
