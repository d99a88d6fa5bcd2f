"""Stories of visitors and worker processes: real towns, real processes, one event loop."""

from __future__ import annotations

import asyncio
import multiprocessing
import operator
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from linli.experiments.runs import compare
from linli.model.spec import Change, Course
from linli.scenarios import load
from linli.workshop import ensembles as module
from linli.workshop.ensembles import DIED, FIRST_PAIRS, Asked, Ensembles
from linli.workshop.futures import Futures
from linli.workshop.outlook import OUTCOMES
from linli.workshop.working import TOWNS, Towns, opened, size_in_bytes

for folder in ("workshop", "experiments"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))
import odd_errands  # noqa: E402
from unrunnable import Deadly, Dry  # noqa: E402

pytestmark = pytest.mark.alone

Story = Callable[[Coroutine[Any, Any, Any]], Any]

PATIENCE = 120.0
"""Seconds after which a story has gone wrong."""

BLOCKED = 0.020
"""Seconds for which the event loop may be held up."""


def asked(name: str = "baseline", days: int = 60, size: str = "micro_grid", **changes: dict[str, Any]) -> Asked:
    """An arm of a small town under a scenario, perhaps changed."""
    scenario = load(name)
    return Asked(scenario.baseline, scenario.spec.changed(**changes) if changes else scenario.spec, size, days)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    """The server's event loop."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def room(loop: asyncio.Runner) -> Iterator[Ensembles]:
    """Two workers and one for errands."""
    ensembles = Ensembles(2, recorder=odd_errands.recording)
    loop.run(ensembles.start())
    yield ensembles
    loop.run(ensembles.close())


@pytest.fixture
def tell(loop: asyncio.Runner) -> Story:
    """Live through a story, or fail when it takes for ever."""
    return lambda story: loop.run(asyncio.wait_for(story, PATIENCE))


async def seen(room: Ensembles, visitor: str, a: Asked, b: Asked, pairs: int, **more: Any) -> list[Futures]:
    """Every picture that a visitor gets."""
    pictures: list[Futures] = []
    await room.futures(visitor, a, b, pairs, pictures.append, **more)
    return pictures


def same(one: Futures, other: Futures) -> bool:
    """Whether two whole pictures are the same, to the last bit."""
    values = all(
        np.array_equal(one.values[name][arm], other.values[name][arm], equal_nan=True)
        and np.array_equal(one.bands[name][arm], other.bands[name][arm], equal_nan=True)
        for name in OUTCOMES
        for arm in ("A", "B")
    )
    return values and repr(one.differences) == repr(other.differences) and one.sentences == other.sentences


def test_the_first_picture_holds_five_pairs_and_the_last_all(room, tell):
    pictures = tell(seen(room, "v", asked(), asked("five_yuan"), 24))
    counts = [picture.n_pairs for picture in pictures]
    assert FIRST_PAIRS <= counts[0] < 24 and counts == sorted(counts)
    assert pictures[-1].n_pairs == 24 and pictures[-1].whole and not any(picture.whole for picture in pictures[:-1])


def test_an_ensemble_is_a_comparison(room, tell):
    done = compare(["baseline", "five_yuan"], runs=9, size="micro_grid", days=60, seed=3, workers=1)
    last = tell(seen(room, "v", asked(), asked("five_yuan"), 9, seed=3))[-1]
    assert last.seeds == done.seeds
    for name, shown in OUTCOMES.items():
        theirs, ours = done.contrast("five_yuan", shown.total), last.differences[name]
        assert repr((ours.n, ours.mean, ours.sd, ours.p)) == repr((theirs.n, theirs.mean, theirs.sd, theirs.p))


def test_fewer_pairs_than_a_first_picture_are_told_once(room, tell):
    pictures = tell(seen(room, "v", asked(), asked("cadre"), 3))
    assert [picture.n_pairs for picture in pictures] == [3]


def test_what_has_been_lived_is_not_lived_again(room, tell, monkeypatch):
    a, b = asked(days=61), asked("five_yuan", days=61)
    first = tell(seen(room, "v", a, b, 8))[-1]
    monkeypatch.setattr(module.working, "lived", None)  # a run would now fail
    again = tell(seen(room, "w", a, b, 8))
    assert len(again) == 1 and same(again[0], first)


def test_a_superseded_request_never_reports_again(room, tell):
    async def story() -> None:
        a, old, new = asked(days=400), asked("five_yuan", days=400), asked("twenty_yuan", days=400)
        told: list[tuple[str, int]] = []
        first_picture = asyncio.Event()

        def of_old(futures: Futures) -> None:
            told.append(("old", futures.n_pairs))
            first_picture.set()

        older = asyncio.create_task(room.futures("v", a, old, 900, of_old))
        await first_picture.wait()
        n_before, n_lived = len(told), room.n_lived(old)
        await room.futures("v", a, new, 8, lambda futures: told.append(("new", futures.n_pairs)))
        await asyncio.wait_for(older, 5.0)
        assert {who for who, _ in told[n_before:]} == {"new"} and told[-1] == ("new", 8)
        assert room.n_lived(old) - n_lived <= room.n_workers  # the runs that were under way
        await asyncio.sleep(0.3)
        assert told[-1] == ("new", 8) and room.n_lived(old) - n_lived <= room.n_workers

    tell(story())


def test_a_visitor_who_leaves_is_worked_for_no_longer(room, tell):
    async def story() -> None:
        a, b = asked(days=402), asked("five_yuan", days=402)
        leaving = asyncio.create_task(seen(room, "v", a, b, 900))
        while not room.n_lived(b):
            await asyncio.sleep(0.005)
        leaving.cancel()
        await asyncio.sleep(0)
        n_lived = room.n_lived(a) + room.n_lived(b)
        await asyncio.sleep(0.3)
        assert room.n_lived(a) + room.n_lived(b) - n_lived <= room.n_workers

    tell(story())


def test_two_visitors_at_once_both_get_their_own_numbers(room, tell):
    async def both() -> tuple[list[Futures], list[Futures]]:
        one = seen(room, "one", asked(days=90), asked("five_yuan", days=90), 12)
        other = seen(room, "other", asked(days=90), asked("cadre", days=90), 12)
        found = await asyncio.gather(one, other)
        return found[0], found[1]

    one, other = tell(both())
    for pictures, name in ((one, "five_yuan"), (other, "cadre")):
        done = compare(["baseline", name], runs=12, size="micro_grid", days=90, seed=1, workers=1)
        for outcome, shown in OUTCOMES.items():
            assert np.array_equal(
                pictures[-1].values[outcome]["B"], done.values(name, shown.total), equal_nan=True
            )  # fmt: skip


def test_a_modest_visitor_does_not_wait_for_a_greedy_one(room, tell):
    async def story() -> None:
        greedy = asyncio.create_task(seen(room, "greedy", asked(days=403), asked("five_yuan", days=403), 900))
        await asyncio.sleep(0.05)
        pictures = await seen(room, "modest", asked(days=404), asked("cadre", days=404), 10)
        assert pictures[-1].whole and not greedy.done()
        greedy.cancel()

    tell(story())


def test_two_visitors_who_ask_for_the_same_share_its_runs(room, tell):
    async def story() -> None:
        a, b = asked(days=92), asked("five_yuan", days=92)
        found = await asyncio.gather(seen(room, "one", a, b, 10), seen(room, "other", a, b, 10))
        assert same(found[0][-1], found[1][-1]) and room.n_lived(a) == room.n_lived(b) == 10

    tell(story())


def test_the_numbers_do_not_depend_on_the_workers(room, tell):
    async def alone() -> Futures:
        single = Ensembles(1, errands=0)
        await single.start()
        try:
            return (await seen(single, "v", asked(days=70), asked("five_yuan", days=70), 11))[-1]
        finally:
            await single.close()

    assert same(tell(alone()), tell(seen(room, "v", asked(days=70), asked("five_yuan", days=70), 11))[-1])


def test_a_scenario_with_a_date_is_an_arm_like_any_other(room, tell):
    plain = asked(days=60)
    change = Change(day=30, values=(("incentives.points_per_hour", 2_000),))
    fields = {name: getattr(plain.spec, name) for name in type(plain.spec).model_fields}
    later = Asked(plain.baseline, Course(**fields, changes=(change,)), plain.size, plain.days)
    assert tell(seen(room, "v", plain, later, 6))[-1].whole


def test_a_worker_killed_in_the_middle_is_replaced_and_all_pairs_come(room, tell):
    async def story() -> None:
        errands = await room.call(os.getpid)
        living = [child.pid for child in multiprocessing.active_children() if child.pid != errands]
        a, b = asked(days=300), asked("five_yuan", days=300)
        request = asyncio.create_task(seen(room, "v", a, b, 60))
        while room.n_lived(b) < 4:
            await asyncio.sleep(0.002)
        os.kill(living[0], signal.SIGKILL)
        last = (await request)[-1]
        assert last.n_pairs == 60 and not last.failures
        again = await seen(room, "v", a, asked("cadre", days=300), 6)
        assert again[-1].n_pairs == 6
        while len([child for child in multiprocessing.active_children() if child.pid != errands]) < 2:
            await asyncio.sleep(0.05)

    tell(story())


def test_a_spec_that_raises_is_reported_and_the_next_one_runs(room, tell):
    broken = Asked(asked().baseline, Dry(), "micro_grid", 60)
    pictures = tell(seen(room, "v", asked(), broken, 6))
    assert [picture.n_pairs for picture in pictures] == [0] and pictures[0].whole
    assert [(failure.arm, failure.seed) for failure in pictures[0].failures] == [("B", seed) for seed in range(1, 7)]
    assert {failure.error for failure in pictures[0].failures} == {"RuntimeError: the well is dry"}
    assert tell(seen(room, "v", asked(), asked("five_yuan"), 6))[-1].n_pairs == 6


def test_a_run_that_kills_its_workers_is_given_up(room, tell):
    deadly = Asked(asked().baseline, Deadly(), "micro_grid", 60)
    last = tell(seen(room, "v", asked(), deadly, 1))[-1]
    assert last.n_pairs == 0 and [DIED in failure.error for failure in last.failures] == [True]
    assert tell(seen(room, "v", asked(), asked("five_yuan"), 6))[-1].n_pairs == 6


@pytest.mark.parametrize("pairs", (0, -1, 1_001))
def test_impossible_numbers_of_pairs_are_refused(room, tell, pairs):
    with pytest.raises(ValueError, match="allowed are whole numbers from 1 to 1000"):
        tell(seen(room, "v", asked(), asked(), pairs))


def test_different_towns_are_not_paired(room, tell):
    with pytest.raises(ValueError, match="cannot be paired"):
        tell(seen(room, "v", asked(days=60), asked(days=61), 5))


# Errands.


def test_a_recording_is_made_once(room, tell):
    async def story() -> None:
        found = await asyncio.gather(room.record(asked(), 1), room.record(asked(), 1))
        assert found[0] == found[1] == await room.record(asked(), 1) != await room.record(asked(), 2)

    tell(story())


def test_recordings_are_forgotten_before_they_fill_the_memory(room, tell, monkeypatch):
    async def story() -> None:
        first = await room.record(asked(), 11)
        monkeypatch.setattr(module, "MOST_BYTES_OF_RECORDINGS", 2 * len(first))
        await room.record(asked(), 12)
        await room.record(asked(), 13)
        assert await room.record(asked(), 11) != first

    tell(story())


def test_any_work_can_be_called_for_and_its_errors_come_home(room, tell):
    assert tell(room.call(operator.add, 2, 3)) == 5
    with pytest.raises(ZeroDivisionError):
        tell(room.call(operator.truediv, 1, 0))
    with pytest.raises(RuntimeError, match="TwoWords: notso"):
        tell(room.call(odd_errands.in_two_words))
    assert tell(room.call(operator.add, 2, 3)) == 5


def test_an_errand_nobody_waits_for_any_more_is_not_begun(room, tell, tmp_path):
    async def story() -> None:
        under_way = asyncio.create_task(room.call(odd_errands.wait_and_write, 0.3, str(tmp_path / "one")))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(room.call(odd_errands.wait_and_write, 0.0, str(tmp_path / "two")))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await under_way
        await room.call(operator.add, 1, 1)

    tell(story())
    assert (tmp_path / "one").exists() and not (tmp_path / "two").exists()


def test_runs_do_not_wait_for_errands(room, tell, tmp_path):
    async def story() -> None:
        await seen(room, "v", asked(days=64), asked("five_yuan", days=64), 6)  # those killed above have been replaced
        errand = asyncio.create_task(room.call(odd_errands.wait_for, str(tmp_path / "word")))
        pictures = await seen(room, "v", asked(days=62), asked("five_yuan", days=62), 6)
        assert pictures[-1].whole and not errand.done()
        (tmp_path / "word").touch()
        await errand

    tell(story())


# Memory, and the event loop.


def test_the_arm_longest_not_asked_for_is_forgotten(room, tell, monkeypatch):
    monkeypatch.setattr(room, "most_runs", 20)
    arms = [asked("five_yuan", days=days) for days in (41, 42, 43)]
    for arm in arms:
        tell(seen(room, "v", asked(days=arm.days), arm, 10))
    assert room.n_lived(arms[0]) == 0 and room.n_lived(arms[2]) == 10
    assert sum(len(arm.runs) for arm in room._arms.values()) <= 40  # what is looked at, and what is allowed


def test_towns_are_forgotten_before_they_fill_the_memory():
    baseline = module.Arm(asked()).baseline
    town = {seed: (baseline, "micro_grid", seed) for seed in (1, 2, 3, 4)}
    most = sum(size_in_bytes(TOWNS.of(town[seed])) for seed in (1, 3, 4))
    towns = Towns(most)
    for seed in (2, 1, 3, 1, 4):
        towns.of(town[seed])
    assert [seed for seed in town if town[seed] in towns] == [1, 3, 4] and towns.n_bytes == most
    assert size_in_bytes(towns.of(town[2])) and len(towns) < 4 and towns.n_bytes <= most
    assert town[3] not in towns  # the one longest not asked for
    assert opened(baseline) == asked().baseline


async def heartbeat(beats: list[tuple[float, float]]) -> None:
    """How much later than asked the loop came back, by the clock and by this process's own work in the meantime."""
    pause = 0.002
    while True:
        clock, work = time.perf_counter(), time.process_time()
        await asyncio.sleep(pause)
        beats.append((time.perf_counter() - clock - pause, time.process_time() - work))


