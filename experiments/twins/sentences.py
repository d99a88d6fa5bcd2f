"""What two lives differ in, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...words import message


def sentence(names: Sequence[str], days: int, found: Mapping[str, Any], lang: str) -> str:
    """What differs between two lives, in one sentence."""
    a, b = names
    if found["first_day"] is None:
        said = message("In {days} days nothing went otherwise under {b} than under {a}.")
        return said.filled(days=days, a=a, b=b).told(lang)
    if found["issues"] == 1:
        said = message(
            "In {days} days, {people} of {n} residents and 1 issue went otherwise under {b} than under {a};"
            " the first on day {day}."
        )
    else:
        said = message(
            "In {days} days, {people} of {n} residents and {issues} issues went otherwise under {b} than under {a};"
            " the first on day {day}."
        )
    people, issues, n, day = (found[name] for name in ("residents", "issues", "of_residents", "first_day"))
    return said.filled(days=days, people=people, issues=issues, n=n, a=a, b=b, day=day).told(lang)
