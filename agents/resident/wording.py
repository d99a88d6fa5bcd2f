"""What reasons, gates and people are called when a decision is explained, in English and Chinese."""

from __future__ import annotations

from typing import Any

from ...words import Words, message, pair
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
    age = AGES[AgeBand(person.age_band)]
    en = f"{'a woman' if person.female else 'a man'}, {age.en}, {'tenant' if person.tenant else 'owner'}"
    zh = f"{'女' if person.female else '男'}，{age.zh}，{'租户' if person.tenant else '业主'}"
    party = ("Party member, ", "党员，") if person.party else ("", "")
    return pair(f"Resident {row} ({party[0]}{en})", f"居民{row}（{party[1]}{zh}）")


def called(term: str, value: float) -> Words:
    """What a term is; where contacts count below zero, it is a free rider who holds back."""
    return WORDS["free_rider" if term == "peers" and value < 0.0 else term]


def percent(share: float, lang: str = "en") -> str:
    """A share as one reads it: two digits, and no more than can be meant."""
    gap = "" if lang == "zh" else " "
    if 0.0 < share < 0.0001:
        return f"{'不到' if lang == 'zh' else 'less than '}0.01{gap}%"
    digits = f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.2g}"
    return digits + gap + "%"
