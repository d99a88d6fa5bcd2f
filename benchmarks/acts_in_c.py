"""The acts of volunteering in C and in compiled Python, on the same tables: same bits, how much time each.

    python benchmarks/acts_in_c.py [SIZE] [DAYS]

acts.c is built with gcc into a temporary folder and called through ctypes on the structured arrays themselves.
Its opponent is a loop of the town's own acts, `call_and_ask`, `volunteer` and `enlist`, and of nothing else.
"""

from __future__ import annotations

import ctypes
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from linli.agents.core.compiled import compiled
from linli.agents.core.draw import Purpose
from linli.agents.core.field import dtype_of
from linli.agents.resident import LONG_AGO, Cooperation
from linli.agents.resident.earning import offer_of
from linli.agents.resident.volunteering import Occasion, volunteer
from linli.model import world as worlds
from linli.model.calling import call_and_ask, enlist
from linli.model.day import all_of
from linli.model.places import SLOTS
from linli.model.running import day_zero
from linli.model.spec import Spec, SpecNumbers
from linli.model.world import ENTITIES, World

HERE = Path(__file__).parent
FLAGS = ("-std=c11", "-O3", "-march=native", "-ffp-contract=off", "-fno-fast-math", "-Wall", "-shared", "-fPIC")
"""For this processor, as Numba compiles; but no fused operations, which round differently."""

TABLES = {"town": "Town", "micro_grids": "MicroGrid", "households": "Household", "residents": "Resident",
          "ties": "Tie", "listed": "Listed", "invitations": "Invitation", "days": "Tally"}  # fmt: skip
GROUPS = ("calling", "noticing", "volunteering", "participation", "learning", "habits", "joining", "offer")
"""The groups of parameters these acts read, and what the points programme offers."""
C_TYPES = {"f8": "double", "i8": "int64_t", "i4": "int32_t", "u1": "uint8_t", "b1": "uint8_t"}


@compiled
def mobilise(n_days, world, visiting, tally, p, offer):  # type: ignore[no-untyped-def]
    """So many days of nothing but calls, asks and volunteering, in a town whose Party members visit nobody."""
    town, residents, listed, invitations = world.town, world.residents, world.listed, world.invitations
    for _ in range(n_days):
        day = town[0].day
        seed = town[0].seed
        invitations = call_and_ask(
            day, seed, world.cases, world.issues, world.micro_grids, world.households, residents, listed, invitations,
            world.members, visiting, town, tally, p.calling, p.noticing, p.party, p.volunteering, p.grid, p.issues,
        )  # fmt: skip
        volunteer(
            day, seed, all_of(town[0].n_invitations), invitations, residents, world.ties, p.volunteering,
            p.participation, p.learning, p.habits, p.joining, offer, world.buildings, p.party,
        )  # fmt: skip
        listed = enlist(invitations, residents, listed, town, tally)
        town[0].day = day + 1
    return listed


def group_of(p: SpecNumbers, group: str) -> Any:
    """A group of parameters, or what the programme offers to a town whose mall has never been empty."""
    if group != "offer":
        return getattr(p, group)
    return offer_of(0, p.incentives.redemption_belief, p.incentives, p.mall, p.recognition)


def header(p: SpecNumbers) -> str:
    """tables.h: the tables' rows and the groups of parameters as C structs, checked for size and place."""
    parts = ["#include <stddef.h>"]
    for table, name in TABLES.items():
        parts.append(struct_of(name, dtype_of(ENTITIES[table])))
    for group in GROUPS:
        parts.append(struct_of(group.title(), group_dtype(group_of(p, group))))
    parts.append("typedef struct { " + " ".join(f"{g.title()} {g};" for g in GROUPS) + " } Numbers;")
    codes = {"SLOTS": SLOTS, "LONG_AGO": LONG_AGO, "VOLUNTEER": Purpose.VOLUNTEER, "ASK_LIST": Purpose.ASK_LIST,
             "CALL_PURPOSE": Purpose.CALL, "ASK_PURPOSE": Purpose.ASK}  # fmt: skip
    codes |= {code.name: code for code in (*Occasion, Cooperation.CONDITIONAL, Cooperation.UNCONDITIONAL)}
    return "\n".join([*parts, *(f"#define {name} ({int(value)})" for name, value in codes.items())]) + "\n"


