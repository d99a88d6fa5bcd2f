"""Parameters: every number of the model, declared once beside the rule that uses it.

A behaviour's numbers are one `Parameters` class. Each has a unit, a range, a default and a source
(a tag of docs/evidence, or "assumption"). The one declaration serves the rule, the scenario file,
the documentation table, and later the sliders and the sampling ranges.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from enum import IntEnum
from typing import Any, NamedTuple

import pydantic


class About(NamedTuple):
    """What is known of one parameter besides its value."""

    name: str
    unit: str
    low: float | None
    high: float | None
    default: Any
    meaning: str
    source: str
    choices: tuple[str, ...]


def Parameter(
    default: Any,
    unit: str,
    low: float | None,
    high: float | None,
    meaning: str,
    source: str,
    *,
    codes: type[IntEnum] | None = None,
) -> Any:
    """Declare a parameter: default, unit, allowed range (inclusive), meaning and source tags.

    `codes` is given instead of a range where the value is one of some names; compiled code gets its number.
    """
    return pydantic.Field(
        default=default,
        ge=low,
        le=high,
        description=meaning,
        json_schema_extra={"unit": unit, "source": source, "codes": codes},  # type: ignore[dict-item]
    )


class Parameters(pydantic.BaseModel):
    """A group of parameters: one section of a scenario file."""

    model_config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    @classmethod
    def about(cls) -> list[About]:
        """Unit, range, default, meaning and source of each parameter, in order of declaration."""
        return [_about(name, info) for name, info in cls.model_fields.items()]

    @pydantic.field_validator("*", mode="before")
    @classmethod
    def _known_choice(cls, value: Any, info: pydantic.ValidationInfo) -> Any:
        codes = _extra(cls.model_fields[str(info.field_name)]).get("codes")
        if codes is not None and value not in choices_of(codes):
            raise ValueError(f"one of {', '.join(choices_of(codes))}")
        return value

    def numbers(self) -> Any:
        """The values as the flat named tuple that compiled code reads (names of choices become their codes)."""
        values = []
        for name, info in type(self).model_fields.items():
            value, codes = getattr(self, name), _extra(info)["codes"]
            values.append(int(codes[value.upper()]) if codes else value)
        return getattr(sys.modules[type(self).__module__], type(self).__name__ + "Numbers")(*values)


def numbers_of(group: type[Parameters]) -> Any:
    """The named tuple type of a group; bind it as `<Group>Numbers` in the group's module.

    The binding must bear that name: compiled code is found again on disk only by it.
    """
    made: Any = namedtuple(group.__name__ + "Numbers", list(group.model_fields))  # type: ignore[misc]
    made.__module__ = group.__module__
    return made


def choices_of(codes: type[IntEnum]) -> tuple[str, ...]:
    """The names by which a scenario file calls the values of a code."""
    return tuple(code.name.lower() for code in codes)


def _extra(info: pydantic.fields.FieldInfo) -> dict[str, Any]:
    return info.json_schema_extra or {}  # type: ignore[return-value]


def _about(name: str, info: pydantic.fields.FieldInfo) -> About:
    low = next((m.ge for m in info.metadata if hasattr(m, "ge")), None)
    high = next((m.le for m in info.metadata if hasattr(m, "le")), None)
    extra = _extra(info)
    choices = choices_of(extra["codes"]) if extra.get("codes") else ()
    return About(
        name, extra.get("unit", ""), low, high, info.default, info.description or "", extra.get("source", ""), choices
    )
