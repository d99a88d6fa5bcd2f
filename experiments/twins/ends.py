"""Which differences are followed back to the lever: the cell that holds a happening, and a choice of happenings."""

from __future__ import annotations

from collections.abc import Sequence

from .causes import Causes, Difference
from .events import Event
from .naming import Cell

OF_ISSUE = {
    "arose": "", "faded": "state", "known": "detected", "tabled": "on_agenda_since", "refused": "refused",
    "deferred": "n_deferrals", "decided": "decided", "climbed": "tier", "resolved": "state",
    "closed_on_paper": "state", "reopened": "n_reopenings", "docketed": "docketed", "brokered": "brokered",
}  # fmt: skip
"""Steps of issues, and the field in which they are kept."""

OF_RESIDENT = {
    "learned": "efficacy", "told": "told_day", "praised": "praised_day", "redeemed": "redeemed", "donated": "donated",
}  # fmt: skip

TOLD_FIRST = (
    "resolved", "closed_on_paper", "decided", "volunteered", "came", "reported", "arose", "known", "petitioned",
    "voted", "reopened", "docketed", "learned", "redeemed", "called", "told", "met", "heard", "praised", "won",
    "kept_duty", "donated", "climbed", "tabled", "refused", "deferred", "brokered", "faded",
)  # fmt: skip
"""Of each of these kinds in turn, the first difference is followed, then the second, until there are enough."""


def cell_of(event: Event, members: list[int]) -> Cell | None:
    """The cell that holds what happened; None for what leaves no trace of its own. `members` are rows of residents."""
    kind, day = event.kind, event.day
    if kind in OF_ISSUE:
        alike = kind == "decided" and event.day_a == event.day_b
        return Cell("issues", (event.issue,), "plan_adopted" if alike else OF_ISSUE[kind])
    if kind in OF_RESIDENT:
        return Cell("residents", (event.resident,), OF_RESIDENT[kind])
    if kind in ("came", "voted", "heard"):
        field = {"came": "comes", "voted": "ballot", "heard": "heard"}[kind]
        return Cell("invitees", (event.issue, event.resident, *event.more), field)
    if kind in ("volunteered", "called"):
        occasion, *more = event.more
        field = "acted" if kind == "volunteered" else ""
        return Cell("invitations", (event.resident, occasion, event.issue, *more), field)
    if kind in ("reported", "petitioned"):
        return Cell({"reported": "reports", "petitioned": "petitions"}[kind], (day, event.resident, event.issue, 0))
    if kind == "won":
        return Cell("residents", (event.resident,), "points_merit" if event.more[0] else "points_appraisal")
    if kind == "kept_duty":
        return Cell("members", (members.index(event.resident),), "last_duty")
    if kind == "met":
        return Cell("encounters", (event.resident, event.issue, 0))
    return None


def difference_of(causes: Causes, event: Event) -> Difference | None:
    """The step of its day by which a happening came to be unlike; None where no trace of it is kept."""
    cell = cell_of(event, causes.lives.kept[0].a.members["resident"].tolist())
    found = causes.trace(event.day, cell) if cell else []
    return found[-1] if found else None


def ends(events: Sequence[Event], most: int) -> list[Event]:
    """A choice of happenings to be followed back: the first of each kind, then the second; of an issue one a day."""
    by_kind = {kind: [event for event in events if event.kind == kind] for kind in TOLD_FIRST}
    longest = max(map(len, by_kind.values()), default=0)
    chosen = [by_kind[kind][k] for k in range(longest) for kind in TOLD_FIRST if k < len(by_kind[kind])]
    once = {(e.day, e.issue if e.kind in OF_ISSUE else e): e for e in reversed(chosen)}
    kept = set(once.values())
    return sorted([e for e in chosen if e in kept][:most], key=lambda event: event.day)
