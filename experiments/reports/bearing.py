"""Who benefits, who bears: what a report says of workers, of those who wait, of unpaid participation, and of groups."""

from __future__ import annotations

import math
from typing import Any

from ...words import capital, message
from ..declared import OUTCOMES, Outcome
from ..groups import ALL_OUTCOMES, GROUPINGS
from ..picture_sensitivity import rank_correlations
from ..provenance import Refusal
from ..show import number
from ..statistics import Interval
from .kept import Kept
from .markup import Html, bullets, element, table
from .opening import read_csv
from .said import cell, group_sentences, label, mean_shown, minus, unit
from .tabled import WIDEST, in_two_lines, left_out, named, note, yearly_rows

BEARING = (
    "worker_load", "hours_per_worker", "days_waited", "n_open", "unpaid_per_adult", "n_attended", "mean_spirit",
    "gini_points",
)  # fmt: skip
"""The outcomes by which one sees who bears: grid workers, those who wait, unpaid participation, unequal points."""
CAPTION = message("load of grid workers, waiting, unpaid participation, inequality of points")
BY_FACTOR = message(
    "how the share of adults who volunteer moves with each factor in each group: partial rank correlation over all "
    "points, with its 95 % interval"
)
CHANGES = message("How the share of adults who volunteer changes against the first scenario:")


def who_bears(kept: Kept, lang: str) -> Html:
    """Of one run its years, of scenarios their differences, of many points what each group moves with."""
    if kept.kind == "run":
        heads, rows = yearly_rows(kept, [OUTCOMES[name] for name in BEARING], lang)
        return table(CAPTION.told(lang), heads, rows, len(heads) - 2) if rows else Html("")
    if kept.wide is None or not kept.names:
        return Html("")
    return by_factor(kept, lang) if kept.many else Html(borne(kept, lang) + by_grouping(kept, lang))


def borne(kept: Kept, lang: str) -> Html:
    """A row an outcome: every scenario's mean, and how it differs from the first."""
    chosen = [OUTCOMES[name] for name in BEARING if name in kept.wide]
    shown = kept.names[: WIDEST + 1]
    rows = [[label(o, lang), unit(o, lang), *(mean_and_difference(kept, name, o, lang) for name in shown)]
            for o in chosen]  # fmt: skip
    heads = [message("outcome").told(lang), message("unit").told(lang), *map(kept.told, shown)]
    meanings = bullets(
        message("{what}: {meaning}.", what=capital(o.label), meaning=o.meaning).told(lang) for o in chosen
    )
    more = left_out(len(kept.names) - len(shown), lang) if len(kept.names) > len(shown) else Html("")
    read = note(kept, lang) if len(kept.names) > 1 else Html("")
    return Html(table(CAPTION.told(lang), heads, rows, len(shown)) + more + read + meanings)


def mean_and_difference(kept: Kept, name: str, outcome: Outcome, lang: str) -> Html:
    """A scenario's mean, and in the next line how it differs from the first."""
    values = kept.values(name, outcome.name)
    values = values[[math.isfinite(value) for value in values]]
    mean = Html(mean_shown(float(values.mean()), outcome.digits) if len(values) else "–")
    if name == kept.names[0]:
        return mean
    apart = cell(kept.difference(name, outcome.name), outcome.digits, lang)
    return mean if apart == "–" else Html(mean + Html("<br>") + in_two_lines(apart))


def by_grouping(kept: Kept, lang: str) -> Html:
    """By grouping, whose share of volunteers changed most and least."""
    told = []
    for name in kept.names[1:7]:
        sentences = group_sentences(kept.group_records, name, lang)
        if sentences:
            told.append(Html(element("h3", kept.told(name)) + bullets(sentences)))
    return Html(element("p", CHANGES.told(lang)) + "".join(told)) if told else Html("")


