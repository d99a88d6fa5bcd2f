"""Bringing an unsettled matter to a deputy, and hearing what became of it (C5, C10, pattern P29)."""

from __future__ import annotations

from ..core.compiled import compiled
from ..core.draw import Purpose, draw, logistic
from .awareness import awareness
from .learning import efficacy_after, efficacy_now
from .participation import Reasons, readiness


@compiled
def may_be_heard(resident, p):  # type: ignore[no-untyped-def]
    """Whether the deputy would hear this resident: everybody, or only representatives (C9)."""
    return not p.representatives_only or resident.registered or resident.party


@compiled
def reasons_to_petition(resident, day, stake, p, common, learning, reporting):  # type: ignore[no-untyped-def]
    """The terms of V: whoever reports readily petitions readily, the more so believing that it has an effect."""
    efficacy = common.weight_efficacy * (efficacy_now(resident, day, learning) - 0.5) * stake
    personal = reporting.sigma * resident.u_report
    return Reasons(p.base, personal, 0.0, 0.0, 0.0, efficacy, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@compiled
def chance_to_petition(resident, day, stake, p, common, learning, reporting, party):  # type: ignore[no-untyped-def]
    """Probability that somebody with an unsettled matter goes to one reception day; awareness is a gate."""
    v = readiness(reasons_to_petition(resident, day, stake, p, common, learning, reporting))
    return awareness(resident, day, party) * p.reach * logistic(v)


@compiled
def petition(day, seed, rows, petitions, residents, p, common, learning, reporting, party):  # type: ignore[no-untyped-def]
    """Each resident with an unsettled matter goes to today's reception or not.

    Reads the opportunity and the resident; writes the opportunity's `comes` and `arrives`, and the resident's count.
    """
    for k in rows:
        chance = petitions[k]
        resident = residents[chance.resident]
        luck, when = draw(seed, day, Purpose.PETITION, chance.luck, resident.person, 0)
        goes = chance_to_petition(resident, day, chance.stake, p, common, learning, reporting, party)
        if luck < min(1.0, goes * chance.stands_for):
            chance.comes = True
            chance.arrives = when
            resident.petitions += 1


@compiled
def hear_back(day, rows, petitions, issues, residents, learning):  # type: ignore[no-untyped-def]
    """Each petitioner hears once what became of the matter a deputy took along, and learns as from a report (E7).

    Writes the resident's efficacy and the petition's `heard_back`.
    """
    for k in rows:
        resident = residents[petitions[k].resident]
        fixed = issues[petitions[k].issue].resolved_day <= day
        resident.efficacy = efficacy_after(efficacy_now(resident, day, learning), fixed, learning)
        resident.efficacy_day = day
        petitions[k].heard_back = True
