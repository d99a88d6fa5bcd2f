"""The daily table's count of draws, on which figures of speed rest, is the number of calls there really were."""

from __future__ import annotations

from pathlib import Path

import pytest
from linli.model.founding import found
from linli.model.running import run
from linli.model.spec import Spec
from twin.in_plain_python import put_down, run_interpreted


@pytest.mark.parametrize("size, n_days", [("micro_grid", 200), ("general_grid", 60)])
def test_draws_are_counted_within_two_per_cent(size: str, n_days: int, tmp_path: Path) -> None:
    spec = Spec()
    files = put_down(run(found(spec, size, 3), spec, 180), spec, tmp_path)
    counted = run_interpreted("tests/twin/counting_draws.py", *files, str(n_days))
    assert sum(counted["noted"]) == pytest.approx(sum(counted["calls"].values()), rel=0.02), counted["calls"]
