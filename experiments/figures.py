"""The figures: one run over time, and scenarios compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from ..model.regime import Rule
from ..words import message, message_in
from .outcomes import OUTCOMES, Outcome
from .picture_fan import fans_picture, markers, over_time, series_label, series_unit, smoothed
from .statistics import Interval
from .style import DOUBLE, HATCHES, LOOKS, SINGLE, look, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .runs import Comparison

MOST = 24
"""Scenarios beside the first that the figure of differences has rows for."""


class Paired(Protocol):
    """What the figure of differences asks of a comparison, however it was run or read."""

    @property
    def names(self) -> list[str]:
        """The scenarios' names, the one compared with first."""
        ...

    @property
    def seeds(self) -> Sequence[int]:
        """The seeds, the same for every scenario."""
        ...

    def difference(self, scenario: str, outcome: str) -> Interval:
        """The paired difference of a scenario to the first, with its interval."""
        ...


def two_panels() -> tuple[Figure, Axes, Axes]:
    """A single-column figure with one panel above the other."""
    figure = Figure(figsize=(SINGLE, 4.0))
    upper, lower = figure.subplots(2, 1)
    return figure, upper, lower


def titled(axes: Axes, title: str, unit: str) -> None:
    """Name what a panel shows, and its unit on the axis."""
    axes.set_title(title)
    axes.set_ylabel(unit)


def participation_of_run(weekly: dict[str, np.ndarray[Any, Any]], lang: str) -> Figure:
    """Active share and acts per week of one run."""
    figure, upper, lower = two_panels()
    days = weekly["day"]
    upper.plot(days, weekly["share_active_30"], color=LOOKS[2]["color"])
    titled(upper, series_label("share_active_30", lang), series_unit("share_active_30", lang))
    lower.bar(days - 3, weekly["acts"], width=6.2, color="#bdbdbd")
    lower.plot(days, smoothed(weekly["acts"]), color=LOOKS[1]["color"], label=message("4-week mean").told(lang))
    lower.legend(loc="lower right", facecolor="white", framealpha=0.8, frameon=True, edgecolor="none")
    titled(lower, series_label("acts", lang), series_unit("acts", lang))
    over_time(upper, days, lang, labelled=False)
    over_time(lower, days, lang)
    lower.set_ylim(0, 1.08 * max(1.0, weekly["acts"].max()))
    lower.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    return figure


def issues_of_run(weekly: dict[str, np.ndarray[Any, Any]], lang: str) -> Figure:
    """Issues arisen, first reported and resolved per week, and the open stock, of one run."""
    figure, upper, lower = two_panels()
    days = weekly["day"]
    for k, name in enumerate(("arisen", "first_reported", "resolved")):
        line = smoothed(weekly[name])
        upper.plot(days, line, label=series_label(name, lang), markevery=markers(len(days)), **look(k))
    above_panel(upper, 3)
    upper.set_ylabel(f"{series_unit('arisen', lang)}\n({message('4-week mean').told(lang)})")
    lower.plot(days, weekly["open"], color=LOOKS[2]["color"])
    titled(lower, series_label("open", lang), series_unit("open", lang))
    over_time(upper, days, lang, labelled=False)
    over_time(lower, days, lang)
    return figure


def above_panel(axes: Axes, columns: int) -> None:
    """A legend over the panel, where it covers nothing."""
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=columns, columnspacing=1.0, borderaxespad=0.2)


FATES = (
    message("plan adopted"),
    message("plan rejected"),
    message("put off: too few came"),
    message_in("figure", "decided by the cadre"),
)
FATE_COLOURS = ("#0072B2", "#D55E00", "#bdbdbd", "#F0E442")


