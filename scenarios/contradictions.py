"""Values that are allowed one by one and make no sense together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..model.issues import Kinds
from ..model.spec import Spec

TINY = 1e-9
"""How far a sum of shares may be from 1 by rounding."""


class Contradiction(NamedTuple):
    """Parameters that have to agree, whether they do not, what is asked of them, and whether it is of their sum."""

    fields: tuple[str, ...]
    arises: Callable[[Spec], bool]
    wanted: str
    adds_up: bool = False


def value_of(spec: Spec, field: str) -> Any:
    """The value of `section.name` or `kinds.planters.name`."""
    found: Any = spec
    for part in field.split("."):
        found = getattr(found, part)
    return found


def sum_of(spec: Spec, fields: tuple[str, ...]) -> float:
    """The sum of some shares."""
    return sum(float(value_of(spec, field)) for field in fields)


def shares(*fields: str) -> Contradiction:
    """Shares of the same whole, of which something may be left over."""
    return Contradiction(
        fields, lambda spec: sum_of(spec, fields) > 1 + TINY, "together they must be at most 1", adds_up=True
    )


def pay(field: str) -> Contradiction:
    """Points that nobody can earn, because no programme is announced."""
    return Contradiction(
        (field, "incentives.programme_on"),
        lambda spec: not spec.incentives.programme_on and value_of(spec, field) != 0,
        "points are paid only in a programme, so programme_on must be true or the points 0",
    )


def mean_hazard(spec: Spec) -> float:
    """Mean relative rate of issues over the mix of compounds."""
    p = spec.places
    rest = 1 - p.share_old - p.share_commodity
    return p.share_old * p.hazard_old + p.share_commodity * p.hazard_commodity + rest * p.hazard_resettlement


KIND_SHARES = tuple(f"kinds.{kind}.share" for kind in Kinds.model_fields)

CONTRADICTIONS = (
    Contradiction(
        KIND_SHARES,
        lambda spec: abs(sum_of(spec, KIND_SHARES) - 1) > TINY,
        "the shares of all kinds must sum to 1",
        adds_up=True,
    ),
    shares("places.share_old", "places.share_commodity"),
    shares("population.share_children", "population.share_young", "population.share_old"),
    shares("population.share_free_rider", "population.share_unconditional"),
    shares("population.share_gig", "population.share_student", "population.share_other_work"),
    Contradiction(
        tuple(
            f"places.{name}"
            for name in ("share_old", "share_commodity", "hazard_old", "hazard_commodity", "hazard_resettlement")
        ),
        lambda spec: mean_hazard(spec) <= TINY,
        "at least one kind of compound that exists must have a rate of issues above 0",
    ),
    Contradiction(
        ("issues.severity_low", "issues.severity_high"),
        lambda spec: spec.issues.severity_low > spec.issues.severity_high,
        "severity_low must be at most severity_high",
    ),
    pay("incentives.points_per_hour"),
    pay("incentives.points_per_meeting_hour"),
    pay("incentives.points_per_duty_hour"),
    pay("incentives.worker_points_per_hour"),
    pay("incentives.merit_points"),
    pay("incentives.appraisal_points"),
    Contradiction(
        ("deliberation.plan", "deliberation.status_quo"),
        lambda spec: spec.deliberation.plan == spec.deliberation.status_quo,
        "a plan must differ from the status quo, or there is nothing to decide",
    ),
)
"""All of them, in the order in which they are looked for."""
