"""What residents bring to deputies, what deputies can move, and who has to wait for it."""

import numpy as np
import pytest
from linli.agents.core.table import Table
from linli.agents.deputy import Answer, DeputyFields, DeputyKind
from linli.agents.deputy.brokering import broker
from linli.agents.deputy.docket import hand_over
from linli.agents.deputy.reception import receive
from linli.agents.grid_worker import Tier
from linli.agents.resident import ResidentFields
from linli.agents.resident.petitioning import chance_to_petition, hear_back, may_be_heard
from linli.model.closing import TierFields, partners_share, settle
from linli.model.founding import seats_of_deputies
from linli.model.issues import CaseFields, IssueFields, Kind, State
from linli.model.measures import TallyFields
from linli.model.petitions import (
    PetitionFields,
    bring_in_partners,
    chronic_matters,
    docket_today,
    move_up,
    news_of_dockets,
    overtake,
    receiving_today,
    take_to_departments,
    unsettled_matters,
)
from linli.model.places import SIZES, CommunityFields, GeneralGridFields, MicroGridFields
from linli.model.routing import start_clock
from linli.model.world import TownFields
from stories.register import story
from stories.setting import by_hand, column, kinds_of, one, table

SERVED = {"per_community": 2, "period": 10, "minutes_day": 180, "minutes_petition": 30}
CAPACITY = 600.0
"""Minutes a department has in a working day."""


class Community:
    """A community with so many issues, each reported by a resident of her own."""

    def __init__(self, n_issues=0, **issues):
        self.n = n_issues
        self.residents = table(ResidentFields, max(1, n_issues), person=8 * np.arange(max(1, n_issues)), adult=True)
        usual = {
            "luck": np.arange(n_issues), "reporter": np.arange(n_issues), "kind": Kind.MARKET, "visible": True,
            "state": State.CLOSED_UNRESOLVED, "tier": Tier.DEPARTMENT, "labour": 600, "detected": 0, "severity": 0.5,
        }  # fmt: skip
        self.issues = table(IssueFields, max(1, n_issues), **({**usual, **issues} if n_issues else {}))
        self.cases = table(CaseFields, n_issues, issue=np.arange(n_issues))
        self.town = table(TownFields, 1, n_cases=n_issues)
        self.tally = table(TallyFields, 1)
        self.communities = table(CommunityFields, 1, n_residents=17_060)[:1]
        self.micro_grids, self.general_grids = table(MicroGridFields, 1), table(GeneralGridFields, 1)
        self.deputies = Table(seats_of_deputies(SIZES["community"]))
        self.petitions = table(PetitionFields, 8)
        self.tiers = table(TierFields, 5, capacity=CAPACITY * 5 / 7)

    def receiving(self, spec, day):
        """Rows of the deputies who hold a reception."""
        p = spec.numbers().deputies
        return by_hand(receiving_today)(day, 1, self.deputies, self.communities, self.tally, p)

    def unsettled(self, spec, day):
        """Who may go to today's reception, with what."""
        p = spec.numbers()
        self.petitions = by_hand(unsettled_matters)(
            day, self.receiving(spec, day), self.deputies, self.communities, self.cases, self.issues, self.micro_grids,
            self.residents, self.petitions, self.town, self.tally, p.deputies, p.learning, p.closing, p.issues,
        )  # fmt: skip
        return [self.petitions[k].issue for k in range(self.town[0].n_petitions)]

    def refer(self, *issues, day=0, deputy=0):
        """These matters have been referred to a deputy."""
        for row in issues:
            petition = self.petitions[self.town[0].n_petitions]
            petition.issue = petition.resident = row
            petition.deputy, petition.day, petition.comes, petition.answer = deputy, day, True, Answer.REFERRED
            self.town[0].n_petitions += 1

    def hand_over(self, spec, day):
        """The dockets of the day go to departments, and what they can overtake they overtake."""
        p = spec.numbers()
        rows = by_hand(docket_today)(day, self.deputies, self.petitions, self.issues, self.town, p.deputies)
        by_hand(hand_over)(rows, self.petitions, self.deputies)
        by_hand(take_to_departments)(day, rows, self.petitions, self.issues, self.tally, p.deputies, p.closing)
        self.move_up(spec, day)
        return len(rows)

    def move_up(self, spec, day):
        """Docketed cases that stand before a tier overtake others."""
        p = spec.numbers()
        by_hand(move_up)(
            day, self.petitions, self.cases, self.issues, self.micro_grids, self.general_grids, self.communities,
            self.tiers, self.town, self.tally, p.deputies, p.closing, p.grid,
        )  # fmt: skip

    def column(self, name):
        """A column of the issues."""
        return column(self.issues, name, self.n)


