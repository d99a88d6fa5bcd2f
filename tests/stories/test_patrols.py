"""What workers find on their rounds, what a containment target does to them, and what bought hours buy."""

import numpy as np
from linli.agents.core.compiled import plain
from linli.agents.core.field import table_of
from linli.agents.core.table import Table, unwrapped, wrapped
from linli.agents.grid_worker import GridWorkerFields, Tier
from linli.agents.grid_worker.casework import bought_minutes, hours_factor, patience_under_kpi
from linli.agents.grid_worker.patrolling import chance_to_find, patrol
from linli.agents.resident import ResidentFields
from linli.model.calling import ask_for_help
from linli.model.issues import CaseFields, IssueFields, LatentFields, State
from linli.model.measures import TallyFields
from linli.model.places import GeneralGridFields, HouseholdFields, MicroGridFields
from linli.model.routing import is_kept_down
from linli.model.sensing import SightingFields, look_around, round_of, send_on_patrol
from linli.model.spec import Spec
from linli.model.world import TownFields
from stories.register import story
from stories.setting import by_hand

MONDAY = 0


def two_micro_grids(n_visible=(0, 0)):
    """A general grid of two micro-grids with a worker each, on a Monday."""
    micro, general = table_of(MicroGridFields, 2), table_of(GeneralGridFields, 1)
    micro["n_buildings"], micro["n_visible"], micro["hazard"] = 4, n_visible, 1.0
    general["n_micro_grids"] = 2
    workers = table_of(GridWorkerFields, 2)
    workers["tier"], workers["unit"], workers["minutes_left"] = Tier.MICRO_GRID, [0, 1], 300
    return micro, general, workers


@story("grid.patrol_hours")
def test_a_round_takes_time_out_of_the_week(spec):
    micro, general, workers = two_micro_grids()
    tally = table_of(TallyFields, 1)
    p = spec.changed(grid={"patrol_hours": 2.0}).numbers().grid
    send_on_patrol(MONDAY, wrapped(workers), wrapped(micro), wrapped(general), wrapped(tally), p)
    assert workers["minutes_left"].tolist() == [180, 300]  # on Mondays the worker of the first micro-grid walks
    assert micro["patrol_minutes"].tolist() == [120, 0]
    assert tally["staff_minutes_patrol"][0] == 120


@story("grid.patrol_policy", neutral="fixed")
def test_an_adaptive_round_is_longer_where_more_is_to_be_seen(spec):
    micro, general, _ = two_micro_grids(n_visible=(9, 0))
    p = spec.changed(grid={"patrol_hours": 1.0, "patrol_policy": "adaptive"}).numbers().grid
    here, there = (round_of(g, wrapped(micro), wrapped(general), 60, p) for g in (0, 1))
    assert here > 60 > there
    assert here + there <= 120


@story("grid.patrol_yield")
def test_a_longer_look_finds_more(spec):
    p = spec.numbers().grid
    assert 0 < chance_to_find(10, 4, p) < chance_to_find(60, 4, p) < 1
    assert chance_to_find(60, 8, p) < chance_to_find(60, 4, p)  # the same hour over twice as many buildings
    sightings, workers = table_of(SightingFields, 400), table_of(GridWorkerFields, 1)
    sightings["luck"], sightings["minutes"], sightings["n_buildings"] = np.arange(400), 60, 4
    patrol(MONDAY, 1, np.arange(400), wrapped(sightings), wrapped(workers), p)
    assert workers["found"][0] == sightings["found"].sum()
    assert abs(sightings["found"].mean() - chance_to_find(60, 4, p)) < 0.08


def test_only_what_nobody_has_reported_is_looked_for():
    micro, _, _ = two_micro_grids()
    micro["patrol_minutes"] = [60, 0]
    issues, latent = table_of(IssueFields, 3), table_of(LatentFields, 4)
    issues["micro_grid"], issues["state"] = [0, 0, 1], [State.LATENT, State.QUEUED, State.LATENT]
    latent["issue"][:3], latent["micro_grid"][:3] = [0, 1, 2], [0, 0, 1]
    town, tally = table_of(TownFields, 1), table_of(TallyFields, 1)
    town["n_latent"] = 3
    p = Spec().changed(grid={"patrol_hours": 1.0}).numbers().grid
    sightings = unwrapped(look_around(
        MONDAY, wrapped(latent), wrapped(issues), wrapped(micro), wrapped(table_of(SightingFields, 2)), wrapped(town),
        wrapped(tally), p,
    ))  # fmt: skip
    assert town["n_sightings"][0] == 1 and sightings["issue"][0] == 0


