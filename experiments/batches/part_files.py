"""Parts: a few dozen finished runs in one Parquet file a table. The part of `runs` is written last and counts.

The name of a part ends in a hash of its content, so that a damaged one is found out; the names of the parts of the
other tables that belong to a part of `runs` stand in its metadata.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..tables import Column, parquet
from .files import digest, write_whole
from .measured import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

NAME = re.compile(r"part-(?P<owner>[0-9a-z_]+)-(?P<number>\d{6})-(?P<digest>[0-9a-f]{16})\.parquet")
BELONGING = b"linli_tables"
LABELS: dict[str, tuple[str, str]] = {
    "key": ("name", "name of the run: a hash of code, parameters, town, seed and days"),
    "point": ("name", "what was run: a scenario, with the number of its setting where factors vary"),
    "scenario": ("name", "scenario"),
    "number": ("count", "which setting of the factors, from 1; 0 where none vary"),
    "seed": ("key", "seed of all luck"),
    "size": ("name", "how much of the district"),
    "days": ("day", "recorded days"),
}
"""The columns before those of the factors and outcomes, with unit and meaning."""


class Row(NamedTuple):
    """One run as it is written: its labels, its factors (with their units), and its tables."""

    labels: dict[str, Any]
    factors: dict[str, tuple[Any, str]]
    tables: dict[str, list[Column]]


def stacked(name: str, rows: Sequence[Row]) -> list[Column]:
    """The columns of one table of several runs, one below the other; each run has the same ones."""
    lengths = [len(row.tables[name][0].values) for row in rows]
    columns = [
        Column(label, np.repeat([row.labels[label] for row in rows], lengths), *LABELS[label])
        for label in (LABELS if name == "runs" else ("key", "point", "scenario", "number", "seed"))
    ]
    if name == "runs":
        for factor, (_, unit) in rows[0].factors.items():
            columns.append(Column(factor, np.array([row.factors[factor][0] for row in rows]), unit, "factor"))
    for place, first in enumerate(rows[0].tables[name]):
        columns.append(first._replace(values=joined([row.tables[name][place].values for row in rows])))
    return columns


def joined(values: Sequence[Any]) -> Any:
    """Columns one below the other: lists as a list, arrays as an array, masked if they are."""
    if isinstance(values[0], list):
        return [each for several in values for each in several]
    if isinstance(values[0], np.ma.MaskedArray):
        return np.ma.concatenate(values)
    return np.concatenate(values)


def written(folder: Path, owner: str, number: int, rows: Sequence[Row], about: dict[str, str]) -> Path:
    """Write the parts of these runs, that of `runs` last. Raises OSError; then none of the runs counts."""
    belonging: dict[str, str] = {}
    for name in [*(name for name in rows[0].tables if name != "runs"), "runs"]:
        head = about | ({BELONGING.decode(): json.dumps(belonging, sort_keys=True)} if name == "runs" else {})
        content = as_bytes(name, rows, head)
        path = folder / name / f"part-{owner}-{number:06d}-{digest(content)}.parquet"
        write_whole(path, content)
        belonging[name] = path.name
    return path


def as_bytes(name: str, rows: Sequence[Row], about: dict[str, str]) -> bytes:
    """One table of these runs as a Parquet file."""
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(parquet(stacked(name, rows), about | {"row": TABLES[name].rows}), file, compression="zstd")
    return file.getvalue()


def trimmed(part: Part, into: Path, runs: Sequence[dict[str, Any]]) -> None:
    """Write a part anew into another directory with these of its runs only, that of `runs` last. Raises OSError."""
    import pyarrow.parquet as pq

    belonging: dict[str, str] = {}
    for path in part.files:
        table, name, file = only(pq.read_table(path), runs), path.parent.name, io.BytesIO()
        if name == "runs":
            text = json.dumps(belonging, sort_keys=True)
            table = table.replace_schema_metadata(table.schema.metadata | {BELONGING: text.encode()})
        pq.write_table(table, file, compression="zstd")
        belonging[name] = f"{path.name.rpartition('-')[0]}-{digest(file.getvalue())}.parquet"
        write_whole(into / name / belonging[name], file.getvalue())


def only(table: pa.Table, runs: Iterable[dict[str, Any]]) -> pa.Table:
    """The rows of these runs."""
    import pyarrow as pa
    import pyarrow.compute as pc

    keep = pa.array([f"{run['key']} {run['point']}" for run in runs], pa.string())
    return table.filter(pc.is_in(pc.binary_join_element_wise(table["key"], table["point"], " "), keep))


class Part(NamedTuple):
    """A part of `runs` that counts: which runs it holds, and which parts of other tables belong to it."""

    path: Path
    labels: list[dict[str, Any]]
    """Key, point, seed, size and days of each."""
    belonging: dict[str, str]

    @property
    def number(self) -> int:
        """Which part of its writer."""
        return int(self.path.name.split("-")[2])

    @property
    def files(self) -> list[Path]:
        """All its files, that of `runs` last."""
        folder = self.path.parents[1]
        return [*(folder / table / name for table, name in self.belonging.items()), self.path]


def part_at(path: Path) -> Part:
    """Read which runs a part holds. Raises OSError, or ValueError for a file that is no part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            belonging = json.loads(file.schema_arrow.metadata[BELONGING])
            labels = file.read(["key", "point", "seed", "size", "days"]).to_pylist()
    except (pa.ArrowException, KeyError, TypeError) as error:
        raise ValueError(str(error)) from None
    return Part(path, labels, belonging)


def parts_in(folder: Path) -> list[Path]:
    """The files of a folder that are named like parts, in the order of their names."""
    return sorted(path for path in folder.glob("part-*.parquet") if NAME.fullmatch(path.name))


def damaged(files: Iterable[Path]) -> Path | None:
    """The first of these files that is missing, or whose content is not what its name says. Raises OSError."""
    for path in files:
        name = NAME.fullmatch(path.name)
        if name is None or not path.is_file() or digest(path.read_bytes()) != name["digest"]:
            return path
    return None
