"""The obligation: so many minutes of work a month, kept by those who show up (1112, L15, J1, S53)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.draw import Purpose, draw
from ..resident.earning import earn_for_duty


@compiled
def keep_duty(day, seed, rows, members, residents, p, offer):  # type: ignore[no-untyped-def]
    """Each member whose day it is keeps the obligation or not. It is the same members who do, month after month.

    Luck of showing up is drawn once, and again at life events: more obligation finds no other helpers (S53).
    Writes the member's `last_duty` and her counts and points as a resident.
    """
    for m in rows:
        resident = residents[members[m].resident]
        luck, _ = draw(seed, resident.life_events, Purpose.DUTY, resident.person, 1, 0)
        if luck < p.share_showing:
            members[m].last_duty = day
            resident.duties += 1
            earn_for_duty(resident, day, p.obligation_minutes, offer)
