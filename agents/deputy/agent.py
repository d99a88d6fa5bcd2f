"""The deputy as a Mesa agent: a handle on one row of the table `deputies`, and what a deputy does."""

from __future__ import annotations

import numpy as np

from ..core.agent import Handle
from ..core.table import wrapped
from . import DeputyFields
from .brokering import broker
from .docket import hand_over
from .reception import receive


class Deputy(DeputyFields, Handle):
    """One deputy or CPPCC member; the fields of `DeputyFields` read and write the own row."""

    table_name = "deputies"

    def receive(self) -> None:
        """Hear today's petitioners, if this is a reception day."""
        if self.model.under_way:
            world, p = self.model.world, self.model.numbers
            receive(
                np.array([self.row]), self.model.petitions_today, wrapped(world.petitions), wrapped(world.deputies),
                wrapped(world.issues), p.kinds, p.deputies,
            )  # fmt: skip

    def hand_over(self) -> None:
        """Hand over the docket to departments, if today is the day."""
        rows = self.model.among_rows_of_act(self.row, "petitions", "deputy")
        if len(rows):
            hand_over(rows, wrapped(self.model.world.petitions), wrapped(self.table))

    def broker(self) -> None:
        """Look for an outside partner for the chronic issue of this quarter, if today is the day."""
        if self.model.under_way:
            (day, seed), p = self.model.now, self.model.numbers
            broker(day, seed, np.array([self.row]), wrapped(self.table), p.deputies)
