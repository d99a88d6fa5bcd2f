"""Verdicts: what may be said, in both languages, and how many more runs would let one say more."""

import math

import numpy as np
import pytest
from linli.experiments.inference.paired import paired_difference
from linli.experiments.inference.verdicts import about, effect, more_needed, sentence, verdict
from linli.experiments.statistics import t_quantile

EXACT = "cannot be told apart with these runs; about 30 more would be needed"


def told(differences, **asked):
    """The verdict on these differences."""
    found = paired_difference(np.array(differences, float), np.zeros(len(differences)))
    more = more_needed(found.n, found.mean, found.sd, found.low, found.high, asked.get("smallest", 0.0))
    return verdict(found.n, found.low, found.high, more[0], **asked)


def test_what_an_interval_says():
    assert told([1.0, 1.1, 0.9]) == "more" and told([1.0, 1.1, 0.9], lang="zh") == "更多"
    assert told([-1.0, -1.1, -0.9]) == "less"
    assert told(np.zeros(5)) == "the same in every pair"
    assert told([1.0, math.nan]) == "too few runs to tell" and told([], lang="zh") == "运行过少，无法判断"


def test_what_cannot_be_told_apart_says_how_many_more_runs_it_takes():
    assert verdict(12, -0.2, 1.4, 30) == EXACT
    assert verdict(12, -0.2, 1.4, 30, "zh") == "以这些运行无法区分；约需再增30次"
    assert told([1.0, -1.1, 0.9, 1.2]).startswith("cannot be told apart with these runs; about ")


def test_the_number_is_the_first_that_is_enough():
    """By hand: the first n at which t(n − 1)·sd/√n is below the effect."""
    n, mean, sd = 20, 0.2, 1.0
    half = t_quantile(0.95, n - 1) * sd / math.sqrt(n)
    enough = next(m for m in range(n, 1000) if t_quantile(0.95, m - 1) * sd / math.sqrt(m) < mean)
    assert more_needed(n, mean, sd, mean - half, mean + half) == [enough - n]
    assert more_needed(n, -mean, sd, -mean - half, -mean + half) == [enough - n]


def test_that_many_more_runs_are_enough_as_often_as_not():
    rng, told_apart = np.random.default_rng(1), []
    for _ in range(200):
        x = rng.normal(0.3, 1.0, 400)
        found = paired_difference(x[:12], np.zeros(12))
        more = more_needed(found.n, 0.3, 1.0, 0.3 - t_quantile(0.95, 11) / math.sqrt(12), 1.0)[0]
        later = paired_difference(x[: 12 + int(more)], np.zeros(12 + int(more)))
        told_apart.append(later.low > 0)
    assert 0.4 < np.mean(told_apart) < 0.6


def test_an_effect_near_nought_is_not_worth_any_number_of_runs():
    said = verdict(30, -1.0, 1.0, more_needed(30, 0.0, 2.7, -1.0, 1.0)[0])
    assert said == "cannot be told apart with these runs; no number of runs worth asking for would do"
    assert math.isinf(more_needed(30, 0.001, 2.7, -0.999, 1.001)[0])


def test_with_a_smallest_effect_of_interest_it_is_that_which_is_looked_for():
    more = more_needed(30, 0.0, 2.7, -1.0, 1.0, smallest=0.5)[0]
    assert 70 < more < 110
    said = verdict(30, -1.0, 1.0, more, smallest=0.5, unit="acts")
    assert said.endswith(f"about {about(more)} more would be needed to tell a difference of 0.5 acts")
    assert verdict(30, -0.1, 0.2, 0, smallest=0.5) == "too small a difference to matter"
    assert verdict(30, 0.1, 0.9, 0, smallest=0.5) == "more"


def test_told_apart_needs_nothing_more_and_too_few_runs_say_nothing():
    found = more_needed(np.array([9, 1]), np.array([2.0, 1.0]), np.array([1.0, math.nan]), np.array([1.2, math.nan]),
                        np.array([2.8, math.nan]))  # fmt: skip
    assert found[0] == 0 and math.isnan(found[1])


@pytest.mark.parametrize(("number", "said"), [(1, 1), (37, 37), (99.2, 100), (123, 130), (12_345, 13_000)])
def test_a_number_of_runs_is_said_roughly_and_rounded_up(number, said):
    assert about(number) == said


def test_effects_in_natural_units():
    assert effect(3.21, 1.0, 5.42, 1, "percentage points") == "3.2 percentage points more [1.0 to 5.4]"
    assert effect(-1234.0, -2000.0, -468.0, 0, "yuan") == "1,234 yuan less [-2,000 to -468]"
    assert effect(-0.5, -1.3, 0.3, 1, "天", "zh") == "少0.5天 [-1.3至0.3]"
    assert effect(0.02, math.nan, math.nan, 3, "") == "0.020 more"


def test_a_sentence():
    words = effect(52, 40, 64, 0, "acts")
    assert sentence("acts", "five_yuan", "baseline", "more", words) == (
        "acts: five_yuan has 52 acts more [40 to 64] than baseline."
    )
    assert sentence("acts", "a", "b", EXACT, words).endswith(f" than b; {EXACT}.")
    assert sentence("服务", "甲", "乙", "更多", "多52次 [40至64]", "zh") == "服务：甲比乙多52次 [40至64]。"
    assert sentence("服务", "甲", "乙", "每对均相同", "–", "zh") == "服务：甲与乙每对均相同。"


def test_what_happens_in_two_runs_of_twelve_takes_more_than_one_run_more():
    rare = np.zeros(12)
    rare[[0, 5]] = -1.0
    found = paired_difference(rare, np.zeros(12))
    assert found.high > 0.0  # no resample can be above nought, but Student's t can
    assert more_needed(found.n, found.mean, found.sd, found.low, found.high)[0] > 5


def test_many_are_reckoned_as_each_alone():
    n, mean, sd = np.array([12, 30, 30]), np.array([-0.2, 0.001, 0.4]), np.array([0.4, 2.0, 1.3])
    low, high = mean - 0.5, mean + 0.5
    together = more_needed(n, mean, sd, low, high)
    assert list(together) == [more_needed(*each)[0] for each in zip(n, mean, sd, low, high)]
