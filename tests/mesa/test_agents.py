"""Residents and workers are ordinary Mesa agents, and each is a handle on one row of the World."""

from __future__ import annotations

from typing import Any

import mesa
import pytest
from linli.agents.core.field import fields_of
from linli.agents.grid_worker import GridWorkerFields
from linli.agents.grid_worker.agent import GridWorker
from linli.agents.party_member.agent import PartyMember
from linli.agents.resident import ResidentFields
from linli.agents.resident.agent import Resident
from linli.model.neighbourhood import Neighbourhood
from linli.model.world import differences, table


@pytest.fixture
def model() -> Neighbourhood:
    model = Neighbourhood(size="micro_grid", rng=2)
    model.run_days(60)
    return model


def test_handles_are_made_when_somebody_looks() -> None:
    model = Neighbourhood(size="micro_grid")
    model.run_days(3)
    assert model._handles is None
    assert len(model.agents) == len(model.world.residents) + len(model.world.workers)


def test_there_is_one_for_each_resident_party_member_and_worker(model: Neighbourhood) -> None:
    party = int(model.world.residents["party"].sum())
    sizes = {cls: len(agents) for cls, agents in model.agents_by_type.items()}
    assert sizes == {Resident: 219 - party, PartyMember: party, GridWorker: len(model.world.workers)}
    assert set(model.agent_types) == set(sizes)
    assert all(member.party and member.adult for member in model.agents_by_type[PartyMember])
    assert [agent.row for agent in model.residents] == list(range(219))
    assert [agent.unique_id for agent in model.agents] == list(range(1, len(model.agents) + 1))


def test_a_handle_reads_and_writes_its_own_row(model: Neighbourhood) -> None:
    somebody = list(model.residents)[17]
    somebody.efficacy = 0.9
    assert model.world.residents["efficacy"][17] == somebody.efficacy == 0.9
    assert {type(getattr(somebody, name)) for name in fields_of(ResidentFields)} == {int, float, bool}
    worker = next(iter(model.grid_workers))
    assert worker.minutes == model.world.workers["minutes"][0]


def test_handles_follow_the_world_when_its_tables_are_replaced(model: Neighbourhood) -> None:
    somebody = list(model.residents)[17]
    model.world = model.world._replace(residents=model.world.residents.copy())
    model.world.residents["spirit"][17] = 0.25
    assert somebody.spirit == 0.25


def test_agent_sets_work_as_mesa_users_know_them(model: Neighbourhood) -> None:
    people = model.residents
    adults = people.select(lambda a: a.adult)
    assert len(adults) == model.world.residents["adult"].sum()
    assert adults.agg("acts", sum) == model.world.residents["acts"].sum()
    assert adults.get("efficacy") == model.world.residents["efficacy"][model.world.residents["adult"]].tolist()
    by_age = people.groupby("age_band").count()
    assert sum(by_age.values()) == 219
    adults.set("efficacy", 0.75)
    assert (model.world.residents["efficacy"][model.world.residents["adult"]] == 0.75).all()
    met: list[int] = []
    adults.shuffle_do(lambda a: met.append(a.row))
    assert sorted(met) == adults.get("row") != met


def test_contacts_are_those_of_the_table_of_ties(model: Neighbourhood) -> None:
    for person in model.residents:
        known = model.world.ties["to"][person.first_tie : person.first_tie + person.n_ties]
        assert person.contacts.get("row") == known.tolist()
        assert all(person in set(contact.contacts) for contact in person.contacts)


def test_no_field_or_verb_takes_a_name_of_mesas() -> None:
    """Of this version, and those known of later ones."""
    later = {"scenario", "from_dataframe", "is_busy", "start_action", "cancel_action", "interrupt_for", "cell"}
    bare = mesa.Agent(mesa.Model(rng=1))
    mesas = {*dir(mesa.Agent), *vars(bare), *later} - set(dir(object))
    for handle, fields in ((Resident, ResidentFields), (GridWorker, GridWorkerFields)):
        assert not set(fields_of(fields)) & mesas
        assert not {name for name in vars(handle) if not name.startswith("__")} & mesas - {"_datasets"}


