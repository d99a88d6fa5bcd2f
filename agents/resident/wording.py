"""What reasons, gates and people are called when a decision is explained, in English and Chinese."""

from __future__ import annotations

from typing import Any, NamedTuple

from . import AgeBand


class Words(NamedTuple):
    """The same in both languages."""

    en: str
    zh: str

    def told(self, lang: str) -> str:
        """In one of them: "en" or "zh"."""
        return self.zh if lang == "zh" else self.en


WORDS = {
    "base": Words("readiness of a neutral resident", "普通居民的基准意愿"),
    "personal": Words("personal inclination", "个人倾向"),
    "spirit": Words("public spirit", "公益心"),
    "pay": Words("what it pays", "报酬"),
    "peers": Words("the example of contacts", "熟人的带动"),
    "efficacy": Words("belief that it has an effect", "相信参与有用（效能感）"),
    "free_rider": Words("holding back and leaving it to others", "搭便车，让别人去做"),
    "asked": Words("having been asked", "有人邀请"),
    "habit": Words("habit", "习惯"),
    "image": Words("being seen to do it", "邻居看得见"),
    "praise": Words("having been praised", "受过表扬"),
    "lead": Words("a Party member's example", "党员的带头"),
    "cost": Words("the time it costs", "要花的时间"),
    "seat": Words("a seat in the council, or the lot", "议事会席位或抽签选中"),
    "at_own_position": Words("consent to an outcome at the own position", "结果恰合自己立场时的认可"),
    "distance": Words("distance of the outcome from the own position", "结果与自己立场的距离"),
    "fairness": Words("how fair the procedure was", "程序是否公正"),
    "taking_part": Words("having taken part", "自己参加过"),
    "own_rules": Words("rules that residents made themselves", "规则由居民自己议定"),
    "status_quo": Words("distance of the status quo", "现状与自己立场的距离"),
    "plan": Words("distance of the plan", "方案与自己立场的距离"),
    "room": Words("room for everybody that the plan makes", "方案给大家留出的余地"),
    "doubt": Words("doubt, drawn once for each person and matter", "疑虑（每人每事抽取一次）"),
    "balance": Words("what the points held are felt to be worth", "手中积分的主观价值"),
    "hassle": Words("what the trip is felt to cost", "跑一趟的麻烦"),
}
"""What each term of a decision is."""

GATES = {
    "reach of the channels": Words("reach of the channels", "上报渠道的触达（相对于平均）"),
    "whether it is news": Words("whether it is news", "是否尚无人上报"),
    "awareness": Words("awareness of what goes on", "对社区事务的知情程度"),
    "reach of deputies": Words("reach of deputies", "代表接待的触达"),
    "days it stands for": Words("reception days it stands for", "相当于几个接待日"),
}
"""What each factor of a probability is."""

UNITS = {"logit": Words("logits", "logit"), "yuan": Words("yuan", "元"), "position": Words("position", "立场")}
"""What the terms of a sum are measured in."""

AGES = {
    AgeBand.CHILD: Words("under 18", "18岁以下"),
    AgeBand.YOUNG: Words("18 to 34", "18–34岁"),
    AgeBand.MIDDLE: Words("35 to 59", "35–59岁"),
    AgeBand.OLD: Words("60 or over", "60岁及以上"),
}


def portrait(row: int, person: Any) -> Words:
    """Who this is: number, sex, age, and whether she rents."""
    age = AGES[AgeBand(person.age_band)]
    en = f"{'a woman' if person.female else 'a man'}, {age.en}, {'tenant' if person.tenant else 'owner'}"
    zh = f"{'女' if person.female else '男'}，{age.zh}，{'租户' if person.tenant else '业主'}"
    party = ("Party member, ", "党员，") if person.party else ("", "")
    return Words(f"Resident {row} ({party[0]}{en})", f"居民{row}（{party[1]}{zh}）")


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
