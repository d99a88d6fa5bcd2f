"""How positions move in talk (E11)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from .floor import talk_a_round
from .regime import Convener


@compiled
def discuss(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p):  # type: ignore[no-untyped-def]
    """A round: talk, and then every position moves. Returns how many turns there have been."""
    if p.convener == Convener.ROTATING:
        chair = meeting.rounds % len(seats)
    turn, used = talk_a_round(day, seed, meeting, luck, seats, chair, invitees, turn, tally, p)
    pleading = meeting.chair_minutes if p.convener == Convener.PARTY_SECRETARY else 0.0
    listen(seats, invitees, used, pleading, meeting.plan, p)
    meeting.rounds += 1
    meeting.minutes += used
    return turn


@compiled
def listen(seats, invitees, minutes, pleading, plan, p):  # type: ignore[no-untyped-def]
    """After so many minutes more, positions move towards what was heard so far, weighted by floor time and closeness.

    `pleading`: minutes for which a Party secretary in the chair has spoken for the plan (E11).
    """
    pace = 1.0 - math.exp(-minutes / p.minutes_to_move)
    n = len(seats)
    heard = np.empty(n, np.float64)
    close = closeness_of(seats, invitees, p)
    for a in range(n):
        me = invitees[seats[a]]
        weight = 0.0
        pull = 0.0
        for b in range(n):
            other = invitees[seats[b]]
            w = other.minutes * close[a, b]
            weight += w
            pull += w * other.position
        if pleading > 0.0:
            apart = (me.position - plan) / p.closeness
            w = pleading * math.exp(-0.5 * apart * apart)
            weight += w
            pull += w * plan
        heard[a] = pull / weight if weight > 0 else me.position
        if p.repulsion > 0.0:
            heard[a] += p.repulsion * push_of_others(me.position, seats, invitees, p)
    for a in range(len(seats)):
        me = invitees[seats[a]]
        goal = (1.0 - me.openness) * me.first_position + me.openness * heard[a]
        me.position += pace * (goal - me.position)
        if p.repulsion > 0.0:
            me.position = min(1.0, max(-1.0, me.position))


@compiled
def closeness_of(seats, invitees, p):  # type: ignore[no-untyped-def]
    """How near any two of those present are (0..1), where one of them at least has spoken; 0 elsewhere."""
    n = len(seats)
    close = np.zeros((n, n), np.float64)
    for a in range(n):
        me = invitees[seats[a]]
        close[a, a] = 1.0
        for b in range(a + 1, n):
            other = invitees[seats[b]]
            if me.minutes > 0.0 or other.minutes > 0.0:
                apart = (me.position - other.position) / p.closeness
                close[a, b] = math.exp(-0.5 * apart * apart)
                close[b, a] = close[a, b]
    return close


@compiled
def push_of_others(position, seats, invitees, p):  # type: ignore[no-untyped-def]
    """Where the words of those far apart push somebody: away from them, by their share of the floor."""
    total = 0.0
    push = 0.0
    for k in seats:
        apart = position - invitees[k].position
        total += invitees[k].minutes
        if abs(apart) > p.repulsion_distance:
            push += invitees[k].minutes * apart
    return push / total if total > 0 else 0.0


@compiled
def variance(seats, invitees):  # type: ignore[no-untyped-def]
    """Variance of the positions of those present."""
    mean = 0.0
    for k in seats:
        mean += invitees[k].position
    mean /= len(seats)
    total = 0.0
    for k in seats:
        total += (invitees[k].position - mean) * (invitees[k].position - mean)
    return total / len(seats)
