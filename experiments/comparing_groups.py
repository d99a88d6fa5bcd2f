"""Groups compared: every outcome of every group, with its paired difference to the first scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .groups import in_words
from .inference.comparing import Compared, compared

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, str]
"""Grouping, group and outcome."""


def group_records(of: Compared[Key]) -> list[dict[str, Any]]:
    """One tidy record a grouping, group, outcome and scenario: mean, and paired difference to the first, in words."""
    return in_words([
        {"grouping": key[0], "group": key[1], "outcome": key[2], **of.record(name, key)}
        for key in of.keys
        for name in of.names
    ])  # fmt: skip


def from_runs(groups: pd.DataFrame, names: Sequence[str], seeds: Sequence[int]) -> list[dict[str, Any]]:
    """The same from a row a run, group and outcome (columns point, seed, grouping, group, outcome, value)."""
    table = groups.pivot(index=["grouping", "group", "outcome"], columns=["point", "seed"], values="value")
    table = table.reindex(index=groups.set_index(table.index.names).index.unique())
    known: dict[Any, np.ndarray[Any, Any]] = {run: table[run].to_numpy(float) for run in table.columns}
    nobody = np.full(len(table), math.nan)
    runs = {name: np.array([known.get((name, seed), nobody) for seed in seeds]) for name in names}
    rows = {key: row for row, key in enumerate(table.index)}
    return group_records(compared(names, list(rows), lambda name, key: runs[name][:, rows[key]]))
