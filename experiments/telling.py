"""What befell a resident and what she did, in words: the occasions and outcomes of a day, in English and Chinese."""

from __future__ import annotations

from typing import Any

from ..agents.resident.reporting import Channel
from ..agents.resident.volunteering import Occasion
from ..agents.resident.voting import Ballot
from ..agents.resident.wording import percent_of
from ..model.issues import Kind
from ..words import Words, message
from .kinds import KIND_LABELS

REPORTED = {
    Channel.NONE: message("but did not report it"),
    Channel.GRID_WORKER: message("and told the grid worker"),
    Channel.HOTLINE: message("and called the hotline"),
    Channel.QR: message("and reported it by QR code"),
}

CALLED = {
    Occasion.CALL: message("saw a call for volunteers"),
    Occasion.ASKED: message("was asked by an acquaintance to volunteer"),
    Occasion.ASKED_FROM_LIST: message("was asked by organisers to volunteer"),
    Occasion.ASKED_BY_MEMBER: message("was asked by a Party member to volunteer"),
    Occasion.ASKED_BY_WORKER: message("was asked by a grid worker to volunteer"),
}

VOTED = {
    Ballot.ABSENT: message("but did not vote"),
    Ballot.YES: message("and voted for the plan"),
    Ballot.NO: message("and voted against the plan"),
    Ballot.REFUSED: message("but refused to vote, being against the plan"),
}

CAME = {True: message("and came"), False: message("but did not come")}
GAVE_NO_TIME = message("but gave no time")
WENT = {
    True: message("and went to a deputy's reception with it"),
    False: message("but did not go to the deputy's reception"),
}

NOT_REACHED = {
    "word": message("but had not heard of the meeting"),
    "cadre": message("but the cadre decides it and asks nobody"),
    "council": message("but only members of the elected council are called"),
    "lot": message("but was not among those chosen by lot"),
    "owners": message("but has no vote, which only one owner of each dwelling has"),
}
"""Why a matter that affects a resident passes her by."""


def gave_time(minutes: int) -> Words:
    """How long she volunteered."""
    return message("and gave {n} minutes", n=minutes)


def place(issue: Any, building: int) -> Words:
    """Where an issue is, seen from a building."""
    apart = abs(issue.building - building)
    if apart == 0:
        return message("in the own building")
    return message("next door") if apart == 1 else message("farther away")


def matter(issue: Any, building: int, stake: float | None = None) -> Words:
    """What an issue is, where, and how much is at stake."""
    what, where = KIND_LABELS[Kind(issue.kind)], place(issue, building)
    if stake is None:
        return message("{what} ({where})", what=what, where=where)
    return message("{what} ({where}, stake {stake:.2f})", what=what, where=where, stake=stake)


def met(about: Words, known: bool) -> Words:
    """She came across a problem."""
    if known:
        return message("met a problem of {what}, already reported by somebody", what=about)
    return message("met a problem of {what}, not yet reported", what=about)


INVITED = {
    "word": message("had heard of the meeting on {what}"),
    "council": message("was called as a member of the council to the meeting on {what}"),
    "lot": message("was chosen by lot for the meeting on {what}"),
    "notice": message("had notice of the meeting on {what}"),
}


def invited(about: Words, by: str) -> Words:
    """She was called to a meeting: by word of mouth, council, lot or notice."""
    return INVITED[by].filled(what=about)


def passed_by(about: Words) -> Words:
    """Something that affects her was decided."""
    return message("was affected by {what}, which was to be decided today", what=about)


def heard(chance: float, luck: float) -> Words:
    """How word of a meeting reached her."""
    return message(
        "Word of it got there with a probability of {chance:.2f} (draw {luck:.3f}).", chance=chance, luck=luck
    )


def contacts(n_active: int, n_ties: int) -> Words:
    """Whom she has seen volunteering."""
    return message("{n} of {ties} contacts were seen volunteering lately.", n=n_active, ties=n_ties)


def paper(about: Words) -> Words:
    """She may vote without a meeting."""
    return message("had a ballot paper on {what}", what=about)


def direction(own: float, plan: float, status_quo: float, doubt: float) -> Words:
    """Which way she votes if she does, and why."""
    near, far, yes = abs(plan - own), abs(status_quo - own), abs(status_quo - own) - abs(plan - own) + doubt > 0
    said = message(
        "The plan lay {near:.2f} from the own position, the status quo {far:.2f}, doubt was {doubt:+.2f}: for it."
    ) if yes else message(
        "The plan lay {near:.2f} from the own position, the status quo {far:.2f}, doubt was {doubt:+.2f}: against it."
    )  # fmt: skip
    return said.filled(near=near, far=far, doubt=doubt)


def refusing(share: float, luck: float) -> Words:
    """Whether an opponent stays away on purpose."""
    return message(
        "Opponents refuse with a probability of {share:.2f} where a quorum can fail (draw {luck:.3f}).",
        share=share, luck=luck,
    )  # fmt: skip


def held(points: int, worth: float) -> Words:
    """The points she could take to the mall."""
    return message("held {points} points, felt to be worth {worth:.2f} yuan", points=points, worth=worth)


