"""What reasons, gates and people are called when a decision is explained, in English and Chinese."""

from __future__ import annotations

from typing import Any

from ...words import Words, listed, message, message_in
from . import AgeBand

WORDS = {
    "base": message("readiness of a neutral resident"),
    "personal": message("personal inclination"),
    "spirit": message("public spirit"),
    "pay": message("what it pays"),
    "peers": message("the example of contacts"),
    "efficacy": message("belief that it has an effect"),
    "free_rider": message("holding back and leaving it to others"),
    "asked": message("having been asked"),
    "habit": message("habit"),
    "image": message("being seen to do it"),
    "praise": message("having been praised"),
    "lead": message("a Party member's example"),
    "cost": message("the time it costs"),
    "seat": message("a seat in the council, or the lot"),
    "at_own_position": message("consent to an outcome at the own position"),
    "distance": message("distance of the outcome from the own position"),
    "fairness": message("how fair the procedure was"),
    "taking_part": message("having taken part"),
    "own_rules": message("rules that residents made themselves"),
    "status_quo": message("distance of the status quo"),
    "plan": message("distance of the plan"),
    "room": message("room for everybody that the plan makes"),
    "doubt": message("doubt, drawn once for each person and matter"),
    "balance": message("what the points held are felt to be worth"),
    "hassle": message("what the trip is felt to cost"),
}
"""What each term of a decision is."""

GATES = {
    "reach of the channels": message("reach of the channels"),
    "whether it is news": message("whether it is news"),
    "awareness": message("awareness of what goes on"),
    "reach of deputies": message("reach of deputies"),
    "days it stands for": message("reception days it stands for"),
}
"""What each factor of a probability is."""

UNITS = {"logit": message("logits"), "yuan": message("yuan"), "position": message("position")}
"""What the terms of a sum are measured in."""

AGES = {
    AgeBand.CHILD: message("under 18"),
    AgeBand.YOUNG: message("18 to 34"),
    AgeBand.MIDDLE: message("35 to 59"),
    AgeBand.OLD: message("60 or over"),
}


def portrait(row: int, person: Any) -> Words:
    """Who this is: number, sex, age, and whether she rents."""
    traits = [
        *([message("Party member")] if person.party else ()),
        message("a woman") if person.female else message("a man"),
        AGES[AgeBand(person.age_band)],
        message("tenant") if person.tenant else message("owner"),
    ]
    return message("Resident {row} ({traits})", row=row, traits=listed(traits, message_in("between traits", ", ")))


def called(term: str, value: float) -> Words:
    """What a term is; where contacts count below zero, it is a free rider who holds back."""
    return WORDS["free_rider" if term == "peers" and value < 0.0 else term]


def percent(share: float, lang: str = "en") -> str:
    """A share as one reads it, in this language."""
    return percent_of(share).told(lang)


def percent_of(share: float) -> Words:
    """A share as one reads it: two digits, and no more than can be meant."""
    if 0.0 < share < 0.0001:
        return message("less than 0.01 %")
    return message("{percent} %", percent=f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.2g}")
