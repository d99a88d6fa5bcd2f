"""Figures to take home, of what a page shows: A and B over time, their differences, pair by pair, and the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from ..experiments import picture_map
from ..experiments.picture_fan import over_time
from ..experiments.style import DOUBLE, broken, look, shortened
from ..model.world import World
from ..words import Words, message, message_in

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = np.ndarray[Any, Any]

QUANTILES = (5, 25, 50, 75, 95)
"""Percentages of the runs below the five lines of a band."""

ARMS = ("A", "B")
APART = 3
"""The look of differences between A and B."""


class Apart(Protocol):
    """A mean paired difference with its interval, as `experiments.inference` gives it."""

    @property
    def n(self) -> int:
        """Complete pairs."""
        ...

    @property
    def mean(self) -> float:
        """The mean."""
        ...

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        ...

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        ...

    @property
    def p(self) -> float:
        """Two-sided p."""
        ...


class Outline(NamedTuple):
    """What an outcome is called, its units, and how many decimals it has."""

    label: Words
    """Of the curve."""
    name: Words
    """Of the number that differences are made from."""
    unit: Words
    unit_apart: Words
    digits: int


@dataclass(frozen=True, eq=False)
class Ensemble:
    """All futures of A and B as they are on the page. Outcomes go by their names; differences are B − A."""

    seeds: tuple[int, ...]
    days: Array
    n_days_summed: int
    """Days that `values` and `differences` are counted over, the last ones of the runs."""
    bands: Mapping[str, Mapping[str, Array]]
    """5 × days percentiles (`QUANTILES`) of the runs, by outcome and arm."""
    apart: Mapping[str, Array]
    """The same of the paired differences."""
    values: Mapping[str, Mapping[str, Array]]
    """The number of every run, by outcome and arm, in the order of the seeds."""
    differences: Mapping[str, Apart]
    sentences: Mapping[str, Words]
    outlines: Mapping[str, Outline]
    level: float
    """The level at which the intervals of the differences hold together."""


def ensemble_of(futures: Any, outcomes: Mapping[str, Any], level: float) -> Ensemble:
    """What the page holds (`futures.Futures`, `outlook.OUTCOMES`), as it is taken home."""
    outlines = {name: Outline(o.label, o.name, o.unit, o.unit_apart, o.digits) for name, o in outcomes.items()}
    return Ensemble(
        tuple(int(seed) for seed in futures.seeds), futures.days, futures.n_days_summed, futures.bands, futures.apart,
        futures.values, futures.differences, futures.sentences, outlines, level,
    )  # fmt: skip


def titled(arm: str, name: str) -> str:
    """A branch by its slot, and by its name if it has another."""
    return arm if name in ("", arm) else f"{arm}  {shortened(name, 40)}"


def six_panels(titles: Sequence[str], height: float = 1.9) -> tuple[Figure, list[Axes]]:
    """A panel an outcome, three in a row, each under its title."""
    rows = -(-len(titles) // 3)
    figure = Figure(figsize=(DOUBLE, 0.7 + height * rows))
    panels = list(figure.subplots(rows, 3, squeeze=False).flat)
    for axes, title in zip(panels, titles, strict=False):
        axes.set_title(broken(title, 34), fontsize=7.5)
    for axes in panels[len(titles) :]:
        axes.set_axis_off()
    return figure, panels


def fans(ensemble: Ensemble, names: tuple[str, str], lang: str) -> Figure:
    """A and B over time: the median run, and bands that hold 50 and 90 % of the runs."""
    figure, panels = six_panels([outline.label.told(lang) for outline in ensemble.outlines.values()])
    for axes, (outcome, outline) in zip(panels, ensemble.outlines.items(), strict=False):
        for k, arm in enumerate(ARMS):
            band(axes, ensemble.days, ensemble.bands[outcome][arm], k, titled(arm, names[k]))
        over_time(axes, ensemble.days, lang)
        axes.set_ylabel(outline.unit.told(lang))
        thousands(axes)
    lines, labels = panels[0].get_legend_handles_labels()
    said = message("{n} pairs: the same people and the same luck; bands hold 50 and 90 % of the runs",
                   n=len(ensemble.seeds))  # fmt: skip
    figure.legend(lines, labels, loc="outside lower center", ncols=2, title_fontsize=7, title=said.told(lang))
    return figure


def band(axes: Axes, days: Array, lines: Array, k: int, label: str) -> None:
    """A median with its two bands, in the k-th look."""
    style, (low, lower, median, upper, high) = look(k), lines
    axes.fill_between(days, low, high, color=style["color"], alpha=0.13, linewidth=0)
    axes.fill_between(days, lower, upper, color=style["color"], alpha=0.25, linewidth=0)
    axes.plot(days, median, color=style["color"], linestyle="-" if k == APART else style["linestyle"], label=label)


def thousands(axes: Axes) -> None:
    """Few ticks on the upright axis, thousands apart."""
    axes.yaxis.set_major_locator(MaxNLocator(4))
    if max(np.abs(axes.get_ylim())) >= 1_000:
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def differences(ensemble: Ensemble, names: tuple[str, str], lang: str) -> Figure:
    """B less A over time: the median pair, and bands that hold 50 and 90 % of the pairs."""
    figure, panels = six_panels([outline.label.told(lang) for outline in ensemble.outlines.values()])
    for axes, (outcome, outline) in zip(panels, ensemble.outlines.items(), strict=False):
        band(axes, ensemble.days, ensemble.apart[outcome], APART, apart_in_words(names, lang))
        over_time(axes, ensemble.days, lang)
        axes.axhline(0.0, color="#666666", linewidth=0.8)
        known = ensemble.apart[outcome][np.isfinite(ensemble.apart[outcome])]
        low, high = known.min(initial=0.0), known.max(initial=0.0)
        room = 0.06 * (high - low) or 1.0
        axes.set_ylim(low - room, high + room)
        axes.set_ylabel(outline.unit_apart.told(lang))
        thousands(axes)
    lines, labels = panels[0].get_legend_handles_labels()
    said = message("{n} pairs; bands hold 50 and 90 % of the differences", n=len(ensemble.seeds))
    figure.legend(lines, labels, loc="outside lower center", title_fontsize=7, title=said.told(lang))
    return figure


def apart_in_words(names: tuple[str, str], lang: str) -> str:
    """What is taken from what."""
    a, b = (
        arm if name in ("", arm) else f"{arm} ({shortened(name, 30)})" for arm, name in zip(ARMS, names, strict=True)
    )
    return message("difference: {b} − {a}", a=a, b=b).told(lang)


def pairs(ensemble: Ensemble, lang: str) -> Figure:
    """A dot for every pair of runs, and the mean difference with its interval above them."""
    figure, panels = six_panels([outline.name.told(lang) for outline in ensemble.outlines.values()], 1.15)
    for axes, (outcome, outline) in zip(panels, ensemble.outlines.items(), strict=False):
        values = ensemble.values[outcome]
        dots(axes, values["B"] - values["A"], ensemble.differences[outcome], lang)
        axes.set_xlabel(outline.unit_apart.told(lang))
    title = message(
        "B − A over the last {days} days: each dot a pair; bar: mean and {level:.0f} % interval of {n} pairs",
        days=ensemble.n_days_summed, level=100 * ensemble.level, n=len(ensemble.seeds),
    )  # fmt: skip
    figure.suptitle(title.told(lang), fontsize=7.5, x=0.01, ha="left")
    return figure


def dots(axes: Axes, values: Array, apart: Apart, lang: str) -> None:
    """The pairs of one outcome, spread a little so that equal ones are seen, and their mean with its interval."""
    values, style = values[np.isfinite(values)], look(APART)
    axes.axvline(0.0, color="#666666", linewidth=0.8)
    axes.set(ylim=(-0.7, 1.0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", visible=True)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    if not len(values):
        axes.text(0.5, 0.5, message("does not apply").told(lang), transform=axes.transAxes, ha="center", fontsize=7)
        return
    spread = -0.1 - 0.45 * (np.arange(len(values)) * 0.618 % 1.0)
    axes.plot(values, spread, ".", color=style["color"], alpha=0.55, markersize=4.5, markeredgewidth=0)
    known = np.isfinite(apart.low)
    half = [[apart.mean - apart.low], [apart.high - apart.mean]] if known else None
    told = known and (apart.low > 0.0 or apart.high < 0.0)
    axes.errorbar([apart.mean], [0.45], xerr=half, color="#000000", marker="D", capsize=3, linewidth=1.3, markersize=5,
                  markerfacecolor="#000000" if told else "white")  # fmt: skip
    axes.margins(x=0.12)


def maps(worlds: tuple[World, World], names: tuple[str, str], lang: str) -> Figure:
    """A and B beside each other on the same evening: unresolved issues by building, on one scale."""
    plan = picture_map.plan_of(worlds[0])
    low = plan.general_grids[:, :2].min(0)
    high = (plan.general_grids[:, :2] + plan.general_grids[:, 2:]).max(0)
    wide, tall = high - low + 2.0
    inch = min(0.44 * DOUBLE / wide, 4.4 / tall)
    figure = Figure(figsize=(DOUBLE, 1.0 + inch * tall))
    coloured, panels = [], figure.subplots(1, 2)
    for axes, world, arm, name in zip(panels, worlds, ARMS, names, strict=True):
        picture_map.draw_grids(axes, plan)
        picture_map.draw_ties(axes, world, plan)
        coloured.append(picture_map.draw_buildings(axes, world, plan, "issues"))
        picture_map.draw_people(axes, world, plan, 72.0 * inch)
        axes.set(xlim=(low[0] - 1, high[0] + 1), ylim=(low[1] - 1, high[1] + 1), aspect="equal")
        axes.set_axis_off()
        axes.set_title(titled(arm, name))
    most = max(each.get_clim()[1] for each in coloured)
    for each in coloured:
        each.set_clim(0, most)
    bar = figure.colorbar(coloured[0], ax=panels, shrink=0.7, aspect=30, pad=0.01,
                          label=message_in("workshop", "unresolved issues in the building").told(lang))  # fmt: skip
    bar.outline.set_linewidth(0.4)
    bar.locator = MaxNLocator(5, integer=True)
    town = worlds[0].town
    said = message("day {day}, seed {seed}", day=int(town["day"][0]) - 1, seed=int(town["seed"][0])).told(lang)
    figure.legend(handles=picture_map.keys(worlds[0], lang), loc="outside lower center", ncols=4, title=said,
                  title_fontsize=7)  # fmt: skip
    return figure
