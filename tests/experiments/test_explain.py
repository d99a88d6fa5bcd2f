"""A day is told as it was: what the draw and the probability say is what the simulation did."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import numpy as np
import pytest
from linli.agents.resident.consenting import Judgement
from linli.agents.resident.explaining import WORDS, Explanation
from linli.agents.resident.participation import Reasons
from linli.agents.resident.wording import GATES, Words
from linli.experiments import explain
from linli.experiments.provenance import Refusal
from linli.experiments.telling import OPPORTUNITIES
from linli.experiments.witness import lived_and_told
from linli.model import world as worlds
from linli.model.running import day_zero, run
from linli.model.spec import Spec
from linli.model.world import World
from test_cli import called

LIVELY = Spec().changed(
    volunteering={"base": -4.5},
    attending={"base": -0.5},
    reporting={"base": -1.5},
    noticing={"share_noticing": 0.4},
    issues={"per_1000": 600.0},
    deliberation={"items": 3, "period": 4, "rules_origin": "self_made", "respect": False},
    incentives={"programme_on": True, "points_per_hour": 800, "points_per_meeting_hour": 300},
    calling={"calls_per_year": 20.0, "asks_per_year": 5.0},
    deputies={"per_community": 5, "period": 7, "reach": 0.9},
)
TOWNS = {
    "word of mouth": LIVELY,
    "council and limits": LIVELY.changed(
        deliberation={"attendance": "council", "turn_limits": True, "raise_hands": True, "amend_step": 0.3},
        mall={"budget_limited": True, "budget_yuan_per_1000": 30.0},
    ),
    "lot and outsiders": LIVELY.changed(
        deliberation={"attendance": "random", "convener": "party_secretary", "minority_voice": True, "voice_gap": 1.0},
        mall={"redeem_for": "donation"}, recognition={"visibility": 1.0},
    ),
    "owners": LIVELY.changed(deliberation={"rule": "owners"}),
    "ballot": LIVELY.changed(deliberation={"rule": "ballot"}, incentives={"appraisal_points": 5000}),
    "residents' meeting": LIVELY.changed(deliberation={"rule": "residents_meeting"}),
}  # fmt: skip
DRAWN = ("report", "attend", "ballot", "volunteer", "petition")


def busy(evening: World) -> list[int]:
    """Residents who had anything to do with anything on the day that has just been lived."""
    town = evening.town
    tables = [("encounters", "n_encounters"), ("invitations", "n_invitations"), ("invitees", "n_invitees")]
    found = [getattr(evening, name)["resident"][: town[count][0]] for name, count in tables]
    petitions = evening.petitions["resident"][town["first_petition_today"][0] : town["n_petitions"][0]]
    rows = np.unique(np.concatenate([*found, petitions]))
    return [int(row) for row in rows if row >= 0]


@pytest.fixture(scope="module", params=TOWNS)
def told(request: pytest.FixtureRequest) -> list[Explanation]:
    """What some 120 resident-days of a town were (720 in all), from mornings that were kept."""
    spec, collected = TOWNS[request.param], []
    world = run(day_zero(LIVELY, "general_grid", 7), spec, 57)
    for _ in range(4):
        evening = run(worlds.copy(world), spec, 1)
        for row in busy(evening)[::5][:30]:
            mine, said = lived_and_told(worlds.copy(world), spec, row)
            assert worlds.differences(mine, evening) == []
            collected += said
        world = evening
    return collected


def test_luck_falls_below_the_probability_when_and_only_when_it_was_done(told: list[Explanation]) -> None:
    drawn = [said for said in told if said.luck is not None]
    assert len(drawn) >= 80
    assert [said.luck < said.probability for said in drawn] == [said.did for said in drawn]  # type: ignore[operator]
    assert 10 <= sum(bool(said.did) for said in drawn) <= len(drawn) - 10
    assert {said.about for said in drawn} <= set(DRAWN)


def test_without_luck_what_pays_is_done(told: list[Explanation]) -> None:
    for said in told:
        if said.about in ("redeem", "vote") and said.reached:
            assert said.did == (said.readiness > 0) == (said.probability == 1.0)  # type: ignore[operator]


def test_terms_add_up(told: list[Explanation]) -> None:
    for said in told:
        if said.terms:
            assert sum(said.terms.values()) == pytest.approx(said.readiness, abs=1e-12)


def test_whoever_spoke_had_a_chance_to(told: list[Explanation]) -> None:
    for said in told:
        if said.about == "speak":
            assert said.facts["turns"] <= said.facts["turns_of_all"] + 1
            assert 0.0 <= said.probability <= 1.0  # type: ignore[operator]


def test_every_explanation_can_be_read_in_both_languages(told: list[Explanation]) -> None:
    for said in told:
        english, chinese = said.text("en"), said.text("zh")
        assert english.startswith("Day ") and chinese.startswith("第")
        assert english.isprintable() or "\n" in english
        assert not [c for c in english if "一" <= c <= "鿿"]
        assert not re.search(r"None|\bnan\b|[{}]", english + chinese)
        assert said.to_dict("zh")["sentence"] == said.sentence("zh")
        assert json.dumps(said.to_dict())


def consents_of_a_day() -> Iterator[tuple[float, list[float]]]:
    """Mean consent as the meeting has it, and as those affected tell it."""
    spec = LIVELY
    world = run(day_zero(spec, "general_grid", 7), spec, 57)
    for _ in range(6):
        evening = run(worlds.copy(world), spec, 1)
        town = evening.town
        for m in range(int(town["first_meeting_today"][0]), int(town["n_meetings"][0])):
            meeting = evening.meetings[m]
            if not meeting["deferred"] and meeting["n_affected"] < 200:
                first = int(meeting["first_invitee"])
                rows = evening.invitees["resident"][first : first + meeting["n_affected"]]
                shares = []
                for row in rows.tolist():
                    said = [s for s in lived_and_told(worlds.copy(world), spec, row)[1] if s.about == "consent"]
                    shares += [s.probability for s in said if s.facts["outcome"] == meeting["outcome"]][:1]
                yield float(meeting["consent"]), shares
                return
        world = evening


def test_the_consent_that_is_told_is_that_of_the_meeting() -> None:
    ((mean, shares),) = list(consents_of_a_day())
    assert len(shares) >= 5 and np.mean(shares) == pytest.approx(mean, abs=1e-9)


@pytest.mark.parametrize("name", [*Reasons._fields, "seat", "balance", "hassle", *Judgement._fields, "at_own_position", "free_rider", "doubt", *GATES])
def test_every_term_has_a_name_in_both_languages(name: str) -> None:
    words = (WORDS | GATES)[name]
    assert isinstance(words, Words) and words.en.isascii()
    assert any("一" <= c <= "鿿" for c in words.zh)


SMALL = ("--size", "micro_grid", "--seed", "1", "--quiet")


def somebody(*, adult: bool) -> int:
    """A grown-up, or a child, of the smallest town."""
    people = day_zero(Spec(), "micro_grid", 1).residents
    return int(np.flatnonzero(people["adult"] == adult)[3])


def test_a_day_without_anything_says_when_there_will_be_something(capsys: pytest.CaptureFixture[str]) -> None:
    who = somebody(adult=True)
    found = explain("bare", size="micro_grid", day=2, resident=who, about="volunteer", find=True)
    assert found and found[0].about == "volunteer" and found[0].did is not None
    if found.note:
        assert f"the next is on day {found[0].day}" in found.note.en
    assert called("explain", "bare", *SMALL, "--day", 2, "--resident", who, "--about", "volunteer", "--find") == 0
    assert str(found) in capsys.readouterr().out
    assert "<table>" in found._repr_html_()
    assert len(found.frame()) == len(found) and "term.spirit" in found.frame().columns


def test_json_holds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    who = somebody(adult=True)
    asked = ("explain", "bare", *SMALL, "--day", 2, "--resident", who, "--find", "--about", "volunteer", "--json")
    assert called(*asked, "--lang", "zh") == 0
    record = json.loads(capsys.readouterr().out)["explanations"][0]
    assert record["about"] == "volunteer" and record["sentence"].startswith("第") and record["terms"]["base"] < 0


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"resident": 10**6}, "there is no resident 1000000"),
        ({"day": -1}, "day is -1"),
        ({"day": 10**6}, "allowed are whole numbers"),
        ({"about": "voluntear"}, "did you mean volunteer?"),
        ({"size": "planet"}, "micro_grid"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(asked: dict[str, object], words: str) -> None:
    with pytest.raises(Refusal, match=words.replace("?", r"\?")) as refused:
        explain("bare", **{"size": "micro_grid", "day": 1, "resident": 1, **asked})  # type: ignore[arg-type]
    assert "\n" not in str(refused.value)


def test_children_do_not_decide() -> None:
    with pytest.raises(Refusal, match="is a child"):
        explain("bare", size="micro_grid", day=0, resident=somebody(adult=False))


def test_every_subject_has_a_name_in_both_languages() -> None:
    assert all(words.en and words.zh for words in OPPORTUNITIES.values())
