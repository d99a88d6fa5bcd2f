"""`linli report`: one page from a directory of results, with everything in it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..declared import GROUPS, OUTCOMES
from ..provenance import FILE, Refusal
from ..show import number
from .kept import Kept, kept_in, of_batch, read_csv
from .markup import Html, Section, bullets, element, image, page, table
from .said import cell, group_sentences, joined, label, main_outcomes, main_sentences, minus, unit
from .words import word

WIDEST = 8
"""Scenarios that a table has columns for."""


def report(results: Any, *, lang: str = "en", out: str | Path | None = None) -> Path:
    """Write one self-contained page from a directory of results (or from the `Results` of a batch).

    It lies in the directory as report-en.html or report-zh.html, unless `out` says otherwise. Raises Refusal, in
    one sentence, for a directory without results; OSError where one cannot write. Where Chinese cannot be drawn,
    the figures are in English and the text in Chinese.
    """
    kept = kept_in(results) if isinstance(results, str | Path) else of_batch(results)
    path = Path(out) if out else kept.folder / f"report-{lang}.html"
    if path.is_dir():
        raise Refusal(f"{path} is a directory, not a file for the page")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(as_html(kept, lang), encoding="utf-8")
    os.replace(temporary, path)
    return path


def redraw(results: Any, figure: str, *, lang: str = "en", folder: str | Path | None = None) -> list[Path]:
    """Write one figure of a report as PNG and SVG, into the directory of results or another.

    Raises Refusal for a figure that these results do not allow.
    """
    from .. import style
    from .drawn import figures_of

    kept = kept_in(results) if isinstance(results, str | Path) else of_batch(results)
    drawable = {shown.name: shown.draw for shown in figures_of(kept) if shown.draw}
    if figure not in drawable:
        raise Refusal(f"{kept.folder} has no figure {figure!r} to draw; there are {', '.join(drawable) or 'none'}")
    folder = Path(folder) if folder else kept.folder
    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(lang) as drawn_in:
        return style.save(drawable[figure](drawn_in), folder / figure, drawn_in)


def as_html(kept: Kept, lang: str) -> str:
    """The page."""
    parts = {
        "question": ("Question", question(kept, lang)),
        "what": ("What was run", what_was_run(kept, lang)),
        "results": ("Main results", main_results(kept, lang)),
        "figures": ("Figures", all_figures(kept, lang)),
        "groups": ("Who benefits, who bears", who_bears(kept, lang)),
        "failures": ("Failed runs", failures(kept, lang)),
        "provenance": ("Where this comes from", origin(kept, lang)),
        "all": ("All outcomes", all_outcomes(kept, lang)),
        "all-groups": ("All groups", all_groups(kept, lang)),
    }
    sections = [Section(anchor, word(title, lang), inside) for anchor, (title, inside) in parts.items() if inside]
    return page(lang, title_of(kept, lang), subtitle(kept, lang), sections, word("Contents", lang))


def title_of(kept: Kept, lang: str) -> str:
    """What the page is called."""
    names = [scenario.name for scenario in kept.scenarios]
    shown = joined(names[:4], lang) + (" …" if len(names) > 4 else "")
    return f"{word('Report', lang)}{'：' if lang == 'zh' else ': '}{shown}"


def subtitle(kept: Kept, lang: str) -> str:
    """How much was run."""
    n_seeds, n_names = len(kept.seeds), len(kept.names)
    parts = [kept.size, word("{n} days", lang).format(n=kept.days)]
    if n_names:
        counted = "{n} points" if kept.kind == "batch" else "{n} scenarios"
        parts.append(word(counted, lang).format(n=n_names))
    parts.append(word("{n} seeds", lang).format(n=n_seeds) if n_seeds > 1 else word("1 seed", lang))
    return " · ".join(parts)


def question(kept: Kept, lang: str) -> Html:
    """What was asked: of the whole, and of each scenario."""
    whole = element("p", kept.question) if kept.question else Html("")
    asked = []
    for scenario in kept.scenarios:
        said = scenario.question_zh if lang == "zh" and scenario.question_zh else scenario.question
        if said:
            asked.append(Html(element("code", scenario.name) + " " + element("span", said)))
    if not whole and not asked:
        return element("p", word("no question was written down", lang))
    return Html(whole + bullets(asked))


def what_was_run(kept: Kept, lang: str) -> Html:
    """The scenarios' differences from the baseline, and what a batch varies, with units and meanings."""
    entries = named_entries()
    rows = []
    varied = {factor.parameter for factor in kept.factors}
    shown = kept.scenarios[:WIDEST]
    given = flat(kept.baseline)
    theirs = [flat(scenario.parameters) for scenario in shown]
    for name, value in given.items():
        settings = [parameters.get(name, value) for parameters in theirs]
        if name not in varied and any(setting != value for setting in settings):
            cells = [as_setting(s) if s != value else element("span", "–", class_="weak") for s in settings]
            rows.append([element("code", name), *about_parameter(entries.get(name), lang), as_setting(value), *cells])
    heads = [word(head, lang) for head in ("parameter", "unit", "meaning", "baseline")]
    found = element("p", word("all scenarios have the numbers of the baseline", lang))
    if rows:
        caption = word("how the scenarios differ from the baseline", lang)
        found = table(caption, [*heads, *(scenario.name for scenario in shown)], rows, len(shown) + 1)
    if len(kept.scenarios) > WIDEST:
        found = Html(found + left_out(len(kept.scenarios) - WIDEST, lang))
    if not kept.factors:
        return found
    factors = [[element("code", f.parameter), *about_parameter(entries.get(f.parameter), lang, f.unit), settings_of(f)]
               for f in kept.factors]  # fmt: skip
    return Html(found + table(word("what the batch varies", lang), [*heads[:3], word("settings", lang)], factors))


