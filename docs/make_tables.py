"""Write the generated tables of docs/*.md, from the declarations in the code.

    python docs/make_tables.py           rewrite what stands between the marks
    python docs/make_tables.py --check   say what is stale, and exit 1 if anything is

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; NAME is one of those in `TABLES`, and
some take an argument, as in `<!-- table: fields residents -->`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from linli.agents.core.compiled import plain
from linli.agents.core.draw import Purpose
from linli.agents.core.field import Field, fields_of
from linli.agents.core.parameter import About
from linli.model import day as day_module
from linli.model.issues import LEGAL, KindOfIssue
from linli.model.places import SIZES
from linli.model.spec import Spec
from linli.model.world import ENTITIES

DOCS = Path(__file__).resolve().parent
MARKS = re.compile(r"(<!-- table: (?P<name>[\w ]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
ANCHOR = re.compile(r'<a id="([^"]+)">')
TYPES = {"f8": "real", "i8": "whole (64 bit)", "i4": "whole (32 bit)", "u1": "whole (8 bit)", "?": "yes/no"}
NO_TAGS = ("assumption", "measured on a community")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
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


def linked(source: str, places: dict[str, str]) -> str:
    """A source with every tag made a link to its anchor (a tag that leads nowhere stays text)."""
    tags = [tag.strip() for tag in source.split(",")]
    return ", ".join(f"[{tag}]({places[tag]}#{tag})" if tag in places else tag for tag in tags)


def number(value: Any) -> str:
    """A value as one would write it: no needless decimals, thousands apart."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return f"{int(value):,}".replace("-", "−")
    return str(value).replace("-", "−")


def range_of(low: Any, high: Any) -> str:
    """`low … high`, with what is given of it."""
    if low is None and high is None:
        return ""
    return f"{number(low)} … {number(high)}".strip()


def groups() -> dict[str, list[About]]:
    """The parameters of each section of a scenario file."""
    sections = {name: info.annotation for name, info in Spec.model_fields.items() if name != "kinds"}
    return {name: section.about() for name, section in sections.items()}  # type: ignore[union-attr]


def fields(entity: str) -> str:
    """One table of the World."""
    return table(
        ("field", "type", "unit", "at birth", "range", "meaning"),
        [
            (f"`{name}`", TYPES[field.kind], field.unit, number(field.default), range_of(field.low, field.high),
             field.meaning + codes(field))
            for name, field in fields_of(ENTITIES[entity]).items()
        ],
    )  # fmt: skip


def codes(field: Field) -> str:
    """The names of a code's values."""
    return f" ({', '.join(code.name.lower() for code in field.codes)})" if field.codes else ""  # type: ignore[attr-defined]


def parameters(section: str) -> str:
    """One section of a scenario file."""
    about = KindOfIssue.about() if section == "kinds" else groups()[section]
    places = anchors()
    return table(
        ("parameter", "default", "unit", "range", "meaning", "source"),
        [
            (f"`{a.name}`", number(a.default), a.unit, " / ".join(a.choices) or range_of(a.low, a.high), a.meaning,
             linked(a.source, places))
            for a in about
        ],
    )  # fmt: skip


def kinds() -> str:
    """The eleven kinds of issue, at their defaults."""
    names = list(KindOfIssue.model_fields)
    rows = [(kind, *(number(getattr(value, name)) for name in names)) for kind, value in Spec().kinds]
    return table(("kind", *names), rows)


def sizes() -> str:
    """The standard sizes."""
    head = ("size", "residents", "households", "micro-grids", "general grids", "communities", "tiers with queues up to")
    return table(head, [(name, *map(number, size[:-1]), size.top.name.lower()) for name, size in SIZES.items()])


def states() -> str:
    """The moves an issue may make."""
    rows = [(a.name.lower(), ", ".join(b.name.lower() for b in after) or "(ends here)") for a, after in LEGAL.items()]
    return table(("state", "may become"), rows)


def luck() -> str:
    """What is drawn."""
    return ", ".join(f"{purpose.name.lower()} ({purpose.value})" for purpose in Purpose) + "\n"


def order() -> str:
    """The order of the day: the acts of `plan()`, under the headings that the text of the day gives them."""
    rows, last = [], ""
    for heading, act in headed(day_module.plan()):
        text = plain(getattr(day_module, act))
        path = text.__module__.removeprefix("linli.").replace(".", "/") + ".py"
        what = (inspect.getdoc(text) or "").splitlines()[0].rstrip(".:")
        rows.append((heading if heading != last else "", f"`{act}`", what, f"[{path}](../{path})"))
        last = heading
    return table(("part of the day", "act", "what happens", "file"), rows)


def headed(acts: Sequence[str]) -> list[tuple[str, str]]:
    """Each act with the comment (`# report: …`) under which the text of the day calls it."""
    lines = inspect.getsource(plain(day_module.live)).splitlines()
    found, heading, at = [], "", 0
    for act in acts:
        if not callable(getattr(day_module, act, None)):
            continue  # a built-in of Python
        while not re.search(rf"\b{act}\(", lines[at]):
            comment = re.match(r"\s+# (\w+): ", lines[at])
            heading = comment.group(1) if comment else heading
            at += 1
        found.append((heading, act))
    return found


TABLES: dict[str, Callable[..., str]] = {
    "fields": fields,
    "parameters": parameters,
    "kinds": kinds,
    "sizes": sizes,
    "states": states,
    "luck": luck,
    "order": order,
}


def fresh(text: str) -> str:
    """A document with its tables written anew. Raises KeyError for a table nobody knows."""

    def made(found: re.Match[str]) -> str:
        name, *arguments = found["name"].split()
        return found[1] + TABLES[name](*arguments) + found[3]

    return MARKS.sub(made, text)


def main(check: bool) -> int:
    """Rewrite, or check; the number of stale files."""
    stale = 0
    for file in sorted(DOCS.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        new = fresh(text)
        if new != text:
            stale += 1
            print(f"docs/{file.name}: {'stale; run: make docs' if check else 'written'}")
            if not check:
                file.write_text(new, encoding="utf-8")
    return stale if check else 0


if __name__ == "__main__":
    sys.exit(1 if main("--check" in sys.argv[1:]) else 0)
