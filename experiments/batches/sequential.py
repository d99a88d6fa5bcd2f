"""Replication until the interval of a paired difference is as narrow as asked."""

from __future__ import annotations

import math

import numpy as np

from ..inference.contrasts import intervals
from .design import Design

FIRST_LOOK = 10
"""No fewer pairs than this before a width is believed: with few, the spread itself is not known."""
FEWEST_APART, RARE_LOOK = 8, 40
"""Where fewer pairs than 8 stand apart from the most common difference (0, mostly), no fewer than 40 pairs: ten towns
without a rare event do not show that there is none."""
MOST_AT_ONCE = 4.0
"""A look never asks for more than so many times the seeds there are: the spread becomes known on the way."""


def seeds_needed(design: Design, values: dict[str, np.ndarray], n_seeds: int) -> int:
    """How many seeds to go on to, given the outcome of each point seed by seed; `n_seeds` if they are enough."""
    precision = design.precision
    assert precision is not None
    needed = n_seeds
    for half, n_apart in reaches(design, values, precision.level):
        if n_apart < FEWEST_APART:
            needed = max(needed, min(RARE_LOOK, precision.most_seeds))
        if not math.isfinite(half):
            needed = max(needed, FIRST_LOOK, n_seeds + 1)
        elif half > precision.half_width:
            wanted = math.ceil(n_seeds * (half / precision.half_width) ** 2)
            needed = max(needed, n_seeds + 1, min(wanted, math.ceil(MOST_AT_ONCE * n_seeds)))
    return min(max(needed, min(FIRST_LOOK, precision.most_seeds)), max(precision.most_seeds, n_seeds))


def reaches(design: Design, values: dict[str, np.ndarray], level: float) -> list[tuple[float, int]]:
    """Of every pair half the width of the interval to quote, and how many differences are not the most common one.

    The intervals of those compared with the same first hold together.
    """
    families: dict[str, list[str]] = {}
    for first, other in design.pairs:
        families.setdefault(first, []).append(other)
    found: list[tuple[float, int]] = []
    for first, others in families.items():
        apart = np.stack([values[other] - values[first] for other in others], axis=1)
        _, quoted = intervals(apart[:, None, :], level)
        halves = (0.5 * (quoted.high - quoted.low)).ravel().tolist()
        found += zip(halves, [standing_apart(each) for each in apart.T], strict=True)
    return found


def standing_apart(differences: np.ndarray) -> int:
    """How many differences are not the most common one."""
    there = differences[np.isfinite(differences)]
    return len(there) - int(np.unique(there, return_counts=True)[1].max(initial=0))
