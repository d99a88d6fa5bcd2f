"""Quantiles against SciPy: what a uniform number stands for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from linli.agents.core.draw import logistic, normal, poisson
from scipy import stats

EDGES = [1e-300, 1e-100, 1e-20, 1e-9, 0.07499999, 0.075, 0.0750001, 0.5, 0.92499999, 0.925, 1 - 1e-9, 1 - 2**-53]


def test_normal_quantiles_agree_with_scipy():
    u = np.concatenate([EDGES, (np.arange(20_000) + 0.5) / 20_000])
    ours = np.array([normal(x) for x in u])
    theirs = stats.norm.ppf(u)
    assert np.all(np.abs(ours - theirs) <= 1e-14 * np.maximum(np.abs(theirs), 1e-3))


def test_normal_is_odd_and_grows():
    u = np.linspace(0.001, 0.499, 500)
    ours = np.array([normal(x) for x in u])
    assert np.all(np.diff(ours) > 0)
    assert ours == pytest.approx([-normal(1 - x) for x in u], rel=1e-12)


@pytest.mark.parametrize("mean", (0.0, 1e-6, 0.01, 0.3, 1.0, 4.0, 37.5, 200.0, 500.0))
def test_poisson_quantiles_agree_with_scipy(mean):
    u = np.concatenate([[1e-12, 1 - 1e-9], (np.arange(4_000) + 0.5) / 4_000])
    ours = np.array([poisson(mean, x) for x in u])
    theirs = stats.poisson.ppf(u, mean) if mean > 0 else np.zeros(len(u))
    differ = ours != theirs
    # The sums may differ in the last bits, so a u that lies on a step to 1e-12 may fall either way.
    steps = np.minimum(np.abs(stats.poisson.cdf(ours, mean) - u), np.abs(stats.poisson.cdf(ours - 1, mean) - u))
    assert np.all(steps[differ] < 1e-12)
    assert np.all(np.abs(ours - theirs) <= 1)


@pytest.mark.parametrize("v", (-1e4, -745.0, -30.0, -1.0, 0.0, 1e-9, 2.5, 40.0, 1e4))
def test_the_logistic_is_safe_everywhere(v):
    exact = 1.0 / (1.0 + math.exp(-v)) if v > -700 else math.exp(max(v, -1e4))
    assert 0.0 <= logistic(v) <= 1.0
    assert logistic(v) == pytest.approx(exact, rel=1e-14, abs=1e-300)
    assert logistic(v) + logistic(-v) == pytest.approx(1.0, abs=1e-15)
