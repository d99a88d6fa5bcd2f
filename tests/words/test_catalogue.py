"""The one catalogue: every message has its Chinese, none is left over, and both say the same things of the same values."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from house.repo import ROOT
from linli.words import catalogue

sys.path.insert(0, str(ROOT / "docs"))

from make_words import NotWrittenOut, faults, key_of, wanted, written

MESSAGES = catalogue.messages()
PLACES = wanted()


def blanks(text: str) -> set[tuple[str, str | None]]:
    """What is filled into a text, with its format."""
    return {(name, form) for _, name, form, _ in string.Formatter().parse(text) if name is not None}


def test_every_message_has_its_chinese_and_none_is_left_over():
    assert not faults(MESSAGES, PLACES)


def test_the_file_is_as_make_words_writes_it():
    assert catalogue.ZH.read_text(encoding="utf-8") == written(MESSAGES, PLACES)


@pytest.mark.parametrize(("context", "english"), [key for key in PLACES if "{" in key[1]])
def test_both_languages_are_filled_with_the_same(context, english):
    assert blanks(MESSAGES[context, english]) == blanks(english)


def test_chinese_is_chinese():
    bare = {key: re.sub(r"\{[^}]*\}", "", text) for key, text in MESSAGES.items()}
    same = [key for key, text in bare.items() if re.search(r"[A-Za-z]{3}", key[1]) and text == re.sub(r"\{[^}]*\}", "", key[1])]
    assert {english for _, english in same} == {"logit"}


def test_a_message_that_is_missing_or_unused_is_found():
    """The check can fail: with a message taken away, and with one too many."""
    (first, *_), there = PLACES, dict(MESSAGES)
    del there[first]
    assert len(faults(there, PLACES)) == 1
    assert "said nowhere" in faults({**MESSAGES, ("", "nobody says this"): "无"}, PLACES)[0]


def test_a_message_that_is_put_together_is_found():
    call = ast.parse("message(f'{n} days')").body[0].value
    with pytest.raises(NotWrittenOut, match="does not write its message out"):
        key_of(call, "somewhere.py")


IN_ENGLISH = ("words", "agents", "scenarios", "experiments", "workshop")
"""Packages whose code says everything in English; all Chinese is in the catalogue."""


def chinese_in(text: str) -> list[tuple[int, str]]:
    """The string literals of a module in which Chinese stands, with their lines; docstrings and escapes are none."""
    tree = ast.parse(text)
    said_of_code = {
        id(node.value) for body in ast.walk(tree)
        if isinstance(body, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for node in body.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }  # fmt: skip
    return [
        (node.lineno, node.value) for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said_of_code
        and re.search("[\u4e00-\u9fff]", ast.get_source_segment(text, node) or "")
    ]  # fmt: skip


@pytest.mark.parametrize("package", IN_ENGLISH)
def test_no_chinese_stands_in_the_code(package):
    found = {
        path.relative_to(ROOT).as_posix(): there
        for path in sorted((ROOT / package).rglob("*.py")) if (there := chinese_in(path.read_text(encoding="utf-8")))
    }  # fmt: skip
    assert not found


def test_chinese_in_the_code_is_found():
    """The check can fail, within an f-string too; a docstring may have a word of Chinese."""
    module = '"""A word: 邻里."""\nX = {"yes": "是"}\n\ndef f(n):\n    """One: 一."""\n    return f"{n}天"\n'
    assert [line for line, _ in chinese_in(module)] == [2, 6]


def test_figures_can_draw_every_character_of_the_catalogue():
    """What the Chinese font has no glyph for, Matplotlib takes from the font after it."""
    from linli.experiments import style
    from matplotlib import font_manager

    if style.chinese_font() is None:
        pytest.skip("no font with Chinese characters is installed, such as Noto Sans CJK")
    families = style.settings("zh")["font.sans-serif"]
    fonts = [font_manager.get_font(font_manager.findfont(family)) for family in families]
    letters = {letter for text in MESSAGES.values() for letter in text if not letter.isspace()}
    assert not sorted(letter for letter in letters if not any(font.get_char_index(ord(letter)) for font in fonts))


def test_english_is_said_without_the_catalogue():
    """A process that says nothing in Chinese reads no catalogue: it starts quickly."""
    code = ("import sys; from linli.words import message; import linli.experiments.declared; str(message('day {n}', n=3));"
            "sys.exit('babel' in sys.modules)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], cwd=Path.home()).returncode == 0
