"""The council and its meetings: who is invited, who speaks, how positions move, what is decided (E10 to E14)."""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, normal
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import in_order, room_for
from ..agents.resident.attending import chance_to_hear
from ..agents.resident.awareness import awareness
from ..agents.resident.consenting import consent, votes_yes
from ..agents.resident.voting import Ballot
from ..agents.resident.earning import earn_for_meeting, points_for
from .calendar import working_days
from .closing import procedural_time
from .issues import Affected, State, move, stake_in
from .routing import hand_to_tier


class Rule(IntEnum):
    """Who decides, and how."""

    CADRE = 0
    MAJORITY = 1
    RESIDENTS_MEETING = 2
    OWNERS = 3
    BALLOT = 4


class Attendance(IntEnum):
    """Who sits in a meeting."""

    SELF_SELECTED = 0
    COUNCIL = 1
    RANDOM = 2


class Convener(IntEnum):
    """Who calls a meeting and takes the chair."""

    ELECTED_RESIDENT = 0
    PARTY_SECRETARY = 1
    SOCIAL_WORKER = 2
    ROTATING = 3


class RulesOrigin(IntEnum):
    """Where the rules of procedure come from."""

    IMPOSED = 0
    SELF_MADE = 1


class Deliberation(Parameters):
    """The council's procedure, a lever: who attends, the eight rules as switches, who decides and how.

    The seventh of the eight rules, the majority's, is `rule` and `threshold`; the eighth, that the majority
    respects the minority, comes in two doses: `minority_voice` and `minority_amendment`. At their defaults the
    switches add nothing to a vote after free talk.
    """

    rule: str = Parameter(
        "majority", "code", None, None,
        "cadre: the plan is adopted at once; majority: those present talk and vote; residents_meeting: the same, valid "
        "if more than half of the households are there; owners: the double quorum of the Civil Code by ballot, for "
        "the matters it governs (others by majority); ballot: all affected vote without a meeting",
        "L26g, L24, S20, S92", codes=Rule,
    )
    threshold: float = Parameter(0.5, "1", 0.5, 0.95, "share of yes votes that must be exceeded", "L26g")
    attendance: str = Parameter(
        "self_selected", "code", None, None, "who sits in a meeting", "W12, S93", codes=Attendance
    )
    council_seats: int = Parameter(21, "residents", 3, 200, "seats of an elected council", "L17, assumption")
    council_weight_party: float = Parameter(
        1.0, "× others", 0, 50, "chance of a Party member to be elected (composition of 115N not given)", "L17, L12"
    )
    council_weight_women: float = Parameter(1.0, "× others", 0, 50, "chance of a woman to be elected", "W12")
    council_weight_tenants: float = Parameter(1.0, "× others", 0, 50, "chance of a tenant to be elected", "L17")
    council_weight_old: float = Parameter(1.0, "× others", 0, 50, "chance of somebody of 60 or over", "L10")
    random_seats: int = Parameter(25, "residents", 3, 300, "residents chosen by lot", "S93, assumption")
    convener: str = Parameter(
        "elected_resident", "code", None, None, "who calls the meeting and takes the chair", "L26a, W7", codes=Convener
    )
    rules_origin: str = Parameter(
        "imposed", "code", None, None, "whether residents made the rules themselves", "L25", codes=RulesOrigin
    )
    binding: bool = Parameter(
        True, "yes/no", None, None, "whether the vote binds; if not, the cadre decides after it", "W12, L24"
    )
    advice_followed: float = Parameter(
        0.7, "1", 0, 1, "probability that the cadre follows a vote that does not bind", "assumption"
    )
    neutral_chair: bool = Parameter(False, "yes/no", None, None, "first rule: the chair takes no extra floor", "L26a")
    one_matter: bool = Parameter(
        True, "yes/no", None, None, "second rule: one matter at a time; otherwise talk strays", "L26b"
    )
    raise_hands: bool = Parameter(
        False, "yes/no", None, None, "third rule: hands are raised, whoever spoke least goes first", "L26c"
    )
    respect: bool = Parameter(
        True, "yes/no", None, None, "fourth rule: nobody is interrupted", "L26d"
    )
    turn_limits: bool = Parameter(
        False, "yes/no", None, None, "fifth rule: so many turns, so many minutes each", "L26e"
    )
    full_discussion: bool = Parameter(
        False, "yes/no", None, None, "sixth rule: no vote before the fuller number of rounds", "L26f"
    )
    minority_voice: bool = Parameter(
        False, "yes/no", None, None, "eighth rule, small dose: opponents are heard and their reasons recorded", "L26h"
    )
    minority_amendment: bool = Parameter(
        False, "yes/no", None, None, "eighth rule, full dose: the plan moves towards a sizeable minority", "L26h"
    )
    share_straying: float = Parameter(
        0.25, "1", 0, 0.8, "talk lost to other matters where they are not kept apart", "L26b, S94, assumption"
    )
    interruptions: float = Parameter(
        0.3, "1", 0, 0.9, "turns cut short where nobody minds manners", "L26d, S90, assumption"
    )
    voice_gap: float = Parameter(
        0.0, "log", 0, 2, "how much less floor women take where their numbers give them no weight", "S19, S90"
    )
    interruption_gap: float = Parameter(
        0.5, "1", 0, 2, "by how much more often women are interrupted", "S90, assumption"
    )
    repulsion: float = Parameter(
        0.0, "1", 0, 1, "how strongly one moves away from those far apart; 0: not at all", "H3, assumption"
    )
    repulsion_distance: float = Parameter(
        1.2, "position", 0.2, 2, "distance from which that sets in", "assumption"
    )
    hands_exponent: float = Parameter(
        0.3, "1", 0, 1, "what raised hands leave of differences in talkativeness", "E12, assumption"
    )
    turns_limit: int = Parameter(1, "per 15 min", 1, 5, "turns a speaker has under the limit", "L26e, assumption")
    minutes_limit: float = Parameter(3.0, "min", 0.5, 15, "longest turn under the limit", "L26e, assumption")
    rounds_full: int = Parameter(4, "rounds", 1, 10, "rounds of a full discussion", "L26f, assumption")
    max_rounds: int = Parameter(8, "rounds", 1, 20, "rounds after which an undecided plan is dropped", "E13")
    amend_step: float = Parameter(
        0.0, "1", 0, 0.6, "share of the way to the pivotal voter the plan moves after an undecided vote", "E13, D8"
    )
    max_amendments: int = Parameter(4, "times", 0, 10, "how often that may happen", "E13, assumption")
    minority_share: float = Parameter(
        0.15, "1", 0.05, 0.5, "share of those present that is a sizeable minority", "E13, assumption"
    )
    minority_loss: float = Parameter(
        0.3, "position", 0, 2, "mean loss from which it is strongly opposed", "E13, assumption"
    )
    minority_step: float = Parameter(
        0.25, "1", 0, 1, "share of the way to its median the plan then moves", "E13, assumption"
    )
    max_accommodations: int = Parameter(2, "times", 0, 5, "how often that may happen", "E13, assumption")
    yuan_amendment: float = Parameter(
        0.0, "yuan per unit of position", 0, 50_000, "what moving a plan costs", "L9, E10, assumption"
    )
    extra: float = Parameter(
        0.0, "position", 0, 1, "room for everybody that a joint redesign adds to the plan", "L9, E10, assumption"
    )
    yuan_extra: float = Parameter(
        20_000.0, "yuan per unit", 0, 1_000_000, "what that room costs", "L9, E10, assumption"
    )
    escalation: bool = Parameter(
        False, "yes/no", None, None, "whether repeated failure leads to mediation, a hearing, enforcement", "E13, L19"
    )
    mediation_pull: float = Parameter(
        0.25, "1", 0, 1, "share of their distance that mediation takes from the parties", "assumption"
    )
    mediation_minutes: int = Parameter(120, "min", 10, 1_000, "staff time of a mediation", "assumption")
    enforcement_fairness: float = Parameter(0.1, "1", 0, 1, "fairness of enforcement", "B8, assumption")
    owners_quorum: float = Parameter(
        0.667, "1", 0.1, 1, "share of owners, and of floor area, that must take part", "S20"
    )
    owners_threshold: float = Parameter(0.5, "1", 0.5, 0.95, "share of both among these for ordinary matters", "S20")
    owners_threshold_special: float = Parameter(0.75, "1", 0.5, 0.95, "the same for special matters", "S20")
    period: int = Parameter(14, "d", 1, 120, "days between two meetings of a council", "L21, assumption")
    items: int = Parameter(2, "issues", 1, 10, "issues a meeting can take", "assumption")
    quorum: int = Parameter(5, "residents", 1, 100, "fewest residents who can decide", "assumption")
    deferrals: int = Parameter(3, "times", 0, 20, "meetings without quorum after which the cadre decides", "assumption")
    status_quo: float = Parameter(-0.5, "position", -1, 1, "position of the status quo (q)", "E10, assumption")
    plan: float = Parameter(0.3, "position", -1, 1, "position of the first plan (z0)", "E10, assumption")
    position_mean: float = Parameter(
        0.1, "position", -1, 1, "mean over issues of the residents' mean position", "E10, assumption"
    )
    position_mean_sd: float = Parameter(0.25, "position", 0, 1, "spread of that between issues", "E10, assumption")
    position_sd: float = Parameter(0.5, "position", 0, 1, "spread between residents", "E10, assumption")
    doubt_sd: float = Parameter(0.15, "position", 0, 1, "spread of the doubt in a vote", "E10, assumption")
    minutes_round: float = Parameter(15.0, "min", 5, 60, "length of a round", "E11, assumption")
    min_rounds: int = Parameter(2, "rounds", 1, 6, "rounds before the vote", "E13, assumption")
    openness: float = Parameter(
        0.55, "1", 0, 1, "mean share of others in a position after long talk (λ)", "B1, assumption"
    )
    openness_sd: float = Parameter(0.15, "1", 0, 0.5, "spread of that between residents", "assumption")
    minutes_to_move: float = Parameter(
        42.0, "min", 5, 240, "minutes of talk after which most of the movement is done (τ)", "assumption"
    )
    closeness: float = Parameter(1.2, "position", 0.1, 4, "distance at which another's word still counts", "assumption")
    talk_sd: float = Parameter(1.0, "log", 0, 2, "spread of talkativeness", "S18")
    talk_by_position: float = Parameter(0.6, "log per unit", 0, 2, "how much more the extreme talk", "assumption")
    minutes_turn: float = Parameter(2.0, "min", 1.5, 10, "median length of a turn", "S18, assumption")
    turn_sd: float = Parameter(0.6, "log", 0, 1.5, "spread of the length of turns", "assumption")
    chair_weight: float = Parameter(3.0, "× mean", 0, 6, "extra floor a chair who is not neutral takes", "S18")
    chair_social_worker: float = Parameter(
        0.3, "1", 0, 1, "share of that a social worker in the chair takes", "W4, assumption"
    )
    chair_rotating: float = Parameter(0.6, "1", 0, 1, "share of that a rotating chair takes", "assumption")
    cadre_minutes: int = Parameter(30, "min", 5, 240, "staff time for a decision of the cadre", "assumption")
    cadre_fairness: float = Parameter(0.25, "1", 0, 1, "fairness of a decision without residents", "B8, assumption")
    staff_minutes_meeting: int = Parameter(
        60, "min", 0, 480, "staff time to prepare a meeting, for each issue", "assumption"
    )
    sample: int = Parameter(150, "residents", 10, 500, "residents affected by a cross-department matter", "assumption")


