"""Write the generated tables of docs/*.md, from the declarations in the code.

    python docs/make_tables.py           rewrite what stands between the marks
    python docs/make_tables.py --check   say what is stale, and exit 1 if anything is

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; NAME is one of those in `TABLES`, and
some take an argument, as in `<!-- table: fields residents -->`. In a page whose name ends in `.zh.md` it is
written in Chinese, with the words of the catalogue, `words/zh.po`.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from linli.agents.core.compiled import plain
from linli.agents.core.draw import Purpose
from linli.agents.core.field import Field, fields_of
from linli.agents.core.parameter import About
from linli.experiments.declared import GROUPS, OUTCOMES
from linli.model import day as day_module
from linli.model.dictionary import meaning_of as meaning_of_field
from linli.model.issues import LEGAL, KindOfIssue
from linli.model.places import SIZES
from linli.model.regime import Deliberation
from linli.model.spec import Spec
from linli.model.world import ENTITIES
from linli.scenarios import load, names
from linli.scenarios.catalogue import meaning_zh, title_zh, unit_of, word_zh
from linli.words import listed
from linli.words.text import Message

DOCS = Path(__file__).resolve().parent
MARKS = re.compile(r"(<!-- table: (?P<name>[\w ]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
ANCHOR = re.compile(r'<a id="([^"]+)">')
TYPES = {"f8": "real", "i8": "whole (64 bit)", "i4": "whole (32 bit)", "u1": "whole (8 bit)", "?": "yes/no"}
NO_TAGS = ("assumption", "measured on a community")
RULES = {
    "neutral_chair": "1", "one_matter": "2", "raise_hands": "3", "respect": "4", "turn_limits": "5",
    "full_discussion": "6", "minority_voice": "8 (heard)", "minority_amendment": "8 (amended)",
}  # fmt: skip
"""The switches that are one of the eight rules; the seventh is the majority's, `rule` and `threshold`."""


SAID: set[tuple[str, str]] = set()
"""Every word of the tables that was asked for so far, with its context."""


def said(kind: str, english: str, lang: str, **values: Any) -> str:
    """A word of the tables in this language; `kind` is its context in the catalogue."""
    if not english:
        return ""
    SAID.add((kind, english))
    return Message(kind, english, values).told(lang)


def declared() -> set[tuple[str, str]]:
    """Context and English of every word that the tables say, found by making all of them."""
    for file in DOCS.glob("*.zh.md"):
        fresh(file.read_text(encoding="utf-8"), "zh")
    return SAID


