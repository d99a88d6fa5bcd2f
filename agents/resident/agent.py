"""The resident as a Mesa agent: a handle on one row of the table `residents`, and what she does.

Each verb calls the act that the whole town calls, with her own opportunities of the day only; so what
a resident does is written once. A handle keeps no state: it looks through the model at the World.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ...words import Words, listed, message
from ..core.agent import Handle
from ..core.table import wrapped
from . import ResidentFields
from .attending import attend
from .explaining import (
    Explanation,
    judged,
    signed,
    weigh_ballot,
    weigh_meeting,
    weigh_outcome,
    weigh_redeeming,
    weigh_report,
    weigh_volunteering,
)
from .learning import learn
from .petitioning import hear_back, petition
from .redeeming import redeem
from .reporting import report
from .volunteering import Occasion, volunteer
from .voting import vote
from .wording import portrait

DEEDS = {
    Occasion.CALL: message("answer a call for volunteers"),
    Occasion.ASKED: message("volunteer if an acquaintance asked"),
    Occasion.ASKED_FROM_LIST: message("volunteer if organisers asked"),
    Occasion.ASKED_BY_MEMBER: message("volunteer if a Party member asked"),
    Occasion.ASKED_BY_WORKER: message("volunteer if a grid worker asked"),
}

OPPORTUNITIES = ("report", "attend", "vote", "consent", "volunteer", "redeem")
"""What a resident can explain."""


class Resident(ResidentFields, Handle):
    """One resident; the fields of `ResidentFields` read and write her own row.

    A subclass may have a `step` of its own, in plain Python and at Python's price: the model calls it for
    everybody at the end of each day. One that overrides a verb (report, attend, vote, volunteer, learn,
    redeem, petition, hear_back) makes the model do all acts agent by agent.
    """

    table_name = "residents"

    @property
    def contacts(self) -> Any:
        """The residents she knows, as an AgentSet."""
        return self.model.residents_in(self.model.world.ties["to"][self.first_tie : self.first_tie + self.n_ties])

    def opportunities(self, table: str) -> np.ndarray[Any, Any]:
        """Her rows of today's encounters, invitees or invitations, or of the reports whose lesson may be due.

        There are none between two days: what the tables hold then is yesterday's.
        """
        found: np.ndarray[Any, Any] = self.model.opportunities_of(self.row, table)
        return found

    def report(self) -> None:
        """Report, or not, each open issue she meets today."""
        rows = self.opportunities("encounters")
        if len(rows):
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            report(
                day, seed, rows, wrapped(world.encounters), wrapped(world.residents), p.reporting,
                p.participation, p.learning,
            )  # fmt: skip

    def attend(self) -> None:
        """Come, or not, to each of today's meetings she has heard of."""
        rows = self.opportunities("invitees")
        if len(rows):
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            attend(
                day, seed, rows, wrapped(world.invitees), wrapped(world.residents), wrapped(world.ties),
                p.attending, p.participation, p.learning, self.model.offer,
            )  # fmt: skip

    def vote(self) -> None:
        """Cast, or not, or refuse to cast, each ballot paper she has today."""
        rows = self.opportunities("invitees")
        if len(rows):
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            vote(
                day, seed, rows, wrapped(world.invitees), wrapped(world.residents), p.voting, p.participation,
                p.learning, self.model.offer, p.deliberation,
            )  # fmt: skip

    def volunteer(self) -> None:
        """Give her time, or not, on each occasion of today."""
        rows = self.opportunities("invitations")
        if len(rows):
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            volunteer(
                day, seed, rows, wrapped(world.invitations), wrapped(world.residents), wrapped(world.ties),
                p.volunteering, p.participation, p.learning, p.habits, p.joining, self.model.offer,
                wrapped(world.buildings), p.party,
            )  # fmt: skip

    def learn(self) -> None:
        """Draw the lesson of each of her reports that is decided, or that has been left too long."""
        rows = self.opportunities("reports")
        if len(rows):
            (day, _), world, p = self.model.now, self.model.world, self.model.numbers
            learn(day, rows, wrapped(world.reports), wrapped(world.issues), wrapped(world.residents), p.learning)

    def petition(self) -> None:
        """Go, or not, to a deputy's reception today with what has not been settled."""
        rows = self.opportunities("petitions")
        if len(rows):
            (day, seed), world, p = self.model.now, self.model.world, self.model.numbers
            petition(
                day, seed, rows, wrapped(world.petitions), wrapped(world.residents), p.deputies, p.participation,
                p.learning, p.reporting, p.party,
            )  # fmt: skip

    def hear_back(self) -> None:
        """Hear what has become of what she brought to a deputy."""
        rows = self.model.among_rows_of_act(self.row, "petitions", "resident")
        if len(rows):
            (day, _), world, p = self.model.now, self.model.world, self.model.numbers
            hear_back(day, rows, wrapped(world.petitions), wrapped(world.issues), wrapped(world.residents), p.learning)

    def redeem(self) -> None:
        """Take her points to the mall, if the balance is worth the trip."""
        (day, _), world, p = self.model.now, self.model.world, self.model.numbers
        redeem(
            np.array([self.row]), day, wrapped(self.table), wrapped(world.town), wrapped(self.model.tally), p.redeeming,
            p.incentives, p.mall, p.learning,
        )  # fmt: skip

    def explain(
        self, opportunity: str, *, issue: int | None = None, stake: float | None = None, known: bool = False,
        occasion: str = "call", distance: float | None = None, fairness: float = 0.5, took_part: bool = False,
        lang: str = "en",
    ) -> Explanation:  # fmt: skip
        """Why she would take such an opportunity today, or not; in English, or with `lang="zh"` in Chinese.

        "report": a problem she has noticed, given by the row of the issue, or by `stake` and whether it is
        `known` already. "attend": a meeting she has heard of, on that issue or with that stake. "vote": turning out
        for a ballot on it. "consent": accepting an outcome at this `distance` from her position (or the first plan
        for this `issue`), decided with such `fairness`, whether or not she `took_part`. "volunteer": an `occasion`,
        one of call, asked, asked_from_list, asked_by_member, asked_by_worker. "redeem": taking her points to the
        mall. Raises ValueError for anything else, and for a child, who does not decide.
        """
        if not self.adult:
            raise ValueError(message("resident {row} is a child; children do not decide", row=self.row))
        if opportunity in ("report", "attend", "vote"):
            of = self._stake_and_known(opportunity, issue, stake, known)
            said = self._explain_report(*of) if opportunity == "report" else self._explain_matter(opportunity, of[0])
        elif opportunity == "consent":
            said = self._explain_consent(self._distance(issue, distance), fairness, took_part)
        elif opportunity == "volunteer":
            said = self._explain_volunteering(occasion)
        elif opportunity == "redeem":
            said = self._explain_redeeming()
        else:
            unknown = message("opportunity {name!r}: there are {known}", name=opportunity, known=listed(OPPORTUNITIES))
            raise ValueError(unknown)
        return replace(said, about=opportunity, resident=self.row, lang=lang)

    def _stake_and_known(
        self, opportunity: str, issue: int | None, stake: float | None, known: bool
    ) -> tuple[float, bool]:
        if (issue is None) == (stake is None):
            either = message("to explain {what!r}, give either an issue (its row) or a stake", what=opportunity)
            raise ValueError(either)
        return (stake, known) if stake is not None else self.model.stake_in_issue(self.row, issue)

    def _distance(self, issue: int | None, distance: float | None) -> float:
        if (issue is None) == (distance is None):
            raise ValueError(message("to explain 'consent', give either an issue (its row) or a distance"))
        if distance is not None:
            return float(distance)
        return abs(self.model.numbers.deliberation.plan - self.model.position_on_issue(self.row, issue))

    def _explain_report(self, stake: float, known: bool) -> Explanation:
        p = self.model.numbers
        reasons, v, reach, news, chance = weigh_report(
            self.model.now[0], self.row, float(stake), bool(known), wrapped(self.table), p.reporting,
            p.participation, p.learning,
        )  # fmt: skip
        gates = {"reach of the channels": reach, "whether it is news": news}
        deed = message("report a problem with a stake of {stake:.2f}", stake=stake)
        return Explanation(self._portrait(), deed, signed(reasons), v, gates, chance)

    def _explain_matter(self, opportunity: str, stake: float) -> Explanation:
        return self._explain_meeting(stake) if opportunity == "attend" else self._explain_ballot(stake)

    def _explain_meeting(self, stake: float) -> Explanation:
        world, p = self.model.world, self.model.numbers
        reasons, v, n_active, hears, chance = weigh_meeting(
            self.model.now[0], self.row, float(stake), wrapped(world.residents), wrapped(world.ties), p.attending,
            p.participation, p.learning, self.model.offer, p.noticing, p.party,
        )  # fmt: skip
        deed = message("come to a meeting on an issue with a stake of {stake:.2f}, having heard of it,", stake=stake)
        return Explanation(self._portrait(), deed, signed(reasons), v, {}, chance, n_active, hears)

    def _explain_ballot(self, stake: float) -> Explanation:
        p = self.model.numbers
        reasons, v, chance = weigh_ballot(
            self.model.now[0], self.row, float(stake), wrapped(self.table), p.voting, p.participation, p.learning,
            self.model.offer,
        )  # fmt: skip
        deed = message("turn out for a ballot on an issue with a stake of {stake:.2f}", stake=stake)
        return Explanation(self._portrait(), deed, signed(reasons), v, {}, chance)

    def _explain_consent(self, distance: float, fairness: float, took_part: bool) -> Explanation:
        p = self.model.numbers
        judgement, share = weigh_outcome(
            float(distance), float(fairness), bool(took_part), self.model.rules_are_own, p.consenting
        )
        terms = judged(judgement)
        deed = message("accept an outcome {distance:.2f} from the own position", distance=distance)
        return Explanation(self._portrait(), deed, terms, sum(terms.values()), {}, share)

    def _explain_volunteering(self, occasion: str) -> Explanation:
        known = {code.name.lower(): code for code in Occasion}
        if occasion not in known:
            raise ValueError(message("occasion {name!r}: there are {known}", name=occasion, known=listed(known)))
        code, world, p = known[occasion], self.model.world, self.model.numbers
        reasons, v, n_active, chance = weigh_volunteering(
            self.model.now[0], self.row, int(code), float(p.volunteering.stake_of_call), wrapped(world.residents),
            wrapped(world.ties), p.volunteering, p.participation, p.learning, p.habits, self.model.offer,
            wrapped(world.buildings), p.party,
        )  # fmt: skip
        aware = self.information if code == Occasion.CALL else None
        return Explanation(self._portrait(), DEEDS[code], signed(reasons), v, {}, chance, n_active, aware)

    def _explain_redeeming(self) -> Explanation:
        p = self.model.numbers
        held, worth, hassle, goes = weigh_redeeming(
            self.row, wrapped(self.table), wrapped(self.model.world.town), p.redeeming, p.incentives, p.mall
        )
        deed = message("take {n} points to the mall", n=held)
        terms = {"balance": float(worth), "hassle": -float(hassle)}
        return Explanation(self._portrait(), deed, terms, worth - hassle, {}, float(goes), unit="yuan")

    def _portrait(self) -> Words:
        return portrait(self.row, self)
