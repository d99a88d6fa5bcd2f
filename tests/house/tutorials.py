"""The tutorials as programs. What a page may contain, and what becomes of it when it is run:

    ```python     runs, in one namespace a page and in an empty folder
    ```text       right after it: what it printed, to the letter
    ```toml       whose first line is `# name.toml`: a file of that name in the folder
    ```sh         commands of `linli` that exist, with options that exist
    ![](…)        a picture the page's code has drawn, kept in docs/images
    <!-- so: … -->   a sentence of the page as a Python expression that is true where it stands
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any, NamedTuple

from house.repo import ROOT

FOLDER = ROOT / "docs" / "tutorials"
IMAGES = ROOT / "docs" / "images"
PIECE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$|^<!-- so: (?P<claim>.*?) -->$", re.MULTILINE | re.DOTALL)


class Piece(NamedTuple):
    """A block of code, or a claim, and where its text stands on the page."""

    language: str
    """The language of a block; "so" for a claim."""
    text: str
    start: int
    end: int


class Told(NamedTuple):
    """A page that was run: what each printed block says on the page and now, and claims that are not true."""

    printed: list[tuple[Piece, str]]
    untrue: list[str]


def pages() -> list[Path]:
    """The English pages."""
    return [path for path in sorted(FOLDER.glob("*.md")) if not path.name.endswith(".zh.md")]


def chinese(page: Path) -> Path:
    """The page in Chinese."""
    return page.with_name(page.name.replace(".md", ".zh.md"))


def pieces(text: str) -> list[Piece]:
    """Blocks and claims of a page, in their order."""
    found = []
    for match in PIECE.finditer(text):
        group = "claim" if match["claim"] is not None else "text"
        found.append(Piece(match["language"] or "so", match[group], match.start(group), match.end(group)))
    return found


def images(text: str) -> list[str]:
    """Names of the pictures a page shows."""
    return [Path(target).name for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)]


def run_page(page: Path, folder: Path) -> Told:
    """Run a page in this folder. Raises what its code raises, AssertionError for output that the page does not show."""
    everything = pieces(page.read_text(encoding="utf-8"))
    namespace: dict[str, Any] = {"__name__": page.stem}
    told = Told([], [])
    printed = ""
    with contextlib.chdir(folder):
        for piece in everything:
            if piece.language == "text":
                told.printed.append((piece, printed))
                printed = ""
                continue
            if piece.language == "so" and not eval(piece.text, namespace):
                told.untrue.append(piece.text)
            elif piece.language == "toml":
                Path(piece.text.splitlines()[0].removeprefix("# ")).write_text(piece.text, encoding="utf-8")
            elif piece.language == "python":
                assert not printed, f"{page.name} does not show what it printed:\n{printed}"
                printed = output_of(piece.text, page, namespace)
    assert not printed, f"{page.name} does not show what it printed:\n{printed}"
    return told


def output_of(code: str, page: Path, namespace: dict[str, Any]) -> str:
    """What a block prints, without spaces at the ends of lines."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, page.name, "exec"), namespace)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def renewed(text: str, told: Told) -> str:
    """The page's text with what its code prints now."""
    for piece, now in reversed(told.printed):
        text = text[: piece.start] + now + text[piece.end :]
    return text
