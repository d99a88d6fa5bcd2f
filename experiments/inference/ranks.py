"""How much each factor of a design moves an outcome: partial rank correlations, and standardised coefficients.

A partial rank correlation (PRCC) is the correlation of the ranks of factor and outcome once the other factors are
allowed for; it suits effects that only ever rise or only ever fall. A standardised coefficient (SRC) says by how many
standard deviations the outcome moves with one of the factor, the others held; of ranks (SRRC) it is the same in
places. Sources: S. Marino, I. B. Hogue, C. J. Ray and D. E. Kirschner, A methodology for performing global
uncertainty and sensitivity analysis in systems biology, J. Theoretical Biology 254, 2008; A. Saltelli et al.,
Global Sensitivity Analysis: The Primer, 2008.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ...words import listed, message
from ..provenance import Refusal
from .resampling import Array, luck_of

N_RESAMPLES = 1_000
CELLS = 2_000_000
FEWEST_BEYOND = 5
"""Runs there have to be beyond the number of factors."""

NOTHING = 1e-9
"""A coefficient this small is rounding, and so is a rest of variance this small."""

SINGULAR = 1e-10
"""Factors whose correlations have an eigenvalue this small cannot be told apart (in a resample)."""


class Coefficient(NamedTuple):
    """An estimate with its percentile bootstrap interval."""

    value: float
    low: float
    high: float


class Influence(NamedTuple):
    """How one factor moves an outcome."""

    factor: str
    prcc: Coefficient
    srrc: Coefficient
    src: Coefficient


class Influences(NamedTuple):
    """How all factors move an outcome."""

    n: int
    """Runs with a value."""
    factors: tuple[Influence, ...]
    r_squared: float
    """Share of the outcome's variance that a plane through the factors explains (0 to 1)."""
    r_squared_ranks: float
    """The same of ranks: near 1, the PRCC and SRRC tell nearly all there is to tell."""


def influences(
    settings: Array, values: Array, factors: Sequence[str], *, level: float = 0.95, blocks: Array | None = None
) -> Influences:
    """How each factor (a column of settings, runs × factors) moves an outcome (values, a number a run).

    Runs are drawn again for the intervals; those with the same entry in `blocks` (a point of the design, say) stay
    together. A run without a value is left out; a factor or an outcome that never varies has no coefficients
    (not-a-number). Raises Refusal where there are too few runs, or factors that move together exactly.
    """
    there = np.isfinite(values) & np.isfinite(settings).all(axis=1)
    x, y = np.asarray(settings, float)[there], np.asarray(values, float)[there]
    moves = np.ptp(x, axis=0) > 0.0 if len(x) else np.zeros(len(factors), bool)
    if len(y) < moves.sum() + FEWEST_BEYOND:
        raise Refusal(message(
            "{n} runs have a value; {factors} factors need {needed} or more",
            n=len(y), factors=moves.sum(), needed=moves.sum() + FEWEST_BEYOND,
        ))  # fmt: skip
    if not moves.any() or not np.ptp(y):
        return Influences(len(y), tuple(Influence(f, *[_NONE] * 3) for f in factors), math.nan, math.nan)
    check_apart(x[:, moves], [name for name, moved in zip(factors, moves, strict=True) if moved])
    z = np.column_stack([x[:, moves], y])
    once = np.ones((1, len(y)))
    (prcc, srrc, fit_ranks), (_, src, fit) = coefficients(midranks(z, once), once), coefficients(z, once)
    again = [(coefficients(midranks(z, w), w), coefficients(z, w)) for w in weights(blocks_of(blocks, there))]
    drawn = [np.concatenate(each) for each in zip(*((r[0], r[1], v[1]) for r, v in again), strict=True)]
    tail = 0.5 - 0.5 * level
    ends = [np.nanquantile(each, [tail, 1.0 - tail], axis=0) for each in drawn]
    found, at = [], 0
    for name, moved in zip(factors, moves, strict=True):
        whole = zip((prcc, srrc, src), ends, strict=True)
        told = [Coefficient(float(v[0, at]), float(e[0, at]), float(e[1, at])) for v, e in whole] if moved else []
        found.append(Influence(name, *(told or [_NONE] * 3)))
        at += moved
    return Influences(len(y), tuple(found), float(fit[0]), float(fit_ranks[0]))


_NONE = Coefficient(math.nan, math.nan, math.nan)


