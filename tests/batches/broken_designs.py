"""Valid designs, each broken in one known way: what is written, and what the sentence about it has to contain."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from breaking import allowed, misspelt, wrong_values
from linli.experiments.batches.parameters import PARAMETERS
from linli.experiments.declared import OUTCOMES
from linli.scenarios import Entry, names, parameters
from linli.scenarios.catalogue import LATER, SECTIONS, STRUCTURAL

ENTRIES = parameters()
FILE = "study.toml"
MINE = ('name = "mine"', 'base = "cadre"')
Luck = random.Random
Lines = tuple[str, ...]


class Break(NamedTuple):
    """One broken study: its files, the way it is broken, and the parts that the sentence must have."""

    way: str
    files: dict[str, bytes]
    says: Lines


@dataclass
class Whole:
    """A valid design in parts, any of which may be replaced by something wrong."""

    head: dict[str, str] = field(default_factory=lambda: {
        "question": '"How much for an hour?"', "size": '"micro_grid"', "days": "30", "seeds": "2",
    })  # fmt: skip
    scenarios: list[Lines] = field(default_factory=lambda: [
        ('name = "baseline"',),
        ('name = "mine"', 'base = "baseline"', "[scenarios.changes.habits]", "half_life = 90.5"),
    ])  # fmt: skip
    factors: Lines = ('design = "latin_hypercube"', "points = 2", '[factors.vary."calling.calls_per_year"]',
                      "values = [2.0, 5]")  # fmt: skip
    precision: Lines = ('outcome = "n_acts"', "half_width = 2.5", "most_seeds = 20")
    files: dict[str, bytes] = field(default_factory=lambda: {
        "two_staffs.toml": 'question = "?"\nquestion_zh = "？"\nbase = "baseline"\n[grid]\nstaffing = 2\n'.encode(),
        "points.csv": b"grid.staffing,deliberation.period\n1,7\n0.5,14\n",
    })  # fmt: skip
    more: Lines = ()

    def text(self) -> str:
        """The design."""
        lines = [f"{name} = {value}" for name, value in self.head.items()]
        for scenario in self.scenarios:
            lines += ["[[scenarios]]", *scenario]
        lines += ["[factors]", *self.factors] if self.factors else []
        lines += ["[precision]", *self.precision] if self.precision else []
        return "\n".join([*lines, *self.more, ""])

    def broken(self, way: str, *says: str, file: str = FILE) -> Break:
        """The study as it is now, which must be refused in a sentence with these parts and the file's name."""
        return Break(way, {FILE: self.text().encode(), **self.files}, (file, *says))


def with_change(luck: Luck, *lines: str) -> Whole:
    """A design one of whose scenarios has these lines among its changes."""
    whole = Whole()
    whole.scenarios[1] = ('name = "mine"', 'base = "baseline"', *lines)
    if luck.random() < 0.5:
        whole.scenarios.reverse()
    return whole


def with_factor(parameter: str, *lines: str, design: str = "latin_hypercube") -> Whole:
    """A design that varies one parameter as these lines say."""
    points = () if design == "factorial" else ("points = 2",)
    return Whole(factors=(f'design = "{design}"', *points, f'[factors.vary."{parameter}"]', *lines))


def some(entry: Entry, luck: Luck) -> str:
    """An allowed value of a parameter, as TOML."""
    if entry.choices:
        return f'"{luck.choice(entry.choices)}"'
    if isinstance(entry.default, bool):
        return luck.choice(["true", "false"])
    assert entry.low is not None and entry.high is not None
    if isinstance(entry.default, int):
        return str(luck.randint(int(entry.low), int(entry.high)))
    return repr(luck.uniform(entry.low, entry.high))


def full(entry: Entry) -> str:
    """The full name of a parameter."""
    return f"{entry.section}.{entry.name}"


def is_number(entry: Entry) -> bool:
    """Whether it has a range."""
    return not entry.choices and not isinstance(entry.default, bool)


