"""One text per behaviour: a town lived at once and one lived agent by agent are the same, bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mechanisms
import pytest
from linli.agents.deputy.agent import Deputy
from linli.agents.grid_worker.agent import GridWorker
from linli.agents.party_member.agent import PartyMember
from linli.agents.resident.agent import Resident
from linli.model.day import day_with
from linli.model.neighbourhood import ACTS_OF_AGENTS, ROWS_GIVEN, TABLE_OF, Neighbourhood, live_agent_by_agent
from linli.model.spec import Spec
from linli.model.world import ENTITIES, differences, table

TOWNS: dict[str, dict[str, Any]] = {
    "lively": {
        "points_per_hour": 300,
        "staffing": 0.3,
        "changes": {"volunteering": {"base": -5.0}, "reporting": {"base": -1.0}},
    },
    "Party and deputies": {
        "points_per_hour": 300,
        "staffing": 0.3,
        "changes": {
            "reporting": {"base": -1.0},
            "incentives": {"points_per_duty_hour": 100},
            "party": {"quota": 12, "obligation_minutes": 120, "exemplar": True},
            "participation": {"weight_exemplar": 0.8, "exemplar_substitution": 0.0},
            "deputies": {
                "per_community": 12, "period": 3, "base": 1.0, "reach": 1.0, "days_handover": 3,
                "cppcc_per_community": 4, "days_chronic": 30, "brokering": 1.0,
            },
        },
    },
}


def before_the_turn_of_the_year(name: str) -> Neighbourhood:
    """One of the dozen towns with every mechanism at work, some days before the turn of a year."""
    model = Neighbourhood(spec=mechanisms.spec_of(name), size="micro_grid")
    model.world = mechanisms.town_before(name)
    return model


@pytest.mark.parametrize("name", mechanisms.LAYERS)
def test_at_once_and_agent_by_agent_are_the_same_bits(name: str) -> None:
    one_by_one = before_the_turn_of_the_year(name)
    for _ in range(mechanisms.DAYS):
        live_agent_by_agent(one_by_one)
    assert differences(one_by_one.world, mechanisms.town_after(name)) == []


def test_a_town_lived_agent_by_agent_can_be_lived_on_at_once() -> None:
    at_once, one_by_one = (before_the_turn_of_the_year("baseline") for _ in range(2))
    live_agent_by_agent(one_by_one)
    at_once.run_days(1)
    for model in (at_once, one_by_one):
        model.run_days(5)
    assert differences(at_once.world, one_by_one.world) == []


def test_every_verb_has_something_to_do_in_one_of_these_towns() -> None:
    """Else the test above would say little."""

    def noting(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            if name in ACTS_OF_AGENTS and len(given[ROWS_GIVEN.get(name, 2)]):
                busy.add(name)
            return act(*given)

        return done

    busy: set[str] = set()
    for name in ("baseline", "residents' meeting", "near consensus"):
        world, p = mechanisms.town_before(name), mechanisms.spec_of(name).numbers()
        for _ in range(mechanisms.DAYS):
            world = day_with(noting)(world, p)
    assert busy == set(ACTS_OF_AGENTS)


def test_in_a_lively_town_every_verb_had_something_to_do() -> None:
    """Else the test above would say little."""
    model = Neighbourhood(rng=11, points_per_meeting_hour=800, **TOWNS["lively"])
    before = {name: int(table(model.world, "days")[name].sum()) for name in NEEDED}
    model.run_days(30)
    for name in NEEDED:
        assert table(model.world, "days")[name].sum() > before[name], name
    assert (table(model.world, "reports")["learned"]).any()


def test_party_members_and_deputies_had_something_to_do_too() -> None:
    model = Neighbourhood(rng=11, **TOWNS["Party and deputies"])
    model.run_days(60)
    for name in ("n_visits_genuine", "n_asked_by_members", "n_duties", "n_petitioners", "n_docketed", "n_reopened"):
        assert table(model.world, "days")[name][-60:].sum() > 0, name
    assert len(model.deputies) == 16 and model.deputies.agg("n_received", sum) > 0
    assert {type(agent) for agent in model.agents} == {Resident, PartyMember, GridWorker, Deputy}


def test_a_member_of_a_users_own_class_keeps_a_members_duties() -> None:
    class Person(Resident):
        pass

    ours, usual = (Neighbourhood(rng=11, resident_class=cls, agent_by_agent=True, **TOWNS["Party and deputies"])
                   for cls in (Person, Resident))  # fmt: skip
    for model in (ours, usual):
        model.run_days(5)
    assert differences(ours.world, usual.world) == []


def test_deputies_leave_when_their_seats_are_emptied() -> None:
    model = Neighbourhood(size="micro_grid", **TOWNS["Party and deputies"])
    assert len(model.agents_by_type[Deputy]) == 16
    model.spec = model.spec.changed(deputies={"per_community": 1, "cppcc_per_community": 0})
    assert [deputy.deputy for deputy in model.agents_by_type[Deputy]] == [0]


NEEDED = ("n_reports", "n_attended", "n_acts", "n_redemptions", "staff_minutes_issues", "n_meetings")


def test_each_agent_acts_for_herself() -> None:
    """What a verb touches is her own: only those who are asked change."""

    class Watched(Resident):
        def volunteer(self) -> None:
            before = self.table.copy()
            super().volunteer()
            others = self.table["person"] != self.person
            assert (self.table[others] == before[others]).all()
            asked.append(len(self.opportunities("invitations")))

    asked: list[int] = []
    model = Neighbourhood(size="micro_grid", resident_class=Watched)
    model.run_days(10)
    assert len(asked) == 10 * 219
    assert sum(asked) == sum(table(model.world, "days")[name][-10:].sum() for name in ("n_asks", "n_calls_seen"))


def test_every_opportunity_of_the_day_is_somebodys() -> None:
    class Counted(Resident):
        def report(self) -> None:
            self.count("encounters")

        def attend(self) -> None:
            self.count("invitees")

        def volunteer(self) -> None:
            self.count("invitations")

        def count(self, name: str) -> None:
            rows = self.opportunities(name)
            assert (getattr(self.model.world, name)["resident"][rows] == self.row).all()
            found[name] += len(rows)
            there[name] = int(self.model.world.town["n_" + name][0])

    model = Neighbourhood(resident_class=Counted, changes={"deliberation": {"items": 5}})
    there, found = {}, {}  # type: ignore[var-annotated]
    for _ in range(15):
        found = dict.fromkeys(("encounters", "invitees", "invitations"), 0)
        model.step()
        assert found == there


def test_workers_keep_the_order_of_their_table() -> None:
    class Clerk(GridWorker):
        def casework(self) -> None:
            came.append(self.row)
            super().casework()

    came: list[int] = []
    crowded = Spec().changed(staff={"workers_per_micro_grid": 3.0})
    model = Neighbourhood(size="micro_grid", grid_worker_class=Clerk, spec=crowded)
    for _ in range(7):
        model.step()
    assert came == list(range(len(model.world.workers))) * 5  # and none at the weekend


def test_tables_can_be_told_apart_by_their_fields() -> None:
    assert len(TABLE_OF) == len(ENTITIES)
