"""A recording says what the town's tables say, in the same bytes each time."""

import gzip
import time

import numpy as np
import pytest
from linli.agents.resident.voting import Ballot
from linli.experiments.provenance import Refusal
from linli.model import world as worlds
from linli.model.issues import State
from linli.model.running import day_zero, on_days, run
from linli.model.spec import Change, Course
from linli.scenarios import load
from linli.workshop.layout import plan_of
from linli.workshop.recording import NONE, OF_STATE, STAGES, Act, Role, Stage, Way, packed, read, record

SIZE, SEED, DAYS = "general_grid:600", 5, 400
"""A little more than a year, so that contests and the turn of a year are in it."""


@pytest.fixture(scope="module", params=["five_yuan", "direct_vote", "frequent_reception"])
def told(request):
    """A recording, the evening it ends with, and the town's own account of each day's guests and spending."""
    scenario = load(request.param)
    recording = read(record(scenario.baseline, scenario.spec, SIZE, SEED, DAYS))
    guests, spent, called = {}, {}, {}
    before = {}

    def look(world):
        day = int(world.town["day"][0]) - 1
        guests[day] = worlds.table(world, "invitees").copy()
        spent[day] = world.residents["redeemed"] + world.residents["donated"]
        called[day] = np.flatnonzero(world.residents["told_day"] == day)

    start = day_zero(scenario.baseline, SIZE, SEED)
    before["world"] = worlds.copy(start)
    spent[-1] = start.residents["redeemed"] + start.residents["donated"]
    evening = run(start, scenario.spec, DAYS, [on_days(range(1, DAYS), look)])
    look(evening)
    return recording, before["world"], evening, guests, spent, called


def acts(recording, act):
    """(day, who, about) of all acts of a sort."""
    day = np.repeat(np.arange(DAYS), np.diff(recording["acts.first"].astype(int)))
    those = recording["acts.act"] == act
    return sorted(
        zip(day[those].tolist(), recording["acts.who"][those].tolist(), recording["acts.about"][those].tolist())
    )


def logged(world, name, *columns):
    rows = worlds.table(world, name)
    rows = rows[(rows["day"] >= 0) & (rows["day"] < DAYS)]
    return sorted(zip(*(rows[column].tolist() for column in columns)))


def test_volunteering_is_that_of_the_deeds(told):
    recording, _, evening, *_ = told
    found = acts(recording, Act.VOLUNTEERED)
    assert found and [(day, who) for day, who, _ in found] == logged(evening, "deeds", "day", "resident")
    assert {about for _, _, about in found} == {NONE}


def test_reports_are_those_of_the_log(told):
    recording, _, evening, *_ = told
    assert acts(recording, Act.REPORTED) == logged(evening, "reports", "day", "resident", "issue") != []


def test_petitions_are_those_on_file(told):
    recording, _, evening, *_ = told
    assert acts(recording, Act.PETITIONED) == logged(evening, "petitions", "day", "resident", "issue")


def test_who_came_spoke_and_voted_is_as_the_invitees_have_it(told):
    recording, _, evening, guests, *_ = told
    tests = {
        Act.CAME: lambda row: row["comes"],
        Act.SPOKE: lambda row: row["comes"] and row["minutes"] > 0,
        Act.VOTED: lambda row: row["polled"] and row["ballot"] != Ballot.ABSENT and row["resident"] >= 0,
    }
    issues = recording["meetings.issue"]
    meetings = worlds.table(evening, "meetings")["issue"]
    for act, did in tests.items():
        expected = sorted(
            (day, int(row["resident"]), int(meetings[row["meeting"]]))
            for day, rows in guests.items()
            for row in rows
            if did(row)
        )
        found = [(day, who, int(issues[about])) for day, who, about in acts(recording, act)]
        assert sorted(found) == expected
    assert acts(recording, Act.CAME) or acts(recording, Act.VOTED)


def test_trips_to_the_mall_change_what_was_spent(told):
    recording, *_, spent, _ = told
    expected = [(day, who) for day in range(DAYS) for who in np.flatnonzero(spent[day] != spent[day - 1]).tolist()]
    assert [(day, who) for day, who, _ in acts(recording, Act.REDEEMED)] == expected


def test_visits_are_those_that_somebody_was_told_at(told):
    recording, before, evening, *_, called = told
    found = acts(recording, Act.VISITED)
    assert sorted({(day, who) for day, who, _ in found}) == [
        (day, int(who)) for day in range(DAYS) for who in called[day]
    ]
    assert all(before.residents["party"][by] for _, _, by in found)
    days = worlds.table(evening, "days")
    assert len(found) == days["n_visits_genuine"][days["day"] >= 0].sum()


def test_duties_are_as_many_as_the_days_count(told):
    recording, before, evening, *_ = told
    days = worlds.table(evening, "days")
    found = acts(recording, Act.KEPT_DUTY)
    assert len(found) == days["n_duties"][days["day"] >= 0].sum()
    assert all(before.residents["party"][who] for _, who, _ in found)


