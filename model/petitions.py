"""What residents bring to their deputies, and the docket that deputies bring to departments (C5, C7)."""

from __future__ import annotations

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw
from ..agents.core.field import Field
from ..agents.core.table import in_order, room_for
from ..agents.deputy import Answer, DeputyKind
from ..agents.grid_worker import Tier
from ..agents.resident.petitioning import may_be_heard
from .calendar import working_days
from .closing import procedural_time, reopen
from .issues import FAR_OFF, NEVER, State, is_open, stake_in
from .places import SIZES

COMMUNITY = SIZES["community"].residents
"""Residents of the community a deputy serves."""

SEATS = 16
"""Rows of the table of deputies for each community: twelve of the Congress, then four of the CPPCC."""

CONGRESS_SEATS = 12

DAYS_QUARTER = 91
"""Days from one round of brokering to the next."""

DAYS_OUTSTANDING = 365
"""Days after which a petition is history, whatever became of it."""


class PetitionFields:
    """One row a resident who may bring her unsettled matter to a deputy today, or has brought it."""

    day = Field("i4", "day", "reception day")
    deputy = Field("i4", "row", "whose")
    resident = Field("i4", "row", "who")
    issue = Field("i4", "row", "what")
    luck = Field("i8", "identity", "the issue's identity")
    stake = Field("f8", "1", "severity, less with distance")
    stands_for = Field("f8", "days", "reception days this one stands for, where deputies come in rotation", 1)
    comes = Field("?", "yes/no", "comes to the reception")
    arrives = Field("f8", "share of the day", "when")
    answer = Field("u1", "code", "what became of it; still waiting: not reached that day", codes=Answer)
    handed_over = Field("?", "yes/no", "has been taken to a department")
    moved_up = Field("?", "yes/no", "has had its turn to overtake other cases")
    heard_back = Field("?", "yes/no", "the petitioner has heard what became of it")


@compiled
def serves(deputy, p):  # type: ignore[no-untyped-def]
    """Whether this seat is filled."""
    seat = deputy.deputy % SEATS
    if deputy.kind == DeputyKind.CONGRESS:
        return seat < p.per_community
    return seat - CONGRESS_SEATS < p.cppcc_per_community


@compiled
def is_day_of(deputy, day, period):  # type: ignore[no-untyped-def]
    """Once a period, not all on the same day."""
    return (day + 32_760 + deputy.deputy) % period == 0


@compiled
def share_of_community(communities):  # type: ignore[no-untyped-def]
    """Share of a deputy's residents who live in this town: below 1 in a slice smaller than a community."""
    if len(communities) > 1:
        return 1.0
    return min(1.0, communities[0].n_residents / COMMUNITY)


@compiled
def comes_here(day, seed, deputy, round_of, share, tally):  # type: ignore[no-untyped-def]
    """Whether a deputy's round comes to this slice today: always where it is a community or more."""
    if share >= 1.0:
        return True
    u, _ = draw(seed, day, Purpose.DEPUTY, deputy.deputy, round_of, 0)
    tally[0].n_draws += 1
    return u < share


@compiled
def receiving_today(day, seed, deputies, communities, tally, p):  # type: ignore[no-untyped-def]
    """Rows of the Congress deputies who hold a reception day here today."""
    rows = np.empty(len(deputies) if p.per_community > 0 else 0, np.int64)
    n = 0
    for d in range(len(rows)):
        deputy = deputies[d]
        if deputy.kind == DeputyKind.CONGRESS and serves(deputy, p) and is_day_of(deputy, day, p.period):
            if comes_here(day, seed, deputy, 0, share_of_community(communities), tally):
                rows[n] = d
                n += 1
    tally[0].n_reception_days += n
    tally[0].deputy_minutes += n * p.minutes_day
    return rows[:n]


