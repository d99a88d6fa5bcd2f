"""A neighbourhood lives: day by day, many days at once, with levers, hooks and stops."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import mesa
import numpy as np
import pytest
from linli.model.neighbourhood import Neighbourhood
from linli.model.running import day_zero, on_days, run
from linli.model.spec import Spec
from linli.model.world import copy, differences, table
from linli.scenarios.loader import load


def test_it_stands_burnt_in_on_the_morning_of_day_0() -> None:
    model = Neighbourhood(size="micro_grid", rng=5)
    assert (model.day, model.steps, model.running, model.seed_of_luck) == (0, 0, True, 5)
    assert differences(model.world, day_zero(Spec(), "micro_grid", 5)) == []


def test_a_step_is_a_day_and_so_many_days_at_once_are_the_same_bits() -> None:
    by_steps, at_once = Neighbourhood(size="micro_grid"), Neighbourhood(size="micro_grid")
    for _ in range(45):
        by_steps.step()
    at_once.run_days(30)
    at_once.run_days(0)
    at_once.run_days(15)
    assert differences(by_steps.world, at_once.world) == []
    assert (by_steps.day, by_steps.steps) == (at_once.day, at_once.steps) == (45, 45)
    by_steps.step()
    at_once.step()
    assert differences(by_steps.world, at_once.world) == []


def test_it_lives_as_a_town_run_from_python_does() -> None:
    spec = Spec().changed(incentives={"programme_on": True, "points_per_hour": 500})
    model = Neighbourhood(spec=spec, baseline=Spec(), size="micro_grid", rng=3)
    model.run_days(40)
    assert differences(model.world, run(day_zero(Spec(), "micro_grid", 3), spec, 40)) == []


def test_it_lives_under_a_scenario() -> None:
    scenario = load("half_staff")
    model = Neighbourhood(spec=scenario.spec, baseline=scenario.baseline, size="micro_grid")
    by_hand = Neighbourhood(spec=scenario.baseline, staffing=0.5, size="micro_grid")
    model.run_days(40)
    by_hand.run_days(40)
    assert differences(model.world, by_hand.world) == []


def test_levers_begin_on_day_0() -> None:
    plain, paid = Neighbourhood(size="micro_grid"), Neighbourhood(size="micro_grid", points_per_hour=1000)
    assert differences(plain.world, paid.world) == []
    assert paid.spec.incentives.programme_on
    plain.run_days(120)
    paid.run_days(120)
    assert table(paid.world, "days")["points_issued"].sum() > 0 == table(plain.world, "days")["points_issued"].sum()


ZEROS: list[dict[str, Any]] = [
    {"points_per_hour": 0},
    {"points_per_meeting_hour": 0},
    {"staffing": 1},
    {"period": 14},
    {"rule": "majority"},
    {"changes": {}},
]


@pytest.mark.parametrize("zero", ZEROS, ids=lambda zero: next(iter(zero)))
def test_a_lever_left_where_it_stands_is_no_lever(zero: dict[str, Any]) -> None:
    pulled, left = Neighbourhood(size="micro_grid", **zero), Neighbourhood(size="micro_grid")
    pulled.run_days(30)
    left.run_days(30)
    assert differences(pulled.world, left.world) == []


def test_a_programme_is_on_if_it_pays_anything_unless_one_says_otherwise() -> None:
    assert Neighbourhood(size="micro_grid", points_per_meeting_hour=100).spec.incentives.programme_on
    running = Spec().changed(incentives={"programme_on": True, "points_per_hour": 100})
    assert not Neighbourhood(spec=running, size="micro_grid", points_per_hour=0).spec.incentives.programme_on
    announced = Neighbourhood(size="micro_grid", points_per_hour=0, changes={"incentives": {"programme_on": True}})
    assert announced.spec.incentives.programme_on


def test_twice_the_staff_begins_on_day_0_and_works() -> None:
    plain, doubled = Neighbourhood(), Neighbourhood(staffing=2.0)
    assert differences(plain.world, doubled.world) == []
    plain.run_days(1)
    doubled.run_days(1)
    hours = [model.world.workers["minutes_left"] + model.world.workers["minutes_today"] for model in (plain, doubled)]
    assert np.array_equal(2 * hours[0], hours[1])


def test_a_spec_set_on_the_way_holds_from_the_next_day_on() -> None:
    changed_mind, never_paid = Neighbourhood(size="micro_grid"), Neighbourhood(size="micro_grid")
    changed_mind.run_days(20)
    never_paid.run_days(20)
    assert differences(changed_mind.world, never_paid.world) == []
    changed_mind.spec = changed_mind.spec.changed(incentives={"programme_on": True, "points_per_hour": 900})
    changed_mind.run_days(100)
    assert table(changed_mind.world, "days")["points_issued"].sum() > 0


def test_what_is_settled_at_the_founding_cannot_be_changed_on_day_0() -> None:
    with pytest.raises(ValueError, match="ties: settled when the town is founded"):
        Neighbourhood(size="micro_grid", changes={"ties": {"stairwell": 5.0}})
    sociable = Spec().changed(ties={"stairwell": 5.0})
    assert len(Neighbourhood(spec=sociable, size="micro_grid").world.ties) > len(
        Neighbourhood(size="micro_grid").world.ties
    )


def test_wrong_values_are_refused() -> None:
    with pytest.raises(ValueError, match="size 'village'"):
        Neighbourhood(size="village")
    with pytest.raises(ValueError, match="seed -1"):
        Neighbourhood(rng=-1)
    with pytest.raises(ValueError, match="cadre, majority"):
        Neighbourhood(size="micro_grid", rule="consensus")
    with pytest.raises(ValueError, match="points_per_minute"):
        Neighbourhood(size="micro_grid", changes={"incentives": {"points_per_minute": 1}})
    with pytest.raises(TypeError, match=r"\[spec\]"):
        Neighbourhood(spec=("incentives", Spec().incentives))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Neighbourhood(rng=1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Neighbourhood(scenario="bare")  # type: ignore[call-arg]


def test_one_seed_gives_one_history_and_no_seed_a_fresh_one_that_can_be_had_again() -> None:
    histories = [Neighbourhood(size="micro_grid", rng=rng) for rng in (np.int64(7), 7, 8, None)]
    for model in histories:
        model.run_days(30)
    assert differences(histories[0].world, histories[1].world) == []
    assert differences(histories[1].world, histories[2].world) != []
    again = Neighbourhood(size="micro_grid", rng=histories[3].seed_of_luck)
    again.run_days(30)
    assert differences(again.world, histories[3].world) == []


def test_luck_never_comes_from_mesas_generators() -> None:
    quiet, noisy = Neighbourhood(size="micro_grid"), Neighbourhood(size="micro_grid")
    for _ in range(30):
        quiet.step()
        noisy.random.random()
        noisy.rng.random(3)
        noisy.agents.shuffle_do("advance")
        noisy.step()
    assert differences(quiet.world, noisy.world) == []


def test_hooks_are_called_on_their_mornings_in_steps_as_in_runs() -> None:
    def diary(mornings: list[int]) -> Neighbourhood:
        hook = on_days([0, 10, 11, 40], lambda world: mornings.append(int(world.town["day"][0])))
        return Neighbourhood(size="micro_grid", hooks=[hook, on_days([10], everybody_signs_up)])

    in_steps: list[int] = []
    at_once: list[int] = []
    one_by_one: list[int] = []
    walker, runner, handler = diary(in_steps), diary(at_once), diary(one_by_one)
    handler.agent_by_agent = True
    for _ in range(30):
        walker.step()
        handler.step()
    runner.run_days(30)
    assert in_steps == at_once == one_by_one == [0, 10, 11]
    assert walker.world.residents["registered"].mean() > 0.5
    assert differences(walker.world, runner.world) == []
    assert differences(walker.world, handler.world) == []


def everybody_signs_up(world):  # type: ignore[no-untyped-def]
    """An intervention: on this morning all adults are registered."""
    world = copy(world)
    world.residents["registered"] = world.residents["adult"]
    return world


def test_it_stops_running_after_its_days() -> None:
    model = Neighbourhood(size="micro_grid", days=20)
    model.run_model()
    assert (model.day, model.steps, model.running) == (20, 20, False)


def test_a_subclass_with_a_step_of_its_own_is_asked_every_day() -> None:
    class Diary(Neighbourhood):
        def step(self) -> None:
            super().step()
            self.seen = [*getattr(self, "seen", []), self.day]

    model = Diary(size="micro_grid")
    model.run_days(3)
    assert model.seen == [1, 2, 3]


def test_the_town_can_be_run_without_mesa() -> None:
    names = "linli.model.running, linli.agents.resident.explaining, linli.agents.party_member, linli.agents.grid_worker"
    script = f"import sys, {names}; sys.exit('mesa' in sys.modules or 'networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_names_of_ours_are_none_of_mesas() -> None:
    """Of this version, and those known of later ones."""
    later = "scenario time data_registry agent_id_counter batch suppress notify observe unobserve observables "
    later += "subscribers run_for run_until schedule_event schedule_recurring"
    meant = {"agents", "agents_by_type", "agent_types", "step", "random", "rng", "steps", "running", "__init__"}
    bare = type("Bare", (mesa.Model,), {})
    given_by_mesa = {*vars(bare), *vars(bare(rng=1))}
    ours = {*vars(Neighbourhood), *vars(Neighbourhood(size="micro_grid"))} - given_by_mesa
    assert ours & {*dir(mesa.Model), *given_by_mesa, *later.split()} <= meant
