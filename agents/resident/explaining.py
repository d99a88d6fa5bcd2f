"""Why a resident would act or not: the terms of her decision, computed by the very rules the simulation runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.compiled import compiled
from ..core.draw import logistic
from ..party_member.exemplar import lead_of_example
from .attending import chance_to_hear, reasons_to_attend
from .awareness import awareness
from .participation import Reasons, active_contacts, readiness
from .reporting import chance_to_report, reasons_to_report, summed_reach
from .volunteering import reasons_to_volunteer

WORDS = {
    "base": "readiness of a neutral resident",
    "personal": "personal inclination",
    "spirit": "public spirit",
    "pay": "what it pays",
    "peers": "the example of contacts",
    "efficacy": "belief that it has an effect",
    "asked": "having been asked",
    "habit": "habit",
    "image": "being seen to do it",
    "praise": "having been praised",
    "lead": "a Party member's example",
    "cost": "the time it costs",
}
"""What each of the `Reasons` is, in words."""


@dataclass(frozen=True)
class Explanation:
    """One decision taken apart.

    `terms` are what each reason adds to V, in logits (the cost counts below zero); their sum is `readiness`.
    `gates` are factors (reach is relative to its mean); `probability` is logistic(V) times all of them, at most 1:
    the number that luck must fall below. `awareness` is the probability that such an opportunity reaches her at all,
    where a rule says so; it is not part of `probability`.
    """

    who: str
    deed: str
    terms: dict[str, float]
    readiness: float
    gates: dict[str, float] = field(default_factory=dict)
    probability: float = 0.0
    n_active: int = 0
    awareness: float | None = None

    def __str__(self) -> str:
        """A sentence, and the terms from the weightiest to the lightest."""
        return "\n".join([self.sentence(), *self.lines()])

    def sentence(self) -> str:
        """What she would do, how probably, and what speaks most for and against it (apart from the base)."""
        own = [(value, WORDS[name]) for name, value in self.terms.items() if name != "base"]
        best, worst = max(own), min(own)
        for_it = f"{best[1]} ({best[0]:+.2f})" if best[0] > 0 else "nothing"
        against = f"{worst[1]} ({worst[0]:+.2f})" if worst[0] < 0 else "nothing"
        return (
            f"{self.who} would {self.deed} with a probability of {percent(self.probability)}. "
            f"Most in favour: {for_it}; most against: {against}."
        )

    def lines(self) -> list[str]:
        """The terms by size, their sum, and the gates."""
        by_size = sorted(self.terms.items(), key=lambda item: -abs(item[1]))
        found = [f"  {name:<10}{value:+7.2f}  {WORDS[name]}" for name, value in by_size if value]
        found.append(f"  {'V':<10}{self.readiness:+7.2f}  sum, in logits")
        found += [f"  {'×':<10}{value:7.2f}  {name}" for name, value in self.gates.items()]
        if self.awareness is not None:
            found.append(f"  {'':<10}{self.awareness:7.2f}  probability that word of it reaches her")
        return found


def percent(share: float) -> str:
    """A share as one reads it: two digits, and no more than can be meant."""
    if 0.0 < share < 0.0001:
        return "less than 0.01 %"
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.2g} %"


def signed(reasons: Reasons) -> dict[str, float]:
    """The reasons as terms of a sum: what acting costs counts below zero."""
    terms = {name: float(value) for name, value in reasons._asdict().items()}
    return {**terms, "cost": 0.0 - terms["cost"]}


@compiled
def weigh_report(day, row, stake, known, residents, p, common, learning):  # type: ignore[no-untyped-def]
    """Reporting a problem: reasons, V, what the channels' reach and its being known leave of it, probability."""
    resident = residents[row]
    reasons = reasons_to_report(resident, day, stake, p, common, learning)
    reach = summed_reach(resident, p) / p.mean_reach
    chance = chance_to_report(resident, day, stake, known, p, common, learning)
    return reasons, readiness(reasons), reach, p.known_factor if known else 1.0, chance


@compiled
def weigh_meeting(day, row, stake, residents, ties, p, common, learning, offer, noticing, party):  # type: ignore[no-untyped-def]
    """Coming to a meeting she has heard of: reasons, V, active contacts, chance to hear of it, probability."""
    resident = residents[row]
    n_active = active_contacts(resident, day, residents, ties, common)
    reasons = reasons_to_attend(resident, day, stake, n_active, p, common, learning, offer)
    hears = chance_to_hear(awareness(resident, day, party), noticing.mean_information, p)
    v = readiness(reasons)
    return reasons, v, n_active, hears, logistic(v)


@compiled
def weigh_volunteering(day, row, occasion, stake, residents, ties, p, common, learning, habits, offer, buildings, party):  # type: ignore[no-untyped-def]
    """Giving time on such an occasion: reasons, V, active contacts, probability."""
    resident = residents[row]
    n_active = active_contacts(resident, day, residents, ties, common)
    lead = lead_of_example(resident, day, buildings, party, common)
    reasons = reasons_to_volunteer(resident, day, occasion, stake, n_active, p, common, learning, habits, offer, lead)
    v = readiness(reasons)
    return reasons, v, n_active, logistic(v)
