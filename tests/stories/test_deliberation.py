"""Who sits in a meeting, who speaks, how positions move, what is decided, and how it is taken."""

import numpy as np
import pytest
from linli.agents.resident import ResidentFields
from linli.agents.resident.attending import chance_to_hear, hours_expected_after, pull_of_seat, reasons_to_attend
from linli.agents.resident.consenting import acceptance, consent
from linli.agents.resident.learning import efficacy_after_refusal, efficacy_after_vote
from linli.agents.resident.voting import Ballot, readiness_to_vote
from linli.model.aftermath import take_lessons
from linli.model.deliberation import is_council_day, take_a_seat
from linli.model.failure import mediate
from linli.model.inviting import mean_position
from linli.model.issues import Kind
from linli.model.measures import TallyFields
from linli.model.noting import draw_doubt, note
from linli.model.regime import InviteeFields, MeetingFields, Rule
from linli.model.talk import listen
from stories.council import EVERYBODY, HERE, NO_OFFER, Quarter, assembly
from stories.register import story
from stories.setting import by_hand, column, one, table

UNDECIDED = [0.6] * 13 + [-0.8] * 7
"""65 % for the plan, and nobody listens."""


def regime(spec, **changes):
    """The same specification under another regime, with no doubt in the vote."""
    return spec.changed(deliberation={"doubt_sd": 0.0, **changes})


def spoken(spec, talk=1.0, n=20, sessions=20, **columns):
    """Minutes spoken in some meetings of so many neutral people: an array (meeting, person)."""
    spec = spec.changed(deliberation={"min_rounds": 1, "minutes_round": 60.0})  # listening often takes long to compute
    held = [assembly(spec, np.zeros(n), luck, talk=talk, **columns) for luck in range(sessions)]
    return np.array([column(people, "minutes") for _, people, _ in held])


# Who decides


@story("deliberation.rule")
def test_under_a_ballot_everybody_affected_gets_a_paper_and_nobody_has_to_come(spec):
    rows = Quarter(regime(spec, rule="ballot")).attend()
    assert len(rows) == HERE and rows["polled"].all() and not rows["comes"].any()


@story("deliberation.threshold", neutral=0.5)
def test_two_thirds_are_not_enough_where_four_fifths_are_needed(spec):
    assert not assembly(regime(spec, threshold=0.8), UNDECIDED)[0].adopted


@story("deliberation.quorum", neutral=0)
def test_four_people_put_a_matter_off(spec):
    quarter = Quarter(regime(spec, quorum=5))
    assert quarter.deliberate(comes=np.arange(HERE) < 4).deferred and quarter.issues[0].n_deferrals == 1


@story("deliberation.deferrals", neutral=99)
def test_after_three_meetings_that_could_not_decide_the_cadre_does(spec):
    assert Quarter(regime(spec, deferrals=3), n_deferrals=3).convene()[0].rule == Rule.CADRE


@story("deliberation.period", neutral=1)
def test_a_council_meets_one_day_in_fourteen(spec):
    p = regime(spec, period=14).numbers().deliberation
    assert sum(by_hand(is_council_day)(day, 0, p) for day in range(28)) == 2


@story("deliberation.items", neutral=99)
def test_a_meeting_takes_two_matters(spec):
    assert len(Quarter(regime(spec, items=2), n_issues=5).convene()) == 2


@story("deliberation.cadre_minutes")
def test_a_decision_of_the_cadre_takes_half_an_hour(spec):
    quarter = Quarter(regime(spec, rule="cadre", cadre_minutes=30))
    quarter.deliberate()
    assert quarter.tally[0].staff_minutes_meetings == 30


@story("deliberation.cadre_fairness", neutral=1)
def test_nobody_calls_a_decision_of_the_cadre_fair(spec):
    assert Quarter(regime(spec, rule="cadre", cadre_fairness=0.25)).deliberate().fairness == 0.25


@story("deliberation.staff_minutes_meeting")
def test_a_meeting_has_to_be_prepared(spec):
    _, _, tally = assembly(regime(spec, staff_minutes_meeting=60), UNDECIDED)
    assert tally.staff_minutes_meetings == 30 + 60


@story("deliberation.binding", neutral=True)
@story("deliberation.advice_followed", neutral=1)
def test_a_vote_that_does_not_bind_may_be_ignored(spec):
    quarter = Quarter(regime(spec, binding=False, advice_followed=0.0))
    meeting = quarter.deliberate(comes=True, position=-0.8)
    assert meeting.overridden and meeting.adopted and meeting.outcome == quarter.p.deliberation.plan
    assert quarter.tally[0].n_overridden == 1


