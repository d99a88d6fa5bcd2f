"""Words for residents, issues and meetings as somebody who clicks on them reads them, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..agents.grid_worker import Tier
from ..agents.resident import AgeBand, Cooperation, Employment
from ..agents.resident.reporting import Channel
from ..agents.resident.wording import Words
from ..experiments.kinds import KIND_LABELS
from ..model.issues import Affected, Cause, Kind, State
from ..model.regime import Convener, Rule
from ..model.ties import TieKind


def both(words: Words) -> dict[str, str]:
    """A text as a record has it."""
    return {"en": words.en, "zh": words.zh}


def capital(text: str) -> str:
    """With a capital letter, and nothing else changed."""
    return text[:1].upper() + text[1:]


def strung(parts: Iterable[Words]) -> Words:
    """Parts of one sentence: "a; b; c."."""
    found = list(parts)
    return Words(capital("; ".join(part.en for part in found)) + ".", "；".join(part.zh for part in found) + "。")


def listed(parts: Iterable[Words]) -> Words:
    """Things one after the other."""
    found = list(parts)
    return Words(", ".join(part.en for part in found), "、".join(part.zh for part in found))


def on_day(day: int) -> Words:
    """A day, said so that one before the first recorded day can be understood."""
    if day < 0:
        return Words(f"{many(-day, 'day', 'days')} before day 0", f"第0天之前{-day}天")
    return Words(f"on day {day}", f"第{day}天")


def times(n: int) -> str:
    """How often."""
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def many(n: int, one: str, several: str) -> str:
    """So many of something."""
    return f"{n:,} {one if n == 1 else several}"


# Residents

TITLES = {
    "volunteer": Words("Volunteering", "志愿服务"),
    "report": Words("Reporting a problem", "上报问题"),
    "attend": Words("Coming to a meeting", "参加议事会"),
    "speak": Words("Speaking there", "在会上发言"),
    "vote": Words("Voting", "投票表决"),
    "consent": Words("Accepting what was decided", "接受决定"),
    "redeem": Words("Redeeming points", "兑换积分"),
    "petition": Words("Petitioning a deputy", "向代表反映问题"),
}
"""What a resident can decide, as a heading."""

TIES = {
    TieKind.HOUSEHOLD: Words("same household", "同住一户"),
    TieKind.STAIRWELL: Words("same stairwell", "同一单元"),
    TieKind.BUILDING: Words("same building", "同一楼栋"),
    TieKind.MICRO_GRID: Words("same micro-grid", "同一微网格"),
    TieKind.INTEREST: Words("shared interest", "兴趣相投"),
    TieKind.GIG: Words("gig work", "同为新就业群体"),
    TieKind.MEETING: Words("met at a meeting", "在议事会上相识"),
}

WORK = {
    Employment.CHILD: Words("child", "未成年"),
    Employment.REGULAR: Words("regular job", "固定工作"),
    Employment.RETIRED: Words("retired", "退休"),
    Employment.GIG: Words("gig worker", "新就业群体（外卖、快递等）"),
    Employment.STUDENT: Words("student", "学生"),
    Employment.OTHER: Words("other", "其他"),
}

WEIGHS = {
    Cooperation.CONDITIONAL: Words("does more if others do", "别人做得多，自己也多做"),
    Cooperation.FREE_RIDER: Words("does less if others do", "别人做得多，自己便少做"),
    Cooperation.UNCONDITIONAL: Words("acts whatever others do", "不论别人做不做"),
}

FACTS = {
    "home": Words("lives in", "住处"),
    "household": Words("household", "家庭人口"),
    "employment": Words("by day", "日常状况"),
    "cooperation": Words("how the deeds of others weigh", "如何看待他人的参与"),
    "spirit": Words("public spirit (0 to 1)", "公益心（0–1）"),
    "efficacy": Words("belief that taking part has an effect (0 to 1)", "相信参与有用（效能感，0–1）"),
    "habit": Words("habit of volunteering (0 to 1)", "志愿服务习惯（0–1）"),
    "points": Words("points held", "持有积分"),
    "listed": Words("on the organisers' list of volunteers", "在组织者的志愿者名单上"),
    "council": Words("has a seat in the elected council", "是选举产生的议事会成员"),
}

YES_OR_NO = {True: Words("yes", "是"), False: Words("no", "否")}


def child(row: int, person: Any) -> Words:
    """Who this is, if she is under 18."""
    return Words(f"Resident {row} ({'a girl' if person.female else 'a boy'}, under 18)",
                 f"居民{row}（{'女' if person.female else '男'}，18岁以下）")  # fmt: skip


def home(person: Any) -> Words:
    """Where somebody lives."""
    return Words(f"building {person.building}, micro-grid {person.micro_grid}",
                 f"{person.micro_grid}号微网格，{person.building}号楼")  # fmt: skip


CHILDREN = Words(
    "Children are counted among the residents, but in this model they decide nothing and have no ties.",
    "未成年人计入居民人数，但在本模型中不作任何决定，也没有熟人关系。",
)


def never(who: Words, kind: Words, last: int) -> Words:
    """She had no such opportunity, and will have none for a while."""
    return Words(f"{who.en} has no {kind.en} from day 0 to day {last}.", f"从第0天到第{last}天，{who.zh}没有{kind.zh}。")


def life_in_short(who: Words, n_ties: int, n_seen: int, done: dict[str, int], last: int) -> Words:
    """Whom she knows and what she did, in a sentence."""
    ways = {
        "act": ("volunteered", "参加志愿服务"), "report": ("reported a problem", "上报问题"),
        "meeting": ("came to a meeting", "参加议事会"), "ballot": ("cast a ballot", "投票"),
        "petition": ("went to a deputy", "向代表反映"), "redeem": ("took points to the mall", "兑换积分"),
    }  # fmt: skip
    ways = {name: way for name, way in ways.items() if done.get(name)}
    did = [Words(f"{en} {times(done[name])}", f"{zh}{done[name]}次") for name, (en, zh) in ways.items()]
    deeds = listed(did) if did else Words("did nothing of what is counted here", "没有参加这里所统计的任何活动")
    seen = (f"{n_seen} of them", f"其中{n_seen}人") if n_seen else ("none of them", "其中无人")
    know = Words(f"knows {many(n_ties, 'person', 'people')}, {seen[0]} seen volunteering lately",
                 f"认识{n_ties}人，{seen[1]}近来参加过志愿服务")  # fmt: skip
    return Words(f"{who.en} {know.en}; from day 0 to day {last}: {deeds.en}.",
                 f"{who.zh}{know.zh}；从第0天到第{last}天：{deeds.zh}。")  # fmt: skip


def nobody_known(who: Words) -> Words:
    """A child, in a sentence."""
    return Words(f"{who.en}. {CHILDREN.en}", f"{who.zh}。{CHILDREN.zh}")


def told_on(about: Words, report: Any) -> Words:
    """A report she made."""
    way = {
        Channel.GRID_WORKER: ("by telling the grid worker", "告诉网格员"), Channel.HOTLINE: ("by the hotline", "拨打热线"),
        Channel.QR: ("by QR code", "扫码"),
    }[Channel(report.channel)]  # fmt: skip
    first = (", the first to do so", "，是第一个上报的人") if report.first else ("", "")
    return Words(f"reported {about.en} {way[0]}{first[0]}", f"{way[1]}，上报了{about.zh}{first[1]}")


def was_at(about: Words, spoke: Words) -> Words:
    """A meeting she came to."""
    return Words(f"came to the meeting on {about.en} {spoke.en}", f"参加了关于{about.zh}的议事会，{spoke.zh}")


def shopped(points: int, donated: bool) -> Words:
    """Points she took to the mall."""
    if donated:
        return Words(f"donated {points:,} points to the community fund", f"把{points:,}分捐给了社区基金")
    return Words(f"redeemed {points:,} points at the mall", f"在积分商城兑换了{points:,}分")


# Issues

STATES = {
    State.LATENT: Words("not reported yet", "尚未上报"),
    State.KNOWN: Words("reported", "已上报"),
    State.QUEUED: Words("waiting for hands", "等待处理"),
    State.ON_AGENDA: Words("on the council's agenda", "等待议事"),
    State.IN_WORK: Words("in work", "处理中"),
    State.ESCALATED: Words("passed up a tier", "已上报上一层级"),
    State.CLOSED_RESOLVED: Words("truly resolved", "真正解决"),
    State.CLOSED_UNRESOLVED: Words("closed on paper, still there", "形式办结，问题仍在"),
    State.REOPENED: Words("reopened", "重新受理"),
    State.FADED: Words("gone away by itself", "自行消失"),
}
"""Where an issue stands."""

TIERS = {
    Tier.MICRO_GRID: Words("the micro-grid", "微网格"),
    Tier.GENERAL_GRID: Words("the general grid", "一般网格"),
    Tier.COMMUNITY: Words("the community", "社区"),
    Tier.SUB_DISTRICT: Words("the sub-district", "街道"),
    Tier.DEPARTMENT: Words("a district department", "区级部门"),
}

CHANNELS = {
    Channel.NONE: Words("–", "–"),
    Channel.GRID_WORKER: Words("told to the grid worker", "告诉网格员"),
    Channel.HOTLINE: Words("hotline", "热线"),
    Channel.QR: Words("QR code", "扫码"),
    Channel.PATROL: Words("found on patrol", "巡查发现"),
}

CAUSES = {
    Cause.BASE: Words("arose", "出现"),
    Cause.SPREAD: Words("arose where disorder was already to be seen", "在已有乱象的地方出现"),
    Cause.RECURRENCE: Words("broke out again", "再次出现"),
}

AFFECTED = {
    Affected.NEIGHBOURS: Words("the neighbours", "邻近居民"),
    Affected.MICRO_GRID: Words("the whole micro-grid", "整个微网格"),
    Affected.GENERAL_GRID_SAMPLE: Words("people all over the general grid", "一般网格内各处的居民"),
}

ISSUE_FACTS = {
    "place": Words("where", "地点"),
    "affects": Words("affects", "影响"),
    "contested": Words("residents disagree on it", "居民意见不一"),
    "channel": Words("first report", "首次上报方式"),
    "reports": Words("reports", "上报次数"),
    "tier": Words("handled by", "办理层级"),
    "staff": Words("staff hours", "工作人员工时（小时）"),
    "volunteers": Words("volunteer hours", "志愿者工时（小时）"),
    "partners": Words("hours of outside partners", "外部伙伴工时（小时）"),
    "left": Words("hours of work left", "尚需工时（小时）"),
    "deadline": Words("deadline of the service standard, working days", "服务标准时限（工作日）"),
    "consent": Words("consent of those affected (0 to 1)", "受影响居民的认同（0–1）"),
    "returns": Words("came back before", "此前复发次数"),
}


def named(kind: int) -> Words:
    """What a kind of issue is called."""
    return Words(*KIND_LABELS[Kind(kind)])


def spot(issue: Any) -> Words:
    """Where an issue is."""
    return Words(f"building {issue.building}, micro-grid {issue.micro_grid}",
                 f"{issue.micro_grid}号微网格，{issue.building}号楼")  # fmt: skip


def came_up(issue: Any) -> Words:
    """How an issue arose."""
    how = CAUSES[Cause(issue.cause)]
    if issue.parent >= 0:
        return Words(f"{how.en} (issue {issue.parent} come back)", f"{how.zh}（议题{issue.parent}复发）")
    return how


def first_told(issue: Any) -> Words:
    """How an issue became known."""
    if issue.reporter < 0:
        return Words("found by a grid worker on patrol", "网格员巡查时发现")
    way = {
        Channel.GRID_WORKER: ("who told the grid worker", "告诉网格员"), Channel.HOTLINE: ("by the hotline", "拨打热线"),
        Channel.QR: ("by QR code", "扫码"),
    }[Channel(issue.channel)]  # fmt: skip
    return Words(f"first reported by resident {issue.reporter}, {way[0]}", f"由居民{issue.reporter}首次上报（{way[1]}）")


def turned_to(state: State, tier: Tier, moved_up: bool) -> Words:
    """A step of an issue's life, as it was in the evening."""
    at = TIERS[tier]
    if moved_up:
        return Words(f"passed up to {at.en}", f"提级到{at.zh}")
    return {
        State.KNOWN: Words("taken down", "已登记"),
        State.QUEUED: Words(f"waits for hands at {at.en}", f"在{at.zh}等待处理"),
        State.ON_AGENDA: Words("put on the council's agenda", "列入议事会议程"),
        State.IN_WORK: Words(f"{at.en} is at work on it", f"{at.zh}开始处理"),
        State.ESCALATED: Words(f"passed up to {at.en}", f"提级到{at.zh}"),
        State.CLOSED_RESOLVED: Words("truly resolved, and closed", "真正解决并办结"),
        State.CLOSED_UNRESOLVED: Words("closed on paper, though it is still there", "形式办结，但问题仍在"),
        State.REOPENED: Words("reopened by its reporter", "上报人要求重新受理"),
        State.FADED: Words("went away by itself", "自行消失"),
        State.LATENT: Words("there, and not reported", "存在而未上报"),
    }[state]


