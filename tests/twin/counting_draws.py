"""Run in interpreted mode: live so many days of saved Worlds and count the real calls of the generator.

    LINLI_INTERPRETED=1 python counting_draws.py DAYS FOLDER...

Each folder holds world.npz and spec.json; the World reached is written to after.npz beside them. Prints as JSON for
each: real calls by the function that made them, and what the daily table says of each day.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from linli.agents.core import draw as luck

calls: Counter[str] = Counter()
real_draw = luck.draw


def counted_draw(seed: int, day: int, purpose: int, *rest: Any) -> tuple[float, float]:
    """The draw itself, once more in the books."""
    calls[sys._getframe(1).f_code.co_name] += 1
    return real_draw(seed, day, int(purpose), *rest)  # type: ignore[no-any-return]


def counting_many(name: str) -> Callable[..., None]:
    """A function that draws many at once, its draws in the books; how many is its third argument from the end."""
    real = getattr(luck, name)

    def counted_draws(seed: int, day: int, purpose: int, *rest: Any) -> None:
        calls[sys._getframe(1).f_code.co_name] += rest[-3]
        real(seed, day, int(purpose), *rest)

    return counted_draws


luck.draw = counted_draw  # before anybody else imports it
luck.draw_each = counting_many("draw_each")
luck.draw_in_turn = counting_many("draw_in_turn")

from linli.model import world as worlds  # noqa: E402
from linli.model.running import run  # noqa: E402
from linli.model.spec import Spec  # noqa: E402


def counted(folder: Path, days: int) -> dict[str, Any]:
    """Live and count."""
    calls.clear()
    spec = Spec.model_validate_json((folder / "spec.json").read_text(encoding="utf-8"))
    world = run(worlds.load(folder / "world.npz"), spec, days)
    worlds.save(world, folder / "after.npz")
    return {"calls": dict(calls), "noted": worlds.table(world, "days")["n_draws"][-days:].tolist()}


def main(days: str, *folders: str) -> None:
    """One after the other."""
    print(json.dumps([counted(Path(folder), int(days)) for folder in folders]))


if __name__ == "__main__":
    main(*sys.argv[1:])
