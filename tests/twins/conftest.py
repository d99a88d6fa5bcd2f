"""A general grid lived twice, for four months: with pay, and with a cadre who decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from linli.experiments.twins.diffing import Twins, diff
from twins.putting_in import WHERE


@pytest.fixture(scope="session")
def paid() -> Twins:
    """Five yuan an hour beside none."""
    return diff("baseline", "five_yuan", chains=14, **WHERE)


@pytest.fixture(scope="session")
def commanded() -> Twins:
    """A cadre who decides beside residents who do."""
    return diff("baseline", "cadre", chains=14, **WHERE)


@pytest.fixture(scope="session")
def paid_folder(paid: Twins, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first of them writes."""
    folder = tmp_path_factory.mktemp("twins") / "paid"
    paid.write(folder)
    return folder


@pytest.fixture(scope="session")
def commanded_folder(commanded: Twins, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the second writes."""
    folder = tmp_path_factory.mktemp("twins") / "commanded"
    commanded.write(folder)
    return folder
