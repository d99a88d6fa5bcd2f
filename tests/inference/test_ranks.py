"""Influence of factors: known functions have known coefficients."""

import math

import numpy as np
import pytest
from linli.experiments.inference.ranks import influences, midranks
from linli.experiments.provenance import Refusal
from scipy import stats

NAMES = ("up", "down", "idle")


def design(n=400, seed=1):
    """Three factors, spread evenly and independently."""
    return stats.qmc.LatinHypercube(3, rng=np.random.default_rng(seed)).random(n)


def test_a_linear_function_has_the_coefficients_it_was_made_with():
    """Var(3x − 2y + ε) = (9 + 4)/12 + σ²: standardised coefficients are 3 and −2 times the factor's share of it."""
    x = design(2000)
    noise = np.random.default_rng(2).normal(0.0, 0.5, 2000)
    found = influences(x, 3 * x[:, 0] - 2 * x[:, 1] + noise, NAMES)
    spread = math.sqrt(13 / 12 + 0.25)
    expected = [3 / math.sqrt(12) / spread, -2 / math.sqrt(12) / spread, 0.0]
    assert [each.src.value for each in found.factors] == pytest.approx(expected, abs=0.02)
    assert found.r_squared == pytest.approx(13 / 12 / spread**2, abs=0.02)
    for each, truth in zip(found.factors, expected):
        assert each.src.low < truth < each.src.high


def test_ranks_see_through_what_only_ever_rises():
    x = design()
    found = influences(x, np.exp(12 * x[:, 0]), NAMES)
    up, down, idle = found.factors
    assert up.prcc.value == pytest.approx(1.0) and up.srrc.value == pytest.approx(1.0)
    assert found.r_squared_ranks == pytest.approx(1.0) and found.r_squared < 0.5
    assert down.prcc.value == idle.prcc.value == 0.0


def test_partial_correlations_are_those_of_what_the_others_leave_over():
    x = design(150)
    x[:, 1] += x[:, 0]
    y = x[:, 0] ** 3 - x[:, 1] + np.random.default_rng(3).normal(0, 0.2, 150)
    ranks = stats.rankdata(np.column_stack([x, y]), axis=0)
    others = np.column_stack([np.ones(150), ranks[:, 1:3]])
    left = [c - others @ np.linalg.lstsq(others, c, rcond=None)[0] for c in (ranks[:, 0], ranks[:, 3])]
    assert influences(x, y, NAMES).factors[0].prcc.value == pytest.approx(np.corrcoef(*left)[0, 1])


def test_a_hump_is_not_seen_by_ranks():
    x = design(1000)
    found = influences(x, -((x[:, 0] - 0.5) ** 2), NAMES)
    assert abs(found.factors[0].prcc.value) < 0.1 and found.r_squared_ranks < 0.05


def test_weighted_ranks_are_ranks_of_rows_written_out():
    rng = np.random.default_rng(4)
    z, weight = rng.integers(0, 6, (20, 2)).astype(float), rng.multinomial(20, np.full(20, 0.05), 5).astype(float)
    for ranks, w in zip(midranks(z, weight), weight):
        rows = np.repeat(np.arange(20), w.astype(int))
        assert ranks[rows] == pytest.approx(stats.rankdata(z[rows], axis=0))


def test_replicates_of_a_point_stay_together_and_make_intervals_honest():
    """Ten points, each run forty times with the luck of the point: forty runs of a point are not forty points."""
    points, luck = design(10), np.random.default_rng(5).normal(0, 0.3, 10)
    x, y = np.repeat(points, 40, axis=0), np.repeat(points[:, 0] + luck, 40)
    together = influences(x, y, NAMES, blocks=np.repeat(np.arange(10), 40)).factors[0].src
    apart = influences(x, y, NAMES).factors[0].src
    assert together.value == apart.value and together.high - together.low > 2 * (apart.high - apart.low)


def test_factors_and_outcomes_that_never_vary_have_no_coefficients():
    x = design(60)
    x[:, 2] = 0.5
    found = influences(x, x[:, 0], NAMES)
    assert math.isnan(found.factors[2].prcc.value) and found.factors[0].prcc.value == pytest.approx(1.0)
    assert math.isnan(influences(x, np.ones(60), NAMES).factors[0].src.value)


def test_runs_without_a_value_are_left_out():
    x = design(60)
    y = x[:, 0] - x[:, 1] ** 2
    y[:7] = math.nan
    assert influences(x, y, NAMES) == influences(x[7:], y[7:], NAMES) and influences(x, y, NAMES).n == 53


def test_what_cannot_be_told_apart_is_refused_in_a_sentence():
    x = design(60)
    x[:, 2] = 2 * x[:, 0] + x[:, 1]
    with pytest.raises(Refusal, match="the factor idle moves together with up, down"):
        influences(x, x[:, 0], NAMES)
    x[:, 1] = x[:, 0] ** 3  # not the same line, but the same order
    with pytest.raises(Refusal, match="the factor down moves together with up"):
        influences(x, x[:, 0], NAMES)
    with pytest.raises(Refusal, match="5 runs have a value; 3 factors need 8 or more"):
        influences(design(5), np.arange(5.0), NAMES)
