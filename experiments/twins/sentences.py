"""What two lives differ in, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def sentence(names: Sequence[str], days: int, found: Mapping[str, Any], lang: str) -> str:
    """What differs between two lives, in one sentence."""
    a, b = names
    people, issues, n, day = (found[name] for name in ("residents", "issues", "of_residents", "first_day"))
    if day is None:
        return (f"{days}天内，在{b}下与在{a}下没有任何不同。" if lang == "zh"
                else f"In {days} days nothing went otherwise under {b} than under {a}.")  # fmt: skip
    if lang == "zh":
        return f"{days}天内，在{b}下，{n}名居民中有{people}人、另有{issues}个议题的经历与在{a}下不同；第一处不同在第{day}天。"
    return (f"In {days} days, {people} of {n} residents and {issues} {'issue' if issues == 1 else 'issues'} went"
            f" otherwise under {b} than under {a}; the first on day {day}.")  # fmt: skip
