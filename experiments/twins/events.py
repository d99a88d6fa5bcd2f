"""What happens in a town, day by day, told by who and what it happens to; and what of it differs between two towns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from ...agents.resident.voting import Ballot
from ...model import world as worlds
from ...model.issues import State
from ...model.world import World
from .naming import NO_ISSUE, Name, called, lucks, names_of

DID = ("reported", "came", "voted", "volunteered", "kept_duty", "petitioned", "redeemed", "donated")
"""What residents do."""

BEFELL = ("met", "called", "heard", "told", "learned", "praised", "won")
"""What befalls them."""

OF_ISSUES = (
    "arose", "faded", "known", "tabled", "refused", "deferred", "decided", "climbed", "resolved", "closed_on_paper",
    "reopened", "docketed", "brokered",
)  # fmt: skip
"""What happens to issues."""

KINDS = (*DID, *BEFELL, *OF_ISSUES)

NOBODY = -1

Columns = Mapping[str, Any] | np.ndarray[Any, Any]
"""Issues by columns, each an array: the table itself, or those of its columns that steps are read off."""


class Happening(NamedTuple):
    """What makes something that happens in one town the same as something in the other."""

    kind: str
    resident: int
    """Row, or −1."""
    issue: int
    """Luck, or −1."""
    more: Name
    """What else tells it from others: occasion and number of an act of volunteering."""


class Event(NamedTuple):
    """Something that happened in one of the towns only, or in both but not alike."""

    kind: str
    resident: int
    issue: int
    more: Name
    day_a: int | None
    day_b: int | None
    what_a: Any
    """The particulars (a code, a number, whether); None where it did not happen."""
    what_b: Any

    @property
    def day(self) -> int:
        """The first day on which the towns differ in this."""
        return min(day for day in (self.day_a, self.day_b) if day is not None)

    @property
    def where(self) -> str:
        """ "A", "B" or "both"."""
        if self.day_b is None:
            return "A"
        return "B" if self.day_a is None else "both"


def happenings(day: int, morning: World, evening: World) -> Iterator[tuple[Happening, Any]]:
    """All that happened on a day, with its particulars."""
    yield from _deeds(day, evening)
    yield from _opportunities(evening)
    yield from _of_residents(day, morning, evening)
    yield from _of_issues(day, morning, evening)


def _deeds(day: int, evening: World) -> Iterator[tuple[Happening, Any]]:
    """Reports, attendances, ballots, acts, obligations and petitions of the day, from the logs."""
    luck = lucks(evening)
    reports = worlds.table(evening, "reports")
    for row in reports[reports["day"] == day]:
        yield Happening("reported", int(row["resident"]), int(luck[row["issue"]]), ()), int(row["channel"])
    for name, row in zip(names_of(evening, "invitees"), worlds.table(evening, "invitees"), strict=True):
        if row["comes"]:
            yield Happening("came", name[1], name[0], (name[2],)), True
        if row["polled"] and row["ballot"] != Ballot.ABSENT and row["resident"] >= 0:
            yield Happening("voted", name[1], name[0], (name[2],)), int(row["ballot"])
    members = worlds.table(evening, "members")
    for resident in members["resident"][members["last_duty"] == day].tolist():
        yield Happening("kept_duty", resident, NO_ISSUE, ()), True
    petitions = worlds.table(evening, "petitions")
    for row in petitions[petitions["day"] == day]:
        yield Happening("petitioned", int(row["resident"]), int(luck[row["issue"]]), ()), int(row["answer"])


def _opportunities(evening: World) -> Iterator[tuple[Happening, Any]]:
    """Problems met, meetings heard of, calls to volunteer, and whether they were followed."""
    for name in names_of(evening, "encounters"):
        yield Happening("met", name[0], name[1], ()), True
    for name, row in zip(names_of(evening, "invitees"), worlds.table(evening, "invitees"), strict=True):
        if row["heard"] and row["resident"] >= 0:
            yield Happening("heard", name[1], name[0], (name[2],)), True
    for name, acted in zip(names_of(evening, "invitations"), worlds.table(evening, "invitations")["acted"], strict=True):
        resident, occasion, issue, ordinal, k = name
        yield Happening("called", resident, issue, (occasion, ordinal, k)), True
        if acted:
            yield Happening("volunteered", resident, issue, (occasion, ordinal, k)), True


def _of_residents(day: int, morning: World, evening: World) -> Iterator[tuple[Happening, Any]]:
    """What is kept of a day in the residents' own rows."""
    before, now = morning.residents, evening.residents
    for kind, field in (("told", "told_day"), ("praised", "praised_day")):
        for resident in np.flatnonzero(now[field] == day).tolist():
            yield Happening(kind, resident, NO_ISSUE, ()), True
    for kind, field in (("redeemed", "redeemed"), ("donated", "donated")):
        for resident in np.flatnonzero(now[field] != before[field]).tolist():
            yield Happening(kind, resident, NO_ISSUE, ()), int(now[field][resident] - before[field][resident])
    for resident in np.flatnonzero((now["efficacy_day"] == day) & (now["efficacy"] != before["efficacy"])).tolist():
        up = bool(now["efficacy"][resident] > before["efficacy"][resident])
        yield Happening("learned", resident, NO_ISSUE, ()), up
    for field in ("points_appraisal", "points_merit"):
        for resident in np.flatnonzero(now[field] > before[field]).tolist():
            points = int(now[field][resident] - before[field][resident])
            yield Happening("won", resident, NO_ISSUE, (int(field == "points_merit"),)), points


