"""What a report says in words: verdicts with their numbers, and what moves with what."""

import math

import numpy as np
import pytest
from linli.experiments.declared import OUTCOMES
from linli.experiments.inference.comparing import compared
from linli.experiments.inference.contrasts import Contrast
from linli.experiments.picture_sensitivity import partial_correlations, rank_correlations
from linli.experiments.provenance import Refusal
from linli.experiments.reports.drawn import drawn_from, redraw
from linli.experiments.reports.opening import of_batch
from linli.experiments.reports.said import cell, main_sentences, sensitivity_sentences, sentence
from linli.experiments.statistics import Interval
from pandas import DataFrame
from reports import double

ACTS, CONSENT = OUTCOMES["acts_per_resident"], OUTCOMES["consent"]


def contrast(n, mean, low, high, more=0.0):
    """A difference with its interval, and how many more pairs it would take."""
    return Contrast(n, mean, 1.0, low, high, low, high, low, high, "bootstrap", 0.5, 0.5, more)


def test_a_difference_is_told_with_unit_and_interval():
    apart = contrast(12, -0.5, -0.8, -0.2)
    assert sentence(ACTS, apart, "en") == "Acts per resident: 0.500 acts per resident less [−0.800 to −0.200]."
    assert sentence(ACTS, apart, "zh") == "人均志愿服务次数：低0.500次/人[−0.800至−0.200]。"
    assert "(on a scale of 0 to 1) less" in sentence(CONSENT, apart, "en")


def test_what_cannot_be_told_apart_says_about_how_many_more_pairs_it_takes():
    apart = contrast(10, 0.5, -0.5, 1.5, 27.2)
    assert sentence(ACTS, apart, "en").endswith("; about 28 more pairs would be needed.")
    assert sentence(ACTS, apart, "zh").endswith("；约需再运行28对。")
    many = contrast(10, 0.5, -0.5, 1.5, 1_302.0)
    assert sentence(ACTS, many, "en").endswith("; about 1,400 more pairs would be needed.")
    assert sentence(ACTS, contrast(10, 0.5, -0.5, 1.5, 1.0), "en").endswith("; about 1 more pair would be needed.")
    hopeless = contrast(10, 0.001, -0.5, 0.5, math.inf)
    assert sentence(ACTS, hopeless, "en").endswith("; no number of runs worth asking for would do.")
    assert sentence(ACTS, hopeless, "zh").endswith("；值得一试的运行次数内都无法区分。")


def test_cells_of_a_table():
    assert cell(Interval(9, 0.0, 0.0, 0.0), 1, "en") == "same"
    assert cell(Interval(9, 0.0, 0.0, 0.0), 1, "zh") == "相同"
    assert cell(Interval(9, 10.0, -10.0, 30.0), 0, "en") == "≈ +10 [−10 to 30]"
    assert cell(Interval(1, 1.0, math.nan, math.nan), 0, "en") == "–"
    assert cell(Interval(3, 2.0, math.nan, math.nan), 0, "en") == "≈ +2 [–]"


def test_equal_outcomes_stand_together(tmp_path):
    results = double.scenarios_compared(tmp_path)
    runs = results.runs()
    for name in ("consent", "yuan_total"):
        runs[name] = runs["seed"] * 1.0
    results.runs = lambda: runs
    lead, said = main_sentences(of_batch(results), "en")["five_yuan"]
    assert lead == "Compared with baseline, 8 pairs of runs:"
    assert said[-1] == "The same in every pair: consent of those affected, money spent in all."


def test_a_batch_a_comparison_and_a_report_reckon_alike(tmp_path):
    """Intervals that hold together over the scenarios, of eight pairs: what linli compare gives for these numbers."""
    results = double.scenarios_compared(tmp_path)
    kept, runs = of_batch(results), results.runs()

    def values(name, outcome):
        return runs[runs["point"] == name].sort_values("seed")[outcome].to_numpy(float)

    ours = compared(kept.names, list(OUTCOMES), values)
    for outcome in ("consent", "hours_staff"):
        assert kept.difference("cadre", outcome) == ours.difference("cadre", outcome)
        assert kept.contrast("cadre", outcome) == ours.contrast("cadre", outcome)
        assert kept.contrast("cadre", outcome).how == "bootstrap together"
    groups = [record for record in kept.group_records if record["compared_with"]]
    assert groups and {record["interval"] for record in groups} == {"bootstrap together"}


