"""Patrolling: a worker walks his micro-grid and finds what nobody has reported yet (Z1, Z5, L14)."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.draw import Purpose, draw


@compiled
def chance_to_find(minutes, n_buildings, p):  # type: ignore[no-untyped-def]
    """Probability that a round of so many minutes over so many buildings finds an issue that is there to be seen."""
    return 1.0 - math.exp(-p.patrol_yield * minutes / 60.0 / n_buildings)


@compiled
def patrol(day, seed, rows, sightings, workers, p):  # type: ignore[no-untyped-def]
    """Each worker on his round finds, or overlooks, every unseen issue of his micro-grid.

    Reads the sighting; writes its `found` and the worker's count.
    """
    for k in rows:
        sighting = sightings[k]
        luck, _ = draw(seed, day, Purpose.PATROL, sighting.luck, 0, 0)
        if luck < chance_to_find(sighting.minutes, sighting.n_buildings, p):
            sighting.found = True
            workers[sighting.worker].found += 1
