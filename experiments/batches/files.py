"""Writing so that a file is either whole or not there: to a temporary name, flushed, then renamed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEMPORARY = ".part"
"""What the name of a file ends in until it is whole."""


def write_whole(path: Path, content: bytes, *, owner: str = "") -> None:
    """Write a file that is whole or absent, whenever the power fails. Raises OSError; then nothing is left over."""
    temporary = path.with_name(f".{owner + '.' if owner else ''}{path.name}{TEMPORARY}")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in this folder last; where folders cannot be flushed, the system must do."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def append_line(path: Path, record: dict[str, Any]) -> None:
    """Append one record as a line of JSON, and flush it. A line that was cut short before is closed first."""
    line = json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    with open(path, "ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """The records of such a file; lines that were cut short are passed over, and no file is no lines."""
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for line in lines:
        with contextlib.suppress(ValueError):
            record = json.loads(line)
            if isinstance(record, dict):
                yield record


def digest(content: bytes) -> str:
    """Sixteen hexadecimal digits of the SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]