FROM_NOUGHT_TO_ONE = [
    full(entry) for entry in ENTRIES
    if isinstance(entry.default, float) and entry.low is not None and entry.low <= 0 and (entry.high or 0) >= 1
]  # fmt: skip
"""Parameters that may be 0, 0.01, … 0.59."""


def in_a_change(entry: Entry, luck: Luck) -> Iterator[Break]:
    """Values and names that a scenario may not change."""
    section, name = f"[scenarios.changes.{entry.section}]", full(entry)
    for way, value in wrong_values(entry, luck):
        yield with_change(luck, section, f"{entry.name} = {value}{luck.choice(['', ' # so'])}").broken(
            f"{way} in a change", "(mine)", name, value, *allowed(entry)
        )
    wrong = misspelt(entry.name, luck)
    if wrong not in type(SECTIONS[entry.section]).model_fields:
        whole = with_change(luck, section, f"{wrong} = 7")
        yield whole.broken("a misspelt name in a change", "(mine)", f"{entry.section}.{wrong} is 7", entry.name)
    if entry.section in STRUCTURAL:
        right = some(entry, luck)
        whole = with_change(luck, section, f"{entry.name} = {right}")
        yield whole.broken("a structural change", "(mine)", name, right, "must stay as in the baseline")
    whole = with_change(luck, "[scenarios.changes]", f"{entry.name} = 7")
    if entry.name not in {section.partition(".")[0] for section in SECTIONS}:
        yield whole.broken("a value above all sections", "(mine)", entry.name, "7", section)


def in_the_town(entry: Entry, luck: Luck) -> Iterator[Break]:
    """Values that a town may not have."""
    way, value = luck.choice(list(wrong_values(entry, luck)))
    whole = Whole(more=(f"[town.{entry.section}]", f"{entry.name} = {value}"))
    yield whole.broken(f"{way} in a town", "in the town", full(entry), value, *allowed(entry))


def in_levels(entry: Entry, luck: Luck) -> Iterator[Break]:
    """Levels that a factor may not have."""
    name, right = f'factors.vary."{full(entry)}"', some(entry, luck)
    for way, value in wrong_values(entry, luck):
        levels = luck.choice([f"[{right}, {value}]", f"[{value}]", f"[{value}, {right}]"])
        written = "a list" if way == "a list" else value
        yield with_factor(full(entry), f"values = {levels}").broken(
            f"{way} among levels", f"{name}.values holds {written}", *allowed(entry)
        )
    yield with_factor(full(entry), f"values = [{right}, {right}]").broken(
        "a level twice", f"{name}.values holds {right}", "once"
    )
    empty = luck.choice(["[]", '"all"', "true", "{ low = 1 }", "7"])
    yield with_factor(full(entry), f"values = {empty}").broken(
        "no levels", f"{name}.values is {empty}", "a list", *allowed(entry)
    )
    yield with_factor(full(entry), f"values = [{right}]", "low = 1").broken(
        "levels and a range", f"{name}.low is 1", "either values, or low and high"
    )
    wrong = luck.choice(["vlues", "value", "valuess", "Values"])
    yield with_factor(full(entry), f"{wrong} = [{right}]").broken(
        "a misspelt key of a factor", f"{name}.{wrong} is [{right}]", "the nearest name is values"
    )
    yield with_factor(full(entry)).broken("a factor of nothing", name, "values = […] or low and high")
    whole = Whole(factors=('design = "factorial"', "[factors.vary]", f'"{full(entry)}" = {right}'))
    yield whole.broken("a value for a factor", f"{name} is {right}", "a table with values, or with low and high")


