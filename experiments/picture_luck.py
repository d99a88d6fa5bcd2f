"""The audit of shared luck: how alike the runs of a pair are, and how many runs that saved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator, StrMethodFormatter

from ..words import message
from .declared import OUTCOMES
from .inference.shared_luck import shared_luck
from .style import DOUBLE, legend_columns, look, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 4
"""Scenarios that have room beside each other in a row."""
FEWEST = 4
"""Pairs from which on a correlation has an interval."""


Values = np.ndarray[Any, Any]


def luck_record(scenario: str, outcome: str, first: Values, other: Values) -> dict[str, Any]:
    """The correlation of the pairs with its 95 % interval (Fisher's z), and how many unpaired runs one pair is worth.

    `first` and `other` hold an outcome seed by seed; pairs of which a half is not a number are left out.
    Not-a-number where an outcome never varies or pairs are fewer than three.
    """
    luck = shared_luck(other, first)
    n, r, worth = int(luck.n[0]), float(luck.correlation[0]), float(luck.variance_ratio[0])
    low = high = math.nan
    if n < 3 or math.isnan(r):
        r = worth = math.nan
    elif n >= FEWEST and abs(r) < 1.0:
        z, half = math.atanh(r), 1.959964 / math.sqrt(n - 3)
        low, high = math.tanh(z - half), math.tanh(z + half)
    worth = worth if math.isfinite(worth) else math.nan
    return {"scenario": scenario, "outcome": outcome, "pairs": n, "correlation": r, "low_95": low, "high_95": high,
            "unpaired_runs_per_pair": worth}  # fmt: skip


def luck_picture(records: Sequence[dict[str, Any]], lang: str) -> Figure:
    """Left: the correlation of the pairs of each outcome; right: how many unpaired runs a paired one is worth."""
    outcomes = list(dict.fromkeys(record["outcome"] for record in records))
    scenarios = list(dict.fromkeys(record["scenario"] for record in records))[:MOST]
    figure = Figure(figsize=(DOUBLE, 1.0 + len(outcomes) * (0.12 + 0.12 * len(scenarios))))
    left, right = figure.subplots(1, 2, sharey=True)
    for k, scenario in enumerate(scenarios):
        shift = 0.7 * ((k + 0.5) / len(scenarios) - 0.5)
        mine = {record["outcome"]: record for record in records if record["scenario"] == scenario}
        draw(left, right, [mine[outcome] for outcome in outcomes], (k, shift))
    finish(left, right, outcomes, lang)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, [shortened(label, 40) for label in labels], loc="outside lower center", title_fontsize=7,
                  ncols=legend_columns(labels), title=message("intervals hold 95 %").told(lang))  # fmt: skip
    return figure


def draw(left: Axes, right: Axes, records: Sequence[dict[str, Any]], which: tuple[int, float]) -> None:
    """One scenario's correlations and what its pairs are worth."""
    k, shift = which
    rows = np.arange(len(records)) + shift
    r, low, high, worth = (
        np.array([record[name] for record in records], float)
        for name in ("correlation", "low_95", "high_95", "unpaired_runs_per_pair")
    )
    style = look(k + 1)
    mark: dict[str, Any] = {"color": style["color"], "marker": style["marker"], "linestyle": ""}
    left.errorbar(r, rows, xerr=np.nan_to_num([r - low, high - r]), capsize=2, linewidth=0.9, markersize=4,
                  label=records[0]["scenario"], **mark)  # fmt: skip
    right.hlines(rows, 1.0, worth, color=style["color"], linewidth=0.9)
    right.plot(worth, rows, markersize=4, **mark)


def finish(left: Axes, right: Axes, outcomes: list[str], lang: str) -> None:
    """Titles, the lines of no saving, and the outcomes' names."""
    labels = [OUTCOMES[name].label.told(lang) for name in outcomes]
    left.set_yticks(range(len(outcomes)), [shortened(label, 34) for label in labels])
    left.set_ylim(len(outcomes) - 0.4, -0.6)
    left.set_xlim(min(-0.05, left.get_xlim()[0]), 1.03)
    left.set_title(message("correlation of the pairs").told(lang))
    left.set_xlabel(message("correlation (−1 to 1)").told(lang))
    left.axvline(0.0, color="#666666", linewidth=0.8)
    right.set_title(message("what pairing saves").told(lang))
    right.set_xlabel(message("unpaired runs worth one paired (logarithmic)").told(lang))
    right.axvline(1.0, color="#666666", linewidth=0.8)
    right.set_xscale("log")
    left.xaxis.set_major_locator(MaxNLocator(5))
    right.xaxis.set_major_locator(LogLocator(numticks=6))
    right.xaxis.set_minor_locator(NullLocator())
    right.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    for axes in (left, right):
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", visible=True)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
