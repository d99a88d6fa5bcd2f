"""What stories are made of: a rule or an act in plain Python, and tables with a few rows to hand to it.

Plain Python needs no compiling and is the same text, so a story takes milliseconds in either mode.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any

import numpy as np
from linli.agents.core import draw as luck
from linli.agents.core.compiled import plain
from linli.agents.core.field import table_of
from linli.agents.core.table import Row, Table, _room_interpreted, unwrapped


def _draw(seed: int, day: int, purpose: int, who: int, with_whom: int, k: int) -> tuple[float, float]:
    """The draw itself; a Purpose handed to compiled code from Python would cost a hundred times as much."""
    return luck.draw(seed, day, int(purpose), who, with_whom, int(k))  # type: ignore[no-any-return]


INSTEAD = {"draw": _draw, "room_for": _room_interpreted, "child_luck": luck.child_luck}
"""What plain Python calls instead of its compiled likes; luck stays compiled."""


@cache
def by_hand(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The same rule or act in plain Python, with all it calls. It takes `Table`s and their rows."""
    text = plain(rule)
    around = dict(text.__globals__)
    for name in text.__code__.co_names:
        if name in INSTEAD:
            around[name] = INSTEAD[name]
        elif hasattr(around.get(name), "py_func"):
            around[name] = by_hand(around[name])
    return FunctionType(text.__code__, around, text.__name__, text.__defaults__)


def table(entity: type, n_rows: int, **columns: Any) -> Table:
    """A table of so many rows, with one row to spare, at their values at birth except for these columns."""
    rows = table_of(entity, n_rows + 1)
    for name, value in columns.items():
        rows[name][:n_rows] = value
    return Table(rows)


def one(entity: type, **cells: Any) -> Row:
    """One row of a table: somebody or something, as at birth except for these cells."""
    return table(entity, 1, **cells)[0]


def kinds_of(numbers: Any) -> Table:
    """The table of kinds of issue among the numbers of a specification."""
    return Table(unwrapped(numbers.kinds))


def column(rows: Table, name: str, n_rows: int | None = None) -> np.ndarray[Any, Any]:
    """The cells of a column: all but the spare row, or the first so many."""
    cells: np.ndarray[Any, Any] = rows.array[name][: len(rows) - 1 if n_rows is None else n_rows]
    return cells