DeliberationNumbers = numbers_of(Deliberation)


class MeetingFields:
    """One row an issue that came before a council."""

    day = Field("i4", "day", "when")
    council = Field("i4", "row", "general grid whose council it is")
    issue = Field("i4", "row", "what")
    rule = Field("u1", "code", "who decided", codes=Rule)
    n_affected = Field("i4", "residents", "adults who have to live with the issue")
    n_heard = Field("i4", "residents", "of these, how many heard of the meeting")
    n_attending = Field("i4", "residents", "how many came")
    first_invitee = Field("i4", "row", "first row of today's invitees")
    deferred = Field("?", "yes/no", "too few came")
    adopted = Field("?", "yes/no", "the plan was adopted")
    rule_met = Field("?", "yes/no", "the quorum of law was met, where there is one", 1)
    plan = Field("f8", "position", "the plan put to the vote last")
    n_amendments = Field("u1", "times", "how often it was amended after an undecided vote")
    n_accommodations = Field("u1", "times", "how often it moved towards a minority")
    overridden = Field("?", "yes/no", "the cadre decided otherwise than the residents")
    mediated = Field("?", "yes/no", "the parties had been through mediation")
    n_refused = Field("i4", "residents", "who refused to vote")
    share_women = Field("f8", "1", "women among those who came")
    share_tenants = Field("f8", "1", "tenants among those who came")
    share_old = Field("f8", "1", "of 60 and over among those who came")
    share_women_affected = Field("f8", "1", "women among those affected")
    share_tenants_affected = Field("f8", "1", "tenants among those affected")
    share_old_affected = Field("f8", "1", "of 60 and over among those affected")
    share_floor_women = Field("f8", "1", "women's share of the speaking time")
    fen_amendments = Field("i8", "fen", "what moving and widening the plan costs")
    consent_winners = Field("f8", "1", "mean consent of those affected who were for the first plan")
    distance_losers = Field("f8", "position", "mean distance of the outcome from those against the first plan")
    rounds = Field("u1", "rounds", "rounds of talk")
    minutes = Field("f8", "min", "length")
    share_yes = Field("f8", "1", "share of yes votes")
    outcome = Field("f8", "position", "what was decided: plan or status quo")
    speaking_gini = Field("f8", "1", "inequality of speaking time")
    chair_share = Field("f8", "1", "share of the speaking time taken by the chair")
    losers_spoke = Field("f8", "1", "share of those present against the plan at first who spoke")
    fairness = Field("f8", "1", "procedural fairness, from what happened")
    consent = Field("f8", "1", "mean consent of all affected")
    consent_losers = Field("f8", "1", "mean consent of those affected who were against the first plan")
    variance_before = Field("f8", "position²", "variance of the positions of those present before")
    variance_after = Field("f8", "position²", "the same after the talk")


