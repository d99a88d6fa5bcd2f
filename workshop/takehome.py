"""What a visitor takes home: figures, tables, scenario files, a design, a report page, the film, all in one archive.

Everything is made from a `Look` and the ensemble that its page shows, can be called in a worker process, and comes
back as bytes under file names that are safe everywhere. Nothing in it tells where the server keeps its files, or how
it was started.
"""

from __future__ import annotations

import datetime
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

from ..experiments import style
from ..experiments.provenance import provenance_of_code
from ..experiments.reports import report
from ..experiments.runs import compare
from ..experiments.tables import write_csv
from ..model.places import size_of
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World, copy
from ..scenarios import Scenario, dump
from ..scenarios.toml_text import toml_of
from ..words import LANGUAGES, Words, listed, message, told
from . import prints
from .film import film
from .prints import ARMS, QUANTILES, Ensemble, ensemble_of
from .state import Branch, Look, code_of, link_of, scenario_of
from .uploads import scenario_from_upload

__all__ = [
    "Ensemble", "ensemble_of", "everything", "figures", "page_of", "play", "scenario_files", "scenario_from_upload",
    "tables",
]  # fmt: skip

Files = dict[str, bytes]
MOST_RUNS_OF_A_PAGE = 50
"""Pairs that the report page is made from at most: it lives them again."""


def plain_name(text: str, most: int = 40) -> str:
    """A text as part of a name that any system and any design takes: letters, digits, _ and -."""
    return re.sub(r"[^\w-]+", "_", text).strip("_")[:most]


def named(look: Look, slot: str) -> Branch:
    """The branch in a slot under the name that it has in files: the slot, and what it is called on the page."""
    branch = look.shown(slot)
    own = plain_name(branch.name)
    return replace(branch, name=slot if own in ("", slot) else f"{slot}_{own}")


def scenario_in(look: Look, slot: str) -> Scenario:
    """The branch in a slot as a scenario."""
    branch = named(look, slot)
    name = re.sub(r"\s+", " ", look.shown(slot).name).strip()
    what = message("Branch {slot} ({name}) of the workshop, state {code}: what does it do to participation and issues?",
                   slot=slot, name=name, code=code_of(look))  # fmt: skip
    return scenario_of(branch, what.en, what.zh)


def scenario_files(look: Look, seeds: Iterable[int]) -> Files:
    """Both branches as scenario files, and a design that `linli batch` runs with them."""
    seeds = sorted({*seeds, look.seed})
    found = {f"{slot}.toml": dump(scenario_in(look, slot)).encode() for slot in ARMS}
    return {**found, "study.toml": study(look, seeds).encode()}


def study(look: Look, seeds: list[int]) -> str:
    """A design with both scenario files."""
    asked = message("What does B do that A does not, in the same town with the same luck?")
    head = {
        "name": f"workshop_{code_of(look)}", "question": asked.en, "question_zh": asked.zh,
        "size": look.size, "days": look.days,
    }  # fmt: skip
    lines = [f"{name} = {toml_of(value)}" for name, value in head.items()] + [f"seeds = {seeds}"]
    for slot in ARMS:
        lines += ["", "[[scenarios]]", f"name = {toml_of(named(look, slot).name)}", f'file = "{slot}.toml"']
    return "\n".join(lines) + "\n"


# Figures and tables


def figures(look: Look, ensemble: Ensemble, lang: str) -> Files:
    """The figures as PNG and SVG: both branches over time, their differences, the pairs, the map of this day."""
    names = names_in(look)
    towns, fonts = both_towns(look), "zh" if any(map(is_chinese, names)) else lang
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        with style.drawing(lang) as drawn, matplotlib.rc_context(style.settings(fonts)):
            drawings = {
                "futures": prints.fans(ensemble, names, drawn),
                "differences": prints.differences(ensemble, names, drawn),
                "pairs": prints.pairs(ensemble, drawn),
                "map": prints.maps(towns, names, drawn),
            }
        for name, figure in drawings.items():
            style.save(figure, where / name, fonts, f"linli workshop, state {code_of(look)}")
        return read_in(where)


def names_in(look: Look) -> tuple[str, str]:
    """What A and B are called in pictures: without Chinese letters where no font has them."""
    a, b = (
        name if style.chinese_font() else "".join(letter for letter in name if not is_chinese(letter)).strip()
        for name in (look.shown("A").name, look.shown("B").name)
    )
    return a, b


def is_chinese(text: str) -> bool:
    """Whether there is a letter in it that only Chinese fonts have."""
    return style.width_of(text) > len(text)


