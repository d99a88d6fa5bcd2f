"""What an interval lets one say, in English and Chinese, and how many more runs would let one say more."""

from __future__ import annotations

import math

import numpy as np

from ...words import listed, message, message_in
from .resampling import Array

MOST = 100_000
"""More further pairs than this are not worth asking for."""

TOO_FEW = message("too few runs to tell")
SAME = message("the same in every pair")
MORE, LESS = message("more"), message("less")
NO_MATTER = message("too small a difference to matter")
NOT_APART = message("cannot be told apart with these runs")
NEEDED = message("about {n} more would be needed")
NEEDED_FOR = message("about {n} more would be needed to tell a difference of {size}")
NEVER = message("no number of runs worth asking for would do")
SEPARATOR = message_in("between sentences", "; ")


def more_needed(
    n: Array, mean: Array, sd: Array, low: Array, high: Array, smallest: Array | float = 0.0, level: float = 0.95
) -> Array:
    """How many more pairs until the interval reaches less far than the effect, if the effect is as estimated.

    `smallest` is the smallest effect of interest: an estimate below it is not worth more runs than it is. 0 where the
    interval does not hold 0 now; infinite where more than `MOST` pairs would be needed; not-a-number without an
    interval. Intervals to come are reckoned with Student's t, at the level that reaches as far as this one does now,
    and no less far than at `level`.
    """
    from scipy.special import stdtr, stdtrit

    n, mean, sd = (np.atleast_1d(np.asarray(each, float)) for each in (n, mean, sd))
    low, high = np.atleast_1d(low), np.atleast_1d(high)
    found = np.where((low > 0.0) | (high < 0.0), 0.0, math.inf)
    found[~np.isfinite(low) | (sd == 0.0)] = math.nan
    open_ = np.flatnonzero(np.isinf(found))
    n, mean, sd = n[open_], mean[open_], sd[open_]
    reach = np.where(mean >= 0.0, mean - low[open_], high[open_] - mean)
    outside = np.minimum(2.0 * stdtr(n - 1.0, -reach * np.sqrt(n) / sd), 1.0 - level)
    aim = np.maximum(np.abs(mean), np.broadcast_to(np.asarray(smallest, float), found.shape)[open_])
    too_few, enough = n.copy(), n + MOST
    while len(n) and (enough - too_few).max() > 1.0:
        middle = np.ceil(0.5 * (too_few + enough))
        apart = stdtrit(middle - 1.0, 1.0 - 0.5 * outside) * sd < aim * np.sqrt(middle)
        too_few, enough = np.where(apart, too_few, middle), np.where(apart, middle, enough)
    found[open_] = np.where(enough < n + MOST, enough - n, math.inf)
    return found


def about(number: float) -> int:
    """A number of runs as one says it: up to two digits that count, rounded up."""
    unit = 10 ** max(0, len(str(math.ceil(number))) - 2)
    return math.ceil(number / unit) * unit


def verdict(
    n: int, low: float, high: float, more: float, lang: str = "en", smallest: float = 0.0, unit: str = ""
) -> str:
    """What may be said of a difference with this interval, of n pairs; `more` as `more_needed` reckons it."""
    if n < 2 or not math.isfinite(low):
        return TOO_FEW.told(lang)
    if low == high == 0.0:
        return SAME.told(lang)
    if -smallest < low and high < smallest:
        return NO_MATTER.told(lang)
    if low > 0.0 or high < 0.0:
        return (MORE if low > 0.0 else LESS).told(lang)
    if math.isinf(more):
        return listed((NOT_APART, NEVER), SEPARATOR).told(lang)
    if smallest > 0.0:
        enough = NEEDED_FOR.filled(n=about(more), size=f"{smallest:g} {unit}".strip())
        return listed((NOT_APART, enough), SEPARATOR).told(lang)
    return listed((NOT_APART, NEEDED.filled(n=about(more))), SEPARATOR).told(lang)


def digits_for(half: float, digits: int) -> int:
    """Decimal places that show an interval of this half width: at least `digits`, at most four."""
    return max(digits, min(4, math.ceil(0.7 - math.log10(half)))) if half > 0.0 else digits


def effect(mean: float, low: float, high: float, digits: int, unit: str, lang: str = "en") -> str:
    """An effect in natural units with its interval: "3.2 points more [1.0 to 5.4]"."""
    if not math.isfinite(mean):
        return "–"
    digits = digits_for(0.5 * (high - low), digits)
    size = f"{abs(round(mean, digits)):,.{digits}f}"
    ends = [f"{round(end, digits) + 0.0:,.{digits}f}" for end in (low, high)]
    up = mean >= 0.0
    if unit:
        said = message("{size} {unit} more") if up else message("{size} {unit} less")
    else:
        said = message("{size} more") if up else message("{size} less")
    around = message(" [{low} to {high}]", low=ends[0], high=ends[1]).told(lang) if math.isfinite(low) else ""
    return said.filled(size=size, unit=unit).told(lang) + around


def sentence(what: str, scenario: str, first: str, said: str, effect: str, lang: str = "en") -> str:
    """One sentence on one outcome: what is compared with what, the effect, and the verdict if it is not in the effect.

    `said` is a verdict, `effect` the words of `effect`.
    """
    told = {"what": what, "scenario": scenario, "first": first, "said": said, "effect": effect}
    if said in (TOO_FEW.told(lang), SAME.told(lang)):
        return message("{what}: {scenario} and {first}: {said}.", **told).told(lang)
    if said in (MORE.told(lang), LESS.told(lang)):
        return message("{what}: {scenario} has {effect} than {first}.", **told).told(lang)
    return message("{what}: {scenario} has {effect} than {first}; {said}.", **told).told(lang)
