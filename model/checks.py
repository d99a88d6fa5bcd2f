"""The books of a town: laws that must hold at the end of every day, to the last unit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..agents.deputy import Answer
from . import world as worlds
from .issues import LEGAL, State
from .world import World

ACCOUNTS = ("task", "single", "merit", "appraisal", "duty")
"""The five accounts of a resident (W16)."""


def violations(world: World) -> list[str]:
    """Every conservation law the town breaks, in words; an empty list if its books are in order."""
    laws = (points, time, labour, counts, stocks, dates, names, places)
    return [broken for law in laws for broken in law(world)]


def total(world: World, name: str) -> int:
    """A column of the daily table, summed over all days."""
    return int(worlds.table(world, "days")[name].sum())


def same(what: str, left: float, right: float) -> Iterator[str]:
    """One sentence if two sides of an account differ."""
    if left != right:
        yield f"{what}: {left} against {right}"


def points(world: World) -> Iterator[str]:
    """Points issued = held + redeemed + donated + expired; the till holds what was paid in and not handed out."""
    people, town = world.residents, world.town[0]
    kept = {way: int(people[way].sum()) for way in ("redeemed", "donated", "expired")}
    held = sum(int(people[f"points_{account}"].sum()) for account in ACCOUNTS)
    yield from same("points issued and kept track of", total(world, "points_issued"), held + sum(kept.values()))
    for way, sum_of_residents in kept.items():
        yield from same(f"points {way}, by day and by resident", total(world, f"points_{way}"), sum_of_residents)
    in_debt = sum(int((people[f"points_{account}"] < 0).sum()) for account in ACCOUNTS)
    yield from same("accounts of less than no points", in_debt, 0)
    by_worker = int(world.workers["points"].sum())
    yield from same("points of workers, by day and by worker", total(world, "points_workers"), by_worker)
    missing = int(town["mall_paid_in"]) - int(town["mall_fen"]) - total(world, "fen_mall")  # without a limit: no till
    yield from same("fen gone from the till of the mall", max(0, missing), 0)
    yield from same("fen owed by the till of the mall", min(0, int(town["mall_fen"])), 0)


def time(world: World) -> Iterator[str]:
    """Minutes given = minutes on issues + activities; staff minutes by day = by issue."""
    issues = worlds.table(world, "issues")
    given, owed = total(world, "volunteer_minutes"), total(world, "duty_minutes")
    used = total(world, "volunteer_minutes_issues") + total(world, "volunteer_minutes_activities")
    yield from same("volunteers' and members' minutes given and used", given + owed, used)
    yield from same("volunteers' minutes, by day and by resident", given, int(world.residents["minutes"].sum()))
    for who in ("volunteer", "staff"):
        by_day, by_issue = total(world, f"{who}_minutes_issues"), int(issues[f"{who}_minutes"].sum())
        yield from same(f"{who} minutes on issues, by day and by issue", by_day, by_issue)
    yield from same("volunteers' minutes left over at night", int(world.micro_grids["volunteer_minutes"].sum()), 0)


def labour(world: World) -> Iterator[str]:
    """Work done and work left make up the work an issue takes."""
    issues = worlds.table(world, "issues")
    plain = (issues["n_reopenings"] == 0) & ~(issues["decided"] & ~issues["plan_adopted"])
    done = issues["staff_minutes"] + issues["volunteer_minutes"] + issues["partner_minutes"]
    wrong = plain & (done + issues["labour_left"] != issues["labour"])
    yield from same("issues whose work does not add up", int(wrong.sum()), 0)
    yield from same("issues with less than no work left", int((issues["labour_left"] < 0).sum()), 0)


def counts(world: World) -> Iterator[str]:
    """What happened, by day, by log and by resident."""
    issues, people = worlds.table(world, "issues"), world.residents
    state = issues["state"]
    reports, deeds = len(worlds.table(world, "reports")), len(worlds.table(world, "deeds"))
    yield from same("issues born, by day and by row", total(world, "n_born"), len(issues))
    yield from same("reports, by day and in the log", total(world, "n_reports"), reports)
    yield from same("reports, by resident and in the log", int(people["reports"].sum()), reports)
    yield from same("reports, by issue and in the log", int(issues["n_reports"].sum()), reports)
    yield from same("acts, by day and in the log", total(world, "n_acts"), deeds)
    yield from same("acts, by resident and in the log", int(people["acts"].sum()), deeds)
    yield from same(
        "issues resolved, by day and by state", total(world, "n_resolved"), int((state == State.CLOSED_RESOLVED).sum())
    )
    yield from same("issues faded, by day and by state", total(world, "n_faded"), int((state == State.FADED).sum()))
    unresolved = total(world, "n_closed_unresolved") - total(world, "n_reopened")
    yield from same(
        "issues closed unresolved, by day and by state", unresolved, int((state == State.CLOSED_UNRESOLVED).sum())
    )
    duties, visits = int(people["duties"].sum()), int(world.members["n_visits"].sum())
    yield from same("obligations kept, by day and by resident", total(world, "n_duties"), duties)
    yield from same("visits, by day and by member", total(world, "n_visits"), visits)
    petitions, deputies = worlds.table(world, "petitions"), world.deputies
    yield from same("petitions, by resident and on file", int(people["petitions"].sum()), len(petitions))
    heard = int((petitions["answer"] != Answer.WAITING).sum())
    yield from same("petitioners received, by day and on file", total(world, "n_petitioners"), heard)
    yield from same("petitioners received, by deputy and on file", int(deputies["n_received"].sum()), heard)
    answered = int(deputies["n_answered"].sum())
    yield from same("petitioners answered, by day and by deputy", total(world, "n_answered"), answered)
    docketed = int(deputies["n_docketed"].sum())
    yield from same("issues docketed, by day and by deputy", total(world, "n_docketed"), docketed)
    meetings = worlds.table(world, "meetings")
    yield from same(
        "attendances, by day and by meeting", total(world, "n_attended"), int(meetings["n_attending"].sum())
    )
    yield from same(
        "attendances, by resident and by meeting", int(people["meetings"].sum()), int(meetings["n_attending"].sum())
    )


def stocks(world: World) -> Iterator[str]:
    """Every issue is where its state says, and the lists hold what they should."""
    issues = worlds.table(world, "issues")
    state, visible = issues["state"], issues["visible"]
    yield from same("issues in no known state", int((~np.isin(state, list(LEGAL))).sum()), 0)
    over = (state == State.CLOSED_RESOLVED) | (state == State.FADED)
    yield from same("issues over and yet visible", int((over & visible).sum()), 0)
    hidden = ~visible & ~over & (state != State.CLOSED_UNRESOLVED)
    yield from same("issues open and yet invisible", int(hidden.sum()), 0)
    here = np.bincount(issues["micro_grid"][visible], minlength=len(world.micro_grids))
    wrong = int((here != world.micro_grids["n_visible"]).sum())
    yield from same("micro-grids whose count of visible issues is wrong", wrong, 0)
    cases, latent = worlds.table(world, "cases")["issue"], worlds.table(world, "latent")["issue"]
    yield from same("cases listed twice", len(cases), len(np.unique(cases)))
    open_states = [
        s for s in State if s not in (State.LATENT, State.FADED, State.CLOSED_RESOLVED, State.CLOSED_UNRESOLVED)
    ]
    missing = np.setdiff1d(np.flatnonzero(np.isin(state, open_states)), cases)
    yield from same("open issues not among the cases", len(missing), 0)
    unlisted = np.setdiff1d(np.flatnonzero(state == State.LATENT), latent)
    yield from same("latent issues not listed", len(unlisted), 0)


def dates(world: World) -> Iterator[str]:
    """Nothing is detected before it is born, or resolved before it is detected."""
    issues = worlds.table(world, "issues")
    yield from same("issues detected before birth", int((issues["detected"] < issues["born"]).sum()), 0)
    yield from same("issues resolved before detection", int((issues["resolved_day"] < issues["detected"]).sum()), 0)
    solved = issues["state"] == State.CLOSED_RESOLVED
    yield from same(
        "issues resolved on another day than closed",
        int((issues["resolved_day"] != issues["closed_day"])[solved].sum()),
        0,
    )


def names(world: World) -> Iterator[str]:
    """The organisers' list is in order, holds nobody twice, and leaves out nobody who should be on it."""
    listed = worlds.table(world, "listed")["resident"]
    yield from same("names out of order or twice on the list", int((np.diff(listed) <= 0).sum()), 0)
    lost = np.setdiff1d(np.flatnonzero(world.residents["on_list"]), listed)
    yield from same("residents on the list but not in it", len(lost), 0)
    acting_children = (~world.residents["adult"]) & ((world.residents["acts"] > 0) | (world.residents["reports"] > 0))
    yield from same("children who acted", int(acting_children.sum()), 0)


def places(world: World) -> Iterator[str]:
    """Residents are counted once at every level of the tree, and ties have two ends."""
    for level in ("households", "buildings", "micro_grids", "general_grids", "communities"):
        yield from same(
            f"residents and residents of {level}", len(world.residents), int(getattr(world, level)["n_residents"].sum())
        )
    here = np.repeat(np.arange(len(world.residents)), world.residents["n_ties"])
    there = world.ties["to"]
    one_way = np.setdiff1d(here.astype(np.int64) << 32 | there, there.astype(np.int64) << 32 | here)
    yield from same("ties with one end only", len(one_way), 0)
