"""The daily table's count of draws, on which figures of speed rest, is the number of calls there really were.

On the way, towns lived in plain Python are the same, bit for bit, as towns lived compiled.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mechanisms
import pytest
from linli.model import world as worlds
from linli.model.founding import found
from linli.model.running import run
from linli.model.spec import Spec
from linli.model.world import World
from twin.in_plain_python import put_down, run_interpreted

COUNTING = "tests/twin/counting_draws.py"


def put_into(folder: Path, world: World, spec: Spec) -> str:
    """Write the World and the specification into a new folder; returns its name."""
    folder.mkdir()
    put_down(world, spec, folder)
    return str(folder)


@pytest.fixture(scope="module")
def in_plain_python(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any], World]]:
    """Of each of a dozen towns: what was counted in 30 days of plain Python, and the World after them."""
    root = tmp_path_factory.mktemp("towns")
    folders = [
        put_into(root / f"{k}", mechanisms.town_before(name), mechanisms.spec_of(name))
        for k, name in enumerate(mechanisms.LAYERS)
    ]
    counts = run_interpreted(COUNTING, str(mechanisms.DAYS), *folders)
    after = [worlds.load(Path(folder) / "after.npz") for folder in folders]
    return dict(zip(mechanisms.LAYERS, zip(counts, after, strict=True), strict=True))


@pytest.mark.parametrize("name", mechanisms.LAYERS)
def test_every_draw_is_counted_on_its_day(name: str, in_plain_python: dict[str, tuple[dict[str, Any], World]]) -> None:
    counted, _ = in_plain_python[name]
    assert sum(counted["noted"]) == sum(counted["calls"].values()), counted["calls"]
    assert counted["noted"] == worlds.table(mechanisms.town_after(name), "days")["n_draws"][-mechanisms.DAYS :].tolist()


@pytest.mark.parametrize("name", mechanisms.LAYERS)
def test_a_town_lived_in_plain_python_is_the_same_town(
    name: str, in_plain_python: dict[str, tuple[dict[str, Any], World]]
) -> None:
    assert worlds.differences(mechanisms.town_after(name), in_plain_python[name][1]) == []


def test_every_draw_of_a_bare_town_is_counted_from_its_first_day(tmp_path: Path) -> None:
    folder = put_into(tmp_path / "town", found(Spec(), "micro_grid", 3), Spec())
    counted = run_interpreted(COUNTING, "200", folder)[0]
    assert sum(counted["noted"]) == sum(counted["calls"].values()), counted["calls"]
    compiled = run(found(Spec(), "micro_grid", 3), Spec(), 200)
    assert worlds.differences(compiled, worlds.load(tmp_path / "town" / "after.npz")) == []
