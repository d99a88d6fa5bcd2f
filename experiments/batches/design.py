"""A design: the file that says which runs a study is made of, read and checked as a whole before the first run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...model.places import SIZES
from ...model.spec import Spec
from ...scenarios import load
from ...scenarios.errors import offered
from ...scenarios.loader import Scenario, differences, laid_over, names, refuse_structural
from ...scenarios.reading import parsed, sections_of, text_of
from ...scenarios.source import Source
from ...scenarios.toml_text import as_written, key_of, toml_of
from ..outcomes import OUTCOMES
from ..runs import MOST_DAYS
from .factors import Setting, read_factors
from .measured import TABLES
from .parts import MOST_POINTS, MOST_RUNS, MOST_SEEDS, Arm, Factor, Point, Precision
from .reading import Table

__all__ = ["Arm", "Design", "Factor", "Point", "Precision", "read_design"]

WHAT = "a design"
TOP = ("question", "name", "size", "days", "seeds", "first_seed", "tables", "keep_world", "outcomes")
PARTS = ("scenarios", "factors", "precision", "baseline")
NAME = re.compile(r"[\w][\w.-]{0,63}")


@dataclass(frozen=True)
class Design:
    """A study: every scenario, at every setting of the factors, with every seed."""

    path: Path = field(compare=False)
    text: str = field(compare=False, repr=False)
    name: str
    question: str
    size: str
    days: int
    seeds: tuple[int, ...]
    tables: tuple[str, ...]
    keep_world: bool
    outcomes: tuple[str, ...]
    """The outcomes that come first in a report; all of them are kept."""
    arms: tuple[Arm, ...]
    points: tuple[Point, ...]
    factors: tuple[Factor, ...]
    precision: Precision | None

    @property
    def scenario_names(self) -> list[str]:
        """The scenarios, the one that others are compared with first."""
        return [arm.name for arm in self.arms]

    def frozen(self) -> str:
        """The design as a file that needs no other one, and in which nothing is left to chance."""
        head = {
            "question": self.question, "name": self.name, "size": self.size, "days": self.days,
            "seeds": list(self.seeds), "tables": list(self.tables), "keep_world": self.keep_world,
            "outcomes": list(self.outcomes),
        }  # fmt: skip
        blocks = [lines(head)]
        for section, values in differences(Spec(), self.arms[0].baseline).items():
            blocks.append(f"[baseline.{section}]\n{lines(values)}")
        for arm in self.arms:
            about = {"name": arm.name, "question": arm.question, "question_zh": arm.question_zh}
            blocks.append(
                f"[[scenarios]]\n{lines(about)}changes = {{}}\n"
                if not arm.changes
                else f"[[scenarios]]\n{lines(about)}"
            )
            blocks += [f"[scenarios.changes.{section}]\n{lines(values)}" for section, values in arm.changes.items()]
        if self.factors:
            mine = [point.values for point in self.points if point.scenario == self.arms[0].name]
            blocks.append('[factors]\ndesign = "table"\n')
            blocks += [f"[[factors.settings]]\n{lines(values)}" for values in mine]
        if self.precision:
            about_width = {name: value for name, value in self.precision._asdict().items() if value != ()}
            blocks.append(f"[precision]\n{lines(about_width)}")
        return "# A design as it was run: scenarios and settings in full.\n" + "\n".join(blocks)


def lines(values: dict[str, Any]) -> str:
    """One `name = value` a line."""
    return "".join(f"{key_of(name)} = {written(value)}\n" for name, value in values.items())


def written(value: Any) -> str:
    """A value, or a list of values, as TOML."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_of, value))}]"
    return toml_of(value)


