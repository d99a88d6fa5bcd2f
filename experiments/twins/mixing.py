"""A town that is as in A but for some things, which are as in B: to see by trial what a difference comes of.

First both towns are put on common ground (their issues are numbered alike; an issue that one of them lacks gets a
row there to which nothing leads). Then they differ in cells, one by one, and any choice of cells can be taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ...agents.core.field import fields_of, table_of
from ...model import world as worlds
from ...model.spec import Spec
from ...model.world import ENTITIES, World
from ...scenarios.catalogue import SECTIONS
from ...scenarios.contradictions import value_of
from .lives import bytes_of, columns_of, same_bytes
from .naming import LEADS, LISTS, NO_ISSUE, OF_ISSUES, ORDER, STANDING, Cell, Name, columns_together, names_of
from .steps import Stage, Step, place_of

NUMBER = "number"
"""In place of a table: a number of the town, named section.name."""

HERE = "here"
"""In place of a table: what an earlier step of the day has worked out."""

MADE_BY = {"invitations": "call", "invitees": "convene", "meetings": "convene"}
"""Today's lists, and the step that makes them; before that they are yesterday's, and mean nothing."""

HELD = Cell("meetings", ("today",))
"""Which meetings are held today, and who is called to them: taken over as a whole."""

SORTED_BY = {"reports": 1, "deeds": 1, "petitions": 1, "bonds": 1, "listed": 1, "invitations": 2}
"""Lists in the order of so many of their first naming columns."""

FIRST_OPEN = {"reports": "first_open_report", "petitions": "first_open_petition"}
"""Lists whose first rows are history, and the pointer to the first that is not."""

GROUND = ("kinds", "households", "buildings", "micro_grids", "general_grids")
"""What the day hands on under the name `ground`."""


def levers(a: Spec, b: Spec) -> list[Cell]:
    """The numbers in which two specifications differ."""
    return [
        Cell(NUMBER, (f"{section}.{name}",))
        for section, group in SECTIONS.items()
        for name in type(group).model_fields
        if value_of(a, f"{section}.{name}") != value_of(b, f"{section}.{name}")
    ]


def numbers_with(a: Spec, b: Spec, chosen: Iterable[Cell]) -> Any:
    """The numbers of A, those chosen as in B."""
    changes: dict[str, Any] = {}
    for cell in chosen:
        *path, name = cell.name[0].split(".")
        section = changes
        for part in path:
            section = section.setdefault(part, {})
        section[name] = value_of(b, cell.name[0])
    return (a.changed(**changes) if changes else a).numbers()


def merged(leader: Sequence[Any], follower: Sequence[Any]) -> list[Any]:
    """All of the leader's in its order; what only the follower has stands behind what it stood behind there."""
    known = set(leader)
    behind: dict[Any, list[Any]] = {}
    last = None
    for name in follower:
        if name in known:
            last = name
        else:
            behind.setdefault(last, []).append(name)
    found = list(behind.get(None, ()))
    for name in leader:
        found += [name, *behind.get(name, ())]
    return found


# Common ground


def on_common_ground(a: Stage, b: Stage) -> tuple[Stage, Stage]:
    """Both towns with their issues numbered alike."""
    luck_a, luck_b = (worlds.table(stage.world, "issues")["luck"].tolist() for stage in (a, b))
    if luck_a == luck_b:
        return a, b
    order = merged(luck_a, luck_b)
    return tuple(  # type: ignore[return-value]
        Stage(renumbered(own.world, other.world, order), own.here) for own, other in ((a, b), (b, a))
    )