class InviteeFields:
    """One row an opportunity of today: somebody affected by an issue before a council."""

    meeting = Field("i4", "row", "which")
    resident = Field("i4", "row", "who")
    luck = Field("i8", "identity", "the issue's identity")
    stake = Field("f8", "1", "severity, less with distance")
    heard = Field("?", "yes/no", "has heard of the meeting")
    comes = Field("?", "yes/no", "comes")
    first_position = Field("f8", "position", "position before the meeting")
    position = Field("f8", "position", "position now")
    openness = Field("f8", "1", "share of others in the position after long talk")
    doubt = Field("f8", "position", "doubt in the vote, drawn once")
    talk = Field("f8", "weight", "chance to get the floor")
    minutes = Field("f8", "min", "spoken")
    turns = Field("i4", "turns", "turns taken")
    duty = Field("f8", "logit", "what a seat or a personal invitation adds to the readiness to come")
    entitled = Field("?", "yes/no", "may vote in this matter")
    ballot = Field("u1", "code", "what was done with the ballot, where there is one", codes=Ballot)
    area = Field("i4", "m²", "floor area voted for, where owners vote")
    hours = Field("f8", "h", "length of meeting expected")


@compiled
def is_council_day(day, council, p):  # type: ignore[no-untyped-def]
    """Councils meet once a period, not all on the same day; the cadre decides any day."""
    return p.rule == Rule.CADRE or (day + 32_760 + council) % p.period == 0


