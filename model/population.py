"""The people of the town, from draws alone: households, ages, work, traits, and who knows how to find them.

Totals bind (17,060 residents in a community), averages are rounded to meet them. Every trait belongs to
a household and a place in it, so one resident more changes nobody else.
"""

from __future__ import annotations

import math

from ..agents.core.compiled import compiled
from ..agents.core.draw import Purpose, draw, normal
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.grid_worker import Tier
from ..agents.resident import LONG_AGO, AgeBand, Cooperation, Employment
from ..agents.resident.life_events import draw_inclinations
from .places import SLOTS, CompoundType


class Population(Parameters):
    """Who lives here."""

    share_children: float = Parameter(0.16, "1", 0, 0.5, "residents under 18", "assumption")
    share_young: float = Parameter(0.27, "1", 0, 1, "residents of 18 to 34", "assumption")
    share_old: float = Parameter(0.19, "1", 0, 0.6, "residents of 60 and over", "assumption")
    old_in_old: float = Parameter(
        1.5, "1", 0.5, 2.5, "residents of 60 and over in old compounds, relative to the others", "Z2, assumption"
    )
    share_female: float = Parameter(0.5, "1", 0, 1, "women and girls", "assumption")
    share_gig: float = Parameter(0.06, "1", 0, 1, "gig workers among residents of 18 to 59", "L4, assumption")
    share_student: float = Parameter(0.05, "1", 0, 1, "students among them", "assumption")
    share_other_work: float = Parameter(0.12, "1", 0, 1, "others without regular work among them", "assumption")
    digital_young: float = Parameter(0.9, "1", 0, 1, "ease with a phone, 18 to 34", "J7, assumption")
    digital_middle: float = Parameter(0.75, "1", 0, 1, "ease with a phone, 35 to 59", "J7, assumption")
    digital_old: float = Parameter(0.4, "1", 0, 1, "ease with a phone, 60 and over", "J7, assumption")
    share_party: float = Parameter(0.09, "1", 0, 0.5, "Party members among adults", "S60, assumption")
    party_old: float = Parameter(
        1.5, "1", 0.5, 3, "the same among those of 60 and over, relative to the others", "assumption"
    )
    share_free_rider: float = Parameter(0.22, "1", 0, 1, "free riders", "P22, S70, S71")
    share_unconditional: float = Parameter(0.18, "1", 0, 1, "unconditional cooperators", "P22, S70, S71")
    spirit_mean: float = Parameter(0.5, "1", 0, 1, "mean public spirit", "W2, assumption")
    spirit_sd: float = Parameter(0.15, "1", 0, 0.3, "spread of public spirit", "W2, assumption")
    information_mean: float = Parameter(0.6, "1", 0.1, 0.95, "mean information", "W6, assumption")
    information_sd: float = Parameter(0.148, "1", 0, 0.3, "spread of information", "W6, assumption")
    share_registered: float = Parameter(
        0.08, "1", 0, 1, "adults registered as volunteers when the town is born", "S48, S51, S52"
    )
    registered_noise: float = Parameter(
        0.6, "1", 0, 10, "how loosely registration goes by inclination, relative to its spread", "assumption"
    )
    habit_at_birth: float = Parameter(0.0, "1", 0, 1, "habit of volunteering when the town is born", "assumption")


PopulationNumbers = numbers_of(Population)

HOUSEHOLD_SIZES = (0.28, 0.59, 0.80, 0.92, 0.98, 1.0)
"""Cumulative shares of households of one to six persons, before they are adjusted to the total."""


@compiled
def mix_compounds(seed, micro_grids, p):  # type: ignore[no-untyped-def]
    """Group neighbouring micro-grids into compounds of one to three, and give each compound its type."""
    mean = (
        p.share_old * p.hazard_old
        + p.share_commodity * p.hazard_commodity
        + (1.0 - p.share_old - p.share_commodity) * p.hazard_resettlement
    )
    compound = -1
    left = 0
    kind = CompoundType.OLD_WORK_UNIT
    for g in range(len(micro_grids)):
        place = micro_grids[g]
        if left == 0 or place.general_grid != micro_grids[g - 1].general_grid:
            u, v = draw(seed, 0, Purpose.COMPOUND, g, 0, 0)
            compound += 1
            left = 1 + int(3.0 * u)
            kind = CompoundType.RESETTLEMENT
            if v < p.share_old:
                kind = CompoundType.OLD_WORK_UNIT
            elif v < p.share_old + p.share_commodity:
                kind = CompoundType.COMMODITY
        left -= 1
        place.compound = compound
        place.compound_type = kind
        hazard = p.hazard_resettlement
        if kind == CompoundType.OLD_WORK_UNIT:
            hazard = p.hazard_old
        elif kind == CompoundType.COMMODITY:
            hazard = p.hazard_commodity
        place.hazard = hazard / mean


