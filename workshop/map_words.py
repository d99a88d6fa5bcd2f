"""The words of the map, its legend and its replay, in English and Chinese, by the names map.js asks for them."""

from __future__ import annotations

from ..agents.resident.wording import Words
from ..experiments.kinds import KIND_LABELS

MAP: dict[str, Words] = {
    "map.micro_grid": Words("Micro-grid {n}", "微网格{n}"),
    "map.hall": Words("Council", "议事厅"),
    "legend.people": Words("Who", "人"),
    "legend.acts": Words("Just done", "刚刚做的事"),
    "legend.issues": Words("Issues", "议题"),
    "legend.votes": Words("Council", "议事会"),
    "people.resident": Words("resident", "居民"),
    "people.resident_active": Words("volunteered in the last 30 days", "近30天参加过志愿服务"),
    "people.child": Words("child", "未成年人"),
    "people.member": Words("Party member", "党员"),
    "people.member_active": Words("Party member who volunteered in the last 30 days", "近30天参加过志愿服务的党员"),
    "people.worker": Words("micro-grid worker", "微网格员"),
    "people.official": Words("general-grid worker, community staff", "一般网格员、社区工作人员"),
    "people.deputy": Words("deputy (People's Congress, CPPCC)", "人大代表、政协委员"),
    "glows.gave": Words("volunteered, or did a Party duty", "参加志愿服务或履行党员义务"),
    "glows.told": Words("reported a problem, or petitioned", "上报问题或向代表反映"),
    "glows.met": Words("spoke at a meeting, came to one, or voted", "在会上发言、到会或投票"),
    "glows.mall": Words("took points to the mall", "到积分商城兑换"),
    "glows.visit": Words("was visited by a Party member", "党员上门走访"),
    "issues.arose": Words("there, but not reported", "已出现，无人上报"),
    "issues.known": Words("reported, waiting", "已上报，待办"),
    "issues.agenda": Words("on the council's agenda", "列入议事会议程"),
    "issues.refused": Words("not admitted to the agenda", "未获准列入议程"),
    "issues.decided": Words("decided, waiting for work", "已议定，待办"),
    "issues.work": Words("being worked on", "办理中"),
    "issues.resolved": Words("truly resolved", "真正解决"),
    "issues.paper": Words("closed on paper only", "仅在纸面上办结"),
    "issues.reopened": Words("reopened", "重新立案"),
    "issues.faded": Words("went away by itself", "自行消失"),
    "again.known": Words("outer ring: has come back", "外圈：再次发生"),
    "votes.adopted": Words("plan adopted", "方案通过"),
    "votes.rejected": Words("plan not adopted", "方案未通过"),
    "votes.deferred": Words("put off: too few came", "人数不足，延期"),
    "short.people.resident": Words("resident", "居民"),
    "short.people.resident_active": Words("active lately", "近期参与"),
    "short.people.member": Words("Party member", "党员"),
    "short.people.worker": Words("grid worker", "网格员"),
    "short.people.deputy": Words("deputy", "代表委员"),
    "short.glows.gave": Words("volunteered", "志愿服务"),
    "short.glows.met": Words("met", "议事"),
    "short.issues.known": Words("reported", "已上报"),
    "short.issues.work": Words("in work", "办理中"),
    "short.issues.resolved": Words("resolved", "真正解决"),
    "short.issues.paper": Words("on paper only", "纸面办结"),
    "role.resident": Words("Resident", "居民"),
    "role.member": Words("Party member", "党员"),
    "role.child": Words("Child", "未成年人"),
    "hover.home": Words("No. {row}, building {n}", "编号{row}，{n}号楼"),
    "hover.times": Words("{what} {n}×", "{what}{n}次"),
    "hover.and": Words(", ", "，"),
    "hover.nothing": Words("has done nothing yet in these days", "这些天里还没有参与过什么"),
    "hover.again": Words(" (has come back)", "（再次发生）"),
    "hover.since": Words(", since day {n}", "，自第{n}天起"),
    "hover.before": Words(", since before day {n}", "，第{n}天之前已如此"),
    "hover.born": Words("arose on day {n}", "第{n}天出现"),
    "hover.older": Words("arose before day {n}", "第{n}天之前出现"),
    "hover.meeting": Words("Council of day {n}", "第{n}天的议事会"),
    "hover.no_meeting": Words("no matter has come before it yet", "还没有事项提交"),
    "hover.adopted": Words(": plan adopted", "：方案通过"),
    "hover.rejected": Words(": plan not adopted", "：方案未通过"),
    "hover.building": Words("Building {n}, micro-grid {grid}", "{n}号楼，微网格{grid}"),
    "hover.inside": Words("{residents} residents, unresolved issues: {open}", "居民{residents}人，未解决议题{open}件"),
    "way.deferred": Words("{kind}: put off, {came} came", "{kind}：延期，到会{came}人"),
    "way.discussed": Words("{kind}, {came} came", "{kind}，到会{came}人"),
    "way.ballot": Words("{kind}, by ballot", "{kind}，书面投票"),
    "way.cadre": Words("{kind}, decided by the cadre", "{kind}，由干部决定"),
    "did.volunteered": Words("volunteered", "志愿服务"),
    "did.kept_duty": Words("did a Party duty", "履行党员义务"),
    "did.reported": Words("reported a problem", "上报问题"),
    "did.petitioned": Words("petitioned a deputy", "向代表反映"),
    "did.came": Words("came to a meeting", "到会"),
    "did.spoke": Words("spoke", "发言"),
    "did.voted": Words("voted on paper", "书面投票"),
    "did.redeemed": Words("took points to the mall", "兑换积分"),
    "did.visited": Words("was visited by a Party member", "接待党员走访"),
    "tier.micro_grid": Words("Micro-grid worker", "微网格员"),
    "tier.general_grid": Words("General-grid worker", "一般网格员"),
    "tier.community": Words("Community staff", "社区工作人员"),
    "deputy.congress": Words("Deputy to the People's Congress", "人大代表"),
    "deputy.cppcc": Words("Member of the CPPCC", "政协委员"),
    **{f"kind.{kind.name.lower()}": Words(*labels) for kind, labels in KIND_LABELS.items()},
}
"""What map.js and legend.js say. Words in braces are filled in by them."""

