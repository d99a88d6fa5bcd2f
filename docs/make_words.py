"""Keep the Chinese catalogue, words/zh.po, in step with what the code says.

    python docs/make_words.py                rewrite it: new messages are added without a Chinese, unused ones dropped
    python docs/make_words.py --check        say what is missing or unused, and exit 1 if anything is
    python docs/make_words.py --take FILE…   also take over the Chinese of messages in these other catalogues

A message is what `message("…")` or `message_in("where", "…")` writes out in the code, or what a declaration says.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import io
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from linli.agents.core.field import fields_of
from linli.model.world import ENTITIES
from linli.scenarios.catalogue import ABOUT, SECTIONS, meaning_of
from linli.words.catalogue import ZH, read

sys.path.insert(0, str(Path(__file__).resolve().parent))

import make_tables

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("agents", "model", "scenarios", "experiments", "workshop", "words")
HEADER = """\
# What linli says in Chinese. The English stands in the code; `make words` keeps this file in step with it.
# 邻里的中文词句。英文写在代码中；`make words` 使本文件与代码一致。msgctxt 是该词句出现之处。
msgid ""
msgstr ""
"Language: zh\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

TAG = re.compile(r"[A-Z]+\d+[a-z]?")
"""A tag of docs/evidence or docs/equations.md."""

Key = tuple[str, str]
"""Context ("" for none) and English."""


class NotWrittenOut(ValueError):
    """A message that is put together where it is said, so that nobody can translate it."""


def wanted() -> dict[Key, list[str]]:
    """Every message, and the files it stands in."""
    found: dict[Key, list[str]] = defaultdict(list)
    for place, key in (*written_out(), *declared()):
        if place not in found[key]:
            found[key].append(place)
    return dict(found)


def written_out() -> Iterator[tuple[str, Key]]:
    """The messages that stand in calls of `message` and `message_in` (and `Message`, in words/text.py), with their files."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (key := key_of(node, place)) is not None:
                    yield place, key


def key_of(node: ast.AST, place: str) -> Key | None:
    """The message that a node says, if it says one."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return None
    n = {"message": 1, "message_in": 2, "Message": 2}.get(node.func.id, 0)
    inside = place == "words/text.py"
    if n == 0 or (node.func.id == "Message" and not inside):
        return None
    texts = [each.value for each in node.args[:n] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(texts) < n:
        if inside:
            return None
        raise NotWrittenOut(f"{place}:{node.lineno}: {ast.unparse(node)} does not write its message out")
    return ("", texts[0]) if n == 1 else (texts[0], texts[1])


def declared() -> Iterator[tuple[str, Key]]:
    """The messages that declarations hold, with where they are declared."""
    for source in DECLARED:
        yield from source()


def command_line() -> Iterator[tuple[str, Key]]:
    """What commands and their options say of themselves in help."""
    import click
    from linli.experiments.cli import linli
    from linli.experiments.command_line import HELP, help_of

    group = click.Context(linli)
    commands = filter(None, (linli.get_command(group, name) for name in linli.list_commands(group)))
    for command in (linli, *commands):
        place = place_of(command.callback)
        options = (each.help for each in command.params if isinstance(each, click.Option) and each.help)
        for text in (help_of(command), *options):
            if text not in ("", "Show the version and exit."):
                yield place, (HELP, text)


def parameters() -> Iterator[tuple[str, Key]]:
    """The words of the parameters: sections, meanings, units, choices, and sources that are no tags."""
    here = "scenarios/catalogue.py"
    for section, abouts in ABOUT.items():
        yield here, ("sections", section)
        for about in abouts.values():
            meaning = meaning_of(section, about.name)
            yield place_of(type(SECTIONS[section])), (meaning.context, meaning.template)
            yield here, ("units", about.unit)
            yield from ((here, ("choices", choice)) for choice in about.choices)
            yield from ((here, ("sources", tag)) for tag in about.source.split(", ") if not TAG.fullmatch(tag))


def fields() -> Iterator[tuple[str, Key]]:
    """The words of the tables of the World: meanings, units, and the names of codes."""
    here = "model/dictionary.py"
    for table, entity in ENTITIES.items():
        for name, field in fields_of(entity).items():
            yield place_of(entity), (f"field, {table}.{name}", field.meaning)
            yield here, ("units of fields", field.unit)
            yield from ((here, ("codes", code.name.lower())) for code in field.codes or ())  # type: ignore[attr-defined]


def tables() -> Iterator[tuple[str, Key]]:
    """What else the tables of docs/ say."""
    yield from (("docs/make_tables.py", key) for key in make_tables.declared())


def place_of(declaring: Any) -> str:
    """The file of a class or a function."""
    return Path(inspect.getfile(inspect.unwrap(declaring))).resolve().relative_to(ROOT).as_posix()


DECLARED: tuple[Callable[[], Iterator[tuple[str, Key]]], ...] = (parameters, fields, tables, command_line)
"""What yields messages that no call writes out."""


def written(chinese: dict[Key, str], places: dict[Key, list[str]]) -> str:
    """The text of a catalogue with these messages, in the order of files and contexts."""
    catalogue = Catalog(locale="zh", charset="utf-8")
    for key in sorted(places, key=lambda key: (places[key][0], key)):
        locations = [(place, 0) for place in places[key]]
        catalogue.add(key[1], chinese.get(key, ""), locations=locations, context=key[0] or None)
    out = io.BytesIO()
    write_po(out, catalogue, width=120, omit_header=True, include_lineno=False)
    return HEADER + out.getvalue().decode("utf-8")


def faults(chinese: dict[Key, str], places: dict[Key, list[str]]) -> list[str]:
    """What a catalogue lacks, and what it has for nothing."""
    named = {key: f"{key[1]!r}" + (f" in “{key[0]}”" if key[0] else "") for key in {*chinese, *places}}
    return [
        *(f"{places[key][0]}: {named[key]} has no Chinese" for key in places if key not in chinese),
        *(f"words/zh.po: {named[key]} is said nowhere" for key in chinese if key not in places),
    ]


def main() -> None:
    """Rewrite or check the catalogue."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say what is missing or unused")
    parser.add_argument("--take", nargs="+", type=Path, default=[], metavar="FILE", help="catalogues to take from")
    asked = parser.parse_args()
    places = wanted()
    chinese = {key: text for path in (*asked.take, ZH) if path.exists() for key, text in read(path).items()}
    if not asked.check:
        ZH.write_text(written(chinese, places), encoding="utf-8", newline="\n")
        chinese = {key: text for key, text in chinese.items() if key in places}
    found = faults(chinese, places)
    print("\n".join(found) or f"{ZH.name}: {len(places)} messages, all with their Chinese")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
