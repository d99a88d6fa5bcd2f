"""What towns of one size cost, measured in a process of its own so that the peak of memory is theirs.

    python benchmarks/one_size.py SIZE N_TOWNS [SCENARIO]

The scenario is `baseline`, the full loop, unless another is named. Founds towns with the seeds 1, 2, …, burns each in,
lives 365 days from day 0, and prints JSON, a list a town.
Seconds are those of the processor, with the clock's beside them. Compiled code is loaded before anything is timed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

from linli.model import world as worlds
from linli.model.founding import BURN_IN, found
from linli.model.running import day_zero, run
from linli.model.spec import Spec
from linli.scenarios import load

DAYS_LIVED = 365


class Stopwatch:
    """Seconds of the processor and of the clock in a `with` block."""

    def __enter__(self) -> Stopwatch:
        self._began = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *problem: object) -> None:
        self.processor = time.process_time() - self._began[0]
        self.clock = time.perf_counter() - self._began[1]


def measure(size: str, seed: int, spec: Spec) -> dict[str, Any]:
    """One town: founding, burn-in, and a year from day 0."""
    with Stopwatch() as founding:
        world = found(spec, size, seed)
    with Stopwatch() as burn_in:
        world = run(world, spec, BURN_IN)
    with Stopwatch() as year:
        world = run(world, spec, DAYS_LIVED)
    days = worlds.table(world, "days")[-DAYS_LIVED:]
    return {
        "residents": len(world.residents),
        "building_seconds": founding.processor,
        "burn_in_seconds": burn_in.processor,
        "year_seconds": year.processor,
        "year_seconds_clock": year.clock,
        "decisions": int(days["n_decisions"].sum()),
        "draws": int(days["n_draws"].sum()),
    }


def main(size: str, n_towns: str, scenario: str = "baseline") -> None:
    """Print what so many towns of this size cost."""
    spec = load(scenario).spec
    run(day_zero(spec, "micro_grid"), spec, DAYS_LIVED)
    towns = [measure(size, seed, spec) for seed in range(1, int(n_towns) + 1)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"towns": towns, "peak_bytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