def renumbered(own: World, other: World, order: list[int]) -> World:
    """A town whose issues stand in this order; those it lacks are written as they are in the other."""
    place = {luck: k for k, luck in enumerate(order)}
    issues = table_of(ENTITIES["issues"], len(order) + 16)
    for world in (other, own):
        rows = worlds.table(world, "issues")
        to = np.array([place[luck] for luck in rows["luck"].tolist()], np.int64)
        issues[to] = rows
        issues["parent"][to] = np.append(to, NO_ISSUE)[rows["parent"]]
    whole: dict[str, Any] = own._asdict()
    mine = np.array([place[luck] for luck in worlds.table(own, "issues")["luck"].tolist()], np.int64)
    for table, field in sorted(OF_ISSUES - {("issues", "parent")}):
        rows = getattr(own, table).copy()
        n = worlds.rows_in_use(own, table)
        known = rows[field][:n] < len(mine)  # of a list of yesterday a row may mean nothing any more
        rows[field][:n][known] = np.append(mine, NO_ISSUE)[rows[field][:n][known]]
        whole[table] = rows
    whole["issues"] = issues
    whole["town"] = own.town.copy()
    whole["town"]["n_issues"] = len(order)
    return World(**whole)


# In what two towns differ


def tables_read(step: Step) -> set[str]:
    """The tables that a step is given."""
    read = set(step.reads) & set(World._fields)
    return read | (set(GROUND) & set(World._fields) if "ground" in step.reads else set())


def sections_read(step: Step) -> set[str]:
    """The sections of numbers that a step is given."""
    read = {name.partition(".")[2] for name in step.reads if name.startswith("p.")}
    return read | ({"kinds"} if {"kinds", "ground"} & step.reads else set())


def differences(a: Stage, b: Stage, step: Step, changed: Iterable[Cell]) -> list[Cell]:
    """All in which what a step is given differs between two towns on common ground; `changed` are their levers."""
    sections = sections_read(step)
    found = [cell for cell in changed if cell.name[0].partition(".")[0] in sections]
    found += [cell for name in sorted(step.reads & set(a.here)) for cell in differences_here(a, b, name)]
    for table in World._fields:
        if table not in tables_read(step):
            continue
        if table in (*STANDING, "issues"):
            found += standing_differences(a.world, b.world, table)
        elif table == "ties":
            found += differences_of_ties(a.world, b.world)
        elif table in MADE_BY and place_of(step.name) > place_of(MADE_BY[table]):
            found += differences_of_today(a.world, b.world, table)
        elif table in LISTS and table not in MADE_BY:
            found += differences_of_list(a.world, b.world, table)
    return list(dict.fromkeys(found))


def differences_here(a: Stage, b: Stage, name: str) -> list[Cell]:
    """In what they differ of what an earlier step has worked out."""
    of_a: Any = a.here[name]
    of_b: Any = b.here.get(name)
    if name == "tally":
        day = int(a.world.town["day"][0])
        return [Cell("days", (day, 0), field) for field in of_a.dtype.names if of_a[field][0] != of_b[field][0]]
    if hasattr(of_a, "_fields"):
        return [Cell(HERE, (name,), field) for field in of_a._fields if getattr(of_a, field) != getattr(of_b, field)]
    return [] if np.array_equal(of_a, of_b) else [Cell(HERE, (name,))]


def standing_differences(a: World, b: World, table: str) -> list[Cell]:
    """Cells of rows that both have."""
    of_a, of_b = worlds.table(a, table), worlds.table(b, table)
    names = of_a["luck"] if table == "issues" else np.arange(len(of_a))
    found = [
        Cell(table, (name,), LEADS.get((table, field), field))
        for field in columns_of(table)
        if (table, field) != ("residents", "n_ties")  # it goes with the ties themselves
        for name in names[of_a[field] != of_b[field]].tolist()
    ]
    return list(dict.fromkeys(found))


def differences_of_ties(a: World, b: World) -> list[Cell]:
    """The residents who know others, or for another time, in one town than in the other."""
    if same_bytes(a.ties, b.ties) and same_bytes(a.residents, b.residents):
        return []
    n_a, n_b = a.residents["n_ties"], b.residents["n_ties"]
    apart = n_a != n_b
    alike = np.flatnonzero(~apart)
    stretches = (world.ties[rows_of_ties(world, alike)] for world in (a, b))
    owner = np.repeat(alike, n_a[alike])
    apart[owner[(np.not_equal(*map(bytes_of, stretches))).any(axis=1)]] = True
    return [Cell("ties", (i,)) for i in np.flatnonzero(apart).tolist()]


