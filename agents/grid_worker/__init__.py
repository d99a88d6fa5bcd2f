"""Grid workers: part-time workers of the micro-grids, full-time workers of the general grids, community staff."""

from __future__ import annotations

from enum import IntEnum

from ..core.field import Field


class Tier(IntEnum):
    """The ladder an issue can climb."""

    MICRO_GRID = 0
    GENERAL_GRID = 1
    COMMUNITY = 2
    SUB_DISTRICT = 3
    DEPARTMENT = 4


class GridWorkerFields:
    """One row a worker."""

    worker = Field("i8", "identity", "unit × 8 + place in it")
    tier = Field("u1", "code", "tier the worker belongs to", codes=Tier)
    unit = Field("i4", "row", "micro-grid, general grid or community served (a row of units)")
    minutes_left = Field("i8", "min", "of the week's minutes on issues, still free")
    minutes_today = Field("i8", "min", "worked today")
    minutes = Field("i8", "min", "worked on issues so far")
    patrol_minutes = Field("i8", "min", "spent on patrol so far")
    found = Field("i4", "issues", "found on patrol so far")
    points = Field("i8", "points", "earned so far")
