"""Writing a scenario down again."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ..model.spec import Spec
from .interventions import by_day
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
    parts = [f"[{section}]\n{lines_of(values)}" for section, values in changes.items()]
    return "\n".join([lines_of(head), *parts, *text_of_interventions(scenario.spec)])


def text_of_interventions(spec: Spec, shown: str = "interventions") -> list[str]:
    """What is set on later days, a text a table; `shown` is what the list is called there."""
    found = []
    for day, sections in by_day(spec):
        found.append(f"[[{shown}]]\n" + lines_of({"day": day}))
        found += [f"[{shown}.{section}]\n{lines_of(values)}" for section, values in sections.items()]
    return found


def base_in_words(scenario: Scenario) -> str:
    """How a file elsewhere names this scenario's root."""
    shipped = os.path.realpath(scenario.root.parent) == os.path.realpath(SHIPPED)
    return scenario.root.stem if shipped else str(scenario.root.absolute())


def lines_of(values: Mapping[str, object]) -> str:
    """One `name = value` a line."""
    return "".join(f"{name} = {toml_of(value)}\n" for name, value in values.items())
