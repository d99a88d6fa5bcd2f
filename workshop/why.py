"""Why: what somebody sees who clicks on a resident, an issue or a meeting.

Each of the three functions can be called in a worker process and gives a plain record (numbers, texts, lists, tables);
every text in it is there in both languages. What is told is what the simulation did: the town is watched while it
lives (`chronicle`), and a day that is asked about is lived again and taken apart by the rules themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from ..agents.core.compiled import plain
from ..agents.grid_worker import Tier
from ..agents.resident import LONG_AGO
from ..agents.resident.consenting import accepted
from ..agents.resident.earning import points_held
from ..agents.resident.explaining import Explanation
from ..agents.resident.habits import habit_now
from ..agents.resident.learning import efficacy_now
from ..agents.resident.participation import seen_active
from ..agents.resident.reporting import Channel
from ..agents.resident.volunteering import Occasion
from ..agents.resident.voting import Ballot
from ..agents.resident.wording import GATES, UNITS, called, portrait
from ..experiments import telling
from ..experiments.provenance import Refusal
from ..experiments.replay import Meeting, as_table, meeting_in, replayed
from ..experiments.runs import MOST_DAYS, checked
from ..experiments.witness import by_hand, lived_and_told
from ..model import world as worlds
from ..model.calendar import DAYS_MONTH
from ..model.deciding import is_for
from ..model.fairness import judgement_of, was_against
from ..model.floor import chair_is_outsider, loudest
from ..model.issues import FAR_OFF, State
from ..model.noting import took_part
from ..model.regime import Convener, Rule
from ..model.spec import Spec
from ..model.ties import TieKind
from ..model.world import World
from ..words import LANGUAGES, Words, message, strung
from . import saying
from .chronicle import Chronicle, chronicle

Record = dict[str, Any]

ABOUT = ("volunteer", "report", "attend", "speak", "vote", "consent", "redeem", "petition")
"""What is explained of a resident, in this order."""

AHEAD = 183
"""Days after the one looked at within which the next occasion is looked for, where there has been none."""

TRIES = 4
"""Days that are lived again in search of one occasion."""


def town_until(baseline: Spec, spec: Spec, size: str, seed: int, day: int) -> tuple[Chronicle, World]:
    """A town and its evening of this day. Raises Refusal for a size, seed or day that cannot be."""
    checked(size, 1, seed)
    if not 0 <= day < MOST_DAYS:
        raise Refusal(message("day is {day}; allowed are whole numbers from 0 to {last}", day=day, last=MOST_DAYS - 1))
    town = chronicle(baseline, spec, size, seed)
    return town, town.evening(day)


def row_of(world: World, table: str, row: int, refused: Words) -> Any:
    """A row of a table. Raises Refusal for one that is not there."""
    rows = worlds.table(world, table)
    if not 0 <= row < len(rows):
        raise Refusal(
            message("{refused}; here they are numbered from 0 to {last}", refused=refused, last=len(rows) - 1)
        )
    return as_table(rows)[row]


# A resident


def resident(baseline: Spec, spec: Spec, size: str, seed: int, day: int, row: int) -> Record:
    """Who she is, whom she knows, what she did up to the evening of this day, and why she did or did not.

    Raises Refusal, in one sentence, for a town, a day or a resident that cannot be.
    """
    town, evening = town_until(baseline, spec, size, seed, day)
    person = row_of(evening, "residents", row, message("there is no resident {n}", n=row))
    who = portrait(row, person) if person.adult else saying.child(row, person)
    knows, did = ties_of(evening, spec, person), deeds_of(town, evening, row)
    n_seen, n_done = sum(each["seen"] for each in knows), Counter(each["kind"] for each in did)
    told = saying.life_in_short(who, len(knows), n_seen, n_done, day) if person.adult else saying.nobody_known(who)
    return {
        "kind": "resident", "row": row, "day": day, "adult": person.adult, "who": who.in_both(),
        "sentence": told.in_both(),
        "facts": facts_of(evening, spec, person), "ties": knows, "n_ties": len(knows), "n_seen": n_seen, "did": did,
        "n_done": dict(n_done), "why": list(occasions(town, evening, row, who)) if person.adult else [],
    }  # fmt: skip


def facts_of(evening: World, spec: Spec, person: Any) -> list[Record]:
    """What the town knows of her, a record a line."""
    tomorrow = int(evening.town["day"][0])
    p = spec.on(tomorrow).numbers()
    lines: list[tuple[str, Words | float]] = [
        ("home", saying.home(person)),
        ("household", int(evening.households["n_residents"][person.household])),
        ("employment", saying.WORK[person.employment]),
    ]
    if person.adult:
        lines += [
            ("cooperation", saying.WEIGHS[person.cooperation]), ("spirit", round(person.spirit, 2)),
            ("efficacy", round(by_hand(efficacy_now)(person, tomorrow, p.learning), 2)),
            ("habit", round(by_hand(habit_now)(person, tomorrow, p.habits), 2)),
            ("points", by_hand(points_held)(person)),
            ("listed", saying.YES_OR_NO[person.on_list]),
        ]  # fmt: skip
    if person.council_until > tomorrow:
        lines.append(("council", saying.YES_OR_NO[True]))
    return [fact(name, saying.FACTS[name], value) for name, value in lines]


def fact(name: str, label: Words, value: Words | float) -> Record:
    """A line of a portrait: its label, and a number or a text."""
    return {"name": name, "label": label.in_both(), "value": value.in_both() if isinstance(value, Words) else value}


def ties_of(evening: World, spec: Spec, person: Any) -> list[Record]:
    """Whom she knows, those first who were seen volunteering lately."""
    tomorrow, people = int(evening.town["day"][0]), as_table(evening.residents)
    common, seen_lately = spec.on(tomorrow).numbers().participation, by_hand(seen_active)
    found = []
    for tie in evening.ties[person.first_tie : person.first_tie + person.n_ties]:
        other = people[tie["to"]]
        seen = bool(seen_lately(other, tomorrow, common))
        found.append({
            "row": int(tie["to"]), "who": portrait(int(tie["to"]), other).in_both(), "seen": seen,
            "from": saying.TIES[TieKind(tie["kind"])].in_both(), "kind": TieKind(tie["kind"]).name.lower(),
            "last_act": int(other.last_act) if other.last_act > LONG_AGO else None,
        })  # fmt: skip
    return sorted(found, key=lambda each: (not each["seen"], each["row"]))


def deeds_of(town: Chronicle, evening: World, row: int) -> list[Record]:
    """What she did on recorded days, in order: acts, reports, meetings, ballots, petitions, trips to the mall."""
    last, building = int(evening.town["day"][0]) - 1, int(evening.residents["building"][row])
    issues, meetings = (as_table(getattr(evening, name)) for name in ("issues", "meetings"))

    def matter(issue: int) -> Words:
        return telling.matter(issues[issue], building)

    found: list[tuple[int, str, Words, Record]] = []
    for deed in hers(evening, "deeds", row):
        gave = telling.gave_time(town.spec.on(deed.day).volunteering.minutes)
        how = telling.CALLED[Occasion(deed.occasion)]
        found.append((deed.day, "act", saying.and_then(how, gave), {}))
    for report in hers(evening, "reports", row):
        found.append((report.day, "report", saying.told_on(matter(report.issue), report), {"issue": report.issue}))
    for petition in hers(evening, "petitions", row):
        before, went = telling.unsettled(matter(petition.issue)), telling.WENT[True]
        found.append((petition.day, "petition", saying.and_then(before, went), {"issue": petition.issue}))
    for day in town.days_of("invitees", row, last):
        for seat in as_table(town.invitees_on(day)):
            if seat.resident == row and by_hand(took_part)(seat):
                about, at = matter(meetings[seat.meeting].issue), {"meeting": seat.meeting}
                found.append((day, *took_part_in(seat, about), {**at, "issue": meetings[seat.meeting].issue}))
    for trip in town.fetched:
        if trip.resident == row and 0 <= trip.day <= last:
            donated = town.spec.on(trip.day).mall.redeem_for == "donation"
            found.append((trip.day, "redeem", saying.shopped(trip.points, donated), {"points": trip.points}))
    found.sort(key=lambda each: each[0])
    return [{"day": day, "kind": kind, "text": text.in_both(), **more} for day, kind, text, more in found]


def took_part_in(seat: Any, about: Words) -> tuple[str, Words]:
    """That she came to a meeting, or cast a ballot."""
    if seat.comes:
        return "meeting", saying.was_at(about, telling.spoke(seat.turns, seat.minutes))
    paper, cast = telling.paper(about), telling.VOTED[Ballot(seat.ballot)]
    return "ballot", saying.and_then(paper, cast)


def hers(evening: World, table: str, row: int) -> Iterator[Any]:
    """The rows of a log that are hers, from recorded days."""
    rows = worlds.table(evening, table)
    return iter(as_table(rows[(rows["resident"] == row) & (rows["day"] >= 0)]))


def occasions(town: Chronicle, evening: World, row: int, who: Words) -> Iterator[Record]:
    """Of everything she can decide the last occasion up to this day; where there was none, the next one."""
    today, told = int(evening.town["day"][0]) - 1, dict[int, list[Explanation]]()

    def on(day: int) -> list[Explanation]:
        if day not in told:
            told[day] = lived_and_told(town.morning(day), town.spec, row)[1]
        return told[day]

    for about in ABOUT:
        days = partial(candidates, town, evening, row, about)
        found = latest(days(0, today)[::-1], on, about)
        when = "last"
        if found is None:
            town.until(today + AHEAD)
            found, when = latest(days(today + 1, today + AHEAD), on, about), "next"
        yield why(found, about, when) if found else nothing(who, about, today + AHEAD)


def latest(days: list[int], on: Callable[[int], list[Explanation]], about: str) -> Explanation | None:
    """The first of these days on which she had this to decide, and how; what reached her goes before what did not."""
    for day in days[:TRIES]:
        said = [each for each in on(day) if each.about in ((about, "ballot") if about == "vote" else (about,))]
        if said:
            return max(said, key=lambda each: each.reached)
    return None


def candidates(town: Chronicle, evening: World, row: int, about: str, first: int, last: int) -> list[int]:
    """Days from first to last on which she may have had this to decide."""
    if about == "volunteer":
        days = set(town.days_of("invitations", row, last))
    elif about == "report":
        days = set(town.days_of("encounters", row, last))
    elif about == "redeem":
        days = days_with_points(town, row, first, last)
    elif about == "petition":
        days = days_of_reception(town, row, last)
    else:
        wanted = {"attend": invited, "speak": came, "vote": voting, "consent": invited}[about]
        days = {day for day in town.days_of("invitees", row, last) if wanted(town.invitees_on(day), row)}
    return sorted(day for day in days if day >= first)


def invited(invitees: Any, row: int) -> bool:
    """Whether a matter concerned her that was not for ballots alone."""
    return bool((invitees["resident"] == row).any())


def came(invitees: Any, row: int) -> bool:
    """Whether she was at a meeting."""
    return bool(((invitees["resident"] == row) & invitees["comes"]).any())


def voting(invitees: Any, row: int) -> bool:
    """Whether she was at a meeting, or had a ballot paper."""
    return bool(((invitees["resident"] == row) & (invitees["comes"] | invitees["polled"])).any())


def days_with_points(town: Chronicle, row: int, first: int, last: int) -> set[int]:
    """Days on which she may have stood before the question of going to the mall: she earned, or a month was over."""
    world = town.until(last)
    person = as_table(world.residents)[row]
    if person.points_day < first and not by_hand(points_held)(person):
        if not any(trip.resident == row and first <= trip.day <= last for trip in town.fetched):
            return set()
    acts = {int(deed.day) for deed in hers(world, "deeds", row)}
    met = {day for day in town.days_of("invitees", row, last) if came(town.invitees_on(day), row)}
    months = {day for day in range(first, last + 1) if (day + 1) % DAYS_MONTH == 0}
    return {day for day in acts | met | months if day <= last}


def days_of_reception(town: Chronicle, row: int, last: int) -> set[int]:
    """Days on which a deputy received and something that she was the first to report may have been outstanding."""
    world = town.until(last)
    issues, days = worlds.table(world, "issues"), worlds.table(world, "days")
    known = issues["detected"][issues["reporter"] == row]
    receiving = days["day"][(days["n_reception_days"] > 0) & (days["day"] >= 0) & (days["day"] <= last)]
    return {int(day) for day in receiving if (known < day).any()}


def why(said: Explanation, about: str, when: str) -> Record:
    """A decision taken apart, as a bar chart wants it: the terms by size, V, the gates, probability, draw, sentence."""
    terms = sorted(said.terms.items(), key=lambda term: -abs(term[1]))
    texts = {name: text.in_both() for name in ("occasion", "outcome") if (text := getattr(said, name))}
    return {
        "about": about, "how": said.about, "label": saying.TITLES[about].in_both(), "when": when, "day": said.day,
        "reached": said.reached, "did": said.did, **texts,
        "bars": [{"name": name, "label": called(name, v).in_both(), "value": float(v)} for name, v in terms if v],
        "unit": UNITS[said.unit].in_both(), "v": said.readiness, "probability": said.probability, "luck": said.luck,
        "gates": [{"label": GATES[name].in_both(), "value": float(value)} for name, value in said.gates.items()],
        "awareness": said.awareness, "sentence": {lang: said.sentence(lang) for lang in LANGUAGES},
    }  # fmt: skip


def nothing(who: Words, about: str, last: int) -> Record:
    """That there was and will be no such occasion."""
    said = saying.never(who, telling.OPPORTUNITIES[about], last)
    return {"about": about, "label": saying.TITLES[about].in_both(), "when": "never", "day": None, "bars": [],
            "gates": [], "sentence": said.in_both()}  # fmt: skip


# An issue


def issue(baseline: Spec, spec: Spec, size: str, seed: int, day: int, row: int) -> Record:
    """The life of an issue up to the evening of this day, and where it stands and why.

    Raises Refusal, in one sentence, for a town, a day or an issue that cannot be.
    """
    town, evening = town_until(baseline, spec, size, seed, day)
    it = row_of(evening, "issues", row, message("there is no issue {n}", n=row))
    now = saying.where_now(it, day, town.n_met(row, day))
    name, where = saying.named(it.kind), saying.spot(it)
    born = saying.on_day(it.born)
    intro = message("{name}, {where}, arose {when}", name=name, where=where, when=born)
    held = [decision(evening, m) for m in decisions_on(evening, row)]
    return {
        "kind": "issue", "row": row, "day": day, "name": name.in_both(),
        "state": saying.STATES[State(it.state)].in_both(), "open": bool(it.visible),
        "sentence": strung([intro, now]).in_both(), "facts": issue_facts(it, spec, day),
        "stages": stages_of(town, evening, row, day), "meetings": held, "building": it.building,
        "micro_grid": it.micro_grid, "reporter": it.reporter if it.reporter >= 0 else None,
    }  # fmt: skip


def issue_facts(it: Any, spec: Spec, day: int) -> list[Record]:
    """What is known of an issue, a record a line."""
    kind = as_table(spec.on(day).numbers().kinds)[it.kind]
    lines: list[tuple[str, Words | float]] = [
        ("place", saying.spot(it)), ("affects", saying.AFFECTED[kind.affected]),
        ("contested", saying.YES_OR_NO[it.contested]),
    ]  # fmt: skip
    if it.detected < FAR_OFF:
        lines += [
            ("channel", saying.CHANNELS[Channel(it.channel)]), ("reports", it.n_reports),
            ("tier", saying.TIERS[it.tier]), ("deadline", round(it.deadline, 1)),
            ("staff", round(it.staff_minutes / 60, 1)), ("volunteers", round(it.volunteer_minutes / 60, 1)),
            ("left", round(it.labour_left / 60, 1)),
        ]  # fmt: skip
    if it.partner_minutes:
        lines.append(("partners", round(it.partner_minutes / 60, 1)))
    if it.decided:
        lines.append(("consent", round(it.consent, 2)))
    if it.n_recurred:
        lines.append(("returns", it.n_recurred))
    return [fact(name, saying.ISSUE_FACTS[name], value) for name, value in lines]


def stages_of(town: Chronicle, evening: World, row: int, day: int) -> list[Record]:
    """Every step of an issue's life with its day, the earliest first."""
    it, tier = as_table(evening.issues)[row], None
    found: list[tuple[int, str, Words, Record]] = [(it.born, "arose", saying.came_up(it), {})]
    if it.detected <= day:
        who = {"resident": it.reporter} if it.reporter >= 0 else {}
        found.append((it.detected, "reported", saying.first_told(it), who))
    for m in decisions_on(evening, row):
        held = as_table(evening.meetings)[m]
        found.append((held.day, "decision", saying.ended(held), {"meeting": m}))
    if it.docketed <= day:
        found.append((it.docketed, "docketed", saying.DOCKETED, {}))
    if it.brokered <= day:
        found.append((it.brokered, "brokered", saying.BROKERED, {}))
    for turn in town.turned:
        if turn.issue == row and turn.day <= day and turn.state != State.LATENT:
            state, moved_up = State(turn.state), tier is not None and turn.tier > tier and turn.state == State.QUEUED
            found.append((turn.day, state.name.lower(), saying.turned_to(state, Tier(turn.tier), moved_up), {}))
            tier = turn.tier
    found.sort(key=lambda each: each[0])
    return [{"day": when, "stage": stage, "text": text.in_both(), **more} for when, stage, text, more in found]


