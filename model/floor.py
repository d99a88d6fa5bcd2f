"""Who speaks, how long, and who is interrupted (E12, L26)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, normal
from .regime import Convener

MOST_TURNS = 2_500
"""Turns of a meeting that luck can name."""

VOCAL_MAJORITY = 0.75
"""Threshold from which every voice is needed, so that few women are heard too (S19, assumption)."""


@compiled
def loudest(seats, invitees):  # type: ignore[no-untyped-def]
    """Place in `seats` of whoever finds it easiest to take the floor; she is elected to the chair."""
    chair = 0
    for a in range(len(seats)):
        if invitees[seats[a]].talk > invitees[seats[chair]].talk:
            chair = a
    return chair


@compiled
def chair_is_outsider(p):  # type: ignore[no-untyped-def]
    """Whether the chair is none of the residents present."""
    return p.convener == Convener.PARTY_SECRETARY or p.convener == Convener.SOCIAL_WORKER


@compiled
def extra_of_chair(p):  # type: ignore[no-untyped-def]
    """Extra floor the chair takes, relative to a resident's mean: none if neutral, less by office."""
    if p.neutral_chair:
        return 0.0
    if p.convener == Convener.SOCIAL_WORKER:
        return p.chair_weight * p.chair_social_worker
    if p.convener == Convener.ROTATING:
        return p.chair_weight * p.chair_rotating
    return p.chair_weight


@compiled
def gap_in_voice(share_women, p):  # type: ignore[no-untyped-def]
    """How much less floor women take (log): least among many under majority, among few where all are needed (S19)."""
    return p.voice_gap * (share_women if p.threshold >= VOCAL_MAJORITY else 1.0 - share_women)


@compiled
def lower_voices(seats, invitees, p):  # type: ignore[no-untyped-def]
    """Women take less of the floor where their numbers give them no weight."""
    women = 0
    for k in seats:
        women += invitees[k].female
    less = math.exp(-gap_in_voice(women / len(seats), p))
    for k in seats:
        if invitees[k].female:
            invitees[k].talk *= less


@compiled
def ease_of_speaking(talk, p):  # type: ignore[no-untyped-def]
    """How easily somebody so talkative takes the floor: raised hands level differences."""
    return math.exp(p.hands_exponent * math.log(talk)) if p.raise_hands else talk


@compiled
def claim_to_floor(ease, turns, p):  # type: ignore[no-untyped-def]
    """How likely somebody gets the next turn, relative to others; raised hands favour who has spoken least."""
    return ease / (1.0 + turns) if p.raise_hands else ease


@compiled
def chance_of_interruption(female, p):  # type: ignore[no-untyped-def]
    """Probability that a turn is cut short where nobody minds manners (S90)."""
    return min(0.95, p.interruptions * (1.0 + p.interruption_gap if female else 1.0))


@compiled
def length_of_turn(how_long, p):  # type: ignore[no-untyped-def]
    """Minutes of a turn nobody interrupts."""
    minutes = p.minutes_turn * math.exp(p.turn_sd * normal(how_long))
    return min(minutes, p.minutes_limit) if p.turn_limits else minutes


@compiled
def after_interruption(day, seed, minutes, female, luck, turn, tally, p):  # type: ignore[no-untyped-def]
    """What is left of a turn: a third, if it is interrupted."""
    if p.respect:
        return minutes
    u, _ = draw(seed, day, Purpose.INTERRUPT, luck, turn // 250, turn % 250)
    tally[0].n_draws += 1
    return minutes / 3.0 if u < chance_of_interruption(female, p) else minutes


@compiled
def talk_a_round(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p):  # type: ignore[no-untyped-def]
    """One round of talk: the floor goes to whoever takes it, the chair takes more (E12).

    `chair` is a place in `seats`. Writes the minutes and turns of each speaker, and `chair_minutes` of a chair from
    outside or one that rotates. Returns how many turns there have been, and how many minutes the round took: all of
    them, unless under a limit nobody has a turn left.
    """
    outsider = chair_is_outsider(p)
    weight_of_chair = extra_of_chair(p)
    allowed = p.turns_limit * p.minutes_round / 15.0 if p.turn_limits else 1e9
    taken = np.empty(len(seats) + 1, np.int64)  # the last place counts the turns of a chair from outside
    for a in range(len(seats) + 1):
        taken[a] = 0
    claims = np.empty(len(seats), np.float64)
    ease = np.empty(len(seats), np.float64)
    for a in range(len(seats)):
        ease[a] = ease_of_speaking(invitees[seats[a]].talk, p)
    used = 0.0
    total = 0.0
    changing = p.raise_hands or p.turn_limits
    while used < p.minutes_round and turn < MOST_TURNS:
        if changing or total == 0.0:
            total = 0.0
            for a in range(len(seats)):
                claims[a] = claim_to_floor(ease[a], invitees[seats[a]].turns, p) if taken[a] < allowed else 0.0
                total += claims[a]
        at_chair = len(seats) if outsider else chair
        extra = weight_of_chair * total / len(seats) if taken[at_chair] < allowed else 0.0
        if total <= 0.0:
            break
        who, how_long = draw(seed, day, Purpose.SPEAK, luck, turn // 250, turn % 250)
        tally[0].n_draws += 1
        speaker = next_speaker(who * (total + extra), extra, at_chair, claims)
        minutes = min(p.minutes_round - used, length_of_turn(how_long, p))
        if speaker < len(seats):
            female = invitees[seats[speaker]].female
            minutes = after_interruption(day, seed, minutes, female, luck, turn, tally, p)
            invitees[seats[speaker]].minutes += minutes
            invitees[seats[speaker]].turns += 1
        if speaker == at_chair and (outsider or p.convener == Convener.ROTATING):
            meeting.chair_minutes += minutes
        taken[speaker] += 1
        used += minutes
        turn += 1
    return turn, used if p.turn_limits else p.minutes_round


@compiled
def next_speaker(mark, extra, chair, claims):  # type: ignore[no-untyped-def]
    """Whose stretch of the line the mark falls on: the chair's extra comes first, then the claims in order."""
    speaker = chair
    if mark >= extra:
        mark -= extra
        for a in range(len(claims)):
            if claims[a] > 0.0:
                speaker = a
                mark -= claims[a]
                if mark < 0:
                    break
    return speaker
