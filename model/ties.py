"""Who knows whom: ties in the household, the stairwell, the building, the micro-grid, and by interest or work."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, poisson
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import longer_keys
from ..agents.resident import Employment
from .issues import FAR_OFF, resident_in
from .places import SLOTS


class TieKind(IntEnum):
    """Where two people know each other from."""

    HOUSEHOLD = 0
    STAIRWELL = 1
    BUILDING = 2
    MICRO_GRID = 3
    INTEREST = 4
    GIG = 5
    MEETING = 6


class Ties(Parameters):
    """Mean number of ties of an adult, by kind. Ties that come of meeting are changed by [bonds]."""

    stairwell: float = Parameter(2.5, "ties", 0, 8, "ties in the stairwell", "S81, S83, assumption")
    building: float = Parameter(2.0, "ties", 0, 8, "ties in the other stairwell", "S81, S83, assumption")
    micro_grid: float = Parameter(1.5, "ties", 0, 8, "ties in the other buildings of the micro-grid", "S83, assumption")
    interest: float = Parameter(1.0, "ties", 0, 8, "ties by interest, anywhere in the community", "W2, S83, assumption")
    gig: float = Parameter(3.0, "ties", 0, 8, "further ties of a gig worker to other gig workers", "L5, assumption")
    homophily: float = Parameter(
        0.5, "1", 0, 1, "how much likeness of age and tenancy matters; 0: not at all", "S58, S83, assumption"
    )


TiesNumbers = numbers_of(Ties)


class TieFields:
    """One row one end of a tie; a resident's rows stand together, in the order of the other ends."""

    to = Field("i4", "row", "the resident at the other end")
    kind = Field("u1", "code", "where they know each other from", codes=TieKind)
    until = Field("i4", "day", "day on which it lapses unless renewed", FAR_OFF)


@compiled
def likeness(a, b, p):  # type: ignore[no-untyped-def]
    """Factor on the probability of a tie (about 1 on average): likeness of age band and tenancy."""
    same_age = 1.8 if a.age_band == b.age_band else 0.6
    same_tenancy = 1.2 if a.tenant == b.tenant else 0.6
    return 1.0 - p.homophily + p.homophily * same_age * same_tenancy


@compiled
def know(i, j, kind, ends, n):  # type: ignore[no-untyped-def]
    """Note a tie, both ends; returns the array (longer if need be) and how many ends there are."""
    ends = longer_keys(ends, n + 2)
    ends[n] = i * 4294967296 + j * 8 + kind
    ends[n + 1] = j * 4294967296 + i * 8 + kind
    return ends, n + 2


@compiled
def neighbours_meet(seed, households, buildings, residents, p):  # type: ignore[no-untyped-def]
    """Ties inside buildings: every pair of adults of a household, others by chance and likeness."""
    ends = np.empty(8 * len(residents) + 64, np.int64)
    n = 0
    for b in range(len(buildings)):
        building = buildings[b]
        half = building.first_household + building.n_households // 2
        last = building.first_resident + building.n_residents
        n_up = 0
        for i in range(building.first_resident, last):
            n_up += residents[i].adult and residents[i].household < half
        n_adults = 0
        for i in range(building.first_resident, last):
            n_adults += residents[i].adult
        for i in range(building.first_resident, last):
            if residents[i].adult:
                upper = residents[i].household < half
                here = n_up if upper else n_adults - n_up
                near = p.stairwell / max(1.0, here - 2.0)
                far = p.building / max(1.0, n_adults - here)
                for j in range(i + 1, last):
                    if residents[j].adult:
                        if residents[j].household == residents[i].household:
                            ends, n = know(i, j, TieKind.HOUSEHOLD, ends, n)
                        else:
                            same = (residents[j].household < half) == upper
                            u, _ = draw(seed, 0, Purpose.TIE, residents[i].person, residents[j].person, 0)
                            if u < (near if same else far) * likeness(residents[i], residents[j], p):
                                kind = TieKind.STAIRWELL if same else TieKind.BUILDING
                                ends, n = know(i, j, kind, ends, n)
    return ends, n


@compiled
def friends_meet(seed, kind, mean, gig_only, scope, households, residents, ends, n, p):  # type: ignore[no-untyped-def]
    """Ties farther afield: each adult looks for half of those she will have; the others find her.

    `scope` gives for each micro-grid the stretch of households to look in.
    """
    for i in range(len(residents)):
        me = residents[i]
        if me.adult and (not gig_only or me.employment == Employment.GIG):
            place = scope[me.micro_grid]
            u, _ = draw(seed, 0, Purpose.TIE_FAR, me.person, kind, 0)
            tries = 1
            most = 250 if gig_only else 40
            for _ in range(min(8, poisson(mean / 2.0, u))):
                found = False
                while not found and tries < most:
                    who, accept = draw(seed, 0, Purpose.TIE_FAR, me.person, kind, tries)
                    tries += 1
                    slot = int(who * place.n_households * SLOTS)
                    j = resident_in(households, place.first_household + slot // SLOTS, slot % SLOTS)
                    if j >= 0 and residents[j].adult and residents[j].building != me.building:
                        fits = residents[j].employment == Employment.GIG if gig_only else True
                        if fits and accept * 2.2 < likeness(me, residents[j], p):
                            ends, n = know(i, j, kind, ends, n)
                            found = True
    return ends, n


@compiled
def count_ties(ends, residents):  # type: ignore[no-untyped-def]
    """Order the ends by resident and give every resident her stretch; two ties to one person count once.

    Returns how many rows the table of ties needs.
    """
    n = 0
    for i in range(len(residents)):
        residents[i].n_ties = 0
    last_from = -1
    last_to = -1
    for e in range(len(ends)):
        i = ends[e] // 4294967296
        j = ends[e] % 4294967296 // 8
        if i != last_from or j != last_to:
            residents[i].n_ties += 1
            n += 1
        last_from = i
        last_to = j
    first = 0
    for i in range(len(residents)):
        residents[i].first_tie = first
        first += residents[i].n_ties
    return n


@compiled
def write_ties(ends, ties):  # type: ignore[no-untyped-def]
    """Fill the table of ties from the ordered ends."""
    t = 0
    last_from = -1
    last_to = -1
    for e in range(len(ends)):
        i = ends[e] // 4294967296
        j = ends[e] % 4294967296 // 8
        if i != last_from or j != last_to:
            ties[t].to = j
            ties[t].kind = ends[e] % 8
            t += 1
        last_from = i
        last_to = j