def table(head: Sequence[str], rows: Iterable[Sequence[str]], lang: str) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [[said("heads", word, lang) for word in head], ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def anchors() -> dict[str, str]:
    """The file, relative to docs/, in which each anchor of the evidence and the equations stands."""
    files = [*sorted((DOCS / "evidence").glob("*.md")), DOCS / "equations.md"]
    return {
        name: file.relative_to(DOCS).as_posix()
        for file in files
        if file.exists()
        for name in ANCHOR.findall(file.read_text(encoding="utf-8"))
    }


def tags_of(source: str) -> list[str]:
    """The tags of a parameter's source, without the plain words."""
    tags = [tag.strip() for tag in source.split(",")]
    return [tag for tag in tags if tag not in NO_TAGS]


def linked(source: str, places: dict[str, str], lang: str) -> str:
    """A source with every tag made a link to its anchor (a tag that leads nowhere stays text)."""
    tags = [tag.strip() for tag in source.split(",")]
    written = [
        f"[{tag}]({places[tag]}#{tag})" if tag in places else word_zh("sources", tag) if lang == "zh" else tag
        for tag in tags
    ]
    return listed(written).told(lang)


def number(value: Any, lang: str) -> str:
    """A value as one would write it: no needless decimals, thousands apart."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return said("codes", "yes" if value else "no", lang)
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return f"{int(value):,}".replace("-", "−")
    if isinstance(value, str):
        return word_zh("choices", value) if lang == "zh" else value
    return str(value).replace("-", "−")


def range_of(low: Any, high: Any, lang: str) -> str:
    """`low … high`, with what is given of it."""
    if low is None and high is None:
        return ""
    return f"{number(low, lang)} … {number(high, lang)}".strip()


def groups() -> dict[str, list[About]]:
    """The parameters of each section of a scenario file."""
    sections = {name: info.annotation for name, info in Spec.model_fields.items() if name != "kinds"}
    return {name: section.about() for name, section in sections.items()}  # type: ignore[union-attr]


def all_fields(lang: str) -> str:
    """Every table of the World, each under its title."""
    return "".join(
        f"#### {said('tables', TITLES[entity], lang)} (`{entity}`)\n\n{fields(entity, lang)}\n" for entity in ENTITIES
    )


def fields(entity: str, lang: str) -> str:
    """One table of the World."""
    return table(
        ("field", "type", "unit", "at birth", "range", "meaning"),
        [
            (f"`{name}`", said("types", TYPES[field.kind], lang), said("units of fields", field.unit, lang),
             number(field.default, lang), range_of(field.low, field.high, lang),
             meaning_of_field(entity, name).told(lang) + codes(field, lang))
            for name, field in fields_of(ENTITIES[entity]).items()
        ],
        lang,
    )  # fmt: skip


def codes(field: Field, lang: str) -> str:
    """The names of a code's values."""
    if not field.codes:
        return ""
    values = [code.name.lower() for code in field.codes]  # type: ignore[attr-defined]
    if lang == "zh":
        values = [f"{said('codes', value, lang)} {value}" for value in values]
    return said("tables", " ({codes})", lang, codes=listed(values))


def all_parameters(lang: str) -> str:
    """Every section of a scenario file, each under its name."""
    sections = Spec.model_fields
    return "".join(f"#### `{name}`{title_of(name, lang)}\n\n{parameters(name, lang)}\n" for name in sections)


def title_of(section: str, lang: str) -> str:
    """The Chinese title of a section."""
    if lang == "en":
        return ""
    return " " + (said("sections", section, lang) if section == "kinds" else title_zh(section))


def parameters(section: str, lang: str) -> str:
    """One section of a scenario file."""
    about = KindOfIssue.about() if section == "kinds" else groups()[section]
    places = anchors()
    zh = lang == "zh"
    one = "kinds.planters" if section == "kinds" else section
    return table(
        ("parameter", "default", "unit", "range", "meaning", "source"),
        [
            (f"`{a.name}`", number(a.default, lang), unit_of(a).told(lang),
             " / ".join(number(choice, lang) for choice in a.choices) or range_of(a.low, a.high, lang),
             meaning_zh(one, a.name) if zh else a.meaning, linked(a.source, places, lang))
            for a in about
        ],
        lang,
    )  # fmt: skip


def kinds(lang: str) -> str:
    """The eleven kinds of issue, at their defaults."""
    shown = list(KindOfIssue.model_fields)
    rows = [
        (said("codes", kind, lang), *(number(getattr(value, name), lang) for name in shown))
        for kind, value in Spec().kinds
    ]
    return table(("kind", *(name.replace("_", " ") for name in shown)), rows, lang)


def sizes(lang: str) -> str:
    """The standard sizes."""
    head = ("size", "residents", "households", "micro-grids", "general grids", "communities", "tiers with queues up to")
    rows = [
        (f"`{name}`", *(number(each, lang) for each in size[:-1]), said("codes", size.top.name.lower(), lang))
        for name, size in SIZES.items()
    ]
    return table(head, rows, lang)


def states(lang: str) -> str:
    """The moves an issue may make."""
    ends = said("tables", "(ends here)", lang)
    rows = [
        (said("codes", a.name.lower(), lang),
         listed(said("codes", b.name.lower(), lang) for b in after).told(lang) or ends)
        for a, after in LEGAL.items()
    ]  # fmt: skip
    return table(("state", "may become"), rows, lang)


def luck(lang: str) -> str:
    """What is drawn."""
    return ", ".join(f"{purpose.name.lower()} ({purpose.value})" for purpose in Purpose) + "\n"


def order(lang: str) -> str:
    """The order of the day: the acts of `plan()`, under the headings that the text of the day gives them."""
    rows, last = [], ""
    for heading, act in headed():
        text = plain(getattr(day_module, act))
        path = text.__module__.removeprefix("linli.").replace(".", "/") + ".py"
        what = (inspect.getdoc(text) or "").splitlines()[0].rstrip(".:")
        what = said("acts", what, lang)
        rows.append((said("parts", heading if heading != last else "", lang), f"`{act}`", what, f"[{path}](../{path})"))
        last = heading
    return table(("part of the day", "act", "what happens", "file"), rows, lang)


def headed() -> list[tuple[str, str]]:
    """Each act of the day, with the comment (`# report: …`) under which the text of the day calls it."""
    source = inspect.getsource(plain(day_module.live))
    heads = [re.match(r"\s+# (\w+): ", line) for line in source.splitlines()]
    acts = [act for act in day_module.plan() if callable(getattr(day_module, act, None))]  # not the built-ins of Python
    calls = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call) and getattr(n.func, "id", "") in acts]
    calls.sort(key=lambda call: (call.end_lineno or 0, call.end_col_offset or 0))
    above = [[head[1] for head in heads[: call.lineno] if head] for call in calls]
    named = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
    return [("".join(found[-1:]), act) for found, act in zip(above, named, strict=True)]


