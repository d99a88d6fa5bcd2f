"""The terms of the decision to act (equations E1 to E6): what pulls a resident in, and what holds her back."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of
from . import LONG_AGO, Cooperation


class Participation(Parameters):
    """How much each reason weighs, for every kind of act."""

    weight_spirit: float = Parameter(3.0, "logit per unit", 0, 6, "weight of public spirit (b_sp)", "W0, assumption")
    weight_peers: float = Parameter(1.5, "logit", 0, 4, "weight of seeing contacts act (b_norm)", "S78, W0")
    peers_half: float = Parameter(2.0, "contacts", 0.5, 5, "active contacts at which half the pull is felt (θ)", "S78")
    days_peers_seen: int = Parameter(60, "d", 1, 365, "how long a contact's act stays in sight", "assumption")
    peers_conditional: float = Parameter(
        1.0, "1", 0, 1, "share of the peers' pull a conditional cooperator feels", "S70"
    )
    peers_unconditional: float = Parameter(0.25, "1", 0, 1, "share of it an unconditional cooperator feels", "S70")
    peers_free_rider: float = Parameter(0.0, "1", 0, 1, "share of it a free rider feels", "S70")
    free_rider_reserve: float = Parameter(
        0.5, "logit", 0, 2, "what holds a free rider back in addition", "S70, assumption"
    )
    weight_efficacy: float = Parameter(
        8.0, "logit per unit", 0, 16, "weight of efficacy times stake (b_eff)", "P1, S11"
    )
    weight_asked: float = Parameter(
        1.2, "logit", 0, 3, "weight of being asked by someone known (b_ask)", "S79, assumption"
    )
    weight_habit: float = Parameter(2.0, "logit", 0, 5, "weight of habit (b_hab)", "P15, assumption")
    cost_per_hour: float = Parameter(0.3, "logit per h", 0, 2, "cost of each hour over the first", "assumption")
    pay_ceiling: float = Parameter(3.0, "logit", 0, 5, "most that pay can add (v_max)", "S5, assumption")
    pay_half: float = Parameter(6.0, "yuan per h", 1, 20, "pay at which half the ceiling is reached (y50)", "S5")
    pay_steepness: float = Parameter(2.0, "1", 1, 4, "steepness of the pay curve (n)", "S5")
    crowding: float = Parameter(
        0.15, "1", 0, 0.6, "share of spirit lost while a programme pays next to nothing (κ)", "S6, S8"
    )
    weight_image: float = Parameter(
        1.1, "logit", 0, 3, "weight of being seen to act, under a public board (b_img)", "S9"
    )
    image_dilution: float = Parameter(
        0.5, "per yuan per h", 0, 5, "rate at which pay dilutes that image (1/y_d); 0: not at all", "S7, D5"
    )
    weight_praise: float = Parameter(0.5, "logit", 0, 3, "weight of having just been praised", "S10, W15")
    praise_half_life: float = Parameter(150.0, "d", 7, 1000, "half-life of praise", "S10, assumption")
    weight_praise_grid: float = Parameter(
        0.2, "logit", 0, 3, "weight of one's micro-grid having just been praised", "W15, assumption"
    )
    weight_exemplar: float = Parameter(
        0.4, "logit", 0, 2, "pull of a member seen at work in one's building (b_lead)", "S74, S75, H5"
    )
    exemplar_substitution: float = Parameter(
        0.4, "logit", 0, 2, "how much that work tells one that it is done already", "J4, J5, assumption"
    )
    days_exemplar_seen: int = Parameter(60, "d", 1, 365, "how long that stays in sight", "assumption")
    weight_authority: float = Parameter(
        0.3, "logit", 0, 2, "what it adds to be asked by a member or a grid worker", "S75, assumption"
    )
    crowding_fades: float = Parameter(
        1.0, "yuan per h", 0.1, 5, "pay over which that loss fades (y_c)", "S6, assumption"
    )


ParticipationNumbers = numbers_of(Participation)


class Reasons(NamedTuple):
    """The terms of V, in logits; their sum decides."""

    base: float
    personal: float
    spirit: float
    pay: float
    peers: float
    efficacy: float
    asked: float
    habit: float
    image: float
    praise: float
    lead: float
    cost: float


@compiled
def readiness(r):  # type: ignore[no-untyped-def]
    """V of E1: the sum of the reasons (logit)."""
    own = r.base + r.personal + r.spirit + r.pay + r.peers + r.efficacy + r.asked + r.habit
    return own + r.image + r.praise + r.lead - r.cost


@compiled
def pull_of_pay(yuan_per_hour, p):  # type: ignore[no-untyped-def]
    """Share of its full pull that pay has (0..1): a Hill curve, flat at first, with a ceiling (E3)."""
    pay = yuan_per_hour / p.pay_half
    if pay <= 0.0:  # also where the belief that the mall redeems has all but vanished
        return 0.0
    relative = math.exp(p.pay_steepness * math.log(pay))
    return relative / (1.0 + relative)


@compiled
def worth_of_pay(yuan_per_hour, p):  # type: ignore[no-untyped-def]
    """What marginal pay adds (logit; E3)."""
    return p.pay_ceiling * pull_of_pay(yuan_per_hour, p)


@compiled
def spirit_felt(spirit, frame, posted_yuan_per_hour, p):  # type: ignore[no-untyped-def]
    """What public spirit adds (logit), centred at 0.5: tiny pay turns a duty into a bad deal (E2).

    `frame` is 0 for a gift, 1 for a deal.
    """
    left = 1.0
    if frame > 0.0:
        left = 1.0 - p.crowding * frame * math.exp(-posted_yuan_per_hour / p.crowding_fades)
    return p.weight_spirit * (spirit * left - 0.5)


@compiled
def image_gained(visibility, posted_yuan_per_hour, p):  # type: ignore[no-untyped-def]
    """What being seen to act adds (logit); the more it pays, the less it says of oneself (E4)."""
    if visibility == 0.0:
        return 0.0
    return p.weight_image * visibility * math.exp(-p.image_dilution * posted_yuan_per_hour)


@compiled
def example_of_peers(cooperation, n_active, p):  # type: ignore[no-untyped-def]
    """What the example of active contacts adds (logit), by cooperation type: a soft threshold (E5)."""
    felt = n_active * n_active / (n_active * n_active + p.peers_half * p.peers_half)
    if cooperation == Cooperation.CONDITIONAL:
        return p.weight_peers * p.peers_conditional * felt
    if cooperation == Cooperation.UNCONDITIONAL:
        return p.weight_peers * p.peers_unconditional * felt
    return p.weight_peers * p.peers_free_rider * felt - p.free_rider_reserve


@compiled
def praise_left(days, p):  # type: ignore[no-untyped-def]
    """How much of a praise is still felt so many days later (1 … 0)."""
    return math.exp(-math.log(2.0) * days / p.praise_half_life)


@compiled
def praise_felt(resident, day, p):  # type: ignore[no-untyped-def]
    """What praise adds (logit), one's own and that of one's micro-grid, as long as it is remembered (W15, S10)."""
    felt = 0.0
    if resident.praised_day > LONG_AGO:
        felt += p.weight_praise * praise_left(day - resident.praised_day, p)
    if resident.grid_praised_day > LONG_AGO:
        felt += p.weight_praise_grid * praise_left(day - resident.grid_praised_day, p)
    return felt


@compiled
def cost_of_time(hours, p):  # type: ignore[no-untyped-def]
    """What the time costs (logit): nothing for the first hour, then so much an hour."""
    return p.cost_per_hour * max(0.0, hours - 1.0)


@compiled
def seen_active(contact, day, p):  # type: ignore[no-untyped-def]
    """Whether a contact was seen volunteering before today, within memory."""
    last = contact.last_act if contact.last_act < day else contact.act_before
    return day - last <= p.days_peers_seen


@compiled
def active_contacts(resident, day, residents, ties, p):  # type: ignore[no-untyped-def]
    """How many of a resident's contacts were seen volunteering lately (k of E5)."""
    n = 0
    for t in range(resident.first_tie, resident.first_tie + resident.n_ties):
        if seen_active(residents[ties[t].to], day, p):
            n += 1
    return n
