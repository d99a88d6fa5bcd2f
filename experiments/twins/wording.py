"""What two lives of a town differ in, in words: happenings, steps of the day, and what they do, in two languages."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...agents.core.field import fields_of
from ...agents.resident.wording import Words
from ...model import world as worlds
from ...model.issues import Kind, State
from ...model.spec import Spec
from ...model.world import ENTITIES
from ...scenarios.contradictions import value_of
from ..kinds import KIND_LABELS
from .lives import Pair
from .mixing import HERE, NUMBER
from .naming import NAMED_BY, NO_ISSUE, ORDER, Cell, row_named

HAPPENED = {
    "reported": Words("reported a problem", "上报问题"),
    "came": Words("came to a meeting", "到会"),
    "voted": Words("cast a ballot", "投票"),
    "volunteered": Words("volunteered", "参加志愿服务"),
    "kept_duty": Words("kept a Party member's obligation", "履行党员义务"),
    "petitioned": Words("went to a deputy's reception", "向代表反映"),
    "redeemed": Words("redeemed points", "兑换积分"),
    "donated": Words("donated points", "捐赠积分"),
    "met": Words("came upon a problem", "遇见问题"),
    "called": Words("was called to volunteer", "被召集参加志愿服务"),
    "heard": Words("heard of a meeting", "得知开会"),
    "told": Words("was called on by a Party member", "党员上门走访"),
    "learned": Words("learned whether taking part has an effect", "体会到参与是否有用"),
    "praised": Words("was praised", "受到表扬"),
    "won": Words("won a contest", "评比获奖"),
    "arose": Words("arose", "发生"),
    "faded": Words("went away by itself", "自行消失"),
    "known": Words("became known", "被发现"),
    "tabled": Words("came on the council's agenda", "列入议程"),
    "refused": Words("was refused by the agenda's filter", "未被列入议程"),
    "deferred": Words("was put off", "延期"),
    "decided": Words("was decided", "作出决定"),
    "climbed": Words("climbed a tier", "逐级上报"),
    "resolved": Words("was truly resolved", "真正解决"),
    "closed_on_paper": Words("was closed without being resolved", "形式办结，问题仍在"),
    "reopened": Words("was reopened", "重新启动"),
    "docketed": Words("was taken to a department by a deputy", "由代表提交部门"),
    "brokered": Words("found an outside partner", "引入外部力量"),
}
"""What happens to residents and issues."""

STEPS = {
    "offer": Words("the terms of the day", "当日条件"),
    "arise": Words("issues arise", "问题发生"),
    "shift": Words("staff begin their day", "工作人员上岗"),
    "patrol": Words("patrol", "巡查"),
    "report": Words("residents come upon issues and report", "居民遇见并上报"),
    "route": Words("cases are routed", "分派"),
    "filter": Words("the agenda is filtered", "议程筛选"),
    "convene": Words("meetings are called", "召集会议"),
    "attend": Words("residents come, or stay away", "居民到会与否"),
    "vote": Words("ballots", "投票"),
    "deliberate": Words("meetings talk and decide", "议事与决定"),
    "carry_out": Words("decisions are carried out", "落实决定"),
    "lessons": Words("residents learn from decisions", "居民从决定中得出看法"),
    "bond": Words("those who meet get to know each other", "在会上结识"),
    "visit": Words("Party members call on households", "党员走访"),
    "duty": Words("Party members' obligations", "党员义务"),
    "call": Words("residents are called to volunteer", "召集志愿者"),
    "volunteer": Words("residents volunteer, or not", "居民参加志愿服务与否"),
    "enlist": Words("organisers enter volunteers on their list", "组织者登记志愿者"),
    "work": Words("staff work on cases", "工作人员办理"),
    "climb": Words("cases climb", "案件上报上级"),
    "close": Words("cases are closed", "办结"),
    "reopen": Words("reporters look again", "上报人复查"),
    "contests": Words("points and contests", "积分与评比"),
    "mall": Words("the points mall", "积分商城"),
    "praise": Words("praise", "表扬"),
    "receive": Words("deputies' reception day", "代表接待日"),
    "docket": Words("deputies take matters up", "代表提交部门"),
    "broker": Words("outside partners are looked for", "寻找外部力量"),
    "hear_back": Words("petitioners hear back", "反映人得到答复"),
    "learn": Words("reporters learn what became of it", "上报人得知结果"),
    "night": Words("the day ends", "当日结束"),
}
"""The steps of a day."""

HELD_THERE = {
    ("invitees", "comes"): Words("comes to the meeting", "到会"),
    ("invitees", "heard"): Words("has heard of the meeting", "得知开会"),
    ("invitees", "ballot"): Words("ballot", "选票"),
    ("invitees", "polled"): Words("has a ballot paper", "持有选票"),
    ("invitees", "position"): Words("position after the talk", "讨论后的立场"),
    ("invitees", ""): Words("is called to the meeting", "被召集到会"),
    ("invitations", "acted"): Words("volunteers", "参加志愿服务"),
    ("invitations", ""): Words("is called to volunteer", "被召集"),
    ("meetings", ""): Words("a meeting is held on it", "就此开会"),
    ("meetings", "rule"): Words("who decides", "由谁决定"),
    ("meetings", "adopted"): Words("the plan is adopted", "方案通过"),
    ("meetings", "fairness"): Words("fairness of the procedure", "程序公正"),
    ("issues", ""): Words("is there", "存在"),
    ("issues", "state"): Words("where it stands", "状态"),
    ("issues", "decided"): Words("is decided", "已决定"),
    ("issues", "plan_adopted"): Words("decided for the plan", "决定采纳方案"),
    ("issues", "finish"): Words("when it will be done", "预计完成"),
    ("issues", "labour_left"): Words("work left", "剩余工作量"),
    ("issues", "closed_day"): Words("day of closing", "办结日"),
    ("issues", "resolved_day"): Words("day of true resolution", "真正解决日"),
    ("issues", "recurs_day"): Words("day it comes back", "再次发生日"),
    ("issues", "detected"): Words("day of first report", "首次上报日"),
    ("issues", "on_agenda_since"): Words("day it came on the agenda", "列入议程日"),
    ("issues", "n_reopenings"): Words("times reopened", "重启次数"),
    ("issues", "n_deferrals"): Words("times put off", "延期次数"),
    ("issues", "docketed"): Words("day a deputy took it up", "代表提交日"),
    ("issues", "visible"): Words("there for all to see", "可见"),
    ("issues", "since"): Words("start of its clock", "计时起点"),
    ("latent", ""): Words("lies undetected", "尚未发现"),
    ("noticings", ""): Words("notices it", "注意到"),
    ("reports", ""): Words("reports it", "上报"),
    ("reports", "learned"): Words("has learned what became of it", "得知结果"),
    ("petitions", ""): Words("brings it to a deputy", "向代表反映"),
    ("cases", ""): Words("is an open case", "为未结案件"),
    ("listed", ""): Words("is on the organisers' list", "在组织者名单上"),
    ("residents", "efficacy"): Words("belief that taking part has an effect", "效能感"),
    ("residents", "habit"): Words("habit of volunteering", "志愿习惯"),
    ("residents", "last_act"): Words("day of the last act", "最近一次志愿服务日"),
    ("residents", "on_list"): Words("is on the list of known volunteers", "在志愿者名单上"),
    ("residents", "told_day"): Words("day of the last genuine visit", "最近一次有效走访日"),
    ("members", "met"): Words("households called on", "已走访户数"),
    ("members", "next_visit"): Words("next visit", "下次走访"),
    ("micro_grids", "volunteer_minutes"): Words("volunteers' work at hand", "可用志愿工时"),
    ("tiers", "asked"): Words("work asked of this tier", "该层级的工作量"),
    ("ties", ""): Words("whom she or he knows", "认识的人"),
    (HERE, "visibility"): Words("how far acts are seen", "行为的可见度"),
    (HERE, "visiting"): Words("who is visited today", "今日走访对象"),
    (HERE, "task_yuan"): Words("what an hour is worth", "每小时价值"),
}  # fmt: skip
"""What is held in a cell. Others are called as in the data dictionary, table.field."""

STANDS = {
    State.LATENT: Words("not yet detected", "尚未发现"),
    State.KNOWN: Words("known", "已发现"),
    State.QUEUED: Words("waiting for hands", "等待处理"),
    State.IN_WORK: Words("in work", "处理中"),
    State.ON_AGENDA: Words("on the agenda", "等待议事"),
    State.ESCALATED: Words("passed up", "已上报上级"),
    State.REOPENED: Words("reopened", "已重启"),
    State.CLOSED_RESOLVED: Words("closed, truly resolved", "办结，真正解决"),
    State.CLOSED_UNRESOLVED: Words("closed, still there", "形式办结，问题仍在"),
    State.FADED: Words("gone by itself", "自行消失"),
}
"""Where an issue stands."""

AND_MORE = Words("and {n} more", "等另外{n}项")
ABSENT = Words("no", "无")
YES = Words("yes", "是")
NO = Words("no", "否")
MOST_NAMED = 3
"""Of so many things that a difference took, each is named."""


class Namer(NamedTuple):
    """What things are called in two towns at their last evening."""

    last: Pair
    specs: tuple[Spec, Spec]
    lang: str

    def pick(self, words: Words) -> str:
        """In the language of the reader."""
        return words.told(self.lang)

    def resident(self, row: int) -> str:
        """A resident, as `linli explain` numbers them."""
        return f"居民{row}" if self.lang == "zh" else f"resident {row}"

    def issue(self, luck: int) -> str:
        """An issue: its kind, its building, and the day it arose."""
        for world in self.last:
            row = row_named(world, "issues", (luck,))
            if row >= 0:
                about = worlds.table(world, "issues")[row]
                kind = KIND_LABELS[Kind(int(about["kind"]))]
                if self.lang == "zh":
                    return f"议题“{kind[1]}”({about['building']}号楼，第{about['born']}天)"
                return f"issue “{kind[0]}” (building {about['building']}, day {about['born']})"
        return f"议题{luck}" if self.lang == "zh" else f"issue {luck}"

    def of(self, cell: Cell) -> str:
        """What a cell belongs to."""
        if cell.table == NUMBER:
            return ""
        if cell.table == "issues":
            return self.issue(cell.name[0])
        if cell.table in ("residents", "ties"):
            return self.resident(cell.name[0])
        if cell.table == "members":
            return self.resident(int(self.last.a.members["resident"][cell.name[0]]))
        named = dict(zip(NAMED_BY.get(cell.table, ()), cell.name, strict=False))
        found = [self.resident(named["resident"])] if named.get("resident", -1) >= 0 else []
        about = named.get("issue", named.get("meeting", NO_ISSUE))
        return (", " if self.lang == "en" else "，").join(found + ([self.issue(about)] if about != NO_ISSUE else []))

    def what(self, cell: Cell) -> str:
        """What a cell says of it."""
        if cell.table == NUMBER:
            a, b = (value_of(spec, cell.name[0]) for spec in self.specs)
            return f"{cell.name[0]} ({self.value(cell, a)} | {self.value(cell, b)})"
        field = cell.field if cell.table != HERE or cell.field else str(cell.name[0])
        if (cell.table, field) in HELD_THERE:
            return self.pick(HELD_THERE[cell.table, field])
        if cell.field == ORDER or not field:
            return cell.table
        return f"{cell.table}.{field}"

    def thing(self, cell: Cell) -> str:
        """Both together."""
        return ": ".join(filter(None, (self.of(cell), self.what(cell)))).replace(": ", "：" if self.lang == "zh" else ": ")

    def value(self, cell: Cell, held: Any) -> str:
        """What it holds, to be read."""
        if held is None:
            return self.pick(ABSENT)
        if isinstance(held, tuple):
            return self.value(cell, held[0]) if held and cell.table == "residents" else "…"
        if isinstance(held, bool):
            return self.pick(YES if held else NO)
        codes = fields_of(ENTITIES[cell.table])[cell.field].codes if cell.table in ENTITIES and cell.field else None
        if codes is State:
            return self.pick(STANDS[State(int(held))])
        if codes is not None:
            return codes(int(held)).name.lower().replace("_", " ")  # type: ignore[no-any-return]
        if isinstance(held, float):
            return "–" if held >= 1e8 else f"{held:.3g}"
        return "–" if held in (30_000, -30_000) else str(held)

    def because(self, needed: tuple[Cell, ...]) -> str:
        """What a difference took: numbers of the scenarios first, then what else was not alike."""
        cells = sorted(needed, key=lambda cell: cell.table != NUMBER)
        told = [self.thing(cell) for cell in cells[:MOST_NAMED]]
        more = [self.pick(AND_MORE).format(n=len(cells) - MOST_NAMED)] if len(cells) > MOST_NAMED else []
        return ("；" if self.lang == "zh" else "; ").join(told + more)
