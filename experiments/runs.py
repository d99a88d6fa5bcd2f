"""The two experiments of this version as Python calls: one run, and a paired comparison of scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import scenarios as shelf
from ..model import world as worlds
from ..model.places import size_of
from ..model.running import day_zero, run
from ..model.world import World
from ..words import message
from . import tables
from .comparing_groups import group_records
from .compiling import compile_if_stale
from .groups import by_group, in_words
from .inference.comparing import LEVEL as LEVEL
from .inference.comparing import Compared, audit, compared, summary
from .inference.contrasts import Contrast
from .outcomes import OUTCOMES, outcomes, years_of
from .pool import Job, Result, check_workers, run_jobs, workers_for
from .provenance import Refusal, claim, provenance, write
from .series import SERIES, weekly
from .statistics import Interval

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

MOST_DAYS = 7_300


def in_silence(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def checked(size: str, days: int, seed: int) -> None:
    """Raises Refusal, in one sentence, for a size, a number of days or a seed that cannot be."""
    try:
        size_of(size)
    except ValueError as error:
        raise Refusal(*error.args) from None
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(message("days is {days}; allowed are whole numbers from 1 to {most}", days=days, most=MOST_DAYS))
    if not 0 <= seed < 2**63:
        raise Refusal(message("seed is {seed}; allowed are whole numbers from 0 to 2^63 - 1", seed=seed))


def checked_runs(size: str, days: int, seed: int, runs: int, workers: int | None) -> None:
    """The same for a comparison: also the last of its seeds, the number of runs and of workers."""
    checked(size, days, seed)
    if not 2 <= runs <= 100_000:
        raise Refusal(message("runs is {runs}; allowed are whole numbers from 2 to 100000", runs=runs))
    checked(size, days, seed + runs - 1)
    check_workers(workers)


def opened(scenario: Any) -> Any:
    """The scenario itself, or the one of this name or path. Raises ScenarioError."""
    return shelf.load(scenario) if isinstance(scenario, str | Path) else scenario


@dataclass(frozen=True)
class Run:
    """One neighbourhood under one scenario, with one seed."""

    scenario: Any
    size: str
    days: int
    seed: int
    world: World
    about: dict[str, Any] = field(repr=False)

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """One tidy record an outcome and year; a last year of less than 365 days is a year too."""
        return [
            {"year": number, "first_day": period.first, "last_day": period.last, "outcome": name,
             "unit": OUTCOMES[name].unit, "value": value, "meaning": OUTCOMES[name].meaning}
            for number, period in enumerate(years_of(self.world), 1)
            for name, value in outcomes(self.world, self.scenario.spec, period).items()
        ]  # fmt: skip

    def yearly(self) -> pd.DataFrame:
        """The outcomes of each year as a tidy DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.records)

    @cached_property
    def group_records(self) -> list[dict[str, Any]]:
        """One tidy record a grouping, group and outcome, over all recorded days."""
        return in_words(by_group(self.world))

    def groups(self) -> pd.DataFrame:
        """The outcomes by group as a tidy DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.group_records)

    def figures(self, lang: str = "en") -> dict[str, Figure]:
        """The figures by name: participation, issues and meetings over time."""
        from . import figures, style

        with style.drawing(lang) as lang:
            return {
                "participation": figures.participation_of_run(weekly(self.world), lang),
                "issues": figures.issues_of_run(weekly(self.world), lang),
                "meetings": figures.meetings_of_run(worlds.table(self.world, "meetings"), self.days, lang),
            }

    def write(self, folder: str | Path, *, force: bool = False, lang: str = "en") -> list[Path]:
        """Write tables, figures and provenance. Raises Refusal over another run's results, OSError."""
        folder = claim(Path(folder), self.about, force)
        weekly_of = weekly(self.world)
        head = {"scenario": self.scenario.name, "size": self.size, "seed": str(self.seed)}
        written = [
            tables.write_csv(folder / "yearly.csv", self.records),
            tables.write_csv(folder / "groups.csv", self.group_records),
        ]
        series = [tables.Column("day", weekly_of["day"], "day", "last day of the week")] + [
            tables.Column(name, weekly_of[name], s.unit, s.label) for name, s in SERIES.items()
        ]
        written.append(tables.write_parquet(folder / "weekly.parquet", series, head))
        for file, table in (("daily", "days"), ("months", "months"), ("issues", "issues"), ("meetings", "meetings")):
            columns = tables.recorded_columns(self.world, table)
            written.append(tables.write_parquet(folder / f"{file}.parquet", columns, head))
        return [*written, *draw_all(folder, self.figures(lang), lang), folder / "provenance.json"]


