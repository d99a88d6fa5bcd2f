"""The town and its plain-Mesa twin live the same days, bit for bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from linli.model import world as worlds
from linli.model.founding import found
from linli.model.running import run
from linli.model.spec import Spec
from linli.model.world import World
from twin.in_plain_python import put_down, run_interpreted

DESCRIBED = (
    "share_women", "share_tenants", "share_old", "share_women_affected", "share_tenants_affected",
    "share_old_affected", "share_floor_women", "consent_winners", "distance_losers",
)  # fmt: skip
BOOKKEEPING = {("meetings", "first_invitee"), ("days", "n_draws"), *(("meetings", name) for name in DESCRIBED)}
"""What the compiled town notes for itself and no equation asks for."""

EAGER: dict[str, dict[str, Any]] = {
    "reporting": {"base": -1.5},
    "attending": {"base": -1.0},
    "volunteering": {"base": -4.5},
}
POINTS = {"incentives": {"programme_on": True, "points_per_hour": 500, "points_per_meeting_hour": 200}}
CADRE = {"deliberation": {"rule": "cadre"}}
STRAINED: dict[str, dict[str, Any]] = {
    "issues": {"per_1000": 1000.0, "spread": 1.0, "recur_base": 2.0},
    "grid": {"staffing": 0.1},
    "reporting": {"base": -1.0},
    "attending": {"base": -3.5},
    "deliberation": {"quorum": 8, "deferrals": 1, "period": 3},
    "routing": {"climb_after": 0.3},
    "closing": {"share_reopening": 0.9, "days_to_reopen": 5},
    "joining": {"days_listed": 40},
    "life_events": {"per_year": 0.5},
}
"""Too many issues for too few hands: cases climb, are closed on paper and reopened, meetings lack a quorum."""


def told_apart(world: World, tables: dict[str, np.ndarray[Any, Any]]) -> list[str]:
    """`table.field` of each column that differs between the town and its twin."""
    found_apart = []
    for name, theirs in tables.items():
        ours = worlds.table(world, name)
        if len(ours) != len(theirs):
            found_apart.append(f"{name}: {len(ours)} rows against {len(theirs)}")
            continue
        for field in ours.dtype.names or ():
            if (name, field) not in BOOKKEEPING and ours[field].tobytes() != theirs[field].tobytes():
                first = int(np.flatnonzero(ours[field] != theirs[field])[0])
                found_apart.append(f"{name}.{field}: row {first}: {ours[field][first]} against {theirs[field][first]}")
    return found_apart


def both_ways(spec: Spec, size: str, seed: int, n_days: int, folder: Path, way: str = "events", before: int = 0) -> World:
    """Live in the town and in its twin, from the founding or so many days after it; they must not differ."""
    world = run(found(spec, size, seed), spec, before)
    files = put_down(world, spec, folder)
    world = run(world, spec, n_days)
    run_interpreted("benchmarks/in_plain_python.py", way, *files, str(n_days), str(folder / "tables.npz"))
    with np.load(folder / "tables.npz") as tables:
        assert told_apart(world, dict(tables)) == []
    return world


@pytest.mark.parametrize("way", ["events", "steps"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_micro_grid_of_200_days(way: str, seed: int, tmp_path: Path) -> None:
    world = both_ways(Spec().changed(**EAGER, **POINTS), "micro_grid", seed, 200, tmp_path, way)
    days = worlds.table(world, "days")
    for happened in ("n_reports", "n_attended", "n_acts", "n_redemptions", "n_life_events"):
        assert days[happened].sum() > 0


@pytest.mark.parametrize("levers", [POINTS, CADRE], ids=["points", "cadre"])
@pytest.mark.parametrize("seed", [4, 5])
def test_a_general_grid_of_60_days_from_a_town_in_full_swing(
    levers: dict[str, dict[str, Any]], seed: int, tmp_path: Path
) -> None:
    world = both_ways(Spec().changed(**EAGER, **levers), "general_grid", seed, 60, tmp_path, before=190)
    assert worlds.table(world, "days")["n_meetings"][-60:].sum() > 0


def test_the_baseline_over_the_turn_of_a_year(tmp_path: Path) -> None:
    world = both_ways(Spec(), "general_grid", 6, 40, tmp_path, "steps", before=160)
    assert len(worlds.table(world, "years")) == 1


def test_a_strained_general_grid(tmp_path: Path) -> None:
    world = both_ways(Spec().changed(**STRAINED), "general_grid", 4, 120, tmp_path)
    days = worlds.table(world, "days")
    for happened in ("n_climbed", "n_closed_unresolved", "n_reopened", "n_deferred", "n_spread"):
        assert days[happened].sum() > 0
