"""The grid worker as a Mesa agent: a handle on one row of the table `workers`, and what he does."""

from __future__ import annotations

import numpy as np

from ..core.agent import Handle
from ..core.table import wrapped
from . import GridWorkerFields
from .casework import casework
from .patrolling import patrol


class GridWorker(GridWorkerFields, Handle):
    """One worker; the fields of `GridWorkerFields` read and write his own row."""

    table_name = "workers"

    def patrol(self) -> None:
        """Look, on today's round, at each thing nobody has reported, and find it or overlook it."""
        rows = self.model.among_rows_of_act(self.row, "sightings", "worker")
        if len(rows):
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            patrol(day, seed, rows, wrapped(world.sightings), wrapped(world.workers), p.grid)

    def casework(self) -> None:
        """Work through his unit's stretch of today's queue, as far as his hours go (between days there is none)."""
        if self.model.under_way:
            world, p = self.model.world, self.model.numbers
            casework(
                np.array([self.row]), wrapped(world.workers), wrapped(world.units), wrapped(world.queue),
                wrapped(world.issues), p.grid,
            )  # fmt: skip
