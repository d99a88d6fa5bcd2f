"""Who is called on to volunteer today: who passes a notice, whom an acquaintance asks, who is on the list (S79)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, draw_in_turn, poisson
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import in_order, longer_keys, room_for
from ..agents.grid_worker import Tier
from ..agents.resident import LONG_AGO
from ..agents.resident.awareness import awareness
from ..agents.resident.volunteering import Occasion
from .calendar import DAYS_MONTH, DAYS_YEAR
from .issues import State, resident_in, stake_in
from .places import MEAN_HOUSEHOLD, SLOTS


class Calling(Parameters):
    """How often a resident has occasion to volunteer. Rates hold at mean information."""

    calls_per_year: float = Parameter(4.0, "per resident-year", 0, 20, "calls seen", "S52, S79")
    asks_per_year: float = Parameter(0.3, "per resident-year", 0, 5, "times anyone is asked by an acquaintance", "S79")
    asks_from_list_per_year: float = Parameter(
        12.0,
        "per listed resident and year",
        0,
        52,
        "times a known volunteer is asked by organisers",
        "S79, P15, assumption",
    )


CallingNumbers = numbers_of(Calling)


class InvitationFields:
    """One row an opportunity of today: a resident is called on to volunteer."""

    resident = Field("i4", "row", "who")
    occasion = Field("u1", "code", "how it came about", codes=Occasion)
    ordinal = Field("u1", "number", "which of today's occasions of this sort it is for her")
    stake = Field("f8", "1", "what is at stake for her")
    issue = Field("i4", "row", "what she is asked to help with, or −1", -1)
    acted = Field("?", "yes/no", "whether she gave her time")


class ListedFields:
    """One row a name on the organisers' list, in the order of residents."""

    resident = Field("i4", "row", "who")
    person = Field("i8", "identity", "the name luck knows her by")
    next_ask = Field("i4", "day", "day organisers come to this name next, or look when to")


MOST_MEETINGS = 250
"""Events of one sort in one micro-grid and day that luck can name."""