def decisions_on(evening: World, issue: int) -> list[int]:
    """Rows of the meetings (and decisions without one) on an issue so far."""
    found: list[int] = np.flatnonzero(worlds.table(evening, "meetings")["issue"] == issue).tolist()
    return found


def decision(evening: World, m: int) -> Record:
    """A meeting in short."""
    row = as_table(evening.meetings)[m]
    return {"row": m, "day": row.day, "rule": saying.RULES[Rule(row.rule)].in_both(),
            "outcome": saying.ended(row).in_both(), "n_attending": row.n_attending,
            "consent": None if row.deferred else row.consent}  # fmt: skip


# A meeting


def recorded_meeting(baseline: Spec, spec: Spec, size: str, seed: int, day: int, row: int) -> Record:
    """A meeting by its row in a recording, which leaves out those held before day 0. Raises as `meeting` does."""
    _, now = town_until(baseline, spec, size, seed, day)
    before = int((worlds.table(now, "meetings")["day"] < 0).sum())
    return meeting(baseline, spec, size, seed, day, before + max(0, row))


def meeting(baseline: Spec, spec: Spec, size: str, seed: int, day: int, row: int) -> Record:
    """A meeting (or a decision without one) of some day up to this one, lived again: talk, votes, and how it is taken.

    Raises Refusal, in one sentence, for a town, a day or a meeting that cannot be.
    """
    town, now = town_until(baseline, spec, size, seed, day)
    it = row_of(now, "meetings", row, message("there is no meeting {n}", n=row))
    if it.day < 0:
        raise Refusal(
            message("meeting {n} was held before day 0; only those of recorded days can be lived again", n=row)
        )
    then = spec.on(it.day)
    if it.rounds > 0:
        evening, log = replayed(town.morning(it.day), spec)
        held = meeting_in(evening, spec, now.meetings[row], log)
        here = people_at(evening, then, row, held)
        turns = turns_of(held)
    else:
        evening, turns = town.evening(it.day), []
        here = people_at(evening, then, row, None)
    about = saying.named(evening.issues["kind"][it.issue])
    p = then.deliberation
    return {
        "kind": "meeting", "row": row, "day": it.day, "issue": it.issue, "name": about.in_both(),
        "rule": saying.RULES[Rule(it.rule)].in_both(), "outcome": saying.ended(it).in_both(),
        "sentence": saying.meeting_in_short(it, about, sum(each["vote"] is not None for each in here)).in_both(),
        "held": bool(it.rounds), "deferred": it.deferred, "adopted": it.adopted, "overridden": it.overridden,
        "chair": saying.CHAIRS[Convener[p.convener.upper()]].in_both() if it.rounds else None,
        "n_affected": it.n_affected, "n_heard": it.n_heard, "n_attending": it.n_attending, "rounds": it.rounds,
        "minutes": it.minutes, "share_yes": it.share_yes if it.rounds or it.rule > Rule.RESIDENTS_MEETING else None,
        "plan_first": p.plan, "plan": it.plan, "status_quo": p.status_quo, "result": it.outcome,
        "n_amendments": it.n_amendments, "n_accommodations": it.n_accommodations, "people": here, "turns": turns,
        "fairness": fairness_of(it), "consent": consent_of(evening, then, row), "beside": beside(now, row),
    }  # fmt: skip


