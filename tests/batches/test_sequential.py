"""As many seeds as the precision asked for takes: no fewer, and the same however often it was stopped on the way."""

from types import SimpleNamespace

import numpy as np
import pytest
from batches.contents import contents, each_once
from linli.experiments import batch, interval_of
from linli.experiments.batches.parts import Precision
from linli.experiments.batches.sequential import seeds_needed
from linli.experiments.inference.contrasts import intervals

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


def asked_for(half_width, *others, most_seeds=400):
    """As much of a design as the rule looks at."""
    precision = Precision("n_acts", half_width, most_seeds, (), 0.95)
    return SimpleNamespace(precision=precision, pairs=[("first", other) for other in others])


def test_ten_towns_without_a_rare_event_do_not_show_that_there_is_none():
    rare = np.zeros(400)
    rare[12::9] = 1.0
    for n, enough in ((10, 40), (40, 40)):
        values = {"first": np.zeros(n), "other": rare[:n]}
        assert seeds_needed(asked_for(0.5, "other"), values, n) == enough
    assert seeds_needed(asked_for(0.5, "other", most_seeds=20), {"first": np.zeros(10), "other": rare[:10]}, 10) == 20


def reached(rng, draw, half_width, n_others):
    """The differences of a study that goes on until its intervals are as narrow as asked."""
    others = [str(k) for k in range(n_others)]
    x, n = draw(rng, (400, n_others)), 10
    while True:
        values = {"first": np.zeros(n), **{name: x[:n, k] for k, name in enumerate(others)}}
        wanted = seeds_needed(asked_for(half_width, *others), values, n)
        if wanted <= n:
            return x[:n]
        n = wanted


@pytest.mark.slow
@pytest.mark.parametrize("n_others", [1, 3])
@pytest.mark.parametrize(
    ("draw", "truth", "half_width"),
    [
        (lambda rng, shape: rng.normal(size=shape), 0.0, 0.3),
        (lambda rng, shape: rng.exponential(size=shape), 1.0, 0.2),
        (lambda rng, shape: rng.normal(1.0, 1.0, shape) * (rng.random(shape) < 0.2), 0.2, 0.13),
    ],
)
def test_stopping_when_it_is_narrow_enough_keeps_what_an_interval_says(draw, truth, half_width, n_others):
    """100 studies: the share that holds has a standard error of two points."""
    rng, held = np.random.default_rng(n_others), []
    for _ in range(100):
        _, quoted = intervals(reached(rng, draw, half_width, n_others)[:, None, :], 0.95)
        held.append(bool(((quoted.low <= truth) & (truth <= quoted.high)).all()))
    assert np.mean(held) > 0.88
