"""Weekly series: what the figures draw over time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model.world import World
from ..words import Words, message, message_in
from .outcomes import in_period, recorded, share_active

WEEK = 7


class Series(NamedTuple):
    """One quantity measured at the end of each recorded week."""

    unit: Words
    label: Words
    column: str
    """Column of the daily table it comes from; empty for what is counted among residents."""
    stock: bool
    """Whether it is a state at the end of the week, not a sum over the week."""


SERIES: dict[str, Series] = {
    "share_active_30": Series(message_in("unit", "% of residents"), message("active in the last 30 days"), "", True),
    "acts": Series(message_in("unit", "acts per week"), message("acts of volunteering"), "n_acts", False),
    "arisen": Series(message_in("unit", "issues per week"), message("arisen"), "n_born", False),
    "first_reported": Series(message_in("unit", "issues per week"), message("first reported"), "n_detected", False),
    "resolved": Series(message_in("unit", "issues per week"), message("truly resolved"), "n_resolved", False),
    "open": Series(message_in("unit", "cases"), message("reported and not closed"), "n_open_cases", True),
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
