"""Outcomes by group: who takes part, reports, waits and earns, by age, gender, tenancy, work, Party and compound.

Only adults act, so everything here is per adult. What the town knows only as a total so far (attendance,
points) counts from the founding; scenarios of a comparison share that past.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..agents.resident import AgeBand, Employment
from ..model.places import CompoundType
from ..model.world import World
from .counting_costs import points_earned
from .counting_issues import resolved
from .declared import UNITS_ZH
from .periods import Period, in_period, mean, ratio, reaches_today, recorded

if TYPE_CHECKING:
    import pandas as pd


class Grouping(NamedTuple):
    """A way to tell residents apart: the code of each resident, and what each code is called."""

    label: str
    label_zh: str
    codes: Callable[[World], np.ndarray[Any, Any]]
    groups: dict[int, tuple[str, str]]
    """Name and Chinese name of the groups, by code."""


def of_residents(column: str) -> Callable[[World], np.ndarray[Any, Any]]:
    """The codes are a column of the residents."""

    def codes(world: World) -> np.ndarray[Any, Any]:
        found: np.ndarray[Any, Any] = world.residents[column]
        return found

    return codes


def compound_types(world: World) -> np.ndarray[Any, Any]:
    """The type of the compound each resident lives in."""
    found: np.ndarray[Any, Any] = world.micro_grids["compound_type"][world.residents["micro_grid"]]
    return found


GROUPINGS: dict[str, Grouping] = {
    "age": Grouping("age", "年龄", of_residents("age_band"), {
        AgeBand.YOUNG: ("18 to 34", "18–34岁"),
        AgeBand.MIDDLE: ("35 to 59", "35–59岁"),
        AgeBand.OLD: ("60 or over", "60岁及以上"),
    }),
    "gender": Grouping("gender", "性别", of_residents("female"), {1: ("women", "女"), 0: ("men", "男")}),
    "tenancy": Grouping("tenancy", "住房", of_residents("tenant"), {1: ("tenants", "租户"), 0: ("owners", "业主")}),
    "employment": Grouping("employment", "就业", of_residents("employment"), {
        Employment.REGULAR: ("regular", "固定就业"),
        Employment.RETIRED: ("retired", "退休"),
        Employment.GIG: ("gig", "新就业形态"),
        Employment.STUDENT: ("student", "学生"),
        Employment.OTHER: ("other", "其他"),
    }),
    "party": Grouping("Party membership", "党员身份", of_residents("party"), {
        1: ("members", "党员"),
        0: ("not members", "非党员"),
    }),
    "compound": Grouping("compound type", "小区类型", compound_types, {
        CompoundType.OLD_WORK_UNIT: ("old work-unit", "老旧单位院落"),
        CompoundType.COMMODITY: ("commodity", "商品房小区"),
        CompoundType.RESETTLEMENT: ("resettlement", "安置小区"),
    }),
}  # fmt: skip
"""The groupings, by name."""


class GroupOutcome(NamedTuple):
    """One number of a group: the mean over its adults of what `of_each` gives, times `times`.

    Where there is a `weight_of_each`, it is the sum of `of_each` over the sum of that: a mean over cases, say.
    """

    unit: str
    label: str
    label_zh: str
    meaning: str
    meaning_zh: str
    of_each: Callable[[World, Period], np.ndarray[Any, Any] | None]
    times: float = 100.0
    weight_of_each: Callable[[World, Period], np.ndarray[Any, Any]] | None = None
    digits: int = 1

    def of_group(self, each: np.ndarray[Any, Any], weights: np.ndarray[Any, Any] | None) -> float:
        """The number, of what each adult of the group has done; not-a-number of nobody."""
        if weights is None:
            return self.times * mean(each)
        return self.times * ratio(each.sum(), weights.sum())


UNITS_OF_GROUPS_ZH = UNITS_ZH | {
    "% of the group": "占该组成年人 %",
    "% of adults": "占成年居民 %",
    "acts per adult": "次/人",
    "reports per 1,000 adults": "次/千人",
    "points per adult": "积分/人",
}
"""Units in Chinese."""


def times_in(world: World, name: str, period: Period) -> np.ndarray[Any, Any]:
    """How often each resident stands in a dated log within the period."""
    return np.bincount(in_period(world, name, period)["resident"], minlength=len(world.residents))


def days_to_resolve(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The days from report to true resolution, summed over the cases each resident was the first to report."""
    done = resolved_reports(world, period)
    return np.bincount(done["reporter"], done["resolved_day"] - done["detected"], minlength=len(world.residents))


def n_resolved(world: World, period: Period) -> np.ndarray[Any, Any]:
    """How many of the cases each resident was the first to report were truly resolved in the period."""
    return np.bincount(resolved_reports(world, period)["reporter"], minlength=len(world.residents))


def resolved_reports(world: World, period: Period) -> np.ndarray[Any, Any]:
    """The issues that residents reported first, truly resolved in the period."""
    done = resolved(world, period)
    return done[done["reporter"] >= 0]


