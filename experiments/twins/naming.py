"""What rows of two towns have in common: a name that does not hang on when a row was written.

People, places, tiers and staff keep their rows from the founding. An issue is named by its luck (place, kind, day,
cause and number, or parent and number); whatever else is listed, by whom and what it is about.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ...agents.core.field import fields_of
from ...model import world as worlds
from ...model.world import ENTITIES, World

NAMED_BY: dict[str, tuple[str, ...]] = {
    "latent": ("issue",),
    "cases": ("issue",),
    "noticings": ("resident", "issue", "day"),
    "encounters": ("resident", "issue"),
    "reports": ("day", "resident", "issue"),
    "listed": ("resident",),
    "invitations": ("resident", "occasion", "issue", "ordinal"),
    "deeds": ("day", "resident", "occasion"),
    "meetings": ("day", "issue"),
    "invitees": ("meeting", "resident"),
    "queue": ("unit", "issue"),
    "sightings": ("issue",),
    "bonds": ("day", "a", "b", "made"),
    "petitions": ("day", "resident", "issue"),
    "days": ("day",),
    "months": ("day",),
    "years": ("day",),
}
"""The columns that name a row of a list. Rows that share them are counted through."""

OF_ISSUES = {
    ("issues", "parent"), ("deputies", "matter"),
    *((table, "issue") for table, by in NAMED_BY.items() if "issue" in by),
}  # fmt: skip
"""Columns that hold a row of issues."""

POINTERS = {
    "town": {name for name in fields_of(ENTITIES["town"]) if name.startswith(("n_", "first_"))} | {"seed", "size"},
    "residents": {"first_tie"},
    "units": {"queue_from", "queue_to"},
    "meetings": {"first_invitee"},
}
"""Columns that only say where other rows stand."""

STANDING = (
    "town", "micro_grids", "buildings", "general_grids", "tiers", "residents", "workers", "members", "deputies",
)  # fmt: skip
"""Tables whose rows are there from the founding, and change."""

TOGETHER = {
    ("residents", "efficacy"): ("efficacy_day",),
    ("residents", "habit"): ("habit_day",),
    ("tiers", "asked"): ("asked_day",),
}
"""Columns that mean something only together: the cell of the first of them stands for all."""

LEADS = {(table, field): lead for (table, lead), more in TOGETHER.items() for field in more}
"""For each of the others, the first."""

TODAY = ("encounters", "invitations", "invitees", "queue", "sightings")
"""Lists of one day's opportunities; they are made anew every day."""

LISTS = ("latent", "cases", "noticings", "reports", "listed", "deeds", "meetings", "bonds", "petitions")
"""Lists that are kept from day to day."""

ORDER = "order"
"""In place of a field: in which order the rows of a list stand."""

NO_ISSUE = -1

Name = tuple[Any, ...]
"""What a row is called: its row, its luck, or the columns of NAMED_BY (issues by their luck) and a number.

A number of the scenarios, and what a step hands on, is called by its name."""


class Cell(NamedTuple):
    """One value in a town. An empty field asks whether there is such a row."""

    table: str
    name: Name
    field: str = ""


def there(field: str) -> bool:
    """Whether a cell asks only if there is a row."""
    return not field


@cache
def counts(table: str, field: str) -> bool:
    """Whether a column counts up or down: then what happened is by how much, not to what."""
    if field in ("", ORDER) or table not in ENTITIES:
        return False
    about = fields_of(ENTITIES[table])[field]
    return about.kind in ("i4", "i8") and about.unit not in ("day", "row", "identity", "number", "code")


def lucks(world: World) -> np.ndarray[Any, Any]:
    """The luck of each issue, by row."""
    return worlds.table(world, "issues")["luck"]


def names_of(world: World, table: str) -> list[Name]:
    """What the rows of a table are called, in their order."""
    rows = worlds.table(world, table)
    if table == "issues":
        return [(luck,) for luck in rows["luck"].tolist()]
    if table not in NAMED_BY:
        return [(row,) for row in range(len(rows))]
    columns = [named(world, table, column, rows[column]).tolist() for column in NAMED_BY[table]]
    met: dict[Name, int] = {}
    found = []
    for name in zip(*columns, strict=True):
        met[name] = met.get(name, -1) + 1
        found.append((*name, met[name]))
    return found


def named(world: World, table: str, field: str, values: Any) -> Any:
    """The values of a column, rows of issues and meetings replaced by what they are called."""
    if (table, field) in OF_ISSUES:
        return called(lucks(world), values)
    if (table, field) == ("invitees", "meeting"):
        return called(lucks(world), worlds.table(world, "meetings")["issue"][values])
    return values


def called(luck: np.ndarray[Any, Any], rows: Any) -> Any:
    """The luck of these rows of issues; −1 stays."""
    return np.append(luck, NO_ISSUE)[np.asarray(rows, np.int64)]


def row_named(world: World, table: str, name: Name) -> int:
    """The row that is called so, or −1."""
    if table == "issues":
        found = np.flatnonzero(lucks(world) == name[0])
        return int(found[0]) if len(found) else -1
    if table not in NAMED_BY:
        return name[0]
    rows = worlds.table(world, table)
    by = NAMED_BY[table]
    fits = np.ones(len(rows), bool)
    for column, value in zip(by, name[:-1], strict=True):
        fits &= named(world, table, column, rows[column]) == value
    found = np.flatnonzero(fits)
    return int(found[name[-1]]) if len(found) > name[-1] else -1


def ties_of(world: World, resident: int) -> tuple[tuple[int, int, int], ...]:
    """Whom a resident knows, whence and until when."""
    who = world.residents[resident]
    mine = world.ties[who["first_tie"] : who["first_tie"] + who["n_ties"]]
    return tuple(zip(mine["to"].tolist(), mine["kind"].tolist(), mine["until"].tolist(), strict=True))


def value(world: World, cell: Cell) -> Any:
    """What a cell holds; None where there is no such row. Issues by their luck."""
    if cell.table == "ties":
        return ties_of(world, cell.name[0])
    if cell.field == ORDER:
        return tuple(names_of(world, cell.table))
    row = row_named(world, cell.table, cell.name)
    if row < 0:
        return None
    if there(cell.field):
        return True
    rows = worlds.table(world, cell.table)[row : row + 1]
    held = named(world, cell.table, cell.field, rows[cell.field])[0].item()
    more = TOGETHER.get((cell.table, cell.field), ())
    return (held, *(rows[field][0].item() for field in more)) if more else held


def columns_together(table: str, field: str) -> tuple[str, ...]:
    """The columns that a cell stands for."""
    return (field, *TOGETHER.get((table, field), ()))


def change(before: Any, after: Any, cell: Cell) -> Any:
    """What happened to a cell: by how much it was moved, or else to what; None if nothing."""
    if before == after:
        return None
    if counts(cell.table, cell.field) and before is not None and after is not None:
        return after - before
    return ("now", after)
