"""Doing the work and closing the case: two different events (E9, patterns P7 and P8)."""

from __future__ import annotations

import math

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.grid_worker import Tier
from ..agents.grid_worker.casework import bought_minutes, hours_factor, week_of
from .calendar import is_monday, is_working_day, working_days
from .issues import FAR_OFF, NEVER, State, chance_to_recur, move, vanish


class Closing(Parameters):
    """How long things take, and what happens when they take too long."""

    lag_log_median: float = Parameter(
        -0.85, "log of the deadline", -4, 1, "median procedural lag: the deadline times exp of this (m)", "P7, S12"
    )
    lag_log_sd: float = Parameter(0.8, "log", 0.2, 1.5, "spread of the procedural lag", "P7, P8, assumption")
    lag_by_load: float = Parameter(
        0.5,
        "1",
        0,
        2,
        "by how much the procedural lag grows with the load per hour of staff (elasticity); 0: not at all",
        "E9, assumption",
    )
    paper_from: float = Parameter(
        0.9,
        "share of the deadline",
        0.5,
        1,
        "from when a case that will not be done in time is closed on paper",
        "S15, assumption",
    )
    share_lingering: float = Parameter(
        0.015, "1", 0, 0.2, "share of such cases that stay open past the deadline instead (ε)", "P8, S12"
    )
    share_reopening: float = Parameter(
        0.15, "1", 0, 1, "probability that a case closed on paper is reopened by its reporter", "assumption"
    )
    days_to_reopen: int = Parameter(30, "d", 1, 180, "days after which the reporter finds out", "assumption")
    max_reopenings: int = Parameter(2, "times", 0, 5, "how often a case may be reopened", "assumption")
    load_saturated: float = Parameter(0.95, "1", 0.5, 0.99, "load above which a backlog grows", "B13, assumption")
    wait_scale: float = Parameter(
        0.05, "working days", 0, 5, "wait at load one half, at tiers that exist as their share", "B13, assumption"
    )
    days_backlog: float = Parameter(
        60.0, "working days", 0, 500, "wait added by each unit of load above saturation", "assumption"
    )
    desk_hours: float = Parameter(
        48.0, "h per working day", 1, 100, "hours a higher tier puts into one case a day", "assumption"
    )


ClosingNumbers = numbers_of(Closing)


class Staff(Parameters):
    """How many work at each tier, and what is asked of the tiers that exist as their share: settled at the founding."""

    workers_per_micro_grid: float = Parameter(1.32, "workers", 0, 4, "part-time workers per micro-grid", "S1")
    community_staff_per_20000: float = Parameter(7.0, "staff", 0, 9, "community staff per 20,000 residents", "S29")
    days_load: float = Parameter(
        90.0,
        "d",
        7,
        720,
        "days over which a community's load is smoothed; smaller slices trust the baseline longer",
        "assumption",
    )
    asked_micro_grid: float = Parameter(
        64.0,
        "h per 1,000 residents and year",
        0.1,
        5000,
        "work asked of micro-grids at baseline",
        "measured on a community",
    )
    asked_general_grid: float = Parameter(
        39.0,
        "h per 1,000 residents and year",
        0.1,
        5000,
        "work asked of general grids at baseline",
        "measured on a community",
    )
    asked_community: float = Parameter(
        220.0,
        "h per 1,000 residents and year",
        0.1,
        5000,
        "work asked of community staff at baseline",
        "measured on a community",
    )
    asked_sub_district: float = Parameter(
        73.0,
        "h per 1,000 residents and year",
        0.1,
        5000,
        "work asked of the sub-district at baseline",
        "measured on a community",
    )
    asked_department: float = Parameter(
        152.0,
        "h per 1,000 residents and year",
        0.1,
        5000,
        "work asked of departments at baseline",
        "measured on a community",
    )
    baseline_load: float = Parameter(
        0.70, "1", 0.1, 0.95, "load of sub-districts and departments at baseline", "assumption"
    )


StaffNumbers = numbers_of(Staff)


class TierFields:
    """One row a tier of the ladder."""

    literal = Field("?", "yes/no", "has queues of its own at this size")
    first_unit = Field("i4", "row", "first of its units in the table of units")
    capacity = Field("f8", "min per day", "minutes a day the tier has for this slice of the town at full staffing", 1)
    usual = Field("f8", "min per day", "minutes a day asked of it at baseline", 1)
    asked = Field("f8", "min per day", "minutes a day asked of it, smoothed")
    asked_day = Field("i4", "day", "day of that figure")
    memory = Field("f8", "d", "days over which it is smoothed", 90)


