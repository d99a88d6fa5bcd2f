"""What pulls a resident in and what holds her back, how often she is called on, and what stays of an act."""

import math

import numpy as np
import pytest
from linli.agents.core.draw import normal
from linli.agents.resident import LONG_AGO, Cooperation, ResidentFields
from linli.agents.resident.attending import reasons_to_attend
from linli.agents.resident.earning import offer_of
from linli.agents.resident.habits import habit_after, habit_now
from linli.agents.resident.joining import lapse
from linli.agents.resident.life_events import change_life
from linli.agents.resident.participation import active_contacts, example_of_peers, readiness, worth_of_pay
from linli.agents.resident.volunteering import Occasion, give_time, reasons_to_volunteer, volunteer
from linli.model.calling import InvitationFields, ListedFields, call_and_ask
from linli.model.day import whose_life_changes
from linli.model.duties import MemberFields
from linli.model.issues import CaseFields, IssueFields
from linli.model.measures import DeedFields, TallyFields, record_deeds
from linli.model.places import BuildingFields, HouseholdFields, MicroGridFields
from linli.model.ties import TieFields
from linli.model.world import TownFields
from stories.register import story
from stories.setting import by_hand, column, one, table


def offered(spec):
    """What the programme offers today."""
    p = spec.numbers()
    return by_hand(offer_of)(0, p.incentives.redemption_belief, p.incentives, p.mall, p.recognition)


def ready(spec, occasion=Occasion.CALL, n_active=0, day=100, **cells):
    """How ready a resident is to give her time on such an occasion (logit)."""
    p = spec.numbers()
    reasons = by_hand(reasons_to_volunteer)(
        one(ResidentFields, **cells), day, occasion, p.volunteering.stake_of_call, n_active, p.volunteering, p.participation,
        p.learning, p.habits, offered(spec), 0.0,
    )  # fmt: skip
    return by_hand(readiness)(reasons)


def ready_to_come(spec, day=100, **cells):
    """How ready a resident is to come to a meeting (logit)."""
    p = spec.numbers()
    return by_hand(readiness)(
        by_hand(reasons_to_attend)(
            one(ResidentFields, **cells), day, 0.5, 0, p.attending, p.participation, p.learning, offered(spec)
        )
    )


# What she is like


@story("participation.weight_spirit")
def test_public_spirit_brings_a_resident_out(spec):
    assert ready(spec, spirit=0.9) - ready(spec, spirit=0.4) == pytest.approx(1.5)
    assert ready_to_come(spec, spirit=0.9) > ready_to_come(spec, spirit=0.4) + 1


@story("participation.weight_efficacy", "volunteering.stake_of_call")
def test_who_believes_that_it_has_an_effect_answers_a_call(spec):
    hopeful, resigned = (ready(spec, efficacy=e, efficacy_day=100) for e in (0.9, 0.2))
    assert hopeful > resigned + 1


@story("participation.weight_asked")
def test_being_asked_weighs_more_than_reading_a_notice(spec):
    for occasion in (Occasion.ASKED, Occasion.ASKED_FROM_LIST):
        assert ready(spec, occasion) > ready(spec) + 1


@story("participation.weight_habit")
def test_a_habit_makes_the_next_act_easier(spec):
    assert ready(spec, habit=0.8, habit_day=100) > ready(spec) + 1.5


@story("participation.cost_per_hour")
def test_the_first_hour_costs_nothing_the_third_does(spec):
    one_hour, half_an_hour, three = (ready(spec.changed(volunteering={"minutes": m})) for m in (60, 30, 180))
    assert one_hour == half_an_hour
    assert three < one_hour - 0.5


# What others do


def example(spec, cooperation, n_active):
    """What so many active contacts add (logit)."""
    return by_hand(example_of_peers)(cooperation, n_active, spec.numbers().participation)


@story("participation.weight_peers", "participation.peers_conditional")
def test_a_conditional_cooperator_comes_if_others_come(spec):
    assert example(spec, Cooperation.CONDITIONAL, 6) - example(spec, Cooperation.CONDITIONAL, 0) > 1
    assert ready(spec, n_active=6, cooperation=Cooperation.CONDITIONAL) > ready(spec) + 1


