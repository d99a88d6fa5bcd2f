"""The parameters that a design may vary, by their full names."""

from __future__ import annotations

from ...agents.core.parameter import About
from ...scenarios.catalogue import ABOUT, LATER, STRUCTURAL, sections_with, type_of
from ...scenarios.errors import nearest
from ...words import Words, message

PARAMETERS: dict[str, About] = {
    f"{section}.{name}": about for section, abouts in ABOUT.items() for name, about in abouts.items()
}
"""Every parameter by its section and name, as in `incentives.points_per_hour` or `kinds.noise.share`."""


def kind_of(parameter: str) -> type:
    """bool, int, float or str: what the parameter holds."""
    section, _, name = parameter.rpartition(".")
    return type_of(section, name)


def has_range(parameter: str) -> bool:
    """Whether it is a number, not a name or yes and no."""
    return kind_of(parameter) in (int, float)


def is_structural(parameter: str) -> bool:
    """Whether it is settled when a town is founded."""
    return parameter.partition(".")[0] in STRUCTURAL


def no_parameter(name: str) -> Words:
    """What to say of a name that is no parameter's."""
    if name.partition(".")[0] in LATER:
        return message("[{section}] is not available in this version", section=name.partition(".")[0])
    if homes := sections_with(name):
        return message("it must be written with its section, as in {section}.{name}", section=homes[0], name=name)
    if near := nearest(name, PARAMETERS):
        return message("must be a parameter as in incentives.points_per_hour; the nearest name is {name}", name=near)
    return message(
        "must be a parameter as in incentives.points_per_hour; `linli parameters` lists all {n}", n=len(PARAMETERS)
    )
