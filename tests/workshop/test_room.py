"""A room on disk: who may answer what and when, what may be seen of it, and that nothing is lost."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pytest.importorskip("fastapi", reason="the workshop is not installed: pip install 'linli[workshop]'")
pytest.importorskip("httpx", reason="httpx is not installed: pip install '.[dev]'")

from linli.words import told
from linli.workshop import addresses as lan
from linli.workshop import room_words
from linli.workshop.questions import Guess, Vote, bins, counted, percentile, question_from
from linli.workshop.room import MOST_CHANGES, MOST_CURRENT, MOST_PEOPLE, Room
from linli.workshop.room_words import PHONE, RoomError, phone_words
from linli.workshop.state import Look, link_of
from linli.workshop.tokens import Pace, Tokens
from rooms import REGIME, TURNOUT

WORKSHOP = Path(room_words.__file__).parent


@pytest.fixture
def room(tmp_path):
    room = Room(tmp_path / "room")
    yield room
    room.leave()


def again(room: Room) -> Room:
    """The room after its server was killed."""
    room.leave()
    return Room(room.path.parent)


def refusal(act, *arguments) -> RoomError:
    """The refusal that an act meets."""
    with pytest.raises(RoomError) as caught:
        act(*arguments)
    english, chinese = str(caught.value), told(caught.value, "zh")
    assert english.endswith(".") and chinese.endswith("。") and "{" not in english + chinese
    return caught.value


# Hiding


def test_results_are_hidden_while_a_guess_is_open_on_the_phones(room):
    assert room.n_guesses == 0
    room.ask(REGIME)
    key = room.ask(TURNOUT)
    assert room.n_guesses == 1
    room.close(key)
    assert room.n_guesses == 0
    room.reopen(key)
    assert room.n_guesses == 1
    room.reveal(key)
    assert room.n_guesses == 0


# Answering


def test_an_answer_counts_once_and_the_last_one_holds(room):
    key, phone = room.ask(TURNOUT), room.join()
    for value in (10, 20, 20, 35):
        room.answer(phone, key, value)
    assert room.seen_by(room.who(phone))["questions"][0] == {
        "id": key, "state": "open", "answers": 1, "kind": "guess", "text": TURNOUT["text"], "unit": TURNOUT["unit"],
        "low": -200.0, "high": 500.0, "digits": 0, "result": None, "yours": 35.0,
    }  # fmt: skip
    assert room.reveal(key)["guesses"] == [1]


def test_before_the_reveal_only_the_number_of_answers_can_be_seen(room):
    key, phones = room.ask(REGIME), [room.join() for _ in range(3)]
    for phone in phones:
        room.answer(phone, key, "eight")
    other = json.dumps(room.seen_by(room.who(room.join())))
    assert '"answers": 3' in other and '"result": null' in other and '"yours": null' in other
    assert json.dumps(room.overview()).count("eight") == 2, "as a choice, in what was asked"
    assert "eight" not in room.table("en").lower().replace("eight rules", "")
    room.close(key)
    assert room.overview()["questions"][0]["result"] is None


def test_after_the_reveal_the_counts_can_be_seen_and_no_names(room):
    key, phones = room.ask(REGIME), [room.join() for _ in range(3)]
    for phone, choice in zip(phones, ("eight", "eight", "near")):
        room.answer(phone, key, choice)
    assert room.reveal(key) == {"counts": {"cadre": 0, "eight": 2, "near": 1}, "n": 3}
    public = json.dumps([room.overview(), room.seen_by(room.who(phones[0])), room.table("zh")])
    assert not any(token in public or room.who(token) in public for token in phones)


def test_tokens_are_nowhere_on_disk(room):
    key, phone = room.ask(REGIME), room.join()
    room.answer(phone, key, "near")
    written = room.path.read_text()
    assert phone not in written and phone.partition(".")[0] not in written and room.facilitator not in written
    assert room.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "forged", ["", "x", None, 7, b"x" * 45, "é" * 45, "a" * 45, "a" * 22 + "." + "b" * 22, "x" * 100_000, "\ud800" * 45]
)
def test_a_forged_token_answers_nothing(room, forged):
    key = room.ask(REGIME)
    assert refusal(room.answer, forged, key, "near").reason == "stranger"
    assert not room.facilitates(forged)


def test_a_token_of_another_room_answers_nothing(room, tmp_path):
    other = Room(tmp_path / "other")
    assert refusal(room.who, other.join()).reason == "stranger"
    assert not room.facilitates(other.facilitator) and room.facilitates(room.facilitator)
    other.leave()


def test_a_token_with_one_letter_changed_is_not_known():
    tokens = Tokens("secret")
    token = tokens.new()
    changed = [token[:k] + ("A" if token[k] != "A" else "B") + token[k + 1 :] for k in range(len(token))]
    assert tokens.known(token) and not any(tokens.known(each) for each in changed)


def test_closed_revealed_and_put_away_questions_take_no_answers(room):
    key, phone = room.ask(REGIME), room.join()
    room.close(key)
    assert refusal(room.answer, phone, key, "near").reason == "over"
    room.reopen(key)
    room.answer(phone, key, "near")
    room.reveal(key)
    assert refusal(room.answer, phone, key, "cadre").reason == "over"
    assert refusal(room.reopen, key).reason == refusal(room.close, key).reason == "over"
    room.archive(key)
    assert room.seen_by("")["questions"] == [] and refusal(room.answer, phone, key, "near").reason == "over"


def test_an_open_question_cannot_be_put_away_and_one_put_away_can_come_back(room):
    key = room.ask(REGIME)
    assert refusal(room.archive, key).reason == "over"
    room.close(key)
    room.archive(key)
    room.reopen(key)
    assert room.seen_by("")["questions"][0]["state"] == "open"


@pytest.mark.parametrize("key", [0, 2, -1, "1", 1.0, True, None, [], {}, 10**400])
def test_only_questions_that_were_asked_can_be_answered(room, key):
    room.ask(REGIME)
    assert refusal(room.answer, room.join(), key, "near").reason == "unknown"


@pytest.mark.parametrize("value", [-201, 501, 10**400, 1e308, math.nan, math.inf, -math.inf, True, "5", None, [5], {}])
def test_a_guess_is_a_number_in_its_range(room, value):
    assert refusal(room.answer, room.join(), room.ask(TURNOUT), value).reason == "invalid"


@pytest.mark.parametrize("value", ["", "Near", "cadre ", 0, None, ["near"], {"near": 1}, "\ud800", "x" * 10_000])
def test_a_vote_is_one_of_the_choices(room, value):
    assert refusal(room.answer, room.join(), room.ask(REGIME), value).reason == "invalid"


def test_a_guess_keeps_the_decimals_that_were_asked_for(room):
    for digits, kept in ((0, 12.0), (2, 12.35)):
        assert question_from({**TURNOUT, "digits": digits}).held(12.3456) == kept
    assert str(question_from(TURNOUT).held(-0.2)) == "0.0"


# Limits


def test_a_full_room_takes_changes_and_nobody_new(room):
    key = room.ask(TURNOUT)
    phones = [room.join() for _ in range(MOST_PEOPLE + 1)]
    for n, phone in enumerate(phones[:-1]):
        room.answer(phone, key, n)
    assert refusal(room.answer, phones[-1], key, 1).reason == "full"
    room.answer(phones[0], key, 400)
    assert room.overview()["people"] == room.reveal(key)["n"] == MOST_PEOPLE


def test_an_answer_changes_so_often_and_no_more(room):
    key, phone = room.ask(TURNOUT), room.join()
    for value in range(MOST_CHANGES + 1):
        room.answer(phone, key, value)
    assert refusal(room.answer, phone, key, 99).reason == "full"
    room = again(room)
    assert refusal(room.answer, phone, key, 99).reason == "full"
    room.leave()


def test_questions_on_the_phones_and_in_a_room_are_limited(room, monkeypatch):
    keys = [room.ask(REGIME) for _ in range(MOST_CURRENT)]
    assert refusal(room.ask, REGIME).reason == "full"
    room.close(keys[0])
    room.archive(keys[0])
    room.ask(REGIME)
    assert refusal(room.reopen, keys[0]).reason == "full"
    monkeypatch.setattr("linli.workshop.room.MOST_QUESTIONS", MOST_CURRENT + 1)
    room.reveal(keys[1])
    room.archive(keys[1])
    assert told(refusal(room.ask, REGIME), "zh") == "每场最多11道题。"


@pytest.mark.parametrize(
    "changed",
    [
        {"text": ""}, {"text": "x" * 201}, {"text": 7}, {"text": None}, {"text": {"fr": "non"}}, {"text": "a\u202eb"},
        {"text": "\ud800"}, {"text": "a\x00b"}, {"text": {"en": ["x"], "zh": "y"}}, {"text": " \n "}, {"unit": "x" * 21},
        {"low": 500}, {"low": "1"}, {"low": None}, {"high": math.nan}, {"high": 2e9}, {"high": 10**400}, {"low": True},
        {"digits": 4}, {"digits": 1.0}, {"digits": -1}, {"outcome": "../x"}, {"outcome": "x" * 41}, {"outcome": None},
        {"look": "nonsense"}, {"look": 5}, {"look": "x" * 20_001}, {"more": 1}, {"kind": "poll"}, {"kind": ["guess"]},
    ],
)  # fmt: skip
def test_a_guess_that_cannot_be_is_refused(room, changed):
    assert refusal(room.ask, {**TURNOUT, **changed}).reason == "invalid"
    assert room.overview()["questions"] == []


@pytest.mark.parametrize(
    "choices",
    [None, [], ["one"], "ab", {"a": 1}, ["a", "a"], ["x"] * 13, [str(n) for n in range(13)], ["a", ""], ["a", None],
     ["a", 5], ["a", "y" * 61], [{"key": "k", "en": "a"}, {"key": "k", "en": "b"}], [{"key": 1, "en": "a"}, "b"],
     [{"key": "k"}, "b"]],
)  # fmt: skip
def test_a_vote_that_cannot_be_is_refused(room, choices):
    assert refusal(room.ask, {**REGIME, "choices": choices}).reason == "invalid"


@pytest.mark.parametrize("about", [None, [], "guess", 5, {}, {"kind": "vote", "low": 1}])
def test_what_is_no_question_is_refused(room, about):
    assert refusal(room.ask, about).reason == "invalid"


@pytest.mark.parametrize(
    "model", [None, "x", {"a": 1}, [math.nan], [math.inf], [True], ["1"], [0.0] * 1_001, [10**400]]
)
def test_differences_that_cannot_be_are_refused_and_nothing_is_revealed(room, model):
    key = room.ask(TURNOUT)
    assert refusal(room.reveal, key, model).reason == "invalid"
    assert room.overview()["questions"][0]["state"] == "open"


def test_one_language_stands_for_both(room):
    room.ask({"kind": "vote", "text": {"zh": "选哪个？"}, "choices": ["甲", {"key": "b", "zh": "乙"}]})
    asked = room.overview()["questions"][0]
    assert asked["text"] == {"en": "选哪个？", "zh": "选哪个？"}
    assert asked["choices"] == [{"key": "甲", "en": "甲", "zh": "甲"}, {"key": "b", "en": "乙", "zh": "乙"}]


def test_a_guess_is_about_a_look(room):
    look = link_of(Look())
    room.ask({**TURNOUT, "look": look})
    assert room.overview()["questions"][0]["about"]["look"] == look
    assert "look" not in room.seen_by("")["questions"][0]


def test_those_who_hurry_wait_and_others_do_not():
    time = [0.0]
    pace = Pace(2, 3, lambda: time[0], most=2)
    assert [pace.allows("a") for _ in range(4)] == [True, True, True, False]
    assert pace.allows("b")
    time[0] = 0.5
    assert [pace.allows("a") for _ in range(2)] == [True, False]
    assert pace.allows("c") and len(pace._left) == 2


# Kept


def test_a_room_comes_back_as_it_was(room):
    guess, vote = room.ask({**TURNOUT, "look": link_of(Look())}), room.ask(REGIME)
    phones = [room.join() for _ in range(5)]
    for n, phone in enumerate(phones):
        room.answer(phone, guess, 10 * n)
        room.answer(phone, vote, "near")
    room.answer(phones[0], vote, "cadre")
    room.reveal(guess, [1.0, 2.0, 40.0])
    room.close(vote)
    before = room.overview(), room.seen_by(room.who(phones[0])), room.table("en"), room.facilitator
    room = again(room)
    assert (room.overview(), room.seen_by(room.who(phones[0])), room.table("en"), room.facilitator) == before
    room.leave()


@pytest.mark.parametrize("torn", [b'{"did": "answered", "que', b"\x00" * 300, b"\xff\xfe{", b'{"did"'])
def test_a_torn_last_line_is_passed_over_and_the_next_answer_is_whole(room, torn):
    key, phones = room.ask(TURNOUT), [room.join() for _ in range(2)]
    room.answer(phones[0], key, 5)
    with open(room.path, "ab") as file:
        file.write(torn)
    room = again(room)
    assert room.overview()["questions"][0]["answers"] == 1
    room.answer(phones[1], key, 6)
    room = again(room)
    assert room.overview()["questions"][0]["answers"] == 2
    room.leave()


def test_cut_anywhere_a_room_holds_what_was_whole(room):
    key, phone = room.ask(TURNOUT), room.join()
    for value in (1, 2, 3):
        room.answer(phone, key, value)
    room.leave()
    whole = room.path.read_bytes()
    start = whole.index(b"answered") - 10
    for cut in range(start, len(whole)):
        room.path.write_bytes(whole[:cut])
        room = Room(room.path.parent)
        held = sum(line.endswith(b"}") for line in whole[start:cut].split(b"\n"))
        assert room.seen_by(room.who(phone))["questions"][0]["yours"] == (None, 1.0, 2.0, 3.0)[held]
        room.leave()


@pytest.mark.parametrize(
    "record",
    [{"did": "answered", "question": 9, "who": "x", "value": 1}, {"did": "answered", "question": 1, "who": "x", "value": 900},
     {"did": "danced", "question": 1}, {"question": 1}, {"did": "asked", "question": 2, "about": {}}, {"did": "founded"},
     {"did": "revealed", "question": 1, "model": 5}, {"did": "closed", "question": []},
     {"did": "founded", "format": 2, "room": "x", "secret": "y"}],
)  # fmt: skip
def test_a_record_that_makes_no_sense_is_named(room, record):
    room.ask(TURNOUT)
    with open(room.path, "a") as file:
        file.write(json.dumps(record) + "\n")
    room.leave()
    assert f"{room.path}: record 3 cannot be read" in str(refusal(Room, room.path.parent))


def test_two_servers_cannot_share_a_room(room):
    assert "another server" in str(refusal(Room, room.path.parent))
    again(room).leave()


def test_an_answer_that_cannot_be_written_has_not_been_given(room, monkeypatch):
    key, phone = room.ask(TURNOUT), room.join()

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr("linli.workshop.room.append_line", full)
    assert refusal(room.answer, phone, key, 5).reason == "disk"
    assert room.overview()["questions"][0]["answers"] == 0


def test_many_threads_lose_and_double_nothing(room):
    key, phones = room.ask(TURNOUT), [room.join() for _ in range(24)]

    def vote(n):
        for value in (n, n + 100, n + 200):
            room.answer(phones[n], key, value)

    threads = [threading.Thread(target=vote, args=(n,)) for n in range(len(phones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room = again(room)
    assert [room.seen_by(room.who(phone))["questions"][0]["yours"] for phone in phones] == [
        n + 200.0 for n in range(24)
    ]
    assert room.reveal(key)["n"] == 24
    room.leave()


# Results


def test_the_guesses_lie_over_the_differences_of_the_model():
    guess = question_from(TURNOUT)
    result = guess.result([10, 20, 120, 120, 300], [35.5, 40.0, 44.5])
    assert result["edges"] == [0, 50, 100, 150, 200, 250, 300, 350]
    assert result["guesses"] == [2, 0, 2, 0, 0, 0, 1] and result["model"]["counts"] == [3, 0, 0, 0, 0, 0, 0]
    assert (result["median"], result["model"]["median"]) == (120, 40.0)
    assert result["model"]["low"] == pytest.approx(35.95) and result["model"]["high"] == pytest.approx(44.05)


def test_nobody_answered_and_no_model():
    assert question_from(TURNOUT).result([], [])["edges"] == []
    only_model = question_from(TURNOUT).result([], [1.5])
    assert only_model["guesses"] == [0] and only_model["model"]["counts"] == [1]


@example([1e9], 0.001)
@example([1e15, 1e15], 0.001)
@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60), st.sampled_from([1.0, 0.1, 0.01, 0.001]))
def test_bins_hold_every_value_once(values, least):
    edges = bins(values, least)
    width = edges[1] - edges[0]
    assert sum(counted(values, edges)) == len(values) and 1 <= len(edges) - 1 <= 13
    assert edges[0] <= min(values) + 1e-6 * width and max(values) < edges[-1] + 1e-6 * width


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40))
def test_bins_of_whole_numbers_are_exact(values):
    edges = bins(values, 1.0)
    expected = [sum(low <= value < high for value in values) for low, high in itertools.pairwise(edges)]
    assert counted(values, edges) == expected


def test_percentiles_lie_between_neighbours():
    assert [percentile([3, 1, 2], share) for share in (0, 0.25, 0.5, 1)] == [1, 1.5, 2, 3]


def test_the_table_has_a_row_for_each_answer_and_no_formula(room):
    guess = room.ask({**TURNOUT, "text": "=1+1"})
    vote = room.ask(REGIME)
    for n in (5, 5, -7):
        phone = room.join()
        room.answer(phone, guess, n)
        room.answer(phone, vote, "near")
    room.reveal(guess, [1.0, 3.0])
    rows = list(csv.DictReader(io.StringIO(room.table("en"))))
    assert [(row["answer"], row["count"], row["model median"], row["question"]) for row in rows[:2]] == [
        ("-7.0", "1", "2.0", "'=1+1"), ("5.0", "2", "2.0", "'=1+1")]  # fmt: skip
    assert rows[2]["answers"] == "3" and rows[2]["answer"] == "" and len(rows) == 3
    assert room.table("zh").splitlines()[0] == "序号,类型,状态,题目,单位,结果变量,答案总数,答案,人数,模型中位数"


# Words


def test_a_refusal_is_filled_in_both_languages():
    error = refusal(question_from, {"kind": "vote", "text": "?", "choices": ["one"]})
    assert told(error, "zh") == "投票须有2至12个选项，且名称各不相同。"
    assert str(error) == "A vote needs 2 to 12 choices with names of their own."


def test_the_phone_page_has_its_chinese():
    words = phone_words()
    assert list(words) == list(PHONE) and not [text for text, chinese in words.items() if text == chinese]


def test_every_word_of_the_phone_page_is_used_and_none_is_missing():
    script = (WORKSHOP / "static" / "phone.js").read_text(encoding="utf-8")
    markup = (WORKSHOP / "static" / "phone.html").read_text(encoding="utf-8")
    counts = {"1 answer", "{n} answers", "1 answer so far", "{n} answers so far"}  # put together in the script
    plain = {text for text in PHONE if f'"{text}"' in script or f'data-say="{text}"' in markup or f">{text}<" in markup}
    assert set(PHONE) - plain - counts == set()
    assert '"1 answer"' in script and '" so far"' in script
    literals_said = {
        text for call in re.findall(r"say\(([^{}()\n]*)", script) for text in re.findall(r'"([^"]+)"', call)
    }
    said = (literals_said - {"vote"}) | set(re.findall(r'data-say="([^"]+)"', markup))
    assert len(said) > 20 and not said - set(PHONE)


def test_the_phone_page_is_small():
    assert sum(path.stat().st_size for path in (WORKSHOP / "static").glob("phone.*")) < 30_000


# Addresses


def test_networks_that_phones_are_in_come_first():
    found = [lan.Adapter("lo", "127.0.0.1"), lan.Adapter("docker0", "172.17.0.1"), lan.Adapter("wlan0", "192.168.1.20"),
             lan.Adapter("eth0", "10.0.0.5"), lan.Adapter("tun0", "10.8.0.2"), lan.Adapter("eth1", "169.254.3.4")]  # fmt: skip
    assert lan.ranked(found, "10.0.0.5") == ["10.0.0.5", "192.168.1.20", "172.17.0.1", "10.8.0.2", "169.254.3.4"]
    assert lan.ranked(found, "10.8.0.2")[0] == "192.168.1.20", "a tunnel leads to no phone"
    assert lan.ranked(found, "")[0] == "192.168.1.20", "with the cable out"


def test_a_server_that_listens_on_one_address_is_found_there(monkeypatch):
    assert lan.addresses("192.168.7.7") == ["192.168.7.7"] and lan.addresses("127.0.0.1") == ["127.0.0.1"]
    monkeypatch.setattr(lan, "adapters", list)
    assert lan.addresses("0.0.0.0") == ["127.0.0.1"]
    assert [lan.reaches_phones(host) for host in ("0.0.0.0", "192.168.7.7", "127.0.0.1", "localhost", "::1")] == [
        True, True, False, False, False]  # fmt: skip


def test_finding_the_address_sends_nothing():
    """Watched from outside: the probe's socket is asked to connect and never to send."""
    code = "from linli.workshop import addresses as a; import sys; seen = []\n" \
           "sys.addaudithook(lambda event, args: seen.append(event) if event.startswith('socket.') else None)\n" \
           "a.addresses('0.0.0.0'); print(sorted(set(seen)))"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "sendto" not in done.stdout and "getaddrinfo" not in done.stdout and "socket.connect" in done.stdout


def test_kinds_of_questions_read_back_as_they_are():
    for about in (TURNOUT, REGIME):
        question = question_from(about)
        assert isinstance(question, Guess | Vote) and question_from(question.about()) == question
