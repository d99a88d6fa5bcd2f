"""The tutorials are true: their code runs, prints and draws what they show, and what they conclude holds."""

from __future__ import annotations

import re
import shlex
import time
from pathlib import Path

import pytest
from house.tutorials import IMAGES, Piece, Told, chinese, images, pages, pieces, renewed, run_page
from linli.experiments.cli import linli

LONGEST = 12
"""Lines of code a reader who dislikes coding may meet at once."""


def name(page: Path) -> str:
    """The name of a page in the list of tests."""
    return page.stem


@pytest.fixture(scope="module", params=pages(), ids=name)
def told(request, tmp_path_factory) -> tuple[Path, Path, Told]:
    """A page, the folder it was run in, and what came of it."""
    folder = tmp_path_factory.mktemp(request.param.stem)
    began = time.process_time()
    found = run_page(request.param, folder)
    print(f"{request.param.name} took {time.process_time() - began:.1f} s of processor time")
    return request.param, folder, found


def test_it_prints_what_it_shows(told):
    """If results moved on purpose: tests/house/renew_tutorials.py."""
    page, _, found = told
    for piece, now in found.printed:
        assert now == piece.text, page.name


def test_what_it_concludes_holds(told):
    assert told[2].printed and not told[2].untrue


def test_its_pictures_are_drawn_by_its_code(told):
    page, folder, _ = told
    shown = images(page.read_text(encoding="utf-8"))
    assert shown and not [image for image in shown if not ((folder / image).exists() and (IMAGES / image).exists())]


@pytest.mark.parametrize("page", pages(), ids=name)
def test_its_code_comes_in_short_blocks(page):
    code = [piece.text for piece in pieces(page.read_text(encoding="utf-8")) if piece.language in ("python", "toml")]
    assert code and max(len(text.splitlines()) for text in code) < LONGEST


@pytest.mark.parametrize("page", pages(), ids=name)
def test_its_commands_exist(page):
    for piece in pieces(page.read_text(encoding="utf-8")):
        for line in piece.text.splitlines() if piece.language == "sh" else ():
            program, word, *arguments = shlex.split(line, comments=True)
            assert program == "linli"
            linli.commands[word].make_context(word, arguments)


@pytest.mark.parametrize("page", pages(), ids=name)
def test_the_chinese_page_has_the_same_code(page):
    ours, theirs = page.read_text(encoding="utf-8"), chinese(page).read_text(encoding="utf-8")
    assert [piece[:2] for piece in pieces(theirs)] == [piece[:2] for piece in pieces(ours)]
    assert images(theirs) == images(ours)
    assert len(re.findall(r"^#+ ", theirs, re.MULTILINE)) == len(re.findall(r"^#+ ", ours, re.MULTILINE))


@pytest.mark.parametrize("page", pages(), ids=name)
def test_the_chinese_page_is_in_chinese(page):
    prose = re.sub(r"^```.*?^```$|<!--.*?-->|\[[^\]]*\]\([^)]*\)|`[^`]*`", "", chinese(page).read_text(encoding="utf-8"),
                   flags=re.MULTILINE | re.DOTALL)  # fmt: skip
    bare = [line for line in prose.splitlines() if re.search("[A-Za-z]{4}", line) and not re.search("[一-鿿]", line)]
    assert not bare


def a_page(folder: Path, text: str) -> Path:
    """A page with this text."""
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    return page


def test_a_page_that_shows_something_else_is_seen_and_renewed(tmp_path):
    text = "```python\nx = 2\nprint(x)\n```\n\n```text\n1\n```\n\n<!-- so: x == 2 -->\n\n<!-- so: x == 1 -->\n"
    found = run_page(a_page(tmp_path, text), tmp_path)
    assert found.printed == [(Piece("text", "1\n", text.index("1\n"), text.index("1\n") + 2), "2\n")]
    assert found.untrue == ["x == 1"]
    assert renewed(text, found) == text.replace("1\n```", "2\n```")


@pytest.mark.parametrize("text", ["```python\nprint(1)\n```\n", "```python\nprint(1)\n```\n\n```python\nx = 1\n```\n"])
def test_a_page_that_hides_what_it_prints_is_refused(text, tmp_path):
    with pytest.raises(AssertionError, match="does not show"):
        run_page(a_page(tmp_path, text), tmp_path)


def test_a_page_leaves_its_scenario_files_in_its_own_folder(tmp_path):
    found = run_page(a_page(tmp_path, "```toml\n# ours.toml\na = 1\n```\n"), tmp_path)
    assert not found.printed and (tmp_path / "ours.toml").read_text(encoding="utf-8").endswith("a = 1\n")
