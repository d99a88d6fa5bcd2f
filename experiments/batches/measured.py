"""What is measured of a town that has lived its days: the tables of a batch, as plain columns.

The version of a batch's results is a hash of this file and of all that it imports.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...model.spec import Spec
from ...model.world import World
from ..groups import ALL_OUTCOMES, GROUPINGS, by_group
from ..outcomes import OUTCOMES, outcomes, years_of
from ..series import SERIES, weekly
from ..tables import Column, recorded_columns

Columns = list[Column]


def outcomes_of(world: World, spec: Spec) -> Columns:
    """One row: every outcome over all recorded days."""
    return [
        Column(name, np.array([value]), OUTCOMES[name].unit, OUTCOMES[name].meaning)
        for name, value in outcomes(world, spec).items()
    ]


def weeks_of(world: World, spec: Spec) -> Columns:
    """A row a week."""
    found = weekly(world)
    days = Column("day", found["day"].astype(np.int32), "day", "last day of the week")
    return [days, *(Column(name, found[name], s.unit, s.label) for name, s in SERIES.items())]


def each_year(world: World, spec: Spec) -> Columns:
    """A row a year; a last year of less than 365 days is one too."""
    periods = years_of(world)
    found = [outcomes(world, spec, period) for period in periods]
    return [
        Column("year", np.arange(1, len(periods) + 1, dtype=np.int32), "year", "which recorded year, from 1"),
        Column("first_day", np.array([p.first for p in periods], np.int32), "day", "its first day"),
        Column("last_day", np.array([p.last for p in periods], np.int32), "day", "its last day"),
        *(
            Column(name, np.array([each[name] for each in found]), about.unit, about.meaning)
            for name, about in OUTCOMES.items()
        ),
    ]


def groups_of(world: World, spec: Spec) -> Columns:
    """A row a group of each grouping, and a column for everything that is said of groups."""
    records = by_group(world)
    groups = [(name, group) for name, grouping in GROUPINGS.items() for group in map(str, grouping.groups.values())]
    value = {(r["grouping"], r["group"], r["outcome"]): r["value"] for r in records}
    n = {(r["grouping"], r["group"]): r["n"] for r in records}
    return [
        Column("grouping", [name for name, _ in groups], "name", "by what residents are told apart"),
        Column("group", [group for _, group in groups], "name", "which of these groups"),
        Column("n", np.array([n[each] for each in groups], np.int32), "adults", "adults in the group"),
        *(
            Column(name, np.array([value[(*each, name)] for each in groups]), about.unit, about.meaning)
            for name, about in ALL_OUTCOMES.items()
        ),
    ]


def log(name: str) -> Callable[[World, Spec], Columns]:
    """The recorded rows of one of the town's own tables."""
    return lambda world, spec: recorded_columns(world, name)


class Table(NamedTuple):
    """A table that a batch may keep."""

    rows: str
    measure: Callable[[World, Spec], Columns]


TABLES: dict[str, Table] = {
    "runs": Table("a run", outcomes_of),
    "weekly": Table("a run and week", weeks_of),
    "yearly": Table("a run and year", each_year),
    "groups": Table("a run and group of residents", groups_of),
    "daily": Table("a run and day", log("days")),
    "issues": Table("a run and issue", log("issues")),
    "meetings": Table("a run and meeting", log("meetings")),
}
"""What one row of each table stands for, and how it is measured. `runs` is always kept."""


def measured(world: World, spec: Spec, wanted: tuple[str, ...]) -> dict[str, Columns]:
    """The tables wanted, `runs` always among them."""
    return {name: TABLES[name].measure(world, spec) for name in TABLES if name == "runs" or name in wanted}
