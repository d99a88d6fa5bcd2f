"""The Pareto front: who is beaten, and how sure that is."""

import math

import numpy as np
import pytest
from linli.experiments.inference.pareto import pareto


def runs(means, spread=0.0, n=30):
    """Seeds × alternatives × criteria with these means."""
    means = np.array(means, float)
    return means + spread * np.random.default_rng(1).normal(size=(n, *means.shape))


def test_whoever_is_beaten_in_everything_is_not_on_the_front():
    """More resolved (1) for fewer hours (−1): the third costs as much as the first and resolves less."""
    found = pareto(runs([[10, 5], [20, 9], [8, 5]]), (1, -1))
    assert list(found.on_front) == [True, True, False] and list(found.share) == [1.0, 1.0, 0.0]


def test_equals_do_not_beat_each_other():
    values = runs([[10.1, 5.3], [0, 0]], spread=1.0)
    values[:, 1] = values[:, 0]
    found = pareto(values, (1, 1))
    assert found.on_front.all() and (found.share == 1.0).all()


def test_what_the_runs_leave_open_shows_in_the_share():
    found = pareto(runs([[10.0], [10.05], [7.0]], spread=1.0), (1,))
    assert found.share[:2].sum() == pytest.approx(1.0) and found.share[:2].min() > 0.02
    assert found.share[2] == 0.0 and found.on_front.sum() == 1


def test_an_alternative_without_a_value_is_not_on_the_front():
    values = runs([[1, 1], [2, 2]], spread=0.1)
    values[:, 1, 1] = math.nan
    values[3, 0, 0] = math.nan
    found = pareto(values, (1, 1))
    assert list(found.on_front) == [True, False] and found.share[0] == 1.0
    assert found.means[0, 0] == pytest.approx(np.nanmean(values[:, 0, 0]))


def test_a_direction_that_is_none_is_refused():
    with pytest.raises(ValueError, match="a direction, 1 or -1"):
        pareto(runs([[1, 1]]), (1, 0))
