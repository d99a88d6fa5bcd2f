"""The way of a report: who takes it up, which tier gets it, when it climbs (L12, L14, W11)."""

from __future__ import annotations

import math

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, normal
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import in_order, room_for
from ..agents.grid_worker import Tier
from ..agents.grid_worker.casework import hours_factor, patience_under_kpi
from ..agents.resident.reporting import Channel
from .calendar import working_days
from .closing import partners_share, procedural_time, settle
from .issues import FAR_OFF, NEVER, State, move


class Routing(Parameters):
    """How issues get to a tier and climb the ladder."""

    small_severity: float = Parameter(
        0.75,
        "1",
        0,
        1,
        "severity up to which a small matter goes to the micro-grid, above it to the general grid",
        "W11, assumption",
    )
    climb_after: float = Parameter(
        0.5,
        "share of the time left",
        0.05,
        1,
        "share of the remaining time after which an untouched case climbs a tier",
        "L12, assumption",
    )


RoutingNumbers = numbers_of(Routing)


class QueueFields:
    """One row a case that waits for hands today, by unit and then earliest due."""

    issue = Field("i4", "row", "the issue")
    unit = Field("i4", "row", "the unit it waits at (it may climb before the day is over)")
    staff_minutes = Field("i8", "min", "worked on it by staff today")
    done_at = Field("f8", "share of the day", "when the last worker put it down")


@compiled
def tier_for(severity, lowest, p):  # type: ignore[no-untyped-def]
    """Triage: a small matter stays in the micro-grid; whatever needs a higher tier goes straight there."""
    if lowest == Tier.MICRO_GRID and severity > p.small_severity:
        return Tier.GENERAL_GRID.value
    return lowest


@compiled
def take_up(day, encounters, issues, reports, cases, town, tally):  # type: ignore[no-untyped-def]
    """Today's reports enter the log; an issue reported for the first time becomes a case."""
    for k in range(town[0].n_encounters):
        encounter = encounters[k]
        if encounter.channel != Channel.NONE:
            issue = issues[encounter.issue]
            reports = room_for(reports, town[0].n_reports + 1)
            report = reports[town[0].n_reports]
            report.day = day
            report.resident = encounter.resident
            report.issue = encounter.issue
            report.channel = encounter.channel
            report.first = issue.state == State.LATENT
            report.learned = False
            town[0].n_reports += 1
            issue.n_reports += 1
            tally[0].n_reports += 1
            if issue.state == State.LATENT:
                move(issue, State.KNOWN)
                issue.reporter = encounter.resident
                issue.channel = encounter.channel
                cases = become_known(day, encounter.issue, issue, cases, town, tally)
    return reports, cases


@compiled
def become_known(day, row, issue, cases, town, tally):  # type: ignore[no-untyped-def]
    """An issue known for the first time becomes a case."""
    issue.detected = day
    cases = room_for(cases, town[0].n_cases + 1)
    cases[town[0].n_cases].issue = row
    town[0].n_cases += 1
    tally[0].n_detected += 1
    return cases


@compiled
def route(day, seed, cases, issues, kinds, micro_grids, tiers, town, tally, p, closing, grid):  # type: ignore[no-untyped-def]
    """New and reopened cases get a tier and a clock; contested ones go to the council's agenda first."""
    now = working_days(day)
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        if issue.state == State.KNOWN or issue.state == State.REOPENED:
            start_clock(now, seed, issue, kinds, closing)
            issue.tier = tier_for(issue.severity, kinds[issue.kind].tier, p)
            issue.unit = unit_of(issue, micro_grids, tiers)
            move(issue, State.QUEUED)
            if issue.contested:
                move(issue, State.ON_AGENDA)
                issue.on_agenda_since = day
            else:
                hand_to_tier(day, seed, issue, tiers, tally, closing, grid)
            tally[0].n_draws += 2


@compiled
def start_clock(now, seed, issue, kinds, p):  # type: ignore[no-untyped-def]
    """The service standard starts to run, and the luck of this round is drawn."""
    u, v = draw(seed, 0, Purpose.LAG, issue.luck, issue.n_reopenings, 0)
    w, _ = draw(seed, 0, Purpose.CLOSING, issue.luck, issue.n_reopenings, 0)
    issue.since = now
    issue.deadline = kinds[issue.kind].deadline
    issue.lag = issue.deadline * math.exp(p.lag_log_median + p.lag_log_sd * normal(u))
    if issue.partner_minutes > 0:
        issue.lag *= 1.0 - partners_share(issue)
    issue.hurry = 0.0
    issue.paper = p.paper_from + (1.0 - p.paper_from) * v
    issue.lingers = w < p.share_lingering
    issue.finish = NEVER
    issue.closed_day = FAR_OFF
    issue.overdue = False
    issue.decided = False
    issue.n_deferrals = 0


@compiled
def unit_of(issue, micro_grids, tiers):  # type: ignore[no-untyped-def]
    """Row of the unit that works on the issue, or −1 where its tier exists only as a share."""
    if not tiers[issue.tier].literal:
        return -1
    if issue.tier == Tier.MICRO_GRID:
        return issue.micro_grid
    return tiers[issue.tier].first_unit + (
        micro_grids[issue.micro_grid].general_grid
        if issue.tier == Tier.GENERAL_GRID
        else micro_grids[issue.micro_grid].community
    )


