"""The part of a report that tells what `linli diff` has found."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ...words import Words, message, message_in
from ..twins.sentences import sentence
from .kept import Kept
from .markup import Html, element, table
from .opening import read_csv
from .tabled import left_out

RESIDENTS = (
    "resident", "building", "first_day", "first", "first_zh", "in", "deeds_only_in_a", "deeds_only_in_b",
)  # fmt: skip
ISSUES = (
    "issue", "issue_zh", "first_day", "first", "first_zh", "in", "stands_a", "stands_a_zh", "closed_a", "stands_b",
    "stands_b_zh", "closed_b",
)  # fmt: skip
CHAINS = ("chain", "end", "end_zh", "link", "day", "step", "step_zh", "happens", "happens_zh", "besides", "besides_zh")
"""Columns that are read."""
MOST_ROWS = 25
"""Rows of a table that a page shows; the files have them all."""


def twinned(kept: Kept, lang: str) -> Html:
    """The sentence, residents and issues first touched, and the chains."""
    a, b = (scenario.name for scenario in kept.scenarios)
    found = element("p", sentence((a, b), kept.days, kept.about["found"], lang))
    return Html(found + residents(kept, a, b, lang) + issues(kept, a, b, lang) + chains(kept, b, lang))


def of(row: dict[str, Any], name: str, lang: str) -> str:
    """A text of a row in this language."""
    return str(row[f"{name}_zh" if lang == "zh" else name])


def where(row: dict[str, Any], a: str, b: str, lang: str) -> str:
    """Where something happened."""
    return {"A": a, "B": b}.get(row["in"], message("both, but not alike").told(lang))


def residents(kept: Kept, a: str, b: str, lang: str) -> Html:
    """Those for whom something differed first."""
    records = read_csv(kept.folder / "residents.csv", *RESIDENTS)
    only = [message("acts only in {name}", name=name).told(lang) for name in (a, b)]
    heads = [
        *(
            h.told(lang)
            for h in (
                message("first day"),
                message("resident"),
                message("building"),
                message("the first that differs"),
                message_in("table of twins", "where"),
            )
        ),
        *only,
    ]
    rows = [[r["first_day"], r["resident"], r["building"], of(r, "first", lang), where(r, a, b, lang),
             r["deeds_only_in_a"], r["deeds_only_in_b"]] for r in records[:MOST_ROWS]]  # fmt: skip
    return shown(message("residents who came to differ first"), heads, rows, len(records), lang, 2)


def issues(kept: Kept, a: str, b: str, lang: str) -> Html:
    """Those for which something differed first."""
    records = read_csv(kept.folder / "issues.csv", *ISSUES)
    of_each = (message("at the end, {name}"), message("closed on day, {name}"))
    ends = [head.filled(name=name).told(lang) for name in (a, b) for head in of_each]
    heads = [
        *(
            h.told(lang)
            for h in (
                message("first day"),
                message("issue"),
                message("the first that differs"),
                message_in("table of twins", "where"),
            )
        ),
        *ends,
    ]
    rows = [
        [r["first_day"], of(r, "issue", lang), of(r, "first", lang), where(r, a, b, lang), of(r, "stands_a", lang),
         r["closed_a"], of(r, "stands_b", lang), r["closed_b"]]
        for r in records[:MOST_ROWS]
    ]  # fmt: skip
    return shown(message("issues that came to differ first"), heads, rows, len(records), lang)


def shown(caption: Words, heads: list[str], rows: list[list[Any]], n: int, lang: str, numbers: int = 0) -> Html:
    """A table, and how much more there is; nothing where there are no rows."""
    if not rows:
        return Html("")
    more = left_out(n - MOST_ROWS, lang) if n > MOST_ROWS else ""
    return Html(table(caption.told(lang), heads, rows, numbers) + more)


def chains(kept: Kept, b: str, lang: str) -> Html:
    """A table a chain, a row a link."""
    records = read_csv(kept.folder / "chains.csv", *CHAINS)
    if not records:
        return Html("")
    lead = message(
        "Each step needs the one before it: with what it took it comes out as under {b}, without any of it not.", b=b
    )
    found = [element("h3", message("How it came about").told(lang)), element("p", lead.told(lang))]
    columns = (
        message_in("table of twins", "day"), message("step of the day"), message("what came to differ"),
        message("what it took besides the step before"),
    )  # fmt: skip
    heads = [head.told(lang) for head in columns]
    for number, links in groupby(records, key=lambda row: row["chain"]):
        rows = list(links)
        end = f"{number}. {of(rows[0], 'end', lang)}"
        if not rows[0]["link"]:
            found.append(element("p", f"{end} – {message('What this came of was not found.').told(lang)}"))
            continue
        told = [[r["day"], *(of(r, name, lang) for name in ("step", "happens", "besides"))] for r in rows]
        found.append(table(end, heads, told))
    return Html("".join(found))
