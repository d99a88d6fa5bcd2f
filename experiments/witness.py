"""One resident's day, watched: before each of her decisions it is weighed, and after it is noted what she did.

The day is lived by the acts themselves. Around those in which she may have something to decide, her rows are
done one by one, so that she is weighed by the same rules, on the same state, with the same draw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from ..agents.core.compiled import plain
from ..agents.core.draw import Purpose, draw
from ..agents.core.table import unwrapped
from ..agents.resident.consenting import accepted
from ..agents.resident.explaining import (
    Explanation,
    judged,
    signed,
    weigh_ballot,
    weigh_invitation,
    weigh_meeting,
    weigh_petition,
    weigh_redeeming,
    weigh_report,
    weigh_volunteering,
)
from ..agents.resident.reporting import Channel
from ..agents.resident.volunteering import Occasion
from ..agents.resident.voting import Ballot
from ..agents.resident.wording import percent_of, portrait
from ..model import world as worlds
from ..model.day import day_with
from ..model.fairness import judgement_of
from ..model.regime import Attendance, Rule
from ..model.spec import Spec
from ..model.world import World
from ..words import Words, pair
from . import telling
from .hearing import Floor, listened
from .replay import as_table, wholly_plain

TABLE_OF_ACT = {
    "report": "encounters", "attend": "invitees", "vote": "invitees", "volunteer": "invitations",
    "petition": "petitions", "redeem": "",
}  # fmt: skip
"""The acts in which a resident decides, and the table of opportunities they go through (none: residents)."""

Telling = Callable[[], Explanation | None]
"""Ends an explanation, once she has done what she did."""

by_hand = cache(wholly_plain)
"""A rule in plain Python, to be called with rows."""


def lived_and_told(world: World, spec: Spec, resident: int) -> tuple[World, list[Explanation]]:
    """Live one day and tell what one resident decided. The world handed in must not be used again."""
    spec = spec.on(int(world.town["day"][0]))
    witness = Witness(world, spec, resident)
    evening = worlds.unwrap(day_with(witness.around)(worlds.wrap(world), spec.numbers()))
    return evening, witness.told


def names_of(act: Callable[..., Any]) -> tuple[str, ...]:
    """The names of what an act or a rule is given."""
    code = plain(act).__code__
    return code.co_varnames[: code.co_argcount]


class Witness:
    """Looks at one resident throughout a day."""

    def __init__(self, world: World, spec: Spec, resident: int) -> None:
        self.row = resident
        self.spec = spec
        self.told: list[Explanation] = []
        self.day, self.seed = int(world.town["day"][0]), int(world.town["seed"][0])
        self.given: dict[str, Any] = {**spec.numbers()._asdict(), **world._asdict()}
        self.person = as_table(world.residents)[resident]
        self.who = portrait(resident, self.person)

    # Looking on

    def around(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """An act of the day, watched where it may concern her."""
        names = names_of(act) if hasattr(plain(act), "__code__") else ()

        def done(*given: Any) -> Any:
            self.given.update({n: g for n, g in zip(names, given, strict=False) if n in World._fields})
            if name == "deliberate":
                return self._deliberate(act, dict(zip(names, given, strict=True)), given)
            if name in TABLE_OF_ACT:
                return self._one_by_one(name, act, names, given)
            return act(*given)

        return done

    def _one_by_one(self, name: str, act: Callable[..., Any], names: tuple[str, ...], given: tuple[Any, ...]) -> None:
        """Her rows each by itself, those of others before, between and after as they come."""
        at, rows, now = names.index("rows"), given[names.index("rows")], dict(zip(names, given, strict=True))
        first = 0
        for k in np.flatnonzero(self._is_hers(name, rows)).tolist():
            act(*given[:at], rows[first:k], *given[at + 1 :])
            telling_of = getattr(self, "_" + name)({**self.given, **now, "row": self.row}, int(rows[k]))
            act(*given[:at], rows[k : k + 1], *given[at + 1 :])
            self._note(telling_of() if telling_of else None)
            first = k + 1
        act(*given[:at], rows[first:], *given[at + 1 :])

    def _is_hers(self, name: str, rows: Any) -> Any:
        table = TABLE_OF_ACT[name]
        return (unwrapped(self.given[table])["resident"][rows] if table else rows) == self.row

    def _note(self, said: Explanation | None) -> None:
        if said:
            self.told.append(replace(said, who=self.who, day=self.day, resident=self.row))

    def _rows(self, table: str) -> Any:
        return as_table(unwrapped(self.given[table]))

    def _matter(self, issue: int, stake: float | None = None) -> Words:
        return telling.matter(self._rows("issues")[issue], self.person.building, stake)

    def _draw(self, purpose: Purpose, who: int, with_whom: int, k: int = 0, day: int | None = None) -> float:
        when = self.day if day is None else day
        return float(draw(self.seed, when, int(purpose), int(who), int(with_whom), int(k))[0])

    # What she may decide: each looks before the act, and hands back how to tell it afterwards

    def _report(self, now: dict[str, Any], k: int) -> Telling:
        met = self._rows("encounters")[k]
        reasons, v, reach, news, chance = weighed(weigh_report, now, stake=met.stake, known=met.known)
        luck = self._draw(Purpose.REPORT, met.luck, self.person.person)
        said = self._said(
            "report", signed(reasons), v, chance, Purpose.REPORT, luck,
            occasion=telling.met(self._matter(met.issue, met.stake), met.known),
            gates={"reach of the channels": reach, "whether it is news": news},
        )  # fmt: skip
        return lambda: replace(said, did=met.channel > 0, outcome=telling.REPORTED[Channel(met.channel)])

    def _attend(self, now: dict[str, Any], k: int) -> Telling | None:
        invitee = self._rows("invitees")[k]
        meeting = self._rows("meetings")[invitee.meeting]
        way = way_in(meeting.rule, self.spec.numbers().deliberation.attendance)
        if invitee.polled:
            return None  # she has a ballot paper, and no meeting to go to
        _, _, _, hears, _ = weighed(weigh_meeting, now, stake=invitee.stake)
        ear = self._draw(Purpose.HEAR, invitee.luck, self.person.person)
        about = self._matter(meeting.issue, invitee.stake)
        if not invitee.heard:
            return lambda: self._passed_by(way, about, hears, ear)
        reasons, seat, longer, v, n_active, chance = weighed(weigh_invitation, now, k=k)
        terms = {**signed(reasons), "seat": float(seat)}
        terms["cost"] += float(longer)
        notes = (telling.contacts(n_active, self.person.n_ties),)
        said = self._said(
            "attend", terms, v, chance, Purpose.ATTEND, self._draw(Purpose.ATTEND, invitee.luck, self.person.person),
            occasion=telling.invited(about, way), n_active=n_active, awareness=hears if way == "word" else None,
            notes=(telling.heard(hears, ear), *notes) if way == "word" else notes,
        )  # fmt: skip
        return lambda: replace(said, did=invitee.comes, outcome=telling.CAME[invitee.comes])

    def _passed_by(self, way: str, about: Words, hears: float, ear: float) -> Explanation:
        kind = "ballot" if way == "owners" else "attend"
        said = Explanation(
            self.who, NO_DEED, about=kind, reached=False, did=False,
            occasion=telling.passed_by(about), outcome=telling.NOT_REACHED[way],
        )  # fmt: skip
        return replace(said, probability=float(hears), luck=ear, purpose="HEAR") if way == "word" else said

    def _vote(self, now: dict[str, Any], k: int) -> Telling | None:
        paper, p = self._rows("invitees")[k], self.spec.numbers()
        if not paper.polled:
            return None
        about = self._matter(self._rows("meetings")[paper.meeting].issue, paper.stake)
        reasons, v, chance = weighed(weigh_ballot, now, stake=paper.stake)
        notes = [telling.direction(paper.position, p.deliberation.plan, p.deliberation.status_quo, paper.doubt)]
        if paper.area > 0:
            temper = self._draw(Purpose.REFUSE, paper.luck, self.person.person)
            notes.append(telling.refusing(p.voting.share_refusing, temper))
        said = self._said(
            "ballot", signed(reasons), v, chance, Purpose.TURN_OUT,
            self._draw(Purpose.TURN_OUT, paper.luck, self.person.person), occasion=telling.paper(about),
            notes=tuple(notes),
        )  # fmt: skip
        return lambda: replace(said, did=paper.ballot != Ballot.ABSENT, outcome=telling.VOTED[Ballot(paper.ballot)])

    def _volunteer(self, now: dict[str, Any], k: int) -> Telling:
        call = self._rows("invitations")[k]
        reasons, v, n_active, chance = weighed(weigh_volunteering, now, occasion=call.occasion, stake=call.stake)
        said = self._said(
            "volunteer", signed(reasons), v, chance, Purpose.VOLUNTEER,
            self._draw(Purpose.VOLUNTEER, self.person.person, call.occasion, call.ordinal),
            occasion=telling.CALLED[Occasion(call.occasion)], n_active=n_active,
            notes=(telling.contacts(n_active, self.person.n_ties),),
        )  # fmt: skip
        gave = telling.gave_time(self.spec.volunteering.minutes)
        return lambda: replace(said, did=call.acted, outcome=gave if call.acted else telling.GAVE_NO_TIME)

    def _petition(self, now: dict[str, Any], k: int) -> Telling:
        row = self._rows("petitions")[k]
        reasons, v, aware, chance = weighed(weigh_petition, now, stake=row.stake)
        gates = {
            "awareness": aware, "reach of deputies": self.spec.numbers().deputies.reach,
            "days it stands for": row.stands_for,
        }  # fmt: skip
        said = self._said(
            "petition", signed(reasons), v, min(1.0, chance * row.stands_for), Purpose.PETITION,
            self._draw(Purpose.PETITION, row.luck, self.person.person), gates=gates,
            occasion=telling.unsettled(self._matter(row.issue, row.stake)),
        )  # fmt: skip
        return lambda: replace(said, did=row.comes, outcome=telling.WENT[row.comes])

    def _redeem(self, now: dict[str, Any], k: int) -> Telling | None:
        held, worth, hassle, goes = weighed(weigh_redeeming, now)
        if held == 0:
            return None
        donated, away = self.person.donated, unwrapped(now["tally"])["n_turned_away"][0]
        said = Explanation(
            self.who, NO_DEED, {"balance": float(worth), "hassle": -float(hassle)}, float(worth - hassle), {},
            float(goes), about="redeem", occasion=telling.held(held, worth), unit="yuan", notes=(telling.NOT_DRAWN,),
            facts={"points": held},
        )  # fmt: skip

        def told() -> Explanation:
            gone = weighed(weigh_redeeming, now)[0] == 0
            empty = unwrapped(now["tally"])["n_turned_away"][0] > away
            what = ("donated" if self.person.donated > donated else "served") if gone else "empty" if empty else "kept"
            return replace(said, did=gone or bool(empty), outcome=telling.REDEEMED[what])

        return told

    # What a meeting was like, and how she takes what was decided

    def _deliberate(self, act: Callable[..., Any], now: dict[str, Any], given: tuple[Any, ...]) -> Any:
        table = unwrapped(now["invitees"])[: self._rows("town")[0].n_invitees]
        hers = np.flatnonzero(table["resident"] == self.row).tolist()
        floors = {k: Floor(k) for k in hers if table["comes"][k]}
        result = listened(given, floors) if floors else act(*given)
        for k in hers:
            invitee = self._rows("invitees")[k]
            meeting = self._rows("meetings")[invitee.meeting]
            about = self._matter(meeting.issue)
            for said in self._of_meeting(k, invitee, meeting, about, floors):
                self._note(said)
        return result

    def _of_meeting(
        self, k: int, invitee: Any, meeting: Any, about: Words, floors: dict[int, Floor]
    ) -> list[Explanation]:
        if meeting.deferred:
            return [self._put_off(meeting, about)] if k in floors else []
        told = []
        if k in floors:
            told = [self._speech(floors[k], invitee, meeting, about), self._show_of_hands(floors[k], about)]
        affected = k < meeting.first_invitee + meeting.n_affected
        return [*told, self._consent(invitee, meeting, about)] if affected else told

    def _put_off(self, meeting: Any, about: Words) -> Explanation:
        few = telling.put_off(about, meeting.n_attending)
        return Explanation(
            self.who, NO_DEED, about="vote", reached=False, did=False, occasion=few, outcome=telling.PUT_OFF
        )

    def _speech(self, floor: Floor, invitee: Any, meeting: Any, about: Words) -> Explanation:
        return Explanation(
            self.who, NO_DEED, probability=floor.chance, about="speak", did=invitee.turns > 0,
            occasion=telling.sat(about, floor.n_present - 1, floor.n_turns, meeting.minutes),
            outcome=telling.spoke(invitee.turns, invitee.minutes), facts=floor.facts(invitee),
            notes=telling.why_so_much(floor, invitee, self.spec.deliberation),
        )  # fmt: skip

    def _show_of_hands(self, floor: Floor, about: Words) -> Explanation:
        last = floor.votes[-1]
        return Explanation(
            self.who, NO_DEED, last.terms, sum(last.terms.values()), {}, float(last.yes), about="vote", did=last.yes,
            occasion=telling.voted_there(about, len(floor.votes)), outcome=telling.FOR_IT[last.yes], unit="position",
            notes=(telling.NO_LUCK_IN_VOTES,),
        )  # fmt: skip

    def _consent(self, invitee: Any, meeting: Any, about: Words) -> Explanation:
        p = self.spec.numbers()
        judgement = by_hand(judgement_of)(invitee, meeting, p.deliberation, p.consenting)
        terms = judged(judgement)
        share = float(by_hand(accepted)(judgement))
        by_cadre = meeting.rule == Rule.CADRE or meeting.overridden
        decided = telling.outcome_of(about, meeting.adopted, by_cadre, meeting.outcome, invitee.position)
        return Explanation(
            self.who, NO_DEED, terms, sum(terms.values()), {}, share, about="consent", occasion=decided,
            outcome=telling.accepts(percent_of(share)), notes=(telling.CONSENT_IS_NOT_DRAWN,),
            facts={"fairness": meeting.fairness, "position": invitee.position, "outcome": meeting.outcome},
        )  # fmt: skip

    def _said(
        self, about: str, terms: dict[str, float], v: float, chance: float, purpose: Purpose, luck: float, **more: Any
    ) -> Explanation:
        return Explanation(
            self.who, NO_DEED, terms, float(v), more.pop("gates", {}), float(chance), about=about, luck=luck,
            purpose=purpose.name, **more,
        )  # fmt: skip


NO_DEED = pair("", "")
"""Of a day that was lived the occasion and the outcome are told, not what she would do."""


def weighed(rule: Callable[..., Any], now: dict[str, Any], **more: Any) -> Any:
    """What a rule of weighing says of the state as it is now; it is given what it asks for by name."""
    known = {**now, **more}
    return by_hand(rule)(*(as_table(unwrapped(known[name])) for name in names_of(rule)))


def way_in(rule: int, attendance: int) -> str:
    """How people come to a matter under this rule."""
    if rule == Rule.MAJORITY:
        return {Attendance.SELF_SELECTED: "word", Attendance.COUNCIL: "council", Attendance.RANDOM: "lot"}[
            Attendance(attendance)
        ]
    return {Rule.CADRE: "cadre", Rule.RESIDENTS_MEETING: "notice", Rule.OWNERS: "owners", Rule.BALLOT: "owners"}[
        Rule(rule)
    ]
