"""The levers of A and B: what to start from, the way of deciding, the important dozen, and all others in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from ... import scenarios as shelf
from ...scenarios.contradictions import value_of
from ...words import message
from ..levers import (
    POLICY,
    REGIME_WORDS,
    Lever,
    behind,
    heading_of,
    in_front,
    lever,
    regime_of,
    with_regime,
)  # fmt: skip
from ..state import Look, Setting, preset
from .parts import box, button, dialog, dialog_head, explained, heading, text

Moved = Callable[[str, str, Any], None]
"""Told the slot, the lever's name and its new value."""

OWN = ""
"""The regime that is none of the shipped ones."""


class LeversPanel:
    """The levers of one slot."""

    def __init__(self, slot: str, look: Look, actions: Any) -> None:
        self.slot, self.lang, self.actions = slot, look.lang, actions
        self.inputs: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        self.quiet = False
        branch = look.shown(slot)
        spec = branch.setting.spec().on(branch.day)
        with box(f"levers levers-{slot}"):
            self.since = text("", "since")
            options = {name: question(name, self.lang) for name in presets(look)}
            self.preset = ui.select(options, value=branch.setting.preset, label=message("Start from").told(self.lang),
                                    on_change=self._start_from, with_input=False).props("dense options-dense").classes(
                "preset")  # fmt: skip
            regimes = {OWN: message("our own rules"), **REGIME_WORDS}
            self.regime = ui.select({name: words.told(self.lang) for name, words in regimes.items()},
                                    value=regime_of(spec) or OWN, label=message("Way of deciding").told(self.lang),
                                    on_change=self._regime).props("dense options-dense").classes("regime")  # fmt: skip
            last = None
            for front, each in in_front():
                if front.heading != last:
                    heading(front.heading.told(self.lang), 3)
                    last = front.heading
                self._lever(each, value_of(spec, each.name))
            button(message("All other levers").told(self.lang), self._all_others, "more")
            self.back = button(message("Undo what was set by hand").told(self.lang), self._set_back, "more set-back")
        self.show(look)

    def _lever(self, each: Lever, value: Any) -> None:
        """One lever: its name, its value as it is read, and what moves it."""
        with box("lever").props(f'data-lever="{each.name}"'):
            explained(each.label.told(self.lang), each.help.told(self.lang).rpartition(" [")[0], "lever-name")
            if each.kind in ("whole", "number"):
                self.values[each.name] = text(each.told(value, self.lang), "lever-value")
            self.inputs[each.name] = self._input(each, value)

    def _input(self, each: Lever, value: Any) -> Any:
        label = message("{what}: {said}", what=self.slot, said=each.label).told(self.lang)
        found: Any
        if each.kind == "yes":
            found = ui.switch(value=value, on_change=lambda e: self._moved(each, e.value)).props("dense")
        elif each.kind == "choice":
            names = {name: words.told(self.lang) for name, words in each.choices}
            found = ui.select(names, value=value, on_change=lambda e: self._moved(each, e.value)).props(
                "dense options-dense borderless")  # fmt: skip
        elif each.stops:
            found = ui.slider(min=0, max=len(each.stops) - 1, step=1, value=each.place(value),
                              on_change=lambda e: self._moved(each, each.stops[int(e.value)])).props(
                "markers snap dense")  # fmt: skip
        else:
            found = ui.slider(min=each.low, max=each.high, step=each.step, value=value,
                              on_change=lambda e: self._moved(each, e.value)).props("dense")  # fmt: skip
        found.props["aria-label"] = label
        if isinstance(found, ui.slider):
            found.props["aria-valuetext"] = each.told(value, self.lang)
        return found.classes("lever-input")

    def _moved(self, each: Lever, value: Any) -> None:
        if self.quiet or value is None:
            return
        held = each.held(value)
        self._say(each, held)
        self.actions.moved(self.slot, each.name, held)

    def _say(self, each: Lever, value: Any) -> None:
        """Write the value of a slider beside it, and let screen readers have it in the same words."""
        if each.name in self.values:
            said = each.told(value, self.lang)
            self.values[each.name].set_text(said)
            found = self.inputs[each.name]
            if found.props.get("aria-valuetext") != said:
                found.props["aria-valuetext"] = said

    def _start_from(self, event: Any) -> None:
        if not self.quiet:
            self.actions.started_from(self.slot, event.value)

    def _set_back(self) -> None:
        self.actions.started_from(self.slot, self.preset.value)

    def _regime(self, event: Any) -> None:
        if not self.quiet and event.value != OWN:
            self.actions.set_to(self.slot, lambda setting, day: with_regime(setting, event.value, day))

    def show(self, look: Look) -> None:
        """Put every lever where the look has it, without telling anybody."""
        branch = look.shown(self.slot)
        spec = branch.setting.spec().on(branch.day)
        self.quiet = True
        self.since.set_text(message("from day {day} on", day=branch.day).told(self.lang) if branch.day else "")
        self.preset.set_value(branch.setting.preset)
        self.preset.set_enabled(branch.day == 0)
        self.back.set_visibility(branch.day == 0 and bool(branch.setting.changes))
        self.regime.set_value(regime_of(spec) or OWN)
        for name, found in self.inputs.items():
            each, value = lever(name), value_of(spec, name)
            self._say(each, value)
            found.set_value(each.place(value) if each.stops else value)
        self.quiet = False

    # All others

    def _all_others(self) -> None:
        """A dialog with every lever there is, by section; a section is filled when it is opened."""
        branch = self.actions.look.shown(self.slot)
        spec = branch.setting.spec().on(branch.day)
        called = f"{self.slot} · {message('All other levers').told(self.lang)}"
        with dialog(called) as opened, ui.card().classes(f"all-levers levers-{self.slot}"):
            dialog_head(called, self.lang, opened.close)
            said = message("Policy can be decided on; assumptions say how people are. Press a name to open it.")
            text(said.told(self.lang), "hint", "p")
            for section, levers in behind():
                kind = message("policy") if section in POLICY else message("assumption")
                changed = [each for each in levers if differs(branch.setting, each.name)]
                mark = message(" · changed: {n}", n=len(changed)).told(self.lang) if changed else ""
                title = message("{section} ({kind})", section=heading_of(section, self.lang), kind=kind).told(self.lang)
                Section(self, f"{title}{mark}", levers, spec)
        opened.open()