@compiled
def convene(
    day,
    seed,
    cases,
    issues,
    kinds,
    micro_grids,
    general_grids,
    residents,
    meetings,
    invitees,
    town,
    tally,
    p,
    attending,
    noticing,
    issue_p,
    party,
):  # type: ignore[no-untyped-def]
    """Councils that meet today take their oldest contested issues; all who are affected are noted."""
    keys = np.empty(town[0].n_cases, np.int64)
    n = 0
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        if issue.state == State.ON_AGENDA:
            council = micro_grids[issue.micro_grid].general_grid
            if is_council_day(day, council, p):
                keys[n] = (council * 65536 + issue.on_agenda_since + 32768) * 16777216 + cases[c].issue
                n += 1
    keys = in_order(keys, n)
    town[0].first_meeting_today = town[0].n_meetings
    town[0].n_invitees = 0
    last_council = -1
    taken = 0
    for k in range(n):
        council = keys[k] // 16777216 // 65536
        taken = taken + 1 if council == last_council else 1
        last_council = council
        if taken <= p.items or p.rule == Rule.CADRE:
            row = keys[k] % 16777216
            meetings = room_for(meetings, town[0].n_meetings + 1)
            meeting = meetings[town[0].n_meetings]
            meeting.day = day
            meeting.council = council
            meeting.issue = row
            meeting.rule = Rule.CADRE if issues[row].n_deferrals >= p.deferrals else p.rule
            meeting.first_invitee = town[0].n_invitees
            invitees = invite(
                day,
                seed,
                town[0].n_meetings,
                issues[row],
                meeting.rule,
                kinds,
                micro_grids,
                general_grids,
                residents,
                invitees,
                town,
                tally,
                p,
                attending,
                noticing,
                issue_p,
                party,
            )
            meeting.n_affected = town[0].n_invitees - meeting.first_invitee
            town[0].n_meetings += 1
    return meetings, invitees


