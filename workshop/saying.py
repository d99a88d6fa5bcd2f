"""Words for residents, issues and meetings as somebody who clicks on them reads them, in English and Chinese."""

from __future__ import annotations

from typing import Any

from ..agents.grid_worker import Tier
from ..agents.resident import AgeBand, Cooperation, Employment
from ..agents.resident.reporting import Channel
from ..experiments.kinds import KIND_LABELS
from ..model.issues import Affected, Cause, Kind, State
from ..model.regime import Convener, Rule
from ..model.ties import TieKind
from ..words import Words, listed, message, message_in, strung


def and_then(first: Words, then: Words) -> Words:
    """What befell a resident, and what she did."""
    return message("{first} {then}", first=first, then=then)


def on_day(day: int) -> Words:
    """A day, said so that one before the first recorded day can be understood."""
    if day < 0:
        return message("1 day before day 0") if day == -1 else message("{n:,} days before day 0", n=-day)
    return message("on day {day}", day=day)


def times(n: int) -> Words:
    """How often."""
    if n in (1, 2):
        return {1: message_in("workshop", "once"), 2: message_in("workshop", "twice")}[n]
    return message("{n:,} times", n=n)


# Residents

TITLES = {
    "volunteer": message("Volunteering"),
    "report": message("Reporting a problem"),
    "attend": message("Coming to a meeting"),
    "speak": message("Speaking there"),
    "vote": message("Voting"),
    "consent": message("Accepting what was decided"),
    "redeem": message("Redeeming points"),
    "petition": message("Petitioning a deputy"),
}
"""What a resident can decide, as a heading."""

TIES = {
    TieKind.HOUSEHOLD: message("same household"),
    TieKind.STAIRWELL: message("same stairwell"),
    TieKind.BUILDING: message("same building"),
    TieKind.MICRO_GRID: message("same micro-grid"),
    TieKind.INTEREST: message("shared interest"),
    TieKind.GIG: message("gig work"),
    TieKind.MEETING: message("met at a meeting"),
}

WORK = {
    Employment.CHILD: message_in("workshop", "child"),
    Employment.REGULAR: message("regular job"),
    Employment.RETIRED: message("retired"),
    Employment.GIG: message("gig worker"),
    Employment.STUDENT: message("student"),
    Employment.OTHER: message("other"),
}

WEIGHS = {
    Cooperation.CONDITIONAL: message("does more if others do"),
    Cooperation.FREE_RIDER: message("does less if others do"),
    Cooperation.UNCONDITIONAL: message("acts whatever others do"),
}

FACTS = {
    "home": message("lives in"),
    "household": message("household"),
    "employment": message("by day"),
    "cooperation": message("how the deeds of others weigh"),
    "spirit": message("public spirit (0 to 1)"),
    "efficacy": message_in("workshop", "belief that taking part has an effect (0 to 1)"),
    "habit": message_in("workshop", "habit of volunteering (0 to 1)"),
    "points": message("points held"),
    "listed": message("on the organisers' list of volunteers"),
    "council": message("has a seat in the elected council"),
}

YES_OR_NO = {True: message("yes"), False: message("no")}


def child(row: int, person: Any) -> Words:
    """Who this is, if she is under 18."""
    sex = message_in("workshop", "a girl") if person.female else message_in("workshop", "a boy")
    return message("Resident {row} ({sex}, under 18)", row=row, sex=sex)


def home(person: Any) -> Words:
    """Where somebody lives, or something is."""
    return message("building {n}, micro-grid {grid}", n=person.building + 1, grid=person.micro_grid + 1)


CHILDREN = message("Children are counted among the residents, but in this model they decide nothing and have no ties.")


def never(who: Words, kind: Words, last: int) -> Words:
    """She had no such opportunity, and will have none for a while."""
    return message("{who} has no {kind} from day 0 to day {last}.", who=who, kind=kind, last=last)


