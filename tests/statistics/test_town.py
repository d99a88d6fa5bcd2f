"""What the town as a whole must do, whatever luck it has. Slow: run with `make slow`."""

import numpy as np
import pytest
from linli.experiments.held_out import paying
from linli.experiments.statistics import interval_of
from linli.model import world as worlds
from linli.model.running import day_zero, run
from linli.model.spec import Spec
from linli.scenarios import load

pytestmark = pytest.mark.slow
SPEC = Spec()


def year_of(size, seed, spec=SPEC, days=365):
    """Sums over the recorded days of one town."""
    world = run(day_zero(SPEC, size, seed), spec, days)
    t = worlds.table(world, "days")
    t = t[t["day"] >= 0]
    months = worlds.table(world, "months")
    closed = t["n_resolved"].sum() + t["n_closed_unresolved"].sum()
    return np.array(
        [
            len(world.residents),
            t["n_reports"].sum(),
            t["n_acts"].sum(),
            t["closing_days"].sum(),
            closed,
            months[months["day"] >= 0]["n_active_90"].mean(),
            t["n_overdue"].sum(),
            t["n_decisions"].sum(),
        ]
    )


def rates(sums):
    """Reports, acts per resident, closing time, active share, overdue share, decisions per resident."""
    n, reports, acts, closing, closed, active, overdue, decisions = sums
    return np.array([reports / n, acts / n, closing / closed, active / n, overdue / closed, decisions / n])


def test_thirty_general_grids_are_as_good_as_one_community():
    """90 % interval of the relative difference within ±10 %, over 20 seeds."""
    whole = np.array([rates(year_of("community", seed)) for seed in range(20)])
    parts = np.array(
        [rates(sum(year_of("general_grid", 1000 + 30 * seed + k) for k in range(30))) for seed in range(20)]
    )
    mean = whole.mean(axis=0)
    gap = parts.mean(axis=0) / mean - 1
    spread = np.sqrt(parts.var(axis=0, ddof=1) / 20 + whole.var(axis=0, ddof=1) / 20) / mean
    low, high = gap - 1.73 * spread, gap + 1.73 * spread
    for name, a, b in zip(("reports", "acts", "closing time", "active share"), low, high):
        print(f"{name}: {a:+.3f} … {b:+.3f}")
        assert a > -0.10 and b < 0.10, name
    assert abs(gap[5]) < 0.05  # decisions per resident-day do not depend on size


def test_half_the_staff_is_slower_and_twice_the_staff_is_faster():
    by_staff = {
        f: rates(sum(year_of("community", seed, SPEC.changed(grid={"staffing": f})) for seed in range(8)))
        for f in (0.5, 1.0, 2.0)
    }
    closing = [by_staff[f][2] for f in (0.5, 1.0, 2.0)]
    overdue = [by_staff[f][4] for f in (0.5, 1.0, 2.0)]
    print("closing time", closing, "overdue", overdue)
    assert closing[0] > closing[1] > closing[2]
    assert overdue[0] > overdue[1] > overdue[2]


def test_a_hot_and_a_cold_start_meet_within_three_years():
    def active(share, habit, seed):
        spec = SPEC.changed(population={"share_registered": share, "habit_at_birth": habit})
        world = run(day_zero(spec, "community", seed), spec, 1095)
        months = worlds.table(world, "months")
        return months["n_active_90"][-1] / len(world.residents)

    hot = np.mean([active(1.0, 1.0, seed) for seed in range(8)])
    cold = np.mean([active(0.0, 0.0, seed) for seed in range(8)])
    print(f"hot {hot:.4f}, cold {cold:.4f}")
    assert abs(hot - cold) < 0.005


def test_activity_does_not_drift():
    """Acts in recorded years 1 and 3 differ by no more than 10 %."""
    ratios = []
    for seed in range(8):
        world = run(day_zero(SPEC, "community", seed), SPEC, 1095)
        years = worlds.table(world, "years")
        acts = years["n_acts"][years["day"] > 0]
        ratios.append(acts[2] / acts[0])
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.1)


def test_littles_law_holds_in_the_logs():
    """Mean number of open cases = arrivals a day × mean days open (L = λW), up to the cases open at either end."""
    world = run(day_zero(SPEC, "community", 4), SPEC, 1095)
    days = worlds.table(world, "days")
    issues = worlds.table(world, "issues")
    mine = issues[(issues["detected"] >= 0) & (issues["n_reopenings"] == 0) & (issues["closed_day"] < 1095)]
    stock = days["n_open_cases"][days["day"] >= 0].mean()
    flow = (days["n_detected"].sum() + days["n_reopened"].sum()) / len(days)
    stay = (mine["closed_day"] - mine["detected"]).mean()
    assert stock == pytest.approx(flow * stay, rel=0.08)


YUAN = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


def acts_of(spec, seeds=range(1, 9)):
    """Acts of volunteering in a year of the baseline's community under each spec, by seed."""
    town = load("baseline")
    found = []
    for seed in seeds:
        start = day_zero(town.baseline, "community", seed)
        found.append([run(worlds.copy(start), each, 365).days["n_acts"][180:545].sum() for each in spec])
    return np.array(found, float)


def test_without_crowding_more_pay_never_brings_fewer_acts():
    """No fall from one dose to the next beyond its 95 % interval, over 8 paired communities."""
    pure = load("baseline").spec.changed(participation={"crowding": 0.0})
    acts = acts_of([paying(pure, yuan) for yuan in YUAN])
    for step in np.diff(acts, axis=1).T:
        assert interval_of(step).high >= 0.0


def test_undiluted_pay_and_a_board_do_not_stand_in_each_others_way():
    """Without dilution and crowding the interaction of pay and board in acts is not negative beyond its interval."""
    pure = load("baseline").spec.changed(participation={"crowding": 0.0, "image_dilution": 0.0})
    for yuan in (1.0, 5.0, 20.0):
        acts = acts_of([paying(pure, y, v) for y in (0.0, yuan) for v in (0.0, 1.0)])
        private, board, private_paid, board_paid = acts.T
        assert interval_of((board_paid - private_paid) - (board - private)).high >= 0.0
