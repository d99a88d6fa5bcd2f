"""`linli report`: one page from a directory of results, with everything in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...words import message
from ..provenance import FILE, Refusal
from .bearing import all_groups, who_bears
from .drawn import draw_from
from .kept import Kept
from .markup import Html, Section, bullets, element, image, page, table
from .opening import opened
from .recipes import Wanted
from .said import joined, main_sentences, sensitivity_sentences
from .shown import as_uri, command_for, command_of, drawable, figures_of
from .tabled import (
    WIDEST,
    all_outcomes,
    behind,
    compared,
    left_out,
    note,
    ranged,
    what_was_run,
    yearly,
)
from .twinned import twinned
from .words import size_in_words, word

MOVES = (
    "What the outcomes move with; in brackets the partial rank correlation over all points, 1 or −1 where the one "
    "always rises or falls with the other."
)
COLON = {"en": ": ", "zh": "："}


def report(results: Any, *, lang: str = "en", out: str | Path | None = None) -> Path:
    """Write one self-contained page from a directory of results (or from the `Results` of a batch).

    It lies in the directory as report-en.html or report-zh.html, unless `out` says otherwise. Raises Refusal, in
    one sentence, for a directory without results; OSError where one cannot write. Where Chinese cannot be drawn,
    the figures are in English and the text in Chinese.
    """
    kept = opened(results)
    path = Path(out) if out else kept.folder / f"report-{lang}.html"
    if path.is_dir():
        raise Refusal(message("{path} is a directory, not a file for the page", path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(as_html(kept, lang), encoding="utf-8")
    os.replace(temporary, path)
    return path


def as_html(kept: Kept, lang: str, ready: Mapping[str, Path] | None = None) -> str:
    """The page. Figures whose SVG files are `ready`, by their anchors, are not drawn again."""
    parts = {
        "question": ("Question", question(kept, lang)),
        "what": ("What was run", what_was_run(kept, lang)),
        "results": ("Main results", main_results(kept, lang)),
        "figures": ("Figures", all_figures(kept, lang, ready or {})),
        "groups": ("Who benefits, who bears", who_bears(kept, lang)),
        "failures": ("Failed runs", failures(kept, lang)),
        "provenance": ("Where this comes from", origin(kept, lang)),
        "all": ("All outcomes", all_outcomes(kept, lang)),
        "all-groups": ("All groups", all_groups(kept, lang)),
    }
    if kept.kind == "figure":  # the picture is what was asked for; its numbers come after it
        parts = {name: parts[name] for name in ("question", "what", "figures", "results", *list(parts)[4:])}
    sections = [Section(anchor, word(title, lang), inside) for anchor, (title, inside) in parts.items() if inside]
    return page(lang, title_of(kept, lang), subtitle(kept, lang), sections, word("Contents", lang))


def title_of(kept: Kept, lang: str) -> str:
    """What the page is called."""
    names = [scenario.name for scenario in kept.scenarios]
    if kept.kind == "figure":
        names = [str(kept.about["command"]).split()[1], *names]
    shown = joined(names[:4], lang) + (" …" if len(names) > 4 else "")
    return f"{word('Report', lang)}{'：' if lang == 'zh' else ': '}{shown}"


def subtitle(kept: Kept, lang: str) -> str:
    """How much was run."""
    n_seeds, n_names = len(kept.seeds), len(kept.names)
    parts = [size_in_words(kept.size, lang), word("{n} days", lang).format(n=kept.days)]
    if n_names:
        counted = "{n} points" if kept.kind == "batch" else "{n} scenarios"
        parts.append(word(counted, lang).format(n=n_names))
    parts.append(word("{n} seeds", lang).format(n=n_seeds) if n_seeds > 1 else word("1 seed", lang))
    return " · ".join(parts)


def question(kept: Kept, lang: str) -> Html:
    """What was asked: of the whole, and of each scenario."""
    own = kept.question_zh if lang == "zh" and kept.question_zh else kept.question
    whole = element("p", own) if own else Html("")
    asked = []
    for scenario in kept.scenarios:
        said = scenario.question_zh if lang == "zh" and scenario.question_zh else scenario.question
        if said:
            asked.append(Html(element("code", scenario.name) + COLON[lang] + element("span", said)))
    if not whole and not asked:
        return element("p", word("No question was written down.", lang))
    return Html(whole + bullets(asked))



def main_results(kept: Kept, lang: str) -> Html:
    """Sentences and a table of the main outcomes; of one run, its outcomes by year."""
    if kept.kind == "run":
        return yearly(kept, lang, main_only=True)
    if kept.kind == "diff":
        return twinned(kept, lang)
    if not kept.names or kept.wide is None:
        return behind(kept, lang) if kept.kind == "figure" else element("p", word("No results: no run was done.", lang))
    mains = [outcome.name for outcome in kept.mains]
    if kept.many:
        estimates = draw_from(kept, "sensitivity", Wanted()).records if drawable(kept, "sensitivity") else []
        lead = element("p", word(MOVES, lang)) if estimates else Html("")
        told = bullets(sensitivity_sentences(estimates, lang))
        return Html(lead + told + ranged(kept, mains, word("main outcomes over all points", lang), lang))
    sentences = [
        Html(element("h3", kept.told(name)) + element("p", lead) + bullets(said))
        for name, (lead, said) in main_sentences(kept, lang).items()
    ]
    caption = word("main outcomes: means, and paired differences with 95 % intervals", lang)
    found = Html("".join(sentences) + compared(kept, mains, caption, lang))
    more = len(kept.names) - 1 - WIDEST
    return Html(found + (note(kept, lang) if len(kept.names) > 1 else "") + (left_out(more, lang) if more > 0 else ""))



def all_figures(kept: Kept, lang: str, ready: Mapping[str, Path]) -> Html:
    """Where the numbers come from, and every figure with what it shows and how it is drawn again."""
    from .. import style

    found = []
    no_glyphs = lang == "zh" and style.chinese_font() is None
    with style.drawing("en" if no_glyphs else lang) as drawn_in:
        for number, shown in enumerate(figures_of(kept), 1):
            source, narrow = as_uri(kept, shown, drawn_in, ready.get(shown.anchor))
            said = shown.said(lang)
            lines = [element("p", element("strong", f"图{number}。" if lang == "zh" else f"Figure {number}. "), said)]
            if shown.file is not None:
                drawn_then = "The figure as the command drew it, in the language it was asked for."
                lines.append(element("p", word(drawn_then, lang), class_="weak"))
            again = element("code", command_for(kept, shown, drawn_in))
            lines.append(element("p", word("This figure again", lang), COLON[lang], again))
            found.append(element("figure", image(source, said, narrow), element("figcaption", *lines),
                                 id=f"figure-{shown.anchor}"))  # fmt: skip
    if not found:
        return Html("")
    lead = element("p", word("All numbers come from", lang), COLON[lang], element("code", command_of(kept)))
    if no_glyphs:
        lead = Html(lead + element("p", word(style.NO_CHINESE, lang), class_="weak"))
    return Html(lead + "".join(found))



def failures(kept: Kept, lang: str) -> Html:
    """The runs that failed, and whether the whole was stopped."""
    found = Html("")
    if kept.about.get("interrupted"):
        found = element("p", word("The command was stopped before all was done.", lang))
    if kept.kind == "diff":
        return found
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
    about = kept.about
    git = about.get("git")
    edited = f" ({word('edited since', lang)})" if git and git.get("dirty") else ""
    seeds = f"{kept.seeds[0]} … {kept.seeds[-1]}" if len(kept.seeds) > 1 else str(kept.seeds[0])
    versions = ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())
    typed = " ".join(about.get("command_line", []))
    rows: dict[str, object] = {
        "version of linli": about.get("linli", ""), "command": about.get("command", ""),
        "size": size_in_words(kept.size, lang),
        "recorded days": kept.days, "seeds": seeds, "hash of the model's code": element("code", about.get("code", "")),
        "git commit": element("code", git["commit"] + edited) if git else word("not from a git checkout", lang),
        "packages": versions, "machine": f"{about.get('platform', '')}, {about.get('processor', '')}",
        "when": about.get("time", ""), "command as typed": element("code", typed),
    }  # fmt: skip
    again = Html(element("h3", word("To make these results again", lang)) + element("pre", command_of(kept)))
    heads = (word("entry", lang), word("value", lang))
    caption = f"{word('provenance', lang)} ({FILE})"
    return Html(again + table(caption, heads, [[word(name, lang), value] for name, value in rows.items() if value]))
