"""`linli package`: a directory of results as an evidence package, RO-Crate 1.1."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ...words import listed, message
from ..provenance import Refusal
from ..reports.drawn import written_figure
from ..reports.kept import Kept
from ..reports.opening import kept_in
from ..reports.page import as_html, title_of
from ..reports.shown import figures_of
from ..runs import Progress, in_silence
from . import crate
from .origins import texts

DATA = "data"
LEFT_OUT = ("damaged", "figures")
"""Folders of results that do not go into a package: parts set aside, and figures, which are drawn anew."""
SUSPICIOUS_BYTES, SUSPICIOUS_TIMES = 100_000_000, 200
"""A zip that unpacks to more bytes than this, and to more than so many times its own, is none of ours."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip, so that the same results give the same bytes."""


def package(
    folder: str | Path, out: str | Path | None = None, *, licence: str = "Apache-2.0", lang: str = "en",
    force: bool = False, progress: Progress = in_silence,
) -> Path:  # fmt: skip
    """Pack a directory of results with everything another needs to read, trust and repeat them.

    `out` is a zip file if its name ends so, else a directory; by default a zip beside the results. The same results
    give the same bytes. Raises Refusal, in one sentence, where there are no results, or something is in the way;
    OSError where one cannot write.
    """
    folder = Path(folder)
    kept = kept_in(folder)
    out = Path(out) if out else folder.absolute().with_name(f"{folder.absolute().name}-package.zip")
    refuse(folder, out, licence, force)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as staging:
        root = Path(staging) / "package"
        root.mkdir()
        fill(root, kept, lang, progress)
        files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
        title = f"linli: {title_of(kept, 'en').removeprefix('Report: ')}"
        (root / crate.FILE).write_text(crate.described(kept, files, licence, title, summary(kept)), encoding="utf-8")
        progress("packing", len(files), len(files))
        if out.suffix == ".zip":
            packed = zipped(root, Path(staging) / out.name)
            os.replace(packed, out)
        else:
            if out.exists():
                shutil.rmtree(out)
            os.replace(root, out)
    return out


def refuse(folder: Path, out: Path, licence: str, force: bool) -> None:
    """Raises Refusal for what must not be written over, or into, and for a licence that is not known."""
    if licence not in crate.LICENCES:
        raise Refusal(message(
            "the licence {licence!r} is unknown; allowed are {allowed}",
            licence=licence, allowed=listed(crate.LICENCES),
        ))  # fmt: skip
    if out.resolve().is_relative_to(folder.resolve()):
        raise Refusal(message(
            "{out} lies in the directory it would pack; name a file beside {folder}", out=out, folder=folder,
        ))  # fmt: skip
    if not out.exists():
        return
    if (out.suffix == ".zip" and out.is_dir()) or (out.suffix != ".zip" and not out.is_dir()):
        what = message("directory") if out.is_dir() else message("file")
        raise Refusal(message("{out} is a {what}; a package there needs another name", out=out, what=what))
    if not force:
        raise Refusal(message("{out} exists already; name another file, or use --force", out=out))
    if out.is_dir() and any(out.iterdir()) and not (out / crate.FILE).is_file():
        raise Refusal(message(
            "{out} is not empty and holds no package, so it is not written over; name another directory", out=out,
        ))  # fmt: skip


