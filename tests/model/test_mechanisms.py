"""The dozen towns have every mechanism at work; all the days of each are the same however they are lived."""

from __future__ import annotations

import mechanisms
import pytest
from linli.model import checks
from linli.model import world as worlds
from linli.model.running import run

SELDOM = {"fen_partners"}
"""Columns of the daily table that nothing moves in so few days: money that partners bring when a matter is settled."""


@pytest.fixture(params=mechanisms.LAYERS)
def name(request: pytest.FixtureRequest) -> str:
    """One of the towns."""
    return str(request.param)


def test_whatever_can_happen_in_a_day_happens_in_one_of_them() -> None:
    happened = [mechanisms.counted(name) for name in mechanisms.LAYERS]
    assert {column for column in happened[0] if not any(counts[column] for counts in happened)} <= SELDOM


def test_the_books_are_in_order(name: str) -> None:
    assert checks.violations(mechanisms.town_after(name)) == []


def test_in_one_go_or_day_by_day(name: str) -> None:
    world = mechanisms.town_before(name)
    for _ in range(mechanisms.DAYS):
        world = run(world, mechanisms.spec_of(name), 1)
    assert worlds.differences(world, mechanisms.town_after(name)) == []


def test_written_down_and_read_back_it_goes_on_as_it_would_have(name, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = worlds.save(mechanisms.town_before(name), tmp_path / "town.npz")
    world = run(worlds.load(path), mechanisms.spec_of(name), mechanisms.DAYS)
    assert worlds.differences(world, mechanisms.town_after(name)) == []
