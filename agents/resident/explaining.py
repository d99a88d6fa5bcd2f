"""Why a resident acts or not: the terms of her decision, computed by the very rules the simulation runs."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from ...words import Words, listed, message, pair
from ..core.compiled import compiled
from ..core.draw import logistic
from ..party_member.exemplar import lead_of_example
from .attending import chance_to_hear, pull_of_seat, reasons_to_attend
from .awareness import awareness
from .consenting import Judgement, accepted, judge
from .earning import points_held
from .participation import Reasons, active_contacts, readiness
from .petitioning import chance_to_petition, reasons_to_petition
from .redeeming import belief_at_counter, felt_balance, is_worth_it, worth_the_trip
from .reporting import chance_to_report, reasons_to_report, summed_reach
from .volunteering import reasons_to_volunteer
from .voting import reasons_to_vote
from .wording import GATES, UNITS, WORDS, called, percent, percent_of

__all__ = ["WORDS", "Explanation", "Words", "percent", "signed"]

NOTHING = message("nothing")
BETWEEN_SENTENCES = pair(" ", "")
"""Chinese puts nothing there."""
BASES = ("base", "at_own_position")
"""Terms that are the same for everybody."""


@dataclass(frozen=True)
class Explanation:
    """One decision taken apart, in English (`lang` "en") or Chinese ("zh").

    `terms` are what each reason adds to V, in `unit`s (the cost counts below zero); their sum is `readiness`.
    `gates` are factors (reach is relative to its mean); `probability` is logistic(V) times all of them, at most 1:
    the number that luck must fall below. `awareness` is the probability that such an opportunity reaches her at all,
    where a rule says so; it is not part of `probability`.

    Of a day that was lived, it tells also what the opportunity was (`occasion`), the `luck` she had (a draw for
    `purpose`; None where nothing is drawn), whether she `did` it, and the `outcome` in words. `reached` is False
    for what passed her by; `facts` are numbers and `notes` sentences that go with it.
    """

    who: Words
    deed: Words
    terms: dict[str, float] = field(default_factory=dict)
    readiness: float | None = None
    gates: dict[str, float] = field(default_factory=dict)
    probability: float | None = None
    n_active: int = 0
    awareness: float | None = None
    about: str = ""
    day: int | None = None
    resident: int | None = None
    occasion: Words | None = None
    outcome: Words | None = None
    did: bool | None = None
    luck: float | None = None
    purpose: str = ""
    reached: bool = True
    unit: str = "logit"
    facts: dict[str, float] = field(default_factory=dict)
    notes: tuple[Words, ...] = ()
    lang: str = "en"

    def __str__(self) -> str:
        """A sentence, and the terms from the weightiest to the lightest."""
        return self.text()

    def text(self, lang: str | None = None) -> str:
        """The same in this language."""
        return "\n".join([self.sentence(lang), *self.lines(lang)])

    def sentence(self, lang: str | None = None) -> str:
        """What befell her and what she did (or would do), how probably, and what spoke most for and against it."""
        said: list[Words | None] = [self._would() if self.occasion is None else self._story(), self._chance()]
        if self.terms:
            said.append(self._pulls())
        return listed([part for part in (*said, *self.notes) if part], BETWEEN_SENTENCES).told(lang or self.lang)

    def _would(self) -> Words:
        chance = percent_of(self.probability or 0.0)
        return message("{who} would {deed} with a probability of {chance}.", who=self.who, deed=self.deed, chance=chance)

    def _story(self) -> Words:
        befell, did = self.occasion or "", self.outcome or ""
        return message("Day {day}: {who} {befell}, {did}.", day=self.day, who=self.who, befell=befell, did=did)

    def _chance(self) -> Words | None:
        """The probability and the draw, as they met."""
        if self.occasion is None or self.luck is None or self.probability is None:
            return None
        below = message("below it") if self.luck < self.probability else message("not below it")
        said = {"chance": percent_of(self.probability), "luck": self._luck_told(), "below": below}
        if self.purpose == "HEAR":
            return message("The probability of hearing of it was {chance}; the draw, {luck}, was {below}.", **said)
        return message("The probability was {chance}; the draw, {luck}, was {below}.", **said)

    def _luck_told(self) -> str:
        """The draw with so many digits that one sees on which side of the probability it fell."""
        luck, chance = self.luck or 0.0, self.probability or 0.0
        digits = next((n for n in range(3, 16) if f"{luck:.{n}f}" != f"{chance:.{n}f}"), 16)
        return f"{luck:.{digits}f}"

    def _pulls(self) -> Words:
        """What spoke most for and most against it, apart from the base."""
        own = [(value, called(name, value)) for name, value in self.terms.items() if name not in BASES]
        best, worst = max(own), min(own)
        pull = message("{reason} ({weight:+.2f})")
        return message(
            "Most in favour: {best}; most against: {worst}.",
            best=pull.filled(reason=best[1], weight=best[0]) if best[0] > 0 else NOTHING,
            worst=pull.filled(reason=worst[1], weight=worst[0]) if worst[0] < 0 else NOTHING,
        )

    def lines(self, lang: str | None = None) -> list[str]:
        """The terms by size, their sum, the gates, the probability and the draw."""
        return [f"  {name:<16}{number}  {words}" for name, number, words in self.rows(lang)]

    def rows(self, lang: str | None = None) -> list[tuple[str, str, str]]:
        """Of each term, in the order of their size, and then of each factor: name, number, words."""
        lang = lang or self.lang
        by_size = sorted(self.terms.items(), key=lambda item: -abs(item[1]))
        found = [(name, f"{value:+7.2f}", called(name, value).told(lang)) for name, value in by_size if value]
        if self.readiness is not None:
            in_logits, in_unit = message("sum, in logits"), message("sum, {unit}", unit=UNITS[self.unit])
            total = in_logits if self.unit == "logit" else in_unit
            found.append(("V", f"{self.readiness:+7.2f}", total.told(lang)))
        found += [("×", f"{value:7.2f}", GATES[name].told(lang)) for name, value in self.gates.items()]
        if self.awareness is not None:
            word: Words = message("probability that word of it reaches her")
            found.append(("", f"{self.awareness:7.2f}", word.told(lang)))
        if self.luck is not None and self.probability is not None:
            chance = f"{self.probability:7.4f}" if self.probability >= 0.0001 else f"{self.probability:7.1e}"
            found.append(("p", chance, message("probability").told(lang)))
            of = pair(f" ({self.purpose.lower()})", "")
            word = message("draw{of}: below p, it happens", of=of)
            found.append(("draw", f"{self.luck:7.4f}", word.told(lang)))
        return found

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """Everything, as plain numbers and texts: a record for JSON or a table."""
        lang = lang or self.lang
        texts = {name: getattr(self, name).told(lang) for name in ("who", "occasion", "outcome") if getattr(self, name)}
        plain = ("day", "resident", "about", "reached", "did", "probability", "luck", "purpose", "readiness", "unit")
        sums = ("terms", "gates", "facts", "n_active", "awareness")
        return {
            **{name: getattr(self, name) for name in plain},
            **texts,
            **{name: getattr(self, name) for name in sums},
            "sentence": self.sentence(lang),
        }

    def _repr_html_(self) -> str:
        """The sentence, and the terms as a table: what a notebook shows."""
        cells = "".join(
            f"<tr><td>{html.escape(words)}</td><td style='text-align:right'>{html.escape(number)}</td></tr>"
            for _, number, words in self.rows()
        )
        return f"<p>{html.escape(self.sentence())}</p><table>{cells}</table>"


def signed(reasons: Reasons) -> dict[str, float]:
    """The reasons as terms of a sum: what acting costs counts below zero."""
    terms = {name: float(value) for name, value in reasons._asdict().items()}
    return {**terms, "cost": 0.0 - terms["cost"]}


def judged(judgement: Judgement) -> dict[str, float]:
    """What makes an outcome acceptable, as terms of a sum."""
    terms = {name: float(value) for name, value in judgement._asdict().items()}
    return {"at_own_position": terms.pop("base"), **terms}


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


@compiled
def weigh_invitation(day, k, invitees, residents, ties, p, common, learning, offer):  # type: ignore[no-untyped-def]
    """Coming on an actual invitation: reasons, what a seat adds, longer meetings take, V, contacts, probability."""
    invitee = invitees[k]
    resident = residents[invitee.resident]
    n_active = active_contacts(resident, day, residents, ties, common)
    reasons = reasons_to_attend(resident, day, invitee.stake, n_active, p, common, learning, offer)
    pull = pull_of_seat(invitee, p, common)
    v = readiness(reasons) + pull
    return reasons, invitee.duty, pull - invitee.duty, v, n_active, logistic(v)


@compiled
def weigh_ballot(day, row, stake, residents, p, common, learning, offer):  # type: ignore[no-untyped-def]
    """Turning out for a ballot: reasons, V, probability."""
    reasons = reasons_to_vote(residents[row], day, stake, p, common, learning, offer)
    v = readiness(reasons)
    return reasons, v, logistic(v)


@compiled
def weigh_petition(day, row, stake, residents, p, common, learning, reporting, party):  # type: ignore[no-untyped-def]
    """Going to a deputy's reception: reasons, V, awareness, probability for one reception day."""
    resident = residents[row]
    reasons = reasons_to_petition(resident, day, stake, p, common, learning, reporting)
    chance = chance_to_petition(resident, day, stake, p, common, learning, reporting, party)
    return reasons, readiness(reasons), awareness(resident, day, party), chance


@compiled
def weigh_redeeming(row, residents, town, p, incentives, mall):  # type: ignore[no-untyped-def]
    """Taking points to the mall: points held, what they are felt to be worth and the trip to cost (yuan), whether."""
    resident = residents[row]
    held = points_held(resident)
    belief = belief_at_counter(town, incentives, mall)
    worth = felt_balance(held, incentives, mall) * belief
    return held, worth, worth_the_trip(resident, p, mall), is_worth_it(resident, p, incentives, mall, belief)


@compiled
def weigh_outcome(loss, fairness, took_part, own_rules, p):  # type: ignore[no-untyped-def]
    """Consent to an outcome at this distance: the terms, and the probability that she accepts it."""
    judgement = judge(loss, fairness, took_part, own_rules, p)
    return judgement, accepted(judgement)
