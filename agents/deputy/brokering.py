"""Brokering: a member of the CPPCC looks for an outside partner for a chronic issue (C3, C11)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.draw import Purpose, draw


@compiled
def broker(day, seed, rows, deputies, p):  # type: ignore[no-untyped-def]
    """Each member finds a partner for this quarter's `matter`, or not. Writes the member's `found`."""
    for d in rows:
        luck, _ = draw(seed, day, Purpose.BROKER, deputies[d].deputy, 0, 0)
        deputies[d].found = luck < p.brokering
