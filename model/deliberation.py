"""The council and its meetings: which matters it takes, who decides them, and how a meeting goes (E10 to E14)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, normal
from ..agents.core.table import in_order, room_for
from ..agents.resident.earning import earn_for_meeting, points_for
from .ballots import count_ballots
from .deciding import decide, heed_advice
from .failure import ENFORCEMENT, HEARING, MEDIATION, decide_by_cadre, mediate, stage_of
from .fairness import judge_ballot, judge_fairness, note_who_was_there, take_consent
from .floor import loudest, lower_voices
from .issues import State
from .noting import draw_doubt, end_of
from .regime import Rule
from .talk import discuss, variance


@compiled
def is_council_day(day, council, p):  # type: ignore[no-untyped-def]
    """Councils meet once a period, not all on the same day; the cadre decides any day."""
    return p.rule == Rule.CADRE or (day + 32_760 + council) % p.period == 0


@compiled
def convene(day, cases, issues, kinds, micro_grids, meetings, town, p):  # type: ignore[no-untyped-def]
    """Councils that meet today take their oldest contested issues; the cadre, whatever residents may not decide."""
    keys = np.empty(town[0].n_cases, np.int64)
    n = 0
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        if issue.state == State.ON_AGENDA:
            council = micro_grids[issue.micro_grid].general_grid
            if issue.refused or is_council_day(day, council, p):
                keys[n] = (council * 65536 + issue.on_agenda_since + 32768) * 16777216 + cases[c].issue
                n += 1
    keys = in_order(keys, n)
    town[0].first_meeting_today = town[0].n_meetings
    last_council = -1
    taken = 0
    for k in range(n):
        council = keys[k] // 16777216 // 65536
        row = keys[k] % 16777216
        if council != last_council:
            taken = 0
        last_council = council
        by_residents = p.rule != Rule.CADRE and not issues[row].refused
        taken += by_residents
        if not by_residents or taken <= p.items:
            meetings = room_for(meetings, town[0].n_meetings + 1)
            meeting = meetings[town[0].n_meetings]
            meeting.day = day
            meeting.council = council
            meeting.issue = row
            meeting.rule = who_decides(issues[row], kinds[issues[row].kind].owners_matter, p)
            town[0].n_meetings += 1
    return meetings


@compiled
def who_decides(issue, owners_matter, p):  # type: ignore[no-untyped-def]
    """Under which rule an issue is decided: the regime's, unless law, agenda, quorum or failure say otherwise."""
    stage = stage_of(issue, p)
    if issue.refused or issue.n_deferrals >= p.deferrals or stage >= ENFORCEMENT:
        return Rule.CADRE.value
    if p.rule != Rule.CADRE.value and stage >= HEARING:
        return Rule.MAJORITY.value
    if p.rule == Rule.OWNERS.value and not owners_matter:
        return Rule.MAJORITY.value
    return p.rule


@compiled
def deliberate(
    day, seed, meetings, invitees, issues, residents, kinds, town, tally, p, consenting, offer
):  # type: ignore[no-untyped-def]
    """Today's matters, one after the other: talk and vote, or ballots, or the cadre; then how it is taken."""
    for m in range(town[0].first_meeting_today, town[0].n_meetings):
        meeting = meetings[m]
        issue = issues[meeting.issue]
        last = end_of(m, meetings, town)
        tally[0].n_meetings += 1
        meeting.plan = p.plan
        if meeting.rule == Rule.CADRE:
            decide_by_cadre(meeting, stage_of(issue, p) >= ENFORCEMENT, tally, p)
        elif meeting.rule == Rule.OWNERS or meeting.rule == Rule.BALLOT:
            count_ballots(meeting, last, kinds[issue.kind].special_matter, invitees, tally, p)
            judge_ballot(meeting, last, invitees, p)
        else:
            meet(day, seed, meeting, issue, last, invitees, residents, tally, p, offer)
        advisory = not p.binding or stage_of(issue, p) >= HEARING
        by_vote = meeting.rule == Rule.MAJORITY or meeting.rule == Rule.BALLOT  # the other rules are law, and bind
        if advisory and by_vote and not meeting.deferred:
            heed_advice(day, seed, meeting, issue.luck, tally, p)
        note_who_was_there(meeting, last, invitees, residents)
        book(meeting, issue, tally, p)
        if not meeting.deferred:
            take_consent(meeting, invitees, p, consenting)