def read_in(folder: Path) -> Files:
    """The files of a folder, by their names."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def both_towns(look: Look) -> tuple[World, World]:
    """A and B in the evening of the day that the page shows."""
    start = day_zero(look.shown("A").setting.baseline, look.size, look.seed)
    last = min(look.day, look.days - 1)
    a, b = (run(copy(start), spec, last + 1) for spec in specs_of(look))
    return a, b


def specs_of(look: Look) -> tuple[Spec, Spec]:
    """The numbers of A and of B."""
    return look.shown("A").setting.spec(), look.shown("B").setting.spec()


def tables(look: Look, ensemble: Ensemble) -> Files:
    """The numbers behind the figures as tidy CSV: the bands, every pair, and the differences with their intervals."""
    written = {
        "futures.csv": list(band_records(ensemble)), "pairs.csv": list(pair_records(ensemble)),
        "differences.csv": list(difference_records(ensemble)),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name, records in written.items():
            write_csv(Path(folder) / name, records)
        return read_in(Path(folder))


def band_records(ensemble: Ensemble) -> Iterable[dict[str, Any]]:
    """One tidy record an outcome, branch (or their difference), day and quantile."""
    for outcome, outline in ensemble.outlines.items():
        curves = {**ensemble.bands[outcome], "B-A": ensemble.apart[outcome]}
        for branch, lines in curves.items():
            unit = outline.unit if branch in ARMS else outline.unit_apart
            for k, day in enumerate(ensemble.days.tolist()):
                for quantile, line in zip(QUANTILES, lines, strict=True):
                    yield {"outcome": outcome, "branch": branch, "day": day, "quantile": quantile / 100,
                           "value": number(line[k]), "unit": unit.en, "pairs": len(ensemble.seeds),
                           "meaning": outline.label.en}  # fmt: skip


def pair_records(ensemble: Ensemble) -> Iterable[dict[str, Any]]:
    """One tidy record an outcome and pair: both runs, and their difference."""
    for outcome, outline in ensemble.outlines.items():
        a, b = (ensemble.values[outcome][arm] for arm in ARMS)
        for seed, one, other in zip(ensemble.seeds, a.tolist(), b.tolist(), strict=True):
            yield {"outcome": outcome, "seed": seed, "A": number(one), "B": number(other),
                   "difference": number(other - one), "unit": outline.unit.en,
                   "days": ensemble.n_days_summed}  # fmt: skip


def difference_records(ensemble: Ensemble) -> Iterable[dict[str, Any]]:
    """One record an outcome: both means, the mean paired difference with its interval, and what may be said of it."""
    for outcome, outline in ensemble.outlines.items():
        apart = ensemble.differences[outcome]
        means = {f"mean_{arm}": number(mean_of(ensemble.values[outcome][arm])) for arm in ARMS}
        yield {
            "outcome": outcome, "pairs": apart.n, **means, "difference": number(apart.mean), "low": number(apart.low),
            "high": number(apart.high), "level": ensemble.level, "p": number(apart.p), "unit": outline.unit_apart.en,
            "unit_zh": outline.unit_apart.zh, "days": ensemble.n_days_summed,
            "sentence": ensemble.sentences[outcome].en, "sentence_zh": ensemble.sentences[outcome].zh,
        }  # fmt: skip


def mean_of(values: Any) -> float:
    """The mean of those runs that have a value."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def number(value: float) -> float | str:
    """A number for a table; an empty cell for none."""
    return float(value) if np.isfinite(value) else ""


# The report page and the film


def page_of(look: Look, seeds: Iterable[int], lang: str) -> bytes:
    """The report page of a comparison of A and B on these seeds, or on as many of the first as are in a row."""
    first, n = in_a_row(sorted({*seeds}) or [look.seed])
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        scenarios = [scenario_in(look, slot) for slot in ARMS]
        compared = compare(scenarios, runs=n, size=look.size, days=look.days, seed=first, workers=1)
        texts = [{"text": dump(scenario)} for scenario in scenarios]
        told_of = [each | text for each, text in zip(compared.about["scenarios"], texts, strict=True)]
        about = private(compared.about | {"scenarios": told_of}, look)
        results = where / "results"
        replace(compared, about=about).write(results, lang=lang)
        page = report(results, lang=lang, out=where / "page.html").read_text(encoding="utf-8")
    return page.replace(str(results), "results").encode()


