"""The validation table as a figure: each pattern's band, what the model gives, and whether it meets the band."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure

from ..words import message, message_in, told
from .style import DOUBLE
from .words_of_patterns import MEANINGS, UNITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .held_out import Finding

MET, MISSED, NO_BAND = "#0072B2", "#D55E00", "#595959"
COLUMNS = {
    message("pattern"): 0.0,
    message("what"): 0.06,
    message("unit"): 0.5,
    message("band"): 0.755,
    message("model"): 0.875,
}
"""Where the columns begin, as shares of the width; what is met stands at the right edge."""
STRIP = (0.665, 0.74)
"""Where the drawn bands lie."""

HEADS = {
    "fitted": message("fitted to these bands"),
    "reported": message("reported beside them"),
    "emergent": message("held out: emergent (a test)"),
    "partly spent": message("held out: partly spent"),
    "spent": message("held out: spent (the source also gave a parameter, or the form of a term)"),
    "built in": message("held out: built in (follows nearly by arithmetic)"),
}
"""The parts of the table, in this order, by how the patterns stand to the model."""


class Row(NamedTuple):
    """One pattern: its band (None: open on that side), and the model's mean with its 95 % interval."""

    tag: str
    meaning: str
    unit: str
    low: float | None
    high: float | None
    mean: float
    mean_low: float
    mean_high: float
    standing: str

    @property
    def met(self) -> bool | None:
        """Whether the mean lies in the band; None where there is no band, or nothing was measured."""
        if (self.low is None and self.high is None) or not math.isfinite(self.mean):
            return None
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        return low <= self.mean <= high


def rows_of(fitted: Iterable[dict[str, Any]], held_out: Iterable[Finding] = ()) -> list[Row]:
    """The rows of what `patterns.report` and `patterns.held_out_of` give."""
    rows = [
        Row(line["tag"], line["meaning"], line["unit"], line["low"], line["high"], line["mean"],
            line["mean"] - line["half_width"], line["mean"] + line["half_width"],
            "reported" if line["low"] is None else "fitted")
        for line in fitted
    ]  # fmt: skip
    return rows + [
        Row(f.tag, f.meaning, f.unit, f.low, f.high, f.value.mean, f.value.low, f.value.high, f.standing)
        for f in held_out
    ]


def rows_of_page(page: Path) -> list[Row]:
    """The rows of a page that `make validation` wrote, such as docs/validation.md."""
    rows = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        number = re.fullmatch(r"(\S+) ± (\S+)", cells[3]) if len(cells) > 5 else None
        if not number:
            continue
        tag = re.sub(r"\[([^]]*)\].*", r"\1", cells[0])
        mean, half = float(number[1]), float(number[2])
        low, _, high = cells[4].partition("…")
        band = [float(bound) if bound.strip() else None for bound in (low, high)]
        standing = cells[6] if len(cells) > 6 else "fitted" if cells[4] else "reported"
        rows.append(Row(tag, cells[1], cells[2], band[0], band[1], mean, mean - half, mean + half, standing))
    return rows


def validation_picture(rows: Sequence[Row], lang: str) -> Figure:
    """A line a pattern: tag, meaning, unit, the band drawn and in numbers, the model's value, met or missed."""
    parts = {standing: [row for row in rows if row.standing == standing] for standing in HEADS}
    parts = {standing: mine for standing, mine in parts.items() if mine}
    n = len(rows) + len(parts)
    figure = Figure(figsize=(DOUBLE, 0.45 + 0.16 * n))
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_xlim(0, 1.04)
    axes.set_ylim(n + 1.2, -1.0)
    for head, place in COLUMNS.items():
        axes.text(place, -0.3, head.told(lang), fontsize=6.5, va="center")
    y = 0
    for standing, mine in parts.items():
        axes.plot([0, 1.04], [y + 0.2, y + 0.2], color="black", linewidth=0.6)
        axes.text(0, y + 0.75, HEADS[standing].told(lang), fontsize=6.5, va="center", style="italic")
        for row in mine:
            y += 1
            write_row(axes, y + 0.7, row, lang)
            draw_row(axes, y + 0.7, row)
        y += 1
    note = message("grey: the band; mark, bar and ±: the model's mean and 95 % interval, cut off at the edge")
    axes.plot([0, 1.04], [n + 0.25] * 2, color="black", linewidth=0.6)
    axes.text(0, n + 0.75, note.told(lang), fontsize=6.5, va="center")
    return figure


