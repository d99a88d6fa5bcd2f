"""The working day: the calendar, the queue of a unit, and a worker going through it."""

import math

import numpy as np
import pytest
from linli.agents.core.field import table_of
from linli.agents.core.table import wrapped
from linli.agents.grid_worker import GridWorkerFields
from linli.agents.grid_worker.casework import Grid, casework
from linli.model import calendar
from linli.model.issues import CaseFields, IssueFields, State
from linli.model.places import UnitFields
from linli.model.routing import QueueFields, line_up
from linli.model.world import TownFields


@pytest.mark.parametrize("day, passed", [(0, 0), (4, 4), (5, 5), (6, 5), (7, 5), (8, 6), (-7, -5), (-2, 0), (-3, -1)])
def test_working_days_skip_weekends(day, passed):
    assert calendar.working_days(day) == passed


def test_day_nought_is_a_monday():
    assert [calendar.is_working_day(d) for d in range(-7, 7)] == [True] * 5 + [False] * 2 + [True] * 5 + [False] * 2
    assert calendar.is_monday(0) and calendar.is_monday(-7) and not calendar.is_monday(1)


def desk(n_issues, labour):
    """One unit, one worker, some cases in its queue."""
    issues, cases = table_of(IssueFields, n_issues + 1), table_of(CaseFields, n_issues + 1)
    units, workers = table_of(UnitFields, 1), table_of(GridWorkerFields, 1)
    town = table_of(TownFields, 1)
    issues["labour"] = issues["labour_left"] = labour
    issues["state"] = State.QUEUED
    issues["unit"] = 0
    issues["deadline"] = 7.0
    cases["issue"] = np.arange(n_issues + 1)
    town["n_cases"] = n_issues
    return issues, cases, units, workers, town


def test_a_worker_takes_what_is_due_first_as_far_as_the_day_goes():
    issues, cases, units, workers, town = desk(3, 300)
    issues["since"][:3] = [2.0, 0.0, 1.0]
    workers["minutes_left"] = 2400
    t = [wrapped(x) for x in (issues, cases, units, workers, town)]
    queue = line_up(0, t[1], t[0], t[2], wrapped(table_of(QueueFields, 4)), t[4])
    casework(np.arange(1), t[3], t[2], queue, t[0], Grid().numbers())
    assert list(issues["labour_left"][:3]) == [300, 0, 120]
    assert workers["minutes_today"][0] == 480 and workers["minutes_left"][0] == 1920


def test_a_worker_without_hours_does_nothing():
    issues, cases, units, workers, town = desk(1, 300)
    t = [wrapped(x) for x in (issues, cases, units, workers, town)]
    queue = line_up(0, t[1], t[0], t[2], wrapped(table_of(QueueFields, 4)), t[4])
    casework(np.arange(1), t[3], t[2], queue, t[0], Grid().numbers())
    assert issues["labour_left"][0] == 300


def test_a_desk_with_random_work_waits_as_queueing_theory_says():
    """M/M/1: arrivals and work exponential, one worker; mean time in the system 1 / (μ − λ)."""
    rng = np.random.default_rng(5)
    mean_labour, load, n_days = 4800.0, 0.5, 100_000  # ten days' work on average
    births = np.cumsum(rng.exponential(mean_labour / 480 / load, int(n_days * load / 10 * 1.3)))
    births = births[births < n_days - 400]
    labour = np.maximum(1, rng.exponential(mean_labour, len(births))).astype(np.int64)
    issues, cases, units, workers, town = desk(len(births), 1)
    issues["labour"][:-1] = issues["labour_left"][:-1] = labour
    issues["since"][:-1] = np.floor(births)
    done = np.full(len(births), np.nan)
    t = [wrapped(x) for x in (issues, cases, units, workers, town)]
    queue, p, waiting, coming = wrapped(table_of(QueueFields, 4)), Grid().numbers(), [], 0
    for day in range(n_days):
        while coming < len(births) and births[coming] <= day:
            waiting.append(coming)
            coming += 1
        front = waiting[:3]  # a worker gets no further in a day
        cases["issue"][: len(front)] = front
        town["n_cases"] = len(front)
        workers["minutes_left"] = 480
        queue = line_up(day, t[1], t[0], t[2], queue, t[4])
        casework(np.arange(1), t[3], t[2], queue, t[0], p)
        while waiting and issues["labour_left"][waiting[0]] == 0:
            done[waiting.pop(0)] = day + 1
    sojourn = np.nanmean(done - births)
    theory = mean_labour / 480 / (1 - load)
    assert not np.isnan(done).any()
    assert sojourn == pytest.approx(theory + 1, rel=0.1)  # counted in whole days: up to a day more
    assert math.isfinite(sojourn)


def test_a_unit_whose_cases_have_all_climbed_has_an_empty_queue():
    issues, cases, _, _, town = desk(2, 300)
    units = table_of(UnitFields, 2)
    issues["unit"][1] = 1
    t = [wrapped(x) for x in (issues, cases, units, town)]
    queue = line_up(0, t[1], t[0], t[2], wrapped(table_of(QueueFields, 4)), t[3])
    assert list(units["queue_to"] - units["queue_from"]) == [1, 1]
    issues["unit"][0] = 1  # climbs
    line_up(1, t[1], t[0], t[2], queue, t[3])
    assert list(units["queue_to"] - units["queue_from"]) == [0, 2]
