"""The reception day: residents bring what has not been settled, the deputy answers or takes it along (C5, C9, S37)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of
from ..grid_worker import Tier
from . import Answer


class Deputies(Parameters):
    """Deputies, their reception days and what they can move: a lever."""

    per_community: int = Parameter(0, "deputies", 0, 12, "Congress deputies serving a community; 0: none", "C1, S37")
    period: int = Parameter(30, "d", 1, 365, "days between two reception days of a deputy", "C5, assumption")
    minutes_day: int = Parameter(180, "min", 30, 600, "length of a reception day", "C5, assumption")
    minutes_petition: int = Parameter(30, "min", 5, 240, "time for one petitioner", "C5, assumption")
    representatives_only: bool = Parameter(
        False, "yes/no", None, None, "whether only representatives (registered volunteers and members) are heard", "C9"
    )
    base: float = Parameter(-3.5, "logit", -8, 3, "readiness of a neutral resident to petition (b0)", "P29")
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


@compiled
def answer_to(tier_needed, p):  # type: ignore[no-untyped-def]
    """What becomes of a matter: what the community's own grids can settle is explained on the spot (C4, C9)."""
    return Answer.ON_THE_SPOT.value if tier_needed < p.remit else Answer.REFERRED.value


@compiled
def next_in_line(deputy, rows, petitions):  # type: ignore[no-untyped-def]
    """Row of the first to arrive among those who came to this deputy and have not been heard, or −1."""
    first = -1
    for k in rows:
        waiting = petitions[k].comes and petitions[k].answer == Answer.WAITING
        if waiting and petitions[k].deputy == deputy:
            if first < 0 or petitions[k].arrives < petitions[first].arrives:
                first = k
    return first


@compiled
def receive(receiving, rows, petitions, deputies, issues, kinds, p):  # type: ignore[no-untyped-def]
    """Deputies who hold a reception day hear those who came, first come, first heard, until the day is full.

    `receiving` are rows of deputies, `rows` today's rows of petitions. Writes the petitions' answers and the
    deputies' counts. Somebody who is not reached before the day is over keeps the answer "waiting".
    """
    for d in receiving:
        deputy = deputies[d]
        deputy.minutes += p.minutes_day
        for _ in range(p.minutes_day // p.minutes_petition):
            k = next_in_line(d, rows, petitions)
            if k >= 0:
                petitions[k].answer = answer_to(kinds[issues[petitions[k].issue].kind].tier, p)
                deputy.n_received += 1
                deputy.n_answered += petitions[k].answer == Answer.ON_THE_SPOT
