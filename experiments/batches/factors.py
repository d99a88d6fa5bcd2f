"""The factors of a design: which parameters it varies, and at which settings."""

from __future__ import annotations

import csv
import itertools
import math
from typing import Any, NamedTuple

from ...scenarios.catalogue import ABOUT, STRUCTURAL, type_of
from ...scenarios.checking import fits, must_be
from ...scenarios.errors import nearest, offered
from ...scenarios.reading import text_of
from ...scenarios.source import Source
from .parts import MOST_POINTS, Factor, Value
from .reading import Table

KINDS = ("factorial", "latin_hypercube", "sobol", "table")
PARAMETERS = {f"{section}.{name}": (section, name) for section, abouts in ABOUT.items() for name in abouts}


class Setting(NamedTuple):
    """One value for each factor; `founding` are those of them that a town is founded with."""

    values: dict[str, Value]

    @property
    def sections(self) -> dict[str, dict[str, Value]]:
        """The values by section."""
        found: dict[str, dict[str, Value]] = {}
        for parameter, value in self.values.items():
            section, name = PARAMETERS[parameter]
            found.setdefault(section, {})[name] = value
        return found

    @property
    def founding(self) -> dict[str, dict[str, Value]]:
        """Those in sections that are settled when a town is founded."""
        return {section: values for section, values in self.sections.items() if section in STRUCTURAL}


def read_factors(design: Table) -> tuple[tuple[Factor, ...], list[Setting]]:
    """The factors and settings of a design; nothing where it varies nothing. Raises ScenarioError."""
    if "factors" not in design.values:
        return (), []
    table = Table(Source(design.source.path, design.source.text, "", "factors"), design.table("factors"), "factors")
    table.only(("design", "points", "luck", "table", "settings", "vary"), at_top=("seeds", "days", "size"))
    kind = table.one_of("design", KINDS)
    allowed = {
        "factorial": ("design", "vary"), "table": ("design", "table", "settings"),
        "latin_hypercube": ("design", "points", "luck", "vary"), "sobol": ("design", "points", "luck", "vary"),
    }[kind]  # fmt: skip
    for name in table.values:
        if name not in allowed:
            raise table.refusal(
                name, f'must be left out where design is "{kind}", which takes {", ".join(allowed[1:])}'
            )
    if kind == "table":
        return of_rows(rows_given(table))
    factors = [factor_of(table, parameter, about, kind) for parameter, about in varied(table).items()]
    if kind == "factorial":
        n_points = math.prod(len(factor.values) for factor in factors)
        if n_points > MOST_POINTS:
            raise table.source.refusal(f"factors make {n_points} settings, but must make no more than {MOST_POINTS}")
        grids = itertools.product(*(factor.values for factor in factors))
        return tuple(factors), [Setting(dict(zip((f.parameter for f in factors), each, strict=True))) for each in grids]
    n_points = table.whole("points", 1, MOST_POINTS)
    if kind == "sobol" and n_points & (n_points - 1):
        below = 1 << (n_points.bit_length() - 1)
        raise table.refusal(
            "points",
            f"must be a power of 2 in a Sobol design, such as {below} or {2 * below}",
        )
    places = spread(kind, len(factors), n_points, table.whole("luck", 0, 2**32 - 1, 1))
    return tuple(factors), [
        Setting({f.parameter: value_at(f, float(u)) for f, u in zip(factors, row, strict=True)}) for row in places
    ]


def varied(table: Table) -> dict[str, Any]:
    """The tables under [factors.vary]."""
    found = table.table("vary")
    if not found:
        raise table.source.refusal(
            'factors.vary is missing, but at least one parameter must vary: [factors.vary."section.name"]'
        )
    for name, about in found.items():
        if name not in PARAMETERS:
            inner = next(iter(about), "name") if isinstance(about, dict) else "name"
            if f"{name}.{inner}" in PARAMETERS:
                raise table.source.refusal(
                    f"factors.vary.{name}.{inner} is a table of its own, but the parameter must stand in quotes: "
                    f'[factors.vary."{name}.{inner}"]'
                )
            near = nearest(name, PARAMETERS)
            how = f"the nearest is {near}" if near else "`linli parameters` lists them all"
            raise table.source.refusal(
                f'factors.vary."{name}" is not a parameter; it must be "section.name" of one, and {how}'
            )
    return found


def factor_of(table: Table, parameter: str, about: Any, kind: str) -> Factor:
    """One factor, over levels or a range, each value checked as in a scenario file."""
    section, name = PARAMETERS[parameter]
    shown = f'factors.vary."{parameter}"'
    if not isinstance(about, dict):
        raise table.source.refusal(f"{shown} is no table, but must be one with values, or with low and high")
    source = Source(table.source.path, table.source.text, "", f"factors.vary.{parameter}")
    inside = Table(source, about, shown)
    inside.only(("values", "low", "high", "scale"))
    unit = ABOUT[section][name].unit
    if "values" in about:
        for other in ("low", "high", "scale"):
            if other in about:
                raise inside.refusal(other, "must be left out where values are given")
        values = inside.items("values", f"a list of values, each {must_be(section, name, None)}")
        if not values:
            raise inside.refusal("values", "must hold at least one value")
        for value in values:
            if not fits(section, name, value):
                raise inside.holding("values", value, f"each must be {must_be(section, name, value)}")
        return levels(parameter, unit, [type_of(section, name)(value) for value in values])
    if kind == "factorial":
        raise source.refusal(f"{shown}.values is missing, but a factorial design needs them: values = [ … ]")
    if type_of(section, name) not in (int, float):
        raise source.refusal(
            f"{shown}.values is missing, but {parameter} is no number and has no range: values = [ … ]"
        )
    for bound in ("low", "high"):
        if bound not in about:
            raise source.refusal(f"{shown}.{bound} is missing, but a range needs low and high (or give values)")
        if not fits(section, name, about[bound]):
            raise inside.refusal(bound, f"must be {must_be(section, name, about[bound])}")
    scale = inside.one_of("scale", ("linear", "log"), "linear")
    low, high = (type_of(section, name)(about[bound]) for bound in ("low", "high"))
    if not low < high:
        raise inside.refusal("high", f"must be above low, which is {inside.written('low')}")
    if scale == "log" and low <= 0:
        raise inside.refusal("low", "must be above 0 on a log scale")
    return Factor(parameter, unit, (), low, high, scale)