def test_who_was_overruled_has_not_taken_part(spec):
    quarter = Quarter(regime(spec, binding=False, advice_followed=0.0))
    meeting = quarter.deliberate(comes=True, position=-0.9, first_position=-0.9)
    absent, present = (
        by_hand(consent)(-0.9, meeting.outcome, meeting.fairness, part, quarter.p.consenting) for part in (False, True)
    )
    assert meeting.overridden and absent < present
    assert meeting.consent < by_hand(consent)(-0.8, meeting.outcome, meeting.fairness, True, quarter.p.consenting)


@story("deliberation.rules_origin")
@story("consenting.weight_own_rules")
def test_people_accept_more_under_rules_of_their_own(spec):
    imposed = Quarter(spec.changed(deliberation={"rules_origin": "imposed"})).deliberate(comes=True)
    own = Quarter(
        spec.changed(deliberation={"rules_origin": "self_made"}, consenting={"weight_own_rules": 0.5})
    ).deliberate(comes=True)
    assert own.consent > imposed.consent + 0.05


# Who sits in a meeting


def members(spec, **changes):
    """Whether each resident holds a seat, after the election."""
    quarter = Quarter(regime(spec, attendance="council", **changes))
    quarter.invite()
    return column(quarter.residents, "council_until") > 0, quarter


@story("deliberation.attendance")
def test_only_the_council_is_called_affected_or_not(spec):
    seats, quarter = members(spec)
    rows = quarter.invitees.array[: quarter.town[0].n_invitees]
    assert sorted(rows["resident"][rows["heard"]]) == list(np.flatnonzero(seats))
    assert quarter.meetings[0].n_affected == HERE < len(rows)


@story("deliberation.council_seats", neutral=200)
def test_a_council_has_its_seats_and_keeps_them_for_a_year(spec):
    seats, quarter = members(spec, council_seats=21)
    assert seats.sum() == 21 and set(column(quarter.residents, "council_until")[seats]) == {365}


@story("deliberation.council_weight_party", neutral=1)
@story("deliberation.council_weight_women", neutral=1)
@story("deliberation.council_weight_tenants", neutral=1)
@story("deliberation.council_weight_old", neutral=1)
def test_whom_the_weights_favour_sits_in_the_council(spec):
    where = np.arange(EVERYBODY)
    groups = {"party": where % 3 == 0, "women": where % 2 == 0, "tenants": where % 5 == 0, "old": where % 4 == 0}
    for name, favoured in groups.items():
        seats, _ = members(spec, council_seats=20, **{f"council_weight_{name}": 50.0})
        assert seats[favoured].sum() >= 17


@story("deliberation.attendance")
@story("deliberation.random_seats", neutral=300)
def test_so_many_are_chosen_by_lot_among_those_affected(spec):
    rows = Quarter(regime(spec, attendance="random", random_seats=25)).invite()
    assert rows["heard"].sum() == 25 and len(rows) == HERE


@story("deliberation.sample", neutral=100_000)
def test_a_matter_of_the_whole_grid_is_put_to_a_sample(spec):
    rows = Quarter(regime(spec, sample=30), Kind.MARKET).invite()
    assert 15 < len(rows) < 50


@story("attending.council_duty")
def test_a_seat_obliges(spec):
    came = Quarter(spec.changed(deliberation={"attendance": "council"}, attending={"council_duty": 6.0})).attend()
    assert came["comes"].sum() > 15


@story("attending.selected_duty")
def test_whom_the_lot_has_picked_feels_called(spec):
    came = Quarter(spec.changed(deliberation={"attendance": "random"}, attending={"selected_duty": 6.0})).attend()
    assert came["comes"].sum() > 18


@story("attending.share_hearing")
def test_half_of_those_affected_hear_of_a_meeting(spec):
    p = spec.changed(attending={"share_hearing": 0.5}).numbers()
    assert by_hand(chance_to_hear)(0.6, 0.6, p.attending) == 0.5
    assert by_hand(chance_to_hear)(0.3, 0.6, p.attending) == 0.25


def reasons(spec, **resident):
    """The terms of one person's readiness to attend."""
    p = spec.numbers()
    who = one(ResidentFields, **resident)
    return by_hand(reasons_to_attend)(who, 0, 0.5, 0, p.attending, p.participation, p.learning, NO_OFFER)


@story("attending.base")
def test_most_would_rather_stay_at_home(spec):
    assert reasons(spec.changed(attending={"base": -1.7})).base < -1


@story("attending.sigma")
def test_some_like_meetings(spec):
    assert reasons(spec.changed(attending={"sigma": 1.5}), u_attend=2.0).personal == 3.0


@story("attending.hours_expected", neutral=1)
def test_a_long_meeting_deters(spec):
    changed = spec.changed(attending={"hours_expected": 3.0}, participation={"cost_per_hour": 0.3})
    assert reasons(changed).cost == pytest.approx(0.6)
    assert (Quarter(changed).invite()["hours"] == 3.0).all()


