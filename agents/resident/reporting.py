"""Whether a resident who meets a problem reports it, and to whom (E1, patterns P1, P2 and P5)."""

from __future__ import annotations

from enum import IntEnum

from ..core.compiled import compiled
from ..core.draw import Purpose, draw, logistic
from ..core.parameter import Parameter, Parameters, numbers_of
from .learning import efficacy_now
from .participation import Reasons, readiness


class Channel(IntEnum):
    """The way a report takes."""

    NONE = 0
    GRID_WORKER = 1
    HOTLINE = 2
    QR = 3
    PATROL = 4


class Reporting(Parameters):
    """How ready residents are to report, and which channels reach them."""

    base: float = Parameter(-3.0, "logit", -6, -1, "readiness of a neutral resident (b0)", "P5")
    sigma: float = Parameter(1.9, "logit", 0.5, 3, "spread of the personal inclination to report (σ)", "P2")
    known_factor: float = Parameter(
        0.5, "1", 0, 1, "probability of reporting what is already known, relative to what is new", "assumption"
    )
    reach_grid_worker: float = Parameter(0.7, "1", 0, 1, "reach of the grid worker", "assumption")
    reach_hotline: float = Parameter(0.8, "1", 0, 1, "reach of the hotline", "assumption")
    reach_qr: float = Parameter(
        0.4, "1", 0, 1, "reach of the QR channel for a fully digital resident", "J7, assumption"
    )
    mean_reach: float = Parameter(
        1.78, "1", 0.1, 4, "mean summed reach at which the readiness above holds", "assumption"
    )


ReportingNumbers = numbers_of(Reporting)


@compiled
def summed_reach(resident, p):  # type: ignore[no-untyped-def]
    """The reach of all channels together for this resident."""
    return p.reach_grid_worker + p.reach_hotline + p.reach_qr * resident.digital


@compiled
def reasons_to_report(resident, day, stake, p, common, learning):  # type: ignore[no-untyped-def]
    """The terms of V: reporting is private and unpaid, so only inclination and efficacy speak."""
    efficacy = common.weight_efficacy * (efficacy_now(resident, day, learning) - 0.5) * stake
    return Reasons(p.base, p.sigma * resident.u_report, 0.0, 0.0, 0.0, efficacy, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@compiled
def chance_to_report(resident, day, stake, known, p, common, learning):  # type: ignore[no-untyped-def]
    """Probability that a resident reports a problem she has noticed."""
    chance = logistic(readiness(reasons_to_report(resident, day, stake, p, common, learning)))
    chance = min(1.0, chance * summed_reach(resident, p) / p.mean_reach)
    return chance * p.known_factor if known else chance


@compiled
def channel_chosen(resident, u, p):  # type: ignore[no-untyped-def]
    """The channel a reporter takes, in proportion to its reach."""
    mark = u * summed_reach(resident, p)
    if mark < p.reach_grid_worker:
        return Channel.GRID_WORKER
    if mark < p.reach_grid_worker + p.reach_hotline:
        return Channel.HOTLINE
    return Channel.QR


@compiled
def report(day, seed, rows, encounters, residents, p, common, learning):  # type: ignore[no-untyped-def]
    """Each resident who meets an open issue today reports it or not.

    Reads the encounter and the resident; writes the encounter's `channel` and the resident's counts.
    """
    for k in rows:
        encounter = encounters[k]
        resident = residents[encounter.resident]
        luck, way = draw(seed, day, Purpose.REPORT, encounter.luck, resident.person, 0)
        if luck < chance_to_report(resident, day, encounter.stake, encounter.known, p, common, learning):
            encounter.channel = channel_chosen(resident, way, p)
            resident.reports += 1
            resident.last_report = day
