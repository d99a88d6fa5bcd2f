"""Tables that follow from others: a summary in a package has to be what its runs give."""

from __future__ import annotations

import math
from typing import Any

from ...words import message
from ..inference.comparing import audit
from ..inference.contrasts import MEANINGS
from ..provenance import Refusal
from ..reports.kept import Kept
from ..reports.opening import read_csv

CLOSE = 1e-9
"""Numbers this close, relatively, are the same: other versions of SciPy may move the last digits of a quantile."""


def wrong_summary(kept: Kept) -> None:
    """Raises Refusal where a number of compare.csv or audit.csv does not follow from runs.parquet."""
    if kept.kind != "compare" or kept.wide is None:
        return
    for row in read_csv(kept.folder / "compare.csv", "outcome", "scenario", "runs", "mean", *MEANINGS):
        refuse_apart("compare.csv", row, kept.compared.record(row["scenario"], row["outcome"]))
    audited = {(row["outcome"], row["scenario"]): row for row in audit(kept.compared)}
    for row in read_csv(kept.folder / "audit.csv", "outcome", "scenario"):
        refuse_apart("audit.csv", row, audited[row["outcome"], row["scenario"]])


def refuse_apart(file: str, written: dict[str, Any], told: dict[str, Any]) -> None:
    """Raises Refusal where a row as it was written is not what its runs give."""
    for column, value in told.items():
        if not same(written[column], value):
            raise Refusal(message(
                "data/{file} does not follow from data/runs.parquet: {column} of {outcome} under {scenario} is "
                "{number}, but its runs give {value}",
                file=file, column=column, outcome=written["outcome"], scenario=written["scenario"],
                number=written[column], value=value,
            ))  # fmt: skip


def same(written: Any, told: Any) -> bool:
    """Whether a cell holds what its runs give."""
    if isinstance(told, str):
        return bool(written == told)
    number = math.nan if written == "" else float(written)
    return math.isclose(number, told, rel_tol=CLOSE, abs_tol=CLOSE) or (math.isnan(number) and math.isnan(told))
