"""Fan charts: the runs of each scenario over time, as a median and bands that hold 50 and 90 % of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from ..words import message
from .series import SERIES
from .statistics import Bands, bands_of
from .style import DOUBLE, legend_columns, look, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Runs = np.ndarray[Any, Any]
MOST = 6
"""Scenarios beside the first that have a row of their own; the rest would leave none of them legible."""


def series_label(name: str, lang: str) -> str:
    """What a weekly series is called."""
    return SERIES[name].label.told(lang)


def series_unit(name: str, lang: str) -> str:
    """The unit of a weekly series."""
    return SERIES[name].unit.told(lang)


def smoothed(values: np.ndarray[Any, Any], weeks: int = 4) -> np.ndarray[Any, Any]:
    """The mean of each week and up to three before it, along the last axis."""
    total = np.cumsum(values, axis=-1)
    n = np.minimum(np.arange(values.shape[-1]) + 1, weeks)
    before = np.zeros_like(total)
    before[..., weeks:] = total[..., :-weeks]
    found: np.ndarray[Any, Any] = (total - before) / n
    return found


def over_time(axes: Axes, days: np.ndarray[Any, Any], lang: str, *, labelled: bool = True) -> None:
    """The time axis: recorded days, ticks at round numbers of months."""
    last = int(days[-1]) + 1
    step = next((s for s in (1, 2, 7, 14, 30, 60, 90, 180, 365, 730) if last / s <= 7), 1460)
    axes.set_xticks(np.arange(0, last + 1, step))
    axes.set_xlim(0, 1.01 * last)
    axes.set_ylim(bottom=0)
    axes.tick_params(axis="x", labelbottom=labelled)
    if labelled:
        axes.set_xlabel(message("days since the levers were set").told(lang))


def markers(n: int) -> int:
    """How many points apart markers stand, for about eight on a line."""
    return max(1, n // 8)


def fan_records(days: Runs, runs: Mapping[str, Mapping[str, Runs]]) -> list[dict[str, Any]]:
    """One tidy record a series, scenario and week: the median and the bands, as they are drawn."""
    records = []
    for series, of in runs.items():
        for scenario, values in of.items():
            if not len(values):
                continue
            bands = drawn_bands(values, series)
            records += [
                {"series": series, "unit": SERIES[series].unit, "scenario": scenario, "day": int(day),
                 "runs": len(values), **{name: float(v) for name, v in zip(bands._fields, week, strict=True)}}
                for day, week in zip(days, np.transpose(bands), strict=True)
            ]  # fmt: skip
    return records


def drawn_bands(runs: Runs, series: str) -> Bands:
    """The bands of a series (runs × weeks); what is summed over weeks is smoothed."""
    return bands_of(runs if SERIES[series].stock else smoothed(runs))


def fans_picture(days: Runs, runs: Mapping[str, Mapping[str, Runs]], lang: str) -> Figure:
    """A column a series, a row a scenario beside the first (or the only one alone).

    `runs` holds, by series of `SERIES` and scenario, arrays of runs × weeks; `days` the last day of each week.
    """
    first, *others = next(iter(runs.values()))
    shown = others[:MOST] or [first]
    figure = Figure(figsize=(DOUBLE, 1.25 + 1.45 * len(shown)))
    panels = figure.subplots(len(shown), len(runs), squeeze=False, sharey="col", sharex=True)
    for k, (series, of) in enumerate(runs.items()):
        panels[0, k].set_title(series_label(series, lang))
        for row, other in enumerate(shown):
            fan(panels[row, k], days, (0, first), of[first], series)
            if other != first:
                fan(panels[row, k], days, (row + 1, other), of[other], series)
            panels[row, k].set_ylabel(unit_over_time(series, lang))
    for row, other in enumerate(shown):
        for axes in panels[row]:
            over_time(axes, days, lang, labelled=other == shown[-1])
        panels[row, -1].text(1.03, 0.5, shortened(other, 24), rotation=270, va="center", fontsize=7,
                             transform=panels[row, -1].transAxes)  # fmt: skip
    n_runs = max(len(values) for of in runs.values() for values in of.values())
    named_below(figure, panels[:, 0], n_runs, lang)
    return figure


def unit_over_time(series: str, lang: str) -> str:
    """The unit of a series, and that what is summed over weeks is smoothed."""
    return series_unit(series, lang) + ("" if SERIES[series].stock else f"\n({message('4-week mean').told(lang)})")


def fan(axes: Axes, days: Runs, scenario: tuple[int, str], runs: Runs, series: str) -> None:
    """The median of a scenario's runs (runs × weeks) over time with its bands."""
    k, label = scenario
    if not len(runs):
        return
    bands = drawn_bands(runs, series)
    style = look(k)
    axes.fill_between(days, bands.low_90, bands.high_90, color=style["color"], alpha=0.13, linewidth=0)
    axes.fill_between(days, bands.low_50, bands.high_50, color=style["color"], alpha=0.25, linewidth=0)
    axes.plot(days, bands.median, label=label, markevery=(min(k, 1) * 3, markers(len(days))), **style)


def named_below(figure: Figure, panels: Iterable[Axes], n_runs: int, lang: str) -> None:
    """One legend for all panels, and what lines and bands are."""
    shown: dict[str, Any] = {}
    for axes in panels:
        shown.update(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    note = message("median of {n} runs; bands hold 50 and 90 %", n=n_runs).told(lang)
    labels = [shortened(label, 60) for label in shown]
    figure.legend(list(shown.values()), labels, loc="outside lower center", ncols=legend_columns(labels), title=note,
                  title_fontsize=7)  # fmt: skip
