"""Voting without a meeting: turning out, voting, or refusing to vote (坚决不投票; S20, S21, S92)."""

from __future__ import annotations

from enum import IntEnum

from ..core.parameter import Parameter, Parameters, numbers_of


class Ballot(IntEnum):
    """What somebody entitled does with a ballot."""

    ABSENT = 0
    YES = 1
    NO = 2
    REFUSED = 3


class Voting(Parameters):
    """How ready people are to turn out for a ballot, and to refuse it."""

    base: float = Parameter(-0.85, "logit", -4, 3, "readiness of a neutral resident to turn out (b0)", "S76, S55")
    sigma: float = Parameter(1.0, "logit", 0, 3, "spread of the personal inclination (that to attend)", "assumption")
    weight_image: float = Parameter(
        0.37, "logit", 0, 1.5, "weight of neighbours seeing whether one voted", "S76"
    )
    share_refusing: float = Parameter(
        0.3, "1", 0, 1, "share of opponents who refuse to vote where a quorum can fail", "S21, assumption"
    )
    turnout_absentee: float = Parameter(
        0.1, "1", 0, 1, "turnout of owners who let their dwelling", "S21, assumption"
    )


VotingNumbers = numbers_of(Voting)
