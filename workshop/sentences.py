"""What a difference between A and B is in words: a sentence an outcome, and one that strings them together."""

from __future__ import annotations

from collections.abc import Mapping

from ..experiments.inference.contrasts import Contrast
from ..experiments.inference.verdicts import NOT_APART, SAME, SEPARATOR, TOO_FEW, digits_for
from ..model.calendar import DAYS_YEAR
from ..words import Words, capital, listed, message
from .outlook import OUTCOMES, Shown

NONE_APART = {
    NOT_APART: message("B and A cannot be told apart with these runs."),
    SAME: message("B and A are the same in every pair."),
    TOO_FEW: message("B and A have had too few runs to tell."),
}
"""What is said of B and A where no outcome can be told apart, by what may be said of the first of them."""

REST = {NOT_APART: message("not told apart: {names}"), SAME: message("the same: {names}")}
"""What is said of the others where some can be told apart."""

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


def span(n_days: int) -> Words:
    """What a sum over so many days is called."""
    return message("a year") if n_days == DAYS_YEAR else message("in {n} days", n=n_days)


def with_interval(said: Words, of: Contrast, shown: Shown, level: float) -> Words:
    """What is said, then the interval in brackets.

    Of a difference that can be told, its ends are sizes, in the order of their size; others have a unit.
    """
    digits, ends = digits_of(of, shown), (of.low, of.high)
    low, high = (number(end, digits) for end in ((-of.high, -of.low) if of.high < 0.0 else ends))
    upper: str = high
    if not told_apart(of) and shown.unit_apart:
        upper = message("{number} {unit}", number=high, unit=shown.unit_apart)
    return message("{said} ({level} %: {low} to {high})", said=said, level=f"{100 * level:g}", low=low, high=upper)


def clause(of: Contrast, shown: Shown, n_days: int, level: float) -> Words:
    """A difference that can be told: "participation 3.1 points higher (90 %: 2.2 to 4.0)"."""
    way = shown.higher if of.mean > 0.0 else shown.lower
    said = way.filled(size=number(abs(of.mean), digits_of(of, shown)), span=span(n_days))
    return with_interval(said, of, shown, level) if of.high > of.low else said


def verdict(of: Contrast) -> Words:
    """What may be said of a difference that cannot be told."""
    said = of.verdict("en")
    return next(each for each in NONE_APART if said.startswith(each))


def sentence(of: Contrast, shown: Shown, n_days: int, level: float) -> Words:
    """One outcome. What cannot be told apart says so, with the interval."""
    if told_apart(of):
        return message("{said}.", said=capital(clause(of, shown, n_days, level)))
    said = verdict(of)
    around = with_interval(said, of, shown, level) if said == NOT_APART else said
    return message("{outcome}: {said}.", outcome=capital(shown.name), said=around)


def sentences(differences: Mapping[str, Contrast], n_days: int, level: float) -> dict[str, Words]:
    """A sentence an outcome; n_days are those that sums are counted over."""
    return {name: sentence(of, OUTCOMES[name], n_days, level) for name, of in differences.items()}


def overall(differences: Mapping[str, Contrast], n_days: int, level: float) -> Words:
    """What can be told of all outcomes together, in a sentence."""
    apart = [clause(of, OUTCOMES[name], n_days, level) for name, of in differences.items() if told_apart(of)]
    said = {name: verdict(of) for name, of in differences.items() if not told_apart(of)}
    names = {words: [OUTCOMES[name].name for name in said if said[name] == words] for words in NONE_APART}
    if not apart:
        return NONE_APART[next((words for words, of in names.items() if of), TOO_FEW)]
    rest = [head.filled(names=listed(names[words])) for words, head in REST.items() if names[words]]
    return message("B against A: {said}.", said=listed([*apart, *rest], SEPARATOR))
