"""What is measured: counts as events happen (a row a day), means over residents every 30 days, cohorts every year."""

from __future__ import annotations

import numpy as np

from ..agents.core.compiled import compiled
from ..agents.core.field import Field
from ..agents.core.table import room_for
from ..agents.resident.earning import points_for, points_held
from ..agents.resident.learning import efficacy_now
from ..agents.resident.redeeming import belief_in_mall
from ..agents.resident.volunteering import Occasion
from .issues import is_open


class TallyFields:
    """One row a day, burn-in included (negative days)."""

    day = Field("i4", "day", "day; day 0 is the first recorded one")
    n_born = Field("i8", "issues", "issues that arose")
    n_spread = Field("i8", "issues", "of these, because of visible disorder")
    n_recurred = Field("i8", "issues", "of these, settled conflicts that broke out again")
    n_faded = Field("i8", "issues", "issues that went away unseen")
    n_noticed = Field("i8", "encounters", "times a resident noticed an open issue")
    n_reports = Field("i8", "reports", "reports by residents, each an order dispatched")
    n_detected = Field("i8", "issues", "issues reported for the first time")
    n_climbed = Field("i8", "cases", "cases that climbed a tier")
    n_resolved = Field("i8", "cases", "cases closed and truly resolved")
    n_closed_unresolved = Field("i8", "cases", "cases closed without being resolved")
    n_overdue = Field("i8", "cases", "cases closed after their deadline")
    n_reopened = Field("i8", "cases", "cases reopened")
    closing_days = Field("f8", "working days", "summed time to closing of the cases closed")
    n_calls_seen = Field("i8", "calls", "calls for volunteers seen by a resident")
    n_asks = Field("i8", "asks", "times a resident was asked to volunteer")
    n_acts = Field("i8", "acts", "acts of volunteering")
    n_joined = Field("i8", "residents", "names that came on the organisers' list")
    n_life_events = Field("i8", "events", "life events")
    volunteer_minutes = Field("i8", "min", "given by volunteers")
    volunteer_minutes_issues = Field("i8", "min", "spent on issues, by volunteers and by members in their obligations")
    volunteer_minutes_activities = Field("i8", "min", "the same, spent on activities")
    staff_minutes_issues = Field("i8", "min", "spent by staff on issues")
    staff_minutes_meetings = Field("i8", "min", "spent by staff on meetings and decisions")
    resident_minutes_meetings = Field("i8", "min", "spent by residents in meetings")
    n_meetings = Field("i8", "meetings", "issues that came before a council")
    n_deferred = Field("i8", "meetings", "of these, put off for want of a quorum")
    n_attended = Field("i8", "residents", "attendances")
    n_adopted = Field("i8", "meetings", "plans adopted")
    points_issued = Field("i8", "points", "credited")
    points_redeemed = Field("i8", "points", "redeemed at the mall")
    n_redemptions = Field("i8", "trips", "trips to the mall")
    fen_spent = Field("i8", "fen", "spent on resolving issues")
    fen_plans = Field("i8", "fen", "spent on changes of plans")
    fen_mall = Field("i8", "fen", "value of goods and services handed out by the mall, or paid by it into the fund")
    fen_programme = Field("i8", "fen", "fixed cost of the points programme")
    fen_hours = Field("i8", "fen", "spent on further hours of grid workers")
    fen_partners = Field("i8", "fen", "brought by outside partners")
    points_donated = Field("i8", "points", "donated to the community fund")
    points_expired = Field("i8", "points", "expired")
    points_workers = Field("i8", "points", "credited to micro-grid workers")
    n_turned_away = Field("i8", "trips", "trips to a mall that had run dry")
    n_praised = Field("i8", "residents", "praised in public")
    n_grids_praised = Field("i8", "micro-grids", "praised in public")
    n_asked_by_members = Field("i8", "asks", "of the asks, by Party members")
    n_asked_by_workers = Field("i8", "asks", "of the asks, by grid workers")
    n_visits = Field("i8", "visits", "of Party members to linked households, ticks on a form included")
    n_visits_genuine = Field("i8", "visits", "of these, more than a tick")
    member_minutes = Field("i8", "min", "spent by Party members on visits")
    n_duties = Field("i8", "duties", "Party obligations kept")
    duty_minutes = Field("i8", "min", "worked in Party obligations")
    staff_minutes_patrol = Field("i8", "min", "spent by workers on patrol")
    staff_minutes_workers = Field("i8", "min", "of the staff's time on issues, that of grid workers")
    n_found = Field("i8", "issues", "first found on patrol")
    n_kept_down = Field("i8", "cases", "closed on paper so as not to climb")
    n_refused_agenda = Field("i8", "issues", "contested matters the agenda filter did not admit")
    n_mediated = Field("i8", "meetings", "matters that went through mediation")
    n_enforced = Field("i8", "meetings", "matters settled by enforcement")
    n_overridden = Field("i8", "meetings", "votes the cadre decided against")
    n_amendments = Field("i8", "times", "amendments of plans, accommodations of minorities included")
    n_ballots = Field("i8", "ballots", "cast")
    n_refusals = Field("i8", "ballots", "refused (坚决不投票)")
    n_quorum_failed = Field("i8", "meetings", "meetings and ballots that missed a quorum of law")
    n_bonds_made = Field("i8", "ties", "made or renewed by sitting in one meeting")
    n_bonds_broken = Field("i8", "ties", "broken in a meeting")
    n_petitioners = Field("i8", "residents", "received by deputies")
    n_answered = Field("i8", "residents", "of these, answered on the spot")
    n_reception_days = Field("i8", "deputy-days", "reception days held")
    deputy_minutes = Field("i8", "min", "spent by deputies on reception days")
    n_docketed = Field("i8", "issues", "taken to departments by deputies")
    n_displaced = Field("i8", "cases", "times a case was overtaken by a docketed one")
    displaced_days = Field("f8", "working days", "summed delay of the cases overtaken")
    n_brokered = Field("i8", "issues", "chronic issues for which an outside partner was found")
    n_visible = Field("i8", "issues", "unresolved issues to be seen at the end of the day")
    n_open_cases = Field("i8", "cases", "reported and not closed at the end of the day")
    n_decisions = Field("i8", "decisions", "decisions by residents: report, attend, vote, volunteer")
    n_draws = Field("i8", "draws", "calls of the random generator")


