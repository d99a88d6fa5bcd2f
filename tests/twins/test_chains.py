"""Chains are true: a step with its causes comes out as in B, without any one of them it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from linli import scenarios
from linli.experiments.runs import in_silence
from linli.experiments.twins.causes import Causes, Link, chain_to, held
from linli.experiments.twins.diffing import Twins, diff, told_from
from linli.experiments.twins.ends import difference_of
from linli.experiments.twins.events import Streams, happenings
from linli.experiments.twins.lives import Lives
from linli.experiments.twins.mixing import NUMBER
from linli.experiments.twins.naming import Cell, change
from linli.experiments.twins.steps import Stage, after, dawn, steps
from linli.model import world as worlds
from linli.model.running import day_zero, run
from linli.model.spec import Spec
from linli.model.world import World
from twins.putting_in import WHERE, NotPlain, before, copied, put_in, spec_with


def mornings(twins: Twins, days: set[int]) -> Iterator[tuple[int, World, World]]:
    """Both towns on the mornings of some days, lived by the model alone."""
    a = day_zero(twins.a.baseline, twins.size, twins.seed)
    b, day = worlds.copy(a), 0
    for wanted in sorted(days):
        a, b = (run(world, each.spec, wanted - day) for world, each in ((a, twins.a), (b, twins.b)))
        day = wanted
        yield day, worlds.copy(a), worlds.copy(b)


def done(stage: Stage, link: Link, spec: Spec) -> Any:
    """What the step of a link does to its cell here."""
    cell = link.difference.cell
    then = held(stage, cell)
    try:
        return change(then, held(after(copied(stage), steps()[link.difference.when.step], spec.numbers()), cell), cell)
    except ValueError:
        return "a town that cannot be"


def checked(twins: Twins, link: Link, a: World, b: World) -> bool:
    """Whether the claim of a link holds; raises NotPlain where it is not looked at here."""
    step, specs = link.difference.when.step, (twins.a.spec, twins.b.spec)
    of_a, of_b = (before(world, spec, step) for world, spec in zip((a, b), specs, strict=True))
    wanted = done(of_b, link, specs[1])
    assert wanted != done(of_a, link, specs[0])

    def with_causes(cells: tuple[Cell, ...]) -> Any:
        return done(put_in(of_a, of_b, cells), link, spec_with(*specs, cells))

    enough = with_causes(link.needed) == wanted
    idle = [cell for cell in link.needed if with_causes(tuple(c for c in link.needed if c != cell)) == wanted]
    return enough and not idle


@pytest.mark.parametrize("which", ["paid", "commanded"])
def test_with_its_causes_a_step_comes_out_as_in_b_and_without_any_one_it_does_not(which, request):
    twins = request.getfixturevalue(which)
    links = list(dict.fromkeys(link for chain in twins.told for link in chain.links))
    verdicts = {}
    for day, a, b in mornings(twins, {link.difference.when.day for link in links}):
        for link in links:
            if link.difference.when.day == day:
                try:
                    verdicts[link] = checked(twins, link, a, b)
                except NotPlain:
                    continue
    assert len(verdicts) >= 0.6 * len(links) and len(verdicts) >= 15, (len(verdicts), len(links))
    assert [link for link, holds in verdicts.items() if not holds] == []


@pytest.mark.parametrize("which", ["paid", "commanded"])
def test_a_chain_runs_from_the_lever_to_its_end(which, request):
    twins = request.getfixturevalue(which)
    for chain in twins.told:
        assert chain.links
        moments = [link.difference.when for link in chain.links]
        assert moments == sorted(moments) and moments[-1].day == chain.end.day
        assert {cell.table for cell in chain.links[0].needed} == {NUMBER}
        for one, other in zip(chain.links, chain.links[1:], strict=False):
            assert other.followed == one.difference and one.difference.cell in other.needed


def test_a_day_in_steps_is_the_day():
    scenario = scenarios.load("five_yuan")
    world = run(day_zero(scenario.baseline, "micro_grid", 3), scenario.spec, 20)
    for _ in range(15):
        stage = dawn(worlds.copy(world))
        for step in steps():
            stage = after(stage, step, scenario.spec.numbers())
        world = run(world, scenario.spec, 1)
        assert worlds.differences(stage.world, world) == []


def lives_with(changes: dict[tuple[str, int, str], Any]) -> tuple[Lives, Streams]:
    """Sixty days of a town that in B is as in A, but for what is changed by hand on day 0."""
    spec = scenarios.load("five_yuan").spec
    lives, streams = Lives(spec, spec, spec, "general_grid", 7, 60), Streams()
    for (table, row, field), value in changes.items():
        getattr(lives.kept[0].b, table)[field][row] = value
    for day, before_it, after_it in lives.lived():
        streams.add(day, before_it, after_it)
    return lives, streams


@pytest.fixture(scope="module")
def idle() -> int:
    """A resident who is called to volunteer in these sixty days and never does."""
    did: dict[str, list[int]] = {"called": [], "volunteered": []}
    spec = scenarios.load("five_yuan").spec
    for day, (morning, _), (evening, _) in Lives(spec, spec, spec, "general_grid", 7, 60).lived():
        for what, _ in happenings(day, morning, evening):
            did.get(what.kind, []).append(what.resident)
    return next(resident for resident in did["called"] if resident not in did["volunteered"])


def test_a_cause_made_by_hand_is_found_and_a_decoy_is_not(idle):
    """Someone is made readier to volunteer, a neighbour readier to report. Who volunteers does so for the first."""
    lives, streams = lives_with({("residents", idle, "u_volunteer"): 9.0, ("residents", idle + 1, "u_report"): 9.0})
    first = next(event for event in streams.events() if event.kind == "volunteered")
    assert (first.resident, first.where) == (idle, "B")
    causes = Causes(lives)
    found = causes.cause(difference_of(causes, first))
    assert found.found and found.needed == (Cell("residents", (idle,), "u_volunteer"),)


def test_where_nothing_leads_back_to_a_number_no_chain_is_told(idle):
    lives, streams = lives_with({("residents", idle, "u_volunteer"): 9.0})
    causes = Causes(lives)
    first = next(event for event in streams.events() if event.kind == "volunteered")
    with pytest.raises(LookupError):
        chain_to(causes, difference_of(causes, first))
    (chain,) = told_from(causes, [first], in_silence)
    assert chain.end == first and chain.links == ()


def test_only_the_numbers_that_matter_are_named():
    """B pays, and besides its deputies receive more often. Who volunteers on day 2 does so for the pay."""
    base = scenarios.load("five_yuan")
    busy = base.spec.changed(deputies={"period": 5})
    twins = diff("baseline", replace(base, name="paid_and_received", spec=busy), chains=3, **WHERE)
    told = next(chain for chain in twins.told if chain.end.kind == "volunteered" and chain.end.day == 2)
    named = {cell.name[0] for link in told.links for cell in link.needed if cell.table == NUMBER}
    assert named == {"incentives.programme_on", "incentives.points_per_hour"}
