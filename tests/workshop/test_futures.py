"""What one run says, and what pairs of runs say: the numbers of `compare`, in bands, differences and sentences."""

from __future__ import annotations

import random
import re
import time
import warnings

import numpy as np
import pytest
from linli.experiments.inference.contrasts import Contrast
from linli.experiments.inference.paired import paired_difference
from linli.experiments.outcomes import Period, outcomes, share_active
from linli.experiments.runs import compare
from linli.model import world as worlds
from linli.model.running import day_zero, run
from linli.scenarios import load
from linli.workshop.futures import ARMS, LEVEL, OUTCOMES, Failure, Future, futures_of, percentiles
from linli.workshop.lived import future_of, last_year, medians, points, share_active_daily
from linli.workshop.sentences import overall, sentence, sentences

SCENARIOS = ("baseline", "five_yuan_board", "cadre")
TOTALS = [shown.total for shown in OUTCOMES.values()]


@pytest.fixture(scope="module", params=SCENARIOS)
def town(request):
    """A town of a general grid after 500 days under a scenario, and the scenario's numbers."""
    scenario = load(request.param)
    return run(day_zero(scenario.baseline, "general_grid", 4), scenario.spec, 500), scenario.spec


@pytest.fixture(scope="module")
def compared():
    """What compare says of two scenarios on ten seeds, and the same runs as the workshop sees them."""
    names, days = ("baseline", "five_yuan"), 90
    done = compare(names, runs=10, size="general_grid", days=days, seed=5, workers=1)
    a, b = (load(name) for name in names)
    pairs = {}
    for seed in done.seeds:
        start = day_zero(a.baseline, "general_grid", seed)
        pairs[seed] = tuple(future_of(run(worlds.copy(start), each.spec, days)) for each in (a, b))
    return done, pairs, futures_of(pairs, days, 10)


# One run.


def test_the_numbers_of_the_last_year_are_those_of_the_outcomes(town):
    world, spec = town
    found = outcomes(world, spec, last_year(500))
    assert dict(zip(TOTALS, future_of(world).totals)) == {name: found[name] for name in TOTALS}


def test_every_point_of_a_curve_is_an_outcome_of_the_days_up_to_it(town):
    world, spec = town
    curves = dict(zip(OUTCOMES, future_of(world).curves))
    for k, day in list(enumerate(points(500)))[5::9]:
        so_far = outcomes(world, spec, Period(0, day))
        assert curves["participation"][k] == np.float32(so_far["share_active_30"])
        assert curves["open"][k] == so_far["n_visible"]
        assert curves["resolved"][k] == so_far["n_resolved"]
        assert curves["cost"][k] == pytest.approx(so_far["yuan_total"], rel=1e-6)
        quarter = outcomes(world, spec, Period(day - 90, day))
        assert curves["wait"][k] == pytest.approx(quarter["days_to_resolve_median"])
        half = outcomes(world, spec, Period(day - 181, day))
        assert curves["consent"][k] == pytest.approx(half["consent"], rel=1e-6)


def test_nobody_who_acts_twice_is_counted_twice(town):
    world, _ = town
    daily = share_active_daily(world, 500)
    assert [daily[day] for day in range(0, 500, 7)] == [share_active(world, day, 30) for day in range(0, 500, 7)]


@pytest.mark.parametrize("n_days", (1, 6, 7, 90, 364, 365, 730, 1_460, 7_300))
def test_curves_end_with_the_last_day_and_have_points_enough(n_days):
    at = points(n_days)
    assert at[-1] == n_days - 1 and at[0] >= 0 and (np.diff(at) > 0).all()
    assert len(set(np.diff(at))) <= 1 and (len(at) <= 61 or np.diff(at)[0] == 28)


def test_medians_of_stretches_some_of_them_empty():
    values = np.array([4, 1, 9, 2, 2])
    found = medians(values, np.array([0, 0, 2, 5]), np.array([3, 4, 2, 5]))
    assert found.tolist()[:2] == [4.0, 3.0] and np.isnan(found[2:]).all()
    assert np.isnan(medians(values, np.array([1]), np.array([1]))).all()


