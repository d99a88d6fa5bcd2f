"""Mesa's own batch_run works with the neighbourhood (our own batches do without it)."""

from __future__ import annotations

import inspect
import itertools
from typing import Any

import mesa
from linli.model.neighbourhood import Neighbourhood

TAKES_RNG = "rng" in inspect.signature(mesa.batch_run).parameters
"""From Mesa 3.5 on; before, a batch lives one step more than max_steps."""


def batch(parameters: dict[str, Any], seeds: list[int], n_days: int, **more: Any) -> list[dict[str, Any]]:
    if TAKES_RNG:
        given: dict[str, Any] = {"parameters": parameters, "rng": seeds, "max_steps": n_days}
    else:
        given = {"parameters": {**parameters, "rng": seeds}, "max_steps": n_days - 1}
    rows: list[dict[str, Any]] = mesa.batch_run(
        Neighbourhood, number_processes=1, display_progress=False, **given, **more
    )
    return rows


def test_a_batch_gives_the_numbers_of_running_by_hand() -> None:
    levers = {"size": "micro_grid", "points_per_hour": [0, 800], "rule": ["majority", "cadre"]}
    rows = batch(levers, [1, 2], 40)
    assert len(rows) == 8
    for points, rule, seed in itertools.product([0, 800], ["majority", "cadre"], [1, 2]):
        by_hand = Neighbourhood(size="micro_grid", points_per_hour=points, rule=rule, rng=seed)
        by_hand.run_days(40)
        (row,) = (r for r in rows if (r["points_per_hour"], r["rule"], r["rng"]) == (points, rule, seed))
        assert row["day"] == 40
        for name in ("n_reports_today", "n_acts_today", "n_open_issues", "active_share_90"):
            assert row[name] == getattr(by_hand, name)


def test_every_day_can_be_had() -> None:
    rows = batch({"size": "micro_grid"}, [3], 20, data_collection_period=1)
    by_hand = Neighbourhood(size="micro_grid", rng=3)
    expected = []
    for _ in range(20):
        by_hand.step()
        expected.append((by_hand.day, by_hand.n_open_issues))
    assert [(r["day"], r["n_open_issues"]) for r in rows] == expected


def test_a_run_can_end_by_itself() -> None:
    (row,) = batch({"size": "micro_grid", "days": 10}, [1], 500)
    assert row["day"] == 10
