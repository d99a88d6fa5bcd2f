"""Scenario files written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

ASKED = 'question = "What if?"\nquestion_zh = "如果呢？"\n'


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """`write("mine.toml", "[grid] …")` puts the two questions and then these lines into a file."""

    def written(name: str, *lines: str, head: str = ASKED) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written