def struct_of(name: str, dtype: np.dtype[Any]) -> str:
    """A dtype as a C struct."""
    fields = dtype.fields or {}
    members = " ".join(f"{C_TYPES[kind.str[1:]]} {field};" for field, (kind, *_) in fields.items())
    checks = [f"_Static_assert(sizeof({name}) == {dtype.itemsize}, \"{name}\");"]
    checks += [f"_Static_assert(offsetof({name}, {field}) == {place[1]}, \"{field}\");"
               for field, place in fields.items()]  # fmt: skip
    return f"typedef struct {{ {members} }} {name};\n" + "\n".join(checks)


def group_dtype(group: Any) -> np.dtype[Any]:
    """A group of parameters as a row: whole numbers, switches, and numbers."""
    kinds = {bool: "?", int: "i8", float: "f8"}
    return np.dtype([(name, kinds[type(value)]) for name, value in group._asdict().items()], align=True)


def numbers_in_c(p: SpecNumbers) -> np.ndarray[Any, Any]:
    """The parameters as one row that C reads."""
    whole = np.dtype([(group, group_dtype(group_of(p, group))) for group in GROUPS], align=True)
    row = np.zeros(1, whole)
    for group in GROUPS:
        row[group] = tuple(group_of(p, group))
    return row


def build(p: SpecNumbers, folder: Path) -> Any:
    """The C function. Raises FileNotFoundError without gcc, CalledProcessError if it does not compile."""
    (folder / "tables.h").write_text(header(p), encoding="utf-8")
    library = folder / "acts.so"
    subprocess.run(["gcc", *FLAGS, f"-I{folder}", str(HERE / "acts.c"), "-o", str(library), "-lm"], check=True)
    function = ctypes.CDLL(str(library)).mobilise
    function.restype = None
    return function


def with_room(world: World) -> World:
    """A copy with room on the list for everybody, and for many invitations."""
    world = worlds.copy(world)
    grown = {}
    for name, n_rows in (("listed", len(world.residents) + 16), ("invitations", 2 * len(world.residents) + 4096)):
        grown[name] = np.zeros(n_rows, getattr(world, name).dtype)
        grown[name][: worlds.rows_in_use(world, name)] = worlds.table(world, name)
    return world._replace(**grown, days=np.zeros(1, world.days.dtype))


def in_c(function: Any, world: World, p: np.ndarray[Any, Any], n_days: int) -> float:
    """Seconds C needs for so many days; the World's tables are changed."""

    def at(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
        return ctypes.c_void_p(array.ctypes.data)

    w = world
    start = time.process_time()
    function(
        ctypes.c_int64(n_days), at(w.micro_grids), ctypes.c_int64(len(w.micro_grids)), at(w.households),
        at(w.residents), at(w.ties), at(w.listed), at(w.invitations), at(w.town), at(w.days), at(p),
    )  # fmt: skip
    return time.process_time() - start


def in_python(world: World, p: SpecNumbers, n_days: int) -> float:
    """Seconds the compiled acts need for so many days; the World's tables are changed."""
    offer, nobody_visits = group_of(p, "offer"), np.empty(0, np.int64)
    start = time.process_time()
    mobilise(n_days, world, nobody_visits, world.days, p, offer)
    return time.process_time() - start


def compare(world: World, spec: Spec, n_days: int, n_runs: int = 5) -> dict[str, Any]:
    """Seconds of both (medians of paired runs), their ratio, and the columns in which they differ."""
    p = spec.numbers()
    row = numbers_in_c(p)
    in_python(with_room(world), p, 1)  # compile, or load what is compiled
    seconds: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        function = build(p, Path(folder))
        for _ in range(n_runs):
            ours, theirs = with_room(world), with_room(world)
            seconds.append((in_python(ours, p, n_days), in_c(function, theirs, row, n_days)))
    differing = [f"{name}.{field}" for name in ("residents", "listed", "days", "town")
                 for field in getattr(ours, name).dtype.names
                 if field != "n_draws" and getattr(ours, name)[field].tobytes() != getattr(theirs, name)[field].tobytes()]  # fmt: skip
    return {
        "python_seconds": statistics.median(python for python, _ in seconds),
        "c_seconds": statistics.median(c for _, c in seconds),
        "ratio": statistics.median(python / c for python, c in seconds),
        "differing": differing,
        "acts": int(ours.residents["acts"].sum() - world.residents["acts"].sum()),
        "decisions": int(ours.days["n_decisions"][0]),
    }


if __name__ == "__main__":
    size, n_days = (*sys.argv[1:], *("community", "365")[len(sys.argv) - 1 :])
    print(compare(day_zero(Spec(), size), Spec(), int(n_days)))
