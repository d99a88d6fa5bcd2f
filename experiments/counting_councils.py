"""Outcomes of councils: how matters were decided, who was there, and how those affected took it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..model.regime import Rule
from ..model.world import World
from .periods import Period, in_period, mean, percent

WHO = ("women", "tenants", "old")
"""Those whose presence is compared with their share of those affected."""


def held_among(meetings: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The matters that residents talked about in a meeting."""
    return meetings[~meetings["deferred"] & (meetings["rounds"] > 0)]


def decided_among(meetings: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The matters that a meeting settled, whoever settled them."""
    return meetings[~meetings["deferred"]]


def affecting(decided: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The decisions that affect somebody: consent to the others is 0 of nobody."""
    return decided[decided["n_affected"] > 0]


def deliberation(world: World, period: Period) -> dict[str, float]:
    """How matters were decided, and how those affected took it."""
    days, meetings = in_period(world, "days", period), in_period(world, "meetings", period)
    decided = decided_among(meetings)
    held = held_among(meetings)
    by_cadre = decided["rule"] == Rule.CADRE
    return talk(held) | acceptance(decided) | {
        "n_before_council": len(meetings),
        "n_held": len(held),
        "n_deferred": meetings["deferred"].sum(),
        "n_by_cadre": by_cadre.sum(),
        "n_by_ballot": (~by_cadre & (decided["rounds"] == 0)).sum(),
        "share_adopted": percent(decided["adopted"].sum(), len(decided)),
        "hours_in_meetings": days["resident_minutes_meetings"].sum() / 60.0,
        **{name: days[name].sum() for name in COUNTED},
    }  # fmt: skip


COUNTED = (
    "n_refused_agenda", "n_amendments", "n_overridden", "n_mediated", "n_enforced", "n_quorum_failed", "n_ballots",
    "n_refusals",
)  # fmt: skip
"""Outcomes that are sums of a column of the daily table, under its name."""


def talk(held: np.ndarray[Any, Any]) -> dict[str, float]:
    """Who was at the meetings held, who spoke, and what became of opinions."""
    women_there = held[held["share_women"] > 0.0]
    found = {f"gap_{who}": representation(held, who) for who in WHO}
    return found | {
        "attendance": mean(held["n_attending"]),
        "meeting_minutes": mean(held["minutes"]),
        "speaking_gini": mean(held["speaking_gini"]),
        "chair_share": 100.0 * mean(held["chair_share"]),
        "losers_spoke": 100.0 * mean(held["losers_spoke"]),
        "gap_floor_women": 100.0 * mean(women_there["share_floor_women"] - women_there["share_women"]),
        "variance_before": mean(held["variance_before"]),
        "variance_after": mean(held["variance_after"]),
    }


def representation(held: np.ndarray[Any, Any], who: str) -> float:
    """Percentage points by which such people are more of those present than of those affected.

    Matters that affect none of them are left out.
    """
    concerned = held[held[f"share_{who}_affected"] > 0.0]
    return 100.0 * mean(concerned[f"share_{who}"] - concerned[f"share_{who}_affected"])


def acceptance(decided: np.ndarray[Any, Any]) -> dict[str, float]:
    """How those affected took the decisions. 0 stands for a matter without such people: neither is 0 of anybody."""
    return {
        "fairness": mean(decided["fairness"]),
        "consent": mean(affecting(decided)["consent"]),
        **{name: mean(decided[name][decided[name] > 0.0]) for name in OF_SOME},
    }


OF_SOME = ("consent_losers", "consent_winners", "distance_losers")
"""Outcomes that are means of a column of the meetings that had such people, under its name."""
