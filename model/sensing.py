"""Sensing: who walks where today, what is there to be seen, and what is done with what was found (Z5, L14)."""

from __future__ import annotations

from ..agents.core.compiled import compiled
from ..agents.core.field import Field
from ..agents.core.table import room_for
from ..agents.grid_worker import Tier
from ..agents.grid_worker.casework import Patrol
from ..agents.resident.reporting import Channel
from .calendar import is_working_day
from .issues import State, move
from .routing import become_known


class SightingFields:
    """One row an opportunity of today: a worker on his round and an issue nobody has reported."""

    issue = Field("i4", "row", "what")
    worker = Field("i4", "row", "who")
    luck = Field("i8", "identity", "the issue's identity")
    minutes = Field("i4", "min", "length of the round")
    n_buildings = Field("i4", "buildings", "on the round")
    found = Field("?", "yes/no", "has been found")


@compiled
def round_of(g, micro_grids, general_grids, weekly, p):  # type: ignore[no-untyped-def]
    """Minutes of a worker's weekly round in micro-grid g: the same everywhere, or more where more is to be seen."""
    if p.patrol_policy == Patrol.FIXED:
        return weekly
    grid = general_grids[micro_grids[g].general_grid]
    total = 0.0
    for other in range(grid.first_micro_grid, grid.first_micro_grid + grid.n_micro_grids):
        total += micro_grids[other].hazard * (1.0 + micro_grids[other].n_visible)
    here = micro_grids[g].hazard * (1.0 + micro_grids[g].n_visible)
    return int(weekly * grid.n_micro_grids * here / total)


@compiled
def send_on_patrol(day, workers, micro_grids, general_grids, tally, p):  # type: ignore[no-untyped-def]
    """Workers of micro-grids whose weekday it is set out: the time comes out of their week."""
    if p.patrol_hours <= 0.0:
        return
    for g in range(len(micro_grids)):
        micro_grids[g].patrol_minutes = 0
    if not is_working_day(day):
        return
    weekday = (day + 35_000) % 7
    weekly = int(p.patrol_hours * 60.0)
    for w in range(len(workers)):
        worker = workers[w]
        if worker.tier == Tier.MICRO_GRID and worker.unit % 5 == weekday:
            minutes = min(worker.minutes_left, round_of(worker.unit, micro_grids, general_grids, weekly, p))
            worker.minutes_left -= minutes
            worker.patrol_minutes += minutes
            micro_grids[worker.unit].patrol_minutes += minutes
            micro_grids[worker.unit].patroller = w
            tally[0].staff_minutes_patrol += minutes


@compiled
def look_around(day, latent, issues, micro_grids, sightings, town, tally, p):  # type: ignore[no-untyped-def]
    """The issues nobody has reported in the micro-grids walked today."""
    town[0].n_sightings = 0
    if p.patrol_hours <= 0.0 or not is_working_day(day):
        return sightings
    for k in range(town[0].n_latent):
        place = micro_grids[latent[k].micro_grid]
        if place.patrol_minutes > 0 and issues[latent[k].issue].state == State.LATENT:
            sightings = room_for(sightings, town[0].n_sightings + 1)
            sighting = sightings[town[0].n_sightings]
            sighting.issue = latent[k].issue
            sighting.worker = place.patroller
            sighting.luck = issues[latent[k].issue].luck
            sighting.minutes = place.patrol_minutes
            sighting.n_buildings = place.n_buildings
            sighting.found = False
            town[0].n_sightings += 1
    tally[0].n_draws += town[0].n_sightings
    return sightings


@compiled
def take_down(day, sightings, issues, cases, town, tally):  # type: ignore[no-untyped-def]
    """What was found on patrol becomes a case."""
    for k in range(town[0].n_sightings):
        if sightings[k].found:
            issue = issues[sightings[k].issue]
            move(issue, State.KNOWN)
            issue.channel = Channel.PATROL
            cases = become_known(day, sightings[k].issue, issue, cases, town, tally)
            tally[0].n_found += 1
    return cases
