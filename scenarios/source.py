"""Where values are read from, and how sentences about them begin: a scenario file, or a part of a design."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any, NamedTuple

from ..words import listed
from .errors import ScenarioError, refusal
from .toml_text import as_written


class Source(NamedTuple):
    """A text with sections of values in it.

    `who` opens every sentence, as in `in the scenario mine, `; `under` is the table that the sections lie in.
    Both are empty for a scenario file, which is a text of sections and nothing else. `called` stands in sentences in
    place of the path, where there is no file.
    """

    path: Path
    text: str
    who: str = ""
    under: str = ""
    called: str = ""

    def refusal(self, sentence: str) -> ScenarioError:
        """The error to raise: the file, then where in it and what is wrong."""
        return refusal(self.called or self.path, listed((self.who, sentence), ""))

    def written(self, section: str, name: str, value: Any) -> str:
        """A value as its writer put it there; `section` is "" for names above all sections."""
        return as_written(self.text, ".".join(part for part in (self.under, section) if part), name, value)

    def opened(self, section: str) -> str:
        """The line that opens a section here."""
        return f"[{self.under}.{section}]" if self.under else f"[{section}]"

    def entries(self, name: str, n: int) -> list[str]:
        """The text of each of the n tables of a list, each opened by `[[name]]`; empty texts if written otherwise."""
        opened = re.compile(rf"^\s*\[\[\s*{re.escape(name)}\s*\]\]", re.MULTILINE)
        starts = [match.start() for match in opened.finditer(self.text)]
        texts = [self.text[start:end] for start, end in itertools.pairwise([*starts, len(self.text)])]
        return texts if len(texts) == n else [""] * n
