"""The room: the facilitator's questions, answers and their histogram beside the model's distribution."""

from __future__ import annotations

from typing import Any


def room_button(visitor: Any) -> None:
    """The button that opens the room."""