class Section:
    """The levers of one section, made when somebody opens it."""

    def __init__(self, panel: LeversPanel, title: str, levers: tuple[Lever, ...], spec: Any) -> None:
        self.panel, self.levers, self.spec, self.filled = panel, levers, spec, False
        with ui.expansion(title, on_value_change=self._opened).classes("section") as self.body:
            pass

    def _opened(self, event: Any) -> None:
        if event.value and not self.filled:
            self.filled = True
            with self.body:
                for each in self.levers:
                    Single(self.panel, each, value_of(self.spec, each.name))


class Single:
    """A lever in the dialog, with what it is."""

    def __init__(self, panel: LeversPanel, each: Lever, value: Any) -> None:
        self.panel, self.each = panel, each
        with box("lever wide"):
            text(each.label.told(panel.lang), "lever-name")
            self.value = text(each.told(value, panel.lang), "lever-value") if each.kind in ("whole", "number") else None
            found = panel._input(Lever(**(vars(each) | {"stops": ()})), value)
            found.on_value_change(self._show)
            text(each.source.told(panel.lang), "lever-help")

    def _show(self, event: Any) -> None:
        if self.value is not None and event.value is not None:
            self.value.set_text(self.each.told(self.each.held(event.value), self.panel.lang))


def presets(look: Look) -> list[str]:
    """The shipped scenarios that begin in the town of this look."""
    town = look.branches[0].setting.baseline
    return [name for name in shelf.names() if preset(name).baseline == town]


def question(name: str, lang: str) -> str:
    """A shipped scenario by its name and the question it asks."""
    scenario = preset(name)
    asked = scenario.question_zh if lang == "zh" else scenario.question
    return f"{name} · {asked}"


def differs(setting: Setting, name: str) -> bool:
    """Whether a setting sets this parameter otherwise than its scenario."""
    return any(name == other for other, _ in setting.changes) or any(
        name == other for _, values in setting.later for other, _ in values
    )