class MonthFields:
    """One row every 30 days."""

    day = Field("i4", "day", "day at whose end it was measured")
    n_residents = Field("i8", "residents", "how many live in the town")
    n_active_30 = Field("i8", "residents", "volunteered in the last 30 days")
    n_active_90 = Field("i8", "residents", "volunteered in the last 90 days")
    n_active_365 = Field("i8", "residents", "volunteered in the last 365 days")
    n_registered = Field("i8", "residents", "have ever registered as volunteers")
    n_listed = Field("i8", "residents", "are on the organisers' list")
    mean_efficacy = Field("f8", "1", "mean efficacy of adults")
    points_held = Field("i8", "points", "held in all accounts")
    mean_spirit = Field("f8", "1", "mean public spirit of adults")
    belief = Field("f8", "1", "belief that the mall redeems")
    n_ties = Field("i8", "ties", "ties of all residents, each counted at both ends")


class YearFields:
    """One row every 365 days; the first, of day −1, covers the burn-in, and the year before day 364 is that."""

    day = Field("i4", "day", "last day of the year")
    n_acts = Field("i8", "acts", "acts of volunteering")
    n_active = Field("i8", "residents", "volunteered in the year")
    n_active_before = Field("i8", "residents", "volunteered in the year before")
    n_left = Field("i8", "residents", "volunteered in the year before and not in this one")
    gini_acts = Field("f8", "1", "inequality of acts among those who volunteered")


