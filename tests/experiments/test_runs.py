"""Runs and comparisons: the same again, on one core or two, and when something goes wrong."""

import json
import math

import pyarrow.parquet as pq
import pytest
from linli import scenarios
from linli.experiments.outcomes import OUTCOMES
from linli.experiments.provenance import Refusal, claim, provenance
from linli.experiments.runs import compare, run_scenario
from unrunnable import Deadly, Dry, with_spec

TABLES = ("daily", "months", "issues", "meetings")


def test_the_same_run_twice_gives_the_same_files(tmp_path):
    for place in ("once", "again"):
        run_scenario("five_yuan", size="micro_grid", days=40, seed=2).write(tmp_path / place)
    once, again = tmp_path / "once", tmp_path / "again"
    assert (once / "yearly.csv").read_bytes() == (again / "yearly.csv").read_bytes()
    for name in TABLES:
        assert pq.read_table(once / f"{name}.parquet").equals(pq.read_table(again / f"{name}.parquet"))
    assert (once / "participation.svg").read_bytes() == (again / "participation.svg").read_bytes()


def test_columns_carry_units_and_meanings(paid_folder):
    for name in TABLES:
        table = pq.read_table(paid_folder / f"{name}.parquet")
        assert table.num_rows > 0
        assert all(field.metadata[b"unit"] and field.metadata[b"meaning"] for field in table.schema)
    issues = pq.read_table(paid_folder / "issues.parquet").to_pandas()
    assert set(issues.loc[issues.state == 6, "state_name"]) == {"closed_resolved"}
    assert issues.loc[issues.state_name == "latent", "detected"].isna().all()
    meetings = pq.read_table(paid_folder / "meetings.parquet").to_pandas()
    assert meetings.day.min() >= 0 and set(meetings.rule_name) <= {"majority", "cadre"}
    assert issues.set_index("row").loc[meetings.issue, "contested"].all()


def test_yearly_is_tidy(paid_year):
    frame = paid_year.yearly()
    assert list(frame.columns) == ["year", "first_day", "last_day", "outcome", "unit", "value", "meaning"]
    assert len(frame) == 2 * len(OUTCOMES)


def test_provenance_is_complete(paid_folder):
    about = json.loads((paid_folder / "provenance.json").read_text(encoding="utf-8"))
    assert (about["command"], about["size"], about["days"], about["seed"]) == ("run", "general_grid", 395, 3)
    assert {"python", "numpy", "numba", "pyarrow"} <= set(about["versions"])
    assert about["time"] and about["platform"] and about["command_line"] and about["linli"] and len(about["code"]) == 64
    assert about["git"] is None or len(about["git"]["commit"]) == 40
    scenario = about["scenarios"][0]
    assert scenario["text"] == scenarios.load("five_yuan").path.read_text(encoding="utf-8")
    assert scenario["parameters"]["incentives"]["points_per_hour"] == 500
    assert about["baseline"]["incentives"]["points_per_hour"] == 0


def test_a_directory_of_another_run_is_refused(tmp_path):
    five_yuan = [scenarios.load("five_yuan")]
    claim(tmp_path / "a", provenance("run", five_yuan, size="micro_grid", days=9, seed=1))
    claim(tmp_path / "a", provenance("run", five_yuan, size="micro_grid", days=9, seed=1))
    other = provenance("run", five_yuan, size="micro_grid", days=9, seed=2)
    with pytest.raises(Refusal, match="another run"):
        claim(tmp_path / "a", other)
    claim(tmp_path / "a", other, force=True)
    assert json.loads((tmp_path / "a/provenance.json").read_text(encoding="utf-8"))["seed"] == 2


@pytest.mark.parametrize("content", ["", "[]", '{"scenarios": 3}', "{"])
def test_a_directory_of_something_else_is_refused(tmp_path, content):
    (tmp_path / "provenance.json").write_text(content)
    about = provenance("run", [scenarios.load("bare")], size="micro_grid", days=9, seed=1)
    with pytest.raises(Refusal, match="no results of this program"):
        claim(tmp_path, about)


