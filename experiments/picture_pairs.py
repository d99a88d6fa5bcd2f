"""The picture of pairs: the difference that each seed shows, with their mean and its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from ..words import message
from .declared import OUTCOMES
from .figures import finish_difference
from .inference.comparing import LEVEL
from .inference.contrasts import intervals
from .statistics import Interval
from .style import DOUBLE, look, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 8
"""Scenarios beside the first that have room."""


def pairs_picture(first: str, differences: Mapping[str, Mapping[str, np.ndarray[Any, Any]]], lang: str) -> Figure:
    """A panel an outcome, a row a scenario: a dot for every pair of runs, mean and interval above them.

    `differences` holds, by outcome and scenario, the paired differences to `first`, seed by seed.
    """
    others = list(next(iter(differences.values())))[:MOST]
    columns = min(3, len(differences))
    rows = math.ceil(len(differences) / columns)
    figure = Figure(figsize=(DOUBLE, 0.55 + rows * (0.72 + 0.3 * len(others))))
    panels = figure.subplots(rows, columns, squeeze=False)
    table = np.stack([np.stack(list(by_scenario.values()), axis=1) for by_scenario in differences.values()], axis=1)
    alone, quoted = intervals(table.astype(float), LEVEL)
    for k, (axes, (outcome, by_scenario)) in enumerate(zip(panels.flat, differences.items(), strict=False)):
        for row, name in enumerate(others):
            mean = Interval(alone.n[k, row], alone.mean[k, row], quoted.low[k, row], quoted.high[k, row])
            dots(axes, row, by_scenario[name], mean, lang)
        finish_difference(axes, OUTCOMES[outcome], others, lang, named=axes in panels[:, 0])
        axes.set_ylim(len(others) - 0.45, -0.55)
    for axes in panels.flat[len(differences) :]:
        axes.set_axis_off()
    n = max(len(values) for by_scenario in differences.values() for values in by_scenario.values())
    figure.suptitle(
        message(
            "difference to {name}: each dot a seed; the mark and bar: mean and 95 % interval of {n} pairs",
            name=shortened(first, 30),
            n=n,
        ).told(lang),
        fontsize=8, x=0.01, ha="left",
    )  # fmt: skip
    return figure


def dots(axes: Axes, row: int, values: np.ndarray[Any, Any], mean: Interval, lang: str) -> None:
    """The pairs of one scenario, spread a little so that equal ones are seen, and their mean with its interval."""
    values = values[np.isfinite(values)]
    if not len(values):
        axes.annotate(message("does not apply").told(lang), (0, row), (4, 0), textcoords="offset points", va="center",
                      fontsize=7, color="#595959")  # fmt: skip
        return
    style = look(row + 1)
    spread = row + 0.06 + 0.26 * (np.arange(len(values)) % 5) / 4
    axes.plot(values, spread, ".", color=style["color"], alpha=0.6, markersize=4.5, markeredgewidth=0)
    half = [[mean.mean - mean.low], [mean.high - mean.mean]] if mean.n > 1 else None
    filling = "white" if mean.holds_zero else style["color"]
    axes.errorbar([mean.mean], [row - 0.18], xerr=half, color=style["color"], marker=style["marker"], capsize=2.5,
                  linewidth=1.2, markersize=4.5, markerfacecolor=filling)  # fmt: skip
