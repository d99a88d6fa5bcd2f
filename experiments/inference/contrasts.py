"""Many outcomes and several alternatives against one, all at once: intervals, tests, verdicts.

Intervals hold together over the alternatives, outcome by outcome; false discoveries are controlled over the whole
table of outcomes and alternatives.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .paired import PairedMany, paired_differences
from .permutation import false_discovery, permutation_ps
from .resampling import Array
from .simultaneous import simultaneous_each
from .verdicts import more_needed, verdict


class Contrasts(NamedTuple):
    """Arrays of outcomes × alternatives."""

    n: Array
    """Complete pairs."""
    mean: Array
    """Mean paired difference to the first."""
    sd: Array
    """Standard deviation of the paired differences."""
    low: Array
    high: Array
    """The interval to quote: where there are several alternatives, their intervals hold together."""
    alone_low: Array
    alone_high: Array
    """The interval of this difference by itself: the farther ends of BCa's and Student's t."""
    t_low: Array
    t_high: Array
    """Student's t interval of this difference by itself."""
    how: Array
    """How the interval to quote was found: a key of `paired.HOW`."""
    p: Array
    """Two-sided p of the sign-flip test."""
    q: Array
    """Benjamini and Hochberg's q; a difference that is 0 in every pair was no test, has q 1 and does not count."""
    more: Array
    """How many more pairs until an effect as estimated could be told: see `verdicts.more_needed`."""

    def told(self, outcome: int, alternative: int) -> Contrast:
        """One outcome of one alternative."""
        told: list[Any] = [each[outcome, alternative].item() for each in self]
        return Contrast(*told)


class Contrast(NamedTuple):
    """One of them."""

    n: int
    mean: float
    sd: float
    low: float
    high: float
    alone_low: float
    alone_high: float
    t_low: float
    t_high: float
    how: str
    p: float
    q: float
    more: float

    def verdict(self, lang: str = "en", smallest: float = 0.0, unit: str = "") -> str:
        """What may be said of it."""
        return verdict(self.n, self.low, self.high, self.more, lang, smallest, unit)

    @property
    def record(self) -> dict[str, Any]:
        """As columns of a tidy table (see `MEANINGS`)."""
        return {
            "pairs": self.n, "difference": self.mean, "low_95": self.low, "high_95": self.high, "interval": self.how,
            "alone_low_95": self.alone_low, "alone_high_95": self.alone_high, "t_low_95": self.t_low,
            "t_high_95": self.t_high, "p": self.p, "q": self.q, "more_needed": self.more,
            "verdict": self.verdict(), "verdict_zh": self.verdict("zh"),
        }  # fmt: skip


def contrasts(differences: Array, level: float = 0.95, smallest: Array | float = 0.0) -> Contrasts:
    """Paired differences to the first alternative, seeds × outcomes × other alternatives; not-a-number where missing.

    `smallest` is the smallest effect of interest of each outcome, in its unit.
    """
    x = np.asarray(differences, float)
    n_seeds, *shape = x.shape
    alone, (low, high, how) = intervals(x, level)
    n, mean, sd, alone_low, alone_high, t_low, t_high, _ = alone
    p = permutation_ps(x.reshape(n_seeds, -1)).reshape(shape)
    nothing = (mean == 0.0) & (sd == 0.0)
    q = np.where(nothing, 1.0, false_discovery(np.where(nothing, np.nan, p)))
    least = np.broadcast_to(np.asarray(smallest, float).reshape(-1, 1), shape)
    needed = more_needed(n.ravel(), mean.ravel(), sd.ravel(), low.ravel(), high.ravel(), least.ravel(), level)
    return Contrasts(n, mean, sd, low, high, alone_low, alone_high, t_low, t_high, how, p, q, needed.reshape(shape))


class Quoted(NamedTuple):
    """The intervals to quote, and how they were found; arrays of outcomes × alternatives."""

    low: Array
    high: Array
    how: Array


def intervals(differences: Array, level: float) -> tuple[PairedMany, Quoted]:
    """Each difference alone, and the intervals to quote: those of several alternatives hold together.

    The differences are seeds × outcomes × alternatives, what is found outcomes × alternatives.
    """
    n_seeds, *shape = differences.shape
    found = paired_differences(differences.reshape(n_seeds, -1), level)
    reshaped: list[Any] = [each.reshape(shape) for each in found]
    alone = PairedMany(*reshaped)
    together = simultaneous_each(differences, level)
    several = ((alone.sd > 0.0).sum(axis=1) > 1)[:, None] & (alone.sd > 0.0)
    ends = ((together.low, alone.low), (together.high, alone.high), (together.how[:, None], alone.how))
    return alone, Quoted(*(np.where(several, a, b) for a, b in ends))


MEANINGS = {
    "pairs": "pairs of runs (scenario and first, same seed) in which both have a value",
    "difference": "mean of scenario less first, in the unit; of percentages, in percentage points",
    "low_95": "lower end of the 95 % interval to quote; with several scenarios, their intervals hold together",
    "high_95": "upper end of the same",
    "interval": "how that interval was found: bootstrap (each end the farther one of BCa and Student's t), t "
    "(Student's, fewer than eight pairs), the same 'together' with the other scenarios (max-t bootstrap, or "
    "Bonferroni), equal (the same difference in every pair), none (too few pairs)",
    "alone_low_95": "lower end of the 95 % interval of this difference by itself (BCa or t; t below eight pairs)",
    "alone_high_95": "upper end of the same",
    "t_low_95": "lower end of the 95 % Student's t interval of this difference by itself",
    "t_high_95": "upper end of the same",
    "p": "two-sided p of the sign-flip permutation test",
    "q": "Benjamini and Hochberg's q over all rows of the table: false-discovery rate at which this row counts",
    "more_needed": "about how many more pairs until the interval reaches less far than the effect estimated, so that, "
    "if it is as estimated, it is told as often as not; 0: none; inf: more than 100,000",
    "verdict": "what may be said",
    "verdict_zh": "what may be said, in Chinese",
}  # fmt: skip
"""What the columns of a table of contrasts mean."""
