"""Whatever the scenario, the town's books are in order and no issue makes an illegal move."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linli.agents.core.compiled import plain
from linli.agents.core.parameter import About, Parameters
from linli.model import checks
from linli.model import world as worlds
from linli.model.day import day_with
from linli.model.founding import found
from linli.model.issues import LEGAL, State
from linli.model.running import day_zero, run
from linli.model.spec import Spec

LIVELY = Spec().changed(
    reporting={"base": -1.5},
    attending={"base": -1.0},
    volunteering={"base": -4.5},
    incentives={"programme_on": True, "points_per_hour": 500, "points_per_meeting_hour": 200},
)
"""A town in which much happens: few days show much."""

SHARES_TOGETHER = {"population", "places"}
"""Sections whose shares must fit together; they stay as they are here."""


def values_of(about: About) -> st.SearchStrategy:
    """Any allowed value of a parameter."""
    if about.choices:
        return st.sampled_from(about.choices)
    if isinstance(about.default, bool):
        return st.booleans()
    if isinstance(about.default, int):
        return st.integers(int(about.low or 0), int(min(about.high or 10**6, 10**6)))
    return st.floats(about.low or 0.0, about.high, allow_nan=False)


def any_changes() -> st.SearchStrategy:
    """A few parameters, anywhere in their ranges."""
    pairs = [
        (section, about)
        for section, info in Spec.model_fields.items()
        if section not in SHARES_TOGETHER | {"kinds"} and issubclass(info.annotation, Parameters)
        for about in info.annotation.about()
    ]
    one = st.sampled_from(pairs).flatmap(
        lambda pair: st.tuples(st.just(pair[0]), st.just(pair[1].name), values_of(pair[1]))
    )
    return st.lists(one, min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(any_changes(), st.integers(0, 2**63 - 1), st.sampled_from(["micro_grid", "micro_grid", "general_grid"]))
def test_in_any_scenario_the_books_are_in_order(changes, seed, size):
    spec = LIVELY
    for section, name, value in changes:
        spec = spec.changed(**{section: {name: value}})
    world = run(found(spec, size, seed), spec, 200)
    assert checks.violations(world) == []


def test_the_books_are_in_order_every_single_day():
    world = found(LIVELY, "micro_grid", 3)
    for _ in range(120):
        world = run(world, LIVELY, 1)
        assert checks.violations(world) == []


@pytest.mark.parametrize("law", ["points", "time", "counts", "stocks"])
def test_a_falsified_book_is_noticed(law):
    world = run(found(LIVELY, "micro_grid", 3), LIVELY, 150)
    {
        "points": lambda: world.residents["points_task"].__iadd__(1),
        "time": lambda: world.residents["minutes"].__iadd__(1),
        "counts": lambda: world.residents["acts"].__iadd__(1),
        "stocks": lambda: world.micro_grids["n_visible"].__iadd__(1),
    }[law]()
    assert checks.violations(world)


def reachable() -> dict[State, set[State]]:
    """The states an issue may be in after one act, given the one before."""
    closure = {state: {state, *LEGAL[state]} for state in State}
    for _ in State:
        closure = {state: set().union(*(closure[n] for n in after)) for state, after in closure.items()}
    return closure


def test_a_census_before_and_after_every_act_sees_only_legal_moves():
    allowed, seen = reachable(), set()
    held = {}

    def with_census(name, act):
        def counted(*arguments):
            issues = held["world"].issues
            before = issues["state"].copy()
            result = act(*arguments)
            for start, end in {(int(a), int(b)) for a, b in zip(before, issues["state"]) if a != b}:
                assert State(end) in allowed[State(start)], (name, State(start), State(end))
                seen.add((State(start), State(end)))
            return result

        return counted

    world = run(found(LIVELY, "general_grid", 5), LIVELY, 60)
    a_day = day_with(with_census)
    p = LIVELY.numbers()
    for _ in range(40):
        held["world"] = world
        world = a_day(world, p)
    assert len(world.residents) == 1438
    assert len(seen) >= 5


def test_an_illegal_move_stops_the_run():
    from linli.model.issues import move

    class Issue:
        state = int(State.FADED)

    with pytest.raises(ValueError, match="illegal move"):
        plain(move)(Issue(), State.KNOWN)


def test_a_world_lived_on_is_refused():
    world = day_zero(LIVELY, "micro_grid", 1)
    kept = worlds.copy(world)
    after = run(world, LIVELY, 600)
    if worlds.rows_in_use(world, "days") > len(world.days):
        with pytest.raises(ValueError, match="handed to run"):
            run(world, LIVELY, 1)
    assert worlds.differences(after, run(kept, LIVELY, 600)) == []


def test_points_are_whole_numbers_of_fen():
    world = run(found(LIVELY, "micro_grid", 2), LIVELY, 100)
    assert world.residents["points_task"].dtype == np.int64
    assert world.residents["redeemed"].sum() > 0


def test_the_acts_of_a_day_can_be_listed_without_carrying_them_out():
    from linli.model.day import calls_of_a_day, plan

    calls = calls_of_a_day(Spec().changed(bonds={"forming": 0.1}).numbers())
    assert [plain(act).__name__ for act, _ in calls] == plan()
