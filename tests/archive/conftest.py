"""Small packages, with one figure each, as drawing takes longer than running."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from linli import scenarios
from linli.experiments.archive import crate, packing
from linli.experiments.archive.packing import package
from linli.experiments.batches.batch import batch
from linli.experiments.gallery import Asked, about, drawn, write_picture
from linli.experiments.reports import page
from linli.experiments.runs import compare, run_scenario

SMALL = {"size": "micro_grid", "days": 21}
DESIGN = """
question = "Does pay help?"
size = "micro_grid"
days = 21
seeds = 3
tables = ["weekly", "groups", "issues"]

[[scenarios]]
name = "five_yuan"

[factors]
design = "factorial"

[factors.vary]
"incentives.points_per_hour".values = [0, 500]
"""


@pytest.fixture(scope="session")
def few_figures() -> Iterator[None]:
    """Packages and reports have the first figure only."""
    with pytest.MonkeyPatch.context() as patch:
        all_of = packing.figures_of
        for module in (packing, page):
            patch.setattr(module, "figures_of", lambda kept: all_of(kept)[:1])
        yield


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Directories of results, by what wrote them."""
    folder = tmp_path_factory.mktemp("results")
    compare(["baseline", "twenty_yuan"], runs=3, seed=4, workers=1, **SMALL).write(folder / "compare")
    run_scenario("five_yuan", seed=2, **SMALL).write(folder / "run")
    asked = Asked(scenarios.load("five_yuan"), seed=4, **SMALL)
    write_picture("map", drawn("map", asked), folder / "figure", about("map", asked), "en", True)
    (folder / "study.toml").write_text(DESIGN, encoding="utf-8")
    batch(folder / "study.toml", folder / "batch", workers=1)
    return {kind: folder / kind for kind in ("compare", "run", "figure", "batch")}


@pytest.fixture(scope="session")
def packages(results: dict[str, Path], few_figures: None) -> dict[str, Path]:
    """A zip of each."""
    return {kind: package(folder) for kind, folder in results.items()}


class Opened:
    """A package as a directory that one may tamper with."""

    def __init__(self, root: Path):
        self.root = root

    @property
    def description(self) -> dict:
        return json.loads((self.root / crate.FILE).read_text(encoding="utf-8"))

    def describe(self, description: dict) -> None:
        (self.root / crate.FILE).write_text(json.dumps(description), encoding="utf-8")

    def rewrite(self, name: str, content: bytes, *, covered: bool) -> None:
        """Change a file; `covered` also changes its hash in the description, as a forger would."""
        (self.root / name).write_bytes(content)
        if covered:
            description = self.description
            entity = next(e for e in description["@graph"] if e["@id"] == name)
            entity |= {"sha256": crate.digest(self.root / name), "contentSize": str(len(content))}
            self.describe(description)

    def change(self, name: str, old: str, new: str, *, covered: bool) -> None:
        """Change the first such words of a text."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.rewrite(name, text.replace(old, new, 1).encode(), covered=covered)


@pytest.fixture
def unpack(packages: dict[str, Path], tmp_path: Path):
    """Unpacks the package of a kind."""

    def unpacked(kind: str) -> Opened:
        root = tmp_path / kind
        shutil.rmtree(root, ignore_errors=True)
        with zipfile.ZipFile(packages[kind]) as archive:
            archive.extractall(root)
        return Opened(root)

    return unpacked
