"""Run the tutorials and write what they print and draw into both languages. Then read them again: prose cannot be renewed."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from house.tutorials import IMAGES, chinese, images, pages, renewed, run_page


def renew(page: Path) -> None:
    """Renew a page, its translation (whose blocks are the same) and its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        told = run_page(page, Path(folder))
        text = page.read_text(encoding="utf-8")
        for name in images(text):
            shutil.copy(Path(folder) / name, IMAGES / name)
    page.write_text(renewed(text, told), encoding="utf-8")
    for claim in told.untrue:
        print(f"{page.name}: no longer true: {claim}")
    if chinese(page).exists():
        translate_blocks(page, chinese(page))


def translate_blocks(page: Path, other: Path) -> None:
    """Put the page's blocks and claims into its translation, one for one."""
    from house.tutorials import pieces

    text, ours = other.read_text(encoding="utf-8"), pieces(page.read_text(encoding="utf-8"))
    theirs = pieces(text)
    if [piece.language for piece in ours] != [piece.language for piece in theirs]:
        print(f"{other.name}: its blocks are not those of {page.name}")
        return
    for mine, old in reversed(list(zip(ours, theirs, strict=True))):
        text = text[: old.start] + mine.text + text[old.end :]
    other.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for page in pages():
        renew(page)
        print(f"renewed {page.name}; now read it again")
