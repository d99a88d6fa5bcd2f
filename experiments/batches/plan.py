"""What a design asks for: every run with its name, in the order in which they are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ...model.spec import Spec
from .design import Design, Point
from .keys import key_of, life_of, version, world_of

RUNS_OF_A_JOB = {"micro_grid": 64, "general_grid": 16, "community": 4, "sub_district": 1, "district": 1}
"""How many runs a worker is given at a time: about half a second of work."""


class Wanted(NamedTuple):
    """One run that a design asks for."""

    key: str
    point: Point
    seed: int

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from all others: a key, and the point (two points may ask for the same numbers)."""
        return self.key, self.point.name


class Plan:
    """The runs of a design, under the version of the program that runs now."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.points = {point.name: point for point in design.points}

    @cached_property
    def lives(self) -> dict[str, str]:
        """What a run of each point depends on, but for seed and days."""
        return {p.name: life_of(p.spec, p.baseline, self.design.size, version().code) for p in self.design.points}

    def key(self, point: str, seed: int, days: int | None = None) -> str:
        """The name of a run."""
        return key_of(self.lives[point], seed, days or self.design.days)

    def world(self, point: str, seed: int) -> str:
        """The name under which the last day of a run is kept."""
        return world_of(self.lives[point], seed)

    def wanted(self, seeds: Iterable[int]) -> list[Wanted]:
        """The runs of these seeds: every point of the first seed, then of the second, and so on."""
        return [Wanted(self.key(name, seed), point, seed) for seed in seeds for name, point in self.points.items()]

    @cached_property
    def together(self) -> list[list[Point]]:
        """The points, those with a common day 0 together, no more than one job of one seed holds."""
        by_baseline: dict[str, tuple[Spec, list[Point]]] = {}
        for point in self.points.values():
            by_baseline.setdefault(point.baseline.model_dump_json(), (point.baseline, []))[1].append(point)
        most = RUNS_OF_A_JOB[self.design.size.partition(":")[0]]
        return [
            points[first : first + most] for _, points in by_baseline.values() for first in range(0, len(points), most)
        ]

    def bundles(self, seeds: Iterable[int], shard: tuple[int, int] = (1, 1)) -> Iterator[list[Wanted]]:
        """The runs of these seeds as they are handed out, or those of one shard (number, of how many) of them."""
        number, of = shard
        for place, seed in enumerate(seeds):
            for chunk, points in enumerate(self.together):
                if (place * len(self.together) + chunk) % of == number - 1:
                    yield [Wanted(self.key(point.name, seed), point, seed) for point in points]


def seeds_allowed(design: Design) -> tuple[int, ...]:
    """The seeds a batch may come to need: those asked for, and where a precision is asked for, more after the last."""
    if design.precision is None or design.precision.most_seeds <= len(design.seeds):
        return design.seeds
    first = max(design.seeds) + 1
    return (*design.seeds, *range(first, first + design.precision.most_seeds - len(design.seeds)))
