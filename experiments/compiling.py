"""Whether the model's rules are compiled already, and where the compiled code is kept."""

from __future__ import annotations

from typing import Any

MESSAGE = "compiling the model's rules, once after each change: about a minute"


def cached() -> bool:
    """Whether compiled code of today's rules lies on disk (always so in interpreted mode, which needs none)."""
    from ..model import population, ties
    from ..model.day import live

    return all(_has_current_index(act) for act in (live, population.bring_to_life, ties.friends_meet))


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
