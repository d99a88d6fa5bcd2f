"""Intervals that hold together: of several alternatives against one, or of any family of paired differences.

Seeds are drawn again, the same for all members, and the furthest that any member's mean strays, in standard errors, is
noted (max-t). The quantile of that says how far the intervals have to reach; differences that share their luck need
less than Bonferroni asks. As the bootstrap knows nothing of how uncertain a spread of few pairs is, the quantile is
carried over from the normal to Student's t. (Dividing by each resample's own spread does that too, but one member
with a rare large difference then stretches the intervals of all.) As with one difference alone (see `paired`), no end
is nearer than that of a BCa interval that reaches as far.

Sources: P. H. Westfall and S. S. Young, Resampling-Based Multiple Testing, 1993; J. P. Romano and M. Wolf, Exact and
approximate stepdown methods for multiple hypothesis testing, JASA 100, 2005.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from ..statistics import t_quantile
from .paired import FEWEST, bca_reaching, widened_by
from .resampling import N_RESAMPLES, Array, counts_of, same_rows

COLUMNS_AT_ONCE = 256


class Together(NamedTuple):
    """Paired differences with intervals that hold together at the level asked."""

    n: Array
    mean: Array
    low: Array
    high: Array
    critical: Array
    """By how many standard errors the intervals of each family reach out; not-a-number where there is none."""
    how: Array
    """For each family "bootstrap together", "t together" (too few pairs to resample) or "none"; see `paired.HOW`."""


def simultaneous(differences: Array, level: float = 0.95) -> Together:
    """Intervals of one family: an array of seeds × members. `critical` and `how` have one entry."""
    return simultaneous_each(np.asarray(differences, float)[:, None, :], level, squeeze=True)


def simultaneous_each(differences: Array, level: float = 0.95, *, squeeze: bool = False) -> Together:
    """Intervals of many families: an array of seeds × families × members; those of a family hold together."""
    x = np.asarray(differences, float)
    n = np.isfinite(x).sum(axis=0)
    mean, error = _mean_and_error(x, n)
    critical, how = _critical(x, n, mean, error, level)
    half = critical[:, None] * error
    low, high = mean - half, mean + half
    _widen(x, low, high, np.where((how == "bootstrap together")[:, None] & (error > 0.0), critical[:, None], math.nan))
    found = Together(n, mean, low, high, critical, how)
    one: list[Any] = [*(each[0] for each in found[:4]), *found[4:]]
    return Together(*one) if squeeze else found


def _widen(x: Array, low: Array, high: Array, reach: Array) -> None:
    """Move every end out to where a BCa interval of this reach (in standard errors; nan for none) has it."""
    wanted = np.flatnonzero(np.isfinite(reach.ravel()))
    columns = x.reshape(len(x), -1)[:, wanted]
    for some, rows in same_rows(columns) if len(wanted) else ():
        for k in np.array_split(some, math.ceil(len(some) / COLUMNS_AT_ONCE)):
            at = np.unravel_index(wanted[k], reach.shape)
            ends = bca_reaching(columns[np.ix_(rows, k)], widened_by(rows.sum()) * reach[at])
            low[at], high[at] = np.minimum(low[at], ends[0]), np.maximum(high[at], ends[1])


def _mean_and_error(x: Array, n: Array) -> tuple[Array, Array]:
    """Mean and standard error of each column, of what is there; exactly 0 error where all are equal."""
    filled = np.where(np.isfinite(x), x, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = filled.sum(axis=0) / n
        spread = np.where(np.isfinite(x), x - mean, 0.0)
        error = np.sqrt((spread**2).sum(axis=0) / (n - 1.0) / n)
        equal = np.nanmax(x, axis=0, initial=-np.inf) == np.nanmin(x, axis=0, initial=np.inf)
    return np.where(n > 0, mean, math.nan), np.where(n < 2, math.nan, np.where(equal, 0.0, error))


def _critical(x: Array, n: Array, mean: Array, error: Array, level: float) -> tuple[Array, Array]:
    """How many standard errors the intervals of each family have to reach, and how that was found."""
    from scipy.special import ndtr, stdtrit

    n_families = x.shape[1]
    critical, how = np.full(n_families, math.nan), np.full(n_families, "none", dtype="U24")
    varies = error > 0.0
    size = varies.sum(axis=1)
    fewest = np.where(varies, n, np.iinfo(np.int64).max).min(axis=1, initial=np.iinfo(np.int64).max)
    resampled = np.flatnonzero((size > 0) & (fewest >= FEWEST))
    step = max(1, COLUMNS_AT_ONCE // x.shape[2])
    for first in range(0, len(resampled), step):
        some = resampled[first : first + step]
        outside = 2.0 * ndtr(-_max_t(x[:, some], mean[some], error[some], level))
        least = stdtrit(fewest[some] - 1.0, 0.5 + 0.5 * level)  # rare differences stray little, until they happen
        critical[some] = np.maximum(least, stdtrit(fewest[some] - 1.0, 1.0 - 0.5 * outside))
    how[resampled] = "bootstrap together"
    for k in np.flatnonzero((size > 0) & (fewest < FEWEST)):
        critical[k] = t_quantile(1.0 - (1.0 - level) / size[k], int(fewest[k]) - 1)
        how[k] = "t together"
    critical[(size == 0) & (n > 1).any(axis=1)] = 0.0  # all differences are equal: the interval is that number
    return critical, how


def _max_t(x: Array, mean: Array, error: Array, level: float) -> Array:
    """The quantile of how far, in standard errors, the member of each family strays that strays furthest."""
    n_seeds, n_families, n_members = x.shape
    there = np.isfinite(x).reshape(n_seeds, -1)
    apart = np.where(there, (x - mean).reshape(n_seeds, -1), 0.0)
    n = there.sum(axis=0)
    varies = error.ravel() > 0.0
    scale = np.where(varies, error.ravel() * np.sqrt(np.maximum(n - 1.0, 0.0) / np.maximum(n, 1)), np.inf)
    furthest = []
    for counts in counts_of(n_seeds):
        drawn = np.float64(n_seeds) if there.all() else np.maximum(counts @ there.astype(float), 1.0)
        strays = np.abs(counts @ apart) / drawn / scale
        furthest.append(strays.reshape(-1, n_families, n_members).max(axis=2))
    place = min(N_RESAMPLES, math.ceil(level * (N_RESAMPLES + 1))) - 1
    found: Array = np.partition(np.concatenate(furthest), place, axis=0)[place]
    return found
