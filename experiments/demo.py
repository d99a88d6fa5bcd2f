"""The demonstration: two incentive levels × two decision rules, on a community for a year."""

from __future__ import annotations

from typing import Any

from .runs import Comparison, Progress, compare, in_silence

SCENARIOS = ("baseline", "five_yuan", "cadre", "five_yuan_cadre")
"""No pay and majority; 5 yuan an hour and majority; no pay and cadre; 5 yuan an hour and cadre."""

ASKED: dict[str, Any] = {"size": "community", "days": 365, "seed": 1}


def demonstrate(runs: int, *, workers: int | None = None, progress: Progress = in_silence) -> Comparison:
    """Compare the four corners of the square, paired, on a community for a year."""
    return compare(SCENARIOS, runs=runs, workers=workers, progress=progress, **ASKED)
