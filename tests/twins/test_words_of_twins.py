"""What differs is said in whole sentences, in English and in Chinese, and fits a terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from linli.agents.core.field import fields_of
from linli.experiments.twins import wording
from linli.experiments.twins.events import KINDS, OF_ISSUES, Event
from linli.experiments.twins.mixing import HERE
from linli.experiments.twins.naming import LISTS, NAMED_BY, STANDING, TODAY, Cell
from linli.experiments.twins.shown import tables_of
from linli.experiments.twins.steps import _text, steps
from linli.model.world import ENTITIES
from rich.console import Console

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = re.compile(r"baseline|five_yuan|cadre|incentives\.\w+|deliberation\.\w+|\w+\.csv|provenance\.json")
TWINS = ("paid", "commanded")


def left_in_english(text: str) -> list[str]:
    """Words of a Chinese text that are not Chinese; names of scenarios, parameters and files are no words."""
    return re.findall("[A-Za-z]{2,}", NAMES.sub("", text))


@pytest.mark.parametrize("which", TWINS)
def test_every_text_is_there_in_both_languages(which, request):
    twins = request.getfixturevalue(which)
    for records in twins.records.values():
        for record in records:
            for name in (name for name in record if f"{name}_zh" in record):
                english, chinese = str(record[name]), str(record[f"{name}_zh"])
                assert bool(english) == bool(chinese)
                assert not CHINESE.search(english), english
                assert not left_in_english(chinese), chinese
    assert left_in_english(twins.sentence("zh")) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("which", TWINS)
def test_the_terminal_tells_all_of_it_in_a_hundred_columns(which, lang, request):
    twins = request.getfixturevalue(which)
    with io.StringIO() as out:
        Console(file=out, width=100, highlight=False).print(tables_of(twins, lang))
        text = out.getvalue()
    assert "…" not in text
    assert max(map(saying_width, text.splitlines())) <= 100
    if lang == "zh":
        assert not left_in_english(text)
    folded = re.sub(r"\s", "", text)
    for chain in twins.told:
        assert re.sub(r"\s", "", twins.namer(lang).event(chain.end)) in folded


def saying_width(line: str) -> int:
    """Columns that a line takes."""
    from rich.cells import cell_len

    return cell_len(line.rstrip())


def test_a_chain_that_was_not_found_says_so(paid):
    lost = replace(paid, told=(paid.told[0], paid.told[1].__class__(paid.told[1].end, ())))
    for lang, words in (("en", "what this came of was not found"), ("zh", "未找到其由来")):
        with io.StringIO() as out:
            Console(file=out, width=100).print(tables_of(lost, lang))
            assert words in out.getvalue()
    assert lost.records["chains"][-1]["link"] is None
    assert lost.figure("en").axes


def test_every_happening_and_every_step_has_its_words():
    assert set(wording.HAPPENED) == set(KINDS)
    assert set(wording.STEPS) == {step.name for step in steps()}


@pytest.mark.parametrize("table", [*LISTS, *TODAY])
def test_a_row_of_every_list_can_be_spoken_of(table):
    assert (table, "") in wording.DOES and table in wording.LISTED and NAMED_BY[table]


@pytest.mark.parametrize("table", [*STANDING, *LISTS, *TODAY, "issues", "days"])
def test_every_field_has_words_in_both_languages(table, paid):
    for lang in ("en", "zh"):
        for field in fields_of(ENTITIES[table]):
            said = paid.namer(lang).what(Cell(table, (0,), field))
            assert said and bool(CHINESE.search(said)) == (lang == "zh")


def test_everything_that_a_step_hands_on_has_words():
    named = {field for table, field in wording.HELD_THERE if table == HERE}
    assert {name for name in _text()[2] if name not in ("offer", "tally")} <= named


ANOTHER_WAY = [
    ("decided", True, False, "for the plan under baseline, for the status quo under cadre", "采纳方案"),
    ("reported", 2, 3, "hotline under baseline, qr under cadre", "热线"),
    ("voted", 1, 2, " under baseline, ", "cadre为"),
    ("learned", True, False, "that it has under baseline, that it has not under cadre", "觉得有用"),
    ("redeemed", 120, 80, "120 points under baseline, 80 points under cadre", "120积分"),
    ("resolved", True, False, "late under baseline, in time under cadre", "超时限"),
    ("climbed", 1, 2, " under baseline, ", "cadre为"),
]


@pytest.mark.parametrize(("kind", "a", "b", "english", "chinese"), ANOTHER_WAY)
def test_what_went_another_way_on_the_same_day_is_told_with_both_ways(kind, a, b, english, chinese, commanded):
    luck = commanded.issues()["luck"].iloc[0]
    of_issue = kind in OF_ISSUES
    event = Event(kind, -1 if of_issue else 5, int(luck) if of_issue else -1, (0,), 60, 60, a, b)
    told = {lang: commanded.namer(lang).event(event) for lang in ("en", "zh")}
    assert english in told["en"] and "on day 60" in told["en"]
    assert chinese in told["zh"] and "第60天" in told["zh"] and not left_in_english(told["zh"])
