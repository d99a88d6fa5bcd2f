"""The patterns, measured: `make patterns`.

First those the town is fitted to (K), on the baseline, each as docs/evidence/patterns.md defines it; beside them
stand acts and their inequality, which nothing was fitted to. Then those held out (experiments/held_out.py),
which are reported and decide nothing.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .. import scenarios as shelf
from ..model import world as worlds
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World
from .compiling import compile_if_stale
from .held_out import MEASURES, Finding, findings, measured

WINDOW = 456
"""Days within which a second report counts (P1), and over which reporters are counted (P2)."""


class Pattern(NamedTuple):
    """A measured quantity and the band it should lie in (None: reported only)."""

    tag: str
    meaning: str
    unit: str
    low: float | None
    high: float | None


PATTERNS = (
    Pattern("P1", "second report if the first was fixed, relative to if it was not", "ratio", 1.4, 1.75),
    Pattern("P2", "reporters with a single report in 15 months", "share", 0.68, 0.84),
    Pattern("P5", "orders dispatched per 1,000 residents and year", "reports", 70, 100),
    Pattern("P7", "mean time to administrative closing", "working days", 4.0, 5.5),
    Pattern("P8", "cases closed after their deadline", "share", 0.001, 0.005),
    Pattern("P12", "volunteered in the last 90 days", "share", 0.005, 0.04),
    Pattern("P12r", "ever registered as volunteers", "share", 0.03, 0.17),
    Pattern("P15", "volunteers of one year gone in the next", "share", 0.30, 0.40),
    Pattern("P29", "petitioners received on a deputy's reception day", "residents", 1.0, 3.0),
    Pattern("P29s", "of these, answered on the spot", "share", 0.4, 0.6),
    Pattern("acts", "acts of volunteering per resident and year", "acts", None, None),
    Pattern("acts3/1", "acts in recorded year 3 relative to year 1", "ratio", None, None),
    Pattern("gini", "inequality of acts among a year's volunteers", "Gini", None, None),
    Pattern("gap", "cases closed in time but not truly resolved (V, P9)", "share", None, None),
    Pattern("attend", "attendance of meetings with a quorum, per 120 affected", "residents", None, None),
)


def second_report_ratio(world: World) -> float:
    """P1: P(second report on another issue within the window | first fixed) / P(… | first not fixed)."""
    reports, issues = worlds.table(world, "reports"), worlds.table(world, "issues")
    last_day = int(world.town["day"][0])
    order = np.lexsort((np.arange(len(reports)), reports["resident"]))
    who, when, what = (reports[f][order] for f in ("resident", "day", "issue"))
    first = np.flatnonzero(np.r_[True, who[1:] != who[:-1]])
    second = np.zeros(len(first), bool)
    for n, k in enumerate(first):
        j = k + 1
        while j < len(who) and who[j] == who[k] and when[j] - when[k] <= WINDOW:
            if what[j] != what[k]:
                second[n] = True
                break
            j += 1
    followed = when[first] <= last_day - WINDOW
    fixed = issues["resolved_day"][what[first]] < last_day
    if_fixed, if_not = second[followed & fixed], second[followed & ~fixed]
    return float(if_fixed.mean() / if_not.mean()) if len(if_fixed) and len(if_not) and if_not.any() else math.nan


def measure(world: World) -> dict[str, float]:
    """All patterns on one lived town (the recorded days only)."""
    days = worlds.table(world, "days")
    days = days[days["day"] >= 0]
    months, years = worlds.table(world, "months"), worlds.table(world, "years")
    months, years = months[months["day"] >= 0], years[years["day"] >= 0]
    reports, meetings = worlds.table(world, "reports"), worlds.table(world, "meetings")
    n, span = len(world.residents), len(days) / 365.0
    last_day = int(world.town["day"][0])
    late = reports[reports["day"] >= last_day - WINDOW]
    per_reporter = np.bincount(late["resident"], minlength=1)
    closed = days["n_resolved"].sum() + days["n_closed_unresolved"].sum()
    both = years[years["day"] >= 729]
    held = meetings[(meetings["day"] >= 0) & ~meetings["deferred"] & (meetings["rule"] == 1)]
    acts = [float(y["n_acts"]) for y in years]
    return {
        "P1": second_report_ratio(world),
        "P2": float((per_reporter == 1).sum() / (per_reporter > 0).sum()),
        "P5": float((days["n_detected"].sum() - days["n_found"].sum()) / n * 1000 / span),
        "P7": float(days["closing_days"].sum() / closed),
        "P8": float(days["n_overdue"].sum() / closed),
        "P12": float((months["n_active_90"] / n).mean()),
        "P12r": float((months["n_registered"] / n).mean()),
        "P15": float(both["n_left"].sum() / both["n_active_before"].sum()) if len(both) else math.nan,
        "P29": ratio(days["n_petitioners"].sum(), days["n_reception_days"].sum()),
        "P29s": ratio(days["n_answered"].sum(), days["n_petitioners"].sum()),
        "acts": float(days["n_acts"].sum() / n / span),
        "acts3/1": acts[2] / acts[0] if len(acts) > 2 else math.nan,
        "gini": float(years["gini_acts"].mean()) if len(years) else math.nan,
        "gap": float((days["n_closed_unresolved"].sum()) / closed),
        "attend": float((held["n_attending"] / np.maximum(1, held["n_affected"])).mean() * 120)
        if len(held)
        else math.nan,
    }


def ratio(part: float, whole: float) -> float:
    """The part of the whole; not-a-number where there is no whole."""
    return float(part) / float(whole) if whole else math.nan


def one_town(spec: Spec, size: str, seed: int, days: int) -> dict[str, float]:
    """Found, burn in, live and measure one town."""
    return measure(run(day_zero(spec, size, seed), spec, days))


def measure_many(spec: Spec, size: str, seeds: range, days: int, workers: int) -> dict[str, np.ndarray]:
    """The patterns of several seeds, one array each."""
    compile_if_stale()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(one_town, spec, size, seed, days) for seed in seeds]
        rows = [future.result() for future in waiting]
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def report(found: dict[str, np.ndarray]) -> list[dict[str, object]]:
    """Mean over seeds with a 95 % interval, and whether the mean lies in the band."""
    lines: list[dict[str, object]] = []
    for pattern in PATTERNS:
        values = found[pattern.tag]
        values = values[np.isfinite(values)]
        mean = float(values.mean()) if len(values) else math.nan
        half = 1.96 * float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan
        within = None
        if pattern.low is not None and len(values):
            within = bool(pattern.low <= mean <= (pattern.high or math.inf))
        lines.append({**pattern._asdict(), "mean": mean, "half_width": half, "n": len(values), "within": within})
    return lines


def held_out_of(seeds: range, size: str, workers: int) -> list[Finding]:
    """The patterns held out, on these seeds."""
    jobs = [(m.tag, size, seed) for m in MEASURES for seed in seeds]
    values: dict[str, list[tuple[float, ...]]] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for tag, numbers in pool.map(measured, jobs):
            values.setdefault(tag, []).append(numbers)
    return findings(values)


def show_held_out(found: list[Finding], as_json: bool) -> None:
    """Print what was found, met or missed; it decides nothing."""
    if as_json:
        print(json.dumps([{**f._asdict(), "value": f.value._asdict(), "met": f.met} for f in found], indent=2))
        return
    print("\nHeld out: reported, met or missed; nothing is fitted to them")
    for f in found:
        bounds = ["" if b is None else f"{b:g}" for b in (f.low, f.high)]
        band = f"[{bounds[0]}, {bounds[1]}]" if any(bounds) else ""
        verdict = {None: "", True: "met", False: "MISSED"}[f.met]
        half = (f.value.high - f.value.low) / 2
        print(f"{f.tag:8} {f.value.mean:9.4f} ± {half:.4f}  {band:14} {verdict:8} {f.meaning} ({f.unit}; {f.standing})")


def as_markdown(options: argparse.Namespace, lines: list[dict[str, Any]], held_out: list[Finding]) -> str:
    """The findings as a page of the documentation."""
    rows = [
        "# What the patterns show",
        "",
        "Written by `make validation`. The patterns and what they are worth: "
        "[evidence/patterns.md](evidence/patterns.md).",
        "",
        f"## Fitted (K): {options.seeds} seeds × {options.days} recorded days of a {options.size}, "
        f"`{options.scenario}`",
        "",
        "| pattern | what | unit | mean ± half the 95 % interval | band | |",
        "|---|---|---|---|---|---|",
    ]
    for line in lines:
        band = "" if line["low"] is None else f"{line['low']:g} … {line['high']:g}"
        verdict = {None: "", True: "within", False: "outside"}[line["within"]]
        number = f"{line['mean']:.4g} ± {line['half_width']:.2g}"
        rows.append(f"| {link_to(line['tag'])} | {line['meaning']} | {line['unit']} | {number} | {band} | {verdict} |")
    rows += [
        "",
        f"## Held out (V, H): {options.held_out} seeds of a {options.size}, paired; reported, never fitted to",
        "",
        "*Spent*: the pattern's source also gave a parameter, or the form of a term; *built in*: it follows nearly by "
        "arithmetic. Only what is *emergent* counts as a test.",
        "",
        "| pattern | what | unit | mean ± half the 95 % interval | band | | standing |",
        "|---|---|---|---|---|---|---|",
    ]
    for f in held_out:
        bounds = ["" if b is None else f"{b:g}" for b in (f.low, f.high)]
        band = f"{bounds[0]} … {bounds[1]}" if any(bounds) else ""
        verdict = {None: "", True: "met", False: "missed"}[f.met]
        half = (f.value.high - f.value.low) / 2
        number = f"{f.value.mean:.4g} ± {half:.2g}"
        rows.append(f"| {link_to(f.tag)} | {f.meaning} | {f.unit} | {number} | {band} | {verdict} | {f.standing} |")
    return "\n".join(rows) + "\n"


def link_to(tag: str) -> str:
    """The tag of a pattern as a link to its row; other names as they are."""
    row = tag.rstrip("rs") if tag.startswith("P") else ""
    return f"[{row}](evidence/patterns.md#{row})" if row else tag


def main(arguments: list[str] | None = None) -> int:
    """Print the table (or JSON); exit code 1 if a pattern lies outside its band."""
    parser = argparse.ArgumentParser(prog="patterns", description="Measure the patterns the baseline is fitted to.")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--days", type=int, default=1095)
    parser.add_argument("--size", default="community")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--scenario", default="baseline")
    parser.add_argument("--held-out", type=int, default=8, help="seeds for the patterns held out; 0: leave them out")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", type=Path, help="also write the findings to this file")
    options = parser.parse_args(arguments)
    spec = shelf.load(options.scenario).spec
    lines = report(measure_many(spec, options.size, range(1, options.seeds + 1), options.days, options.workers))
    if options.json:
        print(json.dumps(lines, indent=2))
    else:
        print(f"{options.seeds} seeds × {options.days} recorded days of a {options.size}, {options.scenario}")
        for line in lines:
            band = "" if line["low"] is None else f"[{line['low']:g}, {line['high']:g}]"
            verdict = {None: "", True: "within", False: "OUTSIDE"}[line["within"]]  # type: ignore[index]
            number = f"{line['tag']:8} {line['mean']:9.4f} ± {line['half_width']:.4f}"
            print(f"{number}  {band:14} {verdict:8} {line['meaning']} ({line['unit']})")
    held_out: list[Finding] = []
    if options.held_out:
        held_out = held_out_of(range(1, options.held_out + 1), options.size, options.workers)
        show_held_out(held_out, options.json)
    if options.markdown:
        options.markdown.write_text(as_markdown(options, lines, held_out), encoding="utf-8")
    return 1 if any(line["within"] is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
