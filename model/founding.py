"""Founding a town: the places, the people and their ties, before the first day."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..agents.core.field import table_of
from ..agents.core.table import unwrapped, wrapped
from ..agents.deputy import DeputyKind
from ..agents.grid_worker import Tier
from ..agents.resident.noticing import HOUSEHOLDS
from . import population, ties
from .petitions import CONGRESS_SEATS, SEATS
from .places import SIZES, Size, n_literal_units, size_of
from .spec import Spec, SpecNumbers
from .world import ENTITIES, World

BURN_IN = 180
"""Unrecorded days under the common baseline before day 0."""


def found(spec: Spec, size: str = "community", seed: int = 1) -> World:
    """A town on its first (unrecorded) day. Raises ValueError for an unknown size or an impossible seed."""
    shape = size_of(size)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise ValueError(f"seed {seed!r}: allowed are whole numbers from 0 to 2^63 - 1")
    p = spec.numbers()
    arrays = {name: table_of(entity, 5 if name == "tiers" else 16) for name, entity in ENTITIES.items()}
    arrays |= lay_out(shape)
    town = arrays["town"] = table_of(ENTITIES["town"], 1)
    town["seed"], town["day"], town["size"] = seed, -BURN_IN, list(SIZES).index(size.partition(":")[0])
    t: dict[str, Any] = {name: wrapped(array) for name, array in arrays.items()}
    settle_people(seed, shape, t, p)
    befriend(seed, t, p)
    t["members"] = wrapped(table_of(ENTITIES["members"], int(unwrapped(t["residents"])["party"].sum())))
    population.enrol_members(t["residents"], t["members"])
    t["deputies"] = wrapped(seats_of_deputies(shape))
    t["workers"] = wrapped(table_of(ENTITIES["workers"], 8 * len(t["units"])))
    n_workers = population.employ_workers(
        seed,
        t["workers"],
        t["units"],
        shape.micro_grids,
        shape.general_grids,
        shape.residents,
        shape.communities,
        p.staff,
    )
    t["workers"] = t["workers"][:n_workers]
    world = World(**{name: unwrapped(table) for name, table in t.items()})
    set_up_tiers(world, shape, p)
    return world._replace(workers=world.workers.copy())


def lay_out(shape: Size) -> dict[str, np.ndarray[Any, Any]]:
    """The empty tree of places: every level is shared out evenly among the one above."""
    m, g, c = shape.micro_grids, shape.general_grids, shape.communities
    micro = table_of(ENTITIES["micro_grids"], m)
    general = table_of(ENTITIES["general_grids"], g)
    community = table_of(ENTITIES["communities"], c)
    micro["general_grid"] = np.arange(m) * g // m
    general["community"] = np.arange(g) * c // g
    micro["community"] = general["community"][micro["general_grid"]]
    community["sub_district"] = np.arange(c) * max(1, round(c / 7.36)) // c
    bounds = np.arange(m + 1) * shape.households // m
    micro["first_household"], micro["n_households"] = bounds[:-1], np.diff(bounds)
    micro["n_buildings"] = np.diff(np.arange(m + 1) * round(shape.households / HOUSEHOLDS) // m)
    micro["first_building"] = np.cumsum(micro["n_buildings"]) - micro["n_buildings"]
    building = table_of(ENTITIES["buildings"], int(micro["n_buildings"].sum()))
    building["micro_grid"] = np.repeat(np.arange(m), micro["n_buildings"])
    within = np.arange(len(building)) - micro["first_building"][building["micro_grid"]]
    here = micro[building["micro_grid"]]
    start = here["first_household"] + within * here["n_households"] // here["n_buildings"]
    building["first_household"] = start
    building["n_households"] = np.diff(np.append(start, shape.households))
    household = table_of(ENTITIES["households"], shape.households)
    household["building"] = np.repeat(np.arange(len(building)), building["n_households"])
    for outer, inner, link, count in (
        (general, micro, "general_grid", "n_micro_grids"),
        (community, general, "community", "n_general_grids"),
    ):
        outer[count] = np.bincount(inner[link], minlength=len(outer))
        outer["first_" + count[2:-1]] = np.cumsum(outer[count]) - outer[count]
    for outer, link in ((general, "general_grid"), (community, "community")):
        outer["n_households"] = np.bincount(micro[link], micro["n_households"], len(outer))
        outer["first_household"] = np.cumsum(outer["n_households"]) - outer["n_households"]
    units = table_of(ENTITIES["units"], n_literal_units(shape))
    units["tier"][m:] = Tier.GENERAL_GRID
    units["tier"][m + g :] = Tier.COMMUNITY
    return {
        "micro_grids": micro,
        "general_grids": general,
        "communities": community,
        "buildings": building,
        "households": household,
        "units": units,
    }


def settle_people(seed: int, shape: Size, t: dict[str, Any], p: SpecNumbers) -> None:
    """Fill the households, and give everybody a life."""
    population.mix_compounds(seed, t["micro_grids"], p.places)
    luck = np.empty(shape.households)
    total = population.size_households(seed, t["households"], luck)
    population.adjust_households(t["households"], np.argsort(luck, kind="stable"), total, shape.residents)
    population.rent_households(seed, t["households"], t["buildings"], t["micro_grids"], p.places)
    population.measure_dwellings(seed, t["households"], t["buildings"], t["micro_grids"], p.places)
    t["residents"] = wrapped(table_of(ENTITIES["residents"], shape.residents))
    t["listed"] = wrapped(table_of(ENTITIES["listed"], shape.residents + 16))
    population.settle_residents(t["households"], t["buildings"], t["micro_grids"], t["residents"])
    micro = unwrapped(t["micro_grids"])
    for outer, link in ((unwrapped(t["general_grids"]), "general_grid"), (unwrapped(t["communities"]), "community")):
        outer["n_residents"] = np.bincount(micro[link], micro["n_residents"], len(outer))
        outer["first_resident"] = np.cumsum(outer["n_residents"]) - outer["n_residents"]
    population.bring_to_life(seed, t["residents"], t["micro_grids"], p.population, p.places)
    score = np.empty(shape.residents)
    n_adults = population.score_for_register(seed, t["residents"], score, p.population)
    n_registered = int(p.population.share_registered * n_adults)
    least = np.sort(score)[-n_registered] if n_registered else np.inf
    population.register_first(-BURN_IN, seed, t["residents"], score, least, t["listed"], t["town"], p.joining)


def befriend(seed: int, t: dict[str, Any], p: SpecNumbers) -> None:
    """Make the ties: buildings first, then the micro-grid, then interest and work across the community."""
    people, homes = t["residents"], t["households"]
    micro = unwrapped(t["micro_grids"])
    wide = micro.copy()
    for field in ("first_household", "n_households"):
        wide[field] = unwrapped(t["communities"])[field][micro["community"]]
    ends, n = ties.neighbours_meet(seed, homes, t["buildings"], people, p.ties)
    for kind, mean, gig_only, scope in (
        (ties.TieKind.MICRO_GRID, p.ties.micro_grid, False, micro),
        (ties.TieKind.INTEREST, p.ties.interest, False, wide),
        (ties.TieKind.GIG, p.ties.gig, True, wide),
    ):
        ends, n = ties.friends_meet(seed, int(kind), mean, gig_only, wrapped(scope), homes, people, ends, n, p.ties)
    ends = np.sort(ends[:n])
    t["ties"] = wrapped(table_of(ENTITIES["ties"], ties.count_ties(ends, people)))
    ties.write_ties(ends, t["ties"])


def seats_of_deputies(shape: Size) -> np.ndarray[Any, Any]:
    """The table of deputies: all seats there may be; how many are filled is for the lever to say."""
    deputies = table_of(ENTITIES["deputies"], SEATS * shape.communities)
    deputies["deputy"] = np.arange(len(deputies))
    deputies["community"] = deputies["deputy"] // SEATS
    deputies["kind"][deputies["deputy"] % SEATS >= CONGRESS_SEATS] = DeputyKind.CPPCC
    return deputies


def set_up_tiers(world: World, shape: Size, p: SpecNumbers) -> None:
    """Which tiers have units of their own, and what the others have for this slice of the district."""
    staff, grid = p.staff, p.grid
    thousands = shape.residents / 1000.0
    hours_week = {
        Tier.GENERAL_GRID: grid.hours_general_grid * shape.residents / 1438.0,
        Tier.COMMUNITY: staff.community_staff_per_20000 / 20.0 * thousands * grid.hours_community,
    }
    asked = {
        Tier.MICRO_GRID: staff.asked_micro_grid,
        Tier.GENERAL_GRID: staff.asked_general_grid,
        Tier.COMMUNITY: staff.asked_community,
        Tier.SUB_DISTRICT: staff.asked_sub_district,
        Tier.DEPARTMENT: staff.asked_department,
    }
    first_unit = {Tier.GENERAL_GRID: shape.micro_grids, Tier.COMMUNITY: shape.micro_grids + shape.general_grids}
    for tier in Tier:
        row = world.tiers[tier : tier + 1]
        per_day = asked[tier] * 60.0 * thousands / 365.0
        row["literal"] = tier <= shape.top
        row["first_unit"] = first_unit.get(tier, 0)
        row["memory"] = staff.days_load * max(1.0, SIZES["community"].residents / shape.residents)
        row["asked_day"] = -BURN_IN
        row["asked"] = row["usual"] = per_day
        row["capacity"] = hours_week[tier] * 60.0 / 7.0 if tier in hours_week else per_day / staff.baseline_load