def read_design(path: str | Path) -> Design:
    """Read a design and all files it names. Raises ScenarioError, in one sentence, for whatever is wrong with them."""
    path = Path(path)
    text = text_of(path, WHAT)
    source = Source(path, text)
    table = Table(source, parsed(path, text, WHAT))
    for name in TOP:
        if name not in table.values:
            refuse_misplaced(table, name)
    table.only((*TOP, *PARTS))
    question, size = table.text("question"), table.one_of("size", tuple(SIZES), "general_grid")
    days = table.whole("days", 1, MOST_DAYS, 365)
    tables = table.some_of("tables", tuple(name for name in TABLES if name != "runs"), ("weekly", "groups"))
    outcomes = table.some_of("outcomes", tuple(OUTCOMES))
    name = table.text("name", path.stem)
    if not NAME.fullmatch(name):
        raise table.refusal("name", "must be made of letters, digits, _, - and ., no more than 64")
    baseline = Table(source, {**table.values}).table("baseline")
    root = None if not baseline else laid_over(
        Spec(), Source(path, text, "in the baseline, ", "baseline"),
        sections_of(Source(path, text, "in the baseline, ", "baseline"), baseline))  # fmt: skip
    arms = arms_of(table, root)
    factors, settings = read_factors(table)
    points = tuple(points_of(source, arms, settings))
    if len(points) > MOST_POINTS:
        raise source.refusal(
            f"the scenarios and settings make {len(points)} points, but must make no more than {MOST_POINTS}"
        )
    seeds = seeds_of(table)
    if len(seeds) * len(points) > MOST_RUNS:
        raise source.refusal(
            f"seeds and points make {len(seeds) * len(points)} runs, but must make no more than {MOST_RUNS}"
        )
    precision = precision_of(table, [arm.name for arm in arms], len(seeds))
    keep_world = table.truth("keep_world", False)
    return Design(path, text, name, question, size, days, seeds, tables, keep_world, outcomes, arms, points, factors,
                  precision)  # fmt: skip


def refuse_misplaced(table: Table, name: str) -> None:
    """A name that belongs to the top stands below a header by mistake: the commonest slip of TOML."""
    for part in PARTS:
        inside = table.values.get(part)
        for each in inside if isinstance(inside, list) else [inside]:
            if isinstance(each, dict) and name in each and name not in ("question", "name"):
                stands = as_written(table.source.text, part, name, each[name])
                raise table.source.refusal(
                    f"{part}.{name} is {stands}, but {name} must stand at the top of the file, before the first [table]"
                )


def seeds_of(table: Table) -> tuple[int, ...]:
    """The seeds: so many from the first on, or those listed."""
    most = 2**63 - 1
    first = table.whole("first_seed", 0, most, 1)
    if not isinstance(table.values.get("seeds"), list):
        number = table.whole("seeds", 1, MOST_SEEDS)
        if first + number - 1 > most:
            raise table.refusal("first_seed", f"must leave room for {number} seeds below 2^63")
        return tuple(range(first, first + number))
    wanted = "a list of whole numbers from 0 to 2^63 - 1, or how many seeds"
    found = table.items("seeds", wanted)
    for each in found:
        if type(each) is not int or not 0 <= each <= most:
            raise table.holding("seeds", each, "each must be a whole number from 0 to 2^63 - 1")
    if not 1 <= len(found) <= MOST_SEEDS:
        raise table.refusal("seeds", f"must list from 1 to {MOST_SEEDS} seeds")
    if "first_seed" in table.values:
        raise table.refusal("first_seed", "must be left out where seeds is a list")
    return tuple(found)


def arms_of(table: Table, root: Spec | None) -> tuple[Arm, ...]:
    """The scenarios, all from one baseline."""
    entries = table.values.get("scenarios")
    if entries is None:
        raise table.source.refusal('scenarios is missing, but at least one must be given: [[scenarios]] and name = "…"')
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise table.refusal("scenarios", "must be tables, each opened by [[scenarios]]")
    arms: list[Arm] = []
    for number, entry in enumerate(entries, 1):
        arm = arm_of(Table(table.source, entry, f"scenarios (number {number})"), root, number)
        if any(arm.name == other.name for other in arms):
            raise table.source.refusal(
                f'scenarios.name is "{arm.name}" twice, but each scenario must have a name of its own'
            )
        if arms and arm.baseline != arms[0].baseline:
            raise table.source.refusal(
                f"the scenarios {arms[0].name} and {arm.name} do not grow from the same baseline, but all scenarios of "
                "a design must, so that their runs can be paired"
            )
        arms.append(arm)
    return tuple(arms)


