"""What click says on its own, in our catalogue. click looks its words up by gettext; in Chinese it looks here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..words import Words, message_in
from ..words.text import COMMA

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
    )
}
"""Those of its words that somebody can meet here."""

PATH = message_in("click", "path")
"""What click calls a file or a directory. It asks for this word while commands are made, before a language is known."""

KINDS = ("number_type",)
"""What click fills in untranslated although it is one of its own words."""

LISTS = ("choices", "possibility", "possibilities")
"""What click fills in as names with commas between them, most in quotes."""


class Template(str):
    """A Chinese text of click's, before it is filled."""

    def format(self, *given: Any, **values: Any) -> str:
        """Filled, with kinds of numbers, a path, and what stands between names in Chinese."""
        said = {name: of_ours(values[name]) for name in KINDS if name in values}
        said |= {name: comma_between(values[name]) for name in LISTS if name in values}
        if "filename" in values:
            said["name"] = PATH.zh
        return super().format(*given, **{**values, **said})


def comma_between(names: str) -> str:
    """Names that click lists, with the Chinese comma between them and without quotes."""
    return COMMA.zh.join(re.split(r"'?,\s+'?", names.strip("'")))


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
