"""Issues: what goes wrong in a neighbourhood, how it arises, grows, fades and comes back (E8, E15)."""

from __future__ import annotations

import math
from enum import IntEnum

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, child_luck, draw, draw_each, logistic, poisson
from ..agents.core.field import Field, table_of
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.core.table import in_order, room_for
from ..agents.grid_worker import Tier
from ..agents.resident import LONG_AGO
from ..agents.resident.noticing import chance_to_notice, days_until_noticed
from ..agents.resident.reporting import Channel
from .places import MEAN_HOUSEHOLD, SLOTS

FAR_OFF = 30_000
"""The day of things that have not happened and may never."""

PASSERS_BY = 4_000_000_000
"""Three partners in luck that no resident bears (persons count from 0): how many pass by, who, and who notices."""

NEVER = 1e9
"""The same on the clock of working days."""


class Kind(IntEnum):
    """Kinds of issue: six norm conflicts of the article (L9) and five others."""

    PLANTERS = 0
    GARBAGE = 1
    PARKING = 2
    LAUNDRY = 3
    DOGS = 4
    FACILITY = 5
    NOISE = 6
    LEISURE = 7
    CARE = 8
    SAFETY = 9
    MARKET = 10


class State(IntEnum):
    """Where an issue stands."""

    LATENT = 0
    KNOWN = 1
    QUEUED = 2
    ON_AGENDA = 3
    IN_WORK = 4
    ESCALATED = 5
    CLOSED_RESOLVED = 6
    CLOSED_UNRESOLVED = 7
    REOPENED = 8
    FADED = 9


LEGAL = {
    State.LATENT: (State.KNOWN, State.FADED),
    State.KNOWN: (State.QUEUED,),
    State.QUEUED: (State.ON_AGENDA, State.IN_WORK, State.ESCALATED),
    State.ON_AGENDA: (State.QUEUED,),
    State.IN_WORK: (State.CLOSED_RESOLVED, State.CLOSED_UNRESOLVED, State.ESCALATED),
    State.ESCALATED: (State.QUEUED,),
    State.CLOSED_RESOLVED: (),
    State.CLOSED_UNRESOLVED: (State.REOPENED,),
    State.REOPENED: (State.QUEUED,),
    State.FADED: (),
}
"""The moves an issue may make. A recurrence is a new issue with a parent."""

_ALLOWED = tuple(sum(1 << to for to in LEGAL[state]) for state in State)


class Cause(IntEnum):
    """Why an issue arose."""

    BASE = 0
    SPREAD = 1
    RECURRENCE = 2


class Affected(IntEnum):
    """Who has to live with an issue."""

    NEIGHBOURS = 0
    MICRO_GRID = 1
    GENERAL_GRID_SAMPLE = 2


class KindOfIssue(Parameters):
    """What one kind of issue is like."""

    share: float = Parameter(0.1, "1", 0, 1, "share of all issues that arise", "L9, assumption")
    tier: str = Parameter(
        "micro_grid", "code", None, None, "lowest tier that can settle it", "W11, assumption", codes=Tier
    )
    contested: float = Parameter(0.0, "1", 0, 1, "probability that residents disagree on it", "L9, assumption")
    labour: float = Parameter(4.0, "h", 0.5, 200, "work it takes", "assumption")
    money: int = Parameter(0, "yuan", 0, 1_000_000, "money it takes", "assumption")
    deadline: float = Parameter(7.0, "working days", 1, 60, "time the service standard allows", "S44, assumption")
    affected: str = Parameter("neighbours", "code", None, None, "who is affected", "assumption", codes=Affected)
    admissible: bool = Parameter(
        True, "yes/no", None, None, "whether the agenda filter admits it (its contents are not given)", "L23"
    )
    owners_matter: bool = Parameter(
        False, "yes/no", None, None, "whether it is for the owners to decide (Civil Code 278)", "S20, assumption"
    )
    special_matter: bool = Parameter(
        False, "yes/no", None, None, "whether owners need the larger majority for it", "S20, assumption"
    )


KindOfIssueNumbers = numbers_of(KindOfIssue)


