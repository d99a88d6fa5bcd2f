"""Results as sentences and as cells of tables, in English and Chinese."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ...words import Words, capital, listed, message
from ..declared import OUTCOMES, Outcome
from ..figures import unit_of_difference
from ..groups import GROUPINGS
from ..inference.contrasts import Contrast
from ..inference.verdicts import NEVER
from ..inference.verdicts import about as roughly
from ..inference.verdicts import digits_for as digits_of
from ..show import number
from ..statistics import Interval
from .kept import Kept

MOST = 6
"""Scenarios beside the first that are told in sentences."""


def label(outcome: Outcome, lang: str) -> str:
    """What an outcome is called."""
    return outcome.label.told(lang)


def unit(outcome: Outcome, lang: str) -> str:
    """The unit of an outcome."""
    return outcome.unit.told(lang)


def digits_for(apart: Interval | Contrast, digits: int) -> int:
    """As many digits as an interval needs so that its ends differ from its mean, and no end near 0 reads as 0."""
    if not 0.0 < apart.high - apart.low < math.inf:
        return digits
    digits = digits_of((apart.high - apart.low) / 2.0, digits)
    while digits < 4 and any(end != 0.0 and round(end, digits) == 0.0 for end in (apart.low, apart.high)):
        digits += 1
    return digits


def minus(shown: str) -> str:
    """A number with a proper minus sign."""
    return shown.replace("-", "−")


def mean_shown(value: float, digits: int) -> str:
    """A mean; a small mean of counts has a decimal place."""
    return minus(number(value, 1 if digits == 0 and abs(value) < 100.0 else digits))


def bracket(apart: Interval | Contrast, digits: int, lang: str) -> str:
    """An interval in brackets."""
    digits = digits_for(apart, digits)
    low, high = (minus(number(end, digits)) for end in (apart.low, apart.high))
    return message("[{low} to {high}]", low=low, high=high).told(lang)


def cell(apart: Interval, digits: int, lang: str) -> str:
    """A difference with its interval as a cell; "≈" where it cannot be told from none, "same" where it is none."""
    if not math.isfinite(apart.low):
        return f"≈ {minus(number(apart.mean, digits, sign=True))} [–]" if apart.n > 1 else "–"
    if apart.mean == apart.low == apart.high == 0.0:
        return message("same").told(lang)
    mean = minus(number(apart.mean, digits_for(apart, digits), sign=True))
    return f"{'≈ ' if apart.holds_zero else ''}{mean} {bracket(apart, digits, lang)}"


def main_sentences(kept: Kept, lang: str) -> dict[str, tuple[str, list[str]]]:
    """By scenario, what it is compared with, and a sentence for every main outcome; equal ones stand together."""
    return {name: (lead(kept, name, lang), sentences(kept, name, lang)) for name in kept.names[1 : MOST + 1]}


def lead(kept: Kept, name: str, lang: str) -> str:
    """What a scenario is compared with, and on how many pairs."""
    n = max((kept.difference(name, outcome.name).n for outcome in kept.mains), default=0)
    return message("Compared with {first}, {n} pairs of runs:", first=kept.names[0], n=n).told(lang)


def sentences(kept: Kept, name: str, lang: str) -> list[str]:
    """What can be said of a scenario's main outcomes."""
    found, equal, none = [], [], []
    for outcome in kept.mains:
        apart = kept.contrast(name, outcome.name)
        if not math.isfinite(apart.low):
            none.append(label(outcome, lang))
        elif apart.mean == apart.low == apart.high == 0.0:
            equal.append(label(outcome, lang))
        else:
            found.append(sentence(outcome, apart, lang))
    if equal:
        found.append(message("The same in every pair: {outcomes}.", outcomes=joined(equal, lang)).told(lang))
    if none:
        said = message("Does not apply, or too few runs: {outcomes}.", outcomes=joined(none, lang))
        found.append(said.told(lang))
    return found


