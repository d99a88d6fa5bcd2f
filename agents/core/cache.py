"""Where compiled code is kept, and when it is stale.

Numba looks only at the file a function stands in, so an act would go on using the old text of a
rule edited in another file. Here the stamp of a function is a hash of its file and of every file
of the package that this file imports, directly or through others. Bounds-checked code is kept in
a folder of its own: with a shared one the switch `NUMBA_BOUNDSCHECK=1` would silently do nothing.
"""

from __future__ import annotations

import ast
import hashlib
import os
from functools import lru_cache
from importlib.util import resolve_name
from pathlib import Path
from typing import Any

from numba.core import caching, config

PACKAGE = "linli"
ROOT = Path(__file__).resolve().parents[2]


def install() -> None:
    """Make Numba ask this module first where to keep a function of the package."""
    ours = [_InChosenFolder, _InTree, _InUserFolder]
    others = [c for c in caching.CacheImpl._locator_classes if not issubclass(c, _PackageStamp)]
    caching.CacheImpl._locator_classes = ours + others


def module_name(path: Path) -> str | None:
    """`linli.agents.core.cache` for this file; None for a file outside the package's folders."""
    path = path.resolve()
    if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0].startswith("."):
        return None
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join((PACKAGE, *(parts[:-1] if parts[-1] == "__init__" else parts)))


def imported_files(path: Path) -> list[Path]:
    """Every file of the package that `path` imports, transitively, itself included, in name order."""
    seen: set[Path] = set()
    waiting = [path.resolve()]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting.extend(_direct_imports(file, file.stat().st_mtime_ns))
    return sorted(seen)


@lru_cache(maxsize=4096)
def stamp(path: Path) -> str:
    """A hash of the text of `path` and of all package files it imports, as they were when first asked for."""
    digest = hashlib.sha256()
    for file in imported_files(path):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=4096)
def _direct_imports(file: Path, _mtime: int) -> tuple[Path, ...]:
    own_name = module_name(file)
    if own_name is None:
        return ()
    package = own_name if file.name == "__init__.py" else own_name.rpartition(".")[0]
    names: list[str] = []
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module or ""
            names += [base, *(f"{base}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return tuple(path for name in names if (path := _file_of(name)) is not None)


def _file_of(name: str) -> Path | None:
    if not name.startswith(PACKAGE + "."):
        return None
    place = ROOT.joinpath(*name.split(".")[1:])
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if path.is_file():
            return path
    return None


class _PackageStamp:
    """Mixed into Numba's locators: the stamp above, and a folder of its own for bounds-checked code."""

    _py_file: str
    _cache_path: str

    def get_source_stamp(self) -> str:
        return stamp(Path(self._py_file))

    def get_cache_path(self) -> str:
        return os.path.join(self._cache_path, "boundscheck") if config.BOUNDSCHECK else self._cache_path

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Any:
        if module_name(Path(py_file)) is None:
            return None
        return super().from_function(py_func, py_file)  # type: ignore[misc]


class _InChosenFolder(_PackageStamp, caching.UserProvidedCacheLocator):  # type: ignore[misc]
    pass


class _InTree(_PackageStamp, caching.InTreeCacheLocator):  # type: ignore[misc]
    pass


class _InUserFolder(_PackageStamp, caching.UserWideCacheLocator):  # type: ignore[misc]
    pass