def in_a_row(seeds: list[int]) -> tuple[int, int]:
    """The first of the ascending seeds, and how many follow it without a gap (two at least, fifty at most)."""
    n = next((k for k, seed in enumerate(seeds) if seed != seeds[0] + k), len(seeds))
    return seeds[0], max(2, min(n, MOST_RUNS_OF_A_PAGE))


def private(about: dict[str, Any], look: Look) -> dict[str, Any]:
    """The provenance without the server's own: its command line, and where its files lie."""
    files = {named(look, slot).name: f"{slot}.toml" for slot in ARMS}
    scenarios = [{**each, "file": files[each["name"]]} for each in about["scenarios"]]
    return {**about, "command_line": ["linli", "workshop"], "scenarios": scenarios}


def play(look: Look, lang: str) -> bytes:
    """The play of A and B over all days as an animated GIF."""
    baseline = look.shown("A").setting.baseline
    return film(baseline, specs_of(look), look.size, look.seed, look.days, names_in(look), lang)


# All of it


def replay_of(look: Look, lang: str) -> bytes:
    """The maps of A and B as one page that needs no server."""
    from .replay import Asked, replay_page

    scenarios = [scenario_in(look, slot) for slot in ARMS]
    return replay_page(Asked(scenarios, look.size, look.seed, look.days), lang).encode()


def everything(look: Look, ensemble: Ensemble, lang: str, link: str = "", *, with_page: bool = True) -> bytes:
    """All of it in one zip archive. `link` is the address that leads back to the page as it is.

    The report page takes the longest, as all pairs are lived again; without `with_page` it is left out.
    """
    parts: list[Callable[[], Files]] = [
        lambda: scenario_files(look, ensemble.seeds),
        lambda: tables(look, ensemble),
        lambda: figures(look, ensemble, lang),
        lambda: {"play.gif": play(look, lang)},
        lambda: {f"report-{lang}.html": page_of(look, ensemble.seeds, lang)} if with_page else {},
    ]
    files: Files = {}
    for part in parts:
        files |= part()
    files = {"README.txt": readme(look, ensemble, link or link_of(look), [*files]).encode(), **files}
    packed, folder = io.BytesIO(), f"linli-{code_of(look)}"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}/{name}", content)
    return packed.getvalue()


ABOUT = {
    "A.toml": message("branch A as a scenario file"),
    "B.toml": message("branch B as a scenario file"),
    "study.toml": message("a design with both: linli batch study.toml"),
    "futures.csv": message("percentiles of all runs over time"),
    "pairs.csv": message("every pair of runs"),
    "differences.csv": message("mean differences with intervals"),
    "futures.png": message("A and B over time"),
    "differences.png": message("B less A over time"),
    "pairs.png": message("the differences pair by pair"),
    "map.png": message("the map of the day that was looked at"),
    "play.gif": message("the play, day by day"),
    "report-en.html": message("the report page"),
    "report-zh.html": message("the report page, in Chinese"),
}
"""What the files are."""


def readme(look: Look, ensemble: Ensemble, link: str, files: list[str]) -> str:
    """What is in the archive, where it comes from, and how to get back to the page: English, then Chinese."""
    lines = [
        message("linli: what was on the page"), "", f"A = {look.shown('A').name}", f"B = {look.shown('B').name}", "",
        message("A town of {n:,} residents, seed {seed}, {days} days, day {day} being looked at.",
                n=size_of(look.size).residents, seed=look.seed, days=look.days, day=look.day),
        message("{n} pairs of runs\n(seeds {seeds}). Both runs of a pair have the same people and luck.",
                n=len(ensemble.seeds), seeds=", ".join(map(str, ensemble.seeds[:60]))),
        "", *(listed([f"  {name:<18}", ABOUT[name]], "") for name in files if name in ABOUT),
        message("  (figures also as .svg)"), "",
        message("Short code: {code}", code=code_of(look)), message("Link: {link}", link=link), "", made_by(), "",
        message("What the model says is no forecast: its assumptions are in docs/, each with its source."), "",
    ]  # fmt: skip
    return "\n\n".join("\n".join(told(line, lang) for line in lines) for lang in LANGUAGES)


def made_by() -> Words:
    """Which program made it, and when."""
    origin = provenance_of_code("workshop")
    return message(
        "Made {time} by linli {version}; model code {code}, commit {commit}; {versions}.",
        time=datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"), version=origin["linli"],
        code=origin["code"][:16], commit=(origin["git"] or {}).get("commit", "–"),
        versions=listed(f"{name} {version}" for name, version in origin["versions"].items()),
    )  # fmt: skip
