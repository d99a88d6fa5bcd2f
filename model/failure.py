"""What follows when plans for a matter fail again and again: mediation, a hearing, enforcement (a design choice)."""

from __future__ import annotations

from ..agents.core.compiled import compiled

MEDIATION = 1
"""Failures from which a meeting is preceded by mediation."""

HEARING = 2
"""Failures from which residents are only heard."""

ENFORCEMENT = 3
"""Failures from which the plan is enforced."""


@compiled
def stage_of(issue, p):  # type: ignore[no-untyped-def]
    """How far an issue has got on that ladder: 0 where there is none."""
    return issue.n_failures if p.escalation else 0


@compiled
def mediate(meeting, seats, invitees, tally, p):  # type: ignore[no-untyped-def]
    """Before the meeting, mediation takes a share of the distance between those present and their common mean."""
    mean = 0.0
    for k in seats:
        mean += invitees[k].position / len(seats)
    for k in seats:
        invitees[k].position += p.mediation_pull * (mean - invitees[k].position)
    meeting.mediated = True
    tally[0].n_mediated += 1
    tally[0].staff_minutes_meetings += p.mediation_minutes


@compiled
def decide_by_cadre(meeting, enforced, tally, p):  # type: ignore[no-untyped-def]
    """The cadre adopts the plan at once, or enforces it; nobody speaks."""
    meeting.adopted = True
    meeting.outcome = p.plan
    meeting.fairness = p.enforcement_fairness if enforced else p.cadre_fairness
    tally[0].n_enforced += enforced
    tally[0].staff_minutes_meetings += p.cadre_minutes