def life_in_short(who: Words, n_ties: int, n_seen: int, done: dict[str, int], last: int) -> Words:
    """Whom she knows and what she did, in a sentence."""
    did = [message("{did} {times}", did=way, times=times(done[name])) for name, way in WAYS.items() if done.get(name)]
    deeds = listed(did) if did else message("did nothing of what is counted here")
    seen = message("{n} of them", n=n_seen) if n_seen else message("none of them")
    people = message("1 person") if n_ties == 1 else message("{n:,} people", n=n_ties)
    return message("{who} knows {people}, {seen} seen volunteering lately; from day 0 to day {last}: {deeds}.",
                   who=who, people=people, seen=seen, last=last, deeds=deeds)  # fmt: skip


WAYS = {
    "act": message_in("workshop", "volunteered"),
    "report": message_in("workshop", "reported a problem"),
    "meeting": message_in("workshop", "came to a meeting"),
    "ballot": message("cast a ballot"),
    "petition": message("went to a deputy"),
    "redeem": message_in("workshop", "took points to the mall"),
}
"""What is counted of a resident."""


def nobody_known(who: Words) -> Words:
    """A child, in a sentence."""
    return message("{who}. {children}", who=who, children=CHILDREN)


def told_on(about: Words, report: Any) -> Words:
    """A report she made."""
    way = {
        Channel.GRID_WORKER: message("by telling the grid worker"), Channel.HOTLINE: message("by the hotline"),
        Channel.QR: message("by QR code"),
    }[Channel(report.channel)]  # fmt: skip
    if report.first:
        return message("reported {about} {way}, the first to do so", about=about, way=way)
    return message("reported {about} {way}", about=about, way=way)


def was_at(about: Words, spoke: Words) -> Words:
    """A meeting she came to."""
    return message("came to the meeting on {about} {spoke}", about=about, spoke=spoke)


def shopped(points: int, donated: bool) -> Words:
    """Points she took to the mall."""
    if donated:
        return message("donated {n:,} points to the community fund", n=points)
    return message("redeemed {n:,} points at the mall", n=points)


# Issues

STATES = {
    State.LATENT: message("not reported yet"),
    State.KNOWN: message("reported"),
    State.QUEUED: message("waiting for hands"),
    State.ON_AGENDA: message_in("workshop", "on the council's agenda"),
    State.IN_WORK: message_in("workshop", "in work"),
    State.ESCALATED: message("passed up a tier"),
    State.CLOSED_RESOLVED: message("truly resolved"),
    State.CLOSED_UNRESOLVED: message("closed on paper, still there"),
    State.REOPENED: message_in("workshop", "reopened"),
    State.FADED: message("gone away by itself"),
}
"""Where an issue stands."""

TIERS = {
    Tier.MICRO_GRID: message("the micro-grid"),
    Tier.GENERAL_GRID: message("the general grid"),
    Tier.COMMUNITY: message("the community"),
    Tier.SUB_DISTRICT: message("the sub-district"),
    Tier.DEPARTMENT: message("a district department"),
}

CHANNELS = {
    Channel.NONE: message("–"),
    Channel.GRID_WORKER: message("told to the grid worker"),
    Channel.HOTLINE: message("hotline"),
    Channel.QR: message("QR code"),
    Channel.PATROL: message("found on patrol"),
}

CAUSES = {
    Cause.BASE: message_in("workshop", "arose"),
    Cause.SPREAD: message("arose where disorder was already to be seen"),
    Cause.RECURRENCE: message("broke out again"),
}

AFFECTED = {
    Affected.NEIGHBOURS: message("the neighbours"),
    Affected.MICRO_GRID: message("the whole micro-grid"),
    Affected.GENERAL_GRID_SAMPLE: message("people all over the general grid"),
}

ISSUE_FACTS = {
    "place": message_in("workshop", "where"),
    "affects": message("affects"),
    "contested": message("residents disagree on it"),
    "channel": message("first report"),
    "reports": message_in("workshop", "reports"),
    "tier": message("handled by"),
    "staff": message("staff hours"),
    "volunteers": message("volunteer hours"),
    "partners": message("hours of outside partners"),
    "left": message("hours of work left"),
    "deadline": message("deadline of the service standard, working days"),
    "consent": message("consent of those affected (0 to 1)"),
    "returns": message("came back before"),
}


