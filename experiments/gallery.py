"""The pictures that `linli figure` draws, by name: what each is run for, how it is drawn, what is written beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import style, tables
from .compiling import compile_if_stale
from .picture_map import drawable
from .picture_regimes import REGIMES, shipped
from .provenance import claim, provenance
from .runs import Comparison, Progress, checked, checked_runs, draw_all, in_silence, run_scenario, write_failures

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Asked(NamedTuple):
    """What a picture is to be drawn of."""

    scenario: Any
    """A loaded scenario."""
    size: str = "general_grid"
    days: int = 365
    seed: int = 1
    runs: int = 20
    workers: int | None = None
    show: str = "issues"
    progress: Progress = in_silence


class Drawn(NamedTuple):
    """What was run for a picture: its records, how to draw it, and the comparison behind it, if there is one."""

    records: list[dict[str, Any]]
    draw: Callable[[str], Figure]
    comparison: Comparison | None = None

    def figure(self, lang: str = "en") -> Figure:
        """The picture, with labels in this language."""
        with style.drawing(lang) as lang:
            return self.draw(lang)


def dose(asked: Asked) -> Drawn:
    """How much residents take part for how much pay: on its own, with a public board, without crowding out."""
    from . import picture_dose as picture

    done = picture.dose_response(
        asked.scenario, runs=asked.runs, size=asked.size, days=asked.days, seed=asked.seed, workers=asked.workers,
        progress=asked.progress,
    )  # fmt: skip
    records = picture.dose_records(done)
    return Drawn(records, lambda lang: picture.dose_picture(records, lang), done)


def regimes(asked: Asked) -> Drawn:
    """How councils fare under each regime: adoption, time, voice, consent, conflicts that come back."""
    from . import picture_regimes as picture

    done = picture.regimes_compared(
        asked.scenario, runs=asked.runs, size=asked.size, days=asked.days, seed=asked.seed, workers=asked.workers,
        progress=asked.progress,
    )  # fmt: skip
    records = picture.regime_records(done)
    return Drawn(records, lambda lang: picture.regimes_picture(records, lang), done)


def meeting(asked: Asked) -> Drawn:
    """Who spoke when in the fullest meeting of these days, and how positions moved."""
    from . import picture_meeting as picture
    from .replay import meeting_of

    asked.progress("living", 0, asked.days)
    found = meeting_of(asked.scenario.baseline, asked.scenario.spec, asked.size, asked.seed, asked.days)
    return Drawn(picture.meeting_records(found), lambda lang: picture.meeting_picture(found, lang))


def life(asked: Asked) -> Drawn:
    """Where unresolved issues stand over time, and how long they take to each step, by kind."""
    from . import picture_life as picture

    found = picture.life_of(
        asked.scenario.baseline, asked.scenario.spec, asked.size, asked.seed, asked.days, asked.progress
    )
    return Drawn(picture.life_records(found), lambda lang: picture.life_picture(found, lang))


def town_map(asked: Asked) -> Drawn:
    """The neighbourhood on the last day: buildings by open issues or activity, ties, who serves where."""
    from . import picture_map as picture

    world = run_scenario(
        asked.scenario, size=asked.size, days=asked.days, seed=asked.seed, progress=asked.progress
    ).world
    return Drawn(picture.map_records(world), lambda lang: picture.map_picture(world, lang, asked.show))


PICTURES: dict[str, Callable[[Asked], Drawn]] = {
    "dose": dose,
    "regimes": regimes,
    "meeting": meeting,
    "life": life,
    "map": town_map,
}
"""Every picture, by name."""

OF_MANY_RUNS = ("dose", "regimes")
"""Those that need several runs."""


def about(name: str, asked: Asked) -> dict[str, Any]:
    """Where a picture comes from. Raises Refusal for numbers, and for a picture, that cannot be."""
    several = {"runs": asked.runs} if name in OF_MANY_RUNS else {}
    if several:
        checked_runs(asked.size, asked.days, asked.seed, asked.runs, asked.workers)
    else:
        checked(asked.size, asked.days, asked.seed)
    if name == "map":
        drawable(asked.size)
    if name == "regimes":
        shipped(tuple(REGIMES))
    command = f"figure {name} {asked.show}" if name == "map" else f"figure {name}"
    return provenance(command, [asked.scenario], size=asked.size, days=asked.days, seed=asked.seed, **several)


def drawn(name: str, asked: Asked) -> Drawn:
    """Run what a picture needs. Raises Refusal, and KeyboardInterrupt if Ctrl-C left nothing to draw."""
    compile_if_stale()
    found = PICTURES[name](asked)
    if found.comparison and found.comparison.interrupted and not found.comparison.good:
        raise KeyboardInterrupt
    return found


def write_picture(name: str, found: Drawn, folder: Path, stamp: dict[str, Any], lang: str, force: bool) -> list[Path]:
    """Write a picture as PNG and SVG, its records as CSV, and where they come from."""
    claim(folder, stamp, force)
    written = write_failures(folder, found.comparison.failures) if found.comparison else []
    if found.comparison and not found.comparison.good:
        return written
    written.append(tables.write_csv(folder / f"{name}.csv", found.records))
    return [*written, *draw_all(folder, {name: found.figure(lang)}, lang), folder / "provenance.json"]
