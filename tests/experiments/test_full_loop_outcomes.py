"""Outcomes of what Party members, deputies, patrols and councils do, read off books written by hand."""

import numpy as np
import pytest
from linli.agents.grid_worker import Tier
from linli.agents.resident.reporting import Channel
from linli.agents.resident.volunteering import Occasion
from linli.experiments.outcomes import OUTCOMES, Period, outcomes
from linli.experiments.periods import gini
from linli.model import world as worlds
from linli.model.issues import State

SUMS = {
    "n_visits": 10, "n_visits_genuine": 4, "n_asked_by_members": 3, "n_duties": 7, "n_asked_by_workers": 2,
    "n_reception_days": 5, "n_petitioners": 20, "n_answered": 5, "n_docketed": 6, "n_displaced": 8, "n_brokered": 1,
    "n_kept_down": 9, "n_amendments": 11, "n_overridden": 12, "n_mediated": 13, "n_enforced": 14, "n_refusals": 15,
    "n_ballots": 16, "n_quorum_failed": 17, "n_refused_agenda": 18, "n_bonds_made": 19, "n_bonds_broken": 21,
    "n_turned_away": 22, "n_praised": 23, "n_grids_praised": 24, "points_donated": 25, "points_expired": 26,
    "points_workers": 27,
}  # fmt: skip
"""What is written into the daily table on day 5, by column."""

MINUTES = {"staff_minutes_patrol": 600, "member_minutes": 60, "duty_minutes": 120, "deputy_minutes": 180}
FEN = {"fen_plans": 100_000, "fen_programme": 200_000, "fen_hours": 300_000, "fen_partners": 400_000}


@pytest.fixture(scope="module")
def quiet(paid_year):
    """A copy of that year in which none of this happened, nobody patrolled, and nobody noted who was at meetings."""
    world = worlds.copy(paid_year.world)
    days, issues = worlds.table(world, "days"), worlds.table(world, "issues")
    for column in (*SUMS, *MINUTES, *FEN):
        days[column] = 0
    issues["channel"][issues["channel"] == Channel.PATROL] = Channel.HOTLINE
    for who in ("women", "tenants", "old"):
        worlds.table(world, "meetings")[f"share_{who}_affected"] = 0.0
    return world


@pytest.fixture(scope="module")
def books(quiet):
    """The same with things that did not happen written into the row of day 5."""
    world = worlds.copy(quiet)
    days = worlds.table(world, "days")
    row = np.flatnonzero(days["day"] == 5)[0]
    for column, value in {**SUMS, **MINUTES, **FEN}.items():
        days[column][row] = value
    return world


@pytest.fixture(scope="module")
def before(quiet, paid_year):
    return outcomes(quiet, paid_year.scenario.spec)


@pytest.fixture(scope="module")
def after(books, paid_year):
    return outcomes(books, paid_year.scenario.spec)


@pytest.mark.parametrize("name", [name for name in SUMS if name in OUTCOMES])
def test_what_happened_is_counted(after, name):
    assert after[name] == SUMS[name]


def test_what_did_not_happen_is_zero_or_has_no_meaning(before):
    for name in ("n_visits", "n_petitioners", "n_found_patrol", "hours_patrol", "yuan_hours", "n_kept_down"):
        assert before[name] == 0
    for name in ("share_genuine", "petitioners_per_day", "share_on_the_spot", "age_found_median"):
        assert np.isnan(before[name])


def test_shares_of_visits_and_petitioners(after):
    assert after["share_genuine"] == pytest.approx(40)
    assert after["petitioners_per_day"] == pytest.approx(4)
    assert after["share_on_the_spot"] == pytest.approx(25)


def test_hours_of_everybody(before, after):
    assert after["hours_patrol"] == 10 and after["hours_members"] == 3 and after["hours_deputies"] == 3
    assert after["hours_staff"] == pytest.approx(before["hours_staff"] + 10)
    assert after["hours_staff"] == pytest.approx(
        after["hours_staff_issues"] + after["hours_staff_meetings"] + after["hours_patrol"]
    )


def test_money_that_partners_bring_is_not_spent(before, after):
    assert after["yuan_total"] == pytest.approx(before["yuan_total"] + 6_000)
    assert after["yuan_partners"] == 4_000
    assert after["resolved_per_10000"] == pytest.approx(1e4 / after["yuan_per_resolved"])


def test_donated_and_expired_points_are_not_held(before, after):
    assert after["points_held"] == before["points_held"] - 25 - 26
    assert after["yuan_liability"] == pytest.approx(after["points_held"] / 100)


