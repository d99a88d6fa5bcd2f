"""The scenarios that come with the package: each asks its question and changes what it says, nothing else."""

from __future__ import annotations

import re
import tomllib

import pytest
from linli.model.spec import Spec
from linli.scenarios import load, names
from linli.scenarios.catalogue import STRUCTURAL

FIVE_YUAN = {"programme_on": True, "points_per_hour": 500}
TINY_PAY = {"programme_on": True, "points_per_hour": 10}
RULES = ("neutral_chair", "one_matter", "raise_hands", "respect", "turn_limits", "full_discussion", "minority_voice")
"""Those of the eight rules that are switched on in the baseline; the seventh is the majority itself."""

NO_RULES = dict.fromkeys(RULES, False)

CHANGES: dict[str, dict[str, dict[str, object]]] = {
    "bare": {},
    "baseline": {},
    # pay and praise
    "tiny_pay": {"incentives": TINY_PAY},
    "one_yuan": {"incentives": {"programme_on": True, "points_per_hour": 100}},
    "five_yuan": {"incentives": FIVE_YUAN},
    "twenty_yuan": {"incentives": {"programme_on": True, "points_per_hour": 2000}},
    "recognition_only": {
        "incentives": {"programme_on": True},
        "recognition": {"visibility": 1.0, "praise_days": 90},
    },
    "public_board": {"recognition": {"visibility": 1.0}},
    "praise": {"recognition": {"praise_days": 90, "praise_grid_share": 0.1}},
    "five_yuan_board": {"incentives": FIVE_YUAN, "recognition": {"visibility": 1.0}},
    "tiny_pay_board": {"incentives": TINY_PAY, "recognition": {"visibility": 1.0}},
    "donation": {"incentives": FIVE_YUAN, "mall": {"redeem_for": "donation"}},
    "services": {"incentives": FIVE_YUAN, "mall": {"redeem_for": "services"}},
    "dry_mall": {"incentives": FIVE_YUAN, "mall": {"budget_limited": True}},
    "contests": {"incentives": {"programme_on": True, "merit_points": 50_000, "appraisal_points": 10_000}},
    "worker_points": {"incentives": {"programme_on": True, "worker_points_per_hour": 500}},
    "duty_points": {"incentives": {"programme_on": True, "points_per_duty_hour": 500}},
    "paid_meetings": {"incentives": {"programme_on": True, "points_per_meeting_hour": 500}},
    "withdrawal": {"incentives": FIVE_YUAN | {"withdrawn_on": 365}},
    # regimes of deliberation
    "cadre": {"deliberation": {"rule": "cadre"}},
    "eight_rules_majority": {},
    "eight_rules_accommodation": {"deliberation": {"minority_amendment": True}},
    "open_courtyard": {"deliberation": NO_RULES},
    "near_consensus": {"deliberation": {"threshold": 0.8, "amend_step": 0.3}},
    "amendment_off": {"deliberation": {"threshold": 0.8}},
    "statutory_quorum": {"deliberation": {"rule": "owners"}},
    "direct_vote": {"deliberation": {"rule": "ballot"}},
    "residents_meeting": {"deliberation": {"rule": "residents_meeting"}},
    "elected_council": {"deliberation": {"attendance": "council"}},
    "random_selection": {"deliberation": {"attendance": "random"}},
    "secretary_in_chair": {"deliberation": {"convener": "party_secretary", "neutral_chair": False}},
    "self_made_rules": {"deliberation": {"rules_origin": "self_made"}},
    "advisory_vote": {"deliberation": {"binding": False}},
    "agenda_filter": {"agenda": {"filter_on": True}},
    "frequent_meetings": {"deliberation": {"period": 7}},
    # members, grid workers, deputies
    "exemplar_off": {},
    "exemplar_on": {"party": {"exemplar": True}},
    "no_party_contact": {"party": {"quota": 0}},
    "high_quota": {"party": {"quota": 20}},
    "half_staff": {"grid": {"staffing": 0.5}},
    "double_staff": {"grid": {"staffing": 2.0}},
    "containment_kpi": {"grid": {"containment_kpi": 1.0}},
    "adaptive_patrol": {"grid": {"patrol_policy": "adaptive"}},
    "no_patrol": {"grid": {"patrol_hours": 0.0}},
    "no_deputies": {"deputies": {"per_community": 0, "cppcc_per_community": 0}},
    "frequent_reception": {"deputies": {"period": 7}},
    "no_bundling": {"deputies": {"bundling": False}},
    "brokering": {"deputies": {"cppcc_per_community": 4}},
    # both at once
    "five_yuan_cadre": {"incentives": FIVE_YUAN, "deliberation": {"rule": "cadre"}},
    "five_yuan_open_courtyard": {"incentives": FIVE_YUAN, "deliberation": NO_RULES},
    "five_yuan_accommodation": {"incentives": FIVE_YUAN, "deliberation": {"minority_amendment": True}},
    # controls
    "no_peers": {"participation": {"weight_peers": 0.0}},
    "no_crowding": {"incentives": TINY_PAY, "participation": {"crowding": 0.0}},
    "no_learning": {"learning": {"step": 0.0}},
    "no_spread": {"issues": {"spread": 0.0}},
    "no_points_more_workers": {"grid": {"yuan_for_hours": None}},
}
"""What each changes; None stands for a value that is measured, and may be any."""


