"""The demonstration: two incentive levels × two decision rules, on a community for a year."""

from __future__ import annotations

from .runs import Comparison, Progress, compare, in_silence

SCENARIOS = ("baseline", "five_yuan", "cadre", "five_yuan_cadre")
"""No pay and majority; 5 yuan an hour and majority; no pay and cadre; 5 yuan an hour and cadre."""

def demonstrate(
    runs: int,
    *,
    size: str = "community",
    days: int = 365,
    workers: int | None = None,
    progress: Progress = in_silence,
) -> Comparison:
    """Compare the four corners of the square, paired."""
    return compare(SCENARIOS, runs=runs, size=size, days=days, seed=1, workers=workers, progress=progress)
