"""What a visitor looks at: branches, and the ways to write a look down and get it back."""

from __future__ import annotations

import base64
import json
import random
import zlib
from dataclasses import replace

import pytest
from linli.model import world as worlds
from linli.model.running import day_zero, run
from linli.scenarios import ScenarioError, dump, load
from linli.workshop.state import (
    Branch,
    Look,
    Setting,
    StateError,
    code_of,
    from_json,
    from_link,
    link_of,
    scenario_of,
    setting_from,
    text_of,
    to_json,
)  # fmt: skip


def busy() -> Look:
    """A look with levers moved, and a branch of a branch."""
    look = Look().set_value("A", "grid.staffing", 0.5).forked("B", 120, "less pay later")
    return look.set_value("B", "incentives.points_per_hour", 100).forked("B", 300, "and meetings").set_value(
        "B", "deliberation.period", 7
    )


def test_a_lever_moved_holds_from_the_day_on_which_its_branch_departs() -> None:
    spec = busy().shown("B").setting.spec()
    assert [spec.on(day).incentives.points_per_hour for day in (0, 119, 120, 400)] == [500, 500, 100, 100]
    assert [spec.on(day).deliberation.period == 7 for day in (299, 300)] == [False, True]


def test_a_fork_takes_along_what_was_set_before_its_day_and_nothing_after() -> None:
    look = busy()
    early = replace(look, b="3").forked("B", 60, "early").shown("B")
    assert early.setting.spec().on(500).incentives.points_per_hour == 500
    again = look.forked("B", 400, "late").shown("B")
    assert again.setting.spec().on(500).deliberation.period == 7


def test_both_branches_of_a_fork_share_every_day_before_it() -> None:
    look = busy()
    one, other = (look.branch(key).setting.spec() for key in ("2", "3"))
    start = day_zero(look.shown("A").setting.baseline, "micro_grid", 5)
    morning = [run(worlds.copy(start), spec, 120) for spec in (one, other)]
    assert worlds.differences(*morning) == []
    assert worlds.differences(*(run(world, spec, 200) for world, spec in zip(morning, (one, other), strict=True))) != []


@pytest.mark.parametrize("look", [Look(), busy()], ids=["first", "busy"])
def test_a_link_and_a_code_bring_back_exactly_this_look(look: Look) -> None:
    assert from_link(link_of(look)) == look
    assert from_json(json.loads(text_of(look))) == look
    assert len(code_of(look)) == 8 and code_of(look) == code_of(from_link(link_of(look)))
    assert code_of(look) != code_of(replace(look, day=look.day + 1))
    assert len(link_of(look)) < 1_500


def test_a_branch_becomes_a_scenario_file_that_comes_back(tmp_path) -> None:
    branch = busy().shown("B")
    path = tmp_path / "mine.toml"
    path.write_text(dump(scenario_of(branch, "What if?", "如果呢？")), encoding="utf-8")
    scenario = load(path)
    assert scenario.spec == branch.setting.spec() and scenario.baseline == branch.setting.baseline
    back = setting_from(scenario, lambda baseline: True)
    assert back.spec() == branch.setting.spec()
    with pytest.raises(StateError, match="another town"):
        setting_from(load("bare"), lambda baseline: baseline == scenario.baseline)


def test_numbers_that_do_not_go_together_are_refused_in_a_sentence() -> None:
    with pytest.raises(ScenarioError, match="points_per_hour is 5 .*programme_on"):
        Setting().with_value("incentives.points_per_hour", 5).spec()
    with pytest.raises(ScenarioError, match="from day 9 on, .*staffing is 9"):
        Setting().with_value("grid.staffing", 9.0, day=9).spec()
    with pytest.raises(ScenarioError, match="same people"):
        Setting().with_value("population.share_party", 0.5).spec()


def test_a_branch_is_dropped_only_when_nobody_looks_at_it() -> None:
    look = busy()
    with pytest.raises(StateError, match="is being shown"):
        look.dropped(look.b)
    left = replace(look, a="1", b="4").dropped("3")
    assert left.branch("4").parent == "2" and from_link(link_of(left)) == left


BROKEN = [
    ("size", "village"), ("size", "district"), ("size", "general_grid:90000"), ("size", 5), ("seed", -1), ("seed", 1.5),
    ("seed", True), ("days", 0), ("days", 10**9), ("day", 731), ("lang", "fr"), ("a", "9"), ("b", None),
    ("branches", []), ("branches", "x"), ("branches", [{}] * 41), ("surprise", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BROKEN)
def test_a_state_with_one_wrong_value_is_refused_in_one_sentence(name: str, value: object) -> None:
    with pytest.raises(StateError) as caught:
        from_json(to_json(busy()) | {name: value})
    assert name.rstrip("es") in str(caught.value) and "\n" not in str(caught.value) and len(str(caught.value)) < 300


BROKEN_BRANCHES = [
    ("key", "x"), ("key", "1"), ("name", ""), ("name", "x" * 61), ("parent", "77"), ("day", -1), ("preset", "../secret"),
    ("preset", "bare"), ("changes", {"grid.staffing": 99.0}), ("changes", {"grid.staffing": [1]}),
    ("changes", {"no.such": 1}), ("changes", {"population.share_party": 0.2}), ("changes", {"x": 1}),
    ("later", {"0": {}}), ("later", {"731": {}}), ("later", {"5": {"grid.staffing": "much"}}), ("later", [1]),
    ("changes", {"incentives.points_per_hour": 7}), ("surprise", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BROKEN_BRANCHES)
def test_so_is_a_branch_with_one(name: str, value: object) -> None:
    content = to_json(busy())
    content["branches"][2][name] = value
    if name == "changes":
        content["branches"][2] |= {"preset": "baseline", "later": {}}
    with pytest.raises((StateError, ScenarioError)) as caught:
        from_json(content)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_damaged_links_are_refused_and_none_is_unpacked_without_end() -> None:
    luck, whole = random.Random(4), link_of(busy())
    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" * 50_000_000, 9)).decode()
    broken = ["", "x", "é", whole[:-7], bomb, base64.urlsafe_b64encode(zlib.compress(b"[" * 99_000)).decode()]
    for _ in range(300):
        k = luck.randrange(len(whole))
        broken.append(whole[:k] + luck.choice("AZaz09-_ %") + whole[k + 1 :])
    for link in broken:
        try:
            assert isinstance(from_link(link), Look)
        except (StateError, ScenarioError) as error:
            assert "\n" not in str(error)


def test_a_town_lived_under_a_branch_is_one_lived_under_its_scenario() -> None:
    branch = Branch("7", "x", None, 0, Setting("five_yuan"))
    assert branch.setting.spec() == load("five_yuan").spec
