"""Bonds: ties that come of meeting, lapse without it, and break in conflict (W3, L27, H6)."""

from __future__ import annotations

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw_each
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import blank_rows, first_rows, in_order, room_for
from ..agents.resident.consenting import votes_yes
from .issues import FAR_OFF
from .noting import end_of
from .regime import Rule
from .ties import TieKind


class Bonds(Parameters):
    """How meetings make and unmake ties. All 0: ties stay as they were at the founding."""

    forming: float = Parameter(
        0.0, "1", 0, 0.5, "probability that two who sit in one meeting come to know each other", "W3, L27, assumption"
    )
    breaking: float = Parameter(
        0.0, "1", 0, 0.5, "probability that a meeting without respect, or lost, ends a tie across the vote",
        "H6, assumption",
    )
    days_lasting: int = Parameter(
        365, "d", 30, 3650, "days after which such a tie lapses unless renewed", "W3, assumption"
    )


BondsNumbers = numbers_of(Bonds)


class BondFields:
    """One row a change of ties still to be woven in (every 90 days)."""

    a = Field("i4", "row", "one resident")
    b = Field("i4", "row", "the other")
    made = Field("?", "yes/no", "made or renewed; otherwise broken")
    day = Field("i4", "day", "when")


NOBODY = 2_097_152
"""More than the rows of any town's residents."""

MOST_CHANGES = 1_048_576
"""Changes that can wait to be woven in."""

DAYS_WEAVING = 90
"""Days between two weavings of what meetings have changed into the ties."""


@compiled
def bond(day, seed, meetings, invitees, residents, ties, bonds, town, tally, p, deliberation):  # type: ignore[no-untyped-def]
    """Those who sat in one meeting today may come to know each other, or fall out across the vote."""
    if p.forming <= 0.0 and p.breaking <= 0.0:
        return bonds
    council = -1
    ordinal = 0
    for m in range(town[0].first_meeting_today, town[0].n_meetings):
        meeting = meetings[m]
        ordinal = ordinal + 1 if meeting.council == council else 0
        council = meeting.council
        talked = meeting.rule == Rule.MAJORITY or meeting.rule == Rule.RESIDENTS_MEETING
        if talked and not meeting.deferred:
            sore = not deliberation.respect or not meeting.adopted
            first = meeting.first_invitee
            last = end_of(m, meetings, town)
            seats = np.empty(last - first, np.int64)
            n = 0
            for k in range(first, last):
                if invitees[k].comes:
                    seats[n] = k
                    n += 1
            bonds = bond_in(
                day, seed, min(255, ordinal), seats[:n], sore, invitees, residents, ties, bonds, town, tally, p,
                deliberation,
            )  # fmt: skip
    return bonds


@compiled
def bond_in(day, seed, ordinal, seats, sore, invitees, residents, ties, bonds, town, tally, p, deliberation):  # type: ignore[no-untyped-def]
    """Every pair at one meeting: who gets to know whom, and whose tie breaks."""
    n = len(seats)
    person = np.empty(n, np.int64)
    low = np.empty(n, np.int64)
    high = np.empty(n, np.int64)
    near = np.empty(n, np.float64)
    far = np.empty(n, np.float64)
    for x in range(n):
        person[x] = residents[invitees[seats[x]].resident].person
    for x in range(n):
        one = invitees[seats[x]]
        a = one.resident
        for y in range(x + 1, n):
            low[y - x - 1] = min(person[x], person[y])
            high[y - x - 1] = max(person[x], person[y])
        draw_each(seed, day, Purpose.BOND, low, high, ordinal, n - x - 1, near, far)
        tally[0].n_draws += n - x - 1
        for y in range(x + 1, n):
            forms = near[y - x - 1] < p.forming
            breaks = sore and far[y - x - 1] < p.breaking
            if not forms and not breaks:
                continue
            other = invitees[seats[y]]
            b = other.resident
            tie = tie_between(a, b, residents, ties)
            if forms:
                if tie < 0 or ties[tie].until < FAR_OFF:
                    bonds = note_bond(day, a, b, True, bonds, town)
                    tally[0].n_bonds_made += 1
            elif are_apart(one, other, deliberation) and tie >= 0:
                if ties[tie].kind != TieKind.HOUSEHOLD:
                    bonds = note_bond(day, a, b, False, bonds, town)
                    tally[0].n_bonds_broken += 1
    return bonds