def in_a_range(entry: Entry, luck: Luck) -> Iterator[Break]:
    """Ranges that a factor may not have."""
    name = f'factors.vary."{full(entry)}"'
    if not is_number(entry):
        yield with_factor(full(entry), "low = 0", "high = 1").broken(
            "a range of names", f"{name}.low is 0", "values = […]", *allowed(entry)
        )
        return
    right, end = some(entry, luck), luck.choice(["low", "high"])
    other = "high" if end == "low" else "low"
    for way, value in wrong_values(entry, luck):
        yield with_factor(full(entry), f"{other} = {right}", f"{end} = {value}").broken(
            f"{way} at the end of a range", f"{name}.{end} is {value}", *allowed(entry)
        )
    yield with_factor(full(entry), f"{end} = {right}").broken(
        "half a range", f"{name}.{other} is missing", *allowed(entry)
    )
    low, high = sorted((some(entry, luck), some(entry, luck)), key=float, reverse=True)
    yield with_factor(full(entry), f"low = {low}", f"high = {high}").broken(
        "a range upside down", f"{name}.low is {low}", "below high", high
    )
    scale = luck.choice(['"Log"', '"linaer"', "10", "true"])
    yield with_factor(full(entry), f"low = {entry.low}", f"high = {entry.high}", f"scale = {scale}").broken(
        "no scale", f"{name}.scale is {scale}", '"linear", "log"'
    )
    yield with_factor(full(entry), f"low = {entry.low}", f"high = {entry.high}", design="factorial").broken(
        "a factorial range", f"{name}.", "values = […]"
    )
    if entry.low is not None and entry.low <= 0:
        yield with_factor(full(entry), f"low = {entry.low}", f"high = {entry.high}", 'scale = "log"').broken(
            "the logarithm of nothing", f"{name}.low is {entry.low}", "above 0"
        )


def cells_for(entry: Entry, luck: Luck) -> Iterator[str]:
    """Cells that do not hold a value of the parameter."""
    yield luck.choice(["x", "yes", "五", "1;2", "NA", "#REF!"])
    yield ""
    if is_number(entry):
        assert entry.low is not None and entry.high is not None
        yield str(int(entry.high) + luck.randint(1, 9))
        yield str(int(entry.low) - luck.randint(1, 9))
        yield luck.choice(["nan", "inf", "1e999", "true", "0x1F"])
        if isinstance(entry.default, int):
            yield f"{int(entry.low)}.5"


def in_a_table(entry: Entry, luck: Luck) -> Iterator[Break]:
    """Cells of a table of points."""
    right, place = some(entry, luck).strip('"'), luck.randint(2, 6)
    for cell in cells_for(entry, luck):
        cells = [right] * 6
        cells[place - 2] = cell
        beside = "grid.staffing" if full(entry) == "habits.gain" else "habits.gain"
        whole = table_of([full(entry), beside], [[cell, "0.1"] for cell in cells])
        says = (f"line {place}", f"{full(entry)} is {cell or 'empty'}", *allowed(entry))
        yield whole.broken("a bad cell", *says, file="points.csv")
        if luck.random() < 0.3:
            rows = "\n".join([full(entry), "", *(cell or '""' for cell in cells)])
            inlined = Whole(factors=('design = "table"', f"rows = '''\n{rows}'''"))
            if cell:
                yield inlined.broken("a bad cell in rows", "factors.rows", f"line {place + 1}", *says[1:])


def table_of(header: list[str], rows: list[list[str]]) -> Whole:
    """A design whose settings are a table."""
    whole = Whole(factors=('design = "table"', 'table = "points.csv"'))
    whole.files["points.csv"] = "".join(",".join(row) + "\n" for row in [header, *rows]).encode()
    return whole


def in_a_name(entry: Entry, luck: Luck) -> Iterator[Break]:
    """Names of parameters that there are not."""
    wrong = misspelt(full(entry), luck)
    if wrong not in PARAMETERS:
        value = some(entry, luck)
        yield with_factor(wrong, f"values = [{value}]").broken(
            "a misspelt parameter", "factors.vary.", wrong, "the nearest name is "
        )
        yield table_of([wrong], [["1"]]).broken(
            "a misspelt column", "line 1, column 1", wrong, "the nearest name is ", file="points.csv"
        )
    if entry.name not in {section.partition(".")[0] for section in SECTIONS}:
        yield with_factor(entry.name, "values = [1]").broken(
            "a parameter without its section", f"factors.vary.{entry.name}", f".{entry.name}", "with its section"
        )
    yield table_of([full(entry), full(entry)], [["1", "1"]]).broken(
        "a column twice", "line 1, column 2", full(entry), "once", file="points.csv"
    )
    later = luck.choice(LATER)
    yield with_factor(f"{later}.{entry.name}", "values = [1]").broken(
        "a later parameter", f"{later}.{entry.name}", "not available in this version"
    )


