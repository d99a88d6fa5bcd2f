"""Whether a resident who sees a call, or is asked, gives two hours (E1 to E6, patterns P12 and P15)."""

from __future__ import annotations

from enum import IntEnum

from ..core.compiled import compiled
from ..core.draw import Purpose, draw, logistic
from ..core.parameter import Parameter, Parameters, numbers_of
from ..party_member.exemplar import lead_of_example
from .earning import earn_for_task, pay_believed
from .habits import habit_after, habit_now
from .joining import sign_up
from .learning import efficacy_now
from .participation import (
    Reasons,
    active_contacts,
    cost_of_time,
    example_of_peers,
    image_gained,
    praise_felt,
    pull_of_pay,
    readiness,
    spirit_felt,
    worth_of_pay,
)


class Occasion(IntEnum):
    """How the opportunity to volunteer came about."""

    CALL = 0
    ASKED = 1
    ASKED_FROM_LIST = 2
    ASKED_BY_MEMBER = 3
    ASKED_BY_WORKER = 4


class Volunteering(Parameters):
    """How ready residents are to volunteer."""

    base: float = Parameter(-7.5, "logit", -9, -3, "readiness of a neutral resident (b0)", "P12")
    sigma: float = Parameter(2.3, "logit", 0.5, 3.5, "spread of the personal inclination to volunteer (σ)", "P15")
    minutes: int = Parameter(120, "min", 30, 480, "length of one act", "assumption")
    stake_of_call: float = Parameter(0.2, "1", 0, 1, "stake a resident has in a general call", "assumption")


VolunteeringNumbers = numbers_of(Volunteering)


@compiled
def weight_of_asking(occasion, common):  # type: ignore[no-untyped-def]
    """What being asked adds (logit): more if somebody with authority asks (S75)."""
    if occasion == Occasion.CALL:
        return 0.0
    if occasion == Occasion.ASKED_BY_MEMBER or occasion == Occasion.ASKED_BY_WORKER:
        return common.weight_asked + common.weight_authority
    return common.weight_asked


@compiled
def reasons_to_volunteer(resident, day, occasion, stake, n_active, p, common, learning, habits, offer, lead):  # type: ignore[no-untyped-def]
    """The terms of V for one occasion to volunteer."""
    return Reasons(
        p.base,
        p.sigma * resident.u_volunteer,
        spirit_felt(resident.spirit, offer.task_frame, offer.task_yuan, common),
        worth_of_pay(pay_believed(resident, p.minutes / 60.0, offer), common),
        example_of_peers(resident.cooperation, n_active, common),
        common.weight_efficacy * (efficacy_now(resident, day, learning) - 0.5) * stake,
        weight_of_asking(occasion, common),
        common.weight_habit * habit_now(resident, day, habits),
        image_gained(offer.visibility, offer.task_yuan, common),
        praise_felt(resident, day, common),
        lead,
        cost_of_time(p.minutes / 60.0, common),
    )


@compiled
def volunteer(
    day, seed, rows, invitations, residents, ties, p, common, learning, habits, joining, offer, buildings, party
):  # type: ignore[no-untyped-def]
    """Each resident invited today gives her time or not.

    Reads the invitation, the resident, her contacts and her building; writes the invitation's `acted` and the
    resident's last act, habit, counts, list entry, points and spirit.
    """
    for k in rows:
        invitation = invitations[k]
        resident = residents[invitation.resident]
        luck, _ = draw(seed, day, Purpose.VOLUNTEER, resident.person, invitation.occasion, invitation.ordinal)
        lead = lead_of_example(resident, day, buildings, party, common)
        reasons = reasons_to_volunteer(
            resident, day, invitation.occasion, invitation.stake, resident.n_ties, p, common, learning, habits, offer,
            lead,
        )  # fmt: skip
        if luck >= logistic(readiness(reasons)):
            continue  # not even the example of all her contacts would move her
        n_active = active_contacts(resident, day, residents, ties, common)
        reasons = reasons_to_volunteer(
            resident, day, invitation.occasion, invitation.stake, n_active, p, common, learning, habits, offer, lead
        )
        if luck < logistic(readiness(reasons)):
            invitation.acted = True
            give_time(resident, day, p, common, habits, joining, offer)


@compiled
def give_time(resident, day, p, common, habits, joining, offer):  # type: ignore[no-untyped-def]
    """What one act of volunteering changes in the resident who does it."""
    pull = pull_of_pay(pay_believed(resident, p.minutes / 60.0, offer), common)
    resident.habit = habit_after(habit_now(resident, day, habits), pull, habits)
    resident.habit_day = day
    if resident.last_act < day:
        resident.act_before = resident.last_act
        resident.last_act = day
    resident.acts += 1
    resident.acts_this_year += 1
    resident.acts_this_quarter += 1
    resident.minutes += p.minutes
    sign_up(resident, day, joining)
    earn_for_task(resident, day, p.minutes, offer)
    if offer.spirit_drift != 0.0:
        resident.spirit = min(1.0, max(0.0, resident.spirit + offer.spirit_drift))
