"""The six outcomes a workshop looks at: what each is called over time, and how a difference in it is said.

What an outcome of a whole run is, its digits and which way is better stand in `experiments.declared`, where
`linli compare` has them from; here is what the page needs beside.
"""

from __future__ import annotations

from typing import NamedTuple

from ..experiments.declared import OUTCOMES as DECLARED

Words = tuple[str, str]
"""English and Chinese."""


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
    higher: Words
    lower: Words
    """How a difference is said: {} stands for its size, [] for the span of time it is counted over."""

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
        "share_active_30", ("active in the last 30 days", "近30天活跃"), ("% of residents", "占居民 %"),
        ("points", "个百分点"), ("participation", "参与率"),
        ("participation {} points higher", "参与率高{}个百分点"),
        ("participation {} points lower", "参与率低{}个百分点")),
    "open": Shown(
        "n_visible", ("unresolved issues to be seen", "可见的未解决议题"), ("issues", "件"), ("issues", "件"),
        ("unresolved issues", "未解决议题"), ("{} more unresolved issues", "未解决议题多{}件"),
        ("{} fewer unresolved issues", "未解决议题少{}件")),
    "resolved": Shown(
        "n_resolved", ("truly resolved so far", "累计真正解决"), ("issues", "件"), ("issues", "件"),
        ("issues truly resolved", "真正解决的议题"), ("{} more issues truly resolved []", "[]多真正解决{}件议题"),
        ("{} fewer issues truly resolved []", "[]少真正解决{}件议题")),
    "wait": Shown(
        "days_to_resolve_median", ("median days until resolved, last 91 days", "近91天解决用时中位数"),
        ("days", "天"), ("days", "天"), ("time to resolve issues", "议题解决用时"),
        ("issues resolved {} days later", "议题解决晚{}天"), ("issues resolved {} days sooner", "议题解决早{}天")),
    "consent": Shown(
        "consent", ("consent of those affected, last 182 days", "近182天受影响居民的认同"), ("0 to 1", "0–1"),
        ("", ""), ("consent of those affected", "受影响居民的认同"),
        ("consent of those affected {} higher", "受影响居民的认同高{}"),
        ("consent of those affected {} lower", "受影响居民的认同低{}")),
    "cost": Shown(
        "yuan_total", ("money spent so far", "累计支出"), ("yuan", "元"), ("yuan", "元"), ("cost", "成本"),
        ("costs {} yuan more []", "[]多花{}元"), ("costs {} yuan less []", "[]少花{}元")),
}  # fmt: skip
"""The six, by name, in the order of the page. Consent is the nearest the model has to satisfaction."""