@compiled
def invite(
    day,
    seed,
    meeting,
    issue,
    rule,
    kinds,
    micro_grids,
    general_grids,
    residents,
    invitees,
    town,
    tally,
    p,
    attending,
    noticing,
    issue_p,
    party,
):  # type: ignore[no-untyped-def]
    """Note every adult affected by an issue, with a position on it, and whether word of the meeting got there."""
    place = micro_grids[issue.micro_grid]
    grid = general_grids[place.general_grid]
    whole = kinds[issue.kind].affected
    first = grid.first_resident if whole == Affected.GENERAL_GRID_SAMPLE else place.first_resident
    count = grid.n_residents if whole == Affected.GENERAL_GRID_SAMPLE else place.n_residents
    share = min(1.0, p.sample / count) if whole == Affected.GENERAL_GRID_SAMPLE else 1.0
    centre, _ = draw(seed, 0, Purpose.PLAN, issue.luck, 0, 0)
    mean = p.position_mean + p.position_mean_sd * normal(centre)
    tally[0].n_draws += 1
    invitees = room_for(invitees, town[0].n_invitees + count)
    for i in range(first, first + count):
        resident = residents[i]
        near = whole != Affected.NEIGHBOURS or abs(resident.building - issue.building) <= 1
        if resident.adult and near:
            picked, _ = draw(seed, 0, Purpose.AFFECTED, issue.luck, resident.person, 0)
            tally[0].n_draws += 1
            if picked < share:
                where, _ = draw(seed, 0, Purpose.POSITION, issue.luck, resident.person, 0)
                invitee = invitees[town[0].n_invitees]
                invitee.meeting = meeting
                invitee.resident = i
                invitee.luck = issue.luck
                invitee.stake = stake_in(issue, resident.building, day, issue_p)
                ear, _ = draw(seed, day, Purpose.HEAR, issue.luck, resident.person, 0)
                hears = chance_to_hear(awareness(resident, day, party), noticing.mean_information, attending)
                invitee.heard = rule != Rule.CADRE and ear < hears
                invitee.comes = False
                invitee.first_position = min(1.0, max(-1.0, mean + p.position_sd * normal(where)))
                invitee.position = invitee.first_position
                invitee.minutes = 0.0
                town[0].n_invitees += 1
                tally[0].n_draws += 2 + invitee.heard
    return invitees


@compiled
def deliberate(
    day, seed, meetings, invitees, issues, residents, tiers, town, tally, p, consenting, offer, closing, grid
):  # type: ignore[no-untyped-def]
    """Today's meetings, one issue after the other: talk, vote, decide."""
    for m in range(town[0].first_meeting_today, town[0].n_meetings):
        meeting = meetings[m]
        issue = issues[meeting.issue]
        last = meeting.first_invitee + meeting.n_affected
        tally[0].n_meetings += 1
        if meeting.rule == Rule.CADRE:
            decide_by_cadre(meeting, tally, p)
        else:
            seats = those_present(seed, meeting, invitees, residents, tally, p)
            meeting.n_attending = len(seats)
            tally[0].n_attended += len(seats)
            tally[0].n_decisions += meeting.n_heard
            if len(seats) < p.quorum:
                meeting.deferred = True
                issue.n_deferrals += 1
                tally[0].n_deferred += 1
            else:
                hold(day, seed, meeting, issue.luck, seats, invitees, tally, p)
            for k in seats:
                resident = residents[invitees[k].resident]
                resident.meetings += 1
                earn_for_meeting(resident, day, int(meeting.minutes), offer)
                tally[0].points_issued += points_for(int(meeting.minutes), offer.meeting_points)
        if not meeting.deferred:
            take_consent(meeting, invitees, last, p, consenting)
            tally[0].n_adopted += meeting.adopted
            back_from_agenda(day, seed, issue, meeting, tiers, tally, closing, grid)


