"""Why a resident did, or did not: one day of a town lived again, and her decisions taken apart.

>>> from linli.experiments import explain                                              # doctest: +SKIP
>>> explain("five_yuan", size="general_grid", seed=1, day=120, resident=412)           # doctest: +SKIP

Luck hangs on identities, so the town is lived again from its founding with the same bits, up to the morning of
the day; that day is then watched (`witness`). What is told is what the simulation did, and why.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ..agents.resident.explaining import Explanation
from ..agents.resident.wording import portrait
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World
from ..words import Words, listed, message
from . import telling
from .compiling import compile_if_stale
from .provenance import Refusal
from .replay import as_table
from .runs import MOST_DAYS, Progress, checked, in_silence, opened
from .witness import lived_and_told

if TYPE_CHECKING:
    import pandas as pd

SEARCH = 365
"""Days within which the next opportunity is looked for."""


class Explanations(list[Explanation]):
    """The explanations of one resident's day; in a notebook, a table each."""

    def __init__(self, told: list[Explanation], note: Words | None = None, lang: str = "en") -> None:
        super().__init__(told)
        self.note = note
        """What is to be said besides: that there was nothing to decide, and when there will be."""
        self.lang = lang

    def __str__(self) -> str:
        """The note, and all of them."""
        return "\n\n".join([*([self.note.told(self.lang)] if self.note else []), *map(str, self)])

    def _repr_html_(self) -> str:
        note = f"<p>{html.escape(self.note.told(self.lang))}</p>" if self.note else ""
        return note + "".join(said._repr_html_() for said in self)

    def records(self) -> list[dict[str, Any]]:
        """Each as a dict of plain numbers and texts, for JSON."""
        return [said.to_dict() for said in self]

    def frame(self) -> pd.DataFrame:
        """A row each; terms, gates and facts in columns such as `term.spirit`."""
        import pandas as pd

        spread = {"terms": "term", "gates": "gate", "facts": "fact"}
        rows = [
            {name: value for name, value in record.items() if name not in spread}
            | {f"{spread[group]}.{name}": value for group in spread for name, value in record[group].items()}
            for record in self.records()
        ]
        return pd.DataFrame(rows)


def explain(
    scenario: Any, *, size: str = "general_grid", seed: int = 1, day: int, resident: int, about: str | None = None,
    find: bool = False, lang: str = "en", progress: Progress = in_silence,
) -> Explanations:  # fmt: skip
    """Why a resident (a row of the table of residents) decided as she did on a recorded day (from 0).

    `about` is one of report, attend, speak, vote, ballot, consent, volunteer, redeem, petition; None: all of them.
    If she had no such opportunity that day, the note says when the next is; with `find` that day is told instead.
    Raises ScenarioError for a scenario that cannot be, Refusal for a size, day, resident or subject that cannot be.
    """
    check_asked(size, seed, day, about)
    scenario = opened(scenario)
    progress("burning in", 0, day)
    compile_if_stale()
    world = day_zero(scenario.baseline, size, seed)
    who = who_decides(world, resident)
    for first in range(0, day, 30):
        progress("living", first, day)
        world = run(world, scenario.spec, min(30, day - first))
    return told_from(world, scenario.spec, resident, who, about, find, lang, progress)


def check_asked(size: str, seed: int, day: int, about: str | None) -> None:
    """Raises Refusal, in one sentence, for what cannot be asked."""
    checked(size, 1, seed)
    if not 0 <= day < MOST_DAYS:
        raise Refusal(message("day is {day}; allowed are whole numbers from 0 to {last}", day=day, last=MOST_DAYS - 1))
    if about is not None and about not in telling.OPPORTUNITIES:
        near = get_close_matches(about, telling.OPPORTUNITIES, 1)
        hint = message("; did you mean {near}?", near=near[0]) if near else ""
        allowed = listed(telling.OPPORTUNITIES)
        raise Refusal(message(
            "there is nothing to explain about {about!r}: allowed are {allowed}{hint}",
            about=about, allowed=allowed, hint=hint,
        ))  # fmt: skip


def who_decides(world: World, resident: int) -> Words:
    """Who this is. Raises Refusal for nobody, and for a child."""
    n = len(world.residents)
    if not 0 <= resident < n:
        raise Refusal(message(
            "there is no resident {resident}; in this town they are numbered from 0 to {last}",
            resident=resident, last=n - 1,
        ))  # fmt: skip
    person = as_table(world.residents)[resident]
    if not person.adult:
        raise Refusal(message("resident {resident} is a child, and children do not decide", resident=resident))
    return portrait(resident, person)


def told_from(
    world: World, spec: Spec, resident: int, who: Words, about: str | None, find: bool, lang: str, progress: Progress
) -> Explanations:
    """What she decided on the day that begins with this world; if nothing, when she next has something to decide."""
    day = int(world.town["day"][0])
    first: list[Explanation] = []
    ahead: int | None = None
    for today in range(day, day + SEARCH + 1):
        progress("looking", today - day, SEARCH)
        world, told = lived_and_told(world, spec, resident)
        told = [said for said in told if about in (None, said.about)]
        if today == day:
            first = told
        if any(said.reached for said in told):
            ahead = today
            break
    shown = told if find and ahead is not None else first
    kind = telling.OPPORTUNITIES[about] if about else telling.OPPORTUNITY
    female = bool(world.residents["female"][resident])
    female = bool(world.residents["female"][resident])
    note = None if ahead == day else telling.nothing(who, female, day, kind, ahead, day + SEARCH)
    return Explanations([in_language(said, lang) for said in shown], note, lang)


def in_language(said: Explanation, lang: str) -> Explanation:
    """The same explanation, told in this language unless another is asked for."""
    return replace(said, lang=lang)


def print_explanations(found: Explanations, as_json: bool, out: Callable[[str], None]) -> None:
    """On the terminal: one after the other, or as JSON."""
    import json

    if as_json:
        note = found.note.told(found.lang) if found.note else None
        out(json.dumps({"explanations": found.records(), "note": note}, ensure_ascii=False, indent=1))
    else:
        out(str(found))
