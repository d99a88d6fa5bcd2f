"""As many seeds as the precision asked for takes: no fewer, and the same however often it was stopped on the way."""

import pytest
from batches.contents import contents, each_once
from linli.experiments import batch, interval_of

ASKED = '[precision]\noutcome = "share_resolved"\nhalf_width = 12\nmost_seeds = 120\n\n[[scenarios]]\nname = "baseline"'


@pytest.fixture
def to_a_precision(design):
    """A study whose difference is to be known to ± 12 points."""
    return design(('[[scenarios]]\nname = "baseline"', ASKED), ('"five_yuan"', '"half_staff"'))


def half_width(results, n=None):
    """Of the paired difference, by the first n seeds."""
    half, full = (results.values(name, "share_resolved")[:n] for name in ("half_staff", "baseline"))
    found = interval_of(half - full)
    return (found.high - found.low) / 2


def test_it_goes_on_until_the_interval_is_as_narrow_as_asked(to_a_precision, tmp_path):
    results = batch(to_a_precision, tmp_path / "out", workers=1)
    assert 10 < len(results.seeds) < 120
    assert half_width(results) <= 12 < half_width(results, 10)


def test_stopped_twice_on_the_way_it_ends_where_it_would_have_ended(to_a_precision, tmp_path):
    whole = batch(to_a_precision, tmp_path / "whole", workers=1)
    for after in (3, 14):
        seen = []

        def stopped(told, seen=seen, after=after):
            seen.append(told)
            if len(seen) == after:
                raise KeyboardInterrupt

        begun = batch(to_a_precision, tmp_path / "out", workers=1, watcher=stopped)
        assert begun.interrupted and begun.n_runs < whole.n_runs
    again = batch(to_a_precision, tmp_path / "out", workers=1)
    assert again.seeds == whole.seeds and each_once(tmp_path / "out", 2 * len(whole.seeds))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
