"""The lock: exact, complete, and at home nowhere in particular."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest
from house.repo import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINES = [
    line
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
LOCKED = [Requirement(line) for line in LINES]
PYTHONS = ("3.11", "3.12", "3.13")


def asked_for() -> list[Requirement]:
    """What the project says it needs: to run, to be worked on, to be built."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = about["project"]
    lines = [*project["dependencies"], *about["build-system"]["requires"]]
    for extra in project.get("optional-dependencies", {}).values():
        lines += extra
    return [Requirement(line) for line in lines if not line.startswith("linli")]


def versions(python: str) -> dict[str, str]:
    """Name to version, for one Python."""
    chosen = [r for r in LOCKED if not r.marker or r.marker.evaluate({"python_version": python})]
    names = [canonicalize_name(r.name) for r in chosen]
    assert len(names) == len(set(names)), "two versions of one package"
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in chosen}


def test_every_version_is_exact():
    assert all(re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)) for requirement in LOCKED)
    assert not [requirement.name for requirement in LOCKED if requirement.url]


def test_no_host_is_named():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|\bfile:|^\s*-|index|\.org\b|\.com\b|\.io\b", text, re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
def test_everything_asked_for_is_locked_at_a_version_that_will_do(python):
    locked = versions(python)
    for requirement in asked_for():
        name = canonicalize_name(requirement.name)
        assert name in locked, f"{requirement.name} is not in requirements.lock"
        assert requirement.specifier.contains(locked[name]), f"{requirement} against {locked[name]}"


def test_wheel_and_backend_are_locked():
    assert {"setuptools", "wheel"} <= versions("3.11").keys()


def test_what_is_installed_needs_nothing_that_is_not_locked():
    from importlib.metadata import PackageNotFoundError, requires

    locked = versions(f"{sys.version_info.major}.{sys.version_info.minor}")
    for name in locked:
        try:
            needs = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:
            continue
        for need in needs:
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert canonicalize_name(need.name) in locked, f"{name} needs {need}"
