"""A batch from beginning to end, as one Python call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ...scenarios.toml_text import clipped, toml_of
from ...words import message
from ..cluster import Dask
from ..pool import check_workers
from ..provenance import Refusal, provenance_of_code
from .design import Design, Precision, read_design
from .files import digest
from .plan import seeds_allowed
from .results import Results
from .runner import Shift, Watcher, crew_for, ending_is_stopping, nobody
from .sequential import seeds_needed
from .store import Store, opened

ALL = (1, 1)
MOST_BYTES = 200
"""Longest name of a directory of results."""


def batch(
    design: Design | str | Path,
    folder: str | Path | None = None,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    executor: Any = None,
    shard: tuple[int, int] = ALL,
    precision: Precision | None = None,
    repair: bool = False,
    other_versions: bool = False,
    retry_failed: bool = False,
    watcher: Watcher = nobody,
) -> Results:
    """Do whatever of a design has not been done yet, and hand back what there is.

    `executor` may be any `concurrent.futures.Executor` whose workers have this program; `cluster` is the address of
    a Dask scheduler or its scheduler file; without either, processes of this machine work. Ctrl-C and SIGTERM stop it
    with what is done kept; the same call goes on. Raises Refusal, ScenarioError or OSError, and loses nothing.
    """
    design = design if isinstance(design, Design) else read_design(design)
    design = replace(design, precision=precision) if precision else design
    folder = Path(folder) if folder else folder_of(design)
    if not 1 <= shard[0] <= shard[1] <= 100_000:
        raise Refusal(message(
            "shard is {i}/{n}, but must be i/n with whole numbers 1 ≤ i ≤ n ≤ 100000", i=shard[0], n=shard[1],
        ))  # fmt: skip
    check_workers(workers)
    if shard != ALL and design.precision:
        raise Refusal(message(
            "shard is {i}/{n}, but a batch that runs to a precision cannot be shared out: no shard knows how "
            "wide the interval is", i=shard[0], n=shard[1],
        ))  # fmt: skip
    about = provenance_of_code("batch") | {
        "design": digest(design.text.encode()), "file": str(design.path), "text": design.text,
    }  # fmt: skip
    crew = Dask(cluster) if cluster else executor
    try:
        with opened(folder, design, about, shard=shard, repair=repair, other_versions=other_versions,
                    retry_failed=retry_failed) as store:  # fmt: skip
            interrupted = worked_through(store, workers, crew, shard, watcher)
    finally:
        if isinstance(crew, Dask):
            crew.close()
    return Results(folder, interrupted)


def folder_of(design: Design) -> Path:
    """Where results go if nobody says where: a directory called as the design. Raises Refusal."""
    name = design.name
    if name in (".", "..") or "/" in name or not name.isprintable() or len(name.encode()) > MOST_BYTES:
        raise Refusal(message(
            "{design}: name is {name}, which cannot be the name of a directory (that must have no / and at most "
            "{most} bytes); say by --out where the results go",
            design=design.path, name=clipped(toml_of(name)), most=MOST_BYTES,
        ))  # fmt: skip
    return Path("results") / name


def worked_through(store: Store, workers: int | None, crew: Any, shard: tuple[int, int], watcher: Watcher) -> bool:
    """Do all the runs, those that a precision asks for included; whether this was interrupted."""
    design = store.plan.design
    seeds, shift = design.seeds, Shift(store, watcher)
    try:
        with ending_is_stopping():
            while True:
                shift.work_through(seeds, crew_for(store, seeds, workers, crew, shard), shard)
                needed = len(seeds) if design.precision is None else needed_now(store, seeds)
                if needed == len(seeds):
                    break
                seeds = seeds_allowed(design)[:needed]
    except KeyboardInterrupt:
        store.tell("interrupted", runs_done=len(store.done), runs=shift.n_done, busy=shift.busy)
        return True
    store.tell("finished", runs_done=len(store.done), runs=shift.n_done, failed=len(store.failed), busy=shift.busy)
    return False


def needed_now(store: Store, seeds: tuple[int, ...]) -> int:
    """How many seeds it takes, by what the runs of these seeds say."""
    design = store.plan.design
    assert design.precision is not None
    if not store.done:
        return len(seeds)  # all of them raised: more seeds would not help
    runs = Results(store.folder).runs()
    runs = runs[runs["seed"].isin(seeds)].pivot(index="seed", columns="point", values=design.precision.outcome)
    runs = runs.reindex(index=list(seeds), columns=list(store.plan.points))
    return seeds_needed(design, {name: runs[name].to_numpy(float) for name in runs.columns}, len(seeds))
