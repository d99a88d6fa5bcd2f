"""When a resident takes her points to the mall (E16, pattern P14)."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of
from .earning import RedeemFor, points_held


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
def worth_the_trip(u_hassle, p):  # type: ignore[no-untyped-def]
    """The balance (yuan) that makes the trip worth while, for somebody so much bothered (in standard deviations)."""
    return p.hassle_median * math.exp(p.hassle_sigma * u_hassle)


@compiled
def redeem(rows, residents, tally, p, incentives, offer):  # type: ignore[no-untyped-def]
    """Residents whose balance is worth the trip redeem all of it (the mall can always pay in this version)."""
    for i in rows:
        resident = residents[i]
        held = points_held(resident)
        if held > 0 and held * incentives.yuan_per_100_points / 100.0 > worth_the_trip(resident.u_hassle, p):
            resident.redeemed += held
            tally[0].points_redeemed += held
            tally[0].n_redemptions += 1
            resident.points_task = 0
            resident.points_single = 0
            resident.points_duty = 0