@compiled
def is_unsettled(issue, day, learning, closing):  # type: ignore[no-untyped-def]
    """Whether a reporter has something to take to a deputy.

    A case closed on paper that may still be reopened, or one open beyond her patience that no deputy has taken
    up and that is not before the council.
    """
    if issue.state == State.CLOSED_UNRESOLVED:
        return issue.visible and issue.n_reopenings < closing.max_reopenings
    late = is_open(issue) and day - issue.detected >= learning.days_patience
    return late and issue.state != State.ON_AGENDA and issue.docketed > day


@compiled
def unsettled_matters(
    day, receiving, deputies, communities, cases, issues, micro_grids, residents, petitions, town, tally, p, learning,
    closing, issue_p,
):  # type: ignore[no-untyped-def]
    """Today's opportunities to petition, in the order of residents: reporters of what has not been settled.

    Each has one a day, the oldest of her matters, and goes to one of the deputies who receive in her community.
    """
    town[0].first_petition_today = town[0].n_petitions
    if len(receiving) == 0:
        return petitions
    keys = np.empty(town[0].n_cases, np.int64)
    n = 0
    for c in range(town[0].n_cases):
        issue = issues[cases[c].issue]
        if issue.reporter >= 0 and is_unsettled(issue, day, learning, closing):
            keys[n] = (issue.reporter << 32) | cases[c].issue
            n += 1
    keys = in_order(keys, n)
    petitions = room_for(petitions, town[0].n_petitions + n)
    for k in range(n):
        who = keys[k] >> 32
        if (k == 0 or keys[k - 1] >> 32 != who) and may_be_heard(residents[who], p):
            what = keys[k] & 4294967295
            community = micro_grids[issues[what].micro_grid].community
            whose = deputy_for(residents[who].person, community, receiving, deputies)
            if whose >= 0:
                enter(day, petitions[town[0].n_petitions], who, what, whose, issues, residents, issue_p)
                petitions[town[0].n_petitions].stands_for = 1.0 / share_of_community(communities)
                town[0].n_petitions += 1
                tally[0].n_decisions += 1
                tally[0].n_draws += 1
    return petitions


@compiled
def deputy_for(person, community, receiving, deputies):  # type: ignore[no-untyped-def]
    """Row of the deputy this person would go to, of those who receive in her community today; −1 if none does."""
    n = 0
    for d in receiving:
        n += deputies[d].community == community
    if n == 0:
        return -1
    turn = (person >> 3) % n
    for d in receiving:
        if deputies[d].community == community:
            if turn == 0:
                return d
            turn -= 1
    return -1


@compiled
def enter(day, chance, who, what, whose, issues, residents, issue_p):  # type: ignore[no-untyped-def]
    """Write one opportunity to petition."""
    issue = issues[what]
    chance.day = day
    chance.deputy = whose
    chance.resident = who
    chance.issue = what
    chance.luck = issue.luck
    chance.stake = stake_in(issue, residents[who].building, day, issue_p)
    chance.comes = False
    chance.arrives = 0.0
    chance.answer = Answer.WAITING
    chance.handed_over = False
    chance.moved_up = False
    chance.heard_back = False


@compiled
def petitions_today(town):  # type: ignore[no-untyped-def]
    """Rows of today's opportunities to petition."""
    rows = np.empty(town[0].n_petitions - town[0].first_petition_today, np.int64)
    for k in range(len(rows)):
        rows[k] = town[0].first_petition_today + k
    return rows


@compiled
def file_petitions(petitions, town, tally):  # type: ignore[no-untyped-def]
    """Of today's opportunities those are kept on file that were taken; petitioners are counted."""
    kept = town[0].first_petition_today
    for k in range(town[0].first_petition_today, town[0].n_petitions):
        if petitions[k].comes:
            tally[0].n_petitioners += petitions[k].answer != Answer.WAITING
            tally[0].n_answered += petitions[k].answer == Answer.ON_THE_SPOT
            file_at(petitions[kept], petitions[k])
            kept += 1
    town[0].n_petitions = kept


