"""The figures of a report: which of them, what each shows, and the command that draws it again."""

from __future__ import annotations

import base64
import io
import re
import shlex
from pathlib import Path
from typing import Any, NamedTuple

from ...words import message
from ...words.text import Message
from .. import style
from ..provenance import Refusal
from .drawn import draw_from
from .kept import Kept
from .recipes import FIGURES, Wanted

FEWEST_POINTS, SETTINGS, MOST_CURVES = 4, (3, 12), 4
"""Points from which on a front is worth drawing; how many settings a factor with a curve has; curves in a report."""

CAPTIONS: dict[str, Message] = {
    "differences": message(
        "What each scenario changes in the main outcomes: mean paired difference to the first scenario, with its "
        "95 % interval. Hollow marks cannot be told apart from no difference."
    ),
    "pairs": message("The same differences seed by seed: each dot is a pair of runs with the same luck."),
    "participation": message(
        "Taking part over time: the median of all runs, with bands that hold 50 and 90 % of them."
    ),
    "issues": message("Issues over time: the median of all runs, with bands that hold 50 and 90 % of them."),
    "groups": message(
        "Who benefits and who bears: the change in each group of residents against the first scenario, with its "
        "95 % interval; an arrow says that an interval goes on. Hollow marks cannot be told apart from no difference."
    ),
    "luck": message(
        "What shared luck is worth: how alike the two runs of a pair are, and how many unpaired runs one paired run "
        "replaces."
    ),
    "curve": message(
        "How the main outcomes answer to {factor}, with 95 % intervals; what else the batch varies is averaged over."
    ),
    "sensitivity": message(
        "How strongly the main outcomes move with each factor, the others held: partial rank correlations, 1 or −1 "
        "where the one always rises or falls with the other. Bars whose interval holds 0 are hollow."
    ),
    "front": message(
        "Which points are bettered by no other: what is truly resolved, against the money spent, with 95 % intervals."
    ),
    "run_participation": message("Active residents and acts of volunteering, week by week, in this one run."),
    "run_issues": message(
        "Issues that arose, were reported and resolved, and those open, week by week, in this one run."
    ),
    "meetings": message(
        "What became of the matters before the councils, and how many residents came, in this one run."
    ),
    "twins": message(
        "When residents and issues came to differ between the two scenarios, and how some differences came about, from "
        "the lever on: each mark is a step that needs the one before it."
    ),
    "dose": message("How much residents take part for how much pay, with 95 % intervals."),
    "regimes": message("How councils fare under each way of deliberating, with 95 % intervals."),
    "meeting": message("Who spoke when in the fullest meeting, and how positions moved."),
    "life": message("Where unresolved issues stand over time, and how long they take to each step."),
    "map": message("The neighbourhood on the last day: buildings, ties, and who serves where."),
}
"""What each figure shows. It is also the text for those who cannot see it."""


class Shown(NamedTuple):
    """A figure of a report: its name, what it is of, or the file in which a command left it."""

    name: str
    wanted: Wanted = Wanted()
    file: Path | None = None
    caption: str = ""
    """Key of `CAPTIONS`, where it is not the name."""

    @property
    def anchor(self) -> str:
        """The name, and the factor if there is one."""
        return f"{self.name}-{self.wanted.factor}" if self.wanted.factor else self.name

    def said(self, lang: str) -> str:
        """What it shows."""
        return CAPTIONS[self.caption or self.name].filled(factor=self.wanted.factor).told(lang)


def figures_of(kept: Kept) -> list[Shown]:
    """The figures that a report of these results shows."""
    if kept.kind == "run":
        return figures_of_run(kept)
    if kept.kind == "figure":
        return [figure_of_picture(kept)]
    if kept.kind == "diff":
        return [] if FIGURES["twins"][0](kept) else [Shown("twins")]
    names = [] if kept.many else ["differences", "pairs", "participation", "issues", "groups", "luck"]
    return figures_of_factors(kept) + [Shown(name) for name in names if not FIGURES[name][0](kept)]