OF_PARAMETERS: tuple[Callable[[Entry, Luck], Iterator[Break]], ...] = (
    in_a_change, in_the_town, in_levels, in_a_range, in_a_table, in_a_name,
)  # fmt: skip

DAYS = "a whole number from 1 to 7300"
SEEDS = ("a whole number from 1 to 100000", "a list of seeds")
WRONG_HEADS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("question", ('""', '" "', "5", "true", '["a"]', "2025-01-01"), ("a text in quotes, not empty",)),
    ("name", ('""', "5", "[]"), ("a text in quotes, not empty",)),
    ("size", ('"Community"', '"comunity"', "3", "true", '["community"]', '"town"'), ("micro_grid", "district")),
    ("days", ("0", "-3", "7301", "30.0", '"30"', "true", "nan", "[30]", "0xFFFFFFFF"), (DAYS,)),
    ("seeds", ("0", "-1", "100001", "2.5", '"2"', "true", "[]", "1e3"), SEEDS),
    ("first_seed", ("-1", "1.0", '"1"', "true", "2_000_000_000_000_000_000"), ("from 0 to 1000000000000000000",)),
    ("tables", ('"weekly"', "true", "3"), ("a list of names", '"weekly", "yearly", "groups", "daily"')),
    ("keep_world", ("1", '"yes"', "[true]", "0.0"), ("true or false",)),
    ("outcomes", ('"n_acts"', "7"), ("a list of names", "`linli outcomes`")),
    ("scenarios", ("7", '"baseline"', '["baseline"]', "[]"), ("[[scenarios]]",)),
    ("factors", ("7", '"sobol"', "[]"), ("[factors]",)),
    ("precision", ("0.5", "true"), ("[precision]",)),
    ("town", ("true", '"mine"'), ("[town]",)),
)

WRONG_ITEMS = (
    ("seeds", "[1, {}]", ("-1", "1.5", '"3"', "true", "2_000_000_000_000_000_000"), "whole number from 0 to"),
    ("seeds", "[7, {}]", ("7",), "once"),
    ("tables", '["weekly", {}]', ('"Weekly"', '"dayly"', "5", "true"), '"weekly", "yearly", "groups"'),
    ("tables", '["weekly", {}]', ('"weekly"',), "once"),
    ("outcomes", '["n_acts", {}]', ('"n_act"', '"N_ACTS"', "5", '""'), "`linli outcomes`"),
)  # fmt: skip


def of_the_head(luck: Luck) -> Iterator[Break]:
    """What stands above all tables."""
    for name, values, wanted in WRONG_HEADS:
        value, whole = luck.choice(values), Whole()
        if name in ("scenarios", "factors", "precision"):
            setattr(whole, name, [] if name == "scenarios" else ())
        whole.head[name] = value + luck.choice(["", " # as agreed"])
        yield whole.broken(f"a wrong {name}", f"{name} is {value}", *wanted)
    for name, written, items, wanted in WRONG_ITEMS:
        item, whole = luck.choice(items), Whole()
        whole.head[name] = written.format(item)
        yield whole.broken(f"a wrong item of {name}", f"{name} holds {item}", wanted)
    whole, name = Whole(), luck.choice(["question", "size", "days", "seeds"])
    value, wrong = whole.head.pop(name), misspelt(name, luck)
    if wrong != name:
        whole.head[wrong] = value
        yield whole.broken("a misspelt head", f"{wrong} is {value}", f"the nearest name is {name}")
    whole = Whole()
    del whole.head["question"]
    yield whole.broken("no question", "question is missing", "must be given")
    whole, name = Whole(), luck.choice(["days", "size", "seeds", "tables", "keep_world"])
    whole.head.pop(name, None)
    place = luck.choice(["factors", "precision"])
    setattr(whole, place, (f"{name} = 3", *getattr(whole, place)))
    yield whole.broken("a head too low", f"{place}.{name} is 3", "must stand at the top of the file")
    whole, section = Whole(), luck.choice(list(SECTIONS))
    whole.more = (f"[{section}]",)
    yield whole.broken("a section without scenario", section.partition(".")[0], "[scenarios.changes.")
    whole = Whole()
    whole.head |= {"seeds": "[1, 2]", "first_seed": "5"}
    yield whole.broken("two kinds of seeds", "first_seed is 5", "seeds is a list already")


