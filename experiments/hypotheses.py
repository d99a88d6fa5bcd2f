"""The ledger of hypotheses: where in the prior does the claimed effect have the other sign? `make sweeps`.

For each hypothesis the points of a Latin hypercube over the prior of what decides it are run, paired on the
same seeds with the lever off and on. Points and signs are kept in docs/evidence/sweeps; a hypothesis that no
point reverses must be called true by construction.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .. import scenarios as shelf
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World, copy
from .compiling import compile_if_stale
from .held_out import acts, paying, recorded

Point = dict[str, float]
Switch = Callable[[Spec, Point], Spec]


class Hypothesis(NamedTuple):
    """A claim as a paired contrast, with the prior of what decides it."""

    tag: str
    claim: str
    outcome: str
    prior: dict[str, tuple[float, float]]
    """`section.parameter`, or the name of a lever of the contrast, with its range (uniform)."""
    off: Switch
    on: Switch
    measure: Callable[[World], float]
    days: int = 730


def at(spec: Spec, point: Point) -> Spec:
    """The spec with the parameters of this point; names without a dot belong to the contrast."""
    changes: dict[str, dict[str, Any]] = {}
    for name, value in point.items():
        section, _, parameter = name.partition(".")
        if parameter:
            kind = type(spec.model_dump()[section][parameter])
            changes.setdefault(section, {})[parameter] = round(value) if kind is int else value
    return spec.changed(**changes)


def unchanged(spec: Spec, point: Point) -> Spec:
    """The town as it is."""
    return spec


def of_days(name: str, per: str | None = None, first: int = 0) -> Callable[[World], float]:
    """A sum over the recorded days from `first` on, or its ratio to another."""

    def measure(world: World) -> float:
        days = recorded(world, "days")[first:]
        whole = float(days[per].sum()) if per else 1.0
        return float(days[name].sum()) / whole if whole else math.nan

    return measure


def share_resolved(world: World) -> float:
    """Cases truly resolved, among those closed."""
    days = recorded(world, "days")
    closed = days["n_resolved"].sum() + days["n_closed_unresolved"].sum()
    return float(days["n_resolved"].sum() / closed) if closed else math.nan


def mean_consent(world: World) -> float:
    """Mean consent of those affected, over all decisions."""
    meetings = recorded(world, "meetings")
    decided = meetings[~meetings["deferred"] & (meetings["n_affected"] > 0)]
    return float(decided["consent"].mean()) if len(decided) else math.nan


def acts_of_neighbours(world: World) -> float:
    """Acts of those who are no Party members, per head of them."""
    people = ~world.residents["party"] & world.residents["adult"]
    return float(world.residents["acts"][people].mean())


def known_soon(world: World) -> float:
    """Share of the issues that arose from day 0 on, a fortnight or more before the end, known within 14 days."""
    issues = world.issues[: int(world.town["n_issues"][0])]
    issues = issues[(issues["born"] >= 0) & (issues["born"] < int(world.town["day"][0]) - 14)]
    return float((issues["detected"] - issues["born"] <= 14).mean()) if len(issues) else math.nan


def ties(world: World) -> float:
    """Mean number of ties of a resident."""
    return float(world.residents["n_ties"].mean())


def spirit(world: World) -> float:
    """Mean public spirit of adults."""
    people = world.residents
    return float(people["spirit"][people["adult"]].mean())


def last_year(world: World) -> float:
    """Acts in the last 365 days per resident."""
    return float(recorded(world, "days")["n_acts"][-365:].sum() / len(world.residents))


def paid(spec: Spec, point: Point) -> Spec:
    """A programme at this point's pay."""
    return paying(spec, point["yuan"])


def paid_for_a_year(spec: Spec, point: Point) -> Spec:
    """The same, gone after a year."""
    return paying(spec, point["yuan"]).changed(incentives={"withdrawn_on": 365})


PAY = {
    "yuan": (0.05, 10.0),
    "participation.crowding": (0.0, 0.4),
    "participation.crowding_fades": (0.3, 3.0),
    "participation.pay_half": (4.0, 12.0),
    "participation.pay_ceiling": (1.5, 4.0),
    "habits.habit_paid": (0.0, 1.0),
    "participation.weight_habit": (0.0, 4.0),
    "incentives.spirit_drift": (-0.01, 0.01),
    "joining.days_listed": (60.0, 900.0),
}