def write_row(axes: Axes, y: float, row: Row, lang: str) -> None:
    """The words and numbers of a pattern."""
    meaning = told(MEANINGS.get(row.meaning, row.meaning), lang)
    unit = told(UNITS.get(row.unit, row.unit), lang)
    verdict = {None: "", True: message_in("figure", "met").told(lang), False: message("missed").told(lang)}[row.met]
    for place, text in zip(COLUMNS.values(), (row.tag, meaning, unit, band_text(row), value_text(row)), strict=True):
        axes.text(place, y, text, fontsize=6, va="center")
    axes.text(1.04, y, verdict, fontsize=6, va="center", ha="right", color=MISSED if row.met is False else "black")


def band_text(row: Row) -> str:
    """The band in numbers."""
    if row.low is None and row.high is None:
        return ""
    if row.low is None:
        text = f"≤ {row.high:g}"
    else:
        text = f"≥ {row.low:g}" if row.high is None else f"{row.low:g} … {row.high:g}"
    return text.replace("-", "−")


def value_text(row: Row) -> str:
    """The model's mean and interval, as exact as the interval lets them be."""
    half = (row.mean_high - row.mean_low) / 2
    if not math.isfinite(row.mean):
        return "–"
    if not math.isfinite(half):
        return f"{row.mean:.3g}"
    digits = max(0, min(4, math.ceil(0.3 - math.log10(half)))) if half > 0 else 2
    return f"{round(row.mean, digits) + 0.0:.{digits}f} ± {half:.{digits}f}".replace("-", "−")


def draw_row(axes: Axes, y: float, row: Row) -> None:
    """The band as a grey box in the middle of the strip, and the model's mean with its interval on the same scale."""
    low, high = scale_of(row)
    if not math.isfinite(row.mean):
        return

    def at(value: float) -> float:
        inside = min(1.0, max(0.0, (value - low) / (high - low)))
        return STRIP[0] + (STRIP[1] - STRIP[0]) * inside

    if row.low is not None or row.high is not None:
        left = STRIP[0] if row.low is None else at(row.low)
        right = STRIP[1] if row.high is None else at(row.high)
        axes.barh(y, right - left, 0.62, left, color="#d9d9d9", edgecolor="#8c8c8c", linewidth=0.4)
    colour = {None: NO_BAND, True: MET, False: MISSED}[row.met]
    if math.isfinite(row.mean_low) and math.isfinite(row.mean_high):
        axes.plot([at(row.mean_low), at(row.mean_high)], [y, y], color=colour, linewidth=1.0)
    outside = not low <= row.mean <= high
    marker = (">" if row.mean > high else "<") if outside else "s" if row.met is False else "o"
    axes.plot(at(row.mean), y, marker, color=colour, markersize=3)


def scale_of(row: Row) -> tuple[float, float]:
    """The ends of a row's strip: the band takes its middle half; without one, the interval does."""
    half = max(abs(row.mean_high - row.mean_low), 1e-9) if math.isfinite(row.mean_high - row.mean_low) else 1.0
    if row.low is None and row.high is None:
        return row.mean - half, row.mean + half
    if row.low is None or row.high is None:
        edge = row.low if row.low is not None else row.high
        assert edge is not None
        width = 1.6 * max(abs(row.mean - edge), half)
        return edge - width, edge + width
    width = row.high - row.low
    return row.low - width / 2, row.high + width / 2
