"""Deciding without a meeting: all who are affected, or the owners with their quorum of law (S20, S21, S92)."""

from __future__ import annotations

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.table import room_for
from ..agents.resident.consenting import votes_yes
from ..agents.resident.voting import Ballot
from .issues import stake_in
from .noting import ABSENTEE, draw_doubt, note, took_part
from .regime import Rule

MINUTES_TO_VOTE = 5
"""What casting a ballot takes of somebody's time (assumption)."""


@compiled
def hand_out_papers(seed, meeting, invitees, residents, tally, p):  # type: ignore[no-untyped-def]
    """Everybody affected gets a ballot paper."""
    for k in range(meeting.first_invitee, meeting.first_invitee + meeting.n_affected):
        give_paper(seed, invitees[k], residents[invitees[k].resident].person, 0, tally, p)


@compiled
def give_paper(seed, invitee, person, area, tally, p):  # type: ignore[no-untyped-def]
    """A paper, with the doubt in the vote and the floor area it stands for (two draws: doubt, turning out)."""
    invitee.polled = True
    invitee.entitled = True
    invitee.area = area
    draw_doubt(seed, invitee, person, p)
    tally[0].n_draws += 2


@compiled
def call_owners(
    day, seed, m, meeting, issue, mean, invitees, residents, ground, town, tally, p, voting, issue_p
):  # type: ignore[no-untyped-def]
    """Every dwelling of the micro-grid has a vote: of its first adult, or of an owner who lets it and lives elsewhere.

    Tenants have none. Rows of owners who are not affected follow those of the affected.
    """
    place = ground.micro_grids[issue.micro_grid]
    invitees = room_for(invitees, town[0].n_invitees + place.n_households)
    for h in range(place.first_household, place.first_household + place.n_households):
        if ground.households[h].tenant:
            owner = invitees[town[0].n_invitees]
            person = h * 8 + ABSENTEE
            note(seed, owner, m, -1, person, issue.luck, mean, 0.0, p)
            give_paper(seed, owner, person, ground.households[h].floor_area, tally, p)
            vote_from_afar(day, seed, owner, person, p, voting)
            town[0].n_invitees += 1
            tally[0].n_draws += 1
    k = meeting.first_invitee
    last = meeting.first_invitee + meeting.n_affected
    for h in range(place.first_household, place.first_household + place.n_households):
        if not ground.households[h].tenant:
            i = ground.households[h].first_resident
            while k < last and invitees[k].resident < i:
                k += 1
            row = k
            if k == last or invitees[k].resident != i:
                row = town[0].n_invitees
                note(seed, invitees[row], m, i, residents[i].person, issue.luck, mean, 0.0, p)
                invitees[row].female = residents[i].female
                invitees[row].stake = stake_in(issue, residents[i].building, day, issue_p)
                town[0].n_invitees += 1
                tally[0].n_draws += 1
            give_paper(seed, invitees[row], residents[i].person, ground.households[h].floor_area, tally, p)
    return invitees


@compiled
def vote_from_afar(day, seed, owner, person, p, voting):  # type: ignore[no-untyped-def]
    """An owner who lives elsewhere votes or does not bother."""
    luck, _ = draw(seed, day, Purpose.TURN_OUT, owner.luck, person, 0)
    if luck < voting.turnout_absentee:
        yes = votes_yes(owner.position, p.plan, p.status_quo, owner.doubt)
        owner.ballot = Ballot.YES if yes else Ballot.NO


@compiled
def count_ballots(meeting, last, special, invitees, tally, p):  # type: ignore[no-untyped-def]
    """Count the papers, and say what they decide: by heads, or by dwellings and floor area."""
    n = n_cast = n_yes = 0
    area = area_cast = area_yes = 0
    for k in range(meeting.first_invitee, last):
        paper = invitees[k]
        if paper.polled:
            n += 1
            area += paper.area
            if took_part(paper):
                n_cast += 1
                area_cast += paper.area
                n_yes += paper.ballot == Ballot.YES
                area_yes += paper.area if paper.ballot == Ballot.YES else 0
            meeting.n_refused += paper.ballot == Ballot.REFUSED
            opposed = paper.ballot == Ballot.NO or paper.ballot == Ballot.REFUSED
            tally[0].n_draws += paper.area > 0 and paper.resident >= 0 and opposed
            tally[0].n_decisions += paper.resident >= 0
    meeting.share_yes = n_yes / n_cast if n_cast > 0 else 0.0
    if meeting.rule == Rule.OWNERS:
        meeting.rule_met = n_cast >= p.owners_quorum * n and area_cast >= p.owners_quorum * area
        least = p.owners_threshold_special if special else p.owners_threshold
        meeting.adopted = meeting.rule_met and n_yes > least * n_cast and area_yes > least * area_cast
        tally[0].n_quorum_failed += not meeting.rule_met
    else:
        meeting.deferred = n_cast < p.quorum
        meeting.adopted = not meeting.deferred and meeting.share_yes > p.threshold
    meeting.outcome = p.plan if meeting.adopted else p.status_quo
    tally[0].n_ballots += n_cast
    tally[0].n_refusals += meeting.n_refused
    tally[0].resident_minutes_meetings += MINUTES_TO_VOTE * n_cast
    tally[0].staff_minutes_meetings += p.staff_minutes_meeting