@story("attending.expectation_step")
def test_people_learn_how_long_meetings_last_and_long_ones_deter(spec):
    p = spec.changed(attending={"expectation_step": 0.5, "hours_expected": 1.0}).numbers()
    hours = by_hand(hours_expected_after)(1.0, 3.0, p.attending)
    seat = one(InviteeFields, hours=hours)
    assert hours == 2.0 and by_hand(pull_of_seat)(seat, p.attending, p.participation) < -0.2


@story("attending.expectation_step")
def test_the_council_s_own_meetings_are_what_is_remembered(spec):
    quarter = Quarter(spec.changed(attending={"expectation_step": 0.5}, deliberation={"min_rounds": 6}))
    quarter.deliberate(comes=True)
    lessons(quarter)
    assert quarter.ground.general_grids[0].hours_expected == pytest.approx(1.25)


def lessons(quarter):
    """What is learnt from today's meetings."""
    p = quarter.p
    by_hand(take_lessons)(
        0, quarter.meetings, quarter.invitees, quarter.residents, quarter.ground.general_grids, quarter.town,
        p.deliberation, p.attending, p.learning,
    )  # fmt: skip


# The chair and the floor


@story("deliberation.chair_weight")
def test_an_elected_chair_takes_four_times_the_mean(spec):
    minutes = spoken(spec.changed(deliberation={"chair_weight": 3.0}))
    assert minutes[:, 0].mean() > 2.5 * minutes.mean()


@story("deliberation.neutral_chair")
def test_a_neutral_chair_takes_no_more_than_others(spec):
    minutes = spoken(spec.changed(deliberation={"neutral_chair": True}), sessions=40)
    assert minutes[:, 0].mean() < 2.0 * minutes.mean()


@story("deliberation.convener")
def test_a_party_secretary_in_the_chair_pulls_positions_to_the_plan(spec):
    open_minded = {"openness": 0.9, "talk": 1.0}
    of_residents = assembly(regime(spec), np.full(12, -0.6), **open_minded)[1]
    of_the_party = assembly(regime(spec, convener="party_secretary"), np.full(12, -0.6), **open_minded)[1]
    assert column(of_residents, "position").mean() == pytest.approx(-0.6)
    assert column(of_the_party, "position").mean() > -0.58


def share_of_chair(spec, **changes):
    """Mean share of the talk taken by the chair, relative to a resident's."""
    changed = regime(spec, min_rounds=1, minutes_round=60.0, **changes)
    return 12 * np.mean([assembly(changed, np.zeros(12), luck)[0].chair_share for luck in range(30)])


@story("deliberation.chair_social_worker", neutral=1)
def test_a_social_worker_in_the_chair_says_little_and_nothing_for_the_plan(spec):
    changes = {"convener": "social_worker", "chair_social_worker": 0.3}
    assert share_of_chair(spec, **changes) < 0.6 * share_of_chair(spec, convener="party_secretary")
    people = assembly(regime(spec, **changes), np.full(12, -0.6), openness=0.9)[1]
    assert column(people, "position").mean() == pytest.approx(-0.6)


@story("deliberation.chair_rotating", neutral=1)
def test_a_chair_that_rotates_takes_less_than_one_that_stays(spec):
    staying = share_of_chair(spec, convener="elected_resident")
    assert share_of_chair(spec, convener="rotating", chair_rotating=0.3) < 0.65 * staying


@story("deliberation.raise_hands")
@story("deliberation.hands_exponent", neutral=1)
def test_with_hands_raised_the_loudest_no_longer_speak_most(spec):
    talk = np.where(np.arange(12) == 5, 100.0, 1.0)
    changes = {"raise_hands": True, "hands_exponent": 0.0, "neutral_chair": True}
    minutes = spoken(spec.changed(deliberation=changes), talk=talk, n=12)
    assert minutes[:, 5].mean() < 1.5 * minutes.mean()


@story("deliberation.turn_limits")
@story("deliberation.turns_limit", neutral=99)
def test_under_a_limit_of_turns_nobody_speaks_twice_in_a_round(spec):
    changes = {"turn_limits": True, "turns_limit": 1, "min_rounds": 2}
    for luck in range(10):
        meeting, people, _ = assembly(regime(spec, **changes), np.zeros(4), luck)
        assert column(people, "turns").max() <= 2
        assert meeting.minutes == pytest.approx(column(people, "minutes").sum()) and meeting.minutes < 30


@story("deliberation.turn_limits")
@story("deliberation.minutes_limit", neutral=1e9)
def test_under_a_limit_of_time_turns_are_short(spec):
    changes = {"turn_limits": True, "minutes_limit": 1.0, "turns_limit": 1, "min_rounds": 1}
    people = assembly(regime(spec, **changes), np.zeros(8))[1]
    assert column(people, "minutes").max() <= 1.0


