"""Fields: columns declared once."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pytest
from linli.agents.core.field import KINDS, Field, dtype_of, fields_of, table_of


class Colour(IntEnum):
    RED = 0
    BLUE = 1


class PlantFields:
    height = Field("f8", "m", "how tall it is", 0.5, 0, 3)
    leaves = Field("i4", "leaves", "how many it has", -1)
    colour = Field("u1", "code", "its colour", codes=Colour)


class TreeFields(PlantFields):
    rings = Field("i8", "rings", "its age")


@pytest.mark.parametrize("kind", ("f4", "f2", "u2", "u8", "i2", "U8", "O", "float"))
def test_kinds_that_promote_differently_are_refused(kind):
    with pytest.raises(ValueError, match="f8, i8, i4"):
        Field(kind, "1", "a number")


def test_fields_become_an_aligned_dtype():
    dtype = dtype_of(PlantFields)
    assert dtype.names == ("height", "leaves", "colour")
    assert dtype.isalignedstruct and set(KINDS) >= {"f8", "i4", "u1"}


def test_inherited_fields_come_first():
    assert list(fields_of(TreeFields)) == ["height", "leaves", "colour", "rings"]


def test_a_new_table_holds_the_values_at_birth():
    table = table_of(PlantFields, 3)
    assert table["height"].tolist() == [0.5] * 3 and table["leaves"].tolist() == [-1] * 3
    assert table["colour"].tolist() == [0] * 3


def test_on_an_agent_a_field_is_its_own_cell():
    class Plant(PlantFields):
        def __init__(self, table, row):
            self.table, self.row = table, row

    table = table_of(PlantFields, 2)
    plant = Plant(table, 1)
    plant.leaves = 12
    assert table["leaves"].tolist() == [-1, 12]
    assert plant.leaves == 12 and type(plant.height) is float
    assert isinstance(Plant.height, Field) and Plant.height.unit == "m"


def test_a_field_knows_its_name():
    assert PlantFields.height.name == "height"
    assert np.dtype(PlantFields.leaves.kind) == np.int32
