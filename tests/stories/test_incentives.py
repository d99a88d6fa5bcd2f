"""Points: what they make residents and workers do, what the mall does with them, contests and praise."""

import math
from itertools import pairwise

import numpy as np
import pytest
from linli.agents.grid_worker import GridWorkerFields, Tier
from linli.agents.grid_worker.earning import earn_for_casework, lengthen_week
from linli.agents.resident import LONG_AGO, ResidentFields
from linli.agents.resident.attending import reasons_to_attend
from linli.agents.resident.earning import earn_for_duty, earn_for_meeting, earn_for_task, offer_of, pay_believed
from linli.agents.resident.participation import readiness
from linli.agents.resident.redeeming import is_worth_it, lose_old_points, redeem, worth_the_trip
from linli.agents.resident.volunteering import Occasion, give_time, reasons_to_volunteer
from linli.model.contests import appraise, award_merit
from linli.model.mall import hear_of_the_mall, holders, keep_the_mall
from linli.model.measures import DeedFields, TallyFields
from linli.model.places import MicroGridFields
from linli.model.praise import praise
from linli.model.world import TownFields
from stories.register import story
from stories.setting import by_hand, column, one, table


def on(**incentives):
    """A programme that is announced, as a change of the specification."""
    return {"incentives": {"programme_on": True, **incentives}}


def offered(spec, day=0, cutoffs=(0, 0)):
    """What the programme offers on this day, after contests that took so many acts."""
    p = spec.numbers()
    return by_hand(offer_of)(day, p.incentives.redemption_belief, p.incentives, p.mall, p.recognition, *cutoffs)


def reasons(spec, day=0, cutoffs=(0, 0), **cells):
    """A resident's reasons to answer a call for volunteers."""
    p = spec.numbers()
    return by_hand(reasons_to_volunteer)(
        one(ResidentFields, **cells), day, Occasion.CALL, p.volunteering.stake_of_call, 0, p.volunteering, p.participation,
        p.learning, p.habits, offered(spec, day, cutoffs), 0.0,
    )  # fmt: skip


def ready(spec, day=0, **cells):
    """How ready a resident is to answer a call for volunteers (logit)."""
    return by_hand(readiness)(reasons(spec, day, **cells))


def ready_to_come(spec, **cells):
    """How ready a resident is to come to a meeting (logit)."""
    p = spec.numbers()
    return by_hand(readiness)(
        by_hand(reasons_to_attend)(
            one(ResidentFields, **cells), 0, 0.5, 0, p.attending, p.participation, p.learning, offered(spec)
        )
    )


# What it pays


@story("incentives.programme_on", "incentives.points_per_hour")
def test_good_pay_brings_somebody_out_who_would_not_come_for_nothing(spec):
    assert ready(spec.changed(**on(points_per_hour=2000))) > ready(spec) + 2
    assert ready(spec.changed(**on(points_per_hour=0))) == ready(spec)


@story("incentives.points_per_meeting_hour")
def test_pay_for_meetings_brings_people_to_meetings_and_leaves_volunteering_a_gift(spec):
    paid = spec.changed(**on(points_per_meeting_hour=2000))
    assert ready_to_come(paid) > ready_to_come(spec) + 2
    assert ready(paid) == ready(spec)
    someone = one(ResidentFields)
    by_hand(earn_for_meeting)(someone, 5, 90, offered(paid))
    assert (someone.points_single, someone.points_day) == (3000, 5)


@story("incentives.points_per_duty_hour")
def test_a_member_on_duty_earns_duty_points(spec):
    member = one(ResidentFields, party=True)
    assert by_hand(earn_for_duty)(member, 7, 90, offered(spec.changed(**on(points_per_duty_hour=300)))) == 450
    assert (member.points_duty, member.points_task, member.points_day) == (450, 0, 7)


@story("incentives.yuan_per_100_points", neutral=1)
def test_a_better_rate_of_exchange_is_better_pay(spec):
    rates = [spec.changed(**on(points_per_hour=500, yuan_per_100_points=rate)) for rate in (1.0, 3.0)]
    assert ready(rates[1]) > ready(rates[0]) + 1


