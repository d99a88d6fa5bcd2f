"""Loading a scenario: the file, the chain of its bases, and the specification they make together."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..model.spec import Spec, with_values
from ..words import Words, listed, message, message_in
from .catalogue import SECTIONS, STRUCTURAL
from .contradictions import CONTRADICTIONS, KIND_SHARES, Contradiction, sum_of, value_of
from .errors import nearest, refusal
from .interventions import Intervention, by_day, interventions_of, with_interventions
from .reading import ScenarioFile, read
from .source import Source
from .toml_text import clipped, toml_of

SHIPPED = Path(__file__).parent
"""Where the scenarios that come with the package lie."""

@dataclass(frozen=True)
class Scenario:
    """A question, and the town to ask it of.

    A run founds and burns in the town under `baseline`, the root of the chain of bases, and lives from
    day 0 on under `spec`, which may itself change on later days. `changes` are the differences between the two
    on day 0, by section; `root` is the file of the baseline.
    """

    name: str
    path: Path
    question: str
    question_zh: str
    spec: Spec
    baseline: Spec
    changes: dict[str, dict[str, object]] = field(hash=False)
    root: Path


def names() -> list[str]:
    """The names of the scenarios that come with the package."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(name_or_path: str | Path) -> Scenario:
    """Load a shipped scenario by its name, or any scenario file by its path.

    Raises ScenarioError, in one sentence, for whatever is wrong with the file or with one of its bases.
    """
    files = chain(path_of(name_or_path))
    own, root = files[0], files[-1]
    baseline = spec = laid_over(Spec(), root.source, root.sections)
    if root.interventions is not None:
        raise root.source.refusal(
            message(
                "[[interventions]] stand in a file without a base, but must stand in one with a base: the days before "
                "day 0, and the town that scenarios are compared with, know none"
            )
        )
    for file in reversed(files[:-1]):
        refuse_structural(file.source, file.sections)
        spec = laid_over(spec, file.source, file.sections)
        if file.interventions is not None:
            spec = laid_over_later(spec, interventions_of(file.source, file.interventions))
    return Scenario(
        own.path.stem, own.path, own.question, own.question_zh, spec, baseline, differences(baseline, spec), root.path
    )


def path_of(name_or_path: str | Path) -> Path:
    """The file meant by a shipped scenario's name or by a path."""
    if isinstance(name_or_path, str) and name_or_path in names():
        return SHIPPED / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if (
        isinstance(name_or_path, str)
        and path.name == name_or_path
        and path.suffix != ".toml"
        and not os.path.exists(path)
    ):
        unknown = message("there is no scenario of this name; {offer}", offer=shipped_names(name_or_path))
        raise refusal(path, unknown)
    return path


def shipped_names(name: str) -> Words:
    """The shipped scenario whose name is nearest, and where to find all of them."""
    near, all_of_them = nearest(name, names()), message("`linli scenarios` lists all {n}", n=len(names()))
    return message("the nearest name is {name}; {all}", name=near, all=all_of_them) if near else all_of_them


def chain(path: Path) -> list[ScenarioFile]:
    """The file, its base, the base of that, and so on down to the root."""
    files = [read(path)]
    while files[-1].base is not None:
        base = base_of(files[-1])
        met = [os.path.realpath(file.path) for file in files]
        if os.path.realpath(base) in met:
            raise refusal(files[-1].path, circle(files, met.index(os.path.realpath(base))))
        files.append(read(base))
    return files


def base_of(file: ScenarioFile) -> Path:
    """The file that another one builds on: a shipped scenario, or a path seen from that file."""
    base = str(file.base)
    if base in names():
        return SHIPPED / f"{base}.toml"
    path = file.path.parent / base
    if not os.path.isfile(path):
        written = file.source.written("", "base", base)
        nowhere = message("base is {value}, but must be the name of a shipped scenario or the path of a file; {offer}")
        raise refusal(file.path, nowhere.filled(value=written, offer=shipped_names(base)))
    return path


def circle(files: list[ScenarioFile], first: int) -> Words:
    """What to say of bases that lead back to where they began."""
    round_trip = [file.path.name for file in files[first:]] + [files[first].path.name]
    written = files[-1].source.written("", "base", files[-1].base)
    return message(
        "base is {value}, which leads in a circle ({files}), but a chain of bases must end in a file without a base",
        value=written, files=" → ".join(round_trip),
    )  # fmt: skip


def refuse_structural(source: Source, sections: dict[str, dict[str, Any]]) -> None:
    """All scenarios of a comparison share the people, the places and the ties: a difference may not touch them."""
    for section in STRUCTURAL:
        for name, value in sections.get(section, {}).items():
            written = source.written(section, name, value)
            shared = message(
                "{section}.{name} is {value}, but [{section}] must stay as in the baseline, because all scenarios of a "
                "comparison share the same people, places and ties; only a file without a base may set it"
            )
            raise source.refusal(shared.filled(section=section, name=name, value=written))


def laid_over(spec: Spec, source: Source, sections: dict[str, dict[str, Any]]) -> Spec:
    """The specification with these values, checked one by one, in place of its own. Raises ScenarioError."""
    new = with_values(spec, sections)
    refuse_contradictions(source, sections, new)
    return new


def laid_over_later(spec: Spec, added: tuple[Intervention, ...]) -> Spec:
    """The specification with these interventions. Raises ScenarioError."""
    for each in added:
        refuse_structural(each.source, each.sections)
    new = with_interventions(spec, added)
    for each in added:
        refuse_contradictions(each.source, each.sections, new.on(each.day))
    refuse_contradictions(added[-1].source, added[-1].sections, new)
    return new


def refuse_contradictions(source: Source, sections: dict[str, dict[str, Any]], spec: Spec) -> None:
    """Raises ScenarioError if values do not go together, on the first day or from a later one on."""
    for day in (0, *(day for day, _ in by_day(spec))):
        now = spec.on(day)
        for contradiction in CONTRADICTIONS:
            if contradiction.arises(now):
                said = contradicted(source, sections, now, contradiction)
                raise source.refusal(message("{what} (from day {day} on)", what=said, day=day) if day else said)


def contradicted(source: Source, sections: dict[str, dict[str, Any]], spec: Spec, contradiction: Contradiction) -> Words:
    """Which values do not go together, those that stand here as they are written."""
    stands = []
    for each in contradiction.fields:
        section, _, name = each.rpartition(".")
        here = name in sections.get(section, {})
        if here or contradiction.fields is not KIND_SHARES:
            value = value_of(spec, each)
            written = source.written(section, name, value) if here else clipped(toml_of(value))
            stands.append(message("{name} is {value}", name=each, value=written))
    said = message(
        "{values}, but {wanted}", values=listed(stands, message_in("between values", " and ")), wanted=contradiction.wanted
    )
    if not contradiction.adds_up:
        return said
    return message("{what} (the sum is {total:.12g})", what=said, total=sum_of(spec, contradiction.fields))


def differences(baseline: Spec, spec: Spec) -> dict[str, dict[str, object]]:
    """Every value of `spec` that is not the baseline's, by section."""
    found: dict[str, dict[str, Any]] = {}
    for section in SECTIONS:
        before, after = value_of(baseline, section), value_of(spec, section)
        changed = {name: value for name, value in after if value != getattr(before, name)}
        if changed:
            found[section] = changed
    return found