@story("participation.peers_half")
def test_one_active_contact_moves_her_little_two_half_way(spec):
    spec = spec.changed(participation={"peers_half": 2.0})
    whole = spec.numbers().participation.weight_peers
    felt = [example(spec, Cooperation.CONDITIONAL, k) / whole for k in (1, 2, 20)]
    assert felt == pytest.approx([0.2, 0.5, 1.0], abs=0.01)


@story("participation.peers_unconditional")
def test_an_unconditional_cooperator_is_moved_less_by_others(spec):
    moved = example(spec, Cooperation.UNCONDITIONAL, 6) - example(spec, Cooperation.UNCONDITIONAL, 0)
    assert 0 < moved < example(spec, Cooperation.CONDITIONAL, 6) / 2


@story("participation.peers_free_rider")
def test_a_free_rider_might_be_moved_too(spec):
    assert example(spec, Cooperation.FREE_RIDER, 6) == example(spec, Cooperation.FREE_RIDER, 0)
    moved = spec.changed(participation={"peers_free_rider": 0.5})
    assert example(moved, Cooperation.FREE_RIDER, 6) > example(moved, Cooperation.FREE_RIDER, 0) + 0.5


@story("participation.free_rider_reserve")
def test_a_free_rider_holds_back(spec):
    assert ready(spec, cooperation=Cooperation.FREE_RIDER) < ready(spec, cooperation=Cooperation.CONDITIONAL) - 0.3


@story("participation.days_peers_seen")
def test_a_contact_is_seen_active_for_two_months(spec):
    p = spec.changed(participation={"days_peers_seen": 60}).numbers().participation
    residents = table(ResidentFields, 4, n_ties=[3, 0, 0, 0], last_act=[LONG_AGO, 41, 39, 100])
    ties = table(TieFields, 3, to=[1, 2, 3])
    assert by_hand(active_contacts)(residents[0], 100, residents, ties, p) == 1  # today's act is not yet known


# What it pays (the programme itself: test_incentives)


def worth(spec, *yuan_per_hour):
    """What so much pay adds (logit)."""
    p = spec.numbers().participation
    return [by_hand(worth_of_pay)(float(y), p) for y in yuan_per_hour]


@story("participation.pay_ceiling")
def test_no_pay_draws_more_than_so_much(spec):
    assert worth(spec, 1000)[0] == pytest.approx(3.0, rel=0.001)


@story("participation.pay_half", neutral=1e9)
def test_six_yuan_an_hour_have_half_the_pull_of_any_pay(spec):
    half, whole = worth(spec.changed(participation={"pay_half": 6.0}), 6, 10_000)
    assert half == pytest.approx(whole / 2, rel=0.001)


@story("participation.pay_steepness", neutral=1)
def test_pay_says_nothing_at_first_then_much_then_no_more(spec):
    rises = np.diff(worth(spec, 0, 2, 4, 6, 8, 20, 22))
    assert rises[1] > 1.5 * rises[0]
    assert rises[-1] < rises[0] / 2


def felt(spec, points):
    """What public spirit adds under a programme that pays so many points an hour, less what it adds without one."""
    p = spec.changed(incentives={"programme_on": True, "points_per_hour": points})
    reasons = [
        by_hand(reasons_to_volunteer)(
            one(ResidentFields, spirit=0.8), 0, Occasion.CALL, 0.2, 0, q.volunteering, q.participation, q.learning, q.habits,
            offered(s), 0.0,
        )
        for s, q in ((p, p.numbers()), (spec, spec.numbers()))
    ]  # fmt: skip
    return reasons[0].spirit - reasons[1].spirit


@story("participation.crowding")
def test_ten_fen_an_hour_spoil_a_duty(spec):
    assert felt(spec, 10) == pytest.approx(-3.0 * 0.8 * 0.15 * math.exp(-0.1))


@story("participation.crowding_fades", neutral=1e9)
def test_good_pay_spoils_nothing(spec):
    assert felt(spec, 10) < -0.1
    assert felt(spec, 500) == pytest.approx(0.0, abs=0.01)


# Being seen, being praised


@story("participation.weight_image")
def test_being_seen_to_act_is_a_reason(spec):
    board = spec.changed(recognition={"visibility": 1.0})
    half = spec.changed(recognition={"visibility": 0.5})
    assert ready(board) > ready(half) > ready(spec)
    assert ready_to_come(board) > ready_to_come(spec)


