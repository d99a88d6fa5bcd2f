"""The neighbourhood as a Mesa model: whatever works with Mesa works with it, and a day is still lived compiled.

The state is the World; agents are handles on its rows, made when somebody first looks at them. Luck never
comes from Mesa's generators: those are seeded only so that a user's own hooks can be reproduced.
"""

from __future__ import annotations

import operator
import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from ..agents.core.compiled import INTERPRETED, compiled
from ..agents.core.field import dtype_of, table_of
from ..agents.core.table import unwrapped, wrapped
from ..agents.deputy.agent import Deputy
from ..agents.grid_worker.agent import GridWorker
from ..agents.party_member.agent import PartyMember
from ..agents.resident.agent import Resident
from ..agents.resident.earning import offer_of
from ..agents.resident.redeeming import belief_in_mall
from . import world as worlds
from .day import day_with, live
from .inviting import mean_position
from .issues import State, stake_in
from .noting import note
from .petitions import CONGRESS_SEATS, SEATS
from .regime import RulesOrigin
from .running import Hook, checked, day_zero, run
from .spec import Spec
from .world import World

SETTLED_AT_FOUNDING = ("population", "places", "ties", "staff")
"""Groups that are read only when a town is founded: from day 0 on a change of theirs would go unnoticed."""

REPORTERS = ("day", "n_reports_today", "n_acts_today", "n_open_issues", "active_share_90")
"""What the data collector records of the model if nothing else is asked for."""

ACTS_OF_RESIDENTS = ("report", "attend", "vote", "volunteer", "redeem", "learn", "petition", "hear_back")
ACTS_OF_MEMBERS = ("visit", "keep_duty")
ACTS_OF_WORKERS = ("patrol", "casework")
ACTS_OF_DEPUTIES = ("receive", "hand_over", "broker")
ACTS_OF_AGENTS = ACTS_OF_RESIDENTS + ACTS_OF_MEMBERS + ACTS_OF_WORKERS + ACTS_OF_DEPUTIES

ROWS_GIVEN = {"casework": 0, "hand_over": 0, "hear_back": 1, "learn": 1, "receive": 0, "redeem": 0}
"""At which place an act is given its rows, if not at the third."""


