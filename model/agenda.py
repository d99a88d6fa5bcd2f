"""The agenda filter: which contested matters may be put to residents (L23, 七议五不议)."""

from __future__ import annotations

from ..agents.core.parameter import Parameter, Parameters, numbers_of


class Agenda(Parameters):
    """Whether matters are filtered: a lever. Which kinds are admitted stands with the kinds; the source does not say."""

    filter_on: bool = Parameter(False, "yes/no", None, None, "whether contested matters are filtered", "L23")


AgendaNumbers = numbers_of(Agenda)