@compiled
def are_apart(one, other, p):  # type: ignore[no-untyped-def]
    """Whether two were on different sides of the first plan."""
    return votes_yes(one.first_position, p.plan, p.status_quo, 0.0) != votes_yes(
        other.first_position, p.plan, p.status_quo, 0.0
    )


@compiled
def tie_between(a, b, residents, ties):  # type: ignore[no-untyped-def]
    """Row of the tie by which a knows b, or −1 (her ties stand in the order of the other ends)."""
    low = residents[a].first_tie
    high = low + residents[a].n_ties
    last = high
    while low < high:
        middle = (low + high) // 2
        if ties[middle].to < b:
            low = middle + 1
        else:
            high = middle
    return low if low < last and ties[low].to == b else -1


@compiled
def note_bond(day, a, b, made, bonds, town):  # type: ignore[no-untyped-def]
    """Remember a change of ties until it is woven in."""
    bonds = room_for(bonds, town[0].n_bonds + 1)
    change = bonds[town[0].n_bonds]
    change.a = a
    change.b = b
    change.made = made
    change.day = day
    town[0].n_bonds += 1
    return bonds


@compiled
def is_time_to_weave(day, town):  # type: ignore[no-untyped-def]
    """At the end of a quarter, or when so many changes wait that there might be no room for more."""
    return (day + 1) % DAYS_WEAVING == 0 or town[0].n_bonds > MOST_CHANGES // 2


@compiled
def ends_of(keys, c):  # type: ignore[no-untyped-def]
    """Whose tie the c-th change is of, and to whom; nobody's after the last."""
    if c >= len(keys):
        return NOBODY, NOBODY
    return keys[c] // MOST_CHANGES // NOBODY, keys[c] // MOST_CHANGES % NOBODY


@compiled
def until_after(change, kind, until, p):  # type: ignore[no-untyped-def]
    """Until when a tie lasts after a change: those from meetings are renewed, and all but a household's can break."""
    if change.made:
        return until if until >= FAR_OFF else change.day + p.days_lasting
    return until if kind == TieKind.HOUSEHOLD else -FAR_OFF


@compiled
def weave(day, residents, ties, bonds, town, p):  # type: ignore[no-untyped-def]
    """Weave what meetings have changed into the ties: new ones, renewed ones, broken ones, lapsed ones.

    Returns the table of ties; residents' stretches follow. The last change between two people counts.
    """
    n_changes = 2 * town[0].n_bonds
    keys = np.empty(n_changes, np.int64)
    for k in range(town[0].n_bonds):
        keys[2 * k] = (bonds[k].a * NOBODY + bonds[k].b) * MOST_CHANGES + k
        keys[2 * k + 1] = (bonds[k].b * NOBODY + bonds[k].a) * MOST_CHANGES + k
    keys = in_order(keys, n_changes)
    woven = blank_rows(ties, len(ties) + n_changes)
    n = 0
    c = 0
    who, whom = ends_of(keys, c)
    for i in range(len(residents)):
        t = residents[i].first_tie
        last = t + residents[i].n_ties
        residents[i].first_tie = n
        while t < last or who == i:
            other = whom if who == i else NOBODY
            kind = TieKind.MEETING.value
            until = 0
            if t < last and ties[t].to <= other:
                other = ties[t].to
                kind = ties[t].kind
                until = ties[t].until
                t += 1
            while who == i and whom == other:
                change = bonds[keys[c] % MOST_CHANGES]
                until = until_after(change, kind, until, p)
                c += 1
                who, whom = ends_of(keys, c)
            if until >= day:
                woven[n].to = other
                woven[n].kind = kind
                woven[n].until = until
                n += 1
        residents[i].n_ties = n - residents[i].first_tie
    town[0].n_bonds = 0
    return first_rows(woven, n)
