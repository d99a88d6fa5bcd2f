"""Compiled code on disk: an edited rule is seen, other acts are left alone, bounds-checked code is kept apart.

Each story plays in a small package of its own, also called linli, with a copy of the cache and a few rules.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from linli.agents.core import cache

RULE = """
from .core.compiled import compiled

@compiled
def step(x):
    return x + {step}
"""
HABIT = """
from .core.compiled import compiled
from .rule import step

@compiled
def twice(x):
    return step(step(x))
"""
ACT = """
from .core.compiled import compiled
from .habit import twice

@compiled
def walk(x):
    return twice(x)
"""
OTHER = """
from .core.compiled import compiled

@compiled
def rest(x):
    return 2 * x

@compiled
def peek(array, i):
    return array[i]
"""
STORY = """
import json
import numpy as np
from linli.agents import act, other

def told(function, *arguments):
    try:
        result = function(*arguments)
    except IndexError:
        result = "IndexError"
    stats = function.stats
    return {"result": result, "hits": sum(stats.cache_hits.values()), "misses": sum(stats.cache_misses.values()),
            "folder": stats.cache_path}

print(json.dumps({"file": act.__file__, "walk": told(act.walk, 1), "rest": told(other.rest, 1),
                  "peek": told(other.peek, np.zeros(3, np.int64), BEYOND).copy()}, default=int))
"""


class Copy:
    """A small package, and processes that run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.agents = folder / "linli" / "agents"
        (self.agents / "core").mkdir(parents=True)
        for name in ("cache.py", "compiled.py", "__init__.py"):
            shutil.copy(Path(cache.__file__).parent / name, self.agents / "core" / name)
        texts = {"__init__": "", "rule": RULE.format(step=1), "habit": HABIT, "act": ACT, "other": OTHER}
        for name, text in texts.items():
            (self.agents / f"{name}.py").write_text(text, encoding="utf-8")

    def told(self, *, beyond: int = 2, **environment: str) -> dict:
        """What a new process sees."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "NUMBA_"))}
        env |= {"PYTHONPATH": str(self.folder), "NUMBA_CACHE_DIR": str(self.folder / "cache"), **environment}
        script = STORY.replace("BEYOND", str(beyond))
        done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        seen = json.loads(done.stdout)
        assert Path(seen["file"]).is_relative_to(self.folder)
        return seen


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    copy = Copy(tmp_path_factory.mktemp("copy"))
    first = copy.told()
    assert (first["walk"]["result"], first["walk"]["hits"], first["walk"]["misses"]) == (3, 0, 1)
    return copy


def test_a_second_process_finds_everything(copy):
    again = copy.told()
    assert [again[name]["hits"] for name in ("walk", "rest", "peek")] == [1, 1, 1]
    assert [again[name]["misses"] for name in ("walk", "rest", "peek")] == [0, 0, 0]


def test_an_edited_rule_is_seen_through_another_file_and_others_are_left_alone(copy):
    rule = copy.agents / "rule.py"
    rule.write_text(RULE.format(step=10), encoding="utf-8")
    try:
        edited = copy.told()
    finally:
        rule.write_text(RULE.format(step=1), encoding="utf-8")
    assert edited["walk"]["result"] == 21
    assert (edited["walk"]["hits"], edited["walk"]["misses"]) == (0, 1)
    assert (edited["rest"]["hits"], edited["rest"]["misses"]) == (1, 0)


def test_bounds_checking_works_with_a_warm_cache(copy):
    checked = copy.told(beyond=3, NUMBA_BOUNDSCHECK="1")
    assert checked["peek"]["result"] == "IndexError"
    assert Path(checked["peek"]["folder"]).name == "boundscheck"
    assert copy.told()["peek"]["hits"] == 1


def test_the_stamp_covers_what_a_file_imports_and_nothing_else():
    def names(module):
        return {cache.module_name(path) for path in cache.imported_files(cache.ROOT / module)}

    volunteering = names("agents/resident/volunteering.py")
    assert {"linli.agents.resident.volunteering", "linli.agents.resident.participation", "linli.agents.core.draw",
            "linli.agents.resident", "linli.agents.core.field"} <= volunteering  # fmt: skip
    assert not {"linli.agents.resident.reporting", "linli.model.day"} & volunteering
    assert volunteering < names("model/day.py")


def test_files_elsewhere_are_not_ours(tmp_path):
    (tmp_path / "someone.py").write_text("import os\n", encoding="utf-8")
    assert cache.module_name(tmp_path / "someone.py") is None
    assert cache.module_name(cache.ROOT / ".venv" / "lib" / "x.py") is None