def run_scenario(
    scenario: Any, *, size: str = "community", days: int = 365, seed: int = 1, progress: Progress = in_silence
) -> Run:
    """Run one scenario (a name, a file, or one loaded) in one neighbourhood.

    Raises ScenarioError for a scenario that cannot be, Refusal for a size or number that cannot be.
    """
    checked(size, days, seed)
    scenario = opened(scenario)
    about = provenance("run", [scenario], size=size, days=days, seed=seed)
    progress("burning in", 0, days)
    compile_if_stale()
    world = day_zero(scenario.baseline, size, seed)
    for day in range(0, days, 30):
        progress("living", day, days)
        world = run(world, scenario.spec, min(30, days - day))
    progress("living", days, days)
    return Run(scenario, size, days, seed, world, about)


@dataclass(frozen=True)
class Comparison:
    """Paired runs of several scenarios; differences are to the first."""

    scenarios: tuple[Any, ...]
    size: str
    days: int
    seeds: tuple[int, ...]
    results: tuple[Result, ...]
    interrupted: bool
    about: dict[str, Any] = field(repr=False)

    @property
    def names(self) -> list[str]:
        """The scenarios' names, the one compared with first."""
        return [scenario.name for scenario in self.scenarios]

    @property
    def failures(self) -> list[Result]:
        """The runs that raised."""
        return [result for result in self.results if result.error]

    @cached_property
    def good(self) -> dict[tuple[str, int], Result]:
        """The runs that did not, by scenario and seed."""
        return {(result.scenario, result.seed): result for result in self.results if not result.error}

    def values(self, scenario: str, outcome: str) -> np.ndarray[Any, Any]:
        """An outcome of a scenario, seed by seed; not-a-number where there is none."""
        runs = (self.good.get((scenario, seed)) for seed in self.seeds)
        return np.array([run.outcomes[outcome] if run else math.nan for run in runs])

    @cached_property
    def compared(self) -> Compared[str]:
        """Every outcome of every scenario, with its paired difference to the first."""
        return compared(self.names, list(OUTCOMES), self.values)

    def difference(self, scenario: str, outcome: str) -> Interval:
        """The paired difference of a scenario to the first, with the interval to quote (see `compared`)."""
        return self.compared.difference(scenario, outcome)

    def contrast(self, scenario: str, outcome: str) -> Contrast:
        """The same with everything that is known of it."""
        return self.compared.contrast(scenario, outcome)

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """One tidy record an outcome and scenario: mean, and paired difference to the first."""
        return summary(self.compared)

    @cached_property
    def audit_records(self) -> list[dict[str, Any]]:
        """One tidy record an outcome and other scenario: how alike the runs of a pair are, and the runs that saved."""
        return audit(self.compared)

    def group_values(self, scenario: str, key: tuple[str, str, str]) -> np.ndarray[Any, Any]:
        """An outcome of a group (grouping, group, outcome) under a scenario, seed by seed."""
        runs = (self.good.get((scenario, seed)) for seed in self.seeds)
        return np.array([run.groups[key] if run else math.nan for run in runs])

    @cached_property
    def groups_compared(self) -> Compared[tuple[str, str, str]]:
        """Every outcome of every group, likewise."""
        return compared(self.names, list(next(iter(self.good.values())).groups), self.group_values)

    @cached_property
    def group_records(self) -> list[dict[str, Any]]:
        """One tidy record a grouping, group, outcome and scenario: mean, and paired difference to the first."""
        return group_records(self.groups_compared) if self.good else []

    def groups(self) -> pd.DataFrame:
        """The comparison by group as a tidy DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.group_records)

    @cached_property
    def run_records(self) -> list[dict[str, Any]]:
        """One record a run and outcome."""
        return [
            {"scenario": run.scenario, "seed": run.seed, "outcome": name, "unit": OUTCOMES[name].unit, "value": value}
            for run in self.good.values()
            for name, value in run.outcomes.items()
        ]

    @cached_property
    def weekly_records(self) -> list[dict[str, Any]]:
        """One record a run, series and week."""
        return [
            {"scenario": run.scenario, "seed": run.seed, "series": name, "day": int(day), "value": float(value)}
            for run in self.good.values()
            for name in SERIES
            for day, value in zip(run.weekly["day"], run.weekly[name], strict=True)
        ]

    def summary(self) -> pd.DataFrame:
        """The comparison as a tidy DataFrame: one row an outcome and scenario."""
        import pandas as pd

        return pd.DataFrame(self.records)

    def audit(self) -> pd.DataFrame:
        """What sharing luck was worth, as a tidy DataFrame: one row an outcome and other scenario."""
        import pandas as pd

        return pd.DataFrame(self.audit_records)

    def runs(self) -> pd.DataFrame:
        """Every run as a tidy DataFrame: one row a run and outcome."""
        import pandas as pd

        return pd.DataFrame(self.run_records)

    def weekly(self) -> pd.DataFrame:
        """The weekly series of every run as a tidy DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.weekly_records)

    def series(self, scenario: str, name: str) -> np.ndarray[Any, Any]:
        """A weekly series of a scenario: runs × weeks."""
        return np.array([run.weekly[name] for run in self.good.values() if run.scenario == scenario])

    def figures(self, lang: str = "en") -> dict[str, Figure]:
        """The figures by name: differences, and participation and issues over time."""
        from . import figures, style

        with style.drawing(lang) as lang:
            return {
                "differences": figures.differences(self, lang),
                "participation": figures.participation_compared(self, lang),
                "issues": figures.issues_compared(self, lang),
            }

    def write(self, folder: str | Path, *, force: bool = False, lang: str = "en") -> list[Path]:
        """Write tables, figures and provenance. Raises Refusal over another run's results, OSError."""
        folder = claim(Path(folder), self.about, force)
        write(folder, self.about | {"runs_done": len(self.good), "runs_failed": len(self.failures),
                                    "interrupted": self.interrupted})  # fmt: skip
        written = [*write_failures(folder, self.failures), folder / "provenance.json"]
        if not self.good:
            return written
        written += [
            tables.write_csv(folder / "compare.csv", self.records),
            tables.write_csv(folder / "audit.csv", self.audit_records),
            tables.write_csv(folder / "groups.csv", self.group_records),
            tables.write_parquet(folder / "runs.parquet", tables.columns_from(self.run_records, MEANINGS)),
            tables.write_parquet(folder / "weekly.parquet", tables.columns_from(self.weekly_records, WEEKLY_MEANINGS)),
        ]
        return written + draw_all(folder, self.figures(lang), lang)


