"""A meeting as a story: who speaks, how positions move, what is decided, who can live with it."""

import math

import numpy as np
import pytest
from linli.agents.core.compiled import compiled
from linli.agents.core.field import table_of
from linli.agents.core.table import wrapped
from linli.agents.resident.consenting import Consenting, consent, votes_yes
from linli.model import deliberation as council
from linli.model import talk as talking
from linli.model.floor import talk_a_round
from linli.model.measures import TallyFields
from linli.model.regime import Deliberation, InviteeFields, MeetingFields, Rule

P = Deliberation().numbers()
FAR = P._replace(closeness=1e9)
"""A council in which distance of opinion does not matter."""


def room(positions, minutes=0.0, openness=0.6, talk=1.0):
    """Invitees who have come, with these positions."""
    people = table_of(InviteeFields, len(positions))
    for field, value in (
        ("position", positions),
        ("first_position", positions),
        ("minutes", minutes),
        ("openness", openness),
        ("talk", talk),
        ("comes", True),
        ("heard", True),
    ):
        people[field] = value
    return people


def seats(people):
    return np.arange(len(people))


def test_talk_leads_to_the_friedkin_johnsen_fixed_point():
    rng = np.random.default_rng(3)
    first = rng.uniform(-0.9, 0.9, 12)
    spoken = rng.uniform(1, 9, 12)
    people = room(first, spoken, rng.uniform(0.2, 0.8, 12))
    table = wrapped(people)
    for _ in range(400):
        talking.listen(seats(people), table, 15.0, 0.0, 0.0, FAR)
    weights = np.tile(spoken / spoken.sum(), (12, 1))
    openness = np.diag(people["openness"])
    fixed = np.linalg.solve(np.eye(12) - openness @ weights, (np.eye(12) - openness) @ first)
    assert np.allclose(people["position"], fixed, atol=1e-9)


def test_who_does_not_listen_does_not_move():
    people = room([-0.5, 0.1, 0.8], 5.0, openness=0.0)
    talking.listen(seats(people), wrapped(people), 15.0, 0.0, 0.0, P)
    assert list(people["position"]) == [-0.5, 0.1, 0.8]


def test_more_minutes_move_more():
    moved = []
    for minutes in (5.0, 15.0, 60.0):
        people = room([-0.5, 0.5], 5.0)
        talking.listen(seats(people), wrapped(people), minutes, 0.0, 0.0, P)
        moved.append(people["position"][0] + 0.5)
    assert moved[0] < moved[1] < moved[2]


def talk(n, seed=1, p=P, rounds=4, spread=0.0):
    """A meeting of n people with free talk; returns minutes spoken, the chair being the first."""
    rng = np.random.default_rng(seed)
    people = room(np.zeros(n), talk=np.exp(spread * rng.normal(size=n)))
    meeting, tally = wrapped(table_of(MeetingFields, 1)), wrapped(table_of(TallyFields, 1))
    _talk(seed, meeting, seats(people), wrapped(people), tally, rounds, p)
    return people["minutes"]


@compiled
def _talk(seed, meeting, seated, table, tally, rounds, p):
    """So many rounds, called with a row, as compiled code does."""
    turn = 0
    for _ in range(rounds):
        turn, _used = talk_a_round(0, seed, meeting[0], 77, seated, 0, table, turn, tally, p)


def test_the_floor_is_never_empty_and_never_shared():
    assert talk(20).sum() == pytest.approx(4 * P.minutes_round)


def test_a_chair_who_is_not_neutral_takes_about_three_to_four_times_the_mean():
    shares = [talk(20, seed)[0] / talk(20, seed).mean() for seed in range(200)]
    expected = 20 * 4 / 23  # his own weight and three times the mean, of 23 weights in all
    assert np.mean(shares) == pytest.approx(expected, abs=4 * np.std(shares) / math.sqrt(len(shares)))
    fair = [talk(20, seed, P._replace(chair_weight=0.0))[0] for seed in range(200)]
    assert np.mean(fair) == pytest.approx(3.0, abs=4 * np.std(fair) / math.sqrt(len(fair)))


def gini(minutes):
    return np.abs(np.subtract.outer(minutes, minutes)).sum() / (2 * len(minutes) * minutes.sum())


def test_talkative_people_make_talk_unequal():
    quiet = np.mean([gini(talk(20, s, P._replace(chair_weight=0.0))) for s in range(60)])
    loud = np.mean([gini(talk(20, s, P._replace(chair_weight=0.0), spread=1.0)) for s in range(60)])
    assert loud > quiet + 0.05


def held(positions, p=P):
    """Hold a meeting of these people; returns its row."""
    people = room(positions, openness=0.0)
    meeting = table_of(MeetingFields, 1)
    meeting["n_affected"] = len(people)
    meeting["rule"] = Rule.MAJORITY
    tally = wrapped(table_of(TallyFields, 1))
    table = wrapped(people)
    seated = seats(people)
    _hold(meeting, seated, table, tally, p)
    return meeting[0]


def _hold(meeting, seated, table, tally, p):
    """Call the act with a row, as compiled code does."""

    @compiled
    def run(meeting, seated, table, tally, p):
        council.hold(0, 1, meeting[0], 5, seated, table, tally, p)

    run(wrapped(meeting), seated, table, tally, p)


def test_a_majority_adopts_and_a_minority_does_not():
    assert held([0.6] * 11 + [-0.8] * 9)["adopted"]
    lost = held([0.6] * 9 + [-0.8] * 11)
    assert not lost["adopted"] and lost["outcome"] == P.status_quo
    assert not held([0.6] * 11 + [-0.8] * 9, P._replace(threshold=0.8))["adopted"]


def test_half_is_no_majority():
    assert not held([0.6] * 10 + [-0.8] * 10)["adopted"]


def test_fairness_is_made_of_what_happened():
    meeting = held([0.6] * 11 + [-0.8] * 9)
    room_left = min(1.0, 3.0 / (meeting["chair_share"] * 20))
    parts = (1 - meeting["speaking_gini"], room_left, meeting["losers_spoke"])
    assert meeting["fairness"] == pytest.approx(sum(parts) / 3)


def test_a_vote_weighs_plan_against_status_quo():
    assert votes_yes(0.2, 0.3, -0.5, 0.0)
    assert not votes_yes(-0.3, 0.3, -0.5, 0.0)
    assert votes_yes(-0.3, 0.3, -0.5, 1.0)  # much doubt can turn a vote


def test_losers_accept_more_of_a_fair_meeting_they_were_at():
    p = Consenting().numbers()
    far = consent(-0.8, 0.3, 0.5, False, p)
    assert consent(0.3, 0.3, 0.5, False, p) > far
    assert consent(-0.8, 0.3, 0.9, False, p) > far
    assert consent(-0.8, 0.3, 0.5, True, p) > far
    deaf = p._replace(weight_fairness=0.0, weight_taking_part=0.0)
    assert consent(-0.8, 0.3, 0.9, True, deaf) == consent(-0.8, 0.3, 0.1, False, deaf)