@compiled
def take_a_seat(seed, invitee, person, p):  # type: ignore[no-untyped-def]
    """How open, talkative and doubtful somebody is in this matter, at whatever meeting it comes up."""
    open_to, talk = draw(seed, 0, Purpose.STUBBORN, invitee.luck, person, 0)
    doubt, _ = draw(seed, 0, Purpose.VOTE, invitee.luck, person, 0)
    invitee.openness = min(1.0, max(0.0, p.openness + p.openness_sd * normal(open_to)))
    invitee.doubt = p.doubt_sd * normal(doubt)
    invitee.talk = math.exp(p.talk_sd * normal(talk) + p.talk_by_position * abs(invitee.position))


@compiled
def those_present(seed, meeting, invitees, residents, tally, p):  # type: ignore[no-untyped-def]
    """Rows of the invitees who came and have taken a seat; counts those who had heard."""
    first = meeting.first_invitee
    seats = np.empty(meeting.n_affected, np.int64)
    n = 0
    for k in range(first, first + meeting.n_affected):
        meeting.n_heard += invitees[k].heard
        if invitees[k].comes:
            take_a_seat(seed, invitees[k], residents[invitees[k].resident].person, p)
            seats[n] = k
            n += 1
    tally[0].n_draws += 2 * n
    return seats[:n]


@compiled
def decide_by_cadre(meeting, tally, p):  # type: ignore[no-untyped-def]
    """The cadre adopts the plan at once; nobody speaks."""
    meeting.adopted = True
    meeting.outcome = p.plan
    meeting.fairness = p.cadre_fairness
    tally[0].staff_minutes_meetings += p.cadre_minutes


@compiled
def hold(day, seed, meeting, luck, seats, invitees, tally, p):  # type: ignore[no-untyped-def]
    """Rounds of talk, then the vote of those present. A lost vote leaves the status quo."""
    chair = seats[0]
    for k in seats:
        if invitees[k].talk > invitees[chair].talk:
            chair = k
    meeting.variance_before = variance(seats, invitees)
    turn = 0
    for r in range(p.min_rounds):
        turn = talk_a_round(day, seed, luck, seats, chair, invitees, turn, tally, p)
        listen(seats, invitees, r, p)
        meeting.rounds += 1
    meeting.minutes = meeting.rounds * p.minutes_round
    meeting.variance_after = variance(seats, invitees)
    yes = 0
    for k in seats:
        yes += votes_yes(invitees[k].position, p.plan, p.status_quo, invitees[k].doubt)
    meeting.share_yes = yes / len(seats)
    meeting.adopted = meeting.share_yes > p.threshold
    meeting.outcome = p.plan if meeting.adopted else p.status_quo
    judge_fairness(meeting, seats, chair, invitees, p)
    tally[0].resident_minutes_meetings += int(meeting.minutes) * len(seats)
    tally[0].staff_minutes_meetings += int(meeting.minutes) + p.staff_minutes_meeting
    tally[0].n_decisions += len(seats)


@compiled
def talk_a_round(day, seed, luck, seats, chair, invitees, turn, tally, p):  # type: ignore[no-untyped-def]
    """One round of free talk: the floor goes to whoever takes it, the chair takes more (E12).

    Writes the minutes each has spoken; returns how many turns there have been.
    """
    total = 0.0
    for k in seats:
        total += invitees[k].talk
    extra = p.chair_weight * total / len(seats)
    used = 0.0
    while used < p.minutes_round and turn < 250:
        who, how_long = draw(seed, day, Purpose.SPEAK, luck, 0, turn)
        mark = who * (total + extra)
        speaker = chair
        if mark >= extra:
            mark -= extra
            for k in seats:
                speaker = k
                mark -= invitees[k].talk
                if mark < 0:
                    break
        length = min(p.minutes_round - used, p.minutes_turn * math.exp(p.turn_sd * normal(how_long)))
        invitees[speaker].minutes += length
        used += length
        turn += 1
        tally[0].n_draws += 1
    return turn


