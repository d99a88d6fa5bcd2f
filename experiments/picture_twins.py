"""The picture of one town lived twice: when residents and issues parted, and the way from the lever to some ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ..words import Words, message, message_in, pair
from .style import DOUBLE, broken, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 6
"""Chains that have room."""
WIDE = {"en": (120, 128), "zh": (120, 126)}
"""Letters in a line of 7 points, and of 6.5."""
LINE = 0.125
"""Inches from one line to the next."""
BETWEEN = 2.0
"""Lines that the marks of a chain and the gap below it take."""


class Told(NamedTuple):
    """A chain as it is drawn: its end and its links."""

    end: Words
    end_day: int
    links: tuple[tuple[int, Words], ...]
    """Day, and in a few words what came to differ."""


class Parted(NamedTuple):
    """Two lives as they are drawn."""

    names: tuple[str, str]
    days: int
    n_residents: int
    residents: list[int]
    """For each resident for whom something differs, the first day."""
    issues: list[int]
    """The same of issues."""
    chains: list[Told]

    def so_far(self) -> list[dict[str, int]]:
        """A record a day: how many have parted by its end."""
        counts = (parted_by(days, self.days).tolist() for days in (self.residents, self.issues))
        rows = zip(*counts, strict=True)
        return [{"day": day, "residents": people, "issues": issues} for day, (people, issues) in enumerate(rows)]


def parted(
    names: Sequence[str], days: int, found: Mapping[str, Any], records: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Parted:
    """Two lives as they are drawn, from their tables (`Twins.records`, or as they are read back)."""
    chains: dict[int, list[Mapping[str, Any]]] = {}
    for row in records.get("chains", ()):
        chains.setdefault(int(row["chain"]), []).append(row)
    told = [
        Told(pair(rows[0]["end"], rows[0]["end_zh"]), int(rows[0]["end_day"]),
             tuple((int(row["day"]), pair(row["brief"], row["brief_zh"])) for row in rows if row["brief"]))
        for rows in chains.values()
    ]  # fmt: skip
    people, issues = ([int(row["first_day"]) for row in records.get(name, ())] for name in ("residents", "issues"))
    return Parted((names[0], names[1]), days, int(found["of_residents"]), people, issues, told)


def parted_by(first_days: Sequence[int], n_days: int) -> np.ndarray[Any, Any]:
    """How many have parted by the end of each day."""
    return np.cumsum(np.bincount(np.asarray(first_days, int), minlength=n_days)[:n_days])


def twins_picture(twins: Parted, lang: str) -> Figure:
    """Above, how many residents and issues have parted so far; below, a row a chain, a mark a link."""
    texts = [row_of(chain, lang) for chain in twins.chains[:MOST]]
    lines = [end.count("\n") + way.count("\n") + 2 for end, way in texts]
    below = LINE * sum(n + BETWEEN for n in lines)
    figure = Figure(figsize=(DOUBLE, 1.75 + (below + 0.9 if texts else 0.0)))
    grid = figure.add_gridspec(2 if texts else 1, 2, height_ratios=(1.2, below) if texts else (1.0,))
    people = message("residents for whom something differs so far").told(lang)
    of_all = message("of {n}", n=twins.n_residents).told(lang)
    of_issues = message("issues for which something differs so far").told(lang)
    for k, (unit, days, title) in enumerate(
        (
            (message_in("figure", "residents"), twins.residents, f"{people} ({of_all})"),
            (message_in("figure", "issues"), twins.issues, of_issues),
        )
    ):
        axes = figure.add_subplot(grid[0, k])
        counted(axes, parted_by(days, twins.days), k + 1)
        axes.set_ylabel(unit.told(lang))
        axes.set_title(title, loc="left")
        axes.set_xlabel(message("days after the policy begins").told(lang))
    if texts:
        ways(figure.add_subplot(grid[1, :]), twins, texts, lines, lang)
    return figure


def row_of(chain: Told, lang: str) -> tuple[str, str]:
    """What is written over a chain and under it."""
    if not chain.links:
        return broken(chain.end.told(lang), WIDE[lang][0]), message("what this came of was not found").told(lang)
    said, last = [], None
    for day, brief in chain.links:
        said.append((brief if day == last else message("day {n}: {what}", n=day, what=brief)).told(lang))
        last = day
    return broken(chain.end.told(lang), WIDE[lang][0]), broken(" → ".join(said), WIDE[lang][1])


def counted(axes: Axes, so_far: np.ndarray[Any, Any], k: int) -> None:
    """How many have parted by the end of each day."""
    axes.step(np.arange(len(so_far)), so_far, where="post", color=look(k)["color"], linewidth=1.2)
    axes.set_xlim(0, len(so_far))
    axes.set_ylim(0, max(1, 1.05 * so_far[-1]))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))


FIRST, ON_THE_WAY, LAST = message("first effect of the lever"), message("on the way"), message("what is explained")

KINDS: dict[Words, dict[str, Any]] = {
    FIRST: {"marker": "^", "color": "#D55E00", "markersize": 5.0, "zorder": 3},
    ON_THE_WAY: {"marker": "o", "color": "#8c8c8c", "markersize": 3.5, "zorder": 2},
    LAST: {
        "marker": "s", "color": "#0072B2", "markersize": 7.5, "markerfacecolor": "none", "zorder": 3},
}  # fmt: skip
"""How the marks of a chain look. The last is hollow: others may lie in it."""


def ways(axes: Axes, twins: Parted, texts: list[tuple[str, str]], lines: list[int], lang: str) -> None:
    """A row a chain: the sentence of its end, its marks, and in small letters what they stand for."""
    tops = np.concatenate([[0.0], np.cumsum([n + BETWEEN for n in lines])])
    for row, (chain, (end, way)) in enumerate(zip(twins.chains, texts, strict=False)):
        place = axes.get_yaxis_transform()
        axes.text(0.0, tops[row], end, transform=place, fontsize=7, va="top", in_layout=False)
        y = tops[row] + end.count("\n") + 1.75
        marked(axes, chain, y)
        axes.text(0.0, y + 0.55, way, transform=place, fontsize=6.5, va="top", color="#595959", in_layout=False)
    axes.set_xlim(0, twins.days)
    axes.set_ylim(tops[-1], -0.3)
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(message("days after the policy begins").told(lang))
    lead = message("from the lever to what is explained: without one mark, the next would not differ")
    values = message("in brackets: under {a} | under {b}", a=twins.names[0], b=twins.names[1]).told(lang)
    axes.set_title(f"{lead.told(lang)}\n{broken(values, WIDE[lang][0] - 8)}", loc="left")
    handles = [Line2D([], [], linestyle="none", label=kind.told(lang), **looks) for kind, looks in KINDS.items()]
    axes.figure.legend(handles=handles, loc="outside lower center", ncols=3)


def marked(axes: Axes, chain: Told, y: float) -> None:
    """The marks of a chain."""
    days = [day for day, *_ in chain.links]
    axes.plot(days or [chain.end_day], [y] * max(1, len(days)), color="#bfbfbf", linewidth=1, zorder=1)
    at = {FIRST: days[:1], ON_THE_WAY: days[1:-1], LAST: days[-1:]}
    for kind, where in at.items():
        if where:
            axes.plot(where, [y] * len(where), linestyle="none", clip_on=False, **KINDS[kind])
