"""The agenda filter: which contested matters may be put to residents (L23, 七议五不议)."""

from __future__ import annotations

from ..agents.core.compiled import compiled
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.resident.learning import efficacy_after_refusal, efficacy_now
from .issues import State


class Agenda(Parameters):
    """Whether matters are filtered: a lever. Which kinds it admits stands with the kinds; the source does not say."""

    filter_on: bool = Parameter(False, "yes/no", None, None, "whether contested matters are filtered", "L23")


AgendaNumbers = numbers_of(Agenda)


@compiled
def turn_away(day, cases, issues, kinds, residents, town, tally, p, learning):  # type: ignore[no-untyped-def]
    """Contested matters of kinds that are not admitted go to the cadre; whoever reported them first takes note."""
    if not p.filter_on:
        return
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        if issue.state == State.ON_AGENDA and not issue.refused and not kinds[issue.kind].admissible:
            issue.refused = True
            tally[0].n_refused_agenda += 1
            if issue.reporter >= 0 and learning.step_refused > 0.0:
                resident = residents[issue.reporter]
                resident.efficacy = efficacy_after_refusal(efficacy_now(resident, day, learning), learning)
                resident.efficacy_day = day
