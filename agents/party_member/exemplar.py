"""The exemplar: a member at work in her own building, for all who live there to see (J5, W7, S74, S75)."""

from __future__ import annotations

from ..core.compiled import compiled


@compiled
def seen_at_work(day, exemplar_day, common):  # type: ignore[no-untyped-def]
    """Whether a member's work in the building is still in sight."""
    return day - exemplar_day < common.days_exemplar_seen


@compiled
def lead_of_example(resident, day, buildings, party, common):  # type: ignore[no-untyped-def]
    """What a member's example adds to a neighbour's readiness (logit); its sign is free.

    It draws along, and it tells that the work is done already (J4): two weights of equal prior width. It ends
    with the lever. Members themselves owe the work.
    """
    if party.obligation_minutes == 0 or not party.exemplar or resident.party:
        return 0.0
    if seen_at_work(day, buildings[resident.building].exemplar_day, common):
        return common.weight_exemplar - common.exemplar_substitution
    return 0.0
