"""Party members call on households, keep an obligation and set an example, or stand in for their neighbours."""

import numpy as np
import pytest
from linli.agents.party_member.contact import linked_household, share_beyond_the_form, visit
from linli.agents.party_member.exemplar import lead_of_example
from linli.agents.party_member.obligation import keep_duty
from linli.agents.resident import LONG_AGO, ResidentFields
from linli.agents.resident.attending import chance_to_hear
from linli.agents.resident.awareness import awareness
from linli.agents.resident.earning import offer_of
from linli.agents.resident.participation import readiness
from linli.agents.resident.volunteering import Occasion, reasons_to_volunteer
from linli.model.closing import rest_to_activities
from linli.model.duties import (
    MemberFields,
    hear_visitors,
    on_duty_today,
    paid_for_duty,
    put_duties_to_use,
    visiting_today,
)
from linli.model.measures import TallyFields
from linli.model.places import BuildingFields, HouseholdFields, MicroGridFields
from linli.model.world import TownFields
from stories.register import story
from stories.setting import by_hand, column, one, table

VISITING = {"quota": 6, "visits_per_household": 4.0, "share_genuine": 1.0, "share_asking": 0.5}
ROTA = {"obligation_minutes": 120, "share_showing": 0.3, "exemplar": True}


class Street:
    """A micro-grid of couples. The first of each of the first few couples is a Party member."""

    def __init__(self, n_members=1, n_households=12):
        n = 2 * n_households
        self.residents = table(
            ResidentFields, n, person=np.arange(n) // 2 * 8 + np.arange(n) % 2, adult=True, information=0.5,
            building=np.arange(n) // 2 // 2,
        )  # fmt: skip
        self.members = table(MemberFields, n_members, resident=2 * np.arange(n_members), rank=np.arange(n_members))
        self.members = self.members[:n_members]
        for m in range(n_members):
            self.residents[2 * m].party = True
        first = 2 * np.arange(n_households)
        self.households = table(HouseholdFields, n_households, first_resident=first, n_residents=2)
        self.micro_grids = table(MicroGridFields, 1, n_households=n_households)
        self.buildings = table(BuildingFields, n_households)
        self.tally = table(TallyFields, 1)
        self.paid = []

    def visits(self, spec, n_days, first=0):
        """So many days of visits; returns the rows of the residents who were asked for help, in order."""
        p, asked = spec.numbers().party, []
        for day in range(first, first + n_days):
            rows = by_hand(visiting_today)(day, 1, self.members, self.residents, self.tally, p)
            by_hand(visit)(day, 1, rows, self.members, self.residents, self.households, self.micro_grids, p)
            by_hand(hear_visitors)(day, rows, self.members, self.residents, self.tally, p)
            asked += [self.members[m].met for m in rows if self.members[m].asks]
        return asked

    def duties(self, spec, n_days):
        """So many days of obligations. What they give is put to activities at once."""
        p, kept = spec.numbers(), []
        for day in range(n_days):
            offer = offer_today(spec, day)
            rows = by_hand(on_duty_today)(day, 1, self.members, self.residents, self.tally, p.party)
            by_hand(keep_duty)(day, 1, rows, self.members, self.residents, p.party, offer)
            by_hand(put_duties_to_use)(
                day, rows, self.members, self.residents, self.buildings, self.micro_grids, self.tally, p.party, offer
            )
            nobody = table(TownFields, 1)
            by_hand(rest_to_activities)(self.micro_grids, None, self.residents, self.members, rows, nobody, self.tally)
            kept += [int(m) for m in rows if self.members[m].last_duty == day]
            self.paid += by_hand(paid_for_duty)(day, rows, self.members, offer).tolist()
        return kept


def offer_today(spec, day=0):
    """What the points programme offers."""
    p = spec.numbers()
    return by_hand(offer_of)(day, 1.0, p.incentives, p.mall, p.recognition)


