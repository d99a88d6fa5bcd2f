"""The grid worker as a Mesa agent: a handle on one row of the table `workers`, and what he does."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from ..core.table import wrapped
from . import GridWorkerFields
from .casework import casework


class GridWorker(GridWorkerFields, mesa.Agent):
    """One worker; the fields of `GridWorkerFields` read and write his own row."""

    def __init__(self, model: Any, row: int) -> None:
        self.row = row
        super().__init__(model)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"

    @property
    def table(self) -> np.ndarray[Any, Any]:
        """The table his row stands in, as it is now."""
        return self.model.world.workers  # type: ignore[no-any-return]

    def casework(self) -> None:
        """Work through his unit's stretch of today's queue, as far as his hours go (between days there is none)."""
        if self.model.under_way:
            world, p = self.model.world, self.model.numbers
            casework(
                np.array([self.row]), wrapped(world.workers), wrapped(world.units), wrapped(world.queue),
                wrapped(world.issues), p.grid,
            )  # fmt: skip
