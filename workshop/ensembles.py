"""Ensembles that answer within a breath: warm worker processes, shared fairly, and everything lived is remembered.

Owned by the server and used from its event loop, which never waits: towns live in worker processes, sums are made in
a thread aside. A worker has one run at a time, so a new request waits for no more than the rest of that one.

What is kept, and how much of it at most: runs here (`MOST_RUNS`, some 2 kB each, of `MOST_ARMS`, some 100 kB each),
recordings here (`MOST_BYTES_OF_RECORDINGS`), towns on day 0 in every worker (`working.MOST_BYTES_OF_TOWNS`).
"""

from __future__ import annotations

import asyncio
import gc
import pickle
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures import Future as ConcurrentFuture
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from ..experiments.compiling import compile_if_stale
from ..experiments.crews import LIVES, Local
from ..model.spec import Spec
from ..words import message
from . import working
from .futures import OUTCOMES, Failure, Future, Futures, futures_of, points
from .turns import Job, Turns

FIRST_PAIRS = 5
"""Pairs that the first picture holds."""

SECONDS_BETWEEN = 0.15
"""From one picture to the next."""

SHARE_TELLING = 0.1
"""Share of the time that pictures may take, except the first and the last."""

MOST_PAIRS = 1_000
MOST_RUNS = 20_000
MOST_ARMS = 200
"""Runs and arms that are remembered; the arm longest not asked for is forgotten first, with its runs."""

MOST_BYTES_OF_RECORDINGS = 64_000_000

DIED = message("the worker process died, perhaps for want of memory")
CLOSED = message("the workshop has closed")


@dataclass(frozen=True)
class Asked:
    """One arm of an ensemble: what founds the town, what it lives under, how large it is, how long it lives."""

    baseline: Spec
    spec: Spec
    size: str
    days: int


@dataclass(eq=False)
class Arm:
    """The runs of an arm that have been lived, by seed; one that raised is what it said."""

    asked: Asked
    runs: dict[int, Future | str] = field(default_factory=dict)
    under_way: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.baseline, self.spec = pickle.dumps(self.asked.baseline), pickle.dumps(self.asked.spec)

    def founded(self, seed: int) -> working.Founded:
        """The town that a seed has on day 0."""
        return self.baseline, self.asked.size, seed

    def needs(self, seed: int) -> bool:
        """Whether this run is neither there nor under way."""
        return seed not in self.runs and seed not in self.under_way

    def forget_failures(self) -> None:
        """Have what failed tried again."""
        for seed in [seed for seed, run in self.runs.items() if isinstance(run, str)]:
            del self.runs[seed]


@dataclass(eq=False)
class Request:
    """What a visitor wants to see."""

    a: Arm
    b: Arm
    seeds: range
    superseded: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ended(self) -> list[int]:
        """The seeds both of whose runs have come to an end."""
        return [seed for seed in self.seeds if seed in self.a.runs and seed in self.b.runs]

    def so_far(self, ended: list[int]) -> tuple[dict[int, tuple[Future, Future]], list[Failure]]:
        """The pairs there are among these seeds, and the failures."""
        pairs, failures = {}, []
        for seed in ended:
            a, b = self.a.runs[seed], self.b.runs[seed]
            if isinstance(a, Future) and isinstance(b, Future):
                pairs[seed] = a, b
            failures += [Failure(arm, seed, run) for arm, run in (("A", a), ("B", b)) if isinstance(run, str)]
        return pairs, failures

    def supersede(self) -> None:
        """Nobody wants to see this any more."""
        self.superseded = True
        self.changed.set()


@dataclass(eq=False)
class Errand:
    """A single piece of work, and how many wait for it."""

    result: asyncio.Future[Any]
    n_waiting: int = 0

    def done(self, result: Any, error: BaseException | None) -> None:
        """Pass on what came of it."""
        if self.result.done():
            return
        if error:
            self.result.set_exception(error)
            self.result.exception()  # if nobody waits any more, nobody complains
        else:
            self.result.set_result(result)


