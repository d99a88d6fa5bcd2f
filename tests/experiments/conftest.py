"""Small towns for the tests of experiments; `unrunnable` is importable here and in worker processes."""

import sys
from pathlib import Path

import pytest
from linli.experiments.runs import Comparison, Run, compare, run_scenario

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def paid_year() -> Run:
    """A general grid with pay, for a year and a month: two periods, with meetings, points and closed cases."""
    return run_scenario("five_yuan", size="general_grid", days=395, seed=3)


@pytest.fixture(scope="session")
def paid_folder(paid_year: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What that year writes."""
    folder = tmp_path_factory.mktemp("paid_year")
    paid_year.write(folder)
    return folder


@pytest.fixture(scope="session")
def pay_compared() -> Comparison:
    """Three scenarios on three seeds of a general grid, in this process."""
    return compare(["baseline", "twenty_yuan", "cadre"], runs=3, size="general_grid", days=90, seed=5, workers=1)
