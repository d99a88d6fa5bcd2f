"""What a scenario file may hold: its sections, and every parameter with unit, range, default and source."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..agents.core.parameter import About, Parameters
from ..model.issues import Kinds
from ..model.spec import Spec
from ..words import Words
from ..words.catalogue import chinese
from ..words.text import Message

LATER = (
    "disclosure", "adoption_feedback", "platform", "funds", "renewal", "services", "activities",
    "community_building", "civic_education", "service_floors", "shocks",
)  # fmt: skip
"""Sections that later versions will have: known by name, refused for now."""

STRUCTURAL = ("population", "places", "ties", "staff")
"""Sections settled when a town is founded: all scenarios of a comparison share them."""


class Entry(NamedTuple):
    """One parameter as the tables of the command line and the documentation show it."""

    section: str
    name: str
    unit: Words
    low: float | None
    high: float | None
    default: Any
    meaning: Words
    source: str
    choices: tuple[str, ...]

    @property
    def meaning_zh(self) -> str:
        """The meaning in Chinese."""
        return self.meaning.zh

    @property
    def unit_zh(self) -> str:
        """The unit in Chinese."""
        return self.unit.zh

    def record(self) -> dict[str, Any]:
        """All of it, in both languages."""
        return {**self._asdict(), "meaning_zh": self.meaning_zh, "unit_zh": self.unit_zh}


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
    """What is known of a parameter, with the default it has in this section."""
    default = getattr(SECTIONS[section], a.name)
    unit, meaning = unit_of(a), meaning_of(section, a.name)
    return Entry(section, a.name, unit, a.low, a.high, default, meaning, a.source, a.choices)


def unit_of(about: About) -> Words:
    """The unit of a parameter."""
    return Message("units", about.unit, {})


def meaning_of(section: str, name: str) -> Message:
    """What a parameter means. All kinds of issue share their words."""
    return Message(f"parameter, {section.partition('.')[0]}.{name}", ABOUT[section][name].meaning, {})


def word_zh(table: str, english: str) -> str:
    """The Chinese word of a section, a unit, a choice or a source; where there is none, the English one."""
    return chinese(table, english)


def meaning_zh(section: str, name: str) -> str:
    """What a parameter means, in Chinese."""
    return meaning_of(section, name).zh


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
