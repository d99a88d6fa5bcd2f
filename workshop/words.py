"""The words of the workshop's page: English, which is the key, and Chinese."""

from __future__ import annotations

from ..experiments.style import words

CHINESE = {
    "{n} residents, seed {seed}, {days} days": "{n}名居民，种子{seed}，{days}天",
    "Levers": "治理措施",
    "Start from": "从何处开始",
    "Way of deciding": "议事方式",
    "our own rules": "自定规则",
    "All other levers": "其他措施与假设",
    "policy": "政策",
    "assumption": "假设",
    "changed": "已改动",
    "from day {day} on": "从第{day}天起",
    "What happens": "会怎样",
    "{n} of {wanted} pairs": "{wanted}对中的{n}对",
    "pairs: the same people with the same luck under A and under B": "配对：同样的居民、同样的运气，分别在A、B两种做法下",
    " mo": "个月",
    "half of all futures": "半数的未来",
    "nine in ten": "九成的未来",
    "Branch from day {day}": "从第{day}天分叉",
    "Branches": "分支",
    "name of the branch": "分支名称",
    "drop": "删除",
    "the trunk": "主干",
    "Why": "为什么",
    "close": "关闭",
    "Take home": "带走结果",
    "Figures (PNG)": "图（PNG）",
    "Figures (SVG)": "图（SVG）",
    "Data (CSV)": "数据（CSV）",
    "Scenario files of A and B": "A、B的情景文件",
    "Report page": "报告页面",
    "Replay of the map (one page, works offline)": "地图回放（单个网页，离线可看）",
    "Animation (GIF)": "动画（GIF）",
    "Everything (ZIP)": "全部（ZIP）",
    "Short code": "短代码",
    "Link": "链接",
    "copy": "复制",
    "copied": "已复制",
    "Open a short code": "打开短代码",
    "Open a scenario file": "打开情景文件",
    "being made": "正在生成",
    "The room": "会场",
    "Phones on this Wi-Fi open": "同一无线网络上的手机请打开",
    "this server answers on this machine only; start it with --host 0.0.0.0 for phones":
        "此服务器只在本机可用；要让手机加入，请用 --host 0.0.0.0 启动",
    "Ask for a guess": "请大家先猜",
    "Ask for a vote": "请大家表决",
    "How much does each change when A becomes B?": "从A变为B，会变化多少？",
    "When A becomes B: by how much does this change? {outcome}": "从A变为B，“{outcome}”会变化多少？",
    "The results are hidden while the room guesses.": "会场猜测期间，结果暂不显示。",
    "Hide the results until they are shown": "公布之前隐藏结果",
    "All results (CSV)": "全部回答（CSV）",
    "Which way of deciding shall we try next?": "接下来试哪一种议事方式？",
    "Open the question": "开始提问",
    "Stop answers": "停止作答",
    "Show the result": "公布结果",
    "{n} answers": "{n}份回答",
    "what the room guessed": "会场的猜测",
    "what the model gives": "模型的结果",
    "who": "是谁",
    "knows": "认识的人",
    "seen taking part lately": "近来见其参与",
    "did so far": "至今做过",
    "day {day}: ": "第{day}天：",
    "{n} days before day 0: ": "第0天之前{n}天：",
    "did": "做了",
    "did not": "没有做",
    "its life": "经过",
    "the meeting on it": "就此开的会",
    "who reported it": "谁上报的",
    "who spoke how long, and how positions moved": "谁说了多久，立场如何变化",
    "the order of speaking": "发言次序",
    "status quo": "现状",
    "plan": "方案",
    "min spoken": "发言分钟",
    "position": "立场",
    "{n} turns in {minutes} minutes": "{minutes}分钟内{n}次发言",
    "A scenario file is a TOML text of at most 200 kB.": "情景文件是不超过200 kB的TOML文本。",
    "The first pairs are not there yet; wait a moment.": "最初几对还没有算出，请稍候。",
    "outcome": "结果指标",
    "open": "进行中",
    "closed": "已截止",
    "revealed": "已公布",
    "put away": "收起",
    "answers": "回答数",
    "Help": "说明",
    "language": "语言",
    "The model is a laboratory for hypotheses, not a forecast.": "本模型是检验假设的实验室，不是预测。",
    "The answer could not be computed: {error}": "无法计算：{error}",
    "This cannot be done: {error}": "无法完成：{error}",
    "Residents who volunteered at least once in the last 30 days, as a share of all residents.":
        "近30天内至少参加过一次志愿服务的居民，占全部居民的比例。",
    "Issues that can be seen and are not resolved on that day, whether anybody has reported them or not.":
        "当天仍能看到、尚未解决的议题，不论是否有人上报。",
    "Issues that were closed and are truly resolved, added up from day 0; closed on paper does not count.":
        "从第0天起累计办结且真正解决的议题；仅在纸面上办结的不算。",
    "Half of the issues truly resolved in the last 91 days took no longer than this from being known.":
        "近91天内真正解决的议题中，有一半从发现到解决不超过这个天数。",
    "How far those whom a decision affects accept it, from 0 (not at all) to 1 (wholly), whether they came or "
    "not; it stands for satisfaction, which the model does not have.":
        "受某项决定影响的居民对它的接受程度，从0（完全不接受）到1（完全接受），不论是否到会；模型中没有“满意度”，以此代替。",
    "Money spent from day 0 on issues, plans, the points mall, the programme and further hours; usual wages are "
    "not in it.":
        "从第0天起用于议题、方案、积分商城、积分项目和增购工时的钱；不含常规工资。",
    "the lines and bands of the charts": "图中线条与色带的含义",
    "line: middle future": "线：居中的未来",
    "Policy can be decided on; assumptions say how people are. Press a name to open it.":
        "政策可以由人决定；假设说明人们的行为方式。点击名称即可展开。",
    "Every branch lives the same people with the same luck; only what was decided differs.":
        "各分支中都是同样的居民、同样的运气，只有做法不同。",
    "shown as {slot}": "正显示为{slot}",
    "show as {slot}": "显示为{slot}",
    "departs on day {day} from {name}": "第{day}天从“{name}”分出",
    "← against · for → ({unit})": "← 阻碍 · 推动 →（{unit}）",
    "procedural fairness (0 to 1)": "程序公正（0至1）",
    "who consents (0 to 1)": "谁认同（0至1）",
    "Grey: position before. Orange: position after. Dotted: the status quo and the plan.":
        "灰点：会前立场；橙点：会后立场；虚线：现状与方案。",
    "Brings exactly this page back, on this server.": "在本服务器上原样恢复此页面。",
    "Holds everything that was set, and works on any server of this version.": "包含全部设定，在任何同版本的服务器上都可打开。",
    "Open": "打开",
    "made and handed to the browser": "已生成，交由浏览器保存",
    "Run the winner as B: {name}": "把得票最多的作为B：{name}",
    "parts of this page": "本页各部分",
    "The map": "地图",
    "Two maps": "两幅地图",
    "The two maps show the same neighbourhood on the same day under A and under B: the same people with the same "
    "luck, so that whatever differs is due to what was decided.":
        "两幅地图是同一社区、同一天在A、B两种做法下的样子：同样的居民、同样的运气，因此差别只来自做法。",
    "Move a lever of A or of B, and both are lived again 50 times with different luck; press the name of a lever "
    "to read what it means.":
        "移动A或B的任一措施，两种做法会换不同的运气各重演50次；点击措施名称可看含义。",
    "Charts": "曲线图",
    "In each chart the line is the middle of all futures (A solid blue, B dashed orange), the dark band holds "
    "half of them and the light band nine in ten.":
        "每幅图中，线是所有未来的中间值（A为蓝色实线，B为橙色虚线），深色带包含半数的未来，浅色带包含九成。",
    "Sentences": "结论句",
    "The sentence below a chart says how much B differs from A in the last year; the numbers in brackets are a "
    "90 % interval, and what cannot be told from chance is said to be so.":
        "图下的句子说明最后一年B与A相差多少；括号内是90%区间，与偶然分不开的会写明“无法区分”。",
    "Click a resident, an issue or the council on a map to see why; stop on any day and branch to try something "
    "else from that day on.":
        "点击地图上的居民、议题或议事厅可看原因；停在任何一天即可分叉，从那天起试另一种做法。",
    "Consent": "认同",
    "Consent is how far those whom a decision affects accept it, from 0 to 1; it stands for satisfaction, which "
    "the model does not have.":
        "“认同”指受决定影响的居民对它的接受程度（0至1）；模型中没有“满意度”，以此代替。",
}  # fmt: skip

word = words(CHINESE)
"""A text of the page in a language, "en" or "zh". Raises KeyError for a text without Chinese."""
