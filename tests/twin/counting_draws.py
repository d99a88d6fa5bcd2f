"""Run in interpreted mode: live so many days of a saved World and count the real calls of the generator.

    LINLI_INTERPRETED=1 python counting_draws.py WORLD.npz SPEC.json DAYS

Prints JSON: real calls by the function that made them, and what the daily table says.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from linli.agents.core import draw as luck

calls: Counter[str] = Counter()
real_draw = luck.draw


def counted_draw(seed: int, day: int, purpose: int, *rest: Any) -> tuple[float, float]:
    """The draw itself, once more in the books."""
    calls[sys._getframe(1).f_code.co_name] += 1
    return real_draw(seed, day, int(purpose), *rest)  # type: ignore[no-any-return]


luck.draw = counted_draw  # before anybody else imports it

from linli.model import world as worlds  # noqa: E402
from linli.model.running import run  # noqa: E402
from linli.model.spec import Spec  # noqa: E402


def main(world_file: str, spec_file: str, days: str) -> None:
    """Live and count."""
    spec = Spec.model_validate_json(Path(spec_file).read_text(encoding="utf-8"))
    world = run(worlds.load(world_file), spec, int(days))
    noted = worlds.table(world, "days")["n_draws"][-int(days) :].tolist()
    print(json.dumps({"calls": calls, "noted": noted}))


if __name__ == "__main__":
    main(*sys.argv[1:])
