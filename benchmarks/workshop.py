"""What a slider of the workshop costs: from the request to the first picture (five pairs or more), and to the whole.

    python benchmarks/workshop.py [SIZE [PAIRS [DAYS [WORKERS]]]]

Each move comes in the middle of another one, which it supersedes, as they do when a slider is dragged. Prints JSON:
medians of seven moves (seconds by the clock) when only B changed and when both A and B are new, the seconds until the
workers were warm, the longest the event loop was held up (median over all moves: on a busy machine the loop may also
have waited for a processor), and the load of the machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from typing import Any

from linli.scenarios import load
from linli.workshop.ensembles import Asked, Ensembles
from linli.workshop.futures import Futures

N_MOVES = 7
PAUSE = 0.002
"""Seconds between two beats of the event loop."""


class Slider:
    """Two scenarios on the page, and the seconds that pictures of them take."""

    def __init__(self, room: Ensembles, size: str, days: int, pairs: int) -> None:
        self.room, self.pairs, self.n_dragged = room, pairs, 0
        self.baseline, paid = load("baseline"), load("five_yuan_board")
        self.arm = lambda spec: Asked(self.baseline.baseline, spec, size, days)
        self.a, self.b = self.baseline.spec, paid.spec

    async def moved(self, a: Any, b: Any) -> tuple[float, float]:
        """Seconds until the first picture and until the whole, in the middle of an earlier move."""
        self.n_dragged += 1
        before = self.b.changed(reporting={"base": self.b.reporting.base + 1e-3 * self.n_dragged})
        dragged = asyncio.create_task(self.room.futures("v", self.arm(a), self.arm(before), self.pairs, lambda _: None))
        await asyncio.sleep(0.1)
        pictures: list[float] = []
        began = time.perf_counter()

        def told(_: Futures) -> None:
            pictures.append(time.perf_counter() - began)

        await self.room.futures("v", self.arm(a), self.arm(b), self.pairs, told)
        await dragged
        return pictures[0], pictures[-1]

    def points(self, spec: Any, k: int) -> Any:
        """The spec with other points per hour."""
        return spec.changed(incentives={"points_per_hour": 100 + 10 * k})

    async def b_changed(self, k: int) -> tuple[float, float]:
        """A has been lived before."""
        return await self.moved(self.a, self.points(self.b, k))

    async def both_new(self, k: int) -> tuple[float, float]:
        """Neither has."""
        return await self.moved(self.points(self.a, k), self.points(self.b, 50 + k))


async def beat(late: list[float]) -> None:
    """How long the event loop was held up: later than asked, as far as this process was at work in the meantime."""
    while True:
        clock, work = time.perf_counter(), time.process_time()
        await asyncio.sleep(PAUSE)
        late.append(min(time.perf_counter() - clock - PAUSE, time.process_time() - work))


async def measured(size: str, pairs: int, days: int, workers: int) -> dict[str, Any]:
    """All figures."""
    began = time.perf_counter()
    room = Ensembles(workers)
    await room.start()
    found: dict[str, Any] = {"size": size, "pairs": pairs, "days": days, "start": time.perf_counter() - began}
    slider, late, longest = Slider(room, size, days, pairs), [0.0], []
    await room.futures("v", slider.arm(slider.a), slider.arm(slider.b), pairs, lambda _: None)
    heart = asyncio.create_task(beat(late))
    for what, move in (("B changed", slider.b_changed), ("both new", slider.both_new)):
        moves = []
        for k in range(N_MOVES):
            late[:] = [0.0]
            moves.append(await move(k))
            longest.append(max(late))
        first, whole = (statistics.median(each) for each in zip(*moves, strict=True))
        found[what] = {"first": first, "whole": whole, "moves": moves}
    heart.cancel()
    await room.close()
    return found | {"held_up": statistics.median(longest), "held_up_at_most": max(longest), "load": os.getloadavg()[0]}


def main(size: str = "general_grid", pairs: str = "50", days: str = "730", workers: str = "2") -> None:
    """Measure and print."""
    print(json.dumps(asyncio.run(measured(size, int(pairs), int(days), int(workers)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
