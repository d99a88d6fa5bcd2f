"""Laying differences over their bases."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from linli.model.spec import Spec
from linli.scenarios import Scenario, load, names

Write = Callable[..., Path]


def test_only_what_is_written_differs_from_the_baseline(write: Write) -> None:
    mine = load(write("mine.toml", 'base = "baseline"', "[attending]", "hours_expected = 2"))
    assert mine.name == "mine"
    assert mine.changes == {"attending": {"hours_expected": 2.0}}
    assert mine.spec == load("baseline").spec.changed(attending={"hours_expected": 2.0})
    assert mine.question == "What if?"
    assert mine.question_zh == "如果呢？"


def test_writing_what_the_baseline_has_already_changes_nothing(write: Write) -> None:
    assert load(write("mine.toml", 'base = "baseline"', "[grid]", "staffing = 1")).changes == {}


def test_a_difference_can_build_on_a_difference_to_any_depth(write: Write) -> None:
    write("step0.toml", "[grid]", "staffing = 0.9")
    for i in range(1, 60):
        write(f"step{i}.toml", f'base = "step{i - 1}.toml"', "[deliberation]", f"period = {i}")
    last = load(write("last.toml", 'base = "step59.toml"', "[learning]", "step = 0.1"))
    assert last.root.name == "step0.toml"
    assert last.baseline == Spec().changed(grid={"staffing": 0.9})
    assert last.changes == {"deliberation": {"period": 59}, "learning": {"step": 0.1}}


def test_the_nearest_difference_wins(write: Write) -> None:
    write("near.toml", 'base = "half_staff"', "[grid]", "staffing = 0.7")
    assert load(write("own.toml", 'base = "near.toml"')).changes == {"grid": {"staffing": 0.7}}


def test_a_difference_that_returns_to_the_root_is_none(write: Write) -> None:
    assert load(write("back.toml", 'base = "half_staff"', "[grid]", "staffing = 1.0")).changes == {}


def test_a_base_is_looked_for_beside_the_file_that_names_it(write: Write) -> None:
    write("deep/root.toml", "[grid]", "staffing = 0.8")
    write("deep/middle.toml", 'base = "root.toml"')
    assert load(write("top.toml", 'base = "deep/middle.toml"')).baseline.grid.staffing == 0.8


def test_a_root_of_ones_own_may_set_people_places_and_ties(write: Write) -> None:
    lines = ["[population]", "share_party = 0.12", "[places]", "share_old = 0.5", "[ties]", "gig = 4"]
    town = load(write("town.toml", *lines))
    assert town.spec.ties.gig == 4.0
    assert town.baseline == town.spec
    own = load(write("own.toml", 'base = "town.toml"', "[grid]", "staffing = 2"))
    assert own.baseline == town.spec
    assert own.changes == {"grid": {"staffing": 2.0}}


def test_one_kind_of_issue_can_change_and_keeps_what_is_not_written(write: Write) -> None:
    mine = load(write("dogs.toml", 'base = "baseline"', "[kinds.dogs]", "contested = 0.7", 'tier = "community"'))
    assert mine.changes == {"kinds.dogs": {"tier": "community", "contested": 0.7}}
    assert mine.spec.kinds.dogs.labour == mine.baseline.kinds.dogs.labour == 2.0
    assert mine.spec.kinds.noise == mine.baseline.kinds.noise


def test_shares_of_kinds_may_move_from_one_to_another(write: Write) -> None:
    mine = load(write("dogs.toml", "[kinds.dogs]", "share = 0.1", "[kinds.noise]", "share = 0.04"))
    assert mine.spec.kinds.dogs.share == 0.1


def test_a_whole_number_may_stand_for_a_number(write: Write) -> None:
    step = load(write("mine.toml", "[grid]", "staffing = 2")).spec.grid.staffing
    assert isinstance(step, float)


def test_files_from_windows_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "notepad.toml"
    text = 'question = "a"\r\nquestion_zh = "问"\r\n[grid]\r\nstaffing = 2\r\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load(path).spec.grid.staffing == 2.0


def test_the_order_of_writing_makes_no_difference(write: Write) -> None:
    luck = random.Random(7)
    written = {
        "[incentives]": ["programme_on = true", "points_per_hour = 300", "redemption_belief = 0.8"],
        "[deliberation]": ['rule = "cadre"', "period = 21", "plan = 0.4", "status_quo = -0.2"],
        "[kinds.dogs]": ["share = 0.1", "labour = 3"],
        "[kinds.noise]": ["share = 0.04", "contested = 0.5"],
        "[issues]": ["severity_low = 0.91", "severity_high = 0.95"],
    }
    specs = set()
    for i in range(40):
        sections = [[header, *luck.sample(lines, len(lines))] for header, lines in written.items()]
        luck.shuffle(sections)
        specs.add(load(write(f"{i}.toml", 'base = "baseline"', *itertools.chain(*sections))).spec)
    assert len(specs) == 1


@pytest.mark.parametrize("name", names())
def test_a_name_and_its_path_mean_the_same(name: str) -> None:
    by_name = load(name)
    assert load(by_name.path) == load(str(by_name.path)) == by_name


def test_a_scenario_cannot_be_changed_and_can_be_sent_to_another_process() -> None:
    scenario = load("five_yuan_cadre")
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.name = "other"  # type: ignore[misc]
    copy: Scenario = pickle.loads(pickle.dumps(scenario))
    assert copy == scenario
    assert hash(copy) == hash(scenario)
