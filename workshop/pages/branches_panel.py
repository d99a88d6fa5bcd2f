"""The branches: a small tree over the days, what is shown of it, and the buttons that fork."""

from __future__ import annotations

import html
from typing import Any

from nicegui import ui

from ...words import message, message_in
from ..state import Branch, Look
from .parts import box, button, dialog, dialog_head, text

WIDE, ROW, LEFT, TOP = 200, 15, 136, 9
"""Measures of the drawing: length of the days, height of a branch, room for names, room above."""


class BranchesPanel:
    """The tree, and what can be done with it."""

    def __init__(self, look: Look, actions: Any) -> None:
        self.lang, self.actions = look.lang, actions
        self.body = box("branches")
        self.show(look)

    def show(self, look: Look) -> None:
        """Draw it again."""
        self.body.clear()
        with self.body:
            if any(branch.parent for branch in look.branches):
                ui.html(drawing(look), sanitize=False).classes("tree")
            with box("fork-buttons"):
                for slot in ("A", "B"):
                    branch = message("Branch from day {day}", day=look.day)
                    said = message("{what}: {said}", what=slot, said=branch).told(self.lang)
                    button(said, lambda slot=slot: self.actions.fork(slot), f"fork fork-{slot}")
                button(message("Branches").told(self.lang), lambda: self._all(look), "more")

    def _all(self, look: Look) -> None:
        """A dialog with every branch: show it, name it, drop it."""
        with dialog(message("Branches").told(self.lang)) as opened, ui.card().classes("all-branches"):
            dialog_head(message("Branches").told(self.lang), self.lang, opened.close)
            about = message("Every branch lives the same people with the same luck; only what was decided differs.")
            text(about.told(self.lang), "hint", "p")
            for branch in look.branches:
                with box("branch-row"):
                    name = (
                        ui.input(value=branch.name)
                        .props("dense")
                        .props(f'maxlength=60 aria-label="{message("name of the branch").told(self.lang)}"')
                    )
                    name.on("change", lambda _, key=branch.key, name=name: self.actions.rename(key, name.value))
                    text(origin(branch, look, self.lang), "origin")
                    for slot, shown in (("A", look.a), ("B", look.b)):
                        if branch.key == shown:
                            text(message("shown as {slot}", slot=slot).told(self.lang), f"shown shown-{slot}")
                        else:
                            said = message("show as {slot}", slot=slot).told(self.lang)
                            self._does(opened, said, self.actions.show_branch, slot, branch.key)
                    if branch.key not in (look.a, look.b):
                        self._does(
                            opened, message_in("workshop", "drop").told(self.lang), self.actions.drop, branch.key
                        )
        opened.open()

    def _does(self, opened: Any, said: str, action: Any, *given: Any) -> None:
        """A button that does something with a branch and closes the dialog."""
        button(said, lambda: self._then(opened, action, *given))

    def _then(self, opened: Any, action: Any, *given: Any) -> None:
        opened.close()
        action(*given)


DARK = {"A": "#005a8f", "B": "#a84900"}
"""The colours of the slots as they can be read in small letters."""


def origin(branch: Branch, look: Look, lang: str) -> str:
    """Where a branch departs."""
    if branch.parent is None:
        return message("the trunk").told(lang)
    name = look.branch(branch.parent).name
    return message("departs on day {day} from {name}", day=branch.day, name=name).told(lang)


def drawing(look: Look) -> str:
    """The tree as SVG: a line a branch over the days, from where it departs; A and B in their colours."""
    rows = {branch.key: k for k, branch in enumerate(look.branches)}
    pieces = []
    for branch in look.branches:
        y, x = TOP + ROW * rows[branch.key], LEFT + WIDE * branch.day / look.days
        slots = "".join(slot for slot, key in (("A", look.a), ("B", look.b)) if key == branch.key)
        colour = DARK[slots[0]] if slots else "#5f5f5f"
        if branch.parent is not None and branch.day:
            above = TOP + ROW * rows[branch.parent]
            pieces.append(f'<path d="M{x} {above}V{y}" stroke="{colour}" fill="none" stroke-width="1.5"/>')
        pieces.append(f'<path d="M{x} {y}H{LEFT + WIDE}" stroke="{colour}" stroke-width="{3 if slots else 1.5}"/>')
        pieces.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
        name = html.escape(f"{slots + ' ' if slots else ''}{clipped(branch.name)}")
        weight = ' font-weight="bold"' if slots else ""
        pieces.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="{colour}"{weight}>{name}</text>')
    today = LEFT + WIDE * look.day / look.days
    high = TOP + ROW * len(rows)
    pieces.append(f'<path d="M{today} 2V{high - 6}" stroke="#333" stroke-dasharray="2 3"/>')
    said = html.escape(", ".join(f"{branch.name} ({origin(branch, look, look.lang)})" for branch in look.branches))
    return (f'<svg viewBox="0 0 {LEFT + WIDE + 10} {high}" width="{LEFT + WIDE + 10}" height="{high}" role="img" '
            f'aria-label="{said}" font-size="12">{"".join(pieces)}</svg>')  # fmt: skip


def clipped(name: str, most: int = 17) -> str:
    """A name that has room: its end tells it from the branch it departs from, so its beginning goes."""
    kept = ""
    for letter in reversed(name):
        if wide(letter + kept) > most:
            return "…" + kept
        kept = letter + kept
    return kept


def wide(name: str) -> int:
    """How much room a name takes, in Latin letters; a Chinese one takes two."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in name)