@compiled
def file_at(place, petition):  # type: ignore[no-untyped-def]
    """Copy a petition, field by field."""
    place.day = petition.day
    place.deputy = petition.deputy
    place.resident = petition.resident
    place.issue = petition.issue
    place.luck = petition.luck
    place.stake = petition.stake
    place.stands_for = petition.stands_for
    place.comes = petition.comes
    place.arrives = petition.arrives
    place.answer = petition.answer


@compiled
def first_outstanding(day, petitions, town):  # type: ignore[no-untyped-def]
    """First row of petitions of which something may still be to come; what is before it is history."""
    k = town[0].first_open_petition
    while k < town[0].n_petitions and is_history(petitions[k], day):
        k += 1
    town[0].first_open_petition = k
    return k


@compiled
def is_history(petition, day):  # type: ignore[no-untyped-def]
    """Whether nothing more will come of a petition."""
    done = petition.heard_back and petition.moved_up
    return petition.answer != Answer.REFERRED or done or day - petition.day > DAYS_OUTSTANDING


@compiled
def docket_today(day, deputies, petitions, issues, town, p):  # type: ignore[no-untyped-def]
    """Rows of the petitions whose deputies hand over their dockets today: what is still unsettled, each issue once."""
    first = first_outstanding(day, petitions, town)
    rows = np.empty(town[0].n_petitions - first, np.int64)
    n = 0
    for k in range(first, town[0].n_petitions):
        petition = petitions[k]
        if petition.answer == Answer.REFERRED and not petition.handed_over:
            deputy = deputies[petition.deputy]
            if serves(deputy, p) and is_day_of(deputy, day, p.days_handover):
                issue = issues[petition.issue]
                unsettled = is_open(issue) or (issue.state == State.CLOSED_UNRESOLVED and issue.visible)
                if unsettled and not is_with_department(issue) and not is_among(petition.issue, rows, n, petitions):
                    rows[n] = k
                    n += 1
    return rows[:n]


@compiled
def is_among(issue, rows, n, petitions):  # type: ignore[no-untyped-def]
    """Whether one of the first n of these petitions is about this issue."""
    found = False
    for k in range(n):
        found = found or petitions[rows[k]].issue == issue
    return found


@compiled
def take_to_departments(day, rows, petitions, issues, tally, p, closing):  # type: ignore[no-untyped-def]
    """Matters handed over today: those closed on paper are reopened, like matters are bundled.

    A reopened case is routed like any other tomorrow, to the agenda of the council if it is contested.
    """
    for a in range(len(rows)):
        if petitions[rows[a]].handed_over:
            issue = issues[petitions[rows[a]].issue]
            if issue.state == State.CLOSED_UNRESOLVED and issue.n_reopenings < closing.max_reopenings:
                reopen(issue, tally)
            if p.bundling and has_like_before(a, rows, petitions, issues):
                saved = int(p.bundle_saving * issue.labour_left)
                issue.labour -= saved
                issue.labour_left -= saved
            issue.docketed = day
            tally[0].n_docketed += 1


@compiled
def has_like_before(a, rows, petitions, issues):  # type: ignore[no-untyped-def]
    """Whether an earlier matter of the same kind stands on the same deputy's docket."""
    mine = petitions[rows[a]]
    for b in range(a):
        other = petitions[rows[b]]
        if other.handed_over and other.deputy == mine.deputy:
            if issues[other.issue].kind == issues[mine.issue].kind:
                return True
    return False


@compiled
def is_with_department(issue):  # type: ignore[no-untyped-def]
    """Whether a deputy has already taken it there, and it has not been closed since."""
    return issue.docketed < FAR_OFF and is_open(issue)