@story("deliberation.respect", neutral=True)
@story("deliberation.interruptions")
def test_where_nobody_minds_manners_turns_are_cut_short(spec):
    changes = {"min_rounds": 4, "interruptions": 0.9}
    polite, rude = (
        sum(column(assembly(regime(spec, respect=r, **changes), np.zeros(12), k)[1], "turns").sum() for k in range(5))
        for r in (True, False)
    )
    assert rude > 1.3 * polite


@story("deliberation.interruption_gap")
def test_women_are_interrupted_more(spec):
    changes = {"respect": False, "interruptions": 0.4, "interruption_gap": 1.4, "neutral_chair": True}
    women = np.arange(20) % 2 == 0
    minutes = spoken(spec.changed(deliberation=changes), sessions=40, female=women)
    assert minutes[:, women].mean() < 0.75 * minutes[:, ~women].mean()


@story("deliberation.voice_gap")
def test_few_women_are_heard_only_where_every_vote_is_needed(spec):
    women = np.arange(20) >= 16
    share = {}
    for threshold in (0.5, 0.8):
        changes = {"voice_gap": 1.5, "threshold": threshold, "neutral_chair": True}
        minutes = spoken(spec.changed(deliberation={"max_rounds": 2, **changes}), sessions=40, female=women)
        share[threshold] = minutes[:, women].mean() / minutes.mean()
    assert share[0.5] < 0.5 < 0.6 < share[0.8]


@story("deliberation.talk_sd")
def test_some_people_talk_more_readily(spec):
    assert np.std(np.log(seated(spec.changed(deliberation={"talk_sd": 1.0}), 0.0)["talk"])) > 0.7


@story("deliberation.talk_by_position")
def test_the_extreme_talk_more(spec):
    p = spec.changed(deliberation={"talk_by_position": 0.6})
    assert np.allclose(seated(p, 1.0)["talk"] / seated(p, 0.0)["talk"], np.exp(0.6))


@story("deliberation.openness")
def test_people_listen(spec):
    assert seated(spec.changed(deliberation={"openness": 0.55}), 0.0)["openness"].mean() > 0.45


@story("deliberation.openness_sd")
def test_some_listen_more_than_others(spec):
    assert np.std(seated(spec.changed(deliberation={"openness_sd": 0.15}), 0.0)["openness"]) > 0.1


def seated(spec, position, n=200):
    """So many people with that position who take a seat."""
    people = table(InviteeFields, n, position=position)
    for k in range(n):
        by_hand(take_a_seat)(1, people[k], k, spec.numbers().deliberation)
    return people.array[:n]


@story("deliberation.doubt_sd")
def test_there_is_doubt_in_a_vote(spec):
    p, papers = spec.changed(deliberation={"doubt_sd": 0.15}).numbers().deliberation, table(InviteeFields, 200)
    for k in range(200):
        by_hand(draw_doubt)(1, papers[k], k, p)
    assert 0.1 < np.std(column(papers, "doubt")) < 0.2


@story("deliberation.minutes_turn", neutral=1.5)
def test_of_long_turns_there_are_few(spec):
    people = assembly(regime(spec, minutes_turn=10.0), np.zeros(12))[1]
    assert column(people, "turns").sum() < 9


@story("deliberation.turn_sd")
def test_some_turns_are_long_and_some_short(spec):
    people = assembly(regime(spec, turn_sd=0.6, minutes_round=60.0), np.zeros(60))[1]
    once = column(people, "minutes")[column(people, "turns") == 1]
    assert np.std(np.log(once[1:])) > 0.3


# How positions move


def moved(spec, positions, minutes=15.0, openness=0.8):
    """Positions after everybody has spoken for five minutes."""
    where = {"position": positions, "first_position": positions}
    people = table(InviteeFields, len(positions), minutes=5.0, openness=openness, **where)
    by_hand(listen)(np.arange(len(positions)), people, minutes, 0.0, 0.3, spec.numbers().deliberation)
    return column(people, "position")


@story("deliberation.minutes_to_move", neutral=5)
def test_people_do_not_change_their_mind_at_once(spec):
    assert moved(spec.changed(deliberation={"minutes_to_move": 240.0}), [-0.2, 0.4])[0] < -0.15


@story("deliberation.closeness", neutral=1e9)
def test_the_word_of_somebody_too_far_away_does_not_count(spec):
    assert moved(spec.changed(deliberation={"closeness": 0.2}), [-0.9, 0.9])[0] == pytest.approx(-0.9)


@story("deliberation.repulsion")
@story("deliberation.repulsion_distance", neutral=1e9)
def test_the_words_of_those_far_apart_may_push_away(spec):
    changes = {"repulsion": 1.0, "repulsion_distance": 0.8, "closeness": 0.1}
    after = moved(spec.changed(deliberation=changes), [-0.5, 0.5])
    assert after[0] < -0.55 and after[1] > 0.55 and np.abs(after).max() <= 1


