"""Who notices a problem, who reports it and how, and what is learnt from the answer."""

import numpy as np
import pytest
from linli.agents.core.draw import logistic
from linli.agents.resident import ResidentFields
from linli.agents.resident.learning import efficacy_after, efficacy_now, learn
from linli.agents.resident.noticing import chance_to_notice, days_until_noticed
from linli.agents.resident.reporting import Channel, chance_to_report, channel_chosen
from linli.model.issues import FAR_OFF, IssueFields, ReportFields
from stories.register import story
from stories.setting import by_hand, one, table

IN_REACH = {"reach_grid_worker": 0.7, "reach_hotline": 0.8, "reach_qr": 0.4, "mean_reach": 1.8}


def chance(spec, known=False, **resident):
    """Probability that somebody reports what she has noticed in her own building."""
    p = spec.numbers()
    who = one(ResidentFields, **{"digital": 0.75, **resident})
    return by_hand(chance_to_report)(who, 0, 1.0, known, p.reporting, p.participation, p.learning)


def channels(spec, **resident):
    """The ways reports of such a resident take, over all her luck."""
    p = spec.numbers().reporting
    who = one(ResidentFields, **resident)
    return {Channel(by_hand(channel_chosen)(who, u, p)) for u in np.linspace(0.01, 0.99, 99)}


@story("reporting.base")
def test_most_people_walk_past(spec):
    assert chance(spec.changed(reporting={"base": -3.0})) < 0.1


@story("reporting.sigma")
def test_some_people_report_everything_and_some_nothing(spec):
    spec = spec.changed(reporting={"sigma": 1.9})
    assert chance(spec, u_report=2.0) > 0.6 and chance(spec, u_report=-2.0) < 0.01


@story("reporting.known_factor", neutral=1)
def test_what_a_neighbour_has_reported_already_is_reported_less(spec):
    spec = spec.changed(reporting={"known_factor": 0.5})
    assert chance(spec, known=True) == pytest.approx(chance(spec) / 2)


@story("reporting.mean_reach", neutral=1)
def test_whom_the_channels_reach_as_well_as_most_people_is_as_ready_as_the_base_says(spec):
    spec = spec.changed(reporting={"base": -1.0, **IN_REACH})
    assert chance(spec, digital=0.75) == pytest.approx(logistic(-1.0))
    assert chance(spec, digital=0.0) < chance(spec, digital=0.75)


@story("reporting.reach_grid_worker", "reporting.reach_hotline")
def test_who_has_no_phone_at_ease_tells_the_grid_worker_or_rings_the_hotline(spec):
    assert channels(spec.changed(reporting=IN_REACH), digital=0.0) == {Channel.GRID_WORKER, Channel.HOTLINE}


@story("reporting.reach_qr")
def test_who_is_at_ease_with_a_phone_scans_the_code_too(spec):
    assert Channel.QR in channels(spec.changed(reporting=IN_REACH), digital=1.0)


def noticing(spec, information=0.6, n_building=20, n_elsewhere=60):
    """Expected noticings of an issue by such people: in its building, and in the rest of the micro-grid."""
    p = spec.numbers().noticing
    inside = chance_to_notice(information, True, n_building, n_elsewhere, p) * n_building
    return inside, chance_to_notice(information, False, n_building, n_elsewhere, p) * n_elsewhere


@story("noticing.share_noticing")
def test_as_many_people_notice_an_issue_in_a_large_building_as_in_a_small_one(spec):
    spec = spec.changed(noticing={"share_noticing": 0.1, "share_outside": 0.2, "mean_information": 0.6})
    for n in (10, 20, 30):
        assert noticing(spec, n_building=n)[0] == pytest.approx(0.1 * 0.8 * 20)


@story("noticing.share_outside")
def test_one_noticing_in_five_is_by_somebody_who_passes(spec):
    inside, outside = noticing(spec.changed(noticing={"share_outside": 0.2}))
    assert outside / (inside + outside) == pytest.approx(0.2)
    assert noticing(spec, n_elsewhere=0)[1] == 0  # where nobody else lives nobody passes


@story("noticing.mean_information", neutral=1)
def test_who_is_as_well_informed_as_most_notices_as_much_as_most(spec):
    spec = spec.changed(noticing={"share_noticing": 0.1, "share_outside": 0.0, "mean_information": 0.6})
    assert noticing(spec, information=0.6)[0] == pytest.approx(0.1 * 20)
    assert noticing(spec, information=0.0) == (0, 0)


@story("noticing.days_window", neutral=1)
def test_some_see_it_the_same_day_and_some_weeks_later(spec):
    p = spec.changed(noticing={"days_window": 30}).numbers().noticing
    assert days_until_noticed(0.01, p) == 0 and days_until_noticed(0.99, p) == 29


@story("learning.step")
def test_a_fixed_report_encourages_and_an_unfixed_one_discourages(spec):
    p = spec.changed(learning={"step": 0.3}).numbers().learning
    assert efficacy_after(0.5, True, p) == pytest.approx(0.65)
    assert efficacy_after(0.5, False, p) == pytest.approx(0.35)


@story("learning.half_life", neutral=1e12)
def test_half_the_lesson_is_forgotten_in_a_year(spec):
    p = spec.changed(learning={"half_life": 365.0}).numbers().learning
    encouraged = one(ResidentFields, efficacy=0.65, efficacy_day=0)
    assert by_hand(efficacy_now)(encouraged, 365, p) == pytest.approx(0.575)


@story("learning.days_patience")
def test_who_hears_nothing_for_a_month_gives_up_hope(spec):
    p = spec.changed(learning={"days_patience": 30}).numbers().learning
    residents, reports = table(ResidentFields, 1), table(ReportFields, 1, day=0)
    issues = table(IssueFields, 1, resolved_day=FAR_OFF)
    by_hand(learn)(29, [0], reports, issues, residents, p)
    assert residents[0].efficacy == 0.5
    by_hand(learn)(30, [0], reports, issues, residents, p)
    assert residents[0].efficacy < 0.5
