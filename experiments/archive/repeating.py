"""Runs of a package done again: which there are, what was written of each, and what comes out now."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...model import world as worlds
from ...model.running import day_zero, run
from ...model.spec import Course, Spec
from ...model.world import World
from ...words import message
from ..batches.measured import measured
from ..batches.part_files import LABELS
from ..batches.plan import Plan
from ..batches.results import open_results
from ..groups import ALL_OUTCOMES, by_group
from ..outcomes import outcomes, years_of
from ..provenance import Refusal
from ..reports.kept import Kept
from ..reports.opening import read_csv, read_parquet
from ..runs import opened
from ..series import SERIES, weekly
from ..tables import parquet, recorded_columns

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from ..batches.design import Design

Numbers = dict[str, Any]
"""What is known of a run: values by what they are."""


class Unit(NamedTuple):
    """One thing that can be done again: its name and seed, what was written of it, and how it is done."""

    name: str
    seed: int
    written: Callable[[], Numbers]
    again: Callable[[], Numbers]


class Towns:
    """Towns at day 0; the last one is kept, as runs of one seed begin with the same."""

    def __init__(self) -> None:
        self.key: tuple[str, str, int] | None = None
        self.world: World | None = None

    def lived(self, baseline: Spec, spec: Spec, size: str, seed: int, days: int) -> World:
        """A town that has lived its days."""
        key = baseline.model_dump_json(), size, seed
        if key != self.key or self.world is None:
            self.key, self.world = key, day_zero(baseline, size, seed)
        return run(worlds.copy(self.world), spec, days)


def units_of(kept: Kept) -> list[Unit]:
    """Everything in these results that can be done again."""
    return {
        "run": units_of_run, "compare": units_of_compare, "batch": units_of_batch, "figure": units_of_picture,
        "diff": units_of_twins,
    }[kept.kind](kept)  # fmt: skip


def spec_of(numbers: dict[str, Any], whose: str) -> Spec:
    """Parameters as they were written. Raises Refusal for ones that cannot be."""
    try:
        return (Course if "changes" in numbers else Spec).model_validate_json(json.dumps(numbers))
    except ValueError as error:
        raise Refusal(message(
            "the parameters of {whose} are not ones of this program ({said})", whose=whose, said=first_line(error),
        )) from None  # fmt: skip


def first_line(error: Exception) -> str:
    """The gist of a validation's error."""
    return ", ".join(line.strip() for line in str(error).splitlines()[1:3])[:160]


def units_of_run(kept: Kept) -> list[Unit]:
    """A single run: years, weeks, groups, and every row of its logs."""
    scenario, towns = kept.scenarios[0], Towns()
    spec, baseline = spec_of(scenario.parameters, scenario.name), spec_of(kept.baseline, message("the baseline"))
    logs = {"daily": "days", "months": "months", "issues": "issues", "meetings": "meetings"}

    def written() -> Numbers:
        found = {f"year {r['year']}, {r['outcome']}": r["value"] for r in read_csv(kept.folder / "yearly.csv")}
        groups = read_csv(kept.folder / "groups.csv")
        found |= {f"{r['grouping']} {r['group']}, {r['outcome']}": r["value"] for r in groups}
        for name in ("weekly", *logs):
            found |= cells(name, read_parquet(kept.folder / f"{name}.parquet"))
        return found

    def again() -> Numbers:
        world = towns.lived(baseline, spec, kept.size, kept.seeds[0], kept.days)
        found: Numbers = {
            f"year {year}, {name}": value
            for year, period in enumerate(years_of(world), 1)
            for name, value in outcomes(world, spec, period).items()
        }
        found |= {f"{r['grouping']} {r['group']}, {r['outcome']}": r["value"] for r in by_group(world)}
        found |= columns("weekly", {name: values for name, values in weekly(world).items() if name in {"day", *SERIES}})
        for name, table in logs.items():
            found |= cells(name, as_read(parquet(recorded_columns(world, table))))
        return found

    return [Unit(scenario.name, kept.seeds[0], written, again)]


