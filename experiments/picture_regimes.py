"""The picture of regimes: how councils fare under each way of deliberating, side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import scenarios as shelf
from ..words import Words, listed, message
from .declared import OUTCOMES
from .provenance import Refusal
from .runs import LEVEL, Comparison, Progress, compare, in_silence, opened
from .statistics import Interval, mean_in
from .style import DOUBLE, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

REGIMES: dict[str, Words] = {
    "cadre": message("cadre"),
    "open_courtyard": message("open courtyard"),
    "eight_rules_majority": message("eight rules majority"),
    "eight_rules_accommodation": message("eight rules accommodation"),
    "near_consensus": message("near consensus"),
    "statutory_quorum": message("statutory quorum"),
    "direct_vote": message("direct vote"),
}
"""The shipped scenarios whose section [deliberation] is a regime, from the least talk to the most, and their names."""

SHOWN = {
    "share_adopted": message("plans adopted"),
    "meeting_minutes": message("length of meetings"),
    "speaking_gini": message("speaking Gini"),
    "consent_losers": message("losers' consent"),
    "consent_winners": message("winners' consent"),
    "days_conflict_median": message("time to resolve"),
    "share_recurred": message("conflicts back again"),
}
"""The outcomes shown, a panel each, and its title."""


def regimes_compared(
    scenario: Any, *, runs: int = 20, size: str = "general_grid", days: int = 365, seed: int = 1,
    workers: int | None = None, regimes: Sequence[str | Path] = tuple(REGIMES), progress: Progress = in_silence,
) -> Comparison:  # fmt: skip
    """The regimes (scenarios by name or path) laid over a scenario, on the same seeds.

    Of a regime its whole section [deliberation] counts. Raises Refusal where fewer than two of them are shipped.
    """
    base = opened(scenario)
    cases = []
    for regime in map(shelf.load, shipped(regimes)):
        procedure = regime.spec.deliberation.model_dump()
        cases.append(replace(base, name=regime.name, spec=base.spec.changed(deliberation=procedure)))
    return compare(cases, runs=runs, size=size, days=days, seed=seed, workers=workers, progress=progress)


def shipped(regimes: Sequence[str | Path]) -> list[str | Path]:
    """Those of the regimes that there are. Raises Refusal if they are fewer than two."""
    there = [regime for regime in regimes if isinstance(regime, Path) or regime in shelf.names()]
    if len(there) < 2:
        raise Refusal(message("a picture of regimes needs two of the scenarios {regimes}", regimes=listed(regimes)))
    return there


def regime_records(comparison: Comparison) -> list[dict[str, Any]]:
    """One tidy record a regime and outcome: the mean over the runs and its interval."""
    records = []
    for name in comparison.names:
        for outcome in SHOWN:
            found = mean_in(OUTCOMES[outcome].unit, comparison.values(name, outcome), LEVEL)
            records.append({
                "regime": name, "outcome": outcome, "unit": OUTCOMES[outcome].unit, "runs": found.n,
                "of_runs": len(comparison.seeds), "mean": found.mean, "low_95": found.low, "high_95": found.high,
            })  # fmt: skip
    return records


def regimes_picture(records: list[dict[str, Any]], lang: str) -> Figure:
    """A panel an outcome; in each a dot with its interval for every regime."""
    regimes = list(dict.fromkeys(record["regime"] for record in records))
    columns = 4
    rows = math.ceil(len(SHOWN) / columns)
    figure = Figure(figsize=(DOUBLE, 0.5 + rows * (0.75 + 0.19 * len(regimes))))
    panels = figure.subplots(rows, columns, squeeze=False)
    for axes, outcome in zip(panels.flat, SHOWN, strict=False):
        mine = {record["regime"]: record for record in records if record["outcome"] == outcome}
        draw_outcome(axes, [mine[regime] for regime in regimes], outcome, lang)
        named = [shown_name(regime, lang) for regime in regimes]
        axes.set_yticks(range(len(regimes)), named if axes in panels[:, 0] else [""] * len(regimes))
        axes.set_ylim(len(regimes) - 0.4, -0.6)
    for axes in panels.flat[len(SHOWN) :]:
        axes.set_axis_off()
    n = max(record["runs"] for record in records)
    note = message("mean and 95 % interval of {n} runs, with the same seeds everywhere", n=n).told(lang)
    if any(0 < 2 * record["runs"] < record["of_runs"] for record in records):
        note = f"{note}; {message('hollow: known in less than half of the runs').told(lang)}"
    figure.suptitle(note, fontsize=8, x=0.01, ha="left")
    return figure


def shown_name(regime: str, lang: str) -> str:
    """What a regime is called on the figure; one that is not shipped keeps its name."""
    return REGIMES[regime].told(lang) if regime in REGIMES else regime


def draw_outcome(axes: Axes, records: list[dict[str, Any]], outcome: str, lang: str) -> None:
    """One panel: a dot and an interval a regime."""
    about = OUTCOMES[outcome]
    for row, record in enumerate(records):
        found = Interval(record["runs"], record["mean"], record["low_95"], record["high_95"])
        dot(axes, row, found, lang, rare=2 * record["runs"] < record["of_runs"])
    axes.set_title(SHOWN[outcome].told(lang))
    axes.set_xlabel(about.unit.told(lang))
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.margins(x=0.12)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    if not any(math.isfinite(record["mean"]) for record in records):
        axes.set_xticks([])


def dot(axes: Axes, row: int, found: Interval, lang: str, *, rare: bool) -> None:
    """One mean with its interval; hollow and without one where it is `rare`; words where there is none at all."""
    if not math.isfinite(found.mean):
        axes.text(0.5, row, message("does not apply").told(lang), transform=axes.get_yaxis_transform(), va="center",
                  ha="center", fontsize=6.5, color="#7f7f7f")  # fmt: skip
        return
    style = look(row)
    half = [[found.mean - found.low], [found.high - found.mean]] if found.n > 1 and not rare else None
    axes.errorbar([found.mean], [row], xerr=half, color=style["color"], marker=style["marker"], capsize=2.5,
                  linewidth=1.2, markersize=4.5, markerfacecolor="white" if rare else style["color"])  # fmt: skip
