"""`linli verify`: is a package as it was packed, and does a random share of it come out the same again?"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...words import Words, listed, message, message_in
from ..compiling import compile_if_stale
from ..provenance import Refusal, code_stamp, package_versions
from ..reports.kept import Kept
from ..reports.opening import kept_in
from ..runs import Progress, in_silence
from . import crate
from .packing import DATA, unpacked
from .repeating import Unit, differing, units_of
from .summaries import wrong_summary

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Verified:
    """What a verification found. `runs` has a row for each run that was done again."""

    n_files: int
    """Files that are as they were packed: all."""
    n_runs: int
    """Runs in the package, of which some were drawn."""
    runs: pd.DataFrame
    """`name`, `seed`, `numbers` compared, `different`, and of the first different one `what`, `written`, `again`."""
    elsewhere: str
    """Packages of other versions here than where the results were made; empty if all are the same."""

    @property
    def agrees(self) -> bool:
        """Whether every run that was done again came out the same, bit for bit."""
        return not self.runs["different"].any()

    def sentence(self, lang: str = "en") -> str:
        """What was found, in one sentence."""
        n, good = len(self.runs), int((self.runs["different"] == 0).sum())
        said: list[Words] = [
            message("all {n} files are as they were packed", n=self.n_files),
            message("runs done again: {n} of {of}", n=n, of=self.n_runs),
            message("agreeing bit for bit: {good} of {n} ({numbers:,} numbers)", good=good, n=n,
                    numbers=int(self.runs["numbers"].sum())),
        ]  # fmt: skip
        if not self.agrees:
            said.append(self.first_apart())
        return message("{findings}.", findings=listed(said, message_in("between sentences", "; "))).told(lang)

    def first_apart(self) -> Words:
        """The first number that did not come out the same."""
        row = self.runs[self.runs["different"] > 0].iloc[0]
        told = {name: row[name] for name in ("name", "seed", "what", "written", "again")}
        if not self.elsewhere:
            return message("{name} with seed {seed} does not agree: {what} is {written} in the package and {again} when"
                           " done again", **told)  # fmt: skip
        return message("{name} with seed {seed} does not agree: {what} is {written} in the package and {again} when"
                       " done"
                       " again (here is {elsewhere})", **told, elsewhere=self.elsewhere)  # fmt: skip


def verify(package: str | Path, *, share: float = 0.05, luck: int = 1, progress: Progress = in_silence) -> Verified:
    """Check every file of a package, then do a random share of its runs again and compare them bit for bit.

    `share` is from 0 (files only) to 1; at least one run is drawn otherwise, and `luck` says which. Raises Refusal,
    in one sentence, for a package that is damaged, was altered, or was made by another version of the model.
    """
    if not 0.0 <= share <= 1.0:
        raise Refusal(message("share is {share}; allowed are numbers from 0 to 1", share=share))
    if luck < 0:
        raise Refusal(message("luck is {luck}; allowed are whole numbers from 0", luck=luck))
    with unpacked(Path(package)) as root:
        n_files = check_files(Path(package), root)
        kept = kept_in(root / DATA)
        refuse_other_code(Path(package), kept)
        wrong_summary(kept)
        units = units_of(kept)
        return Verified(n_files, len(units), done_again(drawn(units, share, luck), progress), versions_apart(kept))


def check_files(package: Path, root: Path) -> int:
    """How many files there are, all of them as described. Raises Refusal at the first that is not."""
    entities = files_described(package, root)
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()} - {crate.FILE}
    for name in sorted(set(entities) | there):
        if name not in there:
            raise Refusal(message("{package}: {name} is described, but missing", package=package, name=name))
        if (root / name).is_symlink():
            raise Refusal(message(
                "{package}: {name} is a link, and a package holds files only", package=package, name=name,
            ))  # fmt: skip
        if name not in entities:
            raise Refusal(message(
                "{package}: {name} is in the package, but not in its description", package=package, name=name,
            ))  # fmt: skip
        told = str(entities[name].get("sha256", ""))
        found = crate.digest(root / name)
        if found != told:
            raise Refusal(message(
                "{package}: {name} has been altered since it was packed: its SHA-256 is {found}…, and was {told}…",
                package=package, name=name, found=found[:12], told=told[:12] or message("not written down"),
            ))  # fmt: skip
    return len(entities)


def files_described(package: Path, root: Path) -> dict[str, dict[str, Any]]:
    """The files that the description of a package names, by their paths. Raises Refusal where there is none."""
    try:
        graph = json.loads((root / crate.FILE).read_text(encoding="utf-8"))["@graph"]
        found = {crate.path_of(e): e for e in graph if e["@type"] == "File"}
    except OSError:
        raise Refusal(message(
            "{package} is no package: it holds no {file}", package=package, file=crate.FILE,
        )) from None  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal(message(
            "{package}: {file} is damaged ({kind}: {said})",
            package=package, file=crate.FILE, kind=type(error).__name__, said=str(error),
        )) from None  # fmt: skip
    if not any(name.startswith(f"{DATA}/") for name in found):
        raise Refusal(message(
            "{package} holds no results: its description names nothing in {folder}/", package=package, folder=DATA,
        ))  # fmt: skip
    return found


def refuse_other_code(package: Path, kept: Kept) -> None:
    """Raises Refusal where another version of the model made the results."""
    theirs, mine = str(kept.about.get("code", "")), code_stamp()
    if theirs == mine:
        return
    commit = (kept.about.get("git") or {}).get("commit", "")
    raise Refusal(message(
        "{package} was made by another version of the model (linli {version}, code {theirs}; this is {mine}), so "
        "nothing can be compared; install that version{commit}",
        package=package, version=kept.about.get("linli"), theirs=theirs[:8], mine=mine[:8],
        commit=message(", git commit {commit}", commit=commit[:12]) if commit else "",
    ))  # fmt: skip


def versions_apart(kept: Kept) -> str:
    """Packages of other versions here than where the results were made."""
    theirs, mine = kept.about.get("versions", {}), package_versions()
    apart = [f"{name} {mine[name]}, not {theirs[name]}" for name in ("numpy", "numba", "llvmlite")
             if name in theirs and name in mine and theirs[name] != mine[name]]  # fmt: skip
    return "; ".join(apart)


def drawn(units: Sequence[Unit], share: float, luck: int) -> list[Unit]:
    """A random share of the runs, at least one of them unless the share is 0, in their own order."""
    n = min(len(units), math.ceil(share * len(units)))
    if not n:
        return []
    return [units[k] for k in sorted(np.random.default_rng(luck).choice(len(units), n, replace=False).tolist())]


def plain(value: Any) -> Any:
    """A value without what NumPy adds to it."""
    return value.item() if isinstance(value, np.generic) else value


def done_again(units: Sequence[Unit], progress: Progress) -> pd.DataFrame:
    """A row for each of these runs: how many numbers were compared, and how many are different."""
    import pandas as pd

    if units:
        compile_if_stale()
    rows = []
    for n, unit in enumerate(units):
        progress("repeating", n, len(units))
        written, again = unit.written(), unit.again()
        apart = differing(written, again)
        what, before, now = apart[0] if apart else ("", None, None)
        rows.append({"name": unit.name, "seed": unit.seed, "numbers": len(written), "different": len(apart),
                     "what": what, "written": plain(before), "again": plain(now)})  # fmt: skip
    progress("repeating", len(units), len(units))
    return pd.DataFrame(rows, columns=["name", "seed", "numbers", "different", "what", "written", "again"])
