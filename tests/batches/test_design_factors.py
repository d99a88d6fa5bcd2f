"""Settings of factors: all combinations, samples of a cube, and tables of points."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from linli.experiments.batches.design import Design, Factor, Plan, read_design
from linli.experiments.provenance import Refusal
from linli.scenarios import load

Write = Callable[..., Design]
HEAD = 'question = "?"\n[[scenarios]]\nname = "five_yuan"\n[[scenarios]]\nname = "cadre"\n'
ONE = HEAD.rpartition("[[")[0]
"""The same with one scenario."""

RANGE = ("[factors.vary]", '"habits.gain" = { low = 0.2, high = 0.6 }', '"grid.staffing" = { low = 0.1, high = 4 }')


@pytest.fixture
def varying(tmp_path: Path) -> Write:
    """`varying('design = "sobol"', …)` reads a design with these lines under [factors]."""

    def written(*lines: str, head: str = HEAD) -> Design:
        path = tmp_path / "study.toml"
        path.write_text(head + "\n".join(["[factors]", *lines]), encoding="utf-8")
        return read_design(path)

    return written


def column(design: Design, parameter: str) -> list[float]:
    """The values of a factor, setting by setting."""
    return [float(point.values[parameter]) for point in design.points[:: len(design.arms)]]


def test_a_factorial_design_has_every_combination_of_levels_under_every_scenario(varying: Write) -> None:
    design = varying(
        'design = "factorial"',
        '[factors.vary."deliberation.period"]', "values = [7, 14, 28]",
        '[factors.vary."deliberation.neutral_chair"]', "values = [true, false]",
    )  # fmt: skip
    assert len(design.points) == 3 * 2 * 2 and design.plan == Plan("factorial", 6, 1)
    assert [point.name for point in design.points[:3]] == ["five_yuan-0001", "cadre-0001", "five_yuan-0002"]
    assert list(design.points[0].values) == ["deliberation.period", "deliberation.neutral_chair"]
    settings = {tuple(point.values.values()) for point in design.points}
    assert settings == {(period, chair) for period in (7, 14, 28) for chair in (True, False)}
    assert design.factors == (
        Factor("deliberation.period", "d", (7, 14, 28), 7, 28),
        Factor("deliberation.neutral_chair", "yes/no", (True, False), None, None),
    )


def test_a_factor_is_laid_over_the_scenario_and_wins(varying: Write) -> None:
    design = varying('design = "factorial"', '[factors.vary."mall.redeem_for"]', 'values = ["goods"]')
    assert [point.spec for point in design.points] == [load("five_yuan").spec, load("cadre").spec]
    design = varying('design = "factorial"', '[factors.vary."incentives.points_per_hour"]', "values = [7]", head=ONE)
    assert design.points[0].spec == load("five_yuan").spec.changed(incentives={"points_per_hour": 7})


def test_the_town_stays_the_same_unless_its_people_places_ties_or_staff_are_varied(varying: Write) -> None:
    same = varying('design = "factorial"', '[factors.vary."habits.gain"]', "values = [0.1, 0.2]")
    baseline = load("baseline").spec
    assert all(point.baseline is same.points[0].baseline for point in same.points)
    assert same.points[0].baseline == baseline
    other = varying('design = "factorial"', '[factors.vary."places.share_old"]', "values = [0.1, 0.2]",
                    '[factors.vary."habits.gain"]', "values = [0.3]")  # fmt: skip
    for number, share in ((1, 0.1), (2, 0.2)):
        five_yuan, cadre = (point for point in other.points if point.number == number)
        town = baseline.changed(places={"share_old": share})
        assert five_yuan.baseline is cadre.baseline
        assert five_yuan.baseline == town
        assert cadre.spec == load("cadre").spec.changed(places={"share_old": share}, habits={"gain": 0.3})


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_factor(varying: Write) -> None:
    design = varying('design = "latin_hypercube"', "points = 50", *RANGE)
    for parameter, low, high in (("habits.gain", 0.2, 0.6), ("grid.staffing", 0.1, 4.0)):
        slices = (np.array(column(design, parameter)) - low) / (high - low) * 50
        assert sorted(slices.astype(int)) == list(range(50))


@pytest.mark.parametrize("kind", ("latin_hypercube", "sobol"))
def test_its_luck_is_its_own(kind: str, varying: Write) -> None:
    def settings(*lines: str) -> list[float]:
        return column(varying(f'design = "{kind}"', "points = 16", *lines, *RANGE), "habits.gain")

    assert settings() == settings("luck = 1") != settings("luck = 2")


def test_a_longer_sobol_sequence_begins_with_the_shorter(varying: Write) -> None:
    def points(n: int, *lines: str) -> list[tuple[str, dict[str, object]]]:
        found = varying('design = "sobol"', f"points = {n}", *lines, *RANGE).points
        return [(point.name, point.values) for point in found]

    whole = points(128)
    for n in (1, 2, 16, 64):
        assert points(n) == whole[: 2 * n]
    assert points(100, "balanced = false") == whole[:200]


def test_a_longer_latin_hypercube_is_another(varying: Write) -> None:
    short, long = (
        column(varying('design = "latin_hypercube"', f"points = {n}", *RANGE), "habits.gain") for n in (8, 16)
    )
    assert short != long[:8]


def test_sobol_points_fill_every_quarter_alike(varying: Write) -> None:
    design = varying('design = "sobol"', "points = 64", *RANGE)
    gains, staff = (np.array(column(design, name)) for name in ("habits.gain", "grid.staffing"))
    assert Counter(zip(gains < 0.4, staff < 2.05)) == dict.fromkeys(
        [(a, b) for a in (True, False) for b in (True, False)], 16
    )


def test_whole_numbers_and_levels_have_equal_shares_to_the_very_ends(varying: Write) -> None:
    design = varying('design = "latin_hypercube"', "points = 60", "[factors.vary]",
                     '"deliberation.period" = { low = 5, high = 10 }',
                     '"mall.redeem_for" = { values = ["goods", "services", "donation"] }', head=ONE)  # fmt: skip
    periods = [point.values["deliberation.period"] for point in design.points]
    assert Counter(periods) == dict.fromkeys(range(5, 11), 10)
    assert all(type(period) is int for period in periods)
    assert set(Counter(point.values["mall.redeem_for"] for point in design.points).values()) == {20}


def test_a_scale_of_logarithms_gives_each_factor_of_ten_its_share(varying: Write) -> None:
    design = varying('design = "latin_hypercube"', "points = 40", "[factors.vary]",
                     '"incentives.points_per_hour" = { low = 1, high = 9_999, scale = "log" }',
                     '"habits.half_life" = { low = 10, high = 1000, scale = "log" }', head=ONE)  # fmt: skip
    points, days = column(design, "incentives.points_per_hour"), column(design, "habits.half_life")
    assert Counter(int(math.log10(value)) for value in points) == {0: 10, 1: 10, 2: 10, 3: 10}
    assert sum(value < 100 for value in days) == 20
    assert min(days) >= 10 and max(days) <= 1000
    assert design.factors[1] == Factor("habits.half_life", "d", (), 10.0, 1000.0, "log")


TABLE = (
    "\ufeffgrid.staffing, deliberation.period ,mall.redeem_for,deliberation.neutral_chair\r\n"
    '1,7,goods,true\r\n\r\n0.5,14,"donation",FALSE\r\n'
)


def test_a_table_of_points_is_taken_as_it_is(varying: Write, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(TABLE, encoding="utf-8")
    design = varying('design = "table"', 'table = "points.csv"', head=ONE)
    assert [point.values for point in design.points] == [
        {"grid.staffing": 1.0, "deliberation.period": 7, "mall.redeem_for": "goods", "deliberation.neutral_chair": True},
        {"grid.staffing": 0.5, "deliberation.period": 14, "mall.redeem_for": "donation",
         "deliberation.neutral_chair": False},
    ]  # fmt: skip
    assert design.points[1].spec.grid.staffing == 0.5
    assert design.plan == Plan("table", 2, 1)
    assert design.factors[0] == Factor("grid.staffing", "× baseline", (), 0.5, 1.0)
    assert design.factors[2].values == ("goods", "donation")


def test_a_bad_cell_is_named_by_its_line(varying: Write, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(TABLE.replace("14", "140"), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        varying('design = "table"', 'table = "points.csv"')
    assert str(refused.value) == (
        f"{tmp_path / 'points.csv'}: line 4, deliberation.period is 140, but must be a whole number from 1 to 120 (d)."
    )


def test_parameters_may_be_named_in_quotes_or_as_tables(varying: Write) -> None:
    quoted = varying('design = "factorial"', '[factors.vary."kinds.noise.labour"]', "values = [3, 4]")
    nested = varying('design = "factorial"', "[factors.vary.kinds.noise.labour]", "values = [3, 4]")
    assert quoted == nested
    with pytest.raises(Refusal, match=r"factors\.vary holds grid\.staffing twice"):
        varying('design = "factorial"', '[factors.vary."grid.staffing"]', "values = [1]",
                "[factors.vary.grid.staffing]", "values = [2]")  # fmt: skip
