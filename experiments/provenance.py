"""Where a result comes from, written beside it; and the refusal to write over another run's results."""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..words import message

FILE = "provenance.json"
ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("numpy", "numba", "llvmlite", "pydantic", "pyarrow", "mesa", "pandas", "matplotlib")


class Refusal(ValueError):
    """Something that cannot be done as asked; its text is one sentence for the user."""


def provenance(command: str, scenarios: Sequence[Any], **asked: Any) -> dict[str, Any]:
    """Everything needed to run this again: code, machine, scenarios with all their numbers, and what was asked.

    `asked` holds seed, size, days and, in a comparison, runs.
    """
    return {
        **provenance_of_code(command),
        **asked,
        "scenarios": [about_scenario(scenario) for scenario in scenarios],
        "baseline": scenarios[0].baseline.model_dump(mode="json"),
    }


def provenance_of_code(command: str) -> dict[str, Any]:
    """The part of it that says what computed a result, where and when."""
    return {
        "linli": importlib.metadata.version("linli"),
        "command": command,
        "code": code_stamp(),
        "git": git_state(),
        "versions": {"python": platform.python_version(), **package_versions()},
        "platform": platform.platform(),
        "processor": platform.machine(),
        "command_line": list(sys.argv),
        "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }


def about_scenario(scenario: Any) -> dict[str, Any]:
    """A scenario's name, file text and every number it leads to."""
    path = Path(scenario.path) if scenario.path else None
    return {
        "name": scenario.name,
        "question": scenario.question,
        "file": str(path) if path else "",
        "text": path.read_text(encoding="utf-8") if path and path.is_file() else "",
        "parameters": scenario.spec.model_dump(mode="json"),
    }


def code_stamp() -> str:
    """A hash of every file the day and the founding of a town are computed by."""
    from ..agents.core.cache import stamp

    return hashlib.sha256((stamp(ROOT / "model/day.py") + stamp(ROOT / "model/founding.py")).encode()).hexdigest()


def package_versions() -> dict[str, str]:
    """Versions of the packages used; those that are missing are left out."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def machine() -> tuple[tuple[str, str], ...]:
    """Names and versions of what may change the last digits of a number: the platform, and what compiles for it."""
    versions = package_versions()
    return (
        ("Python", ".".join(platform.python_version_tuple()[:2])),
        *((name, versions.get(name, "")) for name in ("numpy", "numba", "llvmlite")),
        ("system", platform.system()),
        ("processor", platform.machine()),
        ("C library", " ".join(platform.libc_ver())),
    )


def git_state() -> dict[str, Any] | None:
    """The commit of the checkout and whether it has been edited since; None outside a checkout."""
    if not (ROOT / ".git").exists():
        return None
    commit, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain")
    return None if commit is None else {"commit": commit, "dirty": bool(changes)}


def _git(*words: str) -> str | None:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def fingerprint(about: dict[str, Any]) -> str:
    """What makes two results the same run: the code, the numbers, the seeds. Not the machine, nor the time."""
    scenarios = [(s["name"], s["parameters"]) for s in about["scenarios"]]
    asked = [about.get(key) for key in ("linli", "command", "code", "size", "days", "seed", "runs", "baseline")]
    return hashlib.sha256(json.dumps([asked, scenarios], sort_keys=True).encode()).hexdigest()


def claim(folder: Path, about: dict[str, Any], force: bool = False) -> Path:
    """Make the folder ready for these results, and write their provenance into it.

    Raises Refusal where another run's results, or files of another kind, lie; OSError where one cannot write.
    """
    if folder.exists() and not folder.is_dir():
        raise Refusal(message("{folder} is a file, not a directory", folder=folder))
    if folder.is_dir() and any(folder.iterdir()) and not force:
        _check_same_run(folder, about)
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, about)
    return folder


def _check_same_run(folder: Path, about: dict[str, Any]) -> None:
    try:
        theirs = fingerprint(json.loads((folder / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Refusal(message(
            "{folder} is not empty and holds no results of this program; name another, or use --force", folder=folder,
        )) from None  # fmt: skip
    if theirs != fingerprint(about):
        raise Refusal(message(
            "{folder} holds the results of another run; name another directory, or use --force", folder=folder,
        ))  # fmt: skip


def write(folder: Path, about: dict[str, Any]) -> None:
    """Write the provenance (to a temporary name first)."""
    temporary = folder / (FILE + ".part")
    temporary.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.replace(temporary, folder / FILE)
