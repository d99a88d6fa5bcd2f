"""Interventions: what a scenario sets on the morning of a given day, in place of what held until then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..model.spec import Change, Course, Spec
from ..words import Words, listed, message
from .reading import sections_of
from .source import Source
from .toml_text import clipped, toml_of

LAST_DAY = 7_299
"""The last day that a run can have."""

OPENED = "[[interventions]]"


class Intervention(NamedTuple):
    """One entry of the list: from which day on, and which values."""

    source: Source
    day: int
    sections: dict[str, dict[str, Any]]


def interventions_of(source: Source, entries: Any, shown: str = "interventions") -> tuple[Intervention, ...]:
    """Every intervention of a scenario, each value checked by itself. Raises ScenarioError.

    `shown` is what the list is called in its text, as in `scenarios.interventions`.
    """
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        written = clipped(toml_of(entries))
        raise source.refusal(
            message(
                "interventions is {value}, but must be a list of tables, each opened by {opened}",
                value=written, opened=f"[[{shown}]]",
            )
        )  # fmt: skip
    texts = source.entries(shown, len(entries))
    found: list[Intervention] = []
    for number, (entry, text) in enumerate(zip(entries, texts, strict=True), 1):
        here = within(source, message("in intervention {n}, ", n=number))._replace(text=text, under=shown)
        day = day_of(here, entry, found)
        there = within(source, message("in the intervention of day {day}, ", day=day))._replace(text=text, under=shown)
        sections = sections_of(there, without_day(entry))
        if not any(sections.values()):
            raise here.refusal(
                message("nothing is set on day {day}, but an intervention must set at least one value", day=day)
            )
        found.append(Intervention(there, day, sections))
    return tuple(found)


def within(source: Source, where: Words) -> Source:
    """The source, with sentences that also say where in it."""
    return source._replace(who=listed((source.who, where), ""))


def without_day(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry's sections."""
    return {name: value for name, value in entry.items() if name != "day"}


def day_of(source: Source, entry: dict[str, Any], before: Sequence[Intervention]) -> int:
    """The day of an entry. Raises ScenarioError for one that cannot be, or that another entry has."""
    allowed = message("a whole number from {low} to {high}", low=1, high=LAST_DAY)
    if "day" not in entry:
        missing = message("day is missing, but must be given right under {opened}: {wanted}")
        raise source.refusal(missing.filled(opened=f"[[{source.under}]]", wanted=allowed))
    day, written = entry["day"], source.written("", "day", entry["day"])
    if type(day) is not int or not 1 <= day <= LAST_DAY:
        never = message("day is {value}, but must be {wanted}; what holds from day 0 on stands in sections")
        raise source.refusal(never.filled(value=written, wanted=allowed))
    if any(each.day == day for each in before):
        taken = message("day is {value}, but another intervention has that day, and each must have its own")
        raise source.refusal(taken.filled(value=written))
    return day


def with_interventions(spec: Spec, added: Iterable[Intervention]) -> Spec:
    """The specification that also changes on these days; on one day, what is added comes after what is there."""
    changes = list(spec.changes) if isinstance(spec, Course) else []
    changes += [change_of(each.day, each.sections) for each in added]
    if not changes:
        return spec
    groups = {name: getattr(spec, name) for name in Spec.model_fields}
    return Course(**groups, changes=tuple(sorted(changes, key=lambda change: change.day)))


def change_of(day: int, sections: dict[str, dict[str, Any]]) -> Change:
    """The sections of a scenario as what an intervention sets."""
    values = [(f"{section}.{name}", value) for section, pairs in sections.items() for name, value in pairs.items()]
    return Change(day=day, values=tuple(values))


def by_day(spec: Spec) -> list[tuple[int, dict[str, dict[str, Any]]]]:
    """What a specification sets on which day, in order; one entry a day."""
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for change in spec.changes if isinstance(spec, Course) else ():
        for section, values in change.sections.items():
            found.setdefault(change.day, {}).setdefault(section, {}).update(values)
    return sorted(found.items())
