"""The words of a report in Chinese; the English ones are their keys."""

from __future__ import annotations

from ..style import NO_CHINESE, words

chinese = words({
    "Report": "报告",
    NO_CHINESE: "生成本页的机器没有中文字体，图中文字为英文。",
    "Contents": "目录",
    "Question": "问题",
    "What was run": "运行内容",
    "Main results": "主要结果",
    "Figures": "图",
    "Who benefits, who bears": "谁受益，谁承担",
    "Failed runs": "失败的运行",
    "Where this comes from": "来源",
    "All outcomes": "全部结果",
    "All groups": "全部分组",
    "No question was written down.": "未写明问题。",
    "scenario": "情景",
    "question": "问题",
    "parameter": "参数",
    "unit": "单位",
    "meaning": "含义",
    "outcome": "结果",
    "baseline": "基线",
    "settings": "取值",
    "days": "天",
    "mean": "均值",
    "difference": "差异",
    "group": "组",
    "value": "值",
    "entry": "项目",
    "how the scenarios differ from the baseline": "各情景与基线的差异",
    "All scenarios have the numbers of the baseline.": "所有情景均为基线数值。",
    "With all numbers of the baseline": "与基线数值完全相同",
    "what the batch varies": "批次所改变的参数",
    "main outcomes: means, and paired differences with 95 % intervals": "主要结果：均值，及配对差异与95%区间",
    "outcomes by year": "各年结果",
    "outcomes by group": "各组结果",
    "every outcome: mean of the first, and paired differences with 95 % intervals": "全部结果：首个情景的均值，及配对差异与95%区间",
    "outcomes of groups: means, and paired differences with 95 % intervals": "各组结果：均值，及配对差异与95%区间",
    "load of grid workers, waiting, unpaid participation, inequality of points": "网格员负荷、等待、无偿参与、积分不平等",
    "how the share of adults who volunteer moves with each factor in each group: partial rank correlation over all "
    "points, with its 95 % interval": "各组志愿服务参与比例随各因素的变动：全部设计点的偏秩相关及95%区间",
    "How the share of adults who volunteer changes against the first scenario:":
        "参加志愿服务的成年人比例之变化，与首个情景相比：",
    "micro_grid": "微网格",
    "general_grid": "一般网格",
    "community": "社区",
    "sub_district": "街道",
    "district": "区",
    "Intervals of paired differences at 95 % (bootstrap, no end nearer than Student's t; Student's t below eight "
    "pairs); those of a row hold together, those of different rows do not. “≈” marks a difference that cannot be told "
    "apart from none with these runs, “same” what is equal in every pair.":
        "区间为配对差异的95%区间(自助法，两端均不近于t区间；不足8对时为t区间)；同一行的区间同时成立，不同行并非同时成立。“≈”表示以这些运行无法与零区分，“相同”表示每对均相同。",
    "{n} more are in the tables of this directory.": "其余{n}个见本目录的表格。",
    "none": "无",
    "percentage points": "百分点",
    "The numbers of the figure": "图中数据",
    "All numbers come from": "全部数据来自",
    "least (point)": "最低（设计点）",
    "most (point)": "最高（设计点）",
    "main outcomes over all points": "全部设计点的主要结果",
    "What the outcomes move with; in brackets the partial rank correlation over all points, 1 or −1 where the one "
    "always rises or falls with the other.": "各结果随哪些因素变动；括号内为全部设计点的偏秩相关，1或−1表示总是同升或反向。",
    "partial rank correlation (−1 to 1), 95 % interval": "偏秩相关(−1至1)，95%区间",
    "This figure again": "重绘此图",
    "No run failed.": "没有运行失败。",
    "{failed} of {asked} runs failed; nothing above counts them.": "{asked}次运行中有{failed}次失败；以上结果均不含失败运行。",
    "The command was stopped before all was done.": "命令在全部完成前被停止。",
    "seed": "种子",
    "error": "错误",
    "what failed": "失败的运行",
    "To make these results again": "重新得到这些结果",
    "version of linli": "linli版本",
    "command": "命令",
    "hash of the model's code": "模型代码哈希",
    "git commit": "git提交",
    "edited since": "此后有改动",
    "not from a git checkout": "不是git检出",
    "machine": "机器",
    "when": "时间",
    "seeds": "种子",
    "size": "规模",
    "recorded days": "记录天数",
    "packages": "软件包",
    "command as typed": "所键入的命令",
    "provenance": "来源记录",
    "The figure as the command drew it, in the language it was asked for.": "按命令所用语言绘制的原图。",
    "{size} of {n} residents": "{n}名居民的{size}",
    "{n} scenarios": "{n}个情景",
    "{n} points": "{n}个设计点",
    "{n} seeds": "{n}个种子",
    "1 seed": "1个种子",
    "{n} days": "{n}天",
    "{n} pairs of runs": "{n}对运行",
    "No results: no run was done.": "没有结果：没有完成的运行。",
})  # fmt: skip

SIZES_EN = {"micro_grid": "micro-grid", "general_grid": "general grid", "sub_district": "sub-district"}
"""Sizes as one writes them."""


def word(text: str, lang: str) -> str:
    """What the page says, in this language; a size in words."""
    return chinese(text, lang) if lang == "zh" else SIZES_EN.get(text, text)


def size_in_words(size: str, lang: str) -> str:
    """A standard size, or a general grid of another number of residents, in this language."""
    name, _, residents = size.partition(":")
    if not residents:
        return word(name, lang)
    return word("{size} of {n} residents", lang).format(size=word(name, lang), n=residents)
