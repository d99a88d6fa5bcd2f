"""Scenarios compared over many outcomes: the columns of the table, and a speed that nobody has to wait for."""

import math
import time

import numpy as np
import pytest
from linli.experiments.inference.comparing import NOTHING_COMPARED, audit, compared
from linli.experiments.inference.contrasts import MEANINGS, contrasts
from linli.experiments.inference.paired import HOW, paired_difference
from linli.experiments.inference.permutation import false_discovery, permutation_p
from linli.experiments.inference.simultaneous import simultaneous

SCENARIOS, OUTCOMES = ("baseline", "pay", "board"), ("acts", "hours", "ballots")


@pytest.fixture(scope="module")
def runs():
    """Thirty seeds: pay brings two acts more, boards change nothing, there are no ballots."""
    rng = np.random.default_rng(1)
    luck = rng.normal(10, 3, 30)
    noise = {(name, outcome): rng.normal(0, 0.5, 30) for name in SCENARIOS for outcome in OUTCOMES[:2]}
    found = {key: luck + each + 2 * (key == ("pay", "acts")) for key, each in noise.items()}
    found |= {(name, "ballots"): np.zeros(30) for name in SCENARIOS}
    found["pay", "acts"][4] = math.nan
    return found


@pytest.fixture(scope="module")
def table(runs):
    return compared(SCENARIOS, OUTCOMES, lambda name, outcome: runs[name, outcome])


def test_a_record_says_everything_there_is_to_say(runs, table):
    record = table.record("pay", "acts")
    apart = runs["pay", "acts"] - runs["baseline", "acts"]
    alone = paired_difference(runs["pay", "acts"], runs["baseline", "acts"])
    assert (record["runs"], record["pairs"], record["compared_with"]) == (29, 29, "baseline")
    assert record["mean"] == pytest.approx(np.nanmean(runs["pay", "acts"]))
    assert record["difference"] == alone.mean and record["verdict"] == "more" and record["verdict_zh"] == "更多"
    assert (record["alone_low_95"], record["t_high_95"]) == (alone.low, alone.t_high)
    assert record["p"] == permutation_p(apart) == pytest.approx(1e-4)
    assert record["interval"] == "bootstrap together" and record["low_95"] < record["alone_low_95"]
    assert set(MEANINGS) == set(NOTHING_COMPARED) and set(MEANINGS) < set(record)
    assert {str(how) for how in table.found.how.ravel()} <= set(HOW)


def test_intervals_hold_together_over_the_alternatives(runs, table):
    apart = np.column_stack([runs[name, "hours"] - runs["baseline", "hours"] for name in SCENARIOS[1:]])
    together = simultaneous(apart)
    for k, name in enumerate(SCENARIOS[1:]):
        found = table.difference(name, "hours")
        assert (found.low, found.high) == pytest.approx((together.low[k], together.high[k]))


def test_with_one_alternative_its_own_interval_is_quoted(runs):
    found = compared(SCENARIOS[:2], OUTCOMES, lambda name, outcome: runs[name, outcome]).contrast("pay", "hours")
    assert found.how == "bootstrap" and (found.low, found.high) == (found.alone_low, found.alone_high)


def test_q_is_over_the_whole_table_and_leaves_out_what_never_differed(table):
    ps = [table.record(name, outcome)["p"] for outcome in OUTCOMES[:2] for name in SCENARIOS[1:]]
    qs = [table.record(name, outcome)["q"] for outcome in OUTCOMES[:2] for name in SCENARIOS[1:]]
    assert qs == pytest.approx(list(false_discovery(np.array(ps))))
    assert table.record("board", "ballots")["q"] == 1.0 and table.record("board", "ballots")["interval"] == "equal"


def test_what_cannot_be_told_says_how_many_more_runs_it_takes(table):
    record = table.record("board", "acts")
    assert record["verdict"].startswith("cannot be told apart with these runs; ")
    assert record["more_needed"] > 0 and record["q"] > 0.05


def test_the_first_scenario_is_compared_with_nothing(table):
    record = table.record("baseline", "acts")
    assert record["compared_with"] == record["verdict"] == "" and record["pairs"] == 0 and math.isnan(record["low_95"])
    with pytest.raises(ValueError, match="is what the others are compared with"):
        table.contrast("baseline", "acts")


def test_the_audit_finds_the_luck_that_was_shared(runs, table):
    found = {(record["outcome"], record["scenario"]): record for record in audit(table)}
    acts = found["acts", "board"]
    assert acts["correlation"] == pytest.approx(np.corrcoef(runs["board", "acts"], runs["baseline", "acts"])[0, 1])
    assert acts["runs_saved"] > 10 * 30  # luck of spread 3 is shared, of spread 0.5 is not
    assert found["ballots", "pay"]["note"] == "the same in every run of both" and found["acts", "pay"]["pairs"] == 29
    assert len(found) == 2 * 3


def test_a_table_of_all_outcomes_takes_no_time_to_speak_of():
    """138 outcomes, three alternatives, a hundred seeds: within 1.5 s of this process on its own core."""
    x = np.random.default_rng(2).normal(size=(100, 138, 3))
    began = time.process_time()
    first = contrasts(x)
    assert time.process_time() - began < 1.5 * 2  # other work may slow the core down
    assert contrasts(x.copy()).low.tobytes() == first.low.tobytes()
