"""Somebody clicks on a resident, an issue, a meeting: what is said is what the town's tables hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from linli.agents.resident.wording import Words
from linli.experiments.provenance import Refusal
from linli.model import world as worlds
from linli.model.issues import State
from linli.model.regime import Rule
from linli.model.running import day_zero, run
from linli.model.spec import Spec
from linli.model.world import World
from linli.scenarios import load
from linli.workshop import saying, why
from linli.workshop.chronicle import Chronicle, chronicle
from linli.workshop.state import Setting

SIZE, SEED, DAY = "general_grid:600", 3, 300
LIVELY: dict[str, dict[str, Any]] = {
    "volunteering": {"base": -5.0}, "attending": {"base": -0.5}, "reporting": {"base": -1.5},
    "noticing": {"share_noticing": 0.4}, "issues": {"per_1000": 400.0},
    "incentives": {"programme_on": True, "points_per_hour": 800, "points_per_meeting_hour": 300},
    "deputies": {"per_community": 8, "period": 7, "reach": 0.9},
}  # fmt: skip
BASELINE = load("baseline").baseline
MEETING = BASELINE.changed(**LIVELY)
OWNERS = MEETING.changed(deliberation={"rule": "owners"})
CADRE = MEETING.changed(deliberation={"rule": "cadre"})
STRICT = MEETING.changed(deliberation={"quorum": 13, "attendance": "council", "council_seats": 12})
SPECS = {"meeting": MEETING, "owners": OWNERS, "cadre": CADRE, "strict": STRICT}

Ask = Callable[..., dict[str, Any]]


def asked(what: Ask, row: int, spec: Spec = MEETING, day: int = DAY) -> dict[str, Any]:
    """What a click gives."""
    return what(BASELINE, spec, SIZE, SEED, day, row)


@pytest.fixture(scope="module")
def evening() -> World:
    """The town of the clicks, lived without being watched."""
    return run(day_zero(BASELINE, SIZE, SEED), MEETING, DAY + 1)


def texts_in(record: Any) -> Iterator[tuple[str, str]]:
    """Every text in both languages."""
    if isinstance(record, dict) and set(record) == {"en", "zh"}:
        yield record["en"], record["zh"]
    elif isinstance(record, dict):
        for value in record.values():
            yield from texts_in(value)
    elif isinstance(record, list):
        for value in record:
            yield from texts_in(value)


def check_words(record: dict[str, Any]) -> None:
    """Plain values, and in each language only its own words."""
    json.dumps(record, allow_nan=False)
    texts = list(texts_in(record))
    assert len(texts) > 5
    for english, chinese in texts:
        assert english and chinese
        assert not re.search(r"[\u2e80-\uffef]", english), english
        assert not re.search(r"[a-z]{2,}", chinese.replace("logit", "")), chinese
        assert not re.search(r"None|\bnan\b|[{}_]", english + chinese), english


def busiest(evening: World, table: str, name: str = "resident") -> int:
    """The row that stands most often in a log."""
    rows = worlds.table(evening, table)
    return int(np.bincount(rows[name][rows["day"] >= 0]).argmax())


# The town that is watched


def test_a_town_that_is_watched_lives_as_one_that_is_not(evening: World) -> None:
    watched = Chronicle(BASELINE, MEETING, SIZE, SEED)
    for day in (0, 1, 60, 61, DAY, 17):
        alone = run(day_zero(BASELINE, SIZE, SEED), MEETING, day + 1)
        assert worlds.differences(watched.evening(day), alone) == []
    assert worlds.differences(watched.evening(DAY), evening) == []


def test_what_is_noted_adds_up_to_what_the_town_has_counted(evening: World) -> None:
    town = chronicle(BASELINE, MEETING, SIZE, SEED)
    town.until(DAY)
    points = sum(trip.points for trip in town.fetched if trip.day <= DAY)
    assert points == evening.residents["redeemed"].sum() + evening.residents["donated"].sum() > 0
    met = sum(int(day["comes"].sum()) for day in (town.invitees_on(day) for day in range(DAY + 1)))
    assert met == worlds.table(evening, "days")["n_attended"][worlds.table(evening, "days")["day"] >= 0].sum() > 0
    last = {turn.issue: turn.state for turn in town.turned if turn.day <= DAY}
    assert [last[row] for row in range(len(last))] == worlds.table(evening, "issues")["state"].tolist()


def test_an_intervention_is_heeded_by_all_who_ask_about_later_days() -> None:
    spec = Setting("five_yuan").with_value("incentives.points_per_hour", 0, 100).spec()
    town = Chronicle(BASELINE, spec, SIZE, SEED)
    alone = run(day_zero(BASELINE, SIZE, SEED), spec, 151)
    assert worlds.differences(town.evening(150), alone) == []


# Residents


@pytest.mark.parametrize("table", ["deeds", "reports", "petitions"])
def test_what_she_did_is_what_the_logs_hold(evening: World, table: str) -> None:
    row = busiest(evening, table)
    log = worlds.table(evening, table)
    days = log["day"][(log["resident"] == row) & (log["day"] >= 0)].tolist()
    kind = {"deeds": "act", "reports": "report", "petitions": "petition"}[table]
    told = asked(why.resident, row)
    assert [deed["day"] for deed in told["did"] if deed["kind"] == kind] == days != []
    assert told["n_done"][kind] == len(days)
    assert [deed["day"] for deed in told["did"]] == sorted(deed["day"] for deed in told["did"])
    assert all(deed["day"] <= DAY for deed in told["did"])
    check_words(told)


def test_meetings_and_trips_are_listed_too(evening: World) -> None:
    before = day_zero(BASELINE, SIZE, SEED).residents
    row = int((evening.residents["meetings"] - before["meetings"]).argmax())
    told = asked(why.resident, row)
    assert told["n_done"]["meeting"] == evening.residents["meetings"][row] - before["meetings"][row] > 1
    shopper = int(evening.residents["redeemed"].argmax())
    trips = [deed for deed in asked(why.resident, shopper)["did"] if deed["kind"] == "redeem"]
    assert sum(trip["points"] for trip in trips) == evening.residents["redeemed"][shopper] > 0
    check_words(told)


def test_whom_she_knows_is_what_the_ties_say(evening: World) -> None:
    row = busiest(evening, "deeds")
    person = evening.residents[row]
    told = asked(why.resident, row)
    first = person["first_tie"]
    assert sorted(tie["row"] for tie in told["ties"]) == evening.ties["to"][first : first + person["n_ties"]].tolist()
    seen = {tie["row"] for tie in told["ties"] if tie["seen"]}
    memory = MEETING.participation.days_peers_seen
    assert seen == {tie["row"] for tie in told["ties"] if evening.residents["last_act"][tie["row"]] > DAY - memory}
    assert told["n_seen"] == len(seen)


@pytest.mark.parametrize("name", SPECS)
def test_the_terms_of_every_decision_add_up_to_v(name: str) -> None:
    abouts = set()
    for row in range(7, 400, 19):
        for said in asked(why.resident, row, SPECS[name]).get("why", []):
            if said["bars"]:
                assert sum(bar["value"] for bar in said["bars"]) == pytest.approx(said["v"], abs=1e-9)
                sizes = [abs(bar["value"]) for bar in said["bars"]]
                assert sizes == sorted(sizes, reverse=True)
                abouts.add(said["about"])
            if said.get("luck") is not None:
                assert (said["luck"] < said["probability"]) == said["did"]
            if said["when"] != "never":
                assert (said["day"] <= DAY) == (said["when"] == "last")
    assert abouts >= {"volunteer", "report", "consent"}


def test_the_last_occasion_is_the_last_one(evening: World) -> None:
    row = busiest(evening, "reports")
    said = {each["about"]: each for each in asked(why.resident, row)["why"]}
    log = worlds.table(evening, "reports")
    assert said["report"]["day"] >= log["day"][log["resident"] == row].max()
    assert asked(why.resident, row, day=said["report"]["day"])["why"][1]["day"] == said["report"]["day"]
    earlier = asked(why.resident, row, day=said["report"]["day"] - 1)["why"][1]
    assert earlier["when"] != "last" or earlier["day"] < said["report"]["day"]


def test_asked_twice_she_gives_the_same_answer() -> None:
    first = asked(why.resident, 44)
    asked(why.resident, 45)
    chronicle.cache_clear()
    assert asked(why.resident, 44) == first


def test_a_child_decides_nothing(evening: World) -> None:
    row = int(np.flatnonzero(~evening.residents["adult"])[0])
    told = asked(why.resident, row)
    assert not told["adult"] and told["why"] == [] and told["did"] == [] and told["ties"] == []
    assert "under 18" in told["sentence"]["en"] and "18岁以下" in told["sentence"]["zh"]
    check_words(told)


def test_somebody_who_never_did_anything_is_still_explained(evening: World) -> None:
    people = evening.residents
    still = people["adult"] & (people["acts"] + people["reports"] + people["meetings"] + people["ballots"] == 0)
    told = asked(why.resident, int(np.flatnonzero(still)[0]))
    assert told["did"] == [] and "did nothing" in told["sentence"]["en"]
    assert [said["about"] for said in told["why"]] == list(why.ABOUT)
    assert next(said for said in told["why"] if said["about"] == "speak")["when"] in ("never", "next")
    check_words(told)


def test_where_owners_vote_the_ballot_is_told() -> None:
    world = run(day_zero(BASELINE, SIZE, SEED), OWNERS, DAY + 1)
    row = int(world.residents["ballots"].argmax())
    told = asked(why.resident, row, OWNERS)
    assert told["n_done"]["ballot"] == world.residents["ballots"][row] > 0
    assert any(said["how"] == "ballot" for said in told["why"] if said["about"] == "vote")
    check_words(told)


# Issues


def test_the_life_of_every_issue_agrees_with_its_row(evening: World) -> None:
    issues = worlds.table(evening, "issues")
    for row in range(0, len(issues), 5):
        told, it = asked(why.issue, row), issues[row]
        stages = {stage["stage"]: stage["day"] for stage in told["stages"]}
        assert told["open"] == bool(it["visible"]) and told["state"] == saying.STATES[State(it["state"])].in_both()
        assert stages["arose"] == it["born"] and ("reported" in stages) == (it["detected"] <= DAY)
        if it["state"] == State.CLOSED_RESOLVED:
            assert stages["closed_resolved"] == it["closed_day"]
        hours = {fact["name"]: fact["value"] for fact in told["facts"]}
        if it["detected"] <= DAY:
            assert hours["staff"] == pytest.approx(it["staff_minutes"] / 60, abs=0.051)
        assert len(told["meetings"]) == (worlds.table(evening, "meetings")["issue"] == row).sum()
        assert all(stage["day"] <= DAY for stage in told["stages"])
        check_words(told)


def test_the_day_before_it_was_reported_nobody_knew() -> None:
    world = chronicle(BASELINE, MEETING, SIZE, SEED).evening(DAY)
    issues = worlds.table(world, "issues")
    late = (issues["detected"] > issues["born"]) & (issues["born"] > 5) & (issues["detected"] < DAY)
    row = int(np.flatnonzero(late)[0])
    told = asked(why.issue, row, day=int(issues["detected"][row]) - 1)
    assert "nobody has reported it" in told["sentence"]["en"] and "无人上报" in told["sentence"]["zh"]
    assert [stage["stage"] for stage in told["stages"]] == ["arose"]


# Meetings


def rows_where(spec: Spec, which: Callable[[Any], Any]) -> tuple[World, list[int]]:
    """Recorded meetings of a kind, under these numbers."""
    world = chronicle(BASELINE, spec, SIZE, SEED).evening(DAY)
    meetings = worlds.table(world, "meetings")
    return world, np.flatnonzero(which(meetings) & (meetings["day"] >= 0)).tolist()


@pytest.mark.parametrize("name", SPECS)
def test_a_meeting_lived_again_is_the_meeting_that_was(name: str) -> None:
    world, rows = rows_where(SPECS[name], lambda m: m["day"] > 0)
    for row in rows[:: max(1, len(rows) // 8)]:
        told, it = asked(why.meeting, row, SPECS[name]), world.meetings[row]
        assert all(told[name] == it[name] for name in ("n_attending", "minutes", "adopted", "rounds", "overridden"))
        votes = [each["vote"] for each in told["people"] if each["vote"] is not None]
        if votes and told["share_yes"] is not None:
            assert np.mean(votes) == pytest.approx(it["share_yes"])
        same = (world.meetings["day"] == it["day"]) & (world.meetings["council"] == it["council"])
        assert {each["row"] for each in told["beside"]} == {*np.flatnonzero(same)} - {row}
        if it["rounds"]:
            spoken = sum(turn["minutes"] for turn in told["turns"] if turn["resident"] is not None)
            assert spoken == pytest.approx(sum(each["minutes"] for each in told["people"]))
            assert len(told["people"]) == it["n_attending"]
        if not it["deferred"]:
            parts = [part["value"] for part in told["fairness"]["parts"]]
            assert told["fairness"]["value"] == it["fairness"] and all(-1e-9 <= part <= 1 + 1e-9 for part in parts)
            by_group = {each["group"]: each for each in told["consent"]}
            assert by_group["all"]["value"] == it["consent"]
            assert by_group["winners"]["n"] + by_group["losers"]["n"] == it["n_affected"]
            mean = sum((each["value"] or 0) * each["n"] for name, each in by_group.items() if name != "all")
            assert mean == pytest.approx(it["consent"] * it["n_affected"])
        check_words(told)


def test_positions_move_only_where_there_was_talk() -> None:
    _, rows = rows_where(MEETING, lambda m: m["rounds"] > 0)
    told = asked(why.meeting, rows[-1])
    assert any(each["before"] != each["after"] for each in told["people"])
    assert sum(each["in_chair"] for each in told["people"]) == 1
    _, rows = rows_where(OWNERS, lambda m: m["rule"] == Rule.OWNERS)
    told = asked(why.meeting, rows[-1], OWNERS)
    assert all(each["before"] == each["after"] and not each["turns"] for each in told["people"])


def test_a_meeting_without_quorum_decides_nothing() -> None:
    _, rows = rows_where(STRICT, lambda m: m["deferred"])
    told = asked(why.meeting, rows[0], STRICT)
    assert told["deferred"] and told["turns"] == [] and told["consent"] == [] and told["fairness"]["value"] is None
    assert "too few came" in told["sentence"]["en"] and "人数不足" in told["sentence"]["zh"]
    assert all(each["vote"] is None and each["consent"] is None for each in told["people"])


def test_where_the_cadre_decides_nobody_is_there() -> None:
    _, rows = rows_where(CADRE, lambda m: m["rule"] == Rule.CADRE)
    told = asked(why.meeting, rows[0], CADRE)
    assert told["people"] == [] and told["turns"] == [] and told["adopted"]
    assert told["fairness"]["value"] == CADRE.deliberation.cadre_fairness
    assert "干部" in told["sentence"]["zh"]
    check_words(told)


@pytest.mark.parametrize(
    ("what", "row", "day", "sentence"),
    [
        (why.resident, -1, DAY, "no resident -1"), (why.resident, 9_999, DAY, "no resident 9999"),
        (why.issue, 99_999, DAY, "no issue 99999"), (why.meeting, 99_999, DAY, "no meeting 99999"),
        (why.resident, 1, -1, "day is -1"), (why.resident, 1, 10**6, "day is 1000000"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_in_a_sentence(what: Ask, row: int, day: int, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        asked(what, row, day=day)


def test_every_word_is_there_in_both_languages() -> None:
    tables = [value for value in vars(saying).values() if isinstance(value, dict)]
    words = [text for table in tables for text in table.values() if isinstance(text, Words)]
    assert len(words) > 80
    for text in words:
        assert text.en and text.zh and not re.search(r"[\u2e80-\uffef]", text.en)
