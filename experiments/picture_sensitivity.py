"""Sensitivity bars: how much each factor matters for each outcome, with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..words import message
from .declared import OUTCOMES
from .provenance import Refusal
from .style import DOUBLE, SINGLE, broken, look, shortened

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


MOST = 20
"""Factors that have room; the others matter less."""


def rank_correlations(runs: pd.DataFrame, factors: Sequence[str], outcomes: Sequence[str]) -> list[dict[str, Any]]:
    """One tidy record a factor and outcome: the partial rank correlation (−1 to 1), with Fisher's 95 % interval.

    `runs` has a row a run, with the columns `scenario`, `name` (of the point), the factors, and the outcomes. Each
    point counts once, with its mean over the seeds; the other factors and the scenario are held. Factors that are
    names have no ranks and are left out. Raises Refusal where points are too few. Source: Marino et al., J. Theor.
    Biol. 254, 2008.
    """
    import pandas as pd

    ranked_factors = [name for name in factors if pd.api.types.is_numeric_dtype(runs[name])]
    keys = ["name", "scenario", *ranked_factors]
    points = runs.groupby(keys, sort=False)[list(outcomes)].mean().reset_index()
    held = pd.get_dummies(points["scenario"], drop_first=True).to_numpy(float)
    fewest = len(ranked_factors) + held.shape[1] + 5
    if not ranked_factors or len(points) < fewest:
        raise Refusal(message(
            "a sensitivity needs factors that are numbers, and {fewest} points or more; there are {factors} and "
            "{points}", fewest=fewest, factors=len(ranked_factors), points=len(points),
        ))  # fmt: skip
    given = np.column_stack([points[ranked_factors].rank().to_numpy(float), held])
    records = []
    for outcome in outcomes:
        known = points[outcome].notna().to_numpy()
        ranks = np.column_stack([given[known], points[outcome][known].rank().to_numpy(float)])
        for factor, r in zip(ranked_factors, partial_correlations(ranks), strict=False):
            half = 1.959964 / math.sqrt(max(1, len(ranks) - given.shape[1] - 2))
            z = math.atanh(min(max(r, -1 + 1e-12), 1 - 1e-12))
            records.append({"factor": factor, "outcome": outcome, "points": len(ranks), "estimate": r,
                            "low": math.tanh(z - half), "high": math.tanh(z + half)})  # fmt: skip
    return records


NOTHING = 1e-9
"""A coefficient, or a rest of variance, this small is rounding."""


def partial_correlations(columns: np.ndarray[Any, Any]) -> list[float]:
    """The correlation of each column but the last with the last one, all others held; not-a-number if one is constant.

    With S the correlations of the others, r theirs with the last and p the diagonal of the inverse of S, the
    coefficients are b = S⁻¹ r and the partial correlations b/√p ÷ √(b²/p + 1 − r·b).
    """
    spread = columns.std(axis=0)
    there = spread[:-1] > 0.0
    if len(columns) < 3 or spread[-1] == 0.0 or not there.any():
        return [math.nan] * (columns.shape[1] - 1)
    correlation = np.corrcoef(columns[:, spread > 0.0], rowvar=False)
    r = correlation[:-1, -1]
    inverse = np.linalg.pinv(correlation[:-1, :-1], hermitian=True)
    b = inverse @ r
    own = np.where(np.abs(b) < NOTHING, 0.0, b) / np.sqrt(inverse.diagonal())
    left = max(0.0, 1.0 - float(r @ b))
    size = np.sqrt(own**2 + (left if left > NOTHING else 0.0))
    found = iter(np.divide(own, size, out=np.zeros_like(own), where=size > 0.0))
    return [float(next(found)) if varies else math.nan for varies in there]


def sensitivity_picture(records: Sequence[dict[str, Any]], measure: str, lang: str) -> Figure:
    """A panel an outcome, a bar a factor, the one that matters most on top; the thin lines are intervals.

    `records` have `factor`, `outcome`, `estimate`, `low` and `high`; `measure` is what an estimate is, with its
    unit. A bar whose interval holds 0 is hollow.
    """
    outcomes = list(dict.fromkeys(record["outcome"] for record in records))
    factors = ranked(records)[:MOST]
    columns = min(3, len(outcomes))
    rows = math.ceil(len(outcomes) / columns)
    figure = Figure(figsize=(DOUBLE if len(outcomes) > 1 else SINGLE, 0.45 + rows * (0.5 + 0.17 * len(factors))))
    panels = figure.subplots(rows, columns, squeeze=False, sharey=True)
    for axes, outcome in zip(panels.flat, outcomes, strict=False):
        mine = {record["factor"]: record for record in records if record["outcome"] == outcome}
        bars(axes, [mine.get(factor) for factor in factors])
        if not any(math.isfinite(record["estimate"]) for record in mine.values()):
            axes.text(0.5, 0.5, message("does not vary").told(lang), transform=axes.transAxes, ha="center", va="center",
                      color="#666666", fontsize=7)  # fmt: skip
            axes.set_xlim(-1.0, 1.0)
        finish(axes, outcome, factors, lang)
    for axes in panels.flat[len(outcomes) :]:
        axes.set_axis_off()
    ends = [float(r[name]) for r in records for name in ("estimate", "low", "high") if math.isfinite(r[name])]
    if ends and max(map(abs, ends)) <= 1.0:  # shares and correlations are read across panels
        for axes in panels.flat[: len(outcomes)]:
            axes.set_xlim(1.04 * min(0.0, *ends), 1.04 * max(0.0, *ends))
    figure.supxlabel(measure, fontsize=8)
    return figure


def ranked(records: Sequence[dict[str, Any]]) -> list[str]:
    """The factors, the one first whose share of all that matters is largest on average over the outcomes."""
    totals: dict[str, float] = {}
    weight: dict[str, float] = dict.fromkeys((record["factor"] for record in records), 0.0)
    for record in records:
        totals[record["outcome"]] = totals.get(record["outcome"], 0.0) + abs(np.nan_to_num(record["estimate"]))
    for record in records:
        weight[record["factor"]] += abs(np.nan_to_num(record["estimate"])) / (totals[record["outcome"]] or 1.0)
    return sorted(weight, key=lambda factor: -weight[factor])


def bars(axes: Axes, records: Sequence[dict[str, Any] | None]) -> None:
    """The bars of one outcome, row by row; nothing where nothing was estimated."""
    for row, record in enumerate(records):
        if record is None or not math.isfinite(record["estimate"]):
            continue
        estimate, low, high = (float(record[name]) for name in ("estimate", "low", "high"))
        told = low > 0.0 or high < 0.0
        colour = look(2 if estimate >= 0 else 1)["color"]
        axes.barh(row, estimate, 0.62, color=colour if told else "white", edgecolor=colour, linewidth=0.8,
                  hatch="" if estimate >= 0 else "////")  # fmt: skip
        if math.isfinite(low) and math.isfinite(high):
            axes.errorbar([estimate], [row], xerr=[[max(0.0, estimate - low)], [max(0.0, high - estimate)]],
                          color="black", linewidth=0.9, capsize=2)  # fmt: skip


def finish(axes: Axes, outcome: str, factors: list[str], lang: str) -> None:
    """Title, the line of no effect, and the factors' names as scenario files have them."""
    about = OUTCOMES.get(outcome)
    label = outcome if about is None else about.label.told(lang)
    axes.set_title(broken(label, 24))
    axes.axvline(0.0, color="#666666", linewidth=0.8)
    axes.set_yticks(range(len(factors)), [shortened(factor, 38) for factor in factors])
    axes.set_ylim(len(factors) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.spines["left"].set_visible(False)
