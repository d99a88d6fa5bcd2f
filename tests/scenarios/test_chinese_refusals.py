"""The check of Chinese refusals finds what it is there to find, and a file may be called something else."""

from __future__ import annotations

from pathlib import Path

from chinese_refusals import faults_in_chinese
from linli.scenarios import ScenarioError
from linli.scenarios.errors import refusal
from linli.scenarios.source import Source
from linli.words import message, pair, told


def kinds_of_faults(error: ScenarioError) -> list[str]:
    """What is found, without the sentences."""
    return [fault.partition(":")[0] for fault in faults_in_chinese(error, "a.toml")]


def test_a_sentence_that_stayed_english_is_found() -> None:
    assert kinds_of_faults(refusal("a.toml", "grid.staffing is 9")) == ["not Chinese", "English words {'is'}"]
    assert "another file" in kinds_of_faults(ScenarioError("a.toml: grid.staffing is 9."))


def test_a_value_that_is_lost_on_the_way_is_found() -> None:
    assert kinds_of_faults(refusal("a.toml", pair("grid.staffing is 9", "grid.staffing的值不对"))) == ["without ['9']"]


def test_both_languages_stay_on_one_line() -> None:
    error = refusal("a.toml", message("{name} is {value}", name="x", value="one\ntwo\x07"))
    assert (str(error), told(error, "zh")) == ("a.toml: x is one two .", "a.toml：x为one two 。")


def test_what_is_no_file_may_be_called_otherwise() -> None:
    page = Source(Path("this page"), "", called=pair("this page", "本页"))
    assert told(page.refusal(message("there is no such file")), "zh") == "本页：没有这个文件。"
    assert str(page.refusal(message("there is no such file"))) == "this page: there is no such file."
