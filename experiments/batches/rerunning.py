"""One run of a batch again, in this process."""

from __future__ import annotations

from pathlib import Path

from ...model import world as worlds
from ...model.running import day_zero
from ...words import message
from ..compiling import compile_if_stale
from ..provenance import Refusal
from .plan import Plan, seeds_allowed
from .results import open_results
from .work import job_of, life


def rerun(folder: str | Path, key: str) -> dict[str, float]:
    """The outcomes of the run of this name, lived and measured as in the batch, but now and in this process.

    What it raises is raised. Raises Refusal for an unknown name.
    """
    plan = Plan(open_results(folder).design)
    found = next((run for run in plan.wanted(seeds_allowed(plan.design)) if run.key == key), None)
    if found is None:
        raise Refusal(message(
            "{folder} asks for no run called {key} under this version of the program; `key` in its runs names "
            "them", folder=folder, key=key,
        ))  # fmt: skip
    compile_if_stale()
    job = job_of(plan.design, [found])
    world = worlds.copy(day_zero(job.baseline, job.size, job.seed))
    return {column.name: float(column.values[0]) for column in life(job, job.orders[0], world).tables["runs"]}
