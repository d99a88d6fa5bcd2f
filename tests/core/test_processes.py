"""What a new process loads, and what it need not compile again."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = ("mesa", "pandas", "scipy", "matplotlib", "networkx", "pyarrow", "solara")
A_DAY = """
import json
from linli.model.day import live
from linli.model.founding import found
from linli.model.running import run
from linli.model.spec import Spec

run(found(Spec(), "micro_grid", 1), Spec(), 1)
print(json.dumps({"hits": sum(live.stats.cache_hits.values()), "misses": sum(live.stats.cache_misses.values())}))
"""

LOADED = """
import json, sys, numba
numba.njit("f8(f8)")(lambda x: x + 1.0)
theirs = set(sys.modules)
import {}
print(json.dumps(sorted(set(sys.modules) - theirs)))
"""


def told(script: str, **environment: str) -> dict:
    """What a fresh Python prints, as JSON."""
    kept = ("NUMBA_BOUNDSCHECK", "NUMBA_CACHE_DIR")  # so that what other tests compiled is found again
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "NUMBA_"))}
    env |= {name: os.environ[name] for name in kept if name in os.environ} | environment
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("module", ("linli.model.running", "linli.model.day", "linli.model.spec"))
def test_running_a_town_loads_no_heavy_library(module):
    """Nothing but what Numba itself loads for any function (parts of SciPy, where that is installed)."""
    loaded = told(LOADED.format(module))
    assert module in loaded
    assert not set(HEAVY) & {name.partition(".")[0] for name in loaded}


def test_the_day_is_compiled_once_for_all_processes():
    told(A_DAY)
    assert told(A_DAY) == {"hits": 1, "misses": 0}


def test_intels_library_is_left_aside():
    script = "import json, linli.agents.core.compiled, numba; print(json.dumps(numba.config.DISABLE_INTEL_SVML))"
    assert told(script) == 1


def test_interpreted_mode_leaves_rules_plain_and_luck_compiled():
    script = """
import json
from linli.agents.core.draw import philox, poisson
from linli.agents.resident.reporting import report
print(json.dumps([hasattr(f, "py_func") for f in (poisson, report, philox)]))
"""
    assert told(script, LINLI_INTERPRETED="1") == [False, False, True]
    assert told(script) == [True, True, True]
