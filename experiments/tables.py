"""Tables on disk: Parquet with the unit and meaning of every column in its metadata, and tidy CSV."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..agents.core.field import Field, fields_of
from ..agents.resident import LONG_AGO
from ..model import world as worlds
from ..model.issues import FAR_OFF, NEVER
from ..model.world import ENTITIES, World

if TYPE_CHECKING:
    import pyarrow as pa

_NOTHING = {"day": (LONG_AGO, FAR_OFF), "working days": (NEVER,), "row": (-1,)}
"""Values that stand for "never" and "none" in a column of this unit; in a file such a cell is empty."""


class Column(NamedTuple):
    """One column of a file."""

    name: str
    values: Any
    unit: str
    meaning: str


def columns_of(entity: type, rows: np.ndarray[Any, Any]) -> list[Column]:
    """The columns of an entity's rows as its fields declare them; a code is followed by its readable name."""
    found = [Column("row", np.arange(len(rows)), "row", "number by which other tables name this row")]
    for name, field in fields_of(entity).items():
        found.append(Column(name, emptied(rows[name], field), field.unit, field.meaning))
        if field.codes:
            names = {int(code): code.name.lower() for code in field.codes}  # type: ignore[attr-defined]
            words = [names.get(int(value)) for value in rows[name]]
            found.append(Column(name + "_name", words, "name", field.meaning))
    return found


def emptied(values: np.ndarray[Any, Any], field: Field) -> Any:
    """The values, masked where they stand for "never" or "none"."""
    return np.ma.MaskedArray(values, np.isin(values, _NOTHING.get(field.unit, ())))


def parquet(columns: Iterable[Column], about: dict[str, str] | None = None) -> pa.Table:
    """A Parquet table; each column's unit and meaning stand in its metadata."""
    import pyarrow as pa

    arrays, fields = [], []
    for column in columns:
        values = column.values
        masked = isinstance(values, np.ma.MaskedArray)
        array = pa.array(values.data, mask=np.ma.getmaskarray(values)) if masked else pa.array(values, kind_of(column))
        arrays.append(array)
        fields.append(pa.field(column.name, array.type, metadata={"unit": column.unit, "meaning": column.meaning}))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about or {}))


def kind_of(column: Column) -> pa.DataType | None:
    """The type of a column, where its values may all be empty; None if they tell it."""
    import pyarrow as pa

    return pa.string() if column.unit == "name" and isinstance(column.values, list) else None


def write_parquet(path: Path, columns: Iterable[Column], about: dict[str, str] | None = None) -> Path:
    """Write a Parquet file (to a temporary name first)."""
    import pyarrow.parquet as pq

    temporary = path.with_name(path.name + ".part")
    pq.write_table(parquet(columns, about), temporary)
    os.replace(temporary, path)
    return path


def write_csv(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Write tidy records as CSV (to a temporary name first); not-a-number is an empty cell."""
    temporary = path.with_name(path.name + ".part")
    with open(temporary, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        writer.writerows({key: "" if value != value else value for key, value in record.items()} for record in records)
    os.replace(temporary, path)
    return path


def columns_from(records: Sequence[dict[str, Any]], meanings: dict[str, tuple[str, str]]) -> list[Column]:
    """Columns of tidy records; `meanings` gives unit and meaning of each."""
    return [Column(name, [r[name] for r in records], *meanings[name]) for name in meanings]


def recorded_columns(world: World, name: str) -> list[Column]:
    """The recorded rows (day 0 and later) of a dated table; of issues all rows, as others refer to them."""
    rows = worlds.table(world, name)
    columns = columns_of(ENTITIES[name], rows)
    if "day" not in (rows.dtype.names or ()):
        return columns
    keep = np.flatnonzero(rows["day"] >= 0)
    return [column._replace(values=_chosen(column.values, keep)) for column in columns]


def _chosen(values: Any, keep: np.ndarray[Any, Any]) -> Any:
    return [values[k] for k in keep] if isinstance(values, list) else values[keep]
