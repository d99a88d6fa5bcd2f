"""Scenario files that visitors hand in: read with suspicion, and turned into a setting of the page."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from .. import scenarios as shelf
from ..model.spec import Spec
from ..scenarios.errors import ScenarioError, one_line
from ..scenarios.reading import parsed
from ..words import message
from .state import Setting, StateError, renamed, setting_from

MOST_BYTES = 200_000
"""Larger files are not read."""

MOST_NAME = 60
"""Letters of a file's name that are said again in a sentence."""


def scenario_from_upload(name: str, content: bytes, baseline: Spec, days: int) -> Setting:
    """The setting that a file leads to, for a page whose town grows from this baseline and lives so many days.

    Raises StateError or ScenarioError, in one sentence, for whatever is wrong with it. Its base must be a shipped
    scenario, so that no file of the server's is read.
    """
    shown = one_line(name.replace("\\", "/").rpartition("/")[2])[-MOST_NAME:] or message("the file")
    if not name.lower().endswith(".toml"):
        raise StateError(message("{file} is not a scenario: its name must end in .toml", file=shown))
    if len(content) > MOST_BYTES:
        raise StateError(
            message("{file} has {n:,} bytes; allowed are {most:,}", file=shown, n=len(content), most=MOST_BYTES)
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.toml"
        try:
            setting = read_alone(path, content, shown, baseline)
        except ScenarioError as error:
            raise renamed(error, str(path), shown) from None
    late = [day for day, _ in setting.later if day > days]
    if late:
        raise StateError(message("{file} sets something on day {day}, but this page ends with day {last}",
                                 file=shown, day=late[0], last=days))  # fmt: skip
    return setting


def read_alone(path: Path, content: bytes, shown: str, baseline: Spec) -> Setting:
    """The setting, from a file that lies alone in a folder, once it is clear that it leads to no other file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StateError(message("{file}: byte {n} is not UTF-8, but a scenario must be UTF-8",
                                 file=shown, n=error.start + 1)) from None  # fmt: skip
    base = parsed(path, text.replace("\r\n", "\n")).get("base")
    if base is None:
        raise StateError(message('{file} has no base; it must name a shipped scenario: base = "baseline"', file=shown))
    if not isinstance(base, str) or base not in shelf.names():
        written = one_line(str(base))[:MOST_NAME]
        raise StateError(message(
            "{file}: base is {base!r}, but must be the name of a shipped scenario, such as baseline",
            file=shown, base=written,
        ))  # fmt: skip
    path.write_bytes(content)
    scenario = replace(shelf.load(path), name=shown)
    setting = setting_from(scenario, lambda town: town == baseline)
    setting.spec()
    return setting
