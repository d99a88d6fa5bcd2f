"""A resident explains herself, with the numbers the simulation decides by."""

from __future__ import annotations

import math
import re
from typing import Any, ClassVar, NamedTuple

import numpy as np
import pytest
from linli.agents.core.draw import Purpose, draw
from linli.agents.resident.agent import Resident
from linli.agents.resident.explaining import Explanation, percent
from linli.agents.resident.volunteering import Occasion
from linli.model.neighbourhood import Neighbourhood
from linli.model.spec import Spec
from linli.words import told


class Decision(NamedTuple):
    """What she said beforehand, the luck she then had, and what she did."""

    said: Explanation
    luck: float
    did: bool


class Diarist(Resident):
    """Writes down, before each decision, why she would take it."""

    diary: ClassVar[dict[str, list[Decision]]] = {}

    def report(self) -> None:
        rows, told = self.opportunities("encounters"), []
        for met in self.model.world.encounters[rows]:
            told.append(
                (self.explain("report", issue=met["issue"]), self.luck(Purpose.REPORT, met["luck"], self.person))
            )
        super().report()
        self.note("report", told, self.model.world.encounters["channel"][rows] > 0)

    def attend(self) -> None:
        rows, told = self.opportunities("invitees"), []
        rows = rows[self.model.world.invitees["heard"][rows]] if len(rows) else rows
        for met in self.model.world.invitees[rows]:
            told.append(
                (self.explain("attend", stake=met["stake"]), self.luck(Purpose.ATTEND, met["luck"], self.person))
            )
        super().attend()
        self.note("attend", told, self.model.world.invitees["comes"][rows])

    def volunteer(self) -> None:
        first = self.opportunities("invitations")[:1]  # after a first act of the day habit is another
        told = []
        for met in self.model.world.invitations[first]:
            said = self.explain("volunteer", occasion=Occasion(met["occasion"]).name.lower())
            told.append((said, self.luck(Purpose.VOLUNTEER, self.person, met["occasion"], met["ordinal"])))
        super().volunteer()
        self.note("volunteer", told, self.model.world.invitations["acted"][first])

    def luck(self, purpose: Purpose, who: int, with_whom: int, k: int = 0) -> float:
        return float(draw(self.model.seed_of_luck, self.model.day, purpose, who, with_whom, k)[0])

    def note(self, opportunity: str, told: list[tuple[Explanation, float]], did: np.ndarray[Any, Any]) -> None:
        pairs = zip(told, did.tolist(), strict=True)
        self.diary[opportunity] += [Decision(said, luck, acted) for (said, luck), acted in pairs]


@pytest.fixture(scope="module")
def diary() -> dict[str, list[Decision]]:
    Diarist.diary = {"report": [], "attend": [], "volunteer": []}
    lively = Spec().changed(
        volunteering={"base": -5.0},
        reporting={"base": -1.5},
        noticing={"share_noticing": 0.4},
        issues={"per_1000": 600.0},
        deliberation={"items": 10, "period": 5},
    )
    model = Neighbourhood(resident_class=Diarist, spec=lively, points_per_hour=400, points_per_meeting_hour=200, rng=4)
    model.run_days(22)
    return Diarist.diary


@pytest.mark.parametrize("opportunity", ["report", "attend", "volunteer"])
def test_she_acts_when_and_only_when_luck_falls_below_the_probability_she_gave(
    diary: dict[str, list[Decision]], opportunity: str
) -> None:
    decisions = diary[opportunity]
    assert len(decisions) >= 300
    assert [d.luck < d.said.probability for d in decisions] == [d.did for d in decisions]
    assert 20 <= sum(d.did for d in decisions) <= len(decisions) - 20


@pytest.mark.parametrize("opportunity", ["report", "attend", "volunteer"])
def test_the_terms_add_up(diary: dict[str, list[Decision]], opportunity: str) -> None:
    for decision in diary[opportunity]:
        said = decision.said
        assert sum(said.terms.values()) == pytest.approx(said.readiness, abs=1e-12)
        reach, *others = said.gates.values() or (1.0,)  # the channels' reach may exceed its mean, a chance never 1
        expected = min(1.0, reach / (1 + math.exp(-said.readiness))) * math.prod(others)
        assert said.probability == pytest.approx(expected, rel=1e-12)


def test_what_is_known_already_is_less_of_a_reason_to_report(diary: dict[str, list[Decision]]) -> None:
    assert {d.said.gates["whether it is news"] for d in diary["report"]} == {0.5, 1.0}


@pytest.fixture(scope="module")
def model() -> Neighbourhood:
    model = Neighbourhood(size="micro_grid", points_per_hour=600)
    model.run_days(100)
    return model


def adult(model: Neighbourhood) -> Resident:
    return next(iter(model.residents.select(lambda a: a.adult and a.n_ties > 3)))


