"""Response curves: how outcomes answer to one factor of a batch, a line a scenario, with intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, NullLocator, StrMethodFormatter

from ..words import message
from .declared import OUTCOMES
from .statistics import mean_in
from .style import DOUBLE, apart_enough, broken, legend_columns, look, shortened, width_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WIDE = 50.0
"""From this ratio of the largest to the smallest setting on, settings stand by their logarithm."""


def curve_records(runs: pd.DataFrame, factor: str, outcomes: Iterable[str]) -> list[dict[str, Any]]:
    """One tidy record an outcome, scenario and setting of the factor: the mean over the runs and its 95 % interval.

    `runs` has a row a run, with the columns `scenario`, the factor, and one column an outcome.
    """
    records = []
    for (scenario, setting), rows in runs.groupby(["scenario", factor], sort=True):
        for outcome in outcomes:
            found = mean_in(OUTCOMES[outcome].unit, rows[outcome].to_numpy(float))
            records.append({
                "scenario": scenario, "factor": factor, "setting": setting, "outcome": outcome,
                "unit": OUTCOMES[outcome].unit, "runs": found.n, "mean": found.mean, "low_95": found.low,
                "high_95": found.high,
            })  # fmt: skip
    return records


def curve_picture(records: Sequence[dict[str, Any]], unit: str, lang: str) -> Figure:
    """A panel an outcome, a line a scenario over the settings of the factor (whose unit is given)."""
    outcomes = list(dict.fromkeys(record["outcome"] for record in records))
    scenarios = list(dict.fromkeys(record["scenario"] for record in records))
    settings = sorted({record["setting"] for record in records})
    columns = min(3, len(outcomes))
    rows = math.ceil(len(outcomes) / columns)
    figure = Figure(figsize=(DOUBLE, 0.75 + 1.75 * rows))
    panels = figure.subplots(rows, columns, squeeze=False)
    for place, (axes, outcome) in enumerate(zip(panels.flat, outcomes, strict=False)):
        for k, scenario in enumerate(scenarios):
            mine = [r for r in records if (r["scenario"], r["outcome"]) == (scenario, outcome)]
            line(axes, mine, settings, (k, len(scenarios)))
        axes.set_title(broken(OUTCOMES[outcome].label.told(lang), 28))
        axes.set_ylabel(OUTCOMES[outcome].unit.told(lang))
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
        setting_axis(axes, settings)
        if place + columns >= len(outcomes):
            axes.set_xlabel(axis_label(records[0]["factor"], unit))
    for axes in panels.flat[len(outcomes) :]:
        axes.set_axis_off()
    n = max(record["runs"] for record in records)
    note = message("mean and 95 % interval of {n} runs, with the same seeds everywhere", n=n).told(lang)
    if smallest_of_many(settings) is not None:
        note = f"{note}; {message('settings stand by their logarithm').told(lang)}"
    lines = panels.flat[0].get_legend_handles_labels()[0]
    labels = [shortened(scenario, 60) for scenario in scenarios]
    figure.legend(lines, labels, loc="outside lower center", ncols=legend_columns(labels), title=note,
                  title_fontsize=7)  # fmt: skip
    return figure


def axis_label(factor: str, unit: str) -> str:
    """The factor as scenario files name it, and its unit, in two lines where one would be too long."""
    name, unit = factor.rsplit(".", 1)[-1], f"({unit})"
    return f"{name} {unit}" if width_of(name + unit) < 28 else f"{name}\n{unit}"


def measurable(settings: Sequence[Any]) -> bool:
    """Whether settings are numbers, which have distances, and not names or yes and no."""
    return all(isinstance(s, int | float | np.number) and not isinstance(s, bool | np.bool_) for s in settings)


def smallest_of_many(settings: Sequence[Any]) -> float | None:
    """The smallest setting above 0 if the settings span so much that they stand by their logarithm; else None."""
    if not measurable(settings) or min(settings) < 0:
        return None
    above = [float(setting) for setting in settings if setting > 0]
    return min(above) if len(above) > 1 and max(above) >= WIDE * min(above) else None


def placed(setting: Any, settings: Sequence[Any]) -> float:
    """Where a setting stands: by itself, by its logarithm (0 a step below the smallest), or, if a name, by its rank."""
    if not measurable(settings):
        return float(list(settings).index(setting))
    smallest = smallest_of_many(settings)
    if smallest is None:
        return float(setting)
    return math.log10(setting) if setting > 0 else math.log10(smallest) - 0.7


def line(axes: Axes, records: list[dict[str, Any]], settings: Sequence[Any], which: tuple[int, int]) -> None:
    """One scenario: its means with intervals, joined where settings are numbers; lines stand a little apart."""
    k, n = which
    records = sorted(records, key=lambda record: settings.index(record["setting"]))
    at = np.array([placed(record["setting"], settings) for record in records])
    span = placed(settings[-1], settings) - placed(settings[0], settings)
    at = at + 0.012 * (span or 1.0) * (k - (n - 1) / 2)
    mean, low, high = (np.array([r[name] for r in records], float) for name in ("mean", "low_95", "high_95"))
    half = [np.nan_to_num(mean - low), np.nan_to_num(high - mean)]
    style = dict(look(k))
    joined = style.pop("linestyle") if measurable(settings) else ""
    drawn = axes.errorbar(at, mean, yerr=half, capsize=2, linewidth=1.0, elinewidth=0.8, linestyle=joined, **style)
    drawn.set_label(records[0]["scenario"] if records else "")


def setting_axis(axes: Axes, settings: Sequence[Any]) -> None:
    """A tick a setting, but no more than fit."""
    if measurable(settings) and smallest_of_many(settings) is None:
        axes.xaxis.set_major_locator(MaxNLocator(5))
        return
    places = [placed(setting, settings) for setting in settings]
    shown = apart_enough(places, 0.17)
    names = [f"{s:,g}" if measurable(settings) else shortened(str(s), 12) for s in settings]
    axes.set_xticks([places[k] for k in shown], [names[k] for k in shown])
    axes.xaxis.set_minor_locator(NullLocator())
