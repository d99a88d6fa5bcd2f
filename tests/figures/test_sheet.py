"""Every figure in both languages: nothing cut, no words over words, no glyph missing, none left out of the sheet."""

import ast
import itertools
import re
import warnings

import numpy as np
import pytest
from figures import sheet
from house.repo import ROOT, sources
from linli.experiments import picture_validation, style
from linli.experiments.held_out import MEASURES
from linli.experiments.patterns import PATTERNS
from linli.experiments.words_of_patterns import MEANINGS, UNITS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

NAMES = sorted(sheet.in_sheet("en"))
DPI = 100
SLACK = 1.5
"""Pixels by which words may touch: the height of a line is more than that of its letters."""

LANGUAGES = [
    "en",
    pytest.param("zh", marks=pytest.mark.skipif(style.chinese_font() is None, reason=style.NO_CHINESE)),
]


def written_on(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, np.ndarray]]:
    """What is really written on a figure, with the box (x0, y0, x1, y1) of each text in pixels."""
    found = []
    draw = Text.draw

    def noted(text, renderer, *arguments, **options):
        draw(text, renderer, *arguments, **options)
        if text.get_visible() and text.get_text().strip():
            found.append((text.get_text(), np.array(Text.get_window_extent(text, renderer).extents)))

    figure.set_dpi(DPI)
    monkeypatch.setattr(Text, "draw", noted)
    FigureCanvasAgg(figure).draw()  # the layout is found before anything is drawn
    monkeypatch.undo()
    return found


def cut(figure: Figure, words: list[tuple[str, np.ndarray]]) -> list[str]:
    """Words that reach over the edge of the figure."""
    width, height = figure.get_size_inches() * DPI
    return [text for text, (x0, y0, x1, y1) in words
            if x0 < -SLACK or y0 < -SLACK or x1 > width + SLACK or y1 > height + SLACK]  # fmt: skip


def colliding(words: list[tuple[str, np.ndarray]]) -> list[tuple[str, str]]:
    """Pairs of words that cover each other."""
    return [
        (one, other)
        for (one, a), (other, b) in itertools.combinations(words, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > SLACK and min(a[3], b[3]) - max(a[1], b[1]) > SLACK
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_figure_can_be_read(name, lang, monkeypatch):
    with style.drawing(lang) as drawn_in, warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = sheet.in_sheet(drawn_in)[name]()
        words = written_on(figure, monkeypatch)
    assert len(words) > 3 and drawn_in == lang
    assert not cut(figure, words)
    assert not colliding(words)
    assert figure.get_figwidth() in (style.SINGLE, style.DOUBLE)
    if lang == "zh":
        assert any("\u4e00" <= letter <= "\u9fff" for text, _ in words for letter in text)


def words_of(figure: Figure) -> set[str]:
    """All words that a figure would show, drawn or not."""
    return {text.get_text() for text in figure.findobj(Text) if text.get_text().strip()}


NAMED = re.compile(r"[\d\s]*[a-z0-9]+([._/…-]+[a-z0-9]+)*( \(n = \d+\))?|P\d+|\d+ min|n = \d+|\$\S+\$")
"""Names of scenarios, parameters, points and patterns, which no language changes."""


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_in_english_on_a_chinese_figure(name):
    """Also where no font could draw it."""
    with style.drawing("en"):
        english, chinese = (words_of(sheet.in_sheet(lang)[name]()) for lang in ("en", "zh"))
    left = {text for text in english & chinese for line in text.splitlines()
            if re.search("[A-Za-z]{3}", line) and not NAMED.fullmatch(line.strip())}  # fmt: skip
    assert not left
    assert any("\u4e00" <= letter <= "\u9fff" for text in chinese for letter in text)


def test_cut_and_covered_words_are_noticed(monkeypatch):
    figure = Figure(figsize=(3, 2))
    figure.text(0.95, 0.5, "over the edge")
    figure.text(0.2, 0.50, "one on")
    figure.text(0.2, 0.51, "the other")
    figure.text(0.2, 0.10, "free")
    words = written_on(figure, monkeypatch)
    assert cut(figure, words) == ["over the edge"]
    assert colliding(words) == [("one on", "the other")]


def drawing_functions() -> set[str]:
    """The public functions of the experiments that return a figure."""
    return {
        node.name
        for path in sources("experiments")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == "Figure"
    }


def test_the_sheet_holds_every_figure_there_is():
    drawn = {name.split(" ")[0] for name in NAMES}
    assert drawn == drawing_functions()


def test_a_sheet_is_one_picture_of_all(tmp_path, monkeypatch):
    few = {name: sheet.in_sheet("en")[name] for name in NAMES[:4]}
    monkeypatch.setattr(sheet, "in_sheet", lambda lang: few)
    path = sheet.write_sheet("en", tmp_path, dpi=40)
    page = Image.open(path)
    assert path.name == "contact-sheet-en.png" and page.width > 3 * style.DOUBLE * 40


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_kept_sheet_shows_as_many_figures(lang):
    """A figure that was added after the sheet was kept makes it stale: the list beside it says which are on it."""
    assert (sheet.FOLDER / f"contact-sheet-{lang}.png").stat().st_size > 100_000
    listed = (sheet.FOLDER / f"contact-sheet-{lang}.txt").read_text(encoding="utf-8").split("\n")[:-1]
    assert sorted(listed) == NAMES


def test_every_pattern_has_chinese_words_and_a_part_of_the_table():
    numbers = [number for measure in MEASURES for number in measure.numbers]
    assert {p.meaning for p in PATTERNS} | {number[0] for number in numbers} == set(MEANINGS)
    assert {p.unit for p in PATTERNS} | {number[1] for number in numbers} == set(UNITS)
    assert {measure.standing for measure in MEASURES} <= set(picture_validation.HEADS)


def test_the_validation_table_is_the_page():
    rows = picture_validation.rows_of_page(ROOT / "docs" / "validation.md")
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert len(rows) == page.count(" ± ") - 2  # the two heads say "mean ± half …" too
    assert sum(row.met is False for row in rows) == page.count("| missed |") + page.count("| outside |")
