"""The scenarios of a design: shipped ones, files beside it, and differences written in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ... import scenarios as shelf
from ...model.spec import Spec
from ...scenarios.interventions import interventions_of
from ...scenarios.loader import differences, laid_over, laid_over_later, refuse_structural, shipped_names
from ...scenarios.reading import sections_of
from ...scenarios.source import Source
from ...words import message
from .parts import Arm
from .reading import TOP, Table

KEYS = ("name", "file", "base", "question", "question_zh", "changes", "interventions")
LATER = "scenarios.interventions"
"""What the interventions of a scenario written in a design are called there."""

TOWN, OWN_TOWN = "town", "[town]"
"""The base that stands for the town written in the design itself, and what sentences call it."""

NAME = re.compile(r"[^\W_][\w.-]{0,59}")
IN_WORDS = message("at most 60 letters, digits, _, - and ., beginning with a letter or digit")


class Grown(NamedTuple):
    """An arm, and the file of the baseline it grows from, as a sentence says it."""

    arm: Arm
    root: str


class Shelf(NamedTuple):
    """Where the bases of a design's scenarios are looked up."""

    folder: Path
    load: Callable[[str | Path], shelf.Scenario]
    town: Spec | None


def read_arms(top: Table, load: Callable[[str | Path], shelf.Scenario]) -> tuple[Arm, ...]:
    """All scenarios of the design, in its order, on one baseline. Raises ScenarioError."""
    entries = top.values.get("scenarios")
    if entries is None:
        raise top.source.refusal(message(
            "scenarios is missing, but at least one must be given, opened by [[scenarios]]",
        ))  # fmt: skip
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise top.refusal("scenarios", message("must be a list of tables, each opened by [[scenarios]]"))
    if not entries:
        raise top.refusal("scenarios", message("must hold at least one scenario, opened by [[scenarios]]"))
    known = Shelf(top.source.path.parent, load, read_town(top))
    tables = entry_tables(top.source, entries)
    found = [arm_of(table, known) for table in tables]
    for i, table in enumerate(tables):
        check_name(table, found, i)
        check_baseline(table, found, i)
    if known.town is not None and found[0].root != OWN_TOWN:
        raise top.refusal("town", message(
            'no scenario grows from it: a [town] must be the base ("town") of the scenarios',
        ))  # fmt: skip
    return tuple(grown.arm._replace(baseline=found[0].arm.baseline) for grown in found)


def entry_tables(source: Source, entries: list[dict[str, Any]]) -> list[Table]:
    """Each entry, with the part of the text that it is written in."""
    texts = source.entries("scenarios", len(entries))
    found = []
    for number, (entry, text) in enumerate(zip(entries, texts, strict=True), 1):
        name = entry.get("name", entry.get("file"))
        who = message("in scenario {n}, ", n=number)
        if isinstance(name, str) and NAME.fullmatch(name):
            who = message("in scenario {n} ({name}), ", n=number, name=name)
        found.append(Table(Source(source.path, text, who, "scenarios"), entry))
    return found


def read_town(top: Table) -> Spec | None:
    """The town that a design writes down itself; None if it does not."""
    if "town" not in top.values:
        return None
    source = top.source._replace(who=message("in the town, "), under="town")
    sections = sections_of(source, top.table("town"))
    return laid_over(Spec(), source, sections)


def arm_of(table: Table, known: Shelf) -> Grown:
    """The scenario that an entry stands for."""
    table.only(KEYS, TOP)
    if "file" in table.values:
        return from_file(table, known)
    if {"base", "changes", "interventions"} & set(table.values):
        return written_here(table, known)
    for name in ("question", "question_zh"):
        if name in table.values:
            raise table.refusal(name, message("a shipped scenario has its own; give a base to write one here"))
    name = shipped(table)
    return named(known.load(name), name)


