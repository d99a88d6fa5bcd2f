"""What a difference came of: found by trial, step by step, back to the lever.

A step of the day is a function of what it is given. Where it comes out otherwise in B than in A, it is done again in
a town that is as in A but for some of the things in which the towns differ. Things are taken out, the remotest
first, until no more can be left out: with those that remain the step comes out as in B, without any one of them it
does not. What brought those about is asked next, in an earlier step, until only numbers of the scenarios are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from .lives import Lives, copied
from .mixing import HELD, HERE, NUMBER, Mixture, differences, levers, numbers_with, on_common_ground, unlike_today
from .naming import NAMED_BY, NO_ISSUE, ORDER, Cell, change, counts, value
from .steps import Stage, Step, after, dawn, steps

PLACES = ("town", "tiers", "micro_grids", "buildings", "general_grids", "workers", "deputies", "members", HERE)
"""Tables of what many share."""


CANNOT_BE = ("cannot be",)
"""What comes out of a mixture that the rules of the town exclude."""


class Moment(NamedTuple):
    """A step of a day."""

    day: int
    step: int


class Difference(NamedTuple):
    """A cell to which a step does another thing in B than in A."""

    cell: Cell
    when: Moment
    before: tuple[Any, Any]
    """What the cell held before the step, in A and in B."""
    after: tuple[Any, Any]
    """What it held after it."""

    @property
    def changes(self) -> tuple[Any, Any]:
        """What the step did to it, in A and in B."""
        (a0, b0), (a1, b1) = self.before, self.after
        return change(a0, a1, self.cell), change(b0, b1, self.cell)


class Cause(NamedTuple):
    """A difference, and what it takes for it: cells of before the step."""

    difference: Difference
    needed: tuple[Cell, ...]
    found: bool
    """Whether trial has shown them to be enough. If not, they are all in which the towns differed there."""


def held(stage: Stage, cell: Cell) -> Any:
    """What a cell holds, in a town or among what the day has worked out."""
    if cell.table != HERE:
        return value(stage.world, cell)
    found = stage.here.get(cell.name[0])
    if cell.field:
        return None if found is None else getattr(found, cell.field)
    return tuple(found.tolist()) if isinstance(found, np.ndarray) else found


class Causes:
    """Finds causes in two lives that have been lived."""

    def __init__(self, lives: Lives) -> None:
        self.lives = lives
        self._mixed: dict[tuple[tuple[int, ...], frozenset[Cell]], Any] = {}

    # Where in the day

    def before(self, when: Moment) -> tuple[Stage, Stage]:
        """Both towns before a step; their tables may be written on."""
        pair = tuple(dawn(world) for world in copied(self.lives.morning(when.day)))
        for step in steps()[: when.step]:
            pair = self._done(when.day, pair, step)
        return pair  # type: ignore[return-value]

    def _done(self, day: int, pair: Sequence[Stage], step: Step) -> tuple[Stage, Stage]:
        (a, b), (of_a, of_b) = pair, self.lives.numbers_on(day)
        return after(a, step, of_a), after(b, step, of_b)

    def trace(self, day: int, cell: Cell, until: int | None = None) -> list[Difference]:
        """The steps of a day (before the one numbered `until`) and what they do to a cell, where it is not the same."""
        pair = tuple(dawn(world) for world in copied(self.lives.morning(day)))
        found = []
        now = tuple(held(stage, cell) for stage in pair)
        for number, step in enumerate(steps()[:until]):
            pair = self._done(day, pair, step)
            then, now = now, tuple(held(stage, cell) for stage in pair)
            difference = Difference(cell, Moment(day, number), then, now)  # type: ignore[arg-type]
            if difference.changes[0] != difference.changes[1]:
                found.append(difference)
        return found

    def brought_about(self, cell: Cell, when: Moment, since: bool = False) -> Difference | None:
        """The difference by which a cell came to be unlike before this moment; with `since`, the first without a break.

        What counts up or down is followed back to where the one town came to have more, or less, than the other.
        """
        since = since or counts(cell.table, cell.field)
        for difference in self._backwards(cell, when):
            if not since or apart(difference.before) != apart(difference.after):
                return difference
        return None

    def _backwards(self, cell: Cell, when: Moment) -> Iterator[Difference]:
        """Differences in a cell before this moment, the last first."""
        yield from reversed(self.trace(when.day, cell, when.step))
        for day in reversed(self.lives.days_touched(cell.table, cell.name)):
            if day < when.day:
                then, now = (tuple(value(w, cell) for w in self.lives.morning(d)) for d in (day, day + 1))
                if unlike(then, now, cell):
                    yield from reversed(self.trace(day, cell))

    # What it takes

    def cause(self, difference: Difference) -> Cause:
        """What it takes for a difference."""
        step = steps()[difference.when.step]
        a, b = on_common_ground(*self.before(difference.when))
        mixture = Mixture(a, b, step)
        wanted = difference.changes[1]
        day = difference.when.day
        unalike = differences(a, b, step, levers(*self.lives.specs_on(day)))
        given = sorted(unalike, key=lambda cell: distance(cell, difference.cell))

        def enough(chosen: Sequence[Cell]) -> bool:
            return self._outcome(mixture, chosen, difference.cell, day) == wanted

        for most in range(6):
            near = [cell for cell in given if distance(cell, difference.cell) <= most]
            if enough(near):
                needed = without_the_idle(near, enough)
                return Cause(difference, tuple(self._plainly(cell, difference.cell, a, b) for cell in needed), True)
        return Cause(difference, tuple(given), False)

    def _plainly(self, cell: Cell, of: Cell, a: Stage, b: Stage) -> Cell:
        """A cell as it can be asked about: of all today's meetings, the one that matters here."""
        if cell != HELD:
            return cell
        return min(unlike_today(a.world, b.world), key=lambda each: distance(each, of), default=cell)

    def _outcome(self, mixture: Mixture, chosen: Sequence[Cell], cell: Cell, day: int) -> Any:
        """What the step does to the cell in a town as in A but for the chosen cells."""
        stage = mixture.with_cells(chosen)
        then = held(stage, cell)
        numbers = self._numbers(day, frozenset(cell for cell in chosen if cell.table == NUMBER))
        try:
            return change(then, held(after(stage, mixture.step, numbers), cell), cell)
        except ValueError:  # a mixture may be a town that cannot be, and the model says so
            return CANNOT_BE

    def _numbers(self, day: int, chosen: frozenset[Cell]) -> Any:
        key = self.lives.stage_of(day), chosen
        if key not in self._mixed:
            self._mixed[key] = numbers_with(*self.lives.specs_on(day), chosen)
        return self._mixed[key]


