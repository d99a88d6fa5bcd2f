"""Paired runs on several cores: one job a seed, whose day 0 is computed once and copied for each scenario."""

from __future__ import annotations

import contextlib
import os
import traceback
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from ..model import world as worlds
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..words import message
from .compiling import compile_if_stale
from .crews import Local, carried_out
from .groups import by_group
from .outcomes import outcomes
from .provenance import Refusal
from .series import weekly

MOST_WORKERS = 256


class Job(NamedTuple):
    """One seed: the common baseline, and every scenario (name and numbers) to run from its day 0."""

    seed: int
    size: str
    n_days: int
    baseline: Spec
    scenarios: tuple[tuple[str, Spec], ...]


class Result(NamedTuple):
    """One run. A run that failed has no outcomes, but an error."""

    scenario: str
    seed: int
    outcomes: dict[str, float]
    weekly: dict[str, np.ndarray[Any, Any]]
    groups: dict[tuple[str, str, str], float]
    """Outcomes by grouping, group and outcome."""
    error: str = ""
    traceback: str = ""


def run_seed(job: Job) -> list[Result]:
    """All scenarios of one seed, from a common day 0. Errors are recorded, not raised."""
    try:
        start = day_zero(job.baseline, job.size, job.seed)
    except Exception as error:
        return [failed(name, job.seed, error) for name, _ in job.scenarios]
    return [run_one(job, name, spec, start) for name, spec in job.scenarios]


def run_one(job: Job, name: str, spec: Spec, start: worlds.World) -> Result:
    """One scenario of one seed, on a copy of its day 0."""
    try:
        world = run(worlds.copy(start), spec, job.n_days)
        groups = {(r["grouping"], r["group"], r["outcome"]): r["value"] for r in by_group(world)}
        return Result(name, job.seed, outcomes(world, spec), weekly(world), groups)
    except Exception as error:
        return failed(name, job.seed, error)


def failed(scenario: str, seed: int, error: BaseException) -> Result:
    """The record of a run that raised."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    return Result(scenario, seed, {}, {}, {}, words, "".join(traceback.format_exception(error)))


def run_jobs(jobs: Iterable[Job], n_workers: int) -> Iterator[list[Result]]:
    """The results of each job as it is done, in no particular order.

    With one worker everything happens in this process. Otherwise workers are spawned, once the rules are compiled;
    a job that kills its worker is recorded as failed.
    """
    jobs = iter(jobs)
    compile_if_stale()
    if n_workers == 1:
        yield from map(run_seed, jobs)
        return
    with contextlib.closing(carried_out(jobs, run_seed, Local(n_workers))) as answers:
        for job, results, error in answers:
            if results is not None:
                yield results
            else:
                yield [failed(name, job.seed, error or RuntimeError("nothing came back")) for name, _ in job.scenarios]


def workers_for(n_jobs: int, wanted: int | None = None) -> int:
    """How many worker processes to use: those wanted, or a core each, but no more than there are jobs."""
    return max(1, min(n_jobs, wanted or os.cpu_count() or 1))


def check_workers(wanted: int | None) -> None:
    """Raises Refusal for a number of workers that cannot be."""
    if wanted is not None and not 1 <= wanted <= MOST_WORKERS:
        raise Refusal(message(
            "workers is {wanted}; allowed are whole numbers from 1 to {most}", wanted=wanted, most=MOST_WORKERS,
        ))  # fmt: skip
