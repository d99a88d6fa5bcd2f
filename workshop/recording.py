"""A recording: all that the map of a town shows, day by day, in one small file (docs/reference/recording.md).

>>> recording = record(baseline, spec, "general_grid", seed=1, days=365)       # doctest: +SKIP
>>> read(recording)["acts.who"]                                                # doctest: +SKIP
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from ..agents.grid_worker import Tier
from ..agents.resident.voting import Ballot
from ..experiments.provenance import Refusal
from ..experiments.twins.events import steps_of_issues
from ..model import world as worlds
from ..model.issues import Kind, State
from ..model.regime import Rule
from ..model.running import day_zero, on_days, run
from ..model.spec import Spec
from ..model.world import World
from ..words import message
from .layout import ASPECT, Array, plan_of

MAGIC = b"LINLIREC"
VERSION = 1
HEAD = struct.Struct("<8sHHI")
"""Magic, version, a number kept for later (0), bytes of the header in JSON."""
ALIGNED = 8
"""Sections begin at multiples of so many bytes from the first."""
NONE = 65_535
"""In a column of rows: none."""
EARLIEST = -1_000
"""Day that stands for all days before it."""
MOST = 65_000
"""Rows of one table that a recording can name."""


class Role(IntEnum):
    """What a resident is drawn as."""

    RESIDENT = 0
    MEMBER = 1
    CHILD = 2


class Act(IntEnum):
    """What residents do, and what of it is recorded as `about`."""

    VOLUNTEERED = 0
    """About nothing."""
    REPORTED = 1
    """The issue."""
    CAME = 2
    """To the meeting: the row of meetings in the recording."""
    SPOKE = 3
    """In the meeting."""
    VOTED = 4
    """By ballot paper, in the matter with this row of meetings."""
    PETITIONED = 5
    """The issue."""
    REDEEMED = 6
    """About nothing. Points given to the community fund count too."""
    VISITED = 7
    """Was called on by a Party member: her row of residents."""
    KEPT_DUTY = 8
    """A Party member's obligation; about nothing."""


class Stage(IntEnum):
    """Where an issue stands on the map."""

    UNBORN = 0
    AROSE = 1
    KNOWN = 2
    AGENDA = 3
    REFUSED = 4
    """On the agenda, not admitted by its filter."""
    DECIDED = 5
    WORK = 6
    RESOLVED = 7
    PAPER = 8
    """Closed on paper: the problem is still there."""
    REOPENED = 9
    FADED = 10
    """Went away by itself."""


class Way(IntEnum):
    """How a matter that came before a council was dealt with."""

    DEFERRED = 0
    DISCUSSED = 1
    BALLOT = 2
    CADRE = 3


STAGES = (
    ("arose", Stage.AROSE), ("known", Stage.KNOWN), ("tabled", Stage.AGENDA), ("refused", Stage.REFUSED),
    ("decided", Stage.DECIDED), ("worked_on", Stage.WORK), ("resolved", Stage.RESOLVED),
    ("closed_on_paper", Stage.PAPER), ("reopened", Stage.REOPENED), ("faded", Stage.FADED),
    ("gone", Stage.FADED),
)  # fmt: skip
"""Steps of a day in their order, and where they lead."""

OF_STATE = {
    State.LATENT: Stage.AROSE, State.KNOWN: Stage.KNOWN, State.QUEUED: Stage.KNOWN, State.ON_AGENDA: Stage.AGENDA,
    State.IN_WORK: Stage.WORK, State.ESCALATED: Stage.KNOWN, State.CLOSED_RESOLVED: Stage.RESOLVED,
    State.CLOSED_UNRESOLVED: Stage.PAPER, State.REOPENED: Stage.REOPENED, State.FADED: Stage.FADED,
}  # fmt: skip
"""Where an issue that is there from the first morning on stands."""

WATCHED = ("state", "n_reopenings", "n_deferrals", "refused", "decided", "tier", "detected", "visible")
"""Columns of issues that are kept from the morning."""

UNLIKE_BEFORE = ("redeemed", "donated")
"""Columns of residents that change when points are taken to the mall."""


