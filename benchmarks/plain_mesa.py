"""The plain-Mesa twin of the `bare` scenario: the whole day as a Mesa user would write it, in objects and loops.

It has the equations' rules in common with the town (their plain Python text) and the luck; every loop over
residents, issues, cases, councils and workers is written here a second time, and nothing is done that the
equations do not ask for. So it is a check (the same trajectory, bit for bit) and the yardstick of speed.

    plain_mesa.PlainTown(world, spec)        residents are called when something happens to them
    plain_mesa.SteppingTown(world, spec)     every resident has a daily `step`, which looks whether anything is due

Both begin from a World (its tables are turned into objects) and live a day with each `step()`; `tables()` turns
the objects back. The plain text of the rules is only to be had in interpreted mode: LINLI_INTERPRETED=1.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

import mesa
import numpy as np
from linli.agents.core.compiled import INTERPRETED
from linli.agents.core.draw import Purpose, child_luck, draw, normal, poisson
from linli.agents.core.field import dtype_of, fields_of
from linli.agents.core.table import unwrapped
from linli.agents.grid_worker import Tier
from linli.agents.grid_worker.casework import time_for_case, week_of
from linli.agents.resident.attending import chance_to_hear, logistic, reasons_to_attend
from linli.agents.resident.consenting import consent, votes_yes
from linli.agents.resident.earning import offer_of, pay_believed, points_for, points_held
from linli.agents.resident.habits import habit_after, habit_now
from linli.agents.resident.learning import efficacy_after, efficacy_now
from linli.agents.resident.noticing import chance_to_notice, days_until_noticed
from linli.agents.resident.participation import pull_of_pay, readiness, seen_active
from linli.agents.resident.redeeming import is_worth_it
from linli.agents.resident.reporting import chance_to_report, channel_chosen
from linli.agents.resident.volunteering import Occasion, reasons_to_volunteer
from linli.model.calendar import DAYS_MONTH, DAYS_YEAR, is_monday, is_working_day, working_days
from linli.model.closing import procedural_time
from linli.model.contests import DAYS_QUARTER
from linli.model.deliberation import is_council_day
from linli.model.issues import (
    FAR_OFF,
    LEGAL,
    NEVER,
    Affected,
    Cause,
    State,
    chance_to_recur,
    is_open,
    spread_factor,
    stake_in,
)
from linli.model.places import MEAN_HOUSEHOLD, SLOTS
from linli.model.regime import Rule
from linli.model.routing import mean_wait, tier_for
from linli.model.spec import Spec
from linli.model.world import ENTITIES, World, table

if not INTERPRETED:
    raise ImportError("the plain-Mesa twin needs the rules as plain Python: start it with LINLI_INTERPRETED=1")

LUCK = {purpose.name: int(purpose) for purpose in Purpose}
"""Purposes as whole numbers: the compiled `draw` takes an enum a hundred times more slowly."""

WHAT_IT_KEEPS = (
    "residents", "issues", "cases", "reports", "deeds", "meetings", "days", "months", "years", "micro_grids", "tiers",
    "workers",
)  # fmt: skip
"""The tables the twin can give back. Today's opportunities and the town's own bookkeeping are not among them."""

by_row = attrgetter("row")


class Record:
    """A plain object with the fields of one entity, and the number of its row."""

    def __init__(self, row: int, values: dict[str, Any]) -> None:
        self.row = row
        self.__dict__.update(values)


def records(rows: np.ndarray[Any, Any], kind: Any = Record) -> list[Any]:
    """A table as objects."""
    names = rows.dtype.names or ()
    return [kind(row, dict(zip(names, values, strict=True))) for row, values in enumerate(rows.tolist())]


@cache
def blank(entity: str) -> dict[str, Any]:
    """The fields of an entity at their values at birth (not to be written to)."""
    return {name: field.default for name, field in fields_of(ENTITIES[entity]).items()}


def back_to_table(entity: str, objects: Iterable[Any]) -> np.ndarray[Any, Any]:
    """Objects as a table again."""
    dtype = dtype_of(ENTITIES[entity])
    names = dtype.names or ()
    return np.array([tuple(getattr(thing, name) for name in names) for thing in objects], dtype)


class Resident(mesa.Agent):
    """One resident: she reports, comes to meetings, volunteers, redeems her points, learns."""

    def __init__(self, model: PlainTown, row: int, values: dict[str, Any]) -> None:
        super().__init__(model)
        self.row = row
        self.contacts: list[Resident] = []
        self.__dict__.update(values)

    def report(self, issue: Record) -> None:
        """Report, or not, an open issue met today."""
        town, p = self.model, self.model.p
        luck, way = draw(town.seed, town.today, LUCK["REPORT"], issue.luck, self.person, 0)
        stake = stake_in(issue, self.building, town.today, p.issues)
        known = issue.detected < town.today
        if luck < chance_to_report(self, town.today, stake, known, p.reporting, p.participation, p.learning):
            self.reports += 1
            self.last_report = town.today
            town.take_up(self, issue, channel_chosen(self, way, p.reporting))

    def n_active_contacts(self) -> int:
        """How many of her contacts were seen volunteering lately."""
        today, p = self.model.today, self.model.p.participation
        n = 0
        for contact in self.contacts:
            if seen_active(contact, today, p):
                n += 1
        return n

    def comes(self, issue: Record, stake: float) -> bool:
        """Whether she comes to a meeting on this issue that she has heard of."""
        town, p = self.model, self.model.p
        luck, _ = draw(town.seed, town.today, LUCK["ATTEND"], issue.luck, self.person, 0)
        reasons = reasons_to_attend(
            self, town.today, stake, self.n_active_contacts(), p.attending, p.participation, p.learning, town.offered
        )
        return bool(luck < logistic(readiness(reasons)))

    def volunteer(self, occasion: int, ordinal: int) -> bool:
        """Give her time, or not, on one occasion. Returns whether she did."""
        town, p = self.model, self.model.p
        luck, _ = draw(town.seed, town.today, LUCK["VOLUNTEER"], self.person, occasion, ordinal)
        reasons = reasons_to_volunteer(
            self, town.today, occasion, p.volunteering.stake_of_call, self.n_active_contacts(), p.volunteering,
            p.participation, p.learning, p.habits, town.offered, 0.0,
        )  # fmt: skip
        if luck >= logistic(readiness(reasons)):
            return False
        self.give_time()
        return True

    def give_time(self) -> None:
        """What one act of volunteering changes in her."""
        today, p, offered = self.model.today, self.model.p, self.model.offered
        pull = pull_of_pay(pay_believed(self, p.volunteering.minutes / 60.0, offered), p.participation)
        self.habit = habit_after(habit_now(self, today, p.habits), pull, p.habits)
        self.habit_day = today
        if self.last_act < today:
            self.act_before = self.last_act
            self.last_act = today
        self.acts += 1
        self.acts_this_year += 1
        self.acts_this_quarter += 1
        self.minutes += p.volunteering.minutes
        self.registered = True
        self.on_list = True
        self.list_until = today + p.joining.days_listed
        if offered.task_points > 0:
            points = points_for(p.volunteering.minutes, offered.task_points)
            self.points_task += points
            self.points_day = today
            self.model.tally.points_issued += points

    def redeem(self) -> None:
        """Take her points to the mall, if the balance is worth the trip."""
        held, p = points_held(self), self.model.p
        if is_worth_it(self, p.redeeming, p.incentives, p.mall):
            self.redeemed += held
            self.points_task = self.points_single = 0
            self.model.tally.points_redeemed += held
            self.model.tally.fen_mall += int(held * p.incentives.yuan_per_100_points)
            self.model.tally.n_redemptions += 1

    def learn(self, fixed: bool) -> None:
        """Draw the lesson of a report of hers."""
        today, p = self.model.today, self.model.p.learning
        self.efficacy = efficacy_after(efficacy_now(self, today, p), fixed, p)
        self.efficacy_day = today

    def change_life(self) -> None:
        """A life event: new inclinations, off the list, habit gone."""
        seed = self.model.seed
        self.life_events += 1
        self.on_list = False
        self.habit = 0.0
        self.habit_day = self.model.today
        u, _ = draw(seed, self.life_events, LUCK["FAMILY_VOLUNTEER"], self.person, 0, 0)
        v, w = draw(seed, self.life_events, LUCK["FAMILY_REPORT_ATTEND"], self.person, 0, 0)
        self.u_volunteer, self.u_report, self.u_attend = normal(u), normal(v), normal(w)


class Invitee(Record):
    """Somebody affected by an issue before a council, with a position on it."""

    def __init__(self, resident: Resident, stake: float, heard: bool, position: float) -> None:
        self.resident = resident
        self.stake = stake
        self.heard = heard
        self.comes = False
        self.first_position = self.position = position
        self.minutes = 0.0

    def take_a_seat(self, seed: int, luck: int, p: Any) -> None:
        """How open, talkative and doubtful she is in this matter."""
        open_to, talk = draw(seed, 0, LUCK["STUBBORN"], luck, self.resident.person, 0)
        doubt, _ = draw(seed, 0, LUCK["VOTE"], luck, self.resident.person, 0)
        self.openness = min(1.0, max(0.0, p.openness + p.openness_sd * normal(open_to)))
        self.doubt = p.doubt_sd * normal(doubt)
        self.talk = math.exp(p.talk_sd * normal(talk) + p.talk_by_position * abs(self.position))

    def would_vote_yes(self, p: Any) -> bool:
        """Whether she was for the plan when it was first put."""
        return bool(votes_yes(self.first_position, p.plan, p.status_quo, 0.0))


class QueueEntry:
    """A case that waits for hands today."""

    def __init__(self, issue: Record) -> None:
        self.issue = issue
        self.staff_minutes = 0
        self.done_at = 0.0


class PlainTown(mesa.Model):
    """The town in plain Mesa: Resident agents, and plain objects for whatever decides nothing."""

    def __init__(self, world: World, spec: Spec) -> None:
        super().__init__(seed=1)
        self.p = spec.numbers()
        self.kinds = records(unwrapped(self.p.kinds))
        self.seed, self.today = int(world.town["seed"][0]), int(world.town["day"][0])
        self._read_places(world)
        self._read_people(world)
        self._read_events(world)
        self._read_logs(world)

    def _read_places(self, world: World) -> None:
        self.micro_grids, self.general_grids = records(world.micro_grids), records(world.general_grids)
        self.buildings, self.households = records(world.buildings), records(world.households)
        self.units, self.tiers = records(world.units), records(world.tiers)
        self.workers = records(world.workers)
        for place in self.micro_grids:
            place.buildings = stretch(self.buildings, place.first_building, place.n_buildings)
            place.households = stretch(self.households, place.first_household, place.n_households)
        for grid in self.general_grids:
            grid.micro_grids = stretch(self.micro_grids, grid.first_micro_grid, grid.n_micro_grids)

    def _read_people(self, world: World) -> None:
        self.residents = records(world.residents, self.new_resident)
        friends = world.ties["to"].tolist()
        for resident in self.residents:
            stood = friends[resident.first_tie : resident.first_tie + resident.n_ties]
            resident.contacts = [self.residents[row] for row in stood]
        for place in (*self.households, *self.buildings, *self.micro_grids, *self.general_grids):
            place.residents = stretch(self.residents, place.first_resident, place.n_residents)
        self.asks: dict[int, list[Resident]] = defaultdict(list)
        for resident in self.residents:
            if resident.on_list:
                self.plan_asks(resident, self.today)

    def new_resident(self, row: int, values: dict[str, Any]) -> Resident:
        """A resident for this row."""
        return Resident(self, row, values)

    def _read_events(self, world: World) -> None:
        self.issues = records(table(world, "issues"))
        self.cases = [self.issues[row] for row in table(world, "cases")["issue"]]
        self.to_fade: dict[int, list[Record]] = defaultdict(list)
        for row, day in zip(*(table(world, "latent")[name].tolist() for name in ("issue", "fades")), strict=True):
            self.to_fade[day].append(self.issues[row])
        self.noticings: dict[int, list[tuple[Resident, Record]]] = defaultdict(list)
        for day, issue, resident in table(world, "noticings").tolist():
            self.notice_on(day, self.residents[resident], self.issues[issue])

    def _read_logs(self, world: World) -> None:
        self.reports, self.deeds = records(table(world, "reports")), records(table(world, "deeds"))
        self.meetings = records(table(world, "meetings"))
        self.days, self.months = records(table(world, "days")), records(table(world, "months"))
        self.years = records(table(world, "years"))
        self.lessons = [report for report in self.reports if not report.learned]
        self.reported = {report.row: (self.residents[report.resident], self.issues[report.issue])
                         for report in self.lessons}  # fmt: skip

    def tables(self) -> dict[str, np.ndarray[Any, Any]]:
        """The objects as tables, for comparison with a World."""
        kept = {name: getattr(self, name) for name in WHAT_IT_KEEPS if name != "cases"}
        tables = {name: back_to_table(name, objects) for name, objects in kept.items()}
        tables["cases"] = np.array([(issue.row,) for issue in self.cases], dtype_of(ENTITIES["cases"]))
        return tables

    def step(self) -> None:
        """One day."""
        self.tally = Record(len(self.days), blank("days") | {"day": self.today})
        self.days.append(self.tally)
        self.waiting: list[QueueEntry] = []
        self.volunteers: list[Resident] = []
        self.paid_attenders: list[Resident] = []
        self.joined: list[Resident] = []
        belief = self.p.incentives.redemption_belief
        self.offered = offer_of(self.today, belief, self.p.incentives, self.p.mall, self.p.recognition)
        self.issues_arise()
        self.residents_report()
        self.route_cases()
        self.councils_meet()
        self.residents_volunteer()
        self.work()
        self.close_cases()
        self.keep_the_mall()
        self.reporters_redeem_and_learn()
        self.look_back()
        if (self.today + 1) % DAYS_MONTH == 0:
            self.month_ends()
        if (self.today + 1) % DAYS_QUARTER == 0:
            for resident in self.residents:
                resident.acts_this_quarter = 0
        if (self.today + 1) % DAYS_YEAR == 0:
            self.year_ends()
        self.today += 1

    # Issues arise, come back, fade, and will be noticed by some.

    def issues_arise(self) -> None:
        """New issues, recurrences, issues that fade; who will notice the new ones."""
        n_before = len(self.issues)
        for place in self.micro_grids:
            self.arise_in(place)
        for parent in self.cases:
            if parent.recurs_day == self.today:
                self.recur(parent)
        for issue in self.to_fade.pop(self.today, ()):
            if issue.state == State.LATENT:
                move(issue, State.FADED)
                self.vanish(issue)
                self.tally.n_faded += 1
        for issue in self.issues[n_before:]:
            self.expose(issue)

    def arise_in(self, place: Record) -> None:
        """New issues of every kind in one micro-grid: of themselves, and for the disorder already there."""
        p = self.p.issues
        rate = p.per_1000 / 1000.0 / 365.0 * MEAN_HOUSEHOLD * place.n_households * place.hazard
        more = spread_factor(place.n_visible, place.n_buildings, p)
        for kind in self.kinds:
            mean = rate * kind.share
            u, v = draw(self.seed, self.today, LUCK["ARISE"], place.row, kind.row, 0)
            for cause, n in ((0, poisson(mean, u)), (1, poisson(mean * more, v))):
                for ordinal in range(n):
                    luck = (((place.row * 32 + kind.row) * 65536 + self.today + 32768) * 4 + cause) * 256 + ordinal
                    self.new_issue(luck, kind, cause, place)
                    self.tally.n_spread += cause

    def new_issue(self, luck: int, kind: Record, cause: int, place: Record) -> Record:
        """An issue is born: place, severity, whether contested, when it would fade."""
        p = self.p.issues
        u, v = draw(self.seed, 0, LUCK["ISSUE"], luck, 0, 0)
        where, left = draw(self.seed, 0, LUCK["ISSUE_PLACE"], luck, 0, 0)
        fades = self.today + 1 + int(-math.log(left) / math.log(2.0) * p.fade_half_life)
        issue = Record(len(self.issues), blank("issues"))
        issue.luck, issue.kind, issue.cause = luck, kind.row, cause
        issue.contested = v < kind.contested
        issue.micro_grid = place.row
        issue.building = place.first_building + int(where * place.n_buildings)
        issue.severity = p.severity_low + (p.severity_high - p.severity_low) * u
        issue.born = self.today
        issue.fades = min(FAR_OFF, fades)
        issue.labour = issue.labour_left = kind.labour
        issue.visible = True
        place.n_visible += 1
        self.issues.append(issue)
        self.to_fade[issue.fades].append(issue)
        self.tally.n_born += 1
        return issue

    def recur(self, parent: Record) -> None:
        """A settled conflict breaks out again, at the same place."""
        luck = child_luck(parent.luck, parent.n_recurred + 1)
        place = self.micro_grids[parent.micro_grid]
        child = self.new_issue(luck, self.kinds[parent.kind], int(Cause.RECURRENCE), place)
        child.parent, child.building = parent.row, parent.building
        child.contested = True
        child.n_recurred = parent.n_recurred + 1
        child.n_failures = parent.n_failures
        self.tally.n_recurred += 1

    def vanish(self, issue: Record) -> None:
        """An issue is no longer to be seen."""
        if issue.visible:
            issue.visible = False
            self.micro_grids[issue.micro_grid].n_visible -= 1

    def expose(self, issue: Record) -> None:
        """Who will notice a new issue, and when: its building, and a few passers-by."""
        p = self.p.noticing
        building, place = self.buildings[issue.building], self.micro_grids[issue.micro_grid]
        n_here = building.n_households
        n_outside = place.n_households - n_here
        for resident in building.residents:
            if resident.adult:
                u, v = draw(self.seed, 0, LUCK["NOTICE"], issue.luck, resident.person, 0)
                if u < chance_to_notice(resident.information, True, n_here, n_outside, p):
                    self.notice_on(self.today + days_until_noticed(v, p), resident, issue)
        most = chance_to_notice(1.0, False, n_here, n_outside, p)
        u, _ = draw(self.seed, 0, LUCK["NOTICE"], issue.luck, 4_000_000_000, 0)
        for k in range(min(60, poisson(most * n_outside * SLOTS, u))):
            who, v = draw(self.seed, 0, LUCK["NOTICE"], issue.luck, 4_000_000_001, k)
            gate, _ = draw(self.seed, 0, LUCK["NOTICE"], issue.luck, 4_000_000_002, k)
            passer_by = self.passer_by(place, building, int(who * n_outside * SLOTS))
            if passer_by is not None and passer_by.adult:
                if gate * most < chance_to_notice(passer_by.information, False, n_here, n_outside, p):
                    self.notice_on(self.today + days_until_noticed(v, p), passer_by, issue)

    def passer_by(self, place: Record, building: Record, slot: int) -> Resident | None:
        """Who holds this place among the households of the micro-grid outside a building."""
        h = place.first_household + slot // SLOTS
        if h >= building.first_household:
            h += building.n_households
        return member(self.households[h], slot % SLOTS)

    def notice_on(self, day: int, resident: Resident, issue: Record) -> None:
        """A noticing to come."""
        self.noticings[day].append((resident, issue))

    # Residents report, cases are routed.

    def residents_report(self) -> None:
        """Whoever meets an open issue today reports it or not, in the order of residents and issues."""
        met = [(resident, issue) for resident, issue in self.noticings.pop(self.today, ()) if is_open(issue)]
        met.sort(key=lambda pair: (pair[0].row, pair[1].row))
        for resident, issue in met:
            self.tally.n_noticed += 1
            self.tally.n_decisions += 1
            resident.report(issue)

    def take_up(self, resident: Resident, issue: Record, channel: int) -> None:
        """A report enters the log; an issue reported for the first time becomes a case."""
        first = issue.state == State.LATENT
        report = Record(len(self.reports), blank("reports"))
        report.day, report.resident, report.issue = self.today, resident.row, issue.row
        report.channel, report.first, report.learned = int(channel), first, False
        self.reports.append(report)
        self.lessons.append(report)
        self.reported[report.row] = (resident, issue)
        issue.n_reports += 1
        self.tally.n_reports += 1
        if first:
            move(issue, State.KNOWN)
            issue.detected = self.today
            issue.reporter = resident.row
            issue.channel = int(channel)
            self.cases.append(issue)
            self.tally.n_detected += 1

    def route_cases(self) -> None:
        """New and reopened cases get a tier and a clock; contested ones go to the council's agenda first."""
        for issue in self.cases:
            if issue.state in (State.KNOWN, State.REOPENED):
                self.start_clock(issue)
                issue.tier = int(tier_for(issue.severity, self.kinds[issue.kind].tier, self.p.routing))
                issue.unit = self.unit_of(issue)
                move(issue, State.QUEUED)
                if issue.contested:
                    move(issue, State.ON_AGENDA)
                    issue.on_agenda_since = self.today
                else:
                    self.hand_to_tier(issue)

    def start_clock(self, issue: Record) -> None:
        """The service standard starts to run, and the luck of this round is drawn."""
        p = self.p.closing
        u, v = draw(self.seed, 0, LUCK["LAG"], issue.luck, issue.n_reopenings, 0)
        w, _ = draw(self.seed, 0, LUCK["CLOSING"], issue.luck, issue.n_reopenings, 0)
        issue.since = working_days(self.today)
        issue.deadline = self.kinds[issue.kind].deadline
        issue.lag = issue.deadline * math.exp(p.lag_log_median + p.lag_log_sd * normal(u))
        issue.paper = p.paper_from + (1.0 - p.paper_from) * v
        issue.lingers = w < p.share_lingering
        issue.finish = NEVER
        issue.closed_day = FAR_OFF
        issue.overdue = issue.decided = False
        issue.n_deferrals = 0

    def unit_of(self, issue: Record) -> int:
        """Number of the unit that works on an issue, or −1 where its tier exists only as a share."""
        tier, place = self.tiers[issue.tier], self.micro_grids[issue.micro_grid]
        if not tier.literal:
            return -1
        number = {Tier.MICRO_GRID: place.row, Tier.GENERAL_GRID: place.general_grid, Tier.COMMUNITY: place.community}
        return int(tier.first_unit + number[issue.tier])

    def hand_to_tier(self, issue: Record) -> None:
        """A case lands on the tier's desk; where the tier is not literal, its law says when it will be done."""
        tier, staffing, p = self.tiers[issue.tier], self.p.grid.staffing, self.p.closing
        fading = math.exp(-(self.today - tier.asked_day) / tier.memory)
        tier.asked = tier.asked * fading + issue.labour_left / tier.memory
        tier.asked_day = self.today
        if issue.unit < 0:
            u, _ = draw(self.seed, 0, LUCK["TIER_WAIT"], issue.luck, issue.n_reopenings, issue.tier)
            wait = -math.log(u) * mean_wait(tier.asked / (tier.capacity * staffing), p)
            desk = p.desk_hours * 60.0 * staffing
            issue.finish = working_days(self.today) + wait + issue.labour_left / desk
            issue.finish += procedural_time(issue, self.tiers, p, self.p.grid)
            issue.staff_minutes += issue.labour_left
            self.tally.staff_minutes_issues += issue.labour_left
            issue.labour_left = 0

    # Councils invite, residents come, talk and vote.

    def councils_meet(self) -> None:
        """Councils that meet today take their oldest contested issues."""
        p = self.p.deliberation
        agendas: dict[int, list[Record]] = defaultdict(list)
        for issue in self.cases:
            council = self.micro_grids[issue.micro_grid].general_grid
            if issue.state == State.ON_AGENDA and is_council_day(self.today, council, p):
                agendas[council].append(issue)
        for council in sorted(agendas):
            agenda = sorted(agendas[council], key=lambda issue: (issue.on_agenda_since, issue.row))
            for issue in agenda if p.rule == Rule.CADRE else agenda[: p.items]:
                self.deliberate(council, issue)

    def deliberate(self, council: int, issue: Record) -> None:
        """One issue before a council: invite, talk, vote, decide."""
        p = self.p.deliberation
        rule = int(Rule.CADRE) if issue.n_deferrals >= p.deferrals else p.rule
        invitees = list(self.invite(issue, rule))
        for invitee in invitees:
            if invitee.heard:
                invitee.comes = invitee.resident.comes(issue, invitee.stake)
        meeting = Record(len(self.meetings), blank("meetings"))
        self.meetings.append(meeting)
        meeting.day, meeting.council, meeting.issue = self.today, council, issue.row
        meeting.rule = rule
        meeting.n_affected = len(invitees)
        meeting.plan = p.plan
        self.tally.n_meetings += 1
        self.pay_attenders([invitee.resident for invitee in invitees if invitee.comes])
        if meeting.rule == Rule.CADRE:
            self.cadre_decides(meeting)
        else:
            self.residents_decide(meeting, issue, invitees)
        if not meeting.deferred:
            self.take_consent(meeting, invitees)
            self.tally.n_adopted += meeting.adopted
            issue.n_failures += not meeting.adopted
            self.back_from_agenda(issue, meeting)

    def invite(self, issue: Record, rule: int) -> Iterator[Invitee]:
        """Every adult affected by an issue, with a position on it; whether word of the meeting got there."""
        p, seed, luck = self.p.deliberation, self.seed, issue.luck
        people, share = self.affected_by(issue)
        centre, _ = draw(seed, 0, LUCK["PLAN"], luck, 0, 0)
        mean = p.position_mean + p.position_mean_sd * normal(centre)
        for resident in people:
            if resident.adult:
                picked, _ = draw(seed, 0, LUCK["AFFECTED"], luck, resident.person, 0)
                if picked < share:
                    where, _ = draw(seed, 0, LUCK["POSITION"], luck, resident.person, 0)
                    ear, _ = draw(seed, self.today, LUCK["HEAR"], luck, resident.person, 0)
                    position = min(1.0, max(-1.0, mean + p.position_sd * normal(where)))
                    hears = chance_to_hear(resident.information, self.p.noticing.mean_information, self.p.attending)
                    stake = stake_in(issue, resident.building, self.today, self.p.issues)
                    yield Invitee(resident, stake, rule != Rule.CADRE and ear < hears, position)

    def affected_by(self, issue: Record) -> tuple[list[Resident], float]:
        """Who has to live with an issue, and the share of them that is asked."""
        place = self.micro_grids[issue.micro_grid]
        whole = self.kinds[issue.kind].affected
        if whole == Affected.GENERAL_GRID_SAMPLE:
            people = self.general_grids[place.general_grid].residents
            return people, min(1.0, self.p.deliberation.sample / len(people))
        if whole == Affected.MICRO_GRID:
            return place.residents, 1.0
        near = [b for b in place.buildings if abs(b.row - issue.building) <= 1]
        return [resident for building in near for resident in building.residents], 1.0

    def pay_attenders(self, residents: list[Resident]) -> None:
        """Those who may take points from a meeting to the mall at the end of the day."""
        if self.offered.meeting_points > 0:
            self.paid_attenders += residents

    def cadre_decides(self, meeting: Record) -> None:
        """The cadre adopts the plan at once; nobody speaks."""
        p = self.p.deliberation
        meeting.adopted, meeting.outcome, meeting.fairness = True, p.plan, p.cadre_fairness
        self.tally.staff_minutes_meetings += p.cadre_minutes

    def residents_decide(self, meeting: Record, issue: Record, invitees: list[Invitee]) -> None:
        """Those who came talk and vote, if they are enough; they are paid for the time if a programme says so."""
        p = self.p.deliberation
        seats = [invitee for invitee in invitees if invitee.comes]
        for invitee in seats:
            invitee.take_a_seat(self.seed, issue.luck, p)
        meeting.n_heard = sum(invitee.heard for invitee in invitees)
        meeting.n_attending = len(seats)
        self.tally.n_attended += len(seats)
        self.tally.n_decisions += meeting.n_heard
        if len(seats) < p.quorum:
            meeting.deferred = True
            issue.n_deferrals += 1
            self.tally.n_deferred += 1
        else:
            self.hold(meeting, issue, seats)
        for invitee in seats:
            invitee.resident.meetings += 1
            if self.offered.meeting_points > 0:
                points = points_for(int(meeting.minutes), self.offered.meeting_points)
                invitee.resident.points_single += points
                invitee.resident.points_day = self.today
                self.tally.points_issued += points

    def hold(self, meeting: Record, issue: Record, seats: list[Invitee]) -> None:
        """Rounds of talk, then the vote of those present. A lost vote leaves the status quo."""
        p = self.p.deliberation
        chair = max(seats, key=attrgetter("talk"))
        meeting.variance_before = variance(seats)
        turn = 0
        for _ in range(p.min_rounds):
            turn = self.talk_a_round(issue.luck, seats, chair, turn)
            listen(seats, p)
            meeting.rounds += 1
        meeting.minutes = meeting.rounds * p.minutes_round
        meeting.variance_after = variance(seats)
        yes = sum(votes_yes(seat.position, p.plan, p.status_quo, seat.doubt) for seat in seats)
        meeting.share_yes = yes / len(seats)
        meeting.adopted = meeting.share_yes > p.threshold
        meeting.outcome = p.plan if meeting.adopted else p.status_quo
        judge_fairness(meeting, seats, chair, p)
        self.tally.resident_minutes_meetings += int(meeting.minutes) * len(seats)
        self.tally.staff_minutes_meetings += int(meeting.minutes) + p.staff_minutes_meeting
        self.tally.n_decisions += len(seats)

    def talk_a_round(self, luck: int, seats: list[Invitee], chair: Invitee, turn: int) -> int:
        """One round of free talk: the floor goes to whoever takes it, the chair takes more."""
        p = self.p.deliberation
        total = 0.0
        for seat in seats:
            total += seat.talk
        extra = p.chair_weight * total / len(seats)
        used = 0.0
        while used < p.minutes_round and turn < 250:
            who, how_long = draw(self.seed, self.today, LUCK["SPEAK"], luck, 0, turn)
            speaker = next_speaker(who * (total + extra), extra, seats, chair)
            length = min(p.minutes_round - used, p.minutes_turn * math.exp(p.turn_sd * normal(how_long)))
            speaker.minutes += length
            used += length
            turn += 1
        return turn

    def take_consent(self, meeting: Record, invitees: list[Invitee]) -> None:
        """The mean consent of everybody affected, and of those who were against the first plan."""
        total = of_losers = 0.0
        losers = 0
        for invitee in invitees:
            took_part = invitee.comes and meeting.rule != Rule.CADRE
            value = consent(invitee.position, meeting.outcome, meeting.fairness, took_part, self.p.consenting)
            total += value
            if not invitee.would_vote_yes(self.p.deliberation):
                of_losers += value
                losers += 1
        if invitees:
            meeting.consent = total / len(invitees)
        if losers:
            meeting.consent_losers = of_losers / losers

    def back_from_agenda(self, issue: Record, meeting: Record) -> None:
        """After the decision the clock runs on: a plan is to be carried out, the status quo to be written up."""
        issue.since += working_days(self.today) - working_days(issue.on_agenda_since)
        issue.decided = True
        issue.plan_adopted = meeting.adopted
        issue.consent = meeting.consent
        move(issue, State.QUEUED)
        if meeting.adopted:
            self.hand_to_tier(issue)
        else:
            issue.labour_left = 0
            issue.finish = working_days(self.today) + procedural_time(issue, self.tiers, self.p.closing, self.p.grid)

    # Residents see calls and are asked; they give their time or not.

    def residents_volunteer(self) -> None:
        """Everybody who has occasion to volunteer today decides, in the order of residents."""
        for (row, occasion), times in sorted(self.occasions().items()):
            for ordinal in range(times):
                self.offer(self.residents[row], occasion, ordinal)
        self.enlist()

    def occasions(self) -> Counter[tuple[int, int]]:
        """Who is called, asked, and asked from the list today, and how often."""
        p = self.p.calling
        call_rate = p.calls_per_year / self.p.noticing.mean_information / 365.0 * SLOTS
        ask_rate = p.asks_per_year / 365.0 * SLOTS
        found: Counter[tuple[int, int]] = Counter()
        for place in self.micro_grids:
            u, v = draw(self.seed, self.today, LUCK["CALL"], place.row, 0, 0)
            n_calls, n_asks = poisson(call_rate * place.n_households, u), poisson(ask_rate * place.n_households, v)
            for resident, gate in self.whom_it_happens_to(place, LUCK["CALL"], n_calls):
                if gate < resident.information:
                    found[resident.row, 0] += 1
            for resident, _ in self.whom_it_happens_to(place, LUCK["ASK"], n_asks):
                found[resident.row, 1] += 1
        for resident in self.asks.pop(self.today, ()):
            if resident.on_list:
                found[resident.row, 2] = 1
        return found

    def whom_it_happens_to(self, place: Record, purpose: int, n_events: int) -> Iterator[tuple[Resident, float]]:
        """The adults of a micro-grid whom luck names, one for each event, each with a number for the gate."""
        for k in range(min(250, n_events)):
            who, gate = draw(self.seed, self.today, purpose, place.row, 1, k)
            slot = int(who * place.n_households * SLOTS)
            resident = member(place.households[slot // SLOTS], slot % SLOTS)
            if resident is not None and resident.adult:
                yield resident, gate

    def offer(self, resident: Resident, occasion: int, ordinal: int) -> None:
        """One occasion to volunteer, and what becomes of it."""
        tally, p = self.tally, self.p
        tally.n_decisions += 1
        if occasion == Occasion.CALL:
            tally.n_calls_seen += 1
        else:
            tally.n_asks += 1
        was_listed = resident.on_list
        if resident.volunteer(occasion, min(255, ordinal)):
            deed = Record(len(self.deeds), blank("deeds"))
            deed.day, deed.resident, deed.occasion = self.today, resident.row, occasion
            self.deeds.append(deed)
            self.micro_grids[resident.micro_grid].volunteer_minutes += p.volunteering.minutes
            tally.n_acts += 1
            tally.volunteer_minutes += p.volunteering.minutes
            self.volunteers.append(resident)
            if not was_listed:
                self.joined.append(resident)

    def enlist(self) -> None:
        """Residents who acted today and were not on the organisers' list come on it."""
        for resident in self.joined:
            self.plan_asks(resident, self.today + 1)
        self.tally.n_joined += len(self.joined)

    def plan_asks(self, resident: Resident, first: int) -> None:
        """On which days from `first` to the end of its month organisers will ask this person."""
        month = math.floor(first / DAYS_MONTH)
        u, _ = draw(self.seed, month, LUCK["ASK_LIST"], resident.person, 0, 0)
        days = set()
        for k in range(poisson(self.p.calling.asks_from_list_per_year * 30.0 / 365.0, u)):
            v, _ = draw(self.seed, month, LUCK["ASK_LIST"], resident.person, 1, k)
            days.add(month * DAYS_MONTH + int(v * 30.0))
        for day in days:
            if day >= first:
                self.asks[day].append(resident)

    # Volunteers lend a hand, workers take their queues, cases climb and are closed.

    def work(self) -> None:
        """The working day."""
        queues = self.line_up()
        self.waiting = [entry for unit in sorted(queues) for entry in queues[unit]]
        for nearby in (True, False):
            for entry in self.waiting:
                if entry.issue.tier <= Tier.GENERAL_GRID:
                    self.lend_a_hand(entry, nearby)
        for resident in self.volunteers:
            place = self.micro_grids[resident.micro_grid]
            self.tally.volunteer_minutes_activities += place.volunteer_minutes
            place.volunteer_minutes = 0
        if is_monday(self.today):
            for worker in self.workers:
                worker.minutes_left = week_of(worker.tier, self.p.grid)
        if is_working_day(self.today):
            for worker in self.workers:
                self.casework(worker, queues.get(worker.unit, ()))
        for entry in self.waiting:
            self.put_down(entry)
        for issue in self.cases:
            self.climb_if_untouched(issue)

    def line_up(self) -> dict[int, list[QueueEntry]]:
        """Today's queue of each unit: cases with work left, earliest due first."""
        queues: dict[int, list[QueueEntry]] = defaultdict(list)
        for issue in self.cases:
            if issue.state in (State.QUEUED, State.IN_WORK) and issue.unit >= 0 and issue.labour_left > 0:
                queues[issue.unit].append(QueueEntry(issue))
        for queue in queues.values():
            queue.sort(key=lambda entry: (entry.issue.since + entry.issue.deadline, entry.issue.row))
        return queues

    def lend_a_hand(self, entry: QueueEntry, nearby: bool) -> None:
        """Volunteers' minutes go to a small matter of their micro-grid, or of their general grid."""
        issue = entry.issue
        place = self.micro_grids[issue.micro_grid]
        for giver in [place] if nearby else self.general_grids[place.general_grid].micro_grids:
            minutes = min(giver.volunteer_minutes, issue.labour_left)
            if minutes > 0:
                issue.labour_left -= minutes
                issue.volunteer_minutes += minutes
                giver.volunteer_minutes -= minutes
                self.tally.volunteer_minutes_issues += minutes
                entry.done_at = 1.0

    def casework(self, worker: Record, queue: Iterable[QueueEntry]) -> None:
        """A worker takes the cases of the unit, earliest due first, until the day or the week is full."""
        longest_day = int(self.p.grid.hours_day * 60 * max(1.0, self.p.grid.staffing))
        worker.minutes_today = 0
        for entry in queue:
            issue = entry.issue
            free = min(worker.minutes_left, longest_day - worker.minutes_today)
            minutes = time_for_case(free, issue.labour_left)
            if minutes > 0:
                issue.labour_left -= minutes
                issue.staff_minutes += minutes
                worker.minutes_left -= minutes
                worker.minutes_today += minutes
                worker.minutes += minutes
                entry.staff_minutes += minutes
                entry.done_at = worker.minutes_today / longest_day

    def put_down(self, entry: QueueEntry) -> None:
        """The end of the working day: cases begun are in work, and where the labour is done the finish is known."""
        issue = entry.issue
        self.tally.staff_minutes_issues += entry.staff_minutes
        self.tally.staff_minutes_workers += entry.staff_minutes
        if issue.labour_left < issue.labour and issue.state == State.QUEUED:
            move(issue, State.IN_WORK)
        if issue.labour_left == 0 and issue.finish >= NEVER:
            hour = entry.done_at if is_working_day(self.today) else 0.0
            issue.finish = working_days(self.today) + hour
            issue.finish += procedural_time(issue, self.tiers, self.p.closing, self.p.grid)

    def climb_if_untouched(self, issue: Record) -> None:
        """A case nobody has touched after a share of the remaining time climbs to the next tier."""
        untouched = issue.labour_left == issue.labour and issue.labour_left > 0
        if issue.state == State.QUEUED and issue.unit >= 0 and untouched and issue.tier < Tier.DEPARTMENT:
            left = 1.0
            first = tier_for(issue.severity, self.kinds[issue.kind].tier, self.p.routing)
            for _ in range(issue.tier - first + 1):
                left *= 1.0 - self.p.routing.climb_after
            patience = issue.deadline * (1.0 - left)
            if working_days(self.today + 1) - issue.since >= patience:
                move(issue, State.ESCALATED)
                issue.tier += 1
                issue.unit = self.unit_of(issue)
                move(issue, State.QUEUED)
                self.hand_to_tier(issue)
                self.tally.n_climbed += 1

    def close_cases(self) -> None:
        """Cases that are done are closed, others on paper only; some are reopened; those that are over are left."""
        for issue in self.cases:
            if issue.state in (State.QUEUED, State.IN_WORK):
                self.close_if_due(issue)
        self.cases = [issue for issue in self.cases if not self.is_over(issue)]

    def close_if_due(self, issue: Record) -> None:
        """Close a case that is done, or that will not be done in time; a few linger."""
        now = working_days(self.today + 1)
        expected = issue.finish
        if expected >= NEVER:
            expected = now + procedural_time(issue, self.tiers, self.p.closing, self.p.grid)
        in_time = expected <= issue.since + issue.deadline
        paper_day = issue.since + issue.paper * issue.deadline
        if issue.finish <= now and (in_time or issue.lingers):
            self.settle(issue, issue.finish, issue.plan_adopted if issue.decided else True)
        elif not in_time and not issue.lingers and paper_day <= now:
            self.settle(issue, paper_day, False)

    def settle(self, issue: Record, at: float, solved: bool) -> None:
        """Close a case at this time of its clock, resolved or on paper only."""
        tally = self.tally
        if issue.state == State.QUEUED:
            move(issue, State.IN_WORK)
        issue.closing_days = at - issue.since
        issue.closed_day = self.today
        issue.overdue = issue.closing_days > issue.deadline
        tally.closing_days += issue.closing_days
        tally.n_overdue += issue.overdue
        if not solved:
            move(issue, State.CLOSED_UNRESOLVED)
            tally.n_closed_unresolved += 1
            return
        move(issue, State.CLOSED_RESOLVED)
        issue.resolved_day = self.today
        tally.n_resolved += 1
        tally.fen_spent += self.kinds[issue.kind].money
        self.vanish(issue)
        if issue.contested:
            u, v = draw(self.seed, 0, LUCK["RECUR"], issue.luck, 0, 0)
            if issue.n_recurred < 200 and u < chance_to_recur(issue.consent, self.p.issues):
                issue.recurs_day = self.today + 1 + int(v * self.p.issues.recur_days)

    def is_over(self, issue: Record) -> bool:
        """Whether nothing more will come of a case; reporters of cases closed on paper may reopen them first."""
        p = self.p.closing
        if issue.state == State.CLOSED_RESOLVED:
            return bool(issue.recurs_day <= self.today or issue.recurs_day >= 30_000)
        if issue.state != State.CLOSED_UNRESOLVED or self.today - issue.closed_day < p.days_to_reopen:
            return False
        if self.today - issue.closed_day == p.days_to_reopen and issue.n_reopenings < p.max_reopenings:
            u, _ = draw(self.seed, 0, LUCK["REOPEN"], issue.luck, issue.n_reopenings, 0)
            if u < p.share_reopening:
                move(issue, State.REOPENED)
                issue.n_reopenings += 1
                issue.labour_left = issue.labour
                self.tally.n_reopened += 1
                return False
        if issue.fades <= self.today:
            self.vanish(issue)
            return True
        return False

    # The end of the day, of the month, of the year.

    def keep_the_mall(self) -> None:
        """A programme that runs costs something, whether or not anybody redeems."""
        if self.offered.on:
            fen = self.p.incentives.fixed_yuan_per_1000 * 100.0 * (len(self.residents) / 1000.0)
            self.tally.fen_programme = math.floor(fen * (self.today + 1) / 365.0) - math.floor(fen * self.today / 365.0)

    def reporters_redeem_and_learn(self) -> None:
        """Points are taken to the mall; reporters learn from the fate of their reports."""
        for resident in self.volunteers:
            resident.redeem()
        for resident in self.paid_attenders:
            resident.redeem()
        outstanding = []
        for report in self.lessons:
            resident, issue = self.reported[report.row]
            fixed = issue.resolved_day <= self.today
            if fixed or self.today - report.day >= self.p.learning.days_patience:
                resident.learn(fixed)
                report.learned = True
                del self.reported[report.row]
            else:
                outstanding.append(report)
        self.lessons = outstanding

    def look_back(self) -> None:
        """Stocks at the end of the day."""
        self.tally.n_visible = sum(place.n_visible for place in self.micro_grids)
        self.tally.n_open_cases = sum(is_open(issue) for issue in self.cases)

    def month_ends(self) -> None:
        """Life events of the month, names that lapse, the plan of asks for the next month, means over residents."""
        rate = self.p.life_events.per_year / 365.0 * SLOTS * DAYS_MONTH
        changed = set()
        for place in self.micro_grids:
            u, _ = draw(self.seed, self.today, LUCK["LIFE_EVENT"], place.row, 0, 0)
            events = poisson(rate * place.n_households, u)
            changed.update(resident for resident, _ in self.whom_it_happens_to(place, LUCK["LIFE_EVENT"], events))
        for resident in changed:
            resident.change_life()
        self.tally.n_life_events += len(changed)
        self.asks.clear()
        for resident in self.residents:
            if resident.on_list and resident.list_until < self.today:
                resident.on_list = False
            if resident.on_list:
                self.plan_asks(resident, self.today + 1)
        self.measure_month()

    def measure_month(self) -> None:
        """Means over residents."""
        month = Record(len(self.months), blank("months") | {"day": self.today, "n_residents": len(self.residents)})
        efficacy = spirit = 0.0
        n_adults = 0
        for resident in self.residents:
            since = self.today - resident.last_act
            month.n_active_30 += since < 30
            month.n_active_90 += since < 90
            month.n_active_365 += since < 365
            month.n_registered += resident.registered
            month.n_listed += resident.on_list
            month.points_held += points_held(resident)
            month.n_ties += resident.n_ties
            if resident.adult:
                n_adults += 1
                efficacy += efficacy_now(resident, self.today, self.p.learning)
                spirit += resident.spirit
        month.mean_efficacy, month.mean_spirit = efficacy / max(1, n_adults), spirit / max(1, n_adults)
        month.belief = self.p.incentives.redemption_belief
        self.months.append(month)

    def year_ends(self) -> None:
        """Who volunteered this year and last; then a new year begins."""
        year = Record(len(self.years), blank("years") | {"day": self.today})
        for resident in self.residents:
            year.n_acts += resident.acts_this_year
            year.n_active += resident.acts_this_year > 0
            year.n_active_before += resident.acts_last_year > 0
            year.n_left += resident.acts_last_year > 0 and resident.acts_this_year == 0
        year.gini_acts = gini([resident.acts_this_year for resident in self.residents if resident.acts_this_year])
        for resident in self.residents:
            resident.acts_last_year = resident.acts_this_year
            resident.acts_this_year = 0
        self.years.append(year)


class SteppingResident(Resident):
    """A resident who looks every day whether anything is due for her."""

    def __init__(self, model: PlainTown, row: int, values: dict[str, Any]) -> None:
        super().__init__(model, row, values)
        self.noticings: dict[int, list[Record]] = {}
        self.occasions: list[tuple[int, int]] = []

    def step(self) -> None:
        """Report what she meets today, then give her time or not on each occasion of today."""
        if self.model.today in self.noticings:
            met = [issue for issue in self.noticings.pop(self.model.today) if is_open(issue)]
            for issue in sorted(met, key=by_row):
                self.model.tally.n_noticed += 1
                self.model.tally.n_decisions += 1
                self.report(issue)
        if self.occasions:
            for occasion, ordinal in self.occasions:
                self.model.offer(self, occasion, ordinal)
            self.occasions.clear()


class SteppingTown(PlainTown):
    """The same town with a daily `step` for every resident, as Mesa's examples have it."""

    def new_resident(self, row: int, values: dict[str, Any]) -> Resident:
        """A resident for this row."""
        return SteppingResident(self, row, values)

    def notice_on(self, day: int, resident: Resident, issue: Record) -> None:
        """A noticing to come."""
        resident.noticings.setdefault(day, []).append(issue)

    def residents_report(self) -> None:
        """Every resident has her step (what she is called on to do is settled before)."""
        for (row, occasion), times in sorted(self.occasions().items()):
            self.residents[row].occasions += [(occasion, ordinal) for ordinal in range(times)]
        self.agents.do("step")

    def residents_volunteer(self) -> None:
        """They have done so in their step; who acted comes on the list."""
        self.enlist()


def stretch(things: list[Any], first: int, n: int) -> list[Any]:
    """So many things from the first on."""
    return things[first : first + n]


def member(household: Record, slot: int) -> Resident | None:
    """Who fills this place of a household, if anybody."""
    return household.residents[slot] if slot < household.n_residents else None


def move(issue: Record, to: State) -> None:
    """Move an issue to another state. Raises ValueError for an illegal move."""
    if to not in LEGAL[issue.state]:
        raise ValueError(f"issue {issue.row} cannot move from {State(issue.state).name} to {to.name}")
    issue.state = int(to)


def next_speaker(mark: float, extra: float, seats: list[Invitee], chair: Invitee) -> Invitee:
    """Who takes the floor, in proportion to talkativeness; the chair has so much extra."""
    if mark < extra:
        return chair
    mark -= extra
    for seat in seats:
        mark -= seat.talk
        if mark < 0:
            return seat
    return seats[-1]


def listen(seats: list[Invitee], p: Any) -> None:
    """Positions move towards what was heard so far, weighted by floor time and closeness."""
    pace = 1.0 - math.exp(-p.minutes_round / p.minutes_to_move)
    heard = []
    for me in seats:
        weight = pull = 0.0
        for other in seats:
            apart = (me.position - other.position) / p.closeness
            w = other.minutes * math.exp(-0.5 * apart * apart)
            weight += w
            pull += w * other.position
        heard.append(pull / weight if weight > 0 else me.position)
    for me, opinion in zip(seats, heard, strict=True):
        goal = (1.0 - me.openness) * me.first_position + me.openness * opinion
        me.position += pace * (goal - me.position)


def variance(seats: list[Invitee]) -> float:
    """Variance of the positions of those present."""
    mean = 0.0
    for seat in seats:
        mean += seat.position
    mean /= len(seats)
    total = 0.0
    for seat in seats:
        total += (seat.position - mean) * (seat.position - mean)
    return total / len(seats)


def judge_fairness(meeting: Record, seats: list[Invitee], chair: Invitee, p: Any) -> None:
    """Fairness from what happened: equal speaking time, a chair who leaves room, losers who were heard."""
    n = len(seats)
    total = apart = 0.0
    for a in seats:
        total += a.minutes
        for b in seats:
            apart += abs(a.minutes - b.minutes)
    losers = [seat for seat in seats if not seat.would_vote_yes(p)]
    spoke = sum(seat.minutes > 0 for seat in losers)
    meeting.speaking_gini = apart / (2.0 * n * total)
    meeting.chair_share = chair.minutes / total
    meeting.losers_spoke = spoke / len(losers) if losers else 1.0
    room = 1.0 if meeting.chair_share * n <= 3.0 else 3.0 / (meeting.chair_share * n)
    meeting.fairness = (1.0 - meeting.speaking_gini + room + meeting.losers_spoke) / 3.0


def gini(amounts: list[int]) -> float:
    """Gini coefficient of whole numbers above zero."""
    n, total = len(amounts), sum(amounts)
    if total == 0:
        return 0.0
    weighted = float(sum(rank * amount for rank, amount in enumerate(sorted(amounts), 1)))
    return 2.0 * weighted / (n * total) - (n + 1.0) / n
