"""The data dictionary in both languages: what the fields of the World mean, their units, and the names of codes."""

from __future__ import annotations

from enum import IntEnum

from ..agents.core.field import Field, fields_of
from ..words import Words
from ..words.text import Message
from .world import ENTITIES


def meaning_of(table: str, field: str) -> Words:
    """What a field of a table means, as it is declared."""
    return Message(f"field, {table}.{field}", fields_of(ENTITIES[table])[field].meaning, {})


def unit_of(field: Field) -> Words:
    """The unit of a field."""
    return Message("units of fields", field.unit, {})


def name_of(code: IntEnum) -> Words:
    """What a code is called; in English, its own name."""
    return Message("codes", code.name.lower(), {})
