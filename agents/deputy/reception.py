"""The reception day: residents bring what has not been settled, the deputy answers or takes it along (C5, C9, S37)."""

from __future__ import annotations

from ..core.parameter import Parameter, Parameters, numbers_of
from ..grid_worker import Tier


class Deputies(Parameters):
    """Deputies, their reception days and what they can move: a lever."""

    per_community: int = Parameter(0, "deputies", 0, 12, "Congress deputies serving a community; 0: none", "C1, S37")
    period: int = Parameter(30, "d", 1, 365, "days between two reception days of a deputy", "C5, assumption")
    minutes_day: int = Parameter(180, "min", 30, 600, "length of a reception day", "C5, assumption")
    minutes_petition: int = Parameter(30, "min", 5, 240, "time for one petitioner", "C5, assumption")
    representatives_only: bool = Parameter(
        False, "yes/no", None, None, "whether only representatives (registered volunteers and members) are heard", "C9"
    )
    base: float = Parameter(-2.0, "logit", -8, 3, "readiness of a neutral resident to petition (b0)", "P29")
    reach: float = Parameter(0.1, "1", 0, 1, "reach of the reception day among those aware", "C6, assumption")
    remit: str = Parameter(
        "community", "code", None, None, "lowest tier whose matters a deputy takes along; others are answered", "C4",
        codes=Tier,
    )
    days_handover: int = Parameter(
        14, "d", 1, 180, "days between two handovers of the docket to departments", "C7, assumption"
    )
    priority: float = Parameter(
        1.0, "1", 0, 1, "share of the cases before it in the queue that a docketed case overtakes", "C7, H10"
    )
    bundling: bool = Parameter(
        True, "yes/no", None, None, "whether like issues of a community are handed over as one request", "C7"
    )
    bundle_saving: float = Parameter(
        0.3, "1", 0, 0.9, "share of the work that each further like issue saves", "C7, assumption"
    )
    feedback: bool = Parameter(
        True, "yes/no", None, None, "whether petitioners hear what became of their matter", "C10, J6"
    )
    cppcc_per_community: int = Parameter(0, "members", 0, 4, "CPPCC members with a studio; 0: none", "C3, C11")
    brokering: float = Parameter(
        0.3, "1", 0, 1, "probability that a member finds an outside partner for a chronic issue in a quarter",
        "C11, assumption",
    )
    brokered_share: float = Parameter(
        0.5, "1", 0, 1, "share of the work and money that the partner brings", "C11, assumption"
    )
    days_chronic: int = Parameter(180, "d", 30, 1_000, "age from which an unsolved issue is chronic", "C11, assumption")


DeputiesNumbers = numbers_of(Deputies)
