"""Tables that follow from others: a summary in a package has to be what its runs give."""

from __future__ import annotations

from ..provenance import Refusal
from ..reports.kept import LEVEL, Kept
from ..reports.opening import read_csv
from ..statistics import interval_of
from .repeating import bits


def wrong_summary(kept: Kept) -> None:
    """Raises Refusal where a number of compare.csv does not follow from runs.parquet, to the last bit."""
    if kept.kind != "compare" or kept.wide is None:
        return
    for row in read_csv(kept.folder / "compare.csv", "outcome", "scenario", "mean", "difference"):
        name, outcome = row["scenario"], row["outcome"]
        told = {"mean": interval_of(kept.values(name, outcome), LEVEL).mean}
        if row["compared_with"]:
            apart = kept.difference(name, outcome)
            told |= {"difference": apart.mean, "low_95": apart.low, "high_95": apart.high}
        for column, value in told.items():
            if bits(row[column]) != bits(value):
                raise Refusal(
                    f"data/compare.csv does not follow from data/runs.parquet: {column} of {outcome} under {name} is "
                    f"{row[column]}, but its runs give {value}"
                )
