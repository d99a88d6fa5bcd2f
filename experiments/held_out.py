"""Patterns held out (V, H): measured on paired towns and reported, met or missed; nothing is fitted to them.

Each is measured as docs/evidence/patterns.md defines it, which also says what it is worth: a pattern whose
source also gave a parameter, or the form of a term, is *spent* and counts for nothing as a test.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .. import scenarios as shelf
from ..model import world as worlds
from ..model.regime import Rule
from ..model.running import day_zero, run
from ..model.spec import Spec
from ..model.world import World
from .statistics import Interval, interval_of

Rows = np.ndarray[Any, Any]
YUAN = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""The incentive axis, yuan per hour (P16)."""


class Finding(NamedTuple):
    """One number of a held-out pattern: what it is, its mean and interval over seeds, and the band it should lie in."""

    tag: str
    meaning: str
    unit: str
    low: float | None
    high: float | None
    standing: str
    value: Interval

    @property
    def met(self) -> bool | None:
        """Whether the mean lies in the band; None where there is none, or nothing was measured."""
        if (self.low is None and self.high is None) or not math.isfinite(self.value.mean):
            return None
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        return low <= self.value.mean <= high


class Measure(NamedTuple):
    """What to measure: the specs to pair on one seed, and the numbers to take from the lived towns."""

    tag: str
    standing: str
    numbers: tuple[tuple[str, str, float | None, float | None], ...]
    """Meaning, unit and band (low, high) of each number."""
    take: Callable[[Spec, Spec, str, int], tuple[float, ...]]
    """From baseline, this scenario, size and seed, the numbers in that order."""


def lived(baseline: Spec, spec: Spec, size: str, seed: int, days: int, start: World | None = None) -> World:
    """A town that has lived so many recorded days under this spec, from the baseline's day 0."""
    return run(worlds.copy(start) if start is not None else day_zero(baseline, size, seed), spec, days)


def paired(baseline: Spec, specs: list[Spec], size: str, seed: int, days: int) -> list[World]:
    """One town a spec, all from one day 0."""
    start = day_zero(baseline, size, seed)
    return [lived(baseline, spec, size, seed, days, start) for spec in specs]


def recorded(world: World, name: str) -> Rows:
    """The rows of a dated table from day 0 on."""
    rows = worlds.table(world, name)
    return rows[rows["day"] >= 0]


def acts(world: World) -> float:
    """Acts of volunteering per resident and year."""
    days = recorded(world, "days")
    return float(days["n_acts"].sum() / len(world.residents) / (len(days) / 365.0))


def paying(spec: Spec, yuan: float, visibility: float = 0.0) -> Spec:
    """The spec with volunteering paid so much an hour, on a board or not."""
    points = round(100 * yuan)
    return spec.changed(
        incentives={"programme_on": points > 0, "points_per_hour": points}, recognition={"visibility": visibility}
    )


