"""After the decisions of today: cases go back to the desks, and residents draw their lessons."""

from __future__ import annotations

from ..agents.core.compiled import compiled
from ..agents.resident.attending import hours_expected_after
from ..agents.resident.consenting import votes_yes
from ..agents.resident.learning import efficacy_after_vote, efficacy_now
from ..agents.resident.voting import Ballot
from .calendar import working_days
from .closing import procedural_time
from .issues import State, move
from .noting import end_of, took_part
from .routing import hand_to_tier


@compiled
def carry_out(day, seed, meetings, issues, tiers, town, tally, closing, grid):  # type: ignore[no-untyped-def]
    """Whatever was decided today goes back from the agenda to its tier."""
    for m in range(town[0].first_meeting_today, town[0].n_meetings):
        if not meetings[m].deferred:
            back_from_agenda(day, seed, issues[meetings[m].issue], meetings[m], tiers, tally, closing, grid)


@compiled
def back_from_agenda(day, seed, issue, meeting, tiers, tally, closing, grid):  # type: ignore[no-untyped-def]
    """After the decision the clock runs on: an adopted plan is to be carried out, the status quo to be written up."""
    issue.since += working_days(day) - working_days(issue.on_agenda_since)
    issue.decided = True
    issue.plan_adopted = meeting.adopted
    issue.consent = meeting.consent
    issue.refused = False
    move(issue, State.QUEUED)
    if meeting.adopted:
        hand_to_tier(day, seed, issue, tiers, tally, closing, grid)
    else:
        issue.labour_left = 0
        issue.finish = working_days(day) + procedural_time(issue, tiers, closing, grid)


@compiled
def take_lessons(
    day, meetings, invitees, residents, general_grids, town, p, attending, learning
):  # type: ignore[no-untyped-def]
    """From today's meetings: how long they last, and whether taking part is of any use."""
    for m in range(town[0].first_meeting_today, town[0].n_meetings):
        meeting = meetings[m]
        if attending.expectation_step > 0.0 and meeting.rounds > 0:
            grid = general_grids[meeting.council]
            expected = grid.hours_expected if grid.hours_expected > 0 else attending.hours_expected
            grid.hours_expected = hours_expected_after(expected, meeting.minutes / 60.0, attending)
        if learning.step_vote > 0.0 and not meeting.deferred:
            for k in range(meeting.first_invitee, end_of(m, meetings, town)):
                invitee = invitees[k]
                if invitee.resident >= 0 and took_part(invitee):
                    resident = residents[invitee.resident]
                    won = voted_for(invitee, meeting, p) == meeting.adopted
                    efficacy = efficacy_now(resident, day, learning)
                    resident.efficacy = efficacy_after_vote(efficacy, won, meeting.fairness, learning)
                    resident.efficacy_day = day


@compiled
def voted_for(invitee, meeting, p):  # type: ignore[no-untyped-def]
    """How somebody who took part voted last: by ballot, or at the end of the meeting on the plan then on the table."""
    if invitee.polled:
        return invitee.ballot == Ballot.YES
    return votes_yes(invitee.position, meeting.plan, p.status_quo, meeting.extra + invitee.doubt)
