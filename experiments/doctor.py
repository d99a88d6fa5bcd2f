"""Whether everything this program needs is there."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

NEEDED = ("numpy", "numba", "pydantic", "click", "rich", "pyarrow", "pandas", "matplotlib", "mesa", "networkx", "scipy")


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Finding(NamedTuple):
    """One thing looked at: what it is, how it stands, and whether the program can work with it."""

    what: str
    state: str
    well: bool = True


def examine() -> list[Finding]:
    """Look at everything."""
    packages = [package(name) for name in ("linli", *NEEDED)]
    found = [Finding("Python", platform.python_version()), *packages, Finding("cores", str(os.cpu_count()))]
    if all(finding.well for finding in packages):
        found += [compiled_code(), chinese()]
    return [*found, cluster(), pages(), browser(), writing()]


def package(name: str) -> Finding:
    """Whether a package is installed."""
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing: install it with pip", False)


def compiled_code() -> Finding:
    """Whether the model's rules are compiled, and where that is kept."""
    from .compiling import cached, where

    if not where():
        return Finding("compiled code", "not used: LINLI_INTERPRETED is set")
    state = "up to date" if cached() else "none yet: the next run compiles for about a minute"
    return Finding("compiled code", f"{state}, kept in {where()}")


def chinese() -> Finding:
    """Whether figures can have Chinese labels."""
    from .style import NO_CHINESE, chinese_font

    return Finding("Chinese font", chinese_font() or NO_CHINESE)


def cluster() -> Finding:
    """Whether batches can run on the workers of a Dask scheduler."""
    version = package("distributed")
    absent = 'not installed; for --cluster: pip install "linli[cluster]"'
    return Finding("Dask", version.state if version.well else absent)


def pages() -> Finding:
    """Whether the workshop can open its page."""
    version = package("nicegui")
    return Finding("NiceGUI", version.state if version.well else 'not installed; for linli workshop: "linli[workshop]"')


def browser() -> Finding:
    """Whether pages can be tested in a browser; nothing but tests needs it."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Finding("Chromium", path or "not found; only the tests of pages need it")


def writing() -> Finding:
    """Whether results can be written here."""
    try:
        with tempfile.NamedTemporaryFile(dir=Path.cwd(), prefix=".linli"):
            return Finding("writing here", "allowed")
    except OSError as error:
        return Finding("writing here", f"not possible: {error.strerror}", False)
