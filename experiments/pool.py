"""Paired runs on several cores: one job a seed, whose day 0 is computed once and copied for each scenario."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from ..model import world as worlds
from ..model.running import day_zero, run
from ..model.spec import Spec
from .compiling import compile_if_stale
from .groups import by_group
from .outcomes import outcomes
from .series import weekly


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

    With one worker everything happens in this process. Otherwise workers are spawned, once the rules are compiled.
    When a worker dies, the jobs it may have been at are tried again alone, so that only the guilty one is recorded
    as failed.
    """
    jobs = iter(jobs)
    compile_if_stale()
    if n_workers == 1:
        yield from map(run_seed, jobs)
        return
    suspects: list[Job] = []
    while True:
        broken = yield from _run_until_broken(jobs, n_workers)
        if not broken:
            break
        suspects += broken
    for job in suspects:
        for _ in (yield from _run_until_broken(iter([job]), 1)):
            died = RuntimeError("the worker process died, perhaps for want of memory")
            yield [failed(name, job.seed, died) for name, _ in job.scenarios]


def _run_until_broken(jobs: Iterator[Job], n_workers: int) -> Generator[list[Result], None, list[Job]]:
    """Yield results; return the jobs under way when a worker died (none if all went well)."""
    executor = ProcessPoolExecutor(n_workers, multiprocessing.get_context("spawn"))
    waiting: dict[Future[list[Result]], Job] = {}
    try:
        while True:
            for job in islice(jobs, n_workers - len(waiting)):
                waiting[_submit(executor, job)] = job
            if not waiting:
                return []
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                return list(waiting.values())
            for future in done:
                yield future.result()
                del waiting[future]
    finally:
        _stop(executor)


def _submit(executor: ProcessPoolExecutor, job: Job) -> Future[list[Result]]:
    """Hand a job over; if the workers have died in the meantime, the future says so."""
    with _deaf_to_interrupts():
        try:
            return executor.submit(run_seed, job)
        except BrokenProcessPool as error:
            refused: Future[list[Result]] = Future()
            refused.set_exception(error)
            return refused


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started inside never hear Ctrl-C; this one decides what becomes of them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(executor: ProcessPoolExecutor) -> None:
    processes = list((executor._processes or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def workers_for(n_jobs: int, wanted: int | None = None) -> int:
    """How many worker processes to use: those wanted, or a core each, but no more than there are jobs."""
    return max(1, min(n_jobs, wanted or os.cpu_count() or 1))
