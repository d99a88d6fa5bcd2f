"""One run in plain Python, in a process of its own: a twin in Mesa, or our own engine uncompiled.

    LINLI_INTERPRETED=1 python benchmarks/in_plain_python.py events WORLD.npz SPEC.json DAYS [TABLES.npz]

`events` and `steps` are the two twins of plain_mesa.py, `uncompiled` is the town itself. The World is one that was
saved, the specification one written as JSON. The tables of a twin, or the World that was reached, are written to
TABLES.npz. Prints as JSON what it took (seconds of the clock, of the processor, to set up) and how many decisions the
daily table counts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from linli.model import world as worlds
from linli.model.running import run
from linli.model.spec import Spec
from linli.model.world import World
from plain_mesa import PlainTown, SteppingTown


def live_in_mesa(town: PlainTown, n_days: int) -> PlainTown:
    """So many days of a twin."""
    for _ in range(n_days):
        town.step()
    return town


def timed(call: Callable[..., Any], *arguments: Any) -> tuple[Any, float, float]:
    """What a call returns, and its seconds by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    result = call(*arguments)
    return result, time.perf_counter() - clock, time.process_time() - processor


def main(way: str, world_file: str, spec_file: str, days: str, tables_file: str = "") -> None:
    """Run one of the three ways."""
    world, spec = worlds.load(world_file), Spec.model_validate_json(Path(spec_file).read_text(encoding="utf-8"))
    if way == "uncompiled":
        setting_up = 0.0
        world, clock, processor = timed(run, world, spec, int(days))
        tables = {name: worlds.table(world, name) for name in World._fields}
    else:
        kind = {"events": PlainTown, "steps": SteppingTown}[way]
        town, setting_up, _ = timed(kind, world, spec)
        town, clock, processor = timed(live_in_mesa, town, int(days))
        tables = town.tables()
    if tables_file:
        np.savez(tables_file, **tables)
    seconds = {"seconds": clock, "processor_seconds": processor, "setting_up": setting_up}
    print(json.dumps(seconds | {"decisions": int(tables["days"]["n_decisions"].sum())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