@story("incentives.redemption_belief", neutral=1)
def test_who_doubts_that_the_mall_redeems_is_drawn_less_and_finds_it_a_deal_all_the_same(spec):
    believing, doubting = (
        reasons(spec.changed(**on(points_per_hour=1000, redemption_belief=b)), spirit=0.8) for b in (1.0, 0.4)
    )
    assert doubting.pay < believing.pay / 2
    assert doubting.spirit == believing.spirit


@story("incentives.crowd_at_zero")
def test_a_programme_that_pays_nothing_may_still_make_a_deal_of_a_duty(spec):
    recognised = spec.changed(**on(crowd_at_zero=0.5), recognition={"visibility": 1.0})
    p = spec.numbers().participation
    lost = reasons(recognised, spirit=0.8).spirit - reasons(spec, spirit=0.8).spirit
    assert lost < 0
    assert lost == pytest.approx(-p.weight_spirit * 0.8 * 0.5 * p.crowding)


@story("incentives.withdrawn_on", neutral=30_000)
def test_when_the_programme_is_withdrawn_volunteering_is_a_gift_again(spec):
    paid = spec.changed(**on(points_per_hour=1000, withdrawn_on=100))
    assert ready(paid, day=99) > ready(spec, day=99)
    assert ready(paid, day=100) == ready(spec, day=100)


def after_acts(spec, n, **cells):
    """Somebody who has given her time so often."""
    p, someone = spec.numbers(), one(ResidentFields, **cells)
    for day in range(n):
        by_hand(give_time)(
            someone, day, p.volunteering, p.participation, p.habits, p.joining, offered(spec)
        )
    return someone


@story("incentives.spirit_drift")
def test_paid_acts_may_change_public_spirit_either_way_and_unpaid_ones_do_not(spec):
    for drift in (-0.02, 0.02):
        paid = spec.changed(**on(points_per_hour=10, spirit_drift=drift))
        assert after_acts(paid, 10).spirit == pytest.approx(0.5 + 10 * drift)
        assert 0.0 <= after_acts(paid, 60).spirit <= 1.0
        assert after_acts(spec.changed(**on(spirit_drift=drift)), 10).spirit == 0.5
        assert after_acts(spec.changed(incentives={"points_per_hour": 10, "spirit_drift": drift}), 10).spirit == 0.5


@story("incentives.fixed_yuan_per_1000")
def test_a_programme_costs_something_though_nobody_earns(spec):
    costs = []
    for announced in (True, False):
        p, tally = spec.changed(incentives={"programme_on": announced}).numbers(), table(TallyFields, 1)
        offer = by_hand(offer_of)(0, 1.0, p.incentives, p.mall, p.recognition)
        for day in range(-40, 325):
            by_hand(keep_the_mall)(
                day, table(ResidentFields, 500), table(TownFields, 1), tally, p.incentives, p.mall, offer
            )
        costs.append(tally[0].fen_programme)
    assert costs[0] == pytest.approx(7_000 * 100 * 0.501, abs=1)
    assert costs[1] == 0


# Workers


def working_week(spec, tier=Tier.MICRO_GRID):
    """Minutes of a worker's week, and the points he is credited for a day of four hours."""
    p, tally = spec.numbers(), table(TallyFields, 1)
    workers = table(GridWorkerFields, 1, tier=tier, minutes_left=300, minutes_today=240)
    by_hand(lengthen_week)([0], workers, p.incentives, p.participation, offered(spec))
    by_hand(earn_for_casework)([0], workers, tally, offered(spec))
    assert tally[0].points_workers == workers[0].points
    return workers[0].minutes_left, workers[0].points


@story("incentives.worker_points_per_hour", "incentives.worker_response")
def test_a_micro_grid_worker_who_earns_points_makes_more_of_his_week(spec):
    paid = spec.changed(**on(worker_points_per_hour=2000, worker_response=0.5))
    longer, points = working_week(paid)
    assert 400 < longer < 450
    assert points == 8000
    assert working_week(paid, Tier.GENERAL_GRID) == (300, 0)
    assert working_week(spec) == (300, 0)


