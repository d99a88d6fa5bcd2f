"""Words for residents, issues and meetings as somebody who clicks on them reads them, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..agents.grid_worker import Tier
from ..agents.resident import AgeBand, Cooperation, Employment
from ..agents.resident.reporting import Channel
from ..experiments.kinds import KIND_LABELS
from ..model.issues import Affected, Cause, Kind, State
from ..model.regime import Convener, Rule
from ..model.ties import TieKind
from ..words import Words, message, message_in, pair


def both(words: Words) -> dict[str, str]:
    """A text as a record has it."""
    return {"en": words.en, "zh": words.zh}


def capital(text: str) -> str:
    """With a capital letter, and nothing else changed."""
    return text[:1].upper() + text[1:]


def strung(parts: Iterable[Words]) -> Words:
    """Parts of one sentence: "a; b; c."."""
    found = list(parts)
    return pair(capital("; ".join(part.en for part in found)) + ".", "；".join(part.zh for part in found) + "。")


def listed(parts: Iterable[Words]) -> Words:
    """Things one after the other."""
    found = list(parts)
    return pair(", ".join(part.en for part in found), "、".join(part.zh for part in found))


def on_day(day: int) -> Words:
    """A day, said so that one before the first recorded day can be understood."""
    if day < 0:
        return pair(f"{many(-day, 'day', 'days')} before day 0", f"第0天之前{-day}天")
    return pair(f"on day {day}", f"第{day}天")


def times(n: int) -> str:
    """How often."""
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def many(n: int, one: str, several: str) -> str:
    """So many of something."""
    return f"{n:,} {one if n == 1 else several}"


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
    return pair(f"Resident {row} ({'a girl' if person.female else 'a boy'}, under 18)",
                 f"居民{row}（{'女' if person.female else '男'}，18岁以下）")  # fmt: skip


def home(person: Any) -> Words:
    """Where somebody lives."""
    return pair(f"building {person.building}, micro-grid {person.micro_grid}",
                 f"{person.micro_grid}号微网格，{person.building}号楼")  # fmt: skip


CHILDREN = message("Children are counted among the residents, but in this model they decide nothing and have no ties.")


def never(who: Words, kind: Words, last: int) -> Words:
    """She had no such opportunity, and will have none for a while."""
    return pair(f"{who.en} has no {kind.en} from day 0 to day {last}.", f"从第0天到第{last}天，{who.zh}没有{kind.zh}。")


def life_in_short(who: Words, n_ties: int, n_seen: int, done: dict[str, int], last: int) -> Words:
    """Whom she knows and what she did, in a sentence."""
    ways = {
        "act": ("volunteered", "参加志愿服务"), "report": ("reported a problem", "上报问题"),
        "meeting": ("came to a meeting", "参加议事会"), "ballot": ("cast a ballot", "投票"),
        "petition": ("went to a deputy", "向代表反映"), "redeem": ("took points to the mall", "兑换积分"),
    }  # fmt: skip
    ways = {name: way for name, way in ways.items() if done.get(name)}
    did = [pair(f"{en} {times(done[name])}", f"{zh}{done[name]}次") for name, (en, zh) in ways.items()]
    deeds = listed(did) if did else message("did nothing of what is counted here")
    seen = (f"{n_seen} of them", f"其中{n_seen}人") if n_seen else ("none of them", "其中无人")
    know = pair(f"knows {many(n_ties, 'person', 'people')}, {seen[0]} seen volunteering lately",
                 f"认识{n_ties}人，{seen[1]}近来参加过志愿服务")  # fmt: skip
    return pair(f"{who.en} {know.en}; from day 0 to day {last}: {deeds.en}.",
                 f"{who.zh}{know.zh}；从第0天到第{last}天：{deeds.zh}。")  # fmt: skip


def nobody_known(who: Words) -> Words:
    """A child, in a sentence."""
    return pair(f"{who.en}. {CHILDREN.en}", f"{who.zh}。{CHILDREN.zh}")


def told_on(about: Words, report: Any) -> Words:
    """A report she made."""
    way = {
        Channel.GRID_WORKER: ("by telling the grid worker", "告诉网格员"), Channel.HOTLINE: ("by the hotline", "拨打热线"),
        Channel.QR: ("by QR code", "扫码"),
    }[Channel(report.channel)]  # fmt: skip
    first = (", the first to do so", "，是第一个上报的人") if report.first else ("", "")
    return pair(f"reported {about.en} {way[0]}{first[0]}", f"{way[1]}，上报了{about.zh}{first[1]}")


def was_at(about: Words, spoke: Words) -> Words:
    """A meeting she came to."""
    return pair(f"came to the meeting on {about.en} {spoke.en}", f"参加了关于{about.zh}的议事会，{spoke.zh}")


def shopped(points: int, donated: bool) -> Words:
    """Points she took to the mall."""
    if donated:
        return pair(f"donated {points:,} points to the community fund", f"把{points:,}分捐给了社区基金")
    return pair(f"redeemed {points:,} points at the mall", f"在积分商城兑换了{points:,}分")


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
    return pair(f"building {issue.building}, micro-grid {issue.micro_grid}",
                 f"{issue.micro_grid}号微网格，{issue.building}号楼")  # fmt: skip


def came_up(issue: Any) -> Words:
    """How an issue arose."""
    how = CAUSES[Cause(issue.cause)]
    if issue.parent >= 0:
        return pair(f"{how.en} (issue {issue.parent} come back)", f"{how.zh}（议题{issue.parent}复发）")
    return how


def first_told(issue: Any) -> Words:
    """How an issue became known."""
    if issue.reporter < 0:
        return message("found by a grid worker on patrol")
    way = {
        Channel.GRID_WORKER: ("who told the grid worker", "告诉网格员"), Channel.HOTLINE: ("by the hotline", "拨打热线"),
        Channel.QR: ("by QR code", "扫码"),
    }[Channel(issue.channel)]  # fmt: skip
    return pair(f"first reported by resident {issue.reporter}, {way[0]}", f"由居民{issue.reporter}首次上报（{way[1]}）")


def turned_to(state: State, tier: Tier, moved_up: bool) -> Words:
    """A step of an issue's life, as it was in the evening."""
    at = TIERS[tier]
    if moved_up:
        return pair(f"passed up to {at.en}", f"提级到{at.zh}")
    return {
        State.KNOWN: message("taken down"),
        State.QUEUED: pair(f"waits for hands at {at.en}", f"在{at.zh}等待处理"),
        State.ON_AGENDA: message("put on the council's agenda"),
        State.IN_WORK: pair(f"{at.en} is at work on it", f"{at.zh}开始处理"),
        State.ESCALATED: pair(f"passed up to {at.en}", f"提级到{at.zh}"),
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
    return pair(many(days, "day", "days"), f"{days}天")


def where_now(issue: Any, day: int, n_met: int) -> Words:
    """Where an issue stands in the evening of a day, and why."""
    at, state = TIERS[Tier(issue.tier)], State(issue.state)
    hours, all_hours = issue.labour_left / 60, issue.labour / 60
    if state == State.LATENT:
        met = pair(f"residents came across it {times(n_met)}", f"居民遇到过{n_met}次") if n_met else message(
            "no resident has come across it"
        )
        return pair(f"nobody has reported it, so nobody works on it; {met.en}", f"无人上报，因此无人处理；{met.zh}")
    if state == State.ON_AGENDA:
        waits = n_days(day - issue.on_agenda_since)
        off = pair(f", put off {times(issue.n_deferrals)} because too few came", f"，因到会人数不足延期{issue.n_deferrals}次")
        off = off if issue.n_deferrals else pair("", "")
        return pair(f"residents disagree on it, and it has been waiting for a decision for {waits.en}{off.en}",
                     f"居民意见不一，已等待决定{waits.zh}{off.zh}")  # fmt: skip
    if state == State.IN_WORK and issue.labour_left == 0:
        return message("the hours of work are spent or set; forms, visits and approvals still take time")  # fmt: skip
    if state in (State.QUEUED, State.KNOWN, State.ESCALATED, State.REOPENED) and issue.labour_left == 0:
        return pair(f"it lies on a desk at {at.en}: its turn, forms, visits and approvals take time",
                     f"已交{at.zh}：排队、表格、走访和审批需要时间")  # fmt: skip
    if state in (State.QUEUED, State.KNOWN, State.ESCALATED, State.REOPENED):
        return pair(f"it waits for hands at {at.en}: {hours:.1f} of {all_hours:.1f} hours of work are left",
                     f"在{at.zh}等待处理：还剩{hours:.1f}小时工作（共{all_hours:.1f}小时）")  # fmt: skip
    if state == State.IN_WORK:
        return pair(f"{at.en} is at work on it: {hours:.1f} of {all_hours:.1f} hours are left",
                     f"{at.zh}正在处理：还剩{hours:.1f}小时（共{all_hours:.1f}小时）")  # fmt: skip
    if state == State.CLOSED_RESOLVED:
        took = n_days(issue.resolved_day - issue.born)
        return pair(f"it was truly resolved on day {issue.resolved_day}, {took.en} after it arose",
                     f"第{issue.resolved_day}天真正解决，距出现{took.zh}")  # fmt: skip
    if state == State.CLOSED_UNRESOLVED:
        return pair(
            f"it was closed on paper on day {issue.closed_day}, as it could not be done in time, and is "
            + ("still there" if issue.visible else "no longer to be seen"),
            f"因无法按时完成，第{issue.closed_day}天形式办结，" + ("问题仍在" if issue.visible else "现已看不到"),
        )
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
    ages = {
        AgeBand.YOUNG: ("18 to 34", "18–34岁"), AgeBand.MIDDLE: ("35 to 59", "35–59岁"), AgeBand.OLD: ("60+", "60岁以上"),
    }  # fmt: skip
    of_age = ages[AgeBand(age)] if age is not None else ("", "")
    chair = (", in the chair", "，主持") if in_chair else ("", "")
    return pair(
        f"Resident {seat.resident} ({'woman' if seat.female else 'man'}, {of_age[0]}, "
        f"{'tenant' if tenant else 'owner'}{chair[0]})",
        f"居民{seat.resident}（{'女' if seat.female else '男'}，{of_age[1]}，{'租户' if tenant else '业主'}{chair[1]}）",
    )


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
    parts: list[Words] = [pair(f"day {row.day}, {about.en}: {RULES[Rule(row.rule)].en}",
                   f"第{row.day}天，{about.zh}：{RULES[Rule(row.rule)].zh}")]  # fmt: skip
    if row.rule in (Rule.MAJORITY, Rule.RESIDENTS_MEETING):
        parts.append(pair(f"{row.n_attending} came of {row.n_affected} affected",
                           f"受影响{row.n_affected}人，到会{row.n_attending}人"))  # fmt: skip
        if not row.deferred:
            parts.append(pair(f"{row.minutes:.0f} minutes of talk, {100 * row.share_yes:.0f} % in favour",
                               f"讨论{row.minutes:.0f}分钟，赞成{100 * row.share_yes:.0f}%"))  # fmt: skip
        if row.n_amendments + row.n_accommodations and not row.deferred:
            n = row.n_amendments + row.n_accommodations
            parts.append(pair(f"the plan was amended {times(n)}", f"方案修改{n}次"))
    elif row.rule != Rule.CADRE:
        parts.append(pair(f"{many(n_votes, 'ballot was', 'ballots were')} cast, {100 * row.share_yes:.0f} % in favour",
                           f"投票{n_votes}张，赞成{100 * row.share_yes:.0f}%"))  # fmt: skip
    parts.append(ended(row))
    if not row.deferred:
        parts.append(pair(f"those affected accept it with a mean probability of {row.consent:.2f}",
                           f"受影响居民平均以{row.consent:.2f}的概率接受"))  # fmt: skip
    return strung(parts)
