"""What a worker does: all runs of one seed that grow from the same day 0, measured, and sent back."""

from __future__ import annotations

import functools
import io
import os
import platform
import time
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...model import world as worlds
from ...model.running import day_zero, run
from ...model.spec import Spec
from ...model.world import World
from ...words import Words, listed, message, message_in
from ..compiling import compile_if_stale
from .keys import Version, version
from .measured import Columns, measured

if TYPE_CHECKING:
    from .design import Design
    from .plan import Wanted


class Order(NamedTuple):
    """One run to be done."""

    key: str
    point: str
    spec: Spec
    kept: bytes = b""
    """The last day of a shorter run of the same life, to go on from; empty to begin with day 0."""


class Job(NamedTuple):
    """Some runs of one seed and one baseline; whoever gets it needs nothing else but the program."""

    version: Version
    size: str
    days: int
    seed: int
    baseline: Spec
    tables: tuple[str, ...]
    keep_world: bool
    orders: tuple[Order, ...]


def job_of(design: Design, runs: Sequence[Wanted], kept: Callable[[Wanted], bytes] = lambda run: b"") -> Job:
    """These runs of one seed and one baseline as a worker wants them; `kept` says what each may go on from."""
    first = runs[0]
    orders = tuple(Order(run.key, run.point.name, run.point.spec, kept(run)) for run in runs)
    return Job(
        version(), design.size, design.days, first.seed, first.point.baseline, design.tables, design.keep_world, orders
    )


class Lived(NamedTuple):
    """One run that was done, or that raised (then there are no tables, but an error)."""

    key: str
    point: str
    seed: int
    tables: dict[str, Columns]
    world: bytes = b""
    error: str = ""
    traceback: str = ""


class Done(NamedTuple):
    """A job that was done, and by whom from when to when (seconds since 1970)."""

    lived: list[Lived]
    worker: str
    began: float
    ended: float


UNKNOWN, AND = message_in("a version", "unknown"), message_in("between things that differ", " and ")


class OtherVersion(RuntimeError):
    """A worker runs another version than who sent the job; its text says which."""


def do(job: Job) -> Done:
    """Live all runs of a job. What they raise is recorded; a worker of another version raises OtherVersion."""
    ready(job.version)
    began = time.time()
    lived = lives(job)
    return Done(lived, f"{platform.node()}:{os.getpid()}", began, time.time())


@functools.lru_cache(maxsize=4)
def ready(wanted: Version) -> None:
    """Compile, if need be; and refuse to work for another version."""
    if apart := differences(wanted, version()):
        raise OtherVersion(message("the worker {name} has {apart}", name=platform.node(), apart=apart))
    compile_if_stale()


def differences(theirs: Version, ours: Version) -> Words:
    """How two versions differ, in words; empty if they do not."""
    pairs = zip(ours.machine, theirs.machine, strict=True)
    found: list[str] = [
        message("{name} {mine}, not {other}", name=name, mine=mine or UNKNOWN, other=other or UNKNOWN)
        for (name, mine), (_, other) in pairs if mine != other
    ]  # fmt: skip
    if theirs.code != ours.code:
        found.append(message("code {mine} of the model, not {other}", mine=ours.code[:8], other=theirs.code[:8]))
    return listed(found, AND)


def lives(job: Job) -> list[Lived]:
    """Every run of a job, in order."""
    start: World | None = None
    found = []
    for order in job.orders:
        try:
            world = kept_by(order)
            if world is None:
                start = start or day_zero(job.baseline, job.size, job.seed)
                world = worlds.copy(start)
            found.append(life(job, order, world))
        except Exception as error:
            found.append(failed(order, job.seed, error))
    return found


def kept_by(order: Order) -> World | None:
    """The last day of the shorter run, to go on from; None if none was kept, or what was kept is damaged."""
    if not order.kept:
        return None
    try:
        return worlds.load(io.BytesIO(order.kept))
    except Exception:  # whatever is wrong with it: day 0 leads to the same last day
        return None


def life(job: Job, order: Order, world: World) -> Lived:
    """One run, from this day on to the last."""
    world = run(world, order.spec, job.days - int(world.town["day"][0]))
    last_day = b""
    if job.keep_world:
        file = io.BytesIO()
        worlds.write_to(file, world)
        last_day = file.getvalue()
    return Lived(order.key, order.point, job.seed, measured(world, order.spec, job.tables), last_day)


def failed(order: Order, seed: int, error: BaseException) -> Lived:
    """The record of a run that raised."""
    words = " ".join(f"{type(error).__name__}: {error}".split())
    trace = "".join(traceback.format_exception(error))
    return Lived(order.key, order.point, seed, {}, error=words, traceback=trace)
