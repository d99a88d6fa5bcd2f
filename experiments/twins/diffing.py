"""One town lived twice: who and what went otherwise under B than under A, when first, and why.

>>> from linli.experiments import diff                                        # doctest: +SKIP
>>> twins = diff("baseline", "public_board", seed=7, size="general_grid")     # doctest: +SKIP
>>> twins.residents(), twins.issues(), twins.chains()                         # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...model import world as worlds
from ...model.issues import State
from ..compiling import compile_if_stale
from ..provenance import Refusal, claim, provenance
from ..runs import Progress, checked, comparable, in_silence, opened
from ..tables import write_csv
from .causes import Causes, Link, chain_to
from .ends import difference_of, ends
from .events import BEFELL, DID, OF_ISSUES, Event, Streams
from .lives import Lives, Pair
from .naming import NO_ISSUE, row_named
from .steps import steps
from .wording import HAPPENED, STANDS, STEPS, Namer

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST_CHAINS = 50


@dataclass(frozen=True)
class Chain:
    """How a difference came about, from the lever on."""

    end: Event
    links: tuple[Link, ...]
    """Empty where trial did not find what it came of."""


@dataclass(frozen=True)
class Twins:
    """Two lives of one town with the same people and the same luck."""

    a: Any
    b: Any
    size: str
    days: int
    seed: int
    events: tuple[Event, ...]
    """Everything that happened in one town only, or not alike."""
    told: tuple[Chain, ...]
    last: Pair = field(repr=False)
    about: dict[str, Any] = field(repr=False)

    @property
    def names(self) -> tuple[str, str]:
        """What the two scenarios are called."""
        return self.a.name, self.b.name

    def namer(self, lang: str) -> Namer:
        """What things are called."""
        return Namer(self.last, (self.a.spec, self.b.spec), lang)

    @cached_property
    def first_of_resident(self) -> dict[int, list[Event]]:
        """What went otherwise for each resident, the first first."""
        return by(self.events, "resident", (*DID, *BEFELL))

    @cached_property
    def first_of_issue(self) -> dict[int, list[Event]]:
        """What went otherwise for each issue, the first first."""
        return by(self.events, "issue", OF_ISSUES)

    def resident_records(self, lang: str = "en") -> list[dict[str, Any]]:
        """One record a resident for whom something went otherwise, the first of them first."""
        people = self.last.a.residents
        found = []
        for row, events in self.first_of_resident.items():
            first = events[0]
            count = {where: sum(e.kind in DID and e.where == where for e in events) for where in ("A", "B")}
            found.append({
                "resident": row, "woman": bool(people["female"][row]), "tenant": bool(people["tenant"][row]),
                "party_member": bool(people["party"][row]), "building": int(people["building"][row]),
                "first_day": first.day, "first": HAPPENED[first.kind].told(lang), "in": first.where,
                "deeds_only_in_a": count["A"], "deeds_only_in_b": count["B"],
                "differences": len(events),
            })  # fmt: skip
        return sorted(found, key=lambda record: (record["first_day"], record["resident"]))

    def issue_records(self, lang: str = "en") -> list[dict[str, Any]]:
        """One record an issue for which something went otherwise, the first of them first."""
        found = []
        for luck, events in self.first_of_issue.items():
            first = events[0]
            record: dict[str, Any] = {
                "issue": self.namer(lang).issue(luck), "first_day": first.day,
                "first": HAPPENED[first.kind].told(lang), "in": first.where,
            }  # fmt: skip
            for name, world in zip("ab", self.last, strict=True):
                row = row_named(world, "issues", (luck,))
                about = worlds.table(world, "issues")[row] if row >= 0 else None
                record |= {
                    f"stands_{name}": "" if about is None else STANDS[State(int(about["state"]))].told(lang),
                    f"closed_{name}": None if about is None or about["closed_day"] >= 30_000 else int(about["closed_day"]),
                }  # fmt: skip
            record["differences"] = len(events)
            found.append(record)
        return sorted(found, key=lambda record: (record["first_day"], record["issue"]))

    def event_records(self, lang: str = "en") -> list[dict[str, Any]]:
        """One record a happening that differs, by day; the last ones are those that repeat."""
        namer = self.namer(lang)
        return [
            {
                "day": e.day, "kind": e.kind, "what": HAPPENED[e.kind].told(lang),
                "resident": e.resident if e.resident >= 0 else None,
                "issue": namer.issue(e.issue) if e.issue != NO_ISSUE else "", "in": e.where,
                "day_a": e.day_a, "day_b": e.day_b,
            }  # fmt: skip
            for e in self.events
        ]

    def chain_records(self, lang: str = "en") -> list[dict[str, Any]]:
        """One record a link: in which step of which day what came to differ, what it held in each, and because of what."""
        namer = self.namer(lang)
        found = []
        for number, chain in enumerate(self.told, 1):
            for place, link in enumerate(chain.links, 1):
                difference = link.difference
                held = [namer.value(difference.cell, value) for value in difference.after]
                found.append({
                    "chain": number, "end": self.end(chain.end, lang), "link": place, "day": difference.when.day,
                    "step": STEPS[steps()[difference.when.step].name].told(lang),
                    "what": namer.thing(difference.cell), "in_a": held[0], "in_b": held[1],
                    "because_of": namer.because(link.needed),
                })  # fmt: skip
        return found

    def residents(self) -> pd.DataFrame:
        """The residents for whom something went otherwise, as a tidy DataFrame."""
        return framed(self.resident_records())

    def issues(self) -> pd.DataFrame:
        """The issues, likewise."""
        return framed(self.issue_records())

    def happenings(self) -> pd.DataFrame:
        """All that went otherwise, likewise."""
        return framed(self.event_records())

    def chains(self) -> pd.DataFrame:
        """How some of it came about, a row a link."""
        return framed(self.chain_records())

    def end(self, event: Event, lang: str = "en") -> str:
        """A happening that differs, as a sentence without its full stop."""
        namer = self.namer(lang)
        who = namer.resident(event.resident) if event.resident >= 0 else namer.issue(event.issue)
        about = ""
        if event.resident >= 0 and event.issue != NO_ISSUE:
            about = f"（{namer.issue(event.issue)}）" if lang == "zh" else f" ({namer.issue(event.issue)})"
        what = HAPPENED[event.kind].told(lang)
        days = [None if day is None else (f"第{day}天" if lang == "zh" else f"on day {day}")
                for day in (event.day_a, event.day_b)]  # fmt: skip
        if event.where != "both":
            name = self.names["AB".index(event.where)]
            only = f"，{days[event.where == 'B']}，仅在{name}中" if lang == "zh" else f" {days[event.where == 'B']}, only under {name}"
            return who + ("" if lang == "zh" else " ") + what + about + only
        both = "，".join(f"{n}中{d}" for n, d in zip(self.names, days, strict=True)) if lang == "zh" else " and ".join(
            f"{d} under {n}" for n, d in zip(self.names, days, strict=True))  # fmt: skip
        unlike = "" if event.day_a != event.day_b else "，结果不同" if lang == "zh" else ", not alike"
        return who + ("" if lang == "zh" else " ") + what + about + ("，" if lang == "zh" else " ") + both + unlike

    def sentence(self, lang: str = "en") -> str:
        """What differs, in one sentence."""
        a, b = self.names
        people, issues = len(self.first_of_resident), len(self.first_of_issue)
        if not self.events:
            return (f"{self.days}天内，{a}与{b}没有任何不同。" if lang == "zh"
                    else f"In {self.days} days nothing went otherwise under {b} than under {a}.")  # fmt: skip
        n, day = len(self.last.a.residents), self.events[0].day
        if lang == "zh":
            return (f"{self.days}天内，{b}使{n}名居民中的{people}人和{issues}个议题与在{a}中不同；第一处不同在第{day}天。")
        return (f"In {self.days} days, {people} of {n} residents and {issues} issues went otherwise under {b} than under"
                f" {a}; the first on day {day}.")  # fmt: skip

    def figure(self, lang: str = "en") -> Figure:
        """When residents and issues parted, and the chains."""
        from .. import style
        from ..picture_twins import twins_picture

        with style.drawing(lang) as lang:
            return twins_picture(self, lang)

    def write(self, folder: str | Path, *, force: bool = False, lang: str = "en") -> list[Path]:
        """Write tables, figure and provenance. Raises Refusal over other results, OSError."""
        from .. import style

        folder = claim(Path(folder), self.about, force)
        tables = {
            "residents": self.resident_records(lang), "issues": self.issue_records(lang),
            "happenings": self.event_records(lang), "chains": self.chain_records(lang),
        }  # fmt: skip
        written = [write_csv(folder / f"{name}.csv", records) for name, records in tables.items() if records]
        source = f"linli diff {' '.join(self.names)}, seed {self.seed}"
        drawn = style.save(self.figure(lang), folder / "twins", lang, source) if self.events else []
        return [*written, *drawn, folder / "provenance.json"]


def by(events: Sequence[Event], name: str, kinds: Sequence[str]) -> dict[int, list[Event]]:
    """The events of these kinds, by who or what they happened to."""
    found: dict[int, list[Event]] = {}
    for event in events:
        if event.kind in kinds and getattr(event, name) >= 0:
            found.setdefault(getattr(event, name), []).append(event)
    return found


def framed(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Records as a DataFrame."""
    import pandas as pd

    return pd.DataFrame(records)


