"""Every coefficient has a story that would not hold without it."""

from __future__ import annotations

import importlib

import pytest
from house.repo import ROOT
from linli.model.issues import Kind, KindOfIssue, Kinds
from linli.model.spec import Spec
from stories.register import TOLD, must_fail_without, neutral_value, neutralised, story

STRICT = True
"""Whether a coefficient without a story is an error; while stories are being written it is only reported."""

EXEMPT: dict[str, str] = {}
"""Coefficients that need no story, and why."""

GROUPS = {name: info.annotation for name, info in Spec.model_fields.items() if name != "kinds"}
COEFFICIENTS = {f"{section}.{name}" for section, group in GROUPS.items() for name in group.model_fields}
OF_KINDS = {f"kinds.{name}" for name in KindOfIssue.model_fields}


def told():
    """Coefficients that stories are about; one told of for one kind of issue is told of for all."""
    for path in sorted((ROOT / "tests" / "stories").glob("test_*.py")):
        importlib.import_module(f"stories.{path.stem}")
    return {".".join((name.split(".")[0], name.split(".")[-1])) for name in TOLD}


def test_every_coefficient_has_a_story():
    missing = sorted((COEFFICIENTS | OF_KINDS) - told() - EXEMPT.keys())
    if missing and not STRICT:
        pytest.xfail(f"{len(missing)} coefficients have no story yet: {', '.join(missing)}")
    assert not missing


def test_what_is_exempt_exists_has_a_reason_and_no_story():
    assert not EXEMPT.keys() - COEFFICIENTS - OF_KINDS
    assert all(reason.strip() for reason in EXEMPT.values())
    assert not EXEMPT.keys() & told()


@pytest.mark.parametrize("name", sorted(COEFFICIENTS))
def test_a_coefficient_can_be_neutralised_and_comes_back(name):
    section, parameter = name.split(".")
    group = getattr(Spec(), section)
    value = neutral_value(name)
    before = group.numbers()
    with neutralised(name, value):
        now = group.numbers()
    number = 0 if isinstance(value, str) else value  # the first of several choices has the code 0
    assert now == before._replace(**{parameter: number})
    assert type(getattr(now, parameter)) is type(getattr(before, parameter))
    assert group.numbers() == before


def test_a_coefficient_of_the_kinds_can_be_neutralised_for_all_or_for_one():
    before = Kinds().numbers()["labour"]
    with neutralised("kinds.labour", 0.0):
        assert not Kinds().numbers()["labour"].any()
    with neutralised("kinds.garbage.labour", 0.0):
        now = Kinds().numbers()["labour"]
    assert [kind for kind in Kind if now[kind] != before[kind]] == [Kind.GARBAGE] and now[Kind.GARBAGE] == 0
    assert (Kinds().numbers()["labour"] == before).all()


def test_a_story_its_coefficient_does_not_matter_to_is_found_out():
    with pytest.raises(pytest.fail.Exception, match=r"nobody would notice if reporting\.sigma did nothing"):
        must_fail_without("reporting.sigma", 0.0, lambda: None)


def test_a_story_that_breaks_has_not_failed():
    with pytest.raises(ZeroDivisionError):
        must_fail_without("reporting.sigma", 0.0, lambda: 1 / Spec().numbers().reporting.sigma)


@pytest.mark.parametrize("name", ["reporting.sigmar", "reporter.sigma", "kinds.pets.labour", "kinds.garbage.smell"])
def test_a_story_about_nothing_is_refused(name):
    with pytest.raises(KeyError, match="no such coefficient"):
        story(name)