@compiled
def start_shift(day, workers, n_residents, tally, p):  # type: ignore[no-untyped-def]
    """On Mondays every worker has the week's hours again; those that were bought have their price."""
    if is_monday(day):
        for w in range(len(workers)):
            workers[w].minutes_left = week_of(workers[w].tier, p) + bought_minutes(workers[w].tier, p)
        tally[0].fen_hours += int(p.yuan_for_hours * 100.0 * n_residents / 1000.0 * 7.0 / 365.0)


@compiled
def workers_on_duty(day, workers):  # type: ignore[no-untyped-def]
    """How many of the workers are on duty: all on working days, none at the weekend."""
    return len(workers) if is_working_day(day) else 0


@compiled
def workers_starting_a_week(day, workers):  # type: ignore[no-untyped-def]
    """How many of the workers have the week's hours again: all on Mondays, else none."""
    return len(workers) if is_monday(day) else 0


@compiled
def help_as_asked(queue, invitations, issues, micro_grids, residents, town, tally, p):  # type: ignore[no-untyped-def]
    """Whoever came because a grid worker asked for help with a matter works on that matter first."""
    for k in range(town[0].n_invitations):
        invitation = invitations[k]
        if invitation.acted and invitation.issue >= 0:
            place = micro_grids[residents[invitation.resident].micro_grid]
            for q in range(town[0].n_queue):
                if queue[q].issue == invitation.issue:
                    issue = issues[invitation.issue]
                    minutes = min(min(p.minutes, place.volunteer_minutes), issue.labour_left)
                    if minutes > 0:
                        issue.labour_left -= minutes
                        issue.volunteer_minutes += minutes
                        place.volunteer_minutes -= minutes
                        tally[0].volunteer_minutes_issues += minutes
                        queue[q].done_at = 1.0


@compiled
def lend_a_hand(queue, issues, micro_grids, general_grids, town, tally):  # type: ignore[no-untyped-def]
    """Volunteers' minutes go to small matters in their micro-grid, then in their general grid.

    Only cases of the two lowest tiers can be helped: an unpaid hour does not mend a department's road.
    """
    for nearby in (True, False):
        for k in range(town[0].n_queue):
            entry = queue[k]
            issue = issues[entry.issue]
            if issue.tier <= Tier.GENERAL_GRID:
                grid = general_grids[micro_grids[issue.micro_grid].general_grid]
                first = issue.micro_grid if nearby else grid.first_micro_grid
                last = issue.micro_grid + 1 if nearby else grid.first_micro_grid + grid.n_micro_grids
                for g in range(first, last):
                    minutes = min(micro_grids[g].volunteer_minutes, issue.labour_left)
                    if minutes > 0:
                        issue.labour_left -= minutes
                        issue.volunteer_minutes += minutes
                        micro_grids[g].volunteer_minutes -= minutes
                        tally[0].volunteer_minutes_issues += minutes
                        entry.done_at = 1.0


@compiled
def rest_to_activities(micro_grids, invitations, residents, members, on_duty, town, tally):  # type: ignore[no-untyped-def]
    """What volunteers, and members on duty, gave and no case needed went into activities."""
    for k in range(town[0].n_invitations):
        if invitations[k].acted:
            place = micro_grids[residents[invitations[k].resident].micro_grid]
            tally[0].volunteer_minutes_activities += place.volunteer_minutes
            place.volunteer_minutes = 0
    for m in on_duty:
        place = micro_grids[residents[members[m].resident].micro_grid]
        tally[0].volunteer_minutes_activities += place.volunteer_minutes
        place.volunteer_minutes = 0


@compiled
def procedural_time(issue, tiers, p, grid):  # type: ignore[no-untyped-def]
    """Forms, visits, approvals: longer where the tier has more on its desk per hour of staff than usual (E9)."""
    tier = tiers[issue.tier]
    load = tier.asked / tier.usual / hours_factor(issue.tier, grid)
    return issue.lag * math.exp(p.lag_by_load * math.log(min(10.0, max(0.1, load))))


