"""The map of a neighbourhood: buildings in their micro-grids and general grids, open issues or activity, who serves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from ..agents.grid_worker import Tier
from ..model import world as worlds
from ..model.places import size_of
from ..model.world import World
from ..words import message
from .counting_people import DAYS_KEPT
from .provenance import Refusal
from .style import DOUBLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWS = ("issues", "activity")
"""What buildings are coloured by."""

COLOURED = {
    "issues": message("unresolved issues in the building"),
    "activity": message("acts of volunteering per resident, last 90 days"),
}

MOST_BUILDINGS = 1_000
"""Larger towns are not drawn: nothing could be told apart."""

TOO_LARGE = message("a map is drawn of a micro_grid, a general_grid or a community; {size} would show nothing")

MEMBERS = "#D55E00"

WORKERS = {
    Tier.MICRO_GRID: ("D", "#009E73", message("micro-grid worker")),
    Tier.GENERAL_GRID: ("s", "#0072B2", message("general-grid worker")),
    Tier.COMMUNITY: ("*", "#000000", message("community staff")),
}
"""Shape, colour and name of the workers of each tier."""


class Plan(NamedTuple):
    """Where everything lies on the map; a building is one unit wide. Rows are those of the World's tables."""

    buildings: np.ndarray[Any, Any]
    """Lower left corner of each building."""
    micro_grids: np.ndarray[Any, Any]
    """Lower left corner, width and height of each micro-grid."""
    general_grids: np.ndarray[Any, Any]
    """The same of each general grid."""


GAP_BUILDING, GAP_MICRO, GAP_GENERAL = 0.45, 0.6, 1.6


def in_rows(n: int) -> int:
    """How many columns n things take so that they fill about a square."""
    return max(1, math.ceil(math.sqrt(n)))


