"""The places of the town: a tree from households up to the district, and the standard sizes of Chenghua."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from ..agents.core.field import Field
from ..agents.core.parameter import Parameter, Parameters, numbers_of
from ..agents.grid_worker import Tier
from ..agents.resident import LONG_AGO
from ..words import listed, message

SLOTS = 6
"""Places in a household that luck can name, whether or not somebody fills them."""


class CompoundType(IntEnum):
    """Kinds of residential compound (Z2)."""

    OLD_WORK_UNIT = 0
    COMMODITY = 1
    RESETTLEMENT = 2


class Places(Parameters):
    """Make-up of the compounds."""

    share_old: float = Parameter(
        0.40, "1", 0, 1, "share of compounds that are old work-unit compounds", "Z2, assumption"
    )
    share_commodity: float = Parameter(
        0.45, "1", 0, 1, "share of compounds that are commodity housing", "Z2, assumption"
    )
    tenants_old: float = Parameter(0.30, "1", 0, 1, "share of households that rent, old work-unit", "assumption")
    tenants_commodity: float = Parameter(
        0.20, "1", 0, 1, "share of households that rent, commodity housing", "S31, assumption"
    )
    tenants_resettlement: float = Parameter(
        0.15, "1", 0, 1, "share of households that rent, resettlement", "assumption"
    )
    area_old: float = Parameter(55.0, "m²", 15, 300, "median floor area, old work-unit", "assumption")
    area_commodity: float = Parameter(90.0, "m²", 15, 300, "median floor area, commodity housing", "assumption")
    area_resettlement: float = Parameter(75.0, "m²", 15, 300, "median floor area, resettlement", "assumption")
    area_sd: float = Parameter(0.25, "log", 0, 1, "spread of floor areas", "assumption")
    hazard_old: float = Parameter(1.3, "1", 0, 4, "relative rate of issues, old work-unit", "Z2, assumption")
    hazard_commodity: float = Parameter(0.8, "1", 0, 4, "relative rate of issues, commodity housing", "Z2, assumption")
    hazard_resettlement: float = Parameter(1.1, "1", 0, 4, "relative rate of issues, resettlement", "Z2, assumption")


PlacesNumbers = numbers_of(Places)


class HouseholdFields:
    """One row a household."""

    building = Field("i4", "row", "building lived in")
    first_resident = Field("i4", "row", "first of its residents")
    n_residents = Field("i4", "residents", "how many live there")
    tenant = Field("?", "yes/no", "rents the dwelling")
    floor_area = Field("i4", "m²", "floor area of the dwelling")


class BuildingFields:
    """One row a building of about 20 households in two stairwells."""

    micro_grid = Field("i4", "row", "micro-grid it belongs to")
    first_household = Field("i4", "row", "first of its households")
    n_households = Field("i4", "households", "how many it has")
    first_resident = Field("i4", "row", "first of its residents")
    n_residents = Field("i4", "residents", "how many live there")
    exemplar_day = Field("i4", "day", "day a Party member was last seen at work here", LONG_AGO)


class MicroGridFields:
    """One row a micro-grid of about 88 households; as a row number also its unit."""

    general_grid = Field("i4", "row", "general grid it belongs to")
    community = Field("i4", "row", "community it belongs to")
    compound = Field("i4", "number", "compound it belongs to (one to three micro-grids)")
    compound_type = Field("u1", "code", "kind of compound", codes=CompoundType)
    hazard = Field("f8", "1", "relative rate of issues, mean 1 over the mix of compounds", 1)
    first_building = Field("i4", "row", "first of its buildings")
    n_buildings = Field("i4", "buildings", "how many it has")
    first_household = Field("i4", "row", "first of its households")
    n_households = Field("i4", "households", "how many it has")
    first_resident = Field("i4", "row", "first of its residents")
    n_residents = Field("i4", "residents", "how many live there")
    n_visible = Field("i4", "issues", "unresolved issues one can see")
    volunteer_minutes = Field("i8", "min", "minutes given by volunteers today, not yet spent")
    patrol_minutes = Field("i4", "min", "minutes on patrol here today")
    patroller = Field("i4", "row", "worker who walks them")
    praised_day = Field("i4", "day", "day this micro-grid was last praised", LONG_AGO)
    acts_since_praise = Field("i4", "acts", "acts of volunteering counted for the last round of praise")


class GeneralGridFields:
    """One row a general grid of about 578 households; it has one council."""

    community = Field("i4", "row", "community it belongs to")
    first_micro_grid = Field("i4", "row", "first of its micro-grids")
    n_micro_grids = Field("i4", "micro-grids", "how many it has")
    first_household = Field("i4", "row", "first of its households")
    n_households = Field("i4", "households", "how many it has")
    first_resident = Field("i4", "row", "first of its residents")
    n_residents = Field("i4", "residents", "how many live there")
    hours_expected = Field("f8", "h", "length of meeting that residents have come to expect; 0: none held yet")


class CommunityFields:
    """One row a community of about 6,850 households."""

    sub_district = Field("i4", "number", "sub-district it belongs to")
    first_general_grid = Field("i4", "row", "first of its general grids")
    n_general_grids = Field("i4", "general grids", "how many it has")
    first_household = Field("i4", "row", "first of its households")
    n_households = Field("i4", "households", "how many it has")
    first_resident = Field("i4", "row", "first of its residents")
    n_residents = Field("i4", "residents", "how many live there")


class UnitFields:
    """One row a unit that works through a queue: micro-grids, then general grids, then communities."""

    tier = Field("u1", "code", "tier of the ladder", codes=Tier)
    queue_from = Field("i4", "row", "first row of its stretch of today's queue")
    queue_to = Field("i4", "row", "row after the last of it")


class Size(NamedTuple):
    """How much of the district is simulated. Totals bind; averages are rounded to meet them."""

    residents: int
    households: int
    micro_grids: int
    general_grids: int
    communities: int
    top: Tier
    """Highest tier with literal units; the tiers above exist as their share."""


SIZES = {
    "micro_grid": Size(219, 88, 1, 1, 1, Tier.MICRO_GRID),
    "general_grid": Size(1_438, 578, 7, 1, 1, Tier.GENERAL_GRID),
    "community": Size(17_060, 6_850, 78, 12, 1, Tier.COMMUNITY),
    "sub_district": Size(119_420, 47_950, 546, 83, 7, Tier.COMMUNITY),
    "district": Size(1_381_894, 554_978, 6_316, 961, 81, Tier.COMMUNITY),
}
"""Standard sizes [S1, S2]. A sub-district here has seven communities."""

MEAN_HOUSEHOLD = 2.49
"""Residents per household [S24]."""

GRID_OF = "general_grid:"
"""Before a number: a general grid of so many residents, as in `general_grid:3000`."""

FEWEST, MOST = 300, 5_000
"""Residents that such a general grid may have."""

ALLOWED = message(
    "{sizes}, or {grid}N with N residents from {fewest} to {most}",
    sizes=listed(SIZES), grid=GRID_OF, fewest=FEWEST, most=MOST,
)  # fmt: skip
"""The sizes that there are, in words."""


def size_of(name: str) -> Size:
    """A standard size, or a general grid of another number of residents. Raises ValueError for what is neither."""
    if name in SIZES:
        return SIZES[name]
    written = name.removeprefix(GRID_OF)
    if written == name or not (written.isascii() and written.isdecimal()) or not FEWEST <= int(written) <= MOST:
        raise ValueError(message("size {name!r} is unknown; allowed are {allowed}", name=name, allowed=ALLOWED))
    n, usual = int(written), SIZES["general_grid"]
    micro_grids = max(1, round(usual.micro_grids * n / usual.residents))
    return usual._replace(residents=n, households=round(n / MEAN_HOUSEHOLD), micro_grids=micro_grids)


def n_literal_units(size: Size) -> int:
    """How many units have a queue of their own at this size."""
    general = size.general_grids if size.top >= Tier.GENERAL_GRID else 0
    return size.micro_grids + general + (size.communities if size.top >= Tier.COMMUNITY else 0)
