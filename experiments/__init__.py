"""Experiments: why we run. The command line, and the same as Python calls.

>>> from linli import experiments                                        # doctest: +SKIP
>>> comparison = experiments.compare(["baseline", "five_yuan"], runs=30)  # doctest: +SKIP
>>> comparison.summary()                                                 # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any

_WHERE = {
    "Asked": "gallery",
    "Design": "batches.design",
    "OUTCOMES": "outcomes",
    "Results": "batches.results",
    "batch": "batches.batch",
    "estimate": "batches.estimate",
    "merge": "batches.merging",
    "open_results": "batches.results",
    "read_design": "batches.design",
    "rerun": "batches.rerunning",
    "outcomes_of": "outcomes",
    "drawn_from": "reports.drawn",
    "redraw": "reports.drawn",
    "package": "archive.packing",
    "report": "reports.page",
    "verify": "archive.verifying",
    "by_group": "groups",
    "compare": "runs",
    "diff": "twins.diffing",
    "drawn": "gallery",
    "explain": "why",
    "interval_of": "statistics",
    "run_scenario": "runs",
    "Comparison": "runs",
    "Run": "runs",
    "Twins": "twins.diffing",
}

_CALLED = {"outcomes_of": "outcomes"}
"""Calls that are named otherwise in their module: a module of the same name would stand in their place once loaded."""

__all__ = [
    "OUTCOMES", "Asked", "Comparison", "Design", "Results", "Run", "Twins", "batch", "by_group", "compare", "diff",
    "drawn", "drawn_from", "estimate", "explain", "interval_of", "merge", "open_results", "outcomes_of", "package",
    "read_design", "redraw", "report", "rerun", "run_scenario", "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Look a name up in its module when it is first wanted: the command line must start quickly."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f".{_WHERE[name]}", __name__), _CALLED.get(name, name))
    globals()[name] = found
    return found
