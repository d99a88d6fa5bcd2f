"""Stretches of recorded days, what happened in them, and the small arithmetic of outcomes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model import world as worlds
from ..model.calendar import DAYS_YEAR
from ..model.world import World


class Period(NamedTuple):
    """Recorded days from first to last, both included."""

    first: int
    last: int


def recorded(world: World) -> Period:
    """All recorded days of a town. Raises ValueError if it has not lived on any."""
    today = int(world.town["day"][0])
    if today <= 0:
        raise ValueError("this town has no recorded days yet")
    return Period(0, today - 1)


def years_of(world: World) -> list[Period]:
    """The recorded days in years of 365; what is left over is a shorter last period."""
    last = recorded(world).last
    return [Period(first, min(last, first + DAYS_YEAR - 1)) for first in range(0, last + 1, DAYS_YEAR)]


def reaches_today(world: World, period: Period) -> bool:
    """Whether a period ends with the last day lived, so that what residents have done so far can be read off them."""
    return period.last == recorded(world).last


def within(days: np.ndarray[Any, Any], period: Period) -> np.ndarray[Any, Any]:
    """Which of these days fall in the period."""
    found: np.ndarray[Any, Any] = (days >= period.first) & (days <= period.last)
    return found


def in_period(world: World, name: str, period: Period) -> np.ndarray[Any, Any]:
    """The rows of a dated table that fall in the period."""
    rows = worlds.table(world, name)
    return rows[within(rows["day"], period)]


def last_month(world: World, period: Period) -> Any:
    """The last 30-day count up to the end of the period."""
    months = worlds.table(world, "months")
    return months[months["day"] <= period.last][-1]


def volunteers(world: World, first: int, last: int) -> np.ndarray[Any, Any]:
    """Rows of the residents who volunteered from day first to day last, each once."""
    deeds = worlds.table(world, "deeds")
    return np.unique(deeds["resident"][(deeds["day"] >= first) & (deeds["day"] <= last)])


def ratio(part: float, whole: float) -> float:
    """The part of the whole; not-a-number where there is no whole."""
    return float(part) / float(whole) if whole else float("nan")


def percent(part: float, whole: float) -> float:
    """The part in percent of the whole; not-a-number where there is no whole."""
    return 100.0 * ratio(part, whole)


def mean(values: np.ndarray[Any, Any]) -> float:
    """The mean; not-a-number of nothing."""
    return float(values.mean()) if len(values) else float("nan")


def quantile(values: np.ndarray[Any, Any], q: float) -> float:
    """The q-th percentile; not-a-number of nothing."""
    return float(np.percentile(values, q)) if len(values) else float("nan")


def gini(values: np.ndarray[Any, Any]) -> float:
    """Gini coefficient of amounts of 0 and more; not-a-number where there is nothing to share."""
    n, total = len(values), float(values.sum())
    if not total:
        return float("nan")
    return float(2.0 * (np.sort(values) * np.arange(1, n + 1)).sum() / (n * total) - (n + 1.0) / n)
