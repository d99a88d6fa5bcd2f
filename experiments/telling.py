"""What befell a resident and what she did, in words: the occasions and outcomes of a day, in English and Chinese."""

from __future__ import annotations

from typing import Any

from ..agents.resident.reporting import Channel
from ..agents.resident.volunteering import Occasion
from ..agents.resident.voting import Ballot
from ..agents.resident.wording import percent
from ..model.issues import Kind
from ..words import Words, message, pair
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
    return pair(f"and gave {minutes} minutes", f"参加了{minutes}分钟")


def place(issue: Any, building: int) -> Words:
    """Where an issue is, seen from a building."""
    apart = abs(issue.building - building)
    if apart == 0:
        return message("in the own building")
    return message("next door") if apart == 1 else message("farther away")


def matter(issue: Any, building: int, stake: float | None = None) -> Words:
    """What an issue is, where, and how much is at stake."""
    what, where = pair(*KIND_LABELS[Kind(issue.kind)]), place(issue, building)
    weight = ("", "") if stake is None else (f", stake {stake:.2f}", f"，利害程度{stake:.2f}")
    return pair(f"{what.en} ({where.en}{weight[0]})", f"“{what.zh}”（{where.zh}{weight[1]}）")


def met(about: Words, known: bool) -> Words:
    """She came across a problem."""
    news = ("already reported by somebody", "已有人上报") if known else ("not yet reported", "尚无人上报")
    return pair(f"met a problem of {about.en}, {news[0]}", f"遇到{about.zh}的问题，{news[1]}")


def invited(about: Words, by: str) -> Words:
    """She was called to a meeting: by word of mouth, council, lot or notice."""
    en = {
        "word": "had heard of", "council": "was called as a member of the council to", "lot": "was chosen by lot for",
        "notice": "had notice of",
    }  # fmt: skip
    zh = {"word": "听说了", "council": "作为议事会成员被召集参加", "lot": "被抽中参加", "notice": "接到通知，得知"}
    return pair(f"{en[by]} the meeting on {about.en}", f"{zh[by]}关于{about.zh}的议事会")


def passed_by(about: Words) -> Words:
    """Something that affects her was decided."""
    return pair(f"was affected by {about.en}, which was to be decided today", f"受{about.zh}影响，此事当天要作决定")


def heard(chance: float, luck: float) -> Words:
    """How word of a meeting reached her."""
    return pair(
        f"Word of it got there with a probability of {chance:.2f} (draw {luck:.3f}).",
        f"消息传到的概率为{chance:.2f}（随机数{luck:.3f}）。",
    )


def contacts(n_active: int, n_ties: int) -> Words:
    """Whom she has seen volunteering."""
    return pair(
        f"{n_active} of {n_ties} contacts were seen volunteering lately.",
        f"{n_ties}名熟人中有{n_active}名近来参加过志愿服务。",
    )


def paper(about: Words) -> Words:
    """She may vote without a meeting."""
    return pair(f"had a ballot paper on {about.en}", f"收到关于{about.zh}的选票")


def direction(own: float, plan: float, status_quo: float, doubt: float) -> Words:
    """Which way she votes if she does, and why."""
    near, far, yes = abs(plan - own), abs(status_quo - own), abs(status_quo - own) - abs(plan - own) + doubt > 0
    return pair(
        f"The plan lay {near:.2f} from the own position, the status quo {far:.2f}, doubt was {doubt:+.2f}: "
        f"{'for' if yes else 'against'} it.",
        f"方案与自己立场相距{near:.2f}，现状相距{far:.2f}，疑虑{doubt:+.2f}：倾向{'赞成' if yes else '反对'}。",
    )


def refusing(share: float, luck: float) -> Words:
    """Whether an opponent stays away on purpose."""
    return pair(
        f"Opponents refuse with a probability of {share:.2f} where a quorum can fail (draw {luck:.3f}).",
        f"在法定比例可能达不到时，反对者拒绝投票的概率为{share:.2f}（随机数{luck:.3f}）。",
    )


def held(points: int, worth: float) -> Words:
    """The points she could take to the mall."""
    return pair(f"held {points} points, felt to be worth {worth:.2f} yuan", f"持有{points}分，主观上值{worth:.2f}元")


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
    return pair(
        f"was at the meeting on {about.en} with {others} others ({turns} turns of talk, {minutes:.0f} minutes)",
        f"和另外{others}人参加了关于{about.zh}的议事会（共{turns}次发言、{minutes:.0f}分钟）",
    )


