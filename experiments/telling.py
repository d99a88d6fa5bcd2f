"""What befell a resident and what she did, in words: the occasions and outcomes of a day, in English and Chinese."""

from __future__ import annotations

from typing import Any

from ..agents.resident.reporting import Channel
from ..agents.resident.volunteering import Occasion
from ..agents.resident.voting import Ballot
from ..agents.resident.wording import Words, percent
from ..model.issues import Kind
from .kinds import KIND_LABELS

REPORTED = {
    Channel.NONE: Words("but did not report it", "没有上报"),
    Channel.GRID_WORKER: Words("and told the grid worker", "并告诉了网格员"),
    Channel.HOTLINE: Words("and called the hotline", "并拨打了热线"),
    Channel.QR: Words("and reported it by QR code", "并扫码上报"),
}

CALLED = {
    Occasion.CALL: Words("saw a call for volunteers", "看到志愿服务号召"),
    Occasion.ASKED: Words("was asked by an acquaintance to volunteer", "受熟人邀请参加志愿服务"),
    Occasion.ASKED_FROM_LIST: Words("was asked by organisers to volunteer", "受组织者邀请参加志愿服务"),
    Occasion.ASKED_BY_MEMBER: Words("was asked by a Party member to volunteer", "受党员邀请参加志愿服务"),
    Occasion.ASKED_BY_WORKER: Words("was asked by a grid worker to volunteer", "受网格员邀请参加志愿服务"),
}

VOTED = {
    Ballot.ABSENT: Words("but did not vote", "没有投票"),
    Ballot.YES: Words("and voted for the plan", "投了赞成票"),
    Ballot.NO: Words("and voted against the plan", "投了反对票"),
    Ballot.REFUSED: Words("but refused to vote, being against the plan", "因反对方案而坚决不投票"),
}

CAME = {True: Words("and came", "到了会"), False: Words("but did not come", "没有到会")}
GAVE_NO_TIME = Words("but gave no time", "没有参加")
WENT = {
    True: Words("and went to a deputy's reception with it", "到代表接待日反映了"),
    False: Words("but did not go to the deputy's reception", "没有去代表接待日反映"),
}

NOT_REACHED = {
    "word": Words("but had not heard of the meeting", "却没有听说这次会议"),
    "cadre": Words("but the cadre decides it and asks nobody", "但此事由干部决定，不征求任何人的意见"),
    "council": Words("but only members of the elected council are called", "但只有选举产生的议事会成员才被召集"),
    "lot": Words("but was not among those chosen by lot", "但没有被抽中"),
    "owners": Words(
        "but has no vote, which only one owner of each dwelling has", "但没有投票权（每户只有一名业主投票）"
    ),
}
"""Why a matter that affects a resident passes her by."""


def gave_time(minutes: int) -> Words:
    """How long she volunteered."""
    return Words(f"and gave {minutes} minutes", f"参加了{minutes}分钟")


def place(issue: Any, building: int) -> Words:
    """Where an issue is, seen from a building."""
    apart = abs(issue.building - building)
    if apart == 0:
        return Words("in the own building", "本楼")
    return Words("next door", "邻楼") if apart == 1 else Words("farther away", "较远处")


def matter(issue: Any, building: int, stake: float | None = None) -> Words:
    """What an issue is, where, and how much is at stake."""
    what, where = Words(*KIND_LABELS[Kind(issue.kind)]), place(issue, building)
    weight = ("", "") if stake is None else (f", stake {stake:.2f}", f"，利害程度{stake:.2f}")
    return Words(f"{what.en} ({where.en}{weight[0]})", f"“{what.zh}”（{where.zh}{weight[1]}）")


def met(about: Words, known: bool) -> Words:
    """She came across a problem."""
    news = ("already reported by somebody", "已有人上报") if known else ("not yet reported", "尚无人上报")
    return Words(f"met a problem of {about.en}, {news[0]}", f"遇到{about.zh}的问题，{news[1]}")


def invited(about: Words, by: str) -> Words:
    """She was called to a meeting: by word of mouth, council, lot or notice."""
    en = {
        "word": "had heard of", "council": "was called as a member of the council to", "lot": "was chosen by lot for",
        "notice": "had notice of",
    }  # fmt: skip
    zh = {"word": "听说了", "council": "作为议事会成员被召集参加", "lot": "被抽中参加", "notice": "接到通知，得知"}
    return Words(f"{en[by]} the meeting on {about.en}", f"{zh[by]}关于{about.zh}的议事会")