def test_meetings_are_those_of_the_table(told):
    recording, _, evening, *_ = told
    meetings = worlds.table(evening, "meetings")
    meetings = meetings[meetings["day"] >= 0]
    day = np.repeat(np.arange(DAYS), np.diff(recording["meetings.first"].astype(int)))
    assert day.tolist() == meetings["day"].tolist()
    for ours, theirs in (("issue", "issue"), ("council", "council"), ("came", "n_attending"), ("adopted", "adopted")):
        assert recording[f"meetings.{ours}"].tolist() == meetings[theirs].tolist()
    assert ((recording["meetings.way"] == Way.DEFERRED) == meetings["deferred"]).all()
    assert ((recording["meetings.way"] == Way.DISCUSSED) == (~meetings["deferred"] & (meetings["rounds"] > 0))).all()


def test_issues_are_those_of_the_table(told):
    recording, before, evening, *_ = told
    issues = worlds.table(evening, "issues")
    for name in ("kind", "building", "born", "contested"):
        assert recording[f"issues.{name}"].tolist() == issues[name].tolist()
    assert (
        np.where(recording["issues.parent"] == NONE, -1, recording["issues.parent"].astype(int)).tolist()
        == issues["parent"].tolist()
    )
    there = recording["issues.stage"][: worlds.rows_in_use(before, "issues")]
    assert (there > 0).all() and not recording["issues.stage"][len(there) :].any()


def stages(recording):
    """The stage of every issue, evening by evening."""
    stage = recording["issues.stage"].copy()
    for day in range(DAYS):
        today = recording.day("steps", day)
        stage[today["issue"]] = Stage.UNBORN
        for issue, to in zip(today["issue"], today["stage"]):
            stage[issue] = to
        yield day, stage, today


def test_every_evening_as_many_issues_are_to_be_seen_as_the_days_count(told):
    recording, _, evening, *_ = told
    days = worlds.table(evening, "days")
    seen = days["n_visible"][days["day"] >= 0]
    over = (Stage.UNBORN, Stage.RESOLVED, Stage.FADED)
    assert [int((~np.isin(stage, over)).sum()) for _, stage, _ in stages(recording)] == seen.tolist()


@pytest.mark.parametrize(
    ("stage", "count"),
    [
        (Stage.AROSE, "n_born"), (Stage.KNOWN, "n_detected"), (Stage.RESOLVED, "n_resolved"),
        (Stage.PAPER, "n_closed_unresolved"), (Stage.REOPENED, "n_reopened"), (Stage.REFUSED, "n_refused_agenda"),
    ],
)  # fmt: skip
def test_steps_are_as_many_each_day_as_the_days_count(told, stage, count):
    recording, _, evening, *_ = told
    days = worlds.table(evening, "days")
    found = [int((today["stage"] == stage).sum()) for _, _, today in stages(recording)]
    assert found == days[count][days["day"] >= 0].tolist()


def test_days_of_steps_are_those_of_the_table(told):
    recording, _, evening, *_ = told
    issues = worlds.table(evening, "issues")
    last = {}
    for day, _, today in stages(recording):
        for issue, stage in zip(today["issue"].tolist(), today["stage"].tolist()):
            last[issue, stage] = day
    for stage, column in ((Stage.AROSE, "born"), (Stage.KNOWN, "detected"), (Stage.RESOLVED, "resolved_day"),
                          (Stage.AGENDA, "on_agenda_since")):  # fmt: skip
        expected = {k: int(day) for k, day in enumerate(issues[column]) if 0 <= day < DAYS}
        assert {issue: day for (issue, to), day in last.items() if to == stage} == expected


def test_the_last_stage_is_the_state_of_the_table(told):
    recording, _, evening, *_ = told
    *_, (_, stage, _) = stages(recording)
    for k, issue in enumerate(worlds.table(evening, "issues")):
        state = State(int(issue["state"]))
        allowed = {OF_STATE[state]}
        if state == State.CLOSED_UNRESOLVED and not issue["visible"]:
            allowed = {Stage.FADED}
        elif state == State.QUEUED:  # a case that waits may have been decided, or reopened
            allowed |= {Stage.DECIDED, Stage.REOPENED}
        elif state == State.ON_AGENDA:
            allowed |= {Stage.REFUSED}
        assert Stage(int(stage[k])) in allowed


def test_recurrences_have_a_parent_that_was_resolved(told):
    recording, *_ = told
    again = np.flatnonzero((recording["issues.parent"] != NONE) & (recording["issues.stage"] == Stage.UNBORN))
    resolved = set(np.flatnonzero(recording["issues.stage"] == Stage.RESOLVED).tolist())
    for _, _, today in stages(recording):
        for issue, stage in zip(today["issue"].tolist(), today["stage"].tolist()):
            assert stage != Stage.AROSE or issue not in again or int(recording["issues.parent"][issue]) in resolved
            resolved |= {issue} if stage == Stage.RESOLVED else set()


