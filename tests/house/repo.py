"""The project as text: its files, and its functions."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agents", "model", "scenarios", "experiments", "workshop")
LEFT_OUT = {".git", ".venv", ".hypothesis", "build", "dist", "results", "__pycache__", "node_modules"}
TEXT = {".py", ".md", ".toml", ".cff", ".lock", ".txt", ".c", ".json", ".yml", ".yaml", ".csv", ".svg", ".ipynb", ""}
COMPILED = {"compiled", "inlined", "with_signature"}


class Function(NamedTuple):
    """A function of the project."""

    file: str
    name: str
    node: ast.FunctionDef
    owner: ast.AST | None = None
    """The class or function it stands in."""

    @property
    def compiled(self) -> bool:
        """Whether Numba compiles it."""
        names = [d.func if isinstance(d, ast.Call) else d for d in self.node.decorator_list]
        return any(isinstance(name, ast.Name) and name.id in COMPILED for name in names)

    @property
    def n_lines(self) -> int:
        """Lines of the body, without the docstring."""
        body = self.node.body[1:] if ast.get_docstring(self.node) else self.node.body
        return (self.node.end_lineno or 0) - body[0].lineno + 1 if body else 0

    @property
    def inner(self) -> bool:
        """Whether it stands inside another function."""
        return isinstance(self.owner, ast.FunctionDef)

    @property
    def setter(self) -> bool:
        """Whether it sets a property, whose getter says what it is."""
        return any(isinstance(d, ast.Attribute) and d.attr == "setter" for d in self.node.decorator_list)

    @property
    def overrides(self) -> bool:
        """Whether it is a method of a private class, which fills in what a library asks for."""
        return isinstance(self.owner, ast.ClassDef) and self.owner.name.startswith("_")

    def __str__(self) -> str:
        return f"{self.file}:{self.node.lineno} {self.name}"


def files(*suffixes: str) -> Iterator[Path]:
    """Files of the project that are text, or those with these suffixes."""
    yield from (path for path in all_files() if path.suffix in (suffixes or TEXT))


@cache
def all_files() -> tuple[Path, ...]:
    """Files of the project, as they were at the first look; folders that are left out are not entered."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if not left_out(name)]
        found += [Path(folder, name) for name in names if not left_out(name) and Path(folder, name).is_file()]
    return tuple(sorted(found))


def left_out(name: str) -> bool:
    """Whether a file or folder of this name is none of the project's."""
    return name in LEFT_OUT or name.endswith(("_cache", ".egg-info"))


def sources(*folders: str) -> list[Path]:
    """Python files of these folders of the package (all of them by default)."""
    return [path for path in files(".py") if path.relative_to(ROOT).parts[0] in (folders or PACKAGES)]


@cache
def functions(*folders: str) -> list[Function]:
    """All functions and methods of these folders."""
    found = []
    for path in sources(*folders):
        for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for node in ast.iter_child_nodes(owner):
                if isinstance(node, ast.FunctionDef):
                    found.append(Function(path.relative_to(ROOT).as_posix(), node.name, node, owner))
    return found


def offences(pattern: str, paths: list[Path]) -> list[str]:
    """`file:line: text` of every line that matches."""
    return [
        f"{path.relative_to(ROOT)}:{n}: {line.strip()[:100]}"
        for path in paths
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
