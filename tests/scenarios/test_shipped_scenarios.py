"""The scenarios that come with the package: each asks its question and changes what it says, nothing else."""

from __future__ import annotations

import re
import tomllib

import pytest
from linli.model.spec import Spec
from linli.scenarios import load, names
from linli.scenarios.catalogue import STRUCTURAL

CHANGES = {
    "bare": {},
    "baseline": {},
    "cadre": {"deliberation": {"rule": "cadre"}},
    "five_yuan": {"incentives": {"programme_on": True, "points_per_hour": 500}},
    "five_yuan_cadre": {
        "incentives": {"programme_on": True, "points_per_hour": 500},
        "deliberation": {"rule": "cadre"},
    },
    "tiny_pay": {"incentives": {"programme_on": True, "points_per_hour": 10}},
    "twenty_yuan": {"incentives": {"programme_on": True, "points_per_hour": 2000}},
    "paid_meetings": {"incentives": {"programme_on": True, "points_per_meeting_hour": 500}},
    "half_staff": {"grid": {"staffing": 0.5}},
    "double_staff": {"grid": {"staffing": 2.0}},
    "frequent_meetings": {"deliberation": {"period": 7}},
    "no_peers": {"participation": {"weight_peers": 0.0}},
    "no_crowding": {
        "incentives": {"programme_on": True, "points_per_hour": 10},
        "participation": {"crowding": 0.0},
    },
    "no_learning": {"learning": {"step": 0.0}},
    "no_spread": {"issues": {"spread": 0.0}},
}


def test_all_of_them_are_known_here() -> None:
    assert names() == sorted(CHANGES)


@pytest.mark.parametrize("name", names())
def test_each_changes_what_it_says_and_nothing_else(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert scenario.changes == CHANGES[name]
    expected = scenario.baseline.model_dump()
    for section, values in CHANGES[name].items():
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