def record(baseline: Spec, spec: Spec, size: str, seed: int, days: int, aspect: float = ASPECT) -> bytes:
    """Live a town and record it, its map of this width to height. The same bytes each time.

    Raises Refusal for a town too large to be recorded.
    """
    start = day_zero(baseline, size, seed)
    if len(start.residents) > MOST:
        raise Refusal(message("a recording holds at most {most} residents, and a {size} has {n}",
                              most=MOST, size=size, n=len(start.residents)))  # fmt: skip
    watch = Watch(start, aspect)
    sections = watch.places()
    first = worlds.table(start, "issues")["state"].copy(), worlds.table(start, "issues")["visible"].copy()
    evening = run(start, spec, days, [on_days(range(1, days), watch.day_over)])
    watch.day_over(evening)
    sections |= watch.events() | issues_of(evening, *first)
    about = {"size": size, "seed": seed, "days": days, "roles": names(Role), "acts": names(Act), "stages": names(Stage),
             "ways": names(Way), "kinds": names(Kind), "tiers": names(Tier)}  # fmt: skip
    return packed(about, sections)


def names(codes: type[IntEnum]) -> list[str]:
    """The names of codes, in the order of their numbers."""
    return [code.name.lower() for code in codes]


class Watch:
    """Reads a town off every evening, and notes what the map shows."""

    def __init__(self, start: World, aspect: float = ASPECT) -> None:
        self.start, self.aspect = start, aspect
        self.acts: list[Array] = []
        self.steps: list[Array] = []
        self.meetings: list[Array] = []
        self.patrols: list[Array] = []
        self.work: list[Array] = []
        self.n_meetings = 0
        self._remember(start)

    def _remember(self, world: World) -> None:
        """Keep what the next evening is compared with."""
        issues = worlds.table(world, "issues")
        self.issues = {name: issues[name].copy() for name in WATCHED}
        self.spent = sum(world.residents[name] for name in UNLIKE_BEFORE)
        self.n_visits = world.members["n_visits"].copy()
        self.rows = {name: worlds.rows_in_use(world, name) for name in ("reports", "deeds", "meetings", "petitions")}

    def day_over(self, evening: World) -> None:
        """Note the day that has just been lived."""
        day = int(evening.town["day"][0]) - 1
        held = worlds.table(evening, "meetings")[self.rows["meetings"] :]
        self.acts.append(columns(*self._acts(day, evening)))
        self.steps.append(columns(*self._steps(day, evening)))
        self.meetings.append(columns((held["issue"], held["council"], held["n_attending"], ways(held),
                                      held["adopted"])))  # fmt: skip
        walked = evening.micro_grids["patrol_minutes"] > 0
        self.patrols.append(columns((evening.micro_grids["patroller"][walked], np.flatnonzero(walked))))
        queue = worlds.table(evening, "queue")
        worked = queue["staff_minutes"] > 0
        self.work.append(columns((queue["unit"][worked], queue["issue"][worked])))
        self.n_meetings += len(held)
        self._remember(evening)

    def _acts(self, day: int, evening: World) -> Iterable[tuple[Any, ...]]:
        """Who did what, kind by kind: code, resident, what it was about."""
        deeds, reports = (worlds.table(evening, name)[self.rows[name] :] for name in ("deeds", "reports"))
        yield Act.VOLUNTEERED, deeds["resident"], NONE
        yield Act.REPORTED, reports["resident"], reports["issue"]
        yield from self._at_meetings(evening)
        petitions = worlds.table(evening, "petitions")[self.rows["petitions"] :]
        yield Act.PETITIONED, petitions["resident"], petitions["issue"]
        spent = sum(evening.residents[name] for name in UNLIKE_BEFORE)
        yield Act.REDEEMED, np.flatnonzero(spent != self.spent), NONE
        members = evening.members
        visited = members[(members["n_visits"] > self.n_visits) & (members["met"] >= 0)]
        yield Act.VISITED, visited["met"], visited["resident"]
        yield Act.KEPT_DUTY, members["resident"][members["last_duty"] == day], NONE

    def _at_meetings(self, evening: World) -> Iterable[tuple[Any, ...]]:
        """Who came, who spoke, and who voted on paper."""
        there = worlds.table(evening, "invitees")
        if not len(there):
            return
        about = there["meeting"] - int(evening.town["first_meeting_today"][0]) + self.n_meetings
        voted = there["polled"] & (there["ballot"] != Ballot.ABSENT) & (there["resident"] >= 0)
        for act, those in ((Act.CAME, there["comes"]), (Act.SPOKE, there["comes"] & (there["minutes"] > 0.0)),
                           (Act.VOTED, voted)):  # fmt: skip
            yield act, there["resident"][those], about[those]

    def _steps(self, day: int, evening: World) -> Iterable[tuple[Any, ...]]:
        """Which issues went on to which stage, in the order in which a day takes them there."""
        now = worlds.table(evening, "issues")
        taken = dict(steps_of_issues(day, self.issues, now))
        n = len(self.issues["state"])
        begun = (now["state"][:n] == State.IN_WORK) & (self.issues["state"] != State.IN_WORK)
        taken["worked_on"] = np.flatnonzero(begun)
        taken["gone"] = np.flatnonzero(~now["visible"][:n] & self.issues["visible"]
                                       & (now["state"][:n] == State.CLOSED_UNRESOLVED))  # fmt: skip
        for step, stage in STAGES:
            yield taken[step], stage

    def places(self) -> dict[str, Array]:
        """What stays as it is: where everything lies, who lives there, who serves, who knows whom on the first day."""
        world, plan = self.start, plan_of(self.start, self.aspect)
        people = world.residents
        role = np.where(people["party"], Role.MEMBER, np.where(people["adult"], Role.RESIDENT, Role.CHILD))
        here = np.repeat(np.arange(len(people)), people["n_ties"])
        once = here < world.ties["to"][: len(here)]
        return {
            **{f"plan.{name}": getattr(plan, name).astype("<f4") for name in plan._fields},
            "residents.role": role.astype("u1"),
            "residents.building": people["building"].astype("<u2"),
            "residents.household": people["household"].astype("<u2"),
            "residents.last_act": np.maximum(people["last_act"], EARLIEST).astype("<i2"),
            "buildings.micro_grid": world.buildings["micro_grid"].astype("<u2"),
            "micro_grids.general_grid": world.micro_grids["general_grid"].astype("<u2"),
            "workers.tier": world.workers["tier"].astype("u1"),
            "workers.unit": world.workers["unit"].astype("<u2"),
            "deputies.kind": world.deputies["kind"].astype("u1"),
            "ties.first": offsets(np.bincount(here[once], minlength=len(people))),
            "ties.to": world.ties["to"][: len(here)][once].astype("<u2"),
        }

    def events(self) -> dict[str, Array]:
        """What happened: of each list the first row of every day, and its columns."""
        return {
            **by_day("acts", self.acts, ("act", "u1"), ("who", "<u2"), ("about", "<u2")),
            **by_day("steps", self.steps, ("issue", "<u2"), ("stage", "u1")),
            **by_day("meetings", self.meetings, ("issue", "<u2"), ("council", "<u2"), ("came", "<u2"), ("way", "u1"),
                     ("adopted", "u1")),
            **by_day("patrols", self.patrols, ("worker", "<u2"), ("micro_grid", "<u2")),
            **by_day("work", self.work, ("unit", "<u2"), ("issue", "<u2")),
        }  # fmt: skip