REDEEMED = {
    "served": message("and took them to the mall"),
    "donated": message("and donated them to the community fund"),
    "empty": message("and found the mall empty"),
    "kept": message("but kept them"),
}
NOT_DRAWN = message(
    "Nothing is drawn: the trip is made as soon as the balance is felt to be worth more than the trouble."
)


def sat(about: Words, others: int, turns: int, minutes: float) -> Words:
    """She was at a meeting."""
    return message(
        "was at the meeting on {what} with {others} others ({turns} turns of talk, {minutes:.0f} minutes)",
        what=about, others=others, turns=turns, minutes=minutes,
    )  # fmt: skip


def spoke(turns: int, minutes: float) -> Words:
    """How often and how long."""
    if turns == 0:
        return message("but did not speak")
    if turns == 1:
        return message("and spoke once, {minutes:.1f} minutes", minutes=minutes)
    return message("and spoke {n} times, {minutes:.1f} minutes", n=turns, minutes=minutes)


def voted_there(about: Words, n_votes: int) -> Words:
    """She voted at a meeting."""
    if n_votes == 1:
        return message("voted on the plan for {what}", what=about)
    return message("voted on the plan for {what} (the last of {n} votes)", what=about, n=n_votes)


FOR_IT = {True: message("for it"), False: message("against it")}
NO_LUCK_IN_VOTES = message(
    "Nothing else is drawn: whoever is nearer to the plan than to the status quo, give or take the doubt, is for it."
)


def outcome_of(about: Words, adopted: bool, by_cadre: bool, outcome: float, own: float) -> Words:
    """What was decided on a matter that affects her."""
    said = (
        message(
            "had to live with what the cadre decided on {what}: {decided} (position {outcome:+.2f}, the own {own:+.2f})"
        )
        if by_cadre
        else message(
            "had to live with what residents decided on {what}: {decided} (position {outcome:+.2f}, the own {own:+.2f})"
        )
    )
    decided = message("the plan was adopted") if adopted else message("things were left as they are")
    return said.filled(what=about, decided=decided, outcome=outcome, own=own)


def accepts(share: Words) -> Words:
    """How likely she accepts it."""
    return message("and accepts it with a probability of {share}", share=share)


CONSENT_IS_NOT_DRAWN = message(
    "Consent is not drawn: the town reckons with this probability itself, averaged over all who are affected."
)


def unsettled(about: Words) -> Words:
    """She might bring a matter to a deputy."""
    return message("had reported {what}, which was still not settled", what=about)


def nothing(who: Words, female: bool, day: int, kind: Words, ahead: int | None, last: int) -> Words:
    """She had no such opportunity; when the next will be."""
    next_one = message("the next is on day {n}", n=ahead)
    if ahead is None:
        next_one = (
            message("nor has she one until day {n}", n=last)
            if female
            else message("nor has he one until day {n}", n=last)
        )
    return message("Day {day}: {who} had no {kind}; {next_one}.", day=day, who=who, kind=kind, next_one=next_one)


OPPORTUNITY = message("opportunity to decide anything")
OPPORTUNITIES = {
    "report": message("opportunity to report"),
    "attend": message("opportunity to come to a meeting"),
    "speak": message("opportunity to speak at a meeting"),
    "vote": message("opportunity to vote at a meeting"),
    "ballot": message("ballot paper"),
    "consent": message("decision to live with"),
    "volunteer": message("opportunity to volunteer"),
    "redeem": message("opportunity to redeem points"),
    "petition": message("opportunity to petition a deputy"),
}
"""What can be explained, and what it is called."""

PUT_OFF = message("and the matter was put off")


def put_off(about: Words, n_present: int) -> Words:
    """Too few came."""
    return message("came to the meeting on {what}, but with {n} there were too few to decide", what=about, n=n_present)


def why_so_much(floor: Any, invitee: Any, p: Any) -> tuple[Words, ...]:
    """Why she spoke as much, or as little, as she did."""
    notes: list[Words] = [
        message(
            "By claims to the floor {turns:.1f} turns were to be expected: {talk:.1f} × as talkative as the mean of"
            " those"
            " present.", turns=floor.expected, talk=floor.talk,
        )
    ]  # fmt: skip
    if floor.in_chair:
        notes.append(message("Was in the chair."))
    if p.turn_limits and floor.n_barred:
        notes.append(
            message(
                "Had no turn left for {n} of the turns (limit: {turns} of {minutes:g} minutes per 15).",
                n=floor.n_barred, turns=p.turns_limit, minutes=p.minutes_limit,
            )
        )  # fmt: skip
    if floor.n_interrupted:
        notes.append(
            message(
                "Was interrupted {n} times, which took {minutes:.1f} minutes.",
                n=floor.n_interrupted, minutes=floor.minutes_lost,
            )
        )  # fmt: skip
    if invitee.turns > floor.n_taken:
        notes.append(message("As an opponent was heard before the vote."))
    chance = percent_of(floor.chance)
    return (*notes, message("The chance of at least one was {chance}; each turn has a draw of its own.", chance=chance))