def of_scenarios(luck: Luck) -> Iterator[Break]:
    """The list of scenarios, and each of them."""
    n = luck.randint(1, 3)

    def put(way: str, lines: Lines, *says: str, file: str = FILE) -> Break:
        whole = Whole()
        whole.scenarios.insert(n - 1, lines)
        return whole.broken(way, *((f"scenario {n}",) if file == FILE else ()), *says, file=file)

    wrong = misspelt(name := luck.choice(names()), luck)
    if wrong not in names():
        yield put("an unknown scenario", (f'name = "{wrong}"',), f'name is "{wrong}"', "`linli scenarios`")
        yield put("an unknown base", ('name = "a"', f'base = "{wrong}"'), f'base is "{wrong}"', "shipped scenario")
    key = luck.choice(["nam", "change", "bases", "files", "weight"])
    yield put("an unknown key of a scenario", ('name = "baseline"', f"{key} = 3"), f"{key} is 3", "name")
    yield put("no name", (), "name is missing", "must be given")
    yield put("no name of one's own", (f'base = "{name}"',), "name is missing", "must be given")
    yield put("no base", ('name = "a"', "[scenarios.changes.grid]", "staffing = 2"), "base is missing", "must be given")
    bad = luck.choice(["a b", "a/b", "../up", "-a", "", " ", "x" * 61, "a\\nb", "_a", "%s"])
    yield put("a name that is none", (f'name = "{bad}"', 'base = "baseline"'), f'name is "{bad}"', "must be")
    number = luck.choice(["5", "true", "[]", "0.5", "2025-01-01"])
    key, lines = luck.choice([("name", ()), ("file", ()), ("base", ('name = "a"',)), ("question", MINE)])
    yield put(f"a wrong {key}", (*lines, f"{key} = {number}"), f"{key} is {number}", "a text in quotes, not empty")
    yield put("changes that are none", ('name = "a"', 'base = "baseline"', f"changes = {number}"),
              f"changes is {number}", "[scenarios.changes]")  # fmt: skip
    file = luck.choice(["nothing.toml", "", "..", "folder/", "\\u0000", "y" * 300])
    yield put("a file that is not there", (f'file = "{file}"',), f'file is "{file[:100]}', "must be")
    key = luck.choice(["base", "question", "question_zh"])
    yield put(
        "a file and more", ('file = "two_staffs.toml"', f'{key} = "baseline"'), f'{key} is "baseline"', "takes none"
    )
    yield put("a question for a shipped one", ('name = "cadre"', 'question = "?"'), 'question is "?"', "its own")
    yield put("no town", ('name = "a"', 'base = "town"'), 'base is "town"', "[town]")
    whole = Whole()
    again = luck.choice([('name = "baseline"',), ('name = "baseline"', 'base = "cadre"'), MINE])
    whole.scenarios.append(again)
    yield whole.broken("a name twice", "scenario 3", again[0].replace("=", "is"), "must have its own")
    whole = Whole()
    whole.scenarios.append(luck.choice([('name = "bare"',), ('name = "a"', 'base = "bare"')]))
    yield whole.broken("another town", "scenario 3", '"bare"', "bare.toml", "baseline.toml", "paired")
    whole = Whole()
    whole.scenarios.append(('file = "two_staffs.toml"',))
    whole.files["two_staffs.toml"] = whole.files["two_staffs.toml"].replace(b"staffing = 2", b"staffing = 9")
    yield whole.broken("a bad scenario file", "grid.staffing is 9", "0.1 to 4", file="two_staffs.toml")
    section = misspelt(luck.choice([s for s in SECTIONS if "." not in s]), luck)
    if section not in SECTIONS:
        yield with_change(luck, f"[scenarios.changes.{section}]").broken(
            "a misspelt section", "(mine)", f"[scenarios.changes.{section}]", "the nearest name is"
        )
    later = luck.choice(LATER)
    yield with_change(luck, f"[scenarios.changes.{later}]").broken("a later section", "(mine)", later, "not available")


