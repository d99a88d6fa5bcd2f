"""The tables of a report."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from ...words import capital, message
from ..declared import GROUPS, OUTCOMES, Outcome
from ..show import SEE_Q, intervals_said, number
from .behind import entry, head_of
from .kept import Kept, as_setting
from .markup import Html, breakable, element, table
from .opening import read_csv
from .said import cell, joined, label, mean_shown, minus, unit

WIDEST = 8
"""Scenarios that a table has columns for."""
NOTE = message(
    "Intervals of paired differences at 95 % (bootstrap, no end nearer than Student's t; Student's t below eight "
    "pairs); those of a row hold together, those of different rows do not. “≈” marks a difference that cannot be told "
    "apart from none with these runs, “same” what is equal in every pair."
)


def what_was_run(kept: Kept, lang: str) -> Html:
    """The scenarios' differences from the baseline, and what a batch varies, with units and meanings."""
    found = differing(kept, lang)
    if len(kept.scenarios) > WIDEST:
        found = Html(found + left_out(len(kept.scenarios) - WIDEST, lang))
    if not kept.factors:
        return found
    entries = named_entries()
    rows = [[named(f.parameter), *about_parameter(entries.get(f.parameter), lang, f.unit), settings_of(f, lang)]
            for f in kept.factors]  # fmt: skip
    heads = [
        head.told(lang) for head in (message("parameter"), message("unit"), message("meaning"), message("settings"))
    ]
    return Html(found + table(message("what the batch varies").told(lang), heads, rows))


def differing(kept: Kept, lang: str) -> Html:
    """The numbers in which some scenario differs from the baseline; scenarios that do not are named below."""
    entries, given, rows = named_entries(), flat(kept.baseline), []
    left = {factor.parameter for factor in kept.factors}
    shown = kept.scenarios[:WIDEST]
    theirs = {scenario.name: given | flat(scenario.parameters) for scenario in shown}
    apart = [name for name in given if name not in left and any(own[name] != given[name] for own in theirs.values())]
    others = [name for name, own in theirs.items() if any(own[each] != given[each] for each in apart)]
    for name in apart:
        settings = [theirs[other][name] for other in others]
        cells = [as_setting(s, lang) if s != given[name] else element("span", "–", class_="weak") for s in settings]
        rows.append([named(name), *about_parameter(entries.get(name), lang), as_setting(given[name], lang), *cells])
    if not rows:
        return element("p", message("All scenarios have the numbers of the baseline.").told(lang))
    heads = [
        head.told(lang) for head in (message("parameter"), message("unit"), message("meaning"), message("baseline"))
    ]
    found = table(
        message("how the scenarios differ from the baseline").told(lang), [*heads, *others], rows, len(others) + 1
    )
    same = [name for name in theirs if name not in others]
    if not same:
        return found
    said = message("With all numbers of the baseline: {scenarios}", scenarios=joined(same, lang))
    return Html(found + element("p", said.told(lang)))


def named(parameter: str) -> Html:
    """The name of a parameter, which may go on in the next line after a point or an underscore."""
    return element("code", breakable(parameter))


def settings_of(factor: Any, lang: str) -> str:
    """The settings of a factor: all of a few, the ends of many."""
    shown = [as_setting(setting, lang) for setting in factor.settings]
    return ", ".join(shown) if len(shown) <= 12 else f"{shown[0]} … {shown[-1]} ({len(shown)})"


def named_entries() -> dict[str, Any]:
    """What is known of every parameter, by its full name."""
    from ...scenarios import parameters

    return {f"{entry.section}.{entry.name}": entry for entry in parameters()}


def about_parameter(entry: Any, lang: str, unit: str = "") -> tuple[str, str]:
    """Unit and meaning of a parameter."""
    if entry is None:
        return unit, ""
    return (entry.unit_zh, entry.meaning_zh) if lang == "zh" else (entry.unit, entry.meaning)


def flat(parameters: dict[str, Any], before: str = "") -> dict[str, Any]:
    """Nested numbers by their full names."""
    found: dict[str, Any] = {}
    for name, value in parameters.items():
        full = f"{before}{name}"
        found |= flat(value, full + ".") if isinstance(value, dict) else {full: value}
    return found


def left_out(n: int, lang: str) -> Html:
    """That there is more in the tables."""
    return element("p", message("{n} more are in the tables of this directory.", n=n).told(lang), class_="weak")


