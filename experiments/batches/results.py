"""What a batch found: its tables as tidy DataFrames, one row a run (or a run and week, year, group, day, issue)."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...words import listed, message
from ..comparing_groups import from_runs
from ..groups import ALL_OUTCOMES
from ..inference.comparing import Compared, audit, compared, summary
from ..inference.contrasts import Contrast
from ..outcomes import OUTCOMES
from ..provenance import FILE as PROVENANCE
from ..provenance import Refusal
from .design import Design, read_design
from .measured import TABLES
from .part_files import Part, damaged, only, part_at, parts_in
from .store import DESIGN, failures_in

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Results:
    """The results in a directory of a batch, finished or not."""

    folder: Path
    interrupted: bool = False
    """Whether the work that led here was stopped before its end."""
    _read: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def design(self) -> Design:
        """The design as it was run. Raises Refusal where this version cannot read it."""
        return read_design(self.folder / DESIGN)

    @cached_property
    def about(self) -> dict[str, Any]:
        """Where the results come from: code, machine, time."""
        try:
            found: dict[str, Any] = json.loads((self.folder / PROVENANCE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise Refusal(message(
                "{file} is missing or damaged, but says where results come from", file=self.folder / PROVENANCE,
            )) from None  # fmt: skip
        return found

    @property
    def names(self) -> list[str]:
        """The points, in the order of the design: scenarios, each with its settings."""
        return [point.name for point in self.design.points]

    @cached_property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of which there is a run."""
        return tuple(sorted({int(seed) for seed in self.runs()["seed"]}))

    @property
    def n_runs(self) -> int:
        """How many runs there are, each point and seed counted once."""
        return len(self._longest)

    def runs(self) -> pd.DataFrame:
        """One row a run: its labels, its factors, and every outcome over all recorded days."""
        return self._frame("runs")

    def weekly(self) -> pd.DataFrame:
        """One row a run and week: the series of `linli.experiments.series`."""
        return self._frame("weekly")

    def yearly(self) -> pd.DataFrame:
        """One row a run and year."""
        return self._frame("yearly")

    def daily(self) -> pd.DataFrame:
        """One row a run and day."""
        return self._frame("daily")

    def issues(self) -> pd.DataFrame:
        """One row a run and issue."""
        return self._frame("issues")

    def meetings(self) -> pd.DataFrame:
        """One row a run and meeting."""
        return self._frame("meetings")

    def groups(self) -> pd.DataFrame:
        """One row a run, grouping, group and outcome."""
        wide = self._frame("groups")
        labels = [name for name in wide.columns if name not in ALL_OUTCOMES]
        names = [name for name in ALL_OUTCOMES if name in wide.columns]
        return wide.melt(labels, names, "outcome", "value")

    def groups_compared(self, names: Sequence[str] = ()) -> pd.DataFrame:
        """Who benefits, who bears: a row a grouping, group, outcome and point, with its paired difference to the first.

        `names` are the points to compare, the one compared with first; none named, all of the design. Raises Refusal
        for a point that is not in it, and where groups were not kept.
        """
        import pandas as pd

        for name in names:
            if name not in self.names:
                raise Refusal(message(
                    "{folder} holds no point {name!r}; it holds {names}",
                    folder=self.folder, name=name, names=listed(self.names[:9]),
                ))  # fmt: skip
        return pd.DataFrame(from_runs(self.groups(), list(names) or self.names, self.seeds))

    def failures(self) -> pd.DataFrame:
        """One row a run that raised and has not been done since: settings, error, traceback, and how to repeat it."""
        import pandas as pd

        names = ["key", "point", "seed", "days", "values", "error", "reproduce", "traceback", "time"]
        runs = (run for part in self._parts for run in part.labels)
        return pd.DataFrame(list(failures_in(self.folder, runs).values()), columns=names)

    def values(self, point: str, outcome: str) -> np.ndarray[Any, Any]:
        """An outcome of a point, seed by seed; not-a-number where there is no run. Raises KeyError."""
        if outcome not in OUTCOMES:
            raise KeyError(f"there is no outcome {outcome!r}")
        runs = self.runs()
        mine = runs[runs["point"] == point].set_index("seed")[outcome]
        return np.array([mine.get(seed, math.nan) for seed in self.seeds], float)

    @cached_property
    def compared(self) -> Compared[str]:
        """Every outcome of every point, with its paired difference to the first: as `linli compare` reckons it."""
        table = self.runs().set_index(["point", "seed"])
        seeds = list(self.seeds)
        rows = {name: table.loc[[name]].droplevel("point").reindex(seeds) for name in dict.fromkeys(self.names)
                if name in table.index}  # fmt: skip
        return compared(list(rows), list(OUTCOMES), lambda name, outcome: rows[name][outcome].to_numpy(float))

    def contrast(self, point: str, outcome: str) -> Contrast:
        """How a point differs from the first, and what may be said of it. Raises ValueError for the first itself."""
        return self.compared.contrast(point, outcome)

    def summary(self) -> pd.DataFrame:
        """The points compared with the first as a tidy DataFrame: one row an outcome and point (column scenario)."""
        import pandas as pd

        return pd.DataFrame(summary(self.compared))

    def audit(self) -> pd.DataFrame:
        """What sharing luck was worth, as a tidy DataFrame: one row an outcome and other point."""
        import pandas as pd

        return pd.DataFrame(audit(self.compared))

    def units(self, table: str = "runs") -> dict[str, str]:
        """The unit of each column of a table."""
        schema = self._table(table).schema
        return {f.name: (f.metadata or {}).get(b"unit", b"").decode() for f in schema}

    def _frame(self, name: str) -> pd.DataFrame:
        """A table as a frame, in the order of seeds and points, however it came to be written."""
        if name not in self._read:
            self._read[name] = self._sorted(self._table(name).to_pandas())
        return self._read[name].copy()

    def _sorted(self, frame: pd.DataFrame) -> pd.DataFrame:
        places = {name: place for place, name in enumerate(self.names)}
        order = frame.assign(_place=frame["point"].map(places), _row=range(len(frame)))
        order = order.sort_values(["seed", "_place", "_row"], kind="stable")
        return order.drop(columns=["_place", "_row"]).reset_index(drop=True)

    def _table(self, name: str) -> pa.Table:
        """A table of all runs that count: once each, and of a run made longer only the longest."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if name not in TABLES or (name != "runs" and name not in self.design.tables):
            raise Refusal(message(
                "{folder} holds no table {name!r}; it holds runs, {tables}",
                folder=self.folder, name=name, tables=listed(self.design.tables),
            ))  # fmt: skip
        if not self._parts:
            raise Refusal(message("{folder} holds no finished runs yet", folder=self.folder))
        seen: set[tuple[str, str]] = set()
        found = []
        for part in self._parts:
            fresh = [
                r for r in part.labels if (r["key"], r["point"]) in self._longest and (r["key"], r["point"]) not in seen
            ]
            seen |= {(run["key"], run["point"]) for run in fresh}
            path = part.path if name == "runs" else self.folder / name / part.belonging[name]
            table = pq.read_table(path)
            found.append(table if len(fresh) == len(part.labels) else only(table, fresh))
        return pa.concat_tables(found, promote_options="permissive")

    @cached_property
    def _longest(self) -> set[tuple[str, str]]:
        """Key and point of the longest run of each point and seed."""
        longest: dict[tuple[str, int], tuple[int, str]] = {}
        for part in self._parts:
            for run in part.labels:
                name = run["point"], run["seed"]
                longest[name] = max(longest.get(name, (0, "")), (run["days"], run["key"]))
        return {(key, point) for (point, _), (_, key) in longest.items()}

    @cached_property
    def _parts(self) -> list[Part]:
        """The parts that count. Raises Refusal at a damaged one."""
        parts = []
        for path in parts_in(self.folder / "runs"):
            part = None if damaged([path]) else part_at(path)
            broken = damaged(part.files) if part else path
            if part is None or broken:
                raise Refusal(message(
                    "{broken} is damaged or gone (its content is not what its name says); `linli batch` with --repair "
                    "sets it aside and runs its runs again", broken=broken,
                ))  # fmt: skip
            parts.append(part)
        return parts


def open_results(folder: str | Path) -> Results:
    """The results in a directory of `linli batch`. Raises Refusal where there are none."""
    folder = Path(folder)
    if not (folder / DESIGN).is_file():
        raise Refusal(message("{folder} is no directory of a batch: it holds no {file}", folder=folder, file=DESIGN))
    return Results(folder)
