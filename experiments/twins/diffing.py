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
from typing import TYPE_CHECKING, Any, NamedTuple

from ...words import message
from ..compiling import compile_if_stale
from ..provenance import Refusal, claim, provenance
from ..runs import Progress, checked, comparable, in_silence, opened
from ..tables import write_csv
from .causes import Causes, Link, chain_to
from .ends import difference_of, ends
from .events import BEFELL, DID, OF_ISSUES, Event, Streams
from .lives import Lives, Pair
from .recorded import chain_records, event_records, issue_records, resident_records
from .saying import Namer
from .sentences import sentence

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
        return Namer(self.last, (self.a.spec, self.b.spec), self.names, lang)

    @cached_property
    def first_of_resident(self) -> dict[int, list[Event]]:
        """What went otherwise for each resident, the first first."""
        return by(self.events, "resident", (*DID, *BEFELL))

    @cached_property
    def first_of_issue(self) -> dict[int, list[Event]]:
        """What went otherwise for each issue, the first first."""
        return by(self.events, "issue", OF_ISSUES)

    @cached_property
    def records(self) -> dict[str, list[dict[str, Any]]]:
        """The tables by name: residents, issues, happenings and chains."""
        return {
            "residents": resident_records(self), "issues": issue_records(self), "happenings": event_records(self),
            "chains": chain_records(self),
        }  # fmt: skip

    def residents(self) -> pd.DataFrame:
        """The residents for whom something went otherwise, as a tidy DataFrame; texts also in Chinese (`…_zh`)."""
        return framed(self.records["residents"])

    def issues(self) -> pd.DataFrame:
        """The issues, likewise."""
        return framed(self.records["issues"])

    def happenings(self) -> pd.DataFrame:
        """All that went otherwise, likewise."""
        return framed(self.records["happenings"])

    def chains(self) -> pd.DataFrame:
        """How some of it came about, a row a link."""
        return framed(self.records["chains"])

    @property
    def found(self) -> dict[str, int | None]:
        """How much went otherwise: residents, issues, and the first day (None where nothing did)."""
        return {
            "residents": len(self.first_of_resident), "of_residents": len(self.last.a.residents),
            "issues": len(self.first_of_issue), "happenings": len(self.events),
            "first_day": self.events[0].day if self.events else None,
        }  # fmt: skip

    def sentence(self, lang: str = "en") -> str:
        """What differs, in one sentence."""
        return sentence(self.names, self.days, self.found, lang)

    def figure(self, lang: str = "en") -> Figure:
        """When residents and issues parted, and the chains."""
        from .. import style
        from ..picture_twins import parted, twins_picture

        with style.drawing(lang) as lang:
            return twins_picture(parted(self.names, self.days, self.found, self.records), lang)

    def write(self, folder: str | Path, *, force: bool = False, lang: str = "en") -> list[Path]:
        """Write tables, figure and provenance. Raises Refusal over other results, OSError."""
        from .. import style

        folder = claim(Path(folder), self.about | {"found": self.found}, force)
        for name in (*(f"{name}.csv" for name in self.records), "twins.png", "twins.svg"):
            (folder / name).unlink(missing_ok=True)
        written = [write_csv(folder / f"{name}.csv", records) for name, records in self.records.items() if records]
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


class Founded(NamedTuple):
    """A town on day 0 that is to be lived twice, and what is asked of it."""

    a: Any
    b: Any
    lives: Lives
    chains: int
    resident: int | None
    about: dict[str, Any]
    """Where results come from."""


def founded(
    a: Any, b: Any, *, seed: int, size: str, days: int, chains: int, resident: int | None, progress: Progress
) -> Founded:
    """The town on day 0. Raises what `diff` raises."""
    checked(size, days, seed)
    if not 0 <= chains <= MOST_CHAINS:
        raise Refusal(message(
            "chains is {chains}; allowed are whole numbers from 0 to {most}", chains=chains, most=MOST_CHAINS,
        ))  # fmt: skip
    first, second = opened(a), opened(b)
    if first.spec != second.spec or first.baseline != second.baseline:
        first, second = comparable([first, second])
    of = "" if resident is None else f" --resident {resident}"
    about = provenance(f"diff --chains {chains}{of}", [first, second], size=size, days=days, seed=seed)
    progress("burning in", 0, days)
    compile_if_stale()
    lives = Lives(first.baseline, first.spec, second.spec, size, seed, days)
    n = len(lives.kept[0].a.residents)
    if resident is not None and not 0 <= resident < n:
        raise Refusal(message(
            "resident is {resident}; in this town residents are numbered from 0 to {last}",
            resident=resident, last=n - 1,
        ))  # fmt: skip
    return Founded(first, second, lives, chains, resident, about)


def lived(town: Founded, progress: Progress = in_silence) -> Twins:
    """Live a founded town twice, lay the lives side by side, and follow differences back to the lever."""
    lives, streams = town.lives, Streams()
    for day, mornings, evenings in lives.lived(progress):
        streams.add(day, mornings, evenings)
    events = streams.events()
    mine = events if town.resident is None else [event for event in events if event.resident == town.resident]
    told = told_from(Causes(lives), ends(mine, town.chains), progress)
    size, seed = town.about["size"], town.about["seed"]
    return Twins(town.a, town.b, size, lives.n_days, seed, tuple(events), tuple(told), lives.morning(lives.n_days),
                 town.about)  # fmt: skip


def diff(
    a: Any, b: Any, *, seed: int = 1, size: str = "general_grid", days: int = 365, chains: int = 6,
    resident: int | None = None, progress: Progress = in_silence,
) -> Twins:  # fmt: skip
    """Live one town under two scenarios (names, files, or ones loaded) and lay the lives side by side.

    `chains` differences are followed back to the lever, or those of one `resident`. Raises ScenarioError for a
    scenario that cannot be; Refusal for a size, number or resident that cannot be, and for scenarios that do not begin
    in the same town.
    """
    asked: dict[str, Any] = {"seed": seed, "size": size, "days": days, "chains": chains, "resident": resident}
    return lived(founded(a, b, progress=progress, **asked), progress)


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