def shipped(table: Table) -> str:
    """The name of a shipped scenario."""
    name = str(table.text("name", "") or "")
    if not name:
        raise table.source.refusal(message(
            'name is missing, but a scenario must be given by name = "baseline", by file = "mine.toml", or by '
            "name, base and changes"
        ))  # fmt: skip
    return table.one_of("name", shelf.names(), lister="`linli scenarios`")


def from_file(table: Table, known: Shelf) -> Grown:
    """A scenario from a file beside the design."""
    for name in ("base", "changes", "question", "question_zh", "interventions"):
        if name in table.values:
            raise table.refusal(name, message(
                "a scenario from a file takes none; give base in place of file to change it",
            ))  # fmt: skip
    path = known.folder / table.text("file")
    if not os.path.isfile(path):
        raise table.refusal("file", message("must be the path of a scenario file, seen from this design"))
    name = table.text("name", path.stem)
    if not NAME.fullmatch(path.stem) and "name" not in table.values:
        raise table.refusal("file", message(
            "as a name this is not {wanted}, so a name must be given beside it", wanted=IN_WORDS,
        ))  # fmt: skip
    return named(known.load(path), name)


def named(scenario: shelf.Scenario, name: str) -> Grown:
    """A loaded scenario under the name it has here."""
    arm = Arm(name, scenario.question, scenario.question_zh, plain(scenario.changes), scenario.spec, scenario.baseline)
    return Grown(arm, scenario.root.name)


def plain(changes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """A copy of some changes."""
    return {section: dict(values) for section, values in changes.items()}


def written_here(table: Table, known: Shelf) -> Grown:
    """A scenario written in the design: a base, and what differs from it."""
    name = table.text("name")
    base = table.text("base")
    spec, baseline, root = base_of(table, base, known)
    source = table.source._replace(under="scenarios.changes")
    sections = sections_of(source, table.table("changes"))
    refuse_structural(source, sections)
    spec = laid_over(spec, source, sections)
    if "interventions" in table.values:
        later = interventions_of(table.source._replace(under=""), table.values["interventions"], LATER)
        spec = laid_over_later(spec, later)
    question, question_zh = table.text("question", ""), table.text("question_zh", "")
    return Grown(Arm(name, question, question_zh, plain(differences(baseline, spec)), spec, baseline), root)


def base_of(table: Table, base: str, known: Shelf) -> tuple[Spec, Spec, str]:
    """What a scenario builds on: its numbers, those of its baseline, and where that is written."""
    if base == TOWN:
        if known.town is None:
            raise table.refusal("base", message("this design has no [town] of its own"))
        return known.town, known.town, OWN_TOWN
    path = known.folder / base
    if base not in shelf.names() and not os.path.isfile(path):
        raise table.refusal("base", message(
            "must be the name of a shipped scenario or the path of a file, seen from this design; {hint}",
            hint=shipped_names(base),
        ))  # fmt: skip
    scenario = known.load(base if base in shelf.names() else path)
    return scenario.spec, scenario.baseline, scenario.root.name


def check_name(table: Table, found: list[Grown], i: int) -> None:
    """Names are short and plain, because files and columns bear them, and each is there once."""
    name = found[i].arm.name
    if not NAME.fullmatch(name):
        raise table.refusal("name", message("must be {wanted}", wanted=IN_WORDS))
    names = [grown.arm.name for grown in found]
    if names.index(name) < i:
        field = "name" if "name" in table.values else "file"
        raise table.refusal(field, message(
            "scenario {n} has the name {name} too, and each must have its own", n=names.index(name) + 1, name=name,
        ))  # fmt: skip


def check_baseline(table: Table, found: list[Grown], i: int) -> None:
    """Runs are paired, so all towns are founded alike."""
    if found[i].arm.baseline == found[0].arm.baseline:
        return
    field = next(name for name in ("file", "base", "name") if name in table.values)
    raise table.refusal(field, message(
        "its town ({root}) must be that of scenario 1 ({first}), or their runs cannot be paired",
        root=found[i].root, first=found[0].root,
    ))  # fmt: skip
