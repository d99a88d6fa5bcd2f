"""Points: what an hour pays, what a contest promises, and the five accounts they go into (W16, W17)."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from ..core.compiled import compiled
from ..core.draw import logistic
from ..core.parameter import Parameter, Parameters, numbers_of


class RedeemFor(IntEnum):
    """What points are turned into."""

    GOODS = 0
    SERVICES = 1
    DONATION = 2


class Incentives(Parameters):
    """The points programme: a lever."""

    programme_on: bool = Parameter(
        False, "yes/no", None, None, "whether a points programme is announced (the frame of a deal)", "D6, W16"
    )
    points_per_hour: int = Parameter(
        0, "points per h", 0, 10_000, "community-task points for an hour of volunteering", "W16, assumption"
    )
    points_per_meeting_hour: int = Parameter(
        0, "points per h", 0, 10_000, "single-item points for an hour at a residents' meeting", "W16, assumption"
    )
    points_per_duty_hour: int = Parameter(
        0, "points per h", 0, 10_000, "Party-duty points for an hour of obligation (members only)", "W16, assumption"
    )
    worker_points_per_hour: int = Parameter(
        0, "points per h", 0, 10_000, "points of a micro-grid worker for an hour of casework", "L16, assumption"
    )
    worker_response: float = Parameter(
        0.5, "1", 0, 2, "share by which full pull of pay lengthens a micro-grid worker's week", "L16, assumption"
    )
    merit_points: int = Parameter(
        0, "points", 0, 1_000_000, "merit award of each winner of the year's contest", "W16, assumption"
    )
    merit_share: float = Parameter(
        0.01, "1", 0, 0.2, "winners of it, relative to registered volunteers", "W16, assumption"
    )
    appraisal_points: int = Parameter(
        0, "points", 0, 1_000_000, "award of each winner of the quarterly appraisal", "W16, assumption"
    )
    appraisal_share: float = Parameter(
        0.02, "1", 0, 0.2, "winners of it, relative to registered volunteers", "W16, assumption"
    )
    contest_spread: float = Parameter(
        0.7, "acts", 0.2, 20, "how far from the winning number of acts a contest is still felt", "W15, assumption"
    )
    yuan_per_100_points: float = Parameter(1.0, "yuan per 100 points", 0.01, 100, "exchange rate for goods", "W17")
    redemption_belief: float = Parameter(
        0.95, "1", 0, 1, "belief that the mall will redeem, before anybody has met it empty", "assumption"
    )
    crowd_at_zero: float = Parameter(
        0.0, "1", 0, 1, "share of crowding out under a programme that pays nothing for the act", "S6, assumption"
    )
    spirit_drift: float = Parameter(
        0.0, "per act", -0.02, 0.02, "change of public spirit by one paid act; its sign is open", "H2, L16"
    )
    withdrawn_on: int = Parameter(
        30_000, "day", 0, 30_000, "day from which the programme no longer runs; 30000: never", "S69, assumption"
    )
    fixed_yuan_per_1000: float = Parameter(
        7_000.0, "yuan per 1,000 residents and year", 0, 200_000, "platform, mall and staff of a programme that runs",
        "D16, assumption",
    )


IncentivesNumbers = numbers_of(Incentives)


class Offer(NamedTuple):
    """What the points programme offers today: the same for everybody, worked out once a day."""

    on: bool
    """Whether the programme runs."""
    task_points: int
    """Points for an hour of volunteering."""
    meeting_points: int
    """Points for an hour of meeting."""
    duty_points: int
    """Points for an hour of Party obligation."""
    task_yuan: float
    """Posted yuan per hour of volunteering."""
    meeting_yuan: float
    """Posted yuan per hour of meeting."""
    worth: float
    """What a posted yuan is worth to somebody: the belief that the mall redeems, less if it is donated."""
    task_frame: float
    """Share of crowding out that the frame of a deal brings to volunteering (0: a gift, 1: a deal)."""
    meeting_frame: float
    """The same for meetings."""
    visibility: float
    """Share of acts that neighbours get to see."""
    worker_points: int
    """Points of a micro-grid worker for an hour of casework."""
    worker_yuan: float
    """Posted yuan for it."""
    spirit_drift: float
    """Change of public spirit by one act that is paid for (0 where volunteering is not)."""
    appraisal_yuan: float
    """What a winner of the quarterly appraisal gets (0: there is none)."""
    appraisal_cutoff: float
    """Acts that won the last one."""
    merit_yuan: float
    """What a winner of the year's contest gets (0: there is none)."""
    merit_cutoff: float
    """Acts that won the last one."""
    contest_spread: float
    """How far from these numbers of acts a contest is still felt."""


