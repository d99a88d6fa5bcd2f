"""One visitor: the look, the panels that show it, and what each thing done on the page does to it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import background_tasks, ui

from ...scenarios import ScenarioError
from ...words import LANGUAGES, message
from ..ensembles import Asked
from ..futures import Futures
from ..house import PAIRS, House
from ..levers import moved
from ..map_words import LANGUAGE
from ..state import Look, Setting, StateError
from .branches_panel import BranchesPanel
from .futures_panel import FuturesPanel, chart_key
from .help_panel import help_button
from .levers_panel import LeversPanel
from .maps_panel import Maps
from .parts import BRAND, box, button, refusal, text

SLOTS = ("A", "B")


class Visitor:
    """The page of one visitor."""

    def __init__(self, house: House, look: Look, facilitator: bool) -> None:
        self.house, self.look, self.facilitator = house, look, facilitator
        self.key = secrets.token_hex(8)
        self.futures: Futures | None = None
        self.client = ui.context.client
        self.panels: dict[str, LeversPanel] = {}
        self._saving: asyncio.Task[None] | None = None
        self.build()

    # What is seen

    def build(self) -> None:
        """The whole page in the visitor's language."""
        lang = self.look.lang
        self.root = box(f"page lang-{lang}", "main").props(f'lang="{"zh-CN" if lang == "zh" else "en"}"')
        with self.root:
            self._jumps(lang)
            self._header(lang)
            with box("side", "section").props(f'id="levers" aria-label="{message("Levers").told(lang)}"'):
                with ui.tabs().props("dense no-caps").classes("slot-tabs") as tabs:
                    for slot in SLOTS:
                        ui.tab(slot, label=f"{message('Levers').told(lang)} {slot}").classes(f"tab-{slot}")
                with ui.tab_panels(tabs, value="B").props("keep-alive").classes("slot-panels"):
                    for slot in SLOTS:
                        with ui.tab_panel(slot):
                            self.panels[slot] = LeversPanel(slot, self.look, self)
            with box("centre"):
                with box("map-part").props('id="maps"'):
                    self.maps = Maps(self.look, self)
                with box("between"):
                    self.branches = BranchesPanel(self.look, self)
                    chart_key(lang)
                self.futures_panel = FuturesPanel(lang, self.look.days)
                ui.timer(1.0, lambda: self.futures_panel.veil(self.house.veiled))
        self.refresh()

    def _jumps(self, lang: str) -> None:
        """Links to the parts of the page: in sight on a phone, elsewhere once a keyboard comes to them."""
        parts = {"results": message("What happens"), "levers": message("Levers"), "maps": message("The map")}
        with box("jumps", "nav").props(f'aria-label="{message("parts of this page").told(lang)}"'):
            for place, name in parts.items():
                text(name.told(lang), "jump", "a").props(f'href="#{place}"')

    def _header(self, lang: str) -> None:
        with box("top", "header"):
            text(BRAND, "brand", "h1")
            about = message("{n} residents, seed {seed}, {days} days", n=f"{self.house.residents(self.look):,}",
                            seed=self.look.seed, days=self.look.days)  # fmt: skip
            with box("abouts"):
                text(about.told(lang), "about")
                text(message("The model is a laboratory for hypotheses, not a forecast.").told(lang), "caution")
            box("spring")
            from .room_panel import room_button
            from .takehome_panel import takehome_button

            takehome_button(self)
            if self.facilitator:
                room_button(self)
            help_button(lang)
            other = "en" if lang == "zh" else "zh"
            button(LANGUAGE.told(other), lambda: self.speak(other), "language")

    def speak(self, lang: str) -> None:
        """The same look in another language."""
        if lang in LANGUAGES:
            self.look = replace(self.look, lang=lang)
            ui.navigate.to(self.house.kept(self.look))

    # What is done

    def set_look(self, look: Look, levers: bool = True) -> None:
        """Show another look; if its numbers do not go together, say so and stay with this one."""
        try:
            for slot in SLOTS:
                look.shown(slot).setting.spec()
        except (ScenarioError, StateError) as error:
            refusal(error, self.look.lang)
            self._show_levers()
            return
        self.look = look
        if levers:
            self._show_levers()
        self.refresh()

    def _show_levers(self) -> None:
        for panel in self.panels.values():
            panel.show(self.look)

    def moved(self, slot: str, name: str, value: Any) -> None:
        """A lever was moved."""
        branch = self.look.shown(slot)
        setting = moved(branch.setting, name, value, branch.day)
        self.set_look(self.look.changed(replace(branch, setting=setting)), levers=len(setting.changes) > 1)

    def started_from(self, slot: str, name: str) -> None:
        """A shipped scenario was chosen: everything set before is gone."""
        branch = self.look.shown(slot)
        self.set_look(self.look.changed(replace(branch, setting=Setting(name), name=name[:60])))

    def set_branch(self, slot: str, setting: Setting, name: str) -> None:
        """A scenario that somebody brought takes the place of what a slot shows."""
        branch = self.look.shown(slot)
        self.set_look(self.look.changed(replace(branch, setting=setting, name=name, day=0)))

    def set_to(self, slot: str, change: Callable[[Setting, int], Setting]) -> None:
        """Several levers were moved at once."""
        branch = self.look.shown(slot)
        self.set_look(self.look.changed(replace(branch, setting=change(branch.setting, branch.day))))

    def at_day(self, day: int) -> None:
        """The maps have come to a day."""
        self.look = replace(self.look, day=max(0, min(int(day), self.look.days)))
        self.branches.show(self.look)
        self._save_soon()

    def fork(self, slot: str) -> None:
        """A branch from the day on the maps: it is shown as B, beside what it departs from."""
        name = f"{self.look.shown(slot).name}·{self.look.day}"[:60]
        self.do(lambda: self.look.forked(slot, self.look.day, name))

    def show_branch(self, slot: str, key: str) -> None:
        """Another branch in a slot."""
        self.do(lambda: replace(self.look, a=key) if slot == "A" else replace(self.look, b=key))

    def rename(self, key: str, name: str) -> None:
        """A branch gets another name."""
        if name and name.strip():
            self.do(lambda: self.look.changed(replace(self.look.branch(key), name=name.strip()[:60])))

    def drop(self, key: str) -> None:
        """A branch goes."""
        self.do(lambda: self.look.dropped(key))

    def do(self, change: Callable[[], Look]) -> None:
        """Change the look, or say in a sentence why not."""
        try:
            self.set_look(change())
        except (StateError, ScenarioError) as error:
            refusal(error, self.look.lang)

    def picked(self, found: dict[str, Any]) -> None:
        """Somebody clicked on the map."""
        from .why_panel import open_why

        background_tasks.create(open_why(self, found))

    # What follows

    def asked(self, slot: str) -> Asked:
        """What is lived for a slot."""
        setting = self.look.shown(slot).setting
        return Asked(setting.baseline, setting.spec(), self.look.size, self.look.days)

    def refresh(self) -> None:
        """Ask for the futures and the maps of this look."""
        self.futures_panel.waiting()
        self.branches.show(self.look)
        self.maps.name(self.look)
        self._save_soon()
        background_tasks.create(self._answer(self.look))

    async def _answer(self, look: Look) -> None:
        """Futures as they come, then the recordings of what is shown now."""
        try:
            await self.house.ensembles.futures(self.key, self.asked("A"), self.asked("B"), PAIRS, self._told)
            for slot in SLOTS:
                if not self.shows_as(look):
                    return
                url = await self.house.recording_of(self.asked(slot), look.seed)
                if self.look.shown(slot) == look.shown(slot):
                    with self.client:
                        self.maps.show(slot, url)
        except Exception as error:
            with self.client:
                said = message("The answer could not be computed: {error}", error=error).told(look.lang)
                ui.notify(" ".join(said.split())[:300], type="negative", multi_line=True)
            raise

    def shows_as(self, look: Look) -> bool:
        """Whether A and B are still set as in this look; the maps may have come to another day since."""
        return all(self.look.shown(slot).setting == look.shown(slot).setting for slot in SLOTS)

    def _told(self, futures: Futures) -> None:
        self.futures = futures
        with self.client:
            self.futures_panel.show(futures)

    def _save_soon(self) -> None:
        if self._saving:
            self._saving.cancel()
        self._saving = background_tasks.create(self._save())

    async def _save(self) -> None:
        """Keep the look under its code, and put the code into the address, so that a reload brings it back."""
        await asyncio.sleep(0.4)
        address = self.house.kept(self.look)
        with self.client:
            ui.run_javascript(f"history.replaceState(null, '', {address!r})")