REPLAY: dict[str, Words] = {
    "replay.title_one": Words("The life of a neighbourhood", "一个社区的日子"),
    "replay.title_two": Words("One neighbourhood, lived twice", "同一社区，两种做法"),
    "replay.same": Words(
        "same people, same luck (seed {seed}), {n} residents", "同样的人，同样的运气（种子{seed}），居民{n}人"
    ),
    "replay.one": Words("seed {seed}, {n} residents", "种子{seed}，居民{n}人"),
    "replay.open": Words("unresolved", "未解决"),
    "replay.resolved": Words("resolved so far", "累计解决"),
    "replay.acts": Words("acts so far", "累计志愿服务"),
    "replay.day": Words("Day {day} of {days}", "第{day}天，共{days}天"),
    "replay.play": Words("Play", "播放"),
    "replay.pause": Words("Pause", "暂停"),
    "replay.back": Words("A day back", "前一天"),
    "replay.on": Words("A day on", "后一天"),
    "replay.scrub": Words("Day", "日期"),
    "replay.speed": Words("Speed", "速度"),
    "replay.per_second": Words("{n} days a second", "每秒{n}天"),
    "replay.closer": Words("Closer", "放大"),
    "replay.farther": Words("Farther", "缩小"),
    "replay.whole": Words("Whole map", "全图"),
    "replay.legend": Words("All signs and keys", "全部图例与按键"),
    "replay.keys": Words(
        "Click a resident, an issue or the council to keep it in view. Keys: space plays, ← and → go a day back and on "
        "(Shift: 30 days), + and − zoom, arrows move the map once it is enlarged, 0 shows all of it.",
        "点击居民、议题或议事厅可持续查看。按键：空格播放或暂停，←和→前后一天（按住Shift为30天），＋和－缩放，"
        "放大后用方向键移动，0回到全图。",
    ),
    "replay.made": Words(
        "Simulated by linli {version}: a model, not a record of real people. The same town again, with the same "
        "numbers:",
        "由linli {version}模拟得出：这是模型，不是对真实居民的记录。用同样的数字重现同一社区：",
    ),
    "replay.map_of": Words("Map of the neighbourhood under {name}", "“{name}”下的社区地图"),
    "replay.broken": Words(
        "This page cannot be shown here: {error}. A browser of 2023 or later is needed.",
        "无法在此显示本页：{error}。需要2023年或更新的浏览器。",
    ),
    "replay.other": Words("中文", "English"),
}
"""What the page of a replay says besides."""


def in_language(catalogue: dict[str, Words], lang: str) -> dict[str, str]:
    """The words of a catalogue in one language, "en" or "zh"."""
    return {name: words.told(lang) for name, words in catalogue.items()}
