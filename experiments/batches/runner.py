"""Doing a batch: hand out what is missing, keep what comes back, and stop only between two parts."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...words import message
from ..compiling import compile_if_stale
from ..crews import Answer, Crew, Given, Local, carried_out, in_this_process
from ..pool import workers_for
from ..provenance import Refusal
from .plan import Wanted
from .store import Store
from .work import Done, Job, Lived, OtherVersion, do, failed, job_of

PART_RUNS, PART_SECONDS = 256, 2.0
"""A part is written when so many runs wait for it, or the first of them has waited so long."""


class Told(NamedTuple):
    """How far a batch is."""

    done: int
    failed: int
    total: int
    running: int
    """Runs done since it was started or gone on with."""
    seconds: float


Watcher = Callable[[Told], None]


def nobody(told: Told) -> None:
    """Progress that nobody watches."""


@dataclass
class Shift:
    """One uninterrupted stretch of work on a store."""

    store: Store
    watcher: Watcher = nobody
    began: float = field(default_factory=time.monotonic)
    busy: list[tuple[str, float, float]] = field(default_factory=list)
    """Which worker worked from when to when (seconds since 1970)."""
    n_done: int = 0
    waiting: list[Lived] = field(default_factory=list)
    apart: list[Job] = field(default_factory=list)
    """Runs to be tried one by one, because the job they were in took its worker with it."""
    first_waits_since: float = 0.0
    total: int = 0

    def work_through(self, seeds: Iterable[int], crew: Crew | None, shard: tuple[int, int]) -> None:
        """Do the runs of these seeds (or those of one shard) that are missing.

        Raises KeyboardInterrupt when asked to stop, Refusal where a worker has another version, OSError where
        nothing can be written; whatever has come back by then and can be written is kept.
        """
        seeds = tuple(seeds)
        bundles = [self.missing(bundle) for bundle in self.store.plan.bundles(seeds, shard)]
        jobs: Iterator[Job] = (self.job_of(bundle) for bundle in bundles if bundle)
        self.total = sum(map(len, bundles))
        if not self.total:
            return
        compile_if_stale()
        self.tell()
        try:
            self.hand_out(jobs, crew)
            while self.apart:
                jobs, self.apart = iter(self.apart), []
                self.hand_out(jobs, crew)
        finally:
            with undisturbed():
                self.put_away()

    def hand_out(self, jobs: Iterator[Job], crew: Crew | None) -> None:
        """Have these jobs done, and take what comes of each."""
        answers = in_this_process(jobs, do) if crew is None else carried_out(jobs, do, crew)
        with contextlib.closing(answers):
            for answer in answers:
                self.take(answer)

    def missing(self, bundle: list[Wanted]) -> list[Wanted]:
        """Those of these runs that have neither been done nor raised."""
        return [run for run in bundle if run.name not in self.store.done and run.name not in self.store.failed]

    def job_of(self, bundle: list[Wanted]) -> Job:
        """The runs of one seed as a worker wants them, each from the last day that was kept of it."""
        return job_of(self.store.plan.design, bundle, lambda run: self.store.kept_world(run.point.name, run.seed))

    def take(self, answer: Answer[Job, Done]) -> None:
        """Take what came of a job; write a part when enough has come together."""
        if isinstance(answer.error, OtherVersion):
            said = answer.error.args[0]
            raise Refusal(message("{said}; every worker needs the version that began the batch", said=said))
        if answer.result is None and len(answer.job.orders) > 1:  # which of them was it? each is tried by itself
            self.apart += [answer.job._replace(orders=(order,)) for order in answer.job.orders]
            return
        if answer.result is None:
            error = answer.error or RuntimeError("nothing came back")
            lived = [failed(order, answer.job.seed, error) for order in answer.job.orders]
        else:
            lived = answer.result.lived
            self.busy.append((answer.result.worker, answer.result.began, answer.result.ended))
        for each in lived:
            if each.error:
                self.store.note_failure(each)
            else:
                self.first_waits_since = self.first_waits_since if self.waiting else time.monotonic()
                self.waiting.append(each)
        self.n_done += len(lived)
        if len(self.waiting) >= PART_RUNS or (
            self.waiting and time.monotonic() - self.first_waits_since > PART_SECONDS
        ):
            with undisturbed():
                self.put_away()
        self.tell()

    def put_away(self) -> None:
        """Write what has come back."""
        waiting, self.waiting = self.waiting, []
        self.store.commit(waiting)

    def tell(self) -> None:
        """Say how far it is."""
        seconds = time.monotonic() - self.began
        self.watcher(Told(self.n_done, len(self.store.failed), self.total, self.n_done, seconds))


def crew_for(
    store: Store, seeds: tuple[int, ...], workers: int | None, executor: Any, shard: tuple[int, int]
) -> Crew | None:
    """Who is to do it: the executor or crew given, or processes of this machine; None for this process alone."""
    if executor is not None:
        return executor if hasattr(executor, "hire") else Given(executor, workers or 2)
    n_jobs = sum(1 for _ in store.plan.bundles(seeds, shard))
    wanted = workers_for(n_jobs, workers)
    return None if wanted == 1 else Local(wanted)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C and a request to end wait until this is over."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda n, _: came.append(n)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


@contextlib.contextmanager
def ending_is_stopping() -> Iterator[None]:
    """A request to end (SIGTERM, as a cluster sends before it takes the machine away) stops like Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
