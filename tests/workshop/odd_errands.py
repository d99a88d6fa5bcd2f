"""Errands for worker processes, importable there."""

import os
import time
from pathlib import Path
from typing import Any


class TwoWords(Exception):
    """An error that cannot be unpickled: it wants two words and remembers one."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def recording(baseline: Any, spec: Any, size: str, seed: int, days: int) -> bytes:
    """A recording that says by which process, and for whom, it was made."""
    return f"{size} {seed} {days} {time.monotonic_ns()}".encode()


def wait_and_write(seconds: float, path: str) -> int:
    """Take so long, then leave a file; the process it was done in."""
    time.sleep(seconds)
    Path(path).write_text("done", encoding="utf-8")
    return os.getpid()


def in_two_words() -> None:
    """Raise an error that does not survive the way home."""
    raise TwoWords("not", "so")


def wait_for(path: str) -> None:
    """Wait until a file is there, or something has gone wrong."""
    end = time.monotonic() + 60.0
    while not Path(path).exists() and time.monotonic() < end:
        time.sleep(0.02)