@compiled
def move_up(day, petitions, cases, issues, micro_grids, general_grids, communities, tiers, town, tally, p, closing, grid):  # type: ignore[no-untyped-def]
    """Docketed cases that stand before a tier overtake others there, once: the priority is taken from their hours."""
    now = working_days(day + 1)
    units = (len(micro_grids), len(general_grids), len(communities))
    for k in range(town[0].first_open_petition, town[0].n_petitions):
        if petitions[k].handed_over and not petitions[k].moved_up:
            row = petitions[k].issue
            issue = issues[row]
            to_be_done = issue.plan_adopted if issue.decided else True
            if issue.state == State.QUEUED or issue.state == State.IN_WORK:
                if issue.unit < 0 and issue.finish < NEVER and to_be_done:
                    capacity = tiers[issue.tier].capacity * 7.0 / 5.0 * grid.staffing
                    service = issue.labour / (closing.desk_hours * 60.0 * grid.staffing)
                    earliest = now + service + procedural_time(issue, tiers, closing, grid)
                    overtake(row, day, now, earliest, capacity, cases, issues, town, tally, p)
                elif issue.unit >= 0 and issue.labour_left > 0:
                    capacity = tiers[issue.tier].capacity * 7.0 / 5.0 * grid.staffing / units[issue.tier]
                    jump_the_queue(row, day, now, capacity, cases, issues, town, tally, p)
            petitions[k].moved_up = not is_open(issue) or issue.state == State.QUEUED or issue.state == State.IN_WORK


@compiled
def overtake(row, day, now, earliest, capacity, cases, issues, town, tally, p):  # type: ignore[no-untyped-def]
    """At a tier that exists as its share: a docketed case passes others whose finish is known to be before its own.

    It passes the one just before it first, then the next, until it has passed the share `priority` of them or would
    be done before `earliest`. Passing a case, it gains the time that case's labour takes the tier, and that case
    loses the time its own labour takes: weighted by labour, gains and losses are equal (the last may be passed in
    part). Docketed cases are not passed. `capacity` in minutes a working day.
    """
    mine = issues[row]
    keys = np.empty(town[0].n_cases, np.int64)
    n = 0
    for c in range(town[0].n_cases):
        other = issues[cases[c].issue]
        if is_before(other, mine, now):
            keys[n] = int((mine.finish - other.finish) * 1024.0) * 16777216 + cases[c].issue
            n += 1
    keys = in_order(keys, n)
    for k in range(int(p.priority * n + 0.5)):
        other = issues[keys[k] % 16777216]
        gain = min(other.labour / capacity, mine.finish - earliest)
        if gain <= 0.0:
            break
        loss = gain * mine.labour / other.labour
        mine.finish -= gain
        other.finish += loss
        be_displaced(other, loss, tally)


@compiled
def is_before(other, mine, now):  # type: ignore[no-untyped-def]
    """Whether a case will be done before this one at the same tier, and can be passed."""
    here = other.unit < 0 and other.tier == mine.tier and other.docketed >= FAR_OFF
    waits = other.state == State.QUEUED or other.state == State.IN_WORK
    to_be_done = other.plan_adopted if other.decided else True
    return here and waits and to_be_done and other.finish > now and other.finish < mine.finish


@compiled
def be_displaced(issue, loss, tally):  # type: ignore[no-untyped-def]
    """Count a case that was overtaken, and the working days it loses."""
    issue.days_displaced += loss
    tally[0].n_displaced += 1
    tally[0].displaced_days += loss


@compiled
def jump_the_queue(row, day, now, capacity, cases, issues, town, tally, p):  # type: ignore[no-untyped-def]
    """At a tier with queues of its own: the docketed case is served as if due earlier; its deadline stays.

    It moves forward by the share `priority` of the time it has left. The cases it passes there count as displaced,
    by the time its work takes the unit; the queue itself makes them wait.
    """
    mine = issues[row]
    due = mine.since + mine.deadline
    mine.hurry = p.priority * max(0.0, due - now)
    for c in range(town[0].n_cases):
        other = issues[cases[c].issue]
        if other.unit == mine.unit and other.labour_left > 0 and other.docketed >= FAR_OFF:
            theirs = other.since + other.deadline
            if other.state == State.QUEUED or other.state == State.IN_WORK:
                if due - mine.hurry < theirs < due:
                    be_displaced(other, mine.labour_left / capacity, tally)