def test_one_worker_and_two_give_identical_numbers(pay_compared):
    names = pay_compared.names
    again = compare(names, runs=3, size="general_grid", days=90, seed=5, workers=2)
    for one, two in zip(pay_compared.results, again.results, strict=True):
        assert (one.scenario, one.seed, one.error) == (two.scenario, two.seed, two.error)
        for name in OUTCOMES:
            assert one.outcomes[name] == two.outcomes[name] or math.isnan(one.outcomes[name])
        for name, values in one.weekly.items():
            assert values.tobytes() == two.weekly[name].tobytes()


def test_a_run_alone_is_the_same_as_in_a_comparison(pay_compared):
    alone = run_scenario("twenty_yuan", size="general_grid", days=90, seed=6)
    together = pay_compared.good["twenty_yuan", 6].outcomes
    assert {r["outcome"]: repr(r["value"]) for r in alone.records} == {k: repr(v) for k, v in together.items()}


def test_the_summary_is_tidy_and_finds_that_pay_moves_people(pay_compared):
    frame = pay_compared.summary().set_index(["outcome", "scenario"])
    assert len(frame) == 3 * len(OUTCOMES) and (frame.runs <= 3).all()
    pay = frame.loc[("n_acts", "twenty_yuan")]
    assert pay.verdict == "more" and 0 < pay.low_95 < pay.difference < pay.high_95 and pay.pairs == 3
    assert frame.loc[("n_acts", "baseline")].compared_with == ""
    assert frame.loc[("attendance", "cadre")].verdict == "too few runs to tell"
    assert len(pay_compared.runs()) == 3 * 3 * len(OUTCOMES)
    assert set(pay_compared.weekly().scenario) == set(pay_compared.names)


def test_a_failing_run_is_recorded_and_the_rest_goes_on(tmp_path):
    done = compare(["baseline", with_spec(Dry())], runs=3, size="micro_grid", days=10, workers=1)
    assert [(f.scenario, f.seed) for f in done.failures] == [("unrunnable", seed) for seed in (1, 2, 3)]
    assert len(done.good) == 3 and not done.interrupted
    written = done.write(tmp_path)
    assert {"failures.csv", "compare.csv", "runs.parquet", "differences.png"} <= {path.name for path in written}
    text = (tmp_path / "failures.csv").read_text(encoding="utf-8")
    assert "RuntimeError: the well is dry" in text and "Traceback" in text
    assert pq.read_table(tmp_path / "runs.parquet").num_rows == 3 * len(OUTCOMES)


@pytest.mark.slow
def test_a_dead_worker_takes_nobody_along(tmp_path):
    done = compare(["baseline", with_spec(Deadly())], runs=2, size="micro_grid", days=10, workers=2)
    assert len(done.failures) == 4 and "died" in done.failures[0].error


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_is_done(tmp_path, workers):
    def impatient(stage: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    done = compare(["baseline", "cadre"], runs=50, size="micro_grid", days=10, workers=workers, progress=impatient)
    assert done.interrupted and len({seed for _, seed in done.good}) == 2
    done.write(tmp_path)
    about = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    assert about["interrupted"] and about["runs_done"] == 4


def test_scenarios_of_different_baselines_cannot_be_paired(tmp_path):
    (tmp_path / "other.toml").write_text('question = "?"\nquestion_zh = "？"\n[issues]\nper_1000 = 10.0\n')
    with pytest.raises(Refusal, match="same baseline"):
        compare(["baseline", tmp_path / "other.toml"], runs=2, size="micro_grid", days=5)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"runs": 1}, "runs is 1"),
        ({"days": 0}, "days is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**63 - 1}, "seed is 9223372036854775808"),
        ({"size": "moon"}, "size 'moon'"),
        ({"workers": 0}, "workers is 0"),
    ],
)
def test_numbers_that_cannot_be(asked, sentence):
    with pytest.raises(Refusal, match=sentence):
        compare(["baseline", "cadre"], **{"runs": 2, "size": "micro_grid", "days": 5, **asked})