def of_factors(luck: Luck) -> Iterator[Break]:
    """How settings are chosen."""
    vary = ('[factors.vary."calling.calls_per_year"]', "values = [2.0, 5]")

    def put(way: str, lines: Lines, *says: str) -> Break:
        return Whole(factors=lines).broken(way, *says)

    design = luck.choice(['"Sobol"', '"lhs"', '"full"', "3", "true", '""', '["sobol"]'])
    yield put("no such design", (f"design = {design}", *vary), f"factors.design is {design}", "latin_hypercube")
    yield put("no design", vary, "factors.design is missing", "factorial")
    cube = luck.choice(["sobol", "latin_hypercube"])
    points = luck.choice(["0", "-8", "8.0", '"8"', "true", "100_001", "[8]"])
    yield put("wrong points", (f'design = "{cube}"', f"points = {points}", *vary),
              f"factors.points is {points}", "a whole number from 1 to 100000")  # fmt: skip
    yield put("no points", (f'design = "{cube}"', *vary), "factors.points is missing", "must be given")
    odd = luck.choice([n for n in range(3, 200) if n & (n - 1)])
    yield put("no power of two", ('design = "sobol"', f"points = {odd}", *vary),
              f"factors.points is {odd}", "power of two", "balanced = false")  # fmt: skip
    bad = luck.choice(["-1", "1.5", '"x"', "true"])
    yield put("wrong luck", (f'design = "{cube}"', "points = 8", f"luck = {bad}", *vary), f"factors.luck is {bad}",
              "a whole number from 0 to")  # fmt: skip
    yield put("wrong balance", ('design = "sobol"', "points = 8", 'balanced = "no"', *vary),
              'factors.balanced is "no"', "true or false")  # fmt: skip
    key, kind = luck.choice([("points", "factorial"), ("luck", "factorial"), ("balanced", "latin_hypercube"),
                             ("table", "sobol"), ("points", "table"), ("luck", "table")])  # fmt: skip
    yield put("a key of another design", (f'design = "{kind}"', f"{key} = 8"), f"factors.{key} is 8", kind, "only")
    wrong = misspelt(key := luck.choice(["points", "luck", "vary", "design"]), luck)
    if wrong != key:
        yield put("a misspelt key of factors", ('design = "sobol"', f"{wrong} = 8"), f"factors.{wrong} is 8", key)
    yield put("nothing varied", ('design = "factorial"',), "factors.vary is missing", "as in")
    yield put("vary is no table", ('design = "factorial"', "vary = 3"), "factors.vary is 3", "[factors.vary]")
    yield put("no table", ('design = "table"',), "factors.table is missing", "points.csv")
    yield put("two tables", ('design = "table"', 'table = "points.csv"', 'rows = "x"'),
              'factors.table is "points.csv"', "rows")  # fmt: skip
    file = luck.choice(["", "nothing.csv", "..", "\\u0000", "two_staffs"])
    yield put("a table that is not there", ('design = "table"', f'table = "{file}"'),
              f'factors.table is "{file}"', "must be")  # fmt: skip
    yield put("too many settings", ('design = "factorial"', *(
        line for name in luck.sample(FROM_NOUGHT_TO_ONE, 3)
        for line in (f'[factors.vary."{name}"]', f"values = [{', '.join(str(i / 100) for i in range(60))}]")
    )), "factors.vary has 60 × 60 × 60 = 216000", "100000")  # fmt: skip