def named(kind: int) -> Words:
    """What a kind of issue is called."""
    return KIND_LABELS[Kind(kind)]


def spot(issue: Any) -> Words:
    """Where an issue is."""
    return home(issue)


def came_up(issue: Any) -> Words:
    """How an issue arose."""
    how = CAUSES[Cause(issue.cause)]
    if issue.parent >= 0:
        return message("{how} (issue {n} come back)", how=how, n=issue.parent)
    return how


def first_told(issue: Any) -> Words:
    """How an issue became known."""
    if issue.reporter < 0:
        return message("found by a grid worker on patrol")
    way = {
        Channel.GRID_WORKER: message("who told the grid worker"), Channel.HOTLINE: message("by the hotline"),
        Channel.QR: message("by QR code"),
    }[Channel(issue.channel)]  # fmt: skip
    return message("first reported by resident {n}, {way}", n=issue.reporter, way=way)


def turned_to(state: State, tier: Tier, moved_up: bool) -> Words:
    """A step of an issue's life, as it was in the evening."""
    at = TIERS[tier]
    if moved_up:
        return message("passed up to {place}", place=at)
    return {
        State.KNOWN: message("taken down"),
        State.QUEUED: message("waits for hands at {place}", place=at),
        State.ON_AGENDA: message("put on the council's agenda"),
        State.IN_WORK: message("{place} is at work on it", place=at),
        State.ESCALATED: message("passed up to {place}", place=at),
        State.CLOSED_RESOLVED: message("truly resolved, and closed"),
        State.CLOSED_UNRESOLVED: message("closed on paper, though it is still there"),
        State.REOPENED: message("reopened by its reporter"),
        State.FADED: message("went away by itself"),
        State.LATENT: message("there, and not reported"),
    }[state]


DOCKETED = message("a deputy took it to a department")
BROKERED = message("a partner from outside was found for it")


def n_days(days: int) -> Words:
    """So many days."""
    return message("1 day") if days == 1 else message("{n:,} days", n=days)


def where_now(issue: Any, day: int, n_met: int) -> Words:
    """Where an issue stands in the evening of a day, and why."""
    at, state = TIERS[Tier(issue.tier)], State(issue.state)
    hours, all_hours = issue.labour_left / 60, issue.labour / 60
    if state == State.LATENT:
        met = message("no resident has come across it")
        if n_met:
            met = message("residents came across it {times}", times=times(n_met))
        return message("nobody has reported it, so nobody works on it; {met}", met=met)
    if state == State.ON_AGENDA:
        waits = n_days(day - issue.on_agenda_since)
        on = message("residents disagree on it, and it has been waiting for a decision for {days}", days=waits)
        if not issue.n_deferrals:
            return on
        return message("{waiting}, put off {times} because too few came", waiting=on, times=times(issue.n_deferrals))
    if state == State.IN_WORK and issue.labour_left == 0:
        return message("the hours of work are spent or set; forms, visits and approvals still take time")
    if state in (State.QUEUED, State.KNOWN, State.ESCALATED, State.REOPENED) and issue.labour_left == 0:
        return message("it lies on a desk at {place}: its turn, forms, visits and approvals take time", place=at)
    if state in (State.QUEUED, State.KNOWN, State.ESCALATED, State.REOPENED):
        return message("it waits for hands at {place}: {left:.1f} of {all:.1f} hours of work are left",
                       place=at, left=hours, all=all_hours)  # fmt: skip
    if state == State.IN_WORK:
        return message("{place} is at work on it: {left:.1f} of {all:.1f} hours are left",
                       place=at, left=hours, all=all_hours)  # fmt: skip
    if state == State.CLOSED_RESOLVED:
        took = n_days(issue.resolved_day - issue.born)
        return message("it was truly resolved {when}, {days} after it arose",
                       when=on_day(issue.resolved_day), days=took)  # fmt: skip
    if state == State.CLOSED_UNRESOLVED:
        now = message_in("workshop", "still there") if issue.visible else message("no longer to be seen")
        return message("it was closed on paper {when}, as it could not be done in time, and is {now}",
                       when=on_day(issue.closed_day), now=now)  # fmt: skip
    return message("it went away by itself before anybody reported it")


