"""The command line: exit codes, one line for an error, and a quick start."""

import json
import subprocess
import sys

import pytest
from linli.experiments import cli


def called(*arguments):
    """The exit code of the command line."""
    with pytest.raises(SystemExit) as left:
        cli.main([str(argument) for argument in arguments])
    return left.value.code


SMALL = ("--size", "micro_grid", "--days", "30")


def test_run_prints_a_table_and_names_its_files(tmp_path, capsys):
    assert called("run", "five_yuan", *SMALL, "--out", tmp_path) == 0
    out = capsys.readouterr().out
    assert "mean time to closing" in out and "working days" in out
    assert "provenance.json" in out and "meetings.png" in out
    names = {path.name for path in tmp_path.iterdir()}
    assert {"yearly.csv", "groups.csv", "daily.parquet", "months.parquet"} <= names
    assert {"issues.parquet", "meetings.parquet"} <= names
    assert {
        f"{figure}.{kind}" for figure in ("participation", "issues", "meetings") for kind in ("png", "svg")
    } <= names


def test_run_as_json(tmp_path, capsys):
    assert called("run", "bare", *SMALL, "--out", tmp_path, "--json", "--quiet") == 0
    records = json.loads(capsys.readouterr().out)
    assert {"year", "outcome", "unit", "value", "meaning"} <= set(records[0])


def test_compare_says_what_cannot_be_told_apart(tmp_path, capsys):
    asked = ("compare", "baseline", "cadre", *SMALL, "--runs", 2, "--workers", 1, "--out", tmp_path)
    assert called(*asked) == 0
    out = capsys.readouterr().out
    assert "2 paired runs" in out and "cannot be told apart with these runs" in out and "in compare.csv" in out
    names = {path.name for path in tmp_path.iterdir()}
    assert {"compare.csv", "audit.csv", "groups.csv", "runs.parquet", "provenance.json"} <= names
    assert {"differences.png", "participation.svg"} <= names
    assert called(*asked, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["mean"] is not None


def test_quiet_is_quiet(tmp_path, capsys):
    assert called("run", "bare", *SMALL, "--out", tmp_path, "--quiet") == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "five_yaun"), "five_yuan"),
        (("run", "nowhere/at_all.toml"), "at_all.toml"),
        (("run", "bare", "--size", "planet"), "micro_grid"),
        (("run", "bare", "--days", "many"), "many"),
        (("run", "bare", "--days", "-3"), "from 1 to"),
        (("run", "bare", "--seed", "-3"), "from 0 to"),
        (("run",), "SCENARIO"),
        (("run", "bare", "--colour", "red"), "--colour"),
        (("compare", "bare"), "at least two"),
        (("compare", "bare", "bare"), "twice"),
        (("compare", "bare", "cadre", "--runs", "1"), "runs is 1"),
        (("demo", "--runs", "1"), "runs is 1"),
        (("compare", "bare", "cadre", "--workers", "0"), "workers is 0"),
        (("parameters", "moods"), "incentives"),
        (("dance",), "dance"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert called(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and words in err and "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over_another_run(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("dear all")
    assert called("run", "bare", *SMALL, "--out", tmp_path) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_directory_that_cannot_be_made(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert called("run", "bare", *SMALL, "--out", tmp_path / "file" / "inside") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_failed_run_is_no_success(tmp_path, capsys, monkeypatch):
    import unrunnable
    from linli import scenarios

    load = scenarios.load
    broken = unrunnable.with_spec(unrunnable.Dry())
    monkeypatch.setattr(scenarios, "load", lambda name: broken if name == "broken" else load(name))
    asked = ("compare", "baseline", "broken", *SMALL, "--runs", 2, "--workers", 1, "--out", tmp_path)
    assert called(*asked) == 1
    out, err = capsys.readouterr()
    assert "2 runs failed" in err and "the well is dry" in err and "compare.csv" in out


@pytest.mark.parametrize("command", sorted(cli.linli.commands))
def test_every_command_has_help_with_an_example(command, capsys):
    assert called(command, "--help") == 0
    assert f"Example:  linli {command}" in capsys.readouterr().out


def test_lists(capsys):
    assert called("scenarios", "--lang", "zh") == 0
    assert "five_yuan" in capsys.readouterr().out
    assert called("parameters", "incentives", "--json") == 0
    entries = json.loads(capsys.readouterr().out)
    said = {"section", "name", "unit", "low", "high", "default", "meaning", "source", "choices"}
    assert said | {"meaning_zh", "unit_zh"} == set(entries[0])
    assert called("parameters", "kinds") == 0
    assert "kinds.dogs" in capsys.readouterr().out
    assert called("parameters", "party", "--lang", "zh") == 0
    assert "党员联系户" in capsys.readouterr().out
    assert called("outcomes", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["meaning_zh"]


def test_doctor(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert called("doctor", "--json") == 0
    found = {finding["what"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert {"Python", "numba", "cores", "compiled code", "Chinese font", "writing here"} <= set(found)


HEAVY = ("mesa", "pandas", "matplotlib", "networkx", "pyarrow", "scipy.stats", "scipy.optimize")
"""What must not be loaded too soon. (Numba itself looks for scipy.linalg where SciPy is installed.)"""

HELP = """
import sys
from linli.experiments.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
print([name for name in sys.modules if name.split(".")[0] in ("mesa", "pandas", "scipy", "matplotlib", "numba")])
"""

FIRST_DAY = f"""
import sys
from linli.experiments import cli
from linli.model import running
live = running.live
def first(*arguments):
    running.live = live
    print([name for name in {HEAVY} if name in sys.modules])
    return live(*arguments)
running.live = first
cli.main(["run", "bare", "--size", "micro_grid", "--days", "1", "--out", sys.argv[1], "--quiet"])
"""


@pytest.mark.parametrize("script", [HELP, FIRST_DAY], ids=["help", "first day"])
def test_the_start_is_not_held_up_by_heavy_packages(script, tmp_path):
    asked = [sys.executable, "-c", script, str(tmp_path / "out")]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "[]"


def test_as_a_module():
    asked = [sys.executable, "-m", "linli.experiments", "--version"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.startswith("linli ")
