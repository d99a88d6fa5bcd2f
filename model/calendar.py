"""The clock of working days: day 0 is a Monday, weeks have five working days, there are no holidays."""

from __future__ import annotations

import math

from ..agents.core.compiled import compiled

DAYS_MONTH = 30
"""Days of a month, as counts and rounds go."""

DAYS_YEAR = 365


@compiled
def working_days(day):  # type: ignore[no-untyped-def]
    """Working days from the start of day 0 to the start of `day` (negative before day 0)."""
    week = math.floor(day / 7)
    return 5.0 * week + min(5.0, day - 7.0 * week)


@compiled
def is_working_day(day):  # type: ignore[no-untyped-def]
    """Monday to Friday."""
    return day - 7 * math.floor(day / 7) < 5


@compiled
def is_monday(day):  # type: ignore[no-untyped-def]
    """The first day of a week."""
    return day - 7 * math.floor(day / 7) == 0
