"""What a design is made of."""

from __future__ import annotations

from typing import NamedTuple

from ...model.spec import Spec

Value = float | int | bool | str
"""What a parameter can be set to."""

MOST_POINTS = 100_000
"""Points of one design, over all scenarios."""

MOST_SEEDS = 100_000
MOST_RUNS = 10_000_000


class Arm(NamedTuple):
    """A scenario as a design asks for it: its name there, its questions, and the numbers it leads to.

    `changes` are all differences of `spec` from `baseline`, by section.
    """

    name: str
    question: str
    question_zh: str
    changes: dict[str, dict[str, Value]]
    spec: Spec
    baseline: Spec

    @property
    def path(self) -> None:
        """None: an arm stands in its design, and needs no file of its own."""
        return None


class Factor(NamedTuple):
    """A parameter that the design varies, over levels or over a range in the parameter's unit.

    Without a range, `low` and `high` are the least and greatest level; None where levels are names or yes and no.
    """

    parameter: str
    unit: str
    values: tuple[Value, ...]
    low: float | int | None
    high: float | int | None
    scale: str = "linear"


class Plan(NamedTuple):
    """How the settings of the factors were chosen: which design, how many settings, with which seed of its own."""

    design: str
    points: int
    luck: int


class Point(NamedTuple):
    """One scenario at one setting of the factors; without factors, the scenario itself, number 0."""

    name: str
    scenario: str
    number: int
    values: dict[str, Value]
    spec: Spec
    baseline: Spec


class Precision(NamedTuple):
    """How exactly a difference is to be known: until when seeds are added.

    `half_width` is half of the interval's width, in the outcome's unit. `between` names scenarios or points, all
    compared with the first; empty, it stands for all scenarios.
    """

    outcome: str
    half_width: float
    most_seeds: int
    between: tuple[str, ...]
    level: float