@compiled
def put_down(day, queue, issues, tiers, town, tally, p, grid):  # type: ignore[no-untyped-def]
    """The end of the working day: cases begun are in work, and where the labour is done the finish is known."""
    for k in range(town[0].n_queue):
        entry = queue[k]
        issue = issues[entry.issue]
        tally[0].staff_minutes_issues += entry.staff_minutes
        tally[0].staff_minutes_workers += entry.staff_minutes
        if issue.labour_left < issue.labour and issue.state == State.QUEUED:
            move(issue, State.IN_WORK)
        if issue.labour_left == 0 and issue.finish >= NEVER:
            at = working_days(day) + (entry.done_at if is_working_day(day) else 0.0)
            issue.finish = at + procedural_time(issue, tiers, p, grid)


@compiled
def close(day, seed, cases, issues, micro_grids, kinds, tiers, town, tally, p, grid, issue_p):  # type: ignore[no-untyped-def]
    """Cases that are done are closed; those that will not be done in time are closed on paper, a few linger."""
    now = working_days(day + 1)
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        if issue.state == State.QUEUED or issue.state == State.IN_WORK:
            due = issue.since + issue.deadline
            paper = issue.since + issue.paper * issue.deadline
            expected = issue.finish if issue.finish < NEVER else now + procedural_time(issue, tiers, p, grid)
            in_time = expected <= due
            if issue.finish <= now and (in_time or issue.lingers):
                solved = issue.plan_adopted if issue.decided else True
                settle(day, issue.finish, solved, seed, issue, micro_grids, kinds, tally, issue_p)
            elif not in_time and not issue.lingers and paper <= now:
                settle(day, paper, False, seed, issue, micro_grids, kinds, tally, issue_p)


@compiled
def settle(day, at, solved, seed, issue, micro_grids, kinds, tally, p):  # type: ignore[no-untyped-def]
    """Close a case at this time of its clock, resolved or on paper only."""
    if issue.state == State.QUEUED:
        move(issue, State.IN_WORK)
    issue.closing_days = at - issue.since
    issue.closed_day = day
    issue.overdue = issue.closing_days > issue.deadline
    tally[0].closing_days += issue.closing_days
    tally[0].n_overdue += issue.overdue
    if not solved:
        move(issue, State.CLOSED_UNRESOLVED)
        tally[0].n_closed_unresolved += 1
        return
    move(issue, State.CLOSED_RESOLVED)
    issue.resolved_day = day
    tally[0].n_resolved += 1
    from_partner = int(partners_share(issue) * kinds[issue.kind].money)
    tally[0].fen_partners += from_partner
    tally[0].fen_spent += kinds[issue.kind].money - from_partner
    vanish(issue, micro_grids)
    if issue.contested:
        u, v = draw(seed, 0, Purpose.RECUR, issue.luck, 0, 0)
        tally[0].n_draws += 1
        if issue.n_recurred < 200 and u < chance_to_recur(issue.consent, p):
            issue.recurs_day = day + 1 + int(v * p.recur_days)


@compiled
def partners_share(issue):  # type: ignore[no-untyped-def]
    """Share of the work, and so of the money and the procedure, that an outside partner brings (0..1)."""
    if issue.partner_minutes == 0:
        return 0.0
    return min(1.0, issue.partner_minutes / issue.labour)


@compiled
def reopen(issue, tally):  # type: ignore[no-untyped-def]
    """A case closed on paper is taken up again, and all its work is to be done again."""
    move(issue, State.REOPENED)
    issue.n_reopenings += 1
    issue.labour_left = issue.labour
    tally[0].n_reopened += 1


@compiled
def reopen_or_drop(day, seed, cases, issues, micro_grids, town, tally, p):  # type: ignore[no-untyped-def]
    """Reporters find out about cases closed on paper and reopen some; cases that are over leave the list."""
    kept = 0
    for c in range(town[0].n_cases):
        row = cases[c].issue
        issue = issues[row]
        over = False
        if issue.state == State.CLOSED_RESOLVED:
            over = issue.recurs_day <= day or issue.recurs_day >= FAR_OFF
        elif issue.state == State.CLOSED_UNRESOLVED:
            if day - issue.closed_day == p.days_to_reopen and issue.n_reopenings < p.max_reopenings:
                u, _ = draw(seed, 0, Purpose.REOPEN, issue.luck, issue.n_reopenings, 0)
                tally[0].n_draws += 1
                if u < p.share_reopening:
                    reopen(issue, tally)
            if issue.state == State.CLOSED_UNRESOLVED and day - issue.closed_day >= p.days_to_reopen:
                if issue.fades <= day:
                    vanish(issue, micro_grids)
                    over = True
        if not over:
            cases[kept].issue = row
            kept += 1
    town[0].n_cases = kept
