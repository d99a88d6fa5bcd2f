"""Sizes: the standard ones, and general grids of other numbers of residents."""

from __future__ import annotations

import pytest
from linli.experiments.runs import Refusal, checked
from linli.model.founding import found
from linli.model.places import SIZES, size_of
from linli.model.spec import Spec


@pytest.mark.parametrize("n", [300, 1_000, 2_000, 5_000])
def test_a_general_grid_can_have_any_number_of_residents(n: int) -> None:
    town = found(Spec(), f"general_grid:{n}", 4)
    assert len(town.residents) == n and len(town.general_grids) == 1
    per_micro_grid = n / len(town.micro_grids)
    assert 140 <= per_micro_grid <= 310  # 219 in the district
    assert 2.4 < n / len(town.households) < 2.6


def test_of_the_usual_number_it_is_the_usual_one() -> None:
    usual, named = (found(Spec(), size, 4) for size in ("general_grid", "general_grid:1438"))
    assert usual.residents.tobytes() == named.residents.tobytes() and usual.ties.tobytes() == named.ties.tobytes()


@pytest.mark.parametrize("size", ["village", "general_grid:", "general_grid:299", "general_grid:5001", "general_grid:x",
                                  "general_grid:-5", "general_grid:1e3", "community:2000", "general_grid:٣٣٣"])
def test_other_sizes_are_refused_in_one_sentence(size: str) -> None:
    with pytest.raises(ValueError, match="allowed are micro_grid, .*general_grid:N with N residents from 300 to 5000"):
        size_of(size)
    with pytest.raises(Refusal, match="is unknown; allowed are"):
        checked(size, 30, 1)


def test_every_standard_size_is_known() -> None:
    assert all(size_of(name) is size for name, size in SIZES.items())