def plan_of(world: World) -> Plan:
    """Blocks within blocks: buildings in micro-grids, micro-grids in general grids, general grids in the town."""
    micro, general = world.micro_grids, world.general_grids
    wide = in_rows(int(micro["n_buildings"].max()))
    high = math.ceil(int(micro["n_buildings"].max()) / wide)
    step = 1.0 + GAP_BUILDING
    block = np.array([wide * step + GAP_BUILDING, high * step + GAP_BUILDING])
    columns = in_rows(int(general["n_micro_grids"].max()))
    rows = math.ceil(int(general["n_micro_grids"].max()) / columns)
    district = np.array([columns, rows]) * (block + GAP_MICRO) + GAP_MICRO
    across = in_rows(len(general))
    corners = np.array([(g % across, -(g // across)) for g in range(len(general))]) * (district + GAP_GENERAL)
    of_micro = corners[micro["general_grid"]]
    place = np.arange(len(micro)) - general["first_micro_grid"][micro["general_grid"]]
    cell = np.column_stack([place % columns, rows - 1 - place // columns])
    of_micro = of_micro + GAP_MICRO + cell * (block + GAP_MICRO)
    home = world.buildings["micro_grid"]
    slot = np.arange(len(home)) - micro["first_building"][home]
    houses = of_micro[home] + GAP_BUILDING + np.column_stack([slot % wide, high - 1 - slot // wide]) * step
    return Plan(houses, with_size(of_micro, block), with_size(corners, district))


def with_size(corners: np.ndarray[Any, Any], size: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Corners with the width and height that all of them have."""
    return np.column_stack([corners, np.broadcast_to(size, corners.shape)])


def open_issues(world: World) -> np.ndarray[Any, Any]:
    """Unresolved issues of each building that are there to be seen."""
    issues = worlds.table(world, "issues")
    there = issues["building"][issues["visible"]]
    return np.bincount(there, minlength=len(world.buildings)).astype(float)


def activity(world: World) -> np.ndarray[Any, Any]:
    """Acts of volunteering per resident of each building in the last 90 days."""
    deeds = worlds.table(world, "deeds")
    recent = deeds["resident"][deeds["day"] >= int(world.town["day"][0]) - DAYS_KEPT]
    acts = np.bincount(world.residents["building"][recent], minlength=len(world.buildings))
    return acts / np.maximum(1, world.buildings["n_residents"])


def ties_between(world: World) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Pairs of buildings whose residents know each other, and how many ties join each pair."""
    home = world.residents["building"]
    here = np.repeat(home, world.residents["n_ties"]).astype(np.int64)
    there = home[world.ties["to"][: len(here)]].astype(np.int64)
    once = here < there
    keys, counts = np.unique(here[once] * len(world.buildings) + there[once], return_counts=True)
    return np.column_stack(np.divmod(keys, len(world.buildings))), counts


def drawable(size: str) -> None:
    """Raises Refusal for a standard size that is too large to be drawn."""
    if size_of(size).communities > 1:
        raise Refusal(TOO_LARGE.filled(size=size))


def map_picture(world: World, lang: str, show: str = "issues") -> Figure:
    """The neighbourhood as it stands today. Raises Refusal for one too large to be drawn."""
    if len(world.buildings) > MOST_BUILDINGS:
        town = message("a town of {n} buildings", n=len(world.buildings))
        raise Refusal(TOO_LARGE.filled(size=town))
    plan = plan_of(world)
    low, high = plan.general_grids[:, :2].min(0), (plan.general_grids[:, :2] + plan.general_grids[:, 2:]).max(0)
    wide, tall = high - low + 2.0
    inch = min(0.84 * DOUBLE / wide, 5.8 / tall, 0.55)  # for one unit of the plan
    figure = Figure(figsize=(DOUBLE, 0.65 + inch * tall))
    axes = figure.subplots()
    draw_grids(axes, plan)
    draw_ties(axes, world, plan)
    coloured = draw_buildings(axes, world, plan, show)
    draw_people(axes, world, plan, 72.0 * inch)
    axes.set(xlim=(low[0] - 1, high[0] + 1), ylim=(low[1] - 1, high[1] + 1), aspect="equal")
    axes.set_axis_off()
    name = COLOURED[show]
    bar = figure.colorbar(coloured, ax=axes, shrink=0.6, aspect=30, pad=0.01, label=name.told(lang))
    bar.outline.set_linewidth(0.4)
    figure.legend(handles=keys(world, lang), loc="outside lower center", ncols=4)
    return figure


def map_records(world: World) -> list[dict[str, Any]]:
    """One tidy record a building: where it is, and what the map shows of it."""
    micro, people = world.micro_grids, world.residents
    members = np.bincount(people["building"][people["party"]], minlength=len(world.buildings))
    shown = zip(world.buildings["micro_grid"].tolist(), open_issues(world), activity(world), members, strict=True)
    return [
        {"building": k, "micro_grid": grid, "general_grid": int(micro["general_grid"][grid]),
         "n_residents": int(world.buildings["n_residents"][k]), "unresolved_issues": int(issues),
         "acts_per_resident_90_days": float(acts), "party_members": int(n)}
        for k, (grid, issues, acts, n) in enumerate(shown)
    ]  # fmt: skip


def draw_grids(axes: Axes, plan: Plan) -> None:
    """Outlines: general grids dashed, micro-grids filled lightly."""
    for x, y, wide, high in plan.general_grids:
        axes.add_patch(Rectangle((x, y), wide, high, facecolor="none", edgecolor="#7f7f7f", linestyle="--",
                                 linewidth=0.7))  # fmt: skip
    for x, y, wide, high in plan.micro_grids:
        axes.add_patch(Rectangle((x, y), wide, high, facecolor="#f3f3f3", edgecolor="#c8c8c8", linewidth=0.5))


def draw_ties(axes: Axes, world: World, plan: Plan) -> None:
    """A light line between the buildings whose residents know each other best, the heavier the more do."""
    pairs, counts = ties_between(world)
    most = 4 * len(world.buildings)
    strongest = counts > (np.sort(counts)[-most - 1] if len(counts) > most else 0)
    pairs, counts = pairs[strongest], counts[strongest]
    centres = plan.buildings + 0.5
    heavy = np.sqrt(counts / max(1, counts.max(initial=1)))
    lines = LineCollection(list(centres[pairs]), linewidths=0.2 + 0.9 * heavy, colors="#8c8c8c",
                           alpha=0.4, zorder=2)  # fmt: skip
    axes.add_collection(lines)


def draw_buildings(axes: Axes, world: World, plan: Plan, show: str) -> PatchCollection:
    """A square a building, coloured by what is shown."""
    values = open_issues(world) if show == "issues" else activity(world)
    squares = [Rectangle((x, y), 1.0, 1.0) for x, y in plan.buildings]
    norm = Normalize(0, max(float(values.max(initial=0.0)), 1.0 if show == "issues" else 0.1))
    coloured = PatchCollection(squares, cmap="Purples", norm=norm, edgecolor="#4d4d4d", linewidth=0.4, zorder=3)
    coloured.set_array(values)
    axes.add_collection(coloured)
    return coloured


def draw_people(axes: Axes, world: World, plan: Plan, unit: float) -> None:
    """Triangles for Party members at their building, diamonds, squares and stars for workers; `unit` in points."""
    people = world.residents
    members = np.bincount(people["building"][people["party"]], minlength=len(world.buildings))
    there = members > 0
    spots = plan.buildings[there] + (0.5, 0.47)
    edge = min(0.4, unit / 60.0)
    axes.scatter(spots[:, 0], spots[:, 1], s=0.03 * unit**2 * np.minimum(12, members[there]), marker="^",
                 color=MEMBERS, edgecolor="white", linewidth=edge, zorder=5)  # fmt: skip
    for tier, (marker, colour, _) in WORKERS.items():
        spots = posts(world, plan, tier)
        if len(spots):
            axes.scatter(spots[:, 0], spots[:, 1], s=max(3.0, 0.38 * min(unit, 30.0)) ** 2, marker=marker, color=colour,
                         edgecolor="white", linewidth=edge, zorder=6)  # fmt: skip


def posts(world: World, plan: Plan, tier: Tier) -> np.ndarray[Any, Any]:
    """Where the workers of a tier stand: along the top edge of the grid they serve (community staff: of the town)."""
    units = world.workers["unit"][world.workers["tier"] == tier].astype(np.int64)
    of_tier = np.flatnonzero(world.units["tier"] == tier)
    if not len(units) or not len(of_tier):
        return np.empty((0, 2))
    blocks = {Tier.MICRO_GRID: plan.micro_grids, Tier.GENERAL_GRID: plan.general_grids}.get(tier)
    served = units - of_tier[0]
    if blocks is None:
        blocks, served = whole_of(plan), np.zeros(len(units), np.int64)
    nth = np.array([int((served[:k] == served[k]).sum()) for k in range(len(served))])
    x, y, _, high = blocks[served].T
    return np.column_stack([x + 0.5 + 0.8 * nth, y + high])


def whole_of(plan: Plan) -> np.ndarray[Any, Any]:
    """The block around all general grids, with a margin for those who serve the whole."""
    low = plan.general_grids[:, :2].min(0)
    high = (plan.general_grids[:, :2] + plan.general_grids[:, 2:]).max(0)
    return np.array([[*low, *(high - low + 0.8)]])


def keys(world: World, lang: str) -> list[Line2D]:
    """What shapes and lines mean."""
    dot: dict[str, Any] = {"linestyle": "", "markeredgecolor": "white", "markeredgewidth": 0.4, "markersize": 6}
    found = [
        Line2D([], [], marker="^", color=MEMBERS, label=message("Party members (area: how many)").told(lang), **dot),
        *(
            Line2D([], [], marker=marker, color=colour, label=name.told(lang), **dot)
            for tier, (marker, colour, name) in WORKERS.items()
            if (world.workers["tier"] == tier).any()
        ),
    ]
    return [
        *found,
        Line2D([], [], color="#8c8c8c", linewidth=0.9, label=message("strongest ties between buildings").told(lang)),
        Line2D([], [], color="#7f7f7f", linewidth=0.7, linestyle="--", label=message("general grid").told(lang)),
        Line2D([], [], marker="s", markersize=8, markerfacecolor="#f3f3f3", markeredgecolor="#c8c8c8", linestyle="",
               label=message("micro-grid").told(lang)),
    ]  # fmt: skip
