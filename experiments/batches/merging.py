"""Bringing shards together that were written to directories of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..provenance import FILE as PROVENANCE
from ..provenance import Refusal
from .files import append_line, lines_of, write_whole
from .part_files import Part, parts_in
from .results import Results, open_results
from .store import DESIGN, FAILURES, LEDGER, WORLDS, held, now, sound_parts


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
            raise Refusal(f"{first.folder} and {other.folder} do not hold runs of one design, so they cannot be merged")
        if other.about.get("version") != first.about.get("version"):
            raise Refusal(f"{first.folder} and {other.folder} were run by different versions, so they cannot be merged")
    parts = {source.folder: sound_parts(source.folder, repair=False) for source in sources}
    into.mkdir(parents=True, exist_ok=True)
    with held(into, "all"):
        for name in (DESIGN, PROVENANCE):
            if not (into / name).exists():
                write_whole(into / name, (first.folder / name).read_bytes(), owner="merge")
        for folder, mine in parts.items():
            copied = [part for part in mine if copy(part, into)]
            for path in (folder / WORLDS).glob("*.npz"):
                (into / WORLDS).mkdir(exist_ok=True)
                write_whole(into / WORLDS / path.name, path.read_bytes(), owner="merge")
            for record in lines_of(folder / FAILURES):
                append_line(into / FAILURES, record)
            runs = sum(len(part.labels) for part in copied)
            append_line(
                into / LEDGER, {"event": "merged", "owner": "merge", "from": str(folder), "runs": runs, "time": now()}
            )
    return open_results(into)


def copy(part: Part, into: Path) -> bool:
    """Copy a part with all that belongs to it, that of `runs` last; False if it is there already."""
    target = into / "runs" / part.path.name
    if target in parts_in(into / "runs"):
        return False
    for path in part.files:
        (into / path.parent.name).mkdir(exist_ok=True)
        write_whole(into / path.parent.name / path.name, path.read_bytes())
    return True
