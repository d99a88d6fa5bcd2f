"""Outcomes by group: groups add up to everybody, in both languages, in a run and in a comparison."""

import csv

import numpy as np
import pytest
from linli.experiments.groups import ALL_OUTCOMES, GROUPINGS, by_group, groups_frame
from linli.experiments.outcomes import Period
from linli.model import world as worlds


@pytest.fixture(scope="module")
def frame(paid_year):
    return groups_frame(paid_year.world)


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_each_grouping_takes_in_every_adult_once(paid_year, frame, grouping):
    mine = frame[(frame.grouping == grouping) & (frame.outcome == "share_of_adults")]
    assert mine.n.sum() == paid_year.world.residents["adult"].sum()
    assert mine.value.sum() == pytest.approx(100)


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_the_groups_together_did_what_the_town_did(paid_year, frame, grouping):
    mine = frame[frame.grouping == grouping]
    acts, reports = (mine[mine.outcome == name] for name in ("acts_per_adult", "reports_per_1000"))
    deeds, log = worlds.table(paid_year.world, "deeds"), worlds.table(paid_year.world, "reports")
    assert (acts.value * acts.n).sum() == pytest.approx((deeds["day"] >= 0).sum())
    assert (reports.value * reports.n).sum() / 1000 == pytest.approx((log["day"] >= 0).sum())


def test_points_and_redeemers(paid_year, frame):
    people = paid_year.world.residents
    women = people["female"] & people["adult"]
    mine = frame[(frame.group == "women")].set_index("outcome").value
    assert mine.share_redeemers == pytest.approx(100 * (people["redeemed"][women] > 0).mean())
    assert mine.points_per_head > 0


def test_what_is_known_as_of_today_is_not_told_of_an_earlier_period(paid_year):
    found = {r["outcome"]: r["value"] for r in by_group(paid_year.world, Period(0, 100)) if r["group"] == "women"}
    assert np.isnan(found["share_attending"]) and np.isnan(found["points_per_head"])
    assert found["acts_per_adult"] > 0


def test_a_town_without_one_kind_of_compound(paid_year):
    world = worlds.copy(paid_year.world)
    world.micro_grids["compound_type"] = 0
    found = [r for r in by_group(world) if r["group"] == "commodity"]
    assert all(r["n"] == 0 for r in found)
    assert np.isnan(next(r["value"] for r in found if r["outcome"] == "share_active"))


def test_everything_has_a_chinese_name():
    texts = [o.label.zh + o.meaning.zh + o.unit.zh for o in ALL_OUTCOMES.values()]
    texts += [grouping.label.zh for grouping in GROUPINGS.values()]
    texts += [name.zh for grouping in GROUPINGS.values() for name in grouping.groups.values()]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in texts if text != "18–34岁")


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_writes_them(paid_folder, frame):
    rows = rows_of(paid_folder / "groups.csv")
    assert len(rows) == len(frame)
    assert {"grouping_zh", "group_zh", "label_zh", "unit", "value", "n"} <= set(rows[0])


def test_a_comparison_gives_paired_differences(pay_compared):
    found = pay_compared.groups()
    mine = found[(found.group == "owners") & (found.outcome == "acts_per_adult")].set_index("scenario")
    key = ("tenancy", "owners", "acts_per_adult")
    apart = pay_compared.group_values("twenty_yuan", key) - pay_compared.group_values("baseline", key)
    assert mine.difference["twenty_yuan"] == pytest.approx(apart.mean()) and apart.mean() > 0
    assert mine.low_95["twenty_yuan"] < apart.mean() < mine.high_95["twenty_yuan"]
    assert mine.compared_with["baseline"] == "" and mine.pairs["twenty_yuan"] == 3
