"""What a design will take: how many runs, how long, how many bytes, measured on a few of its runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...model.running import day_zero
from ..compiling import compile_if_stale
from ..pool import check_workers, workers_for
from .design import Design, read_design
from .part_files import as_bytes
from .plan import Plan, Wanted, seeds_allowed
from .runner import PART_RUNS, PART_SECONDS
from .store import Store
from .work import Job, Lived, job_of, lives

MEASURED = 3
"""Runs that are done to measure the rest by."""


def estimate(
    design: Design | str | Path, *, workers: int | None = None, shard: tuple[int, int] = (1, 1)
) -> dict[str, Any]:
    """Runs, seconds and bytes of a design from its first runs, which are done and thrown away.

    The founding of a town is shared by all scenarios of a seed, as in the batch itself.
    """
    check_workers(workers)
    design = design if isinstance(design, Design) else read_design(design)
    plan = Plan(design)
    bundles = list(plan.bundles(design.seeds, shard))
    n_runs, n_workers = sum(map(len, bundles)), workers_for(max(1, len(bundles)), workers)
    jobs = first_jobs(plan, bundles)
    founding, run, found = timed(jobs) if jobs else (0.0, 0.0, [])
    seconds = (n_runs * run + len(bundles) * founding) / n_workers
    return {
        "scenarios": len(design.arms), "settings": len(design.points) // len(design.arms), "seeds": len(design.seeds),
        "most_seeds": len(seeds_allowed(design)), "runs": n_runs, "workers": n_workers,
        "seconds_a_run": run, "seconds_a_founding": founding, "seconds": seconds,
        "bytes": bytes_of(plan, found, n_runs, seconds), "measured_runs": len(found),
        "failed": [each.error for each in found if each.error],
    }  # fmt: skip


def first_jobs(plan: Plan, bundles: Sequence[Sequence[Wanted]]) -> list[Job]:
    """The first few runs that would be handed out, as jobs."""
    jobs, left = [], MEASURED
    for bundle in bundles[:MEASURED]:
        if some := bundle[:left]:
            jobs.append(job_of(plan.design, some))
            left -= len(some)
    return jobs


def timed(jobs: Sequence[Job]) -> tuple[float, float, list[Lived]]:
    """Seconds that it takes to found a town, and to live and measure a run; and these runs."""
    compile_if_stale()
    lives(jobs[0]._replace(days=1, orders=jobs[0].orders[:1]))  # whatever only a first run has to load
    began = time.perf_counter()
    for job in jobs:
        day_zero(job.baseline, job.size, job.seed)
    founded = time.perf_counter()
    found = [lived for job in jobs for lived in lives(job)]
    both = time.perf_counter() - founded
    return (founded - began) / len(jobs), max(0.0, both - (founded - began)) / len(found), found


def bytes_of(plan: Plan, found: Sequence[Lived], n_runs: int, seconds: float) -> float:
    """Bytes of so many runs: what each run adds to a part, and what a part has besides."""
    rows = [Store(Path("."), plan, "all").row(each) for each in found if not each.error]
    if not rows:
        return 0.0
    one, all_of_them = (sum(len(as_bytes(name, some, {})) for name in rows[0].tables) for some in (rows[:1], rows))
    a_run = (all_of_them - one) / (len(rows) - 1) if len(rows) > 1 else float(one)
    n_parts = max(1.0, n_runs / PART_RUNS, min(seconds / PART_SECONDS, n_runs))
    worlds = sum(len(each.world) for each in found) / len(found)
    return n_parts * max(0.0, one - a_run) + n_runs * (a_run + worlds)
