"""What users, machines and other programs do to a batch: one sentence each time, and nothing lost or doubled."""

import json
import shlex
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from batches.contents import contents, each_once
from linli.experiments import batch, merge, open_results
from linli.experiments.batches import runner, store, work
from linli.experiments.batches.design import read_design
from linli.experiments.batches.estimate import estimate
from linli.experiments.cli import main
from linli.experiments.provenance import Refusal


@pytest.fixture
def said(capsys):
    """Runs the command line here; what it says on stderr, and its exit code."""

    def run(*words):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([*map(str, words)])
        return capsys.readouterr().err, left.value.code

    return run


def one_sentence(found, *words):
    """Whether something was said in one line, with these words."""
    text, code = found
    return code != 0 and text.count("\n") == 1 and "Traceback" not in text and all(str(w) in text for w in words)


@pytest.mark.parametrize(("where", "words"), [
    ("tcp://127.0.0.1:9", ("no Dask scheduler answers at tcp://127.0.0.1:9",)),
    ("tcp://nowhere.invalid:8786", ("no Dask scheduler answers at tcp://nowhere.invalid:8786",)),
    ("foo://127.0.0.1:9", ("foo://127.0.0.1:9", "such as tcp://host:8786")),
    ("tls://127.0.0.1:9", ("certificates",)),
    ("tcp://127.0.0.1", ("tcp://127.0.0.1,", "such as tcp://host:8786")),
    ("tcp://127.0.0.1:99999", ("99999", "such as tcp://host:8786")),
    ("nofile.json", ("nofile.json", "a scheduler file")),
])  # fmt: skip
def test_a_cluster_that_is_not_there_is_said_at_once(design, tmp_path, said, where, words):
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'linli[cluster]'")
    assert one_sentence(said("batch", design(), "--out", tmp_path / "out", "--cluster", where), *words)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "3", '{"address": 3}', '{"address": "here"}', "\0\udcff"])
def test_a_scheduler_file_that_is_none(design, tmp_path, said, text):
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'linli[cluster]'")
    file = tmp_path / "scheduler.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert one_sentence(said("batch", design(), "--out", tmp_path / "out", "--cluster", file), file)


