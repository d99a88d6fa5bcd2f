"""Designs: what they make, and one sentence for whatever is wrong with them."""

import re
from pathlib import Path

import numpy as np
import pytest
from batches.contents import contents
from linli.experiments import batch
from linli.experiments.batches.design import Precision, read_design
from linli.experiments.batches.sequential import seeds_needed
from linli.experiments.provenance import Refusal
from linli.scenarios import load

HEAD = 'question = "?"\nsize = "micro_grid"\ndays = 10\nseeds = 2\n'
ONE = HEAD + '[[scenarios]]\nname = "five_yuan"\n'
PAY = '[factors.vary."incentives.points_per_hour"]\n'


@pytest.fixture
def reading(tmp_path):
    def read(text, name="d.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_design(tmp_path / name)

    return read


def test_the_design_of_the_how_to_reads_and_is_refused_where_it_should_be(reading):
    text = Path(__file__).parents[2].joinpath("docs/how-to/batch.md").read_text(encoding="utf-8")
    study = re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1]
    design = reading(study)
    assert design.scenario_names == ["five_yuan", "mine"] and len(design.points) == 128
    assert all(100 <= point.spec.incentives.points_per_hour <= 2000 for point in design.points)


def test_a_full_factorial_is_every_combination(reading):
    levels = PAY + 'values = [100, 500]\n[factors.vary."grid.staffing"]\nvalues = [0.5, 1.0, 2.0]\n'
    design = reading(ONE + '[factors]\ndesign = "factorial"\n' + levels)
    pairs = [(p.spec.incentives.points_per_hour, p.spec.grid.staffing) for p in design.points]
    assert pairs == [(pay, staff) for pay in (100, 500) for staff in (0.5, 1.0, 2.0)]
    assert [point.name for point in design.points][:2] == ["five_yuan-0001", "five_yuan-0002"]
    assert all(point.baseline == load("five_yuan").baseline for point in design.points)


def test_a_longer_sobol_design_begins_with_the_shorter_one(reading):
    def of(points, kind="sobol"):
        return reading(
            f'{ONE}[factors]\ndesign = "{kind}"\npoints = {points}\n{PAY}low = 1\nhigh = 10000\nscale = "log"\n'
        )

    assert [p.values for p in of(16).points] == [p.values for p in of(32).points][:16]
    strata = sorted(p.values["incentives.points_per_hour"] for p in of(10, "latin_hypercube").points)
    bounds = [10000 ** (k / 10) for k in range(11)]
    assert all(low - 1 <= value <= high + 1 for value, low, high in zip(strata, bounds, bounds[1:]))


def test_a_factor_of_the_town_gives_it_a_day_0_of_its_own(reading):
    vary = '[factors]\ndesign = "factorial"\n[factors.vary."population.share_children"]\nvalues = [0.1, 0.2]\n'
    young, old = reading(ONE + vary).points
    assert young.baseline.population.share_children == 0.1 and old.baseline.population.share_children == 0.2


def test_settings_may_be_given_in_a_csv_file(reading, tmp_path):
    (tmp_path / "points.csv").write_text("incentives.points_per_hour,grid.staffing\n100,0.5\n200,2\n")
    design = reading(ONE + '[factors]\ndesign = "table"\ntable = "points.csv"\n')
    assert [p.spec.incentives.points_per_hour for p in design.points] == [100, 200]


def test_the_frozen_design_needs_no_other_file_and_gives_the_same_contents(reading, tmp_path):
    (tmp_path / "own.toml").write_text(
        'question = "?"\nquestion_zh = "？"\nbase = "five_yuan"\n[incentives]\npoints_per_hour = 3\n'
    )
    design = reading(
        f'{HEAD}[[scenarios]]\nname = "baseline"\n[[scenarios]]\nfile = "own.toml"\n'
        f'[factors]\ndesign = "sobol"\npoints = 2\n[factors.vary."grid.staffing"]\nlow = 0.5\nhigh = 2.0\n'
    )
    (tmp_path / "elsewhere").mkdir()
    again = reading(design.frozen(), "elsewhere/d.toml")
    assert again.points == design.points and again.frozen() == design.frozen()
    batch(design, tmp_path / "one", workers=1)
    batch(again, tmp_path / "two", workers=1)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


