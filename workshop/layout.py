"""Where everything lies on the map: grids within grids, buildings, a place for every resident, and the council's hall.

The whole is a frame that two maps beside each other fill a projector with. Each level divides its frame into blocks of
equal area, in rows. A length of one is about the width of a building. x runs to the right and y down, as on a screen.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from ..agents.grid_worker import Tier
from ..model.world import World

Array = np.ndarray[Any, Any]

ASPECT = 1.2
"""Width to height of the whole, unless another is asked for."""
AREA = 1.7
"""Of the whole for each building: the building and its share of all gaps."""
GAP = {"town": 0.06, "general_grid": 0.16, "micro_grid": 0.07, "building": 0.05}
"""From the edge of a block to what is in it."""
SIGN = 0.34
"""Room above the buildings of a micro-grid, where its number and its workers stand."""
STAR = 0.22
"""From one deputy to the next."""
BOARD = 0.24
"""Share of a building's mean side that is kept free above its residents, where its issues stand."""


class Plan(NamedTuple):
    """Rectangles (x, y, width, height) and points (x, y); rows are those of the World's tables."""

    bounds: Array
    general_grids: Array
    micro_grids: Array
    halls: Array
    """Where the council of each general grid meets."""
    buildings: Array
    boards: Array
    """In each building, where its issues stand."""
    residents: Array
    workers: Array
    deputies: Array


def in_rows(n: int, wide: float, high: float, aspect: float = 1.0) -> list[int]:
    """How many of n blocks stand in each row, so that they come near to this aspect."""
    rows = min(range(1, n + 1), key=lambda k: (abs(math.log(wide * k * k / (n * high * aspect))), k))
    return [(k + 1) * n // rows - k * n // rows for k in range(rows)]


def divided(frame: Array, n: int, aspect: float = 1.0) -> Array:
    """A frame in n blocks of equal area, row by row."""
    x, y, wide, high = (float(edge) for edge in frame)
    found = []
    for count in in_rows(n, wide, high, aspect):
        tall = high * count / n
        found += [(x + wide * k / count, y, wide / count, tall) for k in range(count)]
        y += tall
    return np.array(found)


def within(frames: Array, gap: float, above: Any = 0.0) -> Array:
    """Frames with a gap taken off on all sides, and some more above."""
    x, y, wide, high = frames.T
    return np.column_stack([x + gap, y + gap + above, wide - 2 * gap, high - 2 * gap - above])


def plan_of(world: World, aspect: float = ASPECT) -> Plan:
    """The map of a town of this width to height.

    The hall takes the middle place among the micro-grids of each general grid.
    """
    micro, general = world.micro_grids, world.general_grids
    area = AREA * len(world.buildings) * float((general["n_micro_grids"] + 1).sum()) / len(micro)
    bounds = np.array([[0.0, 0.0, math.sqrt(area * aspect), math.sqrt(area / aspect)]])
    generals = within(divided(within(bounds, GAP["town"])[0], len(general)), GAP["town"])
    micros, halls, houses = [], [], []
    for g in range(len(general)):
        frame, n = within(generals[g : g + 1], GAP["general_grid"] / 2)[0], int(general["n_micro_grids"][g]) + 1
        places, hall = within(divided(frame, n), GAP["micro_grid"]), middle(in_rows(n, frame[2], frame[3]))
        halls.append(places[hall])
        micros.append(np.delete(places, hall, axis=0))
    rooms = np.concatenate(micros)
    for room, n in zip(within(rooms, GAP["building"], SIGN), micro["n_buildings"].tolist(), strict=True):
        houses.append(within(divided(room, n), GAP["building"]))
    buildings, places = np.concatenate(houses), np.array(halls)
    high = BOARD * np.sqrt(buildings[:, 2] * buildings[:, 3])
    boards = np.column_stack([buildings[:, :3], high])
    return Plan(
        bounds, generals, rooms, places, buildings, boards, homes(world, within(buildings, GAP["building"], high)),
        posts(world, rooms, places), offices(world, places),
    )  # fmt: skip


def middle(rows: list[int]) -> int:
    """The place in the middle of so many rows."""
    row = len(rows) // 2
    return sum(rows[:row]) + rows[row] // 2


def homes(world: World, rooms: Array) -> Array:
    """A place for each resident in her building: in rows, in the order of households, so that families are together."""
    home = world.residents["building"].astype(np.int64)
    n = world.buildings["n_residents"].astype(np.int64)
    wide, high = rooms[:, 2], rooms[:, 3]
    across = np.clip(np.round(np.sqrt(n * wide / high)), 1, np.maximum(1, n)).astype(np.int64)
    down = np.maximum(1, -(-n // across))
    nth = np.arange(len(home)) - world.buildings["first_resident"][home]
    x = wide[home] * (nth % across[home] + 0.5) / across[home]
    y = high[home] * (nth // across[home] + 0.5) / down[home]
    return rooms[home, :2] + np.column_stack([x, y])


def posts(world: World, micro_grids: Array, halls: Array) -> Array:
    """Where workers stand when nothing calls them: above the buildings of their micro-grid, others before a hall."""
    tier, unit = world.workers["tier"].tolist(), world.workers["unit"].tolist()
    first = {t: int(np.flatnonzero(world.units["tier"] == t)[0]) for t in set(tier)}
    spots, taken = np.empty((len(unit), 2)), dict[tuple[bool, int], int]()
    for k, (t, u) in enumerate(zip(tier, unit, strict=True)):
        at_home = t == Tier.MICRO_GRID
        served = u - first[t] if t <= Tier.GENERAL_GRID else 0
        nth = taken.setdefault((at_home, served), 0)
        taken[at_home, served] += 1
        x, y, wide, _ = (micro_grids if at_home else halls)[served]
        spots[k] = x + wide - 0.24 - 0.32 * nth, y + 0.2
    return spots


def offices(world: World, halls: Array) -> Array:
    """Where deputies stand: along the lower edge of the first hall of their community, in as many rows as needed."""
    community = world.deputies["community"].astype(np.int64)
    first = world.communities["first_general_grid"][community].astype(np.int64)
    nth = np.arange(len(community)) - np.searchsorted(community, community)
    x, y, wide, high = halls[first].T
    across = np.maximum(1, ((wide - 0.4) / STAR).astype(np.int64) + 1)
    return np.column_stack([x + 0.2 + STAR * (nth % across), y + high - 0.16 - STAR * (nth // across)])