DOCKETED = Words("a deputy took it to a department", "人大代表向主管部门反映")
BROKERED = Words("a partner from outside was found for it", "找到外部伙伴协助")


def n_days(days: int) -> Words:
    """So many days."""
    return Words(many(days, "day", "days"), f"{days}天")


def where_now(issue: Any, day: int, n_met: int) -> Words:
    """Where an issue stands in the evening of a day, and why."""
    at, state = TIERS[Tier(issue.tier)], State(issue.state)
    hours, all_hours = issue.labour_left / 60, issue.labour / 60
    if state == State.LATENT:
        met = Words(f"residents came across it {times(n_met)}", f"居民遇到过{n_met}次") if n_met else Words(
            "no resident has come across it", "还没有居民遇到它")  # fmt: skip
        return Words(f"nobody has reported it, so nobody works on it; {met.en}", f"无人上报，因此无人处理；{met.zh}")
    if state == State.ON_AGENDA:
        waits = n_days(day - issue.on_agenda_since)
        off = Words(f", put off {times(issue.n_deferrals)} because too few came", f"，因到会人数不足延期{issue.n_deferrals}次")
        off = off if issue.n_deferrals else Words("", "")
        return Words(f"residents disagree on it, and it has been waiting for a decision for {waits.en}{off.en}",
                     f"居民意见不一，已等待决定{waits.zh}{off.zh}")  # fmt: skip
    if state == State.IN_WORK and issue.labour_left == 0:
        return Words("the hours of work are spent or set; forms, visits and approvals still take time",
                     "所需工时已投入或已排定；表格、走访和审批仍需时间")  # fmt: skip
    if state in (State.QUEUED, State.KNOWN, State.ESCALATED, State.REOPENED) and issue.labour_left == 0:
        return Words(f"it lies on a desk at {at.en}: its turn, forms, visits and approvals take time",
                     f"已交{at.zh}：排队、表格、走访和审批需要时间")  # fmt: skip
    if state in (State.QUEUED, State.KNOWN, State.ESCALATED, State.REOPENED):
        return Words(f"it waits for hands at {at.en}: {hours:.1f} of {all_hours:.1f} hours of work are left",
                     f"在{at.zh}等待处理：还剩{hours:.1f}小时工作（共{all_hours:.1f}小时）")  # fmt: skip
    if state == State.IN_WORK:
        return Words(f"{at.en} is at work on it: {hours:.1f} of {all_hours:.1f} hours are left",
                     f"{at.zh}正在处理：还剩{hours:.1f}小时（共{all_hours:.1f}小时）")  # fmt: skip
    if state == State.CLOSED_RESOLVED:
        took = n_days(issue.resolved_day - issue.born)
        return Words(f"it was truly resolved on day {issue.resolved_day}, {took.en} after it arose",
                     f"第{issue.resolved_day}天真正解决，距出现{took.zh}")  # fmt: skip
    if state == State.CLOSED_UNRESOLVED:
        return Words(
            f"it was closed on paper on day {issue.closed_day}, as it could not be done in time, and is "
            + ("still there" if issue.visible else "no longer to be seen"),
            f"因无法按时完成，第{issue.closed_day}天形式办结，" + ("问题仍在" if issue.visible else "现已看不到"),
        )
    return Words("it went away by itself before anybody reported it", "无人上报，已自行消失")