def test_a_cluster_without_dask(design, tmp_path, said, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    found = said("batch", design(), "--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert one_sentence(found, 'pip install "linli[cluster]"')


@pytest.mark.parametrize("words", [
    ("--workers", "0"), ("--workers", "-1"), ("--workers", "257"), ("--dry-run", "--workers", "0"),
    ("--shard", "0/0"), ("--shard", "0/3"), ("--shard", "3/2"), ("--shard", "1/999999"), ("--shard", "1"),
    ("--precision", "n_acts=nan"), ("--precision", "n_acts=0"), ("--precision", "nothing=1"), ("--most-seeds", "9"),
    ("--precision", "n_acts=5", "--most-seeds", "3"), ("--precision", "n_acts=5", "--shard", "1/2"),
])  # fmt: skip
def test_options_that_cannot_be(design, tmp_path, said, words):
    assert one_sentence(said("batch", design(), "--out", tmp_path / "out", *words), words[-1].rpartition("=")[2])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../up", "/elsewhere/up", "a/b", "..", ".", r"nul\u0000", "y" * 300])
def test_the_name_of_a_design_leads_nowhere_else(design, tmp_path, said, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    path = design(('question = "Does', f'name = "{name}"\nquestion = "Does'))
    assert one_sentence(said("batch", path, "--quiet"), path, name[:50], "--out")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert batch(path, tmp_path / "out", workers=1).n_runs == 8


@pytest.mark.parametrize("as_bytes", [
    lambda text: text.replace("\n", "\r\n").encode(), lambda text: b"\xef\xbb\xbf" + text.encode(),
])  # fmt: skip
def test_a_design_from_windows_is_the_same_design(design, as_bytes):
    path = design()
    whole = read_design(path)
    path.write_bytes(as_bytes(path.read_text(encoding="utf-8")))
    assert read_design(path) == whole


def fails_for(seed, monkeypatch, where, name="baseline"):
    """From now on runs of this scenario and seed (None: of any seed) raise in the function named."""
    honest = getattr(work, where)

    def sometimes(world, spec, *rest):
        if bool(spec.incentives.points_per_hour) == (name != "baseline"):
            if seed is None or int(world.town["seed"][0]) == seed:
                raise ZeroDivisionError("nobody there")
        return honest(world, spec, *rest)

    monkeypatch.setattr(work, where, sometimes)


@pytest.mark.parametrize("where", ["run", "measured"])
def test_the_line_kept_of_a_failed_run_repeats_its_failure(design, tmp_path, monkeypatch, where):
    """Also in a directory whose name a shell would take apart, and where measuring failed, not living."""
    fails_for(3, monkeypatch, where)
    out = tmp_path / "结果 of $HOME's study"
    failure = batch(design(), out, workers=1).failures().iloc[0]
    words = shlex.split(failure["reproduce"])
    assert words == ["linli", "rerun", str(out), failure["key"]]
    with pytest.raises(ZeroDivisionError, match="nobody there"):
        main(words[1:])
    assert (failure["seed"], failure["days"], failure["values"]) == (3, 30, {})


def test_a_failure_is_forgotten_when_a_longer_run_has_been_done(design, tmp_path, monkeypatch):
    fails_for(3, monkeypatch, "run")
    assert len(batch(design(), tmp_path / "out", workers=1).failures()) == 1
    longer = design(("days = 30", "days = 40"))
    assert list(batch(longer, tmp_path / "out", workers=1).failures()["days"]) == [40]
    monkeypatch.undo()
    assert batch(longer, tmp_path / "out", workers=1, retry_failed=True).failures().empty


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_precision_of_runs_that_all_raise_comes_to_an_end(design, tmp_path, said, monkeypatch, everywhere):
    fails_for(None, monkeypatch, "run")
    if everywhere:
        fails_for(None, monkeypatch, "run", "five_yuan")
    words = "--workers", "1", "--quiet", "--precision", "n_acts=1", "--most-seeds", "12"
    assert one_sentence(said("batch", design(), "--out", tmp_path / "out", *words), "ZeroDivisionError", "linli rerun")
    runs, failures = open_results(tmp_path / "out").n_runs, len(open_results(tmp_path / "out").failures())
    assert (runs, failures) == ((0, 8) if everywhere else (12, 12))


def test_of_a_job_that_takes_its_worker_with_it_only_the_guilty_run_is_given_up(design, tmp_path, monkeypatch):
    def deadly(job):
        if job.seed == 3 and any(order.point == "five_yuan" for order in job.orders):
            raise RuntimeError("the worker process died")
        return work.do(job)

    monkeypatch.setattr(runner, "do", deadly)
    with ThreadPoolExecutor(1) as executor:
        results = batch(design(), tmp_path / "out", executor=executor)
    assert results.n_runs == 7
    assert list(zip(results.failures()["point"], results.failures()["seed"])) == [("five_yuan", 3)]


def test_what_overlaps_is_merged_once(design, tmp_path):
    batch(design(), tmp_path / "whole", workers=1)
    batch(design(), tmp_path / "a", workers=1, shard=(1, 2))
    batch(design(("seeds = 4", "seeds = 3")), tmp_path / "b", workers=1)
    for folders in (("a", "b", "whole"), ("whole", "a")):
        into = tmp_path / ("merged-" + "".join(folders))
        merge(into, [tmp_path / folder for folder in folders])
        assert each_once(into, 8)
        assert contents(into) == contents(tmp_path / "whole")


def test_shards_of_other_sizes_wait_for_each_other(design, tmp_path):
    wanted = read_design(design())
    first, second = (store.opened(tmp_path / "out", wanted, {"linli": "0"}, shard=(i, 2)) for i in (1, 2))
    with first, second, pytest.raises(Refusal, match="shard [12]/2 is at work on .* of as many"):
        batch(design(), tmp_path / "out", shard=(1, 3))
    batch(design(), tmp_path / "out", workers=1, shard=(1, 3))
    assert batch(design(), tmp_path / "out", workers=1).n_runs == 8


def test_damaged_files_beside_the_parts(design, tmp_path, said):
    out = tmp_path / "out"
    keep = ("days = 30", "days = 30\nkeep_world = true")
    batch(design(keep), out, workers=1)
    (out / "design.toml").write_bytes(b"\xff\xfe\0")
    assert one_sentence(said("report", out, "--quiet"), out / "design.toml")
    batch(design(keep), out, workers=1)
    assert open_results(out).design == read_design(design(keep))
    for number, path in enumerate(sorted((out / "worlds").iterdir())):
        raw = bytearray(path.read_bytes())
        raw[len(raw) * (number + 1) // 9] ^= 255
        path.write_bytes(raw if number % 2 else raw[: len(raw) // 2])
    batch(design(("days = 30", "days = 50")), tmp_path / "straight", workers=1)
    assert batch(design(("days = 30", "days = 50\nkeep_world = true")), out, workers=1).failures().empty
    assert contents(out) == contents(tmp_path / "straight")
    (out / "provenance.json").write_bytes(b"\xff")
    assert one_sentence(said("batch", design(), "--out", out), out / "provenance.json", "damaged")


@pytest.mark.parametrize("at_once", [True, False])
def test_the_directory_is_removed_while_it_works(design, tmp_path, said, monkeypatch, at_once):
    out = tmp_path / "out"

    def removed(job):
        if at_once or job.seed == 3:
            shutil.rmtree(out, ignore_errors=True)
        return work.do(job)

    monkeypatch.setattr(runner, "PART_RUNS", 2)
    monkeypatch.setattr(runner, "do", removed)
    assert one_sentence(said("batch", design(), "--out", out, "--workers", "1", "--quiet"), out, "No such file")
    monkeypatch.undo()
    assert batch(design(), out, workers=1).n_runs == 8


def test_an_estimate_is_measured_on_three_runs(design, said):
    found = estimate(design(), workers=2)
    assert (found["runs"], found["measured_runs"], found["workers"]) == (8, 3, 2)
    assert found["seconds"] > 0 and found["bytes"] > 10_000
    assert estimate(design(), shard=(4, 4))["measured_runs"] == 2


def test_an_estimate_of_bytes_is_about_what_they_come_to(design, tmp_path):
    path = design(("seeds = 4", "seeds = 40"))
    about = estimate(path, workers=1)["bytes"]
    batch(path, tmp_path / "out", workers=1)
    written = sum(part.stat().st_size for part in (tmp_path / "out").rglob("part-*"))
    assert 0.5 < about / written < 2.0


def test_a_batch_in_words_of_json_is_json(design, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["batch", str(design()), "--out", str(tmp_path / "结果 1"), "--workers", "1", "--quiet", "--json"])
    assert left.value.code == 0
    assert json.loads(capsys.readouterr().out)["folder"] == str(tmp_path / "结果 1")
