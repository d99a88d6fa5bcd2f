"""What some figures compute before they draw: which points are on a front, what pairs are worth, how names are cut."""

import math

import numpy as np
import pytest
from linli.experiments import style
from linli.experiments.picture_curve import curve_records, placed
from linli.experiments.picture_luck import luck_record
from linli.experiments.picture_pareto import direction, pareto_front
from linli.experiments.picture_sensitivity import ranked
from linli.experiments.provenance import Refusal
from pandas import DataFrame


def test_a_point_is_on_the_front_unless_another_is_at_least_as_good_in_both():
    consent, cost = [0.2, 0.5, 0.5, 0.9, math.nan], [10, 20, 30, 90, 1]
    assert pareto_front(consent, cost, (1, -1)).tolist() == [True, True, False, True, False]
    assert pareto_front(consent, cost, (-1, -1)).tolist() == [True, False, False, False, False]


def test_equal_points_are_both_on_the_front():
    assert pareto_front([1, 1], [2, 2], (1, 1)).tolist() == [True, True]


def test_an_outcome_without_a_better_side_cannot_be_an_axis():
    with pytest.raises(Refusal, match=r"'points_issued'.*cannot be an axis.*share_resolved"):
        direction("points_issued")


def test_pairs_with_the_same_luck_are_worth_many_runs():
    luck = np.random.default_rng(1).normal(size=400)
    noise = np.random.default_rng(2).normal(size=400)
    paired = luck_record("b", "acts", luck, luck + 1 + 0.1 * noise)
    alone = luck_record("b", "acts", luck, noise)
    assert paired["correlation"] > 0.99 and paired["unpaired_runs_per_pair"] == pytest.approx(201, rel=0.2)
    assert alone["low_95"] < 0 < alone["high_95"] and alone["unpaired_runs_per_pair"] == pytest.approx(1, abs=0.2)


def test_what_never_varies_has_no_correlation():
    record = luck_record("b", "acts", np.ones(5), np.arange(5.0))
    assert math.isnan(record["correlation"]) and math.isnan(record["unpaired_runs_per_pair"])


def test_a_curve_has_a_mean_and_an_interval_for_every_setting():
    runs = DataFrame({"scenario": "a", "x.dose": [0, 0, 5, 5], "acts_per_resident": [1.0, 3.0, 4.0, 6.0]})
    records = curve_records(runs, "x.dose", ["acts_per_resident"])
    assert [(r["setting"], r["runs"], r["mean"]) for r in records] == [(0, 2, 2.0), (5, 2, 5.0)]
    assert all(r["low_95"] < r["mean"] < r["high_95"] for r in records)


def test_settings_over_several_decades_stand_by_their_logarithm_and_names_by_their_rank():
    wide = [0, 1, 10, 100]
    assert [placed(s, wide) for s in wide] == [-0.7, 0.0, 1.0, 2.0]
    assert [placed(s, [1, 2, 3]) for s in (1, 2, 3)] == [1.0, 2.0, 3.0]
    assert placed("majority", ["cadre", "majority"]) == 1.0
    assert placed(True, [False, True]) == 1.0


def test_the_factor_that_matters_most_over_all_outcomes_comes_first():
    estimates = {("a", "acts"): 0.1, ("b", "acts"): 0.9, ("a", "yuan_total"): 600.0, ("b", "yuan_total"): 400.0}
    records = [{"factor": f, "outcome": o, "estimate": e} for (f, o), e in estimates.items()]
    assert ranked(records) == ["b", "a"]


def test_long_names_lose_their_middle_and_chinese_counts_double():
    assert style.shortened("five_yuan", 9) == "five_yuan"
    assert style.shortened("five_yuan_with_a_board-0017", 15) == "five_yu…rd-0017"
    assert style.width_of(style.shortened("志愿服务每小时可兑换五元商品", 15)) <= 15
    assert style.broken("reports per 1,000 adults", 16) == "reports per\n1,000 adults"
    assert style.broken("每千名成年人的上报次数", 10) == "每千名成年\n人的上报次\n数"


def test_ticks_that_would_touch_are_left_out():
    assert style.apart_enough([0.0, 0.01, 0.5, 0.95, 1.0], 0.1) == [0, 2, 4]
    assert style.apart_enough([3.0], 0.1) == [0]
