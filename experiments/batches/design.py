"""Designs: a study as a text file, read and checked as a whole before anything runs."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.places import ALLOWED, GRID_OF, SIZES, size_of
from ...scenarios.catalogue import SECTIONS
from ...scenarios.errors import ScenarioError, refusal
from ...scenarios.loader import load
from ...scenarios.reading import parsed, text_of
from ...scenarios.source import Source
from ...words import message
from ..declared import OUTCOMES
from ..provenance import Refusal
from .arms import read_arms
from .factors import read_factors
from .freezing import frozen
from .parts import MOST_POINTS, MOST_RUNS, MOST_SEEDS, Arm, Factor, Plan, Point, Precision
from .points import laid_over_all
from .precision import pairs_of, read_precision
from .reading import TOP, Table, is_whole

__all__ = ["Arm", "Design", "Factor", "Plan", "Point", "Precision", "Refusal", "read_design"]

TABLES = ("weekly", "yearly", "groups", "daily", "issues", "meetings")
"""What may be recorded of every run besides its outcomes."""

BELOW = ("scenarios", "factors", "precision", "town")
A_DESIGN = message("a design")
MOST_DAYS = 7_300
LAST_SEED = 10**18
MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Design:
    """A study: its scenarios at the settings of its factors, its seeds, and what is recorded.

    `points` are in order of settings, then scenarios: a Sobol sequence that is made longer goes on from the points
    it had. `arms` are the scenarios without factors. `seeds` are those every point is run with; `outcomes` those a
    report shows first. Two designs are equal if they ask for the same study, wherever they are written.
    """

    path: Path = field(compare=False)
    text: str = field(compare=False, repr=False)
    name: str
    question: str
    size: str
    days: int
    seeds: tuple[int, ...]
    tables: tuple[str, ...]
    keep_world: bool
    points: tuple[Point, ...] = field(repr=False)
    factors: tuple[Factor, ...]
    precision: Precision | None
    arms: tuple[Arm, ...] = field(repr=False)
    plan: Plan | None = None
    outcomes: tuple[str, ...] = ()
    question_zh: str = ""

    @property
    def scenario_names(self) -> list[str]:
        """The names of the scenarios, the one compared with first."""
        return [arm.name for arm in self.arms]

    @property
    def n_runs(self) -> int:
        """How many runs it takes: points times seeds."""
        return len(self.points) * len(self.seeds)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names of the points whose differences are asked for, the one compared with first."""
        return pairs_of(self.precision, self.arms, self.points)

    def seeds_up_to(self, n: int) -> tuple[int, ...]:
        """The first `n` seeds; more than the design has follow its greatest."""
        further = max(self.seeds) + 1
        return (*self.seeds[:n], *range(further, further + n - len(self.seeds)))

    def frozen(self) -> str:
        """The design as one canonical text that needs no other file; read again, it gives an equal design."""
        return frozen(self)


def read_design(path: str | Path) -> Design:
    """Read a design and check all of it. Raises Refusal, in one sentence, for whatever is wrong with it."""
    try:
        return _read(Path(path))
    except ScenarioError as error:
        raise Refusal(*error.args) from None


def _read(path: Path) -> Design:
    top = Table(source := Source(path, _text(path)), parsed(path, source.text, A_DESIGN))
    _check_names(top)
    head = _head(top)
    arms = read_arms(top, functools.cache(load))
    factors, plan, settings = read_factors(top)
    _check_count(top, len(arms), len(settings), len(head["seeds"]))
    points = laid_over_all(path, arms, settings)
    precision = read_precision(top, len(head["seeds"]), arms, points)
    return Design(path, source.text, points=points, factors=factors, precision=precision, arms=arms, plan=plan, **head)


def _head(top: Table) -> dict[str, Any]:
    """What stands above all tables."""
    return {
        "name": top.text("name", top.source.path.stem),
        "question": top.text("question"),
        "question_zh": top.text("question_zh", ""),
        "size": _size(top),
        "days": top.whole("days", 1, MOST_DAYS, 365),
        "seeds": _seeds(top),
        "tables": top.some_of("tables", TABLES, ("weekly", "groups")),
        "keep_world": top.truth("keep_world", False),
        "outcomes": top.some_of("outcomes", tuple(OUTCOMES), lister="`linli outcomes`"),
    }


def _size(top: Table) -> str:
    """A standard size, or a general grid of another number of residents."""
    size = top.values.get("size")
    if not (isinstance(size, str) and size.startswith(GRID_OF)):
        return top.one_of("size", tuple(SIZES), "community")
    try:
        size_of(size)
    except ValueError:
        raise top.refusal("size", message("must be one of {allowed}", allowed=ALLOWED)) from None
    return size


def _text(path: Path) -> str:
    """The text of the file, if it is not far too long."""
    if os.path.isfile(path) and (size := os.path.getsize(path)) > MOST_BYTES:
        raise refusal(path, message(
            "it has {size} bytes, but a design must have at most {most}", size=size, most=MOST_BYTES,
        ))  # fmt: skip
    return text_of(path, A_DESIGN)


def _check_names(top: Table) -> None:
    """Refuse names that do not stand at the top of a design, and those that stand too low."""
    for name in top.values:
        if name.partition(".")[0] in {section.partition(".")[0] for section in SECTIONS}:
            raise top.refusal(name, message("must stand under a scenario, as in [scenarios.changes.{name}]", name=name))
    top.only((*TOP, *BELOW))


def _seeds(top: Table) -> tuple[int, ...]:
    """The seeds, one by one, or as many as asked for from the first."""
    wanted = message(
        "a whole number from 1 to {most}, or a list of seeds, each a whole number from 0 to {last}",
        most=MOST_SEEDS, last=LAST_SEED,
    )  # fmt: skip
    if not isinstance(top.values.get("seeds"), list):
        first = top.whole("first_seed", 0, LAST_SEED, 1)
        n = top.values.get("seeds", 30)
        if not is_whole(n, 1, MOST_SEEDS):
            raise top.refusal("seeds", message("must be {wanted}", wanted=wanted))
        return tuple(range(first, first + n))
    if "first_seed" in top.values:
        raise top.refusal("first_seed", message("seeds is a list already: it must be a number, or stand alone"))
    seeds = top.items("seeds", wanted)
    if not 1 <= len(seeds) <= MOST_SEEDS:
        raise top.refusal("seeds", message("must be {wanted}", wanted=wanted))
    for seed in seeds:
        if not is_whole(seed, 0, LAST_SEED):
            raise top.holding("seeds", seed, message("each must be a whole number from 0 to {last}", last=LAST_SEED))
    return tuple(seeds)


def _check_count(top: Table, n_arms: int, n_settings: int, n_seeds: int) -> None:
    """A design may be large, but not by a slip of the finger."""
    points = n_arms * n_settings
    if points > MOST_POINTS:
        raise top.source.refusal(message(
            "{arms} scenarios × {settings} settings are {points} points, but there may be at most {most}",
            arms=n_arms, settings=n_settings, points=points, most=MOST_POINTS,
        ))  # fmt: skip
    if points * n_seeds > MOST_RUNS:
        raise top.source.refusal(message(
            "{arms} scenarios × {settings} settings × {seeds} seeds are {runs} runs, but there may be at most {most}",
            arms=n_arms, settings=n_settings, seeds=n_seeds, runs=points * n_seeds, most=MOST_RUNS,
        ))  # fmt: skip
