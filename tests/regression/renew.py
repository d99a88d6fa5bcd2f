"""Write the baseline of named numbers anew. Only after a change that is meant to move results; say so in CHANGELOG.md."""

from __future__ import annotations

import json
from pathlib import Path

from linli.experiments.outcomes import outcomes
from linli.model.running import day_zero, run
from linli.scenarios import load

BASELINE = Path(__file__).with_name("baseline.json")
CASES = (("bare", 1), ("baseline", 1), ("five_yuan", 1), ("cadre", 2))


def named_numbers() -> dict[str, dict[str, float]]:
    """The outcomes of a few towns (general grid, one year)."""
    found = {}
    for name, seed in CASES:
        scenario = load(name)
        world = run(day_zero(scenario.baseline, "general_grid", seed), scenario.spec, 365)
        found[f"{name}-{seed}"] = {key: float(value) for key, value in outcomes(world, scenario.spec).items()}
    return found


if __name__ == "__main__":
    BASELINE.write_text(json.dumps(named_numbers(), indent=1) + "\n", encoding="utf-8")
    print(f"wrote {BASELINE.name}; now note in CHANGELOG.md what moved and why")