class Neighbourhood(mesa.Model):
    """A town on the morning of day 0, burnt in; each step is a day.

    `spec` holds all numbers of the town. The levers named here and `changes` (by section, as in
    `Spec.changed`) are laid over it and begin on day 0; the burn-in is lived under `baseline`, by default
    `spec` without them (of a scenario that was loaded, give both: `spec=…, baseline=…`). A points programme
    is on if it pays anything, unless `changes` say otherwise.

    `rng` is the seed of all luck: equal seeds meet equal luck under every spec, so runs with one seed are
    paired and not replicates of each other. None takes a fresh one; `model.seed_of_luck` tells which.

    `hooks` are called with the World on the mornings of their days (`on_days`). After `days` days `running`
    is False. A `step` defined by a class of agents is called for each of them when the day is over. With
    `agent_by_agent` every act is done by the agents' own verbs, one agent after the other: the same bits, at
    Python's price. By default that is so if one of the classes overrides a verb.

    Raises ValueError for impossible values, TypeError for things that are no Spec.
    """

    def __init__(
        self,
        *,
        spec: Spec | None = None,
        baseline: Spec | None = None,
        size: str = "general_grid",
        rng: int | None = 1,
        changes: Mapping[str, Mapping[str, Any]] | None = None,
        points_per_hour: int | None = None,
        points_per_meeting_hour: int | None = None,
        rule: str | None = None,
        period: int | None = None,
        staffing: float | None = None,
        days: int | None = None,
        hooks: Iterable[Hook] = (),
        model_reporters: Mapping[str, Any] | None = None,
        agent_reporters: Mapping[str, Any] | None = None,
        resident_class: type[Resident] = Resident,
        party_member_class: type[Resident] | None = None,
        grid_worker_class: type[GridWorker] = GridWorker,
        deputy_class: type[Deputy] = Deputy,
        agent_by_agent: bool | None = None,
    ) -> None:
        seed = secrets.randbits(62) if rng is None else operator.index(rng)
        town = checked_spec(Spec() if spec is None else spec)
        burnt_in_under = checked_spec(town if baseline is None else baseline)
        world = day_zero(burnt_in_under, size, seed)
        super().__init__(rng=seed)
        self.world: World = world
        self._handles: tuple[list[Resident], list[GridWorker]] | None = None
        self._deputies: dict[int, Deputy] = {}
        self._spec, self._in_force = burnt_in_under, burnt_in_under
        self._numbers = burnt_in_under.numbers()
        self.spec = with_levers(town, points_per_hour, points_per_meeting_hour, rule, period, staffing, changes)
        self.hooks = list(hooks)
        self.last_day = days
        self.running = days is None or days > 0
        own_party_class = PartyMember if resident_class is Resident else resident_class
        self._classes = (resident_class, party_member_class or own_party_class, grid_worker_class, deputy_class)
        self.agent_by_agent = overrides_a_verb(self._classes) if agent_by_agent is None else agent_by_agent
        self.under_way = False
        """Whether a day is being lived agent by agent just now, so that there are opportunities to take."""
        self.rows_of_act: np.ndarray[Any, Any] = np.empty(0, np.int64)
        """Rows of opportunities of the act that is being done agent by agent just now."""
        self._days_ahead = 0
        self.datacollector = mesa.DataCollector(
            model_reporters=dict(model_reporters or {name: name for name in REPORTERS}),
            agent_reporters=portable(agent_reporters or {}),
        )

    # The town

    @property
    def spec(self) -> Spec:
        """The numbers the town lives under. A new one may be set between days, and holds from the next day on."""
        return self._spec

    @spec.setter
    def spec(self, spec: Spec) -> None:
        for group in SETTLED_AT_FOUNDING:
            if getattr(checked_spec(spec), group) != getattr(self._spec, group):
                raise ValueError(f"{group}: settled when the town is founded; change it in the baseline and the spec")
        self._spec = spec

    @property
    def numbers(self) -> Any:
        """The spec in force today as compiled code reads it."""
        if self._in_force is not (now := self._spec.on(self.day)):
            self._in_force, self._numbers = now, now.numbers()
        return self._numbers

    @property
    def day(self) -> int:
        """The day that comes next (or is being lived)."""
        return int(self.world.town["day"][0])

    @property
    def seed_of_luck(self) -> int:
        """The seed of all luck."""
        return int(self.world.town["seed"][0])

    @property
    def now(self) -> tuple[Any, Any]:
        """Day and seed in the number types that the day itself hands to the acts."""
        day, seed = self.world.town["day"][0], self.world.town["seed"][0]
        return (int(day), int(seed)) if INTERPRETED else (day, seed)

    @property
    def offer(self) -> Any:
        """What the points programme offers today."""
        p, town = self.numbers, self.world.town
        return offer_of(
            self.now[0], belief_in_mall(wrapped(town), p.incentives), p.incentives, p.mall, p.recognition,
            town["appraisal_cutoff"][0], town["merit_cutoff"][0],
        )  # fmt: skip

    # Living

    def step(self) -> None:
        """Live one day."""
        if self._days_ahead:  # lived already by run_days: only Mesa's own clocks follow
            self._days_ahead -= 1
            return
        self._live(1)
        self._let_agents_step()
        self._look()

    def run_days(self, n_days: int) -> None:
        """Live so many days at once: the same as so many steps, but data are collected only after the last.

        Where something in Python has to be called every day, so many steps are what it does.
        """
        if type(self).step is not Neighbourhood.step or self.agent_by_agent or any(self._agents_that_step()):
            for _ in range(n_days):
                self.step()
        elif n_days > 0:
            self._live(n_days)
            self._days_ahead = n_days
            for _ in range(n_days):
                self.step()
            self._look()

    def _live(self, n_days: int) -> None:
        today = self.day
        hooked = any(today <= day < today + n_days for hook in self.hooks for day in hook.days)
        if self.agent_by_agent:  # then a day at a time
            self.world = called_on(self.hooks, today, self.world)
            live_agent_by_agent(self)
        elif hooked or self.spec.turns:
            self.world = run(self.world, self.spec, n_days, self.hooks)
        else:
            self.world = worlds.unwrap(live(worlds.wrap(self.world), self.numbers, n_days))

    def _agents_that_step(self) -> tuple[bool, bool, bool]:
        residents, party_members, workers, deputies = (cls.step is not mesa.Agent.step for cls in self._classes)
        return residents or party_members, workers, deputies

    def _let_agents_step(self) -> None:
        residents, workers, deputies = self._agents_that_step()
        if residents:
            self.residents.do("step")
        if workers:
            self.grid_workers.do("step")
        if deputies:
            self.deputies.do("step")

    def _look(self) -> None:
        self.datacollector.collect(self)
        if self.last_day is not None and self.day >= self.last_day:
            self.running = False

    # Agents: handles on the rows of the World, made when first looked at

    def handles(self) -> tuple[list[Resident], list[GridWorker]]:
        """A handle for each resident and one for each worker, in table order."""
        if self._handles is None:
            resident, party_member, worker, _ = self._classes
            party = self.world.residents["party"].tolist()
            people = [(party_member if party[row] else resident)(self, row) for row in range(len(party))]
            self._handles = people, [worker(self, row) for row in range(len(self.world.workers))]
        return self._handles

    def handles_of_deputies(self) -> dict[int, Deputy]:
        """A handle for each deputy who serves today, by row; those whose seats are empty leave."""
        self.handles()
        seat, p = self.world.deputies["deputy"] % SEATS, self.numbers.deputies
        filled = (seat < min(p.per_community, CONGRESS_SEATS)) | (
            (seat >= CONGRESS_SEATS) & (seat - CONGRESS_SEATS < p.cppcc_per_community)
        )
        serving = np.flatnonzero(filled).tolist()
        for row in set(self._deputies) - set(serving):
            self._deputies.pop(row).remove()
        self._deputies = {row: self._deputies.get(row) or self._classes[3](self, row) for row in serving}
        return self._deputies

    @property
    def agents(self) -> AgentSet:
        """All agents: residents in table order, then workers, then the deputies who serve."""
        self.handles_of_deputies()
        everybody: AgentSet = super().agents
        return everybody

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """The agents of each class."""
        self.handles_of_deputies()
        by_type: dict[type[mesa.Agent], AgentSet] = super().agents_by_type
        return by_type

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents there are."""
        self.handles_of_deputies()
        return list(super().agents_by_type)

    @property
    def residents(self) -> AgentSet:
        """All residents, Party members among them, in table order."""
        return AgentSet(self.handles()[0], random=self.random)

    @property
    def grid_workers(self) -> AgentSet:
        """All grid workers, in table order."""
        return AgentSet(self.handles()[1], random=self.random)

    @property
    def deputies(self) -> AgentSet:
        """All deputies who serve, members of the CPPCC among them, in table order."""
        return AgentSet(self.handles_of_deputies().values(), random=self.random)

    def residents_in(self, rows: Iterable[int]) -> AgentSet:
        """The residents in these rows."""
        people = self.handles()[0]
        return AgentSet([people[row] for row in rows], random=self.random)

    # What agents look up

    @property
    def tally(self) -> np.ndarray[Any, Any]:
        """Today's row of the daily table, or between days that of the last day lived (a table of one row)."""
        last = int(self.world.town["n_days"][0])
        tally: np.ndarray[Any, Any] = self.world.days[last - 1 : last]
        return tally

    def opportunities_of(self, row: int, table: str) -> np.ndarray[Any, Any]:
        """Rows of a resident in one of today's tables of opportunities; none between days."""
        if not self.under_way:
            return np.empty(0, np.int64)
        town = self.world.town[0]
        n_rows = int(town["n_" + table])
        if table == "reports":
            first = int(town["first_open_report"])
            return first + np.flatnonzero(self.world.reports["resident"][first:n_rows] == row)
        stretches = [(0, n_rows)]
        if table == "invitees":
            stretches = self._invited_together()
        elif table == "petitions":
            stretches = [(int(town["first_petition_today"]), n_rows)]
        return np.concatenate([rows_of(row, getattr(self.world, table), *stretch) for stretch in stretches])

    def among_rows_of_act(self, row: int, table: str, whose: str) -> np.ndarray[Any, Any]:
        """Of the rows of a table that today's act is about, those of one actor, who stands in the column `whose`."""
        if not self.under_way:
            return np.empty(0, np.int64)
        rows: np.ndarray[Any, Any] = self.rows_of_act[getattr(self.world, table)[whose][self.rows_of_act] == row]
        return rows

    def member_row(self, resident: int) -> int:
        """Row among the Party members of the resident in this row."""
        return int(self.world.members["resident"].searchsorted(resident))

    @property
    def petitions_today(self) -> np.ndarray[Any, Any]:
        """Rows of today's opportunities to petition a deputy."""
        town = self.world.town[0]
        return np.arange(int(town["first_petition_today"]), int(town["n_petitions"]))

    def _invited_together(self) -> list[tuple[int, int]]:
        """The stretches of today's invitees within which residents stand in order: of each meeting, those affected,
        and those who decide without being affected."""
        town = self.world.town[0]
        today = self.world.meetings[int(town["first_meeting_today"]) : int(town["n_meetings"])]
        bounds = [int(row) for m in today for row in (m["first_invitee"], m["first_invitee"] + m["n_affected"])]
        return [(0, 0), *pairwise([*bounds, int(town["n_invitees"])])]

    def stake_in_issue(self, row: int, issue: int) -> tuple[float, bool]:
        """A resident's stake in an issue today, and whether it is known already."""
        people, cases = wrapped(self.world.residents), wrapped(self.world.issues)
        stake = stake_of(self.now[0], row, issue, people, cases, self.numbers.issues)
        return float(stake), bool(self.world.issues["detected"][issue] < self.day)

    def position_on_issue(self, row: int, issue: int) -> float:
        """A resident's position on an issue before anybody has spoken of it."""
        invitees, tally = (wrapped(table_of(worlds.ENTITIES[name], 1)) for name in ("invitees", "days"))
        people, cases, p = wrapped(self.world.residents), wrapped(self.world.issues), self.numbers.deliberation
        return float(position_of(self.now[1], row, issue, people, cases, invitees, tally, p))

    @property
    def rules_are_own(self) -> bool:
        """Whether residents made the rules of their meetings themselves."""
        return bool(self.numbers.deliberation.rules_origin == RulesOrigin.SELF_MADE)

    # What can be reported

    @property
    def n_reports_today(self) -> int:
        """Reports on the last day lived."""
        return int(self.tally["n_reports"][0])

    @property
    def n_acts_today(self) -> int:
        """Acts of volunteering on the last day lived."""
        return int(self.tally["n_acts"][0])

    @property
    def n_open_issues(self) -> int:
        """Issues that are there and neither closed nor faded, reported or not."""
        state = worlds.table(self.world, "issues")["state"]
        return int(np.count_nonzero((state < State.CLOSED_RESOLVED) | (state == State.REOPENED)))

    @property
    def active_share_90(self) -> float:
        """Share of all residents who have volunteered in the last 90 days."""
        return float(np.mean(self.day - 1 - self.world.residents["last_act"] < 90))

    def counts(self) -> dict[str, float]:
        """What was counted on the last day lived, by the names of the daily table."""
        return {name: self.tally[name][0].item() for name in self.tally.dtype.names or ()}


