"""Results as sentences and as cells of tables, in English and Chinese."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ..declared import OUTCOMES, UNITS_ZH, Outcome
from ..figures import unit_of_difference
from ..groups import GROUPINGS
from ..inference.contrasts import Contrast
from ..inference.verdicts import NEVER
from ..inference.verdicts import about as roughly
from ..inference.verdicts import digits_for as digits_of
from ..show import number
from ..statistics import Interval
from .kept import Kept

SCALES = ("0 to 1", "0–1")
"""Units that are the ends of a scale, and cannot be counted in."""
MOST = 6
"""Scenarios beside the first that are told in sentences."""


def label(outcome: Outcome, lang: str) -> str:
    """What an outcome is called."""
    return outcome.label_zh if lang == "zh" else outcome.label


def unit(outcome: Outcome, lang: str) -> str:
    """The unit of an outcome."""
    return UNITS_ZH[outcome.unit] if lang == "zh" else outcome.unit


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
    return f"[{low}至{high}]" if lang == "zh" else f"[{low} to {high}]"


def cell(apart: Interval, digits: int, lang: str) -> str:
    """A difference with its interval as a cell; "≈" where it cannot be told from none, "same" where it is none."""
    if not math.isfinite(apart.low):
        return f"≈ {minus(number(apart.mean, digits, sign=True))} [–]" if apart.n > 1 else "–"
    if apart.mean == apart.low == apart.high == 0.0:
        return "相同" if lang == "zh" else "same"
    mean = minus(number(apart.mean, digits_for(apart, digits), sign=True))
    return f"{'≈ ' if apart.holds_zero else ''}{mean} {bracket(apart, digits, lang)}"


def main_sentences(kept: Kept, lang: str) -> dict[str, tuple[str, list[str]]]:
    """By scenario, what it is compared with, and a sentence for every main outcome; equal ones stand together."""
    return {name: (lead(kept, name, lang), sentences(kept, name, lang)) for name in kept.names[1 : MOST + 1]}


def lead(kept: Kept, name: str, lang: str) -> str:
    """What a scenario is compared with, and on how many pairs."""
    n = max((kept.difference(name, outcome.name).n for outcome in kept.mains), default=0)
    return f"与{kept.names[0]}相比，{n}对运行：" if lang == "zh" else f"Compared with {kept.names[0]}, {n} pairs of runs:"


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
        found.append(f"每对均相同：{joined(equal, lang)}。" if lang == "zh" else
                     f"The same in every pair: {joined(equal, lang)}.")  # fmt: skip
    if none:
        found.append(f"不适用，或运行不足：{joined(none, lang)}。" if lang == "zh" else
                     f"Does not apply, or too few runs: {joined(none, lang)}.")  # fmt: skip
    return found


def sentence(outcome: Outcome, apart: Contrast, lang: str) -> str:
    """What an interval says of an outcome, in a sentence."""
    what, measured = label(outcome, lang), unit_of_difference(outcome, lang)
    interval = bracket(apart, outcome.digits, lang)
    if measured in SCALES:
        measured = f"（{measured}）" if lang == "zh" else f"(on a scale of {measured})"
    if apart.low > 0.0 or apart.high < 0.0:
        size = number(abs(apart.mean), digits_for(apart, outcome.digits))
        if lang == "zh":
            return f"{what}：{'高' if apart.mean > 0 else '低'}{size}{spaced(measured)}{interval}。"
        return f"{capital(what)}: {size} {measured} {'more' if apart.mean > 0 else 'less'} {interval}."
    more = roughly(apart.more) if math.isfinite(apart.more) else 0
    if lang == "zh":
        hint = f"；约需再运行{more:,}对" if more else f"；{NEVER[1]}"
        return f"{what}：以这些运行无法区分{interval}{spaced(measured)}{hint}。"
    pairs = "pairs" if more > 1 else "pair"
    hint = f"; {f'about {more:,} more {pairs} would be needed' if more else NEVER[0]}"
    return f"{capital(what)}: cannot be told apart with these runs {interval} {measured}{hint}."


def sensitivity_sentences(records: Sequence[dict[str, Any]], lang: str) -> list[str]:
    """For each outcome, the factors it surely moves with, the strongest first."""
    found = []
    for name in dict.fromkeys(record["outcome"] for record in records):
        sure = [r for r in records if r["outcome"] == name and (r["low"] > 0.0 or r["high"] < 0.0)]
        sure.sort(key=lambda r: -abs(r["estimate"]))
        what = label(OUTCOMES[name], lang)
        told = joined((f"{r['factor']} ({minus(number(r['estimate'], 2, sign=True))})" for r in sure), lang)
        if lang == "zh":
            found.append(f"{what}：随{told}变动。" if sure else f"{what}：看不出随哪个因素变动。")
        else:
            found.append(f"{capital(what)}: moves with {told}." if sure else
                         f"{capital(what)}: no factor can be told to move it.")  # fmt: skip
    return found


def spaced(measured: str) -> str:
    """A Chinese unit; one in Latin letters stands apart."""
    return measured if measured[:1] > "\u2e7f" or not measured else f" {measured} "


def capital(what: str) -> str:
    """A label at the beginning of a sentence."""
    return what[:1].upper() + what[1:]


def group_sentences(
    records: Sequence[dict[str, Any]], scenario: str, lang: str, outcome: str = "share_active"
) -> list[str]:
    """For each grouping, where taking part changed most and least; only what can be told from none counts."""
    found = []
    for grouping, (label_en, label_zh, *_) in GROUPINGS.items():
        wanted = (scenario, grouping, outcome)
        mine = [r for r in records if (r["scenario"], r["grouping"], r["outcome"]) == wanted]
        mine = [r for r in mine if math.isfinite(r["difference"])]
        told = [r for r in mine if r["low_95"] > 0.0 or r["high_95"] < 0.0]
        named = label_zh if lang == "zh" else label_en
        if not mine:
            continue
        if not told:
            found.append(f"{named}：没有一组可与零区分。" if lang == "zh" else
                         f"{capital(named)}: no group's change can be told from none.")  # fmt: skip
            continue
        ends = sorted(told, key=lambda r: r["difference"])
        found.append(extremes(named, ends[-1], ends[0], lang))
    return found


def extremes(named: str, most: dict[str, Any], least: dict[str, Any], lang: str) -> str:
    """A sentence on the groups whose share of volunteers changed most and least."""
    ends = [most] if most is least else [most, least]
    told = [f"{r['group_zh'] if lang == 'zh' else r['group']} {change(r, lang)}" for r in ends]
    if lang == "zh":
        return f"{named}：" + "；".join(f"{word}{one}" for word, one in zip(("最高为", "最低为"), told, strict=False)) + "。"
    ways = (f"{word} {one}" for word, one in zip(("most", "least"), told, strict=False))
    return f"{capital(named)}: {'; '.join(ways)}."


def change(record: dict[str, Any], lang: str) -> str:
    """A group's difference in percentage points with its interval."""
    apart = Interval(int(record["pairs"]), record["difference"], record["low_95"], record["high_95"])
    mean = minus(number(apart.mean, digits_for(apart, 1), sign=True))
    return f"{mean}{'个百分点' if lang == 'zh' else ' percentage points'} {bracket(apart, 1, lang)}"


def joined(names: Iterable[str], lang: str) -> str:
    """Names in a row."""
    return ("、" if lang == "zh" else ", ").join(names)
