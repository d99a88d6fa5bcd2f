"""Scenarios compared with the first, over many outcomes, as tidy records: from a comparison as from a batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from ...words import told
from ..declared import OUTCOMES
from ..statistics import Interval
from .contrasts import Contrast, Contrasts, contrasts
from .resampling import Array
from .shared_luck import NOTES, SharedLuck, shared_luck

LEVEL = 0.95

Key = TypeVar("Key")


class Compared(NamedTuple, Generic[Key]):
    """What several scenarios (the first is the one compared with) did, and how they differ."""

    names: tuple[str, ...]
    keys: dict[Key, int]
    """Outcomes, or (grouping, group, outcome), and their places."""
    values: Array
    """Seeds × keys × scenarios."""
    found: Contrasts

    def difference(self, scenario: str, key: Key) -> Interval:
        """The paired difference of a scenario to the first, with the interval to quote."""
        told = self.contrast(scenario, key)
        return Interval(told.n, told.mean, told.low, told.high)

    def contrast(self, scenario: str, key: Key) -> Contrast:
        """The same with everything that is known of it. Raises ValueError for the scenario compared with."""
        place = self.names.index(scenario) - 1
        if place < 0:
            raise ValueError(f"{scenario} is what the others are compared with")
        return self.found.told(self.keys[key], place)

    def record(self, scenario: str, key: Key) -> dict[str, Any]:
        """Mean, and paired difference to the first: the columns of a tidy table."""
        k, place = self.keys[key], self.names.index(scenario)
        values = self.values[:, k, place]
        values = values[np.isfinite(values)]
        mean = float(values.mean()) if len(values) else math.nan
        head = {"scenario": scenario, "runs": len(values), "mean": mean}
        if place == 0:
            return head | {"compared_with": "", **NOTHING_COMPARED}
        return head | {"compared_with": self.names[0], **self.found.told(k, place - 1).record}


def compared(names: Sequence[str], keys: Sequence[Key], values: Callable[[str, Key], Array]) -> Compared[Key]:
    """Compare scenarios with the first; `values` gives an outcome of a scenario, seed by seed (nan where missing)."""
    table = np.stack([np.stack([values(name, key) for key in keys], axis=1) for name in names], axis=2)
    found = contrasts(table[:, :, 1:] - table[:, :, :1], LEVEL)
    return Compared(tuple(names), {key: k for k, key in enumerate(keys)}, table, found)


_UNKNOWN: list[Any] = [0, *[math.nan] * 8, "none", *[math.nan] * 3]
NOTHING_COMPARED = {name: "" if isinstance(value, str) else value for name, value in Contrast(*_UNKNOWN).record.items()}
"""The columns of the scenario that the others are compared with."""


def summary(of: Compared[str]) -> list[dict[str, Any]]:
    """One tidy record an outcome and scenario: mean, and paired difference to the first."""
    return [
        {"outcome": key, "unit": OUTCOMES[key].unit, **of.record(name, key), "meaning": OUTCOMES[key].meaning}
        for key in of.keys
        for name in of.names
    ]


def audit(of: Compared[str]) -> list[dict[str, Any]]:
    """One tidy record an outcome and other scenario: how alike the pairs are, and the runs that saved."""
    lucks = [shared_luck(of.values[:, :, place], of.values[:, :, 0]) for place in range(1, len(of.names))]
    return [
        {"outcome": key, "scenario": name, "compared_with": of.names[0], **_audited(luck, k)}
        for key, k in of.keys.items()
        for name, luck in zip(of.names[1:], lucks, strict=True)
    ]


def _audited(luck: SharedLuck, k: int) -> dict[str, Any]:
    numbers = {name: float(column[k]) for name, column in luck._asdict().items() if name not in ("n", "note")}
    note = NOTES.get(str(luck.note[k]), "")
    return {"pairs": int(luck.n[k]), **numbers, "note": str(note), "note_zh": told(note, "zh")}
