"""The six outcomes a workshop looks at: what each is called over time, and how a difference in it is said.

What an outcome of a whole run is, its digits and which way is better stand in `experiments.declared`, where
`linli compare` has them from; here is what the page needs beside.
"""

from __future__ import annotations

from typing import NamedTuple

from ..experiments.declared import OUTCOMES as DECLARED
from ..words import Words, listed, message, message_in
from ..words.text import Message

NO_UNIT = listed(())


class Shown(NamedTuple):
    """One of the six."""

    total: str
    """The outcome of `experiments.OUTCOMES` that differences are made from, counted over the last year."""
    label: Words
    """What the curve is called."""
    unit: Words
    """The unit of the curve, and of the values of the runs."""
    unit_apart: Words
    """The unit of a difference."""
    name: Words
    """What it is called in a sentence."""
    higher: Message
    lower: Message
    """How a difference is said: {size} stands for its size, {span} for the span of time it is counted over."""

    @property
    def digits(self) -> int:
        """Decimal places."""
        return DECLARED[self.total].digits

    @property
    def better(self) -> int:
        """1 where more is better, −1 where less is."""
        return DECLARED[self.total].better


OUTCOMES: dict[str, Shown] = {
    "participation": Shown(
        "share_active_30", message("active in the last 30 days"), message("% of residents"),
        message_in("workshop", "points"), message_in("workshop", "participation"),
        message("participation {size} points higher"), message("participation {size} points lower")),
    "open": Shown(
        "n_visible", message("unresolved issues to be seen"), message_in("workshop", "issues"),
        message_in("workshop", "issues"), message_in("workshop", "unresolved issues"),
        message("{size} more unresolved issues"), message("{size} fewer unresolved issues")),
    "resolved": Shown(
        "n_resolved", message("truly resolved so far"), message_in("workshop", "issues"),
        message_in("workshop", "issues"), message("issues truly resolved"),
        message("{size} more issues truly resolved {span}"), message("{size} fewer issues truly resolved {span}")),
    "wait": Shown(
        "days_to_resolve_median", message("median days until resolved, last 91 days"), message("days"),
        message("days"), message("time to resolve issues"),
        message("issues resolved {size} days later"), message("issues resolved {size} days sooner")),
    "consent": Shown(
        "consent", message("consent of those affected, last 182 days"), message("0 to 1"), NO_UNIT,
        message("consent of those affected"), message("consent of those affected {size} higher"),
        message("consent of those affected {size} lower")),
    "cost": Shown(
        "yuan_total", message("money spent so far"), message("yuan"), message("yuan"), message("cost"),
        message("costs {size} yuan more {span}"), message("costs {size} yuan less {span}")),
}  # fmt: skip
"""The six, by name, in the order of the page. Consent is the nearest the model has to satisfaction."""


def of_a_year(shown: Shown) -> Words:
    """What an outcome is called where it is counted over a year, if it is a sum."""
    return message("{outcome} a year", outcome=shown.name) if "{span}" in shown.higher.template else shown.name
