"""Who is called on to volunteer today: who passes a notice, whom an acquaintance asks, who is on the list (S79)."""

from __future__ import annotations

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, poisson
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import room_for
from ..agents.resident.volunteering import Occasion
from .issues import resident_in
from .places import SLOTS


class Calling(Parameters):
    """How often a resident has occasion to volunteer. Rates hold at mean information."""

    calls_per_year: float = Parameter(4.0, "per resident-year", 0, 20, "calls seen", "S52, S79")
    asks_per_year: float = Parameter(0.3, "per resident-year", 0, 5, "times anyone is asked by an acquaintance", "S79")
    asks_from_list_per_year: float = Parameter(12.0, "per listed resident and year", 0, 52, "times a known volunteer is asked by organisers", "S79, P15, assumption")
    mean_information: float = Parameter(0.6, "1", 0.3, 0.9, "mean information at which the rate of calls is as given", "assumption")


CallingNumbers = numbers_of(Calling)


class InvitationFields:
    """One row an opportunity of today: a resident is called on to volunteer."""

    resident = Field("i4", "row", "who")
    occasion = Field("u1", "code", "how it came about", codes=Occasion)
    ordinal = Field("u1", "number", "which of today's occasions of this sort it is for her")
    acted = Field("?", "yes/no", "whether she gave her time")


class ListedFields:
    """One row a name on the organisers' list, in the order of residents."""

    resident = Field("i4", "row", "who")
    person = Field("i8", "identity", "the name luck knows her by")


@compiled
def chance_meetings(day, seed, purpose, per_year, buildings, households, residents, keys, n, code):  # type: ignore[no-untyped-def]
    """Adults to whom something happens today at this yearly rate: appended to `keys` (row × 4 + code).

    Luck names them by household and place in it, so a resident more or less changes nobody else's luck.
    Returns the keys and how many there are now.
    """
    rate = per_year / 365.0 * SLOTS
    for b in range(len(buildings)):
        building = buildings[b]
        u, _ = draw(seed, day, purpose, b, 0, 0)
        for k in range(min(250, poisson(rate * building.n_households, u))):
            who, _ = draw(seed, day, purpose, b, 1, k)
            slot = int(who * building.n_households * SLOTS)
            i = resident_in(households, building.first_household + slot // SLOTS, slot % SLOTS)
            if i >= 0 and residents[i].adult:
                if n == len(keys):
                    longer = np.empty(2 * n, np.int64)
                    longer[:n] = keys
                    keys = longer
                keys[n] = i * 4 + code
                n += 1
    return keys, n


@compiled
def aware_of_call(day, seed, resident, p):  # type: ignore[no-untyped-def]
    """Whether a notice that could be seen is seen: awareness is a gate (W6)."""
    u, _ = draw(seed, day, Purpose.CALL, resident.person, 2, 0)
    return u < resident.information


@compiled
def call_and_ask(day, seed, buildings, households, residents, listed, invitations, town, tally, p):  # type: ignore[no-untyped-def]
    """Today's occasions to volunteer, in the order of residents."""
    keys = np.empty(1024 + town[0].n_listed, np.int64)
    most_calls = p.calls_per_year / p.mean_information
    keys, n_calls = chance_meetings(
        day, seed, Purpose.CALL, most_calls, buildings, households, residents, keys, 0, Occasion.CALL
    )
    n = 0
    for k in range(n_calls):
        if aware_of_call(day, seed, residents[keys[k] // 4], p):
            keys[n] = keys[k]
            n += 1
    tally[0].n_draws += 2 * len(buildings) + 2 * n_calls
    tally[0].n_calls_seen += n
    keys, n_asked = chance_meetings(
        day, seed, Purpose.ASK, p.asks_per_year, buildings, households, residents, keys, n, Occasion.ASKED
    )
    daily = p.asks_from_list_per_year / 365.0
    n = n_asked
    for k in range(town[0].n_listed):
        u, _ = draw(seed, day, Purpose.ASK_LIST, listed[k].person, 0, 0)
        if u < daily and residents[listed[k].resident].on_list:
            if n == len(keys):
                longer = np.empty(2 * n, np.int64)
                longer[:n] = keys
                keys = longer
            keys[n] = listed[k].resident * 4 + Occasion.ASKED_FROM_LIST
            n += 1
    tally[0].n_draws += town[0].n_listed
    keys = np.sort(keys[:n])
    invitations = room_for(invitations, n)
    for k in range(n):
        invitation = invitations[k]
        invitation.resident = keys[k] // 4
        invitation.occasion = keys[k] % 4
        invitation.ordinal = 0
        if k > 0 and keys[k] == keys[k - 1]:
            invitation.ordinal = min(255, invitations[k - 1].ordinal + 1)
        invitation.acted = False
        tally[0].n_asks += invitation.occasion != Occasion.CALL
    town[0].n_invitations = n
    tally[0].n_decisions += n
    tally[0].n_draws += n
    return invitations


@compiled
def enlist(invitations, residents, listed, town, tally):  # type: ignore[no-untyped-def]
    """Residents who acted today come on the list, which stays in the order of residents."""
    fresh = np.empty(town[0].n_invitations, np.int64)
    n = 0
    for k in range(town[0].n_invitations):
        i = invitations[k].resident
        if invitations[k].acted and (n == 0 or fresh[n - 1] != i):
            fresh[n] = i
            n += 1
    if n == 0:
        return listed
    listed = room_for(listed, town[0].n_listed + n)
    there = town[0].n_listed - 1
    added = 0
    for k in range(n):  # names already there are left out, so that what remains can be merged from the end
        if not is_listed(fresh[k], listed, town[0].n_listed):
            fresh[added] = fresh[k]
            added += 1
    to = town[0].n_listed + added - 1
    new = added - 1
    while new >= 0:
        if there >= 0 and listed[there].resident > fresh[new]:
            listed[to].resident = listed[there].resident
            listed[to].person = listed[there].person
            there -= 1
        else:
            listed[to].resident = fresh[new]
            listed[to].person = residents[fresh[new]].person
            new -= 1
        to -= 1
    town[0].n_listed += added
    tally[0].n_joined += added
    return listed


@compiled
def is_listed(i, listed, n_listed):  # type: ignore[no-untyped-def]
    """Whether this resident's name is in the ordered list."""
    low = 0
    high = n_listed
    while low < high:
        middle = (low + high) // 2
        if listed[middle].resident < i:
            low = middle + 1
        else:
            high = middle
    return low < n_listed and listed[low].resident == i


@compiled
def strike_off(listed, residents, town):  # type: ignore[no-untyped-def]
    """Names whose entry has lapsed, or who are off the list after a life event, are struck off."""
    kept = 0
    for k in range(town[0].n_listed):
        if residents[listed[k].resident].on_list:
            listed[kept].resident = listed[k].resident
            listed[kept].person = listed[k].person
            kept += 1
    town[0].n_listed = kept
