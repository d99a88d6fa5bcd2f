"""What two lives of a town differ in, said in sentences: who, what, and what it was in each of the towns."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ...agents.core.field import Field, fields_of
from ...agents.deputy import Answer
from ...agents.grid_worker import Tier
from ...agents.resident import LONG_AGO
from ...agents.resident.reporting import Channel
from ...agents.resident.voting import Ballot
from ...model import dictionary
from ...model import world as worlds
from ...model.issues import FAR_OFF, NEVER, Cause, Kind, State
from ...model.spec import Spec
from ...model.world import ENTITIES
from ...scenarios.catalogue import word_zh
from ...scenarios.contradictions import value_of
from ...words import Words, listed, message, message_in
from ..kinds import kind_label
from .causes import Difference
from .events import Event
from .lives import Pair
from .mixing import HERE, NUMBER
from .naming import NAMED_BY, NO_ISSUE, ORDER, Cell, row_named
from .wording import DOES, HAPPENED, HELD_THERE, LISTED, PLACES, STANDS

ABSENT, NOBODY = message("none"), message("nobody")
YES, NO = message("yes"), message("no")
NEVER_YET, NOT_YET = message("never"), message("not yet")
ON_DAY = message("day {}")
ON_WORKING_DAY = message("working day {}")
OTHERWISE, AS_THERE = message("in another order"), message("as there")
OVERDUE, IN_TIME = message("late"), message("in time")
FOR_PLAN, STATUS_QUO = message("for the plan"), message("for the status quo")
MORE_BELIEF, LESS_BELIEF = message("that it has"), message("that it has not")
POINTS = message("{} points")

CODED = {"reported": Channel, "known": Channel, "voted": Ballot, "petitioned": Answer, "climbed": Tier, "arose": Cause}
"""Happenings of which a code is kept."""

UNSAID = ("1", "code", "identity", "key", "logit", "number", "position", "position²", "row", "rows", "sd", "weight",
          "share of the day", "yes/no")  # fmt: skip
"""Units that need not be said."""


def code_told(code: Any, lang: str) -> str:
    """What a code is called."""
    name = dictionary.name_of(code)
    return name.zh if lang == "zh" else name.replace("_", " ")


def meaning(table: str, field: str, lang: str) -> str:
    """What a field means, as it is declared."""
    if lang == "en":
        return re.sub(" \\([\u4e00-\u9fff]+\\)", "", fields_of(ENTITIES[table])[field].meaning)
    return dictionary.meaning_of(table, field).zh


def how(event: Event, where: int, lang: str) -> str:
    """The particulars of a happening in A (0) or B (1); nothing where none are kept."""
    held = (event.what_a, event.what_b)[where]
    if held is None:
        return ""
    if event.kind in CODED:
        return code_told(CODED[event.kind](int(held)), lang)
    if event.kind in ("redeemed", "donated", "won"):
        return POINTS.told(lang).format(held)
    two = {"decided": (STATUS_QUO, FOR_PLAN), "learned": (LESS_BELIEF, MORE_BELIEF), "resolved": (IN_TIME, OVERDUE),
           "closed_on_paper": (IN_TIME, OVERDUE)}  # fmt: skip
    return two[event.kind][bool(held)].told(lang) if event.kind in two else ""


class Namer(NamedTuple):
    """What things are called in two towns at their last evening, in one language."""

    last: Pair
    specs: tuple[Spec, Spec]
    names: tuple[str, str]
    """What the scenarios are called."""
    lang: str

    def pick(self, words: Words) -> str:
        """In the language of the reader."""
        return words.told(self.lang)

    # Who and what

    def resident(self, row: int) -> str:
        """A resident, as `linli explain` numbers them."""
        return self.pick(message("resident {n}", n=row))

    def about_issue(self, luck: int) -> tuple[str, str, str]:
        """Its kind, its building and the day it arose; nothing known of one that neither town has."""
        for world in self.last:
            row = row_named(world, "issues", (luck,))
            if row >= 0:
                found = worlds.table(world, "issues")[row]
                kind = kind_label(Kind(int(found["kind"])), self.lang)
                since = (
                    message("since day {n}", n=found["born"]) if found["born"] >= 0 else message("since before day 0")
                )
                return f"“{kind}”", self.pick(message("building {n}", n=found["building"])), self.pick(since)
        return str(luck), "", ""

    def issue(self, luck: int) -> str:
        """An issue: its kind, and in brackets its building and the day it arose."""
        kind, building, since = self.about_issue(luck)
        if not building:
            return self.pick(message("issue {kind}", kind=kind))
        return self.pick(message("issue {kind} ({building}, {since})", kind=kind, building=building, since=since))

    def in_brackets(self, luck: int) -> str:
        """The same after what it adds to."""
        said = self.comma.join(filter(None, self.about_issue(luck)))
        return self.pick(message(" (issue {what})", what=said))

    def whose(self, cell: Cell, short: bool = False) -> tuple[str, str, str]:
        """The resident (or else the place) that a cell belongs to; the issue, and it in brackets. Any may be empty."""
        named = dict(zip(NAMED_BY.get(cell.table, ()), cell.name, strict=False))
        resident = named.get("resident", named.get("a", -1))
        if cell.table in ("residents", "ties"):
            resident = cell.name[0]
        if cell.table == "members":
            resident = int(self.last.a.members["resident"][cell.name[0]])
        luck = cell.name[0] if cell.table == "issues" else named.get("issue", named.get("meeting", NO_ISSUE))
        who = self.resident(resident) if resident >= 0 else self.place(cell)
        if luck == NO_ISSUE:
            return who, "", ""
        if short:
            kind = self.about_issue(luck)[0]
            return who, kind, self.pick(message(" ({what})", what=kind))
        return who, self.issue(luck), self.in_brackets(luck)

    def does(self, cell: Cell, short: bool = False) -> str:
        """Who does, or is, what a cell says where it holds yes."""
        who, issue, brackets = self.whose(cell, short)
        said = message("{who} {does}", who=who or issue, does=self.what(cell))
        return self.pick(said) + (brackets if who else "")

    def place(self, cell: Cell) -> str:
        """A place, a tier or a member of staff."""
        if cell.table not in PLACES or not cell.name:
            return ""
        row = code_told(Tier(cell.name[0]), self.lang) if cell.table == "tiers" else cell.name[0]
        return self.pick(PLACES[cell.table]).format(row)

    # What of it

    def what(self, cell: Cell) -> str:
        """What a cell says: what is said of it where it holds yes, or else what it holds."""
        if cell.table == NUMBER:
            return cell.name[0]  # type: ignore[return-value]
        if cell.field == ORDER:
            things = self.pick(LISTED[cell.table])
            return self.pick(message("order of the {things}", things=things))
        field = cell.field if cell.table != HERE or cell.field else str(cell.name[0])
        said = DOES.get((cell.table, field)) or HELD_THERE.get((cell.table, field))
        return self.pick(said) if said else meaning(cell.table, field, self.lang)

    def thing(self, cell: Cell) -> str:
        """A cell as a cause: whether somebody does something, somebody's something, or a number of the scenarios."""
        if cell.table == NUMBER:
            a, b = (self.number(value_of(spec, cell.name[0])) for spec in self.specs)  # type: ignore[arg-type]
            return f"{cell.name[0]} ({a} | {b})"
        if (cell.table, cell.field) in DOES:
            return self.pick(message("whether {it_is_so}", it_is_so=self.does(cell)))
        return self.colon.join(filter(None, (self.comma.join(filter(None, self.whose(cell)[:2])), self.what(cell))))

    @property
    def comma(self) -> str:
        """Between what is listed."""
        return self.pick(message(", "))

    @property
    def colon(self) -> str:
        """Between what is spoken of and what is said."""
        return self.pick(message_in("after what is spoken of", ": "))

    def number(self, held: Any) -> str:
        """A number of a scenario."""
        if isinstance(held, bool):
            return self.pick(YES if held else NO)
        return word_zh("choices", held) if self.lang == "zh" and isinstance(held, str) else str(held)

    # What it holds

    def values(self, cell: Cell, pair: tuple[Any, Any]) -> tuple[str, str]:
        """What a cell holds in A and in B, to be read; with as many digits as it takes to tell them apart."""
        if cell.table == "ties":
            return tuple(self.known_beside(*two) for two in (pair, pair[::-1]))  # type: ignore[return-value]
        if cell.field == ORDER:
            return self.pick(AS_THERE), self.pick(OTHERWISE)
        if all(isinstance(held, tuple) and held for held in pair) and cell.table in ENTITIES:
            pair = tuple(held[0] for held in pair) if pair[0][0] != pair[1][0] else pair  # type: ignore[assignment]
        for digits in range(3, 18):
            found = tuple(self.value(cell, held, digits) for held in pair)
            if found[0] != found[1] or pair[0] == pair[1]:
                break
        return found  # type: ignore[return-value]

    def known_beside(self, mine: Any, theirs: Any) -> str:
        """Whom a resident knows in this town and not in the other."""
        only = sorted({to for to, *_ in mine or ()} - {to for to, *_ in theirs or ()})
        return self.pick(listed(map(self.resident, only))) or self.pick(NOBODY)

    def value(self, cell: Cell, held: Any, digits: int = 3) -> str:
        """What it holds."""
        if (cell.table, cell.field) in DOES:
            return self.pick(YES if held else NO)
        if held is None:
            return self.pick(ABSENT)
        if cell.table == HERE and isinstance(held, tuple):
            return self.pick(message("{n} of them", n=len(held)))
        if isinstance(held, tuple):
            day = self.pick(ON_DAY).format(held[-1]).replace("-", "−")
            return f"{self.value(cell, held[0], digits)} ({day})"
        if isinstance(held, bool):
            return self.pick(YES if held else NO)
        if cell.table not in ENTITIES or not cell.field:
            return shown(held, digits)
        return self.of_field(fields_of(ENTITIES[cell.table])[cell.field], cell, held, digits)

    def of_field(self, field: Field, cell: Cell, held: Any, digits: int) -> str:
        """A value with its unit, as its field declares it."""
        if field.codes is State:
            return self.pick(STANDS[State(int(held))])
        if field.codes is not None:
            return code_told(field.codes(int(held)), self.lang)
        if (field.unit == "day" and held <= LONG_AGO) or (cell.field == "last_act" and held <= LONG_AGO):
            return self.pick(NEVER_YET)
        if held in (FAR_OFF, NEVER) and field.unit in ("day", "working days"):
            return self.pick(NOT_YET)
        if field.unit == "day":
            return self.pick(ON_DAY).format(shown(held, digits))
        if cell[::2] == ("members", "met"):
            return self.resident(int(held)) if held >= 0 else self.pick(NOBODY)
        if field.unit == "row" and held < 0:
            return self.pick(ABSENT)
        if cell[::2] in (("issues", "finish"), ("issues", "since")):
            return self.pick(ON_WORKING_DAY).format(shown(held, digits))
        unit = "" if field.unit in UNSAID else field.unit
        if self.lang == "zh":
            return shown(held, digits) + (dictionary.unit_of(field).zh if unit else "")
        return f"{shown(held, digits)} {unit}".strip()

    # Sentences, without their full stops

    def says(self, difference: Difference) -> str:
        """What a step has made of a cell in A and in B."""
        cell = difference.cell
        a, b = difference.after
        if (cell.table, cell.field) in DOES and bool(a) != bool(b):
            return self.does(cell) + self.only(bool(b))
        of = self.comma.join(filter(None, (*self.whose(cell)[:2], self.what(cell))))
        return of + self.colon + self.in_each(difference)

    def only(self, where: int) -> str:
        """That it was so in one of the towns only."""
        return self.pick(message(", only under {name}", name=self.names[where]))

    def in_each(self, difference: Difference) -> str:
        """What the cell holds in each town; where that is the same now, what it held before."""
        cell = difference.cell
        now = self.values(cell, difference.after)
        if difference.after[0] == difference.after[1]:
            then = self.under(self.values(cell, difference.before))
            return self.pick(message("now {now} in both, before {then}", now=now[0], then=then))
        return self.under(now)

    def under(self, two: tuple[str, str]) -> str:
        """One of them in A, the other in B."""
        pairs = zip(self.names, two, strict=True)
        return self.comma.join(self.pick(message("{what} under {name}", what=said, name=name)) for name, said in pairs)

    def brief(self, difference: Difference) -> str:
        """A link in a few words: what it is of, and what that is in A and in B."""
        cell = difference.cell
        two = " | ".join(self.values(cell, difference.after))
        who, issue, _ = self.whose(cell, short=True)
        said = self.colon.join(filter(None, (who or issue, self.what(cell))))
        said = self.does(cell, short=True) if (cell.table, cell.field) in DOES else said
        return said + self.pick(message(" ({what})", what=two))

    def event(self, event: Event) -> str:
        """A happening that differs."""
        what = self.pick(HAPPENED[event.kind])
        who = self.resident(event.resident) if event.resident >= 0 else self.issue(event.issue)
        about = self.in_brackets(event.issue) if event.resident >= 0 and event.issue != NO_ISSUE else ""
        on = ["" if day is None else self.pick(message("on day {n}", n=day)) for day in (event.day_a, event.day_b)]
        told = {"who": who, "what": what, "about": about}
        if event.where != "both":
            where = int(event.where == "B")
            return self.pick(message("{who} {what} {on}{only}{about}", **told, on=on[where], only=self.only(where)))
        if event.day_a != event.day_b:
            return self.pick(message("{who} {what}{about} {when}", **told, when=self.under((on[0], on[1]))))
        parted = self.under((how(event, 0, self.lang), how(event, 1, self.lang)))
        return self.pick(message("{who} {what} {on}{about}: {parted}", **told, on=on[0], parted=parted))

    def because(self, needed: tuple[Cell, ...]) -> str:
        """What a difference took: numbers of the scenarios first, then what else was not alike."""
        return self.semicolon.join(map(self.thing, numbers_first(needed)))

    def briefly(self, needed: tuple[Cell, ...]) -> str:
        """The same; of things that are alike but for whose they are, the first is told and the others counted."""
        alike: dict[Any, list[Cell]] = {}
        for cell in numbers_first(needed):
            about = cell.name if cell.table == NUMBER else self.whose(cell)[1]
            alike.setdefault((cell.table, cell.field, about), []).append(cell)
        more = message(", and the same of {n} more")
        told = (
            self.thing(same[0]) + (self.pick(more.filled(n=len(same) - 1)) if same[1:] else "")
            for same in alike.values()
        )
        return self.semicolon.join(told)

    @property
    def semicolon(self) -> str:
        """Between causes."""
        return self.pick(message_in("between sentences", "; "))


def numbers_first(cells: tuple[Cell, ...]) -> list[Cell]:
    """Cells in the order in which they are told."""
    return sorted(cells, key=lambda cell: cell.table != NUMBER)


def shown(held: Any, digits: int) -> str:
    """A number as it is read."""
    return (f"{held:.{digits}g}" if isinstance(held, float) else str(held)).replace("-", "−")
