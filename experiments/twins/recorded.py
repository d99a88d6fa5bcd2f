"""Twins as tidy records. Texts stand in them in English and, in columns that end in `_zh`, in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ...model import world as worlds
from ...model.issues import FAR_OFF, State
from .events import DID
from .naming import NO_ISSUE, Cell, row_named
from .saying import Namer, how
from .steps import steps
from .wording import HAPPENED, STANDS, STEPS

if TYPE_CHECKING:
    from .causes import Link
    from .diffing import Twins


def told(name: str, say: Callable[[str], str]) -> dict[str, str]:
    """A text in both languages."""
    return {name: say("en"), f"{name}_zh": say("zh")}


def resident_records(twins: Twins) -> list[dict[str, Any]]:
    """One record a resident for whom something went otherwise, the first of them first."""
    people = twins.last.a.residents
    found = []
    for row, events in twins.first_of_resident.items():
        first = events[0]
        count = {where: sum(e.kind in DID and e.where == where for e in events) for where in ("A", "B")}
        found.append({
            "resident": row, "woman": bool(people["female"][row]), "tenant": bool(people["tenant"][row]),
            "party_member": bool(people["party"][row]), "building": int(people["building"][row]),
            "first_day": first.day, **told("first", HAPPENED[first.kind].told), "in": first.where,
            "deeds_only_in_a": count["A"], "deeds_only_in_b": count["B"], "differences": len(events),
        })  # fmt: skip
    return sorted(found, key=lambda record: (record["first_day"], record["resident"]))


def issue_records(twins: Twins) -> list[dict[str, Any]]:
    """One record an issue for which something went otherwise, the first of them first."""
    found = []
    english, chinese = twins.namer("en"), twins.namer("zh")
    for luck, events in twins.first_of_issue.items():
        first = events[0]
        record: dict[str, Any] = {
            "issue": english.issue(luck), "issue_zh": chinese.issue(luck), "luck": luck, "first_day": first.day,
            **told("first", HAPPENED[first.kind].told), "in": first.where,
        }  # fmt: skip
        for name, world in zip("ab", twins.last, strict=True):
            record |= stands(world, luck, name)
        found.append(record | {"differences": len(events)})
    return sorted(found, key=lambda record: (record["first_day"], record["luck"]))


def stands(world: Any, luck: int, name: str) -> dict[str, Any]:
    """Where an issue stands in a town at the end, and when it was closed; empty where it has not arisen."""
    row = row_named(world, "issues", (luck,))
    if row < 0:
        return {**told(f"stands_{name}", lambda lang: ""), f"closed_{name}": None}
    about = worlds.table(world, "issues")[row]
    closed = None if about["closed_day"] == FAR_OFF else int(about["closed_day"])
    return {**told(f"stands_{name}", STANDS[State(int(about["state"]))].told), f"closed_{name}": closed}


def event_records(twins: Twins) -> list[dict[str, Any]]:
    """One record a happening that differs, by day."""
    english, chinese = (
        {luck: twins.namer(lang).issue(luck) for luck in {e.issue for e in twins.events} - {NO_ISSUE}} | {NO_ISSUE: ""}
        for lang in ("en", "zh")
    )
    return [
        {
            "day": e.day, "kind": e.kind, **told("what", HAPPENED[e.kind].told),
            "resident": e.resident if e.resident >= 0 else None, "issue": english[e.issue],
            "issue_zh": chinese[e.issue], "in": e.where, "day_a": e.day_a, "day_b": e.day_b,
            "how_a": how(e, 0, "en"), "how_a_zh": how(e, 0, "zh"),
            "how_b": how(e, 1, "en"), "how_b_zh": how(e, 1, "zh"),
        }
        for e in twins.events
    ]  # fmt: skip


LINK = ("step", "happens", "what", "in_a", "in_b", "because_of", "besides", "brief")
"""What is said of a link."""


def chain_records(twins: Twins) -> list[dict[str, Any]]:
    """One record a link: in which step of which day what came to differ, and what that took, besides the link before.

    A chain whose cause was not found is one record without a link.
    """
    found: list[dict[str, Any]] = []
    namers = {lang: twins.namer(lang) for lang in ("en", "zh")}
    for number, chain in enumerate(twins.told, 1):
        ends = {lang: namer.event(chain.end) for lang, namer in namers.items()}
        end = {"chain": number, **told("end", ends.__getitem__), "end_day": chain.end.day}
        found += [end | record for record in link_records(chain.links, namers)] or [end | no_link()]
    return found


def link_records(links: Sequence[Link], namers: dict[str, Namer]) -> list[dict[str, Any]]:
    """One record a link."""
    found = []
    before: Cell | None = None
    for place, link in enumerate(links, 1):
        texts = {lang: said_of_link(link, before, namer) for lang, namer in namers.items()}
        record: dict[str, Any] = {"link": place, "day": link.difference.when.day}
        for name in LINK:
            record |= {name: texts["en"][name], f"{name}_zh": texts["zh"][name]}
        found.append(record)
        before = link.difference.cell
    return found


def said_of_link(link: Link, before: Cell | None, namer: Namer) -> dict[str, str]:
    """What is said of a link that follows a difference in the cell `before`."""
    difference = link.difference
    a, b = namer.specs
    namer = namer._replace(specs=(a.on(difference.when.day), b.on(difference.when.day)))
    in_a, in_b = namer.values(difference.cell, difference.after)
    return {
        "step": STEPS[steps()[difference.when.step].name].told(namer.lang), "happens": namer.says(difference),
        "what": namer.thing(difference.cell), "in_a": in_a, "in_b": in_b, "because_of": namer.because(link.needed),
        "besides": namer.briefly(tuple(cell for cell in link.needed if cell != before)),
        "brief": namer.brief(difference),
    }  # fmt: skip


def no_link() -> dict[str, Any]:
    """The columns of a link, empty."""
    return {"link": None, "day": None, **{key: "" for name in LINK for key in (name, f"{name}_zh")}}
