"""How each figure is drawn from results: what it needs, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...words import listed, message, message_in
from ..declared import OUTCOMES
from ..figures import differences, issues_of_run, meetings_of_run, participation_of_run
from ..gallery import Drawn
from ..groups import ALL_OUTCOMES
from ..picture_curve import curve_picture, curve_records
from ..picture_dose import dose_picture
from ..picture_fan import fan_records, fans_picture
from ..picture_groups import SHOWN, groups_picture
from ..picture_luck import luck_picture, luck_record
from ..picture_pairs import pairs_picture
from ..picture_pareto import pareto_picture
from ..picture_regimes import regimes_picture
from ..picture_sensitivity import rank_correlations, sensitivity_picture
from ..picture_twins import parted, twins_picture
from ..provenance import Refusal
from ..series import SERIES
from ..statistics import mean_in
from .kept import LEVEL, Factor, Kept
from .opening import AGAIN, in_records, read_csv, read_parquet, said_by

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FRONT = ("share_resolved", "yuan_total")
"""The outcomes of a front unless others are asked for: what is solved, and what it costs."""
TAKING_PART, ISSUES = ("share_active_30", "acts"), ("first_reported", "resolved", "open")
"""The weekly series of a fan unless others are asked for, and those of the figure of issues."""


class Wanted(NamedTuple):
    """What a figure is to be of: outcomes (or weekly series, or outcomes of groups), and a factor of a batch."""

    of: tuple[str, ...] = ()
    factor: str = ""

    def among(self, known: Iterable[str], what: str) -> tuple[str, ...]:
        """The names asked for. Raises Refusal for one that is not known."""
        known = list(known)
        for name in self.of:
            if name not in known:
                near = get_close_matches(name, known, 3, 0.5) or known[:5]
                raise Refusal(message(
                    "there is no {what} {name!r}; there are for instance {near}",
                    what=what, name=name, near=listed(near),
                ))  # fmt: skip
        return self.of

    def outcomes(self, kept: Kept) -> list[str]:
        """The outcomes asked for, or those that come first in these results."""
        return list(self.among(OUTCOMES, message("outcome"))) or [outcome.name for outcome in kept.mains]


def of_several(kept: Kept) -> str:
    """What is missing for a comparison; nothing if nothing is."""
    if kept.wide is None:
        return message("it holds no runs that could be compared")
    return "" if len(kept.names) > 1 else message("there is but one scenario in it")


def of_weeks(kept: Kept) -> str:
    """What is missing for figures over time."""
    if kept.kind == "run":
        return "" if (kept.folder / "weekly.parquet").exists() else message("there is no weekly.parquet in it")
    return "" if kept.weekly is not None else message("no weekly series were recorded")


def of_many(kept: Kept) -> str:
    """What is missing for fans."""
    return message("it is a single run") if kept.kind == "run" else of_weeks(kept)


def of_groups(kept: Kept) -> str:
    """What is missing for the figure of groups."""
    return of_several(kept) or ("" if kept.group_records else "no groups were recorded")


def of_factors(kept: Kept) -> str:
    """What is missing for curves and sensitivities."""
    return "" if kept.factors and kept.wide is not None else message("it is no batch that varies a factor")


def of_one_run(kept: Kept) -> str:
    """What is missing for the figure of meetings."""
    return "" if kept.kind == "run" else message("it is not a single run")


def of_twins(kept: Kept) -> str:
    """What is missing for the figure of twins."""
    if kept.kind != "diff":
        return message("it is no directory that linli diff has written")
    return "" if (kept.folder / "happenings.csv").exists() else message("nothing differs in it")


def of_picture(name: str) -> Callable[[Kept], str]:
    """What is missing for a picture that was run for."""

    def lacking(kept: Kept) -> str:
        mine = kept.kind == "figure" and kept.about["command"].split()[1] == name
        there = mine and read_csv(kept.folder / f"{name}.csv")
        return "" if there else message("it is no directory that linli figure {name} has written", name=name)

    return lacking


def measured(kept: Kept, wanted: Wanted) -> list[str]:
    """The outcomes wanted; of those that nobody asked for by name, the ones in which scenarios can be compared."""
    outcomes = wanted.outcomes(kept)
    known = [o for o in outcomes if any(kept.difference(name, o).n > 1 for name in kept.names[1:])]
    return outcomes if wanted.of else known or outcomes


def _differences(kept: Kept, wanted: Wanted) -> Drawn:
    outcomes = measured(kept, wanted)
    records = [
        {"outcome": name, "unit": OUTCOMES[name].unit, "scenario": other, "compared_with": kept.names[0],
         "pairs": apart.n, "difference": apart.mean, "low_95": apart.low, "high_95": apart.high}
        for name in outcomes
        for other in kept.names[1:]
        for apart in [kept.difference(other, name)]
    ]  # fmt: skip
    return Drawn(records, lambda lang: differences(kept, lang, outcomes))


def _pairs(kept: Kept, wanted: Wanted) -> Drawn:
    first, *others = kept.names
    outcomes = measured(kept, wanted)
    apart = {name: {n: kept.values(n, name) - kept.values(first, name) for n in others} for name in outcomes}
    records = [
        {"outcome": name, "unit": OUTCOMES[name].unit, "scenario": other, "compared_with": first, "seed": seed,
         "difference": float(value)}
        for name, by_name in apart.items()
        for other, values in by_name.items()
        for seed, value in zip(kept.seeds, values, strict=True)
    ]  # fmt: skip
    return Drawn(records, lambda lang: pairs_picture(first, apart, lang))


def _groups(kept: Kept, wanted: Wanted) -> Drawn:
    outcomes = wanted.among(ALL_OUTCOMES, message("outcome of groups")) or SHOWN
    records = [record for record in kept.group_records if record["outcome"] in outcomes]
    return Drawn(records, lambda lang: groups_picture(records, lang, outcomes))


def _luck(kept: Kept, wanted: Wanted) -> Drawn:
    first, *others = kept.names
    records = [
        luck_record(name, outcome, kept.values(first, outcome), kept.values(name, outcome))
        for name in others
        for outcome in measured(kept, wanted)
    ]
    return Drawn(records, lambda lang: luck_picture(records, lang))


def _fan(kept: Kept, wanted: Wanted) -> Drawn:
    series = wanted.among(SERIES, message_in("of a fan", "weekly series")) or TAKING_PART
    runs = {s: {name: kept.series(name, s) for name in kept.names} for s in series}
    return Drawn(fan_records(kept.week_ends, runs), lambda lang: fans_picture(kept.week_ends, runs, lang))


def weeks_of(kept: Kept) -> dict[str, np.ndarray[Any, Any]]:
    """The weekly series of a single run."""
    table = read_parquet(kept.folder / "weekly.parquet", "day", *SERIES)
    return {name: table[name].to_numpy() for name in ("day", *SERIES)}


def _over_time(series: tuple[str, ...], of_run: Callable[[Any, str], Figure]) -> Callable[[Kept, Wanted], Drawn]:
    """The figure that every run and comparison draws itself."""

    def draw(kept: Kept, wanted: Wanted) -> Drawn:
        if kept.kind != "run":
            return _fan(kept, Wanted(wanted.of or series))
        weeks = weeks_of(kept)
        rows = zip(*(values.tolist() for values in weeks.values()), strict=True)
        records = [dict(zip(weeks, row, strict=True)) for row in rows]
        return Drawn(records, lambda lang: of_run(weeks, lang))

    return draw


def _meetings(kept: Kept, wanted: Wanted) -> Drawn:
    columns = ("day", "rule", "deferred", "adopted", "n_attending")
    table = read_parquet(kept.folder / "meetings.parquet", *columns)
    records = in_records(table[list(columns)])
    rows = np.asarray(table.to_records(index=False))
    return Drawn(records, lambda lang: meetings_of_run(rows, kept.days, lang))


def factor_of(kept: Kept, wanted: Wanted) -> Factor:
    """The factor asked for, or the first. Raises Refusal for one that the batch does not vary."""
    named = {factor.parameter: factor for factor in kept.factors}
    if wanted.factor and wanted.factor not in named:
        raise Refusal(message(
            "{results} does not vary {factor!r}; it varies {varied}",
            results=kept.path, factor=wanted.factor, varied=listed(named),
        ))  # fmt: skip
    return named[wanted.factor] if wanted.factor else kept.factors[0]


def _curve(kept: Kept, wanted: Wanted) -> Drawn:
    from ...scenarios.catalogue import word_zh

    factor = factor_of(kept, wanted)
    records = curve_records(kept.wide, factor.parameter, wanted.outcomes(kept))
    units = factor.unit, word_zh("units", factor.unit)
    return Drawn(records, lambda lang: curve_picture(records, units[lang == "zh"], lang))


def _sensitivity(kept: Kept, wanted: Wanted) -> Drawn:
    factors = [factor.parameter for factor in kept.factors]
    records = rank_correlations(kept.wide, factors, wanted.outcomes(kept))
    measure = message("partial rank correlation (−1 to 1), 95 % interval")
    return Drawn(records, lambda lang: sensitivity_picture(records, measure.told(lang), lang))


def _front(kept: Kept, wanted: Wanted) -> Drawn:
    outcomes = wanted.among(OUTCOMES, message("outcome")) or FRONT
    if len(outcomes) != 2:
        raise Refusal(message(
            "a front is of two outcomes, but {n} are asked for: {outcomes}", n=len(outcomes), outcomes=listed(outcomes),
        ))  # fmt: skip
    records = []
    for name in kept.names:
        x, y = (mean_in(OUTCOMES[outcome].unit, kept.values(name, outcome), LEVEL) for outcome in outcomes)
        records.append({"name": name, "runs": x.n, "x": x.mean, "x_low": x.low, "x_high": x.high, "y": y.mean,
                        "y_low": y.low, "y_high": y.high})  # fmt: skip
    of = outcomes[0], outcomes[1]
    return Drawn(records, lambda lang: pareto_picture(records, of, lang))


def _again(name: str, picture: Callable[[list[dict[str, Any]], str], Figure]) -> Callable[[Kept, Wanted], Drawn]:
    """A picture that was run for, drawn again from its records."""

    def draw(kept: Kept, wanted: Wanted) -> Drawn:
        records = read_csv(kept.folder / f"{name}.csv")
        return Drawn(records, lambda lang: picture(records, lang))

    return draw


def _twins(kept: Kept, wanted: Wanted) -> Drawn:
    chain = ("chain", "end", "end_zh", "end_day", "day", "brief", "brief_zh")
    columns = {"residents": ("first_day",), "issues": ("first_day",), "chains": chain}
    tables = {name: read_csv(kept.folder / f"{name}.csv", *columns[name]) for name in columns}
    names = [scenario.name for scenario in kept.scenarios]
    try:
        twins = parted(names, kept.days, kept.about["found"], tables)
    except ValueError as error:
        raise Refusal(message(
            "a table of {results} is damaged ({said}); {again}", results=kept.path, said=said_by(error), again=AGAIN,
        )) from None  # fmt: skip
    return Drawn(twins.so_far(), lambda lang: twins_picture(twins, lang))


FIGURES: dict[str, tuple[Callable[[Kept], str], Callable[[Kept, Wanted], Drawn]]] = {
    "differences": (of_several, _differences),
    "pairs": (of_several, _pairs),
    "curve": (of_factors, _curve),
    "sensitivity": (of_factors, _sensitivity),
    "front": (of_several, _front),
    "participation": (of_weeks, _over_time(TAKING_PART, participation_of_run)),
    "issues": (of_weeks, _over_time(ISSUES, issues_of_run)),
    "fan": (of_many, _fan),
    "meetings": (of_one_run, _meetings),
    "groups": (of_groups, _groups),
    "luck": (of_several, _luck),
    "twins": (of_twins, _twins),
    "dose": (of_picture("dose"), _again("dose", dose_picture)),
    "regimes": (of_picture("regimes"), _again("regimes", regimes_picture)),
}
"""Of each figure, what is lacking for it in some results (nothing, if it can be drawn), and how it is drawn."""
