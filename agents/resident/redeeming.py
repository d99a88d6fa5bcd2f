"""When a resident takes her points to the mall (E16, pattern P14)."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of


class Redeeming(Parameters):
    """How much a walk to the points mall is felt to cost."""

    hassle_median: float = Parameter(20.0, "yuan", 1, 100, "median balance worth the trip", "S3, S4, assumption")
    hassle_sigma: float = Parameter(1.0, "log", 0, 2, "spread of that balance between people", "assumption")


RedeemingNumbers = numbers_of(Redeeming)


@compiled
def worth_the_trip(u_hassle, p):  # type: ignore[no-untyped-def]
    """The balance (yuan) that makes the trip worth while, for somebody so much bothered (in standard deviations)."""
    return p.hassle_median * math.exp(p.hassle_sigma * u_hassle)


@compiled
def redeem(rows, residents, tally, p, incentives):  # type: ignore[no-untyped-def]
    """Residents whose balance is worth the trip redeem all of it (the mall can always pay in this version)."""
    for i in rows:
        resident = residents[i]
        held = resident.points_task + resident.points_single
        if held > 0 and held * incentives.yuan_per_100_points / 100.0 > worth_the_trip(resident.u_hassle, p):
            resident.redeemed += held
            tally[0].points_redeemed += held
            tally[0].n_redemptions += 1
            resident.points_task = 0
            resident.points_single = 0