def apart(pair: tuple[Any, Any]) -> Any:
    """How two values stand to each other: alike, more, less, or just unlike."""
    a, b = pair
    if isinstance(a, int | float) and isinstance(b, int | float) and not isinstance(a, bool):
        return (b > a) - (b < a)
    return a != b


def unlike(then: tuple[Any, ...], now: tuple[Any, ...], cell: Cell) -> bool:
    """Whether something else happened to a cell in B than in A."""
    of_a, of_b = (change(*pair, cell) for pair in zip(then, now, strict=True))
    return bool(of_a != of_b)


def without_the_idle(cells: list[Cell], enough: Callable[[Sequence[Cell]], bool]) -> list[Cell]:
    """As few of the cells as are enough; the last ones are tried to be left out first, many at a time."""
    size = max(1, len(cells) // 2)
    while True:
        end = len(cells)
        while end > 0:
            start = max(0, end - size)
            fewer = cells[:start] + cells[end:]
            if enough(fewer):
                cells = fewer
            end = start
        if size == 1:
            return cells
        size = max(1, size // 2)


def about(cell: Cell) -> tuple[set[int], set[int]]:
    """Residents (rows) and issues (lucks) that a cell is about."""
    if cell.table in ("residents", "ties"):
        return {cell.name[0]}, set()
    if cell.table == "issues":
        return set(), {cell.name[0]}
    named = dict(zip(NAMED_BY.get(cell.table, ()), cell.name, strict=False))
    who = {named[column] for column in ("resident", "a", "b") if column in named}
    what = {named[column] for column in ("issue", "meeting") if column in named} - {NO_ISSUE}
    return who, what


def distance(cell: Cell, of: Cell) -> int:
    """How remote a cell is: 0 a number; then of its own row, of its people or issues, what many share, others."""
    if cell.table == NUMBER:
        return 0
    if cell.field == ORDER:
        return 5
    if cell == HELD:
        return 3
    if (cell.table, cell.name) == (of.table, of.name):
        return 1
    (who, what), (own_who, own_what) = about(cell), about(of)
    if (who & own_who and (what <= own_what or not own_what)) or (what & own_what and who <= own_who):
        return 2
    if who & own_who or what & own_what:
        return 3
    if cell.table in PLACES:
        return 4
    return 5


class Link(NamedTuple):
    """One step on the way from the lever to an end."""

    difference: Difference
    needed: tuple[Cell, ...]
    """What it took: cells of before the step, numbers of the scenarios among them."""
    followed: Difference | None
    """Which of them is asked about next, as it had come about; None where only numbers are left."""


MOST_FOLLOWED = 6
"""Of so many things that a difference took, it is looked up when they came about; the last is asked about next."""


def chain_to(causes: Causes, end: Difference) -> list[Link]:
    """The way from the lever to a difference, the lever's first effect first.

    Of several things that a step took, the one that came about last is followed. Raises LookupError if trial fails.
    """
    links: list[Link] = []
    difference: Difference | None = end
    while difference is not None:
        cause = causes.cause(difference)
        states = [cell for cell in cause.needed if cell.table != NUMBER]
        own = (difference.cell.table, difference.cell.name, difference.cell.field)
        earlier = [
            causes.brought_about(cell, difference.when, since=tuple(cell) == own) for cell in states[:MOST_FOLLOWED]
        ]
        known = [each for each in earlier if each is not None]
        if not cause.found or (states and not known) or not cause.needed:
            raise LookupError(f"what {difference.cell} came of on day {difference.when.day} was not found")
        followed = max(known, key=lambda each: each.when, default=None)
        links.append(Link(difference, cause.needed, followed))
        difference = followed
    return links[::-1]
