"""Reading one scenario file: its questions, its base and its differences, each value checked by itself."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from ..words import Words, listed, message, message_in
from ..words.system import reason
from .catalogue import ABOUT, LATER, sections_with, type_of
from .checking import fits, must_be
from .errors import nearest, offered, refusal
from .source import Source
from .toml_text import clipped, key_of

TOP = ("question", "question_zh", "base")
INTERVENTIONS = "interventions"
"""Names that stand at the top of a file, before the first section."""
A_SCENARIO = message("a scenario")
"""What a file is to hold, where nothing else is said."""
NOT_HERE = message("{name} is {value}, but it must stand under {homes}")
NO_SECTION = message("{name} is {value}, but must be a section, opened by {opened}")


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


def text_of(path: Path, what: str = A_SCENARIO) -> str:
    """The text of the file, which is to hold `what`."""
    if not os.path.isfile(path):
        there = message("this is not a file") if os.path.exists(path) else message("there is no such file")
        raise refusal(path, message("{there}, but {what} must be a TOML file", there=there, what=what))
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        crooked = message("byte {n} is not UTF-8, but {what} must be saved as UTF-8", n=error.start + 1, what=what)
        raise refusal(path, crooked) from None
    except OSError as error:
        closed = message("it cannot be read ({why}), but {what} must be a readable file", why=reason(error), what=what)
        raise refusal(path, closed) from None


def parsed(path: Path, text: str, what: str = A_SCENARIO) -> dict[str, Any]:
    """The file as TOML understands it."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        deep = message("its lists or tables are nested too deeply, but {what} has only sections", what=what)
        raise refusal(path, deep) from None
    except ValueError as error:
        raise refusal(path, no_toml(text, str(error))) from None


def no_toml(text: str, error: str) -> Words:
    """Where the text stops being TOML, and the line that stands there."""
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", error)
    if place is None:
        endless = message("a value in it is too long to be read ({why}), but must be a plain TOML value")
        return endless.filled(why=error.partition(";")[0])
    lines = text.rstrip("\n").split("\n")
    row, column = (int(place[1]), int(place[2])) if place[1] else (len(lines), len(lines[-1]) + 1)
    here, why = clipped(lines[min(row, len(lines)) - 1].strip()), error[: place.start()]
    return message(
        "line {row}, column {column}: {here!r} is not TOML ({why}); "
        "each line must be a [section], a name = value or a # comment",
        row=row, column=column, here=here, why=why,
    )  # fmt: skip


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
        raise source.refusal(NO_SECTION.filled(name=name, value=source.written("", name, value), opened=opened))
    if name in ABOUT:
        return {name: value}
    for kind, values in value.items():
        if f"{name}.{kind}" not in ABOUT or not isinstance(values, dict):
            raise source.refusal(no_kind(source, name, kind, values))
    return {f"{name}.{kind}": values for kind, values in value.items()}


def unknown_at_top(source: Source, name: str, value: Any, known: list[str]) -> Words:
    """What to say of a section, or of a name above all sections, that there is not."""
    if name in LATER:
        return message(
            "[{name}] is not available in this version; available are {names}", name=name, names=listed(known)
        )
    if isinstance(value, dict):
        opened = source.opened(key_of(name))
        return message("{opened} is not a section; {offer}", opened=opened, offer=offered(name, known))
    stands = {"name": key_of(name), "value": source.written("", name, value)}
    if homes := sections_with(name):
        under = message("{name} is {value} and stands above all sections, but it must stand under {homes}")
        return under.filled(**stands, homes=opened_by(source, homes))
    top = () if source.under else (*TOP, INTERVENTIONS)
    strange = message("{name} is {value} and stands above all sections, where it is not known; {offer}")
    return strange.filled(**stands, offer=offered(name, [*top, *known]))


def opened_by(source: Source, sections: list[str]) -> Words:
    """The lines that open these sections, one of which is meant."""
    return listed(map(source.opened, sections), message_in("between sections", " or "))


def no_kind(source: Source, name: str, kind: str, values: Any) -> Words:
    """What to say of an entry under [kinds] that is no kind of issue."""
    kinds = [section.partition(".")[2] for section in ABOUT if section.startswith(name + ".")]
    stands = {"name": f"{name}.{key_of(kind)}", "value": source.written(name, kind, values)}
    if kind in kinds:
        return NO_SECTION.filled(**stands, opened=source.opened(f"{name}.{kind}"))
    if kind in ABOUT[f"{name}.{kinds[0]}"]:
        under = message("{name} is {value}, but it must stand under a kind of issue, such as {opened}")
        return under.filled(**stands, opened=source.opened(f"{name}.{kinds[0]}"))
    unknown = message("{name} is {value}, but there is no such kind of issue; {offer}")
    return unknown.filled(**stands, offer=offered(kind, kinds))


def checked(source: Source, section: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a section as the model holds them. Raises ScenarioError at the first that may not be."""
    return {name: held(source, section, name, value) for name, value in values.items()}


def held(source: Source, section: str, name: str, value: Any) -> Any:
    """One value as the model holds it. Raises ScenarioError if it may not be."""
    if name not in ABOUT[section]:
        raise source.refusal(unknown_name(source, section, name, source.written(section, name, value)))
    if not fits(section, name, value):
        written = source.written(section, name, value)
        wrong = message("{name} is {value}, but must be {wanted}")
        wanted = must_be(section, name, value)
        raise source.refusal(wrong.filled(name=f"{section}.{name}", value=written, wanted=wanted))
    return type_of(section, name)(value)


def unknown_name(source: Source, section: str, name: str, written: str) -> Words:
    """What to say of a name that its section does not have."""
    stands = {"name": f"{section}.{key_of(name)}", "value": written}
    if name in TOP and not source.under:
        above = message("{name} is {value}, but {alone} must stand at the top of the file, before the first section")
        return above.filled(**stands, alone=name)
    homes = sections_with(name)
    if homes and not nearest(name, ABOUT[section]):
        return NOT_HERE.filled(**stands, homes=opened_by(source, homes))
    unknown = message("{name} is {value}, but {opened} has no such name; {offer}")
    return unknown.filled(**stands, opened=source.opened(section), offer=offered(name, ABOUT[section]))


def required(source: Source, content: dict[str, Any], name: str) -> str:
    """A text at the top of the file that must be there and say something."""
    if name not in content:
        raise source.refusal(
            message('{name} is missing, but must be given at the top of the file: {name} = "…"', name=name)
        )
    value = content[name]
    if not isinstance(value, str) or not value.strip():
        empty = message("{name} is {value}, but must be a text in quotes, not empty")
        raise source.refusal(empty.filled(name=name, value=source.written("", name, value)))
    return value
