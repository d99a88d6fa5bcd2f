"""The audit of shared luck: pairs made with a known correlation."""

import math

import numpy as np
import pytest
from linli.experiments.inference.shared_luck import NOTES, shared_luck


def pairs(shared, n=20_000):
    """Two scenarios of spread 1 whose runs share this much of their variance."""
    luck, a, b = np.random.default_rng(1).normal(size=(3, n))
    return math.sqrt(shared) * luck + math.sqrt(1 - shared) * a, math.sqrt(shared) * luck + math.sqrt(1 - shared) * b


def test_four_fifths_shared_save_four_runs_in_five():
    """var(a − b) = 2 (1 − ρ), so unpaired runs must be 1/(1 − ρ) times as many."""
    found = shared_luck(*pairs(0.8))
    assert found.correlation[0] == pytest.approx(0.8, abs=0.01)
    assert found.variance_ratio[0] == pytest.approx(5.0, rel=0.03)
    assert found.runs_unpaired[0] == pytest.approx(5 * 20_000, rel=0.03)
    assert found.runs_saved[0] == found.runs_unpaired[0] - 20_000
    assert found.sd_unpaired[0] == pytest.approx(math.sqrt(2), rel=0.02) and found.note[0] == ""


def test_pairs_that_pull_apart_do_harm():
    a, b = pairs(0.5)
    found = shared_luck(a, -b)
    assert found.note[0] == "against" and found.runs_saved[0] < 0


def test_numbers_of_numpy():
    a, b = pairs(0.3, 25)
    found = shared_luck(a, b)
    assert found.correlation[0] == pytest.approx(np.corrcoef(a, b)[0, 1])
    assert found.sd_paired[0] == pytest.approx((a - b).std(ddof=1))


@pytest.mark.parametrize(
    ("a", "b", "note", "correlation", "ratio"),
    [
        ([0.1, 0.1, 0.1], [0.3, 0.3, 0.3], "constant", math.nan, math.nan),
        ([1, 2, 4], [0.1, 0.1, 0.1], "one constant", math.nan, 1.0),
        ([1, 2, 4], [0, 1, 3], "equal", 1.0, math.inf),
        ([1, math.nan, math.nan], [0, 1, 3], "few", math.nan, math.nan),
    ],
)
def test_columns_that_do_not_vary(a, b, note, correlation, ratio):
    found = shared_luck(np.array(a, float), np.array(b, float))
    assert found.note[0] == note and NOTES[note].zh != NOTES[note]
    assert found.correlation[0] == pytest.approx(correlation, nan_ok=True)
    assert found.variance_ratio[0] == pytest.approx(ratio, nan_ok=True)


def test_an_incomplete_pair_is_left_out():
    a, b = pairs(0.6, 30)
    a[4] = math.nan
    assert shared_luck(a, b).n[0] == 29
    assert shared_luck(a, b).correlation[0] == pytest.approx(np.corrcoef(np.delete(a, 4), np.delete(b, 4))[0, 1])