def so_far(of_each: Callable[[World], np.ndarray[Any, Any]]) -> Callable[[World, Period], Any]:
    """What residents have done from the founding to today; None for a period that ended earlier."""
    return lambda world, period: of_each(world) if reaches_today(world, period) else None


GROUP_OUTCOMES: dict[str, GroupOutcome] = {
    "share_active": GroupOutcome(
        "% of the group", "volunteered", "参加志愿服务比例",
        "adults who volunteered in the period", "期间参加过志愿服务的成年人",
        lambda world, period: times_in(world, "deeds", period) > 0),
    "acts_per_adult": GroupOutcome(
        "acts per adult", "acts per adult", "人均志愿服务次数",
        "acts of volunteering in the period, per adult", "期间志愿服务次数除以成年人数",
        lambda world, period: times_in(world, "deeds", period), 1.0, digits=3),
    "reports_per_1000": GroupOutcome(
        "reports per 1,000 adults", "reports per 1,000 adults", "每千人上报次数",
        "reports in the period, per 1,000 adults", "期间每千名成年人的上报次数",
        lambda world, period: times_in(world, "reports", period), 1_000.0),
    "days_to_resolve": GroupOutcome(
        "days", "wait for resolution", "从上报到解决天数",
        "mean days from report to true resolution, of cases the group reported first that were resolved in the period",
        "该组首先上报、期间真正解决的案件，从上报到解决的平均天数", days_to_resolve, 1.0, n_resolved),
    "share_attending": GroupOutcome(
        "% of the group", "came to a meeting", "参加会议比例",
        "adults who have come to a residents' meeting since the founding", "自建立以来参加过居民会议的成年人",
        so_far(lambda world: world.residents["meetings"] > 0)),
    "points_per_head": GroupOutcome(
        "points per adult", "points earned", "人均获得积分",
        "points earned since the founding, per adult", "自建立以来获得的积分除以成年人数",
        so_far(lambda world: points_earned(world.residents)), 1.0, digits=0),
    "mean_spirit": GroupOutcome(
        "0 to 1", "public spirit", "公益心",
        "mean public spirit of the group's adults on the last day", "该组成年人最后一天公益心均值",
        so_far(lambda world: world.residents["spirit"]), 1.0, digits=3),
    "share_redeemers": GroupOutcome(
        "% of the group", "have redeemed points", "兑换积分比例",
        "adults who have redeemed points since the founding", "自建立以来兑换过积分的成年人",
        so_far(lambda world: world.residents["redeemed"] > 0)),
}  # fmt: skip
"""The outcomes of groups, by name; beside them stands the share of adults that a group is."""

SHARE = GroupOutcome("% of adults", "share of adults", "占成年居民比例", "adults of this group, of all adults",
                     "该组成年人占全部成年居民的比例", lambda world, period: None)  # fmt: skip

ALL_OUTCOMES = {"share_of_adults": SHARE, **GROUP_OUTCOMES}
"""Everything that is said of a group."""


def by_group(world: World, period: Period | None = None) -> list[dict[str, Any]]:
    """One tidy record a grouping, group and outcome: its value, and the number n of adults in the group.

    Not-a-number where there is nobody, and for what is known only as of today in a period that ended earlier.
    """
    period = period or recorded(world)
    of_each = {name: outcome.of_each(world, period) for name, outcome in GROUP_OUTCOMES.items()}
    weights = {name: o.weight_of_each(world, period) for name, o in GROUP_OUTCOMES.items() if o.weight_of_each}
    adults = world.residents["adult"]
    records = []
    for grouping, (_, _, codes_of, groups) in GROUPINGS.items():
        codes = codes_of(world)
        for code, (group, _) in groups.items():
            there = adults & (codes == code)
            n = int(there.sum())
            values = {"share_of_adults": 100.0 * n / adults.sum()}
            for name, each in of_each.items():
                weight = weights[name][there] if name in weights else None
                values[name] = math.nan if each is None else GROUP_OUTCOMES[name].of_group(each[there], weight)
            records += [
                {"grouping": grouping, "group": group, "outcome": name, "value": float(value), "n": n}
                for name, value in values.items()
            ]
    return records


def in_words(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records as they are written: with unit and meaning, and with Chinese names beside the English ones."""
    found = []
    for record in records:
        grouping, outcome = GROUPINGS[record["grouping"]], ALL_OUTCOMES[record["outcome"]]
        names_zh = dict(grouping.groups.values())
        whole = {
            "grouping": record["grouping"], "grouping_zh": grouping.label_zh, "group": record["group"],
            "group_zh": names_zh[record["group"]], "outcome": record["outcome"], "label": outcome.label,
            "label_zh": outcome.label_zh, "unit": outcome.unit, "unit_zh": UNITS_OF_GROUPS_ZH[outcome.unit],
        }  # fmt: skip
        found.append({**whole, **record, "meaning": outcome.meaning, "meaning_zh": outcome.meaning_zh})
    return found


def groups_frame(world: World, period: Period | None = None) -> pd.DataFrame:
    """The same as a tidy DataFrame, in words."""
    import pandas as pd

    return pd.DataFrame(in_words(by_group(world, period)))