def arm_of(entry: Table, root: Spec | None, number: int) -> Arm:
    """One scenario: a shipped one, one of a file, or one written down here."""
    entry.only(("name", "file", "base", "question", "question_zh", "changes"))
    if "file" in entry.values:
        return arm_from_file(entry)
    name = entry.text("name")
    if not NAME.fullmatch(name):
        raise entry.refusal("name", "must be made of letters, digits, _, - and ., no more than 64")
    if "changes" not in entry.values and "base" not in entry.values:
        if name not in names():
            raise entry.refusal(
                "name", f"there is no shipped scenario of this name, and it has no changes; {offered(name, names())}"
            )
        found = load(name)
        return arm_like(name, found)
    base = entry.text("base", None)
    if base is not None and base not in names():
        raise entry.refusal("base", f"must be the name of a shipped scenario; {offered(base, names())}")
    under = load(base or "baseline")
    baseline = root if root is not None and base is None else under.baseline
    spec = baseline if root is not None and base is None else under.spec
    source = Source(
        entry.source.path, scenario_text(entry.source.text, number), f"in the scenario {name}, ", "scenarios.changes"
    )
    sections = sections_of(source, entry.table("changes"))
    refuse_structural(source, sections)
    spec = laid_over(spec, source, sections)
    question = entry.text("question", under.question if base else name)
    changes: Any = differences(baseline, spec)
    return Arm(name, question, entry.text("question_zh", question), changes, spec, baseline)


def arm_from_file(entry: Table) -> Arm:
    """A scenario of a file beside the design."""
    for name in ("base", "changes"):
        if name in entry.values:
            raise entry.refusal(name, "must be left out where file names a scenario file")
    path = entry.source.path.parent / entry.text("file")
    found = load(path)
    name = entry.text("name", found.name)
    if not NAME.fullmatch(name):
        raise entry.source.refusal(
            f'the scenario file {path} is called "{name}", but a name must be made of letters, digits, _, - and .'
        )
    return arm_like(name, found)


def arm_like(name: str, found: Scenario) -> Arm:
    """A scenario that was loaded, under the name it has here."""
    changes: Any = found.changes
    return Arm(name, found.question, found.question_zh, changes, found.spec, found.baseline)


def scenario_text(text: str, number: int) -> str:
    """The part of the file that one scenario is written in, so that its values are quoted and not another's."""
    starts = [match.start() for match in re.finditer(r"^\s*\[\[\s*scenarios\s*\]\]", text, re.MULTILINE)]
    return (
        text[starts[number - 1] : starts[number] if number < len(starts) else None] if number <= len(starts) else text
    )


def points_of(source: Source, arms: tuple[Arm, ...], settings: list[Setting]) -> list[Point]:
    """Every scenario at every setting; a setting that touches how a town is founded changes its baseline too."""
    if not settings:
        return [Point(arm.name, arm.name, 0, {}, arm.spec, arm.baseline) for arm in arms]
    found = []
    for arm in arms:
        for number, setting in enumerate(settings):
            who = f"in setting {number} of the factors, scenario {arm.name}, "
            here = Source(source.path, "", who)
            spec = laid_over(arm.spec, here, setting.sections)
            baseline = laid_over(arm.baseline, here, setting.founding) if setting.founding else arm.baseline
            found.append(Point(f"{arm.name}-{number:04d}", arm.name, number, setting.values, spec, baseline))
    return found


def precision_of(table: Table, scenarios: list[str], n_seeds: int) -> Precision | None:
    """How exactly a difference is to be known; None where it is not asked for."""
    if "precision" not in table.values:
        return None
    inside = Table(table.source, table.table("precision"), "precision")
    inside = inside._replace(source=Source(table.source.path, table.source.text, "", "precision"))
    inside.only(("outcome", "half_width", "most_seeds", "between", "level"))
    between = inside.some_of("between", tuple(scenarios))
    if between and len(between) < 2:
        raise inside.refusal("between", "must name at least two scenarios, all compared with the first")
    if len(scenarios) < 2:
        raise table.source.refusal("precision is given, but there is one scenario only, and nothing to compare it with")
    return Precision(
        inside.one_of("outcome", tuple(OUTCOMES)),
        inside.number("half_width", 0.0, 1e15, "a number above 0, in the unit of the outcome"),
        inside.whole("most_seeds", n_seeds, MOST_SEEDS, MOST_SEEDS),
        between,
        inside.number("level", 0.5, 1.0, "a number above 0.5 and below 1", 0.95),
    )