# Meetings

RULES = {
    Rule.CADRE: Words("the cadre decides", "干部决定"),
    Rule.MAJORITY: Words("a meeting, decided by the votes of those present", "议事会，由到会者表决"),
    Rule.RESIDENTS_MEETING: Words("a residents' meeting under the law", "法定居民会议"),
    Rule.OWNERS: Words("a ballot of the owners, with the double quorum of the law", "业主书面表决（法定双过半参与）"),
    Rule.BALLOT: Words("a ballot of all affected, without a meeting", "受影响居民直接投票，不开会"),
}
"""How a matter is decided."""

CHAIRS = {
    Convener.ELECTED_RESIDENT: Words("a resident elected to the chair", "推选的居民主持"),
    Convener.PARTY_SECRETARY: Words("the Party secretary", "党组织书记"),
    Convener.SOCIAL_WORKER: Words("a social worker", "社工"),
    Convener.ROTATING: Words("residents in turn", "居民轮流主持"),
}

PARTS = {
    "equal": Words("speaking time was equal", "发言时间均等"),
    "room": Words("the chair left room for others", "主持人给他人留出余地"),
    "heard": Words("opponents spoke", "反对者发了言"),
    "voted": Words("opponents voted", "反对者投了票"),
    "silent": Words("nobody speaks in a ballot: 0.5 each for speaking time and chair", "投票无人发言：发言时间与主持各计0.5"),
    "decreed": Words("decided without residents", "居民未参与决定"),
}
"""What fairness is made of."""