def levels(parameter: str, unit: str, values: list[Value]) -> Factor:
    """A factor of levels."""
    numeric = all(type(value) in (int, float) for value in values)
    low, high = (min(values), max(values)) if numeric else (None, None)  # type: ignore[type-var]
    return Factor(parameter, unit, tuple(values), low, high)  # type: ignore[arg-type]


def spread(kind: str, n_factors: int, n_points: int, luck: int) -> Any:
    """Points in the unit cube. The first points of a longer Sobol design are those of a shorter one."""
    from scipy.stats import qmc

    design = (qmc.Sobol if kind == "sobol" else qmc.LatinHypercube)(n_factors, rng=luck)
    return design.random(n_points)


def value_at(factor: Factor, u: float) -> Value:
    """The value of a factor at a place between 0 and 1."""
    if factor.values:
        return factor.values[min(int(u * len(factor.values)), len(factor.values) - 1)]
    low, high = factor.low, factor.high
    assert low is not None and high is not None
    if isinstance(low, int) and factor.scale == "linear":
        return min(low + int(u * (high - low + 1)), int(high))
    value = low * (high / low) ** u if factor.scale == "log" else low + (high - low) * u
    return round(value) if isinstance(low, int) else min(max(value, low), high)


def rows_given(table: Table) -> list[dict[str, Value]]:
    """The settings written down one by one, in the design or in a CSV file."""
    if ("table" in table.values) == ("settings" in table.values):
        raise table.source.refusal("factors needs either table, a CSV file, or [[factors.settings]], and not both")
    if "table" in table.values:
        return rows_of_csv(table)
    rows = table.values["settings"]
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) and row for row in rows):
        raise table.refusal("settings", "must be tables of values, each opened by [[factors.settings]]")
    found = []
    for number, row in enumerate(rows):
        inside = Table(table.source, row, f"factors.settings (number {number})")
        inside.only(tuple(PARAMETERS))
        if row.keys() != rows[0].keys():
            raise table.source.refusal(
                f"factors.settings (number {number}) names {', '.join(row)}, but each must name {', '.join(rows[0])}"
            )
        for parameter, value in row.items():
            if not fits(*PARAMETERS[parameter], value):
                raise inside.refusal(parameter, f"must be {must_be(*PARAMETERS[parameter], value)}")
        found.append({parameter: type_of(*PARAMETERS[parameter])(value) for parameter, value in row.items()})
    return found


def rows_of_csv(table: Table) -> list[dict[str, Value]]:
    """The settings of a CSV file: a column a parameter, a line a setting."""
    path = table.source.path.parent / table.text("table")
    source = Source(path, text_of(path, "a table of settings").replace("TOML", "CSV"))
    try:
        rows = [row for row in csv.reader(source.text.splitlines(), strict=True) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise source.refusal(f"it is no CSV ({error}), but a table of settings must be") from None
    if len(rows) < 2:
        raise source.refusal("it has no settings, but must have a line of parameters and at least one line of values")
    head = [cell.strip() for cell in rows[0]]
    for name in head:
        if name not in PARAMETERS:
            how = offered(name, PARAMETERS) if nearest(name, PARAMETERS) else "`linli parameters` lists them all"
            raise source.refusal(f'line 1: the column is "{name}", but must be a parameter; {how}')
        if head.count(name) > 1:
            raise source.refusal(f'line 1: the column "{name}" stands there twice, but each may stand there once')
    found = []
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(head):
            raise source.refusal(f"line {line} has {len(row)} cells, but must have {len(head)}, one a column")
        values = {name: cell_value(cell.strip(), *PARAMETERS[name]) for name, cell in zip(head, row, strict=True)}
        for name, value in values.items():
            if not fits(*PARAMETERS[name], value):
                raise source.refusal(
                    f"line {line}: {name} is {row[head.index(name)].strip()!r}, "
                    f"but must be {must_be(*PARAMETERS[name], value)}"
                )
        found.append({name: type_of(*PARAMETERS[name])(value) for name, value in values.items()})
    return found


def cell_value(cell: str, section: str, name: str) -> Any:
    """A cell as the value it stands for; the text itself where it does not read as one."""
    kind = type_of(section, name)
    if kind is bool:
        return {"true": True, "false": False}.get(cell.lower(), cell)
    try:
        return int(cell) if kind is int else float(cell) if kind is float else cell
    except ValueError:
        return cell


def of_rows(rows: list[dict[str, Value]]) -> tuple[tuple[Factor, ...], list[Setting]]:
    """Factors and settings of rows that have been checked."""
    factors = []
    for parameter in rows[0]:
        section, name = PARAMETERS[parameter]
        factors.append(
            levels(parameter, ABOUT[section][name].unit, list(dict.fromkeys(row[parameter] for row in rows)))
        )
    return tuple(factors), [Setting(row) for row in rows]
