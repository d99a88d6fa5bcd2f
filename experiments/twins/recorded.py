"""Twins as tidy records. Texts stand in them in English and, in columns that end in `_zh`, in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...model import world as worlds
from ...model.issues import FAR_OFF, State
from .events import DID
from .naming import NO_ISSUE, row_named
from .saying import how
from .steps import steps
from .wording import HAPPENED, STANDS, STEPS

if TYPE_CHECKING:
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
    for luck, events in twins.first_of_issue.items():
        first = events[0]
        record: dict[str, Any] = {
            **told("issue", lambda lang, luck=luck: twins.namer(lang).issue(luck)), "luck": luck,  # type: ignore[misc]
            "first_day": first.day, **told("first", HAPPENED[first.kind].told), "in": first.where,
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
    english, chinese = twins.namer("en"), twins.namer("zh")
    return [
        {
            "day": e.day, "kind": e.kind, **told("what", HAPPENED[e.kind].told),
            "resident": e.resident if e.resident >= 0 else None,
            "issue": english.issue(e.issue) if e.issue != NO_ISSUE else "",
            "issue_zh": chinese.issue(e.issue) if e.issue != NO_ISSUE else "", "in": e.where,
            "day_a": e.day_a, "day_b": e.day_b, **told("how_a", lambda lang, e=e: how(e, 0, lang)),  # type: ignore[misc]
            **told("how_b", lambda lang, e=e: how(e, 1, lang)),  # type: ignore[misc]
        }
        for e in twins.events
    ]  # fmt: skip


def chain_records(twins: Twins) -> list[dict[str, Any]]:
    """One record a link: in which step of which day what came to differ, and what that took, besides the link before.

    A chain whose cause was not found is one record without a link.
    """
    found: list[dict[str, Any]] = []
    namers = {lang: twins.namer(lang) for lang in ("en", "zh")}
    for number, chain in enumerate(twins.told, 1):
        end = {"chain": number, **told("end", lambda lang, c=chain: namers[lang].event(c.end)),  # type: ignore[misc]
               "end_day": chain.end.day}  # fmt: skip
        found += [end | record for record in link_records(chain.links, namers)] or [end | no_link()]
    return found


def link_records(links: Any, namers: dict[str, Any]) -> list[dict[str, Any]]:
    """One record a link."""
    found = []
    for place, link in enumerate(links, 1):
        difference = link.difference
        before = links[place - 2].difference.cell if place > 1 else None
        besides = tuple(cell for cell in link.needed if cell != before)
        step = STEPS[steps()[difference.when.step].name]

        def say(lang: str, name: str, *of: Any) -> str:
            return str(getattr(namers[lang], name)(*of))

        texts = {
            "step": step.told,
            "happens": lambda lang, d=difference: say(lang, "says", d),
            "what": lambda lang, d=difference: say(lang, "thing", d.cell),
            "in_a": lambda lang, d=difference: namers[lang].values(d.cell, d.after)[0],
            "in_b": lambda lang, d=difference: namers[lang].values(d.cell, d.after)[1],
            "because_of": lambda lang, n=link.needed: say(lang, "because", n),
            "besides": lambda lang, n=besides: say(lang, "briefly", n),
            "brief": lambda lang, d=difference: say(lang, "brief", d),
        }
        record: dict[str, Any] = {"link": place, "day": difference.when.day}
        for name, text in texts.items():
            record |= told(name, text)  # type: ignore[arg-type]
        found.append(record)
    return found


def no_link() -> dict[str, Any]:
    """The columns of a link, empty."""
    names = ("step", "happens", "what", "in_a", "in_b", "because_of", "besides", "brief")
    return {"link": None, "day": None, **{key: "" for name in names for key in (name, f"{name}_zh")}}