# Contests


def quarter_ends(spec, acts, registered=50):
    """The contests of a quarter and a year in which residents have acted so often: residents, town, tally."""
    p, n = spec.numbers(), len(acts)
    residents = table(
        ResidentFields, n, person=np.arange(n), registered=np.arange(n) < registered, acts_this_quarter=acts,
        acts_this_year=acts,
    )  # fmt: skip
    town, tally, offer = table(TownFields, 1), table(TallyFields, 1), offered(spec)
    by_hand(appraise)(89, 5, residents[:n], town, tally, p.incentives, offer)
    by_hand(award_merit)(89, 5, residents[:n], town, tally, p.incentives, offer)
    return residents, town[0], tally[0]


@story("incentives.appraisal_points", "incentives.appraisal_share")
@story("incentives.merit_points", "incentives.merit_share")
def test_the_most_active_win_the_appraisal_and_the_award(spec):
    prizes = on(appraisal_points=1000, appraisal_share=0.04, merit_points=5000, merit_share=0.02)
    acts = [0, 3, 1, 9, 5, *[0] * 45]
    residents, town, tally = quarter_ends(spec.changed(**prizes), acts)
    assert np.flatnonzero(column(residents, "points_appraisal")).tolist() == [3, 4]
    assert np.flatnonzero(column(residents, "points_merit")).tolist() == [3]
    assert (town.appraisal_cutoff, town.merit_cutoff) == (5, 9)
    assert tally.points_issued == 2 * 1000 + 5000
    assert column(residents, "acts_this_quarter").sum() == 0


def test_without_a_prize_nobody_wins_and_nothing_is_drawn_but_what_it_would_have_taken_is_known():
    from linli.model.spec import Spec

    residents, town, tally = quarter_ends(Spec(), [0, 3, 1, 9, 5, *[0] * 45])
    assert column(residents, "points_appraisal").sum() + column(residents, "points_merit").sum() == 0
    assert (tally.n_draws, tally.points_issued, town.appraisal_cutoff) == (0, 0, 9)


def test_of_equals_luck_decides_who_wins():
    from linli.model.spec import Spec

    spec = Spec().changed(**on(appraisal_points=100, appraisal_share=0.1))
    residents, _, tally = quarter_ends(spec, [2] * 100, registered=100)
    winners = np.flatnonzero(column(residents, "points_appraisal"))
    assert len(winners) == 10 and winners.max() > 20
    assert tally.n_draws == 100


@story("incentives.appraisal_points", "incentives.merit_points")
def test_a_prize_within_reach_is_worth_an_act_and_no_pay_for_the_hour(spec):
    for prize, acts in (("appraisal_points", "acts_this_quarter"), ("merit_points", "acts_this_year")):
        contest = spec.changed(**on(**{prize: 50_000}))
        near, far = (reasons(contest, cutoffs=(8, 8), spirit=0.8, **{acts: n}) for n in (7, 0))
        nobody = reasons(spec, spirit=0.8)
        assert near.pay > far.pay > 0.0 == nobody.pay
        assert (near.spirit, near.image) == (nobody.spirit, nobody.image)


@story("incentives.contest_spread", neutral=1e9)
def test_a_contest_is_felt_by_those_whose_acts_come_near_to_winning(spec):
    contest = spec.changed(**on(appraisal_points=50_000, contest_spread=1.0))
    near, far = (
        by_hand(pay_believed)(one(ResidentFields, acts_this_quarter=acts), 2.0, offered(contest, cutoffs=(8, 8)))
        for acts in (8, 0)
    )
    assert near == pytest.approx(500.0 * 0.95 * 0.25 / 2.0)
    assert far < near / 100


# The mall


