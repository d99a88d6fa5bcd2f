"""Luck belongs to a person and an issue, not to a row or a running number: scenarios share it."""

import mechanisms
import numpy as np
import pytest
from linli.model import founding, places
from linli.model import world as worlds
from linli.model.issues import Cause
from linli.model.running import on_days, run
from linli.model.spec import Spec

SPEC = Spec()


@pytest.fixture
def one_more(monkeypatch):
    """The same town, and one in which a single household has one person more."""
    size = places.SIZES["general_grid"]
    plain = founding.found(SPEC, "general_grid", 8)
    monkeypatch.setitem(places.SIZES, "general_grid", size._replace(residents=size.residents + 1))
    return plain, founding.found(SPEC, "general_grid", 8)


def test_one_more_resident_changes_nobody_elses_traits(one_more):
    plain, more = one_more
    assert len(more.residents) == len(plain.residents) + 1
    common = np.isin(more.residents["person"], plain.residents["person"])
    assert common.sum() == len(plain.residents)
    for trait in (
        "age_band",
        "employment",
        "cooperation",
        "female",
        "tenant",
        "party",
        "spirit",
        "information",
        "digital",
        "u_hassle",
        "u_volunteer",
        "u_report",
        "u_attend",
    ):
        assert np.array_equal(more.residents[trait][common], plain.residents[trait]), trait


def test_one_more_resident_changes_nobody_elses_luck(one_more):
    def calls_and_issues(world):
        calls = set()

        def watch(w):
            today = worlds.table(w, "invitations")
            calls.update((int(w.town["day"][0]), int(w.residents["person"][i])) for i in today["resident"])

        world = run(world, SPEC, 40, [on_days(range(-179, -139), watch)])
        issues = worlds.table(world, "issues")
        base = issues[issues["cause"] == Cause.BASE]
        return calls, {int(i["luck"]): (int(i["kind"]), float(i["severity"]), bool(i["contested"])) for i in base}

    (calls, issues), (more_calls, more_issues) = (calls_and_issues(world) for world in one_more)
    new = {person for _, person in more_calls} - {person for _, person in calls}
    assert {call for call in more_calls if call[1] not in new} - calls == set()
    assert len(new) <= 1
    assert calls - more_calls == set()
    assert issues == more_issues


def test_scenarios_that_part_on_day_40_share_every_issue_of_the_same_cause_on_day_300():
    common = run(founding.found(SPEC, "general_grid", 3), SPEC, founding.BURN_IN + 40)
    other = SPEC.changed(
        deliberation={"rule": "cadre"},
        grid={"staffing": 0.5},
        incentives={"programme_on": True, "points_per_hour": 500},
    )
    a = run(worlds.copy(common), SPEC, 260)
    b = run(common, other, 260)
    assert worlds.differences(a, b) != []
    left, right = ({int(i["luck"]): i for i in worlds.table(w, "issues") if i["cause"] == Cause.BASE} for w in (a, b))
    assert left.keys() == right.keys() and len(left) > 200
    for luck, issue in left.items():
        twin = right[luck]
        for field in ("kind", "severity", "contested", "building", "born", "fades"):
            assert issue[field] == twin[field], field


def test_spread_issues_common_to_two_scenarios_are_the_same_issues():
    common = run(founding.found(SPEC, "general_grid", 3), SPEC, founding.BURN_IN)
    a = run(worlds.copy(common), SPEC, 300)
    b = run(common, SPEC.changed(issues={"spread": 1.0}), 300)
    left, right = ({int(i["luck"]): i for i in worlds.table(w, "issues") if i["cause"] == Cause.SPREAD} for w in (a, b))
    shared = left.keys() & right.keys()
    assert len(right) > len(left) and shared == left.keys()
    assert all(left[k]["severity"] == right[k]["severity"] and left[k]["kind"] == right[k]["kind"] for k in shared)


BORN_ALIKE = {
    Cause.BASE: ("kind", "severity", "contested", "building", "born", "fades"),
    Cause.SPREAD: ("kind", "severity", "contested", "building", "born", "fades"),
    Cause.RECURRENCE: ("kind", "severity", "contested", "building"),
}
"""What two issues of one cause and one name share; a matter comes back on a day that hangs on when it was settled."""


@pytest.mark.parametrize("regimes", [("near consensus", "cadre"), ("eight rules", "secretary"), ("owners", "lot")])
def test_regimes_that_part_on_day_40_share_on_day_300_whatever_has_the_same_cause_in_both(regimes):
    before = mechanisms.spec_of("baseline")
    common = run(founding.found(before, "general_grid", 3), before, founding.BURN_IN + 40)
    worlds_after = [run(worlds.copy(common), mechanisms.spec_of(regime), 260) for regime in regimes]
    for cause, alike in BORN_ALIKE.items():
        left, right = (
            {int(i["luck"]): i for i in worlds.table(w, "issues") if i["cause"] == cause} for w in worlds_after
        )
        shared = left.keys() & right.keys()
        assert len(shared) > 30, cause
        assert cause != Cause.BASE or left.keys() == right.keys()
        assert cause != Cause.RECURRENCE or left.keys() != right.keys()
        for luck in shared:
            assert all(left[luck][field] == right[luck][field] for field in alike), (cause, luck)


def test_regimes_that_part_share_everybodys_traits_and_lives():
    before = mechanisms.spec_of("baseline")
    common = run(founding.found(before, "general_grid", 3), before, founding.BURN_IN + 40)
    a, b = (run(worlds.copy(common), mechanisms.spec_of(regime), 260) for regime in ("council", "secretary"))
    for trait in ("person", "age_band", "employment", "cooperation", "u_report", "u_attend", "u_volunteer", "tenant"):
        assert np.array_equal(a.residents[trait], b.residents[trait]), trait
    lives = [worlds.table(w, "days")["n_life_events"] for w in (a, b)]
    assert np.array_equal(*lives) and lives[0].sum() > 0