def passed_by(about: Words) -> Words:
    """Something that affects her was decided."""
    return Words(f"was affected by {about.en}, which was to be decided today", f"受{about.zh}影响，此事当天要作决定")


def heard(chance: float, luck: float) -> Words:
    """How word of a meeting reached her."""
    return Words(
        f"Word of it got there with a probability of {chance:.2f} (draw {luck:.3f}).",
        f"消息传到的概率为{chance:.2f}（随机数{luck:.3f}）。",
    )


def contacts(n_active: int, n_ties: int) -> Words:
    """Whom she has seen volunteering."""
    return Words(
        f"{n_active} of {n_ties} contacts were seen volunteering lately.",
        f"{n_ties}名熟人中有{n_active}名近来参加过志愿服务。",
    )


def paper(about: Words) -> Words:
    """She may vote without a meeting."""
    return Words(f"had a ballot paper on {about.en}", f"收到关于{about.zh}的选票")


def direction(own: float, plan: float, status_quo: float, doubt: float) -> Words:
    """Which way she votes if she does, and why."""
    near, far, yes = abs(plan - own), abs(status_quo - own), abs(status_quo - own) - abs(plan - own) + doubt > 0
    return Words(
        f"The plan lay {near:.2f} from the own position, the status quo {far:.2f}, doubt was {doubt:+.2f}: "
        f"{'for' if yes else 'against'} it.",
        f"方案与自己立场相距{near:.2f}，现状相距{far:.2f}，疑虑{doubt:+.2f}：倾向{'赞成' if yes else '反对'}。",
    )


def refusing(share: float, luck: float) -> Words:
    """Whether an opponent stays away on purpose."""
    return Words(
        f"Opponents refuse with a probability of {share:.2f} where a quorum can fail (draw {luck:.3f}).",
        f"在法定比例可能达不到时，反对者拒绝投票的概率为{share:.2f}（随机数{luck:.3f}）。",
    )


def held(points: int, worth: float) -> Words:
    """The points she could take to the mall."""
    return Words(f"held {points} points, felt to be worth {worth:.2f} yuan", f"持有{points}分，主观上值{worth:.2f}元")


REDEEMED = {
    "served": Words("and took them to the mall", "拿去积分商城兑换了"),
    "donated": Words("and donated them to the community fund", "捐给了社区基金"),
    "empty": Words("and found the mall empty", "去了积分商城却无物可兑"),
    "kept": Words("but kept them", "没有去兑换"),
}
NOT_DRAWN = Words(
    "Nothing is drawn: the trip is made as soon as the balance is felt to be worth more than the trouble.",
    "此处不抽签：只要积分的主观价值超过麻烦，就会去兑换。",
)


def sat(about: Words, others: int, turns: int, minutes: float) -> Words:
    """She was at a meeting."""
    return Words(
        f"was at the meeting on {about.en} with {others} others ({turns} turns of talk, {minutes:.0f} minutes)",
        f"和另外{others}人参加了关于{about.zh}的议事会（共{turns}次发言、{minutes:.0f}分钟）",
    )


def spoke(turns: int, minutes: float) -> Words:
    """How often and how long."""
    if turns == 0:
        return Words("but did not speak", "没有发言")
    times = "once" if turns == 1 else f"{turns} times"
    return Words(f"and spoke {times}, {minutes:.1f} minutes", f"发言{turns}次，共{minutes:.1f}分钟")


def voted_there(about: Words, n_votes: int) -> Words:
    """She voted at a meeting."""
    last = ("", "") if n_votes == 1 else (f" (the last of {n_votes} votes)", f"（{n_votes}次表决中的最后一次）")
    return Words(f"voted on the plan for {about.en}{last[0]}", f"对关于{about.zh}的方案进行表决{last[1]}")


FOR_IT = {True: Words("for it", "赞成"), False: Words("against it", "反对")}
NO_LUCK_IN_VOTES = Words(
    "Nothing else is drawn: whoever is nearer to the plan than to the status quo, give or take the doubt, is for it.",
    "除疑虑外不再抽签：离方案比离现状近（计入疑虑）就赞成。",
)