@story("deliberation.minutes_round", neutral=15)
def test_two_rounds_of_twenty_minutes(spec):
    assert assembly(regime(spec, minutes_round=20.0, min_rounds=2), np.zeros(8))[0].minutes == 40


@story("deliberation.min_rounds", neutral=1)
def test_nobody_votes_before_three_rounds(spec):
    assert assembly(regime(spec, min_rounds=3), np.zeros(8))[0].rounds == 3


@story("deliberation.full_discussion")
@story("deliberation.rounds_full", neutral=1)
def test_a_full_discussion_takes_five(spec):
    assert assembly(regime(spec, full_discussion=True, rounds_full=5), np.zeros(8))[0].rounds == 5


@story("deliberation.one_matter", neutral=True)
@story("deliberation.share_straying")
def test_talk_that_strays_takes_time_and_changes_nothing(spec):
    kept, strayed = (
        assembly(regime(spec, one_matter=one_matter, share_straying=0.25), UNDECIDED, openness=0.5)
        for one_matter in (True, False)
    )
    assert strayed[0].minutes == pytest.approx(40) and kept[0].minutes == 30
    assert (column(strayed[1], "position") == column(kept[1], "position")).all()
    assert (column(strayed[1], "minutes") == column(kept[1], "minutes")).all()


# Plans


@story("deliberation.plan", neutral=0.9)
def test_a_moderate_plan_wins_the_moderate(spec):
    assert assembly(regime(spec, plan=0.3), np.zeros(9))[0].adopted


@story("deliberation.status_quo", neutral=-1)
def test_who_can_live_with_things_as_they_are_votes_no(spec):
    assert not assembly(regime(spec, status_quo=-0.5), np.full(9, -0.3))[0].adopted


def positions(spec, n_issues, n=40):
    """Positions of so many people on so many issues."""
    p, row = spec.numbers().deliberation, one(InviteeFields)
    found = np.empty((n_issues, n))
    for issue in range(n_issues):
        mean = by_hand(mean_position)(1, 100 + issue, table(TallyFields, 1), p)
        for who in range(n):
            by_hand(note)(1, row, 0, who, who, 100 + issue, mean, 1.0, p)
            found[issue, who] = row.position
    return found


@story("deliberation.position_mean")
def test_residents_lean_to_the_plan(spec):
    assert positions(spec.changed(deliberation={"position_mean": 0.4}), 20).mean() > 0.2


@story("deliberation.position_mean_sd")
def test_some_matters_are_popular_and_some_are_not(spec):
    assert np.std(positions(spec.changed(deliberation={"position_mean_sd": 0.4}), 20).mean(axis=1)) > 0.2


@story("deliberation.position_sd")
def test_residents_disagree(spec):
    assert np.std(positions(spec.changed(deliberation={"position_sd": 0.5}), 1)) > 0.3


@story("deliberation.max_rounds", neutral=20)
def test_an_undecided_plan_is_dropped_in_the_end(spec):
    meeting, _, tally = assembly(regime(spec, threshold=0.8, max_rounds=5), UNDECIDED)
    assert meeting.rounds == 5 and not meeting.adopted and meeting.outcome == -0.5
    assert tally.n_decisions == 4 * len(UNDECIDED)


@story("deliberation.amend_step")
def test_an_undecided_plan_is_amended_until_enough_can_vote_for_it(spec):
    people = [0.6] * 13 + [-0.2] * 7
    fixed = assembly(regime(spec, threshold=0.8), people)[0]
    amended = assembly(regime(spec, threshold=0.8, amend_step=0.3), people)[0]
    assert not fixed.adopted and amended.adopted and -0.2 < amended.outcome < 0.3


@story("deliberation.max_amendments", neutral=99)
def test_a_plan_is_amended_so_many_times(spec):
    changes = {"threshold": 0.8, "amend_step": 0.05, "max_amendments": 1}
    meeting, _, tally = assembly(regime(spec, **changes), UNDECIDED)
    assert meeting.n_amendments == 1 and tally.n_amendments == 1


@story("deliberation.minority_amendment")
@story("deliberation.minority_step")
def test_amendment_changes_the_plan_and_brings_it_nearer_to_the_losers(spec):
    decided = []
    for amendment in (False, True):
        changed = regime(spec, minority_amendment=amendment, minority_step=0.25)
        quarter = Quarter(changed)
        first = np.where(np.arange(HERE) % 3 == 0, -0.8, 0.6)
        decided.append(quarter.deliberate(comes=True, position=first, first_position=first))
    plain, amended = decided
    assert plain.adopted and amended.adopted and amended.outcome < plain.outcome - 0.1
    assert amended.distance_losers < plain.distance_losers - 0.1
    assert amended.consent_losers > plain.consent_losers + 0.02