def in_the_department(finish, **issues):
    """A community whose cases will be done by a department at these times (working days)."""
    finish = np.array(finish, float)
    return Community(len(finish), state=State.IN_WORK, finish=finish, unit=-1, **issues)


def handover_day(spec, deputy=0):
    """The first day on which this deputy hands over."""
    return -(32_760 + deputy) % spec.deputies.days_handover


def chance(spec, day=0, **resident):
    """Probability that somebody goes to one reception with a matter of hers."""
    p = spec.numbers()
    who = one(ResidentFields, **{"information": 0.6, **resident})
    return by_hand(chance_to_petition)(
        who, day, 1.0, p.deputies, p.participation, p.learning, p.reporting, p.party
    )


def hold_reception(spec, n_arrivals, kind=Kind.MARKET):
    """A reception day to which so many come with a matter of this kind; returns the answers in order of arrival."""
    p = spec.numbers()
    here = Community(n_arrivals, kind=kind)
    order = np.arange(n_arrivals)
    petitions = table(PetitionFields, n_arrivals, issue=order, comes=True, arrives=0.9 - 0.01 * order)
    by_hand(receive)(np.array([0]), order, petitions, here.deputies, here.issues, kinds_of(p), p.deputies)
    return [Answer(a) for a in column(petitions, "answer")[::-1]]


@story("deputies.per_community")
@story("deputies.period", neutral=365)
def test_each_deputy_holds_a_reception_once_a_period(spec):
    here, spec = Community(), spec.changed(deputies=SERVED)
    assert sum(len(here.receiving(spec, day)) for day in range(100)) == 2 * 10
    assert here.tally[0].deputy_minutes == 20 * 180


def test_without_deputies_nobody_goes_anywhere_and_nothing_is_drawn(spec):
    here = Community(3)
    assert here.unsettled(spec, 60) == []
    assert here.hand_over(spec, 60) == here.tally[0].n_draws == here.tally[0].n_decisions == 0


def test_to_a_slice_of_a_community_deputies_come_in_rotation(spec):
    here, spec = Community(), spec.changed(deputies=SERVED)
    here.communities[0].n_residents = 1_706
    held = sum(len(here.receiving(spec, day)) for day in range(2_000))
    assert held == pytest.approx(0.1 * 400, rel=0.4)
    assert here.tally[0].n_draws == 400


def test_what_is_closed_on_paper_or_late_can_be_brought_what_is_before_the_council_cannot(spec):
    states = [State.CLOSED_UNRESOLVED, State.IN_WORK, State.ON_AGENDA, State.CLOSED_RESOLVED, State.QUEUED]
    here = Community(5, state=states, detected=[0, 0, 0, 0, 50])
    assert here.unsettled(spec.changed(deputies={**SERVED, "period": 1}), 60) == [0, 1]


def test_somebody_with_two_matters_goes_once_a_day_with_the_older_one(spec):
    here = Community(3, reporter=[1, 0, 0])
    assert here.unsettled(spec.changed(deputies={**SERVED, "period": 1}), 60) == [1, 0]


@story("deputies.representatives_only")
def test_where_only_representatives_are_heard_others_need_not_come(spec):
    p = spec.changed(deputies={"representatives_only": True}).numbers().deputies
    anybody, volunteer, member = (one(ResidentFields, **who) for who in ({}, {"registered": True}, {"party": True}))
    assert [bool(by_hand(may_be_heard)(who, p)) for who in (anybody, volunteer, member)] == [False, True, True]


@story("deputies.base", neutral=3)
def test_few_go_to_a_reception(spec):
    assert 0 < chance(spec.changed(deputies={"base": -3.5, "reach": 1.0})) < 0.05


@story("deputies.reach", neutral=1)
def test_most_who_are_aware_of_it_are_not_reached_by_it(spec):
    eager = spec.changed(deputies={"base": 3.0, "reach": 0.1})
    assert chance(eager, information=0.5) == pytest.approx(0.05, rel=0.1)


def test_who_believes_that_it_helps_and_has_been_told_goes_more_readily(spec):
    assert chance(spec, efficacy=0.7) > chance(spec, efficacy=0.5) > chance(spec, efficacy=0.3)
    assert chance(spec, day=10, told_day=5) > chance(spec, day=10)
    assert chance(spec, u_report=1.0) > chance(spec)


@story("deputies.minutes_day", neutral=600)
@story("deputies.minutes_petition", neutral=5)
def test_when_the_day_is_full_the_last_to_arrive_go_home_unheard(spec):
    answers = hold_reception(spec.changed(deputies=SERVED), 10)
    assert answers == 6 * [Answer.REFERRED] + 4 * [Answer.WAITING]


