"""`linli report`: one page from a directory of results, with everything in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...words import Words, message, message_in
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
from .words import size_in_words

MOVES = message(
    "What the outcomes move with; in brackets the partial rank correlation over all points, 1 or −1 where the one "
    "always rises or falls with the other."
)
NO_CHINESE = message_in("report", "figures are in English, for no font with Chinese characters is installed")
COLON = message_in("after what is spoken of", ": ")


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
        "question": (message("Question"), question(kept, lang)),
        "what": (message("What was run"), what_was_run(kept, lang)),
        "results": (message("Main results"), main_results(kept, lang)),
        "figures": (message("Figures"), all_figures(kept, lang, ready or {})),
        "groups": (message("Who benefits, who bears"), who_bears(kept, lang)),
        "failures": (message("Failed runs"), failures(kept, lang)),
        "provenance": (message("Where this comes from"), origin(kept, lang)),
        "all": (message("All outcomes"), all_outcomes(kept, lang)),
        "all-groups": (message("All groups"), all_groups(kept, lang)),
    }
    if kept.kind == "figure":  # the picture is what was asked for; its numbers come after it
        parts = {name: parts[name] for name in ("question", "what", "figures", "results", *list(parts)[4:])}
    sections = [Section(anchor, title.told(lang), inside) for anchor, (title, inside) in parts.items() if inside]
    return page(lang, title_of(kept, lang), subtitle(kept, lang), sections, message("Contents").told(lang))


def title_of(kept: Kept, lang: str) -> str:
    """What the page is called."""
    names = [scenario.name for scenario in kept.scenarios]
    if kept.kind == "figure":
        names = [str(kept.about["command"]).split()[1], *names]
    shown = joined(names[:4], lang) + (" …" if len(names) > 4 else "")
    return message("Report: {shown}", shown=shown).told(lang)


def subtitle(kept: Kept, lang: str) -> str:
    """How much was run."""
    n_seeds, n_names = len(kept.seeds), len(kept.names)
    parts = [size_in_words(kept.size, lang), message("{n} days", n=kept.days).told(lang)]
    if n_names:
        counted = message("{n} points") if kept.kind == "batch" else message("{n} scenarios")
        parts.append(counted.filled(n=n_names).told(lang))
    parts.append(message("{n} seeds", n=n_seeds).told(lang) if n_seeds > 1 else message("1 seed").told(lang))
    return " · ".join(parts)


def question(kept: Kept, lang: str) -> Html:
    """What was asked: of the whole, and of each scenario."""
    own = kept.question_zh if lang == "zh" and kept.question_zh else kept.question
    whole = element("p", own) if own else Html("")
    asked = []
    for scenario in kept.scenarios:
        said = scenario.question_zh if lang == "zh" and scenario.question_zh else scenario.question
        if said:
            asked.append(Html(element("code", scenario.name) + COLON.told(lang) + element("span", said)))
    if not whole and not asked:
        return element("p", message("No question was written down.").told(lang))
    return Html(whole + bullets(asked))


def main_results(kept: Kept, lang: str) -> Html:
    """Sentences and a table of the main outcomes; of one run, its outcomes by year."""
    if kept.kind == "run":
        return yearly(kept, lang, main_only=True)
    if kept.kind == "diff":
        return twinned(kept, lang)
    if not kept.names or kept.wide is None:
        return (
            behind(kept, lang)
            if kept.kind == "figure"
            else element("p", message("No results: no run was done.").told(lang))
        )
    mains = [outcome.name for outcome in kept.mains]
    if kept.many:
        estimates = draw_from(kept, "sensitivity", Wanted()).records if drawable(kept, "sensitivity") else []
        lead = element("p", MOVES.told(lang)) if estimates else Html("")
        told = bullets(sensitivity_sentences(estimates, lang))
        return Html(lead + told + ranged(kept, mains, message("main outcomes over all points").told(lang), lang))
    sentences = [
        Html(element("h3", kept.told(name)) + element("p", lead) + bullets(said))
        for name, (lead, said) in main_sentences(kept, lang).items()
    ]
    caption = message("main outcomes: means, and paired differences with 95 % intervals").told(lang)
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
            lines = [element("p", element("strong", message("Figure {n}. ", n=number).told(lang)), said)]
            if shown.file is not None:
                drawn_then = message("The figure as the command drew it, in the language it was asked for.")
                lines.append(element("p", drawn_then.told(lang), class_="weak"))
            again = element("code", command_for(kept, shown, drawn_in))
            lines.append(element("p", message("This figure again").told(lang), COLON.told(lang), again))
            found.append(element("figure", image(source, said, narrow), element("figcaption", *lines),
                                 id=f"figure-{shown.anchor}"))  # fmt: skip
    if not found:
        return Html("")
    lead = element(
        "p", message("All numbers come from").told(lang), COLON.told(lang), element("code", command_of(kept))
    )
    if no_glyphs:
        lead = Html(lead + element("p", NO_CHINESE.told(lang), class_="weak"))
    return Html(lead + "".join(found))


def failures(kept: Kept, lang: str) -> Html:
    """The runs that failed, and whether the whole was stopped."""
    found = Html("")
    if kept.about.get("interrupted"):
        found = element("p", message("The command was stopped before all was done.").told(lang))
    if kept.kind == "diff":
        return found
    if not kept.failures:
        return Html(found + element("p", message("No run failed.").told(lang)))
    asked = len(kept.seeds) * max(1, len(kept.names) or len(kept.scenarios))
    n_failed = len(kept.failures)
    said = message("{failed} of {asked} runs failed; nothing above counts them.", failed=n_failed, asked=asked)
    rows = [[str(f.get("scenario", f.get("point", ""))), str(f.get("seed", "")), str(f.get("error", ""))]
            for f in kept.failures[:50]]  # fmt: skip
    heads = [head.told(lang) for head in (message("scenario"), message("seed"), message("error"))]
    found = Html(found + element("p", said.told(lang)))
    return Html(found + table(message("what failed").told(lang), heads, rows))


def origin(kept: Kept, lang: str) -> Html:
    """Versions, code, machine, seeds, and the command."""
    about = kept.about
    git = about.get("git")
    edited = f" ({message('edited since').told(lang)})" if git and git.get("dirty") else ""
    seeds = f"{kept.seeds[0]} … {kept.seeds[-1]}" if len(kept.seeds) > 1 else str(kept.seeds[0])
    versions = ", ".join(f"{name} {version}" for name, version in about.get("versions", {}).items())
    typed = " ".join(about.get("command_line", []))
    commit = element("code", git["commit"] + edited) if git else message("not from a git checkout").told(lang)
    rows: dict[Words, object] = {
        message("version of linli"): about.get("linli", ""), message("command"): about.get("command", ""),
        message("size"): size_in_words(kept.size, lang),
        message("recorded days"): kept.days, message("seeds"): seeds,
        message("hash of the model's code"): element("code", about.get("code", "")),
        message("git commit"): commit,
        message("packages"): versions, message("machine"): f"{about.get('platform', '')}, {about.get('processor', '')}",
        message("when"): about.get("time", ""), message("command as typed"): element("code", typed),
    }  # fmt: skip
    again = Html(element("h3", message("To make these results again").told(lang)) + element("pre", command_of(kept)))
    heads = (message("entry").told(lang), message("value").told(lang))
    caption = f"{message('provenance').told(lang)} ({FILE})"
    return Html(again + table(caption, heads, [[name.told(lang), value] for name, value in rows.items() if value]))