@compiled
def hand_to_tier(day, seed, issue, tiers, tally, p, grid):  # type: ignore[no-untyped-def]
    """The case lands on the tier's desk; where the tier is not literal, its law says when it will be done."""
    tier = tiers[issue.tier]
    load_after(tier, day, issue.labour_left, p)
    if issue.unit < 0:
        wait_luck, _ = draw(seed, 0, Purpose.TIER_WAIT, issue.luck, issue.n_reopenings, issue.tier)
        wait = -math.log(wait_luck) * mean_wait(tier.asked / (tier.capacity * hours_factor(issue.tier, grid)), p)
        issue.finish = working_days(day) + wait + issue.labour_left / (p.desk_hours * 60.0 * grid.staffing)
        issue.finish += procedural_time(issue, tiers, p, grid)
        issue.staff_minutes += issue.labour_left
        tally[0].staff_minutes_issues += issue.labour_left
        tally[0].n_draws += 1
        issue.labour_left = 0


@compiled
def load_after(tier, day, minutes, p):  # type: ignore[no-untyped-def]
    """Bring a tier's load (minutes asked per day, smoothed) up to today and add one case."""
    tier.asked = tier.asked * math.exp(-(day - tier.asked_day) / tier.memory) + minutes / tier.memory
    tier.asked_day = day


@compiled
def mean_wait(load, p):  # type: ignore[no-untyped-def]
    """Mean wait (working days) at a tier that is not literal: ρ/(1−ρ) as in a queue, then a growing backlog."""
    if load <= p.load_saturated:
        return p.wait_scale * load / (1.0 - load)
    at_saturation = p.wait_scale * p.load_saturated / (1.0 - p.load_saturated)
    return at_saturation + p.days_backlog * (load - p.load_saturated)


@compiled
def line_up(day, cases, issues, units, queue, town):  # type: ignore[no-untyped-def]
    """Today's queue: cases with work left at literal tiers, by unit and then earliest due."""
    keys = np.empty(town[0].n_cases, np.int64)
    n = 0
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        waiting = issue.state == State.QUEUED or issue.state == State.IN_WORK
        if waiting and issue.unit >= 0 and issue.labour_left > 0:
            due = int((issue.since + issue.deadline - issue.hurry + 30_000.0) * 16.0)
            keys[n] = (issue.unit * 2097152 + due) * 16777216 + cases[c].issue
            n += 1
    keys = in_order(keys, n)
    queue = room_for(queue, n)
    for k in range(town[0].n_queue):  # only units of yesterday's queue are in need of forgetting
        units[queue[k].unit].queue_from = 0
        units[queue[k].unit].queue_to = 0
    for k in range(n):
        entry = queue[k]
        entry.issue = keys[k] % 16777216
        entry.unit = issues[entry.issue].unit
        entry.staff_minutes = 0
        entry.done_at = 0.0
        if units[entry.unit].queue_to == 0:
            units[entry.unit].queue_from = k
        units[entry.unit].queue_to = k + 1
    town[0].n_queue = n
    return queue


@compiled
def climb(day, seed, cases, issues, kinds, micro_grids, tiers, town, tally, p, closing, grid, issue_p):  # type: ignore[no-untyped-def]
    """Cases nobody has touched after a share of the remaining time climb to the next tier."""
    now = working_days(day + 1)
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        untouched = issue.labour_left == issue.labour and issue.labour_left > 0
        if issue.state == State.QUEUED and issue.unit >= 0 and untouched and issue.tier < Tier.DEPARTMENT:
            left = 1.0
            for _ in range(issue.tier - tier_for(issue.severity, kinds[issue.kind].tier, p) + 1):
                left *= 1.0 - p.climb_after
            patience = patience_under_kpi(issue.deadline * (1.0 - left), issue.deadline, grid)
            if now - issue.since >= patience:
                if is_kept_down(seed, issue, tally, grid):
                    settle(day, now, False, seed, issue, micro_grids, kinds, tally, issue_p)
                else:
                    move(issue, State.ESCALATED)
                    issue.tier += 1
                    issue.unit = unit_of(issue, micro_grids, tiers)
                    move(issue, State.QUEUED)
                    hand_to_tier(day, seed, issue, tiers, tally, closing, grid)
                    tally[0].n_climbed += 1


@compiled
def is_kept_down(seed, issue, tally, grid):  # type: ignore[no-untyped-def]
    """Whether a case about to climb is closed on paper instead, so that it stays where it is (W11, H9)."""
    if grid.containment_kpi <= 0.0 or issue.tier == Tier.MICRO_GRID or issue.tier > Tier.COMMUNITY:
        return False
    luck, _ = draw(seed, issue.tier, Purpose.PAPER, issue.luck, issue.n_reopenings, 0)
    kept = luck < grid.containment_kpi * grid.kpi_paper
    tally[0].n_draws += 1
    tally[0].n_kept_down += kept
    return kept