@story("participation.image_dilution")
def test_the_more_it_pays_the_less_it_says_of_oneself(spec):
    def gain(points):
        paid = spec.changed(incentives={"programme_on": True, "points_per_hour": points})
        return ready(paid.changed(recognition={"visibility": 1.0})) - ready(paid)

    assert gain(0) > gain(100) > gain(1000)


@story("participation.weight_praise")
def test_who_has_been_praised_comes_again(spec):
    assert ready(spec, praised_day=90) > ready(spec) + 0.4
    assert ready_to_come(spec, praised_day=90) > ready_to_come(spec) + 0.4


@story("participation.weight_praise_grid")
def test_praise_of_the_micro_grid_is_felt_by_who_lives_there(spec):
    assert ready(spec, grid_praised_day=90) == pytest.approx(ready(spec) + 0.2 * 2 ** (-10 / 150))


@story("participation.praise_half_life", neutral=1e9)
def test_praise_fades_within_about_a_year(spec):
    fresh, later = (ready(spec, day=day, praised_day=0) - ready(spec, day=day) for day in (1, 366))
    assert 0.1 < later / fresh < 0.3


def test_without_praise_the_term_is_absent():
    from linli.model.spec import Spec

    louder = Spec().changed(participation={"weight_praise": 3.0, "weight_praise_grid": 3.0, "praise_half_life": 10.0})
    assert ready(louder) == ready(Spec())


# Who gives time


def volunteers(spec, n=2000, **cells):
    """Which of so many residents answer a call: a share, and the residents."""
    p = spec.numbers()
    residents = table(ResidentFields, n, person=np.arange(n), **cells)
    invitations = table(InvitationFields, n, resident=np.arange(n), occasion=Occasion.CALL)
    by_hand(volunteer)(
        9, 5, range(n), invitations, residents, table(TieFields, 1), p.volunteering, p.participation, p.learning,
        p.habits, p.joining, offered(spec), table(BuildingFields, 1), p.party,
    )  # fmt: skip
    return column(invitations, "acted").mean(), residents


@story("volunteering.base")
def test_few_answer_a_call(spec):
    share, residents = volunteers(spec.changed(volunteering={"base": -4.0}))
    assert 0.005 < share < 0.05
    acted = column(residents, "acts") > 0
    assert (column(residents, "registered") == acted).all() and (column(residents, "on_list") == acted).all()
    assert (column(residents, "last_act")[acted] == 9).all()


@story("volunteering.sigma")
def test_some_are_far_more_inclined_than_others(spec):
    inclined, disinclined = (ready(spec, u_volunteer=u) for u in (normal(0.95), normal(0.05)))
    assert inclined > disinclined + 5


def after_an_act(spec, day=100, **cells):
    """A resident who has just given her time."""
    p, someone = spec.numbers(), one(ResidentFields, **cells)
    by_hand(give_time)(someone, day, p.volunteering, p.participation, p.habits, p.joining, offered(spec))
    return someone


@story("volunteering.minutes")
def test_an_act_gives_two_hours_to_the_micro_grid(spec):
    p, tally, places = spec.numbers(), table(TallyFields, 1), table(MicroGridFields, 1)
    assert after_an_act(spec).minutes == 120
    by_hand(record_deeds)(
        100, table(InvitationFields, 1, acted=True), table(ResidentFields, 1), places, table(DeedFields, 2),
        table(TownFields, 1, n_invitations=1), tally, p.volunteering, offered(spec),
    )  # fmt: skip
    assert places[0].volunteer_minutes == tally[0].volunteer_minutes == 120


# What stays of it


@story("habits.gain")
def test_each_act_makes_a_habit_stronger_and_never_more_than_whole(spec):
    first = after_an_act(spec)
    assert first.habit == pytest.approx(0.35)
    assert first.habit < after_an_act(spec, habit=first.habit, habit_day=100).habit < 1.0


@story("habits.habit_paid", neutral=1)
def test_what_pay_pulled_her_into_becomes_less_of_a_habit(spec):
    paid = spec.changed(incentives={"programme_on": True, "points_per_hour": 2000})
    assert after_an_act(paid).habit < 0.6 * after_an_act(spec).habit
    p = spec.numbers().habits
    assert by_hand(habit_after)(0.0, 0.0, p) > by_hand(habit_after)(0.0, 0.5, p) > by_hand(habit_after)(0.0, 1.0, p)


