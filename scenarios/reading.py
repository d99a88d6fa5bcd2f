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
from .source import Source
from .toml_text import clipped, key_of

TOP = ("question", "question_zh", "base")
INTERVENTIONS = "interventions"
"""Names that stand at the top of a file, before the first section."""


class ScenarioFile(NamedTuple):
    """One file as read: what it writes, not yet laid over its base."""

    source: Source
    question: str
    question_zh: str
    base: str | None
    sections: dict[str, dict[str, Any]]
    interventions: Any
    """The list of interventions as it stands in the file; None where there is none."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path


def read(path: Path) -> ScenarioFile:
    """Read a file and check each of its values. Raises ScenarioError."""
    source = Source(path, text_of(path))
    content = parsed(path, source.text)
    below = {name: value for name, value in content.items() if name not in (*TOP, INTERVENTIONS)}
    sections = sections_of(source, below)
    question, question_zh = (required(source, content, name) for name in ("question", "question_zh"))
    base = required(source, content, "base") if "base" in content else None
    return ScenarioFile(source, question, question_zh, base, sections, content.get(INTERVENTIONS))


def text_of(path: Path, what: str = "a scenario") -> str:
    """The text of the file, which is to hold `what`."""
    if not os.path.isfile(path):
        there = "this is not a file" if os.path.exists(path) else "there is no such file"
        raise refusal(path, f"{there}, but {what} must be a TOML file")
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise refusal(path, f"byte {error.start + 1} is not UTF-8, but {what} must be saved as UTF-8") from None
    except OSError as error:
        raise refusal(path, f"it cannot be read ({error.strerror}), but {what} must be a readable file") from None


def parsed(path: Path, text: str, what: str = "a scenario") -> dict[str, Any]:
    """The file as TOML understands it."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise refusal(path, f"its lists or tables are nested too deeply, but {what} has only sections") from None
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


def sections_of(source: Source, content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All sections of values, each value checked by itself. Raises ScenarioError."""
    found = {}
    for name, value in content.items():
        for section, values in sections_in(source, name, value).items():
            found[section] = checked(source, section, values)
    return found


def sections_in(source: Source, name: str, value: Any) -> dict[str, dict[str, Any]]:
    """The sections that one entry above all sections stands for: one, or several kinds of issues."""
    known = list(dict.fromkeys(section.partition(".")[0] for section in ABOUT))
    if name not in known:
        raise source.refusal(unknown_at_top(source, name, value, known))
    if not isinstance(value, dict):
        opened = next(source.opened(section) for section in ABOUT if section.partition(".")[0] == name)
        raise source.refusal(f"{name} is {source.written('', name, value)}, but must be a section, opened by {opened}")
    if name in ABOUT:
        return {name: value}
    for kind, values in value.items():
        if f"{name}.{kind}" not in ABOUT or not isinstance(values, dict):
            raise source.refusal(no_kind(source, name, kind, values))
    return {f"{name}.{kind}": values for kind, values in value.items()}


def unknown_at_top(source: Source, name: str, value: Any, known: list[str]) -> str:
    """What to say of a section, or of a name above all sections, that there is not."""
    if name in LATER:
        return f"[{name}] is not available in this version; available are {', '.join(known)}"
    if isinstance(value, dict):
        return f"{source.opened(key_of(name))} is not a section; {offered(name, known)}"
    stands = f"{key_of(name)} is {source.written('', name, value)} and stands above all sections"
    if homes := sections_with(name):
        return f"{stands}, but it must stand under {' or '.join(map(source.opened, homes))}"
    top = () if source.under else (*TOP, INTERVENTIONS)
    return f"{stands}, where it is not known; {offered(name, [*top, *known])}"


def no_kind(source: Source, name: str, kind: str, values: Any) -> str:
    """What to say of an entry under [kinds] that is no kind of issue."""
    kinds = [section.partition(".")[2] for section in ABOUT if section.startswith(name + ".")]
    stands = f"{name}.{key_of(kind)} is {source.written(name, kind, values)}"
    if kind in kinds:
        return f"{stands}, but must be a section, opened by {source.opened(f'{name}.{kind}')}"
    if kind in ABOUT[f"{name}.{kinds[0]}"]:
        return f"{stands}, but it must stand under a kind of issue, such as {source.opened(f'{name}.{kinds[0]}')}"
    return f"{stands}, but there is no such kind of issue; {offered(kind, kinds)}"


def checked(source: Source, section: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a section as the model holds them. Raises ScenarioError at the first that may not be."""
    return {name: held(source, section, name, value) for name, value in values.items()}


def held(source: Source, section: str, name: str, value: Any) -> Any:
    """One value as the model holds it. Raises ScenarioError if it may not be."""
    if name not in ABOUT[section]:
        raise source.refusal(unknown_name(source, section, name, source.written(section, name, value)))
    if not fits(section, name, value):
        written = source.written(section, name, value)
        raise source.refusal(f"{section}.{name} is {written}, but must be {must_be(section, name, value)}")
    return type_of(section, name)(value)


def unknown_name(source: Source, section: str, name: str, written: str) -> str:
    """What to say of a name that its section does not have."""
    stands = f"{section}.{key_of(name)} is {written}"
    if name in TOP and not source.under:
        return f"{stands}, but {name} must stand at the top of the file, before the first section"
    homes = sections_with(name)
    if homes and not nearest(name, ABOUT[section]):
        return f"{stands}, but it must stand under {' or '.join(map(source.opened, homes))}"
    return f"{stands}, but {source.opened(section)} has no such name; {offered(name, ABOUT[section])}"


def required(source: Source, content: dict[str, Any], name: str) -> str:
    """A text at the top of the file that must be there and say something."""
    if name not in content:
        raise source.refusal(f'{name} is missing, but must be given at the top of the file: {name} = "…"')
    value = content[name]
    if not isinstance(value, str) or not value.strip():
        raise source.refusal(f"{name} is {source.written('', name, value)}, but must be a text in quotes, not empty")
    return value
