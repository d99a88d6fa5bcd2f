"""The picture of the life of issues: where they stand over time, and how long each step takes, by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..model import world as worlds
from ..model.issues import Kind, State
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World
from ..words import Words, message, message_in
from .kinds import kind_label
from .picture_fan import over_time
from .runs import Progress, in_silence
from .series import WEEK
from .style import DOUBLE, LOOKS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN = 90
"""Days after birth that the curves show."""

PLACES: dict[Words, tuple[State, ...]] = {
    message_in("figure", "in work"): (State.IN_WORK,),
    message("waiting for hands"): (State.KNOWN, State.QUEUED, State.ESCALATED, State.REOPENED),
    message_in("figure", "on the council's agenda"): (State.ON_AGENDA,),
    message("closed on paper, still there"): (State.CLOSED_UNRESOLVED,),
    message("not yet detected"): (State.LATENT,),
}
"""Where an unresolved issue can stand, and the states that mean it."""

COLOURS = ("#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#d9d9d9")
HATCHES = ("", "", "////", "....", "")

STEPS = {
    message("detected"): "detected",
    message_in("figure", "closed"): "closed_day",
    message("truly resolved"): "resolved_day",
}
"""The steps of an issue's life, and the field that holds the day."""


class Life(NamedTuple):
    """What the picture shows: the town at the end, and the counts of `PLACES` at the end of each recorded week."""

    world: World
    days: np.ndarray[Any, Any]
    counts: np.ndarray[Any, Any]
    """Issues: weeks × places."""


def standing(world: World) -> list[int]:
    """How many unresolved issues stand at each of `PLACES` today. Those closed on paper count while they are there."""
    issues = worlds.table(world, "issues")
    there = issues[issues["visible"]]
    return [int(np.isin(there["state"], states).sum()) for states in PLACES.values()]


def life_of(baseline: Spec, spec: Spec, size: str, seed: int, n_days: int, progress: Progress = in_silence) -> Life:
    """A town lived week by week, and where its issues stood at the end of each."""
    progress("burning in", 0, n_days)
    world = day_zero(baseline, size, seed)
    days, counts = [-1], [standing(world)]
    for first in range(0, n_days, WEEK):
        progress("living", first, n_days)
        world = run(world, spec, min(WEEK, n_days - first))
        days.append(int(world.town["day"][0]) - 1)
        counts.append(standing(world))
    return Life(world, np.array(days), np.array(counts))


def life_records(life: Life) -> list[dict[str, Any]]:
    """One tidy record a week and place: the unresolved issues that stand there at the end of it."""
    return [
        {"day": day, "place": str(place), "issues": n}
        for day, counts in zip(life.days.tolist(), life.counts.tolist(), strict=True)
        for place, n in zip(PLACES, counts, strict=True)
    ]


def share_not_yet(issues: np.ndarray[Any, Any], field: str, n_days: int) -> np.ndarray[Any, Any]:
    """The share of issues that have not come to a step so many days after birth, day 0 to n_days.

    The issues must have been followed for all these days. One that faded away never comes to any step.
    """
    took = issues[field] - issues["born"]
    return np.array([(took > day).mean() if len(issues) else np.nan for day in range(n_days + 1)])


def followed(life: Life) -> tuple[np.ndarray[Any, Any], int]:
    """The issues born since day 0 that were followed for so many days, and how many days that is."""
    last_day = int(life.world.town["day"][0]) - 1
    n_days = min(SHOWN, last_day // 2)
    issues = worlds.table(life.world, "issues")
    return issues[(issues["born"] >= 0) & (issues["born"] <= last_day - n_days)], n_days


def life_picture(life: Life, lang: str) -> Figure:
    """Above: where unresolved issues stand over time. Below: for each kind, the share not yet so far."""
    figure = Figure(figsize=(DOUBLE, 6.4))
    above, below = figure.subfigures(2, 1, squeeze=False, height_ratios=(1.15, 2.2))[:, 0]
    draw_places(above.subplots(), life, lang)
    panels = below.subplots(3, 4, sharex=True, sharey=True)
    draw_curves(panels.flat[0], life, None, lang)
    for axes, kind in zip(panels.flat[1:], Kind, strict=True):
        draw_curves(axes, life, kind, lang)
    for axes in panels[-1]:
        axes.set_xlabel(message("days since it arose").told(lang))
    panels[1, 0].set_ylabel(message("not yet (% of issues)").told(lang))
    lines, labels = panels.flat[0].get_legend_handles_labels()
    note = message("share of the issues followed all these days that are not yet …").told(lang)
    below.legend(lines, labels, loc="outside lower center", ncols=len(labels), title_fontsize=7, title=note)
    return figure


def draw_places(axes: Axes, life: Life, lang: str) -> None:
    """The stack of unresolved issues over time."""
    drawn = axes.stackplot(life.days, life.counts.T, colors=COLOURS, labels=[name.told(lang) for name in PLACES])
    for area, hatch in zip(drawn, HATCHES, strict=True):
        area.set(hatch=hatch, edgecolor="white", linewidth=0.3)
    over_time(axes, life.days[-1:], lang)
    axes.set_title(message("where unresolved issues stand").told(lang))
    axes.set_ylabel(message("unresolved issues").told(lang))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1], loc="center left", bbox_to_anchor=(1.01, 0.5))


def draw_curves(axes: Axes, life: Life, kind: Kind | None, lang: str) -> None:
    """The shares of one kind of issue (or of all) not yet detected, closed, truly resolved."""
    issues, n_days = followed(life)
    if kind is not None:
        issues = issues[issues["kind"] == kind]
    for k, (name, field) in enumerate(STEPS.items()):
        look = LOOKS[(2, 1, 0)[k]]
        axes.step(np.arange(n_days + 1), 100.0 * share_not_yet(issues, field, n_days), where="post",
                  color=look["color"], linestyle=look["linestyle"], label=name.told(lang))  # fmt: skip
    title = message("all kinds").told(lang) if kind is None else kind_label(kind, lang)
    axes.set_title(f"{title} (n = {len(issues):,})", fontsize=7)
    axes.set_xlim(0, max(1, n_days))
    axes.set_ylim(0, 102)
    axes.set_yticks((0, 50, 100))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
