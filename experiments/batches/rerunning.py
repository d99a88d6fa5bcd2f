"""One run of a batch again, in this process."""

from __future__ import annotations

from pathlib import Path

from ...model import world as worlds
from ...model.running import day_zero, run
from ..compiling import compile_if_stale
from ..outcomes import outcomes
from ..provenance import Refusal
from .plan import Plan, seeds_allowed
from .results import open_results


def rerun(folder: str | Path, key: str) -> dict[str, float]:
    """The outcomes of the run of this name, computed now. What it raises is raised; Refusal for an unknown name."""
    plan = Plan(open_results(folder).design)
    found = next((run for run in plan.wanted(seeds_allowed(plan.design)) if run.key == key), None)
    if found is None:
        raise Refusal(
            f"{folder} asks for no run called {key} under this version of the program; `key` in its runs names them"
        )
    compile_if_stale()
    world = worlds.copy(day_zero(found.point.baseline, plan.design.size, found.seed))
    return outcomes(run(world, found.point.spec, plan.design.days), found.point.spec)
