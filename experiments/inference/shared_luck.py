"""The audit of common random numbers: how alike the runs of a pair are, and how many runs that saved.

Runs of a pair share people, issues and luck. As far as that makes them alike, their difference varies less than that
of two runs with luck of their own: var(a − b) = var(a) + var(b) − 2 cov(a, b). Source: A. M. Law, Simulation
Modeling and Analysis, section on common random numbers, 5th edition, 2015.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ...words import message
from .resampling import Array

NOTES = {
    "few": message("too few pairs"),
    "constant": message("the same in every run of both"),
    "one constant": message("one of the two never varies, so there is nothing to share"),
    "equal": message("all luck is shared: the same difference in every pair"),
    "against": message("sharing luck made the interval wider"),
}
"""What is to be said of an outcome; of most there is nothing."""


class SharedLuck(NamedTuple):
    """Of each column of pairs; arrays."""

    n: Array
    """Complete pairs."""
    correlation: Array
    """Of the two runs of a pair; not-a-number where one of them never varies."""
    sd_paired: Array
    """Standard deviation of the difference of a pair."""
    sd_unpaired: Array
    """The same, had each run luck of its own."""
    variance_ratio: Array
    """Variance unpaired ÷ variance paired; above 1 sharing helped, infinite where all luck is shared."""
    runs_unpaired: Array
    """Runs of each scenario that would give as narrow an interval without sharing (many runs assumed)."""
    runs_saved: Array
    """These less the pairs there are; below 0 where sharing did harm."""
    note: Array
    """A key of `NOTES`, or nothing."""


def shared_luck(values: Array, of_first: Array) -> SharedLuck:
    """The audit of pairs (seeds × columns, or seeds alone, of both scenarios); an incomplete pair is left out."""
    a, b = (np.asarray(each, float).reshape(len(each), -1) for each in (values, of_first))
    there = np.isfinite(a) & np.isfinite(b)
    n = there.sum(axis=0)
    a_varies, b_varies, apart_varies = (varies(each, there) for each in (a, b, a - b))
    with np.errstate(invalid="ignore", divide="ignore"):
        of_a, of_b = (np.where(n > 1, covariance(each, each, there, n), math.nan) for each in (a, b))
        paired = np.where(apart_varies, covariance(a - b, a - b, there, n), np.where(n > 1, 0.0, math.nan))
        correlation = covariance(a, b, there, n) / np.sqrt(of_a * of_b)
        correlation = np.where(a_varies & b_varies, np.clip(correlation, -1.0, 1.0), math.nan)
        unpaired = np.where(a_varies, of_a, 0.0) + np.where(b_varies, of_b, 0.0) + 0.0 * paired
        ratio = unpaired / paired
    alone = n * ratio
    keys = [n < 2, ~a_varies & ~b_varies, ~apart_varies, a_varies != b_varies, ratio < 1.0]
    note = np.select(keys, ["few", "constant", "equal", "one constant", "against"], "")
    return SharedLuck(n, correlation, np.sqrt(paired), np.sqrt(unpaired), ratio, alone, alone - n, note)


def varies(x: Array, there: Array) -> Array:
    """Whether a column has two values (exactly: rounding must not make a constant look alive)."""
    most, least = np.where(there, x, -np.inf).max(axis=0), np.where(there, x, np.inf).min(axis=0)
    found: Array = most > least
    return found


def covariance(x: Array, y: Array, there: Array, n: Array) -> Array:
    """The covariance of columns, of what is there."""
    x, y = (np.where(there, each - np.where(there, each, 0.0).sum(axis=0) / n, 0.0) for each in (x, y))
    found: Array = (x * y).sum(axis=0) / (n - 1.0)
    return found
