"""HTML in small pieces. Everything that is not markup passes through `html.escape`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Template
from typing import NamedTuple


class Html(str):
    """Text that is markup already."""


def text(value: object) -> Html:
    """A value as text; markup stays as it is."""
    return value if isinstance(value, Html) else Html(escape(str(value)))


def element(tag: str, *inside: object, **attributes: object) -> Html:
    """An element. An attribute's underscore at the end is dropped, others become hyphens."""
    words = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{words}>{''.join(text(part) for part in inside)}</{tag}>")


def breakable(name: str) -> Html:
    """A long name that may go on in the next line after a point or an underscore."""
    return Html(escape(name).replace("_", "_<wbr>").replace(".", ".<wbr>"))


def image(source: str, alt: str, narrow: bool) -> Html:
    """A picture that scrolls sideways on a screen too narrow for its letters."""
    one = Html(f'<img src="{escape(source)}" alt="{escape(alt)}" class="{"narrow" if narrow else "wide"}">')
    return scrolling(one, alt)


def scrolling(inside: Html, label: str) -> Html:
    """A part that scrolls sideways by itself where it is too wide; the keyboard reaches it too."""
    return element("div", inside, class_="scroll", tabindex="0", role="region", aria_label=label)


def bullets(items: Iterable[object]) -> Html:
    """A list; nothing if there is nothing in it."""
    found = [element("li", item) for item in items]
    return element("ul", *found) if found else Html("")


LONG = 50
"""Letters in a cell from which on its column is made wide enough to read."""


def table(caption: str, heads: Sequence[object], rows: Iterable[Sequence[object]], numbers: int = 0) -> Html:
    """A table whose first cell of each row is its head; the last `numbers` columns stand to the right."""
    rows, left = list(rows), len(heads) - numbers
    looks = ["number" if k >= left else "long" if any(len(str(row[k])) > LONG for row in rows) else None
             for k in range(len(heads))]  # fmt: skip
    looks[0] = None
    head = element("tr", *(element("th", h, scope="col", class_=c) for h, c in zip(heads, looks, strict=True)))
    body = []
    for row in rows:
        cells = [element("td", cell, class_=c) for cell, c in zip(row[1:], looks[1:], strict=True)]
        body.append(element("tr", element("th", row[0], scope="row"), *cells))
    caption = caption[:1].upper() + caption[1:]
    title = element("caption", element("span", caption))
    inside = element("table", title, element("thead", head), element("tbody", *body))
    return scrolling(inside, caption)


class Section(NamedTuple):
    """A part of the page."""

    anchor: str
    title: str
    inside: Html


def page(lang: str, title: str, subtitle: str, sections: Sequence[Section], contents: str) -> str:
    """The whole page, which asks nothing of any other machine."""
    links = (element("a", section.title, href=f"#{section.anchor}") for section in sections)
    return PAGE.substitute(
        lang="zh-CN" if lang == "zh" else "en",
        title=text(title),
        subtitle=text(subtitle),
        contents=element("nav", element("h2", contents), bullets(links), aria_label=contents),
        sections="\n".join(element("section", element("h2", s.title), s.inside, id=s.anchor) for s in sections),
        style=STYLE,
    )


PAGE = Template("""<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="generator" content="linli">
<title>$title</title>
<style>$style</style>
</head>
<body>
<header><h1>$title</h1><p>$subtitle</p></header>
$contents
<main>
$sections
</main>
</body>
</html>
""")

STYLE = """
:root { color-scheme: light; --ink: #1a1a1a; --soft: #595959; --line: #d0d0d0; --link: #0b5394; }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; color: var(--ink); background: #fff;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
header p { color: var(--soft); margin: 0; }
a { color: var(--link); }
nav h2 { font-size: 1rem; border: 0; margin: 1rem 0 .2rem; padding: 0; }
nav ul { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; }
nav a { display: inline-block; padding: .2rem 0; }
.scroll { overflow-x: auto; margin: .8rem 0; background-repeat: no-repeat;
  background-attachment: local, local, scroll, scroll;
  background-image: linear-gradient(to right, #fff 40%, transparent), linear-gradient(to left, #fff 40%, transparent),
    linear-gradient(to right, #ccc, transparent), linear-gradient(to left, #ccc, transparent);
  background-position: 0 0, 100% 0, 0 0, 100% 0; background-size: 2rem 100%, 2rem 100%, .5rem 100%, .5rem 100%; }
.scroll:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .88rem; line-height: 1.4; min-width: 100%; }
caption { text-align: left; font-weight: 600; padding: .2rem 0 .4rem; }
caption span { position: sticky; left: 0; display: inline-block; max-width: min(60rem, calc(100vw - 2rem)); }
th, td { text-align: left; vertical-align: top; padding: .28rem .8rem .28rem 0; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: normal; min-width: 8rem; }
td, thead th { word-break: keep-all; overflow-wrap: normal; }
.long { min-width: 15rem; word-break: normal; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.whole { white-space: nowrap; }
.number:last-child { padding-right: .2rem; }
tr.part th { font-weight: 600; padding-top: .8rem; }
.weak { color: var(--soft); }
figure { margin: 1.4rem 0; }
figcaption { font-size: .92rem; margin-top: .4rem; }
figcaption p { margin: .2rem 0; }
img { mix-blend-mode: multiply; display: block; height: auto; width: 100%; }
img.wide { min-width: 38rem; }
img.narrow { max-width: 26rem; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .85em; }
code { overflow-wrap: anywhere; }
pre { background: #f5f5f5; padding: .6rem .8rem; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
li { margin: .25rem 0; }
@media (min-width: 90rem) {
  body { max-width: 80rem; display: grid; grid-template-columns: 15rem minmax(0, 60rem); column-gap: 3rem; }
  header { grid-column: 2; }
  nav { grid-column: 1; grid-row: 2; position: sticky; top: 1rem; align-self: start; }
  nav ul { display: block; }
  main { grid-column: 2; grid-row: 2; }
}
@media (max-width: 30rem) {
  h1 { font-size: 1.35rem; }
  body { padding: .8rem; }
  tbody th, thead th:first-child { position: sticky; left: 0; max-width: 9rem; background: #fff; }
}
@media print {
  @page { margin: 16mm 14mm; }
  body { display: block; max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  .scroll { overflow: visible; background: none; }
  table { font-size: 8pt; }
  .long { min-width: 0; }
  img.wide { min-width: 0; }
  figure, tr, li { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; }
  pre { border: 1px solid var(--line); background: none; }
  a { color: inherit; text-decoration: none; }
}
"""