def settings_of(factor: Any) -> str:
    """The settings of a factor: all of a few, the ends of many."""
    shown = [as_setting(setting) for setting in factor.settings]
    return ", ".join(shown) if len(shown) <= 12 else f"{min(factor.settings):g} … {max(factor.settings):g} ({len(shown)})"


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


def as_setting(value: Any) -> str:
    """A setting as scenario files write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,.10g}".replace(",", " ") if isinstance(value, int | float) else str(value)


def left_out(n: int, lang: str) -> Html:
    """That there is more in the tables."""
    return element("p", word("{n} more are in the tables of this directory.", lang).format(n=n), class_="weak")


def main_results(kept: Kept, lang: str) -> Html:
    """Sentences and a table of the main outcomes; of one run, its outcomes by year."""
    if kept.kind == "run":
        return yearly(kept, lang, main_only=True)
    if not kept.names:
        return element("p", word("No results: every run failed.", lang)) if kept.kind == "compare" else Html("")
    told = [
        Html(element("h3", name) + bullets(sentences)) for name, sentences in main_sentences(kept, lang).items()
    ]
    caption = word("main outcomes: means, and paired differences with 95 % intervals", lang)
    found = Html("".join(told) + compared(kept, [outcome.name for outcome in main_outcomes()], caption, lang))
    more = len(kept.names) - 1 - WIDEST
    return Html(found + left_out(more, lang)) if more > 0 else found


NOTE = (
    "Intervals are paired t intervals at 95 %; each holds by itself, not all of them together. "
    "“≈” marks a difference that cannot be told apart from none with these runs."
)


def compared(kept: Kept, outcomes: Iterable[str], caption: str, lang: str) -> Html:
    """A row an outcome: the first scenario's mean, and the difference of each other one."""
    first, *others = kept.names
    others = others[:WIDEST]
    rows = []
    for name in outcomes:
        outcome = OUTCOMES[name]
        values = kept.values(first, name)
        known = values[[math.isfinite(value) for value in values]]
        mean = minus(number(float(known.mean()), outcome.digits)) if len(known) else "–"
        cells = [cell(kept.difference(other, name), outcome.digits, lang) for other in others]
        rows.append([label(outcome, lang), unit(outcome, lang), mean, *cells])
    heads = [word("outcome", lang), word("unit", lang), f"{first} ({word('mean', lang)})", *others]
    note = element("p", word(NOTE, lang), class_="weak") if others else Html("")
    return Html(table(caption, heads, rows, len(others) + 1) + note)


def yearly(kept: Kept, lang: str, *, main_only: bool) -> Html:
    """The outcomes of one run, a column a year."""
    records = read_csv(kept.folder / "yearly.csv")
    years = sorted({record["year"] for record in records})
    by = {(record["outcome"], record["year"]): record["value"] for record in records}
    rows = [
        [label(outcome, lang), unit(outcome, lang),
         *(minus(number(float(by.get((outcome.name, y), math.nan)), outcome.digits)) for y in years)]
        for outcome in OUTCOMES.values() if outcome.main or not main_only
    ]  # fmt: skip
    heads = [word("outcome", lang), word("unit", lang), *(f"{word('year', lang)} {y}" for y in years)]
    return table(word("outcomes by year", lang), heads, rows, len(years))


def all_figures(kept: Kept, lang: str) -> Html:
    """Every figure with what it shows, and how it is drawn again."""
    from .. import style
    from .drawn import as_uri, command_for, command_of, figures_of

    found = []
    with style.drawing(lang) as drawn_in:
        for number_, shown in enumerate(figures_of(kept), 1):
            source, narrow = as_uri(shown, drawn_in)
            said = shown.said(lang)
            kind = f"图{number_}。" if lang == "zh" else f"Figure {number_}. "
            again = command_for(shown, kept, lang)
            lines = [element("p", element("strong", kind), said)]
            if shown.draw is None:
                note = "The figure as the command drew it, in the language it was asked for."
                lines.append(element("p", word(note, lang), class_="weak"))
            else:
                lines.append(element("p", word("numbers from", lang), ": ", element("code", command_of(kept))))
            lines.append(element("p", word("this figure again", lang), ": ", element("code", again)))
            found.append(element("figure", image(source, said, narrow), element("figcaption", *lines),
                                 id=f"figure-{shown.name}"))  # fmt: skip
    return Html("".join(found))


