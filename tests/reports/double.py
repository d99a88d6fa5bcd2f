"""Results of a batch that nobody ran: the interface of `linli.experiments.batches.results`, with made-up numbers."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from linli import scenarios
from linli.experiments.declared import OUTCOMES
from linli.experiments.groups import ALL_OUTCOMES, GROUPINGS
from linli.experiments.provenance import code_stamp
from linli.experiments.series import SERIES

PAY, CROWDING = "incentives.points_per_hour", "participation.crowding"


class Factor(NamedTuple):
    parameter: str
    unit: str
    values: tuple = ()
    low: float = 0.0
    high: float = 0.0


class Point(NamedTuple):
    name: str
    scenario: str
    number: int
    values: dict
    spec: Any
    baseline: Any


class Results:
    """What a batch of some points and seeds might have found; `mean` gives an outcome from its settings."""

    def __init__(self, folder: Path, points: list[Point], factors: tuple[Factor, ...] = (), seeds=range(1, 9),
                 lost: int = 0):  # fmt: skip
        self.folder, self.lost = folder, lost
        loaded = {p.scenario: scenarios.load(p.scenario) for p in points}
        arms = tuple(SimpleNamespace(name=n, question=s.question, question_zh=s.question_zh) for n, s in loaded.items())
        self.seeds = tuple(seeds)
        self.design = SimpleNamespace(
            arms=arms, outcomes=(),
            path=folder / "design.toml", text="", name="pay", question="How much pay do volunteers need?",
            size="micro_grid", days=84, seeds=tuple(seeds), tables=("weekly", "groups"), keep_world=False,
            points=tuple(points), factors=factors, precision=None,
        )  # fmt: skip
        self.about = {"linli": "0.1.0", "code": code_stamp(), "time": "2026-01-02T03:04:05+00:00", "versions": {}}

    def rows(self) -> list[dict]:
        """One row a run: its labels."""
        return [
            {"key": f"{k:04d}{seed:04d}", "point": p.name, "scenario": p.scenario, "number": p.number, "seed": seed,
             "size": "micro_grid", "days": 84, **p.values}
            for seed in self.design.seeds
            for k, p in enumerate(self.design.points)
        ][: len(self.design.points) * len(self.design.seeds) - self.lost]  # fmt: skip

    @property
    def n_runs(self) -> int:
        return len(self.rows())

    def numbers(self, row: dict, n: int, purpose: int) -> np.ndarray:
        """Luck of this seed, shared by all points, and a little of their own."""
        shared = np.random.default_rng((row["seed"], purpose)).normal(size=n)
        own = np.random.default_rng((row["seed"], row["number"], len(row["scenario"]), purpose)).normal(size=n)
        effect = np.tanh(row.get(PAY, 0) / 500) - row.get(CROWDING, 0.0) + 0.4 * (row["scenario"] != "baseline")
        return 10.0 + 2.0 * effect + shared + 0.2 * own

    def runs(self) -> pd.DataFrame:
        rows = self.rows()
        names = list(OUTCOMES)
        return pd.DataFrame([row | dict(zip(names, self.numbers(row, len(names), 1))) for row in rows])

    def weekly(self) -> pd.DataFrame:
        table = []
        for row in self.rows():
            values = np.abs(self.numbers(row, 12 * len(SERIES), 2)).reshape(12, -1)
            table += [
                {"key": row["key"], "point": row["point"], "seed": row["seed"], "day": 7 * week + 6,
                 **dict(zip(SERIES, values[week]))}
                for week in range(12)
            ]  # fmt: skip
        return pd.DataFrame(table)

    def groups(self) -> pd.DataFrame:
        table = []
        for row in self.rows():
            for grouping, about in GROUPINGS.items():
                for k, group in enumerate(map(str, about.groups.values())):
                    values = self.numbers(row, len(ALL_OUTCOMES), 3 + k)
                    head = {"key": row["key"], "point": row["point"], "seed": row["seed"]}
                    table.append({**head, "grouping": grouping, "group": group, "n": 40, **dict(zip(ALL_OUTCOMES, values))})
        return pd.DataFrame(table)

    def failures(self) -> pd.DataFrame:
        lost = [{"point": self.design.points[-1].name, "seed": s, "error": "RuntimeError: the well is dry"}
                for s in range(self.lost)]  # fmt: skip
        return pd.DataFrame(lost, columns=["point", "seed", "error"])


def point(name: str, scenario: str = "baseline", number: int = 0, **values) -> Point:
    """A point with these settings (section__name = value)."""
    loaded = scenarios.load(scenario)
    settings = {key.replace("__", "."): value for key, value in values.items()}
    spec = loaded.spec
    for key, value in settings.items():
        section, parameter = key.split(".")
        spec = spec.changed(**{section: {parameter: value}})
    return Point(name, scenario, number, settings, spec, loaded.baseline)


def scenarios_compared(folder: Path) -> Results:
    """Three scenarios, no factor."""
    return Results(folder, [point(name, name) for name in ("baseline", "five_yuan", "cadre")])


def one_factor(folder: Path, lost: int = 0) -> Results:
    """Two scenarios at four levels of pay: eight points."""
    points = [
        point(f"{name}-{k:04d}", name, k, incentives__points_per_hour=pay)
        for name in ("five_yuan", "five_yuan_cadre")
        for k, pay in enumerate((0, 100, 500, 2000))
    ]
    return Results(folder, points, (Factor(PAY, "points per hour", (0, 100, 500, 2000)),), lost=lost)


def sampled(folder: Path, n: int = 24) -> Results:
    """Many points in two factors, as a Latin hypercube has them."""
    rng = np.random.default_rng(4)
    pay, crowding = rng.permutation(n), rng.permutation(n)
    points = [
        point(f"five_yuan-{k:04d}", "five_yuan", k, incentives__points_per_hour=int(2000 * pay[k] / n),
              participation__crowding=float(0.6 * crowding[k] / n))
        for k in range(n)
    ]  # fmt: skip
    factors = (Factor(PAY, "points per hour", (), 0, 2000), Factor(CROWDING, "0 to 1", (), 0.0, 0.6))
    return Results(folder, points, factors)
