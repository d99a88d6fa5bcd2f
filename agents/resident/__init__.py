"""Residents: what the town knows of each of its people (the columns of the table `residents`)."""

from __future__ import annotations

from enum import IntEnum

from ..core.field import Field

LONG_AGO = -30_000
"""The day of things that never happened (days are −32,768 … 32,767)."""


class AgeBand(IntEnum):
    """Ages 0–17, 18–34, 35–59, 60 and over."""

    CHILD = 0
    YOUNG = 1
    MIDDLE = 2
    OLD = 3


class Employment(IntEnum):
    """What a resident does by day."""

    CHILD = 0
    REGULAR = 1
    RETIRED = 2
    GIG = 3
    STUDENT = 4
    OTHER = 5


class Cooperation(IntEnum):
    """How a resident weighs what others do (shares: P22)."""

    CONDITIONAL = 0
    FREE_RIDER = 1
    UNCONDITIONAL = 2


class ResidentFields:
    """One row a resident. Children have rows (rates are per resident) but do not act.

    What every decision reads stands first, so that looking at a contact costs one cache line.
    """

    person = Field("i8", "identity", "household × 8 + place in it: the name luck knows this resident by")
    last_act = Field("i4", "day", "day of the last act of volunteering", LONG_AGO)
    act_before = Field("i4", "day", "day of the last act of volunteering before that day", LONG_AGO)
    first_tie = Field("i4", "row", "first row of this resident in the table of ties")
    n_ties = Field("i4", "ties", "how many people are known well enough to be seen acting")
    household = Field("i4", "row", "household lived in")
    building = Field("i4", "row", "building lived in")
    micro_grid = Field("i4", "row", "micro-grid lived in")
    efficacy_day = Field("i4", "day", "day efficacy was last written")
    habit_day = Field("i4", "day", "day habit was last written")
    praised_day = Field("i4", "day", "day of the last praise", LONG_AGO)
    told_day = Field("i4", "day", "day of the last genuine visit of a Party member", LONG_AGO)
    adult = Field("?", "yes/no", "18 or over")
    female = Field("?", "yes/no", "a woman or girl")
    tenant = Field("?", "yes/no", "rents the dwelling")
    party = Field("?", "yes/no", "a Party member")
    registered = Field("?", "yes/no", "has ever signed up as a volunteer")
    on_list = Field("?", "yes/no", "is on the list of known volunteers that organisers go through")
    age_band = Field("u1", "code", "0–17, 18–34, 35–59, 60+", codes=AgeBand)
    employment = Field("u1", "code", "what is done by day", codes=Employment)
    cooperation = Field("u1", "code", "cooperation type", codes=Cooperation)
    spirit = Field("f8", "1", "public spirit", 0.5, 0, 1)
    efficacy = Field("f8", "1", "belief that taking part has an effect, as of efficacy_day", 0.5, 0, 1)
    habit = Field("f8", "1", "habit of volunteering, as of habit_day", 0, 0, 1)
    u_volunteer = Field("f8", "sd", "personal inclination to volunteer in standard deviations, redrawn at life events")
    information = Field("f8", "1", "share of neighbourhood matters heard of", low=0, high=1)
    u_report = Field("f8", "sd", "the same, to report")
    u_attend = Field("f8", "sd", "the same, to attend meetings")
    digital = Field("f8", "1", "ease with a phone", low=0, high=1)
    u_hassle = Field("f8", "sd", "how much of a bother a walk to the points mall is, in standard deviations")
    last_report = Field("i4", "day", "day of the last report", LONG_AGO)
    list_until = Field("i4", "day", "day on which the list entry lapses", LONG_AGO)
    life_events = Field("i4", "events", "moves, births, illnesses, new jobs so far")
    acts = Field("i4", "acts", "acts of volunteering so far")
    acts_this_year = Field("i4", "acts", "acts of volunteering in the running year")
    acts_last_year = Field("i4", "acts", "acts of volunteering in the year before")
    reports = Field("i4", "reports", "reports made so far")
    meetings = Field("i4", "meetings", "meetings attended so far")
    points_task = Field("i8", "points", "held in the community-task account")
    points_single = Field("i8", "points", "held in the single-item account")
    points_merit = Field("i8", "points", "held in the merit-award account")
    points_appraisal = Field("i8", "points", "held in the quarterly-appraisal account")
    points_duty = Field("i8", "points", "held in the Party-duty account")
    points_day = Field("i4", "day", "day points were last earned", LONG_AGO)
    grid_praised_day = Field("i4", "day", "day the micro-grid lived in was last praised", LONG_AGO)
    redeemed = Field("i8", "points", "redeemed so far")
    donated = Field("i8", "points", "donated so far")
    expired = Field("i8", "points", "expired so far")
    council_until = Field("i4", "day", "day on which a seat in the elected council ends", LONG_AGO)
    acts_this_quarter = Field("i4", "acts", "acts of volunteering in the running quarter")
    duties = Field("i4", "duties", "Party obligations kept so far")
    ballots = Field("i4", "ballots", "ballots cast so far")
    petitions = Field("i4", "petitions", "brought to a deputy so far")
    minutes = Field("i8", "min", "minutes volunteered so far")
