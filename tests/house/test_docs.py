"""The documents: their tables are those of the code, their links lead somewhere."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from house.repo import ROOT, files
from linli.agents.core.compiled import plain
from linli.agents.core.field import fields_of
from linli.model import day as day_module
from linli.model.day import plan
from linli.model.spec import Spec
from linli.model.world import ENTITIES
from linli.words import catalogue

DOCS = ROOT / "docs"
TWINS = ("odd.md", "odd.zh.md")
"""The description in English and in Chinese."""
CHINESE = catalogue.messages()
PAGES = [path for path in files(".md") if path.parent.name != ".github"]


def headings(text: str) -> set[str]:
    """The anchors a reader's page makes of its headings."""
    plain = (re.sub(r"<[^>]*>", "", line) for line in re.findall(r"^#+ (.*)$", text, re.MULTILINE))
    return {re.sub(r"[^\w\- ]", "", line).strip().lower().replace(" ", "-") for line in plain}


def lost_links(page: Path) -> list[str]:
    """Links of a page to files or anchors of the project that are not there."""
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists():
            lost.append(link)
        elif anchor and target.suffix == ".md":
            text = target.read_text(encoding="utf-8")
            if f'id="{anchor}"' not in text and anchor not in headings(text):
                lost.append(link)
    return lost


def test_the_tables_are_fresh():
    done = subprocess.run(
        [sys.executable, str(DOCS / "make_tables.py"), "--check"], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_stale_table_is_seen_and_renewed(tmp_path):
    """In a copy of docs/ with a word of a generated table changed."""
    text = (DOCS / "odd.md").read_text(encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "odd.md").write_text(text.replace("| 1,381,894 |", "| 1,381,895 |", 1), encoding="utf-8")
    (tmp_path / "docs" / "make_tables.py").write_bytes((DOCS / "make_tables.py").read_bytes())
    for name in ("evidence", "equations.md"):
        (tmp_path / "docs" / name).symlink_to(DOCS / name)

    def made(*arguments: str) -> int:
        command = [sys.executable, str(tmp_path / "docs" / "make_tables.py"), *arguments]
        return subprocess.run(command, capture_output=True, timeout=300).returncode

    assert made("--check") == 1
    assert made() == 0
    assert made("--check") == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    assert not lost_links(page)


@pytest.mark.parametrize("page", TWINS)
def test_the_plan_of_the_day_is_in_the_description(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    acts = [act for act in plan() if act not in ("range", "len", "min", "max")]
    assert acts and not [act for act in acts if f"| `{act}` |" not in text]


@pytest.mark.parametrize("page", TWINS)
def test_every_section_and_every_table_is_in_the_description(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    assert not [name for name in Spec.model_fields if f"\n#### `{name}`" not in text]
    assert not [name for name in ENTITIES if not re.search(rf"\n#### .*\(`{name}`\)\n", text)]


def shape(page: str) -> dict[str, object]:
    """What a page and its translation have in common: levels of headings, marks, links elsewhere, cells of tables."""
    text = (DOCS / page).read_text(encoding="utf-8")
    links = Counter(link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("#", "odd.")))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return {
        "headings": [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)],
        "marks": re.findall(r"<!-- [^>]*-->", text),
        "links": links,
        "cells": [len(re.findall(r"(?<!\\)\|", row)) for row in rows],
    }


@pytest.mark.parametrize("part", ("headings", "marks", "links", "cells"))
def test_the_description_and_its_translation_have_the_same(part):
    english, chinese = (shape(page)[part] for page in TWINS)
    assert english == chinese


def test_the_translation_is_chinese_under_every_heading():
    lines = re.findall(r"^#+ (.*)$", (DOCS / "odd.zh.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert not [line for line in lines if not re.search(r"[\u4e00-\u9fff]", line)]


def test_every_act_has_its_chinese_words():
    acts = [plain(getattr(day_module, act)) for act in plan() if callable(getattr(day_module, act, None))]
    said = {inspect.getdoc(act).splitlines()[0].rstrip(".:") for act in acts}
    assert said == {english for context, english in CHINESE if context == "acts"}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_has_its_chinese_words(entity):
    declared = {(f"field, {entity}.{name}", field.meaning) for name, field in fields_of(ENTITIES[entity]).items()}
    assert declared == {key for key in CHINESE if key[0].startswith(f"field, {entity}.")}


@pytest.mark.parametrize("n", range(1, 17))
def test_every_equation_and_every_reason_has_its_place(n):
    text = (DOCS / "equations.md").read_text(encoding="utf-8")
    assert f'<a id="E{n}"></a>' in text and f'<a id="D{n}"></a>' in text


def test_files_named_in_the_equations_exist():
    text = (DOCS / "equations.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:agents|model)/[\w/]+\.py)`", text)
    assert named and not [name for name in named if not (ROOT / name).exists()]
