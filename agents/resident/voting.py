"""Voting without a meeting: turning out, voting, or refusing to vote (坚决不投票; S20, S21, S92)."""

from __future__ import annotations

from enum import IntEnum

from ..core.compiled import compiled
from ..core.draw import Purpose, draw, logistic
from ..core.parameter import Parameter, Parameters, numbers_of
from .consenting import votes_yes
from .learning import efficacy_now
from .participation import Reasons, readiness


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


@compiled
def reasons_to_vote(resident, day, stake, p, common, learning, offer):  # type: ignore[no-untyped-def]
    """The terms of V of a ballot: inclination, belief that it has an effect, neighbours who see whether one voted."""
    efficacy = common.weight_efficacy * (efficacy_now(resident, day, learning) - 0.5) * stake
    image = p.weight_image * offer.visibility
    return Reasons(p.base, p.sigma * resident.u_attend, 0.0, 0.0, 0.0, efficacy, 0.0, 0.0, image, 0.0, 0.0, 0.0)


@compiled
def readiness_to_vote(resident, day, stake, p, common, learning, offer):  # type: ignore[no-untyped-def]
    """V of a ballot (logit)."""
    return readiness(reasons_to_vote(resident, day, stake, p, common, learning, offer))


@compiled
def vote(day, seed, rows, invitees, residents, p, common, learning, offer, regime):  # type: ignore[no-untyped-def]
    """Everybody with a ballot paper casts it, or stays away, or refuses.

    Where floor area is voted, a quorum can fail, and some opponents who would have voted refuse instead (S21).
    Reads the paper and the resident; writes the paper's `ballot` and how many ballots she has cast.
    """
    for k in rows:
        paper = invitees[k]
        if paper.polled and paper.resident >= 0:
            resident = residents[paper.resident]
            luck, _ = draw(seed, day, Purpose.TURN_OUT, paper.luck, resident.person, 0)
            if luck < logistic(readiness_to_vote(resident, day, paper.stake, p, common, learning, offer)):
                if votes_yes(paper.position, regime.plan, regime.status_quo, paper.doubt):
                    paper.ballot = Ballot.YES
                elif paper.area > 0 and refuses(day, seed, paper.luck, resident.person, p):
                    paper.ballot = Ballot.REFUSED
                else:
                    paper.ballot = Ballot.NO
                resident.ballots += paper.ballot != Ballot.REFUSED


@compiled
def refuses(day, seed, matter, person, p):  # type: ignore[no-untyped-def]
    """Whether an opponent who could stop a vote by staying away does so (坚决不投票)."""
    temper, _ = draw(seed, day, Purpose.REFUSE, matter, person, 0)
    return temper < p.share_refusing
