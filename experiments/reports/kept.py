"""Results read back from a directory, whatever command wrote them: what a report is made from."""

from __future__ import annotations

import csv
import json
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from ..groups import in_words
from ..provenance import FILE, Refusal
from ..statistics import Interval, interval_of

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95
BATCH = ("design.toml", "ledger.jsonl")
"""Files by which a batch is known."""


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


class BatchResults(Protocol):
    """What a report asks of the results of a batch (`linli.experiments.batches.results.Results`)."""

    folder: Path
    design: Any
    about: dict[str, Any]

    def runs(self) -> pd.DataFrame:
        """One row a run: point, scenario, seed, columns of factors, one column an outcome."""
        ...

    def weekly(self) -> pd.DataFrame:
        """One row a run, series and week; empty if it was not recorded."""
        ...

    def groups(self) -> pd.DataFrame:
        """One row a run, grouping, group and outcome; empty if it was not recorded."""
        ...

    def failures(self) -> pd.DataFrame:
        """One row a failed run."""
        ...


@dataclass(frozen=True)
class Kept:
    """Results from a directory. Of a single run or picture, the tables are in `files` only."""

    folder: Path
    kind: str
    """run, compare, batch, or figure."""
    about: dict[str, Any] = field(repr=False)
    question: str
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
    group_records: list[dict[str, Any]] = field(default_factory=list, repr=False)
    failures: list[dict[str, Any]] = field(default_factory=list, repr=False)

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

    def difference(self, name: str, outcome: str) -> Interval:
        """The paired difference to the first, with its t interval."""
        return interval_of(self.values(name, outcome) - self.values(self.names[0], outcome), LEVEL)

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


def kept_in(folder: str | Path) -> Kept:
    """The results of a directory. Raises Refusal, in one sentence, if there are none that can be read."""
    folder = Path(folder)
    if not folder.is_dir():
        raise Refusal(f"{folder} is no directory; name one that run, compare, figure or batch has written")
    if any((folder / name).exists() for name in BATCH):
        return of_batch(opened_batch(folder))
    about = provenance_of(folder)
    command = str(about["command"]).split()[0]
    readers = {"compare": of_compare, "run": of_run, "figure": of_run}
    if command not in readers:
        raise Refusal(f"{folder / FILE}: the command is {command!r}; allowed are run, compare, figure and batch")
    return readers[command](folder, about)


def provenance_of(folder: Path) -> dict[str, Any]:
    """The provenance of a directory. Raises Refusal where it is missing or broken."""
    path = folder / FILE
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        about["command"], about["scenarios"], about["baseline"]
    except OSError:
        raise Refusal(f"{folder} holds no results: there is no {FILE} in it") from None
    except (ValueError, KeyError, TypeError):
        raise Refusal(f"{path} is not what this program writes; run the command of these results again") from None
    found: dict[str, Any] = about
    return found


def opened_batch(folder: Path) -> BatchResults:
    """The results of a batch."""
    from importlib import import_module

    found: BatchResults = import_module("..batches.results", __package__).open_results(folder)
    return found


def asked(about: dict[str, Any]) -> tuple[Asked, ...]:
    """The scenarios that a provenance names."""
    return tuple(
        Asked(s["name"], s["question"], in_chinese(s.get("text", "")), s["parameters"]) for s in about["scenarios"]
    )


def in_chinese(text: str) -> str:
    """The Chinese question of a scenario file's text; empty if there is none."""
    try:
        return str(tomllib.loads(text).get("question_zh", ""))
    except tomllib.TOMLDecodeError:
        return ""


def read_parquet(path: Path) -> pd.DataFrame:
    """A table. Raises Refusal for one that is missing or broken."""
    import pandas as pd

    try:
        return pd.read_parquet(path)
    except FileNotFoundError:
        raise Refusal(f"{path} is missing; run the command of these results again") from None
    except Exception as error:  # whatever pyarrow finds wrong with a file
        raise Refusal(f"{path} cannot be read ({' '.join(str(error).split())[:100]})") from None


def read_csv(path: Path) -> list[dict[str, Any]]:
    """Tidy records; numbers become numbers, an empty cell of a number not-a-number. Empty where there is no file."""
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return [{name: as_number(name, cell) for name, cell in row.items()} for row in csv.DictReader(file)]