def test_the_event_loop_is_never_held_up(room, tell):
    """A late beat counts as far as this process was at work, for the machine may have been busy with others. Even so
    it may have let the sums go on and the loop wait; but what holds up the loop itself does so every time.
    """

    async def story(days: int) -> float:
        beats: list[tuple[float, float]] = []
        heart = asyncio.create_task(heartbeat(beats))
        await asyncio.gather(
            seen(room, "one", asked(days=days), asked("five_yuan", days=days), 50),
            seen(room, "other", asked(days=days), asked("cadre", days=days), 50),
            room.record(asked(days=days), 1),
        )
        heart.cancel()
        return max(min(beat) for beat in beats)

    assert any(tell(story(days)) <= BLOCKED for days in range(80, 85))


def test_towns_founded_beforehand_make_no_difference_but_of_time(room, tell):
    a, b = asked("baseline", days=63, size="general_grid"), asked("five_yuan", days=63, size="general_grid")
    room.prepare(a, 8)
    assert tell(seen(room, "v", a, b, 8))[-1].whole


def test_a_closed_workshop_says_so():
    async def story() -> None:
        room = Ensembles(1, errands=0)
        await room.start()
        never = asyncio.create_task(seen(room, "v", asked(days=700), asked("five_yuan", days=700), 900))
        stuck = asyncio.create_task(room.call(operator.add, 1, 1))  # there is nobody for errands
        await asyncio.sleep(0.2)
        children = set(multiprocessing.active_children()) - before
        await room.close()
        await asyncio.wait_for(never, 1.0)
        with pytest.raises(RuntimeError, match="closed"):
            await stuck
        with pytest.raises(RuntimeError, match="closed"):
            await room.futures("v", asked(), asked(), 5, lambda futures: None)
        assert children and not children & set(multiprocessing.active_children())

    before = set(multiprocessing.active_children())
    asyncio.run(asyncio.wait_for(story(), PATIENCE))
