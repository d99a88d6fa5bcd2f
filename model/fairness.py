"""How those affected take a decision: fairness from what happened, consent, and who was there (E14, D9, D10)."""

from __future__ import annotations

from ..agents.core.compiled import compiled
from ..agents.resident import AgeBand
from ..agents.resident.consenting import accepted, judge, votes_yes
from .floor import chair_is_outsider
from .noting import took_part
from .regime import Convener, Rule, RulesOrigin


@compiled
def was_against(invitee, p):  # type: ignore[no-untyped-def]
    """Whether somebody was against the first plan before anybody spoke: a loser, whatever is decided (D9)."""
    return not votes_yes(invitee.first_position, p.plan, p.status_quo, 0.0)


@compiled
def judge_fairness(meeting, seats, chair, invitees, p):  # type: ignore[no-untyped-def]
    """Fairness from what happened: equal speaking time, a chair who leaves room, losers who were heard.

    Never from amendments, rounds or switches (D10). A chair from outside has a share, but no part in the Gini.
    """
    n = len(seats)
    total = 0.0
    apart = 0.0
    losers = 0
    spoke = 0
    for a in seats:
        total += invitees[a].minutes
        for b in seats:
            apart += abs(invitees[a].minutes - invitees[b].minutes)
        if was_against(invitees[a], p):
            losers += 1
            spoke += invitees[a].minutes > 0
    by_chair = invitees[seats[chair]].minutes
    spoken = total
    if chair_is_outsider(p):
        by_chair = meeting.chair_minutes
        spoken = total + by_chair
    elif p.convener == Convener.ROTATING:
        by_chair = meeting.chair_minutes
    meeting.speaking_gini = apart / (2.0 * n * total) if total > 0 else 0.0
    meeting.chair_share = by_chair / spoken if spoken > 0 else 0.0
    meeting.losers_spoke = spoke / losers if losers > 0 else 1.0
    room = 1.0 if meeting.chair_share * n <= 3.0 else 3.0 / (meeting.chair_share * n)
    meeting.fairness = (1.0 - meeting.speaking_gini + room + meeting.losers_spoke) / 3.0


@compiled
def judge_ballot(meeting, last, invitees, p):  # type: ignore[no-untyped-def]
    """Fairness of a ballot: nobody speaks, so of its parts only how many losers voted is known, 0.5 for the others.

    Losers are all who had a paper and were against the first plan.
    """
    losers = 0
    voted = 0
    for k in range(meeting.first_invitee, last):
        if invitees[k].polled and was_against(invitees[k], p):
            losers += 1
            voted += took_part(invitees[k])
    meeting.losers_spoke = voted / losers if losers > 0 else 1.0
    meeting.fairness = (0.5 + 0.5 + meeting.losers_spoke) / 3.0


@compiled
def judgement_of(invitee, meeting, p, consenting):  # type: ignore[no-untyped-def]
    """How somebody affected judges what was decided: by its distance, and by how it came about."""
    by_residents = meeting.rule != Rule.CADRE and not meeting.overridden
    own_rules = by_residents and p.rules_origin == RulesOrigin.SELF_MADE
    loss = abs(meeting.outcome - invitee.position) - meeting.extra
    return judge(loss, meeting.fairness, by_residents and took_part(invitee), own_rules, consenting)


@compiled
def take_consent(meeting, invitees, p, consenting):  # type: ignore[no-untyped-def]
    """The mean consent of everybody affected, and of those for and against the first plan.

    Distances are those of the outcome from private positions as they are after the talk.
    """
    total = 0.0
    of_losers = 0.0
    distance = 0.0
    losers = 0
    for k in range(meeting.first_invitee, meeting.first_invitee + meeting.n_affected):
        invitee = invitees[k]
        value = accepted(judgement_of(invitee, meeting, p, consenting))
        total += value
        if was_against(invitee, p):
            of_losers += value
            distance += abs(meeting.outcome - invitee.position)
            losers += 1
    if meeting.n_affected > 0:
        meeting.consent = total / meeting.n_affected
    if losers > 0:
        meeting.consent_losers = of_losers / losers
        meeting.distance_losers = distance / losers
    if losers < meeting.n_affected:
        meeting.consent_winners = (total - of_losers) / (meeting.n_affected - losers)


@compiled
def note_who_was_there(meeting, last, invitees, residents):  # type: ignore[no-untyped-def]
    """Women, tenants and people of 60 and over among those who came (or voted) and among those affected."""
    n = women = tenants = old = 0
    women_affected = tenants_affected = old_affected = 0
    minutes = by_women = 0.0
    of_affected = meeting.first_invitee + meeting.n_affected
    for k in range(meeting.first_invitee, last):
        invitee = invitees[k]
        if invitee.resident >= 0:
            resident = residents[invitee.resident]
            aged = resident.age_band == AgeBand.OLD
            if k < of_affected:
                women_affected += resident.female
                tenants_affected += resident.tenant
                old_affected += aged
            if took_part(invitee):
                n += 1
                women += resident.female
                tenants += resident.tenant
                old += aged
                minutes += invitee.minutes
                by_women += invitee.minutes if resident.female else 0.0
    meeting.share_women = women / max(1, n)
    meeting.share_tenants = tenants / max(1, n)
    meeting.share_old = old / max(1, n)
    meeting.share_women_affected = women_affected / max(1, meeting.n_affected)
    meeting.share_tenants_affected = tenants_affected / max(1, meeting.n_affected)
    meeting.share_old_affected = old_affected / max(1, meeting.n_affected)
    meeting.share_floor_women = by_women / minutes if minutes > 0.0 else 0.0