@compiled
def measure_month(day, residents, months, town, learning, incentives):  # type: ignore[no-untyped-def]
    """Means over residents, every 30 days."""
    months = room_for(months, town[0].n_months + 1)
    row = months[town[0].n_months]
    row.day = day
    row.n_residents = len(residents)
    efficacy = 0.0
    spirit = 0.0
    n_adults = 0
    for i in range(len(residents)):
        resident = residents[i]
        since = day - resident.last_act
        row.n_active_30 += since < 30
        row.n_active_90 += since < 90
        row.n_active_365 += since < 365
        row.n_registered += resident.registered
        row.n_listed += resident.on_list
        row.points_held += points_held(resident)
        if resident.adult:
            n_adults += 1
            efficacy += efficacy_now(resident, day, learning)
            spirit += resident.spirit
        row.n_ties += resident.n_ties
    row.mean_efficacy = efficacy / max(1, n_adults)
    row.mean_spirit = spirit / max(1, n_adults)
    row.belief = belief_in_mall(town, incentives)
    town[0].n_months += 1
    return months


@compiled
def measure_year(day, residents, years, town):  # type: ignore[no-untyped-def]
    """Who volunteered this year and last; then a new year begins."""
    years = room_for(years, town[0].n_years + 1)
    row = years[town[0].n_years]
    row.day = day
    most = 1
    for i in range(len(residents)):
        most = max(most, residents[i].acts_this_year)
    counts = np.empty(most + 1, np.int64)
    for value in range(len(counts)):
        counts[value] = 0
    for i in range(len(residents)):
        resident = residents[i]
        row.n_acts += resident.acts_this_year
        row.n_active += resident.acts_this_year > 0
        row.n_active_before += resident.acts_last_year > 0
        row.n_left += resident.acts_last_year > 0 and resident.acts_this_year == 0
        counts[resident.acts_this_year] += 1
        resident.acts_last_year = resident.acts_this_year
        resident.acts_this_year = 0
    row.gini_acts = gini_of_counts(counts)
    town[0].n_years += 1
    return years


@compiled
def gini_of_counts(counts):  # type: ignore[no-untyped-def]
    """Gini coefficient of a whole-number quantity above zero, from how many have each value."""
    n = 0
    total = 0
    weighted = 0.0
    for value in range(1, len(counts)):
        c = counts[value]
        weighted += value * c * (n + (c + 1) / 2.0)
        n += c
        total += value * c
    return 2.0 * weighted / (n * total) - (n + 1.0) / n if total > 0 else 0.0


@compiled
def new_day(day, tallies, town):  # type: ignore[no-untyped-def]
    """A fresh row in the daily table."""
    tallies = room_for(tallies, town[0].n_days + 1)
    tallies[town[0].n_days].day = day
    town[0].n_days += 1
    return tallies


@compiled
def look_back(micro_grids, cases, issues, town, tally):  # type: ignore[no-untyped-def]
    """Stocks at the end of the day."""
    for g in range(len(micro_grids)):
        tally[0].n_visible += micro_grids[g].n_visible
    for c in range(town[0].n_cases):
        tally[0].n_open_cases += is_open(issues[cases[c].issue])


@compiled
def record_deeds(day, invitations, residents, micro_grids, deeds, town, tally, volunteering, offer):  # type: ignore[no-untyped-def]
    """The log of acts, and the minutes that can now be spent on issues."""
    for k in range(town[0].n_invitations):
        invitation = invitations[k]
        if invitation.acted:
            deeds = room_for(deeds, town[0].n_deeds + 1)
            deed = deeds[town[0].n_deeds]
            deed.day = day
            deed.resident = invitation.resident
            deed.occasion = invitation.occasion
            town[0].n_deeds += 1
            micro_grids[residents[invitation.resident].micro_grid].volunteer_minutes += volunteering.minutes
            tally[0].n_acts += 1
            tally[0].volunteer_minutes += volunteering.minutes
            tally[0].points_issued += points_for(volunteering.minutes, offer.task_points)
    return deeds


class DeedFields:
    """One row an act of volunteering."""

    day = Field("i4", "day", "when")
    resident = Field("i4", "row", "who")
    occasion = Field("u1", "code", "how it came about", codes=Occasion)