def test_a_town_that_has_lived_one_day_says_something():
    spec = load("baseline").spec
    found = future_of(run(day_zero(spec, "micro_grid", 1), spec, 1))
    assert found.curves.shape == (6, 1) and np.isfinite(found.totals[[0, 1, 2, 5]]).all()


def test_what_a_run_says_is_said_in_three_milliseconds(town):
    world, _ = town
    best = 1.0
    for _ in range(30):
        began = time.perf_counter()
        future_of(world)
        best = min(best, time.perf_counter() - began)
    assert best <= 0.003


# Pairs.


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_paired_differences_are_those_of_compare(compared, name):
    done, _, found = compared
    total = OUTCOMES[name].total
    for arm, scenario in zip(ARMS, done.names):
        assert np.array_equal(found.values[name][arm], done.values(scenario, total), equal_nan=True)
    theirs, ours = done.contrast("five_yuan", total), found.differences[name]
    assert (ours.n, ours.mean, ours.sd, ours.p) == (theirs.n, theirs.mean, theirs.sd, theirs.p)
    alone = paired_difference(found.values[name]["B"], found.values[name]["A"], LEVEL)
    assert (ours.alone_low, ours.alone_high) == pytest.approx((alone.low, alone.high), rel=1e-9)


def test_intervals_that_hold_together_reach_further_than_one_alone(compared):
    for of in compared[2].differences.values():
        assert of.high - of.low >= of.alone_high - of.alone_low or of.sd == 0.0


def test_pay_is_seen_after_ten_pairs(compared):
    found = compared[2]
    assert found.whole and found.differences["participation"].low > 0.0
    assert found.sentences["participation"].startswith("Participation ")
    assert "higher (90 %: " in found.sentences["participation"]
    assert found.overall.zh.startswith("B与A相比：参与率高")


def test_the_order_in_which_pairs_came_does_not_matter(compared):
    _, pairs, found = compared
    shuffled = list(pairs.items())
    random.Random(3).shuffle(shuffled)
    again = futures_of(dict(shuffled), 90, 10)
    assert again.differences == found.differences and again.sentences == found.sentences
    for name in OUTCOMES:
        assert all(np.array_equal(again.bands[name][arm], found.bands[name][arm], equal_nan=True) for arm in ARMS)


def test_bands_are_percentiles_of_the_runs_there_are(compared):
    _, pairs, found = compared
    of_a = np.array([a.curves[0] for a, _ in pairs.values()], float)
    apart = np.array([b.curves[0].astype(float) - a.curves[0] for a, b in pairs.values()])
    assert np.allclose(found.bands["participation"]["A"], np.percentile(of_a, (5, 25, 50, 75, 95), axis=0))
    assert np.allclose(found.apart["participation"], np.percentile(apart, (5, 25, 50, 75, 95), axis=0))


@pytest.mark.parametrize("n_runs", (1, 2, 5, 8))
def test_percentiles_leave_out_what_is_not_there(n_runs):
    luck = np.random.default_rng(n_runs)
    curves = luck.normal(size=(2, n_runs, 3, 7))
    curves[luck.random(curves.shape) < 0.4] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        theirs = np.nanpercentile(curves, (5, 25, 50, 75, 95), axis=1).transpose(1, 0, 2, 3)
    assert np.allclose(percentiles(curves), theirs, equal_nan=True)


@pytest.mark.parametrize("n", (0, 1))
def test_too_few_pairs_are_said_to_be_too_few(compared, n):
    _, pairs, _ = compared
    few = futures_of(dict(list(pairs.items())[:n]), 90, 10)
    assert few.n_pairs == n and not few.whole
    assert {words.partition(": ")[2] for words in few.sentences.values()} == {"too few runs to tell."}
    assert "too few runs to tell" in few.overall and few.bands["open"]["A"].shape == (5, len(few.days))


def test_a_against_itself_is_the_same_in_every_pair(compared):
    _, pairs, _ = compared
    found = futures_of({seed: (a, a) for seed, (a, _) in pairs.items()}, 90, 10)
    assert found.overall.in_both() == {"en": "B and A are the same in every pair.", "zh": "B与A每对均相同。"}


def test_failures_count_among_the_pairs_that_were_wanted(compared):
    _, pairs, _ = compared
    nine = dict(list(pairs.items())[:9])
    found = futures_of(nine, 90, 10, [Failure("B", 14, "no"), Failure("A", 14, "no")])
    assert found.whole and found.n_pairs == 9 and [failure.arm for failure in found.failures] == ["A", "B"]


