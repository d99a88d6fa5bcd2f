"""The regime: who attends, the eight rules as switches, who decides and how; and the logs of meetings and invitees."""

from __future__ import annotations

from enum import IntEnum

from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.resident.voting import Ballot


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
        0.6666, "1", 0.1, 1, "share of owners, and of floor area, that must take part", "S20"
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
    extra = Field("f8", "position", "room for everybody that the plan adopted holds")
    speaking_gini = Field("f8", "1", "inequality of speaking time")
    chair_share = Field("f8", "1", "share of the speaking time taken by the chair")
    chair_minutes = Field("f8", "min", "spoken by a chair who is not one of the residents")
    losers_spoke = Field("f8", "1", "share of those present against the plan at first who spoke, or cast a ballot")
    fairness = Field("f8", "1", "procedural fairness, from what happened")
    consent = Field("f8", "1", "mean consent of all affected")
    consent_losers = Field("f8", "1", "mean consent of those affected who were against the first plan")
    variance_before = Field("f8", "position²", "variance of the positions of those present before")
    variance_after = Field("f8", "position²", "the same after the talk")


class InviteeFields:
    """One row an opportunity of today: somebody affected by an issue before a council, or called on to decide it.

    Of each meeting those affected stand first (`n_affected` rows), in the order of residents; then whoever decides
    without being affected: owners who live elsewhere, then other members of the council or owners of the micro-grid.
    """

    meeting = Field("i4", "row", "which")
    resident = Field("i4", "row", "who; −1: an owner who lives elsewhere")
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
    female = Field("?", "yes/no", "a woman")
    entitled = Field("?", "yes/no", "may vote in this matter")
    polled = Field("?", "yes/no", "has a ballot paper, and no meeting to go to")
    ballot = Field("u1", "code", "what was done with the ballot, where there is one", codes=Ballot)
    area = Field("i4", "m²", "floor area voted for, where owners vote")
    hours = Field("f8", "h", "length of meeting expected")
