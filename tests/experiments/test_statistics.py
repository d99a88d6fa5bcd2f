"""Intervals and bands."""

import math

import numpy as np
import pytest
from linli.experiments.statistics import bands_of, interval_of, t_quantile
from scipy import stats


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 7, 29, 30, 999])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.99])
def test_quantiles_of_student_t(level, freedom):
    assert t_quantile(level, freedom) == pytest.approx(stats.t.ppf(0.5 + level / 2, freedom), rel=1e-12)


def test_the_interval_of_a_mean():
    values = np.array([1.0, 2.0, 4.0, math.nan])
    low, high = stats.t.interval(0.95, 2, values[:3].mean(), stats.sem(values[:3]))
    assert interval_of(values) == pytest.approx((3, 7 / 3, low, high))


def test_bands_lie_around_the_median():
    bands = bands_of(np.arange(101.0).reshape(101, 1))
    assert [float(line[0]) for line in bands] == [50, 25, 75, 5, 95]
