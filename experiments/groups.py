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
from ..words import Words, message, message_in
from .counting_costs import points_earned
from .counting_issues import resolved
from .periods import Period, in_period, mean, ratio, reaches_today, recorded

if TYPE_CHECKING:
    import pandas as pd


class Grouping(NamedTuple):
    """A way to tell residents apart: the code of each resident, and what each code is called."""

    label: Words
    codes: Callable[[World], np.ndarray[Any, Any]]
    groups: dict[int, Words]
    """What the groups are called, by code."""


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
    "age": Grouping(message("age"), of_residents("age_band"), {
        AgeBand.YOUNG: message("18 to 34"),
        AgeBand.MIDDLE: message("35 to 59"),
        AgeBand.OLD: message("60 or over"),
    }),
    "gender": Grouping(message("gender"), of_residents("female"), {1: message("women"), 0: message("men")}),
    "tenancy": Grouping(message("tenancy"), of_residents("tenant"), {1: message("tenants"), 0: message("owners")}),
    "employment": Grouping(message("employment"), of_residents("employment"), {
        Employment.REGULAR: message("regular"),
        Employment.RETIRED: message("retired"),
        Employment.GIG: message("gig"),
        Employment.STUDENT: message("student"),
        Employment.OTHER: message("other"),
    }),
    "party": Grouping(message("Party membership"), of_residents("party"), {
        1: message("members"),
        0: message("not members"),
    }),
    "compound": Grouping(message("compound type"), compound_types, {
        CompoundType.OLD_WORK_UNIT: message("old work-unit"),
        CompoundType.COMMODITY: message("commodity"),
        CompoundType.RESETTLEMENT: message("resettlement"),
    }),
}  # fmt: skip
"""The groupings, by name."""


class GroupOutcome(NamedTuple):
    """One number of a group: the mean over its adults of what `of_each` gives, times `times`.

    Where there is a `weight_of_each`, it is the sum of `of_each` over the sum of that: a mean over cases, say.
    """

    unit: Words
    label: Words
    meaning: Words
    of_each: Callable[[World, Period], np.ndarray[Any, Any] | None]
    times: float = 100.0
    weight_of_each: Callable[[World, Period], np.ndarray[Any, Any]] | None = None
    digits: int = 1

    def of_group(self, each: np.ndarray[Any, Any], weights: np.ndarray[Any, Any] | None) -> float:
        """The number, of what each adult of the group has done; not-a-number of nobody."""
        if weights is None:
            return self.times * mean(each)
        return self.times * ratio(each.sum(), weights.sum())


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
        message_in("unit", "% of the group"), message_in("outcome", "volunteered"),
        message("adults who volunteered in the period"),
        lambda world, period: times_in(world, "deeds", period) > 0),
    "acts_per_adult": GroupOutcome(
        message_in("unit", "acts per adult"), message_in("outcome", "acts per adult"),
        message("acts of volunteering in the period, per adult"),
        lambda world, period: times_in(world, "deeds", period), 1.0, digits=3),
    "reports_per_1000": GroupOutcome(
        message_in("unit", "reports per 1,000 adults"), message_in("outcome", "reports per 1,000 adults"),
        message("reports in the period, per 1,000 adults"),
        lambda world, period: times_in(world, "reports", period), 1_000.0),
    "days_to_resolve": GroupOutcome(
        message_in("unit", "days"), message("wait for resolution"),
        message("mean days from report to true resolution, of cases the group reported first that were resolved in the"
                " period"), days_to_resolve, 1.0, n_resolved),
    "share_attending": GroupOutcome(
        message_in("unit", "% of the group"), message_in("outcome", "came to a meeting"),
        message("adults who have come to a residents' meeting since the founding"),
        so_far(lambda world: world.residents["meetings"] > 0)),
    "points_per_head": GroupOutcome(
        message_in("unit", "points per adult"), message("points earned"),
        message("points earned since the founding, per adult"),
        so_far(lambda world: points_earned(world.residents)), 1.0, digits=0),
    "mean_spirit": GroupOutcome(
        message_in("unit", "0 to 1"), message("public spirit"),
        message("mean public spirit of the group's adults on the last day"),
        so_far(lambda world: world.residents["spirit"]), 1.0, digits=3),
    "share_redeemers": GroupOutcome(
        message_in("unit", "% of the group"), message("have redeemed points"),
        message("adults who have redeemed points since the founding"),
        so_far(lambda world: world.residents["redeemed"] > 0)),
}  # fmt: skip
"""The outcomes of groups, by name; beside them stands the share of adults that a group is."""

SHARE = GroupOutcome(
    message_in("unit", "% of adults"),
    message("share of adults"),
    message("adults of this group, of all adults"),
    lambda world, period: None,
)

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
    for grouping, (_, codes_of, groups) in GROUPINGS.items():
        codes = codes_of(world)
        for code, group in groups.items():
            there = adults & (codes == code)
            n = int(there.sum())
            values = {"share_of_adults": 100.0 * n / adults.sum()}
            for name, each in of_each.items():
                weight = weights[name][there] if name in weights else None
                values[name] = math.nan if each is None else GROUP_OUTCOMES[name].of_group(each[there], weight)
            records += [
                {"grouping": grouping, "group": str(group), "outcome": name, "value": float(value), "n": n}
                for name, value in values.items()
            ]
    return records


def in_words(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records as they are written: with unit and meaning, and with Chinese names beside the English ones."""
    found = []
    for record in records:
        grouping, outcome = GROUPINGS[record["grouping"]], ALL_OUTCOMES[record["outcome"]]
        group = next(name for name in grouping.groups.values() if name == record["group"])
        whole = {
            "grouping": record["grouping"], "grouping_zh": grouping.label.zh, **columns("group", group),
            "outcome": record["outcome"], **columns("label", outcome.label), **columns("unit", outcome.unit),
        }  # fmt: skip
        found.append({**whole, **record, **columns("meaning", outcome.meaning)})
    return found


def columns(name: str, words: Words) -> dict[str, str]:
    """A text as two columns."""
    return {name: words.en, f"{name}_zh": words.zh}


def groups_frame(world: World, period: Period | None = None) -> pd.DataFrame:
    """The same as a tidy DataFrame, in words."""
    import pandas as pd

    return pd.DataFrame(in_words(by_group(world, period)))
