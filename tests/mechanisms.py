"""A dozen towns that between them have every mechanism at work: for tests too dear for all scenarios."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from linli.model import world as worlds
from linli.model.founding import found
from linli.model.running import run
from linli.model.spec import Spec
from linli.model.world import World
from linli.scenarios import load

EAGER: dict[str, dict[str, Any]] = {
    "issues": {"per_1000": 600.0, "spread": 0.8, "recur_base": 2.0, "recur_days": 30},
    "reporting": {"base": -1.0},
    "attending": {"base": -1.5, "share_hearing": 1.0},
    "voting": {"base": 0.5},
    "volunteering": {"base": -4.5},
    "redeeming": {"hassle_median": 5.0},
    "life_events": {"per_year": 0.5},
    "joining": {"days_listed": 40},
    "closing": {"share_reopening": 0.6, "days_to_reopen": 7},
    "routing": {"climb_after": 0.4},
    "deliberation": {"period": 5, "items": 3, "quorum": 3},
    "grid": {"staffing": 0.5},
    "deputies": {"period": 3, "base": 2.0, "reach": 1.0, "days_handover": 4, "days_chronic": 30, "brokering": 1.0},
    "bonds": {"days_lasting": 60},
    "learning": {"days_patience": 10},
}
"""What makes much happen in few days."""

STRAINED = {
    "issues": {"per_1000": 1000.0, "spread": 1.0},
    "grid": {"staffing": 0.1, "kpi_patience": 0.0},
    "routing": {"climb_after": 0.1},
}
"""Too many issues for too few hands, who pass them on."""

LAYERS: dict[str, tuple[str | dict[str, Any], ...]] = {
    "bare": (),
    "baseline": ("baseline", {"bonds": {"forming": 0.1, "breaking": 0.4}}),
    "cadre": ("cadre", "five_yuan_board", "adaptive_patrol", "no_deputies"),
    "ballot": (
        "direct_vote", "tiny_pay_board",
        {"party": {"quota": 0}, "incentives": {"crowd_at_zero": 0.5}},
        STRAINED,
    ),
    "owners": (
        "statutory_quorum", "contests", "duty_points", "worker_points", "exemplar_on",
        {"deliberation": {"owners_quorum": 0.2}, "deputies": {"feedback": False}, "volunteering": {"base": -7.5}},
    ),
    "residents' meeting": (
        "residents_meeting", "donation", "praise",
        {"bonds": {"breaking": 0.0}, "grid": {"patrol_yield": 3.0}, "attending": {"base": -3.0}},
    ),
    "council": (
        "elected_council", "dry_mall", "containment_kpi",
        {"deliberation": {"repulsion": 0.5}, "mall": {"budget_yuan_per_1000": 200.0}},
        STRAINED, {"grid": {"kpi_paper": 0.5}},
    ),
    "lot": (
        "random_selection", "services", "paid_meetings",
        {"bonds": {"forming": 0.0}, "deputies": {"representatives_only": True}, "deliberation": {"quorum": 20}},
        {"attending": {"base": -4.0}},
    ),
    "near consensus": (
        "near_consensus", "agenda_filter", "high_quota", "brokering",
        {"deliberation": {"threshold": 0.95, "amend_step": 0.05, "max_rounds": 4}},
        {"kinds": {"parking": {"admissible": False}, "laundry": {"admissible": False}}},
    ),
    "eight rules": (
        "eight_rules_accommodation", "self_made_rules", "no_bundling",
        {"deliberation": {"extra": 0.5, "yuan_amendment": 500.0, "minority_loss": 0.0}},
    ),
    "open courtyard": (
        "five_yuan_open_courtyard",
        {"incentives": {"withdrawn_on": 1, "spirit_drift": 0.01}, "deliberation": {"convener": "rotating"}},
    ),
    "secretary": (
        "secretary_in_chair", "advisory_vote", "no_points_more_workers", "frequent_reception",
        {"mall": {"days_valid": 10, "online_saves": 0.5}, "incentives": {"programme_on": True, "points_per_hour": 50}},
    ),
}  # fmt: skip
"""Scenarios laid over one another, and values of our own; all are differences from baseline, but for `bare`."""

BEFORE, DAYS = 164, 20
"""Days lived before the days looked at, which are those around the turn of a year, a quarter and a month."""


@cache
def spec_of(name: str) -> Spec:
    """The specification of one of the towns."""
    spec = (load("baseline").spec if LAYERS[name] else Spec()).changed(**EAGER)
    for layer in LAYERS[name]:
        spec = spec.changed(**(load(layer).changes if isinstance(layer, str) else layer))
    return spec


SEEDS = {"near consensus": 3}
"""Where not 11: the first with which a member of the CPPCC finds a partner in these days."""


def size_of(name: str) -> str:
    """A micro-grid, but a general grid for mechanisms too rare there."""
    return "general_grid" if name in ("council", "near consensus", "owners") else "micro_grid"


@cache
def _before(name: str) -> World:
    world = run(found(spec_of(name), size_of(name), SEEDS.get(name, 11)), spec_of(name), BEFORE)
    if name == "near consensus":  # plans have failed before, so that mediation, hearings and enforcement are due
        world.issues["n_failures"][: world.town["n_issues"][0]] = np.arange(world.town["n_issues"][0]) % 4
    return world


def town_before(name: str) -> World:
    """One of the towns on the morning of the days looked at."""
    return worlds.copy(_before(name))


@cache
def _after(name: str) -> World:
    return run(town_before(name), spec_of(name), DAYS)


def town_after(name: str) -> World:
    """The same town after these days."""
    return worlds.copy(_after(name))


def counted(name: str) -> dict[str, float]:
    """What happened in these days, by the names of the daily table."""
    days = worlds.table(town_after(name), "days")[-DAYS:]
    return {column: float(np.abs(days[column]).sum()) for column in days.dtype.names or ()}
