"""Running a town from Python: the burn-in, the recorded days, and callables that are called on given days.

Interventions and analysers are the same thing, a `Hook`: on its days it is called with the World before
the day begins, and may record from it or hand back a changed one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from . import world as worlds
from .day import live
from .founding import BURN_IN, found
from .spec import Course, Spec
from .world import World


class Hook(NamedTuple):
    """A callable for given days. It returns None, or the World to go on with (an intervention)."""

    days: frozenset[int]
    call: Callable[[World], World | None]


def on_days(days: Iterable[int], call: Callable[[World], World | None]) -> Hook:
    """`on_days([90], board)` calls `board(world)` on the morning of day 90."""
    return Hook(frozenset(days), call)


def day_zero(spec: Spec, size: str = "community", seed: int = 1) -> World:
    """A town founded and burnt in under this baseline: it stands on the morning of day 0.

    `spec` is the common baseline of a comparison; the levers of a scenario begin on day 0.
    """
    return run(found(spec, size, seed), spec, BURN_IN)


def run(world: World, spec: Spec, n_days: int, hooks: Iterable[Hook] = ()) -> World:
    """Live so many days more. The world handed in must not be used again (its tables are the new one's).

    Raises ValueError for a world that has been lived on since.
    """
    hooks = list(hooks)
    today = int(world.town["day"][0])
    last = today + n_days
    world = worlds.wrap(checked(world))
    turns = [change.day for change in spec.changes] if isinstance(spec, Course) else []
    in_force, numbers = spec.on(today), spec.on(today).numbers()
    while True:
        for hook in hooks:
            if today in hook.days and today < last:
                world = worlds.wrap(checked(hook.call(worlds.unwrap(world)) or worlds.unwrap(world)))
        ahead = [day for days in (turns, *(hook.days for hook in hooks)) for day in days if today < day < last]
        stop = min(ahead, default=last)
        if stop <= today:
            return worlds.unwrap(world)
        if spec.on(today) is not in_force:
            in_force, numbers = spec.on(today), spec.on(today).numbers()
        world = live(world, numbers, stop - today)
        today = stop


def checked(world: World) -> World:
    """The world, if its tables hold what its counts say. Raises ValueError for one that was lived on since."""
    for name in World._fields:
        if worlds.rows_in_use(world, name) > len(getattr(world, name)):
            raise ValueError(
                "this world was handed to run() before; go on with the one that run() returned, or copy it"
            )
    return world
