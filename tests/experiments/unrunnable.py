"""Specifications that break a run: one raises, one takes its whole process down."""

import os
from dataclasses import replace
from typing import Any

from linli import scenarios
from linli.model.spec import Spec


class Dry(Spec):
    """Raises as soon as a day is to be lived."""

    def numbers(self) -> Any:
        raise RuntimeError("the well\nis dry")


class Deadly(Spec):
    """Ends its process without a word."""

    def numbers(self) -> Any:
        os._exit(9)


def with_spec(spec: Spec) -> Any:
    """The scenario five_yuan under another name, with such a specification."""
    return replace(scenarios.load("five_yuan"), name="unrunnable", spec=spec)
