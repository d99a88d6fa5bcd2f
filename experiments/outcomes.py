"""Outcomes: what a run is judged by, computed from the recorded days (day 0 and later)."""

from __future__ import annotations

from ..model.spec import Spec
from ..model.world import World
from .counting_costs import cost, incentives
from .counting_councils import deliberation
from .counting_issues import deputies, fate_of_issues, ladder
from .counting_people import acquaintance, participation, party, share_active, unpaid
from .counting_work import work
from .declared import GROUPS, OUTCOMES, UNITS, Outcome
from .periods import Period, in_period, recorded, years_of

__all__ = [
    "GROUPS", "OUTCOMES", "UNITS", "Outcome", "Period", "in_period", "outcomes", "recorded", "share_active",
    "years_of",
]  # fmt: skip


def outcomes(world: World, spec: Spec, period: Period | None = None) -> dict[str, float]:
    """The outcomes of the recorded days, or of a part of them, in the units of `OUTCOMES`.

    Not-a-number where an outcome has no meaning, such as the attendance of no meeting.
    """
    period = period or recorded(world)
    found = (
        participation(world, period)
        | unpaid(world, period, spec)
        | fate_of_issues(world, period)
        | ladder(world, period)
        | work(world, period, spec)
        | deliberation(world, period)
        | incentives(world, period, spec)
        | party(world, period)
        | deputies(world, period)
        | acquaintance(world, period)
    )
    found |= cost(world, period, found)
    return {name: float(found[name]) for name in OUTCOMES}
