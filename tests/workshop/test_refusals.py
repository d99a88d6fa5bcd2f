"""Whatever cannot be done is said in the reader's language: to a Chinese visitor in Chinese, but for names."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest

pytest.importorskip("fastapi", reason="the workshop is not installed: pip install 'linli[workshop]'")

from linli.scenarios import ScenarioError, load
from linli.words import Words, told
from linli.workshop import ensembles, recording, state, uploads, why
from linli.workshop.house import House
from linli.workshop.questions import question_from
from linli.workshop.room import Room
from linli.workshop.state import Look, Setting, from_json, from_link, to_json
from rooms import REGIME, TURNOUT

BASELINE = load("baseline").baseline
HEAD = 'question = "What if?"\nquestion_zh = "如果呢？"\n'


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path / "room")
    yield room
    room.leave()


def in_chinese(act, *given, names: str = "") -> str:
    """What is said to a Chinese visitor: one sentence without English, but for these names and what is quoted."""
    with pytest.raises(ValueError) as caught:
        act(*given)
    assert isinstance(caught.value.args[0], Words), caught.value
    said: str = told(caught.value, "zh")
    bare = re.sub(r"'[^']*'|“[^”]*”", "", said)
    assert re.search(r"[\u4e00-\u9fff]", said) and "\n" not in said
    assert not set(re.findall(r"[A-Za-z]{2,}", bare)) - set(names.split()), said
    assert told(caught.value, "en") == str(caught.value)
    assert not re.search(r"[\u3000-\u9fff]", str(caught.value).replace("如果", ""))
    return said


@pytest.mark.parametrize("link", ["", "x", "!!!", "é", "A" * 3_000])
def test_a_damaged_link(link):
    assert in_chinese(from_link, link) == "链接已损坏或不完整，请复制完整的链接"


def test_a_code_that_leads_nowhere(tmp_path, room):
    house = House(tmp_path / "house", None, room, Look())
    assert in_chinese(house.look_of, "NOSUCHCO") == "没有短代码为'NOSUCHCO'的画面"
    (house.looks / "ABCDEFGH.json").write_text('{"size": "general_grid"}', encoding="utf-8")
    assert "days" in in_chinese(house.look_of, "ABCDEFGH", names="ABCDEFGH days None")


STATES = [
    ("size", "district"), ("size", 5), ("seed", -1), ("days", 0), ("day", 731), ("lang", "fr"), ("a", "9"),
    ("branches", []), ("branches", [{}]), ("branches", ["x"]), ("surprise", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), STATES)
def test_a_state_that_cannot_be(name, value):
    fields = "size seed days branches lang day key en zh"
    in_chinese(from_json, to_json(Look()) | {name: value}, names=fields)


BRANCHES = [
    ("key", "x"), ("key", "1"), ("name", ""), ("name", "x" * 61), ("parent", "77"), ("day", -1), ("preset", "../secret"),
    ("preset", "bare"), ("changes", {"grid.staffing": [1]}), ("changes", {"x": 1}), ("later", {"731": {}}), ("later", [1]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BRANCHES)
def test_a_branch_that_cannot_be(name, value):
    content = to_json(Look())
    content["branches"][1][name] = value
    shipped = " ".join(re.findall(r"[A-Za-z]+", " ".join(state.shelf.names())))
    in_chinese(from_json, content, names=f"key name day preset later grid staffing true false {shipped}")


def test_too_many_branches_and_one_that_is_shown():
    look = Look()
    assert "正在显示" in in_chinese(look.dropped, look.b, names="five_yuan five yuan")
    look = replace(look, branches=look.branches * 20)
    assert in_chinese(look.forked, "B", 30, "x") == "已有40个分支；请先删除一个"


FILES = {
    "a path as base": ("x.toml", HEAD + 'base = "../../etc/passwd"'),
    "no base": ("x.toml", HEAD),
    "another town": ("x.toml", HEAD + 'base = "bare"'),
    "too late": ("x.toml", HEAD + 'base = "baseline"\n[[interventions]]\nday = 731\ngrid = {staffing = 2}'),
    "not UTF-8": ("x.toml", "\udcff"),
    "too large": ("x.toml", "#" * 200_001),
    "another kind": ("x.exe", ""),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_scenario_for_this_page(what):
    name, content = FILES[what]
    given = (name, content.encode("utf-8", "surrogateescape"), BASELINE, 730)
    said = in_chinese(uploads.scenario_from_upload, *given, names="toml exe base baseline UTF")
    assert said.startswith(name)


FROM_BELOW = {
    "a wrong value": HEAD + 'base = "baseline"\n[grid]\nstaffing = 99.0',
    "an unknown name": HEAD + 'base = "baseline"\n[grid]\nstafing = 1.0',
    "no TOML": "<html>",
    "no question": 'base = "baseline"',
    "other people": HEAD + 'base = "baseline"\n[population]\nshare_party = 0.5',
}


def test_a_size_that_the_model_does_not_know():
    sizes = "micro_grid general_grid community sub_district district general grid micro sub"
    in_chinese(from_json, to_json(Look()) | {"size": "general_grid:90000"}, names=f"size {sizes}")


@pytest.mark.parametrize("what", FROM_BELOW)
def test_a_file_with_a_fault_in_it(what):
    given = ("x.toml", FROM_BELOW[what].encode(), BASELINE, 730)
    names = "toml TOML grid staffing stafing base baseline question population share_party share party"
    in_chinese(uploads.scenario_from_upload, *given, names=names)


def test_a_lever_that_goes_too_far_is_told_of_this_page():
    with pytest.raises(ScenarioError) as caught:
        Setting().with_value("grid.staffing", 99.0).spec()
    assert str(caught.value).startswith("this page: ") and told(caught.value, "zh").startswith("本页")


def test_questions_and_answers_that_cannot_be(room):
    key, phone = room.ask(TURNOUT), room.join()
    for act, *given in (
        (room.answer, phone, key, "many"), (room.answer, phone, key, 1e99), (room.answer, phone, 99, 1),
        (room.answer, "forged", key, 1), (room.archive, key), (question_from, {"kind": "guess"}),
        (question_from, REGIME | {"choices": ["one"]}), (question_from, TURNOUT | {"low": 9, "high": 1}),
    ):  # fmt: skip
        assert in_chinese(act, *given).endswith("。")
    assert "digits" in in_chinese(
        question_from, {"kind": "riddle"}, names="digits high kind look low outcome text unit"
    )


def test_a_question_of_why_that_cannot_be():
    spec = BASELINE
    assert in_chinese(why.resident, spec, spec, "micro_grid", 1, -1, 0, names="day") == "day 为-1；应为0到7299之间的整数"
    assert in_chinese(why.issue, spec, spec, "micro_grid", 1, 3, 10**6).startswith("没有议题1000000；此处编号为0到")


def test_what_only_the_server_hears():
    a = ensembles.Asked(BASELINE, BASELINE, "micro_grid", 30)
    assert "无法配对" in in_chinese(ensembles.checked, a, replace(a, days=31), 5)
    assert "1到1000" in in_chinese(ensembles.checked, a, a, 0)
    assert "不是社区的记录" in in_chinese(recording.read, b"no recording at all, but long enough to have a head")


def test_what_is_not_ours_is_given_as_the_reason():
    pytest.importorskip("nicegui", reason="the workshop is not installed: pip install 'linli[workshop]'")
    from linli.workshop.pages.parts import refused

    assert refused(KeyError("a", 1), "zh") == "无法完成：('a', 1)"
    assert refused(RuntimeError("MemoryError: \n no room"), "en") == "This cannot be done: MemoryError: no room"
    assert refused(RuntimeError(ensembles.CLOSED), "en") == "The workshop has closed"
    assert refused(RuntimeError(ensembles.CLOSED), "zh") == "工作坊已关闭"


def test_where_no_file_can_be_locked_it_says_so_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fcntl", None)
    assert "Linux和macOS" in in_chinese(Room, tmp_path, names="Linux macOS")


@pytest.mark.parametrize(("words", "said"), [
    (["--a", "basline"], "--a 为'basline'，但没有这个名称的自带情景；最接近的名称是baseline"),
    (["--residents", "10"], "'--residents' 的值无效"),
    (["--seed", "-1"], "'--seed' 的值无效"),
])  # fmt: skip
def test_options_are_refused_by_their_names(words, said):
    linli = [sys.executable, "-m", "linli.experiments", "workshop", "--lang", "zh", *words]
    refused = subprocess.run(linli, capture_output=True, text=True, encoding="utf-8")
    assert refused.returncode == 2 and refused.stderr.startswith(f"linli: {said}") and refused.stderr.count("\n") == 1
