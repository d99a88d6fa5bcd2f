"""What a difference between A and B is in words: a sentence an outcome, and one that strings them together."""

from __future__ import annotations

from collections.abc import Mapping

from ..experiments.inference import verdicts
from ..experiments.inference.contrasts import Contrast
from ..experiments.inference.verdicts import digits_for
from ..model.calendar import DAYS_YEAR
from .outlook import OUTCOMES, Shown

LANGUAGES = ("en", "zh")
NOT_APART, SAME, SEPARATOR, TOO_FEW = (
    (words.en, words.zh) for words in (verdicts.NOT_APART, verdicts.SAME, verdicts.SEPARATOR, verdicts.TOO_FEW)
)
COLON, STOP = (": ", "："), (".", "。")
BRACKETS = (" ({} %: {} to {})", "（{}%：{}至{}）")
A_YEAR = ("a year", "每年")
IN_DAYS = ("in {} days", "{}天内")
B_AGAINST_A = ("B against A", "B与A相比")
NONE_APART = ("B and A {}", "B与A{}")
REST_NOT_APART = ("not told apart: ", "无法区分：")
REST_SAME = ("the same: ", "相同：")
BETWEEN = (", ", "、")
THOUSANDS_OFF = -6
"""Numbers are rounded as their interval allows, but never to more than millions."""


def told_apart(of: Contrast) -> bool:
    """Whether the interval leaves out 0."""
    return of.low > 0.0 or of.high < 0.0


def number(value: float, digits: int) -> str:
    """A number with so many decimal places (below 0: rounded to tens, hundreds, …) and a true minus sign."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:,.{max(0, digits)}f}".replace("-", "−")


def digits_of(of: Contrast, shown: Shown) -> int:
    """Decimal places that the width of the interval allows."""
    half = 0.5 * (of.high - of.low)
    return digits_for(half, THOUSANDS_OFF) if half > 0.0 else shown.digits


def span(n_days: int, k: int) -> str:
    """What a sum over so many days is called."""
    return A_YEAR[k] if n_days == DAYS_YEAR else IN_DAYS[k].format(n_days)


def interval(of: Contrast, shown: Shown, level: float, k: int) -> str:
    """The interval in brackets; of a difference that can be told, its ends are sizes, in the order of their size."""
    digits = digits_of(of, shown)
    ends = [of.low, of.high]
    if of.high < 0.0:
        ends = [-of.high, -of.low]
    low, high = (number(end, digits) for end in ends)
    unit = "" if told_apart(of) or not shown.unit_apart[k] else (" ", "")[k] + shown.unit_apart[k]
    return BRACKETS[k].format(f"{100 * level:g}", low, high + unit)


def clause(of: Contrast, shown: Shown, n_days: int, level: float, k: int) -> str:
    """A difference that can be told: "participation 3.1 points higher (90 %: 2.2 to 4.0)"."""
    said = (shown.higher if of.mean > 0.0 else shown.lower)[k].replace("[]", span(n_days, k))
    digits = digits_of(of, shown)
    around = interval(of, shown, level, k) if of.high > of.low else ""
    return said.format(number(abs(of.mean), digits)) + around


def verdict(of: Contrast, k: int) -> str:
    """The first words of what may be said."""
    return of.verdict(LANGUAGES[k]).partition(SEPARATOR[k])[0]


def sentence(of: Contrast, shown: Shown, n_days: int, level: float, k: int) -> str:
    """One outcome. What cannot be told apart says so, with the interval."""
    if told_apart(of):
        return capital(clause(of, shown, n_days, level, k)) + STOP[k]
    said = verdict(of, k)
    around = interval(of, shown, level, k) if said == NOT_APART[k] else ""
    return capital(shown.name[k]) + COLON[k] + said + around + STOP[k]


def sentences(differences: Mapping[str, Contrast], n_days: int, level: float) -> dict[str, dict[str, str]]:
    """A sentence an outcome and language; n_days are those that sums are counted over."""
    return {
        name: {lang: sentence(of, OUTCOMES[name], n_days, level, k) for k, lang in enumerate(LANGUAGES)}
        for name, of in differences.items()
    }


def overall(differences: Mapping[str, Contrast], n_days: int, level: float) -> dict[str, str]:
    """What can be told of all outcomes together, in a sentence a language."""
    return {lang: _overall(differences, n_days, level, k) for k, lang in enumerate(LANGUAGES)}


def _overall(differences: Mapping[str, Contrast], n_days: int, level: float, k: int) -> str:
    apart = [clause(of, OUTCOMES[name], n_days, level, k) for name, of in differences.items() if told_apart(of)]
    said = {name: verdict(of, k) for name, of in differences.items() if not told_apart(of)}
    names = {
        words: [OUTCOMES[name].name[k] for name in said if said[name] == words]
        for words in (NOT_APART[k], SAME[k], TOO_FEW[k])
    }
    if not apart:
        words = next((words for words, of in names.items() if of), TOO_FEW[k])
        return NONE_APART[k].format(words if k else agreed(words)) + STOP[k]
    rest = [
        head[k] + BETWEEN[k].join(names[words])
        for head, words in ((REST_NOT_APART, NOT_APART[k]), (REST_SAME, SAME[k]))
        if names[words]
    ]
    return B_AGAINST_A[k] + COLON[k] + SEPARATOR[k].join(apart + rest) + STOP[k]


def agreed(words: str) -> str:
    """The verdict as it follows "B and A" in English."""
    return {SAME[0]: f"are {SAME[0]}", TOO_FEW[0]: f"have had {TOO_FEW[0]}"}.get(words, words)


def capital(text: str) -> str:
    """With a capital letter at the beginning."""
    return text[:1].upper() + text[1:]
