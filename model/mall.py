"""The points mall of the town: what it may hand out, what the programme costs, who comes late (E16, D6, D16)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.resident.earning import points_held

DAYS_BUDGET = 30
"""Days between two payments into a mall whose budget is limited."""


@compiled
def daily_share(fen_per_year, day):  # type: ignore[no-untyped-def]
    """This day's whole fen of a yearly sum, such that the days of any stretch add up to its share of the sum."""
    return math.floor(fen_per_year * (day + 1) / 365.0) - math.floor(fen_per_year * day / 365.0)


@compiled
def keep_the_mall(day, residents, town, tally, incentives, mall, offer):  # type: ignore[no-untyped-def]
    """A programme that runs has its fixed cost every day, and pays into a limited till at first and every 30 days."""
    if offer.on:
        thousands = len(residents) / 1000.0
        tally[0].fen_programme += daily_share(incentives.fixed_yuan_per_1000 * 100.0 * thousands, day)
        if mall.budget_limited and (town[0].mall_paid_in == 0 or (day + 1) % DAYS_BUDGET == 0):
            fen = int(mall.budget_yuan_per_1000 * 100.0 * thousands * DAYS_BUDGET / 365.0)
            town[0].mall_fen += fen
            town[0].mall_paid_in += fen


@compiled
def holders(residents):  # type: ignore[no-untyped-def]
    """Rows of the residents who hold points, in table order."""
    rows = np.empty(len(residents), np.int64)
    n = 0
    for i in range(len(residents)):
        if points_held(residents[i]) > 0:
            rows[n] = i
            n += 1
    return rows[:n]
