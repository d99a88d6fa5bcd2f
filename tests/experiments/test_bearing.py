"""Who benefits, who bears: workers' load, waiting, unpaid participation, unequal points; groups add up to the town."""

import numpy as np
import pytest
from linli import scenarios
from linli.experiments.comparing_groups import from_runs
from linli.experiments.counting_work import minutes_a_week
from linli.experiments.groups import GROUP_OUTCOMES, GROUPINGS, groups_frame
from linli.experiments.outcomes import outcomes
from linli.experiments.periods import gini, recorded
from linli.experiments.runs import compare, run_scenario
from linli.model import world as worlds
from pandas import DataFrame

SMALL = {"size": "general_grid", "days": 90, "seed": 3}
OF_TOWN = {
    "share_active": lambda world, found: 100 * found["n_active"] / world.residents["adult"].sum(),
    "acts_per_adult": lambda world, found: found["n_acts"] / world.residents["adult"].sum(),
    "reports_per_1000": lambda world, found: 1000 * found["n_reports"] / world.residents["adult"].sum(),
    "share_redeemers": lambda world, found: 100 * found["n_redeemers"] / world.residents["adult"].sum(),
}
"""What the outcome of a group is for the whole town, from the town's own outcomes."""


@pytest.fixture(scope="module")
def found(paid_year):
    return outcomes(paid_year.world, paid_year.scenario.spec)


@pytest.mark.parametrize("grouping", GROUPINGS)
@pytest.mark.parametrize("name", OF_TOWN)
def test_groups_weighted_by_their_size_give_the_whole_town(paid_year, found, grouping, name):
    frame = groups_frame(paid_year.world)
    mine = frame[(frame.grouping == grouping) & (frame.outcome == name) & (frame.n > 0)]
    assert (mine.value * mine.n).sum() / mine.n.sum() == pytest.approx(OF_TOWN[name](paid_year.world, found))


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_waits_weighted_by_cases_give_the_wait_of_all(paid_year, grouping):
    world, period = paid_year.world, recorded(paid_year.world)
    issues = worlds.table(world, "issues")
    done = issues[(issues["resolved_day"] >= 0) & (issues["resolved_day"] <= period.last) & (issues["reporter"] >= 0)]
    n_cases = GROUP_OUTCOMES["days_to_resolve"].weight_of_each(world, period)
    frame = groups_frame(world)
    mine = frame[(frame.grouping == grouping) & (frame.outcome == "days_to_resolve")].set_index("group").value
    _, codes, groups = GROUPINGS[grouping]
    adult = world.residents["adult"]
    cases = {name: n_cases[(codes(world) == code) & adult].sum() for code, name in groups.items()}
    assert sum(cases.values()) == len(done) > 10
    total = sum(n * mine[name] for name, n in cases.items() if n)
    assert total / len(done) == pytest.approx((done["resolved_day"] - done["detected"]).mean())


def test_the_load_is_the_hours_worked_of_those_there_are(paid_year, found):
    world = paid_year.world
    days = worlds.table(world, "days")
    assert days["staff_minutes_workers"].sum() == world.workers["minutes"].sum() > 0
    assert (days["staff_minutes_workers"] <= days["staff_minutes_issues"]).all()
    weeks = paid_year.days / 7
    hours = found["hours_per_worker"] * len(world.workers) * weeks
    there = weeks * minutes_a_week(world, paid_year.scenario.spec)
    assert found["worker_load"] == pytest.approx(100 * 60 * hours / there)


def test_half_the_hours_are_twice_the_load_and_cases_wait_longer():
    whole, half = (run_scenario(name, **SMALL) for name in ("baseline", "half_staff"))
    of_whole, of_half = (outcomes(run.world, run.scenario.spec) for run in (whole, half))
    assert of_half["worker_load"] > 1.5 * of_whole["worker_load"]
    assert of_half["days_waited"] > of_whole["days_waited"]


def test_hours_that_were_bought_count_among_those_there_are():
    spec = scenarios.load("baseline").spec
    world = run_scenario("baseline", size="general_grid", days=1, seed=1).world
    more = spec.changed(grid={"yuan_for_hours": 100_000.0, "bought_for": "general_grid"})
    twice = spec.changed(grid={"staffing": 2.0})
    assert minutes_a_week(world, more) > minutes_a_week(world, spec) == minutes_a_week(world, twice) / 2


def test_a_case_waits_every_night_it_stands_open(paid_year, found):
    days, issues = worlds.table(paid_year.world, "days"), worlds.table(paid_year.world, "issues")
    nights = days["n_open_cases"][days["day"] >= 0].sum()
    before = days["n_open_cases"][days["day"] == -1][0]
    new = ((issues["detected"] >= 0) & (issues["detected"] < paid_year.days)).sum()
    again = days["n_reopened"][days["day"] >= 0].sum()
    assert found["days_waited"] == pytest.approx(nights / (before + new + again))


def test_meetings_that_pay_are_not_unpaid():
    unpaid, paid = (run_scenario(name, **SMALL) for name in ("five_yuan", "paid_meetings"))
    for run, counted in ((unpaid, True), (paid, False)):
        told = outcomes(run.world, run.scenario.spec)
        n = told["unpaid_per_adult"] * run.world.residents["adult"].sum()
        assert n == pytest.approx(told["n_reports"] + counted * told["n_attended"]) and told["n_attended"] > 0


def test_points_are_as_unequal_as_their_gini(paid_year, found):
    people = paid_year.world.residents
    adults = people[people["adult"]]
    accounts = [f"points_{name}" for name in ("task", "single", "merit", "appraisal", "duty")]
    earned = sum(adults[name].astype(float) for name in (*accounts, "redeemed", "donated", "expired"))
    assert found["gini_points"] == pytest.approx(gini(earned)) and 0.5 < found["gini_points"] < 1
    nobody = run_scenario("baseline", size="micro_grid", days=5, seed=1)
    assert np.isnan(outcomes(nobody.world, nobody.scenario.spec)["gini_points"])


def test_pay_for_party_duty_is_earned_by_party_members_alone():
    """A story in which it is known who gains: nobody else earns a point."""
    duty = compare(["baseline", "duty_points"], runs=3, workers=1, **SMALL)
    told = duty.groups()
    mine = told[(told.scenario == "duty_points") & (told.outcome == "points_per_head")].set_index("group")
    base = scenarios.load("duty_points").spec.incentives
    assert base.points_per_duty_hour > 0
    assert mine.low_95["members"] > 0 and mine.difference["members"] > 3 * mine.difference["not members"]


def test_runs_kept_one_by_one_give_the_comparison_they_came_from(pay_compared):
    rows = [
        {"point": run.scenario, "seed": run.seed, "grouping": g, "group": group, "outcome": outcome, "value": value}
        for run in pay_compared.good.values()
        for (g, group, outcome), value in run.groups.items()
    ]
    again = DataFrame(from_runs(DataFrame(rows), pay_compared.names, pay_compared.seeds))
    keys = ["grouping", "group", "outcome", "scenario"]
    first, second = (f.sort_values(keys).reset_index(drop=True) for f in (pay_compared.groups(), again))
    for column in ("mean", "difference", "low_95", "high_95", "q"):
        np.testing.assert_allclose(first[column].astype(float), second[column].astype(float), rtol=1e-12)
