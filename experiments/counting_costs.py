"""Outcomes in points, hours and yuan: the points programme, and what everything costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..agents.resident.earning import RedeemFor
from ..model import world as worlds
from ..model.spec import Spec
from ..model.world import World
from .periods import Period, gini, in_period, last_month, percent, ratio, reaches_today

ACCOUNTS = ("points_task", "points_single", "points_merit", "points_appraisal", "points_duty")
"""The five accounts of a resident."""


def yuan_per_point(spec: Spec) -> float:
    """What a point is worth where it is redeemed: in services if the mall gives services, else in goods."""
    services = spec.mall.redeem_for == RedeemFor.SERVICES.name.lower()
    return (spec.mall.yuan_per_100_services if services else spec.incentives.yuan_per_100_points) / 100.0


def points_earned(residents: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The points each resident has ever earned: held, redeemed, donated and expired."""
    total: np.ndarray[Any, Any] = residents["redeemed"] + residents["donated"] + residents["expired"]
    for account in ACCOUNTS:
        total = total + residents[account]
    return total


def incentives(world: World, period: Period, spec: Spec) -> dict[str, float]:
    """The points programme. Points held are all points ever issued less those redeemed, donated and expired."""
    days = worlds.table(world, "days")
    days = days[days["day"] <= period.last]
    now = days[days["day"] >= period.first]
    gone = days["points_redeemed"].sum() + days["points_donated"].sum() + days["points_expired"].sum()
    held = int(days["points_issued"].sum() - gone)
    counts = {name: now[name].sum() for name in COUNTED}
    return counts | redeemers(world, period) | {
        "points_held": held,
        "yuan_redeemed": now["fen_mall"].sum() / 100.0,
        "yuan_liability": held * yuan_per_point(spec.on(period.last)),
        "belief": last_month(world, period)["belief"],
    }  # fmt: skip


COUNTED = (
    "points_issued", "points_redeemed", "points_donated", "points_expired", "points_workers", "n_redemptions",
    "n_turned_away", "n_praised", "n_grids_praised",
)  # fmt: skip
"""Outcomes that are sums of a column of the daily table, under its name."""


def redeemers(world: World, period: Period) -> dict[str, float]:
    """Who has redeemed points, of how many who earned some, and how unequally. Not-a-number if it ended earlier."""
    if not reaches_today(world, period):
        return dict.fromkeys(("n_redeemers", "share_redeemers", "gini_points"), float("nan"))
    n_redeemers, earned = (world.residents["redeemed"] > 0).sum(), points_earned(world.residents)
    return {
        "n_redeemers": n_redeemers,
        "share_redeemers": percent(n_redeemers, (earned > 0).sum()),
        "gini_points": gini(earned[world.residents["adult"]]),
    }


HOURS = {
    "hours_staff_issues": ("staff_minutes_issues",),
    "hours_staff_meetings": ("staff_minutes_meetings",),
    "hours_patrol": ("staff_minutes_patrol",),
    "hours_staff": ("staff_minutes_issues", "staff_minutes_meetings", "staff_minutes_patrol"),
    "hours_members": ("member_minutes", "duty_minutes"),
    "hours_deputies": ("deputy_minutes",),
    "hours_volunteers": ("volunteer_minutes",),
}
"""The columns of the daily table (min) that each outcome in hours sums."""

MONEY = {
    "yuan_issues": "fen_spent",
    "yuan_plans": "fen_plans",
    "yuan_programme": "fen_programme",
    "yuan_hours": "fen_hours",
    "yuan_partners": "fen_partners",
}
"""The column of the daily table (fen) that each outcome in yuan sums."""

IN_TOTAL = ("fen_spent", "fen_plans", "fen_programme", "fen_hours", "fen_mall")
"""What the money spent in all consists of: columns of the daily table (fen)."""


def spent(days: np.ndarray[Any, Any]) -> float:
    """The money spent in all (yuan) on these rows of the daily table."""
    return float(sum(days[column].sum() / 100.0 for column in IN_TOTAL))


def cost(world: World, period: Period, found: dict[str, float]) -> dict[str, float]:
    """Time and money; `found` holds the outcomes so far."""
    days = in_period(world, "days", period)
    hours = {name: sum(days[column].sum() for column in columns) / 60.0 for name, columns in HOURS.items()}
    yuan = {name: days[column].sum() / 100.0 for name, column in MONEY.items()}
    total = spent(days)
    return hours | yuan | {
        "yuan_total": total,
        "yuan_per_resolved": ratio(total, found["n_resolved"]),
        "hours_per_resolved": ratio(hours["hours_staff"], found["n_resolved"]),
        "resolved_per_10000": 10_000.0 * ratio(found["n_resolved"], total),
        "acts_per_10000": 10_000.0 * ratio(found["n_acts"], total),
    }  # fmt: skip