@story("deliberation.minority_share", neutral=0)
def test_two_of_twenty_are_no_sizeable_minority(spec):
    changes = {"minority_amendment": True, "minority_share": 0.15}
    assert assembly(regime(spec, **changes), [0.6] * 18 + [-0.8] * 2)[0].n_accommodations == 0


@story("deliberation.minority_loss")
def test_a_minority_that_loses_little_is_not_accommodated(spec):
    changes = {"minority_amendment": True, "minority_loss": 0.8, "minority_share": 0.05}
    assert assembly(regime(spec, **changes), [0.6] * 14 + [-0.2] * 6)[0].n_accommodations == 0


@story("deliberation.max_accommodations", neutral=99)
def test_a_minority_is_accommodated_so_many_times(spec):
    changes = {"minority_amendment": True, "max_accommodations": 1}
    meeting = assembly(regime(spec, **changes), UNDECIDED)[0]
    assert meeting.n_accommodations == 1 and meeting.rounds == 3


@story("deliberation.minority_voice")
def test_before_the_vote_every_opponent_is_heard_and_it_takes_time(spec):
    people = [0.6] * 40 + [-0.8] * 20
    silent = assembly(regime(spec), people)
    heard = assembly(regime(spec, minority_voice=True), people)
    assert heard[0].losers_spoke == 1.0 > silent[0].losers_spoke
    assert heard[0].minutes > silent[0].minutes and heard[2].staff_minutes_meetings > silent[2].staff_minutes_meetings
    assert (column(heard[1], "position") == column(silent[1], "position")).all()


@story("deliberation.yuan_amendment")
def test_moving_a_plan_costs_money_if_it_is_adopted(spec):
    changes = {"minority_amendment": True, "yuan_amendment": 1000.0}
    first = np.where(np.arange(HERE) % 3 == 0, -0.8, 0.6)
    quarter = Quarter(regime(spec, **changes))
    meeting = quarter.deliberate(comes=True, position=first, first_position=first, openness=0.0)
    fen = pytest.approx(100 * 1000 * abs(meeting.outcome - 0.3), abs=2)
    assert meeting.fen_amendments == fen and quarter.tally[0].fen_plans == quarter.issues[0].fen_extra == fen
    lost = Quarter(regime(spec, threshold=0.95, amend_step=0.3, **changes))
    assert lost.deliberate(comes=True, position=first, first_position=first).fen_amendments == 0


@story("deliberation.extra")
@story("deliberation.yuan_extra")
def test_room_for_everybody_wins_votes_and_consent_and_costs_money(spec):
    people = np.full(HERE, -0.2)
    quarters = [Quarter(regime(spec, extra=extra, yuan_extra=20_000.0)) for extra in (0.0, 0.3)]
    narrow, wide = (quarter.deliberate(comes=True, position=people, first_position=people) for quarter in quarters)
    assert not narrow.adopted and wide.adopted and wide.extra == 0.3
    assert quarters[1].tally[0].fen_plans == 600_000
    p = quarters[1].p.consenting
    assert by_hand(acceptance)(0.6 - wide.extra, 0.5, True, False, p) > by_hand(acceptance)(0.6, 0.5, True, False, p)


# Fairness and consent


def test_fairness_knows_nothing_of_amendments_rounds_or_switches():
    import inspect

    from linli.model.fairness import judge_fairness

    text = inspect.getsource(getattr(judge_fairness, "py_func", judge_fairness)).split('"""')[2]
    assert not any(word in text for word in ("n_amend", "n_accomm", "rounds", "respect", "hands", "limits", "voice"))


@story("consenting.base")
def test_people_accept_what_they_wanted(spec):
    p = spec.changed(consenting={"base": 0.6}).numbers().consenting
    assert by_hand(consent)(0.3, 0.3, 0.5, False, p) > 0.6


@story("consenting.weight_distance")
def test_people_accept_less_of_what_is_far_from_them(spec):
    p = spec.changed(consenting={"weight_distance": 1.6}).numbers().consenting
    assert by_hand(consent)(-0.7, 0.3, 0.5, False, p) < by_hand(consent)(0.3, 0.3, 0.5, False, p) - 0.2


@story("consenting.weight_fairness")
def test_people_accept_more_of_what_was_decided_fairly(spec):
    p = spec.changed(consenting={"weight_fairness": 0.8}).numbers().consenting
    assert by_hand(consent)(-0.7, 0.3, 0.9, False, p) > by_hand(consent)(-0.7, 0.3, 0.3, False, p) + 0.05


@story("consenting.weight_taking_part")
def test_people_accept_more_of_what_they_decided_themselves(spec):
    p = spec.changed(consenting={"weight_taking_part": 0.3}).numbers().consenting
    assert by_hand(consent)(-0.7, 0.3, 0.5, True, p) > by_hand(consent)(-0.7, 0.3, 0.5, False, p) + 0.03


