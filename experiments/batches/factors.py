"""The factors of a design: which parameters it varies, over what, and how the settings are chosen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ...scenarios.checking import fits, must_be
from ...scenarios.toml_text import key_of
from ...words import Words, listed, message, message_in
from .given import table_of
from .parameters import PARAMETERS, has_range, kind_of, no_parameter
from .parts import MOST_POINTS, Factor, Plan, Value
from .points import drawn
from .reading import TOP, Table, is_whole

TAKES = {
    "factorial": ("vary",),
    "latin_hypercube": ("vary", "points", "luck", "rows"),
    "sobol": ("vary", "points", "luck", "balanced", "rows"),
    "table": ("table", "rows"),
}
"""What each kind of design takes besides its name. `rows` are the settings once drawn, as a frozen design has them."""

KEYS = ("design", *dict.fromkeys(key for keys in TAKES.values() for key in keys))
AND = message_in("between two names", " and ")

SCALES = ("linear", "log")

Settings = list[dict[str, Value]]


def read_factors(top: Table) -> tuple[tuple[Factor, ...], Plan | None, Settings]:
    """The factors, the plan, and the settings in their order; without [factors], one setting of nothing."""
    if "factors" not in top.values:
        return (), None, [{}]
    table = Table(top.source._replace(under="factors"), top.table("factors"), "factors")
    table.only(KEYS, TOP)
    design = table.one_of("design", tuple(TAKES))
    for name in table.values:
        if name not in ("design", *TAKES[design]):
            raise table.refusal(name, message(
                'design = "{design}" takes only {keys}', design=design, keys=listed(TAKES[design], AND),
            ))  # fmt: skip
    if design == "table":
        return given(table)
    factors = read_vary(table, design)
    if design == "factorial":
        check_product(table, factors)
        settings = drawn(factors, Plan(design, 0, 1))
        return factors, Plan(design, len(settings), 1), settings
    plan = read_plan(table, design)
    return factors, plan, table_again(table, factors, plan) if "rows" in table.values else drawn(factors, plan)


def given(table: Table) -> tuple[tuple[Factor, ...], Plan, Settings]:
    """The factors and settings of a table."""
    if ("table" in table.values) == ("rows" in table.values):
        if "rows" in table.values:
            raise table.refusal("table", message("rows must not stand beside it: either the file or its text"))
        raise table.missing("table", '"points.csv"')
    settings = table_of(table)
    factors = tuple(factor_from(name, [setting[name] for setting in settings]) for name in settings[0])
    return factors, Plan("table", len(settings), 1), settings


def factor_from(parameter: str, values: list[Value]) -> Factor:
    """The factor that a column of a table stands for."""
    levels = tuple(dict.fromkeys(values))
    if not has_range(parameter):
        return Factor(parameter, PARAMETERS[parameter].unit, levels, None, None)
    low, high = min(levels), max(levels)  # type: ignore[type-var]
    return Factor(parameter, PARAMETERS[parameter].unit, (), low, high)  # type: ignore[arg-type]


def read_plan(table: Table, design: str) -> Plan:
    """How many settings are to be drawn, and with which luck."""
    points = table.whole("points", 1, MOST_POINTS)
    balanced = table.truth("balanced", True) and "rows" not in table.values
    if design == "sobol" and balanced and points & (points - 1):
        raise table.refusal("points", message(
            "must be a power of two (such as 64 or 128), or be said to need none by balanced = false"
        ))  # fmt: skip
    return Plan(design, points, table.whole("luck", 0, 2**63 - 1, 1))


def table_again(table: Table, factors: tuple[Factor, ...], plan: Plan) -> Settings:
    """The settings that were drawn before, as a frozen design has them."""
    settings = table_of(table)
    if list(settings[0]) != [factor.parameter for factor in factors] or len(settings) != plan.points:
        raise table.source.refusal(message(
            "factors.rows has {n} lines of {found}, but must have {wanted} of {factors}, as drawn",
            n=len(settings), found=listed(settings[0]), wanted=plan.points,
            factors=listed(factor.parameter for factor in factors),
        ))  # fmt: skip
    return settings


def read_vary(table: Table, design: str) -> tuple[Factor, ...]:
    """The parameters under [factors.vary], in the order of the file."""
    found: dict[str, Factor] = {}
    vary = Table(table.source._replace(under="factors.vary"), table.table("vary"), "factors.vary")
    for parameter, value in varied(vary, "", vary.values):
        if parameter in found:
            raise vary.source.refusal(message(
                "factors.vary holds {parameter} twice, but each may stand there once only", parameter=parameter,
            ))  # fmt: skip
        found[parameter] = read_factor(vary, parameter, value, design)
    if not found:
        example = '[factors.vary."incentives.points_per_hour"]'
        raise table.source.refusal(message(
            "factors.vary is missing, but must name a parameter, as in {example}", example=example,
        ))  # fmt: skip
    return tuple(found.values())


def varied(vary: Table, before: str, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each parameter with what is written of it, its name in quotes or as nested tables."""
    for key, value in values.items():
        name = before + key
        if name in PARAMETERS:
            yield name, value
        elif isinstance(value, dict) and any(each.startswith(name + ".") for each in PARAMETERS):
            yield from varied(vary, name + ".", value)
        else:
            stands = vary.source.written(before.rstrip("."), key, value)
            raise vary.source.refusal(message(
                "factors.vary.{name} is {stands}, but {wanted}",
                name=key_of(name), stands=stands, wanted=no_parameter(name),
            ))  # fmt: skip