def checked_spec(spec: Any) -> Spec:
    """The spec itself. Raises TypeError for anything else."""
    if not isinstance(spec, Spec):
        raise TypeError(
            f"{type(spec).__name__} is no Spec (in batch_run's parameters write [spec], for Mesa takes a Spec apart)"
        )
    return spec


def overrides_a_verb(classes: tuple[type[Resident], type[Resident], type[GridWorker], type[Deputy]]) -> bool:
    """Whether one of the classes does an act of the day in a way of its own."""
    resident, party_member, worker, deputy = classes
    verbs = (
        (resident, Resident, ACTS_OF_RESIDENTS),
        (party_member, Resident, ACTS_OF_RESIDENTS),
        (party_member, PartyMember, ACTS_OF_MEMBERS),
        (worker, GridWorker, ACTS_OF_WORKERS),
        (deputy, Deputy, ACTS_OF_DEPUTIES),
    )
    return any(
        getattr(cls, act, getattr(usual, act)) is not getattr(usual, act) for cls, usual, acts in verbs for act in acts
    )


def with_levers(
    spec: Spec, points_per_hour: int | None, points_per_meeting_hour: int | None, rule: str | None,
    period: int | None, staffing: float | None, changes: Mapping[str, Mapping[str, Any]] | None,
) -> Spec:  # fmt: skip
    """The spec with these levers, where given, and then with these changes."""
    pay = given(points_per_hour=points_per_hour, points_per_meeting_hour=points_per_meeting_hour)
    if pay:
        pay["programme_on"] = any((spec.incentives.model_dump() | pay)[name] > 0 for name in POINTS)
    laid_over = spec.changed(
        incentives=pay,
        deliberation=given(rule=rule, period=period),
        grid=given(staffing=None if staffing is None else float(staffing)),
    )
    return laid_over.changed(**{section: dict(values) for section, values in (changes or {}).items()})