def who_bears(kept: Kept, lang: str) -> Html:
    """By grouping, whose share of volunteers changed most and least."""
    told = []
    for name in kept.names[1:7]:
        sentences = group_sentences(kept.group_records, name, lang)
        if sentences:
            told.append(Html(element("h3", name) + bullets(sentences)))
    if not told:
        return Html("")
    lead = ("参加志愿服务的成年人比例之变化，与首个情景相比：" if lang == "zh" else
            "How the share of adults who volunteer changes against the first scenario:")  # fmt: skip
    return Html(element("p", lead) + "".join(told))


def failures(kept: Kept, lang: str) -> Html:
    """The runs that failed, and whether the whole was stopped."""
    found = Html("")
    if kept.about.get("interrupted"):
        found = element("p", word("The command was stopped before all was done.", lang))
    if not kept.failures:
        return Html(found + element("p", word("No run failed.", lang)))
    asked = len(kept.seeds) * max(1, len(kept.names) or len(kept.scenarios))
    said = word("{failed} of {asked} runs failed; nothing above counts them.", lang)
    rows = [[str(f.get("scenario", f.get("point", ""))), str(f.get("seed", "")), str(f.get("error", ""))]
            for f in kept.failures[:50]]  # fmt: skip
    heads = [word(head, lang) for head in ("scenario", "seed", "error")]
    found = Html(found + element("p", said.format(failed=len(kept.failures), asked=asked)))
    return Html(found + table(word("what failed", lang), heads, rows))


def origin(kept: Kept, lang: str) -> Html:
    """Versions, code, machine, seeds, and the command."""
    from .drawn import command_of

    about = kept.about
    git = about.get("git")
    edited = f" ({word('edited since', lang)})" if git and git.get("dirty") else ""
    seeds = f"{kept.seeds[0]} … {kept.seeds[-1]}" if len(kept.seeds) > 1 else str(kept.seeds[0])
    versions = ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())
    typed = " ".join(about.get("command_line", []))
    rows: dict[str, object] = {
        "version of linli": about.get("linli", ""), "command": about.get("command", ""), "size": kept.size,
        "recorded days": kept.days, "seeds": seeds, "hash of the model's code": element("code", about.get("code", "")),
        "git commit": element("code", git["commit"] + edited) if git else word("not from a git checkout", lang),
        "packages": versions, "machine": f"{about.get('platform', '')}, {about.get('processor', '')}",
        "when": about.get("time", ""), "command as typed": element("code", typed),
    }  # fmt: skip
    again = Html(element("h3", word("to make these results again", lang)) + element("pre", command_of(kept)))
    heads = ("", word("value", lang))
    caption = f"{word('provenance', lang)} ({FILE})"
    return Html(again + table(caption, heads, [[word(name, lang), value] for name, value in rows.items() if value]))


def all_outcomes(kept: Kept, lang: str) -> Html:
    """Every outcome in one table, part by part."""
    if kept.kind == "run":
        return yearly(kept, lang, main_only=False)
    if not kept.names:
        return Html("")
    found = []
    for group, chinese in GROUPS.items():
        names = [o.name for o in OUTCOMES.values() if o.group == group and (kept.wide is None or o.name in kept.wide)]
        if names:
            title = chinese if lang == "zh" else group.capitalize()
            found.append(compared(kept, names, title, lang).split('<p class="weak">')[0])
    return Html("".join(found))


def all_groups(kept: Kept, lang: str) -> Html:
    """Every outcome of every group."""
    if kept.kind == "run":
        records = read_csv(kept.folder / "groups.csv")
        suffix = "_zh" if lang == "zh" else ""
        rows = [[f"{r['grouping' + suffix]}: {r['group' + suffix]}", r["label" + suffix], r["unit" + suffix],
                 minus(number(float(r["value"]), 2))] for r in records]  # fmt: skip
        heads = [word(head, lang) for head in ("group", "outcome", "unit", "value")]
        return table(word("outcomes by group", lang), heads, rows, 1) if rows else Html("")
    return groups_compared(kept, lang) if kept.group_records and len(kept.names) > 1 else Html("")


def groups_compared(kept: Kept, lang: str) -> Html:
    """A row a group and outcome, a column a scenario."""
    from ..statistics import Interval

    suffix = "_zh" if lang == "zh" else ""
    others = kept.names[1 : WIDEST + 1]
    rows: dict[tuple[str, str, str], list[Any]] = {}
    for r in kept.group_records:
        if r["scenario"] in others and r["outcome"] != "share_of_adults":
            key = (r["grouping"], r["group"], r["outcome"])
            apart = Interval(int(r["pairs"]), r["difference"], r["low_95"], r["high_95"])
            head = [f"{r['grouping' + suffix]}: {r['group' + suffix]}", r["label" + suffix], r["unit" + suffix]]
            rows.setdefault(key, head).append(cell(apart, 2, lang))
    heads = [*(word(head, lang) for head in ("group", "outcome", "unit")), *others]
    return table(word("outcomes of groups: paired differences with 95 % intervals", lang), heads, rows.values(),
                 len(others))  # fmt: skip
