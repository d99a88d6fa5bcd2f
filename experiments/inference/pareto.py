"""The Pareto front: alternatives that no other one beats in everything, and how sure the runs are of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .resampling import N_RESAMPLES, Array, counts_of

EXACTLY = 1e-12
"""Means this close, relative to their size, are equal."""


class Front(NamedTuple):
    """Alternatives in the order they came."""

    means: Array
    """Alternatives × criteria."""
    on_front: Array
    """Whether no alternative is as good in every criterion and better in one."""
    share: Array
    """Share of the bootstrap resamples of seeds (0 to 1) in which it is on the front."""


def pareto(values: Array, directions: Sequence[int]) -> Front:
    """The front of seeds × alternatives × criteria; a direction is 1 where more is better, −1 where less is.

    Seeds are drawn again for all alternatives at once, as they share their luck. An alternative without a value of
    some criterion is never on the front. Raises ValueError for a direction that is neither.
    """
    values, signs = np.asarray(values, float), np.asarray(directions, float)
    if not np.isin(signs, (-1.0, 1.0)).all() or len(signs) != values.shape[2]:
        raise ValueError("a Pareto front needs a direction, 1 or -1, for each criterion")
    n_seeds, *shape = values.shape
    there = np.isfinite(values).reshape(n_seeds, -1).astype(float)
    filled = np.where(there > 0.0, values.reshape(n_seeds, -1), 0.0)
    centre, n_on = filled.mean(axis=0), np.zeros(shape[0])
    for counts in counts_of(n_seeds):
        for some in np.array_split(counts, max(1, len(counts) * shape[0] ** 2 // 1_000_000)):
            with np.errstate(invalid="ignore", divide="ignore"):
                means = some @ (filled - centre * there) / (some @ there) + centre
            n_on += unbeaten(means.reshape(-1, *shape) * signs).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = (filled.sum(axis=0) / there.sum(axis=0)).reshape(shape)
    return Front(means, unbeaten((means * signs)[None])[0], n_on / N_RESAMPLES)


def unbeaten(goods: Array) -> Array:
    """Which alternatives no other beats: … × alternatives × criteria, more always being better."""
    mine, other = goods[..., :, None, :], goods[..., None, :, :]
    equal = np.abs(other - mine) <= EXACTLY * (np.abs(mine) + np.abs(other))
    as_good, better = equal | (other > mine), ~equal & (other > mine)
    beaten = (as_good.all(axis=-1) & better.any(axis=-1)).any(axis=-1)
    found: Array = ~beaten & np.isfinite(goods).all(axis=-1)
    return found
