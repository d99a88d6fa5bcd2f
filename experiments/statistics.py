"""Student's t intervals of a mean, and bands of many runs; what runs together say stands in `inference`."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np


class Interval(NamedTuple):
    """A mean with its interval, and the number of runs behind it."""

    n: int
    mean: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether nothing can be said about the sign (also with fewer than two runs)."""
        return not (self.low > 0.0 or self.high < 0.0)


@lru_cache(maxsize=256)
def t_quantile(level: float, freedom: int) -> float:
    """The t within which Student's t lies with this probability."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + 0.5 * level))


def interval_of(values: np.ndarray[Any, Any], level: float = 0.95) -> Interval:
    """The t interval of the mean of these values; values that are not numbers are left out."""
    values = values[np.isfinite(values)]
    n = len(values)
    if n < 2:
        centre = float(values[0]) if n else math.nan
        return Interval(n, centre, math.nan, math.nan)
    centre = float(values.mean())
    half = t_quantile(level, n - 1) * float(values.std(ddof=1)) / math.sqrt(n)
    return Interval(n, centre, centre - half, centre + half)


def ends_of(unit: str) -> tuple[float, float]:
    """Between which ends a quantity of this unit lies; differences have none."""
    if unit.startswith("%"):
        return 0.0, 100.0
    if unit == "0 to 1":
        return 0.0, 1.0
    return (-math.inf, math.inf) if unit in ("percentage points", "position") else (0.0, math.inf)


def mean_in(unit: str, values: np.ndarray[Any, Any], level: float = 0.95) -> Interval:
    """The t interval of a mean of values of this unit, cut where the unit ends: no share is below 0 or above 100 %."""
    found, (least, most) = interval_of(values, level), ends_of(unit)
    if found.n < 2:
        return found
    return found._replace(low=min(found.mean, max(found.low, least)), high=max(found.mean, min(found.high, most)))


class Bands(NamedTuple):
    """The middle of many runs over time: median, and the bands that hold 50 and 90 % of the runs."""

    median: np.ndarray[Any, Any]
    low_50: np.ndarray[Any, Any]
    high_50: np.ndarray[Any, Any]
    low_90: np.ndarray[Any, Any]
    high_90: np.ndarray[Any, Any]


def bands_of(runs: np.ndarray[Any, Any]) -> Bands:
    """Bands of an array of runs × times."""
    return Bands(*(np.percentile(runs, q, axis=0) for q in (50, 25, 75, 5, 95)))