@story("learning.step_vote")
def test_a_fair_vote_encourages_winners_and_an_unfair_one_discourages_losers(spec):
    p = spec.changed(learning={"step_vote": 0.3}).numbers().learning
    after = by_hand(efficacy_after_vote)
    assert after(0.5, True, 1.0, p) == pytest.approx(0.65)
    assert after(0.5, False, 0.0, p) == pytest.approx(0.35) and after(0.5, False, 1.0, p) == 0.5


@story("learning.step_vote")
def test_those_who_came_learn_from_the_vote(spec):
    quarter = Quarter(spec.changed(learning={"step_vote": 0.3}))
    first = np.where(np.arange(HERE) % 3 == 0, -0.8, 0.6)
    came = np.arange(HERE) < 40
    quarter.deliberate(comes=came, position=first, first_position=first)
    lessons(quarter)
    efficacy = column(quarter.residents, "efficacy", HERE)
    assert (efficacy[came & (first > 0)] > 0.5).all() and (efficacy[came & (first < 0)] < 0.5).all()
    assert (efficacy[~came] == 0.5).all()


# Failure


@story("deliberation.escalation")
@story("deliberation.mediation_minutes")
def test_a_plan_that_failed_once_goes_to_mediation(spec):
    quarter = Quarter(regime(spec, escalation=True, mediation_minutes=120), n_failures=1)
    meeting = quarter.deliberate(comes=True)
    assert meeting.mediated and quarter.tally[0].n_mediated == 1
    assert quarter.tally[0].staff_minutes_meetings == 30 + 60 + 120


@story("deliberation.mediation_pull")
def test_mediation_brings_the_parties_nearer(spec):
    people, meeting = table(InviteeFields, 2, position=[-0.8, 0.4]), one(MeetingFields)
    p = spec.changed(deliberation={"mediation_pull": 0.25}).numbers().deliberation
    by_hand(mediate)(meeting, np.arange(2), people, table(TallyFields, 1), p)
    assert column(people, "position") == pytest.approx([-0.65, 0.25])


@story("deliberation.escalation")
def test_a_plan_that_failed_twice_is_heard_and_the_cadre_decides(spec):
    quarter = Quarter(regime(spec, escalation=True, advice_followed=0.0), n_failures=2)
    assert quarter.deliberate(comes=True, position=-0.8).overridden


@story("deliberation.escalation")
@story("deliberation.enforcement_fairness", neutral=0.25)
def test_a_plan_that_failed_three_times_is_enforced(spec):
    quarter = Quarter(regime(spec, escalation=True, enforcement_fairness=0.1), n_failures=3)
    meeting = quarter.deliberate()
    assert meeting.rule == Rule.CADRE and meeting.adopted and meeting.fairness == 0.1
    assert quarter.tally[0].n_enforced == 1


def test_a_dropped_plan_is_a_failure(spec):
    quarter = Quarter(spec)
    assert not quarter.deliberate(comes=True, position=-0.8).adopted and quarter.issues[0].n_failures == 1


# The agenda filter


@story("agenda.filter_on")
@story("kinds.admissible", neutral=True)
@story("learning.step_refused")
def test_a_matter_that_is_not_admitted_is_for_the_cadre_and_who_reported_it_loses_heart(spec):
    changed = spec.changed(
        agenda={"filter_on": True}, kinds={"parking": {"admissible": False}}, learning={"step_refused": 0.2}
    )
    quarter = Quarter(changed, day=1)
    meeting = quarter.deliberate()
    assert meeting.rule == Rule.CADRE and quarter.tally[0].n_refused_agenda == 1
    assert quarter.residents[3].efficacy == by_hand(efficacy_after_refusal)(0.5, quarter.p.learning) < 0.5


# Ballots


def poll(spec, ballots):
    """A ballot of all affected with this outcome: the meeting and the quarter."""
    quarter = Quarter(regime(spec, rule="ballot"))
    return quarter.deliberate(ballot=ballots), quarter


def papers(n_yes, n_no):
    """So many of each on the first papers."""
    return np.array([Ballot.YES] * n_yes + [Ballot.NO] * n_no + [Ballot.ABSENT] * (HERE - n_yes - n_no))


@story("kinds.owners_matter")
def test_owners_decide_only_what_is_theirs(spec):
    owners = regime(spec, rule="owners").changed(kinds={"parking": {"owners_matter": True}})
    assert Quarter(owners, Kind.PARKING).convene()[0].rule == Rule.OWNERS
    assert Quarter(regime(spec, rule="owners"), Kind.NOISE).convene()[0].rule == Rule.MAJORITY


@story("deliberation.rule")
def test_every_dwelling_has_one_vote_and_tenants_none(spec):
    rows = Quarter(regime(spec, rule="owners")).invite()
    papers_given = rows[rows["polled"]]
    assert len(papers_given) == HERE and papers_given["area"].sum() == 80 * HERE
    assert (papers_given["resident"] == -1).sum() == HERE // 5
    assert not rows["polled"][rows["resident"] % 5 == 0].any()


