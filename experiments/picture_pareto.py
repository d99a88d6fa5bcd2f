"""The Pareto front: two outcomes over the points of a batch, and which points no other one betters in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from ..words import listed, message
from .declared import OUTCOMES, Outcome
from .provenance import Refusal
from .style import DOUBLE, look, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

MOST_NAMED = 16
"""Points of the front that are named beside the figure."""


def pareto_front(x: ArrayLike, y: ArrayLike, better: tuple[int, int]) -> np.ndarray[Any, Any]:
    """Which points lie on the front. `better` says of x and of y whether more (1) or less (-1) of it is better.

    A point is off the front if another is at least as good in both and better in one. Not-a-number is never on it.
    """
    at = np.column_stack([np.asarray(x, float) * better[0], np.asarray(y, float) * better[1]])
    known = np.isfinite(at).all(axis=1)
    beaten = np.array([
        bool((known & (at >= point).all(axis=1) & (at > point).any(axis=1)).any()) for point in at
    ], dtype=bool)  # fmt: skip
    found: np.ndarray[Any, Any] = known & ~beaten
    return found


def direction(outcome: str) -> int:
    """Whether more (1) or less (-1) of an outcome is better. Raises Refusal for one that is neither."""
    about = OUTCOMES.get(outcome)
    if about is None or about.better == 0:
        judged = listed(o.name for o in OUTCOMES.values() if o.main and o.better)
        raise Refusal(message(
            "the outcome {outcome!r} cannot be an axis of a front, for more of it is neither better nor worse; "
            "there are for instance {judged}", outcome=outcome, judged=judged,
        ))  # fmt: skip
    return about.better


def pareto_picture(records: Sequence[dict[str, Any]], outcomes: tuple[str, str], lang: str) -> Figure:
    """The points with their intervals; those on the front are filled, joined, numbered, and named at the side.

    `records` have `name`, `runs`, and `x`, `x_low`, `x_high`, `y`, `y_low`, `y_high`.
    """
    better = direction(outcomes[0]), direction(outcomes[1])
    x, y = (np.array([record[name] for record in records], float) for name in "xy")
    front = pareto_front(x, y, better)
    order = [k for k in np.argsort(x, kind="stable").tolist() if front[k]]
    figure = Figure(figsize=(DOUBLE, 3.4))
    axes, side = figure.subplots(1, 2, width_ratios=(3, 2))
    draw_points(axes, records, front, lang)
    axes.step(x[order], y[order], where="pre" if better[0] > 0 else "post", color=look(2)["color"],
              linewidth=0.8, linestyle="--", zorder=1)  # fmt: skip
    finish(axes, outcomes, better, lang)
    numbered(axes, x[order], y[order])
    name_front(side, [records[k]["name"] for k in order], lang)
    n = max(record["runs"] for record in records)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, title_fontsize=7,
                  title=message("mean and 95 % interval of {n} runs", n=n).told(lang))  # fmt: skip
    return figure


def draw_points(axes: Axes, records: Sequence[dict[str, Any]], front: np.ndarray[Any, Any], lang: str) -> None:
    """The points, those of the front in a colour and with another mark."""
    for on, k, label in ((False, 0, message("bettered by another point in both")),
                         (True, 2, message("on the front: no other point is better in both"))):  # fmt: skip
        mine = [record for record, there in zip(records, front, strict=True) if there == on]
        if not mine:
            continue
        x, x_low, x_high, y, y_low, y_high = (
            np.array([record[name] for record in mine], float)
            for name in ("x", "x_low", "x_high", "y", "y_low", "y_high")
        )
        style = look(k)
        colour, size = (style["color"], 5) if on else ("#8c8c8c", 3)
        axes.errorbar(x, y, xerr=np.nan_to_num([x - x_low, x_high - x]), yerr=np.nan_to_num([y - y_low, y_high - y]),
                      linestyle="", marker=style["marker"], color=colour, markersize=size, linewidth=0.7,
                      markerfacecolor=colour if on else "white", label=label.told(lang), zorder=2 + on)  # fmt: skip


def finish(axes: Axes, outcomes: tuple[str, str], better: tuple[int, int], lang: str) -> None:
    """The axes: outcome, unit, and which way is better."""
    arrows = {1: message("better →").told(lang), -1: message("← better").told(lang)}
    axes.set_xlabel(f"{labelled(OUTCOMES[outcomes[0]], lang)}   {arrows[better[0]]}")
    axes.set_ylabel(f"{labelled(OUTCOMES[outcomes[1]], lang)}\n{arrows[better[1]]}")
    axes.grid(visible=True)
    axes.margins(0.08)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5))
        axis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))


def labelled(outcome: Outcome, lang: str) -> str:
    """An outcome's label and unit."""
    return message("{label} ({unit})", label=outcome.label, unit=outcome.unit).told(lang)


def numbered(axes: Axes, x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> None:
    """Numbers beside the points of the front, each where it stands farthest from all other points and numbers."""
    if not len(x):
        return
    to_screen, height = axes.transLimits.transform, 3.0
    points = to_screen(np.column_stack([x, y])) * (4.0, height)
    corners = np.column_stack([points[1:, 0], points[:-1, 1]]), np.column_stack([points[:-1, 0], points[1:, 1]])
    taken = [*points, *corners[0], *corners[1]]
    for number, point in enumerate(points[:MOST_NAMED], 1):
        angles = np.pi / 4 * (np.arange(8) + 1)
        spots = point + 0.15 * np.column_stack([np.cos(angles), np.sin(angles)])
        free = [min(float(np.hypot(*(spot - other))) for other in taken) for spot in spots]
        best = spots[int(np.argmax(np.round(free, 3)))]
        taken.append(best)
        axes.annotate(str(number), (x[number - 1], y[number - 1]), 72 * (best - point), textcoords="offset points",
                      ha="center", va="center", fontsize=7, zorder=4)  # fmt: skip


def name_front(axes: Axes, names: list[str], lang: str) -> None:
    """The names of the points on the front, by number."""
    axes.set_axis_off()
    lines = [f"{number:>2}  {shortened(name, 34)}" for number, name in enumerate(names[:MOST_NAMED], 1)]
    if len(names) > MOST_NAMED:
        lines.append(message("and {n} more", n=len(names) - MOST_NAMED).told(lang))
    axes.text(0.0, 1.0, "\n".join(lines), va="top", fontsize=7, linespacing=1.5)
