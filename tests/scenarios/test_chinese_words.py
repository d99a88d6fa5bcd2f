"""The Chinese words of the table of parameters: there for all of it, and for nothing else."""

from __future__ import annotations

import re
import sys

import pytest
from house.repo import ROOT
from linli.model.issues import Kinds
from linli.scenarios import names, parameters
from linli.scenarios.catalogue import ABOUT, meaning_zh, title_zh
from linli.words import catalogue

sys.path.insert(0, str(ROOT / "docs"))

from make_words import faults, wanted

ENTRIES = parameters()
TABLES = ("sections", "units", "choices", "sources")
PLAIN = sorted({section.partition(".")[0] for section in ABOUT})
TAG = re.compile(r"[A-Z]+\d+[a-z]?")


def words_of(table: str) -> dict[str, str]:
    """The Chinese of everything in one context, or of all parameters of a section, by its English or its name."""
    meanings = f"parameter, {table}."
    return {
        english if context == table else context.removeprefix(meanings): chinese
        for (context, english), chinese in catalogue.messages().items()
        if context == table or context.startswith(meanings)
    }


def differences(table: str, wanted: set[str]) -> dict[str, set[str]]:
    """Words that are missing, and words for what there is not."""
    there = set(words_of(table))
    return {key: found for key, found in (("missing", wanted - there), ("stray", there - wanted)) if found}


def test_every_section_has_a_title() -> None:
    assert not differences("sections", {*ABOUT, "kinds"})


@pytest.mark.parametrize("section", PLAIN)
def test_every_parameter_has_a_meaning_and_nothing_else_has(section: str) -> None:
    wanted = set(ABOUT["kinds.planters" if section == "kinds" else section])
    assert not differences(section, wanted)


def test_there_are_no_stray_sections() -> None:
    found = {context for context, _ in catalogue.messages() if context.startswith("parameter, ")}
    assert {context.removeprefix("parameter, ").partition(".")[0] for context in found} == set(PLAIN)


def test_units_choices_and_words_of_sources() -> None:
    assert not differences("units", {entry.unit for entry in ENTRIES})
    assert not differences("choices", {choice for entry in ENTRIES for choice in entry.choices})
    tags = {tag for entry in ENTRIES for tag in entry.source.split(", ")}
    assert not differences("sources", {tag for tag in tags if not TAG.fullmatch(tag)})


@pytest.mark.parametrize(
    "key",
    [("parameter, party.quota", ABOUT["party"]["quota"].meaning), ("units", "yuan per unit"), ("choices", "cadre"),
     ("sources", "assumption"), ("sections", "kinds.dogs"), ("heads", "unit"), ("units of fields", "identity"),
     ("codes", "asked_by_member")],
)  # fmt: skip
def test_a_word_of_a_declaration_that_is_missing_or_too_many_is_found(key: tuple[str, str]) -> None:
    """`make words` and the test of the catalogue look at declarations too."""
    there, places = dict(catalogue.messages()), wanted()
    del there[key]
    assert [repr(key[1]) in fault and "has no Chinese" in fault for fault in faults(there, places)] == [True]
    too_many = faults({**there, key: "有", (key[0], "what nobody declares"): "无"}, places)
    assert ["said nowhere" in fault for fault in too_many] == [True]


@pytest.mark.parametrize("table", [*PLAIN, *TABLES])
def test_words_are_chinese_sentences_without_a_full_stop(table: str) -> None:
    said_of = words_of(table)
    assert said_of
    for name, said in said_of.items():
        assert said == said.strip()
        assert not said.endswith("。"), name
        if table != "units":
            assert re.search(r"[\u4e00-\u9fff]", said), name
            assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", said), name


@pytest.mark.parametrize("section", [section for section in PLAIN if section != "kinds"])
def test_no_two_parameters_of_a_section_say_the_same(section: str) -> None:
    said = list(words_of(section).values())
    assert len(said) == len(set(said))


def test_entries_carry_their_words() -> None:
    found = {(entry.section, entry.name): entry for entry in ENTRIES}
    assert found["party", "quota"].meaning_zh == "每名党员联系的户数（党员联系户）；0表示不联系"
    assert found["party", "quota"].unit_zh == "户"
    assert found["party", "quota"].record()["unit_zh"] == "户"
    assert {meaning_zh(f"kinds.{kind}", "money") for kind in Kinds.model_fields} == {"解决它所需的资金"}
    assert title_zh("mall") == "积分商城"


def test_what_the_source_does_not_define_stays_undefined() -> None:
    text = "\n".join(said for section in PLAIN for said in words_of(section).values())
    for codeword in ("115N", "1112", "七议五不议"):
        near = rf"原文没有给出[^）\n]*“{codeword}|“{codeword}”[^）\n]*原文没有给出"
        assert codeword not in text or re.search(near, text), codeword
    for name, undefined in (("deliberation.council_weight_party", "“115N”"), ("agenda.filter_on", "“七议五不议”"),
                            ("party.obligation_minutes", "“1112”")):  # fmt: skip
        section, field = name.split(".")
        said = words_of(section)[field]
        assert undefined in said and "原文没有给出" in said


def test_every_toml_file_beside_the_scenarios_is_one() -> None:
    assert {path.stem for path in (ROOT / "scenarios").glob("*.toml")} == set(names())
    assert not list((ROOT / "model").glob("*.toml"))
