"""Outcomes of people: who took part, what Party members did, who knows whom."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..agents.resident.volunteering import Occasion
from ..model import world as worlds
from ..model.calendar import DAYS_YEAR
from ..model.spec import Spec
from ..model.world import World
from .periods import Period, gini, in_period, last_month, percent, ratio, volunteers

DAYS_KEPT = 90
"""Days of the two windows by which volunteers are said to be kept."""

OCCASIONS = {
    "acts_by_call": Occasion.CALL,
    "acts_asked": Occasion.ASKED,
    "acts_from_list": Occasion.ASKED_FROM_LIST,
    "acts_by_member": Occasion.ASKED_BY_MEMBER,
    "acts_by_worker": Occasion.ASKED_BY_WORKER,
}
"""The outcome that counts the acts of each occasion."""


def share_active(world: World, day: int, n_days: int) -> float:
    """Percentage of residents who volunteered in the n_days up to and including this day."""
    return 100.0 * len(volunteers(world, day - n_days + 1, day)) / len(world.residents)


def share_exit(world: World, day: int) -> float:
    """Percentage of the volunteers of the year before last year who did not volunteer in the last 365 days."""
    if day < DAYS_YEAR - 1:
        return float("nan")
    before = volunteers(world, day - 2 * DAYS_YEAR + 1, day - DAYS_YEAR)
    left = np.setdiff1d(before, volunteers(world, day - DAYS_YEAR + 1, day), assume_unique=True)
    return percent(len(left), len(before))


def share_retained(world: World, day: int) -> float:
    """Percentage of the volunteers of the 90 days before the last 90 who volunteered again in the last 90."""
    before = volunteers(world, day - 2 * DAYS_KEPT + 1, day - DAYS_KEPT)
    kept = np.intersect1d(before, volunteers(world, day - DAYS_KEPT + 1, day), assume_unique=True)
    return percent(len(kept), len(before))


def first_timers(world: World, period: Period) -> np.ndarray[Any, Any]:
    """Rows of the residents who volunteered in the period and never before it, the burn-in included."""
    deeds = worlds.table(world, "deeds")
    before = np.unique(deeds["resident"][deeds["day"] < period.first])
    return np.setdiff1d(volunteers(world, period.first, period.last), before, assume_unique=True)


def participation(world: World, period: Period) -> dict[str, float]:
    """Who took part, how often, and what brought them."""
    days, deeds = in_period(world, "days", period), in_period(world, "deeds", period)
    acts = np.bincount(deeds["resident"]) if len(deeds) else np.zeros(0)
    n_active, n_new = int((acts > 0).sum()), len(first_timers(world, period))
    count = last_month(world, period)
    n_acts = int(days["n_acts"].sum())
    found = {f"share_active_{n}": share_active(world, period.last, n) for n in (30, 90, 365)}
    found |= {name: (deeds["occasion"] == occasion).sum() for name, occasion in OCCASIONS.items()}
    return found | {
        "n_acts": n_acts,
        "acts_per_resident": n_acts / len(world.residents),
        "share_registered": 100.0 * count["n_registered"] / count["n_residents"],
        "share_exit": share_exit(world, period.last),
        "mean_efficacy": count["mean_efficacy"],
        "mean_spirit": count["mean_spirit"],
        "n_active": n_active,
        "gini_acts": gini(acts[acts > 0]),
        "n_first_timers": n_new,
        "share_first_timers": percent(n_new, n_active),
        "share_retained": share_retained(world, period.last),
        "hours_per_volunteer": ratio(days["volunteer_minutes"].sum() / 60.0, n_active),
    }


def unpaid(world: World, period: Period, spec: Spec) -> dict[str, float]:
    """Taking part that earns no points whatever volunteering earns: reports, and meetings where they do not pay."""
    days = in_period(world, "days", period)
    n_attended = days["n_attended"].sum()
    n_unpaid = days["n_reports"].sum() + (0 if spec.incentives.points_per_meeting_hour else n_attended)
    return {"n_attended": n_attended, "unpaid_per_adult": ratio(n_unpaid, world.residents["adult"].sum())}


def party(world: World, period: Period) -> dict[str, float]:
    """What Party members did beside what every resident does."""
    days = in_period(world, "days", period)
    counts = {name: days[name].sum() for name in ("n_visits", "n_visits_genuine", "n_asked_by_members", "n_duties")}
    return counts | {"share_genuine": percent(counts["n_visits_genuine"], counts["n_visits"])}


def acquaintance(world: World, period: Period) -> dict[str, float]:
    """How many people one knows, and what meetings did to that."""
    days = in_period(world, "days", period)
    return {
        "mean_degree": ratio(last_month(world, period)["n_ties"], world.residents["adult"].sum()),
        "n_bonds_made": days["n_bonds_made"].sum(),
        "n_bonds_broken": days["n_bonds_broken"].sum(),
    }