@compiled
def chronic_matters(day, seed, deputies, communities, cases, issues, kinds, micro_grids, town, tally, p, closing):  # type: ignore[no-untyped-def]
    """Rows of the CPPCC members who have a chronic issue to find a partner for today, each another one."""
    rows = np.empty(len(deputies) if p.cppcc_per_community > 0 else 0, np.int64)
    n = 0
    for d in range(len(rows)):
        deputy = deputies[d]
        if deputy.kind == DeputyKind.CPPCC and serves(deputy, p) and is_day_of(deputy, day, DAYS_QUARTER):
            if comes_here(day, seed, deputy, 1, share_of_community(communities), tally):
                deputy.found = False
                deputy.matter = oldest_chronic(
                    day, deputy.community, rows, n, deputies, cases, issues, kinds, micro_grids, town, p, closing
                )
                if deputy.matter >= 0:
                    rows[n] = d
                    n += 1
    tally[0].n_draws += n
    return rows[:n]


@compiled
def oldest_chronic(day, community, rows, n, deputies, cases, issues, kinds, micro_grids, town, p, closing):  # type: ignore[no-untyped-def]
    """Row of the oldest chronic issue of a community that none of the first n members works on; −1: none."""
    oldest = -1
    for c in range(town[0].n_cases):
        row = cases[c].issue
        issue = issues[row]
        if micro_grids[issue.micro_grid].community == community and is_chronic(issue, day, kinds, p, closing):
            taken = False
            for k in range(n):
                taken = taken or deputies[rows[k]].matter == row
            if not taken and (oldest < 0 or issue.born < issues[oldest].born):
                oldest = row
    return oldest


@compiled
def is_chronic(issue, day, kinds, p, closing):  # type: ignore[no-untyped-def]
    """Unsolved for long, beyond the grids, there to be seen, with work still to be done and no partner yet."""
    old = issue.visible and day - issue.born >= p.days_chronic and issue.brokered >= FAR_OFF
    if not old or kinds[issue.kind].tier < Tier.COMMUNITY:
        return False
    if issue.state == State.CLOSED_UNRESOLVED:
        return issue.n_reopenings < closing.max_reopenings
    return (issue.state == State.QUEUED or issue.state == State.IN_WORK) and issue.labour_left > 0


@compiled
def bring_in_partners(day, rows, deputies, issues, tally, p):  # type: ignore[no-untyped-def]
    """Where a partner was found, that share of the work is done at once, and the rest goes back to work.

    At least a minute is left to the town's own staff. That share of the procedure is spared too, and that share
    of the money when the issue is settled (`partners_share`).
    """
    for d in rows:
        if deputies[d].found:
            issue = issues[deputies[d].matter]
            if issue.state == State.CLOSED_UNRESOLVED:
                reopen(issue, tally)
            minutes = min(int(p.brokered_share * issue.labour_left), issue.labour_left - 1)
            issue.labour_left -= minutes
            issue.partner_minutes += minutes
            issue.lag *= 1.0 - minutes / issue.labour
            issue.brokered = day
            tally[0].n_brokered += 1


@compiled
def news_of_dockets(day, petitions, issues, town, p, learning):  # type: ignore[no-untyped-def]
    """Rows of the petitions whose petitioners hear today what became of a docketed matter: solved, or still not."""
    first = town[0].first_open_petition
    rows = np.empty(town[0].n_petitions - first if p.feedback else 0, np.int64)
    n = 0
    for k in range(first, first + len(rows)):
        if petitions[k].handed_over and not petitions[k].heard_back:
            issue = issues[petitions[k].issue]
            if issue.resolved_day <= day or day - issue.docketed >= learning.days_patience:
                rows[n] = k
                n += 1
    return rows[:n]