def outcome_of(about: Words, adopted: bool, by_cadre: bool, outcome: float, own: float) -> Words:
    """What was decided on a matter that affects her."""
    en = "the plan was adopted" if adopted else "things were left as they are"
    zh = "方案通过" if adopted else "维持现状"
    return Words(
        f"had to live with what {'the cadre' if by_cadre else 'residents'} decided on {about.en}: "
        f"{en} (position {outcome:+.2f}, the own {own:+.2f})",
        f"要面对{'干部' if by_cadre else '居民'}关于{about.zh}的决定：{zh}（结果立场{outcome:+.2f}，自己{own:+.2f}）",
    )


def accepts(share: str, share_zh: str) -> Words:
    """How likely she accepts it."""
    return Words(f"and accepts it with a probability of {share}", f"接受的概率为{share_zh}")


CONSENT_IS_NOT_DRAWN = Words(
    "Consent is not drawn: the town reckons with this probability itself, averaged over all who are affected.",
    "同意与否不抽签：模型直接采用这一概率，对所有受影响者取平均。",
)


def unsettled(about: Words) -> Words:
    """She might bring a matter to a deputy."""
    return Words(f"had reported {about.en}, which was still not settled", f"曾上报{about.zh}，至今没有解决")


def nothing(who: Words, day: int, kind: Words, ahead: int | None, last: int) -> Words:
    """She had no such opportunity; when the next will be."""
    en = f"the next is on day {ahead}" if ahead is not None else f"nor has she one until day {last}"
    zh = f"下一次在第{ahead}天" if ahead is not None else f"直到第{last}天也没有"
    if "男" in who.zh:
        en = en.replace("she", "he")
    return Words(f"Day {day}: {who.en} had no {kind.en}; {en}.", f"第{day}天：{who.zh}没有{kind.zh}；{zh}。")


OPPORTUNITY = Words("opportunity to decide anything", "任何需要作决定的机会")
OPPORTUNITIES = {
    "report": Words("opportunity to report", "上报问题的机会"),
    "attend": Words("opportunity to come to a meeting", "参加议事会的机会"),
    "speak": Words("opportunity to speak at a meeting", "在议事会上发言的机会"),
    "vote": Words("opportunity to vote at a meeting", "在议事会上表决的机会"),
    "ballot": Words("ballot paper", "选票"),
    "consent": Words("decision to live with", "要面对的决定"),
    "volunteer": Words("opportunity to volunteer", "参加志愿服务的机会"),
    "redeem": Words("opportunity to redeem points", "兑换积分的机会"),
    "petition": Words("opportunity to petition a deputy", "向代表反映问题的机会"),
}
"""What can be explained, and what it is called."""

PUT_OFF = Words("and the matter was put off", "此事延期再议")


def put_off(about: Words, n_present: int) -> Words:
    """Too few came."""
    return Words(
        f"came to the meeting on {about.en}, but with {n_present} there were too few to decide",
        f"到了关于{about.zh}的议事会，但只来了{n_present}人，人数不够",
    )


def why_so_much(floor: Any, invitee: Any, p: Any) -> tuple[Words, ...]:
    """Why she spoke as much, or as little, as she did."""
    notes = [
        Words(
            f"By claims to the floor {floor.expected:.1f} turns were to be expected: "
            f"{floor.talk:.1f} × as talkative as the mean of those present.",
            f"按争取发言的份额，预期{floor.expected:.1f}次：健谈程度是在场者平均的{floor.talk:.1f}倍。",
        )
    ]
    if floor.in_chair:
        notes.append(Words("Was in the chair.", "担任主持。"))
    if p.turn_limits and floor.n_barred:
        notes.append(
            Words(
                f"Had no turn left for {floor.n_barred} of the turns (limit: {p.turns_limit} of "
                f"{p.minutes_limit:g} minutes per 15).",
                f"有{floor.n_barred}轮因次数限制不能再发言（每15分钟{p.turns_limit}次，每次{p.minutes_limit:g}分钟）。",
            )
        )
    if floor.n_interrupted:
        notes.append(
            Words(
                f"Was interrupted {floor.n_interrupted} times, which took {floor.minutes_lost:.1f} minutes.",
                f"被打断{floor.n_interrupted}次，损失{floor.minutes_lost:.1f}分钟。",
            )
        )
    if invitee.turns > floor.n_taken:
        notes.append(Words("As an opponent was heard before the vote.", "作为反对者，表决前专门听取了意见。"))
    chance = percent(floor.chance), percent(floor.chance, "zh")
    last = Words(
        f"The chance of at least one was {chance[0]}; each turn has a draw of its own.",
        f"至少发言一次的概率为{chance[1]}；每次发言各抽一次签。",
    )
    return (*notes, last)
