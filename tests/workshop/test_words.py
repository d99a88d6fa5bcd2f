"""The Chinese of the workshop: no English is left in it."""

from __future__ import annotations

import re
import sys

from house.repo import ROOT
from linli.words import catalogue

sys.path.insert(0, str(ROOT / "docs"))

from make_words import wanted

MESSAGES = catalogue.messages()
SAID = [
    key for key, places in wanted().items()
    if key[0] != "command line" and any(place.startswith("workshop/") for place in places)
]
NAMES = {
    "A", "B", "PNG", "SVG", "CSV", "GIF", "ZIP", "TOML", "UTF", "kB", "JSON", "JavaScript", "Cookie", "QR", "CPPCC",
    "host", "port", "force", "run", "compare", "base", "baseline", "true", "false", "toml", "docs", "svg", "linli",
    "batch", "study", "day", "token", "UTC", "pip", "install", "anywidget", "workshop", "Linux", "macOS", "Shift",
}  # fmt: skip
"""What is written in Latin letters in Chinese, too: names of slots, files, formats, options and commands."""


def test_no_english_is_left_in_the_chinese():
    left = {key: found for key in SAID if (found := letters(MESSAGES[key]) - NAMES)}
    assert len(SAID) > 300 and not left


def letters(text: str) -> set[str]:
    """The words in Latin letters of a message."""
    return set(re.findall(r"[A-Za-z]+", re.sub(r"\{[^}]*\}", "", text)))
