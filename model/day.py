"""The day: what happens, in this order. Each line is one act, with its actor in agents/ or its place in model/."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from ..agents.core.compiled import compiled, plain
from ..agents.core.draw import Purpose, draw, poisson
from ..agents.core.field import dtype_of
from ..agents.core.table import each_once, in_order
from ..agents.deputy.brokering import broker
from ..agents.deputy.docket import hand_over
from ..agents.deputy.reception import receive
from ..agents.grid_worker.casework import casework
from ..agents.grid_worker.earning import earn_for_casework, lengthen_week
from ..agents.grid_worker.patrolling import patrol
from ..agents.party_member.contact import visit
from ..agents.party_member.obligation import keep_duty
from ..agents.resident.attending import attend
from ..agents.resident.earning import offer_of
from ..agents.resident.joining import lapse
from ..agents.resident.learning import learn
from ..agents.resident.life_events import change_life
from ..agents.resident.petitioning import hear_back, petition
from ..agents.resident.redeeming import belief_in_mall, lose_old_points, redeem
from ..agents.resident.reporting import report
from ..agents.resident.volunteering import Occasion, volunteer
from ..agents.resident.voting import vote
from .aftermath import carry_out, take_lessons
from .agenda import turn_away
from .bonds import bond, is_time_to_weave, weave
from .calendar import DAYS_MONTH, DAYS_YEAR
from .calling import MOST_MEETINGS, call_and_ask, chance_meetings, enlist, strike_off
from .closing import (
    close,
    help_as_asked,
    lend_a_hand,
    put_down,
    reopen_or_drop,
    rest_to_activities,
    start_shift,
    workers_on_duty,
    workers_starting_a_week,
)
from .contests import DAYS_QUARTER, appraise, award_merit
from .council import elect
from .deliberation import convene, deliberate
from .duties import hear_visitors, on_duty_today, paid_for_duty, put_duties_to_use, visiting_today
from .inviting import Ground, invite
from .issues import arise, expose, fade, meet, recur
from .mall import hear_of_the_mall, holders, keep_the_mall, who_may_redeem
from .measures import look_back, measure_month, measure_year, new_day, record_deeds
from .petitions import (
    bring_in_partners,
    chronic_matters,
    docket_today,
    file_petitions,
    move_up,
    news_of_dockets,
    petitions_today,
    receiving_today,
    take_to_departments,
    unsettled_matters,
)
from .places import SLOTS
from .praise import praise
from .routing import climb, line_up, route, take_up
from .sensing import look_around, send_on_patrol, take_down
from .world import TownFields, World, blank


@compiled
def rows_between(first, last):  # type: ignore[no-untyped-def]
    """The rows from first to before last, in table order (np.arange compiles ten times slower)."""
    rows = np.empty(max(0, last - first), np.int64)
    for k in range(len(rows)):
        rows[k] = first + k
    return rows


@compiled
def all_of(n):  # type: ignore[no-untyped-def]
    """Every row of the first n, in table order."""
    return rows_between(0, n)


@compiled
def volunteers_of(invitations, town):  # type: ignore[no-untyped-def]
    """Rows of the residents who gave their time today, in table order, each once."""
    rows = np.empty(town[0].n_invitations, np.int64)
    n = 0
    for k in range(town[0].n_invitations):
        if invitations[k].acted and (n == 0 or rows[n - 1] != invitations[k].resident):
            rows[n] = invitations[k].resident
            n += 1
    return rows[:n]


@compiled
def paid_attenders(invitees, town, offer):  # type: ignore[no-untyped-def]
    """Rows of the residents who earned points at a meeting today, in table order, each once."""
    rows = np.empty(town[0].n_invitees, np.int64)
    n = 0
    if offer.meeting_points > 0:
        for k in range(town[0].n_invitees):
            if invitees[k].comes:
                rows[n] = invitees[k].resident
                n += 1
    return each_once(in_order(rows, n))


@compiled
def whose_life_changes(day, seed, micro_grids, households, residents, tally, p, party):  # type: ignore[no-untyped-def]
    """Rows of the adults who had a life event in the last 30 days, in table order, each once."""
    keys = np.empty(256, np.int64)
    who = np.empty(MOST_MEETINGS, np.float64)
    gate = np.empty(MOST_MEETINGS, np.float64)
    n = 0
    rate = p.per_year / 365.0 * SLOTS * DAYS_MONTH
    for g in range(len(micro_grids)):
        u, _ = draw(seed, day, Purpose.LIFE_EVENT, g, 0, 0)
        events = poisson(rate * micro_grids[g].n_households, u)
        keys, n = chance_meetings(
            day, seed, Purpose.LIFE_EVENT, events, g, micro_grids, households, residents, keys, n, Occasion.CALL, 0.0,
            party, who, gate,
        )
        tally[0].n_draws += 1 + events
    for k in range(n):
        keys[k] = keys[k] >> 3
    rows = each_once(in_order(keys, n))
    tally[0].n_life_events += len(rows)
    tally[0].n_draws += 2 * len(rows)
    return rows


@compiled
def reports_pending(day, reports, town, learning):  # type: ignore[no-untyped-def]
    """Rows of the reports whose lesson may be due: those of the days of patience."""
    first = town[0].first_open_report
    while first < town[0].n_reports and day - reports[first].day > learning.days_patience:
        first += 1
    town[0].first_open_report = first
    return rows_between(first, town[0].n_reports)


@compiled
def live(world, p, n_days):  # type: ignore[no-untyped-def]
    """So many days of the whole town, one after the other, without touching Python.

    Returns the World: tables may have grown, so the one handed in must not be used again.
    """
    town, households, buildings, micro_grids = world.town, world.households, world.buildings, world.micro_grids
    general_grids, units, tiers = world.general_grids, world.units, world.tiers
    residents, ties, workers = world.residents, world.ties, world.workers
    issues, latent, cases, noticings, encounters = (
        world.issues,
        world.latent,
        world.cases,
        world.noticings,
        world.encounters,
    )
    reports, listed, invitations, deeds, meetings = (
        world.reports,
        world.listed,
        world.invitations,
        world.deeds,
        world.meetings,
    )
    sightings = world.sightings
    bonds, members, deputies, petitions = world.bonds, world.members, world.deputies, world.petitions
    invitees, queue, days, months, years = world.invitees, world.queue, world.days, world.months, world.years
    kinds = p.kinds
    ground = Ground(kinds, households, buildings, micro_grids, general_grids)
    seed = town[0].seed
    for _ in range(n_days):
        today = town[0].day
        days = new_day(today, days, town)
        tally = days[town[0].n_days - 1 : town[0].n_days]
        offer = offer_of(
            today, belief_in_mall(town, p.incentives), p.incentives, p.mall, p.recognition, town[0].appraisal_cutoff,
            town[0].merit_cutoff,
        )  # fmt: skip

        # arise: issues come up, come back, fade; neighbours will notice some
        first_new = town[0].n_issues
        issues, latent = arise(today, seed, micro_grids, buildings, kinds, issues, latent, town, tally, p.issues)
        issues, latent = recur(today, seed, cases, micro_grids, buildings, kinds, issues, latent, town, tally, p.issues)
        fade(today, latent, issues, micro_grids, town, tally)
        noticings = expose(
            today,
            seed,
            first_new,
            households,
            buildings,
            micro_grids,
            residents,
            issues,
            noticings,
            town,
            tally,
            p.noticing,
        )

        # sense: workers start their week, walk their rounds and find what nobody has reported
        start_shift(today, workers, len(residents), tally, p.grid)
        lengthen_week(all_of(workers_starting_a_week(today, workers)), workers, p.incentives, p.participation, offer)
        send_on_patrol(today, workers, micro_grids, general_grids, tally, p.grid)
        sightings = look_around(today, latent, issues, micro_grids, sightings, town, tally, p.grid)
        patrol(today, seed, all_of(town[0].n_sightings), sightings, workers, p.grid)
        cases = take_down(today, sightings, issues, cases, town, tally)

        # report: residents meet issues and report them or not
        encounters = meet(today, noticings, issues, residents, encounters, town, tally, p.issues)
        report(
            today, seed, all_of(town[0].n_encounters), encounters, residents, p.reporting, p.participation, p.learning
        )
        reports, cases = take_up(today, encounters, issues, reports, cases, town, tally)

        # route: cases get a tier and a clock, contested ones go on the council's agenda
        route(today, seed, cases, issues, kinds, micro_grids, tiers, town, tally, p.routing, p.closing, p.grid)

        # deliberate: councils that meet today invite, residents come, talk and vote, or vote by ballot
        turn_away(today, cases, issues, kinds, residents, town, tally, p.agenda, p.learning)
        meetings = convene(today, cases, issues, kinds, micro_grids, meetings, town, p.deliberation)
        elect(today, seed, meetings, general_grids, residents, town, tally, p.deliberation)
        invitees = invite(
            today,
            seed,
            meetings,
            invitees,
            issues,
            residents,
            ground,
            town,
            tally,
            p.deliberation,
            p.attending,
            p.voting,
            p.noticing,
            p.issues,
            p.party,
        )
        attend(
            today,
            seed,
            all_of(town[0].n_invitees),
            invitees,
            residents,
            ties,
            p.attending,
            p.participation,
            p.learning,
            offer,
        )
        vote(
            today,
            seed,
            all_of(town[0].n_invitees),
            invitees,
            residents,
            p.voting,
            p.participation,
            p.learning,
            offer,
            p.deliberation,
        )
        deliberate(
            today,
            seed,
            meetings,
            invitees,
            issues,
            residents,
            kinds,
            town,
            tally,
            p.deliberation,
            p.consenting,
            offer,
        )
        carry_out(today, seed, meetings, issues, tiers, town, tally, p.closing, p.grid)
        take_lessons(
            today, meetings, invitees, residents, general_grids, town, p.deliberation, p.attending, p.learning
        )

        bonds = bond(
            today, seed, meetings, invitees, residents, ties, bonds, town, tally, p.bonds, p.deliberation
        )

        # mobilise: members visit and do their duty; residents see calls and are asked; they give their time or not
        visiting = visiting_today(today, seed, members, residents, tally, p.party)
        visit(today, seed, visiting, members, residents, households, micro_grids, p.party)
        hear_visitors(today, visiting, members, residents, tally, p.party)
        on_duty = on_duty_today(today, seed, members, residents, tally, p.party)
        keep_duty(today, seed, on_duty, members, residents, p.party, offer)
        put_duties_to_use(today, on_duty, members, residents, buildings, micro_grids, tally, p.party, offer)
        invitations = call_and_ask(
            today, seed, cases, issues, micro_grids, households, residents, listed, invitations, members, visiting,
            town, tally, p.calling, p.noticing, p.party, p.volunteering, p.grid, p.issues,
        )  # fmt: skip
        volunteer(
            today,
            seed,
            all_of(town[0].n_invitations),
            invitations,
            residents,
            ties,
            p.volunteering,
            p.participation,
            p.learning,
            p.habits,
            p.joining,
            offer,
            buildings,
            p.party,
        )
        listed = enlist(invitations, residents, listed, town, tally)
        deeds = record_deeds(
            today, invitations, residents, micro_grids, deeds, town, tally, p.volunteering, offer
        )

        # work: volunteers lend a hand, workers take their queues, cases climb and are closed
        queue = line_up(today, cases, issues, units, queue, town)
        help_as_asked(queue, invitations, issues, micro_grids, residents, town, tally, p.volunteering)
        lend_a_hand(queue, issues, micro_grids, general_grids, town, tally)
        rest_to_activities(micro_grids, invitations, residents, members, on_duty, town, tally)
        casework(all_of(workers_on_duty(today, workers)), workers, units, queue, issues, p.grid)
        earn_for_casework(all_of(workers_on_duty(today, workers)), workers, tally, offer)
        put_down(today, queue, issues, tiers, town, tally, p.closing, p.grid)
        climb(
            today, seed, cases, issues, kinds, micro_grids, tiers, town, tally, p.routing, p.closing, p.grid, p.issues
        )
        close(today, seed, cases, issues, micro_grids, kinds, tiers, town, tally, p.closing, p.grid, p.issues)
        reopen_or_drop(today, seed, cases, issues, micro_grids, town, tally, p.closing)

        # reward: contests are decided, points are taken to the mall (late ones once a month), the active are praised
        keep_the_mall(today, residents, town, tally, p.incentives, p.mall, offer)
        if (today + 1) % DAYS_QUARTER == 0:
            appraise(today, seed, residents, town, tally, p.incentives, offer)
        if (today + 1) % DAYS_YEAR == 0:
            award_merit(today, seed, residents, town, tally, p.incentives, offer)
        late = holders(today, residents)
        lose_old_points(late, today, residents, tally, p.mall)
        shoppers = who_may_redeem(
            today, seed, late, volunteers_of(invitations, town), paid_attenders(invitees, town, offer),
            paid_for_duty(today, on_duty, members, offer), residents, tally, p.mall,
        )  # fmt: skip
        redeem(shoppers, today, residents, town, tally, p.redeeming, p.incentives, p.mall, p.learning)
        hear_of_the_mall(residents, town, tally, p.incentives, p.mall)
        praise(today, seed, residents, micro_grids, deeds, town, tally, p.recognition)

        # receive: deputies hear residents, take matters to departments, and bring in partners for chronic issues
        receiving = receiving_today(today, seed, deputies, world.communities, tally, p.deputies)
        petitions = unsettled_matters(
            today, receiving, deputies, world.communities, cases, issues, micro_grids, residents, petitions, town,
            tally, p.deputies, p.learning, p.closing, p.issues,
        )  # fmt: skip
        petition(
            today, seed, petitions_today(town), petitions, residents, p.deputies, p.participation, p.learning,
            p.reporting, p.party,
        )  # fmt: skip
        receive(receiving, petitions_today(town), petitions, deputies, issues, kinds, p.deputies)
        file_petitions(petitions, town, tally)
        docket = docket_today(today, deputies, petitions, issues, town, p.deputies)
        hand_over(docket, petitions, deputies)
        take_to_departments(today, docket, petitions, issues, tally, p.deputies, p.closing)
        move_up(
            today, petitions, cases, issues, micro_grids, general_grids, world.communities, tiers, town, tally,
            p.deputies, p.closing, p.grid,
        )  # fmt: skip
        seeking = chronic_matters(
            today, seed, deputies, world.communities, cases, issues, kinds, micro_grids, town, tally, p.deputies,
            p.closing,
        )  # fmt: skip
        broker(today, seed, seeking, deputies, p.deputies)
        bring_in_partners(today, seeking, deputies, issues, tally, p.deputies)
        news = news_of_dockets(today, petitions, issues, town, p.deputies, p.learning)
        hear_back(today, news, petitions, issues, residents, p.learning)

        # settle: reporters learn, lives change, names lapse, the town is measured
        learn(today, reports_pending(today, reports, town, p.learning), reports, issues, residents, p.learning)
        look_back(micro_grids, cases, issues, town, tally)
        if (today + 1) % DAYS_MONTH == 0:
            changed = whose_life_changes(today, seed, micro_grids, households, residents, tally, p.life_events, p.party)
            change_life(today, seed, changed, residents)
            lapse(all_of(len(residents)), today, residents)
            strike_off(listed, residents, town)
            months = measure_month(today, residents, months, town, p.learning, p.incentives)
        if is_time_to_weave(today, town) and (p.bonds.forming > 0.0 or p.bonds.breaking > 0.0):
            ties = weave(today, residents, ties, bonds, town, p.bonds)
        if (today + 1) % DAYS_YEAR == 0:
            years = measure_year(today, residents, years, town)
        town[0].day = today + 1
    return World(
        town, households, buildings, micro_grids, general_grids, world.communities, units, tiers, residents, ties,
        workers, issues, latent, cases, noticings, encounters, reports, listed, invitations, deeds, meetings, invitees,
        queue, sightings, bonds, members, deputies, petitions, days, months, years,
    )  # fmt: skip


def day_with(around: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> Callable[..., Any]:
    """A day in plain Python, with each act replaced by `around(name, act)`: for timing, census and tests."""
    text = plain(live)
    names = {
        name: around(name, value)
        for name, value in text.__globals__.items()
        if callable(value) and name in text.__code__.co_names and name not in ("World", "Ground", "all_of")
    }
    plain_day = types.FunctionType(text.__code__, {**text.__globals__, **names}, "live")

    def lived(world: World, p: Any) -> World:
        record = isinstance(world.town, np.ndarray)
        if record:  # outside compiled code a row of a plain array has no attributes
            world = world._replace(town=world.town.view(np.recarray))
        after = plain_day(world, p, 1)
        return after._replace(town=after.town.view(dtype_of(TownFields), np.ndarray)) if record else after

    return lived


def calls_of_a_day(p: Any) -> list[tuple[Callable[..., Any], tuple[Any, ...]]]:
    """The acts of a day in order, each with what it would be given in a world without anybody in it."""
    nobody = blank()
    nobody.town["day"] = -1  # the last day of a month and of a year, so that no act is left out
    nobody.town["n_days"] = 1
    handed_back = _tables_handed_back()
    noted: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []

    def noting(name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def note(*given: Any) -> Any:
            noted.append((act, given))
            positions = handed_back.get(name)
            if positions is None:
                return act(*given)
            tables = tuple(given[k] for k in positions)
            return tables[0] if len(tables) == 1 else tables

        return note

    day_with(noting)(nobody, p)
    return noted


def _tables_handed_back() -> dict[str, list[int]]:
    """For each act that hands back tables it was given: at which places it was given them (nowhere: nothing)."""
    found: dict[str, list[int]] = {}
    for node in ast.walk(ast.parse(inspect.getsource(plain(live)))):
        call = getattr(node, "value", None)
        if isinstance(node, ast.Assign | ast.Expr) and isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            given = [getattr(a, "id", "") for a in call.args]
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            names = [t.id for t in getattr(target, "elts", [target]) if isinstance(t, ast.Name)]
            if all(name in given for name in names):
                found[call.func.id] = [given.index(name) for name in names]
    return found


def plan() -> list[str]:
    """The acts of a day in order, as the text of the day has them."""
    tree = ast.parse(inspect.getsource(plain(live)))
    skip = {"all_of", "World", "Ground", "len", "range", "compiled"}
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    ordered = sorted(calls, key=lambda n: (n.end_lineno or 0, n.end_col_offset or 0))
    return [n.func.id for n in ordered if isinstance(n.func, ast.Name) and n.func.id not in skip]