def of_tables(luck: Luck) -> Iterator[Break]:
    """Files of points."""

    def put(way: str, content: bytes, *says: str) -> Break:
        whole = table_of([], [])
        whole.files["points.csv"] = content
        return whole.broken(way, *says, file="points.csv")

    head, n = b"grid.staffing,deliberation.period\n", luck.randint(1, 30)
    rows = b"1,7\n" * n
    yield put("an empty table", luck.choice([b"", b"\n\n", b" \n", b",,\n"]), "must name parameters")
    yield put("only names", head, "line 1", "must follow")
    short = luck.choice([b"1\n", b"1,7,3\n", b"1,7,\n", b"1;7\n"])
    yield put("a ragged line", head + rows + short, f"line {n + 2}", f"{len(short.split(b','))} value", "must have 2")
    yield put("no UTF-8", head + rows + b"\xff,7\n", f"byte {len(head + rows) + 1}", "UTF-8")
    yield put("a quote left open", head + rows + b'"1,7\n', f"line {n + 2}", "comma-separated")
    yield put("semicolons", head.replace(b",", b";"), "line 1, column 1", '"grid.staffing;deliberation.period"')


def of_precision(luck: Luck) -> Iterator[Break]:
    """What is to be known how exactly."""

    def put(way: str, lines: dict[str, str | None], *says: str) -> Break:
        right = {"outcome": '"n_acts"', "half_width": "2.5", "most_seeds": "20"}
        kept = {name: value for name, value in (right | lines).items() if value is not None}
        return Whole(precision=tuple(f"{name} = {value}" for name, value in kept.items())).broken(way, *says)

    wrong = misspelt(luck.choice(list(OUTCOMES)), luck)
    if wrong not in OUTCOMES:
        yield put("a misspelt outcome", {"outcome": f'"{wrong}"'}, f'precision.outcome is "{wrong}"', "the nearest is")
    half = luck.choice(["0", "-1.5", "nan", "inf", '"5"', "true", "0.0", "[2]"])
    yield put("no width", {"half_width": half}, f"precision.half_width is {half}", "a number above 0")
    seeds = luck.choice(["0", "1", "100_001", "2.5", '"9"', "true"])
    yield put("too few seeds", {"most_seeds": seeds}, f"precision.most_seeds is {seeds}", "from 2 to 100000")
    level = luck.choice(["0", "1", "95", "nan", '"95 %"', "-0.95", "true"])
    yield put("no level", {"level": level}, f"precision.level is {level}", "a number between 0 and 1")
    for name in ("outcome", "half_width", "most_seeds"):
        yield put(f"no {name}", {name: None}, f"precision.{name} is missing", "must be given")
    key = misspelt(luck.choice(["level", "between"]), luck)
    if key not in ("level", "between"):
        yield put("a misspelt key of precision", {key: "7"}, f"precision.{key} is 7", "the nearest name is")
    item = luck.choice(['"basline"', '"Mine"', "5", '"mine-0007"', '""'])
    yield put(
        "between strangers", {"between": f'["baseline", {item}]'}, f"precision.between holds {item}", '"baseline"'
    )
    one = luck.choice(['"mine"', "[]", '["mine"]', "3"])
    yield put("between too few", {"between": one}, f"precision.between is {one}", '"baseline", "mine"')
    yield put("between unlike", {"between": '["mine", "mine-0001"]'}, '"mine-0001"', "all must be scenarios")
    alone = Whole(factors=())
    del alone.scenarios[1:]
    yield alone.broken("a single scenario", "[precision]", "one scenario")


