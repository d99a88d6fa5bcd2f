"""Another way, much simpler and only for plain cases, to make a town as in A but for some cells, which are as in B."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from linli.experiments.twins.mixing import HERE, NUMBER
from linli.experiments.twins.naming import LISTS, ORDER, STANDING, TOGETHER, Cell, lucks, names_of
from linli.experiments.twins.steps import Stage, after, dawn, steps
from linli.model import world as worlds
from linli.model.spec import Spec
from linli.model.world import World

WHERE = {"seed": 7, "size": "general_grid", "days": 120}
"""The town that is lived twice."""

PLAIN_LISTS = {*LISTS, "invitations"} - {"reports", "petitions"}
"""Lists but for those of which the town keeps where the open rows begin."""


class NotPlain(Exception):
    """A case that is left out."""


def before(world: World, spec: Spec, step: int) -> Stage:
    """A town before a step of its day."""
    stage = dawn(worlds.copy(world))
    for each in steps()[:step]:
        stage = after(stage, each, spec.numbers())
    return stage


def copied(stage: Stage) -> Stage:
    return Stage(worlds.copy(stage.world), dict(stage.here))


def put_in(a: Stage, b: Stage, cells: Sequence[Cell]) -> Stage:
    """The town of A with these cells as in B; numbers are left to `spec_with`. Raises NotPlain."""
    mine, theirs = (lucks(stage.world).tolist() for stage in (a, b))
    stage = copied(a)
    for cell in cells:
        if cell.table == HERE:
            here, name = stage.here, cell.name[0]
            other = b.here[name]
            here[name] = here[name]._replace(**{cell.field: getattr(other, cell.field)}) if cell.field else other
        elif cell.table in (*STANDING, "issues"):
            rows = [found.index(cell.name[0]) if cell.table == "issues" else cell.name[0]
                    for found in (mine, theirs) if cell.table != "issues" or cell.name[0] in found]  # fmt: skip
            if len(rows) < 2:
                raise NotPlain
            for field in (cell.field, *TOGETHER.get((cell.table, cell.field), ())):
                getattr(stage.world, cell.table)[field][rows[0]] = getattr(b.world, cell.table)[field][rows[1]]
        elif mine == theirs and cell.table in PLAIN_LISTS and cell.field != ORDER:
            stage = listed_as(stage, b, cell)
        elif cell.table == "invitees" and cell.field and names_of(a.world, "invitees") == names_of(b.world, "invitees"):
            row = names_of(a.world, "invitees").index(cell.name)
            stage.world.invitees[cell.field][row] = b.world.invitees[cell.field][row]
        elif cell.table != NUMBER:
            raise NotPlain
    return stage


def listed_as(stage: Stage, b: Stage, cell: Cell) -> Stage:
    """Put a row of a list in, take it out, or write one of its fields, as in B."""
    mine, theirs = names_of(stage.world, cell.table), names_of(b.world, cell.table)
    rows = worlds.table(stage.world, cell.table)
    if cell.field:
        if cell.name not in mine:
            raise NotPlain
        rows[cell.field][mine.index(cell.name)] = worlds.table(b.world, cell.table)[cell.field][theirs.index(cell.name)]
        return stage
    if cell.name in mine:
        rows = np.delete(rows, mine.index(cell.name))
    else:
        at = theirs.index(cell.name)
        last = next((name for name in reversed(theirs[:at]) if name in mine), None)
        place = 0 if last is None else mine.index(last) + 1
        rows = np.insert(rows, place, worlds.table(b.world, cell.table)[at])
    whole: dict[str, Any] = stage.world._asdict()
    room = np.zeros(len(rows) + 64, rows.dtype)
    room[: len(rows)] = rows
    whole[cell.table] = room
    whole["town"]["n_" + cell.table] = len(rows)
    return Stage(World(**whole), stage.here)


def spec_with(a: Spec, b: Spec, cells: Sequence[Cell]) -> Spec:
    """The numbers of A, those among the cells as in B."""
    changes: dict[str, Any] = {}
    given = b.model_dump()
    for cell in cells:
        if cell.table == NUMBER:
            *sections, name = cell.name[0].split(".")
            into, held = changes, given
            for section in sections:
                into, held = into.setdefault(section, {}), held[section]
            into[name] = held[name]
    return a.changed(**changes) if changes else a
