"""What the patterns are called in Chinese: meanings, units and standings, as patterns.py and held_out.py name them."""

from __future__ import annotations

MEANINGS_ZH = {
    "second report if the first was fixed, relative to if it was not": "首次上报获解决者再报率，相对于未解决者",
    "reporters with a single report in 15 months": "15个月内仅上报一次者",
    "orders dispatched per 1,000 residents and year": "每千居民每年派单",
    "mean time to administrative closing": "平均办结时间",
    "cases closed after their deadline": "逾期办结案件",
    "volunteered in the last 90 days": "近90天参加志愿服务",
    "ever registered as volunteers": "曾登记为志愿者",
    "volunteers of one year gone in the next": "志愿者次年流失",
    "petitioners received on a deputy's reception day": "代表接待日来访居民",
    "of these, answered on the spot": "其中当场答复",
    "acts of volunteering per resident and year": "人均年志愿服务",
    "acts in recorded year 3 relative to year 1": "第3年服务次数，相对于第1年",
    "inequality of acts among a year's volunteers": "当年志愿者间服务不均",
    "cases closed in time but not truly resolved (V, P9)": "按期办结但未真正解决(V，P9)",
    "attendance of meetings with a quorum, per 120 affected": "达法定人数会议到会(每120名受影响者)",
    "redeemers among earners at 0.5 yuan an hour": "每小时0.5元时获得者中兑换者",
    "acts at 0.1 yuan an hour, relative to none": "每小时0.1元时的服务，相对于无报酬",
    "from 1 yuan on steepest in the middle": "1元以上中段最陡",
    "acts at 20 yuan, relative to none": "20元时的服务，相对于无报酬",
    "what 5 yuan add in private": "私下5元的增量",
    "what they add on a public board": "公示下5元的增量",
    "interaction of pay and board": "报酬与公示的交互",
    "turnout at a ballot": "投票率",
    "what a board adds": "公示栏的增量",
    "what active neighbours give, relative to active members": "活跃邻居的带动，相对于活跃党员",
    "what the town gives more than without the example": "有示范时的增量",
    "praised and active again in the next 30 days": "受表扬后30天内再次活跃",
    "the same a year later": "一年后同上",
    "adoption, near-consensus less majority": "通过率：近共识减多数决",
    "consent of the same losers, likewise": "同一批少数方的认同，同上",
    "the same where both adopt": "两者均通过时同上",
    "by how much consent moves more than adoption": "认同变化超出通过率变化",
    "speaking Gini under the eight rules less without": "八条规则下发言基尼系数变化",
    "the chair's floor without them": "无规则时主持人发言",
    "consent, direct vote less council": "认同：直接投票减议事会",
    "adoption, likewise": "通过率，同上",
    "double quorum fails": "双重法定人数未达",
    "the same if nobody refuses to vote": "无人拒绝投票时同上",
    "90 days after points are gone, relative to the last 90 paid": "积分取消后90天，相对于此前90天",
    "the same, relative to a town that never had them": "同上，相对于从无积分",
}
"""Meanings of patterns."""

UNITS_ZH = {
    "ratio": "比值",
    "share": "比例",
    "reports": "次",
    "working days": "工作日",
    "residents": "人",
    "acts": "次",
    "Gini": "基尼系数",
    "relative change": "相对变化",
    "share of towns": "小镇比例",
    "acts per resident-year": "次/人年",
    "%": "%",
    "points": "百分点",
    "× mean": "×均值",
}
"""Units of patterns."""

STANDINGS_ZH = {
    "fitted": "拟合",
    "reported": "仅报告",
    "emergent": "涌现",
    "spent": "已使用",
    "partly spent": "部分使用",
    "built in": "内置",
}
"""How patterns stand to the model."""
