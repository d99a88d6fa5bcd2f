"""Who may import whom, and that breaking it is noticed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from house.repo import PACKAGES, ROOT, sources

BREACHES = {
    "an act asks the clock": ("agents/resident/reporting.py", "import time"),
    "a rule has luck of its own": ("agents/resident/participation.py", "from random import random"),
    "a rule imports Mesa": ("agents/grid_worker/casework.py", "import mesa"),
    "the day imports pandas": ("model/day.py", "import pandas as pd"),
    "ties import networkx": ("model/ties.py", "import networkx"),
    "a rule imports a face of its agents": ("agents/resident/learning.py", "from . import agent"),
    "the day imports the Mesa model": ("model/day.py", "from . import neighbourhood"),
    "a behaviour looks into the town": ("agents/resident/attending.py", "from ...model import places"),
    "the model knows its scenarios": ("model/running.py", "from .. import scenarios"),
    "a scenario knows the experiments": ("scenarios/__init__.py", "from .. import experiments"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says about the packages found from this folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run([*command, "--no-cache"], cwd=folder, env=env, capture_output=True, text=True, timeout=300)


def copied(folder: Path) -> Path:
    """The packages under the name they are imported by, with the contracts, in a folder of their own."""
    for package in PACKAGES:
        if (ROOT / package).is_dir():
            shutil.copytree(ROOT / package, folder / "linli" / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder / "pyproject.toml")
    return folder


def test_the_contracts_are_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_faithful_copy_keeps_them_too(tmp_path):
    done = lint(copied(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_noticed(breach, tmp_path):
    file, line = BREACHES[breach]
    path = copied(tmp_path) / "linli" / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text + f"\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_every_package_is_under_contract():
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = {"linli." + path.relative_to(ROOT).parts[0] for path in sources()}
    assert there <= set(about["tool"]["importlinter"]["root_packages"])


def test_every_package_is_installed():
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(about["tool"]["setuptools"]["packages"])
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in sources()}
    assert {"linli." + folder for folder in folders} <= listed