def regimes(lang: str) -> str:
    """The ways of deciding that come with the program: scenarios that write about deliberation and pay nothing."""
    rows = []
    for name in names():
        scenario = load(name)
        there = "deliberation" in tomllib.loads(scenario.path.read_text(encoding="utf-8"))
        if there and not scenario.spec.incentives.programme_on:
            p = scenario.spec.deliberation
            shown = (p.rule, p.threshold, p.attendance, p.convener, p.rules_origin, p.binding)
            further = (p.amend_step, p.period, p.escalation)
            before, after = ([number(value, lang) for value in values] for values in (shown, further))
            rows.append((f"`{name}`", *before, rules_in(p, lang), *after))
    head = (
        "regime", "rule", "threshold", "attendance", "convener", "rules made", "binds", "of the eight rules",
        "amendment", "days apart", "escalates",
    )  # fmt: skip
    return table(head, rows, lang)


def rules_in(p: Deliberation, lang: str) -> str:
    """Which of the eight rules a regime keeps (the seventh is the majority's)."""
    kept = [said("rules", rule, lang) for name, rule in RULES.items() if getattr(p, name)]
    return (" · ").join(kept) or "–"


def outcomes(lang: str) -> str:
    """The outcomes a run is judged by, by group."""
    rows = [
        (group if lang == "en" else title.told(lang),
         " · ".join(o.label.told(lang) for o in OUTCOMES.values() if o.group == group))
        for group, title in GROUPS.items()
    ]  # fmt: skip
    return table(("group", "outcomes"), rows, lang)


TITLES = {
    "town": "The town", "households": "Households", "buildings": "Buildings", "micro_grids": "Micro-grids",
    "general_grids": "General grids", "communities": "Communities", "units": "Units with a queue",
    "tiers": "Tiers of the ladder", "residents": "Residents", "ties": "Ties", "workers": "Grid workers",
    "issues": "Issues", "latent": "Issues that may fade unseen", "cases": "Open cases",
    "noticings": "Noticings to come", "encounters": "Encounters of the day", "reports": "Reports",
    "listed": "The organisers' list", "invitations": "Invitations of the day", "deeds": "Acts of volunteering",
    "meetings": "Meetings", "invitees": "People called to the meetings and ballots of the day",
    "queue": "Today's queue", "sightings": "Sightings of the day", "bonds": "Changes of ties still to be woven in",
    "members": "Party members", "deputies": "Deputies", "petitions": "Petitions", "days": "The daily table",
    "months": "The 30-day table", "years": "The yearly table",
}  # fmt: skip
"""What the tables of the World are called."""

TABLES: dict[str, Callable[..., str]] = {
    "all fields": all_fields,
    "all parameters": all_parameters,
    "fields": fields,
    "parameters": parameters,
    "kinds": kinds,
    "sizes": sizes,
    "states": states,
    "luck": luck,
    "order": order,
    "regimes": regimes,
    "outcomes": outcomes,
}


def fresh(text: str, lang: str) -> str:
    """A document with its tables written anew. Raises KeyError for a table nobody knows."""

    def made(found: re.Match[str]) -> str:
        name, arguments = found["name"], []
        if name not in TABLES:
            name, *arguments = name.split()
        return found[1] + TABLES[name](*arguments, lang) + found[3]

    return MARKS.sub(made, text)


def language_of(file: Path) -> str:
    """The language of a page."""
    return "zh" if file.name.endswith(".zh.md") else "en"


def main(check: bool) -> int:
    """Rewrite, or check; the number of stale files."""
    stale = 0
    for file in sorted(DOCS.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        new = fresh(text, language_of(file))
        if new != text:
            stale += 1
            print(f"docs/{file.name}: {'stale; run: make docs' if check else 'written'}")
            if not check:
                file.write_text(new, encoding="utf-8")
    return stale if check else 0


if __name__ == "__main__":
    sys.exit(1 if main("--check" in sys.argv[1:]) else 0)