def by_factor(kept: Kept, lang: str, outcome: str = "share_active") -> Html:
    """Of many points, a row a group, a column a factor; nothing where groups were not kept, or points are too few."""
    if kept.groups is None:
        return Html("")
    wide = kept.groups[kept.groups["outcome"] == outcome].pivot_table(
        index=["name", "seed"], columns=["grouping", "group"], values="value", sort=False
    )
    keys = list(wide.columns)
    wide.columns = [" ".join(key) for key in keys]
    factors = [factor.parameter for factor in kept.factors][:WIDEST]
    runs = kept.wide[["name", "scenario", "seed", *factors]].merge(wide.reset_index(), on=["name", "seed"])
    try:
        found = rank_correlations(runs, factors, list(wide.columns))
    except Refusal:
        return Html("")
    told = {(record["outcome"], record["factor"]): record for record in found}
    there = list(dict.fromkeys(record["factor"] for record in found))
    rows = [[group_label(key[0], key[1], lang), *(correlation(told[" ".join(key), factor], lang) for factor in there)]
            for key in keys]  # fmt: skip
    return table(BY_FACTOR.told(lang), [message("group").told(lang), *map(named, there)], rows, len(there))


def correlation(record: dict[str, Any], lang: str) -> Html:
    """A partial rank correlation with its interval."""
    found = Interval(int(record["points"]), record["estimate"], record["low"], record["high"])
    return in_two_lines(cell(found, 2, lang))


def group_label(grouping: str, group: str, lang: str) -> str:
    """A grouping and one of its groups."""
    about = GROUPINGS[grouping]
    named = next(name for name in about.groups.values() if name == group)
    return message("{grouping}: {group}", grouping=about.label, group=named).told(lang)


def all_groups(kept: Kept, lang: str) -> Html:
    """Every outcome of every group."""
    if kept.kind == "run":
        return groups_of_run(kept, lang)
    return groups_compared(kept, lang) if kept.group_records and len(kept.names) > 1 and not kept.many else Html("")


def groups_of_run(kept: Kept, lang: str) -> Html:
    """A row a group, a column an outcome."""
    rows: dict[tuple[str, str], list[Any]] = {}
    names = []
    for r in read_csv(kept.folder / "groups.csv", "grouping", "group", "outcome", "value"):
        key, about = (r["grouping"], r["group"]), ALL_OUTCOMES[r["outcome"]]
        rows.setdefault(key, [group_label(*key, lang)]).append(minus(number(float(r["value"]), about.digits)))
        names.append(r["outcome"])
    abouts = [ALL_OUTCOMES[name] for name in dict.fromkeys(names)]
    heads = [message("group").told(lang), *(f"{about.label.told(lang)} ({about.unit.told(lang)})" for about in abouts)]
    return table(message("outcomes by group").told(lang), heads, rows.values(), len(heads) - 1) if rows else Html("")


def groups_compared(kept: Kept, lang: str) -> Html:
    """A row a group and outcome, a column a scenario: the first one's mean, and the others' differences."""
    suffix = "_zh" if lang == "zh" else ""
    first, *others = kept.names[: WIDEST + 1]
    rows: dict[tuple[str, str, str], list[Any]] = {}
    for r in kept.group_records:
        key, digits = (r["grouping"], r["group"], r["outcome"]), ALL_OUTCOMES[r["outcome"]].digits
        if r["outcome"] == "share_of_adults":
            continue
        if r["scenario"] == first:
            head = [group_label(*key[:2], lang), r["label" + suffix], r["unit" + suffix]]
            rows[key] = [*head, minus(number(float(r["mean"]), digits))]
        elif r["scenario"] in others:
            apart = Interval(int(r["pairs"]), r["difference"], r["low_95"], r["high_95"])
            rows[key].append(in_two_lines(cell(apart, digits, lang)))
    heads = [
        *(head.told(lang) for head in (message("group"), message("outcome"), message("unit"))),
        f"{first} ({message('mean').told(lang)})",
        *others,
    ]
    caption = message("outcomes of groups: means, and paired differences with 95 % intervals").told(lang)
    return table(caption, heads, rows.values(), len(others) + 1)
