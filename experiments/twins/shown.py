"""Twins on the terminal: the sentence, whom and what it touched first, and the chains told link by link."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from ...scenarios.catalogue import ABOUT, meaning_zh
from ...scenarios.contradictions import value_of
from ...words import message, message_in
from .mixing import levers

if TYPE_CHECKING:
    from ...model.spec import Spec
    from .diffing import Twins
    from .saying import Namer

MOST_SHOWN = 8
"""Residents, and issues, that are shown; the files have them all."""
MOST_LEVERS = 12
"""Numbers of the scenarios that are shown."""

WORDS = {
    "from_day": message("from day {} on {}"),
    "then": message(", "),
    "levers": message("numbers in which the scenarios differ"),
    "residents": message("residents who came to differ first"),
    "issues": message("issues that came to differ first"),
    "number": message("number"),
    "meaning": message("meaning"),
    "day": message_in("table of twins", "day"),
    "who": message("who"),
    "first": message("the first that differs"),
    "where": message_in("table of twins", "where"),
    "deeds": message("acts only in {a} | {b}"),
    "issue": message("issue"),
    "stands": message("at the end, in {a} | {b}"),
    "both": message("both, but not alike"),
    "woman": message("woman"), "man": message("man"),
    "tenant": message("tenant"), "member": message("Party member"),
    "closed": message(" (day {})"),
    "not there": message("not there"),
    "besides": message("this also took: {}"),
    "lever": message("because of {}"),
    "not found": message("what this came of was not found"),
    "chains": message(
        "How it came about, from the lever on. Each step needs the one before it: with what is named it comes out as"
        " under {b}, without any one thing named it does not."),
    "more": message("{n} more are in {file}"),
}  # fmt: skip


def tables_of(twins: Twins, lang: str) -> Group:
    """Everything that the terminal shows of twins."""
    parts: list[RenderableType] = [f"[bold]{escape(spaced(twins.sentence(lang)))}[/bold]"]
    parts += [table for table in (draw(twins, lang) for draw in (lever_table, resident_table, issue_table)) if table]
    if twins.told:
        parts.append(Padding(escape(spaced(word("chains", lang).format(b=twins.names[1]))), (1, 0, 0, 0)))
    records = groupby(twins.records["chains"], key=lambda row: row["chain"])
    return Group(*parts, *(told(number, list(rows), lang) for number, rows in records))


def word(name: str, lang: str) -> str:
    """A word of the tables."""
    return WORDS[name].told(lang)


def lever_table(twins: Twins, lang: str) -> RenderableType | None:
    """The numbers in which the two scenarios differ, and what they mean."""
    specs = twins.a.spec, twins.b.spec
    days = sorted({0, *(turn for spec in specs for turn in spec.turns if turn < twins.days)})
    found = list(dict.fromkeys(str(cell.name[0]) for day in days for cell in levers(*(spec.on(day) for spec in specs))))
    if not found:
        return None
    table = Table(word("number", lang), *map(escape, twins.names), word("meaning", lang),
                  title=word("levers", lang), title_justify="left")  # fmt: skip
    namer = twins.namer(lang)
    for name in found[:MOST_LEVERS]:
        section, _, field = name.rpartition(".")
        meaning = meaning_zh(section, field) if lang == "zh" else ABOUT[section][field].meaning
        values = [course_of(spec, name, namer, days) for spec in specs]
        table.add_row(*map(escape, (name, *values, meaning)))
    return with_more(table, len(found) - MOST_LEVERS, "provenance.json", lang)


def course_of(spec: Spec, name: str, namer: Namer, days: list[int]) -> str:
    """A number of a scenario, and what it becomes on later days."""
    found = [namer.number(value_of(spec.on(0), name))]
    for before, day in pairwise(days):
        if value_of(spec.on(day), name) != value_of(spec.on(before), name):
            changed = word("from_day", namer.lang).format(day, namer.number(value_of(spec.on(day), name)))
            found.append(changed)
    return word("then", namer.lang).join(found)


def resident_table(twins: Twins, lang: str) -> RenderableType | None:
    """The residents for whom something differed first."""
    records = twins.records["residents"]
    if not records:
        return None
    a, b = map(escape, twins.names)
    heads = [*(word(head, lang) for head in ("day", "who", "first", "where")), word("deeds", lang).format(a=a, b=b)]
    table = Table(*heads, title=word("residents", lang), title_justify="left")
    namer = twins.namer(lang)
    for record in records[:MOST_SHOWN]:
        traits = [word("woman" if record["woman"] else "man", lang)]
        traits += [word(name, lang) for name in ("tenant",) if record["tenant"]]
        traits += [word("member", lang)] if record["party_member"] else []
        who = f"{namer.resident(record['resident'])}{namer.comma}{namer.comma.join(traits)}"
        deeds = f"{record['deeds_only_in_a']} | {record['deeds_only_in_b']}"
        table.add_row(str(record["first_day"]), who, of(record, "first", lang), where(twins, record, lang), deeds)
    return with_more(table, len(records) - MOST_SHOWN, "residents.csv", lang)


def issue_table(twins: Twins, lang: str) -> RenderableType | None:
    """The issues for which something differed first."""
    records = twins.records["issues"]
    if not records:
        return None
    a, b = map(escape, twins.names)
    heads = [*(word(head, lang) for head in ("day", "issue", "first", "where")), word("stands", lang).format(a=a, b=b)]
    table = Table(*heads, title=word("issues", lang), title_justify="left")
    for record in records[:MOST_SHOWN]:
        stands = [
            of(record, f"stands_{name}", lang) + ("" if record[f"closed_{name}"] is None else
            word("closed", lang).format(record[f"closed_{name}"])) or word("not there", lang) for name in "ab"
        ]  # fmt: skip
        both = stands[0] if stands[0] == stands[1] else " | ".join(stands)
        table.add_row(str(record["first_day"]), *map(escape, (of(record, "issue", lang), of(record, "first", lang))),
                      where(twins, record, lang), escape(both))  # fmt: skip
    return with_more(table, len(records) - MOST_SHOWN, "issues.csv", lang)


def with_more(table: Table, n: int, file: str, lang: str) -> RenderableType:
    """A table and, where it is not whole, where the rest is."""
    table = table_padded(table)
    return Group("", table, f"[dim]{word('more', lang).format(n=n, file=file)}[/dim]") if n > 0 else Group("", table)


def table_padded(table: Table) -> Table:
    """A table whose words are folded and never cut."""
    for column in table.columns:
        column.overflow = "fold"
    return table


def of(record: dict[str, Any], name: str, lang: str) -> str:
    """A text of a record in this language."""
    return spaced(str(record[f"{name}_zh" if lang == "zh" else name]))


def spaced(text: str) -> str:
    """A text in which names in Latin letters keep apart from Chinese, so that no line is broken within them."""
    chinese = "[\u3000-\u9fff\uff00-\uffef]"
    return re.sub(rf"(?<={chinese})(?=[A-Za-z]\w)|(?<=[A-Za-z_])(?={chinese})", " ", text)


def where(twins: Twins, record: dict[str, Any], lang: str) -> str:
    """In which of the towns something happened."""
    return word("both", lang) if record["in"] == "both" else escape(twins.names["AB".index(record["in"])])


def told(number: int, rows: list[dict[str, Any]], lang: str) -> RenderableType:
    """A chain link by link: the day, the step of the day, and what came to differ in it."""
    end = f"{number}. {of(rows[0], 'end', lang)}"
    if rows[0]["link"] is None:
        return Group("", f"[bold]{escape(end)}[/bold]", f"   [dim]{word('not found', lang)}[/dim]")
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim", ratio=3, overflow="fold")
    table.add_column(ratio=8, overflow="fold")
    for row in rows:
        day = message("day {n}", n=row["day"]).told(lang)
        besides, link = of(row, "besides", lang), "lever" if row["link"] == 1 else "besides"
        more = f"\n[dim]{escape(word(link, lang).format(besides))}[/dim]" if besides else ""
        table.add_row(f"   {day}", escape(of(row, "step", lang)), escape(of(row, "happens", lang)) + more)
    return Group("", f"[bold]{escape(end)}[/bold]", table)
