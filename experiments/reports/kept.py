"""Results as a report needs them, whatever command wrote them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...words import message
from ..declared import OUTCOMES, Outcome
from ..inference.comparing import LEVEL as LEVEL
from ..inference.comparing import Compared, compared
from ..inference.contrasts import Contrast
from ..inference.paired import paired_differences
from ..statistics import Interval

if TYPE_CHECKING:
    import pandas as pd

MOST_COMPARED = 9
"""Points of a batch with factors up to which each is compared with the first."""


NO_PAIRS: list[Any] = [0, *[math.nan] * 8, "none", math.nan, math.nan, math.nan]
NOT_MEASURED = Contrast(*NO_PAIRS)
"""The contrast of an outcome that these results do not hold."""


class Asked(NamedTuple):
    """A scenario that was run: its name, its question in both languages, and all its numbers by section."""

    name: str
    question: str
    question_zh: str
    parameters: dict[str, Any]


class Factor(NamedTuple):
    """A parameter that a batch varies, and the settings it takes."""

    parameter: str
    unit: str
    settings: tuple[Any, ...]


@dataclass(frozen=True)
class Kept:
    """Results from a directory. Of a single run or picture, the tables are in `files` only."""

    folder: Path
    kind: str
    """run, compare, diff, batch, or figure."""
    about: dict[str, Any] = field(repr=False)
    question: str
    """What the whole asks, in English or as its writer put it; `question_zh` in Chinese, if it was given."""
    scenarios: tuple[Asked, ...] = field(repr=False)
    baseline: dict[str, Any] = field(repr=False)
    seeds: tuple[int, ...]
    names: list[str] = field(default_factory=list)
    """The scenarios or points that were run, the one compared with first; empty where nothing is compared."""
    factors: tuple[Factor, ...] = ()
    wide: Any = field(default=None, repr=False)
    """A frame with a row a run: `name`, `scenario`, `seed`, settings of factors, outcomes."""
    weekly: Any = field(default=None, repr=False)
    """A frame with `name`, `seed`, `series`, `day`, `value`; None if it was not recorded."""
    groups: Any = field(default=None, repr=False)
    """Of a batch, a frame with `name`, `seed`, `grouping`, `group`, `outcome`, `value`; None if not recorded."""
    group_records: list[dict[str, Any]] = field(default_factory=list, repr=False)
    failures: list[dict[str, Any]] = field(default_factory=list, repr=False)
    first_outcomes: tuple[str, ...] = ()
    """The outcomes that come first; none named, the main ones do."""
    question_zh: str = ""
    called: str = ""
    """How commands name the directory, if not by its path."""

    @property
    def mains(self) -> list[Outcome]:
        """The outcomes that these results are first judged by."""
        named = [OUTCOMES[name] for name in self.first_outcomes if name in OUTCOMES]
        return named or [outcome for outcome in OUTCOMES.values() if outcome.main]

    @property
    def many(self) -> bool:
        """Whether these are so many points of a batch that comparing each with the first would say little."""
        return bool(self.factors) and len(self.names) > MOST_COMPARED

    def told(self, name: str) -> str:
        """A scenario or point, and how it sets what the batch varies."""
        if not self.factors or name not in self.by_name:
            return name
        row = self.wide[self.wide["name"] == name].iloc[0]
        set_to = (f"{f.parameter.rsplit('.', 1)[-1]} {as_setting(row[f.parameter], 'en')}" for f in self.factors)
        return f"{name} ({', '.join(set_to)})"

    @property
    def path(self) -> str:
        """How commands name the directory."""
        return self.called or str(self.folder)

    @property
    def size(self) -> str:
        """How much of the district was run."""
        return str(self.about.get("size", ""))

    @property
    def days(self) -> int:
        """The recorded days."""
        return int(self.about.get("days", 0))

    @cached_property
    def by_name(self) -> dict[str, pd.DataFrame]:
        """The runs of each name, a row a seed."""
        return {str(name): rows.set_index("seed").reindex(list(self.seeds)) for name, rows in self.wide.groupby("name")}

    def values(self, name: str, outcome: str) -> np.ndarray[Any, Any]:
        """An outcome seed by seed; not-a-number where there is none."""
        if name not in self.by_name or outcome not in self.by_name[name]:
            return np.full(len(self.seeds), math.nan)
        found: np.ndarray[Any, Any] = self.by_name[name][outcome].to_numpy(float)
        return found

    @cached_property
    def compared(self) -> Compared[str]:
        """Every outcome of every name, with its paired difference to the first: as `linli compare` reckons it."""
        return compared(self.names, [name for name in OUTCOMES if name in self.wide], self.values)

    def contrast(self, name: str, outcome: str) -> Contrast:
        """The paired difference to the first, with everything that is known of it."""
        return self.compared.contrast(name, outcome) if outcome in self.compared.keys else NOT_MEASURED

    def difference(self, name: str, outcome: str) -> Interval:
        """The same with the interval to quote; among many points, of each by itself."""
        if self.many:
            found = paired_differences((self.values(name, outcome) - self.values(self.names[0], outcome))[:, None])
            return Interval(int(found.n[0]), *(float(each[0]) for each in (found.mean, found.low, found.high)))
        apart = self.contrast(name, outcome)
        return Interval(apart.n, apart.mean, apart.low, apart.high)

    def series(self, name: str, series: str) -> np.ndarray[Any, Any]:
        """A weekly series: runs × weeks."""
        mine = self.weekly[(self.weekly["name"] == name) & (self.weekly["series"] == series)]
        found: np.ndarray[Any, Any] = mine.pivot(index="seed", columns="day", values="value").to_numpy(float)
        return found[np.isfinite(found).all(axis=1)] if len(found) else found

    @cached_property
    def week_ends(self) -> np.ndarray[Any, Any]:
        """The last day of each recorded week."""
        found: np.ndarray[Any, Any] = np.sort(self.weekly["day"].unique())
        return found


def as_setting(value: Any, lang: str = "") -> str:
    """A setting as scenario files write it; in a language, to four digits, and yes and no in words."""
    if isinstance(value, bool | np.bool_):
        if not lang:
            return "true" if value else "false"
        return (message("yes") if value else message("no")).told(lang)
    if not isinstance(value, int | float | np.number):
        return str(value)
    exactly = not lang or value == int(value)
    return f"{value:,.{10 if exactly else 4}g}".replace(",", "\u202f")
