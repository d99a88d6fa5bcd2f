"""Contact: a Party member calls on the households linked to her (L12, J3)."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.draw import Purpose, draw
from ..core.parameter import Parameter, Parameters, numbers_of


class Party(Parameters):
    """What Party members do beside what every resident does: a lever."""

    quota: int = Parameter(0, "households", 0, 40, "households linked to each member; 0: no contact", "L12, J3")
    visits_per_household: float = Parameter(
        4.0, "per household and year", 0, 52, "visits a member owes each of them", "J3, assumption"
    )
    share_genuine: float = Parameter(
        0.6, "1", 0, 1, "visits that are more than a tick on a form, at a small quota", "J3, assumption"
    )
    quota_half: float = Parameter(
        20.0, "households", 1, 200, "quota at which only half of these are left", "J3, assumption"
    )
    share_asking: float = Parameter(
        0.5, "1", 0, 1, "genuine visits in which the member asks for help", "L12, assumption"
    )
    minutes_visit: int = Parameter(20, "min", 1, 120, "length of a genuine visit", "assumption")
    days_told: int = Parameter(30, "d", 0, 365, "how long one remembers what a visitor told", "J2, assumption")
    information_told: float = Parameter(
        0.3, "1", 0, 1, "share of what one did not know that a genuine visit tells", "J2, W6, assumption"
    )
    obligation_minutes: int = Parameter(
        0, "min per month", 0, 2_400, "work each member owes in a month (contents of 1112 not given)", "L15, J1"
    )
    share_showing: float = Parameter(0.30, "1", 0, 1, "members who show up for it", "S53")
    exemplar: bool = Parameter(
        False, "yes/no", None, None, "whether the work is done in one's own stairwell, for all to see", "J5, W7"
    )


PartyNumbers = numbers_of(Party)


@compiled
def visits_per_day(p):  # type: ignore[no-untyped-def]
    """Visits a member owes on an average day (more than one a day is not asked of her)."""
    return min(1.0, p.quota * p.visits_per_household / 365.0)


@compiled
def days_between_visits(u, per_day):  # type: ignore[no-untyped-def]
    """Days from one visit to the next, at this many a day: at least 1, every day alike (a geometric law)."""
    if per_day >= 1.0:
        return 1
    return 1 + int(min(20_000.0, math.log(u) / math.log1p(-per_day)))


@compiled
def share_beyond_the_form(p):  # type: ignore[no-untyped-def]
    """Share of visits that are more than a tick on a form: the larger the quota, the fewer (J3)."""
    return p.share_genuine * p.quota_half / (p.quota_half + p.quota)


@compiled
def linked_household(first_household, n_households, rank, turn, quota):  # type: ignore[no-untyped-def]
    """Row of the household whose turn it is: members divide their micro-grid among them, in the order of ranks."""
    return first_household + (rank * quota + turn % quota) % n_households


@compiled
def adult_at_home(home, residents, visitor, u):  # type: ignore[no-untyped-def]
    """Row of the adult whom luck has open the door, or −1 where there is none but the visitor herself."""
    n = 0
    for i in range(home.first_resident, home.first_resident + home.n_residents):
        n += residents[i].adult and i != visitor
    chosen = int(u * n)
    for i in range(home.first_resident, home.first_resident + home.n_residents):
        if residents[i].adult and i != visitor:
            if chosen == 0:
                return i
            chosen -= 1
    return -1


@compiled
def visit(day, seed, rows, members, residents, households, micro_grids, p):  # type: ignore[no-untyped-def]
    """Each member whose day it is calls on the next of her linked households, or only ticks the form.

    Writes the member's count, whom she `met` and whether she `asks` for help.
    """
    for m in rows:
        member = members[m]
        resident = residents[member.resident]
        place = micro_grids[resident.micro_grid]
        luck, who = draw(seed, day, Purpose.VISIT, resident.person, 1, 0)
        wish, _ = draw(seed, day, Purpose.VISIT, resident.person, 2, 0)
        home = linked_household(place.first_household, place.n_households, member.rank, member.n_visits, p.quota)
        member.n_visits += 1
        if luck < share_beyond_the_form(p):
            member.met = adult_at_home(households[home], residents, member.resident, who)
            member.asks = member.met >= 0 and wish < p.share_asking
