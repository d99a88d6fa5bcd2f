"""What the page on designs says is true: its examples are read, and every name there is stands on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from house.repo import ROOT
from linli.experiments.batches import arms, factors, precision, reading
from linli.experiments.batches.design import TABLES, Design, read_design
from linli.experiments.provenance import Refusal

FOLDER = ROOT / "docs" / "how-to"
PAGES = ("design.md", "design.zh.md")
SCENARIO_FILES = ("no_reception_days.toml",)
DESIGNS = sorted(path for path in (FOLDER / "designs").glob("*.toml") if path.name not in SCENARIO_FILES)


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", (FOLDER / page).read_text(encoding="utf-8"), re.DOTALL)


def read(name: str) -> Design:
    """One of the examples."""
    return read_design(FOLDER / "designs" / f"{name}.toml")


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_each_example_is_a_design_and_comes_back_when_written_out(path: Path, tmp_path: Path) -> None:
    design = read_design(path)
    (tmp_path / "design.toml").write_text(design.frozen(), encoding="utf-8")
    assert read_design(tmp_path / "design.toml") == design
    assert design.question_zh


def test_the_examples_ask_for_what_their_comments_say() -> None:
    assert len(DESIGNS) == 6
    praise, doses = read("pay_and_praise"), read("pay_by_period")
    assert (praise.n_runs, len(praise.points)) == (160, 4)
    assert praise.precision and praise.precision.most_seeds == 400
    assert (len(doses.points), doses.scenario_names) == (30, ["five_yuan", "five_yuan_cadre"])
    towns = read("other_towns")
    assert len({id(point.baseline) for point in towns.points}) == 30
    assert [list(point.values.values()) for point in read("staff_and_rules").points] == [
        [1.0, True, True], [1.0, False, False], [0.5, True, True], [0.5, False, False],
    ]  # fmt: skip


def test_a_sequence_of_128_begins_with_that_of_64(tmp_path: Path) -> None:
    text = (FOLDER / "designs" / "uncertain_residents.toml").read_text(encoding="utf-8")
    (tmp_path / "longer.toml").write_text(text.replace("points = 64", "points = 128"), encoding="utf-8")
    short, long = read("uncertain_residents"), read_design(tmp_path / "longer.toml")
    assert (len(short.points), len(long.points)) == (128, 256)
    assert long.points[:128] == short.points


@pytest.mark.parametrize("page", PAGES)
def test_every_piece_on_the_page_stands_in_an_example(page: str) -> None:
    examples = [path.read_text(encoding="utf-8") for path in DESIGNS]
    shown = blocks(page, "toml")
    assert len(shown) >= 4
    assert not [block for block in shown if not any(block in example for example in examples)]


@pytest.mark.parametrize("page", PAGES)
def test_every_name_there_is_stands_on_the_page(page: str) -> None:
    text = (FOLDER / page).read_text(encoding="utf-8")
    keys = {*reading.TOP, *arms.KEYS, *factors.KEYS, *precision.KEYS, *factors.TAKES, *TABLES, "low", "high", "values"}
    written = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`\n]+`", text))))
    assert not keys - written


def test_both_pages_show_the_same() -> None:
    assert blocks(PAGES[0], "toml") == blocks(PAGES[1], "toml")
    assert blocks(PAGES[0], "sh") == blocks(PAGES[1], "sh")


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_an_example_with_a_misspelt_line_is_refused(path: Path, tmp_path: Path) -> None:
    broken = tmp_path / path.name
    broken.write_text(path.read_text(encoding="utf-8").replace("\nsize", "\nsise"), encoding="utf-8")
    with pytest.raises(Refusal, match='sise is "[a-z_]+", but there is no such name here; the nearest name is size'):
        read_design(broken)
