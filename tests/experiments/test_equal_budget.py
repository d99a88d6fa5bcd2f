"""Points against grid workers' hours: the two ways to spend the money spend the same."""

from __future__ import annotations

import pytest
from linli.experiments.runs import Comparison, compare


@pytest.fixture(scope="module")
def ways_to_spend() -> Comparison:
    """A general grid for a year, with points and with further hours, on ten seeds."""
    names = ["baseline", "five_yuan", "no_points_more_workers"]
    return compare(names, runs=10, size="general_grid", days=365, workers=1)


def spent_on_points(ways: Comparison, name: str) -> float:
    """Goods handed out and the fixed cost of the programme (yuan, mean of the runs)."""
    return float((ways.values(name, "yuan_programme") + ways.values(name, "yuan_redeemed")).mean())


def test_workers_hours_cost_what_the_points_cost(ways_to_spend):
    points = spent_on_points(ways_to_spend, "five_yuan")
    hours = float(ways_to_spend.values("no_points_more_workers", "yuan_hours").mean())
    assert points > 0
    assert hours == pytest.approx(points, rel=0.1)


def test_each_way_spends_on_itself_only(ways_to_spend):
    assert spent_on_points(ways_to_spend, "no_points_more_workers") == 0
    assert not ways_to_spend.values("five_yuan", "yuan_hours").any()
    assert not ways_to_spend.values("baseline", "yuan_hours").any() and not spent_on_points(ways_to_spend, "baseline")
