"""Settings given as a table: comma-separated text, a column a parameter, a line a point."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...scenarios.catalogue import type_of
from ...scenarios.checking import fits, must_be
from ...scenarios.errors import ScenarioError
from ...scenarios.source import Source
from ...scenarios.toml_text import clipped, toml_of
from ...words import Words, message, message_in
from ...words.system import reason
from .parameters import PARAMETERS, no_parameter
from .parts import MOST_POINTS, Value
from .reading import Table

MOST_BYTES = 100_000_000


def table_of(factors: Table) -> list[dict[str, Value]]:
    """The settings of `factors.table`, a file, or of `factors.rows`, the same text in the design itself."""
    if "rows" in factors.values:
        source = factors.source._replace(who=message("in factors.rows, "), text="", under="")
        return list(settings_in(factors.text("rows"), source))
    path = factors.source.path.parent / factors.text("table")
    if not os.path.isfile(path):
        raise factors.refusal("table", message("must be the path of a CSV file, seen from this design"))
    return list(settings_in(text_of(path), Source(path, "")))


def text_of(path: Path) -> str:
    """The text of a CSV file."""
    source = Source(path, "")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise source.refusal(message(
                "it has {size} bytes, but a table must have at most {most}", size=path.stat().st_size, most=MOST_BYTES,
            ))  # fmt: skip
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise source.refusal(message(
            "byte {n} is not UTF-8, but a table must be saved as UTF-8", n=error.start + 1,
        )) from None  # fmt: skip
    except OSError as error:
        raise source.refusal(message(
            "it cannot be read ({why}), but a table must be a readable file", why=reason(error),
        )) from None  # fmt: skip


def settings_in(text: str, source: Source) -> Iterator[dict[str, Value]]:
    """Each line of the table as a setting. Raises ScenarioError, with the line, for a cell that cannot be."""
    lines = numbered(text, source)
    first, header = next(lines, (1, []))
    names = [cell.strip() for cell in header]
    check_header(source, first, names)
    n = 0
    for n, (line, cells) in enumerate(lines, 1):
        if n > MOST_POINTS:
            raise source.refusal(message(
                "line {line} is point {n}, but a table may have at most {most}", line=line, n=n, most=MOST_POINTS,
            ))  # fmt: skip
        if len(cells) != len(names):
            raise source.refusal(message(
                "line {line} has {found}, but must have {wanted}, as the first line",
                line=line, found=count(len(cells)), wanted=len(names),
            ))  # fmt: skip
        yield {name: value_in(source, line, name, cell.strip()) for name, cell in zip(names, cells, strict=True)}
    if not n:
        raise source.refusal(message(
            "line {first} is the last, but a line of values must follow the names", first=first,
        ))  # fmt: skip


def numbered(text: str, source: Source) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, with their numbers."""
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise source.refusal(message(
                "line {line} is not comma-separated text ({said})", line=reader.line_num, said=str(error),
            )) from None  # fmt: skip
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def check_header(source: Source, line: int, names: list[str]) -> None:
    """The first line names parameters, each once."""
    if not names:
        raise source.refusal(message(
            "there is nothing in it, but the first line must name parameters, as in grid.staffing",
        ))  # fmt: skip
    for i, name in enumerate(names):
        if name not in PARAMETERS:
            raise source.refusal(message(
                "line {line}, column {column} is {value}, but {wanted}",
                line=line, column=i + 1, value=clipped(toml_of(name)), wanted=no_parameter(name),
            ))  # fmt: skip
        if name in names[:i]:
            raise source.refusal(message(
                "line {line}, column {column} is {name}, but each may stand there once only",
                line=line, column=i + 1, name=name,
            ))  # fmt: skip


def value_in(source: Source, line: int, name: str, cell: str) -> Value:
    """The value that a cell holds for a parameter."""
    section, _, last = name.rpartition(".")
    value = read_as(type_of(section, last), cell)
    if value is None or not fits(section, last, value):
        raise bad_cell(source, line, name, cell)
    held: Value = type_of(section, last)(value)
    return held


def read_as(kind: type, cell: str) -> Any:
    """A cell read as a kind of value; None if it cannot be."""
    if kind is str:
        return cell
    if kind is bool:
        return {"true": True, "false": False}.get(cell.lower())
    try:
        return kind(cell)
    except ValueError:
        return None


def bad_cell(source: Source, line: int, name: str, cell: str) -> ScenarioError:
    """What to say of a cell that does not hold what its parameter may be."""
    section, _, last = name.rpartition(".")
    written = clipped(cell) if cell else message_in("of a cell", "empty")
    return source.refusal(message(
        "line {line}, {name} is {written}, but must be {wanted}",
        line=line, name=name, written=written, wanted=must_be(section, last, cell),
    ))  # fmt: skip


def count(n: int) -> Words:
    """A number of values in words."""
    return message("{n} value", n=n) if n == 1 else message("{n} values", n=n)


def written_as_table(settings: list[dict[str, Value]]) -> str:
    """Settings as the text of a table."""
    lines = [",".join(settings[0])]
    lines += [",".join(cell_of(value) for value in setting.values()) for setting in settings]
    return "\n".join(lines)


def cell_of(value: Value) -> str:
    """A value as a cell: a name without quotes, anything else as in TOML."""
    return value if isinstance(value, str) else toml_of(value)
