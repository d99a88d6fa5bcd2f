"""Two lives of one town: what differs is what the logs say, from the first day on; what cannot be is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from linli import experiments, scenarios
from linli.experiments.cli import main
from linli.experiments.provenance import Refusal
from linli.experiments.twins.diffing import diff
from linli.model import world as worlds
from linli.model.running import day_zero, run
from twins.putting_in import WHERE

SMALL = {"seed": 7, "size": "micro_grid", "days": 30}


def called(*arguments):
    """The exit code of the command line."""
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return left.value.code


def logs(scenario):
    """Who did what on which day, from the logs of a run of this scenario alone."""
    town = run(day_zero(scenario.baseline, WHERE["size"], WHERE["seed"]), scenario.spec, WHERE["days"])
    luck = worlds.table(town, "issues")["luck"]
    reports, deeds, issues = (worlds.table(town, name) for name in ("reports", "deeds", "issues"))
    petitions, solved = worlds.table(town, "petitions"), issues[issues["resolved_day"] < 30_000]
    return {
        "reported": {(r["day"], r["resident"], luck[r["issue"]]) for r in reports if r["day"] >= 0},
        "volunteered": {(r["day"], r["resident"], r["occasion"]) for r in deeds if r["day"] >= 0},
        "petitioned": {(r["day"], r["resident"], luck[r["issue"]]) for r in petitions if r["day"] >= 0},
        "resolved": {(row["closed_day"], row["luck"]) for row in solved if row["closed_day"] >= 0},
    }


@pytest.mark.parametrize(("which", "name"), [("paid", "five_yuan"), ("commanded", "cadre")])
def test_what_differs_is_what_the_logs_differ_in(which, name, request):
    twins = request.getfixturevalue(which)
    a, b = logs(scenarios.load("baseline")), logs(scenarios.load(name))
    firsts = []
    for kind in ("reported", "volunteered", "petitioned"):
        apart = {entry[:2] for entry in a[kind] ^ b[kind]}
        mine = {(event.day, event.resident) for event in twins.events if event.kind == kind}
        assert apart <= mine  # an entry may also have gone another way
        both = {(event.day, event.resident) for event in twins.events if event.kind == kind and event.where == "both"}
        assert mine - apart <= both
        firsts += [day for day, _ in apart]
    firsts += [entry[0] for entry in a["resolved"] ^ b["resolved"]]
    other = [e.day for e in twins.events if e.kind not in ("reported", "volunteered", "petitioned", "resolved")]
    assert twins.found["first_day"] == min([*firsts, *other]) == twins.events[0].day


def test_what_is_differed_in_first_is_the_first_difference_of_the_logs(paid):
    """Pay reaches people first by their volunteering, so that the logs alone give the day."""
    a, b = logs(scenarios.load("baseline")), logs(scenarios.load("five_yuan"))
    assert paid.found["first_day"] == min(entry[0] for kind in a for entry in a[kind] ^ b[kind])


def test_the_same_scenario_twice_is_the_same_life(tmp_path):
    twins = diff("baseline", "baseline", **SMALL)
    assert twins.events == () and twins.told == () and twins.found["first_day"] is None
    assert "nothing went otherwise" in twins.sentence() and "没有任何不同" in twins.sentence("zh")
    assert [path.name for path in twins.write(tmp_path / "same")] == ["provenance.json"]


def test_the_same_again_is_the_same(paid):
    again = diff("baseline", "five_yuan", chains=14, **WHERE)
    assert again.records == paid.records and again.sentence() == paid.sentence()


def test_one_resident_may_be_followed(paid):
    resident = int(paid.residents()["resident"].iloc[3])
    twins = diff("baseline", "five_yuan", chains=3, resident=resident, **WHERE)
    assert twins.told and {chain.end.resident for chain in twins.told} == {resident}
    assert twins.events == paid.events


def test_it_is_there_for_notebooks(paid):
    assert experiments.diff is diff and isinstance(paid, experiments.Twins)
    frames = paid.residents(), paid.issues(), paid.happenings(), paid.chains()
    assert [len(frame) for frame in frames[:2]] == [paid.found["residents"], paid.found["issues"]]
    assert frames[0]["first_day"].is_monotonic_increasing and frames[2]["day"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("five_yaun", "baseline"), "five_yuan"),
        (("baseline", "nowhere/at_all.toml"), "at_all.toml"),
        (("baseline", "bare"), "do not grow from the same baseline"),
        (("baseline", "cadre", "--size", "planet"), "micro_grid"),
        (("baseline", "cadre", "--days", "0"), "days is 0"),
        (("baseline", "cadre", "--seed", "-1"), "seed is -1"),
        (("baseline", "cadre", "--chains", "51"), "from 0 to 50"),
        (("baseline", "cadre", "--size", "micro_grid", "--resident", "99999"), "resident is 99999"),
        (("baseline", "cadre", "--size", "micro_grid", "--resident", "-1"), "resident is -1"),
        (("baseline",), "B"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert called("diff", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and words in err and "Traceback" not in err
    assert not list(tmp_path.iterdir())


ASKED = ("diff", "baseline", "five_yuan", "--seed", 7, "--size", "micro_grid", "--days", 60)


def test_the_command_says_and_writes(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert called(*ASKED) == 0
    out = capsys.readouterr().out
    assert "residents and" in out and "incentives.points_per_hour" in out and "because of" in out
    folder = tmp_path / "results" / "diff-baseline-five_yuan-micro_grid-seed7"
    assert {path.name for path in folder.iterdir()} >= {
        "residents.csv", "happenings.csv", "chains.csv", "provenance.json", "twins.png", "twins.svg"}  # fmt: skip
    about = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert about["command"] == "diff --chains 6" and about["found"]["first_day"] >= 0
    assert called(*ASKED, "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_as_json(tmp_path, capsys):
    assert called(*ASKED, "--out", tmp_path, "--json", "--quiet") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["residents"] > 0 and {"happens", "because_of", "because_of_zh"} <= set(found["chains"][0])


def test_nothing_is_written_over_other_results(tmp_path, capsys):
    assert called(*ASKED, "--out", tmp_path, "--quiet") == 0
    assert called(*ASKED, "--out", tmp_path, "--chains", 2) == 2
    assert "another run" in capsys.readouterr().err
    assert called(*ASKED, "--out", tmp_path, "--chains", 0, "--force", "--quiet") == 0
    assert not (tmp_path / "chains.csv").exists()


def test_two_files_of_one_name_are_refused():
    scenario = scenarios.load("cadre")
    other = replace(scenario, spec=scenario.spec.changed(deputies={"period": 5}))
    with pytest.raises(Refusal, match="twice"):
        diff(scenario, other, **SMALL)