@story("deliberation.owners_quorum")
def test_owners_who_stay_away_defeat_a_plan(spec):
    meeting = owners_say(spec, 39, 0, owners_quorum=0.667)
    assert not meeting.rule_met and not meeting.adopted
    assert owners_say(spec, 41, 0, owners_quorum=0.667).adopted


def owners_say(spec, n_yes, n_no, kind=Kind.PARKING, **changes):
    """A vote of owners in which so many dwellings are for it and so many against."""
    polled = np.flatnonzero(Quarter(regime(spec, rule="owners"), kind).invite()["polled"])
    ballots = np.zeros(HERE + HERE // 5, int)
    ballots[polled[:n_yes]] = Ballot.YES
    ballots[polled[n_yes : n_yes + n_no]] = Ballot.NO
    return Quarter(regime(spec, rule="owners", **changes), kind).deliberate(ballot=ballots)


@story("deliberation.owners_threshold")
def test_owners_need_more_than_half(spec):
    assert not owners_say(spec, 25, 30, owners_threshold=0.5).adopted
    assert owners_say(spec, 31, 29, owners_threshold=0.5).adopted


@story("deliberation.owners_threshold_special", neutral=0.5)
@story("kinds.special_matter")
def test_special_matters_need_three_quarters_of_the_owners(spec):
    changed = spec.changed(kinds={"leisure": {"owners_matter": True, "special_matter": True}})
    assert not owners_say(changed, 40, 20, Kind.LEISURE, owners_threshold_special=0.75).adopted
    assert owners_say(changed, 50, 10, Kind.LEISURE, owners_threshold_special=0.75).adopted


def turnout(spec, kind=Kind.PARKING, offer=NO_OFFER, **residents):
    """The papers after everybody has decided."""
    quarter = Quarter(spec, kind)
    quarter.offer = offer
    for name, value in residents.items():
        column(quarter.residents, name)[:] = value
    return quarter.attend()


@story("voting.base")
def test_seven_in_ten_do_not_vote(spec):
    rows = turnout(spec.changed(deliberation={"rule": "ballot"}, voting={"base": -0.85}))
    assert 0.1 < np.mean(rows["ballot"] != Ballot.ABSENT) < 0.45


@story("voting.sigma")
def test_some_always_vote(spec):
    changed = spec.changed(deliberation={"rule": "ballot"}, voting={"base": -0.85, "sigma": 1.5})
    assert np.mean(turnout(changed, u_attend=2.0)["ballot"] != Ballot.ABSENT) > 0.8


@story("voting.weight_image")
def test_more_people_vote_where_neighbours_see_it(spec):
    p = spec.changed(voting={"weight_image": 0.37}).numbers()
    seen, unseen = (
        by_hand(readiness_to_vote)(
            one(ResidentFields), 0, 0.5, p.voting, p.participation, p.learning, NO_OFFER._replace(visibility=v)
        )
        for v in (1.0, 0.0)
    )
    assert seen == pytest.approx(unseen + 0.37)


@story("voting.share_refusing")
def test_opponents_of_a_plan_refuse_to_vote_where_that_can_stop_it(spec):
    changed = spec.changed(voting={"share_refusing": 1.0, "base": 3.0}, deliberation={"position_mean": -0.9})
    owners = turnout(changed.changed(deliberation={"rule": "owners"}))
    residents = turnout(changed.changed(deliberation={"rule": "ballot"}))
    assert (owners["ballot"] == Ballot.REFUSED).sum() > 30 and not (residents["ballot"] == Ballot.REFUSED).any()


@story("voting.turnout_absentee")
def test_owners_who_live_elsewhere_seldom_vote(spec):
    rows = turnout(spec.changed(deliberation={"rule": "owners"}, voting={"turnout_absentee": 0.9}))
    assert (rows["ballot"][rows["resident"] == -1] != Ballot.ABSENT).sum() >= 8


def test_a_ballot_is_decided_by_those_who_vote_if_they_are_enough(spec):
    meeting, quarter = poll(spec, papers(12, 8))
    assert meeting.adopted and quarter.tally[0].n_ballots == 20
    assert quarter.tally[0].resident_minutes_meetings == 100
    assert poll(spec, papers(2, 1))[0].deferred


def test_a_residents_meeting_is_valid_only_if_most_households_are_there(spec):
    for n, valid in ((HERE // 2, False), (HERE // 2 + 1, True)):
        quarter = Quarter(regime(spec, rule="residents_meeting"))
        assert quarter.deliberate(comes=np.arange(HERE) < n).rule_met == valid
        assert quarter.tally[0].n_quorum_failed == (not valid)
