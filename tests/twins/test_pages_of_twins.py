"""What `linli diff` has written can be reported, drawn again, packed and verified."""

from __future__ import annotations

import html
import json
import re
import shutil

import pytest
from linli.experiments import drawn_from, package, redraw, report, verify
from linli.experiments.provenance import Refusal
from linli.experiments.reports.opening import kept_in
from linli.experiments.reports.shown import command_for, command_of, figures_of
from linli.experiments.twins.diffing import diff


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_tells_the_same(paid, paid_folder, lang, tmp_path):
    page = report(paid_folder, lang=lang, out=tmp_path / "page.html").read_text(encoding="utf-8")
    words = html.unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page)))
    assert paid.sentence(lang) in words
    suffix = "_zh" if lang == "zh" else ""
    for record in paid.records["chains"]:
        assert record[f"end{suffix}"] in words and record[f"happens{suffix}"] in words
    assert "linli figure twins --from" in words and page.count("data:image/svg") == 1
    assert "five_yuan" in words and "provenance.json" in words


def test_the_figure_is_drawn_again_from_the_tables(paid, paid_folder, tmp_path):
    written = redraw(paid_folder, "twins", folder=tmp_path)
    assert [path.name for path in written] == ["twins.csv", "twins.png", "twins.svg"]
    last = drawn_from(paid_folder, "twins").records[-1]
    assert last == {"day": 119, "residents": paid.found["residents"], "issues": paid.found["issues"]}
    assert (tmp_path / "twins.svg").read_bytes() == (paid_folder / "twins.svg").read_bytes().replace(
        b"linli diff baseline five_yuan, seed 7", source(paid_folder))  # fmt: skip


def source(folder):
    """What a picture that is drawn again says of where it is from."""
    about = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    said = f"linli {about['command']}, results in {folder.name}, {about['time']}, code {about['code'][:12]}"
    return said.encode()


def test_the_commands_are_those_that_made_it(paid_folder):
    kept = kept_in(paid_folder)
    (shown,) = figures_of(kept)
    asked = "--size general_grid --days 120 --seed 7 --chains 14"
    assert command_of(kept) == f"linli diff baseline five_yuan {asked} --out {paid_folder}"
    assert command_for(kept, shown, "zh") == f"linli figure twins --from {paid_folder} --lang zh"


def test_where_nothing_differs_the_page_says_so(tmp_path):
    twins = diff("baseline", "baseline", size="micro_grid", days=5)
    twins.write(tmp_path / "same")
    assert "nothing went otherwise" in report(tmp_path / "same").read_text(encoding="utf-8")
    with pytest.raises(Refusal, match="nothing differs"):
        redraw(tmp_path / "same", "twins")


def test_what_was_stopped_before_its_end_is_no_result(paid_folder, tmp_path):
    shutil.copytree(paid_folder, tmp_path / "stopped")
    path = tmp_path / "stopped" / "provenance.json"
    about = json.loads(path.read_text(encoding="utf-8"))
    del about["found"]
    path.write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(Refusal, match="stopped"):
        report(tmp_path / "stopped")


@pytest.mark.parametrize(("file", "old", "new"), [
    ("chains.csv", "brief", "briefly"), ("issues.csv", "stands_a", "stood"), ("residents.csv", "first_day", "day"),
    ("chains.csv", "\n1,", "\none,"),
])  # fmt: skip
def test_a_damaged_table_is_refused_in_one_sentence(commanded_folder, tmp_path, file, old, new):
    shutil.copytree(commanded_folder, tmp_path / "damaged")
    path = tmp_path / "damaged" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Refusal, match="damaged"):
        report(tmp_path / "damaged")


def test_it_is_packed_and_comes_out_the_same_again(tmp_path):
    diff("baseline", "five_yuan", seed=7, size="micro_grid", days=30, chains=3, resident=None).write(tmp_path / "small")
    found = verify(package(tmp_path / "small"), share=1.0)
    assert found.agrees, found.sentence()
