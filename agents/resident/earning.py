"""Points for tasks: what an hour pays, and the accounts it is paid into (W16, W17)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of


class Incentives(Parameters):
    """The points programme: a lever."""

    programme_on: bool = Parameter(
        False, "yes/no", None, None, "whether a points programme is announced (the frame of a deal)", "D6, W16"
    )
    points_per_hour: int = Parameter(
        0, "points per h", 0, 10_000, "community-task points for an hour of volunteering", "W16, assumption"
    )
    points_per_meeting_hour: int = Parameter(
        0, "points per h", 0, 10_000, "single-item points for an hour at a residents' meeting", "W16, assumption"
    )
    yuan_per_100_points: float = Parameter(1.0, "yuan per 100 points", 0.01, 100, "exchange rate for goods", "W17")
    redemption_belief: float = Parameter(0.95, "1", 0, 1, "belief that the mall will redeem", "assumption")


IncentivesNumbers = numbers_of(Incentives)


@compiled
def is_paid(p):  # type: ignore[no-untyped-def]
    """Whether volunteering is announced as paid: a programme for other things leaves it a gift."""
    return p.programme_on and p.points_per_hour > 0


@compiled
def task_pay(belief, p):  # type: ignore[no-untyped-def]
    """Marginal yuan per hour of volunteering, as believed (belief 1: as posted)."""
    return p.points_per_hour * p.yuan_per_100_points / 100.0 * belief if p.programme_on else 0.0


@compiled
def meeting_pay(belief, p):  # type: ignore[no-untyped-def]
    """Marginal yuan per hour of meeting, as believed (belief 1: as posted)."""
    return p.points_per_meeting_hour * p.yuan_per_100_points / 100.0 * belief if p.programme_on else 0.0


@compiled
def points_for(minutes, points_per_hour):  # type: ignore[no-untyped-def]
    """Whole points for so many minutes."""
    return minutes * points_per_hour // 60


@compiled
def earn_for_task(resident, minutes, p):  # type: ignore[no-untyped-def]
    """Credit the community-task account."""
    if p.programme_on:
        resident.points_task += points_for(minutes, p.points_per_hour)


@compiled
def earn_for_meeting(resident, minutes, p):  # type: ignore[no-untyped-def]
    """Credit the single-item account."""
    if p.programme_on:
        resident.points_single += points_for(minutes, p.points_per_meeting_hour)