def test_patrols_are_as_long_as_the_days_count():
    """Rounds happen on working days, by workers of the micro-grid they walk."""
    scenario = load("baseline")
    recording = read(record(scenario.baseline, scenario.spec, SIZE, SEED, 60))
    world = day_zero(scenario.baseline, SIZE, SEED)
    evening = run(worlds.copy(world), scenario.spec, 60)
    days = worlds.table(evening, "days")
    walked = days["staff_minutes_patrol"][days["day"] >= 0] > 0
    assert walked.any() and (np.diff(recording["patrols.first"].astype(int)) > 0).tolist() == walked.tolist()
    assert (world.workers["unit"][recording["patrols.worker"]] == recording["patrols.micro_grid"]).all()


def test_people_places_and_ties_are_those_of_the_first_morning(told):
    recording, before, *_ = told
    people = before.residents
    roles = recording["residents.role"]
    assert ((roles == Role.MEMBER) == people["party"]).all()
    assert ((roles == Role.CHILD) == (~people["adult"] & ~people["party"])).all()
    assert recording["residents.building"].tolist() == people["building"].tolist()
    first, to = recording["ties.first"].astype(int), recording["ties.to"]
    ours = {frozenset((i, int(j))) for i in range(len(people)) for j in to[first[i] : first[i + 1]]}
    theirs = set()
    for i, person in enumerate(people):
        here = before.ties["to"][person["first_tie"] : person["first_tie"] + person["n_ties"]]
        theirs |= {frozenset((i, int(j))) for j in here}
    assert ours == theirs and len(ours) == len(to)


@pytest.mark.parametrize("size", ["micro_grid", "general_grid", "general_grid:5000", "community"])
def test_everybody_has_a_place_of_her_own_in_her_building(size):
    world = day_zero(load("baseline").baseline, size, 1)
    plan = plan_of(world)
    x, y, wide, high = plan.buildings[world.residents["building"]].T
    assert (plan.residents[:, 0] > x).all() and (plan.residents[:, 0] < x + wide).all()
    assert (plan.residents[:, 1] > y).all() and (plan.residents[:, 1] < y + high).all()
    assert len({(round(a, 6), round(b, 6)) for a, b in plan.residents.tolist()}) == len(plan.residents)
    for inner, outer, home in ((plan.buildings, plan.micro_grids, world.buildings["micro_grid"]),
                               (plan.micro_grids, plan.general_grids, world.micro_grids["general_grid"])):  # fmt: skip
        around = outer[home]
        assert (inner[:, :2] > around[:, :2]).all()
        assert (inner[:, :2] + inner[:, 2:] < around[:, :2] + around[:, 2:]).all()


def test_blocks_do_not_overlap():
    plan = plan_of(day_zero(load("baseline").baseline, "general_grid:3000", 1))
    blocks = np.concatenate([plan.micro_grids, plan.halls])
    for k, (x, y, wide, high) in enumerate(blocks):
        for u, v, other_wide, other_high in blocks[:k]:
            assert x >= u + other_wide or u >= x + wide or y >= v + other_high or v >= y + high


def test_the_same_bytes_each_time_and_small(asked, recordings):
    scenario = asked.scenarios[1]
    assert record(scenario.baseline, scenario.spec, asked.size, asked.seed, asked.days) == recordings[1]
    assert sum(len(gzip.compress(each, 9, mtime=0)) for each in recordings) < 400_000


def test_it_is_quick():
    scenario = load("five_yuan")
    record(scenario.baseline, scenario.spec, "general_grid", 1, 5)
    took = []
    for _ in range(3):
        start = time.process_time()
        record(scenario.baseline, scenario.spec, "general_grid", 1, 730)
        took.append(time.process_time() - start)
    assert sorted(took)[1] < 1.5


def test_a_change_on_a_later_day_is_lived():
    scenario = load("five_yuan")
    changed = (Change(day=30, values=(("incentives.points_per_hour", 0),)),)
    course = Course(
        **{name: getattr(scenario.spec, name) for name in type(scenario.spec).model_fields}, changes=changed
    )
    plain, later = (read(record(scenario.baseline, spec, SIZE, 1, 120)) for spec in (scenario.spec, course))
    for name in ("acts", "steps", "meetings"):
        for day in range(30):
            ours, theirs = plain.day(name, day), later.day(name, day)
            assert all((ours[column] == theirs[column]).all() for column in ours)
    assert plain["acts.who"].tolist() != later["acts.who"].tolist()


def test_steps_of_a_day_come_in_the_order_of_the_day():
    assert [stage for _, stage in STAGES[:-2]] == sorted(stage for _, stage in STAGES[:-2])


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"", "no recording"),
        (b"PK\x03\x04" + b"\0" * 40, "no recording"),
        (b"LINLIREC\x09\x00" + b"\0" * 40, "version 9"),
        (packed({}, {"a": np.arange(9)})[:-8], "damaged"),
        (b"LINLIREC\x01\x00\x00\x00\x04\x00\x00\x00nope", "damaged"),
    ],
)
def test_what_is_no_recording_is_refused_in_a_sentence(broken, words):
    with pytest.raises(Refusal, match=words):
        read(broken)


def test_a_town_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("linli.workshop.recording.MOST", 100)
    scenario = load("baseline")
    with pytest.raises(Refusal, match="at most 100 residents"):
        record(scenario.baseline, scenario.spec, "micro_grid", 1, 2)