def beside(now: World, m: int) -> list[Record]:
    """The other matters that this council had on the same day, and how each ended."""
    table = worlds.table(now, "meetings")
    others = np.flatnonzero((table["day"] == table["day"][m]) & (table["council"] == table["council"][m])).tolist()
    held, kinds = as_table(table), worlds.table(now, "issues")["kind"]
    return [{"row": k, "name": saying.named(kinds[held[k].issue]).in_both(), "outcome": saying.ended(held[k]).in_both()}
            for k in others if k != m]  # fmt: skip


def turns_of(held: Meeting) -> list[Record]:
    """The turns one after the other: whose (the number of a resident; None: a chair from outside), when, how long."""
    who = dict(zip(held.places.tolist(), held.seats["resident"].tolist(), strict=True))
    return [{"resident": who.get(turn.invitee), "start": turn.start, "minutes": turn.minutes} for turn in held.turns]


def places_of(evening: World, m: int) -> list[int]:
    """Rows of today's invitees that belong to a meeting of today."""
    found: list[int] = np.flatnonzero(worlds.table(evening, "invitees")["meeting"] == m).tolist()
    return found


def people_at(evening: World, then: Spec, m: int, held: Meeting | None) -> list[Record]:
    """Those who came (or had a ballot paper and used it), by first position: talk, positions, vote, consent."""
    p, invitees = then.numbers(), as_table(worlds.table(evening, "invitees"))
    it = as_table(worlds.table(evening, "meetings"))[m]
    here = [k for k in places_of(evening, m) if by_hand(took_part)(invitees[k])]
    in_chair = chair_at(here, invitees, p.deliberation) if held else None
    found = []
    for k in here:
        seat = invitees[k]
        person = as_table(evening.residents)[seat.resident] if seat.resident >= 0 else None
        name = saying.person_in_seat(seat, person and person.age_band, bool(person and person.tenant), k == in_chair)
        judgement = by_hand(judgement_of)(seat, it, p.deliberation, p.consenting)
        share = None if it.deferred else by_hand(accepted)(judgement)
        found.append({
            "resident": seat.resident if seat.resident >= 0 else None, "who": name.in_both(), "female": seat.female,
            "turns": seat.turns, "minutes": seat.minutes, "before": seat.first_position, "after": seat.position,
            "for_first_plan": not by_hand(was_against)(seat, p.deliberation), "vote": vote_of(seat, it, p),
            "consent": share, "in_chair": k == in_chair,
        })  # fmt: skip
    return sorted(found, key=lambda each: each["before"])


