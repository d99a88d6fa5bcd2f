"""Two lives of one town: day after day under A and under B, from the same morning of day 0."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ...agents.core.field import fields_of
from ...model import world as worlds
from ...model.day import live
from ...model.running import day_zero
from ...model.spec import Spec
from ...model.world import ENTITIES, World
from ..runs import Progress, in_silence
from .naming import LISTS, POINTERS, STANDING, Name, called, lucks, names_of

BYTES_KEPT = 200_000_000
"""Room for mornings that are kept, so that a day can be lived again without living all before it."""


CHURNING = ("latent", "cases", "noticings", "listed", "bonds")
"""Lists from which rows are taken away; the others only grow."""


class Pair(NamedTuple):
    """The two towns at one moment."""

    a: World
    b: World


class Lives:
    """The lives of a town under two specifications with the same luck, of which any morning can be had again."""

    def __init__(self, baseline: Spec, a: Spec, b: Spec, size: str, seed: int, n_days: int) -> None:
        self.specs = (a, b)
        self._numbers: dict[tuple[int, ...], tuple[Any, Any]] = {}
        self.n_days = n_days
        first = day_zero(baseline, size, seed)
        room = int(BYTES_KEPT / (2 * sum(table.nbytes for table in first)))
        self.stride = max(5, -(-n_days // max(4, min(36, room))))
        """Days from one morning that is kept to the next."""
        self.kept = {0: Pair(first, worlds.copy(first))}
        self.block: dict[int, Pair] = {}
        self.touched: dict[tuple[str, Name], list[int]] = {}
        """The days on which a row came, went or was written, but not alike in both towns."""

    def lived(self, progress: Progress = in_silence) -> Iterator[tuple[int, Pair, Pair]]:
        """Live all days: each with its mornings and its evenings, which are written over when the next is asked for."""
        pair = copied(self.kept[0])
        for day in range(self.n_days):
            progress("living", day, self.n_days)
            if day % self.stride == 0:
                self.kept[day] = copied(pair)
            before, pair = copied(pair), self._next(pair)
            for touched in rows_touched(before, pair):
                self.touched.setdefault(touched, []).append(day)
            yield day, before, pair
        self.kept[self.n_days] = copied(pair)
        progress("living", self.n_days, self.n_days)

    def specs_on(self, day: int) -> tuple[Spec, Spec]:
        """What A and B live under on a day."""
        a, b = self.specs
        return a.on(day), b.on(day)

    def numbers_on(self, day: int) -> tuple[Any, Any]:
        """The same as compiled code reads it."""
        stage = self.stage_of(day)
        if stage not in self._numbers:
            a, b = self.specs_on(day)
            self._numbers[stage] = a.numbers(), b.numbers()
        return self._numbers[stage]

    def stage_of(self, day: int) -> tuple[int, ...]:
        """How many changes of A and of B have come by a day."""
        return tuple(sum(turn <= day for turn in spec.turns) for spec in self.specs)

    def morning(self, day: int) -> Pair:
        """The mornings of a day (to be read, not written), 0 … n_days (the end). The days must have been lived."""
        if day in self.kept:
            return self.kept[day]
        if day not in self.block:
            first = day - day % self.stride
            pair = copied(self.kept[first])
            self.block = {}
            for ahead in range(first + 1, min(first + self.stride, self.n_days)):
                pair = self._next(pair)
                self.block[ahead] = copied(pair)
        return self.block[day]

    def days_touched(self, table: str, name: Name) -> list[int]:
        """The days on which this row came, went or was written, not alike in both towns."""
        return self.touched.get((table, name if table != "ties" else ()), [])

    def _next(self, pair: Pair) -> Pair:
        numbers = self.numbers_on(int(pair.a.town["day"][0]))
        return Pair(next_day(pair.a, numbers[0]), next_day(pair.b, numbers[1]))


def next_day(world: World, numbers: Any) -> World:
    """The town a day later. The world handed in must not be used again."""
    return worlds.unwrap(live(worlds.wrap(world), numbers, 1))


def copied(pair: Pair) -> Pair:
    """Both, to be written on."""
    return Pair(worlds.copy(pair.a), worlds.copy(pair.b))


def rows_touched(mornings: Pair, evenings: Pair) -> set[tuple[str, Name]]:
    """The rows, by table and name, that a day has brought, taken away or written, but for those alike in both towns.

    A row that was the same in both in the morning, and is so in the evening, has not come to differ.
    """
    found: set[tuple[str, Name]] = set()
    for table in (*STANDING, *LISTS, "issues", "ties"):
        before, now = ([worlds.table(world, table) for world in pair] for pair in (mornings, evenings))
        if same_bytes(*before) and same_bytes(*now):
            continue
        if table in STANDING:
            found |= {(table, (row,)) for row in standing_rows_touched(before, now)}
        else:
            for town in (0, 1):
                found |= {(table, name) for name in rows_touched_in(table, mornings[town], evenings[town])}
    return found


def same_bytes(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> bool:
    """Whether two tables hold the same."""
    return len(a) == len(b) and bool(np.array_equal(bytes_of(a), bytes_of(b)))


def standing_rows_touched(before: list[np.ndarray[Any, Any]], now: list[np.ndarray[Any, Any]]) -> list[int]:
    """The same for tables whose rows are there from the founding, and in the same place in both towns."""
    (a0, b0), (a1, b1) = map(bytes_of, before), map(bytes_of, now)
    written, apart = (a0 != a1) | (b0 != b1), (a0 != b0) | (a1 != b1)
    rows: list[int] = np.flatnonzero(written.any(axis=1) & apart.any(axis=1)).tolist()
    return rows


def rows_touched_in(table: str, morning: World, evening: World) -> set[Name]:
    """The rows of a list, by name, that a day has brought, taken away or written in one town."""
    before, now = worlds.table(morning, table), worlds.table(evening, table)
    if same_bytes(before, now):
        return set()
    if table == "ties":
        return {()}
    if table in CHURNING:
        old, new = (dict(zip(names_of(w, table), map(bytes, bytes_of(worlds.table(w, table))), strict=True))
                    for w in (morning, evening))  # fmt: skip
        return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    n = len(before)
    written = np.flatnonzero((bytes_of(before) != bytes_of(now[:n])).any(axis=1)).tolist()
    names = names_of(evening, table)
    return {names[row] for row in (*written, *range(n, len(now)))}


def bytes_of(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """What rows hold as bytes, rows × bytes; without those between fields, in which anything may stand."""
    whole = np.ascontiguousarray(rows).view(np.uint8).reshape(len(rows), rows.dtype.itemsize)
    return whole[:, bytes_of_fields(rows.dtype)]


@cache
def bytes_of_fields(dtype: np.dtype[Any]) -> Any:
    """Where in a row its fields stand."""
    held = np.zeros(dtype.itemsize, bool)
    for kind, offset, *_ in (dtype.fields or {}).values():
        held[offset : offset + kind.itemsize] = True
    return slice(None) if held.all() else np.flatnonzero(held)


def columns_of(table: str) -> list[str]:
    """The columns of a table that say something about its rows."""
    return [name for name in fields_of(ENTITIES[table]) if name not in POINTERS.get(table, ())]


def parted_residents(pair: Pair) -> dict[str, np.ndarray[Any, Any]]:
    """Columns in which residents differ, and for each whether this resident does (one truth value a resident)."""
    found = {}
    for name in columns_of("residents"):
        unlike = pair.a.residents[name] != pair.b.residents[name]
        if unlike.any():
            found[name] = unlike
    return found


def parted_issues(pair: Pair) -> dict[int, list[str]]:
    """The issues (by luck) that differ, and in which columns; one that is in one town only differs in none."""
    a, b = (worlds.table(world, "issues") for world in pair)
    if same_bytes(a, b):
        return {}
    _, in_a, in_b = np.intersect1d(a["luck"], b["luck"], assume_unique=True, return_indices=True)
    found: dict[int, list[str]] = {int(luck): [] for luck in np.setxor1d(a["luck"], b["luck"], assume_unique=True)}
    parents = [called(lucks(world), rows["parent"]) for world, rows in zip(pair, (a, b), strict=True)]
    for name in columns_of("issues"):
        of_a, of_b = parents if name == "parent" else (a[name], b[name])
        for k in np.flatnonzero(of_a[in_a] != of_b[in_b]).tolist():
            found.setdefault(int(a["luck"][in_a[k]]), []).append(name)
    return found


def rows_of_both(pair: Pair, table: str) -> tuple[list[Any], list[Any]]:
    """What the rows of a table are called, in A and in B."""
    return names_of(pair.a, table), names_of(pair.b, table)
