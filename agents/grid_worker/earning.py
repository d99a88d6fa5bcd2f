"""Points for micro-grid workers: what they make of their week, and what they are credited (L16)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..resident.earning import points_for
from ..resident.participation import pull_of_pay
from . import Tier


@compiled
def minutes_more(minutes, offer, p, common):  # type: ignore[no-untyped-def]
    """Minutes by which points lengthen a micro-grid worker's week: a share of it, as strong as the pull of pay."""
    return int(minutes * p.worker_response * pull_of_pay(offer.worker_yuan * offer.worth, common))


@compiled
def lengthen_week(rows, workers, p, common, offer):  # type: ignore[no-untyped-def]
    """Micro-grid workers who are offered points make more of the week that begins."""
    for w in rows:
        worker = workers[w]
        if worker.tier == Tier.MICRO_GRID:
            worker.minutes_left += minutes_more(worker.minutes_left, offer, p, common)


@compiled
def earn_for_casework(rows, workers, tally, offer):  # type: ignore[no-untyped-def]
    """Micro-grid workers are credited the minutes they worked today."""
    for w in rows:
        worker = workers[w]
        if worker.tier == Tier.MICRO_GRID:
            points = points_for(worker.minutes_today, offer.worker_points)
            worker.points += points
            tally[0].points_workers += points
