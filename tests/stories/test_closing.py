"""The way of a case: its clock, its tier, the work on it, and how it is closed."""

import numpy as np
import pytest
from linli.agents.grid_worker import GridWorkerFields, Tier
from linli.agents.grid_worker.casework import casework, week_of
from linli.model.closing import TierFields, procedural_time, reopen_or_drop
from linli.model.founding import set_up_tiers
from linli.model.issues import FAR_OFF, CaseFields, IssueFields, Kind, State
from linli.model.measures import TallyFields
from linli.model.places import SIZES, MicroGridFields, UnitFields
from linli.model.population import employ_workers
from linli.model.routing import QueueFields, climb, hand_to_tier, load_after, mean_wait, start_clock
from linli.model.world import TownFields, blank
from stories.register import story
from stories.setting import by_hand, column, kinds_of, one, table


def clocks(spec, n=300):
    """So many cases of litter, reported on a Monday."""
    p = spec.numbers()
    issues = table(IssueFields, n, kind=Kind.GARBAGE, luck=np.arange(n))
    for issue in issues[:n]:
        by_hand(start_clock)(0.0, 5, issue, kinds_of(p), p.closing)
    return issues.array[:n]


@story("closing.lag_log_median")
def test_forms_take_about_two_fifths_of_the_time_allowed(spec):
    cases = clocks(spec.changed(closing={"lag_log_median": -0.85}))
    assert np.median(cases["lag"] / cases["deadline"]) == pytest.approx(np.exp(-0.85), rel=0.15)


@story("closing.lag_log_sd")
def test_some_forms_take_four_times_as_long_as_others(spec):
    lag = clocks(spec.changed(closing={"lag_log_sd": 0.8}))["lag"]
    assert np.quantile(lag, 0.9) > 4 * np.quantile(lag, 0.1)


@story("closing.paper_from")
def test_nobody_closes_a_case_on_paper_before_its_time_is_nearly_up(spec):
    assert clocks(spec.changed(closing={"paper_from": 0.9}))["paper"].min() >= 0.9


@story("closing.share_lingering")
def test_a_few_cases_are_left_open_rather_than_closed_on_paper(spec):
    assert clocks(spec.changed(closing={"share_lingering": 0.1}))["lingers"].mean() == pytest.approx(0.1, abs=0.05)


def forms(spec, asked):
    """Days of procedure where a tier has so many times its usual load on its desk."""
    p = spec.numbers()
    tiers, case = table(TierFields, 5, asked=asked * 30.0, usual=30.0), one(IssueFields, lag=4.0)
    return by_hand(procedural_time)(case, tiers, p.closing, p.grid)


@story("closing.lag_by_load")
def test_forms_take_longer_on_a_fuller_desk(spec):
    spec = spec.changed(closing={"lag_by_load": 0.5})
    assert [forms(spec, asked) for asked in (0.25, 1.0, 4.0)] == pytest.approx([2.0, 4.0, 8.0])


def reopened(spec, days, n=100):
    """On which of these days cases closed on paper on day 0 are reopened: how many, by day."""
    p = spec.numbers()
    closed = {"state": State.CLOSED_UNRESOLVED, "closed_day": 0, "fades": FAR_OFF}
    issues = table(IssueFields, n, luck=np.arange(n), **closed)
    cases, town, by_day = table(CaseFields, n, issue=np.arange(n)), table(TownFields, 1, n_cases=n), {}
    for day in days:
        before = column(issues, "n_reopenings").sum()
        by_hand(reopen_or_drop)(
            day, 5, cases, issues, table(MicroGridFields, 1), town, table(TallyFields, 1), p.closing
        )
        by_day[day] = int(column(issues, "n_reopenings").sum() - before)
    return by_day


@story("closing.share_reopening")
def test_some_reporters_do_not_put_up_with_a_case_closed_on_paper(spec):
    spec = spec.changed(closing={"share_reopening": 0.15, "days_to_reopen": 30})
    assert 5 < reopened(spec, range(29, 32))[30] < 30


@story("closing.days_to_reopen", neutral=1)
def test_they_find_out_a_month_later(spec):
    found = reopened(spec.changed(closing={"share_reopening": 1.0, "days_to_reopen": 30}), range(1, 40))
    assert found[30] == 100 and sum(found.values()) == 100


