"""Whose turn it is: visitors take turns run by run, however much they ask for, and may take back what they asked.

Runs and errands have workers of their own, so that the next picture never waits for an export. Nothing here knows of
processes or of time: it can be tried out by hand.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Job:
    """A piece of work for one worker."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    done: Callable[[Any, BaseException | None], None]
    """Told the result, or the error."""
    home: int | None = None
    """The worker who has at hand what is needed."""
    errand: bool = False
    """Whether it is for the workers that run errands; all other jobs are for those that live towns."""
    needed: Callable[[], bool] = field(default=lambda: True)
    """Asked before it is handed out: somebody else may have had it done in the meantime."""
    begun: Callable[[], None] = field(default=lambda: None)
    deaths: int = 0
    """How many workers have died of it."""


class Turns:
    """What is asked for and not handed out yet."""

    def __init__(self) -> None:
        self._again: deque[Job] = deque()
        self._asked: OrderedDict[Hashable, deque[Job]] = OrderedDict()
        self._spare: deque[Job] = deque()

    def ask(self, who: Hashable, jobs: Iterable[Job]) -> None:
        """Ask for these, all runs or all errands; what the same one asked before and has not got is forgotten."""
        self._asked[who] = deque(jobs)

    def take_back(self, who: Hashable) -> bool:
        """Forget what this one asked for and has not got; whether there was any."""
        return bool(self._asked.pop(who, None))

    def when_idle(self, jobs: Iterable[Job]) -> None:
        """Work for when nobody asks for anything, in place of earlier such work. It is only done at home."""
        self._spare = deque(jobs)

    def once_more(self, job: Job) -> None:
        """Hand this one out again before all others: its worker died."""
        self._again.append(job)

    def next(self, worker: int, errands: bool = False) -> Job | None:
        """The next job for this worker, which runs errands or lives towns; None if there is none."""
        job = self._next_again(errands) or self._next_asked(worker, errands) or self._next_spare(worker)
        if job:
            job.begun()
        return job

    def _next_again(self, errands: bool) -> Job | None:
        for job in self._again:
            if job.errand == errands:
                self._again.remove(job)
                return job
        return None

    def _next_asked(self, worker: int, errands: bool) -> Job | None:
        for who, jobs in list(self._asked.items()):
            while jobs and not jobs[0].needed():
                jobs.popleft()
            if not jobs:
                del self._asked[who]
            elif jobs[0].errand == errands:
                self._asked.move_to_end(who)
                return taken(jobs, worker)
        return None

    def _next_spare(self, worker: int) -> Job | None:
        for job in self._spare:
            if job.home == worker:
                self._spare.remove(job)
                return job
        return None


def taken(jobs: deque[Job], worker: int) -> Job:
    """Take the first job that is at home with this worker or with nobody; else the first one. There is one."""
    for job in jobs:
        if job.home in (None, worker) and job.needed():
            jobs.remove(job)
            return job
    return jobs.popleft()