@story("deputies.remit")
def test_small_matters_are_explained_on_the_spot_others_are_taken_along(spec):
    spec = spec.changed(deputies={**SERVED, "remit": "community"})
    assert hold_reception(spec, 1, Kind.PLANTERS) == [Answer.ON_THE_SPOT]
    assert hold_reception(spec, 1, Kind.FACILITY) == hold_reception(spec, 1, Kind.MARKET) == [Answer.REFERRED]


@story("deputies.days_handover", neutral=180)
def test_the_docket_is_handed_over_once_a_fortnight(spec):
    spec = spec.changed(deputies={**SERVED, "days_handover": 14})
    here, days = Community(3), []
    here.refer(0)
    for day in range(28):
        days += [day] * here.hand_over(spec, day)
        if day == 5:
            here.refer(1)
    assert len(days) == 2 and days[1] == days[0] + 14
    assert here.column("state").tolist() == [State.REOPENED, State.REOPENED, State.CLOSED_UNRESOLVED]
    assert here.tally[0].n_docketed == here.tally[0].n_reopened == here.deputies[0].n_docketed == 2


def test_what_has_been_settled_meanwhile_is_struck_off_the_docket(spec):
    here = Community(1, state=State.CLOSED_RESOLVED)
    here.refer(0)
    assert here.hand_over(spec.changed(deputies=SERVED), handover_day(spec)) == 0


@story("deputies.priority")
def test_a_docketed_case_is_done_earlier_and_others_later(spec):
    here = in_the_department([20.0, 24.0, 28.0, 30.0])
    here.refer(3)
    spec = spec.changed(deputies={**SERVED, "priority": 0.6})
    here.hand_over(spec, handover_day(spec))
    assert here.column("finish").tolist() == pytest.approx([20.0, 25.0, 29.0, 28.0])  # a day each: 600 minutes
    assert here.tally[0].n_displaced == 2 and here.tally[0].displaced_days == pytest.approx(2.0)
    assert here.column("days_displaced").tolist() == pytest.approx([0, 1, 1, 0])


@pytest.mark.parametrize("priority", [0.0, 0.3, 1.0])
def test_weighted_by_labour_what_one_gains_the_others_lose(spec, priority):
    """The hours of the department are the same; priority only says who waits."""
    luck = np.random.default_rng(5)
    for _ in range(20):
        n = 12
        here = in_the_department(luck.uniform(1, 30, n), labour=luck.integers(60, 2_400, n))
        before, labour = here.column("finish").copy(), here.column("labour")
        p = spec.changed(deputies={"priority": priority}).numbers().deputies
        by_hand(overtake)(5, 0, 3.0, 4.0, CAPACITY, here.cases, here.issues, here.town, here.tally, p)
        moved = here.column("finish") - before
        assert (labour * moved).sum() == pytest.approx(0.0, abs=1e-6)
        assert (np.delete(moved, 5) >= 0).all() and moved[5] <= 0
        assert here.column("finish")[5] >= min(before[5], 4.0)  # never before it can be done
        assert here.tally[0].displaced_days == pytest.approx(np.delete(moved, 5).sum())


def test_docketed_cases_other_tiers_and_refused_plans_are_not_overtaken(spec):
    here = in_the_department(
        [20.0, 21.0, 22.0, 30.0], docketed=[-5, 30_000, 30_000, 0], decided=[False, True, False, False],
        tier=[Tier.DEPARTMENT, Tier.DEPARTMENT, Tier.SUB_DISTRICT, Tier.DEPARTMENT],
    )  # fmt: skip
    p = spec.changed(deputies={"priority": 1.0}).numbers().deputies
    by_hand(overtake)(3, 0, 3.0, 4.0, CAPACITY, here.cases, here.issues, here.town, here.tally, p)
    assert here.column("finish").tolist() == [20.0, 21.0, 22.0, 30.0]


def test_where_there_is_a_queue_the_docketed_case_is_served_as_if_due_earlier(spec):
    here = Community(
        3, state=State.QUEUED, tier=Tier.COMMUNITY, unit=0, labour_left=600, since=0.0, deadline=[10.0, 15.0, 20.0]
    )
    here.refer(2)
    spec = spec.changed(deputies={**SERVED, "priority": 0.5})
    here.hand_over(spec, handover_day(spec))
    assert here.issues[2].hurry > 5.0 and here.issues[2].deadline == 20.0
    assert here.tally[0].n_displaced == 1 and column(here.issues, "days_displaced").tolist() == [0.0, 1.0, 0.0]


def test_what_was_reopened_overtakes_when_it_stands_before_a_tier_again(spec):
    here = in_the_department([20.0, 30.0])
    here.issues[1].state = State.CLOSED_UNRESOLVED
    here.refer(1)
    spec = spec.changed(deputies=SERVED)
    day = handover_day(spec)
    here.hand_over(spec, day)
    assert here.tally[0].n_displaced == 0 and not here.petitions[0].moved_up
    here.issues[1].state = State.QUEUED
    here.move_up(spec, day + 1)
    here.move_up(spec, day + 2)
    assert here.tally[0].n_displaced == 1 and here.petitions[0].moved_up  # once


