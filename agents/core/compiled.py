"""Compiling rules and acts, and the switch that leaves them plain Python.

`@compiled` hands a function to Numba, unless the environment says `LINLI_INTERPRETED=1`:
then it hands the function back unchanged, so that `breakpoint()` works inside a rule.
`@inlined` is for the luck itself, whose integer arithmetic has to wrap around.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

os.environ.setdefault("NUMBA_DISABLE_INTEL_SVML", "1")  # Numba would use it where it happens to be installed

import numba

from . import cache

INTERPRETED = os.environ.get("LINLI_INTERPRETED", "0") not in ("", "0")

F = TypeVar("F", bound=Callable[..., Any])

cache.install()
_njit = numba.njit(cache=True, error_model="numpy")  # no rule divides by what can be 0; interpreted tests see to it


def compiled(function: F) -> F:
    """Compile a rule or an act (kept on disk between runs), or hand it back plain in interpreted mode."""
    return function if INTERPRETED else _njit(function)


def inlined(function: F) -> F:
    """Compile a function into each that calls it, in interpreted mode too: for arithmetic in hot loops."""
    return numba.njit(cache=True, error_model="numpy", forceinline=True)(function)  # type: ignore[no-any-return]


def with_signature(signature: str) -> Callable[[F], F]:
    """Compile for one signature only, in interpreted mode too: calls with literals make no variants."""
    return lambda function: numba.njit(signature, cache=True)(function)


def plain(function: Callable[..., Any]) -> Callable[..., Any]:
    """The plain Python function behind a compiled one."""
    return getattr(function, "py_func", function)
