"""What one run says of the six outcomes: a curve of each over the recorded days, and its number for the last year."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..experiments.counting_costs import IN_TOTAL, spent
from ..experiments.counting_councils import affecting, decided_among
from ..experiments.counting_issues import days_taken, resolved
from ..experiments.periods import Period, in_period, mean, quantile, recorded
from ..experiments.series import WEEK
from ..model import world as worlds
from ..model.calendar import DAYS_YEAR
from ..model.world import World

Array = np.ndarray[Any, Any]

MOST_POINTS = 60
"""A curve has a point every so many whole weeks that it has no more points than this, or every four weeks."""

DAYS_ACTIVE, DAYS_WAIT, DAYS_CONSENT = 30, 91, 182
"""Days that participation, the wait and consent look back at every point of their curves."""


class Future(NamedTuple):
    """One run, as far as the page looks at it."""

    curves: Array
    """Outcomes (in the order of `outlook.OUTCOMES`) × points, 32 bits each; not-a-number where there is none."""
    totals: Array
    """Each outcome over the last 365 days, or over all days if they are fewer, as `experiments.outcomes` counts it."""


def points(n_days: int) -> Array:
    """The days at whose end the curves have a point; the last one is the last day."""
    weeks = min(4, max(1, -(-n_days // (WEEK * MOST_POINTS))))
    return np.arange(n_days - 1, -1, -WEEK * weeks)[::-1]


def last_year(n_days: int) -> Period:
    """The last 365 recorded days, or all of them if they are fewer."""
    return Period(max(0, n_days - DAYS_YEAR), n_days - 1)


def future_of(world: World) -> Future:
    """What this run says. Raises ValueError for a town without recorded days."""
    n_days = recorded(world).last + 1
    at = points(n_days)
    days = in_period(world, "days", Period(0, n_days - 1))
    active = share_active_daily(world, n_days)
    curves = [
        active[at],
        days["n_visible"][at],
        np.cumsum(days["n_resolved"])[at],
        waits(world, at),
        consents(world, at),
        np.cumsum(np.sum([days[column] for column in IN_TOTAL], axis=0))[at] / 100.0,
    ]
    return Future(np.array(curves, np.float32), totals(world, last_year(n_days), active[-1]))


def totals(world: World, year: Period, active: float) -> Array:
    """The numbers of the last year; `active` (%) volunteered in its last 30 days."""
    days, meetings = in_period(world, "days", year), in_period(world, "meetings", year)
    return np.array([
        active,
        days["n_visible"][-1],
        days["n_resolved"].sum(),
        quantile(days_taken(resolved(world, year)), 50),
        mean(affecting(decided_among(meetings))["consent"]),
        spent(days),
    ], float)  # fmt: skip


def share_active_daily(world: World, n_days: int) -> Array:
    """Percentage of residents who volunteered in the 30 days up to and including each recorded day.

    An act counts from its day until 30 days have passed or its resident acts again, whichever is first: so nobody is
    counted twice, and one sum over all acts does for all days.
    """
    deeds = worlds.table(world, "deeds")
    order = np.lexsort((deeds["day"], deeds["resident"]))
    who, begins = deeds["resident"][order], deeds["day"][order].astype(np.int64)
    ends = begins + DAYS_ACTIVE
    again = who[1:] == who[:-1]
    ends[:-1][again] = np.minimum(ends[:-1], begins[1:])[again]
    change = np.zeros(n_days + 1, np.int64)
    for edges, step in ((begins, 1), (ends, -1)):
        np.add.at(change, np.clip(edges, 0, n_days), step)
    found: Array = 100.0 * np.cumsum(change[:n_days]) / len(world.residents)
    return found


def waits(world: World, at: Array) -> Array:
    """Median days from detection to true resolution, of the issues resolved in the 91 days up to each of these."""
    issues = worlds.table(world, "issues")
    done = issues[issues["resolved_day"] <= at[-1]]
    done = done[np.argsort(done["resolved_day"], kind="stable")]
    first, after = window(done["resolved_day"], at, DAYS_WAIT)
    return medians(days_taken(done), first, after)


def medians(values: Array, first: Array, after: Array) -> Array:
    """The median of each stretch of values, from its first place to the one before `after`."""
    n = after - first
    if not n.any():
        return np.full(len(n), np.nan)
    place = first[:, None] + np.arange(n.max())
    there = place < after[:, None]
    rows = np.sort(np.where(there, values[np.minimum(place, len(values) - 1)], np.inf), axis=1)
    k = np.arange(len(n))
    middle = 0.5 * (rows[k, np.maximum(n - 1, 0) // 2] + rows[k, np.minimum(n // 2, rows.shape[1] - 1)])
    return np.where(n > 0, middle, np.nan)


def consents(world: World, at: Array) -> Array:
    """Mean consent of those affected to the decisions of the 182 days up to each of these."""
    made = affecting(decided_among(worlds.table(world, "meetings")))
    total = np.concatenate([[0.0], np.cumsum(made["consent"])])
    first, after = window(made["day"], at, DAYS_CONSENT)
    with np.errstate(invalid="ignore"):
        found: Array = (total[after] - total[first]) / (after - first)
    return found


def window(ascending: Array, at: Array, n_days: int) -> tuple[Array, Array]:
    """The first of these ascending days within the n_days up to each of those, and the first after it."""
    return np.searchsorted(ascending, at - n_days, "right"), np.searchsorted(ascending, at, "right")
