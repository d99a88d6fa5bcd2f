"""What the terminal shows: tables in plain words, with units."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Column, Table

from ..scenarios.catalogue import title_zh, word_zh
from ..words import capital, message, message_in
from .inference.contrasts import Contrast
from .inference.verdicts import about, digits_for
from .outcomes import GROUPS, OUTCOMES, Outcome
from .runs import Comparison, Run

CANNOT_BE_TOLD = message(
    "≈ cannot be told apart with these runs: the interval holds 0; about as many more pairs would be needed as follow"
    " the + (∞: over 100,000)."
)
SEE_Q = message("For all rows at once see q in compare.csv.")
INTERVALS = {
    "bootstrap": message(
        "Intervals are paired bootstrap intervals (BCa), no end nearer than Student's t. Each holds by itself,"
        " not all rows together."
    ),
    "t": message(
        "Intervals are paired t intervals, as there are too few pairs to resample. Each holds by itself, not all rows"
        " together."
    ),
    "bootstrap together": message(
        "The intervals of a row hold together (max-t bootstrap), not those of different rows."
    ),
    "t together": message(
        "The intervals of a row hold together (Student's t after Bonferroni, as there are few pairs), not those of"
        " different rows."
    ),
}
"""What is said of the intervals of a table, by how most of them were found."""


def console() -> Console:
    """The terminal; where output goes to a file, lines are as long as the tables need."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=200)


def number(value: float, digits: int, *, sign: bool = False) -> str:
    """A number as it is read: thousands apart, "–" for none."""
    if not math.isfinite(value):
        return "–"
    rounded = round(value, digits) + 0.0
    return f"{rounded:{'+' if sign else ''},.{digits}f}"


def name_of(outcome: Outcome, lang: str) -> tuple[str, str]:
    """Label and unit of an outcome."""
    return outcome.label.told(lang), outcome.unit.told(lang)


def heading(group: str, lang: str) -> str:
    """The name of a group of outcomes."""
    return capital(GROUPS[group]).told(lang)


def grouped(table: Table, rows: dict[str, list[str]], lang: str) -> Table:
    """Fill a table with a row an outcome, each group under its name; a group in which nothing happened is left out."""
    for group in GROUPS:
        if not any(happened(cell) for name, cells in rows.items() if OUTCOMES[name].group == group for cell in cells):
            continue
        table.add_section()
        table.add_row(f"[bold]{heading(group, lang)}[/bold]")
        for outcome in OUTCOMES.values():
            if outcome.group == group and outcome.name in rows:
                label, unit = name_of(outcome, lang)
                table.add_row("  " + label, *rows[outcome.name], unit)
    return table


def happened(cell: str) -> bool:
    """Whether a cell says anything but zero or none."""
    return any(letter in "123456789" for letter in cell.split("\n")[0])


def yearly(run: Run, lang: str) -> Table:
    """The outcomes of a run, a column a year."""
    periods = {record["year"]: (record["first_day"], record["last_day"]) for record in run.records}
    about = {"name": run.scenario.name, "size": run.size, "seed": run.seed, "days": run.days}
    title = message("{name}: {size}, seed {seed}, {days} days", **about).told(lang)
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for year, (first, last) in periods.items():
        head = message("year {year}\ndays {first} – {last}", year=year, first=first, last=last)
        table.add_column(head.told(lang), justify="right")
    table.add_column(message("unit").told(lang), style="dim")
    rows: dict[str, list[str]] = {}
    for record in run.records:
        rows.setdefault(record["outcome"], []).append(number(record["value"], OUTCOMES[record["outcome"]].digits))
    return grouped(table, rows, lang)


def comparison_table(comparison: Comparison, lang: str, whole: bool = False) -> Group:
    """Means of all scenarios, and the paired differences to the first with their intervals.

    Of the main outcomes, or of the whole list.
    """
    first, *others = comparison.names
    n_pairs = min(len([s for s in comparison.seeds if (name, s) in comparison.good]) for name in comparison.names)
    title = message(
        "{size}, {days} days, {n} paired runs; differences to {first}",
        size=comparison.size, days=comparison.days, n=n_pairs, first=first,
    )  # fmt: skip
    table = Table(title=title.told(lang), title_justify="left")
    table.add_column("")
    table.add_column(first, justify="right")
    for name in others:
        table.add_column(f"{name}\n{message('difference [95 % interval]').told(lang)}", justify="right", no_wrap=True)
    table.add_column(message("unit").told(lang), style="dim")
    rows = {
        outcome: [
            number(interval_mean(comparison, first, outcome), OUTCOMES[outcome].digits),
            *(cell(comparison, name, outcome, lang) for name in others),
        ]
        for outcome in OUTCOMES
        if whole or OUTCOMES[outcome].main
    }
    more = [] if whole else [message("main outcomes; all of them: --all, and compare.csv").told(lang)]
    return Group(grouped(table, rows, lang), legend(comparison, lang), *more)


def interval_mean(comparison: Comparison, scenario: str, outcome: str) -> float:
    """The mean of an outcome over a scenario's runs."""
    values = comparison.values(scenario, outcome)
    values = values[[math.isfinite(value) for value in values]]
    return float(values.mean()) if len(values) else math.nan


