"""Intervals that hold together: wider than one alone, narrower than Bonferroni's, and together as good as they say."""

import math

import numpy as np
import pytest
from linli.experiments.inference.simultaneous import simultaneous, simultaneous_each
from linli.experiments.statistics import t_quantile
from scipy import stats


def alternatives(rng, n, k, shared, size=1):
    """Differences of k alternatives to one reference: what the reference had, all of them share."""
    reference = rng.normal(size=(n, size, 1))
    return rng.normal(size=(n, size, k)) * math.sqrt(1 - shared) - reference * math.sqrt(shared)


def test_widths_lie_between_one_alone_and_bonferroni():
    x = alternatives(np.random.default_rng(1), 40, 5, shared=0.7)[:, 0]
    found = simultaneous(x)
    assert t_quantile(0.95, 39) < found.critical[0] < t_quantile(1 - 0.05 / 5, 39)
    assert found.how[0] == "bootstrap together"
    assert np.all(found.low < found.mean) and np.all(found.mean < found.high)


def test_widths_are_near_dunnetts():
    """Alternatives that share a reference of equal spread: correlation 1/2, as Dunnett's test has it."""
    found = simultaneous_each(alternatives(np.random.default_rng(2), 60, 3, shared=0.5, size=60))
    apart = 0.5 * np.eye(3) + 0.5
    t, draws = stats.multivariate_t(shape=apart, df=59, seed=np.random.default_rng(3)), 200_000
    dunnett = np.quantile(np.abs(t.rvs(draws)).max(axis=1), 0.95)
    assert found.critical.mean() == pytest.approx(dunnett, abs=0.06)


def test_the_family_is_whatever_is_asked():
    x = alternatives(np.random.default_rng(4), 30, 3, shared=0.5, size=10)
    each, everything = simultaneous_each(x), simultaneous(x.reshape(30, 30))
    assert everything.critical[0] > each.critical.max()
    assert np.array_equal(everything.mean.reshape(10, 3), each.mean)


def test_with_few_pairs_bonferroni_stands_in():
    x = np.random.default_rng(5).normal(size=(5, 3))
    found = simultaneous(x)
    assert found.how[0] == "t together" and found.critical[0] == pytest.approx(t_quantile(1 - 0.05 / 3, 4))


def test_a_member_without_spread_does_not_widen_the_others():
    x = np.random.default_rng(6).normal(size=(20, 3))
    x[:, 1] = 0.25
    found = simultaneous(x)
    assert found.critical[0] == pytest.approx(simultaneous(x[:, [0, 2]]).critical[0])
    assert found.low[1] == found.high[1] == 0.25


def test_missing_pairs_are_left_out():
    x = np.random.default_rng(7).normal(size=(30, 2))
    x[4, 0], x[:, 1] = math.nan, math.nan
    found = simultaneous(x)
    assert list(found.n) == [29, 0] and math.isnan(found.low[1]) and math.isfinite(found.low[0])
    assert found.mean[0] == pytest.approx(np.nanmean(x[:, 0]))


def test_a_member_with_one_large_difference_does_not_stretch_the_intervals_of_the_others():
    x = np.random.default_rng(9).normal(size=(12, 2))
    x[:, 1] = [5000, 0, 550, 0, 0, 0, 0, 0, 0, 0, 200, 0]
    found = simultaneous(x)
    assert t_quantile(0.95, 11) < found.critical[0] < 1.05 * t_quantile(1 - 0.05 / 2, 11)


def test_the_same_runs_give_the_same_bits():
    x = alternatives(np.random.default_rng(8), 33, 4, shared=0.3, size=5)
    first, again = simultaneous_each(x), simultaneous_each(x.copy())
    assert all(one.tobytes() == two.tobytes() for one, two in zip(first, again))


@pytest.mark.slow
@pytest.mark.parametrize(("n", "k", "shared"), [(10, 3, 0.5), (30, 3, 0.5), (30, 6, 0.8), (100, 3, 0.0)])
def test_all_intervals_of_a_family_hold_the_truth_as_often_as_they_say(n, k, shared):
    """2,000 families: the share that holds has a standard error of half a point."""
    found = simultaneous_each(alternatives(np.random.default_rng(n + k), n, k, shared, size=2000))
    together = ((found.low < 0) & (found.high > 0)).all(axis=1).mean()
    assert 0.93 < together < 0.965
    alone = t_quantile(0.95, n - 1) / found.critical[:, None] * (found.high - found.mean)
    assert (np.abs(found.mean) < alone).all(axis=1).mean() < together - 0.03
