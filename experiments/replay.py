"""A meeting lived again, turn by turn.

The World keeps of the people invited today what they said in all, not when. Luck hangs on identities, so a
day can be lived again from its morning with the same bits; this time the act `deliberate` runs as plain
Python, over tables that note each change of somebody's speaking time. What the model decides is written
only once, in the model.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ..agents.core import table as tables
from ..agents.core.compiled import plain
from ..agents.core.field import dtype_of
from ..agents.core.table import Row, Table, unwrapped, wrapped
from ..agents.resident.consenting import votes_yes
from ..model import world as worlds
from ..model.day import day_with
from ..model.deliberation import deliberate
from ..model.floor import chair_is_outsider
from ..model.issues import Kind
from ..model.regime import InviteeFields, MeetingFields
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World
from ..words import message
from .counting_councils import held_among
from .provenance import Refusal

HOME = (__name__.partition(".")[0] + ".agents", __name__.partition(".")[0] + ".model")
"""Where rules and acts stand."""

OUTSIDER = -1
"""In place of a row of invitees: a chair who is none of the residents present."""

SPEECH = {dtype_of(InviteeFields): "minutes", dtype_of(MeetingFields): "chair_minutes"}
"""The field of each table to which what somebody says is added."""


class Said(NamedTuple):
    """One entry of the log: some minutes added to the speaking time in a row of the invitees, or of the meetings."""

    by_invitee: bool
    row: int
    minutes: float


class Turn(NamedTuple):
    """One stretch of talk: whose (a row of today's invitees), and from which minute of talk for how many minutes."""

    invitee: int
    start: float
    minutes: float


class Meeting(NamedTuple):
    """One meeting: its row, those present (rows of the invitees of its day), and the turns in their order."""

    row: Any
    """The meeting's own row."""
    kind: Kind
    """What it was about."""
    seats: np.ndarray[Any, Any]
    """The invitees who came, as the evening found them."""
    places: np.ndarray[Any, Any]
    """Their rows, by which turns name them."""
    turns: list[Turn]
    women: np.ndarray[Any, Any]
    """Which of those present are women."""
    in_favour: np.ndarray[Any, Any]
    """Which of those present were for the first plan before anybody spoke."""
    first_plan: float
    """Position of the first plan."""
    status_quo: float
    """Position of the status quo."""


class _WatchedRow(Row):
    """A row that notes what is added to its speaking time."""

    __slots__ = ()

    def __setattr__(self, name: str, value: Any) -> None:
        if name == self._table.speech:
            self._table.spoken(self._record, value - getattr(self, name))
        super().__setattr__(name, value)


class _Watched(Table):
    """The invitees or the meetings, with a log of all that was said."""

    __slots__ = ("log",)

    def __init__(self, array: np.ndarray[Any, Any], log: list[Said]) -> None:
        super().__init__(array)
        self.log = log

    def spoken(self, row: int, minutes: float) -> None:
        """Note a turn."""
        if minutes > 0.0:
            self.log.append(Said(self.array.dtype == dtype_of(InviteeFields), row, minutes))

    def __getitem__(self, index: Any) -> Any:
        row = super().__getitem__(index)
        columns: Any = _Speaking(self)
        return _WatchedRow(columns, row._record) if isinstance(row, Row) else row


class _Speaking:
    """What a watched row writes to: the columns of the array, and the log."""

    __slots__ = ("_watched", "speech")

    def __init__(self, watched: _Watched) -> None:
        self._watched = watched
        self.speech = SPEECH[watched.array.dtype]

    def __getitem__(self, name: str) -> Any:
        return self._watched.array[name]

    def spoken(self, row: int, minutes: float) -> None:
        """Note a turn."""
        self._watched.spoken(row, minutes)


def wholly_plain(function: Callable[..., Any], done: dict[Any, Any] | None = None) -> Callable[..., Any]:
    """A compiled act or rule as plain Python, down to the last rule it calls; only the luck stays compiled."""
    done = {} if done is None else done
    if function not in done:
        text = plain(function)
        scope = dict(text.__globals__)
        done[function] = types.FunctionType(text.__code__, scope, text.__name__, text.__defaults__)
        for name in text.__code__.co_names:
            value: Any = scope.get(name)
            if value is not None and is_rule(value):
                scope[name] = wholly_plain(value, done)
        if "room_for" in scope:  # the one function that is written twice, for arrays and for tables
            scope["room_for"] = tables._room_interpreted
    return done[function]  # type: ignore[no-any-return]


def is_rule(value: Any) -> bool:
    """Whether something is a rule or an act of the town, and not luck."""
    text = plain(value) if callable(value) else None
    home = getattr(text, "__module__", "") or ""
    return isinstance(text, types.FunctionType) and home.startswith(HOME) and not home.endswith(".draw")


def as_table(value: Any) -> Any:
    """A structured array as interpreted code reads it; anything else as it is."""
    return Table(value) if isinstance(value, np.ndarray) and value.dtype.names else value


def watched(value: Any, log: list[Said]) -> Any:
    """The invitees and the meetings with their log; anything else as it is."""
    return _Watched(value.array, log) if isinstance(value, Table) and value.array.dtype in SPEECH else value


def replayed(morning: World, spec: Spec) -> tuple[World, list[Said]]:
    """The evening of the day that begins with this World, and all that was said in its order."""
    log: list[Said] = []

    def around(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        return in_plain_python if name == "deliberate" else act

    def in_plain_python(*given: Any) -> Any:
        return handed_back(wholly_plain(deliberate)(*(watched(as_table(unwrapped(value)), log) for value in given)))

    numbers = spec.on(int(morning.town["day"][0])).numbers()
    evening = day_with(around)(worlds.wrap(worlds.copy(morning)), numbers)
    return worlds.unwrap(evening), log


def handed_back(result: Any) -> Any:
    """What an act gives back, in the form the rest of the day wants."""
    if isinstance(result, tuple):
        return tuple(wrapped(unwrapped(value)) for value in result)
    return wrapped(unwrapped(result))


def fullest_meeting(world: World) -> Any:
    """The recorded meeting to which most residents came, the earliest of several. Raises Refusal if there is none."""
    meetings = worlds.table(world, "meetings")
    held = held_among(meetings[meetings["day"] >= 0])
    if not len(held):
        raise Refusal(message("no meeting of residents was held in these days; try more days, or another scenario"))
    return held[np.argmax(held["n_attending"])]


def meeting_of(baseline: Spec, spec: Spec, size: str, seed: int, n_days: int) -> Meeting:
    """The fullest meeting of the recorded days of a town, lived again. Raises Refusal if there was none."""
    start = day_zero(baseline, size, seed)
    chosen = fullest_meeting(run(worlds.copy(start), spec, n_days))
    morning = run(start, spec, int(chosen["day"]))
    evening, log = replayed(morning, spec)
    return meeting_in(evening, spec, chosen, log)


def meeting_in(evening: World, spec: Spec, chosen: Any, log: list[Said]) -> Meeting:
    """The chosen meeting as today's tables have it."""
    meetings, invitees = worlds.table(evening, "meetings"), worlds.table(evening, "invitees")
    m = int(np.flatnonzero((meetings["day"] == chosen["day"]) & (meetings["issue"] == chosen["issue"]))[-1])
    places = np.flatnonzero((invitees["meeting"] == m) & invitees["comes"])
    spec = spec.on(int(chosen["day"]))
    seats, p = invitees[places], spec.deliberation
    favours = [bool(plain(votes_yes)(x, p.plan, p.status_quo, 0.0)) for x in seats["first_position"].tolist()]
    return Meeting(
        meetings[m], Kind(int(evening.issues["kind"][chosen["issue"]])), seats, places,
        turns_of(m, places, log, plain(chair_is_outsider)(spec.numbers().deliberation)), seats["female"],
        np.array(favours, bool), p.plan, p.status_quo,
    )  # fmt: skip


def turns_of(m: int, places: np.ndarray[Any, Any], log: list[Said], outsider: bool) -> list[Turn]:
    """The turns of meeting m one after the other. A chair among the residents is logged as one of those already."""
    here = set(places.tolist())
    said = [
        (entry.row if entry.by_invitee else OUTSIDER, entry.minutes)
        for entry in log
        if (entry.row in here if entry.by_invitee else outsider and entry.row == m)
    ]
    starts = np.concatenate([[0.0], np.cumsum([minutes for _, minutes in said])])
    return [Turn(row, float(start), minutes) for (row, minutes), start in zip(said, starts, strict=False)]
