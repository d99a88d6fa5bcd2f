"""The name of a run: a hash of everything its result depends on, and of nothing else."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any, NamedTuple

from ...agents.core.cache import stamp
from ...model.spec import Spec
from ..provenance import ROOT, code_stamp, machine

LENGTH = 20
"""Hexadecimal digits of a key: 80 bits, so that two of a million runs share one with probability 4e-13."""


class Version(NamedTuple):
    """What computes a run: the text of the code, and what it runs on."""

    code: str
    machine: tuple[tuple[str, str], ...]
    """Names and versions of what may change the last digits of a number."""


@functools.cache
def version() -> Version:
    """The version of this process. Files edited after the first call do not count: they are not what runs."""
    return Version(hashed([code_stamp(), stamp(ROOT / "experiments/batches/measured.py")]), machine())


def life_of(spec: Spec, baseline: Spec, size: str, code: str) -> str:
    """A hash of a town and of the rules it lives under: all that a run depends on but its seed and its length.

    The empty list is for hooks, which no design can have yet.
    """
    return hashed([code, spec.model_dump(mode="json"), baseline.model_dump(mode="json"), size, []])


def key_of(life: str, seed: int, days: int) -> str:
    """The name of a run of so many days."""
    return hashed([life, seed, days])[:LENGTH]


def world_of(life: str, seed: int) -> str:
    """The name under which the last day of a run is kept, however long the run is."""
    return hashed([life, seed])[:LENGTH]


def hashed(value: Any) -> str:
    """The SHA-256 of a value as JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