def check_apart(x: Array, factors: Sequence[str]) -> None:
    """Raises Refusal if a factor is, in values or in ranks, what others of them add up to."""
    ranks = midranks(x, np.ones((1, len(x))))[0]
    for columns in (x, ranks):
        scaled = (columns - columns.mean(axis=0)) / columns.std(axis=0)
        for k in range(1, len(factors)):
            if np.linalg.matrix_rank(scaled[:, : k + 1], tol=1e-8 * math.sqrt(len(x))) <= k:
                raise Refusal(message(
                    "the factor {factor} moves together with {others}, so that their effects cannot be told apart; "
                    "leave one out", factor=factors[k], others=listed(factors[:k]),
                ))  # fmt: skip


def blocks_of(blocks: Array | None, there: Array) -> list[Array]:
    """The rows that are drawn together."""
    n = int(there.sum())
    if blocks is None:
        return [np.array([row]) for row in range(n)]
    _, block = np.unique(np.asarray(blocks)[there], return_inverse=True)
    return [np.flatnonzero(block == k) for k in range(block.max() + 1)]


def weights(blocks: list[Array]) -> Iterator[Array]:
    """How often each row is drawn: resamples × rows, some resamples at a time."""
    n_rows = sum(len(block) for block in blocks)
    block_of = np.empty(n_rows, np.int64)
    for k, block in enumerate(blocks):
        block_of[block] = k
    rng, left = luck_of("rows", len(blocks)), N_RESAMPLES
    while left:
        step = min(left, max(1, CELLS // (n_rows * 8)))
        drawn = rng.integers(0, len(blocks), (step, len(blocks))) + len(blocks) * np.arange(step)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=step * len(blocks)).reshape(step, -1)
        yield counts[:, block_of].astype(float)
        left -= step


def midranks(z: Array, weight: Array) -> Array:
    """The ranks of each column (rows × columns) if each row stood there as often as its weight: resamples × the same.

    Equal values share the mean of their ranks.
    """
    found = np.empty((len(weight), *z.shape))
    for k in range(z.shape[1]):
        order = np.argsort(z[:, k], kind="stable")
        _, place = np.unique(z[order, k], return_inverse=True)
        last = np.append(np.flatnonzero(np.diff(place)), len(z) - 1)
        total = np.cumsum(weight[:, order], axis=1)[:, last]
        before = np.concatenate([np.zeros((len(weight), 1)), total[:, :-1]], axis=1)
        found[:, order, k] = (0.5 * (before + total + 1.0))[:, place]
    return found


def coefficients(z: Array, weight: Array) -> tuple[Array, Array, Array]:
    """Partial correlations, standardised coefficients (resamples × factors), and R²; the last column is the outcome.

    With S the correlations of the factors and r theirs with the outcome, the coefficients are b = S⁻¹ r, R² = rᵀ b,
    and a partial correlation is b/√p ÷ √(b²/p + 1 − R²), p being the diagonal of S⁻¹.
    """
    z = np.broadcast_to(z, (len(weight), *z.shape[-2:]))
    apart = z - (weight[:, None, :] @ z) / weight.sum(axis=1)[:, None, None]
    products = np.swapaxes(apart * weight[:, :, None], 1, 2) @ apart
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.sqrt(np.diagonal(products, axis1=1, axis2=2))
        correlation = products / scale[:, :, None] / scale[:, None, :]
    usable = np.isfinite(correlation).all(axis=(1, 2))
    correlation[~usable] = np.eye(z.shape[2])
    s, r = correlation[:, :-1, :-1], correlation[:, :-1, -1]
    usable &= np.linalg.eigvalsh(s)[:, 0] > SINGULAR
    inverse = np.linalg.inv(np.where(usable[:, None, None], s, np.eye(s.shape[1])))
    b = (inverse @ r[:, :, None])[:, :, 0]
    fit = np.clip((r * b).sum(axis=1), 0.0, 1.0)
    own = np.where(np.abs(b) < NOTHING, 0.0, b) / np.sqrt(np.diagonal(inverse, axis1=1, axis2=2))
    left = np.where(1.0 - fit < NOTHING, 0.0, 1.0 - fit)[:, None]
    with np.errstate(invalid="ignore"):
        partial = np.where(own == 0.0, 0.0, own / np.sqrt(own**2 + left))
    partial[~usable], b[~usable], fit[~usable] = math.nan, math.nan, math.nan
    return partial, b, fit
