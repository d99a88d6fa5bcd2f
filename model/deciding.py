"""Votes, amendments and what is done for the minority (E10, E13, L26f to L26h)."""

from __future__ import annotations

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.resident.consenting import votes_yes
from .floor import MOST_TURNS, length_of_turn
from .regime import Rule
from .talk import discuss

MINUTES_TO_RECORD = 5
"""Staff time to put an opponent's reasons on record (assumption)."""

HAIR = 1e-12
"""How far a share may be from a threshold by rounding."""


@compiled
def decide(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p):  # type: ignore[no-untyped-def]
    """Vote until the plan is adopted, rejected or given up; between votes an amended plan is talked about (E13)."""
    threshold = 0.5 if meeting.rule == Rule.RESIDENTS_MEETING else p.threshold
    unheard = p.minority_voice
    undecided = True
    while undecided:
        while p.minority_amendment and accommodate(meeting, seats, invitees, tally, p):
            turn = discuss(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p)
        if unheard:
            turn = hear_minority(day, seed, meeting, luck, seats, invitees, turn, tally, p)
            unheard = False
        meeting.share_yes = share_for(meeting, seats, invitees, p)
        tally[0].n_decisions += len(seats)
        meeting.adopted = meeting.share_yes > threshold
        rejected = meeting.share_yes <= 1.0 - threshold + HAIR
        undecided = not meeting.adopted and not rejected and meeting.rounds < p.max_rounds
        if undecided:
            amend(meeting, threshold, seats, invitees, tally, p)
            turn = discuss(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p)
    meeting.outcome = meeting.plan if meeting.adopted else p.status_quo


@compiled
def is_for(invitee, meeting, p):  # type: ignore[no-untyped-def]
    """Whether somebody present would now vote for the plan on the table, with the room it makes for everybody."""
    return votes_yes(invitee.position, meeting.plan, p.status_quo, meeting.extra + invitee.doubt)


@compiled
def share_for(meeting, seats, invitees, p):  # type: ignore[no-untyped-def]
    """Share of those present who vote for the plan."""
    yes = 0
    for k in seats:
        yes += is_for(invitees[k], meeting, p)
    return yes / len(seats)


@compiled
def move_plan(meeting, goal, step, p):  # type: ignore[no-untyped-def]
    """Move the plan so much of the way; moving costs money, which is spent if the plan is adopted."""
    way = step * (goal - meeting.plan)
    meeting.plan += way
    meeting.fen_amendments += int(100.0 * p.yuan_amendment * abs(way))


@compiled
def amend(meeting, threshold, seats, invitees, tally, p):  # type: ignore[no-untyped-def]
    """After an undecided vote the plan moves towards the voter whose yes would decide (D8)."""
    if p.amend_step > 0.0 and meeting.n_amendments < p.max_amendments:
        positions = np.empty(len(seats), np.float64)
        for a in range(len(seats)):
            positions[a] = invitees[seats[a]].position
        positions.sort()
        needed = min(len(seats) - 1, int(threshold * len(seats) + HAIR))
        pivot = positions[needed] if meeting.plan < p.status_quo else positions[len(seats) - 1 - needed]
        move_plan(meeting, pivot, p.amend_step, p)
        meeting.n_amendments += 1
        tally[0].n_amendments += 1


@compiled
def accommodate(meeting, seats, invitees, tally, p):  # type: ignore[no-untyped-def]
    """Move the plan towards the median of a sizeable minority that it costs much. Returns whether it moved."""
    against = np.empty(len(seats), np.float64)
    n = 0
    loss = 0.0
    for k in seats:
        if not is_for(invitees[k], meeting, p):
            against[n] = invitees[k].position
            loss += abs(meeting.plan - invitees[k].position) - meeting.extra
            n += 1
    sizeable = n > 0 and n >= p.minority_share * len(seats) and 2 * n < len(seats)
    may_still = meeting.n_accommodations < p.max_accommodations and meeting.rounds < p.max_rounds
    if not may_still or not sizeable or loss / max(1, n) < p.minority_loss:
        return False
    minority = against[:n]
    minority.sort()
    move_plan(meeting, 0.5 * (minority[(n - 1) // 2] + minority[n // 2]), p.minority_step, p)
    meeting.n_accommodations += 1
    tally[0].n_amendments += 1
    return True


@compiled
def hear_minority(day, seed, meeting, luck, seats, invitees, turn, tally, p):  # type: ignore[no-untyped-def]
    """Before the vote every opponent who has not spoken gets a turn, and the reasons are recorded: time, no more."""
    for k in seats:
        if invitees[k].minutes == 0.0 and turn < MOST_TURNS and not is_for(invitees[k], meeting, p):
            _, how_long = draw(seed, day, Purpose.SPEAK, luck, turn // 250, turn % 250)
            tally[0].n_draws += 1
            minutes = length_of_turn(how_long, p)
            invitees[k].minutes += minutes
            invitees[k].turns += 1
            meeting.minutes += minutes
            tally[0].staff_minutes_meetings += MINUTES_TO_RECORD
            turn += 1
    return turn


@compiled
def heed_advice(day, seed, meeting, luck, tally, p):  # type: ignore[no-untyped-def]
    """Where a vote does not bind, the cadre follows it or adopts the first plan all the same."""
    u, _ = draw(seed, day, Purpose.ADVICE, luck, 0, 0)
    tally[0].n_draws += 1
    as_planned = meeting.adopted and meeting.outcome == p.plan and meeting.extra == 0.0
    if u >= p.advice_followed and not as_planned:
        meeting.overridden = True
        meeting.adopted = True
        meeting.outcome = p.plan
        meeting.extra = 0.0
        meeting.fen_amendments = 0
        tally[0].n_overridden += 1
