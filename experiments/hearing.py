"""Who had the floor: one resident's part in a meeting, noted while the act of deliberating runs in plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..agents.core.table import unwrapped
from ..model.deciding import is_for, share_for
from ..model.deliberation import deliberate
from ..model.floor import after_interruption, chair_is_outsider, next_speaker, talk_a_round
from .replay import as_table, handed_back, wholly_plain


class Vote(NamedTuple):
    """How somebody present stood to the plan when it was put to the vote."""

    terms: dict[str, float]
    yes: bool


class Floor:
    """What one of those present (a row of today's invitees) had of the floor."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.n_present = 0
        self.n_turns = 0
        self.expected = 0.0
        """Turns she could expect: the sum of her shares of the claims to each of them."""
        self.silence = 1.0
        """Probability of getting none of them."""
        self.n_taken = 0
        self.n_barred = 0
        """Turns for which she had none left under the limit."""
        self.n_interrupted = 0
        self.minutes_lost = 0.0
        self.in_chair = False
        self.talk = 1.0
        """Her talkativeness, relative to the mean of those present."""
        self.votes: list[Vote] = []

    @property
    def chance(self) -> float:
        """Probability of at least one turn, as the floor went."""
        return 1.0 - self.silence

    def facts(self, invitee: Any) -> dict[str, float]:
        """The same as numbers."""
        return {
            "present": self.n_present, "turns_of_all": self.n_turns, "turns": invitee.turns,
            "turns_expected": self.expected, "minutes": invitee.minutes, "talkativeness": self.talk,
            "interrupted": self.n_interrupted, "minutes_lost": self.minutes_lost,
        }  # fmt: skip


class _Ear:
    """Notes, turn by turn, what the floor was for those it listens for."""

    def __init__(self, floors: dict[int, Floor]) -> None:
        self.floors = floors
        self.here: dict[int, Floor] = {}
        """Those of them who are in the meeting that is being held, by their place in it."""
        self.speaking: Floor | None = None

    def round_begins(self, seats: Any, chair: int, invitees: Any, outsider: bool) -> None:
        """Find who of them is here."""
        places = {int(k): a for a, k in enumerate(seats)}
        self.here = {places[k]: floor for k, floor in self.floors.items() if k in places}
        for a, floor in self.here.items():
            floor.n_present = len(places)
            floor.in_chair |= a == chair and not outsider
            mean = sum(invitees[k].talk for k in places) / len(places)
            floor.talk = invitees[floor.row].talk / mean

    def turn(self, speaker: int, extra: float, chair: int, claims: Any) -> None:
        """Note a turn."""
        total = float(sum(claims)) + extra
        self.speaking = self.here.get(int(speaker))
        for a, floor in self.here.items():
            share = (float(claims[a]) + (extra if a == chair else 0.0)) / total
            floor.n_turns += 1
            floor.expected += share
            floor.silence *= 1.0 - share
            floor.n_taken += floor is self.speaking
            floor.n_barred += claims[a] == 0.0

    def cut(self, minutes: float, left: float) -> None:
        """Note an interruption."""
        if self.speaking and left < minutes:
            self.speaking.n_interrupted += 1
            self.speaking.minutes_lost += minutes - left

    def vote(self, meeting: Any, invitees: Any, is_yes: Callable[[Any], bool], status_quo: float) -> None:
        """Note how they stand to the plan."""
        for floor in self.here.values():
            me = invitees[floor.row]
            terms = {
                "status_quo": abs(status_quo - me.position), "plan": -abs(meeting.plan - me.position),
                "room": float(meeting.extra), "doubt": float(me.doubt),
            }  # fmt: skip
            floor.votes.append(Vote(terms, bool(is_yes(me))))


def listened(given: tuple[Any, ...], floors: dict[int, Floor]) -> Any:
    """Do today's deliberating in plain Python, and note what these people had of the floor."""
    ear = _Ear(floors)
    done: dict[Any, Any] = {}
    speaks, stops = wholly_plain(next_speaker), wholly_plain(after_interruption)

    def next_one(mark: float, extra: float, chair: int, claims: Any) -> int:
        speaker = speaks(mark, extra, chair, claims)
        ear.turn(speaker, extra, chair, claims)
        return speaker  # type: ignore[no-any-return]

    def interrupted(day: int, seed: int, minutes: float, *more: Any) -> float:
        left = stops(day, seed, minutes, *more)
        ear.cut(minutes, left)
        return left  # type: ignore[no-any-return]

    done[next_speaker], done[after_interruption] = next_one, interrupted
    talk, count, agrees = wholly_plain(talk_a_round, done), wholly_plain(share_for), wholly_plain(is_for)

    def talking(day: int, seed: int, meeting: Any, luck: int, seats: Any, chair: int, invitees: Any, *more: Any) -> Any:
        ear.round_begins(seats, chair, invitees, wholly_plain(chair_is_outsider)(more[-1]))
        return talk(day, seed, meeting, luck, seats, chair, invitees, *more)

    def counting(meeting: Any, seats: Any, invitees: Any, p: Any) -> float:
        ear.vote(meeting, invitees, lambda me: agrees(me, meeting, p), p.status_quo)
        return count(meeting, seats, invitees, p)  # type: ignore[no-any-return]

    done[talk_a_round], done[share_for] = talking, counting
    return handed_back(wholly_plain(deliberate, done)(*(as_table(unwrapped(value)) for value in given)))