def ready(spec, occasion=Occasion.CALL, exemplar_seen=LONG_AGO, day=100, **resident):
    """Readiness of a neighbour to volunteer, an exemplar having last been at work in her building on that day."""
    p = spec.numbers()
    who = one(ResidentFields, adult=True, **resident)
    buildings = table(BuildingFields, 1, exemplar_day=exemplar_seen)
    lead = by_hand(lead_of_example)(who, day, buildings, p.party, p.participation)
    return by_hand(readiness)(
        by_hand(reasons_to_volunteer)(
            who, day, occasion, 0.2, 0, p.volunteering, p.participation, p.learning, p.habits, offer_today(spec), lead
        )
    )


@story("party.quota", "party.visits_per_household")
def test_a_member_calls_on_each_linked_household_so_often_a_year(spec):
    street = Street()
    street.visits(spec.changed(party=VISITING), 5 * 365)
    assert street.members[0].n_visits == pytest.approx(5 * 6 * 4, rel=0.2)


@story("party.quota", neutral=1)
def test_she_goes_from_one_to_the_next_and_then_begins_anew(spec):
    p = spec.changed(party=VISITING).numbers().party
    homes = [by_hand(linked_household)(100, 88, 2, turn, p.quota) for turn in range(12)]
    assert homes == [112, 113, 114, 115, 116, 117] * 2


@story("party.share_genuine")
def test_who_is_really_visited_has_been_told(spec):
    street = Street()
    street.visits(spec.changed(party=VISITING), 365)
    assert (column(street.residents, "told_day") >= 0).sum() >= 5


@story("party.quota_half", neutral=200)
def test_a_large_quota_is_ticked_off_on_a_form(spec):
    lots = (spec.changed(party={**VISITING, "quota": quota, "quota_half": 20.0}) for quota in (6, 20))
    of_six, of_twenty = (by_hand(share_beyond_the_form)(lot.numbers().party) for lot in lots)
    assert of_twenty == pytest.approx(0.5) and of_six > 0.7
    assert 20 * of_twenty > 6 * of_six  # more are visited all the same


@story("party.share_asking")
def test_some_of_those_visited_are_asked_for_help(spec):
    street = Street()
    asked = street.visits(spec.changed(party=VISITING), 5 * 365)
    genuine = street.tally[0].n_visits_genuine
    assert 0.25 * genuine < len(asked) < 0.75 * genuine
    assert 0 not in asked  # nobody asks herself


@story("party.minutes_visit", neutral=1)
def test_a_genuine_visit_takes_time(spec):
    street = Street()
    street.visits(spec.changed(party={**VISITING, "minutes_visit": 20}), 365)
    assert street.tally[0].member_minutes == 20 * street.tally[0].n_visits_genuine > 0


def test_without_contact_there_is_neither_a_visit_nor_a_draw(spec):
    street = Street()
    assert street.visits(spec, 60) == []
    assert street.tally[0].n_draws == street.tally[0].n_visits == 0


@story("party.information_told", "party.days_told")
def test_a_visitor_tells_what_is_going_on_and_it_is_forgotten_in_time(spec):
    p = spec.changed(party={"information_told": 0.3, "days_told": 30}).numbers()
    knows = [by_hand(awareness)(one(ResidentFields, information=0.4, told_day=10), day, p.party) for day in (17, 40)]
    assert knows == pytest.approx([0.4 + 0.3 * 0.6, 0.4])
    hears = [by_hand(chance_to_hear)(share, p.noticing.mean_information, p.attending) for share in knows]
    assert hears[0] > hears[1]


@story("participation.weight_authority")
def test_a_member_or_a_grid_worker_is_harder_to_refuse_than_an_acquaintance(spec):
    spec = spec.changed(participation={"weight_authority": 0.3})
    asked = {occasion: ready(spec, occasion) for occasion in Occasion}
    assert asked[Occasion.ASKED_BY_MEMBER] == asked[Occasion.ASKED_BY_WORKER]
    assert asked[Occasion.ASKED_BY_MEMBER] == pytest.approx(asked[Occasion.ASKED] + 0.3)
    assert asked[Occasion.ASKED] > asked[Occasion.CALL]


