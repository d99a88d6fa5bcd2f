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
from ..model.world import World
from .counting_people import DAYS_KEPT
from .provenance import Refusal
from .style import DOUBLE, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWS = ("issues", "activity")
"""What buildings are coloured by."""

MOST_BUILDINGS = 1_000
"""Larger towns are not drawn: nothing could be told apart."""

MEMBERS, MICRO, GENERAL = "#D55E00", "#009E73", "#0072B2"

word = words({
    "unresolved issues in the building": "楼栋内未解决议题(件)",
    "acts of volunteering per resident, last 90 days": "近90天人均志愿服务(次)",
    "Party members (area: how many)": "党员(面积表示人数)",
    "micro-grid worker": "微网格员",
    "general-grid worker": "一般网格员",
    "community staff": "社区工作人员",
    "acquaintance between buildings": "楼栋间联系",
    "general grid": "一般网格",
    "micro-grid": "微网格",
})  # fmt: skip


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
    across = max(1, math.ceil(math.sqrt(len(general) * 1.5)))
    corners = np.array([(g % across, -(g // across)) for g in range(len(general))]) * (district + GAP_GENERAL)
    of_micro = corners[micro["general_grid"]]
    place = np.arange(len(micro)) - general["first_micro_grid"][micro["general_grid"]]
    of_micro = of_micro + GAP_MICRO + np.column_stack([place % columns, place // columns]) * (block + GAP_MICRO)
    home = world.buildings["micro_grid"]
    slot = np.arange(len(home)) - micro["first_building"][home]
    houses = of_micro[home] + GAP_BUILDING + np.column_stack([slot % wide, slot // wide]) * step
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


def map_picture(world: World, lang: str, show: str = "issues") -> Figure:
    """The neighbourhood as it stands today. Raises Refusal for one too large to be drawn."""
    if len(world.buildings) > MOST_BUILDINGS:
        raise Refusal("a map is drawn of a micro_grid, a general_grid or a community; larger sizes would show nothing")
    plan = plan_of(world)
    low, high = plan.general_grids[:, :2].min(0), (plan.general_grids[:, :2] + plan.general_grids[:, 2:]).max(0)
    wide, tall = high - low + 2.0
    figure = Figure(figsize=(DOUBLE, min(9.0, 0.9 + DOUBLE * 0.86 * tall / wide)))
    axes = figure.subplots()
    draw_grids(axes, plan)
    draw_ties(axes, world, plan)
    coloured = draw_buildings(axes, world, plan, show)
    draw_people(axes, world, plan, 150.0 / max(wide, tall))
    axes.set(xlim=(low[0] - 1, high[0] + 1), ylim=(low[1] - 1, high[1] + 1), aspect="equal")
    axes.set_axis_off()
    name = ("unresolved issues in the building", "acts of volunteering per resident, last 90 days")[show != "issues"]
    bar = figure.colorbar(coloured, ax=axes, shrink=0.6, aspect=30, pad=0.01, label=word(name, lang))
    bar.outline.set_linewidth(0.4)
    figure.legend(handles=keys(world, lang), loc="outside lower center", ncols=4)
    return figure


def draw_grids(axes: Axes, plan: Plan) -> None:
    """Outlines: general grids dashed, micro-grids filled lightly."""
    for x, y, wide, high in plan.general_grids:
        axes.add_patch(Rectangle((x, y), wide, high, facecolor="none", edgecolor="#7f7f7f", linestyle="--",
                                 linewidth=0.7))  # fmt: skip
    for x, y, wide, high in plan.micro_grids:
        axes.add_patch(Rectangle((x, y), wide, high, facecolor="#f3f3f3", edgecolor="#c8c8c8", linewidth=0.5))


def draw_ties(axes: Axes, world: World, plan: Plan) -> None:
    """A light line between buildings whose residents know each other, the heavier the more do."""
    pairs, counts = ties_between(world)
    centres = plan.buildings + 0.5
    heavy = np.sqrt(counts / max(1, counts.max(initial=1)))
    lines = LineCollection(list(centres[pairs]), linewidths=0.2 + 0.9 * heavy, colors="#8c8c8c",
                           alpha=0.35 if len(pairs) < 600 else 0.12, zorder=2)  # fmt: skip
    axes.add_collection(lines)


def draw_buildings(axes: Axes, world: World, plan: Plan, show: str) -> PatchCollection:
    """A square a building, coloured by what is shown."""
    values = open_issues(world) if show == "issues" else activity(world)
    squares = [Rectangle((x, y), 1.0, 1.0) for x, y in plan.buildings]
    norm = Normalize(0, max(float(values.max(initial=0.0)), 1.0 if show == "issues" else 0.1))
    coloured = PatchCollection(squares, cmap="cividis_r", norm=norm, edgecolor="#4d4d4d", linewidth=0.4, zorder=3)
    coloured.set_array(values)
    axes.add_collection(coloured)
    return coloured


def draw_people(axes: Axes, world: World, plan: Plan, unit: float) -> None:
    """Triangles for Party members at their building, diamonds, squares and stars for workers; `unit` in points."""
    people = world.residents
    members = np.bincount(people["building"][people["party"]], minlength=len(world.buildings))
    there = members > 0
    spots = plan.buildings[there] + (0.5, 0.52)
    axes.scatter(spots[:, 0], spots[:, 1], s=unit**2 * 0.018 * members[there], marker="^", color=MEMBERS,
                 edgecolor="white", linewidth=0.4, zorder=5)  # fmt: skip
    looks = {Tier.MICRO_GRID: ("D", MICRO), Tier.GENERAL_GRID: ("s", GENERAL), Tier.COMMUNITY: ("*", "#000000")}
    for tier, (marker, colour) in looks.items():
        spots = posts(world, plan, tier)
        if len(spots):
            axes.scatter(spots[:, 0], spots[:, 1], s=unit**2 * 0.10, marker=marker, color=colour, edgecolor="white",
                         linewidth=0.4, zorder=6)  # fmt: skip


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
    dot = {"linestyle": "", "markeredgecolor": "white", "markeredgewidth": 0.4, "markersize": 6}
    found = [
        Line2D([], [], marker="^", color=MEMBERS, label=word("Party members (area: how many)", lang), **dot),
        Line2D([], [], marker="D", color=MICRO, label=word("micro-grid worker", lang), **dot),
        Line2D([], [], marker="s", color=GENERAL, label=word("general-grid worker", lang), **dot),
    ]
    if (world.workers["tier"] == Tier.COMMUNITY).any():
        found.append(Line2D([], [], marker="*", color="#000000", label=word("community staff", lang), **dot))
    return [
        *found,
        Line2D([], [], color="#8c8c8c", linewidth=0.9, label=word("acquaintance between buildings", lang)),
        Line2D([], [], color="#7f7f7f", linewidth=0.7, linestyle="--", label=word("general grid", lang)),
        Line2D([], [], marker="s", markersize=8, markerfacecolor="#f3f3f3", markeredgecolor="#c8c8c8", linestyle="",
               label=word("micro-grid", lang)),
    ]  # fmt: skip