@compiled
def exchange_rate(p, mall):  # type: ignore[no-untyped-def]
    """Yuan for 100 points, in what they are turned into (a donation counts as goods)."""
    return mall.yuan_per_100_services if mall.redeem_for == RedeemFor.SERVICES else p.yuan_per_100_points


@compiled
def offer_of(day, belief, p, mall, recognition, appraisal_cutoff=0, merit_cutoff=0):  # type: ignore[no-untyped-def]
    """Today's offer, under this belief (0..1) that the mall redeems, and after contests that took so many acts."""
    on = p.programme_on and day < p.withdrawn_on
    rate = exchange_rate(p, mall)
    worth = belief
    kept = 1.0
    if mall.redeem_for == RedeemFor.DONATION:
        worth = belief * mall.worth_of_donating
        kept = 1.0 - mall.donation_keeps_spirit
    task_points = p.points_per_hour if on else 0
    meeting_points = p.points_per_meeting_hour if on else 0
    worker_points = p.worker_points_per_hour if on else 0
    at_zero = p.crowd_at_zero if on else 0.0
    return Offer(
        on,
        task_points,
        meeting_points,
        p.points_per_duty_hour if on else 0,
        task_points * rate / 100.0,
        meeting_points * rate / 100.0,
        worth,
        (1.0 if task_points > 0 else at_zero) * kept,
        (1.0 if meeting_points > 0 else at_zero) * kept,
        recognition.visibility,
        worker_points,
        worker_points * rate / 100.0,
        p.spirit_drift if task_points > 0 else 0.0,
        p.appraisal_points * rate / 100.0 if on and p.appraisal_share > 0.0 else 0.0,
        float(appraisal_cutoff),
        p.merit_points * rate / 100.0 if on and p.merit_share > 0.0 else 0.0,
        float(merit_cutoff),
        p.contest_spread,
    )


@compiled
def win_by_one_more(acts, cutoff, spread):  # type: ignore[no-untyped-def]
    """By how much one more act raises the chance to win a contest: most near the number of acts that won the last."""
    ahead = logistic((acts - cutoff) / spread)
    return ahead * (1.0 - ahead) / spread


@compiled
def pay_believed(resident, hours, offer):  # type: ignore[no-untyped-def]
    """Marginal pay (yuan per hour) that a volunteer counts on: what is posted, and what an act does in a contest."""
    yuan = offer.task_yuan
    if offer.appraisal_yuan > 0.0:
        chance = win_by_one_more(resident.acts_this_quarter, offer.appraisal_cutoff, offer.contest_spread)
        yuan += offer.appraisal_yuan * chance / hours
    if offer.merit_yuan > 0.0:
        chance = win_by_one_more(resident.acts_this_year, offer.merit_cutoff, offer.contest_spread)
        yuan += offer.merit_yuan * chance / hours
    return yuan * offer.worth


@compiled
def points_for(minutes, points_per_hour):  # type: ignore[no-untyped-def]
    """Whole points for so many minutes."""
    return minutes * points_per_hour // 60


@compiled
def earn_for_task(resident, day, minutes, offer):  # type: ignore[no-untyped-def]
    """Credit the community-task account."""
    if offer.task_points > 0:
        resident.points_task += points_for(minutes, offer.task_points)
        resident.points_day = day


@compiled
def earn_for_meeting(resident, day, minutes, offer):  # type: ignore[no-untyped-def]
    """Credit the single-item account."""
    points = points_for(minutes, offer.meeting_points)
    if points > 0:
        resident.points_single += points
        resident.points_day = day


@compiled
def earn_for_duty(resident, day, minutes, offer):  # type: ignore[no-untyped-def]
    """Credit the Party-duty account of a member; returns the points (the day's books have to count them too)."""
    points = points_for(minutes, offer.duty_points)
    if offer.duty_points > 0:
        resident.points_duty += points
        resident.points_day = day
    return points


@compiled
def points_held(resident):  # type: ignore[no-untyped-def]
    """What a resident holds in all five accounts (points)."""
    return (
        resident.points_task
        + resident.points_single
        + resident.points_merit
        + resident.points_appraisal
        + resident.points_duty
    )