@compiled
def chance_meetings(
    day, seed, purpose, n_events, g, micro_grids, households, residents, keys, n, code, most_aware, party, who, gate
):  # type: ignore[no-untyped-def]
    """Adults of micro-grid g to whom one of these events happens today: appended to `keys` (row × 8 + code).

    Luck names them by household and place in it, so a resident more or less changes nobody else's luck.
    An event with `most_aware` 1 reaches only those who are aware of it (W6), one with 0 everybody.
    `who` and `gate` are room for the luck of MOST_MEETINGS events.
    Returns the keys and how many there are now.
    """
    place = micro_grids[g]
    most = min(MOST_MEETINGS, n_events)
    keys = longer_keys(keys, n + most)
    draw_in_turn(seed, day, purpose, g, 1, most, who, gate)
    for k in range(most):
        slot = int(who[k] * place.n_households * SLOTS)
        i = resident_in(households, place.first_household + slot // SLOTS, slot % SLOTS)
        if i >= 0 and residents[i].adult and gate[k] * most_aware < awareness(residents[i], day, party):
            keys[n] = (i << 3) | code
            n += 1
    return keys, n


@compiled
def next_ask(day, seed, person, per_month, tally):  # type: ignore[no-untyped-def]
    """First day from `day` on that organisers would ask this person, or else the first day of the next month.

    Which days they are is settled month by month, whether or not the name is on the list.
    """
    month = math.floor(day / DAYS_MONTH)
    u, _ = draw(seed, month, Purpose.ASK_LIST, person, 0, 0)
    best = (month + 1) * DAYS_MONTH
    n = poisson(per_month, u)
    tally[0].n_draws += 1 + n
    for k in range(n):
        v, _ = draw(seed, month, Purpose.ASK_LIST, person, 1, k)
        asked = month * DAYS_MONTH + int(v * DAYS_MONTH)
        if day <= asked < best:
            best = asked
    return best


@compiled
def ask_the_list(day, seed, residents, listed, keys, n, town, tally, p):  # type: ignore[no-untyped-def]
    """Organisers go through their list: those whose day it is are asked (appended to `keys`)."""
    per_month = p.asks_from_list_per_year * DAYS_MONTH / DAYS_YEAR
    keys = longer_keys(keys, n + town[0].n_listed)
    for k in range(town[0].n_listed):
        if listed[k].next_ask <= day:
            name = listed[k]
            name.next_ask = next_ask(day, seed, name.person, per_month, tally)
            if name.next_ask == day:
                name.next_ask = next_ask(day + 1, seed, name.person, per_month, tally)
                if residents[name.resident].on_list:
                    keys[n] = (name.resident << 3) | Occasion.ASKED_FROM_LIST
                    n += 1
    return keys, n


@compiled
def call_and_ask(
    day, seed, cases, issues, micro_grids, households, residents, listed, invitations, members, visiting, town, tally,
    p, noticing, party, volunteering, grid, issue_p,
):  # type: ignore[no-untyped-def]
    """Today's occasions to volunteer, in the order of residents."""
    keys = np.empty(1024 + town[0].n_listed + len(visiting), np.int64)
    n = 0
    for m in visiting:
        if members[m].asks:
            keys[n] = (members[m].met << 3) | Occasion.ASKED_BY_MEMBER
            n += 1
    who = np.empty(MOST_MEETINGS, np.float64)
    gate = np.empty(MOST_MEETINGS, np.float64)
    call_rate = p.calls_per_year / noticing.mean_information / 365.0 * SLOTS
    ask_rate = p.asks_per_year / 365.0 * SLOTS
    for g in range(len(micro_grids)):
        u, v = draw(seed, day, Purpose.CALL, g, 0, 0)
        n_calls = poisson(call_rate * micro_grids[g].n_households, u)
        n_asks = poisson(ask_rate * micro_grids[g].n_households, v)
        keys, n = chance_meetings(
            day, seed, Purpose.CALL, n_calls, g, micro_grids, households, residents, keys, n, Occasion.CALL, 1.0,
            party, who, gate,
        )
        keys, n = chance_meetings(
            day, seed, Purpose.ASK, n_asks, g, micro_grids, households, residents, keys, n, Occasion.ASKED, 0.0,
            party, who, gate,
        )
        tally[0].n_draws += 1 + n_calls + n_asks
    keys, n = ask_the_list(day, seed, residents, listed, keys, n, town, tally, p)
    for k in range(n):
        keys[k] = keys[k] << 32
    if grid.asks_per_case > 0.0:
        keys, n = ask_for_help(
            day, seed, cases, issues, micro_grids, households, residents, keys, n, town, tally, grid
        )
    keys = in_order(keys, n)
    invitations = room_for(invitations, n)
    for k in range(n):
        invitation = invitations[k]
        invitation.resident = keys[k] >> 35
        invitation.occasion = keys[k] >> 32 & 7
        invitation.ordinal = 0
        invitation.stake = volunteering.stake_of_call
        invitation.issue = -1
        if invitation.occasion == Occasion.ASKED_BY_WORKER:
            invitation.issue = keys[k] & 4294967295
            invitation.stake = stake_in_helping(issues[invitation.issue], residents[invitation.resident], day, issue_p)
        if k > 0 and keys[k] >> 32 == keys[k - 1] >> 32:
            invitation.ordinal = min(255, invitations[k - 1].ordinal + 1)
        invitation.acted = False
        asked = invitation.occasion != Occasion.CALL
        tally[0].n_asks += asked
        tally[0].n_asked_by_workers += invitation.occasion == Occasion.ASKED_BY_WORKER
        tally[0].n_asked_by_members += invitation.occasion == Occasion.ASKED_BY_MEMBER
        tally[0].n_calls_seen += not asked
    town[0].n_invitations = n
    tally[0].n_decisions += n
    tally[0].n_draws += n
    return invitations


@compiled
def ask_for_help(day, seed, cases, issues, micro_grids, households, residents, keys, n, town, tally, p):  # type: ignore[no-untyped-def]
    """Grid workers ask people of the micro-grid to help with a small matter, once, when it has come to their desk.

    Appends (row × 8 + code) × 2^32 + issue to `keys`; returns them and how many there are.
    """
    for c in range(town[0].n_cases):
        row = cases[c].issue
        issue = issues[row]
        if issue.state == State.QUEUED and issue.tier <= Tier.GENERAL_GRID and issue.labour_left > 0:
            if not issue.asked_help:
                issue.asked_help = True
                place = micro_grids[issue.micro_grid]
                u, _ = draw(seed, day, Purpose.ASK_WORKER, issue.luck, 0, 0)
                tries = min(250, poisson(p.asks_per_case * SLOTS / MEAN_HOUSEHOLD, u))
                keys = longer_keys(keys, n + tries)
                for k in range(tries):
                    who, _ = draw(seed, day, Purpose.ASK_WORKER, issue.luck, 1, k)
                    slot = int(who * place.n_households * SLOTS)
                    i = resident_in(households, place.first_household + slot // SLOTS, slot % SLOTS)
                    if i >= 0 and residents[i].adult:
                        keys[n] = (((i << 3) | Occasion.ASKED_BY_WORKER) << 32) | row
                        n += 1
                tally[0].n_draws += 1 + tries
    return keys, n


@compiled
def stake_in_helping(issue, resident, day, p):  # type: ignore[no-untyped-def]
    """A resident's stake in helping with an issue: after a decision, as much of it as those affected consent to."""
    stake = stake_in(issue, resident.building, day, p)
    return stake * issue.consent if issue.decided else stake


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
            listed[to].next_ask = listed[there].next_ask
            there -= 1
        else:
            listed[to].resident = fresh[new]
            listed[to].person = residents[fresh[new]].person
            listed[to].next_ask = LONG_AGO
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
            listed[kept].next_ask = listed[k].next_ask
            kept += 1
    town[0].n_listed = kept
