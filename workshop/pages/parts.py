"""Small parts that several panels are made of."""

from __future__ import annotations

from typing import Any

from nicegui import ui

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
