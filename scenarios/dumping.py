"""Writing a scenario down again."""

from __future__ import annotations

import os

from ..model.spec import Spec
from .loader import SHIPPED, Scenario, differences
from .toml_text import toml_of


def dump(scenario: Scenario) -> str:
    """The scenario as the text of a scenario file that loads to the same specification.

    Its base is the root of the scenario's chain, by name if it is a shipped one; a root is written as its
    differences from the defaults.
    """
    is_root = scenario.root == scenario.path
    changes = differences(Spec(), scenario.spec) if is_root else scenario.changes
    head = {"question": scenario.question, "question_zh": scenario.question_zh}
    if not is_root:
        head["base"] = base_in_words(scenario)
    return "\n".join([lines_of(head), *(f"[{section}]\n{lines_of(values)}" for section, values in changes.items())])


def base_in_words(scenario: Scenario) -> str:
    """How a file elsewhere names this scenario's root."""
    shipped = os.path.realpath(scenario.root.parent) == os.path.realpath(SHIPPED)
    return scenario.root.stem if shipped else str(scenario.root.absolute())


def lines_of(values: dict[str, object] | dict[str, str]) -> str:
    """One `name = value` a line."""
    return "".join(f"{name} = {toml_of(value)}\n" for name, value in values.items())
