"""Valid files, each broken in one known way, for every parameter and every way there is.

The sentence must contain the file, the field, the value as written, and what is allowed; it must be one
line; and nothing but a ScenarioError may come out. The same holds for it in Chinese.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from chinese_refusals import faults_in_chinese
from linli.scenarios import Entry, ScenarioError, load, names, parameters
from linli.scenarios.catalogue import LATER, SECTIONS, STRUCTURAL
from linli.scenarios.toml_text import toml_of
from linli.words import told

Write = Callable[..., Path]
SEED = 20_240_229
BROKEN = int(os.environ.get("LINLI_BROKEN", "1"))
"""How many files there are at least; all ways for all parameters are more than 1,000."""

ENTRIES = parameters()
ASKED = ('question = "What if?"', 'question_zh = "如果呢？"')


class Break(NamedTuple):
    """What is written at the top and below it, and what the sentence has to contain."""

    way: str
    lines: tuple[str, ...]
    says: tuple[str, ...]
    top: tuple[str, ...] = ()
    as_root: bool = True
    asked: tuple[str, ...] = ASKED


def allowed(entry: Entry) -> tuple[str, ...]:
    """What the sentence must say about the values a parameter may have."""
    if entry.choices:
        return entry.choices
    if isinstance(entry.default, bool):
        return ("true or false",)
    kind = "a whole number from" if isinstance(entry.default, int) else "a number from"
    return (f"{kind} {entry.low} to {entry.high}", entry.unit if entry.unit != "1" else "a pure number")


def misspelt(name: str, luck: random.Random) -> str:
    """A slip of the finger: a letter left out, doubled, or swapped with the next."""
    i = luck.randrange(len(name) - 1)
    return luck.choice(
        [name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + name[i + 1] + name[i] + name[i + 2 :]]
    )


def wrong_values(entry: Entry, luck: random.Random) -> Iterator[tuple[str, str]]:
    """Ways to write a value that this parameter cannot have."""
    yield "a list", f"[{luck.randint(1, 9)}, {luck.randint(1, 9)}]"
    yield "a date", f"20{luck.randint(10, 29)}-0{luck.randint(1, 9)}-1{luck.randint(0, 9)}"
    if entry.choices:
        yield "no choice", f'"{luck.choice(["", "x", entry.choices[0] + "s", entry.choices[-1].upper()])}"'
        yield "a number for a choice", str(luck.randint(-3, 3))
        yield "yes for a choice", "true"
        return
    yield "a text", luck.choice(['"5"', '"much # of it"', "'0.5'", '"true"', '"五"', '""'])
    if isinstance(entry.default, bool):
        yield "a number for yes", luck.choice(["0", "1", "1.0", "nan"])
        return
    assert entry.low is not None
    assert entry.high is not None
    yield "yes for a number", luck.choice(["true", "false"])
    yield "nan or inf", luck.choice(["nan", "+nan", "inf", "-inf", "+inf"])
    below, above = entry.low - luck.randint(1, 5), entry.high + luck.randint(1, 5)
    if isinstance(entry.default, int):
        yield "broken", repr(luck.uniform(entry.low, entry.high))
        yield "too little", str(int(below))
        yield "too much", luck.choice([str(int(above)), f"{int(above):_}", hex(int(above))])
        yield "far too much", str(10 ** luck.randint(8, 80))
    else:
        yield "too little", repr(float(below))
        yield "too much", luck.choice([repr(float(above)), f"{above:.7e}", str(int(above) + 1)])


def breaks_of_value(entry: Entry, luck: random.Random) -> Iterator[Break]:
    field = f"{entry.section}.{entry.name}"
    header = f"[{entry.section}]"
    for way, value in wrong_values(entry, luck):
        comment = luck.choice(["", " # as agreed", "  #", " # = 3"])
        as_root = luck.random() < 0.5 or entry.section in STRUCTURAL
        yield Break(way, (header, f"{entry.name} = {value}{comment}"), (field, value, *allowed(entry)), as_root=as_root)
    yield Break("a table", (f"[{field}]", "x = 1"), (field, "a table", *allowed(entry)))


def breaks_of_name(entry: Entry, luck: random.Random) -> Iterator[Break]:
    value = str(luck.randint(0, 99))
    wrong = misspelt(entry.name, luck)
    if wrong not in type(SECTIONS[entry.section]).model_fields:
        says = (f"{entry.section}.{wrong}", value, entry.name)
        yield Break("a misspelt name", (f"[{entry.section}]", f"{wrong} = {value}"), says)
    if entry.section in STRUCTURAL:
        right = repr(entry.default)
        says = (f"{entry.section}.{entry.name}", right, "only a file without a base may set it")
        yield Break("a structural difference", (f"[{entry.section}]", f"{entry.name} = {right}"), says, as_root=False)


def breaks_of_file(luck: random.Random) -> Iterator[Break]:
    section = luck.choice([s for s in SECTIONS if "." not in s])
    wrong = misspelt(section, luck)
    if wrong not in SECTIONS:
        yield Break("a misspelt section", (f"[{wrong}]",), (f"[{wrong}]", section))
    kind = luck.choice([s for s in SECTIONS if "." in s])
    wrong = "kinds." + misspelt(kind.partition(".")[2], luck)
    if wrong not in SECTIONS:
        yield Break("a misspelt kind", (f"[{wrong}]",), (wrong, kind.partition(".")[2]))
    later = luck.choice(LATER)
    yield Break("a later section", (f"[{later}]",), (later, "not available in this version", "incentives"))
    name = misspelt(luck.choice(names()), luck)
    if name not in names():
        yield Break("an unknown base", (), ("base", f'"{name}"', "linli scenarios", "path"), (f'base = "{name}"',))
    yield Break("a circle", (), ("base", '"broken.toml"', "circle", "without a base"), ('base = "broken.toml"',))
    asked, name = luck.choice([(0, "question"), (1, "question_zh")])
    says = (f"{name} is missing", f'{name} = "…"')
    yield Break("no question", (), says, asked=ASKED[:asked] + ASKED[asked + 1 :])
    value = luck.choice(['""', '" "', "5", "true", '["a"]'])
    changed = (*ASKED[:asked], f"{name} = {value}", *ASKED[asked + 1 :])
    yield Break("an empty question", (), (f"{name} is {value}", "a text in quotes, not empty"), asked=changed)
    entry = luck.choice(ENTRIES)
    broken = luck.choice([f"{entry.name} = ", f"{entry.name} 5", f"[{entry.section}", f"{entry.name} = 5 5"])
    yield Break("not TOML", (broken,), ("line ", "column ", "name = value", broken.strip()))


def right_value(entry: Entry) -> str:
    """The parameter's default, as a scenario file writes it."""
    return toml_of(entry.default)


