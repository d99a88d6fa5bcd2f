"""The how-to pages whose code runs are true, as tutorials are; and every public call is shown on one of them."""

from __future__ import annotations

import re
import shlex

import pytest
from house.repo import ROOT
from house.tutorials import chinese, pieces, run_page
from linli import experiments
from linli.experiments.cli import linli
from linli.experiments.inference.contrasts import MEANINGS

FOLDER = ROOT / "docs" / "how-to"
PAGES = [FOLDER / f"{name}.md" for name in ("notebook", "package", "statistics")]

TOLD = [FOLDER / f"{name}.md" for name in ("workshop", "solara")]
"""Pages of which only commands and translation are tested here; the code of solara.md runs in tests/workshop."""


def name(page):
    """The name of a page in the list of tests."""
    return page.stem


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_it_prints_what_it_shows_and_what_it_concludes_holds(page, tmp_path):
    found = run_page(page, tmp_path)
    assert [now for _, now in found.printed] == [piece.text for piece, _ in found.printed]
    assert found.printed and not found.untrue


@pytest.mark.parametrize("page", PAGES + TOLD, ids=name)
def test_its_commands_exist(page):
    for piece in pieces(page.read_text(encoding="utf-8")):
        for line in piece.text.splitlines() if piece.language == "sh" else ():
            program, word, *arguments = shlex.split(line)
            assert program == "linli"
            command = linli.get_command(None, word)
            assert command, line
            command.make_context(word, arguments)


@pytest.mark.parametrize("page", PAGES + TOLD, ids=name)
def test_the_chinese_page_has_the_same_code_and_tables(page):
    ours, theirs = page.read_text(encoding="utf-8"), chinese(page).read_text(encoding="utf-8")
    assert [piece[:2] for piece in pieces(theirs.replace("--lang zh", "--lang en"))] == [
        piece[:2] for piece in pieces(ours.replace("--lang zh", "--lang en"))
    ]
    for pattern in (r"^#+ ", r"^\|", r"^(?:\d\.|-) "):
        assert len(re.findall(pattern, theirs, re.MULTILINE)) == len(re.findall(pattern, ours, re.MULTILINE))


def test_every_public_call_is_shown_where_it_runs():
    shown = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert not [call for call in experiments.__all__ if not re.search(rf"\bexperiments\.{call}\b", shown)]
    assert not [call for call in experiments.__all__ if not getattr(experiments, call).__doc__]


def test_no_module_stands_in_the_place_of_a_call():
    """Loading `experiments.x` sets that name of the package, and hides a call of the same name."""
    assert not [call for call in experiments.__all__ if (ROOT / "experiments" / f"{call}.py").exists()]


def test_every_column_of_a_comparison_is_explained():
    for page in (PAGES[2], chinese(PAGES[2])):
        text = page.read_text(encoding="utf-8")
        told = {"alone_high_95", "t_low_95", "verdict_zh"}  # within a range, or another's translation
        assert not [column for column in MEANINGS if column not in told and f"`{column}`" not in text]