def pay_curve(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P16: activity at 0.1 yuan against none, and where from 1 yuan on the curve is steepest."""
    curve = [acts(world) for world in paired(baseline, [paying(spec, y) for y in YUAN], size, seed, 365)]
    slopes = [(curve[k + 1] - curve[k]) / (YUAN[k + 1] - YUAN[k]) for k in range(3, len(YUAN) - 1)]
    steepest = int(np.argmax(slopes))
    return curve[1] / curve[0] - 1.0, float(0 < steepest < len(slopes) - 1), curve[-1] / curve[0]


def pay_and_board(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P17: what 5 yuan add to acts in private and on a board, and the interaction."""
    cells = [paying(spec, y, v) for y in (0.0, 5.0) for v in (0.0, 1.0)]
    private, board, private_paid, board_paid = (acts(w) for w in paired(baseline, cells, size, seed, 365))
    return private_paid - private, board_paid - board, (board_paid - board) - (private_paid - private)


def turnout(world: World) -> float:
    """Ballots cast, relative to those entitled (all affected adults)."""
    meetings = recorded(world, "meetings")
    entitled = meetings["n_affected"][meetings["rule"] == Rule.BALLOT].sum()
    return float(recorded(world, "days")["n_ballots"].sum() / entitled) if entitled else math.nan


def seen_to_vote(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P19: turnout at a ballot without and with a board."""
    ballot = spec.changed(deliberation={"rule": "ballot"})
    off, on = paired(baseline, [ballot, ballot.changed(recognition={"visibility": 1.0})], size, seed, 365)
    return 100 * turnout(off), 100 * (turnout(on) - turnout(off))


def following(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P20: what active neighbours give, relative to active members, and whether the town gives more than without."""
    duty = spec.changed(party={"obligation_minutes": max(120, spec.party.obligation_minutes)})
    start = day_zero(baseline, size, seed)
    off, on = (lived(baseline, duty.changed(party={"exemplar": e}), size, seed, 365, start) for e in (False, True))
    people = on.residents
    duties = people["duties"] - start.residents["duties"]
    minutes = people["acts_last_year"] * spec.volunteering.minutes
    neighbours = people["adult"] & ~people["party"] & (minutes > 0)
    members = people["party"] & (duties > 0)
    led = duties[members].mean() * duty.party.obligation_minutes + minutes[members].mean()
    given = [
        sum(float(recorded(w, "days")[f"{who}_minutes"].sum()) for who in ("volunteer", "duty")) for w in (off, on)
    ]
    return float(minutes[neighbours].mean() / led), given[1] / given[0] - 1.0


def praised(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P21: of those praised on day 90, who gives time again, against the same persons without praise.

    Until that day the two towns are the same town.
    """
    with_praise = spec.changed(recognition={"praise_days": 90, "praise_share": 1.0, "praise_grid_share": 0.0})
    start = day_zero(baseline, size, seed)
    start = run(start, spec, 89)
    there, here = run(worlds.copy(start), with_praise, 1), run(worlds.copy(start), spec, 1)
    chosen = np.flatnonzero(there.residents["praised_day"] == 89)
    there, here = run(there, spec.changed(recognition={"praise_days": 0}), 480), run(here, spec, 480)
    found = []
    for first, last in ((90, 119), (455, 544)):
        kept = []
        for world in (there, here):
            deeds = worlds.table(world, "deeds")
            again = deeds["resident"][(deeds["day"] >= first) & (deeds["day"] <= last)]
            kept.append(float(np.isin(chosen, again).mean()) if len(chosen) else math.nan)
        found.append(kept[0] / kept[1] - 1.0 if kept[1] else math.nan)
    return tuple(found)


def decisions(world: World) -> dict[int, Rows]:
    """The first decision on each issue, by the issue's identity (the same in every regime)."""
    meetings = recorded(world, "meetings")
    issues = worlds.table(world, "issues")
    found: dict[int, Rows] = {}
    for meeting in meetings[~meetings["deferred"]]:
        found.setdefault(int(issues["luck"][meeting["issue"]]), meeting)
    return found


def both(left: World, right: World) -> list[tuple[Any, Any]]:
    """First decisions on the same issues under two regimes, by residents in both."""
    a, b = decisions(left), decisions(right)
    return [(a[k], b[k]) for k in a.keys() & b.keys() if a[k]["rule"] != Rule.CADRE and b[k]["rule"] != Rule.CADRE]


def rule_or_verdict(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P24: near-consensus against majority under the eight rules: adoption, and consent of the same losers."""
    majority, consensus = shelf.load("eight_rules_majority").spec, shelf.load("near_consensus").spec
    pairs = both(*paired(baseline, [majority, consensus], size, seed, 730))
    adopt = [float(b["adopted"]) - float(a["adopted"]) for a, b in pairs]
    with_losers = [(a, b) for a, b in pairs if min(a["consent_losers"], b["consent_losers"]) > 0]
    lost = [b["consent_losers"] - a["consent_losers"] for a, b in with_losers]
    agreed = [
        b["consent_losers"] - a["consent_losers"] for a, b in with_losers if a["adopted"] and b["adopted"]
    ]
    d_adopt, d_lost, d_agreed = (100 * float(np.mean(x)) if x else math.nan for x in (adopt, lost, agreed))
    return d_adopt, d_lost, d_agreed, abs(d_lost) - abs(d_adopt)


def evenness(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P25: speaking Gini under the eight rules and without, at equal minutes; the chair's share without them."""
    same_length = {"full_discussion": True, "minority_voice": False, "minority_amendment": False}
    still = {"attending": {"expectation_step": 0.0}}
    free = shelf.load("open_courtyard").spec.changed(deliberation=same_length, **still)
    ruled = shelf.load("eight_rules_majority").spec.changed(deliberation=same_length, **still)
    pairs = both(*paired(baseline, [free, ruled], size, seed, 730))
    alike = [(a, b) for a, b in pairs if a["n_attending"] == b["n_attending"]]
    gini = [b["speaking_gini"] - a["speaking_gini"] for a, b in alike]
    chair = [a["chair_share"] * a["n_attending"] for a, _ in alike]
    return (float(np.mean(gini)), float(np.mean(chair))) if alike else (math.nan, math.nan)


def direct_or_council(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P26: a direct vote against a council's meeting: consent, and adoption, on the same issues."""
    council, direct = shelf.load("eight_rules_majority").spec, shelf.load("direct_vote").spec
    pairs = both(*paired(baseline, [council, direct], size, seed, 730))
    if not pairs:
        return math.nan, math.nan
    return (
        100 * float(np.mean([b["consent"] - a["consent"] for a, b in pairs])),
        100 * float(np.mean([float(b["adopted"]) - float(a["adopted"]) for a, b in pairs])),
    )


def double_quorum(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P27: how often the owners' double quorum fails, with and without those who refuse to vote."""
    owners = shelf.load("statutory_quorum").spec
    towns = paired(baseline, [owners, owners.changed(voting={"share_refusing": 0.0})], size, seed, 730)
    found = []
    for world in towns:
        ballots = recorded(world, "meetings")
        ballots = ballots[ballots["rule"] == Rule.OWNERS]
        found.append(float(1.0 - ballots["rule_met"].mean()) if len(ballots) else math.nan)
    return tuple(found)


def withdrawn(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P30: 90 days after a year at 5 yuan, against the paid year and against the town without points."""
    paid = paying(spec, 5.0).changed(incentives={"withdrawn_on": 365})
    none, off = paired(baseline, [spec, paid], size, seed, 455)
    in_year, after = (recorded(off, "days")["n_acts"][days].mean() for days in (slice(275, 365), slice(365, 455)))
    without = recorded(none, "days")["n_acts"][365:455].mean()
    return float(after / in_year - 1.0), float(after / without - 1.0)


def redeemers(baseline: Spec, spec: Spec, size: str, seed: int) -> tuple[float, ...]:
    """P14: those who redeemed among those who earned, in a year at half a yuan an hour."""
    (town,) = paired(baseline, [paying(spec, 0.5)], size, seed, 365)
    earned = town.residents["points_day"] >= 0
    return (float((town.residents["redeemed"][earned] > 0).mean()) if earned.any() else math.nan,)


MEASURES = (
    Measure("P14", "partly spent", (("redeemers among earners at 0.5 yuan an hour", "share", 0.02, 0.15),), redeemers),
    Measure(
        "P16", "spent",
        (
            ("acts at 0.1 yuan an hour, relative to none", "relative change", None, 0.0),
            ("from 1 yuan on steepest in the middle", "share of towns", 0.5, None),
            ("acts at 20 yuan, relative to none", "ratio", None, None),
        ),
        pay_curve,
    ),
    Measure(
        "P17", "spent",
        (
            ("what 5 yuan add in private", "acts per resident-year", 0.0, None),
            ("what they add on a public board", "acts per resident-year", None, None),
            ("interaction of pay and board", "acts per resident-year", None, 0.0),
        ),
        pay_and_board,
    ),
    Measure(
        "P19", "spent",
        (("turnout at a ballot", "%", 25.0, 35.0), ("what a board adds", "points", 5.0, 10.0)),
        seen_to_vote,
    ),
    Measure(
        "P20", "emergent",
        (
            ("what active neighbours give, relative to active members", "ratio", 0.70, 0.88),
            ("what the town gives more than without the example", "relative change", 0.01, None),
        ),
        following,
    ),
    Measure(
        "P21", "spent",
        (
            ("praised and active again in the next 30 days", "relative change", 0.10, 0.25),
            ("the same a year later", "relative change", -0.05, 0.05),
        ),
        praised,
    ),
    Measure(
        "P24", "spent",
        (
            ("adoption, near-consensus less majority", "points", None, None),
            ("consent of the same losers, likewise", "points", 0.0, None),
            ("the same where both adopt", "points", None, None),
            ("by how much consent moves more than adoption", "points", 0.0, None),
        ),
        rule_or_verdict,
    ),
    Measure(
        "P25", "spent",
        (
            ("speaking Gini under the eight rules less without", "Gini", None, -0.1),
            ("the chair's floor without them", "× mean", 2.5, 3.5),
        ),
        evenness,
    ),
    Measure(
        "P26", "spent",
        (
            ("consent, direct vote less council", "points", 0.0, None),
            ("adoption, likewise", "points", -10.0, 10.0),
        ),
        direct_or_council,
    ),
    Measure(
        "P27", "built in",
        (
            ("double quorum fails", "share", 0.5, None),
            ("the same if nobody refuses to vote", "share", None, None),
        ),
        double_quorum,
    ),
    Measure(
        "P30", "built in",
        (
            ("90 days after points are gone, relative to the last 90 paid", "relative change", -0.25, -0.05),
            ("the same, relative to a town that never had them", "relative change", None, None),
        ),
        withdrawn,
    ),
)  # fmt: skip


def measured(job: tuple[str, str, int]) -> tuple[str, tuple[float, ...]]:
    """One measure on one seed; a job is its tag, the size and the seed."""
    tag, size, seed = job
    scenario = shelf.load("baseline")
    measure = next(m for m in MEASURES if m.tag == tag)
    return tag, measure.take(scenario.baseline, scenario.spec, size, seed)


def findings(values: dict[str, list[tuple[float, ...]]]) -> list[Finding]:
    """The findings, from the values of each measure by seed."""
    return [
        Finding(m.tag, meaning, unit, low, high, m.standing, interval_of(np.array([row[k] for row in values[m.tag]])))
        for m in MEASURES
        if m.tag in values
        for k, (meaning, unit, low, high) in enumerate(m.numbers)
    ]