@story("grid.kpi_patience", "grid.containment_kpi")
def test_who_is_judged_by_containment_waits_longer_before_letting_a_case_climb(spec):
    free = spec.changed(grid={"containment_kpi": 0.0}).numbers().grid
    judged = spec.changed(grid={"containment_kpi": 1.0}).numbers().grid
    assert patience_under_kpi(2.0, 7.0, judged) > 2.0
    assert patience_under_kpi(6.0, 7.0, judged) <= 7.0  # never beyond the deadline
    assert patience_under_kpi(2.0, 7.0, free) == 2.0


def kept_down(spec, tier=Tier.GENERAL_GRID):
    """Of 400 cases about to climb from a tier, how many are closed on paper instead."""
    issues, tally = table_of(IssueFields, 400), table_of(TallyFields, 1)
    issues["luck"], issues["tier"] = np.arange(400), tier
    p = spec.numbers().grid
    return sum(bool(plain(is_kept_down)(1, issue, Table(tally), p)) for issue in Table(issues))


@story("grid.kpi_paper", "grid.containment_kpi")
def test_some_cases_are_closed_on_paper_so_as_not_to_climb(spec):
    judged = spec.changed(grid={"containment_kpi": 1.0})
    assert 150 < kept_down(judged) < 250
    assert kept_down(judged, Tier.SUB_DISTRICT) == 0  # what has left the community is beyond the target


@story("grid.yuan_for_hours")
def test_money_buys_hours_where_the_load_is_highest(spec):
    p = spec.changed(grid={"yuan_for_hours": 20_000.0}).numbers().grid
    a_year = bought_minutes(Tier.COMMUNITY, p) * 365 / 7 / 60 * 7 / 20
    assert abs(a_year - 20_000 / p.yuan_per_hour) < 10  # hours per 1,000 residents, with 7 staff for 20,000
    assert hours_factor(Tier.COMMUNITY, p) > 1.5
    assert hours_factor(Tier.DEPARTMENT, p) == hours_factor(Tier.MICRO_GRID, p) == 1.0


@story("grid.bought_for", neutral="community")
def test_or_where_one_wants_them(spec):
    p = spec.changed(grid={"yuan_for_hours": 20_000.0, "bought_for": "micro_grid"}).numbers().grid
    assert bought_minutes(Tier.MICRO_GRID, p) > 0 == bought_minutes(Tier.COMMUNITY, p)


@story("grid.yuan_per_hour", neutral=70.0)
def test_dearer_hours_are_fewer(spec):
    cheap, dear = (
        spec.changed(grid={"yuan_for_hours": 20_000.0, "yuan_per_hour": y}).numbers().grid for y in (35.0, 70.0)
    )
    assert bought_minutes(Tier.COMMUNITY, cheap) > 1.9 * bought_minutes(Tier.COMMUNITY, dear)


@story("grid.asks_per_case")
def test_neighbours_are_asked_to_help_with_a_small_matter_once(spec):
    p = spec.changed(grid={"asks_per_case": 4.0}).numbers().grid
    issues, cases = table_of(IssueFields, 30), table_of(CaseFields, 30)
    tally, town = table_of(TallyFields, 1), table_of(TownFields, 1)
    issues["luck"], issues["state"], issues["labour_left"] = np.arange(30), State.QUEUED, 60
    issues["tier"][20:] = Tier.COMMUNITY  # what is not small is not for neighbours to mend
    cases["issue"], town["n_cases"] = np.arange(30), 30
    homes, people, places = table_of(HouseholdFields, 88), table_of(ResidentFields, 220), table_of(MicroGridFields, 1)
    homes["n_residents"], homes["first_resident"], people["adult"] = 2.5, np.arange(88) * 2, True
    places["n_households"] = 88
    asked = []
    for _ in range(2):
        keys, n = by_hand(ask_for_help)(
            9, 1, Table(cases), Table(issues), Table(places), Table(homes), Table(people), np.empty(8, np.int64), 0,
            Table(town), Table(tally), p,
        )  # fmt: skip
        asked.append([int(key) & 4294967295 for key in keys[:n]])
    assert 40 < len(asked[0]) < 120 and set(asked[0]) <= set(range(20))
    assert not asked[1]