def trips(spec, *balances, till=0, day=0, digital=0.0, u_hassle=0.0, n_trips=1):
    """Residents with so many community-task points decide on a trip to the mall: residents, town, tally."""
    p, n = spec.numbers(), len(balances)
    residents = table(ResidentFields, n, points_task=balances, digital=digital, u_hassle=u_hassle)
    town, tally = table(TownFields, 1, mall_fen=till), table(TallyFields, 1)
    for _ in range(n_trips):
        by_hand(redeem)(
            range(n), day, residents[:n], town, tally, p.redeeming, p.incentives, p.mall, p.learning
        )
    by_hand(hear_of_the_mall)(residents[:n], town, tally, p.incentives, p.mall)
    return residents, town[0], tally[0]


@story("redeeming.hassle_median")
def test_points_are_taken_to_the_mall_once_they_are_worth_the_trip(spec):
    residents, _, tally = trips(spec, 1999, 2001)
    assert column(residents, "redeemed").tolist() == [0, 2001]
    assert column(residents, "points_task").tolist() == [1999, 0]
    assert (tally.points_redeemed, tally.n_redemptions, tally.fen_mall) == (2001, 1, 2001)


@story("redeeming.hassle_sigma")
def test_for_some_the_trip_is_more_of_a_bother(spec):
    bothered = [len(np.flatnonzero(column(trips(spec, 3000, u_hassle=u)[0], "redeemed"))) for u in (-1.0, 1.0)]
    assert bothered == [1, 0]


@story("mall.online_saves")
def test_a_mall_on_the_phone_spares_the_trip_to_whoever_is_at_ease_with_it(spec):
    online = spec.changed(mall={"online_saves": 0.8})
    assert trips(online, 500, digital=1.0)[2].n_redemptions == 1
    assert trips(online, 500, digital=0.1)[2].n_redemptions == 0


@story("mall.redeem_for", neutral="goods")
@story("mall.yuan_per_100_services", neutral=1)
def test_services_have_a_rate_of_their_own(spec):
    services = {"redeem_for": "services", "yuan_per_100_services": 3.0}
    assert trips(spec.changed(mall=services), 1000)[2].fen_mall == 3000
    assert offered(spec.changed(**on(points_per_hour=100), mall=services)).task_yuan == 3.0


@story("mall.redeem_for", neutral="goods")
def test_donated_points_go_to_the_community_fund_and_empty_no_till(spec):
    donation = {"redeem_for": "donation", "budget_limited": True}
    residents, town, tally = trips(spec.changed(mall=donation), 8000)
    assert (town.fund_fen, tally.points_donated, residents[0].donated) == (8000, 8000, 8000)
    assert residents[0].points_task == 0
    assert (tally.points_redeemed, tally.fen_mall, tally.n_turned_away) == (0, 8000, 0)


@story("mall.worth_of_donating", neutral=1)
def test_what_can_only_be_given_away_draws_less(spec):
    donation = {"redeem_for": "donation", "worth_of_donating": 0.3}
    goods, gift = (reasons(spec.changed(**on(points_per_hour=1000), mall=mall)) for mall in ({}, donation))
    assert gift.pay < goods.pay / 2
    assert trips(spec.changed(mall=donation), 3000)[2].n_redemptions == 0


@story("mall.donation_keeps_spirit")
def test_giving_the_points_away_undoes_a_share_of_crowding(spec):
    gift = reasons(spec, spirit=0.8).spirit
    goods = reasons(spec.changed(**on(points_per_hour=10)), spirit=0.8).spirit
    for share in (0.5, 1.0):
        donation = {"redeem_for": "donation", "donation_keeps_spirit": share}
        given = reasons(spec.changed(**on(points_per_hour=10), mall=donation), spirit=0.8).spirit
        assert goods < given
        assert gift - given == pytest.approx((1 - share) * (gift - goods))


@story("mall.budget_limited", "mall.disappointment")
def test_whoever_stands_before_an_empty_counter_keeps_the_points_and_loses_heart(spec):
    limited = spec.changed(mall={"budget_limited": True, "disappointment": 0.2})
    residents, town, tally = trips(limited, 5000, 3000, till=4000)
    assert column(residents, "points_task").tolist() == [5000, 0]
    assert (tally.n_turned_away, tally.n_redemptions, town.mall_fen) == (1, 1, 1000)
    assert column(residents, "efficacy").tolist() == [0.4, 0.5]