class KindFields:
    """One row a kind of issue, in the order of `Kind`."""

    share = Field("f8", "1", "share of all issues")
    tier = Field("u1", "code", "lowest tier that can settle it", codes=Tier)
    contested = Field("f8", "1", "probability that residents disagree on it")
    labour = Field("i8", "min", "work it takes")
    money = Field("i8", "fen", "money it takes")
    deadline = Field("f8", "working days", "time the service standard allows")
    affected = Field("u1", "code", "who is affected", codes=Affected)
    admissible = Field("?", "yes/no", "the agenda filter admits it", 1)
    owners_matter = Field("?", "yes/no", "for the owners to decide")
    special_matter = Field("?", "yes/no", "owners need the larger majority for it")


def _kind(
    share: float, tier: str, contested: float, labour: float, money: int, deadline: float,
    affected: str = "neighbours", **further: bool,
) -> KindOfIssue:  # fmt: skip
    return KindOfIssue(
        share=share, tier=tier, contested=contested, labour=labour, money=money, deadline=deadline, affected=affected,
        **further,
    )  # fmt: skip


class Kinds(Parameters):
    """The eleven kinds of issue. Shares sum to 1; changing one kind changes no other's luck."""

    model_config = Parameters.model_config

    planters: KindOfIssue = _kind(0.08, "micro_grid", 0.6, 4, 0, 7)
    garbage: KindOfIssue = _kind(0.12, "micro_grid", 0.1, 3, 50, 7)
    parking: KindOfIssue = _kind(0.12, "micro_grid", 0.5, 4, 200, 7, owners_matter=True)
    laundry: KindOfIssue = _kind(0.06, "micro_grid", 0.6, 2, 0, 7)
    dogs: KindOfIssue = _kind(0.07, "micro_grid", 0.3, 2, 0, 7)
    facility: KindOfIssue = _kind(0.08, "community", 0.1, 8, 800, 7, owners_matter=True)
    noise: KindOfIssue = _kind(0.07, "community", 0.4, 3, 0, 7)
    leisure: KindOfIssue = _kind(
        0.06, "community", 0.6, 20, 5_000, 15, affected="micro_grid", owners_matter=True, special_matter=True
    )
    care: KindOfIssue = _kind(0.09, "community", 0.1, 10, 500, 15)
    safety: KindOfIssue = _kind(0.15, "sub_district", 0.0, 6, 500, 1)
    market: KindOfIssue = _kind(0.10, "department", 0.2, 20, 5_000, 15, affected="general_grid_sample")

    def numbers(self) -> np.ndarray:
        """The table of kinds that compiled code reads."""
        table = table_of(KindFields, len(Kind))
        for kind in Kind:
            n = getattr(self, kind.name.lower()).numbers()
            table[kind] = (
                n.share, n.tier, n.contested, round(n.labour * 60), n.money * 100, n.deadline, n.affected,
                n.admissible, n.owners_matter, n.special_matter,
            )  # fmt: skip
        return table


class Issues(Parameters):
    """How issues arise, grow, fade and come back."""

    per_1000: float = Parameter(160.0, "per 1,000 residents and year", 0, 1000, "issues that arise", "P5, assumption")
    spread: float = Parameter(0.3, "1", 0, 1, "most that visible disorder adds to the rate (s); 0: none", "S88")
    spread_half: float = Parameter(
        5.0, "issues per building", 0.5, 50, "visible issues at which half of that is reached (S½)", "S88, assumption"
    )
    severity_low: float = Parameter(0.5, "1", 0, 1, "lowest severity at birth", "assumption")
    severity_high: float = Parameter(0.9, "1", 0, 1, "highest severity at birth", "assumption")
    severity_half_life: float = Parameter(
        360.0, "d", 10, 3650, "days in which half the way to full severity is gone", "assumption"
    )
    fade_half_life: float = Parameter(180.0, "d", 10, 3650, "half-life of issues nobody deals with", "assumption")
    stake_own: float = Parameter(
        1.0, "1", 0, 1, "stake in an issue of one's own building, per unit of severity", "S85, assumption"
    )
    stake_next: float = Parameter(0.5, "1", 0, 1, "the same for the next two buildings", "S85, assumption")
    stake_far: float = Parameter(0.2, "1", 0, 1, "the same farther away", "S85, assumption")
    recur_base: float = Parameter(
        -1.1, "logit", -5, 2, "recurrence of a settled conflict at mean consent 0.5 (r0)", "E15, assumption"
    )
    recur_consent: float = Parameter(6.0, "logit per unit", 0, 10, "how much consent lowers it (r1)", "E15, assumption")
    recur_days: int = Parameter(180, "d", 30, 720, "days within which it recurs or not", "E15, assumption")