def of_agreement(luck: Luck) -> Iterator[Break]:
    """Values each of which is allowed, but not all together."""
    points, field = luck.randint(1, 10_000), "incentives.points_per_hour"
    wanted = (f"{field} is {points}", "programme_on is false", "programme_on must be true or the points 0")
    whole = Whole()
    whole.scenarios[1] = ('name = "mine"', 'base = "baseline"', "[scenarios.changes.incentives]",
                          f"points_per_hour = {points}")  # fmt: skip
    yield whole.broken("a contradiction in a change", "(mine)", *wanted)
    number, settings = luck.randint(1, 5), ["0"] * 5
    settings[number - 1] = str(points)
    at = f"at point baseline-{number:04d} ({field} = {points})"
    yield with_factor(field, f"values = [{', '.join(dict.fromkeys(settings))}]", design="factorial").broken(
        "a contradiction at a level", "at point baseline-", *wanted
    )
    table = table_of([field], [[cell] for cell in settings])
    yield table.broken("a contradiction in a table", at, *wanted)
    share = round(luck.uniform(0.95, 1), 4)
    yield with_factor("places.share_old", f"values = [{share}]", design="factorial").broken(
        "a contradiction in a town", "in the town of setting 0001", f"places.share_old is {share}", "at most 1"
    )
    whole = Whole(more=("[town.places]", f"share_old = {share}"))
    yield whole.broken("a contradictory town", "in the town", f"places.share_old is {share}", "at most 1")


def of_files(luck: Luck) -> Iterator[Break]:
    """Files that are no designs at all."""

    def raw(way: str, content: bytes, *says: str) -> Break:
        return Break(way, {FILE: content}, (FILE, *says))

    text = Whole().text()
    line = luck.choice(["days = ", "days 5", "[factors", "x = 5 5", "é = 1", "= 3", '"x', "days = 07"])
    yield raw("not TOML", f"{text}\n{line}\n".encode(), "line ", "column ", "is not TOML", "name = value")
    yield raw("a key twice", f"days = 3\n{text}".encode(), "line ", "is not TOML")
    yield raw("nothing", luck.choice([b"", b"\n", b"# nothing\n", b"\xef\xbb\xbf"]), "question is missing")
    noise = bytes(luck.randrange(256) for _ in range(200))
    yield raw("binary", b"\x80" + noise, "byte 1", "UTF-8")
    yield raw("UTF-16", text.encode("utf-16"), "byte 1", "UTF-8")
    yield raw("a zip", b"PK\x03\x04" + noise[:20] + b"\xff", " must be")
    depth = luck.randint(2_000, 9_000)
    yield raw("nested", f"{text}x = {'[' * depth}{']' * depth}".encode(), "nested too deeply")
    yield raw("a monster", b"days = " + b"9" * 5_000 + b"\n", "too long")
    yield raw("a long text", f'question = "?"\nsize = "{"y" * 9_000}"'.encode(), 'size is "yyy', "micro_grid")
    yield raw("a long name", f'"{"y" * 9_000}" = 3'.encode(), "yyy", "is 3", "question")


OF_DESIGNS: tuple[Callable[[Luck], Iterator[Break]], ...] = (
    of_the_head, of_scenarios, of_factors, of_tables, of_precision, of_agreement, of_files,
)  # fmt: skip


def breaks(n: int, seed: int) -> list[Break]:
    """At least `n`, no two alike, drawn parameter by parameter: with 10,000 all parameters have had their turn.

    With more than 15,000, every way there is has been tried on every parameter.
    """
    luck = random.Random(seed)
    most = 4 if n <= 15_000 else None
    found: dict[tuple[bytes, ...], Break] = {}
    while len(found) < n:
        for entry in luck.sample(ENTRIES, len(ENTRIES)):
            made = [list(way(entry, luck)) for way in OF_PARAMETERS]
            made += [list(of_design(luck)) for of_design in luck.sample(OF_DESIGNS, 3)]
            for each in made:
                chosen = each if most is None else luck.sample(each, min(len(each), most))
                found |= {tuple(broken.files.values()): broken for broken in chosen}
            if most and len(found) >= n:
                break
    return list(found.values())
