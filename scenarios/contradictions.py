"""Values that are allowed one by one and make no sense together."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from ..model.issues import Kinds
from ..model.spec import Spec
from ..words import Words, message

TINY = 1e-9
"""How far a sum of shares may be from 1 by rounding."""


class Contradiction(NamedTuple):
    """Parameters that have to agree, whether they do not, what is asked of them, and whether it is of their sum."""

    fields: tuple[str, ...]
    arises: Callable[[Spec], bool]
    wanted: Words
    adds_up: bool = False


def value_of(spec: Spec, field: str) -> Any:
    """The value of `section.name` or `kinds.planters.name`."""
    return attrgetter(field)(spec)


def sum_of(spec: Spec, fields: tuple[str, ...]) -> float:
    """The sum of some shares."""
    return sum(float(value_of(spec, field)) for field in fields)


def shares(*fields: str) -> Contradiction:
    """Shares of the same whole, of which something may be left over."""
    return Contradiction(
        fields, lambda spec: sum_of(spec, fields) > 1 + TINY, message("together they must be at most 1"), adds_up=True
    )


def pay(field: str) -> Contradiction:
    """Points that nobody can earn, because no programme is announced."""
    return Contradiction(
        (field, "incentives.programme_on"),
        lambda spec: not spec.incentives.programme_on and value_of(spec, field) != 0,
        message("points are paid only in a programme, so programme_on must be true or the points 0"),
    )


def at_most(smaller: str, larger: str, wanted: Words) -> Contradiction:
    """A value that must not be above another."""
    return Contradiction((smaller, larger), lambda spec: value_of(spec, smaller) > value_of(spec, larger), wanted)


def only_in_a_programme(field: str, idle: Any, wanted: Words) -> Contradiction:
    """Something of the points programme that is set although no programme is announced."""
    return Contradiction(
        (field, "incentives.programme_on"),
        lambda spec: not spec.incentives.programme_on and value_of(spec, field) != idle,
        wanted,
    )


def prize(points: str, share: str) -> Contradiction:
    """A prize that nobody can win."""
    return Contradiction(
        (points, share),
        lambda spec: value_of(spec, points) > 0 and value_of(spec, share) <= 0,
        message("a prize needs winners, so the share must be above 0 or the points 0"),
    )


def seats(attendance: str, field: str) -> Contradiction:
    """A meeting with fewer seats than it takes to decide."""
    return Contradiction(
        ("deliberation.attendance", "deliberation.quorum", field),
        lambda spec: spec.deliberation.attendance == attendance and spec.deliberation.quorum > value_of(spec, field),
        message("the quorum must be at most the number of seats, or nobody can ever decide"),
    )


def without_seats(rule: str, who: Words) -> Contradiction:
    """A rule under which everybody concerned may take part, and a meeting with seats."""
    return Contradiction(
        ("deliberation.rule", "deliberation.attendance"),
        lambda spec: spec.deliberation.rule == rule and spec.deliberation.attendance != "self_selected",
        message('{who}, so attendance must be "self_selected"', who=who),
    )


def special(kind: str) -> Contradiction:
    """A special matter of owners that is none of theirs."""
    fields = (f"kinds.{kind}.special_matter", f"kinds.{kind}.owners_matter")
    return Contradiction(
        fields,
        lambda spec: value_of(spec, fields[0]) and not value_of(spec, fields[1]),
        message("special matters are matters of the owners, so owners_matter must be true or special_matter false"),
    )


def nothing_for_owners(spec: Spec) -> bool:
    """Whether no contested kind of issue that arises is for the owners to decide."""
    kinds = (getattr(spec.kinds, name) for name in Kinds.model_fields)
    return not any(kind.owners_matter and kind.contested > 0 and kind.share > 0 for kind in kinds)


def mean_hazard(spec: Spec) -> float:
    """Mean relative rate of issues over the mix of compounds."""
    p = spec.places
    rest = 1 - p.share_old - p.share_commodity
    return p.share_old * p.hazard_old + p.share_commodity * p.hazard_commodity + rest * p.hazard_resettlement


NEVER = 30_000
"""The day that stands for never in withdrawn_on."""

KIND_SHARES = tuple(f"kinds.{kind}.share" for kind in Kinds.model_fields)

TOWN = (
    Contradiction(
        KIND_SHARES,
        lambda spec: abs(sum_of(spec, KIND_SHARES) - 1) > TINY,
        message("the shares of all kinds must sum to 1"),
        adds_up=True,
    ),
    shares("places.share_old", "places.share_commodity"),
    shares("population.share_children", "population.share_young", "population.share_old"),
    Contradiction(
        ("population.share_children", "population.share_old"),
        lambda spec: spec.population.share_children + spec.population.share_old > 1 - TINY,
        message("together they must be below 1, so that somebody is between 18 and 59"),
        adds_up=True,
    ),
    shares("population.share_free_rider", "population.share_unconditional"),
    shares("population.share_gig", "population.share_student", "population.share_other_work"),
    Contradiction(
        tuple(
            f"places.{name}"
            for name in ("share_old", "share_commodity", "hazard_old", "hazard_commodity", "hazard_resettlement")
        ),
        lambda spec: mean_hazard(spec) <= TINY,
        message("at least one kind of compound that exists must have a rate of issues above 0"),
    ),
    at_most("issues.severity_low", "issues.severity_high", message("severity_low must be at most severity_high")),
)
"""Of people, places and issues."""

PROGRAMME = (
    pay("incentives.points_per_hour"),
    pay("incentives.points_per_meeting_hour"),
    pay("incentives.points_per_duty_hour"),
    pay("incentives.worker_points_per_hour"),
    pay("incentives.merit_points"),
    pay("incentives.appraisal_points"),
    prize("incentives.merit_points", "incentives.merit_share"),
    prize("incentives.appraisal_points", "incentives.appraisal_share"),
    Contradiction(
        ("incentives.points_per_duty_hour", "party.obligation_minutes"),
        lambda spec: spec.incentives.points_per_duty_hour > 0 and spec.party.obligation_minutes == 0,
        message(
            "duty points are paid for the hours members owe, so obligation_minutes must be above 0 or the points 0"
        ),
    ),
    only_in_a_programme(
        "incentives.withdrawn_on",
        NEVER,
        message(
            "only a programme can be withdrawn, so programme_on must be true or withdrawn_on {never} (never)", never=NEVER
        ),
    ),
    only_in_a_programme(
        "mall.redeem_for",
        "goods",
        message(
            'points are redeemed only in a programme, so programme_on must be true or redeem_for "goods" (the default)'
        ),
    ),
    only_in_a_programme(
        "mall.budget_limited",
        False,
        message("only a programme has a mall, so programme_on must be true or budget_limited false"),
    ),
    Contradiction(
        ("mall.budget_limited", "mall.redeem_for"),
        lambda spec: spec.mall.budget_limited and spec.mall.redeem_for == "donation",
        message("points given away need no goods, so a mall for donations cannot run dry"),
    ),
    Contradiction(
        ("recognition.praise_grid_share", "recognition.praise_days"),
        lambda spec: spec.recognition.praise_grid_share > 0 and spec.recognition.praise_days == 0,
        message("micro-grids are praised in rounds of praise, so praise_days must be above 0 or praise_grid_share 0"),
    ),
    Contradiction(
        ("recognition.praise_days", "recognition.praise_share", "recognition.praise_grid_share"),
        lambda spec: (
            spec.recognition.praise_days > 0 and spec.recognition.praise_share + spec.recognition.praise_grid_share <= 0
        ),
        message("a round of praise must praise somebody, so one of the shares must be above 0 or praise_days 0"),
    ),
)
"""Of points and praise."""

REGIME = (
    Contradiction(
        ("deliberation.plan", "deliberation.status_quo"),
        lambda spec: spec.deliberation.plan == spec.deliberation.status_quo,
        message("a plan must differ from the status quo, or there is nothing to decide"),
    ),
    at_most("deliberation.min_rounds", "deliberation.max_rounds", message("min_rounds must be at most max_rounds")),
    Contradiction(
        ("deliberation.full_discussion", "deliberation.rounds_full", "deliberation.max_rounds"),
        lambda spec: spec.deliberation.full_discussion and spec.deliberation.rounds_full > spec.deliberation.max_rounds,
        message("a full discussion must fit into the talk, so rounds_full must be at most max_rounds"),
    ),
    at_most(
        "deliberation.owners_threshold",
        "deliberation.owners_threshold_special",
        message("special matters must need no smaller a majority than ordinary ones"),
    ),
    Contradiction(
        ("deliberation.rule",),
        lambda spec: spec.deliberation.rule == "owners" and nothing_for_owners(spec),
        message("then a contested kind of issue must be for the owners to decide (owners_matter = true)"),
    ),
    Contradiction(
        ("deliberation.rule", "deliberation.binding"),
        lambda spec: spec.deliberation.rule == "cadre" and not spec.deliberation.binding,
        message("where the cadre decides at once there is no vote that could be advice, so binding must be true"),
    ),
    without_seats("ballot", message("all affected vote in a ballot")),
    without_seats("residents_meeting", message("a residents' meeting is open to every household")),
    seats("council", "deliberation.council_seats"),
    seats("random", "deliberation.random_seats"),
    *(special(kind) for kind in Kinds.model_fields),
)
"""Of meetings and votes."""

PEOPLE_IN_OFFICE = (
    Contradiction(
        ("party.exemplar", "party.obligation_minutes"),
        lambda spec: spec.party.exemplar and spec.party.obligation_minutes == 0,
        message("members set an example by the work they owe, so obligation_minutes must be above 0 or exemplar false"),
    ),
    at_most(
        "grid.patrol_hours",
        "grid.hours_micro_grid",
        message("patrols are part of the week, so patrol_hours must be at most hours_micro_grid"),
    ),
    Contradiction(
        ("grid.patrol_policy", "grid.patrol_hours"),
        lambda spec: spec.grid.patrol_policy == "adaptive" and spec.grid.patrol_hours <= 0,
        message('a patrol needs time to adapt, so patrol_hours must be above 0 or patrol_policy "fixed"'),
    ),
    at_most(
        "deputies.minutes_petition",
        "deputies.minutes_day",
        message("a reception day must last for one petitioner at least"),
    ),
)
"""Of Party members, grid workers and deputies."""

CONTRADICTIONS = (*TOWN, *PROGRAMME, *REGIME, *PEOPLE_IN_OFFICE)
"""All of them, in the order in which they are looked for."""
