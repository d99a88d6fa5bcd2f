"""The figures that results allow, drawn without running anything."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...words import listed, message
from .. import style
from ..gallery import Drawn
from ..picture_validation import rows_of_page, validation_picture
from ..provenance import FILE, Refusal
from ..tables import write_csv
from .kept import Kept
from .opening import opened
from .recipes import FIGURES, Wanted


def drawn_from(results: Any, figure: str, *, of: Sequence[str] = (), factor: str = "") -> Drawn:
    """A figure drawn from a directory of results (or from the `Results` of a batch), without running anything.

    `of` names outcomes, weekly series (fan) or outcomes of groups (groups); `factor` a parameter that a batch
    varies (curve). The figure `validation` is drawn from a page that `make validation` has written. The answer has
    `records` and `figure(lang)`. Raises Refusal for what these results do not allow.
    """
    if figure == "validation":
        return validation(Path(results))
    return draw_from(opened(results), figure, Wanted(tuple(of), factor))


def redraw(
    results: Any, figure: str, *, of: Sequence[str] = (), factor: str = "", lang: str = "en",
    folder: str | Path | None = None,
) -> list[Path]:  # fmt: skip
    """Write a figure from results as PNG and SVG, and its numbers as CSV, into `folder` (figures/ in the results).

    Raises Refusal as `drawn_from` does; OSError where one cannot write. What a picture is from stands in its files.
    """
    where = Path(results if isinstance(results, str | Path) else results.folder)
    folder = Path(folder) if folder else (where if where.is_dir() else where.parent) / "figures"
    found = drawn_from(results, figure, of=of, factor=factor)
    return written_as(found, "-".join([figure, *of, *([factor] if factor else [])]), folder, lang, source_of(where))


def written_figure(kept: Kept, figure: str, wanted: Wanted, lang: str, folder: Path) -> list[Path]:
    """The same of results that have been read."""
    name = "-".join([figure, *wanted.of, *([wanted.factor] if wanted.factor else [])])
    return written_as(draw_from(kept, figure, wanted), name, folder, lang, source_of(kept.folder))


def written_as(found: Drawn, name: str, folder: Path, lang: str, about: str) -> list[Path]:
    """Write a figure and its numbers under this name. Raises Refusal if there is nothing in it."""
    if not found.records:
        raise Refusal(message("there is nothing to draw in the figure {name}: its table is empty", name=name))
    folder.mkdir(parents=True, exist_ok=True)
    table = write_csv(folder / f"{name}.csv", found.records)
    return [table, *style.save(found.figure(lang), folder / name, lang, about)]


def source_of(where: str | Path) -> str:
    """What is kept in a picture's files: the directory, its command, and the code that ran it."""
    try:
        about = json.loads((Path(where) / FILE).read_text(encoding="utf-8"))
        return f"linli {about['command']}, results in {Path(where).name}, {about['time']}, code {about['code'][:12]}"
    except (OSError, ValueError, KeyError, TypeError):
        return f"linli, from {Path(where).name}"


def validation(page: Path) -> Drawn:
    """The validation table of a page. Raises Refusal for one that holds none."""
    try:
        rows = rows_of_page(page)
    except (OSError, ValueError):
        rows = []
    if not rows:
        raise Refusal(message(
            "{page} holds no validation table; name a page that make validation has written", page=page,
        ))  # fmt: skip
    return Drawn([row._asdict() for row in rows], lambda lang: validation_picture(rows, lang))


def draw_from(kept: Kept, figure: str, wanted: Wanted) -> Drawn:
    """The same from results that have been read."""
    if figure not in FIGURES:
        raise Refusal(message(
            "there is no figure {figure!r} to draw from results; there are {figures}",
            figure=figure, figures=listed(FIGURES),
        ))  # fmt: skip
    needs, draw = FIGURES[figure]
    if lacking := needs(kept):
        raise Refusal(message(
            "{results} does not allow the figure {figure}: {lacking}",
            results=kept.path, figure=figure, lacking=lacking,
        ))  # fmt: skip
    return draw(kept, wanted)
