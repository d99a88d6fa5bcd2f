"""Bonds: ties that come of meeting, lapse without it, and break in conflict (W3, L27, H6)."""

from __future__ import annotations

from ..agents.core.compiled import compiled
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of


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