def as_told(
    changes: dict[str, dict[str, object]], wanted: dict[str, dict[str, object]]
) -> dict[str, dict[str, object]]:
    """The changes, with None wherever any value will do."""
    return {
        section: {name: None if wanted.get(section, {}).get(name, 0) is None else value for name, value in each.items()}
        for section, each in changes.items()
    }


def test_all_of_them_are_known_here() -> None:
    assert names() == sorted(CHANGES)


@pytest.mark.parametrize("name", names())
def test_each_changes_what_it_says_and_nothing_else(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert as_told(scenario.changes, CHANGES[name]) == CHANGES[name]
    expected = scenario.baseline.model_dump()
    for section, values in scenario.changes.items():
        expected[section].update(values)
    assert scenario.spec == Spec.model_validate(expected)


@pytest.mark.parametrize("name", names())
def test_each_opens_with_its_question_in_both_languages(name: str) -> None:
    scenario = load(name)
    text = scenario.path.read_text(encoding="utf-8")
    assert list(tomllib.loads(text))[:2] == ["question", "question_zh"]
    assert text.startswith("question = ")
    assert scenario.question.endswith("?")
    assert scenario.question.isascii()
    assert scenario.question_zh.endswith("？")
    assert len(re.findall(r"[\u4e00-\u9fff]", scenario.question_zh)) >= 10


@pytest.mark.parametrize("name", names())
def test_each_says_in_a_comment_what_it_means(name: str) -> None:
    assert re.search(r"^# \w", load(name).path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", names())
def test_all_but_the_roots_share_the_burn_in_of_the_baseline(name: str) -> None:
    scenario = load(name)
    assert scenario.root.stem == ("bare" if name == "bare" else "baseline")
    assert scenario.baseline == load(scenario.root.stem).spec
    assert not set(scenario.changes) & set(STRUCTURAL)


@pytest.mark.parametrize("name", names())
def test_each_turns_into_the_numbers_of_compiled_code(name: str) -> None:
    scenario = load(name)
    assert scenario.spec.numbers().incentives.points_per_hour == scenario.spec.incentives.points_per_hour


def test_bare_is_the_first_version_and_stays_so() -> None:
    bare = load("bare")
    assert bare.spec == bare.baseline == Spec()
    assert bare.spec.deliberation.rule == "majority"
    assert not bare.spec.incentives.programme_on


def test_the_questions_differ() -> None:
    assert len({load(name).question for name in names()}) == len(names())
    assert len({load(name).question_zh for name in names()}) == len(names())


def test_the_control_of_tiny_pay_differs_from_it_in_crowding_alone() -> None:
    tiny, control = load("tiny_pay"), load("no_crowding")
    assert control.spec == tiny.spec.changed(participation={"crowding": 0.0})


SWITCHES = {
    "rule", "threshold", "attendance", "convener", "rules_origin", "binding", *RULES, "minority_amendment", "amend_step",
}  # fmt: skip
REGIMES = (
    "baseline", "eight_rules_majority", "eight_rules_accommodation", "open_courtyard", "near_consensus",
    "statutory_quorum", "residents_meeting",
)  # fmt: skip


@pytest.mark.parametrize("name", REGIMES)
def test_a_regime_that_meets_can_be_read_from_its_file(name: str) -> None:
    written = tomllib.loads(load(name).path.read_text(encoding="utf-8"))
    assert set(written["deliberation"]) >= SWITCHES


def test_the_baseline_meets_under_the_eight_rules_and_pays_nobody() -> None:
    baseline = load("baseline").spec
    assert all(getattr(baseline.deliberation, rule) for rule in RULES)
    assert baseline.deliberation.rule == "majority"
    assert not baseline.incentives.programme_on
    assert baseline.recognition == Spec().recognition
    assert not baseline.agenda.filter_on


def test_the_agenda_filter_comes_neutral_with_every_kind_to_edit() -> None:
    scenario = load("agenda_filter")
    written = tomllib.loads(scenario.path.read_text(encoding="utf-8"))["kinds"]
    assert written == {kind: {"admissible": True} for kind in type(scenario.spec.kinds).model_fields}
