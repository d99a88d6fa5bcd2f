"""The levers: every parameter that can be changed while a town lives, once, in both languages."""

from __future__ import annotations

import re

import pytest
from linli.scenarios import load, parameters
from linli.scenarios.catalogue import STRUCTURAL
from linli.scenarios.contradictions import value_of
from linli.workshop.levers import (
    FRONT,
    PAYING,
    REGIME_WORDS,
    REGIMES,
    behind,
    heading_of,
    in_front,
    lever,
    moved,
    regime_of,
    told_apart,
    with_regime,
)  # fmt: skip
from linli.workshop.state import Setting

LEVERS = [each for _, levers in behind() for each in levers]


def test_every_parameter_that_is_not_settled_at_the_founding_is_a_lever() -> None:
    live = {f"{entry.section}.{entry.name}" for entry in parameters() if entry.section not in STRUCTURAL}
    assert {each.name for each in LEVERS} == live and len(LEVERS) == len(live)


def test_the_important_ones_stand_in_front_and_at_least_a_dozen_exist() -> None:
    names = [front.name for front, _ in in_front()]
    assert len(names) >= 12 and len({front.name for front in FRONT}) == len(FRONT)
    eight = [name for name in names if re.match(r"[1-8] ", lever(name).label.en)]
    assert len(eight) == 9, "eight rules, the last in two doses"


@pytest.mark.parametrize("each", LEVERS, ids=lambda each: each.name)
def test_a_lever_says_what_it_is_in_both_languages(each) -> None:
    for said in (each.label, each.help, each.unit):
        assert said.en.strip() and said.zh.strip()
    assert re.search(r"[\u4e00-\u9fff]", each.label.zh) and each.name in each.help.en and "来源" in each.help.zh
    assert re.search(r"[\u4e00-\u9fff]", heading_of(each.section, "zh"))
    spec = load("baseline").spec
    value = value_of(spec, each.name)
    assert each.told(value, "en") and each.told(value, "zh")
    assert each.held(value) == value and type(each.held(value)) is type(value)


@pytest.mark.parametrize("each", [each for _, each in in_front() if each.stops], ids=lambda each: each.name)
def test_every_stop_of_a_slider_is_a_value_that_may_be_set(each) -> None:
    for stop in each.stops:
        value = each.held(stop)
        assert value_of(moved(Setting(), each.name, value).spec(), each.name) == value
    default = value_of(load("baseline").spec, each.name)
    assert any(each.held(stop) == default for stop in each.stops), "the slider begins where the baseline is"


@pytest.mark.parametrize("each", [each for each in LEVERS if each.kind in ("whole", "number")], ids=lambda each: each.name)
def test_a_slider_without_stops_has_a_range_and_steps(each) -> None:
    assert each.low < each.high and 0 < each.step <= each.high - each.low


def test_pay_brings_its_programme_along_and_ending_the_programme_ends_pay() -> None:
    paid = moved(Setting(), "incentives.points_per_hour", 500)
    assert paid.spec().incentives.programme_on
    ended = moved(paid, "incentives.programme_on", False)
    assert all(value_of(ended.spec(), name) == 0 for name in PAYING)
    later = moved(Setting(), "incentives.points_per_hour", 500, day=90)
    assert not later.spec().on(89).incentives.programme_on and later.spec().on(90).incentives.programme_on


@pytest.mark.parametrize("regime", REGIMES)
def test_a_regime_laid_over_any_other_is_that_of_its_scenario(regime: str) -> None:
    assert set(REGIME_WORDS) == set(REGIMES)
    assert regime_of(load(regime).spec) == regime
    for other in REGIMES:
        setting = with_regime(with_regime(Setting(), other), regime)
        assert setting.spec().deliberation == load(regime).spec.deliberation
    assert regime_of(Setting().with_value("deliberation.threshold", 0.66).spec()) is None


def test_a_regime_leaves_alone_what_does_not_tell_regimes_apart() -> None:
    assert "deliberation.period" not in told_apart()
    setting = with_regime(Setting().with_value("deliberation.period", 7), "cadre")
    assert setting.spec().deliberation.period == 7


def test_points_are_told_with_their_worth_and_shares_in_per_cent() -> None:
    assert lever("incentives.points_per_hour").told(500, "en") == "500 points (5 yuan)"
    assert lever("incentives.points_per_hour").told(10, "zh") == "10分（0.1元）"
    assert lever("deliberation.threshold").told(0.8, "en") == "80 %"
    assert lever("grid.staffing").told(0.5, "en") == "0.5 × baseline"
    assert lever("mall.redeem_for").told("services", "zh") == "服务"
    assert lever("deliberation.respect").told(True, "zh") == "是"