class Ensembles:
    """Worker processes, and whatever the visitors of a workshop want of them."""

    def __init__(
        self,
        workers: int = 2,
        *,
        errands: int = 1,
        recorder: Callable[..., bytes] = working.recorded,
        most_runs: int = MOST_RUNS,
    ) -> None:
        """So many processes that live towns, about one a core, and so many for errands."""
        self.n_workers, self.n_errands, self.most_runs = workers, errands, most_runs
        self._recorder = recorder
        self._turns = Turns()
        self._arms: OrderedDict[Asked, Arm] = OrderedDict()
        self._requests: dict[str, Request] = {}
        self._recordings: OrderedDict[tuple[Asked, int], bytes] = OrderedDict()
        self._being_recorded: dict[tuple[Asked, int], Errand] = {}
        self._errands: set[Errand] = set()
        self._called = [asyncio.Event() for _ in range(workers + errands)]
        self._crew = Local(workers)
        self._telling = ThreadPoolExecutor(1, "telling")
        self._hiring = ThreadPoolExecutor(1, "hiring")
        self._at_work: list[asyncio.Task[None]] = []
        self._closed = False

    async def start(self) -> None:
        """Hire the workers and wait until those that live towns are warm; compile the rules first if need be."""
        await self._in(self._hiring, compile_if_stale)
        ready = [asyncio.Event() for _ in self._called]
        living, errands = range(self.n_workers), range(self.n_workers, len(ready))
        self._at_work = [asyncio.create_task(self._serve(number, ready[number])) for number in living]
        await self._in(self._telling, rehearsed)
        for number in living:
            await ready[number].wait()
        self._at_work += [asyncio.create_task(self._serve(number, ready[number])) for number in errands]
        settle()

    async def close(self) -> None:
        """Send the workers home, whatever they are at."""
        self._closed = True
        for request in self._requests.values():
            request.supersede()
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)
        for errand in list(self._errands):
            errand.done(None, RuntimeError(CLOSED))
        for threads in (self._telling, self._hiring):
            threads.shutdown(wait=False, cancel_futures=True)

    async def futures(
        self, visitor: str, a: Asked, b: Asked, pairs: int, told: Callable[[Futures], None], *, seed: int = 1
    ) -> None:
        """Live pairs of A and B with the seeds from `seed` on, and tell what they say: once there are five, then every
        now and then, and once when all have come to an end. Returns then, or when the same visitor asks again.

        What has been lived before is not lived again. Raises ValueError for pairs of different towns or lengths, and
        for a number of pairs that cannot be.
        """
        checked(a, b, pairs)
        if self._closed:
            raise RuntimeError(CLOSED)
        request = Request(self._arm(a), self._arm(b), range(seed, seed + pairs))
        if visitor in self._requests:
            self._requests[visitor].supersede()
        self._requests[visitor] = request
        self._forget_old_runs()
        self._turns.ask(visitor, self._runs_of(request))
        self._call_workers()
        try:
            await self._tell(request, told)
        finally:
            if self._requests.get(visitor) is request:
                del self._requests[visitor]
                self._turns.take_back(visitor)

    def n_lived(self, asked: Asked) -> int:
        """How many runs of an arm are remembered."""
        return len(self._arms[asked].runs) if asked in self._arms else 0

    def prepare(self, asked: Asked, pairs: int, *, seed: int = 1) -> None:
        """Have the towns of an ensemble founded while nobody wants anything, so that the first picture is sooner."""
        arm = Arm(asked)
        self._turns.when_idle(
            Job(working.prepared, (arm.founded(each),), nothing, home=worker)
            for each in range(seed, seed + pairs)
            for worker in range(self.n_workers)
            if each - seed < FIRST_PAIRS or worker == each % self.n_workers
        )
        self._call_workers()

    async def record(self, asked: Asked, seed: int) -> bytes:
        """The recording of a town's life under this arm. Raises what recording raises."""
        key = (asked, seed)
        if key in self._recordings:
            self._recordings.move_to_end(key)
            return self._recordings[key]
        if key not in self._being_recorded:
            arguments = (asked.baseline, asked.spec, asked.size, seed, asked.days)
            self._being_recorded[key] = errand = self._errand(self._recorder, *arguments)
            errand.result.add_done_callback(partial(self._keep_recording, key))
        recording: bytes = await self._wait_for(self._being_recorded[key])
        return recording

    async def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Any work in a worker process; function, arguments and result can be pickled. Raises what it raises."""
        return await self._wait_for(self._errand(function, *arguments))

    # The runs of ensembles.

    def _arm(self, asked: Asked) -> Arm:
        arm = self._arms.get(asked) or Arm(asked)
        self._arms[asked] = arm
        self._arms.move_to_end(asked)
        arm.forget_failures()
        return arm

    def _runs_of(self, request: Request) -> Iterator[Job]:
        """Pair by pair. The first pairs are anybody's; the others are lived where their town is at hand."""
        for seed in request.seeds:
            home = None if seed - request.seeds[0] < FIRST_PAIRS else seed % self.n_workers
            for arm in (request.a, request.b):
                if arm.needs(seed):
                    yield Job(
                        working.lived, (arm.founded(seed), arm.spec, arm.asked.days),
                        partial(self._keep_run, arm, seed), home=home,
                        needed=partial(arm.needs, seed), begun=partial(arm.under_way.add, seed),
                    )  # fmt: skip

    def _keep_run(self, arm: Arm, seed: int, future: Future | None, error: BaseException | None) -> None:
        arm.under_way.discard(seed)
        arm.runs[seed] = working.in_a_line(error) if future is None else future  # type: ignore[arg-type]
        for request in self._requests.values():
            if arm in (request.a, request.b):
                request.changed.set()

    def _forget_old_runs(self) -> None:
        """Forget the arms longest not asked for, but none that somebody is looking at."""
        n_runs = sum(len(arm.runs) for arm in self._arms.values())
        looked_at = {arm for request in self._requests.values() for arm in (request.a, request.b)}
        for asked, arm in list(self._arms.items()):
            if n_runs <= self.most_runs and len(self._arms) <= MOST_ARMS:
                break
            if arm not in looked_at:
                n_runs -= len(self._arms.pop(asked).runs)

    async def _tell(self, request: Request, told: Callable[[Futures], None]) -> None:
        """Tell what there is whenever it is time to, until all runs have ended."""
        next_at = 0.0
        while not request.superseded:
            request.changed.clear()
            ended = request.ended
            whole = len(ended) == len(request.seeds)
            pairs, failures = request.so_far(ended)
            began = time.monotonic()
            if whole or (len(pairs) >= FIRST_PAIRS and began >= next_at):
                say = partial(futures_of, pairs, request.a.asked.days, len(request.seeds), failures)
                futures = await self._in(self._telling, say)
                if request.superseded:
                    return
                told(futures)
                if whole:
                    return
                now = time.monotonic()
                next_at = began + max(SECONDS_BETWEEN, (now - began) / SHARE_TELLING)
            else:
                await request.changed.wait()

    # Single pieces of work.

    def _errand(self, function: Callable[..., Any], *arguments: Any) -> Errand:
        if self._closed:
            raise RuntimeError(CLOSED)
        errand = Errand(asyncio.get_running_loop().create_future())
        self._errands.add(errand)
        errand.result.add_done_callback(lambda _: self._errands.discard(errand))
        self._turns.ask(errand, [Job(function, arguments, errand.done, errand=True)])
        self._call_workers()
        return errand

    async def _wait_for(self, errand: Errand) -> Any:
        """What comes of it. When nobody waits any more and nobody is at it, it is not done at all."""
        errand.n_waiting += 1
        try:
            return await asyncio.shield(errand.result)
        finally:
            errand.n_waiting -= 1
            if not errand.n_waiting and self._turns.take_back(errand):
                errand.result.cancel()

    def _keep_recording(self, key: tuple[Asked, int], result: asyncio.Future[bytes]) -> None:
        self._being_recorded.pop(key, None)
        if result.cancelled() or result.exception():
            return
        self._recordings[key] = result.result()
        while sum(map(len, self._recordings.values())) > MOST_BYTES_OF_RECORDINGS and len(self._recordings) > 1:
            self._recordings.popitem(last=False)

    # The workers.

    async def _serve(self, number: int, ready: asyncio.Event) -> None:
        """What one worker is given, one thing after another; one that has died is replaced."""
        executor = None
        try:
            while True:
                executor = executor or await self._hired()
                ready.set()
                if not await self._carried_out(await self._next_job(number), executor):
                    await self._in(self._hiring, self._crew.dismiss, executor)
                    executor = None
        finally:
            if executor is not None:
                await asyncio.shield(self._in(self._hiring, self._crew.dismiss, executor))

    async def _next_job(self, number: int) -> Job:
        while True:
            self._called[number].clear()
            if job := self._turns.next(number, errands=number >= self.n_workers):
                return job
            await self._called[number].wait()

    async def _carried_out(self, job: Job, executor: Executor) -> bool:
        """Have the job done and pass on what came of it; whether the worker is still alive."""
        begun = False
        try:
            handed = executor.submit(working.attempted, job.function, *job.arguments)
            begun = True
            result = await asyncio.wrap_future(handed)
        except BrokenProcessPool:
            self._died_at(job, begun)
            return False
        except Exception as error:
            job.done(None, error)
        else:
            job.done(result, None)
        return True

    def _died_at(self, job: Job, begun: bool) -> None:
        """The worker died of this job, or before it; another one tries, but not for ever."""
        job.deaths += begun
        if job.deaths < LIVES:
            self._turns.once_more(job)
            self._call_workers()
        else:
            job.done(None, RuntimeError(DIED))

    def _call_workers(self) -> None:
        for each in self._called:
            each.set()

    async def _hired(self) -> Executor:
        """A new worker process, warm; tried until there is one."""
        while True:
            executor, warm = await self._in(self._hiring, hired, self._crew)
            try:
                await asyncio.wrap_future(warm)
                return executor  # type: ignore[no-any-return]
            except BrokenProcessPool:
                await asyncio.sleep(1.0)

    async def _in(self, threads: ThreadPoolExecutor, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(threads, function, *arguments)


def hired(crew: Local) -> tuple[Executor, ConcurrentFuture[None]]:
    """A pool of one process, and word of when it is warm."""
    executor = crew.hire(alone=True)
    return executor, executor.submit(working.warmed, pickle.dumps(Spec()))


def settle() -> None:
    """What has been imported by now stays: to look through it for garbage held up the event loop for 70 ms or more."""
    gc.collect()
    gc.freeze()


def rehearsed() -> None:
    """Make the sums once, of nothing in particular, so that whatever they import and remember is there."""
    luck = np.random.default_rng(1)
    shape = len(OUTCOMES), len(points(30))
    runs = [Future(luck.random(shape), luck.random(len(OUTCOMES))) for _ in range(20)]
    futures_of(dict(enumerate(pairwise(runs))), 30, len(runs))


def checked(a: Asked, b: Asked, pairs: int) -> None:
    """Raises ValueError where no pairs can be made of A and B."""
    if (a.baseline, a.size, a.days) != (b.baseline, b.size, b.days):
        raise ValueError(message("A and B are not the same town over the same days, so their runs cannot be paired"))
    if not 1 <= pairs <= MOST_PAIRS:
        raise ValueError(message("pairs is {n}; allowed are whole numbers from 1 to {most}", n=pairs, most=MOST_PAIRS))


def nothing(result: Any, error: BaseException | None) -> None:
    """Nobody is waiting for this."""
