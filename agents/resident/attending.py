"""Who comes to a residents' meeting (E1)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.draw import Purpose, draw, logistic
from ..core.parameter import Parameter, Parameters, numbers_of
from .learning import efficacy_now
from .participation import (
    Reasons,
    active_contacts,
    cost_of_time,
    example_of_peers,
    image_gained,
    praise_felt,
    readiness,
    spirit_felt,
    worth_of_pay,
)


class Attending(Parameters):
    """Who hears of a meeting, and how ready residents are to come."""

    base: float = Parameter(-1.7, "logit", -6, 0, "readiness of a neutral resident (b0)", "S35, assumption")
    sigma: float = Parameter(1.5, "logit", 0, 3, "spread of the personal inclination to attend (σ)", "assumption")
    share_hearing: float = Parameter(
        0.5, "1", 0, 1, "share of those affected who hear of the meeting, at mean information", "W6, assumption"
    )
    hours_expected: float = Parameter(
        1.0, "h", 0.25, 4, "length of the meeting that residents expect at first", "assumption"
    )
    expectation_step: float = Parameter(
        0.0, "1", 0, 1, "how fast that follows the meetings of their council; 0: not at all", "S18, assumption"
    )
    council_duty: float = Parameter(
        3.0, "logit", 0, 6, "what an elected seat adds to the readiness to come", "W12, assumption"
    )
    selected_duty: float = Parameter(
        1.5, "logit", 0, 6, "what a personal invitation by lot adds to it", "S93, assumption"
    )


AttendingNumbers = numbers_of(Attending)


@compiled
def chance_to_hear(information, mean_information, p):  # type: ignore[no-untyped-def]
    """Probability that someone affected hears of the meeting: awareness is a gate (W6)."""
    return min(1.0, p.share_hearing * information / mean_information)


@compiled
def reasons_to_attend(resident, day, stake, n_active, p, common, learning, offer):  # type: ignore[no-untyped-def]
    """The terms of V for one meeting."""
    return Reasons(
        p.base,
        p.sigma * resident.u_attend,
        spirit_felt(resident.spirit, offer.meeting_frame, offer.meeting_yuan, common),
        worth_of_pay(offer.meeting_yuan * offer.worth, common),
        example_of_peers(resident.cooperation, n_active, common),
        common.weight_efficacy * (efficacy_now(resident, day, learning) - 0.5) * stake,
        0.0,
        0.0,
        image_gained(offer.visibility, offer.meeting_yuan, common),
        praise_felt(resident, day, common),
        0.0,
        cost_of_time(p.hours_expected, common),
    )


@compiled
def pull_of_seat(invitee, p, common):  # type: ignore[no-untyped-def]
    """What a seat or a lot adds to the readiness to come, and what longer meetings than at first take away (logit)."""
    return invitee.duty + (cost_of_time(p.hours_expected, common) - cost_of_time(invitee.hours, common))


@compiled
def hours_expected_after(expected, hours, p):  # type: ignore[no-untyped-def]
    """Expected length of the next meeting (h), after one of so many hours."""
    return expected + p.expectation_step * (hours - expected)


@compiled
def attend(day, seed, rows, invitees, residents, ties, p, common, learning, offer):  # type: ignore[no-untyped-def]
    """Each affected resident who has heard of today's meeting comes or not.

    Reads the invitation, the resident and her contacts; writes the invitation's `comes`.
    """
    for k in rows:
        invitee = invitees[k]
        if invitee.heard:
            resident = residents[invitee.resident]
            luck, _ = draw(seed, day, Purpose.ATTEND, invitee.luck, resident.person, 0)
            reasons = reasons_to_attend(resident, day, invitee.stake, resident.n_ties, p, common, learning, offer)
            seat = pull_of_seat(invitee, p, common)
            if luck >= logistic(readiness(reasons) + seat):
                continue  # not even the example of all her contacts would move her
            n_active = active_contacts(resident, day, residents, ties, common)
            reasons = reasons_to_attend(resident, day, invitee.stake, n_active, p, common, learning, offer)
            invitee.comes = luck < logistic(readiness(reasons) + seat)