def breaks_of_interventions(luck: random.Random) -> Iterator[Break]:
    """A list of interventions with one thing wrong in it. They stand in a file with a base."""
    base, entry, opened = ('base = "baseline"',), luck.choice(ENTRIES), "[[interventions]]"
    while entry.section in STRUCTURAL:
        entry = luck.choice(ENTRIES)
    day, right = luck.randint(1, 7_299), f"{entry.name} = {right_value(entry)}"
    table = f"[interventions.{entry.section}]"
    wrong = luck.choice(["0", "-3", "7300", "1.5", '"90"', "true", "[1]"])
    yield Break("an intervention on no day", (opened, f"day = {wrong}", table, right),
                ("intervention 1", f"day is {wrong}", "1 to 7299"), base)  # fmt: skip
    yield Break("an intervention without a day", (opened, table, right), ("intervention 1", "day is missing"), base)
    yield Break("an intervention that sets nothing", (opened, f"day = {day}"), (f"day {day}", "at least one"), base)
    yield Break("two interventions on a day", (opened, f"day = {day}", table, right) * 2,
                ("intervention 2", f"day is {day}", "each must have its own"), base)  # fmt: skip
    yield Break("an intervention that is no list", ("[interventions]", f"day = {day}"), ("interventions", opened), base)
    yield Break("an intervention without a base", (opened, f"day = {day}", table, right), (opened, "base"))
    name = misspelt(entry.name, luck)
    if name not in {other.name for other in ENTRIES}:
        yield Break("a misspelt name in an intervention", (opened, f"day = {day}", table, f"{name} = 1"),
                    (f"of day {day}", f"{entry.section}.{name}"), base)  # fmt: skip
    way, value = luck.choice(list(wrong_values(entry, luck)))
    yield Break(f"{way} in an intervention", (opened, f"day = {day}", table, f"{entry.name} = {value}"),
                (f"of day {day}", f"{entry.section}.{entry.name}", value, *allowed(entry)), base)  # fmt: skip
    place = luck.choice([each for each in ENTRIES if each.section in STRUCTURAL])
    lines = (f"[interventions.{place.section}]", f"{place.name} = {right_value(place)}")
    yield Break("people changed by an intervention", (opened, f"day = {day}", *lines),
                (f"of day {day}", f"{place.section}.{place.name}", "same people"), base)  # fmt: skip
    lines = ("[interventions.incentives]", "points_per_hour = 7")
    yield Break("pay without a programme from a day on", (opened, f"day = {day}", *lines),
                (f"of day {day}", "incentives.points_per_hour is 7", "programme_on"), base)  # fmt: skip


