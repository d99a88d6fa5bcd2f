"""Short functions, docstrings, short lines, and nothing that belongs to one machine."""

from __future__ import annotations

import ast
import re
import statistics

from house.repo import PACKAGES, ROOT, files, functions, offences, sources

LONGEST = 60
MAY_BE_LONGER = {"model/day.py": {"live"}}
"""The day is one list of acts, and is meant to be read as one."""

MACHINE = r"(?<![\w.:])/(?:work|root|tmp|home|Users|opt|mnt)/\w|[A-Z]:\\\\Users"
REGISTRY = r"pypi[.]|pythonhosted|index[-]url|find[-]links|anaconda[.]org"
DECLARATION = re.compile(r"= (Parameter|Field)\(|^\s*def .*# type: ignore")


def test_functions_are_short():
    long = [str(f) for f in functions() if f.n_lines > LONGEST and f.name not in MAY_BE_LONGER.get(f.file, ())]
    assert not long


def test_most_functions_are_very_short():
    assert statistics.median(f.n_lines for f in functions("agents")) <= 10


def test_what_is_public_has_a_docstring():
    silent = [
        str(f)
        for f in functions("agents", "model")
        if not (f.name.startswith("_") or f.overrides or f.inner or f.setter) and not ast.get_docstring(f.node)
    ]
    assert not silent


def test_modules_and_classes_have_docstrings():
    silent = []
    for path in sources("agents", "model"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        silent += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        ]
    assert not silent


def test_lines_end_by_column_120():
    """But for one-line declarations, which are rows of a table."""
    long = [
        f"{path.relative_to(ROOT)}:{n} ({len(line)})"
        for path in sources()
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120 and not DECLARATION.search(line)
    ]
    assert not long


def test_nothing_belongs_to_one_machine():
    found = []
    for path in files():
        if path == ROOT / "tests" / "house" / "test_text.py":
            continue
        for n, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if re.search(MACHINE, line) or re.search(REGISTRY, line):
                found.append(f"{path.relative_to(ROOT)}:{n}: {line.strip()[:100]}")
    assert not found


def test_nothing_is_called_anything_vague():
    vague = {"data", "process", "manager", "utils", "util", "helper", "helpers", "misc", "common"}
    assert not [str(p.relative_to(ROOT)) for p in sources(*PACKAGES) if p.stem in vague]


def test_tests_that_run_alone_are_where_make_test_looks_for_them():
    marked = [path.relative_to(ROOT).parts[:2] for path in files(".py") if offences(r"mark[.]alone\b", [path])]
    assert marked and set(marked) == {("tests", "workshop")}
    assert '-m "alone and not slow" tests/workshop\n' in (ROOT / "Makefile").read_text(encoding="utf-8")
