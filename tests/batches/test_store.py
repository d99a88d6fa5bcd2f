"""The directory of a batch: what is done stays done, whatever happens; and every refusal changes nothing."""

import os
import subprocess
import sys

import pandas as pd
import pytest
from batches.contents import contents, each_once
from linli.experiments import batch, merge, open_results, rerun
from linli.experiments.batches import files, store
from linli.experiments.batches.design import read_design
from linli.experiments.batches.keys import Version, version
from linli.experiments.provenance import Refusal


def tree(folder):
    """Every file with its content."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_study_is_done_and_read_back(design, tmp_path):
    results = batch(design(), tmp_path / "out", workers=1)
    runs = results.runs()
    assert list(runs["seed"]) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert list(runs["point"]) == ["baseline", "five_yuan"] * 4
    assert results.values("five_yuan", "n_acts").tolist() == runs[runs.point == "five_yuan"]["n_acts"].tolist()
    assert len(results.weekly()) == 8 * 4
    assert set(results.groups()["grouping"]) == {"age", "gender", "tenancy", "employment", "party", "compound"}
    assert results.units()["n_acts"] == "acts"
    assert pd.read_parquet(tmp_path / "out/runs")["n_acts"].sum() == runs["n_acts"].sum()


def test_a_run_is_what_a_comparison_says(design, tmp_path):
    from linli.experiments import compare

    results = batch(design(), tmp_path / "out", workers=1)
    other = compare(["baseline", "five_yuan"], size="micro_grid", days=30, runs=4, workers=1)
    for name in ("baseline", "five_yuan"):
        for outcome in ("n_acts", "share_active_30", "gini_acts"):
            pd.testing.assert_series_equal(
                pd.Series(results.values(name, outcome)), pd.Series(other.values(name, outcome)), rtol=0, atol=0
            )


def test_doing_it_again_does_nothing(design, tmp_path):
    batch(design(), tmp_path / "out", workers=1)
    before = {name: raw for name, raw in tree(tmp_path / "out").items() if name != "ledger.jsonl"}
    batch(design(), tmp_path / "out", workers=1)
    assert {name: raw for name, raw in tree(tmp_path / "out").items() if name != "ledger.jsonl"} == before


def test_more_seeds_and_scenarios_run_only_what_is_missing(design, tmp_path):
    whole = design(
        ("seeds = 4", "seeds = 5"),
        ('name = "five_yuan"', 'name = "five_yuan"\n[[scenarios]]\nname = "twenty_yuan"'),
        name="whole.toml",
    )
    batch(whole, tmp_path / "whole", workers=1)
    batch(design(("seeds = 4", "seeds = 2")), tmp_path / "out", workers=1)
    batch(design(), tmp_path / "out", workers=1)
    first = {p.name for p in (tmp_path / "out/runs").glob("part-*")}
    batch(
        design(
            ("seeds = 4", "seeds = 5"),
            ('name = "five_yuan"', 'name = "five_yuan"\n[[scenarios]]\nname = "twenty_yuan"'),
        ),
        tmp_path / "out",
        workers=1,
    )
    assert first < {p.name for p in (tmp_path / "out/runs").glob("part-*")}
    assert each_once(tmp_path / "out", 15)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_more_days_go_on_from_the_last_one(design, tmp_path, monkeypatch):
    keep = ("days = 30", "days = 30\nkeep_world = true")
    batch(design(keep), tmp_path / "out", workers=1)
    batch(design(("days = 30", "days = 50")), tmp_path / "straight", workers=1)
    from linli.experiments.batches import work

    def none_founded(*_):
        raise AssertionError("a town was founded, although its last day was kept")

    monkeypatch.setattr(work, "day_zero", none_founded)
    results = batch(design(("days = 30", "days = 50\nkeep_world = true")), tmp_path / "out", workers=1)
    assert results.failures().empty
    assert contents(tmp_path / "out") == contents(tmp_path / "straight")


def test_shards_share_the_work_and_meet_again(design, tmp_path):
    batch(design(), tmp_path / "whole", workers=1)
    for number in (1, 2, 3):
        batch(design(), tmp_path / "together", workers=1, shard=(number, 3))
        batch(design(), tmp_path / f"apart{number}", workers=1, shard=(number, 3))
    assert each_once(tmp_path / "together", 8)
    assert contents(tmp_path / "together") == contents(tmp_path / "whole")
    merge(tmp_path / "merged", [tmp_path / f"apart{number}" for number in (1, 2, 3)])
    merge(tmp_path / "merged", [tmp_path / "apart1"])
    assert each_once(tmp_path / "merged", 8)
    assert contents(tmp_path / "merged") == contents(tmp_path / "whole")


def test_a_run_that_raises_is_kept_with_its_traceback_and_the_rest_goes_on(design, tmp_path, monkeypatch):
    from linli.experiments.batches import work

    honest = work.run

    def sometimes(world, spec, days):
        if spec.incentives.points_per_hour and int(world.town["seed"][0]) == 3:
            raise ZeroDivisionError("nobody there")
        return honest(world, spec, days)

    monkeypatch.setattr(work, "run", sometimes)
    results = batch(design(), tmp_path / "out", workers=1)
    failure = results.failures().iloc[0]
    assert len(results.runs()) == 7 and len(results.failures()) == 1
    assert (failure["point"], failure["seed"]) == ("five_yuan", 3)
    assert "nobody there" in failure["traceback"] and "Traceback" in failure["traceback"]
    assert failure["reproduce"] == f"linli rerun {tmp_path / 'out'} {failure['key']}"
    monkeypatch.undo()
    assert len(batch(design(), tmp_path / "out", workers=1).runs()) == 7
    again = rerun(tmp_path / "out", failure["key"])
    results = batch(design(), tmp_path / "out", workers=1, retry_failed=True)
    assert len(results.runs()) == 8 and results.failures().empty
    row = results.runs().set_index(["point", "seed"]).loc[("five_yuan", 3)]
    assert row["n_acts"] == again["n_acts"]


@pytest.mark.parametrize("stage", range(12))
def test_power_fails_at_every_stage_of_writing(design, tmp_path, monkeypatch, stage):
    """At each rename in turn the process stops; the next one completes the batch, each run once."""
    monkeypatch.setattr("linli.experiments.batches.runner.PART_RUNS", 2)
    calls = 0
    honest = os.replace

    class PowerFailure(BaseException):
        pass

    def fails(old, new):
        nonlocal calls
        calls += 1
        if calls - 1 == stage:
            raise PowerFailure
        honest(old, new)

    monkeypatch.setattr(files.os, "replace", fails)
    monkeypatch.setattr(files.Path, "unlink", lambda *a, **k: None)  # a dead process tidies nothing up
    with pytest.raises(PowerFailure):
        batch(design(), tmp_path / "out", workers=1)
    monkeypatch.undo()
    batch(design(), tmp_path / "out", workers=1)
    batch(design(), tmp_path / "whole", workers=1)
    assert each_once(tmp_path / "out", 8)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    assert not list((tmp_path / "out").rglob(".*.part"))


def test_a_line_of_the_ledger_that_was_cut_short_is_passed_over(design, tmp_path):
    batch(design(), tmp_path / "out", workers=1)
    ledger = tmp_path / "out/ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes() + b'{"event": "par')
    batch(design(("seeds = 4", "seeds = 5")), tmp_path / "out", workers=1)
    events = [line["event"] for line in files.lines_of(ledger)]
    assert events == ["began", "part", "finished", "resumed", "part", "finished"]


def refused(call, folder, *words):
    """The call is refused in one sentence with these words, and nothing is changed."""
    before = tree(folder) if folder.is_dir() else {}
    with pytest.raises(Refusal) as caught:
        call()
    sentence = str(caught.value)
    assert all(str(word) in sentence for word in words), sentence
    assert "\n" not in sentence
    after = tree(folder) if folder.is_dir() else {}
    assert {n: raw for n, raw in after.items() if "lock" not in n} == {
        n: raw for n, raw in before.items() if "lock" not in n
    }


@pytest.mark.parametrize(("change", "words"), [
    (("days = 30", "days = 20"), ("days is 20", "30 days")),
    (("micro_grid", "general_grid"), ("size is general_grid", "micro_grid")),
    (("seeds = 4", "seeds = 3"), ("seed 4",)),
    (('name = "five_yuan"', 'name = "twenty_yuan"'), ("no five_yuan",)),
    (('"issues"]', '"daily"]'), ("tables", "daily", "issues")),
    (('name = "five_yuan"', 'name = "five_yuan"\nbase = "twenty_yuan"'), ("five_yuan has other numbers",)),
])  # fmt: skip
def test_an_edited_design_over_old_results(design, tmp_path, change, words):
    batch(design(("seeds = 4", "seeds = 4")), tmp_path / "out", workers=1)
    edited = design(change, name="edited.toml")
    refused(lambda: batch(edited, tmp_path / "out", workers=1), tmp_path / "out", edited, tmp_path / "out", *words)


def test_other_versions(design, tmp_path, monkeypatch):
    batch(design(), tmp_path / "out", workers=1)
    mine = version()
    older = tuple((name, "0.1" if name == "numba" else value) for name, value in mine.machine)
    for module in ("store", "work"):
        monkeypatch.setattr(f"linli.experiments.batches.{module}.version", lambda: mine._replace(machine=older))
    refused(lambda: batch(design(), tmp_path / "out", workers=1), tmp_path / "out", "numba 0.1", "--other-versions")
    batch(design(("seeds = 4", "seeds = 5")), tmp_path / "out", workers=1, other_versions=True)
    for module in ("store", "work", "plan"):
        monkeypatch.setattr(f"linli.experiments.batches.{module}.version", lambda: Version("f" * 64, mine.machine))
    refused(lambda: batch(design(), tmp_path / "out", workers=1), tmp_path / "out", "another version", "ffffffff")


@pytest.mark.parametrize("which", ["runs", "issues"])
@pytest.mark.parametrize("harm", ["cut", "flipped", "gone"])
def test_a_damaged_part_is_found_and_can_be_set_aside(design, tmp_path, which, harm):
    batch(design(), tmp_path / "whole", workers=1)
    batch(design(), tmp_path / "out", workers=1)
    part = next((tmp_path / "out" / which).glob("part-*"))
    raw = bytearray(part.read_bytes())
    raw[len(raw) // 2] ^= 1
    {"cut": lambda: part.write_bytes(raw[:99]), "flipped": lambda: part.write_bytes(raw), "gone": part.unlink}[harm]()
    if (which, harm) != ("runs", "gone"):  # then its runs are simply missing
        refused(lambda: batch(design(), tmp_path / "out", workers=1), tmp_path / "out", part, "--repair")
        with pytest.raises(Refusal, match="damaged or gone"):
            open_results(tmp_path / "out").runs()
    batch(design(), tmp_path / "out", workers=1, repair=True)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_other_files_in_the_directory(design, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/thesis.docx").write_text("years of work")
    refused(lambda: batch(design(), tmp_path / "out"), tmp_path / "out", "thesis.docx")
    (tmp_path / "file").write_text("x")
    refused(lambda: batch(design(), tmp_path / "file"), tmp_path, tmp_path / "file", "is a file")


def test_two_at_once_are_kept_apart(design, tmp_path):
    with store.opened(tmp_path / "out", read_design(design()), {"linli": "0"}):
        other = subprocess.run(
            [sys.executable, "-m", "linli.experiments", "batch", str(design()), "--out", str(tmp_path / "out")],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert other.returncode == 2
    assert "another process is at work on" in other.stderr and other.stderr.count("\n") == 1
