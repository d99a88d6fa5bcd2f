"""A lever at dose nought is as good as absent: its coefficients may be anything, and no bit of the town changes."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from linli.agents.core.parameter import About
from linli.model import world as worlds
from linli.model.founding import found
from linli.model.issues import Kind
from linli.model.running import run
from linli.model.spec import Spec
from linli.model.world import World
from mechanisms import EAGER

PAID = {"incentives": {"programme_on": True, "points_per_hour": 500, "points_per_meeting_hour": 200}}
ANNOUNCED = {"incentives": {"programme_on": True}}
"""A programme that pays for nothing."""

MALL = (
    "mall.redeem_for mall.yuan_per_100_services mall.worth_of_donating mall.donation_keeps_spirit "
    "mall.budget_limited mall.budget_yuan_per_1000 mall.belief_step mall.disappointment mall.online_saves "
    "mall.days_valid redeeming.hassle_median redeeming.hassle_sigma"
)
PAY = (
    "incentives.contest_spread incentives.yuan_per_100_points incentives.redemption_belief "
    "incentives.worker_response incentives.spirit_drift participation.pay_ceiling participation.pay_half "
    "participation.pay_steepness participation.crowding participation.crowding_fades habits.habit_paid"
)
TALK = (
    "deliberation.neutral_chair deliberation.one_matter deliberation.raise_hands deliberation.respect "
    "deliberation.turn_limits deliberation.full_discussion deliberation.minority_amendment "
    "deliberation.voice_gap deliberation.repulsion deliberation.min_rounds deliberation.minutes_round "
    "deliberation.openness deliberation.openness_sd deliberation.minutes_to_move deliberation.closeness "
    "deliberation.talk_sd deliberation.talk_by_position deliberation.minutes_turn deliberation.turn_sd "
    "deliberation.amend_step deliberation.extra deliberation.convener deliberation.attendance"
)
OWNERS = "deliberation.owners_quorum deliberation.owners_threshold deliberation.owners_threshold_special"
BALLOT = "voting.base voting.sigma voting.weight_image voting.share_refusing voting.turnout_absentee"
LADDER = "deliberation.mediation_pull deliberation.mediation_minutes deliberation.enforcement_fairness"
EXAMPLE = (
    "participation.weight_exemplar participation.exemplar_substitution participation.days_exemplar_seen"
)

OFF: dict[str, tuple[dict[str, Any], str]] = {
    "no public board": (PAID, "participation.weight_image participation.image_dilution"),
    "no praise": (
        PAID,
        "recognition.praise_share recognition.praise_grid_share participation.weight_praise "
        "participation.praise_half_life participation.weight_praise_grid",
    ),
    "no programme": (
        {"incentives": {"points_per_hour": 500, "points_per_meeting_hour": 200, "worker_points_per_hour": 100}},
        f"{PAY} {MALL} incentives.points_per_hour incentives.points_per_meeting_hour incentives.points_per_duty_hour "
        "incentives.worker_points_per_hour incentives.merit_points incentives.appraisal_points "
        "incentives.crowd_at_zero incentives.withdrawn_on incentives.fixed_yuan_per_1000",
    ),
    "a programme that pays nothing": (ANNOUNCED, f"{PAY} redeeming.hassle_median mall.redeem_for mall.days_valid"),
    "no contest": (PAID, "incentives.contest_spread incentives.merit_share incentives.appraisal_share"),
    "no points for workers": (PAID, "incentives.worker_response"),
    "a mall without a limit": (PAID, "mall.budget_yuan_per_1000 mall.belief_step mall.disappointment"),
    "goods": (PAID, "mall.yuan_per_100_services mall.worth_of_donating mall.donation_keeps_spirit"),
    "no agenda filter": ({}, "kinds.admissible learning.step_refused"),
    "no contact": (
        {"party": {"obligation_minutes": 120}},
        "party.visits_per_household party.share_genuine party.quota_half party.share_asking party.minutes_visit "
        "party.days_told party.information_told participation.weight_authority",
    ),
    "no obligation": (
        {"party": {"quota": 6}, **ANNOUNCED},
        f"party.share_showing party.exemplar incentives.points_per_duty_hour {EXAMPLE}",
    ),
    "no exemplar": ({"party": {"obligation_minutes": 120}}, EXAMPLE),
    "no deputies": (
        {"deputies": {"cppcc_per_community": 4}},
        "deputies.period deputies.minutes_day deputies.minutes_petition deputies.representatives_only deputies.base "
        "deputies.reach deputies.remit deputies.days_handover deputies.priority deputies.bundling "
        "deputies.bundle_saving deputies.feedback",
    ),
    "no CPPCC": (
        {"deputies": {"per_community": 12}},
        "deputies.brokering deputies.brokered_share deputies.days_chronic",
    ),
    "no bonds": ({}, "bonds.days_lasting"),
    "no patrol": ({}, "grid.patrol_policy grid.patrol_yield"),
    "no judging by cases kept": ({}, "grid.kpi_patience grid.kpi_paper"),
    "no hours bought": ({}, "grid.yuan_per_hour"),
    "cadre": (
        {"deliberation": {"rule": "cadre"}},
        f"{TALK} {OWNERS} {BALLOT} {LADDER} deliberation.quorum deliberation.staff_minutes_meeting "
        "deliberation.threshold deliberation.rules_origin "
        "deliberation.minority_voice consenting.weight_taking_part attending.base",
    ),
    "ballot": (
        {"deliberation": {"rule": "ballot"}},
        f"{TALK} {OWNERS} deliberation.minority_voice attending.base voting.turnout_absentee "
        "voting.share_refusing",
    ),
    "a meeting and a majority": (
        {},
        f"{OWNERS} {BALLOT} {LADDER} deliberation.council_seats deliberation.council_weight_party "
        "deliberation.council_weight_women deliberation.council_weight_tenants deliberation.council_weight_old "
        "deliberation.random_seats deliberation.advice_followed deliberation.share_straying "
        "deliberation.interruptions deliberation.interruption_gap deliberation.repulsion_distance "
        "deliberation.hands_exponent deliberation.turns_limit deliberation.minutes_limit deliberation.rounds_full "
        "deliberation.max_amendments deliberation.minority_share deliberation.minority_loss "
        "deliberation.minority_step deliberation.max_accommodations deliberation.yuan_amendment "
        "deliberation.yuan_extra deliberation.chair_social_worker deliberation.chair_rotating "
        "consenting.weight_own_rules attending.council_duty attending.selected_duty",
    ),
    "a neutral chair": (
        {"deliberation": {"neutral_chair": True}},
        "deliberation.chair_weight deliberation.chair_social_worker deliberation.chair_rotating",
    ),
}
"""For each lever that is off, what else holds, and the coefficients that have nothing to do then."""

KNOWN_ALL_THE_SAME = {"town.appraisal_cutoff", "town.merit_cutoff", "months.belief"}
"""Noted where nothing hangs on it, too: what it would have taken to win a contest, the belief in a mall."""


def about(name: str) -> About:
    """What is declared of a coefficient."""
    section, _, parameter = name.partition(".")
    group: Any = Spec.model_fields[section].annotation
    if section == "kinds":
        group = type(group().planters)
    return next(one for one in group.about() if one.name == parameter)


def other_values(name: str) -> list[Any]:
    """The ends of a coefficient's range, or its other choices."""
    one = about(name)
    if one.choices:
        return [choice for choice in one.choices if choice != one.default]
    if isinstance(one.default, bool):
        return [not one.default]
    return [end for end in (one.low, one.high) if end != one.default]