GROUPS = {
    "all": Words("all affected", "所有受影响者"),
    "winners": Words("for the first plan at the beginning", "起初支持方案者"),
    "losers": Words("against it at the beginning", "起初反对方案者"),
}


def person_in_seat(seat: Any, age: int | None, tenant: bool, in_chair: bool) -> Words:
    """Who somebody at a meeting is, in short."""
    if seat.resident < 0:
        return Words("owner who lives elsewhere", "不住本小区的业主")
    ages = {
        AgeBand.YOUNG: ("18 to 34", "18–34岁"), AgeBand.MIDDLE: ("35 to 59", "35–59岁"), AgeBand.OLD: ("60+", "60岁以上"),
    }  # fmt: skip
    of_age = ages[AgeBand(age)] if age is not None else ("", "")
    chair = (", in the chair", "，主持") if in_chair else ("", "")
    return Words(
        f"Resident {seat.resident} ({'woman' if seat.female else 'man'}, {of_age[0]}, "
        f"{'tenant' if tenant else 'owner'}{chair[0]})",
        f"居民{seat.resident}（{'女' if seat.female else '男'}，{of_age[1]}，{'租户' if tenant else '业主'}{chair[1]}）",
    )


OUTSIDE_CHAIR = Words("the chair, who is none of the residents", "主持人（非居民）")


