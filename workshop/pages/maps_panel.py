"""The two maps, in step. The browser plays a recording by itself; the server only hears of clicks and of the day."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from ...words import message_in
from ..map_words import MAP, REPLAY, in_language
from ..state import Branch, Look, preset


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
        self.props["questions"] = {slot: asked(look.shown(slot), look.lang) for slot in ("A", "B")}
        self.update()

    def show(self, slot: str, url: str) -> None:
        """Load a recording."""
        self.props["urls"] = {**self.props["urls"], slot: url}
        self.update()


def asked(branch: Branch, lang: str) -> str:
    """What the scenario of a branch asks, and that it is no longer quite this scenario once levers were moved."""
    scenario, moved = preset(branch.setting.preset), branch.setting.changes or branch.setting.later
    question = scenario.question_zh if lang == "zh" else scenario.question
    mark = message_in("workshop", "changed").told(lang)
    return f"[{mark}] {question}" if moved else question
