"""Scenarios: questions to a town, written as differences from a common baseline.

`load("five_yuan")` or `load("my/own.toml")` gives a `Scenario`; `names()` lists those that come with the
package; `parameters()` lists everything a scenario may change; `dump(scenario)` writes one down.
"""

from .catalogue import Entry, parameters
from .dumping import dump
from .errors import ScenarioError
from .loader import Scenario, load, names

__all__ = ["Entry", "Scenario", "ScenarioError", "dump", "load", "names", "parameters"]
