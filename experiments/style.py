"""How figures look: a journal's column widths, colours that all eyes can tell apart, English or Chinese labels."""

from __future__ import annotations

import contextlib
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..words import message_in

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SINGLE = 3.5
"""Width of a single column (inches)."""
DOUBLE = 7.0
"""Width of a double column (inches)."""
DPI = 200

LOOKS: tuple[dict[str, Any], ...] = (
    {"color": "#000000", "linestyle": "-", "marker": "o"},
    {"color": "#D55E00", "linestyle": "--", "marker": "s"},
    {"color": "#0072B2", "linestyle": "-.", "marker": "^"},
    {"color": "#009E73", "linestyle": ":", "marker": "D"},
    {"color": "#CC79A7", "linestyle": (0, (5, 1, 1, 1, 1, 1)), "marker": "v"},
    {"color": "#56B4E9", "linestyle": (0, (8, 2)), "marker": "P"},
    {"color": "#E69F00", "linestyle": (0, (2, 1)), "marker": "X"},
)
"""Colours of Okabe and Ito (2008), each with a line and a marker of its own, so that they differ in grey too."""

HATCHES = ("", "////", "....", "xxxx")

CHINESE = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimHei", "Noto Serif CJK SC",
    "Source Han Serif SC", "Noto Sans CJK JP", "Droid Sans Fallback", "Arial Unicode MS", "SimSun",
)  # fmt: skip
"""Fonts with Chinese glyphs, the best first."""

NO_CHINESE = message_in(
    "on this machine",
    "no font with Chinese characters is installed (such as Noto Sans CJK), so the labels are in English",
)

_SETTINGS: dict[str, Any] = {
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.titlelocation": "left",
    "axes.labelsize": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.unicode_minus": True,
    "grid.linewidth": 0.4,
    "grid.color": "#d9d9d9",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "lines.linewidth": 1.2,
    "lines.markersize": 3.5,
    "hatch.linewidth": 0.5,
    "svg.hashsalt": "linli",
    "figure.constrained_layout.use": True,
}


def look(number: int) -> dict[str, Any]:
    """Colour, line and marker of the number-th thing drawn."""
    return LOOKS[number % len(LOOKS)]


@lru_cache(maxsize=1)
def chinese_font() -> str | None:
    """The name of an installed font with Chinese glyphs, or None."""
    from matplotlib import font_manager

    manager = font_manager.fontManager
    found = best_of(manager)
    if found is None:  # Matplotlib remembers the fonts of its first day; one may have been installed since
        known = {font.fname for font in manager.ttflist}
        for path in sorted(set(font_manager.findSystemFonts()) - known):
            with contextlib.suppress(OSError, RuntimeError):  # a file that cannot be read as a font
                manager.addfont(path)
        found = best_of(manager)
    return found


def best_of(manager: Any) -> str | None:
    """The best of the fonts with Chinese glyphs that a font manager knows, or None."""
    installed = {font.name for font in manager.ttflist}
    return next((name for name in CHINESE if name in installed), None)


def settings(lang: str) -> Any:
    """Matplotlib's settings for labels in this language."""
    font = chinese_font() if lang == "zh" else None
    return _SETTINGS | ({"font.sans-serif": [font, "DejaVu Sans"], "font.family": "sans-serif"} if font else {})


@contextlib.contextmanager
def drawing(lang: str = "en") -> Iterator[str]:
    """Draw inside this; it gives the language that labels can really be drawn in."""
    import matplotlib

    if lang == "zh" and chinese_font() is None:
        warnings.warn(NO_CHINESE, stacklevel=4)
        lang = "en"
    with matplotlib.rc_context(settings(lang)):
        yield lang


def settle(figure: Figure) -> None:
    """Find the layout once, and let it be.

    Places are rounded: the last bits that the solver of the layout gives depend on where things lie in memory, and
    the same figure should be the same file.
    """
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        x, y, width, height = (round(float(edge), 6) for edge in axes.get_position(original=True).bounds)
        axes.set_position((x, y, width, height), which="original")


def save(figure: Figure, stem: Path, lang: str = "en", about: str = "") -> list[Path]:
    """Write a figure as PNG and SVG (to temporary names first); `about` is kept in both files, unseen."""
    import matplotlib

    written = []
    said = {"Description": about} if about else {}
    with matplotlib.rc_context(settings(lang)):
        settle(figure)
        for ending, metadata in (("png", said), ("svg", {"Date": None, **said})):
            path = stem.with_name(f"{stem.name}.{ending}")
            temporary = path.with_name(path.name + ".part")
            figure.savefig(temporary, format=ending, dpi=DPI, metadata=metadata)
            os.replace(temporary, path)
            written.append(path)
    return written


def width_of(text: str) -> int:
    """About how wide a text is, in Latin letters; a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def shortened(name: str, most: int) -> str:
    """A name with its middle left out, so that it is at most so many Latin letters wide."""
    if width_of(name) <= most:
        return name
    head, tail = name, name
    while width_of(head) > (most - 1) // 2:
        head = head[:-1]
    while width_of(tail) > most - 1 - width_of(head):
        tail = tail[1:]
    return f"{head}…{tail}"


def legend_columns(labels: Iterable[str], width: float = DOUBLE, most: int = 4) -> int:
    """How many of these labels (7 points high) stand beside each other in so many inches."""
    widest = max((width_of(label) for label in labels), default=1)
    return max(1, min(most, int(width / (0.062 * widest + 0.55))))


def broken(text: str, most: int) -> str:
    """A text in lines at most so many Latin letters wide; Chinese, which has no spaces, may break at every character.

    No line begins with a Chinese comma or the like, or ends with an opening bracket.
    """
    lines = [""]
    for piece in re.findall(r"[“（]*[\u2e80-\uffef][”，。：；、）]*|[^\s\u2e80-\uffef]+\s*|\s+", text):
        if lines[-1] and width_of(lines[-1] + piece.rstrip()) > most:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def apart_enough(places: Sequence[float], least: float) -> list[int]:
    """Which of these ascending places on an axis keep `least` of its length between them; the ends always stay."""
    span = (places[-1] - places[0]) or 1.0
    kept = [0] if len(places) else []
    for k in range(1, len(places) - 1):
        if min(places[k] - places[kept[-1]], places[-1] - places[k]) >= least * span:
            kept.append(k)
    return kept + ([len(places) - 1] if len(places) > 1 else [])
