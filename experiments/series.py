"""Weekly series: what the figures draw over time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model.world import World
from .outcomes import in_period, recorded, share_active

WEEK = 7


class Series(NamedTuple):
    """One quantity measured at the end of each recorded week."""

    unit: str
    unit_zh: str
    label: str
    label_zh: str
    column: str
    """Column of the daily table it comes from; empty for what is counted among residents."""
    stock: bool
    """Whether it is a state at the end of the week, not a sum over the week."""


SERIES: dict[str, Series] = {
    "share_active_30": Series("% of residents", "占居民 %", "active in the last 30 days", "近30天活跃", "", True),
    "acts": Series("acts per week", "次/周", "acts of volunteering", "志愿服务", "n_acts", False),
    "arisen": Series("issues per week", "件/周", "arisen", "发生", "n_born", False),
    "first_reported": Series("issues per week", "件/周", "first reported", "首次上报", "n_detected", False),
    "resolved": Series("issues per week", "件/周", "truly resolved", "真正解决", "n_resolved", False),
    "open": Series("cases", "件", "reported and not closed", "已上报未办结", "n_open_cases", True),
}
"""Every weekly series, by name."""


def week_ends(n_days: int) -> np.ndarray[Any, Any]:
    """The last day of each whole recorded week; in less than a week, the last day there is."""
    return np.arange(WEEK - 1, n_days, WEEK) if n_days >= WEEK else np.array([n_days - 1])


def weekly(world: World) -> dict[str, np.ndarray[Any, Any]]:
    """Every series of a town, with the days (`day`) at whose end it was measured."""
    period = recorded(world)
    ends = week_ends(period.last + 1)
    days = in_period(world, "days", period)
    found = {"day": ends, "share_active_30": np.array([share_active(world, int(d), 30) for d in ends])}
    for name, series in SERIES.items():
        if series.column:
            found[name] = weekly_column(days[series.column], ends, series.stock)
    return found


def weekly_column(values: np.ndarray[Any, Any], ends: np.ndarray[Any, Any], stock: bool) -> np.ndarray[Any, Any]:
    """A daily column by the week: its state at the week's end, or its sum over the week."""
    total = np.concatenate([[0], np.cumsum(values)])
    starts = np.concatenate([[0], ends[:-1] + 1])
    found: np.ndarray[Any, Any] = values[ends] if stock else total[ends + 1] - total[starts]
    return found.astype(float)