@compiled
def listen(seats, invitees, r, p):  # type: ignore[no-untyped-def]
    """Positions move towards what was heard so far, weighted by floor time and closeness (E11)."""
    pace = 1.0 - math.exp(-p.minutes_round / p.minutes_to_move)
    heard = np.empty(len(seats), np.float64)
    for a in range(len(seats)):
        me = invitees[seats[a]]
        weight = 0.0
        pull = 0.0
        for b in range(len(seats)):
            other = invitees[seats[b]]
            apart = (me.position - other.position) / p.closeness
            w = other.minutes * math.exp(-0.5 * apart * apart)
            weight += w
            pull += w * other.position
        heard[a] = pull / weight if weight > 0 else me.position
    for a in range(len(seats)):
        me = invitees[seats[a]]
        goal = (1.0 - me.openness) * me.first_position + me.openness * heard[a]
        me.position += pace * (goal - me.position)


@compiled
def variance(seats, invitees):  # type: ignore[no-untyped-def]
    """Variance of the positions of those present."""
    mean = 0.0
    for k in seats:
        mean += invitees[k].position
    mean /= len(seats)
    total = 0.0
    for k in seats:
        total += (invitees[k].position - mean) * (invitees[k].position - mean)
    return total / len(seats)


@compiled
def judge_fairness(meeting, seats, chair, invitees, p):  # type: ignore[no-untyped-def]
    """Fairness from what happened: equal speaking time, a chair who leaves room, losers who were heard."""
    n = len(seats)
    total = 0.0
    apart = 0.0
    losers = 0
    spoke = 0
    for a in seats:
        total += invitees[a].minutes
        for b in seats:
            apart += abs(invitees[a].minutes - invitees[b].minutes)
        if not votes_yes(invitees[a].first_position, p.plan, p.status_quo, 0.0):
            losers += 1
            spoke += invitees[a].minutes > 0
    meeting.speaking_gini = apart / (2.0 * n * total)
    meeting.chair_share = invitees[chair].minutes / total
    meeting.losers_spoke = spoke / losers if losers > 0 else 1.0
    room = 1.0 if meeting.chair_share * n <= 3.0 else 3.0 / (meeting.chair_share * n)
    meeting.fairness = (1.0 - meeting.speaking_gini + room + meeting.losers_spoke) / 3.0


@compiled
def take_consent(meeting, invitees, last, p, consenting):  # type: ignore[no-untyped-def]
    """The mean consent of everybody affected, and of those who were against the first plan."""
    total = 0.0
    of_losers = 0.0
    losers = 0
    for k in range(meeting.first_invitee, last):
        invitee = invitees[k]
        took_part = invitee.comes and meeting.rule != Rule.CADRE
        value = consent(invitee.position, meeting.outcome, meeting.fairness, took_part, consenting)
        total += value
        if not votes_yes(invitee.first_position, p.plan, p.status_quo, 0.0):
            of_losers += value
            losers += 1
    if meeting.n_affected > 0:
        meeting.consent = total / meeting.n_affected
    if losers > 0:
        meeting.consent_losers = of_losers / losers


@compiled
def back_from_agenda(day, seed, issue, meeting, tiers, tally, closing, grid):  # type: ignore[no-untyped-def]
    """After the decision the clock runs on: an adopted plan is to be carried out, the status quo to be written up."""
    issue.since += working_days(day) - working_days(issue.on_agenda_since)
    issue.decided = True
    issue.plan_adopted = meeting.adopted
    issue.consent = meeting.consent
    move(issue, State.QUEUED)
    if meeting.adopted:
        hand_to_tier(day, seed, issue, tiers, tally, closing, grid)
    else:
        issue.labour_left = 0
        issue.finish = working_days(day) + procedural_time(issue, tiers, closing, grid)
