"""All futures at once: six fan charts of A and B, a sentence under each, and one for all."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from ...words import message
from ..futures import OUTCOMES, Futures
from ..sentences import told_apart
from .parts import COLOURS, box, explained, text

MONTHS = "day => day < 1 ? '0' : Math.round(day / 30.42) + '{}'"
"""How the browser writes a day on the axis."""

VALUE = "v => v == null ? '–' : (+v).toPrecision(3)"
"""How the browser writes a number that is pointed at."""

ABOUT = {
    "participation": message(
        "Residents who volunteered at least once in the last 30 days, as a share of all residents."),
    "open": message(
        "Issues that can be seen and are not resolved on that day, whether anybody has reported them or not."),
    "resolved": message(
        "Issues that were closed and are truly resolved, added up from day 0; closed on paper does not count."),
    "wait": message(
        "Half of the issues truly resolved in the last 91 days took no longer than this from being known."),
    "consent": message(
        "How far those whom a decision affects accept it, from 0 (not at all) to 1 (wholly), whether they came or "
        "not; it stands for satisfaction, which the model does not have."),
    "cost": message(
        "Money spent from day 0 on issues, plans, the points mall, the programme and further hours; usual wages are "
        "not in it."),
}  # fmt: skip
"""What each outcome counts."""

LINES = {"A": "solid", "B": "dashed"}
LOW, LOWER, MIDDLE, UPPER, HIGH = range(5)
"""Rows of the bands: 5, 25, 50, 75 and 95 %."""


class FuturesPanel:
    """The charts and their sentences."""

    def __init__(self, lang: str, n_days: int) -> None:
        self.lang = lang
        self.charts: dict[str, Any] = {}
        self.sentences: dict[str, Any] = {}
        self.body = box("futures", "section")
        with self.body.props(f'aria-label="{message("What happens").told(lang)}" id="results"'):
            with box("futures-head"):
                self.overall = ui.label("").classes("overall").props('role="status" aria-live="polite"')
                self.count = (
                    ui.label("")
                    .classes("count")
                    .props(
                        f'title="{message("pairs: the same people with the same luck under A and under B").told(lang)}"'
                    )
                )
            text(message("The results are hidden while the room guesses.").told(lang), "veil")
            with box("charts"):
                for name, about in OUTCOMES.items():
                    title = about.label.told(lang)
                    with box("chart-box", "figure").props(f'data-outcome="{name}"'):
                        with box("chart-title", "figcaption"):
                            explained(title, ABOUT[name].told(lang))
                            text(about.unit.told(lang), "chart-unit", "span")
                        self.charts[name] = (
                            ui.echart(blank(about, lang, n_days))
                            .classes("chart")
                            .props(f'role="img" aria-label="{title}"')
                        )
                        self.sentences[name] = ui.label("").classes("sentence")

    def veil(self, hidden: bool) -> None:
        """Hide what would give an answer away, or show it again."""
        self.body.classes(add="veiled" if hidden else "", remove="" if hidden else "veiled")

    def waiting(self) -> None:
        """A new answer is being computed."""
        self.count.classes(add="busy")

    def show(self, futures: Futures) -> None:
        """What is known so far."""
        whole = futures.n_pairs >= futures.wanted
        self.count.set_text(message("{n} of {wanted} pairs", n=futures.n_pairs, wanted=futures.wanted).told(self.lang))
        self.count.classes(remove="busy" if whole else "", add="" if whole else "busy")
        self.overall.set_text(futures.overall.told(self.lang))
        for name, chart in self.charts.items():
            chart.run_chart_method("setOption", {"series": series_of(futures, name)}, {"lazyUpdate": False})
            said = futures.sentences[name].told(self.lang)
            self.sentences[name].set_text(said)
            self.sentences[name].classes(replace=f"sentence {kind_of(futures, name)}")
            chart.props(f'aria-label="{said}"')


def chart_key(lang: str) -> None:
    """What the lines and bands of the charts mean."""
    with box("chart-key").props(f'role="note" aria-label="{message("the lines and bands of the charts").told(lang)}"'):
        for slot in ("A", "B"):
            with box(f"key key-{slot}", "span"):
                box("key-line", "span")
                text(slot, tag="b")
        text(message("line: middle future").told(lang), "key", "span")
        for shade, said in (("inner", message("half of all futures")), ("outer", message("nine in ten"))):
            with box("key", "span"):
                box(f"key-band {shade}", "span")
                text(said.told(lang), tag="span")


def kind_of(futures: Futures, name: str) -> str:
    """Whether B is "better", "worse", "different" (where neither is either) or "undecided"."""
    difference = futures.differences[name]
    if not told_apart(difference):
        return "undecided"
    way = OUTCOMES[name].better * (1 if difference.mean > 0.0 else -1)
    return {1: "better", -1: "worse"}.get(way, "different")


def blank(about: Any, lang: str, n_days: int) -> dict[str, Any]:
    """A chart without data."""
    return {
        "animation": False,
        "grid": {"left": 52, "right": 22, "top": 8, "bottom": 18},
        "textStyle": {"fontFamily": "inherit", "color": "#222"},
        "tooltip": {"trigger": "axis", "confine": True, ":valueFormatter": VALUE},
        "xAxis": {
            "type": "value", "min": 0, "max": n_days, "interval": n_days / 4, "splitLine": {"show": False},
            "axisLabel": {"fontSize": 12, "color": "#333", ":formatter": MONTHS.format(message(" mo").told(lang))},
        },
        "yAxis": {
            "type": "value", "axisLabel": {"fontSize": 12, "color": "#333", "hideOverlap": True}, "splitNumber": 2,
            "splitLine": {"lineStyle": {"color": "#e3e3e3"}}, "scale": about.total == "consent",
        },
        "series": [],
    }  # fmt: skip


def series_of(futures: Futures, name: str) -> list[dict[str, Any]]:
    """Bands and medians of A and B, as ECharts wants them: a band is its lower edge and, stacked on it, its height."""
    days = futures.days.tolist()
    found: list[dict[str, Any]] = []
    for slot in ("A", "B"):
        rows = futures.bands[name][slot]
        for low, high, shade in ((LOW, HIGH, 0.13), (LOWER, UPPER, 0.25)):
            stack = f"{slot}{low}"
            edge = {"type": "line", "stack": stack, "symbol": "none", "lineStyle": {"opacity": 0}, "silent": True,
                    "stackStrategy": "all", "tooltip": {"show": False}, "animation": False}  # fmt: skip
            height = (rows[high] - rows[low]).round(4).tolist()
            found.append(edge | {"id": f"{stack}-from", "data": pairs(days, rows[low].round(4).tolist())})
            found.append(edge | {"id": f"{stack}-to", "data": pairs(days, height),
                                 "areaStyle": {"color": COLOURS[slot], "opacity": shade}})  # fmt: skip
        found.append({
            "id": f"{slot}-median", "name": slot, "type": "line", "symbol": "none", "animation": False,
            "data": pairs(days, rows[MIDDLE].round(4).tolist()), "color": COLOURS[slot],
            "lineStyle": {"color": COLOURS[slot], "width": 2.4, "type": LINES[slot]}, "z": 5,
        })  # fmt: skip
    return found


def pairs(days: list[float], values: list[float]) -> list[list[float | None]]:
    """Points of a line; what is not a number leaves a gap."""
    return [[day, value if value == value else None] for day, value in zip(days, values, strict=True)]
