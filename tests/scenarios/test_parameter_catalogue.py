"""The table of parameters: each is there once, and complete."""

from __future__ import annotations

import pytest
from linli.model.issues import Kinds
from linli.model.spec import Spec
from linli.scenarios import Entry, parameters
from linli.scenarios.catalogue import ABOUT, LATER, SECTIONS, type_of

ENTRIES = parameters()
IDS = [f"{e.section}.{e.name}" for e in ENTRIES]


def test_every_parameter_of_the_town_is_there_once() -> None:
    plain = [f"{s}.{name}" for s in Spec.model_fields if s != "kinds" for name in getattr(Spec(), s).model_dump()]
    kinds = [f"kinds.{k}.{name}" for k, kind in Kinds().model_dump().items() for name in kind]
    assert sorted(IDS) == sorted(plain + kinds)
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_each_has_unit_meaning_source_and_a_default_that_is_allowed(entry: Entry) -> None:
    assert entry.unit
    assert entry.meaning
    assert entry.source
    held = type_of(entry.section, entry.name)
    assert type(entry.default) is held
    if held is str:
        assert entry.default in entry.choices
    elif held is not bool:
        assert entry.low is not None
        assert entry.high is not None
        assert entry.low <= entry.default <= entry.high


def test_a_kind_of_issue_has_defaults_of_its_own() -> None:
    defaults = {(e.section, e.name): e.default for e in ENTRIES}
    assert defaults["kinds.safety", "tier"] == "sub_district"
    assert defaults["kinds.planters", "tier"] == "micro_grid"


def test_sections_of_later_versions_are_not_there_yet() -> None:
    assert not set(LATER) & set(Spec.model_fields)
    assert list(SECTIONS) == list(ABOUT)