POINTS = (
    "points_per_hour", "points_per_meeting_hour", "points_per_duty_hour", "worker_points_per_hour", "merit_points",
    "appraisal_points",
)  # fmt: skip
"""What a points programme may pay."""


def given(**values: Any) -> dict[str, Any]:
    """Those of the values that are not None, as Python's own numbers."""
    return {
        name: value.item() if isinstance(value, np.generic) else value
        for name, value in values.items()
        if value is not None
    }


def called_on(hooks: Iterable[Hook], day: int, world: World) -> World:
    """The world after the hooks of this morning."""
    for hook in hooks:
        if day in hook.days:
            world = checked(hook.call(world) or world)
    return world


def portable(reporters: Mapping[str, Any]) -> dict[str, Any]:
    """Reporters of agents in a form that gives None for agents without such an attribute, in every Mesa."""
    return {
        name: partial(attribute_of, name=reporter) if isinstance(reporter, str) else reporter
        for name, reporter in reporters.items()
    }


def attribute_of(agent: mesa.Agent, name: str) -> Any:
    """The attribute of an agent, or None."""
    return getattr(agent, name, None)


def rows_of(row: int, table: np.ndarray[Any, Any], first: int, last: int) -> np.ndarray[Any, Any]:
    """Rows of a resident in a stretch of a table that is in the order of residents."""
    who = table["resident"][first:last]
    return np.arange(first + who.searchsorted(row), first + who.searchsorted(row, "right"))


