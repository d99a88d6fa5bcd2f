"""The specification of a town: every group of parameters under the name its section has in a scenario file."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import pydantic

from ..agents.core.table import wrapped
from ..agents.deputy.reception import Deputies
from ..agents.grid_worker.casework import Grid
from ..agents.party_member.contact import Party
from ..agents.resident.attending import Attending
from ..agents.resident.consenting import Consenting
from ..agents.resident.earning import Incentives
from ..agents.resident.habits import Habits
from ..agents.resident.joining import Joining
from ..agents.resident.learning import Learning
from ..agents.resident.life_events import LifeEvents
from ..agents.resident.noticing import Noticing
from ..agents.resident.participation import Participation
from ..agents.resident.recognising import Recognition
from ..agents.resident.redeeming import Mall, Redeeming
from ..agents.resident.reporting import Reporting
from ..agents.resident.volunteering import Volunteering
from ..agents.resident.voting import Voting
from .agenda import Agenda
from .bonds import Bonds
from .calling import Calling
from .closing import Closing, Staff
from .issues import Issues, Kinds
from .places import Places
from .population import Population
from .regime import Deliberation
from .routing import Routing
from .ties import Ties


class SpecNumbers(NamedTuple):
    """The same as numbers, for compiled code: one flat group per behaviour, and the table of kinds."""

    incentives: Any
    recognition: Any
    mall: Any
    deliberation: Any
    agenda: Any
    grid: Any
    party: Any
    deputies: Any
    participation: Any
    noticing: Any
    reporting: Any
    volunteering: Any
    attending: Any
    voting: Any
    consenting: Any
    bonds: Any
    joining: Any
    redeeming: Any
    learning: Any
    habits: Any
    life_events: Any
    calling: Any
    issues: Any
    routing: Any
    closing: Any
    population: Any
    places: Any
    ties: Any
    staff: Any
    kinds: Any


class Spec(pydantic.BaseModel):
    """All numbers of a town. Frozen; `changed(section={...})` gives a new one."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)

    incentives: Incentives = Incentives()
    recognition: Recognition = Recognition()
    mall: Mall = Mall()
    deliberation: Deliberation = Deliberation()
    agenda: Agenda = Agenda()
    grid: Grid = Grid()
    party: Party = Party()
    deputies: Deputies = Deputies()
    participation: Participation = Participation()
    noticing: Noticing = Noticing()
    reporting: Reporting = Reporting()
    volunteering: Volunteering = Volunteering()
    attending: Attending = Attending()
    voting: Voting = Voting()
    consenting: Consenting = Consenting()
    bonds: Bonds = Bonds()
    joining: Joining = Joining()
    redeeming: Redeeming = Redeeming()
    learning: Learning = Learning()
    habits: Habits = Habits()
    life_events: LifeEvents = LifeEvents()
    calling: Calling = Calling()
    issues: Issues = Issues()
    routing: Routing = Routing()
    closing: Closing = Closing()
    population: Population = Population()
    places: Places = Places()
    ties: Ties = Ties()
    staff: Staff = Staff()
    kinds: Kinds = Kinds()

    def numbers(self) -> SpecNumbers:
        """The values as compiled code reads them."""
        groups = [getattr(self, name).numbers() for name in SpecNumbers._fields]
        return SpecNumbers(*(wrapped(group) for group in groups))

    def changed(self, **sections: dict[str, Any]) -> Spec:
        """A copy with some values changed: `spec.changed(incentives={"points_per_hour": 500})`.

        Raises pydantic.ValidationError for unknown names and values out of range.
        """
        return type(self).model_validate(_merged(self.model_dump(), sections))

    @property
    def turns(self) -> tuple[int, ...]:
        """The days on which its numbers change."""
        return ()

    def on(self, day: int) -> Spec:
        """The numbers in force on a day."""
        return self


class Change(pydantic.BaseModel):
    """What an intervention sets on the morning of its day: parameters by their names, `section.name`."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)

    day: int
    values: tuple[tuple[str, bool | int | float | str], ...]

    @property
    def sections(self) -> dict[str, dict[str, Any]]:
        """The same as the sections of a scenario file."""
        found: dict[str, dict[str, Any]] = {}
        for parameter, value in self.values:
            section, _, name = parameter.rpartition(".")
            found.setdefault(section, {})[name] = value
        return found


class Course(Spec):
    """A specification that changes on given days: its own numbers hold from day 0, each change from its day on."""

    changes: tuple[Change, ...]
    """In the order of their days."""

    @property
    def turns(self) -> tuple[int, ...]:
        """The days on which its numbers change."""
        return tuple(change.day for change in self.changes)

    def on(self, day: int) -> Spec:
        """The numbers in force on a day."""
        return _in_force(self, sum(change.day <= day for change in self.changes))

    def numbers(self) -> SpecNumbers:
        """There are several: ask for `on(day).numbers()`. Raises TypeError."""
        raise TypeError("these numbers change from day to day: use spec.on(day).numbers()")


@lru_cache(maxsize=64)
def _in_force(course: Course, n_changes: int) -> Spec:
    """The numbers after so many changes."""
    found = Spec.model_construct(**{name: getattr(course, name) for name in Spec.model_fields})
    for change in course.changes[:n_changes]:
        found = with_values(found, change.sections)
    return found


M = TypeVar("M", bound=pydantic.BaseModel)


def with_values(group: M, sections: dict[str, dict[str, Any]]) -> M:
    """A copy of a group of parameters, or of all groups, with the values of some sections. They are not checked."""
    changed: dict[str, Any] = {}
    for section, values in sections.items():
        name, _, rest = section.partition(".")
        within = changed.get(name, getattr(group, name))
        changed[name] = with_values(within, {rest: values}) if rest else replaced(within, values)
    return replaced(group, changed)


def replaced(group: M, values: dict[str, Any]) -> M:
    """A copy with some values changed."""
    copy = group.model_copy(update=values)
    # A design holds thousands of copies, and the set of names is as large as the values: they share it.
    object.__setattr__(copy, "__pydantic_fields_set__", group.model_fields_set)
    return copy


def _merged(whole: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A table with some values replaced, tables within it likewise."""
    both = {
        name: _merged(whole[name], value) if isinstance(value, dict) and isinstance(whole.get(name), dict) else value
        for name, value in changes.items()
    }
    return {**whole, **both}
