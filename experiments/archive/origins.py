"""The texts that belong into every package, from a checkout or from an installed wheel."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

from ...words import message
from ..provenance import ROOT, Refusal

TEXTS = {
    "requirements.lock": "every package that ran, with its version",
    "docs/odd.md": "what the model is, after the ODD protocol",
    "docs/odd.zh.md": "what the model is, after the ODD protocol, in Chinese",
    "LICENSE": "the licence of the program",
    "CITATION.cff": "how to cite the program",
}
"""The texts by their place in the project, and what each of them is."""


def texts() -> dict[str, bytes]:
    """All of them by their place. Raises Refusal, in one sentence, where one cannot be found."""
    return {name: text(name) for name in TEXTS}


def text(name: str) -> bytes:
    """One of them."""
    for path in places(name):
        try:
            return path.read_bytes()
        except OSError:
            continue
    raise Refusal(message(
        "{name} came neither with a checkout nor with the installed linli {version}, and a package without "
        "it would not be whole; install linli again, or work in a checkout",
        name=name, version=importlib.metadata.version("linli"),
    ))  # fmt: skip


def places(name: str) -> Iterator[Path]:
    """Where it may lie: in the checkout, where the wheel's list of files says, or in the share of this Python."""
    if (ROOT / "pyproject.toml").is_file():
        yield ROOT / name
    last = Path(name).name
    for file in importlib.metadata.files("linli") or ():
        parts = file.parts
        if file.name == last and ("share" in parts or "licenses" in parts):
            yield Path(str(file.locate()))
    yield Path(sys.prefix) / "share" / "linli" / name
