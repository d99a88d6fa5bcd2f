"""Every figure of the project on one page, from small fixed runs: `make contact` writes docs/figures/contact-sheet-*.png.

A figure that is not here is missed by tests/figures/test_sheet.py, which looks for all functions that return one.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from linli import scenarios
from linli.experiments import (
    figures,
    picture_curve,
    picture_dose,
    picture_fan,
    picture_groups,
    picture_life,
    picture_luck,
    picture_map,
    picture_meeting,
    picture_pairs,
    picture_pareto,
    picture_regimes,
    picture_sensitivity,
    picture_twins,
    picture_validation,
    style,
)
from linli.experiments.declared import OUTCOMES
from linli.experiments.replay import meeting_of
from linli.experiments.runs import compare, run_scenario
from linli.experiments.series import weekly
from linli.experiments.twins.diffing import diff
from linli.model import world as worlds
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "figures"
SIZE, SEED = "general_grid", 3
FACTORS = ("incentives.points_per_hour", "recognition.visibility", "participation.crowding", "deliberation.rule",
           "staff.workers_per_micro_grid", "kinds.planters.born_per_1000")  # fmt: skip


@cache
def baseline() -> Any:
    return scenarios.load("baseline")


@cache
def compared() -> Any:
    names = ["baseline", "twenty_yuan", "cadre", "five_yuan_cadre"]
    return compare(names, runs=5, size=SIZE, days=90, seed=5, workers=1)


@cache
def one_run() -> Any:
    return run_scenario("five_yuan", size=SIZE, days=150, seed=SEED)


@cache
def dose() -> Any:
    done = picture_dose.dose_response(baseline(), runs=4, size=SIZE, days=60, seed=SEED, workers=1)
    return picture_dose.dose_records(done)


@cache
def regimes() -> Any:
    done = picture_regimes.regimes_compared(baseline(), runs=4, size=SIZE, days=120, seed=SEED, workers=1)
    return picture_regimes.regime_records(done)


@cache
def meeting() -> Any:
    return meeting_of(baseline().baseline, baseline().spec, SIZE, SEED, 60)


@cache
def life() -> Any:
    return picture_life.life_of(baseline().baseline, baseline().spec, SIZE, SEED, 120)


@cache
def twins() -> Any:
    done = diff("baseline", "cadre", size=SIZE, days=120, seed=SEED)
    return picture_twins.parted(done.names, done.days, done.found, done.records)


def by_series(names: list[str]) -> dict[str, dict[str, Any]]:
    done = compared()
    return {s: {name: done.series(name, s) for name in names} for s in ("share_active_30", "acts")}


def pairs() -> dict[str, dict[str, Any]]:
    """The paired differences of the main outcomes, as measured."""
    done = compared()
    first, *others = done.names
    main = [o.name for o in OUTCOMES.values() if o.main and any(done.difference(n, o.name).n > 1 for n in others)]
    return {o: {n: done.values(n, o) - done.values(first, o) for n in others} for o in main}


def luck() -> list[dict[str, Any]]:
    done = compared()
    first, *others = done.names
    return [
        picture_luck.luck_record(name, outcome, done.values(first, outcome), done.values(name, outcome))
        for name in others
        for outcome in pairs()
    ]


def curve() -> list[dict[str, Any]]:
    """A made-up answer of six outcomes to pay, from nothing to 2,000 points, in two scenarios with long names."""
    names = [name for name in OUTCOMES if OUTCOMES[name].main][:6]
    records = []
    for k, scenario in enumerate(("near_consensus_with_a_public_board", "baseline")):
        for dose in (0, 10, 50, 100, 200, 500, 1000, 2000):
            for place, outcome in enumerate(names):
                mean = 10.0**place * (1 + k + np.tanh(dose / 500))
                records.append({
                    "scenario": scenario, "factor": FACTORS[0], "setting": dose, "outcome": outcome, "runs": 30,
                    "mean": mean, "low_95": 0.93 * mean, "high_95": 1.07 * mean,
                })  # fmt: skip
    return records


def sensitivity() -> list[dict[str, Any]]:
    """Made-up shares of variance of six factors for three outcomes, one of them the one with the longest name."""
    longest = max((o for o in OUTCOMES.values() if o.main), key=lambda o: len(o.label)).name
    return [
        {"factor": factor, "outcome": outcome, "estimate": e, "low": e - 0.06, "high": e + 0.07}
        for j, outcome in enumerate(("share_active_90", longest, "yuan_total"))
        for k, factor in enumerate(FACTORS)
        for e in [(0.55 - 0.12 * k) * (1 + 0.1 * j)]
    ]


def front() -> list[dict[str, Any]]:
    """Twenty-four made-up points of a batch, some of them nearly at the same place."""
    records = []
    for k in range(24):
        x, y = 40.0 + 25.0 * ((k * 7) % 24) / 24, 3.0 + 9.0 * ((k * 11) % 24) / 24
        x, y = (x, y + 0.15 * x) if k % 3 else (x, 0.36 * (x - 40) + 9)
        records.append({"name": f"five_yuan_with_a_board-{k:04d}", "runs": 30, "x": x, "x_low": x - 0.8,
                        "x_high": x + 0.8, "y": y, "y_low": y - 0.3, "y_high": y + 0.3})  # fmt: skip
    return records


def validation() -> list[Any]:
    return picture_validation.rows_of_page(ROOT / "docs" / "validation.md")


def in_sheet(lang: str) -> dict[str, Callable[[], Figure]]:
    """Every figure by name, and how it is drawn; the name begins with the function that draws it."""
    weeks, world = weekly(one_run().world), life().world
    days = next(iter(compared().good.values())).weekly["day"]
    meetings = worlds.table(one_run().world, "meetings")
    measure = {"en": "first-order Sobol index (share of variance)", "zh": "一阶Sobol指数(方差占比)"}[lang]
    return {
        "participation_of_run": lambda: figures.participation_of_run(weeks, lang),
        "issues_of_run": lambda: figures.issues_of_run(weeks, lang),
        "meetings_of_run": lambda: figures.meetings_of_run(meetings, 150, lang),
        "differences": lambda: figures.differences(compared(), lang),
        "participation_compared": lambda: figures.participation_compared(compared(), lang),
        "issues_compared": lambda: figures.issues_compared(compared(), lang),
        "compared_over_time": lambda: figures.compared_over_time(compared(), ("open",), lang),
        "fans_picture (one point)": lambda: picture_fan.fans_picture(days, by_series(["baseline"]), lang),
        "pairs_picture": lambda: picture_pairs.pairs_picture("baseline", pairs(), lang),
        "luck_picture": lambda: picture_luck.luck_picture(luck(), lang),
        "groups_picture": lambda: picture_groups.groups_picture(compared().group_records, lang),
        "curve_picture": lambda: picture_curve.curve_picture(curve(), {"en": "points per hour", "zh": "分/小时"}[lang], lang),
        "sensitivity_picture": lambda: picture_sensitivity.sensitivity_picture(sensitivity(), measure, lang),
        "pareto_picture": lambda: picture_pareto.pareto_picture(front(), ("share_resolved", "yuan_total"), lang),
        "validation_picture": lambda: picture_validation.validation_picture(validation(), lang),
        "dose_picture": lambda: picture_dose.dose_picture(dose(), lang),
        "regimes_picture": lambda: picture_regimes.regimes_picture(regimes(), lang),
        "meeting_picture": lambda: picture_meeting.meeting_picture(meeting(), lang),
        "life_picture": lambda: picture_life.life_picture(life(), lang),
        "twins_picture": lambda: picture_twins.twins_picture(twins(), lang),
        "map_picture (issues)": lambda: picture_map.map_picture(world, lang, "issues"),
        "map_picture (activity)": lambda: picture_map.map_picture(world, lang, "activity"),
    }  # fmt: skip


def as_image(figure: Figure, dpi: int) -> Any:
    """A drawn figure as a picture."""
    from PIL import Image

    with io.BytesIO() as file:
        figure.savefig(file, format="png", dpi=dpi)
        file.seek(0)
        return Image.open(file).convert("RGB")


def laid_out(images: dict[str, Any], columns: int = 3, gap: int = 24) -> Any:
    """The pictures on one page in columns, each put into the column that is shortest so far."""
    from PIL import Image

    width = max(image.width for image in images.values()) + gap
    heights = [gap] * columns
    places = {}
    for name, image in images.items():
        column = heights.index(min(heights))
        places[name] = (gap + column * width, heights[column])
        heights[column] += image.height + gap
    page = Image.new("RGB", (gap + columns * width, max(heights)), "#e8e8e8")
    for name, image in images.items():
        page.paste(image, places[name])
    return page


def write_sheet(lang: str, folder: Path, dpi: int = 80) -> Path:
    """Draw everything and write the sheet of a language."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    with style.drawing(lang) as drawn_in:
        images = {name: as_image(draw(), dpi) for name, draw in in_sheet(drawn_in).items()}
    path = folder / f"contact-sheet-{lang}.png"
    laid_out(images).quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    path.with_suffix(".txt").write_text("".join(f"{name}\n" for name in images), encoding="utf-8")
    return path


def main() -> int:
    """Write the sheets; the Chinese one is left as it is where there are no glyphs for it."""
    print(write_sheet("en", FOLDER).relative_to(ROOT))
    if style.chinese_font() is None:
        print(f"contact-sheet-zh.png is left as it is: {style.NO_CHINESE}", file=sys.stderr)
        return 0
    print(write_sheet("zh", FOLDER).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