def breaks_of_agreement(luck: random.Random) -> Iterator[Break]:
    pay = luck.choice(["points_per_hour", "points_per_meeting_hour", "points_per_duty_hour", "merit_points"])
    points = luck.randint(1, 10_000)
    yield Break(
        "pay without a programme",
        ("[incentives]", f"{pay} = {points}"),
        (f"incentives.{pay}", str(points), "programme_on"),
    )
    kind = luck.choice([s for s in SECTIONS if "." in s])
    share = round(luck.uniform(0.2, 1), 3)
    yield Break("shares of kinds", (f"[{kind}]", f"share = {share}"), (f"{kind}.share", str(share), "sum to 1"))
    for section, one, others in (
        ("places", "share_old", "share_commodity"),
        ("population", "share_young", "share_children"),
        ("population", "share_free_rider", "share_unconditional"),
        ("population", "share_gig", "share_other_work"),
    ):
        share = round(luck.uniform(0.95, 1), 4)
        says = (f"{section}.{one}", str(share), f"{section}.{others}", "at most 1")
        yield Break("shares of a whole", (f"[{section}]", f"{one} = {share}"), says)
    low = round(luck.uniform(0.91, 1), 4)
    yield Break(
        "severity", ("[issues]", f"severity_low = {low}"), ("issues.severity_low", str(low), "at most severity_high")
    )
    place = round(luck.uniform(-1, 1), 3)
    lines = ("[deliberation]", f"plan = {place}", f"status_quo = {place}")
    yield Break("nothing to decide", lines, ("deliberation.plan", "deliberation.status_quo", str(place), "must differ"))


def all_breaks(n: int) -> list[Break]:
    """Every way for every parameter once, and on with other luck until there are so many."""
    luck, found = random.Random(SEED), []
    while len(found) < n:
        found += [b for entry in ENTRIES for b in (*breaks_of_value(entry, luck), *breaks_of_name(entry, luck))]
        for _ in range(40):
            found += [*breaks_of_file(luck), *breaks_of_agreement(luck), *breaks_of_interventions(luck)]
    return found


AROUND = (
    ("[attending]", "hours_expected = 1.5"), ("[calling]", "calls_per_year = 5"), ("[habits]", "half_life = 90.5"),
    ("[joining]", "days_listed = 400"), ("[noticing]", "share_noticing = 0.1"), ("[closing]", "max_reopenings = 1"),
)  # fmt: skip
"""Sections of a valid file."""


def file_with(broken: Break, luck: random.Random) -> str:
    """A valid file with one thing wrong in it, somewhere."""
    here = broken.lines[0] if broken.lines else ""
    sections = [lines for lines in luck.sample(AROUND, 3) if not here.startswith(lines[0][:-1])]
    place = luck.randint(0, len(sections))
    blocks = [*sections[:place], broken.lines, *sections[place:]]
    top = (*broken.asked, *broken.top)
    if not broken.as_root and not broken.top:
        top = (*top, 'base = "baseline"')
    return "\n".join([*top, *(line for block in blocks for line in block), ""])


def faults(path: Path, broken: Break) -> list[str]:
    """What is wrong with the way this file is refused: nothing, one hopes."""
    try:
        load(path)
    except ScenarioError as error:
        sentence = str(error)
        missing = [part for part in (path.name, *broken.says) if part not in sentence]
        crooked = [] if sentence.isprintable() and len(sentence.splitlines()) == 1 else ["one line"]
        found = [f"no {part!r} in {sentence!r}" for part in missing + crooked]
        return [f"{broken.way}: {fault}" for fault in found + faults_in_chinese(error, path)]
    except Exception as error:
        return [f"{broken.way}: {error!r} came out for {broken.lines}"]
    return [f"{broken.way}: {broken.lines} was let through"]


def test_thousands_of_broken_files_are_each_refused_in_one_helpful_sentence(tmp_path: Path) -> None:
    luck = random.Random(SEED)
    breaks = all_breaks(BROKEN)
    assert len(breaks) >= max(BROKEN, 1000)
    found = []
    path = tmp_path / "broken.toml"
    for broken in breaks:
        path.write_text(file_with(broken, luck), encoding="utf-8")
        found += faults(path, broken)
    print(f"{len(breaks)} broken scenarios, {len({broken.way for broken in breaks})} ways")
    assert not found, f"{len(found)} of {len(breaks)}, such as\n" + "\n".join(found[:20])


def test_the_same_files_unbroken_are_valid(write: Write) -> None:
    for root in ("", 'base = "baseline"'):
        load(write("whole.toml", root, *(line for block in AROUND for line in block)))


@pytest.mark.parametrize("name", names())
def test_shipped_files_with_random_bytes_in_them_never_raise_anything_else(name: str, tmp_path: Path) -> None:
    luck = random.Random(name)
    whole = load(name).path.read_bytes()
    tokens = [
        b"[",
        b"]",
        b"=",
        b'"',
        b"#",
        b"\n",
        b".",
        b"nan",
        b"0",
        b"kinds",
        b"{",
        b"}",
        b",",
        b"'''",
        b"\0",
        b"\xff",
        b"base",
    ]
    path = tmp_path / "broken.toml"
    for _ in range(30):
        text = bytearray(whole)
        for _ in range(luck.randint(1, 4)):
            i = luck.randrange(len(text))
            text[i : i + luck.choice([0, 1, 1, 5, 40])] = luck.choice(tokens)
        path.write_bytes(text)
        try:
            load(path)
        except ScenarioError as error:
            assert len(str(error).splitlines()) == len(told(error, "zh").splitlines()) == 1
