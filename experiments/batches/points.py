"""The points of a design: settings of its factors, each laid over every scenario."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...model.spec import Spec
from ...scenarios.loader import laid_over
from ...scenarios.source import Source
from ...scenarios.toml_text import clipped, toml_of
from ...words import message
from .parameters import is_structural, kind_of
from .parts import Arm, Factor, Plan, Point, Value


def drawn(factors: Sequence[Factor], plan: Plan) -> list[dict[str, Value]]:
    """The settings of a design, in its order: all combinations of levels, or points of the unit cube laid out."""
    if plan.design == "factorial":
        rows: Iterable[tuple[Value, ...]] = itertools.product(*(factor.values for factor in factors))
    else:
        cube = unit_cube(plan, len(factors))
        rows = zip(*(laid_out(factor, cube[:, i]) for i, factor in enumerate(factors)), strict=True)
    return [dict(zip((factor.parameter for factor in factors), row, strict=True)) for row in rows]


def unit_cube(plan: Plan, n_factors: int) -> np.ndarray[Any, Any]:
    """Points × factors, each in [0, 1). More points of a Sobol sequence begin with the fewer."""
    from scipy.stats import qmc

    luck = np.random.default_rng(plan.luck)
    if plan.design == "sobol":
        sequence = qmc.Sobol(n_factors, rng=luck)
        whole = 1 << (plan.points - 1).bit_length()  # a power of two is drawn whole, as the sequence is balanced
        return sequence.random(whole)[: plan.points]
    return qmc.LatinHypercube(n_factors, rng=luck).random(plan.points)


def laid_out(factor: Factor, u: np.ndarray[Any, Any]) -> list[Value]:
    """Numbers in [0, 1) as values of the factor, each level, or each whole number, with its equal share."""
    if factor.values:
        places = np.minimum((u * len(factor.values)).astype(int), len(factor.values) - 1)
        return [factor.values[place] for place in places]
    assert factor.low is not None and factor.high is not None
    whole = kind_of(factor.parameter) is int
    low, high = float(factor.low), float(factor.high) + whole
    found = low * (high / low) ** u if factor.scale == "log" else low + u * (high - low)
    if whole:
        return [int(value) for value in np.clip(np.floor(found), factor.low, factor.high)]
    return [float(value) for value in np.clip(found, factor.low, factor.high)]


def laid_over_all(path: Path, arms: Sequence[Arm], settings: Sequence[dict[str, Value]]) -> tuple[Point, ...]:
    """Every scenario at every setting: setting by setting, so that a longer sequence begins with the shorter.

    Raises ScenarioError for a point whose values contradict each other.
    """
    if settings == [{}]:
        return tuple(Point(arm.name, arm.name, 0, {}, arm.spec, arm.baseline) for arm in arms)
    found: list[Point] = []
    for number, values in enumerate(settings, 1):
        baseline = founded(path, arms[0].baseline, number, values)
        for arm in arms:
            name = f"{arm.name}-{number:04d}"
            place = message("at point {name}", name=name)
            spec = laid_over(arm.spec, at_point(path, place, values), by_section(values))
            found.append(Point(name, arm.name, number, values, spec, baseline))
    return tuple(found)


def founded(path: Path, baseline: Spec, number: int, values: dict[str, Value]) -> Spec:
    """The town of a setting: the baseline itself, unless people, places, ties or staff are varied."""
    structural = {parameter: value for parameter, value in values.items() if is_structural(parameter)}
    if not structural:
        return baseline
    place = message("in the town of setting {n:04d}", n=number)
    return laid_over(baseline, at_point(path, place, values), by_section(structural))


def at_point(path: Path, place: str, values: dict[str, Value]) -> Source:
    """Where a sentence about a point says it is."""
    listed = clipped(", ".join(f"{parameter} = {toml_of(value)}" for parameter, value in values.items()))
    return Source(path, "", message("{place} ({values}), ", place=place, values=listed))


def by_section(values: dict[str, Value]) -> dict[str, dict[str, Any]]:
    """A setting as the sections of a scenario."""
    found: dict[str, dict[str, Any]] = {}
    for parameter, value in values.items():
        section, _, name = parameter.rpartition(".")
        found.setdefault(section, {})[name] = value
    return found
