"""Who has what duty when: Party members, their households and their obligations (L12, L15)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.field import Field
from ..agents.party_member.contact import days_between_visits, visits_per_day
from ..agents.resident import LONG_AGO
from ..agents.resident.earning import points_for


class MemberFields:
    """One row a Party member, in the order of residents."""

    resident = Field("i4", "row", "who")
    rank = Field("i4", "number", "place among the members of the micro-grid")
    next_visit = Field("i4", "day", "day of the next visit to a linked household", LONG_AGO)
    next_duty = Field("i4", "day", "day of the next obligation", LONG_AGO)
    n_visits = Field("i4", "visits", "visits so far, ticks on a form included")
    met = Field("i4", "row", "resident met on the last day of visits, −1: a tick on a form", -1)
    asks = Field("?", "yes/no", "asked that resident for help")
    last_duty = Field("i4", "day", "day an obligation was last kept", LONG_AGO)


@compiled
def visiting_today(day, seed, members, residents, tally, p):  # type: ignore[no-untyped-def]
    """Rows of the members who owe a visit today. Whoever has none planned gets a day for the next."""
    per_day = visits_per_day(p)
    rows = np.empty(len(members) if per_day > 0.0 else 0, np.int64)
    n = 0
    for m in range(len(rows)):
        member = members[m]
        if member.next_visit < day:
            u, _ = draw(seed, day, Purpose.VISIT, residents[member.resident].person, 0, 0)
            member.next_visit = day - 1 + days_between_visits(u, per_day)
            tally[0].n_draws += 1
        if member.next_visit == day:
            member.met = -1
            member.asks = False
            rows[n] = m
            n += 1
    return rows[:n]


@compiled
def hear_visitors(day, rows, members, residents, tally, p):  # type: ignore[no-untyped-def]
    """Residents who met a visitor today have been told; visits and their time are counted."""
    for m in rows:
        tally[0].n_visits += 1
        tally[0].n_draws += 2
        if members[m].met >= 0:
            residents[members[m].met].told_day = day
            tally[0].n_visits_genuine += 1
            tally[0].member_minutes += p.minutes_visit


@compiled
def duty_day(day, seed, person, tally):  # type: ignore[no-untyped-def]
    """This person's day of obligation in this month, or in the next if that is past. Months have 30 days."""
    month = math.floor(day / 30)
    u, _ = draw(seed, month, Purpose.DUTY, person, 0, 0)
    tally[0].n_draws += 1
    if month * 30 + int(u * 30.0) < day:
        month += 1
        u, _ = draw(seed, month, Purpose.DUTY, person, 0, 0)
        tally[0].n_draws += 1
    return month * 30 + int(u * 30.0)


@compiled
def on_duty_today(day, seed, members, residents, tally, p):  # type: ignore[no-untyped-def]
    """Rows of the members whose day of obligation it is."""
    rows = np.empty(len(members) if p.obligation_minutes > 0 else 0, np.int64)
    n = 0
    for m in range(len(rows)):
        member = members[m]
        if member.next_duty < day:
            member.next_duty = duty_day(day, seed, residents[member.resident].person, tally)
        if member.next_duty == day:
            rows[n] = m
            n += 1
    tally[0].n_draws += n
    return rows[:n]


@compiled
def put_duties_to_use(day, rows, members, residents, buildings, micro_grids, tally, p, offer):  # type: ignore[no-untyped-def]
    """Minutes of kept obligations can now be spent in the micro-grid; neighbours see an exemplar at work."""
    for m in rows:
        if members[m].last_duty == day:
            resident = residents[members[m].resident]
            micro_grids[resident.micro_grid].volunteer_minutes += p.obligation_minutes
            tally[0].n_duties += 1
            tally[0].duty_minutes += p.obligation_minutes
            tally[0].points_issued += points_for(p.obligation_minutes, offer.duty_points)
            if p.exemplar:
                buildings[resident.building].exemplar_day = day


@compiled
def paid_for_duty(day, rows, members, offer):  # type: ignore[no-untyped-def]
    """Rows of the residents who earned points by an obligation today, in table order, each once."""
    paid = np.empty(len(rows) if offer.duty_points > 0 else 0, np.int64)
    n = 0
    for k in range(len(paid)):
        if members[rows[k]].last_duty == day:
            paid[n] = members[rows[k]].resident
            n += 1
    return paid[:n]