def rows_of_ties(world: World, who: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The rows of the table of ties that belong to these residents, one resident after the other."""
    first, n = world.residents["first_tie"][who], world.residents["n_ties"][who]
    return np.repeat(first - np.concatenate([[0], np.cumsum(n)[:-1]]), n) + np.arange(n.sum())


def ends_by_resident(world: World) -> list[np.ndarray[Any, Any]]:
    """Every resident's stretch of the table of ties."""
    who = world.residents
    stretches = zip(who["first_tie"].tolist(), who["n_ties"].tolist(), strict=True)
    return [world.ties[first : first + n] for first, n in stretches]


def differences_of_today(a: World, b: World, table: str) -> list[Cell]:
    """The same for lists that are made anew every day."""
    if table == "invitations":
        return differences_of_list(a, b, table)
    if any(names_today(a, name) != names_today(b, name) for name in ("meetings", "invitees")):
        return [HELD]
    names, rows_a, rows_b = names_today(a, table), rows_today(a, table), rows_today(b, table)
    return [
        Cell(table, names[k], field)
        for field in columns_of(table)
        if field not in ("meeting", "issue")
        for k in np.flatnonzero(rows_a[field] != rows_b[field]).tolist()
    ]


def unlike_today(a: World, b: World) -> list[Cell]:
    """What HELD stands for: the meetings that are held in one of the towns only, and who is called in one only."""
    found = []
    for table in ("meetings", "invitees"):
        of_a, of_b = (dict.fromkeys(names_today(world, table)) for world in (a, b))
        found += [Cell(table, name) for name in of_a | of_b if (name in of_a) != (name in of_b)]
    return found


def rows_today(world: World, table: str) -> np.ndarray[Any, Any]:
    """The rows of a list that are today's."""
    first = int(world.town["first_meeting_today"][0]) if table == "meetings" else 0
    return worlds.table(world, table)[first:]


def names_today(world: World, table: str) -> list[Name]:
    """What they are called."""
    names = names_of(world, table)
    return names[len(names) - len(rows_today(world, table)) :]


def differences_of_list(a: World, b: World, table: str) -> list[Cell]:
    """Rows that only one of them has, cells of rows that both have, and their order."""
    names_a, names_b = names_of(a, table), names_of(b, table)
    where_a, where_b = ({name: k for k, name in enumerate(names)} for names in (names_a, names_b))
    found = [Cell(table, name) for name in merged(names_a, names_b) if (name in where_a) != (name in where_b)]
    both = [name for name in names_a if name in where_b]
    if both != [name for name in names_b if name in where_a]:
        found.append(Cell(table, (), ORDER))
    rows_a = worlds.table(a, table)[[where_a[name] for name in both]]
    rows_b = worlds.table(b, table)[[where_b[name] for name in both]]
    for field in fields_of(ENTITIES[table]):
        found += [Cell(table, both[k], field) for k in np.flatnonzero(rows_a[field] != rows_b[field]).tolist()]
    return found


# As in A, but for some cells


class Mixture(NamedTuple):
    """Two towns on common ground, before a step."""

    a: Stage
    b: Stage
    step: Step

    def with_cells(self, chosen: Sequence[Cell]) -> Stage:
        """The town as in A, but with these cells as in B (numbers are left out). Its tables may be written on."""
        by_table: dict[str, list[Cell]] = {}
        for cell in chosen:
            by_table.setdefault(cell.table, []).append(cell)
        read = tables_read(self.step) | {"town", "days"} | (set(by_table) & set(World._fields))
        whole: dict[str, Any] = {n: t.copy() if n in read else t for n, t in self.a.world._asdict().items()}
        if HELD in by_table.get("meetings", ()):
            hold_as_in(whole, self.b.world)
            by_table.pop("invitees", None)
            by_table.pop("meetings")
        for table, cells in by_table.items():
            if table in World._fields:
                self._take_over(whole, table, cells)
        here = dict(self.a.here)
        for cell in by_table.get(HERE, ()):
            mine, theirs = here[cell.name[0]], self.b.here[cell.name[0]]
            here[cell.name[0]] = mine._replace(**{cell.field: getattr(theirs, cell.field)}) if cell.field else theirs
        return Stage(World(**whole), here)

    def _take_over(self, whole: dict[str, Any], table: str, cells: list[Cell]) -> None:
        """Write these cells of a table as they are in B."""
        if table == "ties":
            know_as_in(whole, self.b.world, {cell.name[0] for cell in cells})
            return
        rows = whole[table]
        if table in ("issues", *STANDING):
            luck = {luck: k for k, luck in enumerate(self.a.world.issues["luck"].tolist())} if table == "issues" else {}
            for cell in cells:
                row = luck[cell.name[0]] if luck else cell.name[0]
                for field in columns_together(table, cell.field):
                    rows[field][row] = getattr(self.b.world, table)[field][row]
            return
        if any(cell.field in ("", ORDER) for cell in cells):
            list_as_in(whole, self.a.world, self.b.world, table, cells)
        now = World(**whole)
        mine = {name: k for k, name in enumerate(names_of(now, table))}
        theirs = {name: k for k, name in enumerate(names_of(self.b.world, table))}
        for cell in cells:
            if cell.field not in ("", ORDER) and cell.name in mine:
                whole[table][cell.field][mine[cell.name]] = getattr(self.b.world, table)[cell.field][theirs[cell.name]]


def list_as_in(whole: dict[str, Any], a: World, b: World, table: str, cells: list[Cell]) -> None:
    """Take over that rows of a list are there, or are not, and the order if it is among the cells."""
    names_a, names_b = names_of(a, table), names_of(b, table)
    where_a, where_b = ({name: k for k, name in enumerate(names)} for names in (names_a, names_b))
    chosen = {cell.name for cell in cells if not cell.field}
    leads = any(cell.field == ORDER for cell in cells)
    order = merged(names_b, names_a) if leads else merged(names_a, names_b)
    kept = [name for name in order if (name in where_a) != (name in chosen)]
    if table in SORTED_BY:
        kept.sort(key=lambda name: name[: SORTED_BY[table]])
    rows = table_of(ENTITIES[table], len(kept) + 16)
    for k, name in enumerate(kept):
        rows[k] = getattr(a, table)[where_a[name]] if name in where_a else getattr(b, table)[where_b[name]]
    whole[table] = rows
    whole["town"]["n_" + table] = len(kept)
    pointer = FIRST_OPEN.get(table)
    if pointer:
        first_a, first_b = int(a.town[pointer][0]), int(b.town[pointer][0])
        is_open = (where_a[n] >= first_a if n in where_a else where_b[n] >= first_b for n in kept)
        whole["town"][pointer] = next((k for k, open_ in enumerate(is_open) if open_), len(kept))


def hold_as_in(whole: dict[str, Any], b: World) -> None:
    """Take over today's meetings and everybody called to them."""
    first_a, first_b = int(whole["town"]["first_meeting_today"][0]), int(b.town["first_meeting_today"][0])
    today = rows_today(b, "meetings")
    rows = table_of(ENTITIES["meetings"], first_a + len(today) + 16)
    rows[:first_a] = whole["meetings"][:first_a]
    rows[first_a : first_a + len(today)] = today
    whole["meetings"], whole["invitees"] = rows, b.invitees.copy()
    whole["invitees"]["meeting"] += first_a - first_b
    whole["town"]["n_meetings"] = first_a + len(today)
    whole["town"]["n_invitees"] = b.town["n_invitees"]


def know_as_in(whole: dict[str, Any], b: World, who: set[int]) -> None:
    """Take over whom these residents know."""
    mine, theirs = ends_by_resident(World(**whole)), ends_by_resident(b)
    ends = [theirs[i] if i in who else mine[i] for i in range(len(mine))]
    lengths = np.array([len(stretch) for stretch in ends])
    whole["residents"] = whole["residents"].copy()
    whole["residents"]["n_ties"] = lengths
    whole["residents"]["first_tie"] = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    whole["ties"] = np.concatenate(ends)
