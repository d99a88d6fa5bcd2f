"""What a scenario file may hold: its sections, and every parameter with unit, range, default and source."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from ..agents.core.parameter import About, Parameters
from ..model.issues import Kinds
from ..model.spec import Spec

LATER = (
    "disclosure", "adoption_feedback", "platform", "funds", "renewal", "services", "activities",
    "community_building", "civic_education", "service_floors", "shocks",
)  # fmt: skip
"""Sections that later versions will have: known by name, refused for now."""

STRUCTURAL = ("population", "places", "ties", "staff")
"""Sections settled when a town is founded: all scenarios of a comparison share them."""


WORDS_ZH = Path(__file__).parent / "words_zh.toml"
"""The same table in Chinese words. It lies beside the scenarios and is none."""


class Entry(NamedTuple):
    """One parameter as the tables of the command line and the documentation show it."""

    section: str
    name: str
    unit: str
    low: float | None
    high: float | None
    default: Any
    meaning: str
    source: str
    choices: tuple[str, ...]
    meaning_zh: str
    unit_zh: str


def groups() -> dict[str, Parameters]:
    """The groups of parameters at their defaults, by section; kinds of issues are `kinds.planters` and so on."""
    found: dict[str, Parameters] = {}
    for name in Spec.model_fields:
        group = getattr(Spec(), name)
        if isinstance(group, Kinds):
            found |= {f"{name}.{kind}": getattr(group, kind) for kind in Kinds.model_fields}
        else:
            found[name] = group
    return found


SECTIONS = groups()

ABOUT: dict[str, dict[str, About]] = {
    section: {about.name: about for about in group.about()} for section, group in SECTIONS.items()
}


def parameters() -> list[Entry]:
    """Every parameter, in the order of the sections. A kind of issue has defaults of its own."""
    return [entry_of(section, about) for section, abouts in ABOUT.items() for about in abouts.values()]


def entry_of(section: str, a: About) -> Entry:
    """What is known of a parameter, with the default it has in this section and its Chinese words."""
    default = getattr(SECTIONS[section], a.name)
    words = meaning_zh(section, a.name), word_zh("units", a.unit)
    return Entry(section, a.name, a.unit, a.low, a.high, default, a.meaning, a.source, a.choices, *words)


@functools.cache
def words_zh() -> dict[str, dict[str, str]]:
    """The Chinese words by section, and of `sections`, `units`, `choices` and `sources`."""
    return tomllib.loads(WORDS_ZH.read_text(encoding="utf-8"))


def word_zh(table: str, english: str) -> str:
    """The Chinese word in one of these tables; where there is none, the English one."""
    return words_zh().get(table, {}).get(english, english)


def meaning_zh(section: str, name: str) -> str:
    """What a parameter means, in Chinese. All kinds of issue share their words."""
    found = word_zh(section.partition(".")[0], name)
    return found if found != name else ABOUT[section][name].meaning


def title_zh(section: str) -> str:
    """The title of a section in Chinese."""
    return word_zh("sections", section)


def sections_with(name: str) -> list[str]:
    """The sections that have a parameter of this name."""
    return [section for section, abouts in ABOUT.items() if name in abouts]


def type_of(section: str, name: str) -> type:
    """bool, int, float or str: what a parameter holds."""
    held = type(SECTIONS[section]).model_fields[name].annotation
    assert isinstance(held, type)
    return held