PARTICULARS: dict[str, Callable[[Any], Any]] = {
    "arose": lambda row: int(row["cause"]),
    "known": lambda row: int(row["channel"]),
    "resolved": lambda row: bool(row["overdue"]),
    "closed_on_paper": lambda row: bool(row["overdue"]),
    "decided": lambda row: bool(row["plan_adopted"]),
    "climbed": lambda row: int(row["tier"]),
}
"""Of the steps of issues; of all others only that they were taken."""


def _of_issues(day: int, morning: World, evening: World) -> Iterator[tuple[Happening, Any]]:
    """The steps of issues on this day."""
    now = worlds.table(evening, "issues")
    for kind, rows in steps_of_issues(day, worlds.table(morning, "issues"), now):
        for row in now[rows]:
            yield of_issue(kind, row), PARTICULARS[kind](row) if kind in PARTICULARS else True


def steps_of_issues(day: int, before: Columns, now: Columns) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """Which steps issues took on a day, and which rows took each, from their columns in the morning and the evening."""
    n = len(before["state"])
    yield "arose", np.arange(n, len(now["state"]))

    def old(field: str) -> np.ndarray[Any, Any]:
        return now[field][:n]

    state, closed = now["state"], now["closed_day"] == day
    yield "faded", np.flatnonzero((old("state") == State.FADED) & (before["state"] != State.FADED))
    for kind, field in (("known", "detected"), ("tabled", "on_agenda_since"), ("docketed", "docketed"),
                        ("brokered", "brokered")):  # fmt: skip
        yield kind, np.flatnonzero(now[field] == day)
    yield "resolved", np.flatnonzero(closed & (state == State.CLOSED_RESOLVED))
    yield "closed_on_paper", np.flatnonzero(closed & (state != State.CLOSED_RESOLVED))
    yield "reopened", np.flatnonzero(old("n_reopenings") > before["n_reopenings"])
    yield "deferred", np.flatnonzero(old("n_deferrals") > before["n_deferrals"])
    yield "refused", np.flatnonzero(old("refused") & ~before["refused"])
    yield "decided", np.flatnonzero(old("decided") & ~(before["decided"] & (old("on_agenda_since") < day)))
    yield "climbed", np.flatnonzero((old("tier") > before["tier"]) & (before["detected"] < day))


def of_issue(kind: str, row: Any) -> Happening:
    """Something that happens to an issue."""
    return Happening(kind, NOBODY, int(row["luck"]), ())


class Streams:
    """What happened in two towns, laid side by side as their days go by."""

    def __init__(self) -> None:
        self.found: list[Event] = []
        self._steps: tuple[dict[Any, Any], dict[Any, Any]] = ({}, {})
        self._times: tuple[dict[Happening, int], dict[Happening, int]] = ({}, {})

    def add(self, day: int, mornings: tuple[World, World], evenings: tuple[World, World]) -> None:
        """One day more. What residents do is compared within a day, the steps of issues at the end."""
        a, b = (self._of_day(town, day, mornings[town], evenings[town]) for town in (0, 1))
        for what in (*a, *(what for what in b if what not in a)):
            if a.get(what) != b.get(what):
                in_a, in_b = (day if what in town else None for town in (a, b))
                self.found.append(Event(*what, in_a, in_b, a.get(what), b.get(what)))

    def _of_day(self, town: int, day: int, morning: World, evening: World) -> dict[Happening, Any]:
        today: dict[Happening, Any] = {}
        for what, particulars in happenings(day, morning, evening):
            if what.kind in OF_ISSUES:
                nth = self._times[town].get(what, 0)
                self._times[town][what] = nth + 1
                self._steps[town][what._replace(more=(nth,))] = (day, particulars)
            else:
                today[what] = particulars
        return today

    def events(self) -> list[Event]:
        """All that differs, by day; of one day what is done first, then what befalls people, then issues."""
        a, b = self._steps
        found = list(self.found)
        for what in (*a, *(what for what in b if what not in a)):
            (day_a, of_a), (day_b, of_b) = a.get(what, (None, None)), b.get(what, (None, None))
            if (day_a, of_a) != (day_b, of_b):
                found.append(Event(*what, day_a, day_b, of_a, of_b))
        return sorted(found, key=lambda e: (e.day, KINDS.index(e.kind), e.resident, e.issue, e.more))


def called_issue(world: World, rows: Any) -> Any:
    """The lucks of these rows of issues."""
    return called(lucks(world), rows)