def diff(
    a: Any, b: Any, *, seed: int = 1, size: str = "general_grid", days: int = 365, chains: int = 6,
    resident: int | None = None, progress: Progress = in_silence,
) -> Twins:  # fmt: skip
    """Live one town under two scenarios (names, files, or ones loaded) and lay the lives side by side.

    `chains` differences are followed back to the lever, or those of one `resident`. Raises ScenarioError for a
    scenario that cannot be; Refusal for a size, number or resident that cannot be, and for scenarios that do not begin
    in the same town.
    """
    checked(size, days, seed)
    if not 0 <= chains <= MOST_CHAINS:
        raise Refusal(f"chains is {chains}; allowed are whole numbers from 0 to {MOST_CHAINS}")
    first, second = opened(a), opened(b)
    if first.spec != second.spec:
        first, second = comparable([first, second])
    if first.baseline != second.baseline:
        raise Refusal(f"{first.name} and {second.name} begin in different towns; a town can only be lived twice from one day 0")
    about = provenance("diff", [first, second], size=size, days=days, seed=seed)
    progress("burning in", 0, days)
    compile_if_stale()
    lives, streams = Lives(first.baseline, first.spec, second.spec, size, seed, days), Streams()
    n = len(lives.kept[0].a.residents)
    if resident is not None and not 0 <= resident < n:
        raise Refusal(f"there is no resident {resident}; in this town they are numbered from 0 to {n - 1}")
    for day, mornings, evenings in lives.lived(progress):
        streams.add(day, mornings, evenings)
    events = streams.events()
    mine = events if resident is None else [event for event in events if event.resident == resident]
    told = told_from(Causes(lives), ends(mine, chains), progress)
    return Twins(first, second, size, days, seed, tuple(events), tuple(told), lives.morning(days), about)


def told_from(causes: Causes, chosen: list[Event], progress: Progress) -> list[Chain]:
    """The chains that lead to these happenings."""
    found = []
    for number, event in enumerate(chosen):
        progress("tracing", number, len(chosen))
        difference = difference_of(causes, event)
        try:
            links = chain_to(causes, difference) if difference else []
        except LookupError:
            links = []
        found.append(Chain(event, tuple(links)))
    return found