def ways(held: Array) -> Array:
    """How the matters of a day were dealt with."""
    on_paper = np.where(held["rounds"] > 0, Way.DISCUSSED, Way.BALLOT)
    return np.where(held["deferred"], Way.DEFERRED, np.where(held["rule"] == Rule.CADRE, Way.CADRE, on_paper))


def columns(*parts: tuple[Any, ...]) -> Array:
    """Rows of a day from parts of equal columns; a number stands for a column of it."""
    found = [np.stack(np.broadcast_arrays(*part), axis=-1) for part in parts]
    return np.concatenate([np.atleast_2d(part).astype(np.int64) for part in found]) if found else np.empty((0, 0), int)


def by_day(name: str, days: list[Array], *kinds: tuple[str, str]) -> dict[str, Array]:
    """The columns of a list, and where in it each day begins (one number more than days: the last is the end)."""
    rows = [day for day in days if day.size]
    whole = np.concatenate(rows) if rows else np.empty((0, len(kinds)), np.int64)
    found = {f"{name}.{column}": whole[:, k].astype(kind) for k, (column, kind) in enumerate(kinds)}
    return {f"{name}.first": offsets([len(day) if day.size else 0 for day in days]), **found}


def offsets(counts: Any) -> Array:
    """Where each of several stretches of so many rows begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(counts)]).astype("<u4")


def issues_of(evening: World, state: Array, visible: Array) -> dict[str, Array]:
    """The issues, and the stage on the first morning of those there already (`state`, `visible`)."""
    issues = worlds.table(evening, "issues")
    if len(issues) > MOST:
        raise Refusal(message("a recording holds at most {most} issues, and there were {n}; record fewer days",
                              most=MOST, n=len(issues)))  # fmt: skip
    stage = np.zeros(len(issues), np.uint8)
    stage[: len(state)] = [OF_STATE[State(code)] for code in state.tolist()]
    stage[: len(state)][(stage[: len(state)] == Stage.PAPER) & ~visible] = Stage.FADED
    return {
        "issues.kind": issues["kind"].astype("u1"),
        "issues.contested": issues["contested"].astype("u1"),
        "issues.building": issues["building"].astype("<u2"),
        "issues.born": issues["born"].astype("<i2"),
        "issues.parent": np.where(issues["parent"] < 0, NONE, issues["parent"]).astype("<u2"),
        "issues.stage": stage,
    }


class Recording(NamedTuple):
    """A recording read back: what it is of, and its sections as arrays."""

    about: dict[str, Any]
    sections: dict[str, Array]

    def __getitem__(self, name: Any) -> Any:
        return self.sections[name] if isinstance(name, str) else tuple.__getitem__(self, name)

    def day(self, name: str, day: int) -> dict[str, Array]:
        """The rows of a list on one day, by column."""
        first = self.sections[f"{name}.first"]
        here = slice(int(first[day]), int(first[day + 1]))
        prefix = f"{name}."
        return {
            key.removeprefix(prefix): rows[here]
            for key, rows in self.sections.items()
            if key.startswith(prefix) and key != f"{name}.first"
        }


def packed(about: dict[str, Any], sections: dict[str, Array]) -> bytes:
    """The file: head, header, sections."""
    body, listed = bytearray(), {}
    for name, rows in sections.items():
        body += bytes(-len(body) % ALIGNED)
        listed[name] = {"type": rows.dtype.str.lstrip("<|"), "at": len(body), "shape": list(rows.shape)}
        body += np.ascontiguousarray(rows).tobytes()
    header = json.dumps({**about, "sections": listed}, separators=(",", ":")).encode()
    header += b" " * (-(HEAD.size + len(header)) % ALIGNED)
    return HEAD.pack(MAGIC, VERSION, 0, len(header)) + header + bytes(body)


def read(recording: bytes) -> Recording:
    """A recording read back. Raises Refusal for what is none, or of another version."""
    if len(recording) < HEAD.size or recording[: len(MAGIC)] != MAGIC:
        raise Refusal(message("this is no recording of a town"))
    _, version, _, length = HEAD.unpack_from(recording)
    if version != VERSION:
        raise Refusal(message("this recording is of version {version}; this program reads version {ours}",
                              version=version, ours=VERSION))  # fmt: skip
    try:
        about = json.loads(recording[HEAD.size : HEAD.size + length])
        start = HEAD.size + length
        sections = {
            name: np.frombuffer(recording, "<" + s["type"], int(np.prod(s["shape"])), start + s["at"]).reshape(
                s["shape"]
            )
            for name, s in about.pop("sections").items()
        }
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(
            message("this recording is damaged ({error})", error=f"{type(error).__name__}: {error}")
        ) from None
    return Recording(about, sections)
