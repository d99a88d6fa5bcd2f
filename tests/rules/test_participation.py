"""What pulls a resident in, as stories of one resident at a time."""

import math

import pytest
from linli.agents.core.compiled import plain
from linli.agents.resident import Cooperation
from linli.agents.resident import participation as act
from linli.agents.resident.earning import Incentives, offer_of, points_for
from linli.agents.resident.habits import Habits, habit_after, habit_now
from linli.agents.resident.recognising import Recognition
from linli.agents.resident.redeeming import Mall

P = act.Participation().numbers()


def offered(belief=0.95, mall=None, visibility=0.0, **incentives):
    """What a programme offers today."""
    p, board = Incentives(programme_on=True, **incentives), Recognition(visibility=visibility)
    return offer_of(0, belief, p.numbers(), (mall or Mall()).numbers(), board.numbers())


class Someone:
    """A stand-in for one row of the table of residents."""

    def __init__(self, **values):
        self.__dict__.update({"efficacy": 0.5, "efficacy_day": 0, "habit": 0.0, "habit_day": 0, **values})


def test_pay_says_nothing_at_first_then_much_then_no_more():
    worth = [act.worth_of_pay(float(y), P) for y in (0, 0.1, 0.5, 1, 2, 5, 10, 20, 1000)]
    assert worth[0] == 0 and worth[1] < 0.01
    slopes = [(b - a) / (y - x) for a, b, x, y in zip(worth[3:7], worth[4:8], (1, 2, 5, 10), (2, 5, 10, 20))]
    assert slopes.index(max(slopes)) in (1, 2)  # steepest between 2 and 10 yuan an hour
    assert worth[-1] == pytest.approx(P.pay_ceiling, rel=0.001)
    assert act.worth_of_pay(P.pay_half, P) == pytest.approx(P.pay_ceiling / 2)


def test_tiny_pay_spoils_a_duty_and_good_pay_does_not():
    gift = act.spirit_felt(0.5, 0.0, 0.0, P)
    assert act.spirit_felt(0.5, 1.0, 0.1, P) < gift
    assert act.spirit_felt(0.5, 1.0, 20.0, P) == pytest.approx(gift, abs=1e-6)
    assert act.spirit_felt(0.5, 1.0, 0.1, P._replace(crowding=0.0)) == gift


def test_a_dry_mall_lowers_the_worth_but_not_the_frame():
    full, dry = offered(1.0, points_per_hour=500), offered(0.0, points_per_hour=500)
    assert full.task_yuan == dry.task_yuan == pytest.approx(5.0)
    assert (full.worth, dry.worth) == (1.0, 0.0)
    assert full.task_frame == dry.task_frame == 1.0


def test_a_conditional_cooperator_follows_a_free_rider_does_not():
    many = {kind: act.example_of_peers(kind, 10, P) for kind in Cooperation}
    none = {kind: act.example_of_peers(kind, 0, P) for kind in Cooperation}
    assert many[Cooperation.CONDITIONAL] > many[Cooperation.UNCONDITIONAL] > none[Cooperation.UNCONDITIONAL]
    assert many[Cooperation.FREE_RIDER] == none[Cooperation.FREE_RIDER] == -P.free_rider_reserve
    assert act.example_of_peers(Cooperation.CONDITIONAL, 2, P) == pytest.approx(P.weight_peers / 2)


def test_who_acted_today_counts_by_the_time_before():
    busy = Someone(last_act=50, act_before=10)
    assert plain(act.seen_active)(busy, 50, P)  # seen for the act of day 10, not for today's
    assert not plain(act.seen_active)(Someone(last_act=50, act_before=-100), 50, P)
    assert plain(act.seen_active)(busy, 51, P)
    assert not plain(act.seen_active)(Someone(last_act=0, act_before=-9), 61, P)


def test_habit_grows_with_practice_less_if_paid_and_fades():
    habits = Habits().numbers()
    assert habit_after(0.0, 0.0, habits) > habit_after(0.0, 0.5, habits) > habit_after(0.0, 1.0, habits) > 0
    assert habit_after(1.0, 0.0, habits) == 1.0
    faded = plain(habit_now)(Someone(habit=0.8, habit_day=0), 120, habits)
    assert faded == pytest.approx(0.4)


def test_points_are_whole_and_never_rounded_up():
    assert points_for(120, 500) == 1000
    assert points_for(59, 1) == 0


def test_the_reasons_add_up():
    reasons = act.Reasons(-7.0, 1.0, 0.3, 0.2, 0.1, 0.05, 1.2, 0.4, 1.1, 0.5, 0.0, 0.3)
    assert act.readiness(reasons) == pytest.approx(sum(reasons[:-1]) - reasons.cost)
    assert math.isclose(act.cost_of_time(0.5, P), 0.0)


def test_a_programme_that_pays_for_meetings_leaves_volunteering_a_gift():
    assert offered(points_per_meeting_hour=500).task_frame == 0.0
    assert offered(points_per_hour=1).task_frame == 1.0


def test_what_is_donated_spoils_a_duty_less():
    kept = [offered(points_per_hour=10, mall=Mall(redeem_for="donation", donation_keeps_spirit=rho)).task_frame
            for rho in (0.0, 0.3, 1.0)]  # fmt: skip
    assert kept == pytest.approx([1.0, 0.7, 0.0])


def test_without_dilution_the_image_is_the_same_at_any_pay():
    undiluted = P._replace(image_dilution=0.0)
    assert act.image_gained(1.0, 20.0, undiluted) == act.image_gained(1.0, 0.0, undiluted) == P.weight_image
    assert act.image_gained(1.0, 20.0, P) < act.image_gained(1.0, 0.1, P) < P.weight_image
    assert act.image_gained(0.0, 0.0, P) == 0.0