BROKEN = [
    ("", "question", "missing"),
    ("question = 3\n", "question is 3", "must be a text"),
    (ONE.replace("micro_grid", "macro_grid"), 'size is "macro_grid"', "micro_grid"),
    (ONE.replace("days = 10", "days = 0"), "days is 0", "from 1 to 7300"),
    (ONE.replace("seeds = 2", "seeds = [1, 1]"), "seeds holds 1", "once only"),
    (ONE.replace("seeds = 2", "seeds = -2"), "seeds is -2", "whole number from 1"),
    (ONE.replace("days", "dais"), "dais is 10", "the nearest name is days"),
    (HEAD, "scenarios is missing", "[[scenarios]]"),
    (ONE.replace("five_yuan", "five_yen"), '"five_yen"', "five_yuan"),
    (ONE + '[[scenarios]]\nname = "five_yuan"\n', 'name is "five_yuan"', "each must have its own"),
    (ONE + '[[scenarios]]\nfile = "nowhere.toml"\n', "nowhere.toml", "path of a scenario file"),
    (ONE + 'base = "cadre"\n[scenarios.changes.incentives]\npoints_per_hour = -1\n', "points_per_hour is -1", "0 to 10000"),
    (ONE + "seeds = 5\n", "seeds is 5", "top of the file"),
    (ONE + "[scenarios.changes.population]\nshare_children = 0.1\n", "base is missing", "base ="),
    (ONE + '[factors]\ndesign = "soboll"\n', '"soboll"', "the nearest is sobol"),
    (ONE + '[factors]\ndesign = "sobol"\npoints = 12\n' + PAY + "low = 1\nhigh = 2\n", "points is 12", "a power of two"),
    (ONE + '[factors]\ndesign = "sobol"\npoints = 8\n' + PAY + "low = 3\nhigh = 2\n", "low is 3", "below high, which is 2"),
    (ONE + '[factors]\ndesign = "factorial"\n' + PAY + "low = 1\nhigh = 2\n", "low is 1", "needs the levels"),
    (ONE + '[factors]\ndesign = "factorial"\n' + PAY + "values = [1, 99999]\n", "99999", "0 to 10000"),
    (ONE + '[factors]\ndesign = "factorial"\n[factors.vary."incentives.points"]\nvalues = [1]\n', "incentives.points", "nearest"),
    (ONE + '[factors]\ndesign = "table"\ntable = "no.csv"\n', "no.csv", "path of a CSV file"),
    (ONE + '[precision]\noutcome = "n_acts"\nhalf_width = 1\nmost_seeds = 9\n', "precision", "one scenario"),
    (ONE + '[[scenarios]]\nname = "cadre"\n[precision]\noutcome = "n_act"\nhalf_width = 1\n', '"n_act"', "n_acts"),
    (ONE + '[[scenarios]]\nname = "cadre"\n[precision]\noutcome = "n_acts"\nhalf_width = 0\n', "half_width is 0", "above 0"),
    ("question = \n", "line 1", "not TOML"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stands", "allowed"), BROKEN)
def test_a_broken_design_is_refused_in_a_sentence(reading, tmp_path, text, stands, allowed):
    with pytest.raises(Refusal) as caught:
        reading(text)
    sentence = str(caught.value)
    assert str(tmp_path) in sentence and stands in sentence and allowed in sentence, sentence
    assert "\n" not in sentence and sentence.endswith(".")


def test_seeds_are_added_until_the_interval_is_narrow_enough(reading, tmp_path):
    two = ONE + '[[scenarios]]\nname = "baseline"\n'
    plain = reading(two)
    noisy = {"five_yuan": np.array([0.0, 8.0] * 5), "baseline": np.zeros(10)}
    design = reading(two + '[precision]\noutcome = "n_acts"\nhalf_width = 1.0\nmost_seeds = 500\n')
    half = 2.262157 * noisy["five_yuan"].std(ddof=1) / 10**0.5
    assert seeds_needed(design, noisy, 10) == min(40, int(10 * half**2) + 1)
    assert design.precision == Precision("n_acts", 1.0, 500, (), 0.95) and plain.precision is None
    results = batch(
        reading(two + '[precision]\noutcome = "n_acts"\nhalf_width = 2.0\nmost_seeds = 60\n'),
        tmp_path / "out",
        workers=1,
    )
    apart = results.values("baseline", "n_acts") - results.values("five_yuan", "n_acts")
    from linli.experiments import interval_of

    found = interval_of(apart)
    assert len(results.seeds) >= 10
    assert 0.5 * (found.high - found.low) <= 2.0 or len(results.seeds) == 60
