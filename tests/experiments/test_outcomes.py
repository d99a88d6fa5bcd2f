"""Outcomes: every one is declared, and agrees with the town's own books."""

import math

import numpy as np
import pytest
from linli.experiments.outcomes import GROUPS, OUTCOMES, UNITS, Period, outcomes, recorded, years_of
from linli.experiments.series import SERIES, weekly, weekly_column
from linli.model import world as worlds
from linli.model.founding import found
from linli.model.spec import Spec


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda o: o.name)
def test_every_outcome_is_declared_in_both_languages(outcome):
    assert outcome.group in GROUPS and outcome.unit in UNITS
    assert outcome.better in (-1, 0, 1)
    for text in (outcome.label, outcome.meaning):
        assert text.strip() and text.isprintable()
    for text in (outcome.label.zh, outcome.meaning.zh):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_declared_outcome_is_computed(paid_year):
    assert list(outcomes(paid_year.world, paid_year.scenario.spec)) == list(OUTCOMES)


def test_a_town_without_recorded_days_has_no_outcomes():
    with pytest.raises(ValueError, match="no recorded days"):
        outcomes(found(Spec(), "micro_grid", 1), Spec())


def test_years_of_365_days_and_what_is_left(paid_year):
    assert years_of(paid_year.world) == [Period(0, 364), Period(365, 394)]


def test_the_first_year_agrees_with_the_yearly_table(paid_year):
    year = worlds.table(paid_year.world, "years")[-1]
    n_residents = len(paid_year.world.residents)
    found_ = outcomes(paid_year.world, paid_year.scenario.spec, Period(0, 364))
    assert year["day"] == 364
    assert found_["n_acts"] == year["n_acts"]
    assert found_["share_active_365"] == pytest.approx(100 * year["n_active"] / n_residents)
    assert found_["share_exit"] == pytest.approx(100 * year["n_left"] / year["n_active_before"])


def test_points_held_are_what_lies_in_the_accounts(paid_year):
    people = worlds.table(paid_year.world, "residents")
    held = people["points_task"].sum() + people["points_single"].sum()
    assert outcomes(paid_year.world, paid_year.scenario.spec)["points_held"] == held > 0


def test_flows_of_the_years_add_up_to_the_whole(paid_year):
    spec = paid_year.scenario.spec
    parts = [outcomes(paid_year.world, spec, period) for period in years_of(paid_year.world)]
    whole = outcomes(paid_year.world, spec, recorded(paid_year.world))
    for name in ("n_arisen", "n_resolved", "n_held", "points_issued", "hours_staff", "yuan_total"):
        assert sum(part[name] for part in parts) == pytest.approx(whole[name])


def test_where_the_cadre_decides_nobody_attends(pay_compared):
    run = pay_compared.good["cadre", 5].outcomes
    assert run["n_by_cadre"] > 0 and run["n_held"] == 0
    assert math.isnan(run["attendance"])


def test_weekly_series_agree_with_the_daily_table(paid_year):
    series = weekly(paid_year.world)
    days = worlds.table(paid_year.world, "days")
    days = days[days["day"] >= 0]
    assert set(series) == {"day", *SERIES}
    assert series["acts"][1] == days["n_acts"][7:14].sum()
    assert series["open"][1] == days["n_open_cases"][13]
    assert all(len(values) == 56 for values in series.values())


def test_a_sum_over_less_than_a_week():
    assert weekly_column(np.array([1, 2, 3]), np.array([2]), stock=False).tolist() == [6]