def as_read(table: pa.Table) -> pd.DataFrame:
    """A table as it comes back from a file."""
    import io

    import pandas as pd
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(table, file)
    file.seek(0)
    return pd.read_parquet(file)


def cells(name: str, table: pd.DataFrame) -> Numbers:
    """Every cell of a table."""
    return columns(name, {str(column): table[column].tolist() for column in table.columns})


def columns(name: str, table: dict[str, Any]) -> Numbers:
    """Every value of some columns, by table, column and row."""
    found: Numbers = {f"{name}, rows": len(next(iter(table.values()), ()))}
    for column, values in table.items():
        found |= {f"{name} row {row}, {column}": value for row, value in enumerate(values)}
    return found


def units_of_compare(kept: Kept) -> list[Unit]:
    """Paired runs: outcomes and weeks of each."""
    if kept.wide is None:
        return []
    baseline, towns = spec_of(kept.baseline, message("the baseline")), Towns()
    specs = {scenario.name: spec_of(scenario.parameters, scenario.name) for scenario in kept.scenarios}
    there = sorted(zip(kept.wide["seed"], kept.wide["name"], strict=True))
    names = [str(name) for name in kept.wide.columns if name not in ("name", "scenario", "seed")]

    def unit(name: str, seed: int) -> Unit:
        def written() -> Numbers:
            row = kept.wide[(kept.wide["name"] == name) & (kept.wide["seed"] == seed)].iloc[0]
            weeks = kept.weekly[(kept.weekly["name"] == name) & (kept.weekly["seed"] == seed)]
            found: Numbers = {outcome: row[outcome] for outcome in names}
            rows = zip(weeks["series"], weeks["day"], weeks["value"], strict=True)
            return found | {f"{series} in the week to day {day}": value for series, day, value in rows}

        def again() -> Numbers:
            world = towns.lived(baseline, specs[name], kept.size, seed, kept.days)
            weeks = weekly(world)
            found: Numbers = dict(outcomes(world, specs[name]))
            return found | {
                f"{series} in the week to day {day}": float(value)
                for series in SERIES
                for day, value in zip(weeks["day"], weeks[series], strict=True)
            }

        return Unit(name, seed, written, again)

    return [unit(str(name), int(seed)) for seed, name in there]


def units_of_batch(kept: Kept) -> list[Unit]:
    """The runs of a batch, with every table it kept. Raises Refusal where the design leads to other runs."""
    if kept.wide is None:
        return []
    results, towns = open_results(kept.folder), Towns()
    design, points = results.design, {point.name: point for point in results.design.points}
    rows = results.runs()[["key", "point", "seed", "days"]].to_dict("records")
    refuse_other_runs(design, rows)
    tables = {name: getattr(results, name)() for name in dict.fromkeys(("runs", *design.tables))}
    labels = [*LABELS, *(factor.parameter for factor in design.factors)]

    def unit(row: dict[Any, Any]) -> Unit:
        point = points[row["point"]]

        def written() -> Numbers:
            found: Numbers = {}
            for name, table in tables.items():
                mine = table[(table["key"] == row["key"]) & (table["point"] == row["point"])]
                values = mine.drop(columns=labels, errors="ignore")
                found |= of_groups(mine) if name == "groups" else cells(name, values)
            return found

        def again() -> Numbers:
            world = towns.lived(point.baseline, point.spec, design.size, int(row["seed"]), int(row["days"]))
            found: Numbers = {}
            for name, of_table in measured(world, point.spec, design.tables).items():
                table = as_read(parquet(of_table))
                found |= of_groups(in_rows(table)) if name == "groups" else cells(name, table)
            return found

        return Unit(str(row["point"]), int(row["seed"]), written, again)

    return [unit(row) for row in rows]


def in_rows(groups: pd.DataFrame) -> pd.DataFrame:
    """The table of groups with a row for each outcome."""
    there = [name for name in ALL_OUTCOMES if name in groups]
    return groups.melt(["grouping", "group"], there, "outcome", "value")


