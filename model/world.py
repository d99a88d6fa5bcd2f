"""The World: all tables of a town. It is everything there is; it can be saved, loaded, compared and pickled."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np

from ..agents.core.field import Field, dtype_of, fields_of, table_of
from ..agents.core.table import unwrapped, wrapped
from ..agents.deputy import DeputyFields
from ..agents.grid_worker import GridWorkerFields
from ..agents.resident import ResidentFields
from .bonds import BondFields
from .calling import InvitationFields, ListedFields
from .closing import TierFields
from .duties import MemberFields
from .issues import CaseFields, EncounterFields, IssueFields, LatentFields, NoticingFields, ReportFields
from .measures import DeedFields, MonthFields, TallyFields, YearFields
from .petitions import PetitionFields
from .places import BuildingFields, CommunityFields, GeneralGridFields, HouseholdFields, MicroGridFields, UnitFields
from .regime import InviteeFields, MeetingFields
from .routing import QueueFields
from .sensing import SightingFields
from .ties import TieFields


class TownFields:
    """The one row of the table `town`: the date, the seed, and how much of each growing table is in use."""

    seed = Field("i8", "key", "seed of all luck, 0 … 2^63 − 1")
    day = Field("i4", "day", "the day that comes next")
    size = Field("u1", "code", "standard size, in the order of the table of sizes")
    n_issues = Field("i8", "rows", "issues so far")
    n_latent = Field("i8", "rows", "issues that may still fade unseen")
    n_cases = Field("i8", "rows", "reported issues that are not over")
    n_noticings = Field("i8", "rows", "noticings to come")
    n_encounters = Field("i8", "rows", "encounters of the day")
    n_reports = Field("i8", "rows", "reports so far")
    first_open_report = Field("i8", "row", "first report whose lesson may be outstanding")
    n_listed = Field("i8", "rows", "names on the organisers' list")
    n_invitations = Field("i8", "rows", "invitations to volunteer of the day")
    n_deeds = Field("i8", "rows", "acts of volunteering so far")
    n_invitees = Field("i8", "rows", "people invited to meetings of the day")
    n_meetings = Field("i8", "rows", "meetings so far")
    first_meeting_today = Field("i8", "row", "first meeting of the day")
    n_queue = Field("i8", "rows", "cases in today's queue")
    n_sightings = Field("i8", "rows", "unseen issues on today's patrols")
    n_bonds = Field("i8", "rows", "changes of ties still to be woven in")
    n_petitions = Field("i8", "rows", "petitions so far")
    first_petition_today = Field("i8", "row", "first petition of the day")
    first_open_petition = Field("i8", "row", "first petition of which something may still be to come")
    belief = Field("f8", "1", "belief that the mall redeems; below 0: as the parameter says, it is not limited", -1)
    mall_fen = Field("i8", "fen", "what the mall can still give this month, where it is limited")
    mall_paid_in = Field("i8", "fen", "paid into the mall so far, where it is limited")
    fund_fen = Field("i8", "fen", "donated to the community fund so far")
    merit_cutoff = Field("i4", "acts", "acts that won, or would have won, the last year's contest")
    appraisal_cutoff = Field("i4", "acts", "acts that won, or would have won, the last quarter's appraisal")
    n_days = Field("i8", "rows", "days in the daily table")
    n_months = Field("i8", "rows", "rows of the 30-day table")
    n_years = Field("i8", "rows", "rows of the yearly table")


class World(NamedTuple):
    """The tables of a town, one structured array each. Rows beyond the count in `town` are not data."""

    town: Any
    households: Any
    buildings: Any
    micro_grids: Any
    general_grids: Any
    communities: Any
    units: Any
    tiers: Any
    residents: Any
    ties: Any
    workers: Any
    issues: Any
    latent: Any
    cases: Any
    noticings: Any
    encounters: Any
    reports: Any
    listed: Any
    invitations: Any
    deeds: Any
    meetings: Any
    invitees: Any
    queue: Any
    sightings: Any
    bonds: Any
    members: Any
    deputies: Any
    petitions: Any
    days: Any
    months: Any
    years: Any


ENTITIES: dict[str, type] = {
    "town": TownFields,
    "households": HouseholdFields,
    "buildings": BuildingFields,
    "micro_grids": MicroGridFields,
    "general_grids": GeneralGridFields,
    "communities": CommunityFields,
    "units": UnitFields,
    "tiers": TierFields,
    "residents": ResidentFields,
    "ties": TieFields,
    "workers": GridWorkerFields,
    "issues": IssueFields,
    "latent": LatentFields,
    "cases": CaseFields,
    "noticings": NoticingFields,
    "encounters": EncounterFields,
    "reports": ReportFields,
    "listed": ListedFields,
    "invitations": InvitationFields,
    "deeds": DeedFields,
    "meetings": MeetingFields,
    "invitees": InviteeFields,
    "queue": QueueFields,
    "sightings": SightingFields,
    "bonds": BondFields,
    "members": MemberFields,
    "deputies": DeputyFields,
    "petitions": PetitionFields,
    "days": TallyFields,
    "months": MonthFields,
    "years": YearFields,
}
"""The field declarations of each table: the data dictionary."""

FORMAT = 3
"""Version of the saved form."""


def rows_in_use(world: World, name: str) -> int:
    """How many rows of a table are data."""
    count = "n_" + name
    if count in fields_of(TownFields):
        return int(world.town[count][0])
    return len(getattr(world, name))


def table(world: World, name: str) -> np.ndarray[Any, Any]:
    """The rows of a table that are data (a view)."""
    whole: np.ndarray[Any, Any] = getattr(world, name)
    return whole[: rows_in_use(world, name)]


def blank() -> World:
    """A world without anybody in it: every table of the right kind, with nothing in use."""
    tables: dict[str, Any] = {name: table_of(entity, 16) for name, entity in ENTITIES.items()}
    return World(**tables)


def copy(world: World) -> World:
    """An independent copy."""
    return World(*(array.copy() for array in world))


def wrap(world: World) -> World:
    """The world as compiled or interpreted code wants it."""
    return World(*(wrapped(array) for array in world))


def unwrap(world: World) -> World:
    """The world as plain arrays again."""
    return World(*(unwrapped(array) for array in world))


def differences(a: World, b: World) -> list[str]:
    """Where two worlds differ: one `table.field` for each column that is not equal bit for bit."""
    found = []
    for name in World._fields:
        left, right = table(a, name), table(b, name)
        if len(left) != len(right):
            found.append(f"{name}: {len(left)} rows against {len(right)}")
            continue
        for field in left.dtype.names or ():
            if left[field].tobytes() != right[field].tobytes():
                found.append(f"{name}.{field}")
    return found


def save(world: World, path: str | Path) -> Path:
    """Write the world to one `.npz` file (to a temporary name first, then renamed)."""
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    with open(temporary, "wb") as file:
        write_to(file, world)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    return path


def write_to(file: IO[bytes], world: World) -> None:
    """Write the world into an open file, as `load` reads it."""
    head = {"format": FORMAT, "tables": {name: rows_in_use(world, name) for name in World._fields}}
    tables: dict[str, Any] = {name: table(world, name) for name in World._fields}
    tables["about"] = np.array(json.dumps(head))
    np.savez_compressed(file, **tables)


def load(path: str | Path | IO[bytes]) -> World:
    """Read a world back. Raises ValueError, naming the file, if it is no world or one of another version."""
    try:
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(str(file["about"]))
            arrays: dict[str, Any] = {name: file[name] for name in World._fields}
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is not a saved world: {error}") from error
    if head.get("format") != FORMAT:
        raise ValueError(f"{path} was saved in format {head.get('format')}; this version reads format {FORMAT}")
    for name, array in arrays.items():
        if array.dtype != dtype_of(ENTITIES[name]):
            raise ValueError(f"{path}: the table {name} has other fields than this version's")
    tables: dict[str, Any] = {name: _with_room(array, name) for name, array in arrays.items()}
    return World(**tables)


def frames(world: World) -> dict[str, Any]:
    """Every table as a pandas DataFrame (rows that are data only)."""
    import pandas as pd

    return {name: pd.DataFrame(table(world, name)) for name in World._fields}


def _with_room(array: np.ndarray[Any, Any], name: str) -> np.ndarray[Any, Any]:
    """The same rows in a table as compiled code knows it (files forget alignment), with blank rows if it grows."""
    spare = 16 if "n_" + name in fields_of(TownFields) else 0
    rows = table_of(ENTITIES[name], len(array) + spare)
    rows[: len(array)] = array
    return rows