def chair_at(here: list[int], invitees: Any, p: Any) -> int | None:
    """The row of the resident who was elected to the chair; None where an outsider, or residents in turn, took it."""
    if by_hand(chair_is_outsider)(p) or p.convener == Convener.ROTATING:
        return None
    return here[plain(loudest)(here, invitees)]


def vote_of(seat: Any, it: Any, p: Any) -> bool | None:
    """Whether somebody voted for the plan; None where there was no vote."""
    if seat.polled:
        return seat.ballot == Ballot.YES
    if it.deferred:
        return None
    put = AtTheVote(it.plan, p.deliberation.extra)
    return bool(by_hand(is_for)(seat, put, p.deliberation))


class AtTheVote:
    """The plan as it was when hands were raised: what it holds for everybody is only written off afterwards."""

    def __init__(self, plan: float, extra: float) -> None:
        self.plan, self.extra = plan, extra


def fairness_of(it: Any) -> Record:
    """How fair it was (0 to 1), and of what that is the mean."""
    if it.deferred:
        return {"value": None, "parts": []}
    if it.rounds:
        equal, heard = 1.0 - it.speaking_gini, it.losers_spoke
        parts = {"equal": equal, "room": 3.0 * it.fairness - equal - heard, "heard": heard}
    elif it.rule == Rule.CADRE:
        parts = {"decreed": it.fairness}
    else:
        parts = {"voted": it.losers_spoke, "silent": 0.5}
    found = [{"name": name, "label": saying.PARTS[name].in_both(), "value": value} for name, value in parts.items()]
    return {"value": it.fairness, "parts": found}


def consent_of(evening: World, then: Spec, m: int) -> list[Record]:
    """Mean consent of everybody affected, of those for the first plan at the beginning, and of those against it."""
    it = as_table(worlds.table(evening, "meetings"))[m]
    if it.deferred:
        return []
    table, p = worlds.table(evening, "invitees"), then.numbers().deliberation
    affected = places_of(evening, m)[: it.n_affected]
    losers = sum(bool(by_hand(was_against)(as_table(table)[k], p)) for k in affected)
    of = {"all": (it.n_affected, it.consent), "winners": (it.n_affected - losers, it.consent_winners),
          "losers": (losers, it.consent_losers)}  # fmt: skip
    return [{"group": name, "label": saying.GROUPS[name].in_both(), "n": n, "value": value if n else None}
            for name, (n, value) in of.items()]  # fmt: skip
