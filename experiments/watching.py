"""Progress on the terminal's error stream, so that tables and JSON stay clean."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ..words import message
from .command_line import spoken
from .runs import Progress, in_silence

STAGES = {
    "burning in": message("founding the town, and 180 unrecorded days"),
    "living": message("living the recorded days"),
    "comparing": message("paired runs: seeds done"),
    "looking": message("looking for the next opportunity"),
    "writing": message("writing tables and figures"),
    "packing": message("packing: files and figures"),
    "repeating": message("running again, and comparing"),
    "tracing": message("following differences back to the lever"),
}
"""What is said while each stage lasts."""


@contextlib.contextmanager
def watching(quiet: bool) -> Iterator[Progress]:
    """A progress display for as long as this lasts. With `quiet` there is none."""
    if quiet:
        yield in_silence
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    terminal = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), MofNCompleteColumn())
    with Bar(*columns, TimeElapsedColumn(), console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        announce_compiling(terminal)
        task = bar.add_task(message("starting").told(spoken()), total=None)
        yield lambda stage, done, total: bar.update(
            task, description=STAGES[stage].told(spoken()), completed=done, total=total
        )


def announce_compiling(terminal: object) -> None:
    """Say so if the first run will have to compile."""
    from .compiling import MESSAGE, cached

    if not cached():
        terminal.print(MESSAGE.told(spoken()))  # type: ignore[attr-defined]
