"""The dose–response picture: how much residents take part for how much pay, under several conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from ..model.calendar import DAYS_YEAR
from ..words import Words, message, told
from .runs import LEVEL, Comparison, Progress, compare, in_silence, opened
from .statistics import Interval, mean_in
from .style import DOUBLE, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOSES = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Posted pay (yuan per hour of volunteering)."""

CONDITIONS: dict[Words, dict[str, dict[str, Any]]] = {
    message("as the scenario"): {},
    message("with a public board"): {"recognition": {"visibility": 1.0}},
    message("without crowding out"): {"participation": {"crowding": 0.0}},
}
"""What the pay is tried under: changes laid over the scenario."""

OTHER_PAY = ("points_per_meeting_hour", "points_per_duty_hour", "worker_points_per_hour", "merit_points",
             "appraisal_points")  # fmt: skip
"""What a points programme may pay beside volunteering: with any of these it stays on at dose 0."""


class Panel(NamedTuple):
    """What one panel shows: an outcome, and whether it is a sum that has to be brought to a year."""

    outcome: str
    yearly: bool
    title: Words
    unit: Words


PANELS = (
    Panel("acts_per_resident", True, message("acts of volunteering"), message("acts per resident and year")),
    Panel("share_active_90", False, message("active residents"), message("% of residents active in 90 days")),
)


def case(condition: str, yuan: float) -> str:
    """The name under which a dose and a condition are run."""
    return f"{condition}, {yuan:g} yuan"


def paying(scenario: Any, yuan: float, changes: Mapping[str, Mapping[str, Any]], name: str) -> Any:
    """A scenario with this posted pay for volunteering, and some more changes. Dose 0 is no programme."""
    given = scenario.spec.incentives
    on = yuan > 0.0 or any(getattr(given, other) > 0 for other in OTHER_PAY)
    points = round(100.0 * yuan / given.yuan_per_100_points)
    pay = {"incentives": {"programme_on": on, "points_per_hour": points}}
    return replace(scenario, name=name, spec=scenario.spec.changed(**{**pay, **changes}))


def dose_response(
    scenario: Any, *, runs: int = 20, size: str = "general_grid", days: int = 365, seed: int = 1,
    workers: int | None = None, doses: tuple[float, ...] = DOSES, progress: Progress = in_silence,
) -> Comparison:  # fmt: skip
    """Every dose under every condition, laid over a scenario and run on the same seeds."""
    base = opened(scenario)
    cases = [
        paying(base, yuan, changes, case(condition, yuan))
        for condition, changes in CONDITIONS.items()
        for yuan in doses
    ]
    return compare(cases, runs=runs, size=size, days=days, seed=seed, workers=workers, progress=progress)


def dose_records(comparison: Comparison) -> list[dict[str, Any]]:
    """One tidy record a condition, dose and panel: the mean over the runs and its interval."""
    records = []
    for scenario in comparison.scenarios:
        condition = scenario.name.rsplit(", ", 1)[0]
        yuan = float(scenario.name.rsplit(", ", 1)[1].removesuffix(" yuan"))
        for panel in PANELS:
            times = DAYS_YEAR / comparison.days if panel.yearly else 1.0
            found: Interval = mean_in(panel.unit, times * comparison.values(scenario.name, panel.outcome), LEVEL)
            records.append({
                "condition": condition, "yuan_per_hour": yuan, "outcome": panel.outcome, "unit": panel.unit,
                "runs": found.n, "mean": found.mean, "low_95": found.low, "high_95": found.high,
            })  # fmt: skip
    return records


def dose_picture(records: list[dict[str, Any]], lang: str) -> Figure:
    """A panel an outcome, a line a condition, with intervals; the lines stand a little apart."""
    figure = Figure(figsize=(DOUBLE, 3.1))
    panels = figure.subplots(1, len(PANELS))
    named = {str(name): name for name in CONDITIONS}
    conditions = list(dict.fromkeys(record["condition"] for record in records))
    for axes, panel in zip(panels, PANELS, strict=True):
        for k, condition in enumerate(conditions):
            mine = [r for r in records if (r["condition"], r["outcome"]) == (condition, panel.outcome)]
            draw_line(axes, mine, k, len(conditions), told(named.get(condition, condition), lang))
        pay_axis(axes, sorted({record["yuan_per_hour"] for record in records}), lang)
        axes.set_title(panel.title.told(lang))
        axes.set_ylabel(panel.unit.told(lang))
    n = max(record["runs"] for record in records)
    note = message("mean and 95 % interval of {n} runs, with the same seeds everywhere", n=n).told(lang)
    lines, labels = panels[0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside lower center", ncols=len(labels), title=note, title_fontsize=7)
    return figure


def placed(yuan: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Where a dose stands: by its logarithm from 0.1 yuan on, and 0 half a decade to the left of 0.1."""
    return np.where(yuan > 0.0, np.log10(np.maximum(yuan, 0.01)), -1.5)


def draw_line(axes: Axes, records: list[dict[str, Any]], k: int, n: int, label: str) -> None:
    """One condition; dose 0, which is no pay at all, stands by itself."""
    columns = ("yuan_per_hour", "mean", "low_95", "high_95")
    yuan, mean, low, high = (np.array([record[column] for record in records]) for column in columns)
    x = placed(yuan) + 0.035 * (k - (n - 1) / 2)
    half = [np.nan_to_num(mean - low), np.nan_to_num(high - mean)]
    style = look(k)
    axes.errorbar(x, mean, yerr=half, capsize=2, linewidth=0.8, **{**style, "linestyle": ""})
    paid = yuan > 0.0
    axes.plot(x[paid], mean[paid], color=style["color"], linestyle=style["linestyle"], linewidth=1.1)
    axes.plot([], [], label=label, **style)


def pay_axis(axes: Axes, doses: list[float], lang: str) -> None:
    """The axis of pay, broken between nothing and the smallest dose."""
    axes.set_xticks(placed(np.array(doses)), [f"{dose:g}" for dose in doses])
    axes.axvline(-1.25, color="#bdbdbd", linewidth=0.8, linestyle=(0, (1, 2)))
    axes.set_xlabel(message("pay (yuan per hour; logarithmic above 0.1)").told(lang))
    axes.set_ylim(bottom=0.0)
