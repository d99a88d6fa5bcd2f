"""Writing a scenario down and reading it again."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from linli.scenarios import Entry, dump, load, names, parameters
from linli.scenarios.contradictions import CONTRADICTIONS

Write = Callable[..., Path]


def same_again(path: Path, text: str) -> bool:
    path.write_text(text, encoding="utf-8")
    return dump(load(path)) == text


@pytest.mark.parametrize("name", names())
def test_each_shipped_scenario_comes_back(name: str, tmp_path: Path) -> None:
    scenario = load(name)
    path = tmp_path / "again.toml"
    assert same_again(path, dump(scenario))
    again = load(path)
    assert (again.spec, again.baseline, again.changes) == (scenario.spec, scenario.baseline, scenario.changes)
    assert (again.question, again.question_zh) == (scenario.question, scenario.question_zh)


def value_for(entry: Entry, luck: random.Random) -> str:
    """Some allowed value of a parameter, as TOML."""
    if entry.choices:
        return f'"{luck.choice(entry.choices)}"'
    if isinstance(entry.default, bool):
        return luck.choice(["true", "false"])
    assert entry.low is not None
    assert entry.high is not None
    if isinstance(entry.default, int):
        return str(luck.randint(int(entry.low), int(entry.high)))
    return repr(luck.uniform(entry.low, entry.high))


AGREED = {field for contradiction in CONTRADICTIONS for field in contradiction.fields}
"""Parameters that have to agree with others."""


FREE = [entry for entry in parameters() if f"{entry.section}.{entry.name}" not in AGREED]
"""The others."""


@pytest.mark.parametrize("entry", FREE, ids=lambda e: f"{e.section}.{e.name}")
def test_any_parameter_comes_back_bit_for_bit(entry: Entry, write: Write, tmp_path: Path) -> None:
    luck = random.Random(f"{entry.section}.{entry.name}")
    scenario = load(write("town.toml", f"[{entry.section}]", f"{entry.name} = {value_for(entry, luck)}"))
    assert same_again(tmp_path / "again.toml", dump(scenario))
    assert load(tmp_path / "again.toml").spec == scenario.spec


def test_a_whole_town_of_chance_values_comes_back(write: Write, tmp_path: Path) -> None:
    for i in range(20):
        luck = random.Random(i)
        lines = [f"{entry.section}.{entry.name} = {value_for(entry, luck)}" for entry in FREE]
        scenario = load(write("town.toml", *lines))
        assert same_again(tmp_path / "again.toml", dump(scenario))
        assert load(tmp_path / "again.toml").spec == scenario.spec


def test_a_difference_from_a_root_of_ones_own_finds_it_again(write: Write, tmp_path: Path) -> None:
    write("town.toml", "[ties]", "gig = 4")
    mine = load(write("mine.toml", 'base = "town.toml"', "[grid]", "staffing = 2"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert same_again(elsewhere / "again.toml", dump(mine))
    assert load(elsewhere / "again.toml").baseline.ties.gig == 4.0


def test_odd_letters_in_a_question_come_back(write: Write, tmp_path: Path) -> None:
    head = 'question = "a \\"quoted\\" \\\\ tab\\t line\\n del\\u007F end"\nquestion_zh = "“引号”"\n'
    odd = load(write("odd.toml", head=head))
    assert same_again(tmp_path / "again.toml", dump(odd))
    assert load(tmp_path / "again.toml").question == odd.question == 'a "quoted" \\ tab\t line\n del\x7f end'
