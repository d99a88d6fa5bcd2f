"""Directories of results for the tests of reports: what run, compare and figure write, and a batch nobody ran."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from linli import scenarios
from linli.experiments.gallery import Asked, about, drawn, write_picture
from linli.experiments.runs import compare, run_scenario
from reports import double

SMALL = {"size": "micro_grid", "days": 35}


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run, written."""
    folder = tmp_path_factory.mktemp("run")
    run_scenario("five_yuan", seed=2, **SMALL).write(folder)
    return folder


@pytest.fixture(scope="session")
def compared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenarios on three seeds, written."""
    folder = tmp_path_factory.mktemp("compared")
    compare(["baseline", "twenty_yuan", "cadre"], runs=3, seed=4, workers=1, **SMALL).write(folder)
    return folder


@pytest.fixture(scope="session")
def regimes_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that linli figure has drawn."""
    folder = tmp_path_factory.mktemp("regimes")
    asked = Asked(scenarios.load("baseline"), runs=2, seed=4, workers=1, **SMALL)
    write_picture("regimes", drawn("regimes", asked), folder, about("regimes", asked), "en", True)
    return folder


@pytest.fixture(scope="session")
def map_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture whose records do not suffice to draw it again."""
    folder = tmp_path_factory.mktemp("map")
    asked = Asked(scenarios.load("baseline"), seed=4, **SMALL)
    write_picture("map", drawn("map", asked), folder, about("map", asked), "en", True)
    return folder


KINDS = ("run", "compared", "regimes", "map", "scenarios_compared", "one_factor", "sampled")


def of_kind(kind: str, request: pytest.FixtureRequest, folder: Path) -> Any:
    """Results of a kind: a directory, or those of a batch."""
    if kind in ("scenarios_compared", "one_factor", "sampled"):
        return getattr(double, kind)(folder)
    return request.getfixturevalue(f"{kind}_folder")


@pytest.fixture(params=KINDS)
def results(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Results of every kind."""
    return of_kind(request.param, request, tmp_path)


DRAWN = ("run", "regimes", "map", "sampled", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("compared", "one_factor")))


@pytest.fixture(params=DRAWN)
def drawn_results(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Results of the kinds whose figures are drawn in tests, as that takes a while."""
    return of_kind(request.param, request, tmp_path)