def test_between_days_there_is_no_opportunity_and_no_verb_does_anything(model: Neighbourhood) -> None:
    before = {name: getattr(model.world, name).copy() for name in model.world._fields}
    for verb in ("report", "attend", "volunteer", "learn", "redeem"):
        model.residents.do(verb)
    model.grid_workers.do("casework")
    assert differences(model.world, type(model.world)(**before)) == []


def test_residents_of_ones_own_have_a_daily_step_in_python() -> None:
    class Praised(Resident):
        """Whoever volunteered today believes more in it: a rule of the user's, in plain Python."""

        def step(self) -> None:
            if self.last_act == self.model.day - 1:
                self.efficacy = min(1.0, self.efficacy + 0.25)
                self.efficacy_day = self.model.day - 1
                praised.append(self.row)

    praised: list[int] = []
    model = Neighbourhood(size="micro_grid", resident_class=Praised, changes={"volunteering": {"base": -5.0}})
    assert model.agent_types == [Praised, GridWorker]
    model.run_days(40)
    days = table(model.world, "days")
    acts = table(model.world, "deeds")
    assert len(praised) == len({(d["day"], d["resident"]) for d in acts if d["day"] >= 0}) > 0
    assert days["day"][-1] == 39
    unpraised = Neighbourhood(size="micro_grid", changes={"volunteering": {"base": -5.0}})
    unpraised.run_days(40)
    assert "residents.efficacy" in differences(model.world, unpraised.world)


def test_workers_and_party_members_of_ones_own_have_one_too() -> None:
    class Secretary(PartyMember):
        def step(self) -> None:
            met.append(self)

    class Clerk(GridWorker):
        def step(self) -> None:
            met.append(self)

    met: list[Any] = []
    model = Neighbourhood(size="micro_grid", party_member_class=Secretary, grid_worker_class=Clerk)
    model.step()
    assert set(map(type, met)) == {Secretary, Clerk}
    assert len(met) == model.world.residents["party"].sum() + len(model.world.workers)


def test_a_verb_overridden_in_a_subclass_counts() -> None:
    class Homebody(Resident):
        def attend(self) -> None:
            """Never comes to a meeting."""

    model, usual = Neighbourhood(resident_class=Homebody), Neighbourhood()
    model.run_days(20)
    usual.run_days(20)
    assert model.agent_by_agent and not usual.agent_by_agent
    recorded = [table(w, "days")["n_attended"][-20:].sum() for w in (usual.world, model.world)]
    assert recorded[0] > recorded[1] == 0


def test_the_data_collector_records_the_model_and_its_agents() -> None:
    model = Neighbourhood(
        size="micro_grid",
        model_reporters={"acts": "n_acts_today", "noticed": lambda m: m.counts()["n_noticed"]},
        agent_reporters={"acts": "acts", "efficacy": "efficacy", "worked": lambda a: getattr(a, "minutes", None)},
    )
    for _ in range(30):
        model.step()
    days = table(model.world, "days")[-30:]
    of_model = model.datacollector.get_model_vars_dataframe()
    assert of_model["acts"].tolist() == days["n_acts"].tolist()
    assert of_model["noticed"].tolist() == days["n_noticed"].tolist()
    of_agents = model.datacollector.get_agent_vars_dataframe()
    last = of_agents.xs(30, level="Step")
    assert last["acts"].dropna().tolist() == model.world.residents["acts"].tolist()
    assert last["acts"].isna().sum() == len(model.world.workers)


def test_handy_numbers_agree_with_the_tables() -> None:
    model = Neighbourhood()
    model.run_days(30)
    month, day = table(model.world, "months")[-1], table(model.world, "days")[-1]
    assert month["day"] == day["day"] == 29
    assert model.active_share_90 == month["n_active_90"] / month["n_residents"]
    assert model.n_reports_today == day["n_reports"]
    state = table(model.world, "issues")["state"]
    assert model.n_open_issues == sum(s in (0, 1, 2, 3, 4, 5, 8) for s in state.tolist())
