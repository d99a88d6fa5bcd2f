"""Whether everything this program needs is there."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from ..words import message, message_in, told
from ..words.system import reason
from .command_line import wide

NEEDED = ("numpy", "numba", "pydantic", "click", "rich", "pyarrow", "pandas", "matplotlib", "mesa", "networkx", "scipy")


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Finding(NamedTuple):
    """One thing looked at: what it is, how it stands, and whether the program can work with it."""

    what: str
    state: str
    well: bool = True

    def line(self, lang: str) -> str:
        """As a line of a list, in this language."""
        what = str(told(self.what, lang))
        broken = "" if self.well else "   ← " + message_in("of a finding", "broken").told(lang)
        return f"{what}{' ' * max(15 - wide(what), 0)} {told(self.state, lang)}{broken}"


def examine() -> list[Finding]:
    """Look at everything."""
    packages = [package(name) for name in ("linli", *NEEDED)]
    found = [Finding("Python", platform.python_version()), *packages, Finding(message("cores"), str(os.cpu_count()))]
    if all(finding.well for finding in packages):
        found += [compiled_code(), chinese()]
    return [*found, cluster(), pages(), browser(), writing()]


def package(name: str) -> Finding:
    """Whether a package is installed."""
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, message("missing: install it with pip"), False)


def compiled_code() -> Finding:
    """Whether the model's rules are compiled, and where that is kept."""
    from .compiling import cached, where

    code = message("compiled code")
    if not where():
        return Finding(code, message("not used: LINLI_INTERPRETED is set"))
    state = message("up to date") if cached() else message("none yet: the next run compiles for about a minute")
    return Finding(code, message("{state}, kept in {where}", state=state, where=where()))


def chinese() -> Finding:
    """Whether figures can have Chinese labels."""
    from .style import NO_CHINESE, chinese_font

    return Finding(message("Chinese font"), chinese_font() or NO_CHINESE)


def cluster() -> Finding:
    """Whether batches can run on the workers of a Dask scheduler."""
    version = package("distributed")
    absent = message('not installed; for --cluster: pip install "linli[cluster]"')
    return Finding("Dask", version.state if version.well else absent)


def pages() -> Finding:
    """Whether the workshop can open its page."""
    version = package("nicegui")
    absent = message('not installed; for linli workshop: "linli[workshop]"')
    return Finding("NiceGUI", version.state if version.well else absent)


def browser() -> Finding:
    """Whether pages can be tested in a browser; nothing but tests needs it."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Finding("Chromium", path or message("not found; only the tests of pages need it"))


def writing() -> Finding:
    """Whether results can be written here."""
    here = message("writing here")
    try:
        with tempfile.NamedTemporaryFile(dir=Path.cwd(), prefix=".linli"):
            return Finding(here, message_in("of writing", "allowed"))
    except OSError as error:
        return Finding(here, message("not possible: {said}", said=reason(error)), False)