IssuesNumbers = numbers_of(Issues)


class IssueFields:
    """One row an issue; rows are never reused."""

    luck = Field("i8", "identity", "(micro-grid, kind, day born, cause, ordinal), or parent and number")
    kind = Field("u1", "code", "kind of issue", codes=Kind)
    state = Field("u1", "code", "where it stands", codes=State)
    cause = Field("u1", "code", "why it arose", codes=Cause)
    contested = Field("?", "yes/no", "residents disagree on it")
    micro_grid = Field("i4", "row", "where it is")
    building = Field("i4", "row", "where it is")
    parent = Field("i4", "row", "issue it is a recurrence of, or −1", -1)
    n_recurred = Field("u1", "times", "how often it has come back, counting its parents")
    severity = Field("f8", "1", "severity at birth", 0, 0, 1)
    born = Field("i4", "day", "day it arose")
    fades = Field("i4", "day", "day it goes away by itself if nobody deals with it", FAR_OFF)
    detected = Field("i4", "day", "day it was first reported", FAR_OFF)
    reporter = Field("i4", "row", "first reporter, or −1", -1)
    channel = Field("u1", "code", "way of the first report", codes=Channel)
    n_reports = Field("i4", "reports", "reports it got")
    tier = Field("u1", "code", "tier that has it", codes=Tier)
    unit = Field("i4", "row", "unit that has it, or −1 where its tier is not literal", -1)
    since = Field("f8", "working days", "when its clock started, time on the agenda taken out")
    deadline = Field("f8", "working days", "time the service standard allows")
    lag = Field("f8", "working days", "procedure: forms, visits, approvals")
    paper = Field("f8", "1", "share of the deadline at which it is closed on paper if it will not be done in time")
    lingers = Field("?", "yes/no", "would be left open past its deadline rather than closed on paper")
    labour = Field("i8", "min", "work it takes")
    labour_left = Field("i8", "min", "work still to be done")
    staff_minutes = Field("i8", "min", "work done by staff")
    volunteer_minutes = Field("i8", "min", "work done by volunteers")
    finish = Field("f8", "working days", "when it will truly be done, once that is known", NEVER)
    on_agenda_since = Field("i4", "day", "day it was put on the council's agenda", LONG_AGO)
    n_deferrals = Field("u1", "times", "meetings that could not decide it")
    decided = Field("?", "yes/no", "the council (or the cadre) has decided")
    plan_adopted = Field("?", "yes/no", "the decision was for the plan, not the status quo")
    consent = Field("f8", "1", "mean consent of those affected to the decision")
    n_failures = Field("u1", "times", "plans for it that were dropped, counting its parents")
    docketed = Field("i4", "day", "day a deputy took it to a department", FAR_OFF)
    brokered = Field("i4", "day", "day an outside partner was found for it", FAR_OFF)
    partner_minutes = Field("i8", "min", "work done by outside partners")
    days_displaced = Field("f8", "working days", "delay it suffered for cases that were docketed")
    refused = Field("?", "yes/no", "on the agenda, but not admitted by its filter: the cadre decides")
    hurry = Field("f8", "working days", "by how much a deputy's docket has it served as if due earlier")
    fen_extra = Field("i8", "fen", "what changes of the plan cost")
    asked_help = Field("?", "yes/no", "residents were asked to help with it")
    closing_days = Field("f8", "working days", "how long its clock ran until it was closed")
    closed_day = Field("i4", "day", "day it was (last) closed", FAR_OFF)
    overdue = Field("?", "yes/no", "closed after its deadline")
    resolved_day = Field("i4", "day", "day it was truly resolved", FAR_OFF)
    recurs_day = Field("i4", "day", "day it comes back", FAR_OFF)
    n_reopenings = Field("u1", "times", "how often it was reopened")
    visible = Field("?", "yes/no", "there for all to see, unresolved")


class LatentFields:
    """One row an issue that may still fade unseen."""

    issue = Field("i4", "row", "the issue")
    micro_grid = Field("i4", "row", "where it is")
    fades = Field("i4", "day", "when it would fade")