@compiled
def size_households(seed, households, luck):  # type: ignore[no-untyped-def]
    """Give every household a size, and note its luck in being adjusted. Returns the total."""
    total = 0
    for h in range(len(households)):
        u, v = draw(seed, 0, Purpose.HOUSEHOLD, h, 0, 0)
        n = 1
        while u > HOUSEHOLD_SIZES[n - 1]:
            n += 1
        households[h].n_residents = n
        total += n
        luck[h] = v
    return total


@compiled
def adjust_households(households, order, total, n_residents):  # type: ignore[no-untyped-def]
    """Meet the total: in this order households take in or give up one person each."""
    k = 0
    while total != n_residents:
        household = households[order[k % len(households)]]
        if total < n_residents and household.n_residents < SLOTS:
            household.n_residents += 1
            total += 1
        elif total > n_residents and household.n_residents > 1:
            household.n_residents -= 1
            total -= 1
        k += 1


@compiled
def rent_households(seed, households, buildings, micro_grids, p):  # type: ignore[no-untyped-def]
    """Which households rent, by kind of compound."""
    for h in range(len(households)):
        kind = micro_grids[buildings[households[h].building].micro_grid].compound_type
        share = p.tenants_resettlement
        if kind == CompoundType.OLD_WORK_UNIT:
            share = p.tenants_old
        elif kind == CompoundType.COMMODITY:
            share = p.tenants_commodity
        u, _ = draw(seed, 0, Purpose.HOUSEHOLD, h, 1, 0)
        households[h].tenant = u < share


@compiled
def median_area(compound_type, p):  # type: ignore[no-untyped-def]
    """Median floor area (m²) of a dwelling, by kind of compound."""
    if compound_type == CompoundType.OLD_WORK_UNIT:
        return p.area_old
    if compound_type == CompoundType.COMMODITY:
        return p.area_commodity
    return p.area_resettlement


@compiled
def measure_dwellings(seed, households, buildings, micro_grids, p):  # type: ignore[no-untyped-def]
    """The floor area of every dwelling, lognormal about the median of its compound, in whole square metres."""
    for h in range(len(households)):
        kind = micro_grids[buildings[households[h].building].micro_grid].compound_type
        u, _ = draw(seed, 0, Purpose.FLOOR_AREA, h, 0, 0)
        households[h].floor_area = int(median_area(kind, p) * math.exp(p.area_sd * normal(u)) + 0.5)


@compiled
def settle_residents(households, buildings, micro_grids, residents):  # type: ignore[no-untyped-def]
    """Give every household its rows in the table of residents, and count them up the tree."""
    row = 0
    for h in range(len(households)):
        household = households[h]
        household.first_resident = row
        building = buildings[household.building]
        if building.n_residents == 0:
            building.first_resident = row
        place = micro_grids[building.micro_grid]
        if place.n_residents == 0:
            place.first_resident = row
        for slot in range(household.n_residents):
            resident = residents[row]
            resident.person = h * 8 + slot
            resident.household = h
            resident.building = household.building
            resident.micro_grid = building.micro_grid
            resident.tenant = household.tenant
            row += 1
        building.n_residents += household.n_residents
        place.n_residents += household.n_residents


@compiled
def age_of(first_in_household, u, old_compound, mean_old, p):  # type: ignore[no-untyped-def]
    """Age band. The first of a household is an adult; children are shared out among the others."""
    old = p.share_old / mean_old * (p.old_in_old if old_compound else 1.0)
    children = p.share_children * 2.49 / 1.49
    if first_in_household:
        children = 0.0
    if u < children:
        return AgeBand.CHILD
    w = (u - children) / (1.0 - children) * (1.0 - p.share_children)
    if w < old:
        return AgeBand.OLD
    young = p.share_young / (1.0 - p.share_children - p.share_old) * (1.0 - p.share_children - old)
    return AgeBand.YOUNG if w < old + young else AgeBand.MIDDLE


@compiled
def work_of(age_band, u, p):  # type: ignore[no-untyped-def]
    """What somebody of this age does by day."""
    if age_band == AgeBand.CHILD:
        return Employment.CHILD
    if age_band == AgeBand.OLD:
        return Employment.RETIRED
    if u < p.share_gig:
        return Employment.GIG
    if u < p.share_gig + p.share_student:
        return Employment.STUDENT
    if u < p.share_gig + p.share_student + p.share_other_work:
        return Employment.OTHER
    return Employment.REGULAR


