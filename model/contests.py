"""Contests for points: the quarterly appraisal and the year's merit award (W15, W16)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.table import in_order

DAYS_QUARTER = 90
LUCK_BITS = 1 << 26
ROW_BITS = 1 << 24
MOST_ACTS = 4095

QUARTERLY = 0
YEARLY = 1
PRAISE = 2
"""What is decided: each has luck of its own where acts are equal."""


@compiled
def rank_key(day, seed, acts, person, row, by_luck, prize):  # type: ignore[no-untyped-def]
    """A key by which the most active come first, and of equals the luckier or else the first in the table."""
    mark = 0
    if by_luck:
        u, _ = draw(seed, day, Purpose.PRIZE, person, prize, 0)
        mark = int(u * LUCK_BITS)
    return ((MOST_ACTS - min(MOST_ACTS, acts)) * LUCK_BITS + mark) * ROW_BITS + row


@compiled
def row_of(key):  # type: ignore[no-untyped-def]
    """The row a key stands for."""
    return key % ROW_BITS


@compiled
def acts_of(key):  # type: ignore[no-untyped-def]
    """The acts a key stands for."""
    return MOST_ACTS - key // ROW_BITS // LUCK_BITS


@compiled
def ranking(day, seed, residents, yearly, by_luck, tally):  # type: ignore[no-untyped-def]
    """Keys of those who acted in the quarter (or the year) that ends, the most active first; registered volunteers."""
    keys = np.empty(len(residents), np.int64)
    n = 0
    n_registered = 0
    for i in range(len(residents)):
        resident = residents[i]
        n_registered += resident.registered
        acts = resident.acts_this_year if yearly else resident.acts_this_quarter
        if acts > 0:
            keys[n] = rank_key(day, seed, acts, resident.person, i, by_luck, YEARLY if yearly else QUARTERLY)
            n += 1
    tally[0].n_draws += n if by_luck else 0
    return in_order(keys, n), n_registered


@compiled
def appraise(day, seed, residents, town, tally, p, offer):  # type: ignore[no-untyped-def]
    """The quarter ends: its winners get their points, what it took to win gets known, and counting begins anew.

    What it would have taken gets known where there is no prize, too.
    """
    paid = offer.appraisal_yuan > 0.0
    keys, n_registered = ranking(day, seed, residents, False, paid, tally)
    n_places = min(len(keys), math.ceil(p.appraisal_share * n_registered))
    town[0].appraisal_cutoff = acts_of(keys[n_places - 1]) if n_places > 0 else 0
    if paid:
        for k in range(n_places):
            winner = residents[row_of(keys[k])]
            winner.points_appraisal += p.appraisal_points
            winner.points_day = day
            tally[0].points_issued += p.appraisal_points
    for i in range(len(residents)):
        residents[i].acts_this_quarter = 0


@compiled
def award_merit(day, seed, residents, town, tally, p, offer):  # type: ignore[no-untyped-def]
    """The year ends: the same for the merit award (the year's acts are cleared when the year is measured)."""
    paid = offer.merit_yuan > 0.0
    keys, n_registered = ranking(day, seed, residents, True, paid, tally)
    n_places = min(len(keys), math.ceil(p.merit_share * n_registered))
    town[0].merit_cutoff = acts_of(keys[n_places - 1]) if n_places > 0 else 0
    if paid:
        for k in range(n_places):
            winner = residents[row_of(keys[k])]
            winner.points_merit += p.merit_points
            winner.points_day = day
            tally[0].points_issued += p.merit_points