class CaseFields:
    """One row an issue that has been reported and is not yet over."""

    issue = Field("i4", "row", "the issue")


class NoticingFields:
    """One row a noticing to come."""

    day = Field("i4", "day", "when")
    issue = Field("i4", "row", "what")
    resident = Field("i4", "row", "who")


class EncounterFields:
    """One row an opportunity of today: a resident meets an open issue."""

    resident = Field("i4", "row", "who")
    issue = Field("i4", "row", "what")
    luck = Field("i8", "identity", "the issue's identity")
    stake = Field("f8", "1", "severity, less with distance")
    known = Field("?", "yes/no", "already reported by somebody before today")
    channel = Field("u1", "code", "way of the report; 0: not reported", codes=Channel)


class ReportFields:
    """One row a report."""

    day = Field("i4", "day", "when")
    resident = Field("i4", "row", "who")
    issue = Field("i4", "row", "what")
    channel = Field("u1", "code", "way it took", codes=Channel)
    first = Field("?", "yes/no", "made the issue known")
    learned = Field("?", "yes/no", "the reporter has drawn the lesson")


@compiled
def move(issue, to):  # type: ignore[no-untyped-def]
    """Move an issue to another state; an illegal move stops the run."""
    if (_ALLOWED[issue.state] >> to) & 1 == 0:
        raise ValueError("an issue made an illegal move; see LEGAL in model/issues.py")
    issue.state = to


@compiled
def severity_now(issue, day, p):  # type: ignore[no-untyped-def]
    """Severity grows towards 1 while an issue stays unresolved."""
    return 1.0 - (1.0 - issue.severity) * math.exp(-math.log(2.0) * (day - issue.born) / p.severity_half_life)


@compiled
def stake_in(issue, building, day, p):  # type: ignore[no-untyped-def]
    """A resident's stake in an issue: its severity, less with distance from her building."""
    return nearness(issue, building, p) * severity_now(issue, day, p)


@compiled
def nearness(issue, building, p):  # type: ignore[no-untyped-def]
    """The share of an issue's severity that is felt in this building."""
    distance = abs(issue.building - building)
    return p.stake_own if distance == 0 else (p.stake_next if distance <= 1 else p.stake_far)


@compiled
def spread_factor(n_visible, n_buildings, p):  # type: ignore[no-untyped-def]
    """What visible disorder adds to the rate, bounded by s (E8)."""
    per_building = n_visible / n_buildings
    return p.spread * per_building / (per_building + p.spread_half)


@compiled
def chance_to_recur(mean_consent, p):  # type: ignore[no-untyped-def]
    """Probability that a settled conflict breaks out again (E15)."""
    return logistic(p.recur_base - p.recur_consent * (mean_consent - 0.5))


@compiled
def arise(day, seed, micro_grids, buildings, kinds, issues, latent, town, tally, p):  # type: ignore[no-untyped-def]
    """New issues of every kind in every micro-grid: of themselves, and for the disorder already there."""
    n_kinds = len(kinds)
    where = np.empty(n_kinds, np.int64)
    which = np.empty(n_kinds, np.int64)
    us = np.empty(n_kinds, np.float64)
    vs = np.empty(n_kinds, np.float64)
    for kind in range(n_kinds):
        which[kind] = kind
    for g in range(len(micro_grids)):
        place = micro_grids[g]
        rate = p.per_1000 / 1000.0 / 365.0 * MEAN_HOUSEHOLD * place.n_households * place.hazard
        more = spread_factor(place.n_visible, place.n_buildings, p)
        for kind in range(n_kinds):
            where[kind] = g
        draw_each(seed, day, Purpose.ARISE, where, which, 0, n_kinds, us, vs)
        for kind in range(n_kinds):
            mean = rate * kinds[kind].share
            for cause, n in ((0, poisson(mean, us[kind])), (1, poisson(mean * more, vs[kind]))):
                for ordinal in range(n):
                    luck = (((g * 32 + kind) * 65536 + day + 32768) * 4 + cause) * 256 + ordinal
                    issues = room_for(issues, town[0].n_issues + 1)
                    latent = room_for(latent, town[0].n_latent + 1)
                    be_born(day, seed, luck, kind, cause, g, micro_grids, buildings, kinds, issues, latent, town, p)
                    if cause == Cause.SPREAD:
                        tally[0].n_spread += 1
    tally[0].n_draws += len(micro_grids) * n_kinds
    return issues, latent


