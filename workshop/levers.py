"""The levers: every number of a scenario that can be changed while a town lives, from the one declaration of each.

An important dozen stands in front under short names. All others stand behind them under their meaning: first those of
policy, then the assumptions about people and procedures. A parameter that is declared later appears by itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..model.spec import Spec
from ..scenarios import parameters
from ..scenarios.catalogue import STRUCTURAL, Entry, title_zh, word_zh
from ..scenarios.contradictions import value_of
from ..words import Words, listed, message, pair
from ..words.text import Message
from .state import Setting, Value

POLICY = (
    "incentives", "recognition", "mall", "deliberation", "agenda", "grid", "party", "deputies", "disclosure",
    "adoption_feedback", "platform", "funds", "renewal", "services", "activities", "community_building",
    "civic_education", "service_floors", "shocks",
)  # fmt: skip
"""Sections that somebody can decide on; all others say how people and procedures are assumed to be."""

PAY = (0, 10, 50, 100, 200, 500, 1_000, 2_000)
"""Points for an hour: 0 to 20 yuan, the steps of the incentive axis."""


class Front(NamedTuple):
    """A lever of the important dozen: its short name, the heading it stands under, and the stops of its slider."""

    name: str
    label: Words
    heading: Words
    stops: tuple[float, ...] = ()


INCENTIVES = message("Points and recognition")
MEETINGS = message("Deliberation")
RULES = message("The eight rules")
STAFF = message("Grid, Party, deputies")

FRONT: tuple[Front, ...] = (
    Front("incentives.points_per_hour", message("Points for an hour of volunteering"), INCENTIVES, PAY),
    Front("incentives.points_per_meeting_hour", message("Points for an hour of meeting"), INCENTIVES, PAY),
    Front("recognition.visibility", message("Deeds shown on a public board"), INCENTIVES,
          (0.0, 0.25, 0.5, 0.75, 1.0)),
    Front("recognition.praise_days", message("Days between rounds of praise (0: none)"), INCENTIVES,
          (0, 30, 60, 90, 180, 365)),
    Front("mall.redeem_for", message("Points are redeemed for"), INCENTIVES),
    Front("mall.budget_limited", message("The points mall can run dry"), INCENTIVES),
    Front("deliberation.attendance", message("Who attends"), MEETINGS),
    Front("deliberation.convener", message("Who takes the chair"), MEETINGS),
    Front("deliberation.period", message("Days between meetings"), MEETINGS, (3, 7, 10, 14, 21, 28, 60, 120)),
    Front("deliberation.neutral_chair", message("1 neutral chair"), RULES),
    Front("deliberation.one_matter", message("2 one matter at a time"), RULES),
    Front("deliberation.raise_hands", message("3 raise hands"), RULES),
    Front("deliberation.respect", message("4 respect, no interruptions"), RULES),
    Front("deliberation.turn_limits", message("5 limits of time and turns"), RULES),
    Front("deliberation.full_discussion", message("6 full discussion"), RULES),
    Front("deliberation.threshold", message("7 majority rule: more than"), RULES,
          (0.5, 0.6, 0.6667, 0.75, 0.8, 0.9)),
    Front("deliberation.minority_voice", message("8 minority is heard"), RULES),
    Front("deliberation.minority_amendment", message("8 plan meets the minority half-way"), RULES),
    Front("grid.staffing", message("Hours of all staff, × baseline"), STAFF,
          (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)),
    Front("grid.patrol_hours", message("Patrol, hours a week"), STAFF, (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0)),
    Front("party.quota", message("Households linked to each Party member"), STAFF,
          (0, 2, 4, 6, 12, 20, 30, 40)),
    Front("deputies.period", message("Days between reception days"), STAFF, (7, 14, 30, 60, 90, 180, 365)),
    Front("disclosure.immediate_days", message("Days until news is posted"), STAFF),
    Front("adoption_feedback.publish", message("Adopted suggestions are published"), STAFF),
    Front("platform.sensing", message("Sensing by the city platform"), STAFF),
)  # fmt: skip
"""The levers in front, those of later versions among them: they are shown once they are declared."""

REGIMES = (
    "cadre", "open_courtyard", "eight_rules_majority", "eight_rules_accommodation", "near_consensus",
    "statutory_quorum", "direct_vote", "residents_meeting",
)  # fmt: skip
"""Shipped scenarios that are a way to decide: they set the section `deliberation` and nothing else."""

REGIME_WORDS = {
    "cadre": message("Cadre decides"),
    "open_courtyard": message("Open courtyard, no rules"),
    "eight_rules_majority": message("Eight rules, majority"),
    "eight_rules_accommodation": message("Eight rules, minority met half-way"),
    "near_consensus": message("Near consensus (80 %)"),
    "statutory_quorum": message("Owners' double quorum"),
    "direct_vote": message("Direct vote, no meeting"),
    "residents_meeting": message("Residents' meeting (law)"),
}

HALF_WAY = 100
"""Into how many steps a range is divided where it has no stops of its own."""


@dataclass(frozen=True)
class Lever:
    """One parameter as a lever."""

    name: str
    section: str
    kind: str
    """ "yes", "choice", "whole" or "number"."""
    label: Words
    help: Words
    source: Words
    unit: Words
    low: float
    high: float
    step: float
    stops: tuple[float, ...]
    choices: tuple[tuple[str, Words], ...]

    def told(self, value: Value, lang: str) -> str:
        """A value with its unit, as it is read."""
        if self.kind == "yes":
            return (message("yes") if value else message("no")).told(lang)
        if self.kind == "choice":
            return dict(self.choices)[str(value)].told(lang)
        number = f"{value:g}" if isinstance(value, float) else f"{value:,}"
        if self.name.startswith("incentives.points_per") and isinstance(value, int | float):
            return message("{n} points ({worth:g} yuan)", n=number, worth=value / 100).told(lang)
        if self.unit.en == "1" and self.high <= 1.0:
            return f"{100.0 * float(value):.4g} %"
        return number if self.unit.en == "1" else f"{number} {self.unit.told(lang)}"

    def held(self, value: float | bool | str) -> Value:
        """What a slider, a switch or a list hands over, as the parameter holds it."""
        if self.kind == "whole":
            return round(float(value))
        return float(value) if self.kind == "number" else value

    def place(self, value: Value) -> int:
        """The stop that is nearest to a value."""
        return min(range(len(self.stops)), key=lambda k: abs(self.stops[k] - float(value)))


def lever_of(entry: Entry, front: Front | None = None) -> Lever:
    """The lever of a parameter."""
    kind = "choice" if entry.choices else "number"
    if isinstance(entry.default, bool):
        kind = "yes"
    elif isinstance(entry.default, int):
        kind = "whole"
    low, high = float(entry.low or 0.0), float(entry.high or 0.0)
    step = 1.0 if kind == "whole" else round_step((high - low) / HALF_WAY)
    choices = tuple((name, pair(name.replace("_", " "), word_zh("choices", name))) for name in entry.choices)
    source = source_of(entry.source)
    helps = message("{meaning}. {source} [{name}]", meaning=entry.meaning, source=source,
                    name=f"{entry.section}.{entry.name}")  # fmt: skip
    return Lever(f"{entry.section}.{entry.name}", entry.section, kind, front.label if front else entry.meaning, helps,
                 source, entry.unit, low, high, step, front.stops if front else (), choices)  # fmt: skip


def source_of(source: str) -> Words:
    """Where a value is from; what stands in the declarations in English is said in Chinese."""
    parts = (Message("sources", part, {}) for part in source.split(", "))
    return message("Source: {source}", source=listed(parts))


def round_step(step: float) -> float:
    """A step of a slider: the power of ten below, or twice or five times that."""
    if step <= 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(step))
    return float(next(power * k for k in (5, 2, 1) if power * k <= step * 1.0000001))


@cache
def in_front() -> tuple[tuple[Front, Lever], ...]:
    """The important levers that are declared."""
    known = {f"{entry.section}.{entry.name}": entry for entry in parameters()}
    return tuple((front, lever_of(known[front.name], front)) for front in FRONT if front.name in known)


@cache
def behind() -> tuple[tuple[str, tuple[Lever, ...]], ...]:
    """All levers by their sections, those of policy first; what is settled at the founding of a town is none."""
    sections: dict[str, list[Lever]] = {}
    for entry in parameters():
        if entry.section not in STRUCTURAL:
            sections.setdefault(entry.section, []).append(lever_of(entry))
    return tuple((name, tuple(sections[name])) for name in sorted(sections, key=lambda name: name not in POLICY))


@cache
def lever(name: str) -> Lever:
    """The lever of this name. Raises KeyError."""
    front = {lever.name: lever for _, lever in in_front()}
    return front.get(name) or {each.name: each for _, levers in behind() for each in levers}[name]


def heading_of(section: str, lang: str) -> str:
    """What a section is called."""
    return title_zh(section) if lang == "zh" else section.replace("_", " ").replace(".", ": ")


def moved(setting: Setting, name: str, value: Value, day: int = 0) -> Setting:
    """The setting with a lever moved, and with what has to go with it: pay needs a programme, and none pays nothing."""
    setting = setting.with_value(name, value, day)
    if name in PAYING and value:
        setting = setting.with_value("incentives.programme_on", True, day)
    if name == "incentives.programme_on" and not value:
        for paying in PAYING:
            setting = setting.with_value(paying, 0, day)
    return setting


PAYING = (
    "incentives.points_per_hour", "incentives.points_per_meeting_hour", "incentives.points_per_duty_hour",
    "incentives.worker_points_per_hour", "incentives.merit_points", "incentives.appraisal_points",
)  # fmt: skip
"""Levers that mean nothing without a points programme."""


def with_regime(setting: Setting, regime: str, day: int = 0) -> Setting:
    """The setting with a way to decide laid over it: everything that tells the ways apart, and nothing else."""
    from .state import preset

    spec = preset(regime).spec.on(0)
    for name in told_apart():
        setting = setting.with_value(name, value_of(spec, name), day)
    return setting


@cache
def told_apart() -> tuple[str, ...]:
    """The parameters in which the ways to decide differ."""
    from .state import preset

    sections = [preset(regime).changes.get("deliberation", {}) for regime in REGIMES]
    return tuple(dict.fromkeys(f"deliberation.{name}" for section in sections for name in section))


def regime_of(spec: Spec) -> str | None:
    """The way to decide that a specification has; None if it is one of one's own."""
    from .state import preset

    for regime in REGIMES:
        of_regime = preset(regime).spec.on(0)
        if all(value_of(spec, name) == value_of(of_regime, name) for name in told_apart()):
            return regime
    return None
