"""The points mall of the town: its budget and whether it is believed in (E16, D6)."""

from __future__ import annotations

from ..agents.core.compiled import compiled


@compiled
def belief_in_mall(town, incentives):  # type: ignore[no-untyped-def]
    """The belief that the mall redeems (0..1): as the parameter says until somebody has met it empty."""
    return incentives.redemption_belief if town[0].belief < 0.0 else town[0].belief
