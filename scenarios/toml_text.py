"""Values as TOML text: as we write them, and as somebody else wrote them in a file."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from ..words import message_in

LONGEST = 120
"""Characters of a value that a sentence quotes."""

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def toml_of(value: Any) -> str:
    """A value as TOML: true, 5, 0.5 or "majority". What no parameter can hold is only named."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**LONGEST else message_in("value", "a whole number of very many digits")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, (dict, list)):
        return message_in("value", "a table") if isinstance(value, dict) else message_in("value", "a list")
    return str(value)


def key_of(name: str) -> str:
    """A name as TOML, to be quoted in a sentence: in quotes unless it is made of plain letters, digits, _ and -."""
    return clipped(name if BARE_KEY.fullmatch(name) else toml_of(name))


def as_written(text: str, section: str, name: str, value: Any) -> str:
    """A value as its writer put it into the file (1_000, 1e3, 0x10), if it stands on one plain line.

    `section` is "" for the names at the top of the file. Otherwise, the value in our own writing.
    """
    here, wanted = "", f"{section}.{name}".lstrip(".")
    for line in text.split("\n"):
        if header := re.match(r"\s*\[\[?([^\[\]]+)\]\]?\s*(#.*)?$", line):
            here = _path(header[1]) + "."
            continue
        key, equals, written = line.partition("=")
        if equals and here + _path(key) == wanted and (found := _same_value(written, value)):
            return clipped(found)
    return clipped(toml_of(value))


def clipped(text: str) -> str:
    """The text, cut off if it is too long to quote."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _path(key: str) -> str:
    """A key of one or more parts, without blanks and quotes."""
    return ".".join(part.strip().strip("\"'").strip() for part in key.split("."))


def _same_value(written: str, value: Any) -> str | None:
    """What stands right of the equals sign, without a comment, if it really reads as this value."""
    for end in [i for i, c in enumerate(written) if c == "#"] + [len(written)]:
        try:
            read = tomllib.loads(f"value = {written[:end]}")["value"]
            same = isinstance(read, bool) == isinstance(value, bool) and (read == value or repr(read) == repr(value))
        except (ValueError, RecursionError):
            continue
        if same:
            return written[:end].strip()
    return None
