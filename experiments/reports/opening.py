"""Results read back from a directory, whatever command wrote them."""

from __future__ import annotations

import csv
import json
import math
import textwrap
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ...words import listed, message
from ..comparing_groups import from_runs
from ..groups import ALL_OUTCOMES
from ..inference.comparing import NOTHING_COMPARED
from ..provenance import FILE, Refusal
from ..series import SERIES
from .kept import MOST_COMPARED, Asked, Factor, Kept

if TYPE_CHECKING:
    import pandas as pd

GROUP_LABELS = ("seed", "grouping", "group")
"""What tells the rows of a table of groups apart, beside the point."""
BATCH = ("design.toml", "ledger.jsonl")
"""Files by which a batch is known."""


class BatchResults(Protocol):
    """What a report asks of the results of a batch (`linli.experiments.batches.results.Results`)."""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        ...

    @property
    def design(self) -> Any:
        """What was asked."""
        ...

    @property
    def about(self) -> dict[str, Any]:
        """Where they come from."""
        ...

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of which there is a run."""
        ...

    @property
    def n_runs(self) -> int:
        """How many runs there are."""
        ...

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


def opened(results: Any) -> Kept:
    """The results of a directory, or of the `Results` of a batch. Raises Refusal, as `kept_in` does."""
    return kept_in(results) if isinstance(results, str | Path) else of_batch(results)


def kept_in(folder: str | Path) -> Kept:
    """The results of a directory. Raises Refusal, in one sentence, if there are none that can be read."""
    folder = Path(folder)
    if not folder.is_dir():
        raise Refusal(message(
            "{folder} is no directory; name one that run, compare, diff, figure or batch has written", folder=folder,
        ))  # fmt: skip
    if any((folder / name).exists() for name in BATCH):
        return of_batch(opened_batch(folder))
    about = provenance_of(folder)
    try:
        return READERS[str(about["command"]).split()[0]](folder, about)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, Refusal):
            raise
        raise Refusal(message(
            "{folder} holds a file that this program did not write so ({said}); {again}",
            folder=folder, said=said_by(error), again=AGAIN,
        )) from None  # fmt: skip


AGAIN = message("run the command of these results again")


def said_by(error: Exception) -> str:
    """What an error says, on one short line."""
    return textwrap.shorten(f"{type(error).__name__}: {error}", 120, placeholder="…")


def provenance_of(folder: Path) -> dict[str, Any]:
    """The provenance of a directory. Raises Refusal where it is missing or broken."""
    path = folder / FILE
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        missing = [name for name in ("command", "scenarios", "baseline", "size", "days", "seed") if name not in about]
        command = str(about["command"]).split()[0] if "command" in about else ""
    except (FileNotFoundError, NotADirectoryError):
        raise Refusal(message(
            "{folder} holds no results: there is no {file} in it", folder=folder, file=FILE,
        )) from None  # fmt: skip
    except (ValueError, TypeError, IndexError) as error:
        raise Refusal(message(
            "{path} is damaged ({said}); {again}", path=path, said=said_by(error), again=AGAIN,
        )) from None  # fmt: skip
    if missing:
        raise Refusal(message(
            "{path} is not what this program writes: it has no {name!r}; {again}",
            path=path, name=missing[0], again=AGAIN,
        ))  # fmt: skip
    if command not in READERS:
        raise Refusal(message(
            "{path}: the command is {command!r}; allowed are {allowed} and batch",
            path=path, command=command, allowed=listed(READERS),
        ))  # fmt: skip
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


def read_parquet(path: Path, *columns: str) -> pd.DataFrame:
    """A table. Raises Refusal for one that is missing or broken, or has not these columns."""
    import pandas as pd

    try:
        found = pd.read_parquet(path)
    except FileNotFoundError:
        raise Refusal(message("{path} is missing; {again}", path=path, again=AGAIN)) from None
    except Exception as error:  # whatever pyarrow finds wrong with a file
        raise Refusal(message(
            "{path} is damaged ({said}); {again}", path=path, said=said_by(error), again=AGAIN,
        )) from None  # fmt: skip
    refuse_without(path, columns, list(found.columns))
    return found


def refuse_without(path: Path, wanted: Sequence[str], there: Sequence[str]) -> None:
    """Raises Refusal for a table in which a column is missing."""
    for name in wanted:
        if name not in there:
            raise Refusal(message(
                "{path} is damaged: it has no column {name!r}; {again}", path=path, name=name, again=AGAIN,
            ))  # fmt: skip


def read_csv(path: Path, *columns: str) -> list[dict[str, Any]]:
    """Tidy records; numbers become numbers, an empty cell of a number not-a-number. Empty where there is no file.

    Raises Refusal for a broken file, or one that has not these columns.
    """
    if not path.exists():
        return []
    try:
        with open(path, newline="", encoding="utf-8") as file:
            table = csv.DictReader(file)
            found = [{name: as_number(name, cell) for name, cell in row.items()} for row in table]
    except (ValueError, TypeError, AttributeError, csv.Error) as error:
        raise Refusal(message(
            "{path} is damaged ({said}); {again}", path=path, said=said_by(error), again=AGAIN,
        )) from None  # fmt: skip
    refuse_without(path, columns, table.fieldnames or ())
    return found


NUMBERS = {"runs", "of_runs", "mean", "value", "n", "year", "first_day", "last_day", "seed", "yuan_per_hour",
           *(name for name, nothing in NOTHING_COMPARED.items() if nothing != "")}  # fmt: skip
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
        "failures": read_csv(folder / "failures.csv", "scenario", "seed", "error"),
    }  # fmt: skip
    if not (folder / "runs.parquet").exists() and about.get("runs_done") == 0:
        return Kept(**common)
    runs = read_parquet(folder / "runs.parquet", "scenario", "seed", "outcome", "value")
    wide = runs.pivot(index=["scenario", "seed"], columns="outcome", values="value").reset_index()
    weekly = read_parquet(folder / "weekly.parquet", "scenario", "seed", "series", "day", "value")
    columns = ("grouping", "group", "outcome", "scenario", "pairs", "difference", "low_95", "high_95")
    groups = read_csv(folder / "groups.csv", *columns)
    return Kept(**common, names=[scenario.name for scenario in scenarios], wide=wide.assign(name=wide["scenario"]),
                weekly=weekly.rename(columns={"scenario": "name"}), group_records=groups)  # fmt: skip


def of_run(folder: Path, about: dict[str, Any]) -> Kept:
    """What `linli run` or `linli figure` wrote."""
    first = int(about["seed"])
    return Kept(folder, str(about["command"]).split()[0], about, "", asked(about), about["baseline"],
                tuple(range(first, first + int(about.get("runs", 1)))),
                failures=read_csv(folder / "failures.csv", "scenario", "seed", "error"))  # fmt: skip


def of_diff(folder: Path, about: dict[str, Any]) -> Kept:
    """What `linli diff` wrote. Raises Refusal where it was stopped before it had results."""
    missing = {"residents", "of_residents", "issues", "happenings", "first_day"} - set(about.get("found", ()))
    if missing:
        raise Refusal(message(
            "{folder} holds no results: linli diff was stopped before there were any; {again}",
            folder=folder, again=AGAIN,
        ))  # fmt: skip
    return of_run(folder, about)


READERS: dict[str, Callable[[Path, dict[str, Any]], Kept]] = {
    "run": of_run, "compare": of_compare, "figure": of_run, "diff": of_diff,
}  # fmt: skip
"""What reads the directory of each command but batch."""


def of_batch(results: BatchResults) -> Kept:
    """What `linli batch` wrote."""
    design = results.design
    names = list(dict.fromkeys(point.name for point in design.points))
    factors = tuple(
        Factor(f.parameter, f.unit, tuple(sorted_settings({p.values[f.parameter] for p in design.points})))
        for f in design.factors
    )
    asked: dict[str, Any] = {
        "folder": results.folder, "kind": "batch", "question": design.question,
        "question_zh": getattr(design, "question_zh", ""), "scenarios": scenarios_of(design),
        "about": {"size": design.size, "days": design.days, **results.about, "command": "batch"},
        "baseline": design.points[0].baseline.model_dump(mode="json"), "names": names, "factors": factors,
        "failures": in_records(results.failures()), "first_outcomes": tuple(getattr(design, "outcomes", ())),
    }  # fmt: skip
    if not results.n_runs:
        return Kept(**asked, seeds=tuple(design.seeds))
    seeds, runs = tuple(results.seeds), results.runs()
    weekly = results.weekly() if "weekly" in design.tables else None
    groups = results.groups() if "groups" in design.tables else None
    found = Kept(
        **asked, seeds=seeds, wide=runs.assign(name=runs["point"]),
        weekly=None if weekly is None else in_long(weekly, "series", list(SERIES), ["seed", "day"]),
        groups=None if groups is None else in_long(groups, "outcome", list(ALL_OUTCOMES), GROUP_LABELS),
    )  # fmt: skip
    found.group_records.extend([] if found.groups is None else groups_of_batch(found))
    return found


def in_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def sorted_settings(settings: set[Any]) -> list[Any]:
    """Settings in order; numbers by size, names by letters."""
    return sorted(settings, key=lambda setting: (isinstance(setting, str), setting))


def scenarios_of(design: Any) -> tuple[Asked, ...]:
    """The scenarios of a design, with their questions."""
    first = {point.scenario: point for point in reversed(design.points)}
    asked = {arm.name: (arm.question, arm.question_zh) for arm in design.arms}
    return tuple(
        Asked(name, *asked.get(name, ("", "")), first[name].spec.model_dump(mode="json"))
        for name in dict.fromkeys(point.scenario for point in design.points)
    )


def in_long(table: pd.DataFrame, what: str, names: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """A table with a column a series (or outcome) as one with a row for each, in the columns `what` and `value`."""
    if what in table:
        return table.assign(name=table["point"])
    there = [name for name in names if name in table]
    return table.melt(["point", *by], there, what, "value").assign(name=lambda found: found["point"])


def groups_of_batch(kept: Kept) -> list[dict[str, Any]]:
    """The records by group, as a comparison has them, from values run by run; of many points, of the first few."""
    return from_runs(kept.groups, kept.names[:MOST_COMPARED] if kept.many else kept.names, kept.seeds)
