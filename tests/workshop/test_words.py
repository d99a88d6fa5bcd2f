"""The words of the page: each is there in Chinese, none is left over, and no English is left in the Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from house.repo import ROOT
from linli.workshop.room_words import PHONE
from linli.workshop.words import CHINESE, word

PAGES = sorted((ROOT / "workshop" / "pages").glob("*.py"))
NAMES = {"A", "B", "PNG", "SVG", "CSV", "GIF", "ZIP", "TOML", "kB", "host", "JavaScript", "Cookie", "linli"}
"""What is written in Latin letters in Chinese, too."""


def texts(node: ast.AST) -> set[str]:
    """Every text that stands in it, but for docstrings' own lines."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def asked() -> Iterator[tuple[str, str]]:
    """Every text that a page asks for by itself, with its place."""
    for path in PAGES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield first.value, f"{path.name}:{node.lineno}"
                else:
                    assert isinstance(first, ast.Name | ast.Subscript), f"{path.name}:{node.lineno} makes up its words"


def test_every_word_that_is_asked_for_is_there():
    missing = [f"{place}: {text}" for text, place in asked() if text not in CHINESE]
    assert not missing


def test_no_word_is_left_over():
    used = set().union(*(texts(ast.parse(path.read_text(encoding="utf-8"))) for path in PAGES))
    assert not sorted(set(CHINESE) - used)


@pytest.mark.parametrize("catalogue", [CHINESE, PHONE], ids=["page", "phone"])
def test_no_english_is_left_in_the_chinese(catalogue):
    bare = {text: re.sub(r"\{\w+\}", "", chinese) for text, chinese in catalogue.items()}
    left = {text: found for text, chinese in bare.items()
            if (found := set(re.findall(r"[A-Za-z]+", chinese)) - NAMES)}  # fmt: skip
    assert not left
    assert all(re.search(r"[\u4e00-\u9fff]", chinese) for chinese in bare.values())


def test_both_languages_fill_in_the_same():
    for text, chinese in CHINESE.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", chinese)), text


def test_a_word_in_either_language():
    assert word("Help", "en") == "Help"
    assert word("Help", "zh") == "说明"
