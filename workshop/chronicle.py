"""A town lived and watched: what its tables keep for a day only is noted, so that any day can be asked about later."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from ..model import world as worlds
from ..model.founding import BURN_IN, found
from ..model.running import on_days, run
from ..model.spec import Spec
from ..model.world import World

Array = np.ndarray[Any, Any]

STRIDE = 61
"""Days from one morning that is kept to the next; those between are lived again from there."""

MOST_TOWNS = 6
"""Towns that one process keeps: ten megabytes each after two years of a general grid."""


class Turned(NamedTuple):
    """An issue that stood differently in the evening than the evening before."""

    day: int
    issue: int
    state: int
    tier: int


class Fetched(NamedTuple):
    """Points that a resident took to the mall."""

    day: int
    resident: int
    points: int


class Chronicle:
    """A town from its founding to some evening, with the opportunities of every day.

    What is not noted is found by living the day again: luck hangs on identities, so it comes out the same.
    """

    def __init__(self, baseline: Spec, spec: Spec, size: str, seed: int) -> None:
        self.spec = spec
        self.opportunities: dict[str, list[Array]] = {"encounters": [], "invitations": []}
        """Of each watched day the residents who had one, in table order."""
        self.met: list[Array] = []
        """Of each watched day the issues that residents came across."""
        self.invitees: list[Array] = []
        """Of each watched day its table of invitees in the evening."""
        self.turned: list[Turned] = []
        self.fetched: list[Fetched] = []
        self._mornings: dict[int, World] = {}
        self._states = np.empty(0, np.int64)
        self._tiers = np.empty(0, np.int64)
        self._points = np.zeros(0, np.int64)
        self._world = self._watched(found(baseline, size, seed), baseline, BURN_IN)
        self._mornings[0] = worlds.copy(self._world)

    @property
    def day(self) -> int:
        """The day that comes next."""
        return int(self._world.town["day"][0])

    def until(self, day: int) -> World:
        """Live on to the evening of this day if need be. The World may be later, and must not be changed."""
        while self.day <= day:
            stop = (self.day // STRIDE + 1) * STRIDE
            self._world = self._watched(self._world, self.spec, stop - self.day)
            self._mornings[stop] = worlds.copy(self._world)
        return self._world

    def morning(self, day: int) -> World:
        """The World on the morning of a recorded day, to be done with as one likes."""
        self.until(day - 1)
        kept = max(known for known in self._mornings if known <= day)
        return run(worlds.copy(self._mornings[kept]), self.spec, day - kept)

    def evening(self, day: int) -> World:
        """The World when this day is over."""
        return self.morning(day + 1)

    def invitees_on(self, day: int) -> Array:
        """Who was invited to, or called on to decide, the matters of a recorded day, as the evening found them."""
        return self.invitees[day + BURN_IN]

    def days_of(self, table: str, resident: int, last: int) -> list[int]:
        """Recorded days up to `last` on which a resident had an opportunity of this table, the latest first."""
        days = self.invitees if table == "invitees" else self.opportunities[table]
        rows = (day["resident"] if table == "invitees" else day for day in days[BURN_IN : BURN_IN + last + 1])
        return [day for day, who in enumerate(rows) if (who == resident).any()][::-1]

    def n_met(self, issue: int, last: int) -> int:
        """How often residents came across an issue up to the evening of a recorded day."""
        return sum(int((met == issue).sum()) for met in self.met[: BURN_IN + last + 1])

    def _watched(self, world: World, spec: Spec, n_days: int) -> World:
        """Live so many days and look at each in the evening."""
        first = int(world.town["day"][0])
        if not len(self._points):
            self._points = taken(world)
        world = run(world, spec, n_days, [on_days(range(first + 1, first + n_days), self._look)])
        self._look(world)
        return world

    def _look(self, world: World) -> None:
        """Note what the day that has just ended leaves behind."""
        day = int(world.town["day"][0]) - 1
        for name, noted in self.opportunities.items():
            noted.append(worlds.table(world, name)["resident"].copy())
        self.met.append(worlds.table(world, "encounters")["issue"].copy())
        self.invitees.append(worlds.table(world, "invitees").copy())
        points = taken(world)
        rows = np.flatnonzero(points != self._points)
        self.fetched += [Fetched(day, int(row), int(points[row] - self._points[row])) for row in rows]
        self._points = points
        issues = worlds.table(world, "issues")
        states, tiers = issues["state"].astype(np.int64), issues["tier"].astype(np.int64)
        n = len(self._states)
        same = (states[:n] == self._states) & (tiers[:n] == self._tiers)
        changed = np.concatenate([np.flatnonzero(~same), np.arange(n, len(states))])
        self.turned += [Turned(day, int(row), int(states[row]), int(tiers[row])) for row in changed]
        self._states, self._tiers = states, tiers


def taken(world: World) -> Array:
    """Points that every resident has taken to the mall so far."""
    found: Array = world.residents["redeemed"] + world.residents["donated"]
    return found


@lru_cache(maxsize=MOST_TOWNS)
def chronicle(baseline: Spec, spec: Spec, size: str, seed: int) -> Chronicle:
    """The chronicle of a town, kept in this process while it is asked about."""
    return Chronicle(baseline, spec, size, seed)
