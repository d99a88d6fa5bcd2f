"""A small general grid for stories of deliberation: two micro-grids of three buildings, an adult in each dwelling."""

from __future__ import annotations

from typing import Any

import numpy as np
from linli.agents.resident import AgeBand, ResidentFields
from linli.agents.resident.attending import attend
from linli.agents.resident.earning import Offer
from linli.agents.resident.voting import vote
from linli.model.agenda import turn_away
from linli.model.council import elect
from linli.model.deliberation import convene, deliberate, hold
from linli.model.inviting import Ground, invite
from linli.model.issues import CaseFields, IssueFields, Kind, State
from linli.model.measures import TallyFields
from linli.model.places import BuildingFields, GeneralGridFields, HouseholdFields, MicroGridFields
from linli.model.regime import InviteeFields, MeetingFields, Rule
from linli.model.ties import TieFields
from linli.model.world import TownFields
from stories.setting import by_hand, kinds_of, one, table

PER_BUILDING, BUILDINGS = 20, 3
HERE = PER_BUILDING * BUILDINGS
EVERYBODY = 2 * HERE

NO_OFFER = Offer(*[0] * len(Offer._fields))
"""A day without a points programme, on which nobody sees what others do."""


def assembly(spec: Any, positions: Any, luck: int = 5, rule: Rule = Rule.MAJORITY, **columns: Any) -> Any:
    """Hold a meeting of people with these positions. Returns its row, the people and what was tallied."""
    n = len(positions)
    given = {"openness": 0.0, "talk": 1.0, "comes": True, "resident": np.arange(n), **columns}
    people = table(InviteeFields, n, position=positions, first_position=positions, **given)
    meeting, tally = one(MeetingFields, n_affected=n, rule=rule), table(TallyFields, 1)
    by_hand(hold)(0, 1, meeting, luck, np.arange(n), people, tally, spec.numbers().deliberation)
    return meeting, people, tally[0]


class Quarter:
    """The small general grid, with some matters on the agenda of its council."""

    def __init__(self, spec: Any, kind: Kind = Kind.PARKING, n_issues: int = 1, day: int = 0, **issue: Any) -> None:
        self.p, self.day, self.offer = spec.numbers(), day, NO_OFFER
        where = np.arange(EVERYBODY)
        women, tenants = where % 2 == 0, where % 5 == 0
        old = np.where(where % 4 == 0, AgeBand.OLD, AgeBand.MIDDLE)
        self.residents = table(
            ResidentFields, EVERYBODY, person=where * 8, household=where, building=where // PER_BUILDING,
            micro_grid=where // HERE, adult=True, female=women, tenant=tenants, age_band=old, party=where % 3 == 0,
            information=0.6, spirit=0.5,
        )  # fmt: skip
        homes = table(HouseholdFields, EVERYBODY, first_resident=where, n_residents=1, floor_area=80, tenant=tenants)
        first = np.array([0, HERE])
        micro = table(
            MicroGridFields, 2, first_building=[0, BUILDINGS], n_buildings=BUILDINGS, first_household=first,
            n_households=HERE, first_resident=first, n_residents=HERE,
        )  # fmt: skip
        grids = table(GeneralGridFields, 1, n_micro_grids=2, n_households=EVERYBODY, n_residents=EVERYBODY)
        corners = PER_BUILDING * np.arange(2 * BUILDINGS)
        houses = table(BuildingFields, 2 * BUILDINGS, first_resident=corners, n_residents=PER_BUILDING)
        self.ground = Ground(kinds_of(self.p), homes, houses, micro, grids)
        given = {"state": State.ON_AGENDA, "kind": kind, "building": 1, "severity": 0.7, "reporter": 3, **issue}
        self.issues = table(IssueFields, n_issues, luck=1000 + 7 * np.arange(n_issues), **given)
        self.cases = table(CaseFields, n_issues, issue=np.arange(n_issues))
        self.town = table(TownFields, 1, n_cases=n_issues)
        self.tally, self.ties = table(TallyFields, 1), table(TieFields, 1)
        self.meetings, self.invitees = table(MeetingFields, 1), table(InviteeFields, 1)

    def convene(self) -> list[Any]:
        """The agenda is filtered and the council convenes; returns the rows of today's meetings."""
        p = self.p
        by_hand(turn_away)(
            self.day, self.cases, self.issues, self.ground.kinds, self.residents, self.town, self.tally, p.agenda,
            p.learning,
        )  # fmt: skip
        self.meetings = by_hand(convene)(
            self.day, self.cases, self.issues, self.ground.kinds, self.ground.micro_grids, self.meetings, self.town,
            p.deliberation,
        )  # fmt: skip
        return [self.meetings[m] for m in range(self.town[0].n_meetings)]

    def invite(self) -> Any:
        """Today's invitees, as an array."""
        self.convene()
        p = self.p
        grids = self.ground.general_grids
        by_hand(elect)(self.day, 1, self.meetings, grids, self.residents, self.town, self.tally, p.deliberation)
        self.invitees = by_hand(invite)(
            self.day, 1, self.meetings, self.invitees, self.issues, self.residents, self.ground, self.town, self.tally,
            p.deliberation, p.attending, p.voting, p.noticing, p.issues, p.party,
        )  # fmt: skip
        return self.invitees.array[: self.town[0].n_invitees]

    def attend(self) -> Any:
        """The same, when everybody has decided whether to come and how to vote."""
        self.invite()
        p, rows = self.p, range(self.town[0].n_invitees)
        by_hand(attend)(
            self.day, 1, rows, self.invitees, self.residents, self.ties, p.attending, p.participation, p.learning,
            self.offer,
        )  # fmt: skip
        by_hand(vote)(
            self.day, 1, rows, self.invitees, self.residents, p.voting, p.participation, p.learning, self.offer,
            p.deliberation,
        )  # fmt: skip
        return self.invitees.array[: self.town[0].n_invitees]

    def deliberate(self, **invitees: Any) -> Any:
        """The first of today's meetings, decided; `invitees` are columns laid over what they would have done."""
        rows = self.attend()
        for name, value in invitees.items():
            rows[name] = value
        p = self.p
        by_hand(deliberate)(
            self.day, 1, self.meetings, self.invitees, self.issues, self.residents, self.ground.kinds, self.town,
            self.tally, p.deliberation, p.consenting, self.offer,
        )  # fmt: skip
        return self.meetings[0]
