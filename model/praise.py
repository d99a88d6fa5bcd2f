"""Rounds of praise in public: for the most active residents, and for the most active micro-grids (W15, S10)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.table import in_order
from .contests import PRAISE, rank_key, row_of


@compiled
def praise(day, seed, residents, micro_grids, deeds, town, tally, p):  # type: ignore[no-untyped-def]
    """Every so many days those who stand out among the volunteers since the last round are praised before everybody."""
    if p.praise_days > 0 and (day + 1) % p.praise_days == 0:
        volunteers = who_acted_since(day - p.praise_days, deeds, town)
        if p.praise_share > 0.0:
            praise_residents(day, seed, volunteers, residents, tally, p)
        if p.praise_grid_share > 0.0:
            praise_micro_grids(day, volunteers, residents, micro_grids, tally, p)


@compiled
def who_acted_since(day, deeds, town):  # type: ignore[no-untyped-def]
    """Rows of those who volunteered after that day, once for each act, in table order."""
    first = town[0].n_deeds
    while first > 0 and deeds[first - 1].day > day:
        first -= 1
    rows = np.empty(town[0].n_deeds - first, np.int64)
    for k in range(len(rows)):
        rows[k] = deeds[first + k].resident
    return in_order(rows, len(rows))


@compiled
def praise_residents(day, seed, volunteers, residents, tally, p):  # type: ignore[no-untyped-def]
    """The most active of the volunteers are praised; of equals, luck decides."""
    keys = np.empty(len(volunteers), np.int64)
    n = 0
    acts = 0
    for k in range(len(volunteers)):
        row = volunteers[k]
        acts += 1
        if k + 1 == len(volunteers) or volunteers[k + 1] != row:
            keys[n] = rank_key(day, seed, acts, residents[row].person, row, True, PRAISE)
            n += 1
            acts = 0
    tally[0].n_draws += n
    keys = in_order(keys, n)
    for k in range(min(n, math.ceil(p.praise_share * n))):
        residents[row_of(keys[k])].praised_day = day
        tally[0].n_praised += 1


@compiled
def praise_micro_grids(day, volunteers, residents, micro_grids, tally, p):  # type: ignore[no-untyped-def]
    """The micro-grids with most acts per resident are praised, and with them whoever lives there."""
    for g in range(len(micro_grids)):
        micro_grids[g].acts_since_praise = 0
    for row in volunteers:
        micro_grids[residents[row].micro_grid].acts_since_praise += 1
    keys = np.empty(len(micro_grids), np.int64)
    n = 0
    for g in range(len(micro_grids)):
        place = micro_grids[g]
        if place.acts_since_praise > 0:
            per_million = place.acts_since_praise * 1_000_000 // place.n_residents
            keys[n] = (1_000_000_000 - per_million) * 65_536 + g
            n += 1
    keys = in_order(keys, n)
    for k in range(min(n, math.ceil(p.praise_grid_share * len(micro_grids)))):
        place = micro_grids[keys[k] % 65_536]
        place.praised_day = day
        for i in range(place.first_resident, place.first_resident + place.n_residents):
            residents[i].grid_praised_day = day
        tally[0].n_grids_praised += 1
