"""Reading one scenario file: its questions, its base and its differences, each value checked by itself."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from .catalogue import ABOUT, LATER, sections_with, type_of
from .checking import fits, must_be
from .errors import nearest, offered, refusal
from .toml_text import as_written, clipped, key_of

TOP = ("question", "question_zh", "base")
"""Names that stand at the top of a file, before the first section."""


class ScenarioFile(NamedTuple):
    """One file as read: what it writes, not yet laid over its base."""

    path: Path
    text: str
    question: str
    question_zh: str
    base: str | None
    sections: dict[str, dict[str, Any]]


def read(path: Path) -> ScenarioFile:
    """Read a file and check each of its values. Raises ScenarioError."""
    text = text_of(path)
    content = parsed(path, text)
    sections: dict[str, dict[str, Any]] = {}
    for name, value in content.items():
        for section, values in sections_in(path, text, name, value).items():
            sections[section] = checked(path, text, section, values)
    question, question_zh = (required(path, text, content, name) for name in ("question", "question_zh"))
    base = required(path, text, content, "base") if "base" in content else None
    return ScenarioFile(path, text, question, question_zh, base, sections)


def text_of(path: Path) -> str:
    """The text of the file."""
    if not os.path.isfile(path):
        there = "this is not a file" if os.path.exists(path) else "there is no such file"
        raise refusal(path, f"{there}, but a scenario must be a TOML file")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refusal(path, f"byte {error.start + 1} is not UTF-8, but a scenario must be saved as UTF-8") from None
    except OSError as error:
        raise refusal(path, f"it cannot be read ({error.strerror}), but a scenario must be a readable file") from None


def parsed(path: Path, text: str) -> dict[str, Any]:
    """The file as TOML understands it."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise refusal(path, "its lists or tables are nested too deeply, but a scenario has only sections") from None
    except ValueError as error:
        raise refusal(path, no_toml(text, str(error))) from None


def no_toml(text: str, message: str) -> str:
    """Where the text stops being TOML, and the line that stands there."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if place is None:
        return f"a value in it is too long to be read ({message.partition(';')[0]}), but must be a plain TOML value"
    lines = text.rstrip("\n").split("\n")
    row, column = (int(place[1]), int(place[2])) if place[1] else (len(lines), len(lines[-1]) + 1)
    here, why = lines[min(row, len(lines)) - 1].strip(), message[: place.start()]
    allowed = "each line must be a [section], a name = value or a # comment"
    return f"line {row}, column {column}: {clipped(here)!r} is not TOML ({why}); {allowed}"


def sections_in(path: Path, text: str, name: str, value: Any) -> dict[str, dict[str, Any]]:
    """The sections that one entry at the top of the file stands for: none, one, or several kinds of issues."""
    if name in TOP:
        return {}
    known = list(dict.fromkeys(section.partition(".")[0] for section in ABOUT))
    if name not in known:
        raise refusal(path, unknown_at_top(text, name, value, known))
    if not isinstance(value, dict):
        opened = next(f"[{section}]" for section in ABOUT if section.partition(".")[0] == name)
        raise refusal(path, f"{name} is {as_written(text, '', name, value)}, but must be a section, opened by {opened}")
    if name in ABOUT:
        return {name: value}
    for kind, values in value.items():
        if f"{name}.{kind}" not in ABOUT or not isinstance(values, dict):
            raise refusal(path, no_kind(text, name, kind, values))
    return {f"{name}.{kind}": values for kind, values in value.items()}


def unknown_at_top(text: str, name: str, value: Any, known: list[str]) -> str:
    """What to say of a section, or of a name above all sections, that there is not."""
    if name in LATER:
        return f"[{name}] is not available in this version; available are {', '.join(known)}"
    if isinstance(value, dict):
        return f"[{key_of(name)}] is not a section; {offered(name, known)}"
    stands = f"{key_of(name)} is {as_written(text, '', name, value)} and stands above all sections"
    if homes := sections_with(name):
        return f"{stands}, but it must stand under {' or '.join(f'[{home}]' for home in homes)}"
    return f"{stands}, where it is not known; {offered(name, [*TOP, *known])}"


def no_kind(text: str, name: str, kind: str, values: Any) -> str:
    """What to say of an entry under [kinds] that is no kind of issue."""
    kinds = [section.partition(".")[2] for section in ABOUT if section.startswith(name + ".")]
    stands = f"{name}.{key_of(kind)} is {as_written(text, name, kind, values)}"
    if kind in kinds:
        return f"{stands}, but must be a section, opened by [{name}.{kind}]"
    if kind in ABOUT[f"{name}.{kinds[0]}"]:
        return f"{stands}, but it must stand under a kind of issue, such as [{name}.{kinds[0]}]"
    return f"{stands}, but there is no such kind of issue; {offered(kind, kinds)}"


def checked(path: Path, text: str, section: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a section as the model holds them. Raises ScenarioError at the first that may not be."""
    held = {}
    for name, value in values.items():
        if name not in ABOUT[section]:
            raise refusal(path, unknown_name(section, name, as_written(text, section, name, value)))
        if not fits(section, name, value):
            written = as_written(text, section, name, value)
            raise refusal(path, f"{section}.{name} is {written}, but must be {must_be(section, name, value)}")
        held[name] = type_of(section, name)(value)
    return held


def unknown_name(section: str, name: str, written: str) -> str:
    """What to say of a name that its section does not have."""
    stands = f"{section}.{key_of(name)} is {written}"
    if name in TOP:
        return f"{stands}, but {name} must stand at the top of the file, before the first section"
    homes = sections_with(name)
    if homes and not nearest(name, ABOUT[section]):
        return f"{stands}, but it must stand under {' or '.join(f'[{home}]' for home in homes)}"
    return f"{stands}, but [{section}] has no such name; {offered(name, ABOUT[section])}"


def required(path: Path, text: str, content: dict[str, Any], name: str) -> str:
    """A text at the top of the file that must be there and say something."""
    if name not in content:
        raise refusal(path, f'{name} is missing, but must be given at the top of the file: {name} = "…"')
    value = content[name]
    if not isinstance(value, str) or not value.strip():
        raise refusal(path, f"{name} is {as_written(text, '', name, value)}, but must be a text in quotes, not empty")
    return value