@story("party.obligation_minutes")
def test_who_keeps_her_obligation_works_once_a_month_and_none_of_it_is_lost(spec):
    street = Street(n_members=12)
    kept = street.duties(spec.changed(party={**ROTA, "share_showing": 1.0}), 90)
    assert sorted(kept) == sorted(3 * list(range(12)))
    assert street.tally[0].duty_minutes == street.tally[0].volunteer_minutes_activities == 36 * 120
    assert street.micro_grids[0].volunteer_minutes == 0


@story("party.share_showing", neutral=1)
def test_it_is_the_same_third_who_show_up_every_month(spec):
    street = Street(n_members=60, n_households=60)
    kept = street.duties(spec.changed(party=ROTA), 120)
    times = np.bincount(kept, minlength=60)
    assert set(times) == {0, 4}
    assert 0.15 < np.mean(times > 0) < 0.45


def test_an_obligation_that_pays_fills_the_account_for_duties(spec):
    spec = spec.changed(
        party={**ROTA, "share_showing": 1.0}, incentives={"programme_on": True, "points_per_duty_hour": 50}
    )
    street = Street(n_members=3)
    street.duties(spec, 30)
    assert column(street.residents, "points_duty")[:6].tolist() == [100, 0] * 3
    assert street.tally[0].points_issued == 300
    assert sorted(street.paid) == [0, 2, 4]  # who may now take them to the mall


def test_without_an_obligation_nobody_is_called_and_nothing_drawn(spec):
    street = Street(n_members=3)
    assert street.duties(spec, 60) == []
    assert street.tally[0].n_draws == 0


@story("party.exemplar")
def test_work_in_ones_own_stairwell_is_seen_by_those_who_live_there(spec):
    street = Street(n_members=1)
    street.duties(spec.changed(party={**ROTA, "share_showing": 1.0}), 30)
    assert column(street.buildings, "exemplar_day")[0] >= 0
    assert (column(street.buildings, "exemplar_day")[1:] == LONG_AGO).all()


@story("participation.weight_exemplar")
def test_a_neighbour_at_work_for_all_draws_others_along(spec):
    spec = spec.changed(party=ROTA, participation={"weight_exemplar": 0.6, "exemplar_substitution": 0.1})
    for occasion in Occasion:
        assert ready(spec, occasion, exemplar_seen=80) == pytest.approx(ready(spec, occasion) + 0.5)


@story("participation.exemplar_substitution")
def test_or_tells_them_that_it_is_done_already(spec):
    spec = spec.changed(party=ROTA, participation={"weight_exemplar": 0.1, "exemplar_substitution": 0.6})
    assert ready(spec, exemplar_seen=80) < ready(spec)


@story("participation.days_exemplar_seen", neutral=1)
def test_the_example_stays_in_sight_for_some_time(spec):
    spec = spec.changed(party=ROTA, participation={"weight_exemplar": 0.8, "days_exemplar_seen": 60})
    assert ready(spec, exemplar_seen=60) > ready(spec, exemplar_seen=30) == ready(spec)


def test_members_do_what_they_owe_and_are_not_led_by_example(spec):
    spec = spec.changed(party=ROTA, participation={"weight_exemplar": 0.8})
    assert ready(spec, exemplar_seen=80, party=True) == ready(spec, party=True)


def test_by_default_example_and_substitution_weigh_the_same(spec):
    """The sign of the effect is for the evidence to say."""
    ranges = {about.name: (about.low, about.high) for about in type(spec.participation).about()}
    assert ranges["weight_exemplar"] == ranges["exemplar_substitution"]
    assert ready(spec.changed(party=ROTA), exemplar_seen=80) == ready(spec)
