"""Where everything lies on the map: grids within grids, buildings, a place for every resident, and the council's hall.

Lengths are in buildings: one is a unit wide and high. x runs to the right and y down, as on a screen.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from ..agents.grid_worker import Tier
from ..model.world import World

Array = np.ndarray[Any, Any]

GAP_BUILDING, GAP_MICRO, GAP_GENERAL, MARGIN = 0.22, 0.2, 0.7, 0.12
SIGN = 0.3
"""Room above the buildings of a micro-grid, where its workers stand."""
INSIDE = 0.09
"""From the wall of a building to the first residents."""
ASPECT = 1.2
"""Width to height that the whole comes near to: two maps beside each other fill a projector."""


class Plan(NamedTuple):
    """Rectangles (x, y, width, height) and points (x, y); rows are those of the World's tables."""

    bounds: Array
    general_grids: Array
    micro_grids: Array
    halls: Array
    """Where the council of each general grid meets."""
    buildings: Array
    residents: Array
    workers: Array
    deputies: Array


class Blocks(NamedTuple):
    """Equal blocks in rows."""

    columns: int
    rows: int
    width: float
    height: float
    """Of all of them together."""

    def corners(self, places: Array) -> Array:
        """Upper left corner of the blocks in these places, counted along the rows."""
        step = np.array([self.width / self.columns, self.height / self.rows])
        return np.column_stack([places % self.columns, places // self.columns]) * step


def blocks(n: int, width: float, height: float, aspect: float) -> Blocks:
    """Such rows of n blocks that, of this width and height each, they fill a frame of this aspect best."""

    def room(columns: int) -> float:
        return max(columns * width / aspect, math.ceil(n / columns) * height)

    columns = min(range(1, n + 1), key=lambda k: (room(k), k * math.ceil(n / k)))
    rows = math.ceil(n / columns)
    return Blocks(columns, rows, columns * width, rows * height)


def plan_of(world: World) -> Plan:
    """The map of a town. The hall takes the middle place among the micro-grids of each general grid."""
    micro, general = world.micro_grids, world.general_grids
    most = int(micro["n_buildings"].max())
    n_places = int(general["n_micro_grids"].max()) + 1
    frame = 2 * GAP_BUILDING
    step = 1.0 + GAP_BUILDING
    inner = min(
        (blocks(most, step, step, aspect) for aspect in (0.4, 0.7, 1.0, 1.5, 2.5)),
        key=lambda inner: (_room(inner, n_places, len(general)), inner.columns),
    )
    cell = np.array([inner.width + frame - GAP_BUILDING, inner.height + frame - GAP_BUILDING + SIGN])
    district, town = _around(inner, n_places, len(general))
    of_general = MARGIN + town.corners(np.arange(len(general)))
    middle = _middle(district, n_places)
    nth = np.arange(len(micro)) - general["first_micro_grid"][micro["general_grid"]]
    of_micro = of_general[micro["general_grid"]] + GAP_MICRO + district.corners(nth + (nth >= middle))
    halls = of_general + GAP_MICRO + district.corners(np.full(len(general), middle))
    home = world.buildings["micro_grid"]
    slot = np.arange(len(home)) - micro["first_building"][home]
    houses = of_micro[home] + (GAP_BUILDING, GAP_BUILDING + SIGN) + inner.corners(slot)
    buildings, rooms = _with_size(houses, np.ones(2)), _with_size(of_micro, cell)
    places = _with_size(halls, cell)
    whole = [[0.0, 0.0, town.width - GAP_GENERAL + 2 * MARGIN, town.height - GAP_GENERAL + 2 * MARGIN]]
    outlines = _with_size(of_general, np.array([district.width + GAP_MICRO, district.height + GAP_MICRO]))
    return Plan(
        np.array(whole), outlines, rooms, places, buildings, _homes(world, buildings), _posts(world, rooms, places),
        _offices(world, places),
    )  # fmt: skip


def _around(inner: Blocks, n_places: int, n_general: int) -> tuple[Blocks, Blocks]:
    """Micro-grids in their general grid, and general grids in the town, around such blocks of buildings."""
    width, height = inner.width + GAP_BUILDING + GAP_MICRO, inner.height + GAP_BUILDING + SIGN + GAP_MICRO
    district = blocks(n_places, width, height, ASPECT)
    out = GAP_MICRO + GAP_GENERAL
    return district, blocks(n_general, district.width + out, district.height + out, ASPECT)


def _room(inner: Blocks, n_places: int, n_general: int) -> float:
    """How much of a frame the town takes when the buildings of a micro-grid stand like this."""
    _, town = _around(inner, n_places, n_general)
    return max(town.width / ASPECT, town.height)


def _middle(district: Blocks, n_places: int) -> int:
    """The place in the middle of so many."""
    return min(n_places - 1, district.columns * (district.rows // 2) + district.columns // 2)


def _with_size(corners: Array, size: Array) -> Array:
    """Corners with the width and height that all of them have."""
    return np.column_stack([corners, np.broadcast_to(size, corners.shape)])


def _homes(world: World, buildings: Array) -> Array:
    """A place for each resident in her building: in rows, in the order of households, so that families are together."""
    home = world.residents["building"].astype(np.int64)
    n = world.buildings["n_residents"].astype(np.int64)
    across = np.maximum(1, np.ceil(np.sqrt(n))).astype(np.int64)
    down = np.maximum(1, np.ceil(n / across)).astype(np.int64)
    nth = np.arange(len(home)) - world.buildings["first_resident"][home]
    room = 1.0 - 2 * INSIDE
    x = INSIDE + room * (nth % across[home] + 0.5) / across[home]
    y = INSIDE + room * (nth // across[home] + 0.5) / down[home]
    return buildings[home, :2] + np.column_stack([x, y])


def _posts(world: World, micro_grids: Array, halls: Array) -> Array:
    """Where workers stand when nothing calls them: above the buildings of their micro-grid, others before a hall."""
    tier, unit = world.workers["tier"], world.workers["unit"].astype(np.int64)
    first = {t: np.flatnonzero(world.units["tier"] == t) for t in set(tier.tolist())}
    spots, taken = np.empty((len(unit), 2)), dict[tuple[bool, int], int]()
    for k in range(len(unit)):
        at_home = int(tier[k]) == Tier.MICRO_GRID
        served = int(unit[k] - first[int(tier[k])][0])
        served = served if at_home or int(tier[k]) == Tier.GENERAL_GRID else 0
        nth = taken.get((at_home, served), 0)
        taken[at_home, served] = nth + 1
        x, y, wide, _ = (micro_grids if at_home else halls)[served]
        spots[k] = (x + wide - 0.3 - 0.36 * nth, y + 0.27) if at_home else (x + 0.3 + 0.36 * nth, y + 0.27)
    return spots


def _offices(world: World, halls: Array) -> Array:
    """Where deputies stand: along the lower edge of the first hall of their community, in as many rows as needed."""
    community = world.deputies["community"].astype(np.int64)
    first = world.communities["first_general_grid"][community].astype(np.int64)
    nth = np.arange(len(community)) - np.searchsorted(community, community)
    x, y, wide, high = halls[first].T
    across = np.maximum(1, ((wide - 0.5) / 0.3).astype(np.int64) + 1)
    return np.column_stack([x + 0.25 + 0.3 * (nth % across), y + high - 0.25 - 0.3 * (nth // across)])
