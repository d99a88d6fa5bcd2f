"""The directory of a batch: what is done lies in it, safe from a failing power supply, and is never written over.

A run counts once the part of `runs` that holds it has its name; everything else that belongs to it has been written
by then. The ledger tells the story; what is done is read off the parts.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ...words import message
from ..provenance import FILE as PROVENANCE
from ..provenance import Refusal
from .design import Design
from .files import TEMPORARY, append_line, lines_of, write_whole
from .keys import Version, key_of, version
from .measured import TABLES
from .part_files import NAME, Part, Row, damaged, part_at, parts_in, written
from .plan import Plan, seeds_allowed
from .work import Lived, differences

DESIGN, LEDGER, FAILURES, WORLDS, ASIDE = "design.toml", "ledger.jsonl", "failures.jsonl", "worlds", "damaged"


@dataclass
class Store:
    """An open directory; who holds it is the only one to write this shard of it."""

    folder: Path
    plan: Plan
    owner: str
    """Who writes: `all`, or the shard."""
    done: set[tuple[str, str]] = field(default_factory=set)
    """Key and point of the runs that count."""
    failed: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    """The runs that raised, and have not been done since."""
    n_parts: int = 0
    bytes_written: int = 0

    def commit(self, lived: Sequence[Lived]) -> None:
        """Keep these runs for good. Raises OSError; then none of them counts."""
        if not lived:
            return
        for each in lived:
            if each.world:
                path = self.world_path(each.point, each.seed, self.plan.design.days)
                path.parent.mkdir(exist_ok=True)
                write_whole(path, each.world, owner=self.owner)
        part = written(self.folder, self.owner, self.n_parts, [self.row(each) for each in lived], self.about())
        self.n_parts += 1
        self.done |= {(each.key, each.point) for each in lived}
        self.tell("part", name=part.name, runs=len(lived))

    def row(self, lived: Lived) -> Row:
        """A run with its labels."""
        design, point = self.plan.design, self.plan.points[lived.point]
        labels = {
            "key": lived.key, "point": point.name, "scenario": point.scenario, "number": point.number,
            "seed": lived.seed, "size": design.size, "days": design.days,
        }  # fmt: skip
        units = {factor.parameter: factor.unit for factor in design.factors}
        return Row(labels, {name: (value, units[name]) for name, value in point.values.items()}, lived.tables)

    def about(self) -> dict[str, str]:
        """What stands in the metadata of every file."""
        return {"linli_code": version().code, "linli_machine": json.dumps(version().machine)}

    def note_failure(self, lived: Lived) -> None:
        """Keep the traceback of a run that raised, and the line that repeats it."""
        record = {
            "key": lived.key, "point": lived.point, "seed": lived.seed, "days": self.plan.design.days,
            "values": self.plan.points[lived.point].values, "error": lived.error,
            "reproduce": line_to_repeat(self.folder, lived.key), "traceback": lived.traceback, "time": now(),
        }  # fmt: skip
        append_line(self.folder / FAILURES, record)
        self.failed[lived.key, lived.point] = record

    def tell(self, event: str, **more: Any) -> None:
        """A line for the ledger."""
        append_line(self.folder / LEDGER, {"event": event, "owner": self.owner, "time": now(), **more})

    def world_path(self, point: str, seed: int, days: int) -> Path:
        """Where the last day of a run of so many days is kept."""
        return self.folder / WORLDS / f"{self.plan.world(point, seed)}-{days}.npz"

    def kept_world(self, point: str, seed: int) -> bytes:
        """The last day of the longest shorter run of this life that was kept; empty if there is none."""
        name = self.plan.world(point, seed)
        shorter = [days for days in self.lengths_kept.get(name, ()) if days < self.plan.design.days]
        return (self.folder / WORLDS / f"{name}-{max(shorter)}.npz").read_bytes() if shorter else b""

    @property
    def lengths_kept(self) -> dict[str, list[int]]:
        """The lengths in days of the runs whose last day is kept, by the name of the life and seed."""
        if self._lengths is None:
            self._lengths = {}
            for path in sorted((self.folder / WORLDS).glob("*-*.npz")):
                name, _, days = path.stem.rpartition("-")
                if days.isdigit():
                    self._lengths.setdefault(name, []).append(int(days))
        return self._lengths

    _lengths: dict[str, list[int]] | None = field(default=None, repr=False)


@contextlib.contextmanager
def opened(
    folder: Path, design: Design, about: dict[str, Any], *, shard: tuple[int, int] = (1, 1), repair: bool = False,
    other_versions: bool = False, retry_failed: bool = False,
) -> Iterator[Store]:  # fmt: skip
    """The store of a design in this folder, new or gone on with.

    Raises Refusal, in one sentence and before anything is changed, where other results lie, a part is damaged, the
    design no longer asks for what was done, another version did it, or another process is at it. Raises OSError.
    """
    plan = Plan(design)
    refuse_strangers(folder)
    folder.mkdir(parents=True, exist_ok=True)
    owner = "all" if shard == (1, 1) else f"{shard[0]}_of_{shard[1]}"
    with held(folder, owner):
        is_new = not (folder / PROVENANCE).exists()
        if not is_new:
            refuse_other_version(folder, other_versions)
        parts = sound_parts(folder, repair)
        refuse_unwanted(folder, plan, parts)
        store = Store(folder, plan, owner)
        runs = [run for part in parts for run in part.labels]
        store.done = {(run["key"], run["point"]) for run in runs}
        store.n_parts = 1 + max((part.number for part in parts), default=-1)
        if not retry_failed:
            store.failed = failures_in(folder, runs)
        clear_leftovers(folder, owner, parts)
        text = design.frozen().encode()
        if is_new or (folder / DESIGN).read_bytes() != text:
            write_whole(folder / DESIGN, text, owner=owner)
        if is_new:
            content = json.dumps(about | {"version": version()}, ensure_ascii=False, indent=2) + "\n"
            write_whole(folder / PROVENANCE, content.encode(), owner=owner)
        for name in TABLES:
            if name == "runs" or name in design.tables:
                (folder / name).mkdir(exist_ok=True)
        store.tell("began" if is_new else "resumed", runs_done=len(store.done), design=about.get("design", ""))
        yield store


def refuse_strangers(folder: Path) -> None:
    """Raises Refusal where something else lies than a batch."""
    if folder.exists() and not folder.is_dir():
        raise Refusal(message("{folder} is a file, but results need a directory", folder=folder))
    if not folder.is_dir() or (folder / DESIGN).is_file():
        return
    strangers = [path.name for path in sorted(folder.iterdir()) if not path.name.startswith((".", "lock"))]
    if strangers:
        raise Refusal(message(
            "{folder} is not empty and holds no batch (the first file in it is {first}); name another directory",
            folder=folder, first=strangers[0],
        ))  # fmt: skip


@contextlib.contextmanager
def held(folder: Path, owner: str) -> Iterator[None]:
    """Keep others from the same work: the whole batch excludes all; a shard, itself, the whole and other sharings.

    The locks end with the process, however it ends.
    """
    shared = fcntl.LOCK_EX if owner == "all" else fcntl.LOCK_SH
    with contextlib.ExitStack() as stack:
        for name, kind in (("lock", shared), (f"lock-{owner}", fcntl.LOCK_EX)):
            if not locked(stack.enter_context(open(folder / name, "ab")), kind):
                raise Refusal(message(
                    "another process is at work on {folder}; wait until it has finished, or share the work by --shard",
                    folder=folder,
                ))  # fmt: skip
        for path in folder.glob("lock-*_of_*"):
            if owner != "all" and path.name.rpartition("_")[2] != owner.rpartition("_")[2]:
                with open(path, "ab") as file:
                    if not locked(file, fcntl.LOCK_SH):
                        raise Refusal(message(
                            "shard {shard} is at work on {folder}; all shards at work on one directory must be of as "
                            "many",
                            shard=path.name.removeprefix("lock-").replace("_of_", "/"), folder=folder,
                        ))  # fmt: skip
        yield


def locked(file: IO[bytes], kind: int) -> bool:
    """Take a lock at once; False where another process has it."""
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: the user must not start the same shard twice
    return True


def refuse_other_version(folder: Path, allowed: bool) -> None:
    """Raises Refusal where another version of the program, or another machine, did the runs that lie there."""
    try:
        about = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        theirs = Version(about["version"][0], tuple((str(k), str(v)) for k, v in about["version"][1]))
        apart = differences(theirs, version())
    except (ValueError, KeyError, TypeError, IndexError):
        raise Refusal(message(
            "{file} is damaged: it does not say which version began the batch", file=folder / PROVENANCE,
        )) from None  # fmt: skip
    if theirs.code != version().code:
        raise Refusal(message(
            "{folder} holds runs of another version of the model (code {theirs}, linli {version}; this is "
            "{mine}), so nothing is added to it; name another directory, or use that version",
            folder=folder, theirs=theirs.code[:8], version=about.get("linli"), mine=version().code[:8],
        ))  # fmt: skip
    if apart and not allowed:
        raise Refusal(message(
            "{folder} was begun elsewhere: here is {apart}, and runs may differ in their last digits; name "
            "another directory, or add --other-versions to go on all the same", folder=folder, apart=apart,
        ))  # fmt: skip


def sound_parts(folder: Path, repair: bool) -> list[Part]:
    """The parts that count. Raises Refusal at a damaged one; with `repair` it is set aside, and its runs run again."""
    found = []
    for path in parts_in(folder / "runs"):
        try:
            part = None if damaged([path]) else part_at(path)
        except ValueError:
            part = None
        broken = damaged(part.files) if part else path
        if part and not broken:
            found.append(part)
        elif repair:
            set_aside(folder, part.files if part else [path])
        else:
            runs = message("{n} runs", n=len(part.labels)) if part else message("some runs")
            raise Refusal(message(
                "{broken} is damaged or gone (its content is not what its name says), and with it {runs}; --repair "
                "will set it aside in {aside} and run them again", broken=broken, runs=runs, aside=folder / ASIDE,
            ))  # fmt: skip
    return found


def set_aside(folder: Path, files: Sequence[Path]) -> None:
    """Move files that are of no use out of the way, that of `runs` first, so that nothing counts half."""
    for path in reversed(files):
        there = folder / ASIDE / path.parent.name
        there.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            os.replace(path, there / path.name)


def refuse_unwanted(folder: Path, plan: Plan, parts: Sequence[Part]) -> None:
    """Raises Refusal where the design has been changed so that it no longer asks for a run that lies there."""
    design, seeds = plan.design, set(seeds_allowed(plan.design))
    for part in parts:
        for run in part.labels:
            point, seed, days = run["point"], run["seed"], run["days"]
            if run["size"] != design.size:
                what = message("size is {size}, but its runs are of size {other}", size=design.size, other=run["size"])
            elif days > design.days:
                what = message("days is {now}, but its runs are of {days} days", now=design.days, days=days)
            elif point not in plan.points:
                what = message("there is no {point} in it, but a run of it lies there", point=point)
            elif seed not in seeds:
                what = message("seed {seed} is not among its seeds, but a run of it lies there", seed=seed)
            elif run["key"] != key_of(plan.lives[point], seed, days):
                what = message("{point} has other numbers in it than in the runs that lie there", point=point)
            elif set(part.belonging) != set(design.tables) - {"runs"}:
                what = message(
                    "tables is {tables}, but its runs were kept with {other}",
                    tables=list(design.tables), other=sorted(part.belonging),
                )  # fmt: skip
            else:
                continue
            raise Refusal(message(
                "{design}: the design has been changed since {folder} was begun: {what}; more seeds, scenarios, "
                "points or days may be added, anything else needs another directory",
                design=design.path, folder=folder, what=what,
            ))  # fmt: skip


def failures_in(folder: Path, runs: Iterable[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The runs that raised, by key and point, each as last recorded; not those done since, nor made longer since."""
    longest: dict[tuple[str, Any], int] = {}
    for run in runs:
        name = run["point"], run["seed"]
        longest[name] = max(run["days"], longest.get(name, 0))
    last = {(str(r.get("point")), r.get("seed")): r for r in lines_of(folder / FAILURES)}
    return {
        (str(record.get("key")), point): record
        for (point, seed), record in last.items()
        if longest.get((point, seed), 0) < record.get("days", 1)
    }


def line_to_repeat(folder: Path, key: str) -> str:
    """The command that does a run again, as a shell reads it."""
    return shlex.join(["linli", "rerun", str(folder), key])


def clear_leftovers(folder: Path, owner: str, parts: Sequence[Part]) -> None:
    """Remove what an interrupted writer of the same shard left half done; the whole batch clears after every shard."""
    belongs = {path for part in parts for path in part.files}
    for path in [*folder.glob(f".*{TEMPORARY}"), *folder.glob(f"*/.*{TEMPORARY}"), *folder.glob("*/part-*.parquet")]:
        name = NAME.fullmatch(path.name.removeprefix(".").removesuffix(TEMPORARY))
        whose = name["owner"] if name else path.name.partition(".")[2].partition(".")[0]
        if path not in belongs and owner in ("all", whose):
            path.unlink(missing_ok=True)


def now() -> str:
    """The time, as it stands in records."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
