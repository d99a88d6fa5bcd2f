"""The Chinese words of the table of parameters: there for all of it, and for nothing else."""

from __future__ import annotations

import re

import pytest
from linli.model.issues import Kinds
from linli.scenarios import names, parameters
from linli.scenarios.catalogue import ABOUT, WORDS_ZH, meaning_zh, title_zh, words_zh

ENTRIES = parameters()
TABLES = ("sections", "units", "choices", "sources")
TAG = re.compile(r"[A-Z]+\d+[a-z]?")


def differences(table: str, wanted: set[str]) -> dict[str, set[str]]:
    """Words that are missing, and words for what there is not."""
    there = set(words_zh()[table])
    return {key: found for key, found in (("missing", wanted - there), ("stray", there - wanted)) if found}


def test_every_section_has_a_title() -> None:
    assert not differences("sections", set(ABOUT))


@pytest.mark.parametrize("section", [*(section for section in ABOUT if "." not in section), "kinds"])
def test_every_parameter_has_a_meaning_and_nothing_else_has(section: str) -> None:
    wanted = set(ABOUT["kinds.planters" if section == "kinds" else section])
    assert not differences(section, wanted)


def test_there_are_no_stray_tables() -> None:
    plain = {section.partition(".")[0] for section in ABOUT}
    assert set(words_zh()) == plain | set(TABLES)


def test_units_choices_and_words_of_sources() -> None:
    assert not differences("units", {entry.unit for entry in ENTRIES})
    assert not differences("choices", {choice for entry in ENTRIES for choice in entry.choices})
    tags = {tag for entry in ENTRIES for tag in entry.source.split(", ")}
    assert not differences("sources", {tag for tag in tags if not TAG.fullmatch(tag)})


@pytest.mark.parametrize("table", sorted(words_zh()))
def test_words_are_chinese_sentences_without_a_full_stop(table: str) -> None:
    for name, said in words_zh()[table].items():
        assert said == said.strip()
        assert not said.endswith("。"), name
        if table != "units":
            assert re.search(r"[\u4e00-\u9fff]", said), name
            assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", said), name


@pytest.mark.parametrize("section", [section for section in ABOUT if "." not in section])
def test_no_two_parameters_of_a_section_say_the_same(section: str) -> None:
    said = list(words_zh()[section].values())
    assert len(said) == len(set(said))


def test_entries_carry_their_words() -> None:
    found = {(entry.section, entry.name): entry for entry in ENTRIES}
    assert found["party", "quota"].meaning_zh == "每名党员联系的户数（党员联系户）；0表示不联系"
    assert found["party", "quota"].unit_zh == "户"
    assert {meaning_zh(f"kinds.{kind}", "money") for kind in Kinds.model_fields} == {"解决它所需的资金"}
    assert title_zh("mall") == "积分商城"


def test_what_the_source_does_not_define_stays_undefined() -> None:
    text = WORDS_ZH.read_text(encoding="utf-8")
    for codeword in ("115N", "1112", "七议五不议"):
        assert re.search(rf"原文没有给出[^）]*“{codeword}|“{codeword}”[^）]*原文没有给出", text), codeword


def test_the_words_are_no_scenario() -> None:
    assert WORDS_ZH.exists()
    assert WORDS_ZH.stem not in names()
