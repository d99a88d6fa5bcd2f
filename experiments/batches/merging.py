"""Bringing shards together that were written to directories of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...words import message
from ..provenance import FILE as PROVENANCE
from ..provenance import Refusal
from .files import append_line, lines_of, write_whole
from .part_files import Part, trimmed
from .results import Results, open_results
from .store import DESIGN, FAILURES, LEDGER, WORLDS, held, line_to_repeat, now, sound_parts


def merge(into: str | Path, folders: Sequence[str | Path]) -> Results:
    """Copy the finished runs of directories of one design into another; what is there stays, and nothing is doubled.

    Raises Refusal where the designs or the versions differ, or a part is damaged; then nothing is copied.
    """
    into, sources = Path(into), [open_results(folder) for folder in folders]
    everything = [*([open_results(into)] if (into / DESIGN).is_file() else []), *sources]
    first = everything[0]
    for other in everything[1:]:
        if other.design.points != first.design.points or other.design.size != first.design.size or (
            other.design.tables != first.design.tables):  # fmt: skip
            raise Refusal(message(
                "{first} and {other} do not hold runs of one design, so they cannot be merged",
                first=first.folder, other=other.folder,
            ))  # fmt: skip
        if other.about.get("version") != first.about.get("version"):
            raise Refusal(message(
                "{first} and {other} were run by different versions, so they cannot be merged",
                first=first.folder, other=other.folder,
            ))  # fmt: skip
    parts = {source.folder: sound_parts(source.folder, repair=False) for source in sources}
    into.mkdir(parents=True, exist_ok=True)
    with held(into, "all"):
        for name in (DESIGN, PROVENANCE):
            if not (into / name).exists():
                write_whole(into / name, (first.folder / name).read_bytes(), owner="merge")
        there = {name for part in sound_parts(into, repair=False) for name in names_in(part)}
        for folder, mine in parts.items():
            runs = sum(copy(part, into, there) for part in mine)
            for path in (folder / WORLDS).glob("*.npz"):
                (into / WORLDS).mkdir(exist_ok=True)
                write_whole(into / WORLDS / path.name, path.read_bytes(), owner="merge")
            copy_failures(folder, into)
            append_line(
                into / LEDGER, {"event": "merged", "owner": "merge", "from": str(folder), "runs": runs, "time": now()}
            )
    return open_results(into)


def names_in(part: Part) -> list[tuple[str, str]]:
    """Key and point of each run of a part."""
    return [(run["key"], run["point"]) for run in part.labels]


def copy(part: Part, into: Path, there: set[tuple[str, str]]) -> int:
    """Copy those runs of a part that are not there yet, with all that belongs to them; how many these are."""
    fresh = [run for run in part.labels if (run["key"], run["point"]) not in there]
    if not fresh:
        return 0
    for path in part.files:
        (into / path.parent.name).mkdir(exist_ok=True)
    if len(fresh) < len(part.labels):
        trimmed(part, into, fresh)
    else:
        for path in part.files:
            write_whole(into / path.parent.name / path.name, path.read_bytes())
    there |= set(names_in(part))
    return len(fresh)


def copy_failures(folder: Path, into: Path) -> None:
    """Copy the records of runs that raised, each once; the line that repeats one says where it lies now."""
    known = {(record.get("key"), record.get("time")) for record in lines_of(into / FAILURES)}
    for record in list(lines_of(folder / FAILURES)):
        if (record.get("key"), record.get("time")) not in known:
            append_line(into / FAILURES, record | {"reproduce": line_to_repeat(into, str(record.get("key")))})
