"""What a resident learns from the fate of her own report (E7, pattern P1), and of a matter she voted on."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of


class Learning(Parameters):
    """How efficacy moves and how long the lesson lasts."""

    step: float = Parameter(0.3, "1", 0, 0.6, "share of the way efficacy moves at each lesson (η)", "S11, assumption")
    days_patience: int = Parameter(
        30, "d", 7, 120, "days after which an unfixed report teaches that it does not help", "assumption"
    )
    half_life: float = Parameter(365.0, "d", 30, 3650, "half-life of the lesson", "assumption")
    step_vote: float = Parameter(
        0.0, "1", 0, 0.6, "share of the way efficacy moves when a meeting attended ends fairly (up) or unfairly lost",
        "B8, H3",
    )
    step_refused: float = Parameter(
        0.0, "1", 0, 0.6, "share of efficacy lost when one's matter is not admitted to the council", "L23, assumption"
    )


LearningNumbers = numbers_of(Learning)


@compiled
def efficacy_now(resident, day, p):  # type: ignore[no-untyped-def]
    """Today's efficacy: the last lesson, relaxing to 0.5."""
    if resident.efficacy == 0.5:
        return 0.5
    return 0.5 + (resident.efficacy - 0.5) * math.exp(-math.log(2.0) * (day - resident.efficacy_day) / p.half_life)


@compiled
def efficacy_after(efficacy, fixed, p):  # type: ignore[no-untyped-def]
    """Efficacy after hearing that the own report was, or was not, truly fixed."""
    if fixed:
        return efficacy + p.step * (1.0 - efficacy)
    return efficacy * (1.0 - p.step)


@compiled
def efficacy_after_vote(efficacy, won, fairness, p):  # type: ignore[no-untyped-def]
    """Efficacy after a vote one took part in: a fair one teaches the winners, and spares the losers (B8)."""
    if won:
        return efficacy + p.step_vote * fairness * (1.0 - efficacy)
    return efficacy * (1.0 - p.step_vote * (1.0 - fairness))


@compiled
def efficacy_after_refusal(efficacy, p):  # type: ignore[no-untyped-def]
    """Efficacy after a matter one had reported was kept from the residents' council (L23)."""
    return efficacy * (1.0 - p.step_refused)


@compiled
def learn(day, rows, reports, issues, residents, p):  # type: ignore[no-untyped-def]
    """Each reporter whose case is decided, or whose patience is out, learns once from it.

    Writes the resident's efficacy and the report's `learned`.
    """
    for k in rows:
        report = reports[k]
        if report.learned:
            continue
        fixed = issues[report.issue].resolved_day <= day
        if fixed or day - report.day >= p.days_patience:
            resident = residents[report.resident]
            resident.efficacy = efficacy_after(efficacy_now(resident, day, p), fixed, p)
            resident.efficacy_day = day
            report.learned = True
