"""What goes wrong in a neighbourhood: how it arises, grows, fades and comes back."""

import numpy as np
import pytest
from linli.agents.grid_worker import Tier
from linli.model.closing import settle
from linli.model.founding import found
from linli.model.issues import (
    IssueFields,
    Kind,
    LatentFields,
    State,
    arise,
    chance_to_recur,
    severity_now,
    spread_factor,
    stake_in,
)
from linli.model.measures import TallyFields
from linli.model.places import BuildingFields, MicroGridFields
from linli.model.routing import start_clock, tier_for
from linli.model.running import run
from linli.model.world import TownFields
from linli.model.world import table as rows_of
from stories.register import story
from stories.setting import by_hand, column, kinds_of, one, table


def births(spec, n_days=365, seed=5):
    """The issues that arise in a micro-grid of 88 households in four buildings."""
    p = spec.numbers()
    places = table(MicroGridFields, 1, n_households=88, n_buildings=4, hazard=1.0)
    town, tally = table(TownFields, 1), table(TallyFields, 1)
    issues, latent = table(IssueFields, 1), table(LatentFields, 1)
    for day in range(n_days):
        issues, latent = by_hand(arise)(
            day, seed, places[:1], table(BuildingFields, 4), kinds_of(p), issues, latent, town, tally, p.issues
        )
    return issues.array[: town[0].n_issues]


OFTEN = {"per_1000": 1000.0, "spread": 0.0}


@story("issues.per_1000")
def test_a_micro_grid_has_some_thirty_problems_a_year(spec):
    assert len(births(spec.changed(issues={"per_1000": 160.0, "spread": 0.0}))) == pytest.approx(35, abs=12)


@story("issues.spread")
def test_disorder_breeds_disorder_up_to_a_bound(spec):
    p = spec.changed(issues={"spread": 0.3}).numbers().issues
    assert spread_factor(0, 4, p) == 0
    assert spread_factor(10**9, 4, p) == pytest.approx(0.3)


@story("issues.spread_half", neutral=1e9)
def test_half_of_that_comes_with_five_broken_things_a_building(spec):
    p = spec.changed(issues={"spread": 0.3, "spread_half": 5.0}).numbers().issues
    assert spread_factor(20, 4, p) == pytest.approx(0.15)


@story("issues.severity_low")
@story("issues.severity_high", neutral=1)
def test_problems_are_born_neither_trivial_nor_at_their_worst(spec):
    born = births(spec.changed(issues={**OFTEN, "severity_low": 0.5, "severity_high": 0.9}))["severity"]
    assert 0.5 <= born.min() < 0.55 and 0.85 < born.max() <= 0.9


@story("issues.severity_half_life", neutral=1e12)
def test_what_is_left_alone_gets_worse(spec):
    p = spec.changed(issues={"severity_half_life": 360.0}).numbers().issues
    leak = one(IssueFields, severity=0.5, born=0)
    assert [by_hand(severity_now)(leak, day, p) for day in (0, 360, 720)] == pytest.approx([0.5, 0.75, 0.875])


@story("issues.fade_half_life", neutral=1e12)
def test_half_of_what_nobody_deals_with_is_gone_in_half_a_year(spec):
    born = births(spec.changed(issues={**OFTEN, "fade_half_life": 180.0}))
    assert np.mean(born["fades"] - born["born"] <= 181) == pytest.approx(0.5, abs=0.1)


@story("issues.stake_own", "issues.stake_next", "issues.stake_far")
def test_what_happens_at_my_door_matters_more_than_what_happens_next_door_or_down_the_street(spec):
    p = spec.changed(issues={"stake_own": 1.0, "stake_next": 0.5, "stake_far": 0.2}).numbers().issues
    garbage = one(IssueFields, building=7, severity=0.6)
    own, close, far = (by_hand(stake_in)(garbage, building, 0, p) for building in (7, 8, 12))
    assert own > close > far > 0


@story("issues.recur_base")
def test_most_conflicts_that_were_settled_half_and_half_stay_settled(spec):
    p = spec.changed(issues={"recur_base": -1.1}).numbers().issues
    assert chance_to_recur(0.5, p) == pytest.approx(0.25, abs=0.01)


@story("issues.recur_consent")
def test_consent_keeps_conflicts_settled(spec):
    p = spec.changed(issues={"recur_base": -1.1, "recur_consent": 6.0}).numbers().issues
    assert chance_to_recur(0.53, p) == pytest.approx(0.22, abs=0.005)
    assert chance_to_recur(0.59, p) == pytest.approx(0.16, abs=0.005)


