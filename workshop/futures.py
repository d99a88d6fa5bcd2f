"""All futures at once: what the paired runs of A and B say so far, as bands, differences and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..experiments.inference.contrasts import Contrast, contrasts
from ..words import Words
from .lived import Array, Future, future_of, last_year, points
from .outlook import OUTCOMES
from .sentences import overall, sentences

__all__ = ["LEVEL", "OUTCOMES", "PERCENTILES", "Failure", "Future", "Futures", "future_of", "futures_of", "points"]

LEVEL = 0.90
"""The intervals of the six differences hold together at this level: all of them, nine times in ten."""

PERCENTILES = (5, 25, 50, 75, 95)
"""The five lines of a band."""

ARMS = ("A", "B")


@dataclass(frozen=True)
class Failure:
    """A run that raised, and what it said."""

    arm: str
    seed: int
    error: str


@dataclass(frozen=True, eq=False)
class Futures:
    """What the pairs there are so far say. Outcomes go by the names of `outlook.OUTCOMES`; differences are B − A."""

    n_pairs: int
    wanted: int
    seeds: tuple[int, ...]
    """The seeds of the pairs, in ascending order."""
    days: Array
    """The days (T) of the points of all curves."""
    n_days_summed: int
    """Days that the values are counted over: the last 365, or all there are."""
    bands: dict[str, dict[str, Array]]
    """5 × T percentiles (see `PERCENTILES`) of the runs, by outcome and arm; not-a-number where no run has a value."""
    apart: dict[str, Array]
    """5 × T percentiles of the paired differences."""
    values: dict[str, dict[str, Array]]
    """The number of every run for the last year, by outcome and arm, in the order of the seeds."""
    differences: dict[str, Contrast]
    """Mean paired difference of these numbers: interval (`low`, `high`), p, q, and a verdict in either language."""
    sentences: dict[str, Words]
    """One sentence an outcome."""
    overall: Words
    """What can be told apart, strung together."""
    failures: tuple[Failure, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing more is to come."""
        return self.n_pairs + len({failure.seed for failure in self.failures}) >= self.wanted


def futures_of(
    pairs: Mapping[int, tuple[Future, Future]], n_days: int, wanted: int, failures: Sequence[Failure] = ()
) -> Futures:
    """Everything about these pairs, by seed; the order in which they came does not matter."""
    seeds = tuple(sorted(pairs))
    at, summed = points(n_days), len(range(last_year(n_days).first, n_days))
    curves = np.full((2, len(seeds), len(OUTCOMES), len(at)), np.nan)
    values = np.full((2, len(seeds), len(OUTCOMES)), np.nan)
    for k, seed in enumerate(seeds):
        for arm, future in enumerate(pairs[seed]):
            curves[arm, k], values[arm, k] = future.curves, future.totals
    both = percentiles(np.concatenate([curves, curves[1:] - curves[:1]]))
    differences = paired(values[1] - values[0])
    return Futures(
        n_pairs=len(seeds), wanted=wanted, seeds=seeds, days=at, n_days_summed=summed,
        bands={name: {arm: both[k][:, o] for k, arm in enumerate(ARMS)} for o, name in enumerate(OUTCOMES)},
        apart={name: both[2][:, o] for o, name in enumerate(OUTCOMES)},
        values={name: {arm: values[k][:, o] for k, arm in enumerate(ARMS)} for o, name in enumerate(OUTCOMES)},
        differences=differences,
        sentences=sentences(differences, summed, LEVEL),
        overall=overall(differences, summed, LEVEL),
        failures=tuple(sorted(failures, key=lambda failure: (failure.seed, failure.arm))),
    )  # fmt: skip


def paired(differences: Array) -> dict[str, Contrast]:
    """The differences (pairs × outcomes) with intervals that hold together over the six outcomes."""
    if not len(differences):
        differences = np.full((1, len(OUTCOMES)), np.nan)
    found = contrasts(differences[:, None, :], LEVEL)
    return {name: found.told(0, place) for place, name in enumerate(OUTCOMES)}


def percentiles(curves: Array) -> Array:
    """Sets × runs × outcomes × points to sets × `PERCENTILES` × outcomes × points; runs without a value are left out.

    What `numpy.nanpercentile` gives, some ten times as fast.
    """
    n = np.isfinite(curves).sum(axis=1)[:, None]
    ordered = np.sort(curves, axis=1)
    if not ordered.shape[1]:
        return np.full((len(curves), len(PERCENTILES), *curves.shape[2:]), np.nan)
    place = np.array(PERCENTILES).reshape(1, -1, 1, 1) / 100.0 * np.maximum(n - 1, 0)
    before = place.astype(np.int64)
    low = np.take_along_axis(ordered, before, axis=1)
    high = np.take_along_axis(ordered, np.minimum(before + 1, np.maximum(n - 1, 0)), axis=1)
    return low + (place - before) * (high - low)
