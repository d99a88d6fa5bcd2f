"""Who sits in a meeting if not whoever likes: an elected council, or residents chosen by lot (W12, L17, S93)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.table import room_for
from ..agents.resident import AgeBand
from .issues import stake_in
from .noting import note, smallest
from .regime import Attendance, Rule

TERM = 365
"""Days between two elections of a council."""


@compiled
def elect(day, seed, meetings, general_grids, residents, town, tally, p):  # type: ignore[no-untyped-def]
    """Councils that meet today and have no members for the running term are elected by the adults of their grid."""
    if p.attendance == Attendance.COUNCIL:
        for m in range(town[0].first_meeting_today, town[0].n_meetings):
            if meetings[m].rule == Rule.MAJORITY:
                grid = general_grids[meetings[m].council]
                if not has_council(day, grid, residents):
                    fill_seats(day // TERM * TERM, seed, grid, residents, tally, p)


@compiled
def has_council(day, grid, residents):  # type: ignore[no-untyped-def]
    """Whether anybody in a general grid holds a seat."""
    for i in range(grid.first_resident, grid.first_resident + grid.n_residents):
        if residents[i].council_until > day:
            return True
    return False


@compiled
def fill_seats(term, seed, grid, residents, tally, p):  # type: ignore[no-untyped-def]
    """Seats go to the adults with the least (exponential) luck per weight: chances are as the weights say."""
    score = np.empty(grid.n_residents, np.float64)
    for a in range(grid.n_residents):
        resident = residents[grid.first_resident + a]
        score[a] = 1e9
        weight = weight_in_election(resident, p) if resident.adult else 0.0
        if weight > 0.0:
            u, _ = draw(seed, term, Purpose.COUNCIL, resident.person, 0, 0)
            score[a] = -math.log(u) / weight
            tally[0].n_draws += 1
    last = smallest(score, p.council_seats)
    for a in range(grid.n_residents):
        if score[a] <= last and score[a] < 1e9:
            residents[grid.first_resident + a].council_until = term + TERM


@compiled
def weight_in_election(resident, p):  # type: ignore[no-untyped-def]
    """Chance of an adult to be elected, relative to one to whom no weight applies."""
    weight = p.council_weight_party if resident.party else 1.0
    if resident.female:
        weight *= p.council_weight_women
    if resident.tenant:
        weight *= p.council_weight_tenants
    if resident.age_band == AgeBand.OLD:
        weight *= p.council_weight_old
    return weight


@compiled
def call_council(
    day, seed, m, meeting, issue, mean, hours, invitees, residents, ground, town, tally, p, attending, issue_p
):  # type: ignore[no-untyped-def]
    """All members of the grid's council are called, whether affected or not; nobody else is."""
    grid = ground.general_grids[meeting.council]
    k = meeting.first_invitee
    last = meeting.first_invitee + meeting.n_affected
    invitees = room_for(invitees, town[0].n_invitees + grid.n_residents)
    for i in range(grid.first_resident, grid.first_resident + grid.n_residents):
        while k < last and invitees[k].resident < i:
            k += 1
        if residents[i].council_until > day:
            row = k
            if k == last or invitees[k].resident != i:
                row = town[0].n_invitees
                note(seed, invitees[row], m, i, residents[i].person, issue.luck, mean, hours, p)
                invitees[row].female = residents[i].female
                invitees[row].stake = stake_in(issue, residents[i].building, day, issue_p)
                town[0].n_invitees += 1
                tally[0].n_draws += 1
            summon(invitees[row], attending.council_duty, tally)
    return invitees


@compiled
def draw_lots(day, seed, meeting, invitees, residents, tally, p, attending):  # type: ignore[no-untyped-def]
    """So many of those affected are chosen by lot and asked to come; nobody else is."""
    if meeting.n_affected == 0:
        return
    lot = np.empty(meeting.n_affected, np.float64)
    for a in range(meeting.n_affected):
        invitee = invitees[meeting.first_invitee + a]
        u, _ = draw(seed, day, Purpose.LOT, invitee.luck, residents[invitee.resident].person, 0)
        lot[a] = u
        tally[0].n_draws += 1
    last = smallest(lot, p.random_seats)
    for a in range(meeting.n_affected):
        if lot[a] <= last:
            summon(invitees[meeting.first_invitee + a], attending.selected_duty, tally)


@compiled
def summon(invitee, duty, tally):  # type: ignore[no-untyped-def]
    """Somebody is asked to come by name, and will decide whether to (one draw, when she does)."""
    invitee.heard = True
    invitee.entitled = True
    invitee.duty = duty
    tally[0].n_draws += 1