def fill(root: Path, kept: Kept, lang: str, progress: Progress) -> None:
    """Everything but the description: results, code, figures, reports, and how to use them."""
    from .. import style

    results = list(files_of(kept.folder))
    shown = [each for each in figures_of(kept) if each.file is None]
    total = len(results) + len(shown) + 2
    for n, path in enumerate(results):
        progress("packing", n, total)
        target = root / DATA / path.relative_to(kept.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (root / "code").mkdir()
    for name, content in texts().items():
        (root / "code" / Path(name).name).write_bytes(content)
    drawable = {language: "en" if style.chinese_font() is None else language for language in ("en", "zh")}
    ready: dict[str, Path] = {}
    for n, each in enumerate(shown, len(results)):
        progress("packing", n, total)
        (root / "figures").mkdir(exist_ok=True)
        *_, ready[each.anchor] = written_figure(kept, each.name, each.wanted, drawable[lang], root / "figures")
    inside = replace(kept, called=DATA)
    for n, language in enumerate(("en", "zh"), len(results) + len(shown)):
        progress("packing", n, total)
        same = ready if drawable[language] == drawable[lang] else None
        (root / f"report-{language}.html").write_text(as_html(inside, language, same), encoding="utf-8")
    (root / "README.md").write_text(README.format(question=summary(kept)) + README_ZH.zh, encoding="utf-8")


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a directory of results, without locks, reports, and what a writer has left half done."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts) or (parts[0] in LEFT_OUT and len(parts) > 1)
        passing = path.suffix == ".part" or path.name == "lock" or path.name.startswith(("lock-", "report-"))
        if path.is_file() and not hidden and not passing:
            yield path


def summary(kept: Kept) -> str:
    """What was asked, and how much was run."""
    questions = [kept.question] if kept.question else [scenario.question for scenario in kept.scenarios]
    runs = len(kept.wide) if kept.wide is not None else len(kept.seeds)
    asked = " ".join(question for question in questions if question)
    seeds = "seeds" if len(kept.seeds) > 1 else "seed"
    size = f"{kept.size}, {kept.days} days, {len(kept.seeds)} {seeds}, {runs} runs."
    return f"{asked} {size}".strip()


def zipped(root: Path, out: Path) -> Path:
    """A folder as a zip: names in order, no times, no owners. The description comes first."""
    paths = sorted(root.rglob("*"), key=lambda path: (path.name != crate.FILE, path.relative_to(root).as_posix()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in paths:
            if not path.is_file():
                continue
            about = zipfile.ZipInfo(path.relative_to(root).as_posix(), LONG_AGO)
            about.compress_type, about.external_attr, about.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            with open(path, "rb") as source, archive.open(about, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
    return out


@contextlib.contextmanager
def unpacked(package: Path) -> Iterator[Path]:
    """The folder of a package: itself, or a zip unpacked for a while. Raises Refusal for neither, or for damage."""
    if package.is_dir():
        yield package
        return
    if not package.exists():
        raise Refusal(message(
            "{package} does not exist; name a zip or a directory that linli package has written", package=package,
        ))  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="linli-package-") as folder:
        try:
            with zipfile.ZipFile(package) as archive:
                refuse_strange_names(package, archive.namelist())
                refuse_bomb(package, archive.infolist())
                archive.extractall(folder)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise Refusal(message(
                "{package} is damaged, or no zip ({said})", package=package, said=" ".join(str(error).split()),
            )) from None  # fmt: skip
        except Exception as error:  # zlib has an error of its own
            if type(error).__module__ != "zlib":
                raise
            raise Refusal(message("{package} is damaged ({said})", package=package, said=str(error))) from None
        yield Path(folder)


def refuse_strange_names(package: Path, names: list[str]) -> None:
    """Raises Refusal for a zip whose files would lie elsewhere, or on top of each other."""
    if len(set(names)) < len(names):
        raise Refusal(message("{package} holds {name} twice", package=package, name=max(names, key=names.count)))
    for name in names:
        if name.startswith(("/", "\\")) or ".." in Path(name).parts or ":" in name:
            raise Refusal(message(
                "{package} holds a file called {name!r}, which would lie outside of it", package=package, name=name,
            ))  # fmt: skip


def refuse_bomb(package: Path, files: list[zipfile.ZipInfo]) -> None:
    """Raises Refusal for a zip that would become far larger than results do."""
    packed, unpacked = sum(file.compress_size for file in files), sum(file.file_size for file in files)
    if unpacked > SUSPICIOUS_BYTES and unpacked > SUSPICIOUS_TIMES * packed:
        raise Refusal(message(
            "{package} would unpack {packed:,} bytes to {unpacked:,}, more than {times} times as many, which no "
            "results do, so it is not unpacked",
            package=package, packed=packed, unpacked=unpacked, times=SUSPICIOUS_TIMES,
        ))  # fmt: skip


README = """# Evidence package

{question}

- `report-en.html`, `report-zh.html`: what was asked, what was found, where it comes from. They need no network.
- `data/`: the results as the program wrote them. Parquet files carry the unit and meaning of every column.
- `figures/`: the figures of the report, each with its numbers.
- `code/`: the model's description (ODD), the versions of every package, the licence.
- `ro-crate-metadata.json`: this package described for machines (RO-Crate 1.1), with the SHA-256 of every file.

To check that nothing was changed, and to run a random share of it again and compare it bit for bit, install linli in
the version that `ro-crate-metadata.json` names, with the packages of `code/requirements.lock`, and run

    linli verify THIS_FILE_OR_DIRECTORY --share 0.05
"""

README_ZH = message(
    "\n`report-zh.html` is the report, `data/` the results, `code/` the model's description (ODD), the versions of the"
    " packages and the licence.\n`linli verify` checks the SHA-256 of every file, and runs a random share again to"
    " compare"
    " it bit for bit.\n"
)
"""What stands below it in Chinese."""