def of_groups(table: pd.DataFrame) -> Numbers:
    """Outcomes by grouping, group and outcome."""
    names = ("grouping", "group", "outcome", "value")
    rows = zip(*(table[name] for name in names), strict=True)
    return {f"{grouping} {group}, {outcome}": value for grouping, group, outcome, value in rows}


def refuse_other_runs(design: Design, rows: Sequence[dict[Any, Any]]) -> None:
    """Raises Refusal where the names of runs, which are hashes of all they depend on, are not those of the design."""
    plan = Plan(design)
    for row in rows:
        point, seed = str(row["point"]), int(row["seed"])
        key = plan.key(point, seed, int(row["days"])) if point in plan.points else "none"
        if key != row["key"]:
            raise Refusal(message(
                "data/design.toml leads to other runs than lie in the package: that of {point} with seed {seed} "
                "should be called {key} and is called {called}, so one of the two has been changed",
                point=point, seed=seed, key=key, called=row["key"],
            ))  # fmt: skip


def units_of_picture(kept: Kept) -> list[Unit]:
    """A picture that was run for: all its numbers at once."""
    from ..gallery import PICTURES, Asked

    name, *show = str(kept.about["command"]).split()[1:]
    scenario = kept.scenarios[0]
    spec, baseline = spec_of(scenario.parameters, scenario.name), spec_of(kept.baseline, message("the baseline"))
    loaded = replace(opened("baseline"), name=scenario.name, question=scenario.question, spec=spec, baseline=baseline)
    asked = Asked(loaded, kept.size, kept.days, kept.seeds[0], len(kept.seeds), 1, show[0] if show else "issues")

    def written() -> Numbers:
        return dict(as_text(read_csv(kept.folder / f"{name}.csv")))

    def again() -> Numbers:
        return dict(as_text(PICTURES[name](asked).records))

    return [Unit(f"{name} of {scenario.name}", kept.seeds[0], written, again)]


def units_of_twins(kept: Kept) -> list[Unit]:
    """A town lived twice: every table of what went otherwise, all at once."""
    from ..twins.diffing import diff

    given = kept.about["command"].split()[1:]
    pairs = zip(given[::2], given[1::2], strict=True)
    asked: dict[str, Any] = {name.removeprefix("--"): int(value) for name, value in pairs}
    baseline = spec_of(kept.baseline, message("the baseline"))
    a, b = (
        replace(opened("baseline"), name=scenario.name, question=scenario.question, baseline=baseline,
                spec=spec_of(scenario.parameters, scenario.name))
        for scenario in kept.scenarios
    )  # fmt: skip
    names = ("residents", "issues", "happenings", "chains")

    def written() -> Numbers:
        return {f"{name} {where}": cell for name in names
                for where, cell in as_text(read_csv(kept.folder / f"{name}.csv"))}  # fmt: skip

    def again() -> Numbers:
        records = diff(a, b, seed=kept.seeds[0], size=kept.size, days=kept.days, **asked).records
        return {f"{name} {where}": cell for name in names for where, cell in as_text(records[name])}

    return [Unit(f"{a.name} beside {b.name}", kept.seeds[0], written, again)]


def as_text(records: Sequence[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The cells of records as a CSV file has them."""
    for row, record in enumerate(records):
        for column, value in record.items():
            yield f"row {row}, {column}", "" if value is None or value != value else str(value)


def bits(value: Any) -> Any:
    """A value so that equal means the same bits; not-a-number and nothing are one, and so are 3 and 3.0."""
    if value is None or value != value:
        return "nothing"
    if isinstance(value, str):
        return value
    if isinstance(value, int | np.integer | np.bool_) and value:
        return int(value)
    number = float(value)
    return int(number) if number and math.isfinite(number) and number.is_integer() else struct.pack("<d", number)


def differing(written: Numbers, again: Numbers) -> list[tuple[str, Any, Any]]:
    """What is not the same, bit for bit: what it is, as written, and as it comes out now."""
    names = list(dict.fromkeys([*written, *again]))
    return [
        (name, written.get(name), again.get(name))
        for name in names
        if name not in written or name not in again or bits(written[name]) != bits(again[name])
    ]
