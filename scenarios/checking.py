"""Whether one value may stand where it stands, and the sentence if it may not."""

from __future__ import annotations

from typing import Any

from ..agents.core.parameter import About
from ..words import Words, listed, message
from .catalogue import ABOUT, type_of, unit_of
from .errors import nearest


def fits(section: str, name: str, value: Any) -> bool:
    """Right type, within the range, one of the choices. A whole number may stand for a number."""
    about, wanted = ABOUT[section][name], type_of(section, name)
    if wanted is bool or about.choices:
        return type(value) is wanted and (not about.choices or value in about.choices)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if wanted is int and isinstance(value, float):
        return False
    return within(about, value)


def within(about: About, number: float) -> bool:
    """Whether a number lies in the range; nan lies in none."""
    return (about.low is None or about.low <= number) and (about.high is None or number <= about.high)


def must_be(section: str, name: str, value: Any) -> Words:
    """What is allowed instead of this value, in words."""
    about, wanted = ABOUT[section][name], type_of(section, name)
    if about.choices:
        choices = listed(f'"{choice}"' for choice in about.choices)
        if near := nearest(value, about.choices) if isinstance(value, str) else None:
            return message("one of {choices}; the nearest is {name}", choices=choices, name=near)
        return message("one of {choices}", choices=choices)
    if wanted is bool:
        return message("true or false")
    if wanted is int:
        return message("a whole number from {range}", range=in_range(about))
    return message("a number from {range}", range=in_range(about))


def in_range(about: About) -> Words:
    """The range with its unit, as in `0 to 10000 (points per h)`."""
    unit = message("a pure number") if about.unit == "1" else unit_of(about)
    return message("{low} to {high} ({unit})", low=about.low, high=about.high, unit=unit)
