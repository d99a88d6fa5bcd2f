"""Whether the model's rules are compiled already, and where the compiled code is kept."""

from __future__ import annotations

from multiprocessing import get_context
from typing import Any

from ..words import message

MESSAGE = message("compiling the model's rules, once after each change: about a minute")


def cached() -> bool:
    """Whether compiled code of today's rules lies on disk (always so in interpreted mode, which needs none)."""
    from ..model import population, ties
    from ..model.day import live

    return all(_has_current_index(act) for act in (live, population.bring_to_life, ties.friends_meet))


def compile_if_stale() -> None:
    """Compile whatever is not on disk, in two processes that meet in the middle of the day's list of acts."""
    if cached():
        return
    helper = get_context("spawn").Process(target=from_the_end_of_the_day)
    helper.start()
    try:
        live_no_day()
    finally:
        helper.join()


def from_the_end_of_the_day() -> None:
    """Compile what founds a town, then the acts of a day, the last first."""
    from ..model.day import calls_of_a_day
    from ..model.founding import found
    from ..model.spec import Spec

    found(Spec(), "micro_grid")
    for act, given in reversed(calls_of_a_day(Spec().numbers())):
        act(*given)


def live_no_day() -> None:
    """Compile what happens in a day, on a world without anybody in it."""
    from ..model import world as worlds
    from ..model.day import live
    from ..model.spec import Spec

    live(worlds.wrap(worlds.blank()), Spec().numbers(), 0)


def where() -> str:
    """The folder of the compiled code; empty in interpreted mode."""
    from ..model.day import live

    stats = getattr(live, "stats", None)
    return str(stats.cache_path) if stats else ""


def _has_current_index(act: Any) -> bool:
    cache = getattr(act, "_cache", None)
    if cache is None or not hasattr(cache, "_cache_file"):
        return True
    try:
        return bool(cache._cache_file._load_index())  # empty when the source has changed since
    except (OSError, EOFError, ValueError):
        return False
