"""The branches: a small tree over the days, what is shown of it, and the buttons that fork."""

from __future__ import annotations

import html
from typing import Any

from nicegui import ui

from ..state import Branch, Look
from ..words import word
from .parts import COLOURS, box, button, dialog, text

WIDE, ROW, LEFT = 260, 22, 96
"""Measures of the drawing: length of the days, height of a branch, room for names."""


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
                    said = f"{slot}: {word('Branch from day {day}', self.lang).format(day=look.day)}"
                    button(said, lambda slot=slot: self.actions.fork(slot), f"fork fork-{slot}")
                button(word("Branches", self.lang), lambda: self._all(look), "more")

    def _all(self, look: Look) -> None:
        """A dialog with every branch: show it, name it, drop it."""
        with dialog(word("Branches", self.lang)) as opened, ui.card().classes("all-branches"):
            text(word("Branches", self.lang), tag="h2")
            for branch in look.branches:
                with box("branch-row"):
                    name = ui.input(value=branch.name).props("dense").props(
                        f'maxlength=60 aria-label="{word("name of the branch", self.lang)}"'
                    )
                    name.on("change", lambda _, key=branch.key, name=name: self.actions.rename(key, name.value))
                    text(origin(branch, look, self.lang), "origin")
                    for slot in ("A", "B"):
                        said = word(f"show as {slot}", self.lang)
                        button(said, lambda slot=slot, key=branch.key:
                               self._then(opened, self.actions.show_branch, slot, key))  # fmt: skip
                    button(word("drop", self.lang), lambda key=branch.key: self._then(opened, self.actions.drop, key))
            button(word("close", self.lang), opened.close)
        opened.open()

    def _then(self, opened: Any, action: Any, *given: Any) -> None:
        opened.close()
        action(*given)


def origin(branch: Branch, look: Look, lang: str) -> str:
    """Where a branch departs."""
    if branch.parent is None:
        return word("the trunk", lang)
    return f"{look.branch(branch.parent).name}, " + word("departs on day {day}", lang).format(day=branch.day)


def drawing(look: Look) -> str:
    """The tree as SVG: a line a branch over the days, from where it departs; A and B in their colours."""
    rows = {branch.key: k for k, branch in enumerate(look.branches)}
    pieces = []
    for branch in look.branches:
        y, x = 12 + ROW * rows[branch.key], LEFT + WIDE * branch.day / look.days
        slots = "".join(slot for slot, key in (("A", look.a), ("B", look.b)) if key == branch.key)
        colour = COLOURS[slots[0]] if slots else "#767676"
        if branch.parent is not None and branch.day:
            above = 12 + ROW * rows[branch.parent]
            pieces.append(f'<path d="M{x} {above}V{y}" stroke="{colour}" fill="none" stroke-width="1.5"/>')
        pieces.append(f'<path d="M{x} {y}H{LEFT + WIDE}" stroke="{colour}" stroke-width="{3 if slots else 1.5}"/>')
        pieces.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>')
        name = html.escape(f"{slots + ' ' if slots else ''}{clipped(branch.name)}")
        weight = ' font-weight="bold"' if slots else ""
        pieces.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="{colour}"{weight}>{name}</text>')
    today = LEFT + WIDE * look.day / look.days
    high = 12 + ROW * len(rows)
    pieces.append(f'<path d="M{today} 2V{high - 6}" stroke="#333" stroke-dasharray="2 3"/>')
    said = html.escape(", ".join(f"{branch.name} ({origin(branch, look, look.lang)})" for branch in look.branches))
    return (f'<svg viewBox="0 0 {LEFT + WIDE + 10} {high}" width="{LEFT + WIDE + 10}" height="{high}" role="img" '
            f'aria-label="{said}" font-size="12">{"".join(pieces)}</svg>')  # fmt: skip


def clipped(name: str, most: int = 12) -> str:
    """A name that has room."""
    return name if len(name) <= most else name[: most - 1] + "…"
