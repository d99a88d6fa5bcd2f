"""The part of a report that tells what `linli diff` has found."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..style import words
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

word = words({
    "residents who came to differ first": "最先有所不同的居民",
    "issues that came to differ first": "最先有所不同的议题",
    "first day": "首日",
    "resident": "居民",
    "issue": "议题",
    "building": "楼栋",
    "the first that differs": "第一处不同",
    "where": "何处",
    "acts only in {name}": "仅在{name}中的行动",
    "at the end, {name}": "结束时，{name}",
    "closed on day, {name}": "办结日，{name}",
    "both, but not alike": "两者，但不同",
    "How it came about": "由来",
    "Each step needs the one before it: with what it took it comes out as under {b}, without any of it not.":
        "每一步都离不开前一步：具备所需各项，结果即如{b}；缺少任何一项，则不然。",
    "day": "天",
    "step of the day": "当日步骤",
    "what came to differ": "所生不同",
    "what it took besides the step before": "除前一步外所需",
    "What this came of was not found.": "未找到其由来。",
})  # fmt: skip


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
    return {"A": a, "B": b}.get(row["in"], word("both, but not alike", lang))


def residents(kept: Kept, a: str, b: str, lang: str) -> Html:
    """Those for whom something differed first."""
    records = read_csv(kept.folder / "residents.csv", *RESIDENTS)
    only = [word("acts only in {name}", lang).format(name=name) for name in (a, b)]
    heads = [*(word(h, lang) for h in ("first day", "resident", "building", "the first that differs", "where")), *only]
    rows = [[r["first_day"], r["resident"], r["building"], of(r, "first", lang), where(r, a, b, lang),
             r["deeds_only_in_a"], r["deeds_only_in_b"]] for r in records[:MOST_ROWS]]  # fmt: skip
    return shown("residents who came to differ first", heads, rows, len(records), lang, 2)


def issues(kept: Kept, a: str, b: str, lang: str) -> Html:
    """Those for which something differed first."""
    records = read_csv(kept.folder / "issues.csv", *ISSUES)
    of_each = ("at the end, {name}", "closed on day, {name}")
    ends = [word(head, lang).format(name=name) for name in (a, b) for head in of_each]
    heads = [*(word(h, lang) for h in ("first day", "issue", "the first that differs", "where")), *ends]
    rows = [
        [r["first_day"], of(r, "issue", lang), of(r, "first", lang), where(r, a, b, lang), of(r, "stands_a", lang),
         r["closed_a"], of(r, "stands_b", lang), r["closed_b"]]
        for r in records[:MOST_ROWS]
    ]  # fmt: skip
    return shown("issues that came to differ first", heads, rows, len(records), lang)


def shown(caption: str, heads: list[str], rows: list[list[Any]], n: int, lang: str, numbers: int = 0) -> Html:
    """A table, and how much more there is; nothing where there are no rows."""
    if not rows:
        return Html("")
    more = left_out(n - MOST_ROWS, lang) if n > MOST_ROWS else ""
    return Html(table(word(caption, lang), heads, rows, numbers) + more)


def chains(kept: Kept, b: str, lang: str) -> Html:
    """A table a chain, a row a link."""
    records = read_csv(kept.folder / "chains.csv", *CHAINS)
    if not records:
        return Html("")
    lead = "Each step needs the one before it: with what it took it comes out as under {b}, without any of it not."
    found = [element("h3", word("How it came about", lang)), element("p", word(lead, lang).format(b=b))]
    columns = ("day", "step of the day", "what came to differ", "what it took besides the step before")
    heads = [word(head, lang) for head in columns]
    for number, links in groupby(records, key=lambda row: row["chain"]):
        rows = list(links)
        end = f"{number}. {of(rows[0], 'end', lang)}"
        if not rows[0]["link"]:
            found.append(element("p", f"{end} – {word('What this came of was not found.', lang)}"))
            continue
        told = [[r["day"], *(of(r, name, lang) for name in ("step", "happens", "besides"))] for r in rows]
        found.append(table(end, heads, told))
    return Html("".join(found))
