"""Signing up as a volunteer, and the list of known volunteers that organisers go through (S79)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of


class Joining(Parameters):
    """How long a name stays on the list."""

    days_listed: int = Parameter(
        450, "d", 30, 3650, "days without an act after which a name leaves the list", "S80, assumption"
    )


JoiningNumbers = numbers_of(Joining)


@compiled
def sign_up(resident, day, p):  # type: ignore[no-untyped-def]
    """Whoever acts is registered, and stays on the list for a while longer."""
    resident.registered = True
    resident.on_list = True
    resident.list_until = day + p.days_listed


@compiled
def lapse(rows, day, residents):  # type: ignore[no-untyped-def]
    """Names of residents who have not acted for long leave the list (they stay registered)."""
    for i in rows:
        resident = residents[i]
        if resident.on_list and resident.list_until < day:
            resident.on_list = False
