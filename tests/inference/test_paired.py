"""Paired differences: their bootstrap intervals agree with SciPy's, and hold the truth as often as they say."""

import math

import numpy as np
import pytest
from linli.experiments.inference.paired import bca, paired_difference, paired_differences, resampled_means
from linli.experiments.statistics import t_quantile
from scipy import stats


class Resampled:
    """What SciPy takes for resamples drawn before."""

    standard_error = 0.0

    def __init__(self, means):
        self.bootstrap_distribution = means


@pytest.mark.parametrize("widened", [False, True])
def test_intervals_are_those_of_scipy_on_the_same_resamples(widened):
    x = np.random.default_rng(1).exponential(size=(30, 4))
    x[:, 3] = np.round(3 * x[:, 3])  # many resamples have equal means
    low, high = bca(x, 0.95, widened=widened)
    level = 1 - 2 * stats.norm.cdf(-t_quantile(0.95, 29) * math.sqrt(30 / 29)) if widened else 0.95
    for k, means in enumerate(resampled_means(x)):
        theirs = stats.bootstrap((x[:, k],), np.mean, n_resamples=0, bootstrap_result=Resampled(means),
                                 method="BCa", confidence_level=level)  # fmt: skip
        assert (low[k], high[k]) == pytest.approx(tuple(theirs.confidence_interval), abs=1e-12)


def test_resamples_of_our_own_agree_with_scipys():
    x = np.random.default_rng(2).normal(3.0, 1.0, 60)
    theirs = stats.bootstrap((x,), np.mean, method="BCa", rng=np.random.default_rng(3)).confidence_interval
    low, high = bca(x[:, None], 0.95, widened=False)
    assert (low[0], high[0]) == pytest.approx(tuple(theirs), abs=0.03)


def test_the_same_runs_give_the_same_bits():
    a, b = np.random.default_rng(4).normal(size=(2, 40))
    assert paired_difference(a, b) == paired_difference(a.copy(), b.copy())
    assert paired_difference(a, b).how == "bootstrap"


def test_with_few_pairs_students_t_stands_in():
    found = paired_difference(np.array([3.0, 5.0, 9.0]), np.array([1.0, 1.0, 1.0]))
    low, high = stats.t.interval(0.95, 2, 14 / 3, stats.sem([2, 4, 8]))
    assert found.how == "t" and (found.n, found.mean) == (3, pytest.approx(14 / 3))
    assert (found.low, found.high) == pytest.approx((low, high)) == (found.t_low, found.t_high)


def test_equal_differences_have_no_spread_to_resample():
    found = paired_difference(np.arange(20) + 0.1, np.arange(20.0))
    same = paired_differences(np.full((20, 1), 0.3))
    assert found.mean == pytest.approx(0.1)
    assert (same.how[0], same.low[0], same.high[0], same.sd[0]) == ("equal", 0.3, 0.3, 0.0)


def test_a_few_equal_differences_other_than_nought_give_no_interval():
    """Both of two towns one meeting more: no interval; in each of six, or none in both: that number."""
    for n, said in ((2, "none"), (5, "none"), (6, "equal"), (20, "equal")):
        found = paired_difference(np.ones(n), np.zeros(n))
        assert (found.how, math.isnan(found.low), math.isnan(found.t_high)) == (said, said == "none", said == "none")
    assert paired_difference(np.zeros(2), np.zeros(2))[3:5] == (0.0, 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_no_end_is_nearer_than_that_of_either_method(seed):
    x = np.random.default_rng(seed).exponential(size=(15, 6))
    x[:, 3:] *= np.random.default_rng(seed).random((15, 3)) < 0.4
    found, (low, high) = paired_differences(x), bca(x, 0.95)
    assert found.low == pytest.approx(np.minimum(low, found.t_low))
    assert found.high == pytest.approx(np.maximum(high, found.t_high))
    assert (found.high > found.t_high).any() and (found.low < low).any()


NULLS = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "a few large ones": lambda rng, shape: rng.choice([-1.0, 1.0], shape) * rng.lognormal(0.0, 1.0, shape),
    "mostly none": lambda rng, shape: rng.normal(size=shape) * (rng.random(shape) < 0.2),
    "rare events": lambda rng, shape: rng.choice([-1.0, 1.0], shape) * (rng.random(shape) < 0.2),
    "whole numbers": lambda rng, shape: (rng.poisson(2.0, shape) - rng.poisson(2.0, shape)).astype(float),
}
"""Differences of pairs whose runs could as well have been each other's."""


@pytest.mark.parametrize("n", [2, 4, 8, 12, 30])
@pytest.mark.parametrize("name", NULLS)
def test_a_lever_that_does_nothing_is_found_to_do_something_five_times_in_a_hundred_or_less(name, n):
    """2,000 studies: the share found has a standard error of half a point."""
    found = paired_differences(NULLS[name](np.random.default_rng(n), (n, 2000)))
    assert ((found.low > 0.0) | (found.high < 0.0)).mean() < 0.065


def test_missing_runs_are_left_out_pair_by_pair():
    a, b = np.random.default_rng(5).normal(size=(2, 12))
    a[3] = b[7] = math.nan
    keep = np.isfinite(a - b)
    assert paired_difference(a, b) == paired_difference(a[keep], b[keep])
    assert paired_difference(a, b).n == 10


@pytest.mark.parametrize("n", [0, 1])
def test_without_two_pairs_there_is_no_interval(n):
    found = paired_difference(np.ones(n), np.zeros(n))
    assert found.how == "none" and math.isnan(found.low) and math.isnan(found.t_high)


def test_columns_together_are_the_columns_alone():
    x = np.random.default_rng(6).gamma(2.0, size=(25, 7))
    x[3, 2:4] = x[20, 4] = math.nan
    together = paired_differences(x)
    for k in range(7):
        alone = paired_difference(x[:, k], np.zeros(25))
        mine = [each[k] for each in together]
        assert mine[:7] == pytest.approx(list(alone)[:7]) and mine[7] == alone.how


@pytest.mark.slow
@pytest.mark.parametrize(("n", "fewest"), [(8, 0.945), (20, 0.945), (100, 0.945)])
def test_intervals_hold_the_truth_as_often_as_they_say(n, fewest):
    found = paired_differences(np.random.default_rng(n).normal(size=(n, 4000)))
    assert fewest < ((found.low < 0) & (found.high > 0)).mean() < 0.965


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30])
def test_of_skewed_differences_they_hold_it_more_often_than_students_t(n):
    found = paired_differences(np.random.default_rng(n).exponential(size=(n, 4000)))
    ours, theirs = (found.low < 1) & (found.high > 1), (found.t_low < 1) & (found.t_high > 1)
    assert ours.mean() > theirs.mean() + 0.01
