"""Who does the work: processes on this machine, the workers of a Dask cluster, or any executor of the standard kind.

An executor may lose a job with the worker that had it; the job is handed out again. What is done is kept elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess, parent_process
from typing import Generic, NamedTuple, Protocol, TypeVar

J = TypeVar("J")
R = TypeVar("R")

LOOK_EVERY = 2.0
"""Seconds between two looks at whoever does the work."""

LIVES = 2
"""How many processes of its own a job may take with it before it is given up."""


class Crew(Protocol):
    """Where jobs are sent to."""

    def hire(self, alone: bool) -> Executor:
        """An executor for more work; with `alone`, one that does a job at a time and may die of it."""

    def dismiss(self, executor: Executor) -> None:
        """Stop it, whatever it is at."""

    def room(self) -> int:
        """How many jobs it should have at a time."""

    def look(self) -> None:
        """Called now and then while jobs are under way. Raises Refusal where there is nothing to wait for."""


class Aside(SpawnProcess):
    """A spawned process that does not run its parent's main script once more, as it would without this.

    A script of a user's that calls us need not guard itself by `if __name__ == "__main__"`.
    """

    def start(self) -> None:
        """Start it while the main module says nothing of where it came from."""
        main = vars(sys.modules["__main__"])
        known: dict[str, object] = {name: main[name] for name in ("__file__", "__spec__") if name in main}
        main.update(__file__=None, __spec__=None)
        try:
            super().start()
        finally:
            del main["__file__"], main["__spec__"]
            main.update(known)


class Apart(SpawnContext):
    """Where such processes come from."""

    Process = Aside


class Local:
    """So many processes on this machine. They end by themselves when this process is gone."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def hire(self, alone: bool) -> Executor:
        """A pool of spawned processes, deaf to Ctrl-C."""
        number = 1 if alone else self.workers
        return ProcessPoolExecutor(number, Apart(), leave_with_parent)

    def dismiss(self, executor: Executor) -> None:
        """Stop the processes.

        One may be stopped in the middle of an answer. Whoever waits for its end is told that there will be none by
        closing our own end of the pipe; otherwise this process could never leave.
        """
        processes = list((executor._processes or {}).values())  # type: ignore[attr-defined]
        answers = executor._result_queue  # type: ignore[attr-defined]
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        if answers is not None:
            answers._writer.close()

    def room(self) -> int:
        """One at work and one waiting for each process, so that none waits for this one."""
        return 2 * self.workers

    def look(self) -> None:
        """A pool that breaks says so itself."""


def leave_with_parent() -> None:
    """A worker whose parent was killed would wait for jobs for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=outlive, args=(parent,), daemon=True).start()


def outlive(parent: BaseProcess) -> None:
    """End this process when its parent has ended."""
    parent.join()
    os._exit(1)


class Given:
    """An executor that somebody else made, and keeps."""

    def __init__(self, executor: Executor, workers: int) -> None:
        self.executor, self.workers = executor, workers

    def hire(self, alone: bool) -> Executor:
        """The one there is."""
        return self.executor

    def dismiss(self, executor: Executor) -> None:
        """It goes on."""

    def room(self) -> int:
        """Two jobs for each worker."""
        return 2 * self.workers

    def look(self) -> None:
        """It is looked after by whoever made it."""


class Answer(NamedTuple, Generic[J, R]):
    """A job, and what came of it: a result, or what went wrong on the way."""

    job: J
    result: R | None
    error: BaseException | None = None


def carried_out(jobs: Iterator[J], work: Callable[[J], R], crew: Crew) -> Generator[Answer[J, R], None, None]:
    """What comes of each job, in no particular order.

    Where a worker's death breaks the whole pool, the pool is made anew and the jobs that were under way are tried
    again one by one, so that only a job which kills worker after worker is given up.
    """
    while suspects := (yield from _until_broken(jobs, work, crew, alone=False)):
        last, deaths = None, 0
        while suspects:
            rest = iter(suspects)
            at_it = yield from _until_broken(rest, work, crew, alone=True)
            suspects = [*at_it, *rest]
            for job in at_it:
                last, deaths = job, deaths + 1 if job is last else 1
                if deaths == LIVES:
                    yield Answer(job, None, RuntimeError("the worker process died, perhaps for want of memory"))
                    suspects = suspects[1:]


def _until_broken(
    jobs: Iterator[J], work: Callable[[J], R], crew: Crew, *, alone: bool
) -> Generator[Answer[J, R], None, list[J]]:
    """Yield answers; return the jobs under way when a pool broke (none if all went well)."""
    executor = crew.hire(alone)
    under_way: dict[Future[R], J] = {}
    try:
        while True:
            room = 1 if alone else crew.room()
            for job in islice(jobs, max(0, room - len(under_way))):
                under_way[_submitted(executor, work, job)] = job
            if not under_way:
                return []
            done, _ = wait(under_way, LOOK_EVERY, FIRST_COMPLETED)
            crew.look()
            broken = [future for future in done if isinstance(error_of(future), BrokenProcessPool)]
            for future in done.difference(broken):
                error = error_of(future)
                yield Answer(under_way.pop(future), None if error else future.result(), error)
            if broken:
                return list(under_way.values())
    finally:
        crew.dismiss(executor)


def error_of(future: Future[R]) -> BaseException | None:
    """What a job that is over has raised; of one that was called off, that it was."""
    return CancelledError("the job was called off") if future.cancelled() else future.exception()


def _submitted(executor: Executor, work: Callable[[J], R], job: J) -> Future[R]:
    """Hand a job over; if the workers have died in the meantime, the future says so."""
    with _deaf_to_interrupts():
        try:
            return executor.submit(work, job)
        except BrokenProcessPool as error:
            refused: Future[R] = Future()
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


def in_this_process(jobs: Iterator[J], work: Callable[[J], R]) -> Generator[Answer[J, R], None, None]:
    """The same without any other process."""
    for job in jobs:
        try:
            answer: Answer[J, R] = Answer(job, work(job))
        except Exception as error:
            answer = Answer(job, None, error)
        yield answer
