"""The luck of resampling: how often each seed is drawn again, and which signs are flipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

N_RESAMPLES = 4_000
"""Bootstrap resamples behind an interval."""

N_FLIPS = 9_999
"""Sign flips behind a permutation test that is not exact."""

MOST_EXACT = 13
"""With as many pairs or fewer, all 2^n sign flips are counted out."""

LUCK = {"resamples": 1_987, "flips": 1_993, "rows": 2_008}
"""What the luck of each use is seeded by, together with the number of rows."""

CELLS = 4_000_000
"""Numbers held at once in a matrix of luck."""


def luck_of(use: str, n: int) -> np.random.Generator:
    """A fresh source of luck, the same every time for this use and number of rows."""
    return np.random.default_rng((LUCK[use], n))


def _blocks(n_rows: int, width: int) -> list[int]:
    step = max(1, CELLS // max(1, width))
    return [min(step, n_rows - first) for first in range(0, n_rows, step)]


@lru_cache(maxsize=4)
def _kept_counts(n: int, n_resamples: int) -> Array:
    return np.concatenate(list(_fresh_counts(n, n_resamples)))


def _fresh_counts(n: int, n_resamples: int) -> Iterator[Array]:
    rng = luck_of("resamples", n)
    for rows in _blocks(n_resamples, n):
        drawn = rng.integers(0, n, (rows, n)) + n * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(float)


def counts_of(n: int, n_resamples: int = N_RESAMPLES) -> Iterator[Array]:
    """How often each of n rows is drawn in each resample: blocks of resamples × n."""
    if n * n_resamples <= CELLS:
        yield _kept_counts(n, n_resamples)
    else:
        yield from _fresh_counts(n, n_resamples)


def signs_of(n: int) -> Iterator[Array]:
    """Signs +1 and −1: all 2^n of them for few rows, else `N_FLIPS` drawn ones. Blocks of flips × n."""
    if n <= MOST_EXACT:
        yield 1.0 - 2.0 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
        return
    rng = luck_of("flips", n)
    for rows in _blocks(N_FLIPS, n):
        yield 1.0 - 2.0 * rng.integers(0, 2, (rows, n))


def same_rows(columns: Array) -> Iterator[tuple[Array, Array]]:
    """Columns (rows × columns) that lack the same rows, together: their numbers, and the rows that are there."""
    there = np.isfinite(columns)
    if there.all():
        yield np.arange(columns.shape[1]), np.ones(len(columns), bool)
        return
    patterns, belongs = np.unique(there, axis=1, return_inverse=True)
    for k in range(patterns.shape[1]):
        yield np.flatnonzero(belongs.ravel() == k), patterns[:, k]