def read_factor(vary: Table, parameter: str, values: Any, design: str) -> Factor:
    """What one parameter is varied over."""
    field = f'factors.vary."{parameter}"'
    if not isinstance(values, dict):
        stands = vary.source.written("", parameter, values)
        raise vary.source.refusal(message(
            "{field} is {stands}, but must be a table with values, or with low and high", field=field, stands=stands,
        ))  # fmt: skip
    table = Table(vary.source._replace(under=f"factors.vary.{parameter}"), values, field)
    table.only(("values", "low", "high", "scale"))
    if "values" in values:
        return with_levels(table, parameter)
    for name in ("low", "high", "scale"):
        if name in values and not has_range(parameter):
            raise table.refusal(name, message(
                "{parameter} must be given by values = […], each {wanted}",
                parameter=parameter, wanted=allowed(parameter),
            ))  # fmt: skip
        if name in values and design == "factorial":
            raise table.refusal(name, message("a factorial design needs the levels, as in values = […]"))
    if not values:
        raise table.source.refusal(message(
            "{field} is empty, but must have values = […] or low and high", field=field,
        ))  # fmt: skip
    return with_range(table, parameter)


def with_levels(table: Table, parameter: str) -> Factor:
    """A factor with levels."""
    for name in ("low", "high", "scale"):
        if name in table.values:
            raise table.refusal(name, message(
                "values stand beside it: a factor must have either values, or low and high",
            ))  # fmt: skip
    wanted = message("a list, each of its values {wanted}", wanted=allowed(parameter))
    levels = table.items("values", wanted)
    if not levels:
        raise table.refusal("values", message("must be {wanted}", wanted=wanted))
    for level in levels:
        if not may_be(parameter, level):
            raise table.holding("values", level, message("each must be {wanted}", wanted=allowed(parameter, level)))
    held = tuple(kind_of(parameter)(level) for level in levels)
    if len(set(held)) < len(held):
        twice = next(level for level, value in zip(levels, held, strict=True) if held.count(value) > 1)
        raise table.holding("values", twice, message("each may stand there once only"))
    numbers = has_range(parameter)
    low, high = (min(held), max(held)) if numbers else (None, None)
    return Factor(parameter, PARAMETERS[parameter].unit, held, low, high)


def with_range(table: Table, parameter: str) -> Factor:
    """A factor with a range."""
    scale = table.one_of("scale", SCALES, "linear")
    for name in ("low", "high"):
        if name not in table.values:
            raise table.missing(name, message("…, {wanted}", wanted=allowed(parameter)))
        if not may_be(parameter, table.values[name]):
            raise table.refusal(name, message("must be {wanted}", wanted=allowed(parameter, table.values[name])))
    low, high = (kind_of(parameter)(table.values[name]) for name in ("low", "high"))
    if low >= high:
        raise table.refusal("low", message("must be below high, which is {high}", high=table.written("high")))
    if scale == "log" and low <= 0:
        raise table.refusal("low", message('must be above 0 where scale = "log"'))
    return Factor(parameter, PARAMETERS[parameter].unit, (), low, high, scale)


def may_be(parameter: str, value: Any) -> bool:
    """Whether the parameter can have this value."""
    section, _, name = parameter.rpartition(".")
    return fits(section, name, value)


def allowed(parameter: str, tried: Any = None) -> Words:
    """What the parameter may be, in words."""
    section, _, name = parameter.rpartition(".")
    return must_be(section, name, tried)


def check_product(table: Table, factors: tuple[Factor, ...]) -> None:
    """A factorial design grows quickly."""
    points = math.prod(len(factor.values) for factor in factors)
    if not is_whole(points, 1, MOST_POINTS):
        levels = " × ".join(str(len(factor.values)) for factor in factors)
        raise table.source.refusal(message(
            "factors.vary has {levels} = {points} settings, but there may be {most}",
            levels=levels, points=points, most=MOST_POINTS,
        ))  # fmt: skip