def test_an_outcome_that_no_run_has_is_passed_over():
    without = Future(np.full((6, 5), np.nan, np.float32), np.array([1.0, 2.0, 3.0, np.nan, np.nan, 5.0]))
    found = futures_of(dict.fromkeys(range(1, 10), (without, without)), 30, 9)
    assert found.sentences["consent"] == "Consent of those affected: too few runs to tell."
    assert np.isnan(found.bands["consent"]["A"]).all() and "are the same" in found.overall


# Words.


def difference(mean: float, low: float, high: float, n: int = 50, more: float = 40.0) -> Contrast:
    """A difference with this interval."""
    return Contrast(n, mean, 1.0, low, high, low, high, low, high, "bootstrap", 0.01, 0.01, more)


SAID = {
    ("participation", 3.1, 2.2, 4.0): (
        "Participation 3.1 points higher (90 %: 2.2 to 4.0).", "参与率高3.1个百分点（90%：2.2至4.0）。"),
    ("wait", -6.0, -7.9, -4.1): (
        "Issues resolved 6.0 days sooner (90 %: 4.1 to 7.9).", "议题解决快6.0天（90%：4.1至7.9）。"),
    ("cost", 4213.0, 3512.0, 4911.0): (
        "Costs 4,200 yuan more a year (90 %: 3,500 to 4,900).", "每年多花4,200元（90%：3,500至4,900）。"),
    ("open", 0.4, -1.2, 2.1): (
        "Unresolved issues: cannot be told apart with these runs (90 %: −1.2 to 2.1 issues).",
        "未解决议题：以这些运行无法区分（90%：−1.2至2.1件）。"),
    ("resolved", 12.0, 12.0, 12.0): ("12 more issues truly resolved a year.", "每年多真正解决12件议题。"),
    ("consent", 0.0, 0.0, 0.0): (
        "Consent of those affected: the same in every pair.", "受影响居民的认同：每对均相同。"),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID, ids=lambda case: case[0])
def test_a_difference_is_said_in_natural_units(case):
    name, *numbers = case
    said = sentence(difference(*numbers), OUTCOMES[name], 365, LEVEL)
    assert (said.en, said.zh) == SAID[case]


def test_what_is_summed_over_less_than_a_year_is_not_called_a_year():
    said = sentences({"cost": difference(-30.0, -37.0, -23.0)}, 90, LEVEL)["cost"]
    assert (said.en, said.zh) == ("Costs 30 yuan less in 90 days (90 %: 23 to 37).", "90天内少花30元（90%：23至37）。")


def test_all_that_can_be_told_apart_in_one_sentence():
    found = {name: difference(0.1, -1.0, 1.2) for name in OUTCOMES}
    assert overall(found, 365, LEVEL) == "B and A cannot be told apart with these runs."
    found |= {"participation": difference(3.1, 2.2, 4.0), "open": difference(0.0, 0.0, 0.0)}
    assert overall(found, 365, LEVEL) == (
        "B against A: participation 3.1 points higher (90 %: 2.2 to 4.0); not told apart: issues truly resolved,"
        " time to resolve issues, consent of those affected, cost; the same: unresolved issues."
    )
    assert overall(found, 365, LEVEL).zh == (
        "B与A相比：参与率高3.1个百分点（90%：2.2至4.0）；无法区分：真正解决的议题、议题解决用时、受影响居民的认同、成本；"
        "相同：未解决议题。"
    )


@pytest.mark.parametrize("name", OUTCOMES)
@pytest.mark.parametrize("sign", (-1.0, 1.0))
def test_every_sentence_is_whole_in_either_language(name, sign):
    low, high = sorted((sign * 2.0, sign * 4.0))
    english, chinese = sentence(difference(sign * 3.0, low, high), OUTCOMES[name], 365, LEVEL).in_both().values()
    assert (english.endswith(".") and english[0].isupper()) or english[0].isdigit()
    assert not re.search(r"[\[\]{}]", english + chinese)
    assert not re.search(r"[A-Za-z]", chinese) and not re.search(r"[\u4e00-\u9fff]", english)
