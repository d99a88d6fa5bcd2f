"""The map as a widget, for notebooks and for pages of Solara: an anywidget that hosts static/map.js.

Only who imports this module needs `anywidget`; nothing else in the package does.
"""

from __future__ import annotations

from typing import Any

from ..words import message
from .map_words import MAP, REPLAY, in_language
from .replay import SCRIPTS, as_one

try:
    import anywidget  # type: ignore[import-not-found]
    import traitlets  # type: ignore[import-not-found]
except ImportError as error:
    needed = message(
        "the map as a widget needs a package that is missing ({name}): pip install anywidget", name=error.name
    )
    raise ImportError(needed) from None

MODULES = (*(name for name in SCRIPTS if name != "replay.js"), "widget.js")
"""The map and its host; a widget brings one module along, so they are handed over as one."""


class TownMap(anywidget.AnyWidget):
    """Plays a recording (`recording.record`). `day` is the day shown, and may be set; `picked` is what was clicked."""

    _esm = as_one(MODULES)
    recording = traitlets.Bytes().tag(sync=True)
    day = traitlets.Int(0).tag(sync=True)
    lang = traitlets.Enum(["en", "zh"], "en").tag(sync=True)
    height = traitlets.Int(420).tag(sync=True)
    controls = traitlets.Bool(True).tag(sync=True)
    """Whether it has a button and a slider of its own; without them only `day` moves it."""
    picked = traitlets.Dict().tag(sync=True)
    """`kind` ("resident", "issue", "worker", …) and `row`, as `experiments.explain` knows residents; else empty."""
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"words": in_language(MAP | REPLAY, named.get("lang", "en"))} | named)