@compiled
def be_born(day, seed, luck, kind, cause, g, micro_grids, buildings, kinds, issues, latent, town, p):  # type: ignore[no-untyped-def]
    """A new issue takes the next row: place, severity, whether contested, when it would fade."""
    row = town[0].n_issues
    issue = issues[row]
    place = micro_grids[g]
    u, v = draw(seed, 0, Purpose.ISSUE, luck, 0, 0)
    where, left = draw(seed, 0, Purpose.ISSUE_PLACE, luck, 0, 0)
    issue.luck = luck
    issue.kind = kind
    issue.state = State.LATENT
    issue.cause = cause
    issue.contested = v < kinds[kind].contested
    issue.micro_grid = g
    issue.building = place.first_building + int(where * place.n_buildings)
    issue.parent = -1
    issue.severity = p.severity_low + (p.severity_high - p.severity_low) * u
    issue.born = day
    issue.fades = min(FAR_OFF, day + 1 + int(-math.log(left) / math.log(2.0) * p.fade_half_life))
    issue.detected = FAR_OFF
    issue.reporter = -1
    issue.unit = -1
    issue.finish = NEVER
    issue.on_agenda_since = LONG_AGO
    issue.closed_day = FAR_OFF
    issue.resolved_day = FAR_OFF
    issue.recurs_day = FAR_OFF
    issue.labour = kinds[kind].labour
    issue.labour_left = kinds[kind].labour
    issue.visible = True
    place.n_visible += 1
    entry = latent[town[0].n_latent]
    entry.issue = row
    entry.micro_grid = g
    entry.fades = issue.fades
    town[0].n_latent += 1
    town[0].n_issues += 1


@compiled
def recur(day, seed, cases, micro_grids, buildings, kinds, issues, latent, town, tally, p):  # type: ignore[no-untyped-def]
    """Settled conflicts whose day has come break out again as new issues, at the same place."""
    for c in range(town[0].n_cases):
        row = cases[c].issue
        if issues[row].recurs_day == day:
            issues = room_for(issues, town[0].n_issues + 1)
            latent = room_for(latent, town[0].n_latent + 1)
            parent = issues[row]
            luck = child_luck(parent.luck, parent.n_recurred + 1)
            child = town[0].n_issues
            be_born(
                day,
                seed,
                luck,
                parent.kind,
                Cause.RECURRENCE,
                parent.micro_grid,
                micro_grids,
                buildings,
                kinds,
                issues,
                latent,
                town,
                p,
            )
            issues[child].parent = row
            issues[child].building = parent.building
            issues[child].contested = True
            issues[child].n_recurred = parent.n_recurred + 1
            issues[child].n_failures = parent.n_failures
            tally[0].n_recurred += 1
    return issues, latent


@compiled
def fade(day, latent, issues, micro_grids, town, tally):  # type: ignore[no-untyped-def]
    """Issues nobody has dealt with go away by themselves on their day."""
    kept = 0
    for k in range(town[0].n_latent):
        if latent[k].fades > day:
            latent[kept].issue = latent[k].issue
            latent[kept].micro_grid = latent[k].micro_grid
            latent[kept].fades = latent[k].fades
            kept += 1
        else:
            issue = issues[latent[k].issue]
            if issue.state == State.LATENT:
                move(issue, State.FADED)
                vanish(issue, micro_grids)
                tally[0].n_faded += 1
    town[0].n_latent = kept


@compiled
def vanish(issue, micro_grids):  # type: ignore[no-untyped-def]
    """An issue is no longer to be seen."""
    if issue.visible:
        issue.visible = False
        micro_grids[issue.micro_grid].n_visible -= 1


