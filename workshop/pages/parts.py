"""Small parts that several panels are made of."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from nicegui import ui

from ...words import Words, capital, message, message_in, told

BRAND = f"{message_in('name of the program', 'linli').zh} linli"

COLOURS = {"A": "#0072B2", "B": "#D55E00"}
"""Of the two slots (Okabe and Ito); each also has a letter and a line of its own."""


def box(classes: str = "", tag: str = "div") -> Any:
    """A plain element with these classes."""
    return ui.element(tag).classes(classes)


def text(words: str, classes: str = "", tag: str = "div") -> Any:
    """An element with a text in it."""
    label = ui.label(words).classes(classes)
    label.tag = tag
    return label


def heading(words: str, level: int = 2, classes: str = "") -> Any:
    """A heading."""
    return text(words, classes, f"h{level}")


def dialog(name: str, props: str = "") -> Any:
    """A dialog, closed as yet; its name is said when it opens."""
    found = ui.dialog().props(props)
    found.props["aria-label"] = name
    return found


def chart(options: dict[str, Any], name: str) -> Any:
    """A chart that says what it shows to whoever cannot see it."""
    found = ui.echart(options)
    found.props["role"], found.props["aria-label"] = "img", name
    return found


def button(words: str, on_click: Any = None, classes: str = "", about: str = "", js: str = "") -> Any:
    """A plain button; `about` is said where the words alone do not say enough; `js` is done in the browser instead."""
    found = ui.element("button").classes(f"plain {classes}")
    if js:
        found.on("click", js_handler=js)
    else:
        found.on("click", on_click)
    found.props["type"] = "button"
    if about:
        found.props["title"], found.props["aria-label"] = about, about
    with found:
        text(words, tag="span")
    return found


_numbers = itertools.count()


def explained(words: str, about: str, classes: str = "") -> Any:
    """A name that says more of itself when it is clicked, or pressed on a keyboard: a popover of the browser's own."""
    key = f"about-{next(_numbers)}"
    name = text(words, f"explained {classes}", "button")
    name.props.update({"type": "button", "popovertarget": key, "title": about})
    text(f"{words}\n{about}", "explanation").props(f'id="{key}" popover="auto"')
    return name


def dialog_head(words: str, lang: str, close: Callable[[], Any]) -> None:
    """The name of a dialog and the button that closes it, which stay in sight."""
    with box("dialog-head"):
        heading(words)
        button(message_in("workshop", "close").told(lang), close, "close")


def refusal(error: BaseException, lang: str) -> None:
    """Say in one sentence why something could not be done."""
    ui.notify(refused(error, lang), type="warning", multi_line=True, timeout=8_000,
              close_button=message_in("workshop", "close").told(lang))  # fmt: skip


def refused(error: BaseException, lang: str) -> str:
    """Why something could not be done; what is not ours to say is said to be the reason."""
    ours = len(error.args) == 1 and isinstance(error.args[0], Words)
    said: str = told(capital(error.args[0]) if ours else message("This cannot be done: {error}", error=error), lang)
    return " ".join(said.split())[:300]