@story("habits.half_life", neutral=1e9)
def test_a_habit_not_kept_up_fades(spec):
    p = spec.changed(habits={"half_life": 120.0}).numbers().habits
    someone = one(ResidentFields, habit=0.8, habit_day=0)
    assert [by_hand(habit_now)(someone, day, p) for day in (0, 120, 240)] == pytest.approx([0.8, 0.4, 0.2])


@story("joining.days_listed", neutral=30_000)
def test_a_name_leaves_the_list_when_nothing_has_been_done_for_long(spec):
    someone = after_an_act(spec.changed(joining={"days_listed": 450}), day=100)
    known = []
    for day in (550, 551):
        by_hand(lapse)([0], day, {0: someone})
        known.append(bool(someone.on_list))
    assert known == [True, False]
    assert someone.registered


def town_of(n_households=500):
    """A micro-grid of households of two adults each."""
    n = 2 * n_households
    places = table(MicroGridFields, 1, n_households=n_households, n_residents=n)
    homes = table(HouseholdFields, n_households, first_resident=2 * np.arange(n_households), n_residents=2)
    residents = table(ResidentFields, n, person=np.arange(n) // 2 * 8 + np.arange(n) % 2, adult=True, information=0.4)
    return places[:1], homes, residents[:n]


@story("life_events.per_year")
def test_life_changes_about_once_in_eight_years(spec):
    p, (places, homes, residents) = spec.numbers(), town_of()
    n_changed = 0
    for month in range(12):
        n_changed += len(
            by_hand(whose_life_changes)(30 * month, 5, places, homes, residents, table(TallyFields, 1), p.life_events, p.party)
        )
    assert n_changed / len(residents) == pytest.approx(0.12, rel=0.25)
    someone = table(ResidentFields, 1, person=8, on_list=True, habit=0.7, u_volunteer=1.5)
    by_hand(change_life)(30, 5, [0], someone)
    assert (someone[0].on_list, someone[0].habit, someone[0].life_events) == (False, 0.0, 1)
    assert someone[0].u_volunteer != 1.5


# How often she is called on


def occasions(spec, n_days=365, listed=()):
    """How many calls, and asks, there are in so many days for a thousand adults, of whom some are on the list."""
    p, (places, homes, residents) = spec.numbers(), town_of()
    for row in listed:
        residents[row].on_list = True
    names = table(
        ListedFields, len(listed), resident=list(listed), person=[residents[row].person for row in listed],
        next_ask=LONG_AGO,
    )  # fmt: skip
    town, tally, found = table(TownFields, 1, n_listed=len(listed)), table(TallyFields, 1), table(InvitationFields, 64)
    n_from_list = 0
    for day in range(n_days):
        found = by_hand(call_and_ask)(
            day, 5, table(CaseFields, 1), table(IssueFields, 1), places, homes, residents, names, found,
            table(MemberFields, 1), np.empty(0, int), town, tally, p.calling, p.noticing, p.party, p.volunteering, p.grid,
            p.issues,
        )  # fmt: skip
        n_from_list += (found.array["occasion"][: town[0].n_invitations] == Occasion.ASKED_FROM_LIST).sum()
    return tally[0].n_calls_seen, tally[0].n_asks - n_from_list, n_from_list


@story("calling.calls_per_year")
def test_a_resident_sees_about_four_calls_a_year(spec):
    calls = spec.changed(calling={"asks_per_year": 0.0}, noticing={"mean_information": 0.4})
    assert occasions(calls, 91)[0] / 1000 == pytest.approx(1.0, rel=0.15)


@story("calling.asks_per_year")
def test_an_acquaintance_asks_about_every_third_resident_in_a_year(spec):
    assert occasions(spec.changed(calling={"calls_per_year": 0.0}), 365)[1] / 1000 == pytest.approx(0.3, rel=0.2)


@story("calling.asks_from_list_per_year")
def test_organisers_ask_whom_they_know_once_a_month(spec):
    quiet = spec.changed(calling={"calls_per_year": 0.0, "asks_per_year": 0.0})
    assert occasions(quiet, 360, listed=range(40))[2] / 40 == pytest.approx(12.0, rel=0.1)
