"""The picture of one town lived twice: when residents and issues parted, and the way from the lever to some ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .style import DOUBLE, look, shortened, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .twins.diffing import Twins

MOST = 8
"""Chains that have room."""

word = words({
    "residents": "居民(人)",
    "issues": "议题(个)",
    "for whom something went otherwise so far": "至今有所不同的居民",
    "for which something went otherwise so far": "至今有所不同的议题",
    "days after the policy begins": "政策启动后天数",
    "first effect of the lever": "杠杆的第一个效应",
    "on the way": "途中",
    "the end that is explained": "所解释的结果",
    "what it came of was not found": "未找到其由来",
    "from the lever to the end, one row a chain: each mark is a step without which the next would not differ":
        "从杠杆到结果，每行一条链：每个标记是一步，没有它，下一步就不会不同",
})  # fmt: skip


def twins_picture(twins: Twins, lang: str) -> Figure:
    """Above, how many residents and issues have parted so far; below, a row a chain, a mark a link."""
    chains = twins.told[:MOST]
    figure = Figure(figsize=(DOUBLE, 2.3 + 0.34 * max(1, len(chains))))
    upper, lower = figure.subfigures(2, 1, height_ratios=(1.75, 0.55 + 0.34 * max(1, len(chains))))
    of_people, of_issues = upper.subplots(1, 2)
    parted(of_people, [events[0].day for events in twins.first_of_resident.values()], twins.days, 1)
    parted(of_issues, [events[0].day for events in twins.first_of_issue.values()], twins.days, 2)
    for axes, unit, title in ((of_people, "residents", "for whom something went otherwise so far"),
                              (of_issues, "issues", "for which something went otherwise so far")):  # fmt: skip
        axes.set_ylabel(word(unit, lang))
        axes.set_title(word(title, lang), fontsize=8, loc="left")
        axes.set_xlabel(word("days after the policy begins", lang))
    axes = lower.subplots()
    ways(axes, twins, lang)
    return figure


def parted(axes: Axes, days: list[int], n_days: int, k: int) -> None:
    """How many have parted by the end of each day."""
    so_far = np.cumsum(np.bincount(np.asarray(days, int), minlength=n_days)[:n_days])
    axes.step(np.arange(n_days), so_far, where="post", color=look(k)["color"], linewidth=1.2)
    axes.set_xlim(0, n_days)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.grid(visible=True, axis="y")


def ways(axes: Axes, twins: Twins, lang: str) -> None:
    """A row a chain, with the sentence of its end above it."""
    chains = twins.told[:MOST]
    kinds = {"first effect of the lever": ("^", "#D55E00"), "on the way": ("o", "#8c8c8c"),
             "the end that is explained": ("s", "#0072B2")}  # fmt: skip
    for row, chain in enumerate(chains):
        days = [link.difference.when.day for link in chain.links]
        y = row + 0.25
        said = shortened(twins.end(chain.end, lang), 104 if lang == "en" else 100)
        axes.annotate(said if days else f"{said} – {word('what it came of was not found', lang)}", (0.004, row - 0.2),
                      xycoords=axes.get_yaxis_transform(), fontsize=7, va="center")  # fmt: skip
        axes.plot(days or [chain.end.day], [y] * max(1, len(days)), color="#bfbfbf", linewidth=1, zorder=1)
        marks = {"on the way": days[1:-1], "first effect of the lever": days[:1], "the end that is explained": days[-1:]}
        for kind, at in marks.items():
            marker, colour = kinds[kind]
            axes.plot(at, [y] * len(at), marker, color=colour, markersize=5 if kind != "on the way" else 3.5,
                      label=word(kind, lang) if row == 0 else None, zorder=2, clip_on=False)  # fmt: skip
    axes.set_xlim(0, twins.days)
    axes.set_ylim(max(1, len(chains)) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(word("days after the policy begins", lang))
    axes.set_title(word("from the lever to the end, one row a chain: each mark is a step without which the next would not"
                        " differ", lang), fontsize=8, loc="left")  # fmt: skip
    if chains:
        axes.figure.legend(loc="outside lower center", ncols=3)