NUMBERS = {"runs", "of_runs", "pairs", "mean", "difference", "low_95", "high_95", "value", "n", "year", "first_day",
           "last_day", "seed", "yuan_per_hour"}  # fmt: skip
"""Columns of our CSV files that hold numbers."""


def as_number(name: str, cell: str) -> Any:
    """A cell as what it is."""
    if name not in NUMBERS:
        return cell
    if cell == "":
        return math.nan
    return int(cell) if cell.lstrip("-").isdigit() else float(cell)


def of_compare(folder: Path, about: dict[str, Any]) -> Kept:
    """What `linli compare` wrote."""
    scenarios = asked(about)
    common: dict[str, Any] = {
        "folder": folder, "kind": "compare", "about": about, "question": "", "scenarios": scenarios,
        "baseline": about["baseline"], "seeds": tuple(range(about["seed"], about["seed"] + about["runs"])),
        "failures": read_csv(folder / "failures.csv"),
    }  # fmt: skip
    if not (folder / "runs.parquet").exists() and about.get("runs_done") == 0:
        return Kept(**common)
    runs = read_parquet(folder / "runs.parquet")
    wide = runs.pivot(index=["scenario", "seed"], columns="outcome", values="value").reset_index()
    weekly = read_parquet(folder / "weekly.parquet").rename(columns={"scenario": "name"})
    names = [scenario.name for scenario in scenarios]
    return Kept(**common, names=names, wide=wide.assign(name=wide["scenario"]), weekly=weekly,
                group_records=read_csv(folder / "groups.csv"))  # fmt: skip


def of_run(folder: Path, about: dict[str, Any]) -> Kept:
    """What `linli run` or `linli figure` wrote."""
    first = int(about["seed"])
    return Kept(folder, str(about["command"]).split()[0], about, "", asked(about), about["baseline"],
                tuple(range(first, first + int(about.get("runs", 1)))),
                failures=read_csv(folder / "failures.csv"))  # fmt: skip


def of_batch(results: BatchResults) -> Kept:
    """What `linli batch` wrote."""
    design, runs = results.design, results.runs()
    names = list(dict.fromkeys(point.name for point in design.points))
    scenarios = {point.scenario: point for point in reversed(design.points)}
    order = dict.fromkeys(point.scenario for point in design.points)
    kept = [Asked(name, "", "", scenarios[name].spec.model_dump(mode="json")) for name in order]
    factors = tuple(
        Factor(f.parameter, f.unit, tuple(dict.fromkeys(p.values[f.parameter] for p in design.points)))
        for f in design.factors
    )
    weekly, groups = results.weekly(), results.groups()
    about = {"size": design.size, "days": design.days, "command": "batch", **results.about}
    return Kept(
        results.folder, "batch", about, design.question, tuple(kept),
        design.points[0].baseline.model_dump(mode="json"), tuple(design.seeds), names, factors,
        runs.assign(name=runs["point"]), None if weekly is None or not len(weekly) else weekly.assign(name=weekly["point"]),
        [] if groups is None or not len(groups) else groups_of_batch(groups, names, tuple(design.seeds)),
        results.failures().to_dict("records"),
    )  # fmt: skip


def groups_of_batch(groups: pd.DataFrame, names: Sequence[str], seeds: Sequence[int]) -> list[dict[str, Any]]:
    """The records by group, as a comparison has them, from values run by run."""
    records = []
    for (grouping, group, outcome), rows in groups.groupby(["grouping", "group", "outcome"], sort=False):
        table = rows.pivot(index="seed", columns="point", values="value").reindex(index=list(seeds), columns=list(names))
        first = table[names[0]].to_numpy(float)
        for name in names:
            values = table[name].to_numpy(float)
            alone, other = interval_of(values, LEVEL), name != names[0]
            apart = interval_of(values - first, LEVEL) if other else Interval(0, math.nan, math.nan, math.nan)
            records.append({
                "grouping": grouping, "group": group, "outcome": outcome, "scenario": name, "runs": alone.n,
                "mean": alone.mean, "compared_with": names[0] if other else "", "pairs": apart.n,
                "difference": apart.mean, "low_95": apart.low, "high_95": apart.high,
            })  # fmt: skip
    return in_words(records)
