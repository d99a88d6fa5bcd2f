"""Who notices an issue: the neighbours of the place, once each, within a month of its birth."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of


class Noticing(Parameters):
    """How often an issue meets a resident."""

    share_noticing: float = Parameter(
        0.12,
        "1",
        0.02,
        0.4,
        "share of residents who notice an issue of their building, if it has 20 households",
        "assumption",
    )
    share_outside: float = Parameter(
        0.2, "1", 0, 0.5, "share of noticings by people of the micro-grid's other buildings", "P3, S85"
    )
    days_window: int = Parameter(
        30, "d", 1, 120, "days from birth within which an issue is noticed or not", "assumption"
    )
    mean_information: float = Parameter(
        0.6,
        "1",
        0.3,
        0.9,
        "mean information at which noticing, hearing of meetings and seeing calls are as given",
        "assumption",
    )


NoticingNumbers = numbers_of(Noticing)


HOUSEHOLDS = 20
"""Households of the building for which the share of residents noticing an issue is given."""


@compiled
def chance_to_notice(information, same_building, n_building, n_elsewhere, p):  # type: ignore[no-untyped-def]
    """Probability that a resident ever notices an issue of her building, or of the rest of her micro-grid.

    n_building and n_elsewhere are households there and in the micro-grid's other buildings: an issue is noticed
    by as many people in a large building as in a small one. Awareness is a gate (W6).
    """
    aware = information / p.mean_information
    if same_building:
        return p.share_noticing * (1.0 - p.share_outside) * aware * HOUSEHOLDS / n_building
    if n_elsewhere <= 0:
        return 0.0
    return p.share_noticing * p.share_outside * aware * HOUSEHOLDS / n_elsewhere


@compiled
def days_until_noticed(u, p):  # type: ignore[no-untyped-def]
    """On which day of the window (0 = the day of birth) the noticing falls."""
    return int(u * p.days_window)
