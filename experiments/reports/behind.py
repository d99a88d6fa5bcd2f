"""The columns and cells of the tables behind pictures, in words."""

from __future__ import annotations

import math
from typing import Any

from ...words import Words, message, message_in, told
from .. import picture_dose, picture_life, picture_regimes
from ..declared import OUTCOMES, UNITS
from .said import label, minus

HEADS = {
    "condition": message("condition"),
    "yuan_per_hour": message("pay (yuan per hour)"),
    "regime": message("regime"),
    "outcome": message("outcome"),
    "unit": message("unit"),
    "runs": message("runs with a value"),
    "of_runs": message("runs"),
    "mean": message("mean"),
    "low_95": message("95 % interval"),
    "resident": message("resident"),
    "gender": message("gender"),
    "for_first_plan": message("for the first plan"),
    "position_before": message("position before (−1 to 1)"),
    "position_after": message("position after (−1 to 1)"),
    "from_minute": message("speaks from minute"),
    "minutes": message("for minutes"),
    "day": message_in("table", "day"),
    "place": message("state"),
    "issues": message_in("table", "issues"),
    "building": message("building"),
    "micro_grid": message("micro-grid"),
    "general_grid": message("general grid"),
    "n_residents": message_in("table", "residents"),
    "unresolved_issues": message("unresolved issues"),
    "acts_per_resident_90_days": message("acts per resident in 90 days"),
    "party_members": message("Party members"),
}
"""What the columns of the files of pictures are called."""

NAMES: dict[str, Words] = {
    str(name): name
    for name in (
        message("man"), message("woman"), message("men"), message("women"), *UNITS.values(),
        *picture_dose.CONDITIONS, *(panel.unit for panel in picture_dose.PANELS), *picture_life.PLACES,
    )
}  # fmt: skip
"""The names that stand in their cells."""


def head_of(column: str, lang: str) -> str:
    """What a column is called; one that has no words keeps its name."""
    return str(told(HEADS.get(column, column), lang))


def entry(record: dict[str, Any], column: str, lang: str) -> str:
    """A cell: a name in words, a number to four digits, an interval from its two ends."""
    value = record[column]
    if column == "low_95":
        if not math.isfinite(value):
            return "–"
        return message("{low} to {high}", low=short(value), high=short(record["high_95"])).told(lang)
    if column == "outcome" and value in OUTCOMES:
        return label(OUTCOMES[value], lang)
    if column == "regime":
        return picture_regimes.shown_name(str(value), lang)
    if str(value) in ("True", "False"):
        return (message("yes") if str(value) == "True" else message("no")).told(lang)
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
    """A name in a language; "–" for none."""
    return str(told(NAMES.get(text, text), lang)) or "–"