def test_being_asked_weighs_what_the_parameter_says(model: Neighbourhood) -> None:
    call, asked = (adult(model).explain("volunteer", occasion=o) for o in ("call", "asked"))
    assert asked.readiness - call.readiness == pytest.approx(model.spec.participation.weight_asked)
    assert (call.awareness, asked.awareness) == (adult(model).information, None)


def test_the_nearer_the_issue_the_higher_the_stake(model: Neighbourhood) -> None:
    person = adult(model)
    person.efficacy, person.efficacy_day = 0.9, model.day
    issue = int(np.flatnonzero(model.world.issues["building"][:20] == person.building)[0])
    at_home = person.explain("report", issue=issue)
    person.building += 3
    far_away = person.explain("report", issue=issue)
    person.building -= 3
    assert at_home.terms["efficacy"] == pytest.approx(far_away.terms["efficacy"] / model.spec.issues.stake_far)


def test_an_explanation_can_be_read(model: Neighbourhood) -> None:
    text = str(adult(model).explain("volunteer", occasion="asked_from_list"))
    first, *lines = text.splitlines()
    assert first.startswith("Resident ") and "would volunteer if organisers asked with a probability of" in first
    assert "Most in favour: " in first and "most against: " in first
    sizes = [abs(float(line.split()[1])) for line in lines if line.split()[0] not in ("V", "×")]
    assert sizes == sorted(sizes, reverse=True) and len(sizes) >= 4
    assert "+1.20  having been asked" in text


def test_a_meeting_is_explained_with_the_chance_to_hear_of_it(model: Neighbourhood) -> None:
    said = adult(model).explain("attend", stake=0.8)
    assert 0 < said.awareness <= 1
    assert "probability that word of it reaches her" in str(said)


def test_consent_falls_with_distance_and_rises_with_fairness(model: Neighbourhood) -> None:
    person = adult(model)
    near, far, fair = (
        person.explain("consent", distance=d, fairness=f) for d, f in ((0.1, 0.5), (0.9, 0.5), (0.9, 0.9))
    )
    assert near.probability > fair.probability > far.probability
    assert sum(far.terms.values()) == pytest.approx(far.readiness, abs=1e-12)
    of_issue = person.explain("consent", issue=3, took_part=True)
    assert of_issue.terms["taking_part"] == model.spec.consenting.weight_taking_part
    distance = abs(model.spec.deliberation.plan - model.position_on_issue(person.row, 3))
    assert of_issue.terms["distance"] == pytest.approx(-model.spec.consenting.weight_distance * distance)


def test_her_position_is_the_one_she_brings_to_the_meeting() -> None:
    model = Neighbourhood(size="micro_grid", changes={"deliberation": {"period": 2}})
    while not model.world.town["n_invitees"][0]:
        model.step()
    invitee = model.world.invitees[0]
    issue = model.world.meetings["issue"][invitee["meeting"]]
    assert model.position_on_issue(int(invitee["resident"]), int(issue)) == invitee["first_position"]


def test_a_ballot_and_a_trip_to_the_mall_are_explained(model: Neighbourhood) -> None:
    person = adult(model)
    assert person.explain("vote", stake=0.8).probability == pytest.approx(
        1 / (1 + math.exp(-person.explain("vote", stake=0.8).readiness))
    )
    held = person.points_task
    person.points_task = 1_000_000
    rich = person.explain("redeem")
    person.points_task = 0
    poor = person.explain("redeem")
    person.points_task = held
    assert (rich.probability, poor.probability) == (1.0, 0.0)
    assert rich.readiness == pytest.approx(rich.terms["balance"] + rich.terms["hassle"])


def test_she_speaks_chinese_too(model: Neighbourhood) -> None:
    said = adult(model).explain("volunteer", occasion="asked", lang="zh")
    assert str(said).startswith(f"居民{said.resident}（") and "在熟人邀请时参加志愿服务的概率为" in str(said)
    assert said.sentence("en").startswith("Resident ") and "公益心" in said._repr_html_()


def test_nonsense_is_refused(model: Neighbourhood) -> None:
    person = adult(model)
    for wrong in (
        lambda: person.explain("vote"),
        lambda: person.explain("volunteer", occasion="ordered"),
        lambda: person.explain("report"),
        lambda: person.explain("report", issue=3, stake=0.5),
        lambda: person.explain("consent"),
        lambda: person.explain("gossip", stake=0.5),
        lambda: next(iter(model.residents.select(lambda a: not a.adult))).explain("volunteer"),
    ):
        with pytest.raises(ValueError) as refused:
            wrong()
        assert re.search(r"[\u4e00-\u9fff]", told(refused.value, "zh"))
        assert not re.search(r"[\u4e00-\u9fff]", str(refused.value))


def test_shares_are_written_as_one_reads_them() -> None:
    assert [percent(p) for p in (0, 1e-9, 0.0123, 0.034, 0.5, 1)] == [
        "0 %", "less than 0.01 %", "1.2 %", "3.4 %", "50 %", "100 %"
    ]  # fmt: skip
