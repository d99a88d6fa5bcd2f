"""A text in two languages: an ordinary English string that can be told in Chinese."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from linli.words import Words, capital, catalogue, listed, message, pair, strung, told

CHINESE = {"yes": "是", "no": "否", "{n:,} days": "{n:,}天", "{what} is missing": "缺少{what}"}
N_DAYS = message("{n:,} days", n=1200)
TEXTS = [N_DAYS, message("yes"), listed([message("yes"), "B"]), strung([message("yes"), message("no")]),
         capital(message("yes")), pair("a name", "名称")]  # fmt: skip


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch):
    marks = {("between things", ", "): "、", ("between sentences", "; "): "；", ("end of a sentence", "."): "。"}
    monkeypatch.setattr(catalogue, "messages", lambda: marks | {("", text): zh for text, zh in CHINESE.items()})


def test_it_is_an_english_string_until_it_is_told():
    assert message("yes") == "yes"
    assert f"{message('yes')}" == "yes"
    assert json.dumps([message("yes")]) == '["yes"]'
    assert message("yes").told("en") == "yes"
    assert message("yes").told("zh") == "是"


def test_values_are_filled_in_each_language_with_their_formats():
    assert (N_DAYS.en, N_DAYS.zh) == ("1,200 days", "1,200天")
    assert message("{n:,} days").filled(n=3).told("zh") == "3天"


def test_values_are_told_in_the_language_they_are_filled_into():
    assert message("{what} is missing", what=message("yes")).in_both() == {"en": "yes is missing", "zh": "缺少是"}


def test_texts_one_after_the_other():
    assert listed([message("yes"), "B"]).in_both() == {"en": "yes, B", "zh": "是、B"}
    assert strung([message("yes"), message("no")]).in_both() == {"en": "Yes; no.", "zh": "是；否。"}


@pytest.mark.parametrize("text", TEXTS)
def test_it_survives_being_sent_to_another_process(text):
    for again in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text)):
        assert isinstance(again, Words)
        assert again.in_both() == text.in_both()


def test_an_error_is_told_in_the_language_of_who_reads_it():
    error = ValueError(message("yes"))
    assert (str(error), told(error, "zh"), told(error, "en")) == ("yes", "是", "yes")
    assert told(ValueError("not ours"), "zh") == "not ours"
    assert told(KeyError("a", 1), "zh") == "('a', 1)"


def test_a_message_without_a_chinese_is_told_in_english():
    assert message("nobody translated this").told("zh") == "nobody translated this"
