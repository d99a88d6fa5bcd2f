"""The columns and cells of the tables behind pictures, in words."""

from __future__ import annotations

import math
from typing import Any

from .. import picture_dose, picture_life, picture_regimes
from ..declared import OUTCOMES, UNITS_ZH
from .said import label, minus

HEADS = {
    "condition": ("condition", "条件"),
    "yuan_per_hour": ("pay (yuan per hour)", "报酬(元/小时)"),
    "regime": ("regime", "议事规则"),
    "outcome": ("outcome", "结果"),
    "unit": ("unit", "单位"),
    "runs": ("runs with a value", "有值的运行数"),
    "of_runs": ("runs", "运行数"),
    "mean": ("mean", "均值"),
    "low_95": ("95 % interval", "95%区间"),
    "resident": ("resident", "居民"),
    "gender": ("gender", "性别"),
    "for_first_plan": ("for the first plan", "起初支持方案"),
    "position_before": ("position before (−1 to 1)", "会前立场(−1至1)"),
    "position_after": ("position after (−1 to 1)", "会后立场(−1至1)"),
    "from_minute": ("speaks from minute", "发言开始(分钟)"),
    "minutes": ("for minutes", "发言时长(分钟)"),
    "day": ("day", "天"),
    "place": ("state", "状态"),
    "issues": ("issues", "议题(件)"),
    "building": ("building", "楼栋"),
    "micro_grid": ("micro-grid", "微网格"),
    "general_grid": ("general grid", "一般网格"),
    "n_residents": ("residents", "居民(人)"),
    "unresolved_issues": ("unresolved issues", "未解决议题(件)"),
    "acts_per_resident_90_days": ("acts per resident in 90 days", "近90天人均服务(次)"),
    "party_members": ("Party members", "党员(人)"),
}
"""What the columns of the files of pictures are called in English and Chinese."""

WORDS_ZH = {"man": "男", "woman": "女", "men": "男", "women": "女"} | UNITS_ZH


def head_of(column: str, lang: str) -> str:
    """What a column is called; one that has no words keeps its name."""
    return HEADS.get(column, (column, column))[lang == "zh"]


def entry(record: dict[str, Any], column: str, lang: str) -> str:
    """A cell: a name in words, a number to four digits, an interval from its two ends."""
    value = record[column]
    if column == "low_95":
        if not math.isfinite(value):
            return "–"
        return ("至" if lang == "zh" else " to ").join(short(end) for end in (value, record["high_95"]))
    if column == "outcome" and value in OUTCOMES:
        return label(OUTCOMES[value], lang)
    if column == "regime":
        return picture_regimes.shown_name(str(value), lang)
    if str(value) in ("True", "False"):
        return {"True": ("yes", "是"), "False": ("no", "否")}[str(value)][lang == "zh"]
    return short(value) if is_number(value) else named(str(value), lang)


def is_number(value: Any) -> bool:
    """Whether a cell can be read as a number."""
    try:
        float(value)
    except ValueError:
        return False
    return True


def short(value: Any) -> str:
    """A number to four digits, whole numbers in full."""
    number = float(value)
    if not math.isfinite(number):
        return "–"
    return minus(f"{number:,.0f}" if number == int(number) or abs(number) >= 1_000.0 else f"{number:.4g}")


def named(text: str, lang: str) -> str:
    """A name in a language, with the words of the picture it is from; "–" for none."""
    if not text or lang != "zh":
        return text or "–"
    if text in WORDS_ZH:
        return WORDS_ZH[text]
    for word in (picture_dose.word, picture_life.word):
        try:
            return word(text, lang)
        except KeyError:
            continue
    return text
