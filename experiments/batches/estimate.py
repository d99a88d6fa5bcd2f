"""What a design will take: how many runs, how long, how many bytes, measured on a few of its runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from ..compiling import compile_if_stale
from ..pool import workers_for
from .design import Design, read_design
from .keys import version
from .part_files import as_bytes
from .plan import Plan, seeds_allowed
from .store import Store
from .work import Job, Order, lives

MEASURED = 3
"""Runs that are done to measure the rest by."""


def estimate(
    design: Design | str | Path, *, workers: int | None = None, shard: tuple[int, int] = (1, 1)
) -> dict[str, Any]:
    """Runs, seconds and bytes of a design from its first runs, which are done and thrown away.

    The founding of a town is shared by all scenarios of a seed, as in the batch itself.
    """
    design = design if isinstance(design, Design) else read_design(design)
    plan = Plan(design)
    bundles = list(plan.bundles(design.seeds, shard))
    n_runs = sum(map(len, bundles))
    compile_if_stale()
    first = bundles[0][:MEASURED] if bundles else []
    found, seconds_founding, seconds_run, n_bytes = [], 0.0, 0.0, 0.0
    if first:
        orders = tuple(Order(run.key, run.point.name, run.point.spec) for run in first)
        job = Job(version(), design.size, design.days, first[0].seed, first[0].point.baseline, design.tables,
                  design.keep_world, orders)  # fmt: skip
        lives(job._replace(orders=()))
        began = time.perf_counter()
        found = lives(job._replace(orders=job.orders[:1]))
        one = time.perf_counter() - began
        began = time.perf_counter()
        found = lives(job)
        all_of_them = time.perf_counter() - began
        seconds_run = (all_of_them - one) / (len(first) - 1) if len(first) > 1 else one
        seconds_founding = max(0.0, one - seconds_run)
        store = Store(Path("."), plan, "all")
        good = [store.row(each) for each in found if not each.error]
        if good:
            n_bytes = sum(len(as_bytes(name, good, {})) for name in good[0].tables) / len(good)
            n_bytes += sum(len(each.world) for each in found) / len(found)
    n_workers = workers_for(max(1, len(bundles)), workers)
    return {
        "scenarios": len(design.arms), "settings": len(design.points) // len(design.arms), "seeds": len(design.seeds),
        "most_seeds": len(seeds_allowed(design)), "runs": n_runs, "workers": n_workers,
        "seconds_a_run": seconds_run, "seconds_a_founding": seconds_founding,
        "seconds": (n_runs * seconds_run + len(bundles) * seconds_founding) / n_workers,
        "bytes": n_runs * n_bytes, "measured_runs": len(found), "failed": [each.error for each in found if each.error],
    }  # fmt: skip