RULES = {
    "consenting.weight_fairness": (0.0, 1.5),
    "consenting.weight_taking_part": (0.0, 0.5),
    "deliberation.interruptions": (0.0, 0.6),
    "deliberation.share_straying": (0.0, 0.5),
    "deliberation.voice_gap": (0.0, 1.0),
    "deliberation.openness": (0.3, 0.85),
    "deliberation.repulsion": (0.0, 0.5),
    "attending.expectation_step": (0.0, 0.5),
    "participation.cost_per_hour": (0.0, 2.0),
}


def regime(name: str, *keep: str) -> Switch:
    """A shipped regime's procedure, with this point's numbers."""

    def switch(spec: Spec, point: Point) -> Spec:
        shipped = shelf.load(name)
        return at(spec.changed(deliberation=shipped.changes.get("deliberation", {})), point)

    return switch


def setting(section: str, **values: Any) -> Switch:
    """The spec with these values, which do not belong to the point."""
    return lambda spec, point: spec.changed(**{section: values})


def by_staff_alone(spec: Spec, pressure: float) -> Spec:
    """A town in which neither volunteers nor members lend a hand: with them next to nothing climbs out of the grids."""
    return spec.changed(
        grid={"containment_kpi": pressure, "asks_per_case": 0.0},
        party={"quota": 0, "obligation_minutes": 0, "exemplar": False},
        calling={"calls_per_year": 0.0, "asks_per_year": 0.0, "asks_from_list_per_year": 0.0},
    )


HYPOTHESES = (
    Hypothesis("H1", "points raise participation while they are paid", "acts per resident-year in two paid years",
               PAY, unchanged, paid, acts),
    Hypothesis("H1-lasting", "points raise participation lastingly", "acts per resident in the year after withdrawal",
               PAY, unchanged, paid_for_a_year, last_year),
    Hypothesis("H2", "points raise public spirit", "mean public spirit of adults", PAY, unchanged, paid, spirit),
    Hypothesis("H3", "eight rules make outcomes more acceptable", "mean consent of those affected",
               RULES, regime("open_courtyard"), regime("eight_rules_majority"), mean_consent),
    Hypothesis("H3-solving", "eight rules solve more", "share of closed cases truly resolved",
               RULES, regime("open_courtyard"), regime("eight_rules_majority"), share_resolved),
    Hypothesis(
        "H5", "exemplars draw neighbours along", "acts per adult who is no Party member",
        {"participation.weight_exemplar": (0.0, 1.0), "participation.exemplar_substitution": (0.0, 1.0),
         "participation.days_exemplar_seen": (20.0, 120.0), "party.share_showing": (0.1, 0.8)},
        setting("party", exemplar=False, obligation_minutes=120),
        setting("party", exemplar=True, obligation_minutes=120), acts_of_neighbours,
    ),
    Hypothesis(
        "H6", "deliberation brings residents closer", "mean number of ties",
        {"bonds.forming": (0.0, 0.05), "bonds.breaking": (0.0, 0.5), "bonds.days_lasting": (90.0, 900.0)},
        lambda spec, point: regime("cadre")(spec, point),
        lambda spec, point: regime("open_courtyard")(spec, point), ties,
    ),
    Hypothesis(
        "H8", "workers on their rounds find issues sooner", "share of issues known within 14 days",
        {"grid.patrol_yield": (0.1, 4.0), "hours": (0.1, 3.0), "grid.hours_micro_grid": (2.0, 10.0)},
        setting("grid", patrol_hours=0.0), lambda spec, point: spec.changed(grid={"patrol_hours": point["hours"]}),
        known_soon,
    ),
    Hypothesis(
        "H8-solving", "and more of them are solved", "share of closed cases truly resolved",
        {"grid.patrol_yield": (0.1, 4.0), "hours": (0.1, 3.0), "grid.hours_micro_grid": (2.0, 10.0)},
        setting("grid", patrol_hours=0.0), lambda spec, point: spec.changed(grid={"patrol_hours": point["hours"]}),
        share_resolved,
    ),
    Hypothesis(
        "H9", "keeping small matters in the grid solves them", "share of closed cases truly resolved",
        {"pressure": (0.1, 1.0), "grid.kpi_patience": (0.0, 2.0), "grid.kpi_paper": (0.0, 1.0),
         "grid.hours_micro_grid": (0.05, 2.0),
         "grid.hours_general_grid": (0.5, 15.0), "routing.climb_after": (0.1, 0.8)},
        lambda spec, point: by_staff_alone(spec, 0.0), lambda spec, point: by_staff_alone(spec, point["pressure"]),
        share_resolved,
    ),
    Hypothesis(
        "H10", "reception days make solving more effective", "share of closed cases truly resolved",
        {"deputies.base": (-4.0, 0.0), "deputies.priority": (0.0, 1.0), "deputies.bundle_saving": (0.0, 0.6),
         "deputies.days_handover": (7.0, 90.0), "deputies.period": (7.0, 60.0)},
        setting("deputies", per_community=0, cppcc_per_community=0),
        lambda spec, point: spec.changed(deputies={"per_community": 4, "cppcc_per_community": 0}), share_resolved,
    ),
    Hypothesis(
        "H15", "Party members' obligations get more solved", "cases truly resolved",
        {"minutes": (30.0, 600.0), "party.share_showing": (0.05, 0.9), "participation.weight_exemplar": (0.0, 1.0),
         "participation.exemplar_substitution": (0.0, 1.0)},
        setting("party", obligation_minutes=0, exemplar=False),
        lambda spec, point: spec.changed(party={"obligation_minutes": round(point["minutes"]), "exemplar": True}),
        of_days("n_resolved"),
    ),
)  # fmt: skip


