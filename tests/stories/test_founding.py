"""The town as it is founded: its compounds, its people, who volunteers at first, and who knows whom."""

import numpy as np
import pytest
from linli.agents.resident import AgeBand, Cooperation, Employment, ResidentFields
from linli.model.founding import found
from linli.model.places import BuildingFields, CompoundType, HouseholdFields, MicroGridFields
from linli.model.population import measure_dwellings, mix_compounds, rent_households
from linli.model.ties import TieKind, likeness
from stories.register import story
from stories.setting import by_hand, one, table


def residents(spec, **population):
    """The people of a general grid founded with these shares."""
    return found(spec.changed(population=population), "general_grid", 3).residents


def adults(spec, **population):
    """The same without children."""
    people = residents(spec, **population)
    return people[people["adult"]]


@story("population.share_children", "population.share_young", "population.share_old")
def test_one_in_six_is_a_child_one_in_four_young_and_one_in_five_old(spec):
    ages = residents(spec, share_children=0.16, share_young=0.27, share_old=0.19)["age_band"]
    for band, share in ((AgeBand.CHILD, 0.16), (AgeBand.YOUNG, 0.27), (AgeBand.OLD, 0.19)):
        assert np.mean(ages == band) == pytest.approx(share, abs=0.04)


@story("population.old_in_old", neutral=1)
def test_old_compounds_have_old_people(spec):
    town = found(spec.changed(population={"old_in_old": 2.5}, places={"share_old": 0.5}), "general_grid", 3)
    kind = town.micro_grids["compound_type"][town.residents["micro_grid"]]
    old = town.residents["age_band"] == AgeBand.OLD
    assert old[kind == CompoundType.OLD_WORK_UNIT].mean() > 1.5 * old[kind != CompoundType.OLD_WORK_UNIT].mean()


@story("population.share_female")
def test_half_are_women_and_girls(spec):
    assert residents(spec, share_female=0.5)["female"].mean() == pytest.approx(0.5, abs=0.05)


@story("population.share_gig", "population.share_student", "population.share_other_work")
def test_some_ride_for_a_platform_some_study_and_some_have_no_regular_work(spec):
    work = residents(spec, share_gig=0.06, share_student=0.05, share_other_work=0.12)["employment"]
    assert {Employment.GIG, Employment.STUDENT, Employment.OTHER} <= set(work)


@story("population.digital_young", "population.digital_middle", "population.digital_old")
def test_the_younger_the_more_at_ease_with_a_phone(spec):
    people = residents(spec, digital_young=0.9, digital_middle=0.75, digital_old=0.4)
    ease = [people["digital"][people["age_band"] == band].mean() for band in AgeBand]
    assert ease[AgeBand.YOUNG] > ease[AgeBand.MIDDLE] > ease[AgeBand.OLD] > 0.3


@story("population.share_party")
def test_one_adult_in_eleven_is_a_party_member(spec):
    assert adults(spec, share_party=0.09)["party"].mean() == pytest.approx(0.09, abs=0.03)


@story("population.party_old", neutral=1)
def test_more_of_the_old_are_party_members(spec):
    people = adults(spec, share_party=0.2, party_old=3.0)
    old = people["age_band"] == AgeBand.OLD
    assert people["party"][old].mean() > 2 * people["party"][~old].mean()


@story("population.share_free_rider", "population.share_unconditional")
def test_most_cooperate_if_others_do_some_never_and_some_always(spec):
    kind = residents(spec, share_free_rider=0.22, share_unconditional=0.18)["cooperation"]
    assert np.mean(kind == Cooperation.FREE_RIDER) == pytest.approx(0.22, abs=0.04)
    assert np.mean(kind == Cooperation.UNCONDITIONAL) == pytest.approx(0.18, abs=0.04)


@story("population.spirit_mean", "population.spirit_sd")
def test_public_spirit_is_middling_and_differs_between_people(spec):
    spirit = residents(spec, spirit_mean=0.5, spirit_sd=0.15)["spirit"]
    assert spirit.mean() == pytest.approx(0.5, abs=0.02) and spirit.std() == pytest.approx(0.15, abs=0.02)


@story("population.information_mean", "population.information_sd")
def test_people_hear_of_three_matters_in_five_some_of_more_some_of_fewer(spec):
    heard = residents(spec, information_mean=0.6, information_sd=0.15)["information"]
    assert heard.mean() == pytest.approx(0.6, abs=0.02) and heard.std() == pytest.approx(0.15, abs=0.02)


@story("population.share_registered")
def test_some_are_on_the_organisers_list_from_the_first_day(spec):
    assert adults(spec, share_registered=0.08)["on_list"].mean() == pytest.approx(0.08, abs=0.005)


