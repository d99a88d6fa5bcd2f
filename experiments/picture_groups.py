"""Who benefits and who bears: the differences a scenario makes, group by group, as small multiples."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from ..words import message
from .groups import GROUPINGS
from .style import DOUBLE, broken, legend_columns, look, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = ("share_active", "acts_per_adult", "reports_per_1000", "share_attending", "points_per_head")
"""The outcomes of groups that are drawn, a column each."""
WIDE = 1.5
"""An interval wider than so many times the widest of nine in ten runs over the edge, so that the others can be seen."""
MOST = 3
"""Scenarios that have room in a row."""


def groups_picture(records: Sequence[dict[str, Any]], lang: str, outcomes: Sequence[str] = SHOWN) -> Figure:
    """A column an outcome, a row a grouping: the difference to the first scenario in each group, with its interval.

    `records` are those of `Comparison.groups()`: with names in both languages, and difference, low_95 and high_95.
    """
    apart = [record for record in records if record["compared_with"] and record["outcome"] in outcomes]
    scenarios = list(dict.fromkeys(record["scenario"] for record in apart))[:MOST]
    columns = [name for name in outcomes if any(record["outcome"] == name for record in apart)]
    groupings: dict[str, dict[str, dict[str, Any]]] = {}
    for record in apart:
        groupings.setdefault(record["grouping"], {}).setdefault(record["group"], record)
    heights = [len(groups) * (0.13 + 0.07 * len(scenarios)) + 0.1 for groups in groupings.values()]
    figure = Figure(figsize=(DOUBLE, 1.3 + sum(heights)))
    panels = figure.subplots(len(groupings), len(columns), squeeze=False, sharex="col", height_ratios=heights)
    for row, (grouping, groups) in enumerate(groupings.items()):
        for column, outcome in enumerate(columns):
            axes = panels[row, column]
            mine = [r for r in apart if (r["grouping"], r["outcome"]) == (grouping, outcome)]
            for k, scenario in enumerate(scenarios):
                shift = 0.7 * ((k + 0.5) / len(scenarios) - 0.5)
                draw(axes, {r["group"]: r for r in mine if r["scenario"] == scenario}, list(groups), (k, shift))
            finish(axes, list(groups.values()), lang, named=column == 0)
    for column, outcome in enumerate(columns):
        keep_in_view(list(panels[:, column]), [record for record in apart if record["outcome"] == outcome])
    head(panels, columns, apart, lang)
    shown_names(figure, scenarios, apart[0]["compared_with"], lang)
    return figure


def draw(axes: Axes, of: dict[str, dict[str, Any]], groups: Sequence[str], which: tuple[int, float]) -> None:
    """A scenario's difference in each group: filled where its sign can be told, hollow where it cannot."""
    k, shift = which
    style = look(k + 1)
    for row, group in enumerate(groups):
        record = of.get(group)
        if record is None or not math.isfinite(record["difference"]):
            continue
        mean, low, high = (float(record[name]) for name in ("difference", "low_95", "high_95"))
        half = [[mean - low], [high - mean]] if math.isfinite(low) else None
        told = low > 0.0 or high < 0.0
        axes.errorbar([mean], [row + shift], xerr=half, color=style["color"], marker=style["marker"], markersize=3,
                      linewidth=0.9, markerfacecolor=style["color"] if told else "white")  # fmt: skip


def keep_in_view(panels: Sequence[Axes], records: Sequence[dict[str, Any]]) -> None:
    """Axes wide enough for all means and nearly all intervals; an arrow at the edge says that one goes on."""
    known = [(r["difference"], r["low_95"], r["high_95"]) for r in records if math.isfinite(r["low_95"])]
    widths = sorted(high - low for _, low, high in known if high > low)
    widest = WIDE * widths[int(0.9 * len(widths))] if widths else math.inf
    if not widths or widths[-1] <= widest:
        return
    ends = [end for mean, low, high in known for end in ((mean,) if high - low > widest else (low, high))]
    rim = 0.06 * (max(0.0, *ends) - min(0.0, *ends))
    left, right = min(0.0, *ends) - rim, max(0.0, *ends) + rim
    panels[0].set_xlim(left, right)
    for axes in panels:
        for bar in axes.containers:
            show_where_it_goes_on(axes, bar, left, right)


def show_where_it_goes_on(axes: Axes, bar: Any, left: float, right: float) -> None:
    """Arrowheads on the edges that an interval runs over."""
    for lines in bar.lines[2]:
        for (low, y), (high, _) in lines.get_segments():
            for edge, marker, over in ((left, "<", low < left), (right, ">", high > right)):
                if over:
                    axes.plot([edge], [y], marker, color=lines.get_color()[0], markersize=3, clip_on=False, zorder=4)


def finish(axes: Axes, groups: Sequence[dict[str, Any]], lang: str, *, named: bool) -> None:
    """The groups' names at the left, the line of no difference, a light grid."""
    suffix = "_zh" if lang == "zh" else ""
    axes.axvline(0.0, color="#666666", linewidth=0.8)
    axes.set_yticks(range(len(groups)), [shortened(g["group" + suffix], 24) if named else "" for g in groups])
    axes.set_ylim(len(groups) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(3))
    if max(map(abs, axes.get_xlim())) >= 1_000.0:
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    if named:
        about = GROUPINGS[groups[0]["grouping"]]
        axes.set_ylabel(broken(about.label.told(lang), 12), fontsize=7, rotation=0, ha="right",
                        va="center")  # fmt: skip
        axes.yaxis.set_label_coords(-0.95, 0.5)


def head(panels: Any, columns: Sequence[str], records: Sequence[dict[str, Any]], lang: str) -> None:
    """Above each column what it shows, below it the unit in which differences are read."""
    suffix = "_zh" if lang == "zh" else ""
    for column, outcome in enumerate(columns):
        record = next(r for r in records if r["outcome"] == outcome)
        panels[0, column].set_title(broken(record["label" + suffix], 16), fontsize=7)
        points = record["unit"].startswith("%")
        unit = message("percentage points").told(lang) if points else record["unit" + suffix]
        panels[-1, column].set_xlabel(broken(unit, 16), fontsize=7)


def shown_names(figure: Figure, scenarios: Sequence[str], first: str, lang: str) -> None:
    """One legend for all panels."""
    from matplotlib.lines import Line2D

    keys = [Line2D([], [], color=look(k + 1)["color"], marker=look(k + 1)["marker"]) for k in range(len(scenarios))]
    note = message(
        "difference to {name}; mean and 95 % interval; filled: it does not hold 0; arrow: it goes on",
        name=shortened(first, 40),
    ).told(lang)
    labels = [shortened(scenario, 50) for scenario in scenarios]
    figure.legend(keys, labels, loc="outside lower center", ncols=legend_columns(labels), title=note, title_fontsize=7)
