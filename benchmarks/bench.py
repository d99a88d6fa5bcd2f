"""Speed, in one table: our towns, a plain-Mesa twin, the same acts in C, and the wait for the compiler.

    python benchmarks/bench.py [--quick] [--out results/bench.json]

Figures are seconds of the processor unless a row says clock, because other programs may be running; medians where
there are several runs. `--quick` takes one run of the district, fewer runs elsewhere and fewer days of the twins.
Each row shows its target and whether it is met.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PACKAGES = ("agents", "model", "scenarios", "experiments", "workshop")
N_TOWNS = {"micro_grid": 40, "general_grid": 12, "community": 5, "sub_district": 3, "district": 3}
N_TOWNS_QUICK = {"micro_grid": 20, "general_grid": 8, "community": 3, "sub_district": 3, "district": 1}
COMPILE = """
from linli.experiments.compiling import compile_if_stale
compile_if_stale()
"""

UNTIL_THE_FIRST_DAY = """
import os, sys
from linli.model import running
whole = running.live
def live(*arguments):
    whole(*arguments)
    os._exit(0)
running.live = live
sys.argv = {arguments}
from linli.experiments.cli import main
main()
raise SystemExit("the command lived no day")
"""
"""Runs a command of the command line, and ends the process as soon as the first days have been lived."""


@dataclass
class Row:
    """One line of the table: a figure, and what it should be."""

    part: str
    what: str
    value: float | None
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_most(part: str, what: str, value: float, unit: str, most: float, note: str = "") -> Row:
    """A figure that should not be higher."""
    return Row(part, what, value, unit, f"≤ {most:g}", value <= most, note)


def at_least(part: str, what: str, value: float, unit: str, least: float, note: str = "") -> Row:
    """A figure that should not be lower."""
    return Row(part, what, value, unit, f"≥ {least:g}", value >= least, note)


def python(*arguments: str, interpreted: bool = False, folder: Path = ROOT, **environment: str) -> str:
    """What another Python process prints. Raises CalledProcessError, with its words on the screen, if it fails."""
    outer = {name: value for name, value in os.environ.items() if name != "LINLI_INTERPRETED"}
    switch = {"LINLI_INTERPRETED": "1"} if interpreted else {}
    return subprocess.run(
        [sys.executable, *arguments], env={**outer, **switch, **environment}, cwd=folder, check=True,
        stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip


# Towns of every size.


def towns_of(size: str, n_towns: int) -> dict[str, Any]:
    """Medians of so many towns of one size, per resident."""
    measured = json.loads(python(str(HERE / "one_size.py"), size, str(n_towns)))
    towns, residents = measured["towns"], measured["towns"][0]["residents"]
    found: dict[str, Any] = {name: statistics.median(town[name] for town in towns) for name in towns[0]}
    found["ns"] = found["year_seconds"] / 365 / residents * 1e9
    found["ns_burn_in"] = found["burn_in_seconds"] / 180 / residents * 1e9
    for done in ("decisions", "draws"):  # means, because a small town's count is a matter of luck
        found[f"{done}_per_year"] = statistics.fmean(town[done] for town in towns) / residents
    return found | {"n_towns": n_towns, "peak_bytes": measured["peak_bytes"]}


def rows_of_sizes(n_towns: dict[str, int], kept: dict[str, Any]) -> Iterator[Row]:
    """What towns of each size cost."""
    most_ns = {"community": 20.0, "district": 30.0}
    for size, n in n_towns.items():
        town = kept[size] = towns_of(size, n)
        note = f"{n} towns" if n > 1 else "1 town"
        if size in most_ns:
            yield at_most(size, "a year", town["ns"], "ns per resident-day", most_ns[size], note)
        else:
            yield Row(size, "a year", town["ns"], "ns per resident-day", note=note)
        yield Row(size, "burn-in", town["ns_burn_in"], "ns per resident-day")
        yield at_least(size, "decisions", town["decisions_per_year"], "per resident-year", 5)
        yield Row(size, "draws", town["draws_per_year"], "per resident-year")
        yield Row(size, "per decision", town["ns"] * 365 / town["decisions_per_year"], "ns")
        building = (size, "building the population", town["building_seconds"], "s")
        yield at_most(*building, 10) if size == "district" else Row(*building)
    yield at_most("district", "365 days", kept["district"]["year_seconds"], "s", 15,
                  f"clock {kept['district']['year_seconds_clock']:.1f} s")  # fmt: skip
    yield at_most("district", "peak memory", kept["district"]["peak_bytes"] / 1e9, "GB", 1.5, "founding included")


def rows_of_growth(kept: dict[str, Any]) -> Iterator[Row]:
    """Whether a resident of a large town does, and costs, what one of a small town does."""
    small, large = kept["general_grid"]["decisions_per_year"], kept["district"]["decisions_per_year"]
    yield at_most("growth", "decisions, district against general grid", 100 * abs(large / small - 1), "% apart", 5)
    yield at_most("growth", "ns, district against community", kept["district"]["ns"] / kept["community"]["ns"], "×", 2)


# Against plain Mesa and against C.


def rows_of_mesa(quick: bool) -> Iterator[Row]:
    """A community in four ways, from the same day 0; the three ratios are against a year of the compiled town."""
    from linli.model import world as worlds
    from linli.model.running import day_zero, run
    from linli.model.spec import Spec

    spec = Spec()
    zero = day_zero(spec, "community")
    n_runs = 1 if quick else 5
    n_days = {"events": 30 if quick else 60, "steps": 30 if quick else 60, "uncompiled": 2 if quick else 5}
    least = {"events": 50.0, "steps": 100.0, "uncompiled": None}
    named = {"events": "(a) events called on Mesa agents", "steps": "(b) Mesa agents with a daily step",
             "uncompiled": "(c) our own engine uncompiled"}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        world_file, spec_file = Path(folder) / "world.npz", Path(folder) / "spec.json"
        worlds.save(zero, world_file)
        spec_file.write_text(spec.model_dump_json(), encoding="utf-8")
        for way, n in n_days.items():
            decisions = int(worlds.table(run(worlds.copy(zero), spec, n), "days")["n_decisions"].sum())
            arguments = (str(HERE / "in_plain_python.py"), way, str(world_file), str(spec_file), str(n))
            theirs, ratios = [], []
            for _ in range(1 if way == "uncompiled" else n_runs):
                printed_out = json.loads(python(*arguments, interpreted=True))
                if decisions != printed_out["decisions"]:
                    raise RuntimeError(f"{way}: {printed_out['decisions']} decisions, not our {decisions}: other days")
                theirs.append(printed_out["processor_seconds"] / n / len(zero.residents) * 1e9)
                ratios.append(theirs[-1] / compiled_ns(zero, spec))
            yield Row("plain Mesa", named[way], statistics.median(theirs), "ns per resident-day", note=f"{n} days")
            ratio = ("plain Mesa", f"{named[way][:3]} against compiled", statistics.median(ratios), "×")
            yield at_least(*ratio, least[way]) if least[way] else Row(*ratio)


def compiled_ns(zero: Any, spec: Any) -> float:
    """What a year from this day 0 costs the compiled town, per resident-day (median of 3)."""
    from linli.model import world as worlds
    from linli.model.running import run

    seconds = []
    for _ in range(3):
        copy = worlds.copy(zero)
        start = time.process_time()
        run(copy, spec, 365)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds) / 365 / len(zero.residents) * 1e9


def rows_of_c(quick: bool) -> Iterator[Row]:
    """Calls, asks and volunteering in C: the same bits, and how much faster."""
    if shutil.which("gcc") is None:
        yield Row("C", "the same acts", None, "×", "≤ 1.3", None, "there is no gcc here")
        return
    from acts_in_c import compare
    from linli.model.running import day_zero
    from linli.model.spec import Spec

    both = compare(day_zero(Spec(), "community"), Spec(), 365, 5 if quick else 15)
    if both["differing"]:
        raise RuntimeError(f"C and compiled Python differ in {', '.join(both['differing'])}")
    for name, language in (("python_seconds", "compiled Python"), ("c_seconds", "C")):
        ns = both[name] / both["decisions"] * 1e9
        yield Row("C", f"a decision in {language}", ns, "ns", note="calls and asks included")
    yield at_most("C", "the same acts, compiled Python against C", both["ratio"], "×", 1.3, "same bits")


# Waiting for the compiler.


def timed_process(*arguments: str, folder: Path = ROOT, **environment: str) -> tuple[float, float]:
    """Seconds of the processor and of the clock that another Python process takes from start to end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    python(*arguments, folder=folder, **environment)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def rows_of_compiling() -> Iterator[Row]:
    """First-ever compile, and compile after one edit, in a copy of the package."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "linli"
        for package in PACKAGES:
            shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
        rule = copy / "agents" / "resident" / "consenting.py"
        surroundings = {"PYTHONPATH": folder, "NUMBA_CACHE_DIR": str(Path(folder) / "compiled")}
        where = python("-c", "import linli.model.day as d; print(d.__file__)", folder=Path(folder), **surroundings)
        if not Path(where.strip()).is_relative_to(folder):
            raise RuntimeError(f"the copy was not imported, but {where.strip()}")
        _, clock = timed_process("-c", COMPILE, folder=Path(folder), **surroundings)
        yield at_most("compiling", "first ever, two processes", clock, "s", 45, "clock")
        text = rule.read_text(encoding="utf-8")
        edited = text.replace("(fairness - 0.5)", "(fairness - 0.4)")
        if edited == text:
            raise RuntimeError("consenting.py has changed; give this benchmark another line to edit")
        rule.write_text(edited, encoding="utf-8")
        _, clock = timed_process("-c", COMPILE, folder=Path(folder), **surroundings)
        yield at_most("compiling", "after an edit of one rule", clock, "s", 20, "clock")


def rows_of_starting() -> Iterator[Row]:
    """From the command line to the first simulated day, with everything compiled."""
    command = "linli run baseline --size micro_grid --days 1"
    script = UNTIL_THE_FIRST_DAY.format(arguments=command.split())
    with tempfile.TemporaryDirectory() as folder:
        runs = [timed_process("-c", script, folder=Path(folder)) for _ in range(6)][1:]
    clock, processor_time = (statistics.median(run[k] for run in runs) for k in (1, 0))
    yield at_most("starting", "to the first simulated day, compiled", clock, "s, clock", 2,
                  f"processor {processor_time:.1f} s: {command}")  # fmt: skip


# Moving a slider of the workshop.


def rows_of_workshop() -> Iterator[Row]:
    """From the request to the first picture and to the last, of 50 pairs over 730 days; the larger town has no target."""
    for size, first, whole in (("general_grid", 0.3, 3.0), ("general_grid:5000", None, None)):
        found = json.loads(python(str(HERE / "workshop.py"), size))
        note = f"clock, load {found['load']:.1f}"
        yield Row("workshop", f"{size}: workers warm", found["start"], "s", note=note)
        for what in ("B changed", "both new"):
            for picture, most in (("first", first), ("whole", whole)):
                row = ("workshop", f"{size}: {what}, {picture} picture", found[what][picture], "s")
                yield Row(*row, note=note) if most is None else at_most(*row, most, note)
        yield at_most("workshop", f"{size}: event loop held up", 1000.0 * found["held_up"], "ms", 20)


# The table.


def about() -> dict[str, Any]:
    """Where and when this was measured."""
    import mesa
    import numba
    import numpy

    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "processor": processor(),
        "processors": os.cpu_count(),
        "load_before": os.getloadavg(),
        "python": platform.python_version(),
        "numba": numba.__version__,
        "numpy": numpy.__version__,
        "mesa": mesa.__version__,
    }


def processor() -> str:
    """The processor's name, where the system tells."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def printed(value: float | None) -> str:
    """A figure with about three digits."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(rows: list[Row]) -> Table:
    """The table, missed targets in plain words."""
    table = Table(title="linli: speed")
    for heading in ("", "what", "measured", "unit", "target", "", "note"):
        table.add_column(heading, justify="right" if heading == "measured" else "left")
    part = ""
    for row in rows:
        verdict = {None: "", True: "[green]met[/]", False: "[bold red]MISSED[/]"}[row.met]
        first = row.part if row.part != part else ""
        table.add_row(first, row.what, printed(row.value), row.unit, row.target, verdict, row.note)
        part = row.part
    return table


def measure_all(quick: bool, parts: list[str], screen: Console) -> tuple[list[Row], dict[str, Any]]:
    """Every row, part after part."""
    kept: dict[str, Any] = {}
    makers: dict[str, Callable[[], Iterable[Row]]] = {
        "starting": rows_of_starting,
        "sizes": lambda: (*rows_of_sizes(N_TOWNS_QUICK if quick else N_TOWNS, kept), *rows_of_growth(kept)),
        "mesa": lambda: rows_of_mesa(quick),
        "c": lambda: rows_of_c(quick),
        "compiling": rows_of_compiling,
        "workshop": rows_of_workshop,
    }
    rows: list[Row] = []
    for part in parts or list(makers):
        with screen.status(f"measuring: {part}"):
            rows += makers[part]()
    return rows, kept


def main() -> None:
    """Measure, print, and write the figures down."""
    options = argparse.ArgumentParser(description="Speed, in one table.")
    options.add_argument("--quick", action="store_true", help="one run of the district, fewer days of the twins")
    options.add_argument("--out", type=Path, help="write the figures to this JSON file as well")
    parts = ["starting", "sizes", "mesa", "c", "compiling", "workshop"]
    options.add_argument("--part", action="append", default=[], choices=parts,
                         help="measure only this part (may be given several times)")  # fmt: skip
    chosen = options.parse_args()
    screen = Console(width=None if sys.stdout.isatty() else 140)
    surroundings = about()
    rows, kept = measure_all(chosen.quick, chosen.part, screen)
    screen.print(show(rows))
    missed = [row for row in rows if row.met is False]
    for row in missed:
        screen.print(f"missed: {row.part}: {row.what}: {printed(row.value)} {row.unit}, target {row.target}")
    if chosen.out:
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        figures = {"about": surroundings, "rows": [asdict(row) for row in rows], "sizes": kept}
        chosen.out.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        screen.print(f"written to {chosen.out}")


if __name__ == "__main__":
    main()
