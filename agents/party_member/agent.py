"""The Party member as a Mesa agent: a resident, and what she does in her second role."""

from __future__ import annotations

import numpy as np

from ..core.table import wrapped
from ..resident.agent import Resident
from .contact import visit
from .obligation import keep_duty


class PartyMember(Resident):
    """A resident who is a Party member: she calls on linked households and keeps her obligation."""

    def visit(self) -> None:
        """Call on the next of her linked households, if today is the day."""
        if self.model.under_way:
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            visit(
                day, seed, np.array([self.model.member_row(self.row)]), wrapped(world.members),
                wrapped(world.residents), wrapped(world.households), wrapped(world.micro_grids), p.party,
            )  # fmt: skip

    def keep_duty(self) -> None:
        """Keep this month's obligation, or not, if today is the day."""
        if self.model.under_way:
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            keep_duty(
                day, seed, np.array([self.model.member_row(self.row)]), wrapped(world.members),
                wrapped(world.residents), p.party, self.model.offer,
            )  # fmt: skip
