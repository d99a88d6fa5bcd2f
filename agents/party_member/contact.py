"""Contact: a Party member calls on the households linked to her (L12, J3)."""

from __future__ import annotations

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
