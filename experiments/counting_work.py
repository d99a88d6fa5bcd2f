"""Outcomes of grid workers: the hours they work, of those they have."""

from __future__ import annotations

import numpy as np

from ..agents.grid_worker.casework import bought_minutes, week_of
from ..model.spec import Spec
from ..model.world import World
from .periods import Period, in_period, percent, ratio

DAYS_WEEK = 7.0


def minutes_a_week(world: World, spec: Spec) -> float:
    """Minutes a week that all grid workers have for issues and patrols, those bought included."""
    tiers, n_workers = np.unique(world.workers["tier"], return_counts=True)
    p = spec.grid.numbers()
    each = (week_of(int(tier), p) + bought_minutes(int(tier), p) for tier in tiers)
    return float(sum(n * minutes for n, minutes in zip(n_workers, each, strict=True)))


def work(world: World, period: Period, spec: Spec) -> dict[str, float]:
    """How much of their time grid workers work; the staff of offices above the communities is not among them."""
    days = in_period(world, "days", period)
    weeks = (period.last - period.first + 1) / DAYS_WEEK
    minutes = int(days["staff_minutes_workers"].sum()) + int(days["staff_minutes_patrol"].sum())
    return {
        "hours_per_worker": ratio(minutes / 60.0 / weeks, len(world.workers)),
        "worker_load": percent(minutes, weeks * minutes_a_week(world, spec)),
    }