def test_the_factor_that_moves_an_outcome_is_found_and_the_idle_one_is_not():
    rng = np.random.default_rng(1)
    pay, idle = rng.permutation(60) * 1.0, rng.permutation(60) * 1.0
    table = DataFrame({
        "name": [f"p{k}" for k in range(60)], "scenario": ["a", "b"] * 30, "x.pay": pay, "x.idle": idle,
        "acts_per_resident": np.exp(pay / 9) + 500 * np.tile([0, 1], 30), "consent": rng.normal(size=60),
    })  # fmt: skip
    records = rank_correlations(table, ["x.pay", "x.idle"], ["acts_per_resident", "consent"])
    told = {(r["factor"], r["outcome"]): r for r in records}
    assert told["x.pay", "acts_per_resident"]["low"] > 0.8
    assert all(r["low"] < 0 < r["high"] for key, r in told.items() if key != ("x.pay", "acts_per_resident"))
    assert sensitivity_sentences(records, "en")[0].startswith("Acts per resident: moves with x.pay (+0.")
    assert sensitivity_sentences(records, "en")[1] == "Consent of those affected: no factor can be told to move it."


def test_partial_correlation_takes_out_what_others_explain():
    rng = np.random.default_rng(2)
    cause, other = rng.normal(size=500), rng.normal(size=500)
    shadow = cause + 0.5 * rng.normal(size=500)  # goes with the cause, does nothing itself
    effect = cause + other
    of_cause, of_shadow, of_other = partial_correlations(np.column_stack([cause, shadow, other, effect]))
    assert of_cause > 0.99 and of_other > 0.99 and of_shadow == 0.0
    residual = [v - np.polyval(np.polyfit(other, v, 1), other) for v in (shadow, effect)]
    alone = partial_correlations(np.column_stack([shadow, other, effect]))[0]
    assert alone == pytest.approx(np.corrcoef(*residual)[0, 1])


def test_too_few_points_have_no_sensitivity(tmp_path):
    with pytest.raises(Refusal, match=r"and 7 points or more; there are 1 and 8|needs factors"):
        drawn_from(double.sampled(tmp_path, n=6), "sensitivity")


@pytest.mark.parametrize(
    ("figure", "options", "words"),
    [
        ("dance", {}, "no figure 'dance'.*differences"),
        ("fan", {"of": ["opne"]}, "no weekly series 'opne'.*open"),
        ("pairs", {"of": ["acts_per_residnet"]}, "no outcome 'acts_per_residnet'.*acts_per_resident"),
        ("curve", {"factor": "staff.hours"}, "does not vary 'staff.hours'; it varies incentives.points_per_hour"),
        ("front", {"of": ["consent"]}, "two outcomes, but 1"),
        ("front", {"of": ["consent", "points_issued"]}, "'points_issued' cannot be an axis"),
        ("meetings", {}, "not a single run"),
        ("dose", {}, "linli figure dose has written"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(tmp_path, figure, options, words):
    with pytest.raises(Refusal, match=words):
        redraw(double.one_factor(tmp_path), figure, **options)


def test_a_figure_of_what_was_asked_for(tmp_path):
    results = double.one_factor(tmp_path)
    fan = drawn_from(results, "fan", of=["open"])
    assert {r["series"] for r in fan.records} == {"open"} and fan.figure().axes
    assert {r["outcome"] for r in drawn_from(results, "pairs", of=["consent"]).records} == {"consent"}
    curve = drawn_from(results, "curve", of=["consent"], factor=double.PAY)
    means = {(r["scenario"], r["setting"]): r["mean"] for r in curve.records}
    assert means["five_yuan", 2000] > means["five_yuan", 0] + 1


def test_a_picture_carries_where_it_comes_from(compared_folder, tmp_path):
    from PIL import Image

    table, png, svg = redraw(compared_folder, "pairs", of=["consent"], folder=tmp_path)
    assert table.name == "pairs-consent.csv" and len(table.read_text().splitlines()) == 1 + 2 * 3
    assert "linli compare, results in" in Image.open(png).text["Description"]
    assert "linli compare, results in" in svg.read_text(encoding="utf-8")
