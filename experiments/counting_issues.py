"""Outcomes of issues: what came up, who found it, which tier closed it, what deputies took along."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..agents.grid_worker import Tier
from ..agents.resident.reporting import Channel
from ..model import world as worlds
from ..model.issues import State
from ..model.world import World
from .periods import Period, in_period, mean, percent, quantile, ratio, within

CHANNELS = {
    "reports_grid_worker": Channel.GRID_WORKER,
    "reports_hotline": Channel.HOTLINE,
    "reports_qr": Channel.QR,
}
"""The outcome that counts the reports of each channel."""


def reported(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The issues first reported by residents in the period."""
    found = detected(world, period)
    return found[found["channel"] != Channel.PATROL]


def detected(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The issues detected in the period, by residents or on patrol."""
    issues = worlds.table(world, "issues")
    return issues[within(issues["detected"], period)]


def resolved(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The issues truly resolved in the period."""
    issues = worlds.table(world, "issues")
    return issues[within(issues["resolved_day"], period)]


def days_taken(done: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Days from detection to true resolution of these issues, all resolved."""
    found: np.ndarray[Any, Any] = done["resolved_day"] - done["detected"]
    return found


def closed(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The issues whose last closing fell in the period (one reopened since is open, and not among them)."""
    issues = worlds.table(world, "issues")
    return issues[within(issues["closed_day"], period)]


def open_at_end(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The issues detected and not closed at the end of the period (or reopened since)."""
    issues = worlds.table(world, "issues")
    return issues[(issues["detected"] <= period.last) & (issues["closed_day"] > period.last)]


def in_hand(issues: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which issues somebody has worked on, decided or closed."""
    worked = (issues["staff_minutes"] > 0) | (issues["volunteer_minutes"] > 0) | (issues["partner_minutes"] > 0)
    over = (issues["state"] == State.CLOSED_RESOLVED) | (issues["state"] == State.CLOSED_UNRESOLVED)
    found: np.ndarray[Any, Any] = worked | issues["decided"] | over | (issues["n_reopenings"] > 0)
    return found


def fate_of_issues(world: World, period: Period) -> dict[str, float]:
    """What came up, what was reported, and what became of it."""
    days, reports = in_period(world, "days", period), in_period(world, "reports", period)
    by_residents = reported(world, period)
    ages = by_residents["detected"] - by_residents["born"]
    n_resolved, n_unresolved = int(days["n_resolved"].sum()), int(days["n_closed_unresolved"].sum())
    found = {name: (reports["channel"] == channel).sum() for name, channel in CHANNELS.items()}
    return found | times_of_issues(world, period) | {
        "n_arisen": days["n_born"].sum(),
        "n_recurred": days["n_recurred"].sum(),
        "n_noticed": days["n_noticed"].sum(),
        "n_reports": days["n_reports"].sum(),
        "n_first_reported": len(by_residents),
        "n_resolved": n_resolved,
        "n_closed_unresolved": n_unresolved,
        "n_overdue": days["n_overdue"].sum(),
        "n_reopened": days["n_reopened"].sum(),
        "closing_time": ratio(days["closing_days"].sum(), n_resolved + n_unresolved),
        "share_resolved": percent(n_resolved, n_resolved + n_unresolved),
        "age_at_report_median": quantile(ages, 50),
        "age_at_report_p90": quantile(ages, 90),
        "n_open": days["n_open_cases"][-1],
        "n_visible": days["n_visible"][-1],
        "days_waited": days_waited(world, period),
    }  # fmt: skip


def days_waited(world: World, period: Period) -> float:
    """Days that cases stood open in the period, per case that was open at any time in it (reopened ones again)."""
    days, all_days = in_period(world, "days", period), worlds.table(world, "days")
    n_before = int(all_days["n_open_cases"][all_days["day"] == period.first - 1].sum())
    n_new = int(days["n_reopened"].sum()) + len(detected(world, period))
    return ratio(days["n_open_cases"].sum(), n_before + n_new)


def times_of_issues(world: World, period: Period) -> dict[str, float]:
    """How long issues took, and how many of the conflicts resolved came back."""
    clock = closed(world, period)["closing_days"]
    done = resolved(world, period)
    took = days_taken(done)
    conflicts = done[done["contested"]]
    waiting = period.last - open_at_end(world, period)["detected"]
    return {
        "share_responded": 100.0 * mean(in_hand(detected(world, period))),
        "closing_time_median": quantile(clock, 50),
        "closing_time_p90": quantile(clock, 90),
        "days_to_resolve_median": quantile(took, 50),
        "days_to_resolve_p90": quantile(took, 90),
        "days_conflict_median": quantile(took[done["contested"]], 50),
        "oldest_open": float(waiting.max()) if len(waiting) else float("nan"),
        "share_recurred": 100.0 * mean(conflicts["recurs_day"] <= period.last),
    }


def ladder(world: World, period: Period) -> dict[str, float]:
    """Who found issues, and which tier closed them."""
    days, over = in_period(world, "days", period), closed(world, period)
    all_detected = detected(world, period)
    patrolled = all_detected[all_detected["channel"] == Channel.PATROL]
    small = over["tier"] <= Tier.GENERAL_GRID
    found = {f"closed_{tier.name.lower()}": 100.0 * mean(over["tier"] == tier) for tier in Tier}
    return found | {
        "n_found_patrol": len(patrolled),
        "share_found_patrol": percent(len(patrolled), len(all_detected)),
        "age_found_median": quantile(patrolled["detected"] - patrolled["born"], 50),
        "containment": 100.0 * mean(small),
        "share_resolved_grid": 100.0 * mean(over["state"][small] == State.CLOSED_RESOLVED),
        "n_climbed": days["n_climbed"].sum(),
        "n_kept_down": days["n_kept_down"].sum(),
        "n_asked_by_workers": days["n_asked_by_workers"].sum(),
    }


def deputies(world: World, period: Period) -> dict[str, float]:
    """Whom deputies received, what they took along, and who had to wait for it."""
    days = in_period(world, "days", period)
    names = ("n_reception_days", "n_petitioners", "n_docketed", "n_displaced", "displaced_days", "n_brokered")
    counts = {name: days[name].sum() for name in names}
    return counts | {
        "petitioners_per_day": ratio(counts["n_petitioners"], counts["n_reception_days"]),
        "share_on_the_spot": percent(days["n_answered"].sum(), counts["n_petitioners"]),
    }