def with_value(spec: Spec, name: str, value: Any) -> Spec:
    """The spec with this value of a coefficient (of all kinds of issue, if it is one of theirs)."""
    section, _, parameter = name.partition(".")
    change = {parameter: type(about(name).default)(value)}
    if section == "kinds":
        return spec.changed(kinds={kind.name.lower(): change for kind in Kind})
    return spec.changed(**{section: change})


def spec_of(lever: str) -> Spec:
    """The specification of a lively town in which a lever is off."""
    return Spec().changed(**EAGER).changed(**OFF[lever][0])


def lived(spec: Spec) -> World:
    """Such a town over the turn of a quarter."""
    return run(found(spec, "micro_grid", 3), spec, 120)


@cache
def absent(lever: str) -> World:
    """The town against which others are held."""
    return lived(spec_of(lever))


CASES = [(lever, name) for lever, (_, names) in OFF.items() for name in names.split()]


@pytest.mark.parametrize("lever, name", CASES, ids=lambda case: case)
def test_no_bit_changes(lever: str, name: str) -> None:
    for value in other_values(name):
        apart = worlds.differences(absent(lever), lived(with_value(spec_of(lever), name, value)))
        assert set(apart) <= KNOWN_ALL_THE_SAME, value


def test_a_programme_that_pays_nothing_costs_money_and_changes_nothing_else() -> None:
    bare = Spec().changed(**EAGER)
    assert worlds.differences(lived(bare), lived(bare.changed(**ANNOUNCED))) == ["days.fen_programme"]