@story("closing.max_reopenings")
def test_who_has_complained_twice_gives_up(spec):
    spec = spec.changed(closing={"share_reopening": 1.0, "max_reopenings": 2, "days_to_reopen": 30})
    p = spec.numbers()
    cases, town = table(CaseFields, 1), table(TownFields, 1, n_cases=1)
    issues = table(IssueFields, 1, fades=FAR_OFF)
    for day in (0, 100, 200, 300):
        issues[0].state, issues[0].closed_day = State.CLOSED_UNRESOLVED, day
        by_hand(reopen_or_drop)(
            day + 30, 5, cases, issues, table(MicroGridFields, 1), town, table(TallyFields, 1), p.closing
        )
    assert issues[0].n_reopenings == 2


FULL = {"load_saturated": 0.95, "wait_scale": 0.05, "days_backlog": 60.0}


@story("closing.wait_scale")
def test_waits_grow_with_load_as_in_a_queue(spec):
    p = spec.changed(closing=FULL).numbers().closing
    assert mean_wait(0.0, p) == 0
    assert mean_wait(0.8, p) == pytest.approx(4 * mean_wait(0.5, p)) and mean_wait(0.5, p) > 0


@story("closing.days_backlog")
def test_more_work_than_hands_makes_a_backlog(spec):
    p = spec.changed(closing=FULL).numbers().closing
    assert mean_wait(1.5, p) == pytest.approx(mean_wait(1.0, p) + 30)


@story("closing.load_saturated", neutral=0.99)
def test_beyond_saturation_each_point_of_load_costs_as_much_as_the_next(spec):
    p = spec.changed(closing=FULL).numbers().closing
    waits = [mean_wait(load, p) for load in (0.96, 0.97, 0.98)]
    assert waits[2] - waits[1] == pytest.approx(waits[1] - waits[0])
    below, above = (mean_wait(0.95 + step, p) for step in (-1e-9, 1e-9))
    assert below == pytest.approx(above, rel=1e-5)  # and there is no jump


@story("closing.desk_hours", neutral=1e9)
def test_a_large_matter_occupies_a_department_for_days(spec):
    p = spec.changed(closing={"desk_hours": 8.0}).numbers()
    done = []
    for hours in (8, 80):
        case = one(IssueFields, unit=-1, tier=Tier.DEPARTMENT, labour_left=hours * 60)
        tiers = table(TierFields, 5, asked=1.0, usual=1.0, capacity=1e6)
        by_hand(hand_to_tier)(0, 5, case, tiers, table(TallyFields, 1), p.closing, p.grid)
        done.append(case.finish)
    assert done[1] - done[0] == pytest.approx(9, abs=0.1)


@story("routing.climb_after", neutral=1)
def test_a_case_nobody_touches_climbs_when_half_its_time_is_gone(spec):
    p = spec.changed(routing={"climb_after": 0.5}, kinds={"garbage": {"deadline": 4.0}}).numbers()
    waiting = {"state": State.QUEUED, "unit": 0, "deadline": 4.0, "labour": 60, "labour_left": 60}
    issues = table(IssueFields, 1, kind=Kind.GARBAGE, severity=0.5, **waiting)
    tiers = table(TierFields, 5, literal=[1, 1, 0, 0, 0], first_unit=[0, 1, 0, 0, 0], usual=1.0, capacity=1000.0)
    where = []
    for day in range(3):
        by_hand(climb)(
            day, 5, table(CaseFields, 1), issues, kinds_of(p), table(MicroGridFields, 1), tiers,
            table(TownFields, 1, n_cases=1), table(TallyFields, 1), p.routing, p.closing, p.grid,
            p.issues,
        )  # fmt: skip
        where.append(issues[0].tier)
    assert where == [Tier.MICRO_GRID, Tier.GENERAL_GRID, Tier.COMMUNITY]  # and again when half the rest is gone


@story("grid.staffing", neutral=1)
def test_half_the_staffing_is_half_the_hours(spec):
    half = spec.changed(grid={"staffing": 0.5})
    for tier in (Tier.MICRO_GRID, Tier.GENERAL_GRID, Tier.COMMUNITY):
        assert week_of(tier, half.numbers().grid) * 2 == week_of(tier, spec.numbers().grid)