@story("mall.budget_limited")
@story("mall.belief_step", neutral=1e12)
def test_word_of_an_empty_mall_gets_round_faster_in_a_small_town(spec):
    limited = spec.changed(mall={"budget_limited": True, "belief_step": 50.0})

    def belief_after_20_trips(n_residents, till):
        return trips(limited, *[3000] * 20, *[0] * (n_residents - 20), till=till)[1].belief

    assert belief_after_20_trips(100, 0) == pytest.approx(0.95 * (1 - 1 / 5) ** 20)
    assert belief_after_20_trips(1000, 0) == pytest.approx(0.95 * (1 - 1 / 50) ** 20)
    assert belief_after_20_trips(100, 10**9) > 0.99


@story("mall.budget_limited")
@story("mall.budget_yuan_per_1000")
def test_a_limited_mall_is_given_its_share_every_month_while_the_programme_runs(spec):
    limited = spec.changed(**on(withdrawn_on=100), mall={"budget_limited": True, "budget_yuan_per_1000": 730.0})
    p, town, residents = limited.numbers(), table(TownFields, 1), table(ResidentFields, 999)
    paid_in = []
    for day in range(200):
        by_hand(keep_the_mall)(
            day, residents, town, table(TallyFields, 1), p.incentives, p.mall, offered(limited, day)
        )
        paid_in.append(town[0].mall_fen)
    assert paid_in[0] == paid_in[28] == 6000  # of 73,000 fen a year, 30 days' worth
    assert paid_in[-1] == town[0].mall_paid_in == 4 * 6000  # days 0, 29, 59 and 89


@story("mall.days_valid")
def test_points_of_whoever_has_not_earned_for_long_expire(spec):
    p = spec.changed(mall={"days_valid": 180}).numbers()
    accounts = ("task", "single", "merit", "appraisal", "duty")
    residents = table(ResidentFields, 2, points_day=[0, 1], **{f"points_{account}": 10 for account in accounts})
    tally = table(TallyFields, 1)
    by_hand(lose_old_points)(by_hand(holders)(179, residents[:2]), 180, residents, tally, p.mall)
    assert column(residents, "expired").tolist() == [50, 0]
    assert by_hand(holders)(179, residents[:2]).tolist() == [1]
    assert by_hand(holders)(180, residents[:2]).tolist() == []  # not the end of a month
    assert tally[0].points_expired == 50


def test_points_held_can_be_redeemed_after_the_programme_has_ended():
    from linli.model.spec import Spec

    ended = Spec().changed(**on(points_per_hour=500, withdrawn_on=10))
    assert trips(ended, 5000, day=400)[2].points_redeemed == 5000


# Recognition


@story("recognition.visibility")
def test_a_board_brings_people_out(spec):
    assert ready(spec.changed(recognition={"visibility": 1.0})) > ready(spec) + 1


def round_of_praise(spec, day=89, lived_in=(0, 0, 0, 1, 1, 1, 2, 2, 2, 2), who=(0, 0, 0, 1, 3, 6), last=80):
    """A round of praise among ten residents of three micro-grids, of whom these have acted."""
    p, n = spec.numbers(), len(lived_in)
    residents = table(ResidentFields, n, person=np.arange(n), micro_grid=lived_in)
    counts = np.bincount(lived_in)
    places = table(MicroGridFields, 3, n_residents=counts, first_resident=np.cumsum(counts) - counts)
    deeds = table(DeedFields, len(who), day=np.linspace(10, last, len(who)).astype(int), resident=who)
    town, tally = table(TownFields, 1, n_deeds=len(who)), table(TallyFields, 1)
    by_hand(praise)(day, 5, residents, places[:3], deeds, town, tally, p.recognition)
    return residents, places, tally[0]


