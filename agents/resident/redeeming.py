"""When a resident takes her points to the mall, and what she meets there (E16, D6, pattern P14)."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of
from .earning import RedeemFor, exchange_rate, points_held
from .learning import efficacy_now


class Redeeming(Parameters):
    """How much a walk to the points mall is felt to cost."""

    hassle_median: float = Parameter(20.0, "yuan", 1, 100, "median balance worth the trip", "S3, S4, assumption")
    hassle_sigma: float = Parameter(1.0, "log", 0, 2, "spread of that balance between people", "assumption")


RedeemingNumbers = numbers_of(Redeeming)


class Mall(Parameters):
    """The points mall: a lever."""

    redeem_for: str = Parameter(
        "goods", "code", None, None, "goods, services, or a donation to the community fund", "L16, S63",
        codes=RedeemFor,
    )
    yuan_per_100_services: float = Parameter(
        1.0, "yuan per 100 points", 0.01, 100, "exchange rate for services (not given in the source)",
        "L16, assumption",
    )
    worth_of_donating: float = Parameter(
        0.3, "1", 0, 1, "what a donated yuan is worth to the donor, relative to one in goods", "S63, assumption"
    )
    donation_keeps_spirit: float = Parameter(
        0.5, "1", 0, 1, "share of crowding out that donating undoes (ρ)", "S63, E2, assumption"
    )
    budget_limited: bool = Parameter(False, "yes/no", None, None, "whether the mall can run dry", "S62, assumption")
    budget_yuan_per_1000: float = Parameter(
        500.0, "yuan per 1,000 residents and year", 0, 1_000_000, "goods or services it can give, in monthly shares",
        "S3, assumption",
    )
    belief_step: float = Parameter(
        2.0, "residents per 1,000", 0, 50, "trips per 1,000 residents that renew the belief in redemption",
        "D6, assumption",
    )
    disappointment: float = Parameter(
        0.1, "1", 0, 0.6, "share of efficacy lost before an empty counter", "S62, assumption"
    )
    online_saves: float = Parameter(
        0.0, "1", 0, 1, "share of the hassle that a mall on the phone spares a fully digital resident", "W17, J7",
    )
    days_valid: int = Parameter(
        0, "d", 0, 3650, "days without earning after which points expire; 0: never", "assumption"
    )


MallNumbers = numbers_of(Mall)


@compiled
def worth_the_trip(resident, p, mall):  # type: ignore[no-untyped-def]
    """The balance (yuan) that makes the trip worth while; less for whoever is at ease with a mall on the phone."""
    hassle = p.hassle_median * math.exp(p.hassle_sigma * resident.u_hassle)
    return hassle * (1.0 - mall.online_saves * resident.digital)


@compiled
def belief_in_mall(town, incentives):  # type: ignore[no-untyped-def]
    """The belief that the mall redeems (0..1): as the parameter says until there has been a trip to a limited mall."""
    return incentives.redemption_belief if town[0].belief < 0.0 else town[0].belief


@compiled
def belief_after(belief, n_served, n_turned_away, n_residents, mall):  # type: ignore[no-untyped-def]
    """The town's belief after a day's trips: it moves to the share that was served, in smaller towns faster (D6)."""
    n_trips = n_served + n_turned_away
    if n_trips == 0:
        return belief
    step = 1.0 / max(1.0, mall.belief_step * n_residents / 1000.0)
    kept = math.exp(n_trips * math.log(1.0 - step)) if step < 1.0 else 0.0
    return kept * belief + (1.0 - kept) * n_served / n_trips


@compiled
def felt_balance(points, incentives, mall):  # type: ignore[no-untyped-def]
    """What these points are worth to their holder (yuan): less if they can only be donated."""
    yuan = points * exchange_rate(incentives, mall) / 100.0
    return yuan * mall.worth_of_donating if mall.redeem_for == RedeemFor.DONATION else yuan


@compiled
def is_worth_it(resident, p, incentives, mall, belief=1.0):  # type: ignore[no-untyped-def]
    """Whether a resident takes her points to the mall; one that can run dry is worth as much as it is believed in."""
    held = points_held(resident)
    return held > 0 and felt_balance(held, incentives, mall) * belief > worth_the_trip(resident, p, mall)


@compiled
def belief_at_counter(town, incentives, mall):  # type: ignore[no-untyped-def]
    """The belief that weighs on a trip: only a mall that is limited is doubted."""
    return belief_in_mall(town, incentives) if mall.budget_limited else 1.0


@compiled
def redeem(rows, day, residents, town, tally, p, incentives, mall, learning):  # type: ignore[no-untyped-def]
    """Residents whose balance is worth the trip take all of it to the mall: they donate it, are served, or are not.

    Writes the residents' accounts (and the efficacy of whoever stands before an empty counter), the town's fund
    and till, and the tally.
    """
    belief = belief_at_counter(town, incentives, mall)
    for i in rows:
        resident = residents[i]
        if is_worth_it(resident, p, incentives, mall, belief):
            fen = int(points_held(resident) * exchange_rate(incentives, mall))
            if mall.redeem_for == RedeemFor.DONATION:
                town[0].fund_fen += fen
                tally[0].fen_mall += fen
                tally[0].points_donated += points_held(resident)
                tally[0].n_redemptions += 1
                resident.donated += points_held(resident)
                empty_accounts(resident)
                continue
            served = not mall.budget_limited or fen <= town[0].mall_fen
            if served:
                town[0].mall_fen -= fen if mall.budget_limited else 0
                tally[0].fen_mall += fen
                tally[0].points_redeemed += points_held(resident)
                tally[0].n_redemptions += 1
                resident.redeemed += points_held(resident)
                empty_accounts(resident)
            else:
                tally[0].n_turned_away += 1
                resident.efficacy = efficacy_now(resident, day, learning) * (1.0 - mall.disappointment)
                resident.efficacy_day = day


@compiled
def lose_old_points(rows, day, residents, tally, mall):  # type: ignore[no-untyped-def]
    """Points of residents who have not earned any for too long are gone, in all accounts."""
    for i in rows:
        resident = residents[i]
        if mall.days_valid > 0 and day - resident.points_day >= mall.days_valid:
            tally[0].points_expired += points_held(resident)
            resident.expired += points_held(resident)
            empty_accounts(resident)


@compiled
def empty_accounts(resident):  # type: ignore[no-untyped-def]
    """Nothing is left in any of the five accounts."""
    resident.points_task = 0
    resident.points_single = 0
    resident.points_merit = 0
    resident.points_appraisal = 0
    resident.points_duty = 0
