"""Life events: a move, a birth, an illness, a new job change what a resident is inclined to do."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.draw import Purpose, draw, normal
from ..core.parameter import Parameter, Parameters, numbers_of


class LifeEvents(Parameters):
    """How often life changes."""

    per_year: float = Parameter(
        0.12, "per resident-year", 0, 0.5, "life events per resident and year", "P15, assumption"
    )


LifeEventsNumbers = numbers_of(LifeEvents)


@compiled
def draw_inclinations(resident, seed):  # type: ignore[no-untyped-def]
    """New personal effects, one for each family of acts."""
    n = resident.life_events
    u, _ = draw(seed, n, Purpose.FAMILY_VOLUNTEER, resident.person, 0, 0)
    v, w = draw(seed, n, Purpose.FAMILY_REPORT_ATTEND, resident.person, 0, 0)
    resident.u_volunteer = normal(u)
    resident.u_report = normal(v)
    resident.u_attend = normal(w)


@compiled
def change_life(day, seed, rows, residents):  # type: ignore[no-untyped-def]
    """What a life event does: new inclinations, off the list, habit gone."""
    for i in rows:
        resident = residents[i]
        resident.life_events += 1
        resident.on_list = False
        resident.habit = 0.0
        resident.habit_day = day
        draw_inclinations(resident, seed)
