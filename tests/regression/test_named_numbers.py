"""A change of results is an event: these numbers change only through renew.py, with a line in the changelog."""

import importlib.util
import json
import math
from pathlib import Path

import pytest

spec = importlib.util.spec_from_file_location("renew", Path(__file__).with_name("renew.py"))
renew = importlib.util.module_from_spec(spec)
spec.loader.exec_module(renew)

KNOWN = json.loads(renew.BASELINE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def now():
    return renew.named_numbers()


@pytest.mark.parametrize("case", list(KNOWN))
def test_results_have_not_moved(case, now):
    moved = {
        name: (value, now[case][name])
        for name, value in KNOWN[case].items()
        if not (math.isclose(value, now[case][name], rel_tol=1e-9) or (math.isnan(value) and math.isnan(now[case][name])))
    }
    assert moved == {}
    assert now[case].keys() == KNOWN[case].keys()