@story("grid.hours_micro_grid", "grid.hours_general_grid", "grid.hours_community")
def test_a_part_time_worker_has_five_hours_a_week_and_a_full_time_worker_forty(spec):
    hours = {"hours_micro_grid": 5.0, "hours_general_grid": 40.0, "hours_community": 20.0}
    p = spec.changed(grid=hours).numbers().grid
    assert [week_of(tier, p) for tier in (Tier.MICRO_GRID, Tier.GENERAL_GRID, Tier.COMMUNITY)] == [300, 2400, 1200]


@story("grid.hours_day", neutral=1000)
def test_a_worker_goes_home_after_eight_hours(spec):
    p = spec.changed(grid={"hours_day": 8.0}).numbers().grid
    issues = table(IssueFields, 3, labour_left=300)
    workers, units = table(GridWorkerFields, 1, minutes_left=2400), table(UnitFields, 1, queue_to=3)
    by_hand(casework)([0], workers, units, table(QueueFields, 3, issue=[0, 1, 2]), issues, p)
    assert list(column(issues, "labour_left")) == [0, 120, 300]
    assert workers[0].minutes_today == 480 and workers[0].minutes_left == 1920


def heads(spec, tier, n=100):
    """Workers in so many units of a tier, in communities of 17,060 residents."""
    units, workers = table(UnitFields, n, tier=tier), table(GridWorkerFields, 8 * n)
    return by_hand(employ_workers)(5, workers, units[:n], n, n, 17_060 * n, n, spec.numbers().staff)


@story("staff.workers_per_micro_grid")
def test_a_hundred_micro_grids_have_a_hundred_and_thirty_part_time_workers(spec):
    spec = spec.changed(staff={"workers_per_micro_grid": 1.32})
    assert heads(spec, Tier.MICRO_GRID) == pytest.approx(132, abs=12)


@story("staff.community_staff_per_20000")
def test_a_community_of_seventeen_thousand_has_about_six_staff(spec):
    spec = spec.changed(staff={"community_staff_per_20000": 7.0})
    assert heads(spec, Tier.COMMUNITY) / 100 == pytest.approx(17.06 / 20 * 7, abs=0.2)


def tiers_of(spec, size="community"):
    """The tiers of a town of this size as it is founded."""
    world = blank()._replace(tiers=table(TierFields, 4).array)
    set_up_tiers(world, SIZES[size], spec.numbers())
    return world.tiers


@story(
    "staff.asked_micro_grid", "staff.asked_general_grid", "staff.asked_community", "staff.asked_sub_district",
    "staff.asked_department", neutral=100,
)  # fmt: skip
def test_the_same_work_weighs_more_on_a_desk_that_is_used_to_less(spec):
    tiers = ("micro_grid", "general_grid", "community", "sub_district", "department")
    quiet, busy = (tiers_of(spec.changed(staff={f"asked_{t}": h for t in tiers})) for h in (50.0, 200.0))
    assert quiet["usual"] * 4 == pytest.approx(busy["usual"])
    assert (quiet["asked"] == quiet["usual"]).all()  # it begins on a usual day


@story("staff.baseline_load", neutral=0.7)
def test_who_comes_to_a_fuller_department_waits_longer(spec):
    waits = []
    for load in (0.5, 0.9):
        changed = spec.changed(staff={"baseline_load": load})
        tier = tiers_of(changed)[Tier.DEPARTMENT]
        waits.append(mean_wait(float(tier["asked"] / tier["capacity"]), changed.numbers().closing))
    assert waits[1] == pytest.approx(9 * waits[0])


@story("staff.days_load", neutral=1e9)
def test_after_a_quarter_without_work_two_thirds_of_the_load_is_forgotten(spec):
    changed = spec.changed(staff={"days_load": 90.0})
    tier = table(TierFields, 4)
    tier.array[:] = tiers_of(changed)
    desk = tier[Tier.COMMUNITY]
    by_hand(load_after)(desk, desk.asked_day + 90, 0, changed.numbers().closing)
    assert desk.asked / desk.usual == pytest.approx(np.exp(-1))
