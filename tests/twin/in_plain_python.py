"""Running a script of benchmarks/ or tests/twin in an interpreted process, from the same World and specification."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from linli.model import world as worlds
from linli.model.spec import Spec
from linli.model.world import World

ROOT = Path(__file__).resolve().parents[2]


def run_interpreted(script: str, *arguments: str) -> Any:
    """What a script prints (JSON), run with rules as plain Python. Raises AssertionError with its last words."""
    answer = subprocess.run(
        [sys.executable, str(ROOT / script), *arguments],
        env={**os.environ, "LINLI_INTERPRETED": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr[-2000:]
    return json.loads(answer.stdout)


def put_down(world: World, spec: Spec, folder: Path) -> tuple[str, str]:
    """Write the World and the specification to files; returns their names."""
    worlds.save(world, folder / "world.npz")
    (folder / "spec.json").write_text(spec.model_dump_json(), encoding="utf-8")
    return str(folder / "world.npz"), str(folder / "spec.json")
