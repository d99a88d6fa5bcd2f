"""The points mall of the town: what it may hand out, what the programme costs, who comes late (E16, D6, D16)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.table import each_once, in_order
from ..agents.resident.earning import points_held
from ..agents.resident.redeeming import belief_after, belief_in_mall
from .calendar import DAYS_MONTH

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
        if mall.budget_limited and (town[0].mall_paid_in == 0 or day % DAYS_BUDGET == 0):
            fen = int(mall.budget_yuan_per_1000 * 100.0 * thousands * DAYS_BUDGET / 365.0)
            town[0].mall_fen += fen
            town[0].mall_paid_in += fen


@compiled
def holders(day, residents):  # type: ignore[no-untyped-def]
    """Once a month the rows of the residents who hold points, in table order; on other days none."""
    n_looked_at = len(residents) if (day + 1) % DAYS_MONTH == 0 else 0
    rows = np.empty(n_looked_at, np.int64)
    n = 0
    for i in range(n_looked_at):
        if points_held(residents[i]) > 0:
            rows[n] = i
            n += 1
    return rows[:n]


@compiled
def who_may_redeem(day, seed, late, volunteers, attenders, on_duty, residents, tally, mall):  # type: ignore[no-untyped-def]
    """Rows of those who may go to the mall today, each once: whoever earned points, once a month whoever holds any.

    `late` are those holders. In table order, or where the mall can run dry in an order of luck.
    """
    if (day + 1) % DAYS_MONTH == 0:
        rows = late
    else:
        rows = np.empty(len(volunteers) + len(attenders) + len(on_duty), np.int64)
        n = 0
        for some in (volunteers, attenders, on_duty):
            for i in some:
                rows[n] = i
                n += 1
        rows = each_once(in_order(rows, n))
    if not mall.budget_limited:
        return rows
    keys = np.empty(len(rows), np.int64)
    n = 0
    for i in rows:
        if points_held(residents[i]) > 0:
            u, _ = draw(seed, day, Purpose.MALL_QUEUE, residents[i].person, 0, 0)
            keys[n] = int(u * 1073741824.0) * 4294967296 + i
            n += 1
    tally[0].n_draws += n
    keys = in_order(keys, n)
    for k in range(n):
        keys[k] = keys[k] % 4294967296
    return keys


@compiled
def hear_of_the_mall(residents, town, tally, incentives, mall):  # type: ignore[no-untyped-def]
    """At night the town knows how many were served and how many turned away today."""
    if mall.budget_limited and tally[0].n_redemptions + tally[0].n_turned_away > 0:
        town[0].belief = belief_after(
            belief_in_mall(town, incentives), tally[0].n_redemptions, tally[0].n_turned_away, len(residents), mall
        )
