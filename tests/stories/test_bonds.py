"""Who gets to know whom at a meeting, who falls out, and what becomes of it."""

import numpy as np
from linli.agents.core.field import table_of
from linli.agents.core.table import unwrapped, wrapped
from linli.agents.resident import ResidentFields
from linli.model.bonds import BondFields, bond, weave
from linli.model.measures import TallyFields
from linli.model.regime import InviteeFields, MeetingFields, Rule
from linli.model.spec import Spec
from linli.model.ties import TieFields, TieKind
from linli.model.world import TownFields
from stories.register import story

N = 40


def a_meeting(spec, *, adopted=True, respect=True, ties=()):
    """Forty people in one room, the first half for the plan; returns what the meeting did to their ties."""
    people, invitees, meetings = table_of(ResidentFields, N), table_of(InviteeFields, N), table_of(MeetingFields, 2)
    people["person"] = np.arange(N)
    invitees["resident"], invitees["comes"] = np.arange(N), True
    invitees["first_position"] = [0.3] * (N // 2) + [-0.5] * (N // 2)
    meetings["rule"], meetings["adopted"] = Rule.MAJORITY, adopted
    town, tally = table_of(TownFields, 1), table_of(TallyFields, 1)
    town["n_meetings"], town["n_invitees"] = 1, N
    p = spec.changed(deliberation={"respect": respect}).numbers()
    bonds = bond(
        10, 1, wrapped(meetings), wrapped(invitees), wrapped(people), wrapped(tied(people, ties)),
        wrapped(table_of(BondFields, 4)), wrapped(town), wrapped(tally), p.bonds, p.deliberation,
    )  # fmt: skip
    return unwrapped(bonds)[: town["n_bonds"][0]], people, town, p.bonds


def tied(people, pairs):
    """The table of ties of these pairs; writes everybody's stretch."""
    ends = sorted([(a, b) for a, b in pairs] + [(b, a) for a, b in pairs])
    ties = table_of(TieFields, max(1, len(ends)))
    for t, (_, b) in enumerate(ends):
        ties[t]["to"], ties[t]["kind"] = b, TieKind.STAIRWELL
    people["n_ties"] = np.bincount([a for a, _ in ends], minlength=len(people)) if ends else 0
    people["first_tie"] = np.cumsum(people["n_ties"]) - people["n_ties"]
    return ties


@story("bonds.forming")
def test_those_who_sit_together_come_to_know_each_other(spec):
    made, _, _, _ = a_meeting(spec.changed(bonds={"forming": 0.1}))
    assert made["made"].all()
    assert 50 < len(made) < 110  # a tenth of 780 pairs


ACROSS = [(a, b) for a in range(N // 2) for b in range(N // 2, N)]


@story("bonds.breaking")
def test_a_lost_or_rude_meeting_breaks_ties_across_the_vote(spec):
    torn = spec.changed(bonds={"breaking": 0.2})
    lost, _, _, _ = a_meeting(torn, adopted=False, ties=ACROSS)
    rude, _, _, _ = a_meeting(torn, respect=False, ties=ACROSS)
    assert len(lost) > 40 and not lost["made"].any()
    assert len(rude) == len(lost)
    assert len(a_meeting(torn, ties=ACROSS)[0]) == 0  # a fair and won meeting breaks nothing
    assert len(a_meeting(torn, adopted=False, ties=[(0, 1)])[0]) == 0  # nor do those on one side fall out


def woven(day, spec, changes, pairs=((0, 1), (0, 2))):
    """What four people's ties are after these changes (a, b, made)."""
    people = table_of(ResidentFields, 4)
    ties, bonds = tied(people, pairs), table_of(BondFields, len(changes) + 1)
    for k, (a, b, made) in enumerate(changes):
        bonds[k] = (a, b, made, day)
    town = table_of(TownFields, 1)
    town["n_bonds"] = len(changes)
    ties = unwrapped(weave(day, wrapped(people), wrapped(ties), wrapped(bonds), wrapped(town), spec.numbers().bonds))
    return people, ties, {
        (i, int(to)) for i in range(4) for to in ties["to"][people["first_tie"][i] :][: people["n_ties"][i]]
    }


def test_new_ties_are_woven_in_and_broken_ones_out():
    _, _, known = woven(0, Spec(), [(1, 3, True), (0, 2, False)])
    assert known == {(0, 1), (1, 0), (1, 3), (3, 1)}
    _, _, known = woven(0, Spec(), [(1, 3, True), (1, 3, False)])
    assert known == {(0, 1), (1, 0), (0, 2), (2, 0)}  # the last change between two people counts


@story("bonds.days_lasting", neutral=3650)
def test_what_a_meeting_made_lapses_unless_renewed(spec):
    spec = spec.changed(bonds={"days_lasting": 100})
    people, ties, known = woven(0, spec, [(1, 3, True)])
    assert (1, 3) in known
    town, none = table_of(TownFields, 1), table_of(BondFields, 1)
    later = unwrapped(weave(180, wrapped(people), wrapped(ties), wrapped(none), wrapped(town), spec.numbers().bonds))
    assert len(later) == 4  # the stairwell's ties stay, the meeting's have lapsed
