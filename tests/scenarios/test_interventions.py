"""Interventions: what a scenario sets on the morning of a given day."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from linli.experiments.batches.design import read_design
from linli.experiments.batches.freezing import frozen
from linli.model import world as worlds
from linli.model.neighbourhood import Neighbourhood
from linli.model.running import day_zero, run
from linli.model.spec import Spec
from linli.scenarios import dump, load

Write = Callable[..., Path]

TWO_TURNS = (
    'base = "baseline"', "[grid]", "staffing = 0.9",
    "[[interventions]]", "day = 40", "[interventions.incentives]", "points_per_hour = 2000",
    "[[interventions]]", "day = 20", "[interventions.incentives]", "programme_on = true", "points_per_hour = 500",
    "[interventions.kinds.planters]", "labour = 9.0",
)  # fmt: skip
"""A scenario that begins with fewer staff, pays from day 20 on, and more from day 40 on."""


def test_numbers_hold_from_their_day_on(write: Write) -> None:
    spec = load(write("mine.toml", *TWO_TURNS)).spec
    pay = {day: spec.on(day).incentives.points_per_hour for day in (0, 19, 20, 39, 40, 5_000)}
    assert pay == {0: 0, 19: 0, 20: 500, 39: 500, 40: 2000, 5_000: 2000}
    assert {spec.on(day).grid.staffing for day in pay} == {0.9}
    assert spec.on(0).kinds.planters.labour != spec.on(20).kinds.planters.labour == 9.0


def test_numbers_that_change_cannot_be_had_without_a_day(write: Write) -> None:
    with pytest.raises(TypeError, match="on\\(day\\)"):
        load(write("mine.toml", *TWO_TURNS)).spec.numbers()


def test_a_town_lives_as_if_its_spec_had_been_exchanged_on_the_day(write: Write) -> None:
    scenario = load(write("mine.toml", *TWO_TURNS))
    start = day_zero(scenario.baseline, "micro_grid", 3)
    by_hand = worlds.copy(start)
    for day in (0, 20, 40):
        by_hand = run(by_hand, scenario.spec.on(day), 20)
    assert worlds.differences(by_hand, run(worlds.copy(start), scenario.spec, 60)) == []
    by_day = worlds.copy(start)
    for _ in range(60):
        by_day = run(by_day, scenario.spec, 1)
    assert worlds.differences(by_hand, by_day) == []
    without = run(worlds.copy(start), scenario.spec.on(0), 60)
    assert worlds.differences(by_hand, without) != []


@pytest.mark.parametrize("agent_by_agent", [False, True])
def test_the_mesa_model_lives_it_too(write: Write, agent_by_agent: bool) -> None:
    scenario = load(write("mine.toml", *TWO_TURNS))
    town = Neighbourhood(spec=scenario.spec, baseline=scenario.baseline, size="micro_grid", rng=3,
                         agent_by_agent=agent_by_agent)  # fmt: skip
    for _ in range(45):
        town.step()
    lived = run(day_zero(scenario.baseline, "micro_grid", 3), scenario.spec, 45)
    assert worlds.differences(town.world, lived) == []


def test_before_its_day_an_intervention_changes_nothing(write: Write) -> None:
    late = load(write("late.toml", 'base = "baseline"', "[[interventions]]", "day = 25", "[interventions.grid]",
                      "staffing = 0.5"))  # fmt: skip
    start = day_zero(late.baseline, "micro_grid", 8)
    assert worlds.differences(run(worlds.copy(start), late.spec, 25), run(start, late.baseline, 25)) == []


def test_a_scenario_inherits_the_interventions_of_its_base_and_may_overrule_them(write: Write) -> None:
    write("mine.toml", *TWO_TURNS)
    own = load(write("own.toml", 'base = "mine.toml"', "[grid]", "staffing = 0.8", "[[interventions]]", "day = 40",
                     "[interventions.incentives]", "points_per_hour = 100")).spec  # fmt: skip
    assert [own.on(day).incentives.points_per_hour for day in (0, 20, 40)] == [0, 500, 100]
    assert own.on(0).grid.staffing == 0.8


def test_values_must_go_together_on_every_day(write: Write) -> None:
    paid = ["[[interventions]]", "day = 9", "[interventions.incentives]", "points_per_hour = 5"]
    with pytest.raises(ValueError, match=r"intervention of day 9, .*points_per_hour is 5 .*programme_on"):
        load(write("mine.toml", 'base = "baseline"', *paid))
    write("base.toml", *TWO_TURNS)
    off = ['base = "base.toml"', "[[interventions]]", "day = 30", "[interventions.incentives]", "programme_on = false"]
    with pytest.raises(ValueError, match=r"intervention of day 30, .*programme_on"):
        load(write("off.toml", *off))


def test_written_down_and_sent_away_it_is_the_same(write: Write) -> None:
    scenario = load(write("mine.toml", *TWO_TURNS))
    again = write("again.toml", head="")
    again.write_text(dump(scenario), encoding="utf-8")
    assert load(again).spec == scenario.spec == pickle.loads(pickle.dumps(scenario.spec))
    assert scenario.spec != scenario.spec.on(0) and isinstance(scenario.spec.on(0), Spec)


def test_a_design_takes_interventions_from_a_file_or_writes_its_own(write: Write) -> None:
    write("mine.toml", *TWO_TURNS)
    design = [
        'size = "micro_grid"', "days = 60", "seeds = 2",
        "[[scenarios]]", 'file = "mine.toml"',
        "[[scenarios]]", 'name = "written"', 'base = "baseline"', "[scenarios.changes.grid]", "staffing = 0.9",
        "[[scenarios.interventions]]", "day = 20", "[scenarios.interventions.incentives]", "programme_on = true",
        "points_per_hour = 500", "[scenarios.interventions.kinds.planters]", "labour = 9.0",
        "[[scenarios.interventions]]", "day = 40", "[scenarios.interventions.incentives]", "points_per_hour = 2000",
        "[factors]", 'design = "factorial"', '[factors.vary."grid.hours_general_grid"]', "values = [30.0, 40.0]",
    ]  # fmt: skip
    read = read_design(write("study.toml", *design, head='question = "When?"\n'))
    assert read.arms[0].spec == read.arms[1].spec
    assert {point.spec.on(40).incentives.points_per_hour for point in read.points} == {2000}
    assert {point.spec.on(40).grid.hours_general_grid for point in read.points} == {30.0, 40.0}
    again = write("frozen.toml", head=frozen(read))
    assert [point.spec for point in read_design(again).points] == [point.spec for point in read.points]


def test_a_bad_intervention_in_a_design_is_refused_with_its_place(write: Write) -> None:
    design = [
        'size = "micro_grid"', "days = 60", "seeds = 2", "[[scenarios]]", 'name = "written"', 'base = "baseline"',
        "[[scenarios.interventions]]", "day = 20", "[scenarios.interventions.grid]", "staffing = 90",
    ]  # fmt: skip
    with pytest.raises(ValueError, match=r"scenario 1 \(written\), in the intervention of day 20, grid.staffing is 90"):
        read_design(write("study.toml", *design, head='question = "When?"\n'))
