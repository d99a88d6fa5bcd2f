"""What a resident is aware of: what she hears of anyway, and for a while what a visitor has told her (W6, J2)."""

from __future__ import annotations

from ..core.compiled import compiled


@compiled
def awareness(resident, day, party):  # type: ignore[no-untyped-def]
    """Share of neighbourhood matters heard of (0..1); a genuine visit tells part of the rest, for some days."""
    if day - resident.told_day >= party.days_told:
        return resident.information
    return resident.information + party.information_told * (1.0 - resident.information)
