"""What a worker process does for the workshop: live a town from a day 0 that it remembers, and say what came of it."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..model import world as worlds
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World
from .lived import Future, future_of
from .recording import record

MOST_BYTES_OF_TOWNS = 160_000_000
"""Towns on day 0 that a worker remembers: all fifty of an ensemble, also of 5,000 residents (2.4 MB each)."""

WIDE = 2.0
"""Width to height of the maps on the page, which lie side by side above the curves."""

Founded = tuple[bytes, str, int]
"""What a town on day 0 hangs on: the pickled baseline, the size, the seed."""


class Towns:
    """Towns on day 0; the ones longest not asked for are forgotten first."""

    def __init__(self, most_bytes: int = MOST_BYTES_OF_TOWNS) -> None:
        self.most_bytes, self.n_bytes = most_bytes, 0
        self._kept: OrderedDict[Founded, World] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, founded: Founded) -> bool:
        return founded in self._kept

    def of(self, founded: Founded) -> World:
        """The town, founded if it is not remembered. It must be copied before it is lived on."""
        if founded in self._kept:
            self._kept.move_to_end(founded)
            return self._kept[founded]
        baseline, size, seed = founded
        town = self._kept[founded] = day_zero(opened(baseline), size, seed)
        self.n_bytes += size_in_bytes(town)
        while self.n_bytes > self.most_bytes and len(self._kept) > 1:
            self.n_bytes -= size_in_bytes(self._kept.popitem(last=False)[1])
        return town


TOWNS = Towns()


def size_in_bytes(world: World) -> int:
    """How much memory the tables of a town take."""
    return sum(table.nbytes for table in world)


@lru_cache(maxsize=16)
def opened(pickled: bytes) -> Spec:
    """The numbers of a town, as they were sent."""
    found: Spec = pickle.loads(pickled)
    return found


def lived(founded: Founded, spec: bytes, n_days: int) -> Future:
    """Live a town from its day 0 under this spec."""
    return future_of(run(worlds.copy(TOWNS.of(founded)), opened(spec), n_days))


def prepared(founded: Founded) -> None:
    """Have the town on day 0 at hand."""
    TOWNS.of(founded)


def warmed(baseline: bytes) -> None:
    """Load the compiled code and live a small town for a month."""
    lived((baseline, "micro_grid", 1), baseline, 30)


def recorded(baseline: Spec, spec: Spec, size: str, seed: int, n_days: int) -> bytes:
    """The recording of a town's life."""
    return record(baseline, spec, size, seed, n_days, WIDE)


def attempted(function: Callable[..., Any], *arguments: Any) -> Any:
    """What the function gives. An error that would not survive the way home is told as a RuntimeError."""
    try:
        return function(*arguments)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            raise RuntimeError(in_a_line(error)) from None
        raise


def in_a_line(error: BaseException) -> str:
    """Kind and words of an error."""
    return " ".join(f"{type(error).__name__}: {error}".split())
