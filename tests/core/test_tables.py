"""Tables: rows as interpreted code sees them, and tables that grow."""

from __future__ import annotations

import numpy as np
import pytest
from linli.agents.core.field import Field, table_of
from linli.agents.core.table import (
    Row,
    Table,
    _room_compiled,
    _room_interpreted,
    each_once,
    in_order,
    longer_keys,
    unwrapped,
)


class ThingFields:
    weight = Field("f8", "kg", "how heavy it is", 0.5)
    n = Field("i4", "things", "how many there are", -1)
    big = Field("?", "yes/no", "whether it is big")


@pytest.fixture
def things():
    table = table_of(ThingFields, 4)
    table["weight"][:3] = (1.0, 2.0, 3.0)
    table["n"][:3] = (10, 20, 30)
    return table


def test_rows_read_and_write_cells(things):
    row = Table(things)[1]
    row.weight += 0.25
    row.big = True
    assert things["weight"][1] == 2.25 and things["big"][1]
    assert isinstance(row, Row)


def test_rows_give_python_numbers(things):
    row = Table(things)[0]
    assert [type(value) for value in (row.weight, row.n, row.big)] == [float, int, bool]


def test_a_misspelt_field_is_an_attribute_error(things):
    with pytest.raises(AttributeError, match="wieght"):
        _ = Table(things)[0].wieght


@pytest.mark.parametrize("index", (-1, 4, 1_000))
def test_rows_past_the_ends_are_refused(things, index):
    with pytest.raises(IndexError, match="of a table of 4 rows"):
        Table(things)[index]
    with pytest.raises(IndexError):
        Table(things)[index] = Table(things)[0]


def test_a_row_is_copied_by_value(things):
    table = Table(things)
    table[0] = table[2]
    things["n"][2] = 99
    assert (things["weight"][0], things["n"][0]) == (3.0, 30)


def test_slices_are_views_with_checked_rows(things):
    part = Table(things)[1:3]
    part[0].n = 7
    assert things["n"][1] == 7 and len(part) == 2 and [row.n for row in part] == [7, 30]
    with pytest.raises(IndexError):
        part[2]


@pytest.mark.parametrize("room", (_room_interpreted, _room_compiled))
def test_room_keeps_rows_and_blanks_new_ones(things, room):
    table = Table(things) if room is _room_interpreted else things
    longer = unwrapped(room(table, 4))
    assert len(longer) >= 8
    assert np.array_equal(longer[:4], things)
    for name in things.dtype.names:
        assert (longer[name][4:] == table_of(ThingFields, 1)[name]).all()


@pytest.mark.parametrize("room", (_room_interpreted, _room_compiled))
def test_room_that_is_there_is_left_alone(things, room):
    table = Table(things) if room is _room_interpreted else things
    assert np.shares_memory(unwrapped(room(table, 3)), things)


@pytest.mark.parametrize("room", (_room_interpreted, _room_compiled))
def test_room_grows_by_doubling(things, room):
    table = Table(things) if room is _room_interpreted else things
    grown = 0
    for n in range(1_000):
        longer = room(table, n)
        grown += len(longer) != len(table)
        table = longer
    assert grown <= 9


def test_keys_are_ordered_and_taken_once():
    keys = in_order(np.array([5, 3, 5, 1, 9, 9]), 5)
    assert keys.tolist() == [1, 3, 5, 5, 9]
    assert each_once(keys).tolist() == [1, 3, 5, 9]


def test_keys_are_kept_when_they_get_more_room():
    keys = np.arange(3)
    assert longer_keys(keys, 3) is keys or np.shares_memory(longer_keys(keys, 3), keys)
    assert len(longer_keys(keys, 4)) >= 4 and longer_keys(keys, 4)[:3].tolist() == [0, 1, 2]