def spoke(turns: int, minutes: float) -> Words:
    """How often and how long."""
    if turns == 0:
        return message("but did not speak")
    times = "once" if turns == 1 else f"{turns} times"
    return pair(f"and spoke {times}, {minutes:.1f} minutes", f"发言{turns}次，共{minutes:.1f}分钟")


def voted_there(about: Words, n_votes: int) -> Words:
    """She voted at a meeting."""
    last = ("", "") if n_votes == 1 else (f" (the last of {n_votes} votes)", f"（{n_votes}次表决中的最后一次）")
    return pair(f"voted on the plan for {about.en}{last[0]}", f"对关于{about.zh}的方案进行表决{last[1]}")


FOR_IT = {True: message("for it"), False: message("against it")}
NO_LUCK_IN_VOTES = message(
    "Nothing else is drawn: whoever is nearer to the plan than to the status quo, give or take the "
    "doubt, is for it."
)


def outcome_of(about: Words, adopted: bool, by_cadre: bool, outcome: float, own: float) -> Words:
    """What was decided on a matter that affects her."""
    en = "the plan was adopted" if adopted else "things were left as they are"
    zh = "方案通过" if adopted else "维持现状"
    return pair(
        f"had to live with what {'the cadre' if by_cadre else 'residents'} decided on {about.en}: "
        f"{en} (position {outcome:+.2f}, the own {own:+.2f})",
        f"要面对{'干部' if by_cadre else '居民'}关于{about.zh}的决定：{zh}（结果立场{outcome:+.2f}，自己{own:+.2f}）",
    )


def accepts(share: str, share_zh: str) -> Words:
    """How likely she accepts it."""
    return pair(f"and accepts it with a probability of {share}", f"接受的概率为{share_zh}")


CONSENT_IS_NOT_DRAWN = message(
    "Consent is not drawn: the town reckons with this probability itself, averaged over all who are affected."
)


def unsettled(about: Words) -> Words:
    """She might bring a matter to a deputy."""
    return pair(f"had reported {about.en}, which was still not settled", f"曾上报{about.zh}，至今没有解决")


def nothing(who: Words, day: int, kind: Words, ahead: int | None, last: int) -> Words:
    """She had no such opportunity; when the next will be."""
    en = f"the next is on day {ahead}" if ahead is not None else f"nor has she one until day {last}"
    zh = f"下一次在第{ahead}天" if ahead is not None else f"直到第{last}天也没有"
    if "男" in who.zh:
        en = en.replace("she", "he")
    return pair(f"Day {day}: {who.en} had no {kind.en}; {en}.", f"第{day}天：{who.zh}没有{kind.zh}；{zh}。")


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
    return pair(
        f"came to the meeting on {about.en}, but with {n_present} there were too few to decide",
        f"到了关于{about.zh}的议事会，但只来了{n_present}人，人数不够",
    )


def why_so_much(floor: Any, invitee: Any, p: Any) -> tuple[Words, ...]:
    """Why she spoke as much, or as little, as she did."""
    notes: list[Words] = [
        pair(
            f"By claims to the floor {floor.expected:.1f} turns were to be expected: "
            f"{floor.talk:.1f} × as talkative as the mean of those present.",
            f"按争取发言的份额，预期{floor.expected:.1f}次：健谈程度是在场者平均的{floor.talk:.1f}倍。",
        )
    ]
    if floor.in_chair:
        notes.append(message("Was in the chair."))
    if p.turn_limits and floor.n_barred:
        notes.append(
            pair(
                f"Had no turn left for {floor.n_barred} of the turns (limit: {p.turns_limit} of "
                f"{p.minutes_limit:g} minutes per 15).",
                f"有{floor.n_barred}轮因次数限制不能再发言（每15分钟{p.turns_limit}次，每次{p.minutes_limit:g}分钟）。",
            )
        )
    if floor.n_interrupted:
        notes.append(
            pair(
                f"Was interrupted {floor.n_interrupted} times, which took {floor.minutes_lost:.1f} minutes.",
                f"被打断{floor.n_interrupted}次，损失{floor.minutes_lost:.1f}分钟。",
            )
        )
    if invitee.turns > floor.n_taken:
        notes.append(message("As an opponent was heard before the vote."))
    chance = percent(floor.chance), percent(floor.chance, "zh")
    last = pair(
        f"The chance of at least one was {chance[0]}; each turn has a draw of its own.",
        f"至少发言一次的概率为{chance[1]}；每次发言各抽一次签。",
    )
    return (*notes, last)
