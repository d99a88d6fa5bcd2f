"""How exactly a design wants to know its differences."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...words import message
from ..declared import OUTCOMES
from .parts import MOST_SEEDS, Arm, Point, Precision
from .reading import TOP, Table, one_in

KEYS = ("outcome", "half_width", "most_seeds", "between", "level")


def read_precision(top: Table, n_seeds: int, arms: Sequence[Arm], points: Sequence[Point]) -> Precision | None:
    """What [precision] asks for; None if there is none. Raises ScenarioError."""
    if "precision" not in top.values:
        return None
    table = Table(top.source._replace(under="precision"), top.table("precision"), "precision")
    table.only(KEYS, TOP)
    outcome = table.one_of("outcome", tuple(OUTCOMES), lister="`linli outcomes`")
    above = message("a number above 0 ({unit})", unit=OUTCOMES[outcome].unit)
    half_width = table.number("half_width", 0, math.inf, above)
    most_seeds = table.whole("most_seeds", max(2, n_seeds), MOST_SEEDS)
    level = table.number("level", 0, 1, message("a number between 0 and 1"), 0.95)
    if len(points) < 2:
        raise table.source.refusal(message(
            "[precision] is of differences, but this design has one scenario without factors, and must have two"
        ))  # fmt: skip
    return Precision(outcome, half_width, most_seeds, read_between(table, arms, points), level)


def read_between(table: Table, arms: Sequence[Arm], points: Sequence[Point]) -> tuple[str, ...]:
    """The scenarios, or the points, that are compared with the first of them."""
    if "between" not in table.values:
        return ()
    names = [arm.name for arm in arms]
    known = list(dict.fromkeys([*names, *(point.name for point in points)]))
    found = table.some_of("between", known)
    if len(found) < 2:
        raise table.refusal("between", message(
            "must be a list of two names or more, each {wanted}", wanted=one_in(known),
        ))  # fmt: skip
    for name in found[1:]:
        if (name in names) != (found[0] in names):
            raise table.holding("between", name, message(
                "{first} stands first: all must be scenarios, or all points", first=found[0],
            ))  # fmt: skip
    return found


def pairs_of(precision: Precision | None, arms: Sequence[Arm], points: Sequence[Point]) -> list[tuple[str, str]]:
    """The names of the points to be compared, the one compared with first.

    Scenarios are compared setting by setting; a single one with factors, with its own first setting.
    """
    between = precision.between if precision else ()
    names = [arm.name for arm in arms]
    if between and between[0] not in names:
        return [(between[0], other) for other in between[1:]]
    between = between or tuple(names)
    if len(between) == 1:
        return [(points[0].name, point.name) for point in points[1:]]
    at = {(point.scenario, point.number): point.name for point in points}
    numbers = dict.fromkeys(point.number for point in points)
    return [(at[between[0], number], at[other, number]) for number in numbers for other in between[1:]]
