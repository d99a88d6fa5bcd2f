"""The two maps, in step. The browser plays a recording by itself; the server only hears of clicks and of the day."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from ..map_words import MAP, REPLAY, in_language
from ..state import Look


class Maps(ui.element, component="maps.js"):
    """The host of static/map.js."""

    def __init__(self, look: Look, actions: Any) -> None:
        super().__init__()
        self.props["lang"], self.props["startDay"] = look.lang, look.day
        self.props["words"] = in_language(MAP | REPLAY, look.lang)
        self.props["urls"] = {"A": "", "B": ""}
        self.name(look)
        self.on("pick", lambda event: actions.picked(event.args))
        self.on("day", lambda event: actions.at_day(event.args))

    def name(self, look: Look) -> None:
        """Say what is shown in which slot."""
        self.props["titles"] = {slot: look.shown(slot).name for slot in ("A", "B")}
        self.update()

    def show(self, slot: str, url: str) -> None:
        """Load a recording."""
        self.props["urls"] = {**self.props["urls"], slot: url}
        self.update()
