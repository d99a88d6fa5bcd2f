"""Every number and every column says what it is; every source leads somewhere."""

from __future__ import annotations

import re

import pytest
from house.repo import ROOT, offences, sources
from linli.agents.core.field import fields_of
from linli.model.issues import KindOfIssue, Kinds
from linli.model.spec import Spec
from linli.model.world import ENTITIES

WORDS = {"assumption", "measured on a community"}
GROUPS = {name: info.annotation for name, info in Spec.model_fields.items() if name != "kinds"}
PARAMETERS = {
    f"{section}.{about.name}": about
    for section, group in {**GROUPS, "kinds": KindOfIssue}.items()
    for about in group.about()
}
FIELDS = {f"{table}.{name}": field for table, entity in ENTITIES.items() for name, field in fields_of(entity).items()}


@pytest.fixture(scope="module")
def anchors():
    files = [*(ROOT / "docs" / "evidence").glob("*.md"), ROOT / "docs" / "equations.md"]
    return {name for file in files for name in re.findall(r'<a id="([^"]+)">', file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_says_what_it_is(name):
    about = PARAMETERS[name]
    assert about.unit.strip() and about.meaning.strip() and about.source.strip()
    assert about.choices or isinstance(about.default, bool) or (about.low is not None and about.high is not None)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_default_lies_in_its_range(name):
    about = PARAMETERS[name]
    if about.choices:
        assert about.default in about.choices
    elif not isinstance(about.default, bool):
        assert about.low <= about.default <= about.high


def test_every_source_leads_somewhere(anchors):
    lost = {
        f"{name}: {tag}"
        for name, about in PARAMETERS.items()
        for tag in (part.strip() for part in about.source.split(","))
        if tag not in WORDS and tag not in anchors
    }
    assert not lost


def test_no_source_is_called_by_a_name_that_is_no_anchor():
    """`B-Tyler` and the like: standard references have numbers, as B8."""
    assert not offences(r"\bB-[A-Z][a-z]+", sources())


def test_anchors_are_given_once():
    files = [*(ROOT / "docs").rglob("*.md")]
    names = [name for file in files for name in re.findall(r'<a id="([^"]+)">', file.read_text(encoding="utf-8"))]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_says_what_it_is(name):
    field = FIELDS[name]
    assert field.unit.strip() and field.meaning.strip()
    if field.low is not None and field.high is not None:
        assert field.low <= field.default <= field.high


def test_a_code_names_its_values():
    nameless = {name for name, field in FIELDS.items() if field.unit == "code" and not field.codes}
    assert nameless <= {"town.size"}  # sizes are named by the table of sizes


def test_the_shares_of_the_kinds_sum_to_one():
    assert sum(getattr(Kinds(), name).share for name in Kinds.model_fields) == pytest.approx(1.0, abs=1e-12)


def test_a_parameter_is_not_called_anything_vague():
    vague = re.compile(r"(^|_)(data|process|manager|utils?|helper|param|value|factor2|tmp)(_|$)")
    assert not [name for name in PARAMETERS if vague.search(name.partition(".")[2])]