@story("issues.recur_days", neutral=1)
def test_what_comes_back_comes_back_some_time_within_half_a_year(spec):
    after = came_back(spec.changed(issues={"recur_days": 180})) - 10
    assert len(after) > 20 and after.min() >= 1 and 120 < after.max() <= 180


def came_back(spec, n=100):
    """When so many conflicts settled on day 10 against everybody's will come back."""
    p = spec.numbers()
    issues = table(IssueFields, n, state=State.IN_WORK, contested=True, luck=np.arange(n))
    for issue in issues[:n]:
        by_hand(settle)(
            10, 3.0, True, 5, issue, table(MicroGridFields, 1), kinds_of(p), table(TallyFields, 1), p.issues
        )
    days = column(issues, "recurs_day")
    return days[days < 1000]


@story("kinds.share")
def test_safety_comes_up_more_often_than_laundry(spec):
    spec = spec.changed(issues=OFTEN, kinds={"safety": {"share": 0.15}, "laundry": {"share": 0.06}})
    n = np.bincount(births(spec)["kind"], minlength=len(Kind))
    assert n[Kind.SAFETY] > n[Kind.LAUNDRY] > 0


@story("kinds.contested")
def test_neighbours_disagree_on_planters_and_agree_on_safety(spec):
    spec = spec.changed(issues=OFTEN, kinds={"planters": {"contested": 0.6}, "safety": {"contested": 0.0}})
    born = births(spec)
    assert born["contested"][born["kind"] == Kind.PLANTERS].any()
    assert not born["contested"][born["kind"] == Kind.SAFETY].any()


@story("kinds.labour")
def test_a_broken_lift_takes_longer_to_mend_than_a_line_of_laundry(spec):
    born = births(spec.changed(issues=OFTEN, kinds={"facility": {"labour": 8.0}, "laundry": {"labour": 2.0}}))
    assert set(born["labour"][born["kind"] == Kind.FACILITY]) == {480}
    assert set(born["labour_left"][born["kind"] == Kind.LAUNDRY]) == {120}


@story("kinds.money")
def test_mending_a_facility_costs_what_it_costs(spec):
    p = spec.changed(kinds={"facility": {"money": 800}}).numbers()
    lift, tally = one(IssueFields, state=State.IN_WORK, kind=Kind.FACILITY), table(TallyFields, 1)
    by_hand(settle)(10, 3.0, True, 5, lift, table(MicroGridFields, 1), kinds_of(p), tally, p.issues)
    assert tally[0].fen_spent == 80_000


@story("kinds.deadline")
def test_safety_is_due_the_next_day_and_leisure_in_three_weeks(spec):
    p = spec.changed(kinds={"safety": {"deadline": 1.0}, "leisure": {"deadline": 15.0}}).numbers()
    due = {}
    for kind in (Kind.SAFETY, Kind.LEISURE):
        issue = one(IssueFields, kind=kind)
        by_hand(start_clock)(0.0, 5, issue, kinds_of(p), p.closing)
        due[kind] = issue.deadline
    assert due == {Kind.SAFETY: 1.0, Kind.LEISURE: 15.0}


@story("kinds.tier")
@story("routing.small_severity", neutral=1)
def test_small_matters_stay_in_the_micro_grid_and_a_market_goes_to_its_department(spec):
    p = spec.changed(kinds={"market": {"tier": "department"}}, routing={"small_severity": 0.75}).numbers()
    lowest = kinds_of(p)
    assert tier_for(0.5, lowest[Kind.GARBAGE].tier, p.routing) == Tier.MICRO_GRID
    assert tier_for(0.9, lowest[Kind.GARBAGE].tier, p.routing) == Tier.GENERAL_GRID
    assert tier_for(0.5, lowest[Kind.MARKET].tier, p.routing) == Tier.DEPARTMENT


@story("kinds.affected")
def test_a_playground_concerns_the_whole_micro_grid_and_a_planter_those_who_live_by_it(spec):
    kinds = {kind.name.lower(): {"share": 0.0} for kind in Kind}
    kinds["leisure"] = {"share": 0.5, "contested": 1.0, "affected": "micro_grid"}
    kinds["planters"] = {"share": 0.5, "contested": 1.0, "affected": "neighbours"}
    spec = spec.changed(issues={"per_1000": 1000.0}, reporting={"base": -1.0}, kinds=kinds)
    world = run(found(spec, "micro_grid", 4), spec, 90)
    meetings = rows_of(world, "meetings")
    kind = world.issues["kind"][meetings["issue"]]
    leisure, planters = (meetings["n_affected"][kind == k] for k in (Kind.LEISURE, Kind.PLANTERS))
    assert leisure.min() == world.residents["adult"].sum()
    assert planters.min() < leisure.min()
