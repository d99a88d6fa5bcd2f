"""Tables in compiled and in interpreted code: growing them, and reading them row by row.

Compiled code reads `residents[i].trust` from a plain structured array. A plain array has no such
attribute outside compiled code, and its scalars promote differently, so interpreted code gets the
same memory wrapped in a `Table`, whose rows give Python numbers and whose indices are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .compiled import INTERPRETED, compiled


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


def _room_interpreted(table: Table, n_rows: int) -> Table:
    if n_rows < len(table):
        return table
    longer = np.repeat(table.array[-1:], 2 * max(n_rows, len(table)))
    longer[: len(table)] = table.array
    return Table(longer)


@compiled
def _room_compiled(table, n_rows):  # type: ignore[no-untyped-def]
    if n_rows < len(table):
        return table
    longer = np.empty(2 * max(n_rows, len(table)), table.dtype)
    blank = len(table) - 1
    for i in range(len(longer)):  # record by record: whole slices compile ten times slower
        longer[i] = table[min(i, blank)]
    return longer


room_for = _room_interpreted if INTERPRETED else _room_compiled
"""`room_for(table, n_rows)`: the table itself, or a copy at least twice as long, with one row to spare.

The last row is always blank, and new rows are copies of it.
"""


def _blank_rows_interpreted(table: Table, n_rows: int) -> Table:
    return Table(np.zeros(n_rows, table.array.dtype))


@compiled
def _blank_rows_compiled(table, n_rows):  # type: ignore[no-untyped-def]
    return np.empty(n_rows, table.dtype)


blank_rows = _blank_rows_interpreted if INTERPRETED else _blank_rows_compiled
"""`blank_rows(table, n_rows)`: a new table of the same kind, whose rows are still to be written."""


def _first_rows_interpreted(table: Table, n_rows: int) -> Table:
    return Table(table.array[:n_rows].copy())


@compiled
def _first_rows_compiled(table, n_rows):  # type: ignore[no-untyped-def]
    kept = np.empty(n_rows, table.dtype)
    for i in range(n_rows):
        kept[i] = table[i]
    return kept


first_rows = _first_rows_interpreted if INTERPRETED else _first_rows_compiled
"""`first_rows(table, n_rows)`: a copy of so many rows, in a table no longer than that."""


@compiled
def in_order(keys, n):  # type: ignore[no-untyped-def]
    """The first n keys, sorted."""
    chosen = np.empty(n, np.int64)
    for k in range(n):
        chosen[k] = keys[k]
    chosen.sort()
    return chosen


@compiled
def each_once(keys):  # type: ignore[no-untyped-def]
    """Sorted keys without repetitions."""
    n = 0
    for k in range(len(keys)):
        if n == 0 or keys[n - 1] != keys[k]:
            keys[n] = keys[k]
            n += 1
    return keys[:n]


@compiled
def longer_keys(keys, n_keys):  # type: ignore[no-untyped-def]
    """The keys, in an array of at least so many places."""
    if n_keys <= len(keys):
        return keys
    longer = np.empty(2 * n_keys, np.int64)
    for k in range(len(keys)):
        longer[k] = keys[k]
    return longer