def sentence(outcome: Outcome, apart: Contrast, lang: str) -> str:
    """What an interval says of an outcome, in a sentence."""
    scale = message("(on a scale of {unit})", unit=outcome.unit).told(lang) if outcome.unit == "0 to 1" else ""
    about = {
        "what": capital(outcome.label), "unit": scale or unit_of_difference(outcome, lang),
        "interval": bracket(apart, outcome.digits, lang),
    }  # fmt: skip
    if apart.low > 0.0 or apart.high < 0.0:
        up, down = message("{what}: {size} {unit} more {interval}."), message("{what}: {size} {unit} less {interval}.")
        size = number(abs(apart.mean), digits_for(apart, outcome.digits))
        return (up if apart.mean > 0 else down).filled(size=size, **about).told(lang)
    said = message("{what}: cannot be told apart with these runs {interval} {unit}; {hint}.")
    return said.filled(hint=more_needed(apart), **about).told(lang)


def more_needed(apart: Contrast) -> Words:
    """How many more pairs would tell what these do not."""
    more = roughly(apart.more) if math.isfinite(apart.more) else 0
    if more == 1:
        return message("about 1 more pair would be needed")
    return message("about {n:,} more pairs would be needed", n=more) if more else NEVER


def sensitivity_sentences(records: Sequence[dict[str, Any]], lang: str) -> list[str]:
    """For each outcome, the factors it surely moves with, the strongest first."""
    found = []
    for name in dict.fromkeys(record["outcome"] for record in records):
        sure = [r for r in records if r["outcome"] == name and (r["low"] > 0.0 or r["high"] < 0.0)]
        sure.sort(key=lambda r: -abs(r["estimate"]))
        told = joined((f"{r['factor']} ({minus(number(r['estimate'], 2, sign=True))})" for r in sure), lang)
        said = (
            message("{what}: moves with {factors}.") if sure else message("{what}: no factor can be told to move it.")
        )
        found.append(said.filled(what=capital(OUTCOMES[name].label), factors=told).told(lang))
    return found


def group_sentences(
    records: Sequence[dict[str, Any]], scenario: str, lang: str, outcome: str = "share_active"
) -> list[str]:
    """For each grouping, where taking part changed most and least; only what can be told from none counts."""
    found = []
    for grouping, (named, *_) in GROUPINGS.items():
        wanted = (scenario, grouping, outcome)
        mine = [r for r in records if (r["scenario"], r["grouping"], r["outcome"]) == wanted]
        mine = [r for r in mine if math.isfinite(r["difference"])]
        told = [r for r in mine if r["low_95"] > 0.0 or r["high_95"] < 0.0]
        if not mine:
            continue
        if not told:
            said = message("{grouping}: no group's change can be told from none.", grouping=capital(named))
            found.append(said.told(lang))
            continue
        ends = sorted(told, key=lambda r: r["difference"])
        found.append(extremes(named, ends[-1], ends[0], lang))
    return found


def extremes(named: Words, most: dict[str, Any], least: dict[str, Any], lang: str) -> str:
    """A sentence on the groups whose share of volunteers changed most and least."""
    grouping, up = capital(named), group_change(most, lang)
    if most is least:
        return message("{grouping}: most {most}.", grouping=grouping, most=up).told(lang)
    said = message(
        "{grouping}: most {most}; least {least}.", grouping=grouping, most=up, least=group_change(least, lang)
    )
    return said.told(lang)


def group_change(record: dict[str, Any], lang: str) -> str:
    """A group and its difference."""
    return f"{record['group_zh'] if lang == 'zh' else record['group']} {change(record, lang)}"


def change(record: dict[str, Any], lang: str) -> str:
    """A group's difference in percentage points with its interval."""
    apart = Interval(int(record["pairs"]), record["difference"], record["low_95"], record["high_95"])
    mean = minus(number(apart.mean, digits_for(apart, 1), sign=True))
    return message("{mean} percentage points {interval}", mean=mean, interval=bracket(apart, 1, lang)).told(lang)


def joined(names: Iterable[str], lang: str) -> str:
    """Names in a row."""
    return listed(names).told(lang)