def figures_of_factors(kept: Kept) -> list[Shown]:
    """The figures of a batch that varies something."""
    if kept.kind != "batch" or kept.wide is None:
        return []
    curves = [f.parameter for f in kept.factors if SETTINGS[0] <= len(f.settings) <= SETTINGS[1]]
    found = [Shown("curve", Wanted(factor=factor)) for factor in curves[:MOST_CURVES]]
    if len(kept.factors) > 1 and drawable(kept, "sensitivity"):
        found.append(Shown("sensitivity"))
    return found + ([Shown("front")] if len(kept.names) >= FEWEST_POINTS else [])


def drawable(kept: Kept, name: str) -> bool:
    """Whether these results allow a figure."""
    try:
        draw_from(kept, name, Wanted())
    except Refusal:
        return False
    return True


def figures_of_run(kept: Kept) -> list[Shown]:
    """The figures of one run; of one without weekly series, the files it wrote."""
    captions = {"participation": "run_participation", "issues": "run_issues", "meetings": "meetings"}
    lacking = FIGURES["issues"][0](kept)
    files = {name: kept.folder / f"{name}.svg" if lacking else None for name in captions}
    return [Shown(name, Wanted(), files[name], caption) for name, caption in captions.items()]


def figure_of_picture(kept: Kept) -> Shown:
    """The picture that `linli figure` drew: again from its records, or, where those do not suffice, its file."""
    name = str(kept.about["command"]).split()[1]
    if name in FIGURES and not FIGURES[name][0](kept):
        return Shown(name)
    return Shown(name, Wanted(), kept.folder / f"{name}.svg")


def as_uri(kept: Kept, shown: Shown, lang: str, ready: Path | None = None) -> tuple[str, bool]:
    """A figure as a data URI (SVG), and whether it is only a column wide; drawn now, unless its file is ready."""
    file = shown.file or ready
    if file is not None:
        try:
            svg = file.read_bytes()
        except FileNotFoundError:
            raise Refusal(message("{file} is missing; run the command of these results again", file=file)) from None
        width = re.search(rb'<svg[^>]* width="([\d.]+)pt"', svg[:2000])
        return uri(svg), bool(width) and float(width[1]) < 72 * style.DOUBLE  # type: ignore[index]
    import matplotlib

    figure = draw_from(kept, shown.name, shown.wanted).draw(lang)
    with io.BytesIO() as buffer, matplotlib.rc_context(style.settings(lang)):
        style.settle(figure)
        figure.savefig(buffer, format="svg", metadata={"Date": None})
        return uri(buffer.getvalue()), figure.get_figwidth() < style.DOUBLE


def uri(svg: bytes) -> str:
    """An SVG picture as a data URI."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")


def command_of(kept: Kept) -> str:
    """The command line that makes these results again."""
    about, folder = kept.about, shlex.quote(kept.path)
    if kept.kind == "batch":
        return f"linli batch {shlex.quote(f'{kept.path}/design.toml')} --out {folder}"
    names = " ".join(shlex.quote(runnable(scenario)) for scenario in about["scenarios"])
    asked = f"--size {about['size']} --days {about['days']} --seed {about['seed']}"
    runs = f" --runs {about['runs']}" if "runs" in about else ""
    if kept.kind != "figure":
        return f"linli {' '.join([kept.kind, names, asked, *about['command'].split()[1:]])}{runs} --out {folder}"
    _, name, *show = about["command"].split()
    shown = f" --show {show[0]}" if show else ""
    return f"linli figure {name} --scenario {names} {asked}{runs}{shown} --out {folder}"


def runnable(scenario: dict[str, Any]) -> str:
    """How the command line names a scenario: a shipped one by its name, any other by its file."""
    from ...scenarios import names

    return str(scenario["name"] if scenario["name"] in names() else scenario["file"] or scenario["name"])


def command_for(kept: Kept, shown: Shown, lang: str) -> str:
    """The command line that draws one figure again from the results."""
    in_language = " --lang zh" if lang == "zh" else ""
    if shown.file is not None:
        return f"{command_of(kept)}{in_language}"
    of = "".join(f" --of {name}" for name in shown.wanted.of)
    factor = f" --factor {shown.wanted.factor}" if shown.wanted.factor else ""
    return f"linli figure {shown.name} --from {shlex.quote(kept.path)}{of}{factor}{in_language}"