@story("recognition.praise_days", "recognition.praise_share")
def test_the_most_active_are_praised_at_the_end_of_each_round(spec):
    rounds = spec.changed(recognition={"praise_days": 90, "praise_share": 0.25})
    residents, _, tally = round_of_praise(rounds)
    assert np.flatnonzero(column(residents, "praised_day") == 89).tolist() == [0]
    assert (tally.n_praised, tally.n_grids_praised, tally.n_draws) == (1, 0, 4)
    assert round_of_praise(rounds, day=88)[2].n_praised == 0
    weekly = spec.changed(recognition={"praise_days": 30, "praise_share": 0.25})
    residents, _, _ = round_of_praise(weekly, last=80)  # since day 59 only two have acted, once each
    assert np.flatnonzero(column(residents, "praised_day") == 89)[0] in (3, 6)


@story("recognition.praise_grid_share")
def test_the_micro_grid_where_most_is_done_is_praised_with_all_who_live_there(spec):
    rounds = spec.changed(recognition={"praise_days": 90, "praise_share": 0.0, "praise_grid_share": 0.3})
    residents, places, tally = round_of_praise(rounds)
    assert column(places, "praised_day").tolist() == [89, LONG_AGO, LONG_AGO]
    assert np.flatnonzero(column(residents, "grid_praised_day") == 89).tolist() == [0, 1, 2]
    assert (tally.n_praised, tally.n_grids_praised, tally.n_draws) == (0, 1, 0)


# How pay, recognition and crowding go together


def curve(spec, visibility=0.0, points=(0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000), **cells):
    """Readiness at each pay per hour."""
    board = {"visibility": visibility}
    return [ready(spec.changed(**on(points_per_hour=p), recognition=board), **cells) for p in points]


@story("participation.image_dilution")
def test_pay_dilutes_what_being_seen_says_of_oneself(spec):
    private, board = curve(spec), curve(spec, 1.0)
    gains = [b - a for a, b in zip(private, board, strict=True)]
    assert gains == sorted(gains, reverse=True) and gains[-1] < 0.01 < gains[0]


def test_without_dilution_pay_and_recognition_add_up_exactly():
    from linli.model.spec import Spec

    pure = Spec().changed(participation={"image_dilution": 0.0})
    both = [reasons(pure.changed(**on(points_per_hour=p), recognition={"visibility": 1.0})) for p in (0, 10, 500, 2000)]
    alone = [reasons(pure.changed(**on(points_per_hour=p))) for p in (0, 10, 500, 2000)]
    assert {r.image for r in both} == {pure.participation.weight_image}
    assert [r._replace(image=0.0) for r in both] == alone


@story("participation.crowding")
def test_tiny_pay_spoils_a_duty_and_good_pay_does_not(spec):
    deal = curve(spec, spirit=0.8)
    assert min(deal[1:4]) < deal[0] < deal[-1]


def test_without_crowding_and_dilution_more_pay_never_brings_fewer():
    from linli.model.spec import Spec

    pure = Spec().changed(participation={"crowding": 0.0, "image_dilution": 0.0})
    for visibility in (0.0, 1.0):
        found = curve(pure, visibility, range(0, 3000, 10), spirit=0.8)
        assert all(later >= earlier for earlier, later in pairwise(found))


@story("participation.weight_image")
def test_at_zero_pay_a_board_multiplies_the_rare_acts(spec):
    board = ready(spec.changed(recognition={"visibility": 1.0})) - ready(spec)
    assert math.exp(board) == pytest.approx(3.0, rel=0.02)


def test_a_trip_is_judged_by_what_all_accounts_hold():
    from linli.model.spec import Spec

    p = Spec().numbers()
    accounts = ("task", "single", "merit", "appraisal", "duty")
    someone = one(ResidentFields, **{f"points_{account}": 401 for account in accounts})
    assert by_hand(worth_the_trip)(someone, p.redeeming, p.mall) == 20.0
    assert by_hand(is_worth_it)(someone, p.redeeming, p.incentives, p.mall)
    someone.points_duty = 0
    assert not by_hand(is_worth_it)(someone, p.redeeming, p.incentives, p.mall)


def test_nothing_is_earned_where_nothing_is_paid():
    from linli.model.spec import Spec

    someone = one(ResidentFields)
    for earn in (earn_for_task, earn_for_meeting, earn_for_duty):
        by_hand(earn)(someone, 3, 120, offered(Spec().changed(**on())))
    assert someone.points_day == LONG_AGO
