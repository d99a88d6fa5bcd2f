"""Who is noted when a matter comes before residents: all who are affected, and whoever decides besides them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, draw_each, normal
from ..agents.core.table import room_for
from ..agents.resident.attending import chance_to_hear
from ..agents.resident.awareness import awareness
from .ballots import call_owners, hand_out_papers
from .council import call_council, draw_lots
from .issues import Affected, nearness, severity_now
from .noting import note_at
from .regime import Attendance, Rule


class Ground(NamedTuple):
    """The tables that say where people live and what kinds of matter there are; none of them grows."""

    kinds: Any
    households: Any
    buildings: Any
    micro_grids: Any
    general_grids: Any


@compiled
def invite(
    day, seed, meetings, invitees, issues, residents, ground, town, tally, p, attending, voting, noticing, issue_p,
    party,
):  # type: ignore[no-untyped-def]
    """For each of today's meetings: everybody affected, with a position on the matter, and whoever else decides."""
    town[0].n_invitees = 0
    for m in range(town[0].first_meeting_today, town[0].n_meetings):
        meeting = meetings[m]
        issue = issues[meeting.issue]
        meeting.first_invitee = town[0].n_invitees
        mean = mean_position(seed, issue.luck, tally, p)
        hours = ground.general_grids[meeting.council].hours_expected
        hours = hours if hours > 0 else attending.hours_expected
        invitees = note_affected(
            day, seed, m, meeting.rule, issue, mean, hours, invitees, residents, ground, town, tally, p, attending,
            noticing, issue_p, party,
        )  # fmt: skip
        meeting.n_affected = town[0].n_invitees - meeting.first_invitee
        if meeting.rule == Rule.OWNERS:
            invitees = call_owners(
                day, seed, m, meeting, issue, mean, invitees, residents, ground, town, tally, p, voting, issue_p
            )
        elif meeting.rule == Rule.BALLOT:
            hand_out_papers(seed, meeting, invitees, residents, tally, p)
        elif meeting.rule == Rule.RESIDENTS_MEETING:
            give_notice(meeting, invitees, tally)
        elif meeting.rule == Rule.MAJORITY and p.attendance == Attendance.COUNCIL:
            invitees = call_council(
                day, seed, m, meeting, issue, mean, hours, invitees, residents, ground, town, tally, p, attending,
                issue_p,
            )  # fmt: skip
        elif meeting.rule == Rule.MAJORITY and p.attendance == Attendance.RANDOM:
            draw_lots(day, seed, meeting, invitees, residents, tally, p, attending)
    return invitees


@compiled
def mean_position(seed, luck, tally, p):  # type: ignore[no-untyped-def]
    """Mean position of residents on an issue (E10)."""
    centre, _ = draw(seed, 0, Purpose.PLAN, luck, 0, 0)
    tally[0].n_draws += 1
    return p.position_mean + p.position_mean_sd * normal(centre)


@compiled
def note_affected(
    day, seed, meeting, rule, issue, mean, hours, invitees, residents, ground, town, tally, p, attending, noticing,
    issue_p, party,
):  # type: ignore[no-untyped-def]  # fmt: skip
    """Note every adult affected; where word of mouth invites, whether word of the meeting got there (W6)."""
    by_word = rule == Rule.CADRE or (rule == Rule.MAJORITY and p.attendance == Attendance.SELF_SELECTED)
    rows = rows_affected(seed, issue, residents, ground, tally, p)
    n = len(rows)
    matter = np.empty(n, np.int64)
    person = np.empty(n, np.int64)
    where = np.empty(n, np.float64)
    ear = np.empty(n, np.float64)
    spare = np.empty(n, np.float64)
    for k in range(n):
        matter[k] = issue.luck
        person[k] = residents[rows[k]].person
    draw_each(seed, 0, Purpose.POSITION, matter, person, 0, n, where, spare)
    if by_word:
        draw_each(seed, day, Purpose.HEAR, matter, person, 0, n, ear, spare)
    severity = severity_now(issue, day, issue_p)
    invitees = room_for(invitees, town[0].n_invitees + n)
    for k in range(n):
        resident = residents[rows[k]]
        invitee = invitees[town[0].n_invitees]
        note_at(where[k], invitee, meeting, rows[k], issue.luck, mean, hours, p)
        invitee.female = resident.female
        invitee.stake = nearness(issue, resident.building, issue_p) * severity
        tally[0].n_draws += 1
        if by_word:
            hears = chance_to_hear(awareness(resident, day, party), noticing.mean_information, attending)
            invitee.heard = rule != Rule.CADRE and ear[k] < hears
            invitee.entitled = rule != Rule.CADRE
            tally[0].n_draws += 1 + invitee.heard
        town[0].n_invitees += 1
    return invitees


@compiled
def rows_affected(seed, issue, residents, ground, tally, p):  # type: ignore[no-untyped-def]
    """Rows of the adults who have to live with an issue, in table order; of a whole general grid a sample."""
    place = ground.micro_grids[issue.micro_grid]
    grid = ground.general_grids[place.general_grid]
    whole = ground.kinds[issue.kind].affected
    first, n = place.first_resident, place.n_residents
    if whole == Affected.NEIGHBOURS:
        last_building = ground.buildings[min(issue.building + 1, place.first_building + place.n_buildings - 1)]
        first = ground.buildings[max(issue.building - 1, place.first_building)].first_resident
        n = last_building.first_resident + last_building.n_residents - first
    elif whole == Affected.GENERAL_GRID_SAMPLE:
        first, n = grid.first_resident, grid.n_residents
    rows = np.empty(n, np.int64)
    n_adults = 0
    for i in range(first, first + n):
        if residents[i].adult:
            rows[n_adults] = i
            n_adults += 1
    if whole != Affected.GENERAL_GRID_SAMPLE or p.sample >= n:
        return rows[:n_adults]
    n_picked = 0
    for k in range(n_adults):
        picked, _ = draw(seed, 0, Purpose.AFFECTED, issue.luck, residents[rows[k]].person, 0)
        if picked < p.sample / n:
            rows[n_picked] = rows[k]
            n_picked += 1
    tally[0].n_draws += n_adults
    return rows[:n_picked]


@compiled
def give_notice(meeting, invitees, tally):  # type: ignore[no-untyped-def]
    """The law wants everybody affected to have notice of a residents' meeting."""
    for k in range(meeting.first_invitee, meeting.first_invitee + meeting.n_affected):
        invitees[k].heard = True
        invitees[k].entitled = True
        tally[0].n_draws += 1
