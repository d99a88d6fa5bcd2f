"""What residents bring to their deputies, and the docket that deputies bring to departments (C5, C7)."""

from __future__ import annotations

from ..agents.core.field import Field
from ..agents.deputy import Answer


class PetitionFields:
    """One row a resident who may bring her unsettled matter to a deputy today, or has brought it."""

    day = Field("i4", "day", "reception day")
    deputy = Field("i4", "row", "whose")
    resident = Field("i4", "row", "who")
    issue = Field("i4", "row", "what")
    luck = Field("i8", "identity", "the issue's identity")
    stake = Field("f8", "1", "severity, less with distance")
    comes = Field("?", "yes/no", "comes and is heard")
    answer = Field("u1", "code", "what became of it", codes=Answer)
    handed_over = Field("?", "yes/no", "has been taken to a department")