@compiled
def expose(day, seed, first_new, households, buildings, micro_grids, residents, issues, noticings, town, tally, p):  # type: ignore[no-untyped-def]
    """For each issue born today: who will notice it, and on which day of the coming month."""
    for row in range(first_new, town[0].n_issues):
        luck = issues[row].luck
        building = buildings[issues[row].building]
        place = micro_grids[issues[row].micro_grid]
        n_here = building.n_households
        n_outside = place.n_households - n_here
        noticings = room_for(noticings, town[0].n_noticings + building.n_residents + 64)
        adults = adults_in(building, residents)
        matter = np.empty(len(adults), np.int64)
        person = np.empty(len(adults), np.int64)
        us = np.empty(len(adults), np.float64)
        vs = np.empty(len(adults), np.float64)
        for k in range(len(adults)):
            matter[k] = luck
            person[k] = residents[adults[k]].person
        draw_each(seed, 0, Purpose.NOTICE, matter, person, 0, len(adults), us, vs)
        for k in range(len(adults)):
            if us[k] < chance_to_notice(residents[adults[k]].information, True, n_here, n_outside, p):
                note(noticings, town, day + days_until_noticed(vs[k], p), row, adults[k])
        tally[0].n_draws += len(adults)
        # Passers-by from the other buildings are few, so luck names them by household and place instead of asking all.
        most = chance_to_notice(1.0, False, n_here, n_outside, p)
        u, _ = draw(seed, 0, Purpose.NOTICE, luck, PASSERS_BY, 0)
        n = min(60, poisson(most * n_outside * SLOTS, u))
        for k in range(n):
            who, v = draw(seed, 0, Purpose.NOTICE, luck, PASSERS_BY + 1, k)
            gate, _ = draw(seed, 0, Purpose.NOTICE, luck, PASSERS_BY + 2, k)
            slot = int(who * n_outside * SLOTS)
            h = place.first_household + slot // SLOTS
            if h >= building.first_household:
                h += building.n_households
            i = resident_in(households, h, slot % SLOTS)
            if i >= 0 and residents[i].adult:
                if gate * most < chance_to_notice(residents[i].information, False, n_here, n_outside, p):
                    note(noticings, town, day + days_until_noticed(v, p), row, i)
        tally[0].n_draws += 3 + 2 * n
        tally[0].n_born += 1
    return noticings


@compiled
def adults_in(place, residents):  # type: ignore[no-untyped-def]
    """Rows of the adults in a building, micro-grid or general grid, in table order."""
    rows = np.empty(place.n_residents, np.int64)
    n = 0
    for i in range(place.first_resident, place.first_resident + place.n_residents):
        if residents[i].adult:
            rows[n] = i
            n += 1
    return rows[:n]


@compiled
def resident_in(households, h, slot):  # type: ignore[no-untyped-def]
    """Row of the resident in this place of the household, or −1 where nobody is."""
    return households[h].first_resident + slot if slot < households[h].n_residents else -1


@compiled
def note(noticings, town, day, issue, resident):  # type: ignore[no-untyped-def]
    """Remember a noticing to come (room is made by the caller)."""
    noticing = noticings[town[0].n_noticings]
    noticing.day = day
    noticing.issue = issue
    noticing.resident = resident
    town[0].n_noticings += 1


@compiled
def is_open(issue):  # type: ignore[no-untyped-def]
    """Whether there is still something to report."""
    return issue.state < State.CLOSED_RESOLVED or issue.state == State.REOPENED


@compiled
def meet(day, noticings, issues, residents, encounters, town, tally, p):  # type: ignore[no-untyped-def]
    """Today's noticings become encounters, in the order of residents; the others wait."""
    keys = np.empty(town[0].n_noticings, np.int64)
    n = 0
    kept = 0
    for k in range(town[0].n_noticings):
        noticing = noticings[k]
        if noticing.day == day:
            if is_open(issues[noticing.issue]):
                keys[n] = (noticing.resident << 32) | noticing.issue
                n += 1
        else:
            noticings[kept].day = noticing.day
            noticings[kept].issue = noticing.issue
            noticings[kept].resident = noticing.resident
            kept += 1
    town[0].n_noticings = kept
    encounters = room_for(encounters, n)
    keys = in_order(keys, n)
    for k in range(n):
        encounter = encounters[k]
        encounter.resident = keys[k] >> 32
        encounter.issue = keys[k] & 4294967295
        issue = issues[encounter.issue]
        encounter.luck = issue.luck
        encounter.stake = stake_in(issue, residents[encounter.resident].building, day, p)
        encounter.known = issue.detected < day
        encounter.channel = Channel.NONE
    town[0].n_encounters = n
    tally[0].n_noticed += n
    tally[0].n_decisions += n
    tally[0].n_draws += n
    return encounters