MEANINGS = {
    "scenario": ("name", "scenario that was run"),
    "seed": ("key", "seed of all luck"),
    "outcome": ("name", "outcome, as declared in linli.experiments.OUTCOMES"),
    "unit": ("name", "unit of the value"),
    "value": ("as in the column unit", "value of the outcome over the recorded days; empty where it has no meaning"),
}

WEEKLY_MEANINGS = {
    "scenario": ("name", "scenario that was run"),
    "seed": ("key", "seed of all luck"),
    "series": ("name", "; ".join(f"{name}: {s.label} ({s.unit})" for name, s in SERIES.items())),
    "day": ("day", "last day of the week"),
    "value": ("as the series", "value of the series in or at the end of the week"),
}


def compare(
    scenarios: Iterable[Any],
    *,
    runs: int = 30,
    size: str = "community",
    days: int = 365,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress = in_silence,
) -> Comparison:
    """Run scenarios (names, files, or loaded ones) on the same seeds and compare them with the first.

    A run that raises is recorded among the `failures`. Ctrl-C ends the comparison with what is done.
    Raises ScenarioError, and Refusal for scenarios or numbers that cannot be compared.
    """
    chosen = comparable([opened(scenario) for scenario in scenarios])
    checked_runs(size, days, seed, runs, workers)
    about = provenance("compare", chosen, size=size, days=days, seed=seed, runs=runs)
    pairs = tuple((scenario.name, scenario.spec) for scenario in chosen)
    seeds = tuple(range(seed, seed + runs))
    jobs = [Job(each, size, days, chosen[0].baseline, pairs) for each in seeds]
    results, interrupted = gathered(jobs, workers_for(runs, workers), progress)
    order = {name: place for place, (name, _) in enumerate(pairs)}
    results.sort(key=lambda result: (order[result.scenario], result.seed))
    return Comparison(tuple(chosen), size, days, seeds, tuple(results), interrupted, about)


def gathered(jobs: list[Job], n_workers: int, progress: Progress) -> tuple[list[Result], bool]:
    """All results there are, and whether Ctrl-C cut them short."""
    results: list[Result] = []
    progress("comparing", 0, len(jobs))
    work = run_jobs(jobs, n_workers)
    try:
        for n, found in enumerate(work, 1):
            results += found
            progress("comparing", n, len(jobs))
    except KeyboardInterrupt:
        work.close()  # type: ignore[attr-defined]
        return results, True
    return results, False


def comparable(chosen: Sequence[Any]) -> list[Any]:
    """The scenarios, if they can be compared. Raises Refusal, in one sentence, if not."""
    names = [scenario.name for scenario in chosen]
    if len(names) < 2:
        raise Refusal(message("a comparison needs at least two scenarios"))
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise Refusal(message("the scenario name {name!r} occurs twice; each may be compared once", name=twice[0]))
    for scenario in chosen[1:]:
        if scenario.baseline != chosen[0].baseline:
            raise Refusal(message(
                "{first} and {other} do not grow from the same baseline, so their runs cannot be paired",
                first=names[0], other=scenario.name,
            ))  # fmt: skip
    return list(chosen)


def write_failures(folder: Path, failures: list[Result]) -> list[Path]:
    """The list of failed runs; one that an earlier attempt left is removed."""
    path = folder / "failures.csv"
    path.unlink(missing_ok=True)
    if not failures:
        return []
    records = [{"scenario": f.scenario, "seed": f.seed, "error": f.error, "traceback": f.traceback} for f in failures]
    return [tables.write_csv(path, records)]


def draw_all(folder: Path, figures: dict[str, Figure], lang: str) -> list[Path]:
    """Write every figure as PNG and SVG."""
    from . import style

    return [path for name, figure in figures.items() for path in style.save(figure, folder / name, lang)]