@compiled
def stake_of(day, row, issue, residents, issues, p):  # type: ignore[no-untyped-def]
    """The stake of the resident in this row in the issue in that row."""
    return stake_in(issues[issue], residents[row].building, day, p)


@compiled
def position_of(seed, row, issue, residents, issues, invitees, tally, p):  # type: ignore[no-untyped-def]
    """The position of the resident in this row on the issue in that row, noted on a blank row of invitees."""
    luck = issues[issue].luck
    note(seed, invitees[0], 0, row, residents[row].person, luck, mean_position(seed, luck, tally, p), 0.0, p)
    return invitees[0].position


def live_agent_by_agent(model: Neighbourhood) -> None:
    """A day in which each act of an agent is done by the agents' own verbs, in table order.

    Same order of the day, same town around them: the World is equal bit for bit to a day lived at once.
    """
    lived = day_with(partial(by_agents, model))
    town = model.world.town
    model.under_way = True
    try:
        world = worlds.unwrap(lived(worlds.wrap(model.world), model.numbers))
    finally:
        model.under_way = False
    model.world = world._replace(town=town)


def by_agents(model: Neighbourhood, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """An act of the day, done by its actors' verbs if they have one; the model sees every table that has grown."""

    def done(*args: Any) -> Any:
        if name in ACTS_OF_AGENTS:
            model.rows_of_act = np.asarray(args[ROWS_GIVEN.get(name, 2)])
            for agent in actors(model, name):
                verb_of(agent, name)()
            return None
        result = act(*args)
        model.world = model.world._replace(**grown(result))
        return result

    return done


def actors(model: Neighbourhood, act: str) -> list[Any]:
    """Who does an act today: those in its rows, or whose opportunities these are, or all residents."""
    rows, world = model.rows_of_act, model.world
    people, workers = model.handles()
    if act == "redeem":
        return [people[row] for row in rows.tolist()]
    if act in ACTS_OF_MEMBERS:
        return [people[row] for row in world.members["resident"][rows].tolist()]
    if act in ("petition", "hear_back"):
        return [people[row] for row in np.unique(world.petitions["resident"][rows]).tolist()]
    if act == "patrol":
        return [workers[row] for row in np.unique(world.sightings["worker"][rows]).tolist()]
    if act in ACTS_OF_WORKERS:
        return [workers[row] for row in rows.tolist()]
    if act in ACTS_OF_DEPUTIES:
        whose = np.unique(world.petitions["deputy"][rows]) if act == "hand_over" else rows
        return [model.handles_of_deputies()[row] for row in whose.tolist()]
    return people


def verb_of(agent: Any, name: str) -> Callable[[], None]:
    """What an agent calls this act. Residents of a user's own class, if Party members, have a member's verbs too."""
    return getattr(agent, name, None) or partial(getattr(PartyMember, name), agent)


TABLE_OF = {dtype_of(entity): name for name, entity in worlds.ENTITIES.items()}
"""Tables are told apart by their fields."""


def grown(result: Any) -> dict[str, Any]:
    """The tables of the World that an act gives back, by name."""
    tables = [unwrapped(table) for table in (result if isinstance(result, tuple) else (result,))]
    return {TABLE_OF[t.dtype]: t for t in tables if isinstance(t, np.ndarray) and t.dtype in TABLE_OF}
