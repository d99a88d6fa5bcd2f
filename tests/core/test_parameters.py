"""Parameters: numbers declared once, with what is known of them."""

from __future__ import annotations

from enum import IntEnum

import pydantic
import pytest
from linli.agents.core.parameter import Parameter, Parameters, numbers_of


class Sort(IntEnum):
    SMALL = 0
    LARGE = 3


class Baking(Parameters):
    heat: float = Parameter(180.0, "°C", 50, 300, "heat of the oven", "assumption")
    loaves: int = Parameter(2, "loaves", 1, 10, "how many are baked", "S1, assumption")
    sort: str = Parameter("small", "code", None, None, "size of a loaf", "W1", codes=Sort)
    covered: bool = Parameter(False, "yes/no", None, None, "whether there is a lid", "assumption")


BakingNumbers = numbers_of(Baking)


def test_numbers_are_flat_and_names_become_codes():
    assert Baking(sort="large").numbers() == BakingNumbers(180.0, 2, 3, False)


def test_what_is_known_is_told():
    heat, loaves, sort, _ = Baking.about()
    assert (heat.name, heat.unit, heat.low, heat.high, heat.default) == ("heat", "°C", 50, 300, 180.0)
    assert loaves.source == "S1, assumption" and loaves.meaning == "how many are baked"
    assert sort.choices == ("small", "large") and sort.low is None


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"sort": "medium"}, "one of small, large"),
        ({"sort": 3}, "one of small, large"),
        ({"sort": "LARGE"}, "one of small, large"),
        ({"heat": 49.9}, "greater than or equal to 50"),
        ({"heat": 301}, "less than or equal to 300"),
        ({"heat": float("nan")}, "finite|greater than or equal"),
        ({"heat": float("inf")}, "finite|less than or equal"),
        ({"heat": "180"}, "valid number"),
        ({"loaves": 2.0}, "valid integer"),
        ({"loaves": True}, "valid integer"),
        ({"covered": 1}, "valid boolean"),
        ({"haet": 180.0}, "[Ee]xtra"),
    ],
)
def test_wrong_values_are_refused(values, complaint):
    with pytest.raises(pydantic.ValidationError, match=complaint):
        Baking(**values)


def test_ends_of_the_range_are_allowed():
    assert Baking(heat=50).heat == 50 and Baking(heat=300.0).heat == 300


def test_a_group_is_frozen():
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        Baking().heat = 200.0
