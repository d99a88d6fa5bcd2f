"""Outcomes: what a run is judged by, each declared once, and computed from the recorded days (day 0 and later)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..model import world as worlds
from ..model.measures import DAYS_YEAR
from ..model.regime import Rule
from ..model.spec import Spec
from ..model.world import World

GROUPS = {
    "participation": "参与",
    "issues": "议题",
    "deliberation": "议事",
    "incentives": "激励",
    "cost": "成本",
}
"""The groups of outcomes, in the order of the tables, with their Chinese names."""

UNITS_ZH = {
    "% of residents": "占居民 %",
    "% of earlier volunteers": "占此前志愿者 %",
    "% of closed": "占办结 %",
    "% of decisions": "占决定 %",
    "acts": "次",
    "acts per resident": "次/人",
    "0 to 1": "0–1",
    "issues": "件",
    "times": "次",
    "reports": "次",
    "cases": "件",
    "working days": "工作日",
    "days": "天",
    "meetings": "次",
    "residents": "人",
    "min": "分钟",
    "h": "小时",
    "points": "积分",
    "yuan": "元",
    "yuan per case": "元/件",
}


class Outcome(NamedTuple):
    """One number a run is judged by. `better` is 1 where more is better, −1 where less is, 0 where neither."""

    name: str
    group: str
    unit: str
    digits: int
    better: int
    main: bool
    label: str
    label_zh: str
    meaning: str
    meaning_zh: str


def _in_group(group: str, *rows: tuple[Any, ...]) -> list[Outcome]:
    return [Outcome(row[0], group, *row[1:]) for row in rows]


_ALL = [
    *_in_group(
        "participation",
        ("share_active_30", "% of residents", 2, 1, False, "active in the last 30 days", "近30天活跃比例",
         "residents who volunteered in the 30 days before the end", "期末前30天内参加过志愿服务的居民"),
        ("share_active_90", "% of residents", 2, 1, False, "active in the last 90 days", "近90天活跃比例",
         "residents who volunteered in the 90 days before the end", "期末前90天内参加过志愿服务的居民"),
        ("share_active_365", "% of residents", 2, 1, True, "active in the last 365 days", "近365天活跃比例",
         "residents who volunteered in the 365 days before the end", "期末前365天内参加过志愿服务的居民"),
        ("n_acts", "acts", 0, 1, False, "acts of volunteering", "志愿服务次数",
         "times a resident gave her time", "居民参加志愿服务的总次数"),
        ("acts_per_resident", "acts per resident", 3, 1, True, "acts per resident", "人均志愿服务次数",
         "acts of volunteering per resident, children counted", "志愿服务次数除以居民数(含儿童)"),
        ("share_registered", "% of residents", 2, 0, False, "registered volunteers", "注册志愿者比例",
         "residents who have signed up as volunteers, at the last 30-day count", "最近一次30天统计时已注册的居民"),
        ("share_exit", "% of earlier volunteers", 1, -1, False, "volunteers lost", "志愿者流失率",
         "of those who volunteered in the 365 days before the last 365, or as far back as the town was lived in,"
         " the share who no longer did", "前一年参加过、最近365天未再参加的居民比例"),
        ("mean_efficacy", "0 to 1", 3, 1, False, "belief that taking part helps", "效能感",
         "mean efficacy of adults, at the last 30-day count", "最近一次30天统计时成年居民效能感均值"),
    ),
    *_in_group(
        "issues",
        ("n_arisen", "issues", 0, -1, False, "issues that arose", "新发生议题",
         "new issues, those that came back included", "新发生的议题，含复发"),
        ("n_recurred", "issues", 0, -1, False, "conflicts that came back", "复发议题",
         "settled conflicts that broke out again", "已解决后再次爆发的矛盾"),
        ("n_noticed", "times", 0, 0, False, "noticings", "被察觉次数",
         "times a resident noticed an open issue", "居民察觉未解决议题的次数"),
        ("n_reports", "reports", 0, 0, False, "reports", "上报次数",
         "reports by residents, repeated ones included", "居民上报次数，含重复上报"),
        ("n_first_reported", "issues", 0, 1, True, "issues first reported", "首次上报议题",
         "issues reported for the first time", "首次被上报的议题"),
        ("n_resolved", "cases", 0, 1, True, "cases truly resolved", "真正解决",
         "cases closed and truly resolved", "办结且真正解决的案件"),
        ("n_closed_unresolved", "cases", 0, -1, False, "closed without being resolved", "办结未解决",
         "cases closed on paper, or with the status quo, without being resolved", "仅形式上办结、问题未解决的案件"),
        ("n_overdue", "cases", 0, -1, False, "closed after the deadline", "超期办结",
         "cases closed after the deadline of the service standard", "超过服务标准期限办结的案件"),
        ("n_reopened", "cases", 0, -1, False, "reopened", "重新打开",
         "cases reopened by their reporter", "由上报人重新打开的案件"),
        ("closing_time", "working days", 2, -1, True, "mean time to closing", "平均办结时间",
         "mean time on the clock of cases closed; waiting for a council is not counted",
         "办结案件的平均用时，不含等待议事的时间"),
        ("share_resolved", "% of closed", 1, 1, True, "truly resolved, of those closed", "办结中真正解决的比例",
         "cases truly resolved, of all cases closed", "全部办结案件中真正解决的比例"),
        ("age_at_report_median", "days", 1, -1, False, "median age at first report", "首次上报时议龄中位数",
         "median days from arising to first report, of issues first reported", "从发生到首次上报天数的中位数"),
        ("age_at_report_p90", "days", 1, -1, False, "90th percentile of age at first report", "首次上报时议龄90分位",
         "nine in ten issues first reported were no older", "十分之九的首次上报议题不超过此天数"),
        ("n_open", "cases", 0, -1, True, "open at the end", "期末未办结",
         "reported and not closed at the end of the last day", "期末已上报而未办结的案件"),
        ("n_visible", "issues", 0, -1, False, "unresolved at the end", "期末未解决议题",
         "unresolved issues to be seen at the end of the last day, reported or not", "期末仍可见的未解决议题，不论是否上报"),
    ),
    *_in_group(
        "deliberation",
        ("n_before_council", "issues", 0, 0, False, "matters before a council", "提交议事会",
         "times an issue came before a council", "议题提交议事会的次数"),
        ("n_held", "meetings", 0, 0, False, "meetings held", "召开会议",
         "meetings of residents that talked and voted", "居民讨论并表决的会议"),
        ("n_deferred", "meetings", 0, -1, False, "put off for want of a quorum", "因人数不足延期",
         "meetings to which too few came", "到会人数不足的会议"),
        ("n_by_cadre", "issues", 0, 0, False, "decided by the cadre", "由干部决定",
         "matters decided without residents", "未经居民、由干部决定的事项"),
        ("attendance", "residents", 1, 1, True, "attendance at a meeting held", "每次会议到会人数",
         "mean number of residents at meetings held", "召开的会议平均到会居民数"),
        ("share_adopted", "% of decisions", 1, 0, False, "plans adopted", "方案通过率",
         "plans adopted, of all decisions", "全部决定中通过方案的比例"),
        ("speaking_gini", "0 to 1", 3, -1, False, "inequality of speaking time", "发言时间基尼系数",
         "mean Gini coefficient of speaking time at meetings held", "召开的会议发言时间基尼系数均值"),
        ("consent", "0 to 1", 3, 1, True, "consent of those affected", "受影响居民的认同",
         "mean consent of all affected, whether they came or not", "全部受影响居民(无论是否到会)的平均认同"),
        ("consent_losers", "0 to 1", 3, 1, False, "consent of the losers", "少数方的认同",
         "mean consent of those affected who were against the first plan", "起初反对方案的受影响居民的平均认同"),
        ("meeting_minutes", "min", 1, 0, False, "length of a meeting held", "每次会议时长",
         "mean length of meetings held, for each issue", "召开的会议每议题平均时长"),
        ("hours_in_meetings", "h", 0, 0, False, "residents' time in meetings", "居民议事时间",
         "hours spent by residents in meetings held", "居民用于会议的小时数"),
    ),
    *_in_group(
        "incentives",
        ("points_issued", "points", 0, 0, False, "points issued", "发放积分",
         "points credited to residents", "记入居民账户的积分"),
        ("points_redeemed", "points", 0, 0, False, "points redeemed", "兑换积分",
         "points redeemed at the mall", "在积分商城兑换的积分"),
        ("points_held", "points", 0, 0, False, "points held at the end", "期末持有积分",
         "points in all accounts at the end of the last day", "期末全部账户中的积分"),
        ("yuan_redeemed", "yuan", 0, -1, False, "goods redeemed", "兑换物品价值",
         "value of the points redeemed", "已兑换积分的价值"),
    ),
    *_in_group(
        "cost",
        ("hours_staff", "h", 0, -1, True, "staff time", "工作人员用时",
         "hours of staff on issues, meetings and decisions", "工作人员用于议题、会议与决定的小时数"),
        ("hours_volunteers", "h", 0, 0, False, "volunteers' time", "志愿者用时",
         "hours given by volunteers, on issues and activities", "志愿者用于议题与活动的小时数"),
        ("yuan_issues", "yuan", 0, -1, False, "money spent on issues", "议题支出",
         "money spent on resolving issues", "用于解决议题的资金"),
        ("yuan_total", "yuan", 0, -1, True, "money spent in all", "总支出",
         "money spent on issues and on goods redeemed; wages are not in it", "议题支出与兑换物品之和，不含工资"),
        ("yuan_per_resolved", "yuan per case", 0, -1, False, "money per case resolved", "每件解决支出",
         "money spent in all, divided by cases truly resolved", "总支出除以真正解决的案件数"),
    ),
]  # fmt: skip

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _ALL}
"""Every outcome, by name, in the order of the tables."""


class Period(NamedTuple):
    """Recorded days from first to last, both included."""

    first: int
    last: int


def recorded(world: World) -> Period:
    """All recorded days of a town. Raises ValueError if it has not lived on any."""
    today = int(world.town["day"][0])
    if today <= 0:
        raise ValueError("this town has no recorded days yet")
    return Period(0, today - 1)


def years_of(world: World) -> list[Period]:
    """The recorded days in years of 365; what is left over is a shorter last period."""
    last = recorded(world).last
    return [Period(first, min(last, first + DAYS_YEAR - 1)) for first in range(0, last + 1, DAYS_YEAR)]


def outcomes(world: World, spec: Spec, period: Period | None = None) -> dict[str, float]:
    """The outcomes of the recorded days, or of a part of them, in the units of `OUTCOMES`.

    Not-a-number where an outcome has no meaning, such as the attendance of no meeting.
    """
    period = period or recorded(world)
    found = (
        participation(world, period)
        | fate_of_issues(world, period)
        | deliberation(world, period)
        | incentives(world, period, spec)
    )
    found |= cost(world, period, found)
    return {name: float(found[name]) for name in OUTCOMES}


def ratio(part: float, whole: float) -> float:
    """The part of the whole; not-a-number where there is no whole."""
    return float(part) / float(whole) if whole else float("nan")


def mean(values: np.ndarray[Any, Any]) -> float:
    """The mean; not-a-number of nothing."""
    return float(values.mean()) if len(values) else float("nan")


def volunteers(world: World, first: int, last: int) -> np.ndarray[Any, Any]:
    """Rows of the residents who volunteered from day first to day last, each once."""
    deeds = worlds.table(world, "deeds")
    return np.unique(deeds["resident"][(deeds["day"] >= first) & (deeds["day"] <= last)])


def share_active(world: World, day: int, n_days: int) -> float:
    """Percentage of residents who volunteered in the n_days up to and including this day."""
    return 100.0 * len(volunteers(world, day - n_days + 1, day)) / len(world.residents)


def share_exit(world: World, day: int) -> float:
    """Percentage of the volunteers of the year before last year who did not volunteer in the last 365 days."""
    if day < DAYS_YEAR - 1:
        return float("nan")
    before = volunteers(world, day - 2 * DAYS_YEAR + 1, day - DAYS_YEAR)
    left = np.setdiff1d(before, volunteers(world, day - DAYS_YEAR + 1, day), assume_unique=True)
    return 100.0 * ratio(len(left), len(before))


def in_period(world: World, name: str, period: Period) -> np.ndarray[Any, Any]:
    """The rows of a dated table that fall in the period."""
    rows = worlds.table(world, name)
    return rows[(rows["day"] >= period.first) & (rows["day"] <= period.last)]


def participation(world: World, period: Period) -> dict[str, float]:
    """Who took part, and how often."""
    n_acts = int(in_period(world, "days", period)["n_acts"].sum())
    months = worlds.table(world, "months")
    count = months[months["day"] <= period.last][-1]
    found = {f"share_active_{n}": share_active(world, period.last, n) for n in (30, 90, 365)}
    return found | {
        "n_acts": n_acts,
        "acts_per_resident": n_acts / len(world.residents),
        "share_registered": 100.0 * count["n_registered"] / count["n_residents"],
        "share_exit": share_exit(world, period.last),
        "mean_efficacy": count["mean_efficacy"],
    }


def fate_of_issues(world: World, period: Period) -> dict[str, float]:
    """What came up, what was reported, and what became of it."""
    days = in_period(world, "days", period)
    issues = worlds.table(world, "issues")
    found = issues[(issues["detected"] >= period.first) & (issues["detected"] <= period.last)]
    ages = found["detected"] - found["born"]
    n_resolved, n_unresolved = int(days["n_resolved"].sum()), int(days["n_closed_unresolved"].sum())
    return {
        "n_arisen": days["n_born"].sum(),
        "n_recurred": days["n_recurred"].sum(),
        "n_noticed": days["n_noticed"].sum(),
        "n_reports": days["n_reports"].sum(),
        "n_first_reported": days["n_detected"].sum(),
        "n_resolved": n_resolved,
        "n_closed_unresolved": n_unresolved,
        "n_overdue": days["n_overdue"].sum(),
        "n_reopened": days["n_reopened"].sum(),
        "closing_time": ratio(days["closing_days"].sum(), n_resolved + n_unresolved),
        "share_resolved": 100.0 * ratio(n_resolved, n_resolved + n_unresolved),
        "age_at_report_median": np.median(ages) if len(ages) else float("nan"),
        "age_at_report_p90": np.percentile(ages, 90) if len(ages) else float("nan"),
        "n_open": days["n_open_cases"][-1],
        "n_visible": days["n_visible"][-1],
    }


def deliberation(world: World, period: Period) -> dict[str, float]:
    """How matters were decided, and how those affected took it."""
    meetings = in_period(world, "meetings", period)
    decided = meetings[~meetings["deferred"]]
    held = decided[decided["rule"] != Rule.CADRE]
    losers = decided["consent_losers"]
    return {
        "n_before_council": len(meetings),
        "n_held": len(held),
        "n_deferred": meetings["deferred"].sum(),
        "n_by_cadre": len(decided) - len(held),
        "attendance": mean(held["n_attending"]),
        "share_adopted": 100.0 * ratio(decided["adopted"].sum(), len(decided)),
        "speaking_gini": mean(held["speaking_gini"]),
        "consent": mean(decided["consent"][decided["n_affected"] > 0]),
        "consent_losers": mean(losers[losers > 0.0]),  # consent is never 0: 0 stands for a matter without losers
        "meeting_minutes": mean(held["minutes"]),
        "hours_in_meetings": in_period(world, "days", period)["resident_minutes_meetings"].sum() / 60.0,
    }


def incentives(world: World, period: Period, spec: Spec) -> dict[str, float]:
    """The points programme. Points held are all points ever issued less those redeemed, donated or expired."""
    days = worlds.table(world, "days")
    days = days[days["day"] <= period.last]
    now = days[days["day"] >= period.first]
    redeemed = int(now["points_redeemed"].sum())
    return {
        "points_issued": now["points_issued"].sum(),
        "points_redeemed": redeemed,
        "points_held": days["points_issued"].sum()
        - sum(days[f"points_{way}"].sum() for way in ("redeemed", "donated", "expired")),
        "yuan_redeemed": now["fen_mall"].sum() / 100.0,
    }


def cost(world: World, period: Period, found: dict[str, float]) -> dict[str, float]:
    """Time and money; `found` holds the outcomes so far."""
    days = in_period(world, "days", period)
    yuan_issues = days["fen_spent"].sum() / 100.0
    yuan_total = yuan_issues + found["yuan_redeemed"]
    return {
        "hours_staff": (days["staff_minutes_issues"].sum() + days["staff_minutes_meetings"].sum()) / 60.0,
        "hours_volunteers": days["volunteer_minutes"].sum() / 60.0,
        "yuan_issues": yuan_issues,
        "yuan_total": yuan_total,
        "yuan_per_resolved": ratio(yuan_total, found["n_resolved"]),
    }
