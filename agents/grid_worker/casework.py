"""Working through the queue: earliest due first, as far as the hours go (L14)."""

from __future__ import annotations

from enum import IntEnum

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of
from . import Tier


class Patrol(IntEnum):
    """How patrol hours are shared out among the micro-grids of a general grid."""

    FIXED = 0
    ADAPTIVE = 1


class Grid(Parameters):
    """Hours of the ladder's lower tiers: a lever."""

    staffing: float = Parameter(1.0, "× baseline", 0.1, 4, "hours of all tiers, relative to the baseline", "assumption")
    hours_micro_grid: float = Parameter(5.0, "h per week", 0, 40, "hours of a micro-grid worker", "assumption")
    hours_general_grid: float = Parameter(
        40.0, "h per week", 0, 80, "hours of a general-grid worker (one per general grid)", "S1, assumption"
    )
    hours_community: float = Parameter(20.0, "h per week", 0, 40, "hours of one of them on issues", "assumption")
    hours_day: float = Parameter(8.0, "h", 1, 12, "longest working day", "assumption")
    patrol_hours: float = Parameter(
        0.0, "h per week", 0, 20, "hours of a micro-grid worker's week spent on patrol; 0: none", "Z5, L14"
    )
    patrol_policy: str = Parameter(
        "fixed", "code", None, None, "fixed: every micro-grid alike; adaptive: by what is to be seen there", "Z5, S89",
        codes=Patrol,
    )
    patrol_yield: float = Parameter(
        1.0, "per h and building", 0, 20, "rate at which an hour of patrol in one building finds an unseen issue",
        "Z1, assumption",
    )
    asks_per_case: float = Parameter(
        0.0, "residents", 0, 20, "residents a grid worker asks to help with a small matter; 0: none", "L20, W18"
    )
    containment_kpi: float = Parameter(
        0.0, "1", 0, 1, "how strongly workers are judged by cases that stay in the grid; 0: not", "W11, H9"
    )
    kpi_patience: float = Parameter(
        1.0, "1", 0, 5, "by how much the time before a case climbs grows under full pressure", "W11, assumption"
    )
    kpi_paper: float = Parameter(
        0.5, "1", 0, 1, "share of climbing cases closed on paper instead, under full pressure", "W11, assumption"
    )
    yuan_for_hours: float = Parameter(
        0.0, "yuan per 1,000 residents and year", 0, 2_000_000, "spent on further hours of grid workers", "D16, H1"
    )
    bought_for: str = Parameter(
        "community", "code", None, None, "tier whose staff these hours are bought for: where the load is highest",
        "D16, assumption", codes=Tier,
    )
    yuan_per_hour: float = Parameter(35.0, "yuan per h", 5, 200, "cost of one of these hours", "D16, assumption")


GridNumbers = numbers_of(Grid)

RESIDENTS_PER_MICRO_GRID_WORKER = 165.0
RESIDENTS_PER_GENERAL_GRID_WORKER = 1_438.0
RESIDENTS_PER_COMMUNITY_WORKER = 20_000.0 / 7.0
"""Residents for each worker of a tier [S1, S29]; the hours of higher tiers are reckoned like the community's."""

WEEKS_YEAR = 365.0 / 7.0

LONGEST_PATIENCE = 0.8
"""Share of the deadline after which even under pressure an untouched case climbs (assumption)."""


@compiled
def week_of(tier, p):  # type: ignore[no-untyped-def]
    """Minutes on issues a worker of this tier has in a week."""
    hours = p.hours_micro_grid
    if tier == Tier.GENERAL_GRID:
        hours = p.hours_general_grid
    elif tier == Tier.COMMUNITY:
        hours = p.hours_community
    return int(hours * 60.0 * p.staffing)


@compiled
def bought_minutes(tier, p):  # type: ignore[no-untyped-def]
    """Further minutes in a week that each worker of a tier has for the money spent on hours."""
    if tier != p.bought_for or p.yuan_for_hours <= 0.0:
        return 0
    residents = RESIDENTS_PER_MICRO_GRID_WORKER
    if tier == Tier.GENERAL_GRID:
        residents = RESIDENTS_PER_GENERAL_GRID_WORKER
    elif tier >= Tier.COMMUNITY:
        residents = RESIDENTS_PER_COMMUNITY_WORKER
    return int(p.yuan_for_hours / p.yuan_per_hour * residents / 1000.0 * 60.0 / WEEKS_YEAR)


@compiled
def hours_factor(tier, p):  # type: ignore[no-untyped-def]
    """Hours of a tier's staff, relative to the baseline."""
    if p.yuan_for_hours <= 0.0:
        return p.staffing
    return p.staffing * (1.0 + bought_minutes(tier, p) / max(1, week_of(tier, p)))


@compiled
def patience_under_kpi(patience, deadline, p):  # type: ignore[no-untyped-def]
    """How long a case may lie before it climbs (working days): longer where climbing counts against the grid.

    Not as long as that it would be closed on paper for its deadline first.
    """
    return max(patience, min(LONGEST_PATIENCE * deadline, patience * (1.0 + p.containment_kpi * p.kpi_patience)))


@compiled
def time_for_case(minutes_free, labour_left):  # type: ignore[no-untyped-def]
    """Minutes a worker gives a case now: all it needs, as far as the free time goes."""
    return min(minutes_free, labour_left)


@compiled
def casework(rows, workers, units, queue, issues, p):  # type: ignore[no-untyped-def]
    """Each worker takes the cases of the unit, earliest due first, until the day or the week is full.

    Reads the unit's stretch of today's queue; writes the issue's labour, the queue's time stamps and the
    worker's minutes.
    """
    longest_day = int(p.hours_day * 60 * max(1.0, p.staffing))  # more staffing is more heads, not longer days
    for w in rows:
        worker = workers[w]
        worker.minutes_today = 0
        unit = units[worker.unit]
        for q in range(unit.queue_from, unit.queue_to):
            issue = issues[queue[q].issue]
            free = min(worker.minutes_left, longest_day - worker.minutes_today)
            minutes = time_for_case(free, issue.labour_left)
            if minutes > 0:
                issue.labour_left -= minutes
                issue.staff_minutes += minutes
                worker.minutes_left -= minutes
                worker.minutes_today += minutes
                worker.minutes += minutes
                queue[q].staff_minutes += minutes
                queue[q].done_at = worker.minutes_today / longest_day