def ended(row: Any) -> Words:
    """How it ended."""
    if row.deferred:
        return Words("put off, as too few came", "因人数不足延期")
    if row.overridden:
        return Words("the cadre adopted the first plan against the vote", "干部未采纳表决结果，通过了初始方案")
    if row.rule == Rule.CADRE:
        return Words("the plan was adopted by the cadre", "干部通过了方案")
    if row.rule == Rule.OWNERS and not row.rule_met:
        return Words("the quorum of the law was missed, so things stay as they are", "未达到法定比例，维持现状")
    if row.adopted:
        return Words("the plan was adopted", "方案通过")
    return Words("the plan was rejected, so things stay as they are", "方案被否决，维持现状")


def meeting_in_short(row: Any, about: Words, n_votes: int) -> Words:
    """A decision in a sentence."""
    parts = [Words(f"day {row.day}, {about.en}: {RULES[Rule(row.rule)].en}",
                   f"第{row.day}天，{about.zh}：{RULES[Rule(row.rule)].zh}")]  # fmt: skip
    if row.rule in (Rule.MAJORITY, Rule.RESIDENTS_MEETING):
        parts.append(Words(f"{row.n_attending} came of {row.n_affected} affected",
                           f"受影响{row.n_affected}人，到会{row.n_attending}人"))  # fmt: skip
        if not row.deferred:
            parts.append(Words(f"{row.minutes:.0f} minutes of talk, {100 * row.share_yes:.0f} % in favour",
                               f"讨论{row.minutes:.0f}分钟，赞成{100 * row.share_yes:.0f}%"))  # fmt: skip
        if row.n_amendments + row.n_accommodations and not row.deferred:
            n = row.n_amendments + row.n_accommodations
            parts.append(Words(f"the plan was amended {times(n)}", f"方案修改{n}次"))
    elif row.rule != Rule.CADRE:
        parts.append(Words(f"{many(n_votes, 'ballot was', 'ballots were')} cast, {100 * row.share_yes:.0f} % in favour",
                           f"投票{n_votes}张，赞成{100 * row.share_yes:.0f}%"))  # fmt: skip
    parts.append(ended(row))
    if not row.deferred:
        parts.append(Words(f"those affected accept it with a mean probability of {row.consent:.2f}",
                           f"受影响居民平均以{row.consent:.2f}的概率接受"))  # fmt: skip
    return strung(parts)
