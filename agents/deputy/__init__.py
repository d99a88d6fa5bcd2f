"""Deputies: members of the People's Congress and of the CPPCC who serve a community."""

from __future__ import annotations

from enum import IntEnum

from ..core.field import Field


class DeputyKind(IntEnum):
    """Which body a deputy belongs to."""

    CONGRESS = 0
    CPPCC = 1


class Answer(IntEnum):
    """What becomes of a petition on a reception day."""

    WAITING = 0
    ON_THE_SPOT = 1
    REFERRED = 2


class DeputyFields:
    """One row a deputy."""

    deputy = Field("i8", "identity", "community × 16 + place in it")
    kind = Field("u1", "code", "body the deputy belongs to", codes=DeputyKind)
    community = Field("i4", "row", "community served")
    n_received = Field("i4", "residents", "petitioners received so far")
    n_answered = Field("i4", "residents", "of these, answered on the spot")
    n_docketed = Field("i4", "issues", "issues taken to departments so far")
    minutes = Field("i8", "min", "spent on reception days so far")
    matter = Field("i4", "row", "chronic issue a CPPCC member looks for a partner for today, or −1", -1)
    found = Field("?", "yes/no", "has found one")