def test_points_for_services_have_a_rate_of_their_own(paid_year):
    spec = paid_year.scenario.spec.changed(mall={"redeem_for": "services", "yuan_per_100_services": 3.0})
    found = outcomes(paid_year.world, spec)
    assert found["yuan_liability"] == pytest.approx(3 * found["points_held"] / 100)


def test_goods_are_worth_what_the_mall_gave_out(before):
    assert before["yuan_redeemed"] == pytest.approx(before["points_redeemed"] / 100)
    assert before["yuan_redeemed"] > 0


def test_first_timers_and_everybody_else_are_the_volunteers(paid_year, before):
    deeds = worlds.table(paid_year.world, "deeds")
    old = set(deeds["resident"][deeds["day"] < 0])
    now = set(deeds["resident"][deeds["day"] >= 0])
    assert before["n_first_timers"] == len(now - old) and before["n_active"] == len(now)
    assert before["share_first_timers"] == pytest.approx(100 * len(now - old) / len(now))


def test_acts_by_occasion_add_up(before):
    names = ("acts_by_call", "acts_asked", "acts_from_list", "acts_by_member", "acts_by_worker")
    assert len(names) == len(Occasion)
    assert sum(before[name] for name in names) == before["n_acts"]


def test_reports_by_channel_add_up(before):
    assert before["reports_grid_worker"] + before["reports_hotline"] + before["reports_qr"] == before["n_reports"]


def test_shares_by_tier_add_up_and_the_lowest_two_are_containment(before):
    shares = [before[f"closed_{tier.name.lower()}"] for tier in Tier]
    assert sum(shares) == pytest.approx(100) and sum(shares[:2]) == pytest.approx(before["containment"])


def test_what_patrols_find_is_not_reported_by_residents(quiet, paid_year, before):
    world = worlds.copy(quiet)
    issues = worlds.table(world, "issues")
    rows = np.flatnonzero((issues["detected"] >= 0) & (issues["detected"] < 30_000))[:3]
    issues["channel"][rows] = Channel.PATROL
    found = outcomes(world, paid_year.scenario.spec)
    assert found["n_found_patrol"] == 3 and found["n_first_reported"] == before["n_first_reported"] - 3
    assert found["age_found_median"] == np.median(issues["detected"][rows] - issues["born"][rows])


def test_presence_is_compared_with_those_affected(quiet, paid_year):
    world = worlds.copy(quiet)
    meetings = worlds.table(world, "meetings")
    meetings["share_women"], meetings["share_women_affected"], meetings["share_floor_women"] = 0.4, 0.5, 0.3
    found = outcomes(world, paid_year.scenario.spec)
    assert found["gap_women"] == pytest.approx(-10) and found["gap_floor_women"] == pytest.approx(-10)
    assert np.isnan(found["gap_tenants"])


def test_a_ballot_is_no_meeting(paid_year, before):
    world = worlds.copy(paid_year.world)
    meetings = worlds.table(world, "meetings")
    row = np.flatnonzero((meetings["day"] >= 0) & ~meetings["deferred"])[0]
    meetings["rounds"][row] = 0
    found = outcomes(world, paid_year.scenario.spec)
    assert found["n_by_ballot"] == 1 and found["n_held"] == before["n_held"] - 1 and found["n_by_cadre"] == 0


def test_the_oldest_open_case(paid_year, before):
    issues = worlds.table(paid_year.world, "issues")
    open_ = np.isin(issues["state"], [State.QUEUED, State.ON_AGENDA, State.IN_WORK, State.REOPENED])
    assert open_.sum() == before["n_open"]
    assert before["oldest_open"] == 394 - issues["detected"][open_].min()


def test_redeemers_are_known_as_of_today_only(paid_year, before):
    people = worlds.table(paid_year.world, "residents")
    assert before["n_redeemers"] == (people["redeemed"] > 0).sum() > 0
    assert np.isnan(outcomes(paid_year.world, paid_year.scenario.spec, Period(0, 364))["n_redeemers"])


def test_inequality():
    assert gini(np.array([1, 1, 1, 1])) == pytest.approx(0)
    assert gini(np.array([0, 0, 0, 4])) == pytest.approx(0.75)
    assert np.isnan(gini(np.array([])))


def test_inequality_of_acts_is_that_of_the_yearly_table(paid_year):
    year = worlds.table(paid_year.world, "years")[-1]
    found = outcomes(paid_year.world, paid_year.scenario.spec, Period(0, 364))
    assert found["gini_acts"] == pytest.approx(year["gini_acts"])