def cell(comparison: Comparison, scenario: str, outcome: str, lang: str) -> str:
    """A scenario's mean, and below it how it differs from the first."""
    digits = OUTCOMES[outcome].digits
    mean = number(interval_mean(comparison, scenario, outcome), digits)
    return f"{mean}\n{difference(comparison.contrast(scenario, outcome), digits, lang)}"


def difference(apart: Contrast, digits: int, lang: str) -> str:
    """A difference in brackets with its interval; "≈": cannot be told from none; "+": how many more pairs."""
    if not math.isfinite(apart.low):
        return f"[dim]{number(apart.mean, digits, sign=True)} [–][/dim]" if apart.n > 1 else "–"
    if apart.low == apart.high == 0.0:
        return f"[dim]{message('the same').told(lang)}[/dim]"
    digits = digits_for(0.5 * (apart.high - apart.low), digits)
    low, high = (number(end, digits) for end in (apart.low, apart.high))
    ends = message("[{low} to {high}]", low=low, high=high).told(lang)
    shown = f"{number(apart.mean, digits, sign=True)} {ends}"
    if apart.low > 0.0 or apart.high < 0.0:
        return f"[bold]{shown}[/bold]"
    return f"[dim]≈ {shown} +{about(apart.more) if math.isfinite(apart.more) else '∞'}[/dim]"


def legend(comparison: Comparison, lang: str) -> str:
    """How to read the table: what ≈ means, what the intervals are, and which of them hold together."""
    said = intervals_said(comparison.compared.found.how, lang)
    return " ".join([CANNOT_BE_TOLD.told(lang), *said, *([SEE_Q.told(lang)] if said else [])])


def intervals_said(hows: Any, lang: str) -> list[str]:
    """How most of these intervals were found, and which of them hold together, in a sentence; none of none."""
    found = [str(how) for how in hows.ravel() if str(how) in INTERVALS]
    return [INTERVALS[how].told(lang) for how in most_common(found)]


def most_common(words: list[str]) -> list[str]:
    """The word that occurs most often, in a list; an empty list of none."""
    return [max(dict.fromkeys(words), key=words.count)] if words else []


def as_json(records: list[dict[str, Any]]) -> str:
    """Records as JSON; not-a-number becomes null."""
    import json

    plain = [{k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in r.items()} for r in records]
    return json.dumps(plain, ensure_ascii=False, indent=1)


def two_columns(rows: dict[str, str]) -> Table:
    """Names, and what is to be said of each."""
    table = Table(show_header=False, box=None)
    table.add_column(style="bold", no_wrap=True)
    for name, text in rows.items():
        table.add_row(name, text)
    return table


def parameter_tables(entries: list[Any], lang: str = "en") -> Group:
    """A table a section: name, unit, range, default, meaning and source of each parameter."""
    tables: dict[str, Table] = {}
    for entry in entries:
        if entry.section not in tables:
            heads = [
                Column(head.told(lang), overflow="fold")
                for head in (
                    message("name"),
                    message("unit"),
                    message("range"),
                    message("default"),
                    message("meaning"),
                    message("source"),
                )
            ]
            tables[entry.section] = Table(*heads, title=title_of(entry.section, lang), title_justify="left")
        default = str(entry.default).lower() if isinstance(entry.default, bool) else str(entry.default)
        row = (entry.name, *said_of(entry, default, lang))
        tables[entry.section].add_row(*(escape(text) for text in row))
    return Group(*tables.values())


def title_of(section: str, lang: str) -> str:
    """What stands above the table of a section; files name it as in English."""
    return f"{section}  {title_zh(section)}" if lang == "zh" else section


def said_of(entry: Any, default: str, lang: str) -> tuple[str, ...]:
    """Unit, range, default, meaning and source of a parameter."""
    if lang == "en":
        return entry.unit, allowed(entry), default, entry.meaning, entry.source
    choices = ", ".join(f"{choice} {word_zh('choices', choice)}" for choice in entry.choices)
    source = ", ".join(word_zh("sources", tag) for tag in entry.source.split(", "))
    return entry.unit_zh, choices or allowed(entry).replace(" to ", " – "), default, entry.meaning_zh, source


def allowed(entry: Any) -> str:
    """The values a parameter may have."""
    if entry.choices:
        return ", ".join(entry.choices)
    if isinstance(entry.default, bool):
        return "true, false"
    return f"{entry.low} to {entry.high}"


def outcome_table(lang: str = "en") -> Table:
    """Name, unit and meaning of every outcome."""
    heads = message("name"), message("unit"), message("meaning"), message_in("which of two values", "better")
    table = Table(*(head.told(lang) for head in heads))
    better = (
        message_in("which of two values", "less"),
        message_in("which of two values", "neither"),
        message_in("which of two values", "more"),
    )
    for outcome in OUTCOMES.values():
        said = outcome.unit, outcome.meaning, better[outcome.better + 1]
        table.add_row(outcome.name, *(each.told(lang) for each in said))
    return table
