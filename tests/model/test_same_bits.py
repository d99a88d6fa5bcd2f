"""Same seed, same bits: at once or in pieces, in another process, whatever was run before."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from linli.model import world as worlds
from linli.model.founding import found
from linli.model.running import day_zero, on_days, run
from linli.model.spec import Spec
from linli.scenarios import load

LIVELY = {
    "reporting": {"base": -1.5},
    "attending": {"base": -1.0},
    "volunteering": {"base": -4.5},
    "incentives": {"programme_on": True, "points_per_hour": 500, "points_per_meeting_hour": 200},
}


def lived(size: str, seed: int, days: int, scenario: str = "baseline") -> worlds.World:
    """A town after its burn-in and so many days."""
    chosen = load(scenario)
    return run(day_zero(chosen.baseline, size, seed), chosen.spec, days)


def test_in_one_go_or_day_by_day():
    spec = Spec().changed(**LIVELY)
    at_once = run(found(spec, "micro_grid", 9), spec, 90)
    in_pieces = found(spec, "micro_grid", 9)
    for _ in range(90):
        in_pieces = run(in_pieces, spec, 1)
    assert worlds.differences(at_once, in_pieces) == []


def test_in_a_spawned_process():
    here = lived("general_grid", 4, 60)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        there = pool.submit(lived, "general_grid", 4, 60).result()
    assert worlds.differences(here, there) == []


def test_after_another_run_in_the_same_process():
    first = lived("micro_grid", 5, 60)
    lived("micro_grid", 6, 60)
    assert worlds.differences(first, lived("micro_grid", 5, 60)) == []


def test_other_seeds_give_other_towns():
    assert worlds.differences(lived("micro_grid", 5, 10), lived("micro_grid", 6, 10)) != []


def test_saved_and_read_back(tmp_path):
    spec = Spec().changed(**LIVELY)
    world = run(found(spec, "micro_grid", 2), spec, 50)
    path = worlds.save(world, tmp_path / "town.npz")
    again = worlds.load(path)
    assert worlds.differences(world, again) == []
    assert worlds.differences(run(world, spec, 50), run(again, spec, 50)) == []


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "town.npz"
    path.write_bytes(b"not a town")
    with pytest.raises(ValueError, match="town.npz is not a saved world"):
        worlds.load(path)


def test_a_hook_that_does_nothing_changes_nothing():
    spec, seen = Spec().changed(**LIVELY), []
    plain = run(found(spec, "micro_grid", 2), spec, 60)
    watched = run(
        found(spec, "micro_grid", 2), spec, 60, [on_days([-170, -150], lambda w: seen.append(int(w.town["day"][0])))]
    )
    assert seen == [-170, -150]
    assert worlds.differences(plain, watched) == []
