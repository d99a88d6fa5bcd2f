"""How a resident takes the outcome of a meeting: vote (E10) and consent (E14)."""

from __future__ import annotations

from typing import NamedTuple

from ..core.compiled import compiled
from ..core.draw import logistic
from ..core.parameter import Parameter, Parameters, numbers_of


class Consenting(Parameters):
    """What makes an outcome acceptable."""

    base: float = Parameter(0.6, "logit", -2, 2, "consent to an outcome at one's own position (c0)", "S18")
    weight_distance: float = Parameter(
        1.6, "logit per unit", 1, 2.5, "weight of the distance between outcome and own position (c1)", "S18"
    )
    weight_fairness: float = Parameter(0.8, "logit per unit", 0, 1.5, "weight of a fair procedure (c2)", "B8, H3")
    weight_taking_part: float = Parameter(0.3, "logit", 0, 0.5, "weight of having been there (c3)", "S92")
    weight_own_rules: float = Parameter(
        0.2, "logit", 0, 1, "weight of rules that residents made themselves", "L25, assumption"
    )


ConsentingNumbers = numbers_of(Consenting)


@compiled
def votes_yes(position, plan, status_quo, doubt):  # type: ignore[no-untyped-def]
    """A resident votes for the plan if it lies nearer to her than the status quo, give or take some doubt."""
    return abs(status_quo - position) - abs(plan - position) + doubt > 0


@compiled
def consent(position, outcome, fairness, took_part, p):  # type: ignore[no-untyped-def]
    """Probability that a resident accepts the outcome, be it the plan or the status quo."""
    return acceptance(abs(outcome - position), fairness, took_part, False, p)


class Judgement(NamedTuple):
    """The terms of consent to an outcome, in logits; their sum decides."""

    base: float
    distance: float
    fairness: float
    taking_part: float
    own_rules: float


@compiled
def judge(loss, fairness, took_part, own_rules, p):  # type: ignore[no-untyped-def]
    """What speaks for and against an outcome that costs somebody this loss: its distance, less the room it makes.

    `own_rules`: decided under rules that residents made themselves (L25).
    """
    return Judgement(
        p.base,
        -p.weight_distance * loss,
        p.weight_fairness * (fairness - 0.5),
        p.weight_taking_part if took_part else 0.0,
        p.weight_own_rules if own_rules else 0.0,
    )


@compiled
def accepted(j):  # type: ignore[no-untyped-def]
    """Probability that whoever judges so accepts the outcome."""
    return logistic(j.base + j.distance + j.fairness + j.taking_part + j.own_rules)


@compiled
def acceptance(loss, fairness, took_part, own_rules, p):  # type: ignore[no-untyped-def]
    """Probability that somebody accepts an outcome that costs her this loss."""
    return accepted(judge(loss, fairness, took_part, own_rules, p))
