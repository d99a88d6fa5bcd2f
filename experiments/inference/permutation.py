"""Sign-flip permutation tests of paired differences, and false-discovery control across many of them.

If a lever did nothing, either run of a pair could as well have been the other's: each difference could have had the
other sign. Sources: E. J. G. Pitman, Significance tests which may be applied to samples from any populations, JRSS
Supplement 4, 1937; Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, JRSS B 57, 1995.
"""

from __future__ import annotations

import math

import numpy as np

from .paired import EXACTLY
from .resampling import MOST_EXACT, Array, same_rows, signs_of

COLUMNS_AT_ONCE = 512


def permutation_p(differences: Array) -> float:
    """The two-sided p of a mean paired difference of 0; not-a-number without two pairs."""
    return float(permutation_ps(np.asarray(differences, float)[:, None])[0])


def permutation_ps(differences: Array) -> Array:
    """The same for each column of paired differences (seeds × columns).

    Exact up to 13 pairs; of drawn flips beyond, where the flips observed count as one of them (so p is never 0).
    """
    differences = np.asarray(differences, float)
    found = np.full(differences.shape[1], math.nan)
    for columns, rows in same_rows(differences):
        if rows.sum() >= 2:
            for some in np.array_split(columns, math.ceil(len(columns) / COLUMNS_AT_ONCE)):
                found[some] = _of_complete(differences[np.ix_(rows, some)])
    return found


def _of_complete(x: Array) -> Array:
    """Two-sided p of complete columns: the share of sign flips whose sum is as far from 0 as the sum observed."""
    observed = np.abs(x.sum(axis=0)) - EXACTLY * np.abs(x).sum(axis=0)
    n_as_far, n_flips = np.zeros(x.shape[1]), 0
    for signs in signs_of(len(x)):
        n_as_far += (np.abs(signs @ x) >= observed).sum(axis=0)
        n_flips += len(signs)
    if len(x) <= MOST_EXACT:
        return n_as_far / n_flips
    return (n_as_far + 1.0) / (n_flips + 1.0)


def false_discovery(ps: Array) -> Array:
    """Benjamini and Hochberg's q of each p, in any shape; a p that is not a number has no q and does not count.

    Those with q ≤ 0.05 hold, on average, at most 5 % of false ones.
    """
    from scipy.stats import false_discovery_control

    ps = np.asarray(ps, float)
    there = np.isfinite(ps)
    found = np.full(ps.shape, math.nan)
    if there.any():
        found[there] = false_discovery_control(ps[there])
    return found