@compiled
def book(meeting, issue, tally, p):  # type: ignore[no-untyped-def]
    """What comes of it is noted: put off, adopted and at what cost, or failed."""
    if not meeting.adopted:
        meeting.extra = 0.0
        meeting.fen_amendments = 0
    meeting.fen_amendments += int(100.0 * p.yuan_extra * meeting.extra)
    issue.fen_extra += meeting.fen_amendments
    tally[0].fen_plans += meeting.fen_amendments
    tally[0].n_deferred += meeting.deferred
    tally[0].n_adopted += meeting.adopted
    if meeting.deferred:
        issue.n_deferrals += 1
    elif not meeting.adopted:
        issue.n_failures = min(250, issue.n_failures + 1)


@compiled
def meet(day, seed, meeting, issue, last, invitees, residents, tally, p, offer):  # type: ignore[no-untyped-def]
    """Those who came decide, if they are enough; otherwise the matter is put off."""
    seats = those_present(seed, meeting, last, invitees, residents, tally, p)
    meeting.n_attending = len(seats)
    tally[0].n_attended += len(seats)
    tally[0].n_decisions += meeting.n_heard
    if meeting.rule == Rule.RESIDENTS_MEETING:
        meeting.rule_met = most_households_are_there(meeting, invitees, residents)
        meeting.deferred = not meeting.rule_met
        tally[0].n_quorum_failed += not meeting.rule_met
    else:
        meeting.deferred = len(seats) < p.quorum
    if not meeting.deferred:
        if stage_of(issue, p) >= MEDIATION:
            mediate(meeting, seats, invitees, tally, p)
        hold(day, seed, meeting, issue.luck, seats, invitees, tally, p)
    for k in seats:
        resident = residents[invitees[k].resident]
        resident.meetings += 1
        earn_for_meeting(resident, day, int(meeting.minutes), offer)
        tally[0].points_issued += points_for(int(meeting.minutes), offer.meeting_points)


@compiled
def take_a_seat(seed, invitee, person, p):  # type: ignore[no-untyped-def]
    """How open, talkative and doubtful somebody is in this matter, at whatever meeting it comes up."""
    open_to, talk = draw(seed, 0, Purpose.STUBBORN, invitee.luck, person, 0)
    invitee.openness = min(1.0, max(0.0, p.openness + p.openness_sd * normal(open_to)))
    invitee.talk = math.exp(p.talk_sd * normal(talk) + p.talk_by_position * abs(invitee.position))
    draw_doubt(seed, invitee, person, p)


@compiled
def those_present(seed, meeting, last, invitees, residents, tally, p):  # type: ignore[no-untyped-def]
    """Rows of the invitees who came and have taken a seat; counts those who had heard."""
    seats = np.empty(last - meeting.first_invitee, np.int64)
    n = 0
    for k in range(meeting.first_invitee, last):
        meeting.n_heard += invitees[k].heard
        if invitees[k].comes:
            take_a_seat(seed, invitees[k], residents[invitees[k].resident].person, p)
            seats[n] = k
            n += 1
    tally[0].n_draws += 2 * n
    return seats[:n]


@compiled
def most_households_are_there(meeting, invitees, residents):  # type: ignore[no-untyped-def]
    """The quorum of a residents' meeting: more than half of the households affected have sent somebody."""
    households = 0
    there = 0
    last_seen = -1
    last_there = -1
    for k in range(meeting.first_invitee, meeting.first_invitee + meeting.n_affected):
        household = residents[invitees[k].resident].household
        households += household != last_seen
        last_seen = household
        if invitees[k].comes:
            there += household != last_there
            last_there = household
    return 2 * there > households


@compiled
def hold(day, seed, meeting, luck, seats, invitees, tally, p):  # type: ignore[no-untyped-def]
    """Rounds of talk, then the vote of those present. A lost vote leaves the status quo."""
    chair = loudest(seats, invitees)
    if p.voice_gap > 0.0:
        lower_voices(seats, invitees, p)
    meeting.variance_before = variance(seats, invitees)
    meeting.plan = p.plan
    meeting.extra = p.extra  # room for everybody is found by redesigning together, not by decree or ballot
    turn = 0
    for _ in range(max(p.min_rounds, p.rounds_full) if p.full_discussion else p.min_rounds):
        turn = discuss(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p)
    decide(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p)
    meeting.variance_after = variance(seats, invitees)
    judge_fairness(meeting, seats, chair, invitees, p)
    if not p.one_matter:  # the talk that strayed comes on top
        meeting.minutes /= 1.0 - p.share_straying
    tally[0].resident_minutes_meetings += int(meeting.minutes) * len(seats)
    tally[0].staff_minutes_meetings += int(meeting.minutes) + p.staff_minutes_meeting