@story("population.registered_noise")
def test_not_only_the_keenest_are(spec):
    people = adults(spec, share_registered=0.08, registered_noise=0.6)
    listed, others = (people["u_volunteer"][people["registered"] == yes] for yes in (True, False))
    assert listed.mean() > others.mean() + 1
    assert listed.min() < others.max()


@story("population.habit_at_birth")
def test_a_town_may_begin_with_people_used_to_volunteering(spec):
    people = residents(spec, habit_at_birth=0.4)
    assert set(people["habit"][people["adult"]]) == {0.4} and set(people["habit"][~people["adult"]]) == {0.0}


def compounds(spec, n=400, **places):
    """So many micro-grids, in compounds."""
    grids = table(MicroGridFields, n)
    by_hand(mix_compounds)(5, grids[:n], spec.changed(places=places).numbers().places)
    return grids.array[:n]


@story("places.share_old", "places.share_commodity")
def test_compounds_are_old_new_or_for_resettled_people(spec):
    kind = compounds(spec, share_old=0.4, share_commodity=0.45)["compound_type"]
    assert np.bincount(kind, minlength=3) / len(kind) == pytest.approx([0.4, 0.45, 0.15], abs=0.08)


@story("places.hazard_old", "places.hazard_commodity", "places.hazard_resettlement")
def test_more_breaks_down_in_old_compounds_and_less_in_new_ones(spec):
    grids = compounds(spec, hazard_old=1.3, hazard_commodity=0.8, hazard_resettlement=1.1)
    old, new, resettled = (grids["hazard"][grids["compound_type"] == kind].mean() for kind in CompoundType)
    assert old > resettled > new > 0
    assert grids["hazard"].mean() == pytest.approx(1, abs=0.03)  # the town as a whole has as many as said


def homes(spec, act, n=500, **places):
    """So many dwellings in an old, a new and a resettlement compound, after this act of founding: one row each."""
    dwellings = table(HouseholdFields, 3 * n, building=np.repeat([0, 1, 2], n))
    buildings = table(BuildingFields, 3, micro_grid=[0, 1, 2])
    grids = table(MicroGridFields, 3, compound_type=[0, 1, 2])
    by_hand(act)(5, dwellings[: 3 * n], buildings, grids, spec.changed(places=places).numbers().places)
    return dwellings.array[: 3 * n].reshape(3, n)


@story("places.tenants_old", "places.tenants_commodity", "places.tenants_resettlement")
def test_every_kind_of_compound_has_its_tenants(spec):
    rented = homes(spec, rent_households, tenants_old=0.3, tenants_commodity=0.2, tenants_resettlement=0.15)["tenant"]
    assert rented.mean(axis=1) == pytest.approx([0.3, 0.2, 0.15], abs=0.05)


@story("places.area_old", "places.area_commodity", "places.area_resettlement")
def test_old_dwellings_are_small_and_new_ones_large(spec):
    areas = homes(spec, measure_dwellings, area_old=55.0, area_commodity=90.0, area_resettlement=75.0)["floor_area"]
    assert np.median(areas, axis=1) == pytest.approx([55, 90, 75], rel=0.05)


@story("places.area_sd")
def test_one_dwelling_is_larger_than_the_next(spec):
    areas = homes(spec, measure_dwellings, area_sd=0.25)["floor_area"]
    assert (np.std(np.log(areas), axis=1) > 0.2).all()


@story("ties.stairwell", "ties.building", "ties.micro_grid", "ties.interest", "ties.gig")
def test_people_know_others_in_the_stairwell_the_building_the_micro_grid_the_community_and_at_work(spec):
    means = {"stairwell": 2.5, "building": 2.0, "micro_grid": 1.5, "interest": 1.0, "gig": 3.0}
    town = found(spec.changed(ties=means, population={"share_gig": 0.2}), "general_grid", 3)
    per_adult = np.bincount(town.ties["kind"], minlength=len(TieKind)) / town.residents["adult"].sum()
    for kind, mean in list(zip(TieKind, (0, *means.values())))[1:-1]:
        assert per_adult[kind] == pytest.approx(mean, rel=0.2), kind
    riders = np.mean(town.residents["employment"] == Employment.GIG)
    assert per_adult[TieKind.GIG] > riders


@story("ties.homophily")
def test_birds_of_a_feather(spec):
    p = spec.changed(ties={"homophily": 0.5}).numbers().ties
    me, alike, unlike = (one(ResidentFields, age_band=age, tenant=rents) for age, rents in ((1, 0), (1, 0), (3, 1)))
    assert by_hand(likeness)(me, alike, p) > 2 * by_hand(likeness)(me, unlike, p)
