"""The figures that a directory of results allows, what they show, and how each is drawn again."""

from __future__ import annotations

import base64
import io
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .. import style
from ..figures import differences, issues_of_run, meetings_of_run, participation_of_run
from ..picture_curve import curve_picture, curve_records
from ..picture_dose import dose_picture
from ..picture_fan import fans_picture
from ..picture_groups import groups_picture
from ..picture_luck import luck_picture, luck_record
from ..picture_pairs import pairs_picture
from ..picture_pareto import pareto_picture
from ..picture_regimes import regimes_picture
from ..provenance import Refusal
from ..series import SERIES
from ..statistics import interval_of
from .kept import LEVEL, Kept, read_csv, read_parquet
from .said import main_outcomes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FRONT = ("share_resolved", "yuan_total")
"""The outcomes of the front that a report draws: what is solved, and what it costs."""
FEWEST_POINTS, FEWEST_SETTINGS = 4, 3
"""Points from which on a front, and settings from which on a curve, is worth drawing."""

CAPTIONS: dict[str, tuple[str, str]] = {
    "differences": (
        "What each scenario changes in the main outcomes: mean paired difference to the first scenario, with its "
        "95 % interval. Hollow marks cannot be told apart from no difference.",
        "各情景使主要结果发生的变化：与首个情景的配对差异均值及95%区间。空心表示无法与零区分。"),
    "pairs": (
        "The same differences seed by seed: each dot is a pair of runs with the same luck.",
        "同上，逐种子显示：每点为运气相同的一对运行。"),
    "participation": (
        "Taking part over time: the median of all runs, with bands that hold 50 and 90 % of them.",
        "参与随时间的变化：全部运行的中位数，色带含50%与90%的运行。"),
    "issues": (
        "Issues over time: the median of all runs, with bands that hold 50 and 90 % of them.",
        "议题随时间的变化：全部运行的中位数，色带含50%与90%的运行。"),
    "groups": (
        "Who benefits and who bears: the change in each group of residents, with its 95 % interval.",
        "谁受益，谁承担：各组居民的变化及95%区间。"),
    "luck": (
        "What shared luck is worth: how alike the two runs of a pair are, and how many unpaired runs one paired run "
        "replaces.",
        "共同随机数的价值：一对运行的相关程度，以及一次配对运行可替代的不配对运行数。"),
    "curve": (
        "How the main outcomes answer to the factor that the batch varies, with 95 % intervals.",
        "主要结果对批次所变因素的反应，及95%区间。"),
    "front": (
        "Which points are bettered by no other: what is truly resolved, against the money spent, with 95 % intervals.",
        "没有其他点能超过的设计点：真正解决比例与总支出，及95%区间。"),
    "run_participation": ("Active residents and acts of volunteering, week by week.", "每周活跃居民与志愿服务。"),
    "run_issues": ("Issues that arose, were reported and resolved, and those open, week by week.",
                   "每周发生、上报、解决与未办结的议题。"),
    "meetings": ("What became of the matters before the councils, and how many residents came.",
                 "提交议事会事项的结果与到会居民数。"),
    "dose": ("How much residents take part for how much pay, with 95 % intervals.", "报酬与参与程度的关系，及95%区间。"),
    "regimes": ("How councils fare under each way of deliberating, with 95 % intervals.",
                "各议事规则下议事会的表现，及95%区间。"),
    "meeting": ("Who spoke when in the fullest meeting, and how positions moved.", "到会最多的会议中的发言次序与立场变化。"),
    "life": ("Where unresolved issues stand over time, and how long they take to each step.",
             "未解决议题的状态，以及到达各步骤的时间。"),
    "map": ("The neighbourhood on the last day: buildings, ties, and who serves where.",
            "最后一天的社区：楼栋、联系与服务者。"),
}  # fmt: skip
"""What each figure shows, in English and Chinese. It is also the text for those who cannot see it."""


class Shown(NamedTuple):
    """A figure of a report: its name, how it is drawn in a language, or the file in which a command left it."""

    name: str
    draw: Callable[[str], Figure] | None
    file: Path | None = None
    caption: str = ""
    """Key of `CAPTIONS`, where it is not the name."""

    def said(self, lang: str) -> str:
        """What it shows."""
        return CAPTIONS[self.caption or self.name][lang == "zh"]


def figures_of(kept: Kept) -> list[Shown]:
    """The figures that these results allow."""
    if kept.kind == "run":
        return of_one_run(kept)
    if kept.kind == "figure":
        return of_picture(kept)
    if kept.wide is None or not len(kept.wide):
        return []
    found = [Shown("differences", lambda lang: differences(kept, lang)), Shown("pairs", lambda lang: pairs(kept, lang))]
    if len(kept.names) < 2:
        found = []
    found += of_factors(kept)
    if kept.weekly is not None:
        found += [Shown("participation", lambda lang: over_time(kept, ("share_active_30", "acts"), lang)),
                  Shown("issues", lambda lang: over_time(kept, ("first_reported", "resolved", "open"), lang))]  # fmt: skip
    if len(kept.names) > 1:
        if kept.group_records:
            found.append(Shown("groups", lambda lang: groups_picture(kept.group_records, lang)))
        found.append(Shown("luck", lambda lang: luck(kept, lang)))
    return found


def of_factors(kept: Kept) -> list[Shown]:
    """The figures of a batch that varies something."""
    found = []
    if len(kept.factors) == 1 and len(kept.factors[0].settings) >= FEWEST_SETTINGS:
        found.append(Shown("curve", lambda lang: curve(kept, lang)))
    if len(kept.names) >= FEWEST_POINTS and kept.kind == "batch":
        found.append(Shown("front", lambda lang: front(kept, lang)))
    return found


