"""A design written out: it needs no other file, and reads to the same study."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linli.experiments.batches.design import TABLES, Design, read_design
from linli.experiments.declared import OUTCOMES
from linli.scenarios import Entry, names, parameters
from linli.scenarios.catalogue import STRUCTURAL
from linli.scenarios.contradictions import CONTRADICTIONS
from linli.scenarios.toml_text import toml_of

AGREED = {field for contradiction in CONTRADICTIONS for field in contradiction.fields}
FREE = [entry for entry in parameters() if f"{entry.section}.{entry.name}" not in AGREED]
"""Parameters that need not agree with others."""

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def values(entry: Entry) -> st.SearchStrategy[Any]:
    """Any value that a parameter may have."""
    if entry.choices:
        return st.sampled_from(entry.choices)
    if isinstance(entry.default, bool):
        return st.booleans()
    if isinstance(entry.default, int):
        return st.integers(int(entry.low or 0), int(entry.high or 0))
    return st.floats(entry.low, entry.high)


def listed(items: list[Any]) -> str:
    """Values as a TOML list."""
    return f"[{', '.join(map(toml_of, items))}]"


@st.composite
def scenarios(draw: st.DrawFn) -> str:
    """Shipped scenarios, and some written in the design."""
    text = ""
    chosen = draw(
        st.lists(st.sampled_from([name for name in names() if name != "bare"]), min_size=1, max_size=3, unique=True)
    )
    for name in chosen:
        text += f'[[scenarios]]\nname = "{name}"\n'
    for i in range(draw(st.integers(0, 2))):
        base = draw(st.sampled_from(["baseline", "five_yuan", "praise"]))
        text += f'[[scenarios]]\nname = "mine_{i}"\nbase = "{base}"\nquestion = {toml_of(draw(WORDS))}\n'
        for entry in draw(st.lists(st.sampled_from(FREE), max_size=4)):
            line = f"{entry.name} = {toml_of(draw(values(entry)))}\n"
            if entry.section not in STRUCTURAL and f"changes.{entry.section}]" not in text.rpartition("[[")[2]:
                text += f"[scenarios.changes.{entry.section}]\n{line}"
    return text


@st.composite
def factors(draw: st.DrawFn) -> str:
    """Any kind of design over some parameters."""
    entries = draw(st.lists(st.sampled_from(FREE), min_size=1, max_size=4, unique_by=lambda e: (e.section, e.name)))
    kind = draw(st.sampled_from(["factorial", "latin_hypercube", "sobol", "table"]))
    text = f'[factors]\ndesign = "{kind}"\n'
    if kind == "table":
        rows = draw(st.lists(st.tuples(*map(values, entries)), min_size=1, max_size=5))
        lines = [
            [f"{entry.section}.{entry.name}" for entry in entries],
            *([toml_of(cell).strip('"') for cell in row] for row in rows),
        ]
        return text + "rows = '''\n" + "\n".join(map(",".join, lines)) + "'''\n"
    if kind != "factorial":
        text += f"points = {draw(st.sampled_from([1, 2, 8]))}\nluck = {draw(st.integers(0, 2**63 - 1))}\n"
    for entry in entries:
        text += f'[factors.vary."{entry.section}.{entry.name}"]\n'
        levels = sorted(draw(st.lists(values(entry), min_size=1, max_size=3, unique=True)))
        if kind != "factorial" and len(levels) > 1 and not entry.choices and not isinstance(entry.default, bool):
            scale = "log" if levels[0] > 0 and draw(st.booleans()) else "linear"
            text += f'low = {toml_of(levels[0])}\nhigh = {toml_of(levels[-1])}\nscale = "{scale}"\n'
        else:
            text += f"values = {listed(levels)}\n"
    return text


@st.composite
def designs(draw: st.DrawFn) -> str:
    """The text of a valid design."""
    seeds = draw(st.one_of(st.integers(1, 50), st.lists(st.integers(0, 10**18), min_size=1, max_size=5, unique=True)))
    lines = [
        f"question = {toml_of(draw(WORDS))}", f'size = "{draw(st.sampled_from(["micro_grid", "general_grid"]))}"',
        f"days = {draw(st.integers(1, 7300))}", f"seeds = {seeds}",
        f"tables = {listed(draw(st.lists(st.sampled_from(TABLES), unique=True)))}",
        f"keep_world = {toml_of(draw(st.booleans()))}",
        f"outcomes = {listed(draw(st.lists(st.sampled_from(list(OUTCOMES)), unique=True, max_size=3)))}",
        draw(scenarios()),
    ]  # fmt: skip
    lines += [draw(factors())] if draw(st.integers(0, 3)) else []
    if draw(st.booleans()) and "\n".join(lines).count("[[scenarios]]") > 1:
        lines.append(f'[precision]\noutcome = "n_acts"\nhalf_width = {draw(st.floats(1e-9, 1e9))}\nmost_seeds = 1000')
    return "\n".join(lines) + "\n"


def again(design: Design, folder: Path) -> Design:
    """The design, written out into another folder and read from there."""
    path = folder / "elsewhere" / "design.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(design.frozen(), encoding="utf-8")
    return read_design(path)


@settings(max_examples=60, deadline=None)
@given(text=designs())
def test_any_design_comes_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.toml"
        path.write_text(text, encoding="utf-8", newline="\n")
        design = read_design(path)
        back = again(design, Path(folder))
    assert back == design
    assert back.frozen() == design.frozen()


def written(folder: Path) -> Path:
    """A study that needs a scenario file, its base, and a table."""
    (folder / "town.toml").write_text('question = "?"\nquestion_zh = "？"\n[ties]\ngig = 4\n', encoding="utf-8")
    (folder / "mine.toml").write_text('question = "Q?"\nquestion_zh = "问？"\nbase = "town.toml"\n[grid]\nstaffing = 2\n',
                                      encoding="utf-8")  # fmt: skip
    (folder / "points.csv").write_text(
        "habits.gain,deliberation.convener\n0.1,elected_resident\n1e-3,party_secretary\n", encoding="utf-8"
    )
    path = folder / "study.toml"
    path.write_text(
        'question = "?"\nseeds = [5, 3]\n[[scenarios]]\nfile = "mine.toml"\n'
        '[[scenarios]]\nname = "b"\nbase = "town.toml"\n[factors]\ndesign = "table"\ntable = "points.csv"\n',
        encoding="utf-8",
    )
    return path


def test_it_needs_none_of_the_files_it_was_made_from(tmp_path: Path) -> None:
    path = written(tmp_path)
    design = read_design(path)
    for name in ("town.toml", "mine.toml", "points.csv", "study.toml"):
        (tmp_path / name).unlink()
    back = again(design, tmp_path)
    assert back == design
    assert back.name == "study"
    assert back.arms[0].baseline.ties.gig == 4.0
    assert back.arms[0].question_zh == "问？"


def test_it_does_not_follow_later_changes_of_shipped_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it look them up: no scenario is loaded."""
    design = read_design(written(tmp_path))
    text = design.frozen()
    monkeypatch.setattr("linli.experiments.batches.design.load", lambda path: pytest.fail(f"looked up {path}"))
    path = tmp_path / "frozen.toml"
    path.write_text(text, encoding="utf-8")
    assert read_design(path) == design


def test_a_sample_once_drawn_is_kept_whatever_draws_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "study.toml"
    path.write_text(
        'question = "?"\n[[scenarios]]\nname = "baseline"\n[factors]\ndesign = "sobol"\npoints = 6\nbalanced = false\n'
        '[factors.vary."habits.gain"]\nlow = 0.1\nhigh = 0.3\n',
        encoding="utf-8",
    )
    design = read_design(path)
    monkeypatch.setattr("linli.experiments.batches.points.unit_cube", lambda *_: pytest.fail("drawn again"))
    assert again(design, tmp_path) == design


def test_a_design_that_asks_for_something_else_is_not_equal(tmp_path: Path) -> None:
    path = written(tmp_path)
    first, text = read_design(path), path.read_text(encoding="utf-8")
    path.write_text(text.replace("[5, 3]", "[5, 4]"), encoding="utf-8")
    other = read_design(path)
    assert other != first
    assert other.frozen() != first.frozen()
