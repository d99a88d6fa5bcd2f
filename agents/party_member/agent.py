"""The Party member as a Mesa agent: a resident, and in time what she does in her second role."""

from __future__ import annotations

from ..resident.agent import Resident


class PartyMember(Resident):
    """A resident who is a Party member. In this version she does what every resident does."""