# Meetings

RULES = {
    Rule.CADRE: message("the cadre decides"),
    Rule.MAJORITY: message("a meeting, decided by the votes of those present"),
    Rule.RESIDENTS_MEETING: message("a residents' meeting under the law"),
    Rule.OWNERS: message("a ballot of the owners, with the double quorum of the law"),
    Rule.BALLOT: message("a ballot of all affected, without a meeting"),
}
"""How a matter is decided."""

CHAIRS = {
    Convener.ELECTED_RESIDENT: message("a resident elected to the chair"),
    Convener.PARTY_SECRETARY: message("the Party secretary"),
    Convener.SOCIAL_WORKER: message("a social worker"),
    Convener.ROTATING: message("residents in turn"),
}

PARTS = {
    "equal": message("speaking time was equal"),
    "room": message("the chair left room for others"),
    "heard": message("opponents spoke"),
    "voted": message("opponents voted"),
    "silent": message("nobody speaks in a ballot: 0.5 each for speaking time and chair"),
    "decreed": message("decided without residents"),
}
"""What fairness is made of."""

GROUPS = {
    "all": message("all affected"),
    "winners": message("for the first plan at the beginning"),
    "losers": message("against it at the beginning"),
}


def person_in_seat(seat: Any, age: int | None, tenant: bool, in_chair: bool) -> Words:
    """Who somebody at a meeting is, in short."""
    if seat.resident < 0:
        return message("owner who lives elsewhere")
    about = [
        message_in("workshop", "woman") if seat.female else message_in("workshop", "man"),
        *([AGES[AgeBand(age)]] if age is not None else []),
        message_in("workshop", "tenant") if tenant else message_in("workshop", "owner"),
        *([message("in the chair")] if in_chair else []),
    ]  # fmt: skip
    return message("Resident {n} ({about})", n=seat.resident, about=listed(about, message_in("in brackets", ", ")))


AGES = {
    AgeBand.YOUNG: message_in("workshop", "18 to 34"),
    AgeBand.MIDDLE: message_in("workshop", "35 to 59"),
    AgeBand.OLD: message_in("workshop", "60+"),
}


OUTSIDE_CHAIR = message("the chair, who is none of the residents")


def ended(row: Any) -> Words:
    """How it ended."""
    if row.deferred:
        return message("put off, as too few came")
    if row.overridden:
        return message("the cadre adopted the first plan against the vote")
    if row.rule == Rule.CADRE:
        return message("the plan was adopted by the cadre")
    if row.rule == Rule.OWNERS and not row.rule_met:
        return message("the quorum of the law was missed, so things stay as they are")
    if row.adopted:
        return message("the plan was adopted")
    return message("the plan was rejected, so things stay as they are")


def meeting_in_short(row: Any, about: Words, n_votes: int) -> Words:
    """A decision in a sentence."""
    parts: list[Words] = [message("day {day}, {about}: {rule}", day=row.day, about=about, rule=RULES[Rule(row.rule)])]
    if row.rule in (Rule.MAJORITY, Rule.RESIDENTS_MEETING):
        parts.append(message("{came} came of {affected} affected", came=row.n_attending, affected=row.n_affected))
        if not row.deferred:
            parts.append(message("{minutes:.0f} minutes of talk, {yes:.0f} % in favour",
                                 minutes=row.minutes, yes=100 * row.share_yes))  # fmt: skip
        if row.n_amendments + row.n_accommodations and not row.deferred:
            n = row.n_amendments + row.n_accommodations
            parts.append(message("the plan was amended {times}", times=times(n)))
    elif row.rule != Rule.CADRE:
        cast = message("1 ballot was cast") if n_votes == 1 else message("{n:,} ballots were cast", n=n_votes)
        parts.append(message("{cast}, {yes:.0f} % in favour", cast=cast, yes=100 * row.share_yes))
    parts.append(ended(row))
    if not row.deferred:
        parts.append(message("those affected accept it with a mean probability of {consent:.2f}", consent=row.consent))
    return strung(parts)