@compiled
def bring_to_life(seed, residents, micro_grids, p, places):  # type: ignore[no-untyped-def]
    """Every resident's age, work, traits and inclinations."""
    mean_old = 1.0 + places.share_old * (p.old_in_old - 1.0)
    for i in range(len(residents)):
        resident = residents[i]
        who = resident.person
        u, v = draw(seed, 0, Purpose.AGE, who, 0, 0)
        w, _ = draw(seed, 0, Purpose.TRAITS, who, 0, 0)
        party_luck, cooperation = draw(seed, 0, Purpose.PARTY, who, 0, 0)
        y, z = draw(seed, 0, Purpose.SPIRIT, who, 0, 0)
        trip, phone = draw(seed, 0, Purpose.HASSLE, who, 0, 0)
        old_compound = micro_grids[resident.micro_grid].compound_type == CompoundType.OLD_WORK_UNIT
        resident.age_band = age_of(who % 8 == 0, u, old_compound, mean_old, p)
        resident.adult = resident.age_band != AgeBand.CHILD
        resident.employment = work_of(resident.age_band, v, p)
        resident.female = w < p.share_female
        old = resident.age_band == AgeBand.OLD
        share_old_adults = p.share_old / (1.0 - p.share_children)
        party = p.share_party / (1.0 + share_old_adults * (p.party_old - 1.0)) * (p.party_old if old else 1.0)
        resident.party = resident.adult and party_luck < party
        resident.cooperation = Cooperation.CONDITIONAL
        if cooperation < p.share_free_rider:
            resident.cooperation = Cooperation.FREE_RIDER
        elif cooperation < p.share_free_rider + p.share_unconditional:
            resident.cooperation = Cooperation.UNCONDITIONAL
        digital = p.digital_middle
        if old:
            digital = p.digital_old
        elif resident.age_band == AgeBand.YOUNG:
            digital = p.digital_young
        resident.digital = min(1.0, max(0.0, digital + 0.1 * normal(phone)))
        resident.spirit = min(1.0, max(0.0, p.spirit_mean + p.spirit_sd * normal(y)))
        resident.information = min(1.0, max(0.05, p.information_mean + p.information_sd * normal(z)))
        resident.u_hassle = normal(trip)
        resident.efficacy = 0.5
        resident.habit = p.habit_at_birth if resident.adult else 0.0
        draw_inclinations(resident, seed)


@compiled
def enrol_members(residents, members):  # type: ignore[no-untyped-def]
    """Fill the table of Party members, in the order of residents; ranks count within the micro-grid."""
    m = 0
    for i in range(len(residents)):
        if residents[i].party:
            members[m].resident = i
            if m > 0 and residents[members[m - 1].resident].micro_grid == residents[i].micro_grid:
                members[m].rank = members[m - 1].rank + 1
            m += 1


@compiled
def score_for_register(seed, residents, score, p):  # type: ignore[no-untyped-def]
    """How likely each adult is to be registered at first: inclination, give or take. Returns how many adults."""
    n_adults = 0
    for i in range(len(residents)):
        score[i] = -1e9
        if residents[i].adult:
            n_adults += 1
            u, _ = draw(seed, 0, Purpose.REGISTERED, residents[i].person, 0, 0)
            score[i] = residents[i].u_volunteer + p.registered_noise * normal(u)
    return n_adults


@compiled
def register_first(day, seed, residents, score, least, listed, town, joining):  # type: ignore[no-untyped-def]
    """Adults who score so much are registered and listed when the town is born."""
    for i in range(len(residents)):
        if residents[i].adult and score[i] >= least:
            resident = residents[i]
            resident.registered = True
            resident.on_list = True
            u, _ = draw(seed, 0, Purpose.REGISTERED, resident.person, 1, 0)
            resident.list_until = day + int(u * joining.days_listed)
            name = listed[town[0].n_listed]
            name.resident = i
            name.person = resident.person
            name.next_ask = LONG_AGO
            town[0].n_listed += 1


@compiled
def employ_workers(seed, workers, units, n_micro_grids, n_general_grids, n_residents, n_communities, p):  # type: ignore[no-untyped-def]
    """Fill the table of grid workers; returns how many there are (called with room enough)."""
    n = 0
    for unit in range(len(units)):
        tier = units[unit].tier
        u, _ = draw(seed, 0, Purpose.WORKERS, unit, 0, 0)
        here = 1
        if tier == Tier.MICRO_GRID:
            here = int(p.workers_per_micro_grid) + (u < p.workers_per_micro_grid - int(p.workers_per_micro_grid))
        elif tier == Tier.COMMUNITY:
            expected = p.community_staff_per_20000 * n_residents / n_communities / 20_000.0
            here = int(expected) + (u < expected - int(expected))
        for k in range(min(8, here)):
            worker = workers[n]
            worker.worker = unit * 8 + k
            worker.tier = tier
            worker.unit = unit
            n += 1
    return n