def compared(kept: Kept, outcomes: Iterable[str], caption: str, lang: str) -> Html:
    """A row an outcome: the first scenario's mean, and the difference of each other one."""
    first, *others = kept.names
    others = others[:WIDEST]
    rows = []
    for name in outcomes:
        outcome = OUTCOMES[name]
        values = kept.values(first, name)
        known = values[[math.isfinite(value) for value in values]]
        mean = mean_shown(float(known.mean()), outcome.digits) if len(known) else "–"
        cells = [in_two_lines(cell(kept.difference(other, name), outcome.digits, lang)) for other in others]
        rows.append([label(outcome, lang), unit(outcome, lang), mean, *cells])
    means = f"{kept.told(first)} ({message('mean').told(lang)})"
    heads = [message("outcome").told(lang), message("unit").told(lang), means, *map(kept.told, others)]
    return table(caption, heads, rows, len(others) + 1)


def in_two_lines(shown: str) -> Html:
    """A cell whose interval goes on in the next line where the column is narrow."""
    mean, bracket, interval = shown.partition(" [")
    parts = [element("span", mean, class_="whole")]
    return Html(" ".join([*parts, element("span", "[" + interval, class_="whole")] if bracket else parts))


MOST_ROWS = 200
"""Rows of a picture's table that a page shows; the file has them all."""


def behind(kept: Kept, lang: str) -> Html:
    """The numbers behind a picture, in words and to four digits; its file has them whole."""
    name = str(kept.about["command"]).split()[1]
    records = read_csv(kept.folder / f"{name}.csv")
    if not records:
        return Html("")
    columns = [column for column in records[0] if column != "high_95"]
    rows = [[entry(record, column, lang) for column in columns] for record in records[:MOST_ROWS]]
    more = left_out(len(records) - MOST_ROWS, lang) if len(records) > MOST_ROWS else Html("")
    heads = [head_of(column, lang) for column in columns]
    return Html(table(f"{message('The numbers of the figure').told(lang)} ({name}.csv)", heads, rows) + more)


def note(kept: Kept, lang: str) -> Html:
    """How to read the intervals."""
    said = [NOTE.told(lang), *intervals_said(kept.compared.found.how, lang)]
    if kept.kind == "compare" and len(said) > 1:
        said.append(SEE_Q.told(lang))
    return element("p", ("" if lang == "zh" else " ").join(said), class_="weak")


def ranged(kept: Kept, outcomes: Iterable[str], caption: str, lang: str) -> Html:
    """Of a batch with many points, a row an outcome: the mean of all runs, and where it is least and most."""
    rows = []
    for outcome in (OUTCOMES[name] for name in outcomes):
        means = kept.wide.groupby("name", sort=False)[outcome.name].mean().dropna()
        if not len(means):
            continue
        ends = [f"{mean_shown(float(means[name]), outcome.digits)} ({name})"
                for name in (means.idxmin(), means.idxmax())]  # fmt: skip
        mean = mean_shown(float(kept.wide[outcome.name].mean()), outcome.digits)
        rows.append([label(outcome, lang), unit(outcome, lang), mean, *ends])
    heads = [
        head.told(lang)
        for head in (
            message("outcome"),
            message("unit"),
            message("mean"),
            message("least (point)"),
            message("most (point)"),
        )
    ]
    return table(caption, heads, rows, 3)


def yearly(kept: Kept, lang: str, *, main_only: bool) -> Html:
    """The outcomes of one run, a column a year."""
    heads, rows = yearly_rows(kept, [o for o in OUTCOMES.values() if o.main or not main_only], lang)
    return table(message("outcomes by year").told(lang), heads, rows, len(heads) - 2)


def yearly_rows(kept: Kept, outcomes: Iterable[Outcome], lang: str) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of a table of one run: a row an outcome, a column a year."""
    records = read_csv(kept.folder / "yearly.csv")
    years = sorted({record["year"] for record in records})
    by = {(record["outcome"], record["year"]): record["value"] for record in records}
    rows = [
        [label(outcome, lang), unit(outcome, lang),
         *(minus(number(float(by.get((outcome.name, y), math.nan)), outcome.digits)) for y in years)]
        for outcome in outcomes
    ]  # fmt: skip
    return [
        message("outcome").told(lang),
        message("unit").told(lang),
        *(message("year {n}", n=y).told(lang) for y in years),
    ], rows


def all_outcomes(kept: Kept, lang: str) -> Html:
    """Every outcome in one table, part by part."""
    if kept.kind == "run":
        return yearly(kept, lang, main_only=False)
    if not kept.names:
        return Html("")
    found = []
    for group, title in GROUPS.items():
        names = [o.name for o in OUTCOMES.values() if o.group == group and (kept.wide is None or o.name in kept.wide)]
        if names:
            found.append((ranged if kept.many else compared)(kept, names, capital(title).told(lang), lang))
    return Html("".join(found))
