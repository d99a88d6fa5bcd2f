"""Who has what duty when: Party members, their households and their obligations (L12, L15)."""

from __future__ import annotations

from ..agents.core.field import Field


class MemberFields:
    """One row a Party member, in the order of residents."""

    resident = Field("i4", "row", "who")
    rank = Field("i4", "number", "place among the members of the micro-grid")
    next_visit = Field("i4", "day", "day of the next visit to a linked household")
    next_duty = Field("i4", "day", "day of the next obligation")
    n_visits = Field("i4", "visits", "visits so far, ticks on a form included")