def pairs(kept: Kept, lang: str) -> Figure:
    """Every pair's differences in the main outcomes."""
    first = kept.names[0]
    apart = {
        outcome.name: {n: kept.values(n, outcome.name) - kept.values(first, outcome.name) for n in kept.names[1:]}
        for outcome in main_outcomes()
    }
    return pairs_picture(first, apart, lang)


def over_time(kept: Kept, series: tuple[str, ...], lang: str) -> Figure:
    """Fan charts of some series."""
    return fans_picture(kept.week_ends, {s: {name: kept.series(name, s) for name in kept.names} for s in series}, lang)


def luck(kept: Kept, lang: str) -> Figure:
    """The audit of shared luck over the main outcomes."""
    first = kept.names[0]
    return luck_picture(
        [luck_record(name, o.name, kept.values(first, o.name), kept.values(name, o.name))
         for name in kept.names[1:] for o in main_outcomes()], lang)  # fmt: skip


def curve(kept: Kept, lang: str) -> Figure:
    """The answer of the main outcomes to the one factor."""
    from ...scenarios.catalogue import word_zh

    factor = kept.factors[0]
    wanted = [outcome.name for outcome in main_outcomes()]
    unit = word_zh("units", factor.unit) if lang == "zh" else factor.unit
    return curve_picture(curve_records(kept.wide, factor.parameter, wanted), unit, lang)


def front(kept: Kept, lang: str) -> Figure:
    """The front over the points of a batch."""
    records = []
    for name in kept.names:
        x, y = (interval_of(kept.values(name, outcome), LEVEL) for outcome in FRONT)
        records.append({"name": name, "runs": x.n, "x": x.mean, "x_low": x.low, "x_high": x.high, "y": y.mean,
                        "y_low": y.low, "y_high": y.high})  # fmt: skip
    return pareto_picture(records, FRONT, lang)


def of_one_run(kept: Kept) -> list[Shown]:
    """The figures of one run; of an older one, the files it wrote."""
    path = kept.folder / "weekly.parquet"
    captions = {"participation": "run_participation", "issues": "run_issues", "meetings": "meetings"}
    if not path.exists():
        return [Shown(n, None, kept.folder / f"{n}.svg", c) for n, c in captions.items()]
    weekly = {name: column.to_numpy() for name, column in read_parquet(path).items() if name in {"day", *SERIES}}
    meetings = read_parquet(kept.folder / "meetings.parquet").to_records(index=False)
    return [
        Shown("participation", lambda lang: participation_of_run(weekly, lang), None, captions["participation"]),
        Shown("issues", lambda lang: issues_of_run(weekly, lang), None, captions["issues"]),
        Shown("meetings", lambda lang: meetings_of_run(np.asarray(meetings), kept.days, lang)),
    ]


def of_picture(kept: Kept) -> list[Shown]:
    """The picture that `linli figure` drew: again from its records, or, where those do not suffice, its file."""
    name = str(kept.about["command"]).split()[1]
    again: dict[str, Callable[[list[dict[str, Any]], str], Figure]] = {"dose": dose_picture, "regimes": regimes_picture}
    records = read_csv(kept.folder / f"{name}.csv")
    if name in again and records:
        return [Shown(name, lambda lang: again[name](records, lang))]
    file = kept.folder / f"{name}.svg"
    return [Shown(name, None, file)] if file.exists() else []


def as_uri(shown: Shown, lang: str) -> tuple[str, bool]:
    """A figure as a data URI (SVG), and whether it is only a column wide."""
    if shown.draw is None:
        assert shown.file is not None
        try:
            data = shown.file.read_bytes()
        except FileNotFoundError:
            raise Refusal(f"{shown.file} is missing; run the command of these results again") from None
        return uri(data), False
    import matplotlib

    figure = shown.draw(lang)
    with io.BytesIO() as file, matplotlib.rc_context(style.settings(lang)):
        figure.savefig(file, format="svg", metadata={"Date": None})
        return uri(file.getvalue()), figure.get_figwidth() < style.DOUBLE


def uri(data: bytes) -> str:
    """An SVG picture as a data URI."""
    return "data:image/svg+xml;base64," + base64.b64encode(data).decode("ascii")


def command_of(kept: Kept) -> str:
    """The command line that makes these results again."""
    about, folder = kept.about, shlex.quote(str(kept.folder))
    if kept.kind == "batch":
        return f"linli batch {shlex.quote(str(kept.folder / 'design.toml'))} --out {folder}"
    names = " ".join(shlex.quote(runnable(scenario)) for scenario in about["scenarios"])
    asked = f"--size {about['size']} --days {about['days']} --seed {about['seed']}"
    runs = f" --runs {about['runs']}" if "runs" in about else ""
    if kept.kind != "figure":
        return f"linli {kept.kind} {names} {asked}{runs} --out {folder}"
    _, name, *show = about["command"].split()
    shown = f" --show {show[0]}" if show else ""
    return f"linli figure {name} --scenario {names} {asked}{runs}{shown} --out {folder}"


def runnable(scenario: dict[str, Any]) -> str:
    """How the command line names a scenario: a shipped one by its name, any other by its file."""
    from ...scenarios import names

    return str(scenario["name"] if scenario["name"] in names() else scenario["file"] or scenario["name"])


def command_for(shown: Shown, kept: Kept, lang: str) -> str:
    """The command line that draws one figure again from the results."""
    if shown.draw is None:
        return f"{command_of(kept)} --lang {lang}"
    return f"linli report {shlex.quote(str(kept.folder))} --figure {shown.name} --lang {lang}"
