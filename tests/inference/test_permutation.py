"""Permutation tests and false discoveries: on numbers whose answers are known."""

import math

import numpy as np
import pytest
from linli.experiments.inference.permutation import false_discovery, permutation_p, permutation_ps
from scipy import stats


def by_scipy(x):
    """SciPy's p of the mean, all flips counted out."""
    return stats.permutation_test((x,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue


def test_three_equal_pairs_can_at_best_be_one_in_four():
    assert permutation_p(np.array([1.0, 1.0, 1.0])) == 0.25


def test_darwins_maize():
    """Crossed against selfed, 15 pairs (Fisher, The Design of Experiments, 1935): 1,726 of 2^15 flips are as far."""
    inches = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]) / 8
    assert permutation_p(inches) == pytest.approx(1726 / 2**15, abs=0.007)


@pytest.mark.parametrize("n", [2, 5, 9, 13])
def test_exact_tests_are_scipys(n):
    x = np.round(np.random.default_rng(n).normal(0.5, 1.0, n), 1)
    assert permutation_p(x) == pytest.approx(by_scipy(x))


def test_drawn_flips_come_near_students_t_and_never_to_nought():
    x = np.random.default_rng(1).normal(0.3, 1.0, (60, 5))
    assert permutation_ps(x) == pytest.approx(stats.ttest_1samp(x, 0.0).pvalue, abs=0.01)
    assert permutation_p(np.full(40, 2.0)) == pytest.approx(1e-4)


def test_no_difference_in_any_pair_is_no_evidence():
    assert permutation_p(np.zeros(20)) == 1.0


def test_missing_pairs_are_left_out_and_one_is_too_few():
    x = np.array([[1.0, 1.0], [2.0, math.nan], [2.5, math.nan], [3.0, math.nan]])
    found = permutation_ps(x)
    assert found[0] == 2 / 2**4 and math.isnan(found[1])


def test_ps_are_uniform_where_nothing_differs():
    ps = permutation_ps(np.random.default_rng(2).normal(size=(12, 3000)))
    assert [(ps <= at).mean() for at in (0.05, 0.2, 0.5)] == pytest.approx([0.05, 0.2, 0.5], abs=0.025)


def test_false_discovery_by_hand():
    """Benjamini and Hochberg 1995: p·m/rank, made monotone from the largest."""
    found = false_discovery(np.array([[0.01, 0.04], [0.03, math.nan]]))
    assert found[0].tolist() == pytest.approx([0.03, 0.04]) and found[1, 0] == pytest.approx(0.04)
    assert math.isnan(found[1, 1])
    assert np.isnan(false_discovery(np.full(3, math.nan))).all()