@story("deputies.bundling", "deputies.bundle_saving")
def test_like_matters_on_one_docket_are_handed_over_as_one_request(spec):
    here = Community(4, kind=[Kind.MARKET, Kind.SAFETY, Kind.MARKET, Kind.MARKET])
    here.refer(0, 1, 2)
    here.refer(3, deputy=1)
    spec = spec.changed(deputies={**SERVED, "bundling": True, "bundle_saving": 0.3, "days_handover": 1})
    here.hand_over(spec, 0)
    assert here.column("labour_left").tolist() == [600, 600, 420, 600]  # another deputy's is another request
    assert here.column("labour").tolist() == [600, 600, 420, 600]


@story("deputies.feedback")
def test_petitioners_hear_what_became_of_it_good_or_bad(spec):
    here = Community(3)
    here.refer(0, 1, 2)
    spec = spec.changed(deputies={**SERVED, "feedback": True})
    day = handover_day(spec)
    here.hand_over(spec, day)
    here.issues[0].resolved_day = day + 5
    p = spec.numbers()
    for later in (day + 5, day + 6, day + 30, day + 31):
        rows = by_hand(news_of_dockets)(later, here.petitions, here.issues, here.town, p.deputies, p.learning)
        by_hand(hear_back)(later, rows, here.petitions, here.issues, here.residents, p.learning)
    assert column(here.residents, "efficacy").tolist() == pytest.approx([0.65, 0.35, 0.35])


def chronic(spec, age=400, **issues):
    """A CPPCC member's day in a community with one unsolved issue of this age; returns the community."""
    p, here = spec.numbers(), Community(1, born=-age, **issues)
    for day in range(91):
        rows = by_hand(chronic_matters)(
            day, 1, here.deputies, here.communities, here.cases, here.issues, kinds_of(p), here.micro_grids, here.town,
            here.tally, p.deputies, p.closing,
        )  # fmt: skip
        by_hand(broker)(day, 1, rows, here.deputies, p.deputies)
        by_hand(bring_in_partners)(day, rows, here.deputies, here.issues, here.tally, p.deputies)
    return here


STUDIO = {"cppcc_per_community": 1, "brokering": 1.0, "brokered_share": 0.5, "days_chronic": 180}


@story("deputies.cppcc_per_community", "deputies.brokering", "deputies.brokered_share")
def test_an_outside_partner_does_part_of_the_work_on_a_chronic_issue(spec):
    here = chronic(spec.changed(deputies=STUDIO))
    issue = here.issues[0]
    assert here.tally[0].n_brokered == 1 and issue.state == State.REOPENED
    assert issue.partner_minutes == issue.labour_left == 300


@story("deputies.days_chronic", neutral=30)
def test_what_is_not_chronic_yet_is_left_to_the_departments(spec):
    spec = spec.changed(deputies=STUDIO)
    assert chronic(spec, age=40).tally[0].n_brokered == 0
    assert chronic(spec, age=181).tally[0].n_brokered == 1


def test_nor_does_one_look_for_partners_for_small_matters_or_those_out_of_sight(spec):
    spec = spec.changed(deputies=STUDIO)
    assert chronic(spec, kind=Kind.PLANTERS).tally[0].n_brokered == 0
    assert chronic(spec, visible=False).tally[0].n_brokered == 0
    assert chronic(spec, state=State.ON_AGENDA).tally[0].n_brokered == 0


def test_a_partner_spares_procedure_and_money_in_proportion(spec):
    p = spec.numbers()
    case = {"labour": 600, "kind": Kind.MARKET, "state": State.IN_WORK}
    alone, helped = (one(IssueFields, partner_minutes=minutes, **case) for minutes in (0, 150))
    for issue in (alone, helped):
        by_hand(start_clock)(0.0, 1, issue, kinds_of(p), p.closing)
    assert by_hand(partners_share)(helped) == 0.25
    assert helped.lag == pytest.approx(0.75 * alone.lag)
    tally = table(TallyFields, 1)
    by_hand(settle)(0, 1.0, True, 1, helped, table(MicroGridFields, 1), kinds_of(p), tally, p.issues)
    assert (tally[0].fen_partners, tally[0].fen_spent) == (125_000, 375_000)


def test_seats_are_for_the_congress_first_and_then_the_cppcc():
    seats = seats_of_deputies(SIZES["sub_district"])
    assert len(seats) == 7 * 16 and seats["community"].tolist() == sorted(seats["community"])
    assert (seats["kind"] == DeputyKind.CPPCC).sum() == 7 * 4
    assert {*seats.dtype.names} == {*table(DeputyFields, 1).array.dtype.names}