def fate_of(meetings: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which of `FATES` each matter before a council met."""
    cadre = meetings["rule"] == Rule.CADRE
    return np.select([meetings["deferred"], cadre, meetings["adopted"]], [2, 3, 0], 1)


def meetings_of_run(meetings: np.ndarray[Any, Any], n_days: int, lang: str) -> Figure:
    """What became of the matters before the councils, and how many residents came, in one run."""
    figure, upper, lower = two_panels()
    bottom = np.zeros(max(1, n_days // 28))  # whole stretches of 4 weeks, or the little there is
    meetings = meetings[meetings["day"] >= 0]
    fates = fate_of(meetings)
    in_bars = meetings["day"] < 28 * len(bottom)
    for k in np.unique(fates):
        fate, at = FATES[k], meetings["day"][(fates == k) & in_bars] // 28
        counts = np.bincount(at, minlength=len(bottom)).astype(float)
        upper.bar(np.arange(len(bottom)) * 28 + 14, counts, 25, bottom, label=fate.told(lang), linewidth=0.4,
                  color=FATE_COLOURS[k], hatch=HATCHES[k], edgecolor="black")  # fmt: skip
        bottom += counts
    if len(meetings):
        above_panel(upper, 2)
    upper.set_ylim(0, 1.06 * max(1.0, bottom.max()))
    upper.set_ylabel(message("matters in 4 weeks").told(lang))
    upper.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    attendance(lower, meetings[fates < 3], lang)
    ends = np.array([n_days - 1])
    over_time(upper, ends, lang, labelled=False)
    over_time(lower, ends, lang)
    return figure


def attendance(axes: Axes, meetings: np.ndarray[Any, Any], lang: str) -> None:
    """A dot for each meeting that residents were invited to."""
    axes.set_ylabel(message("residents at the meeting").told(lang))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    if not len(meetings):
        axes.text(0.5, 0.5, message("no residents came to a meeting").told(lang), transform=axes.transAxes, ha="center")
        return
    put_off = meetings["deferred"]
    looks = ((message("meeting held"), "o", "#0072B2", ~put_off), (FATES[2], "x", "#7f7f7f", put_off))
    for label, marker, colour, rows in looks:
        days, came = meetings["day"][rows], meetings["n_attending"][rows]
        axes.plot(days, came, marker, color=colour, markersize=2.5, alpha=0.7, clip_on=False, label=label.told(lang))
    above_panel(axes, 2)


def unit_of_difference(outcome: Outcome, lang: str) -> str:
    """The unit in which a difference of this outcome is read."""
    if outcome.unit.startswith("%"):
        return message("percentage points").told(lang)
    return outcome.unit.told(lang)


def differences(comparison: Paired, lang: str, outcomes: Sequence[str] = ()) -> Figure:
    """Paired differences of outcomes (the main ones) to the first scenario, in their own units, with 95 % intervals."""
    others = comparison.names[1 : MOST + 1]
    main = [outcome for outcome in OUTCOMES.values() if outcome.main]
    known = [o for o in main if any(comparison.difference(name, o.name).n > 1 for name in others)]
    chosen = [OUTCOMES[name] for name in outcomes] or known or main
    rows = math.ceil(len(chosen) / 3)
    figure = Figure(figsize=(DOUBLE, 0.55 + rows * (0.72 + 0.16 * len(others))))
    panels = figure.subplots(rows, 3, squeeze=False)
    for axes, outcome in zip(panels.flat, chosen, strict=False):
        for k, name in enumerate(others):
            dot_with_interval(axes, k, comparison.difference(name, outcome.name), lang)
        finish_difference(axes, outcome, others, lang, named=axes in panels[:, 0])
    for axes in panels.flat[len(chosen) :]:
        axes.set_axis_off()
    figure.suptitle(
        message(
            "difference to {name}: mean and 95 % interval of {n} paired runs (filled: its interval does not hold 0)",
            name=shortened(comparison.names[0], 30),
            n=len(comparison.seeds),
        ).told(lang),
        fontsize=8, x=0.01, ha="left",
    )  # fmt: skip
    return figure


def dot_with_interval(axes: Axes, row: int, apart: Interval, lang: str) -> None:
    """One difference: filled where its sign can be told, hollow where it cannot."""
    if not math.isfinite(apart.mean):
        axes.annotate(message("does not apply").told(lang), (0, row), (4, 0), textcoords="offset points", va="center",
                      fontsize=7, color="#595959")  # fmt: skip
        return
    style = look(row + 1)
    half = [[apart.mean - apart.low], [apart.high - apart.mean]] if apart.n > 1 else None
    filling = "white" if apart.holds_zero else style["color"]
    axes.errorbar([apart.mean], [row], xerr=half, color=style["color"], marker=style["marker"], capsize=2.5,
                  linewidth=1.2, markersize=5, markerfacecolor=filling)  # fmt: skip


def finish_difference(axes: Axes, outcome: Outcome, others: list[str], lang: str, *, named: bool) -> None:
    """Title, unit, the line of no difference, and the scenarios' names."""
    axes.axvline(0, color="#666666", linewidth=0.8)
    axes.set_title(outcome.label.told(lang))
    axes.set_xlabel(unit_of_difference(outcome, lang))
    axes.set_yticks(range(len(others)), [shortened(name, 22) if named else "" for name in others])
    axes.set_ylim(len(others) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    if max(np.abs(axes.get_xlim())) >= 1000:
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def participation_compared(comparison: Comparison, lang: str) -> Figure:
    """Active share and acts per week of each scenario, with bands."""
    return compared_over_time(comparison, ("share_active_30", "acts"), lang)


def issues_compared(comparison: Comparison, lang: str) -> Figure:
    """Issues first reported and resolved per week, and the open stock, of each scenario, with bands."""
    return compared_over_time(comparison, ("first_reported", "resolved", "open"), lang)


def compared_over_time(comparison: Comparison, series: tuple[str, ...], lang: str) -> Figure:
    """A column a series, a row a scenario beside the first: medians, and bands that hold 50 and 90 % of the runs."""
    days = next(iter(comparison.good.values())).weekly["day"]
    return fans_picture(days, {s: {n: comparison.series(n, s) for n in comparison.names} for s in series}, lang)
