"""What click says on its own, in our catalogue. click looks its words up by gettext; in Chinese it looks here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..words import Words, message_in

ASKING = ("core", "exceptions", "types", "parser", "formatting")
"""The modules of click that look words up while a command line is read."""

TEXTS: dict[str, Words] = {
    str(text): text
    for text in (
        message_in("click", "Usage:"),
        message_in("click", "Options"),
        message_in("click", "Commands"),
        message_in("click", "Positional arguments"),
        message_in("click", "Show this message and exit."),
        message_in("click", "Show the version and exit."),
        message_in("click", "default: {default}"),
        message_in("click", "env var: {var}"),
        message_in("click", "required"),
        message_in("click", "Missing command."),
        message_in("click", "Missing argument"),
        message_in("click", "Missing option"),
        message_in("click", "Missing parameter"),
        message_in("click", "Choose from:\n\t{choices}"),
        message_in("click", "No such option {name!r}."),
        message_in("click", "No such command {name!r}."),
        message_in("click", "Did you mean {possibility}?"),
        message_in("click", "(Did you mean one of: {possibilities}?)"),
        message_in("click", "Got unexpected extra argument ({args})"),
        message_in("click", "Got unexpected extra arguments ({args})"),
        message_in("click", "Option {name!r} does not take a value."),
        message_in("click", "Option {name!r} requires an argument."),
        message_in("click", "Invalid value: {message}"),
        message_in("click", "Invalid value for {param_hint}: {message}"),
        message_in("click", "{value!r} is not one of {choices}."),
        message_in("click", "{value!r} is not {choice}."),
        message_in("click", "{value!r} is not a valid {number_type}."),
        message_in("click", "{value} is not in the range {range}."),
        message_in("click", "{name} {filename!r} does not exist."),
        message_in("click", "{name} {filename!r} is a file."),
        message_in("click", "{name} {filename!r} is a directory."),
        message_in("click", "{name} {filename!r} is not readable."),
        message_in("click", "{name} {filename!r} is not writable."),
        message_in("click", "integer"),
        message_in("click", "integer range"),
        message_in("click", "float"),
        message_in("click", "float range"),
        message_in("click", "path"),
    )
}
"""Those of its words that somebody can meet here."""

KINDS = ("number_type",)
"""What click fills in untranslated although it is one of its own words."""


class Template(str):
    """A Chinese text of click's, before it is filled."""

    def format(self, *given: Any, **values: Any) -> str:
        """Filled, kinds of numbers in Chinese."""
        return super().format(*given, **{n: of_ours(v) if n in KINDS else v for n, v in values.items()})


def of_ours(text: str) -> str:
    """The Chinese of a text of click's; the text itself if it is none that we know."""
    return Template(TEXTS[text].zh) if text in TEXTS else text


def let_click_ask(look_up: Callable[[str], str]) -> None:
    """From now on click looks its words up so (each of its modules calls it `_`)."""
    import importlib

    for name in ASKING:
        module = importlib.import_module(f"click.{name}")
        for called, found in (("_", look_up), ("ngettext", lambda one, many, n: look_up(one if n == 1 else many))):
            if hasattr(module, called):
                setattr(module, called, found)