def points_of(hypothesis: Hypothesis, n: int) -> list[Point]:
    """A Latin hypercube over the prior; the same points every time."""
    from scipy.stats import qmc

    names = list(hypothesis.prior)
    low, high = (np.array([hypothesis.prior[name][k] for name in names]) for k in (0, 1))
    unit = qmc.LatinHypercube(len(names), rng=np.random.default_rng(20261123)).random(n)
    return [dict(zip(names, row, strict=True)) for row in (low + unit * (high - low)).tolist()]


def effect(job: tuple[str, int, Point, int, str]) -> dict[str, float]:
    """The contrast at one point: mean paired difference and its standard error over seeds."""
    tag, number, point, n_seeds, size = job
    hypothesis = next(h for h in HYPOTHESES if h.tag == tag)
    scenario = shelf.load("baseline")
    found = []
    for seed in range(1, n_seeds + 1):
        start = day_zero(scenario.baseline, size, seed)
        off, on = (
            hypothesis.measure(run(copy(start), switch(at(scenario.spec, point), point), hypothesis.days))
            for switch in (hypothesis.off, hypothesis.on)
        )
        found.append(on - off)
    values = np.array(found)
    values = values[np.isfinite(values)]
    mean = float(values.mean()) if len(values) else math.nan
    error = float(values.std(ddof=1) / math.sqrt(len(values))) if len(values) > 1 else math.nan
    return {"point": number, **point, "effect": mean, "error": error, "sign": sign_of(mean, error)}


def sign_of(mean: float, error: float) -> int:
    """1 or −1 where the effect is more than two standard errors from 0, else 0."""
    if not math.isfinite(mean) or abs(mean) <= 2.0 * (error if math.isfinite(error) else 0.0):
        return 0
    return 1 if mean > 0 else -1


def write_points(folder: Path, tag: str, rows: list[dict[str, float]]) -> Path:
    """The points of one hypothesis as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{tag}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([{k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()} for row in rows])
    return path


def main(arguments: list[str] | None = None) -> int:
    """Run the sweeps and print how many points have which sign."""
    parser = argparse.ArgumentParser(prog="hypotheses", description="Sweep the prior of each hypothesis.")
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--size", default="general_grid")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=Path("docs/evidence/sweeps"))
    options = parser.parse_args(arguments)
    compile_if_stale()
    chosen = [h for h in HYPOTHESES if h.tag in options.only.split(",") or not options.only]
    with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
        for h in chosen:
            jobs = [(h.tag, k, p, options.seeds, options.size) for k, p in enumerate(points_of(h, options.points))]
            rows = list(pool.map(effect, jobs, chunksize=4))
            write_points(options.out, h.tag, rows)
            count = {s: sum(row["sign"] == s for row in rows) for s in (1, 0, -1)}
            print(f"{h.tag:12} + {count[1]:4}  0 {count[0]:4}  − {count[-1]:4}   {h.outcome}: {h.claim}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
