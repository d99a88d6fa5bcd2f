"""A row for somebody who has to do with a meeting of today, and the rows of a meeting."""

from __future__ import annotations

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, normal
from ..agents.resident.voting import Ballot

ABSENTEE = 7
"""The place in a household by which luck knows an owner who lives elsewhere (residents have the places 0 to 5)."""


@compiled
def note(seed, invitee, meeting, row, person, luck, mean, hours, p):  # type: ignore[no-untyped-def]
    """Write a fresh row: a position on the matter; nothing heard, said or decided yet. One draw."""
    where, _ = draw(seed, 0, Purpose.POSITION, luck, person, 0)
    note_at(where, invitee, meeting, row, luck, mean, hours, p)


@compiled
def note_at(where, invitee, meeting, row, luck, mean, hours, p):  # type: ignore[no-untyped-def]
    """The same with this luck (a uniform number) for the position."""
    invitee.meeting = meeting
    invitee.resident = row
    invitee.luck = luck
    invitee.stake = 0.0
    invitee.female = False
    invitee.first_position = min(1.0, max(-1.0, mean + p.position_sd * normal(where)))
    invitee.position = invitee.first_position
    invitee.openness = 0.0
    invitee.doubt = 0.0
    invitee.talk = 0.0
    invitee.hours = hours
    invitee.duty = 0.0
    invitee.heard = False
    invitee.comes = False
    invitee.entitled = False
    invitee.polled = False
    invitee.ballot = Ballot.ABSENT
    invitee.area = 0
    invitee.minutes = 0.0
    invitee.turns = 0


@compiled
def draw_doubt(seed, invitee, person, p):  # type: ignore[no-untyped-def]
    """The doubt in a vote, drawn once for each person and matter (ξ of E10). One draw."""
    doubt, _ = draw(seed, 0, Purpose.VOTE, invitee.luck, person, 0)
    invitee.doubt = p.doubt_sd * normal(doubt)


@compiled
def end_of(m, meetings, town):  # type: ignore[no-untyped-def]
    """The row after the last of today's invitees that belongs to a meeting of today."""
    return meetings[m + 1].first_invitee if m + 1 < town[0].n_meetings else town[0].n_invitees


@compiled
def took_part(invitee):  # type: ignore[no-untyped-def]
    """Whether somebody came to the meeting, or cast a ballot."""
    return invitee.comes or invitee.ballot == Ballot.YES or invitee.ballot == Ballot.NO


@compiled
def smallest(values, n):  # type: ignore[no-untyped-def]
    """The n-th smallest of some numbers, or the largest if there are fewer."""
    ordered = np.empty(len(values), np.float64)
    for k in range(len(values)):
        ordered[k] = values[k]
    ordered.sort()
    return ordered[min(n, len(values)) - 1]
