"""The one catalogue: every message has its Chinese, none is left over, and both say the same things of the same values."""

from __future__ import annotations

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


def blanks(text: str) -> dict[str, int]:
    """What is filled into a text, with its format."""
    found = [(name, form) for _, name, form, _ in string.Formatter().parse(text) if name is not None]
    return {each: found.count(each) for each in found}


def test_every_message_has_its_chinese_and_none_is_left_over():
    assert not faults(MESSAGES, PLACES)


def test_the_file_is_as_make_words_writes_it():
    assert catalogue.ZH.read_text(encoding="utf-8") == written(MESSAGES, PLACES)


@pytest.mark.parametrize(("context", "english"), [key for key in PLACES if "{" in key[1]])
def test_both_languages_are_filled_with_the_same(context, english):
    assert set(blanks(MESSAGES[context, english])) == set(blanks(english))


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
    import ast

    call = ast.parse("message(f'{n} days')").body[0].value
    with pytest.raises(NotWrittenOut, match="does not write its message out"):
        key_of(call, "somewhere.py")


def test_english_is_said_without_the_catalogue():
    """A process that says nothing in Chinese reads no catalogue: it starts quickly."""
    code = ("import sys; from linli.words import message; import linli.experiments.declared; str(message('day {n}', n=3));"
            "sys.exit('babel' in sys.modules)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], cwd=Path.home()).returncode == 0
