"""What a visitor looks at: a town, the branches of its life, and which two of them are laid side by side.

A branch is a scenario: a shipped one, what was changed of it from day 0 on, and what was changed on later days. Luck
hangs on identities, so that a branch need not remember a town: lived again from day 0, it comes to the same day.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from .. import scenarios as shelf
from ..model.places import size_of
from ..model.spec import Spec
from ..scenarios.errors import ScenarioError
from ..scenarios.interventions import LAST_DAY, Intervention, by_day
from ..scenarios.loader import Scenario, differences, laid_over, laid_over_later, refuse_structural
from ..scenarios.reading import sections_of
from ..scenarios.source import Source
from ..words import LANGUAGES, Words, listed, message, pair, told

Value = bool | int | float | str
Values = tuple[tuple[str, Value], ...]
"""Parameters by their names, `section.name`, and what they are set to."""

MOST_BRANCHES, MOST_NAME, MOST_BYTES = 40, 60, 100_000
DAYS = 730


class StateError(ValueError):
    """What was handed in is no state. The text is one sentence for the reader."""


def renamed(error: ScenarioError, path: str, name: str) -> ScenarioError:
    """The same refusal, with what the reader calls a file in place of its path."""
    return ScenarioError(pair(*(str(told(error, lang)).replace(path, told(name, lang)) for lang in LANGUAGES)))


@dataclass(frozen=True)
class Setting:
    """A scenario: a shipped one, and what is set otherwise, from day 0 on and from later days on."""

    preset: str = "baseline"
    changes: Values = ()
    later: tuple[tuple[int, Values], ...] = ()

    def with_value(self, name: str, value: Value, day: int = 0) -> Setting:
        """The same with a parameter set from a day on."""
        if day == 0:
            return replace(self, changes=put(self.changes, name, value))
        later = dict(self.later)
        later[day] = put(later.get(day, ()), name, value)
        return replace(self, later=tuple(sorted(later.items())))

    def until(self, day: int) -> Setting:
        """What has been set before a day."""
        return replace(self, later=tuple(entry for entry in self.later if entry[0] < day))

    def spec(self) -> Spec:
        """All its numbers. Raises ScenarioError, in one sentence, if they do not go together."""
        return resolved(self)

    @property
    def baseline(self) -> Spec:
        """The numbers its town is founded and burnt in under."""
        return preset(self.preset).baseline


def put(values: Values, name: str, value: Value) -> Values:
    """The values with one of them set; it stands last."""
    return (*((other, old) for other, old in values if other != name), (name, value))


def by_section(values: Values) -> dict[str, dict[str, Value]]:
    """The values as sections of a scenario file."""
    found: dict[str, dict[str, Value]] = {}
    for name, value in values:
        section, _, parameter = name.rpartition(".")
        found.setdefault(section, {})[parameter] = value
    return found


@lru_cache(maxsize=128)
def preset(name: str) -> Scenario:
    """A shipped scenario."""
    return shelf.load(name)


@lru_cache(maxsize=512)
def resolved(setting: Setting) -> Spec:
    """The numbers of a setting, each checked by itself and with the others. Raises ScenarioError."""
    page = Source(Path(), "", called=message("this page"))
    spec = preset(setting.preset).spec
    spec = laid_over(spec, page, checked(page, setting.changes))
    added = []
    for day, values in setting.later:
        here = page._replace(who=message("from day {day} on, ", day=day))
        if sections := checked(here, values):
            added.append(Intervention(here, day, sections))
    return laid_over_later(spec, tuple(added)) if added else spec


def checked(source: Source, values: Values) -> dict[str, dict[str, Any]]:
    """The sections of some values. Raises ScenarioError for values that may not be, or not on this page."""
    sections = sections_of(source, nested(by_section(values)))
    refuse_structural(source, sections)
    return sections


def nested(sections: dict[str, dict[str, Value]]) -> dict[str, Any]:
    """Sections such as `kinds.parking` as tables within tables."""
    found: dict[str, Any] = {}
    for section, values in sections.items():
        here = found
        for part in section.split("."):
            here = here.setdefault(part, {})
        here.update(values)
    return found


@dataclass(frozen=True)
class Branch:
    """A life of the town: from which day of which other life it departs, and what it is set to."""

    key: str
    name: str
    parent: str | None
    day: int
    setting: Setting


@dataclass(frozen=True)
class Look:
    """Everything that makes what one visitor sees."""

    size: str = "general_grid"
    seed: int = 1
    days: int = DAYS
    branches: tuple[Branch, ...] = (
        Branch("1", "baseline", None, 0, Setting()),
        Branch("2", "five_yuan", None, 0, Setting("five_yuan")),
    )
    a: str = "1"
    b: str = "2"
    day: int = 0
    lang: str = "zh"

    def branch(self, key: str) -> Branch:
        """The branch of this key."""
        return next(branch for branch in self.branches if branch.key == key)

    def shown(self, slot: str) -> Branch:
        """The branch in slot "A" or "B"."""
        return self.branch(self.a if slot == "A" else self.b)

    def changed(self, branch: Branch) -> Look:
        """The same look with one of its branches changed, and those that depart from it later."""
        branches = tuple(branch if each.key == branch.key else each for each in self.branches)
        return replace(self, branches=branches)

    def set_value(self, slot: str, name: str, value: Value) -> Look:
        """A lever moved in a slot: from the day on which its branch departs."""
        branch = self.shown(slot)
        return self.changed(replace(branch, setting=branch.setting.with_value(name, value, branch.day)))

    def forked(self, slot: str, day: int, name: str) -> Look:
        """A new branch that departs from the one in this slot on this day, shown in slot B (in A if B was forked)."""
        if len(self.branches) >= MOST_BRANCHES:
            raise StateError(message("there are {n} branches already; drop one first", n=MOST_BRANCHES))
        of = self.shown(slot)
        key = str(1 + max(int(branch.key) for branch in self.branches))
        made = Branch(key, name, of.key, day, of.setting.until(day) if day else of.setting)
        look = replace(self, branches=(*self.branches, made))
        return replace(look, a=of.key, b=key)

    def dropped(self, key: str) -> Look:
        """The look without a branch that is not shown; those that depart from it then depart from its parent."""
        gone = self.branch(key)
        if key in (self.a, self.b):
            raise StateError(message("{name} is being shown; show another branch first", name=gone.name))
        left = (branch for branch in self.branches if branch.key != key)
        branches = tuple(replace(each, parent=gone.parent) if each.parent == key else each for each in left)
        return replace(self, branches=branches)


# Written down


def to_json(look: Look) -> dict[str, Any]:
    """A look as plain numbers and texts."""
    branches = [
        {"key": b.key, "name": b.name, "parent": b.parent, "day": b.day, "preset": b.setting.preset,
         "changes": dict(b.setting.changes), "later": {str(day): dict(values) for day, values in b.setting.later}}
        for b in look.branches
    ]  # fmt: skip
    return {"size": look.size, "seed": look.seed, "days": look.days, "branches": branches, "a": look.a, "b": look.b,
            "day": look.day, "lang": look.lang}  # fmt: skip


def text_of(look: Look) -> str:
    """A look as one line of JSON; equal looks give equal lines."""
    return json.dumps(to_json(look), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def code_of(look: Look) -> str:
    """A short name of a look: eight letters and digits that cannot be mistaken for others."""
    digest = hashlib.sha256(text_of(look).encode()).digest()
    return base64.b32encode(digest).decode()[:8].translate(str.maketrans("IO", "89"))


def link_of(look: Look) -> str:
    """A look as letters that can stand in the address of a page."""
    return base64.urlsafe_b64encode(zlib.compress(text_of(look).encode(), 9)).decode().rstrip("=")


def from_link(text: str) -> Look:
    """The look that a link stands for. Raises StateError for what is none."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        opener = zlib.decompressobj()
        found = opener.decompress(packed, MOST_BYTES)
        if opener.unconsumed_tail or not opener.eof:
            raise ValueError
        content = json.loads(found)
    except (ValueError, zlib.error, RecursionError):
        raise StateError(message("this link is damaged or cut short; copy all of it")) from None
    return from_json(content)


def from_json(content: Any) -> Look:
    """The look that was written down. Raises StateError for what is none, ScenarioError for numbers that cannot be."""
    read = Reader(content, message("the state"))
    read.only("size", "seed", "days", "branches", "a", "b", "day", "lang")
    days = read.whole("days", 1, LAST_DAY + 1)
    size = read.text("size")
    try:
        if size_of(size).communities > 1 or size_of(size).general_grids > 1:
            raise StateError(message(
                "size {size!r} is too large for a workshop; allowed are general grids of up to 5000", size=size[:60]
            ))  # fmt: skip
    except ValueError as error:
        raise StateError(*error.args) from None
    branches = tuple(branch_of(entry, days) for entry in read.list("branches", MOST_BRANCHES))
    keys = [branch.key for branch in branches]
    a, b = read.one_of("a", keys), read.one_of("b", keys)
    if len(set(keys)) < len(keys):
        raise StateError(message("two branches have one key; each must have its own"))
    if any(branch.parent is not None and branch.parent not in keys for branch in branches):
        raise StateError(message("a branch departs from one that is not there"))
    if len({branch.setting.baseline for branch in branches}) > 1:
        raise StateError(message("the branches begin in different towns and cannot be compared"))
    seed, day = read.whole("seed", 0, 2**63 - 1), read.whole("day", 0, days)
    return Look(size, seed, days, branches, a, b, day, read.one_of("lang", LANGUAGES))


def branch_of(entry: Any, days: int) -> Branch:
    """One branch of a look. Raises StateError, ScenarioError."""
    read = Reader(entry, message("a branch"))
    read.only("key", "name", "parent", "day", "preset", "changes", "later")
    key, name = read.text("key"), read.text("name")
    if not (key.isascii() and key.isdecimal() and len(key) <= 6):
        raise StateError(message("a branch's key is {key!r}; allowed are whole numbers", key=key[:20]))
    if len(name) > MOST_NAME:
        raise StateError(message("a branch's name has {n} letters; allowed are {most}", n=len(name), most=MOST_NAME))
    parent = None if read.content.get("parent") is None else read.text("parent")
    later = tuple(sorted((day_in(day, days), values_of(values)) for day, values in read.table("later").items()))
    setting = Setting(read.one_of("preset", shelf.names()), values_of(read.table("changes")), later)
    setting.spec()
    return Branch(key, name, parent, read.whole("day", 0, days), setting)


def day_in(text: str, days: int) -> int:
    """A day after the first."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= days):
        raise StateError(
            message("a day is {day!r}; allowed are whole numbers from 1 to {last}", day=text[:20], last=days)
        )
    return int(text)


def values_of(table: Any) -> Values:
    """Parameters and what they are set to; whether they may be is the scenario's business."""
    if not isinstance(table, dict) or len(table) > 1_000:
        raise StateError(message("the changes of a branch must be parameters by their names"))
    for name, value in table.items():
        if not isinstance(value, bool | int | float | str) or "." not in name or len(name) > 80:
            raise StateError(message("{name} is {value!r}; allowed are numbers, words, true and false",
                                     name=str(name)[:40], value=str(value)[:40]))  # fmt: skip
    return tuple(table.items())


class Reader:
    """Reads one table of a look that somebody has sent."""

    def __init__(self, content: Any, what: Words) -> None:
        if not isinstance(content, dict):
            raise StateError(message("{what} is not a table of names and values", what=what))
        self.content, self.what = content, what

    def only(self, *names: str) -> None:
        """Refuse names that are not known."""
        for name in self.content:
            if name not in names:
                raise StateError(message("{what} has a name {name!r}; allowed are {allowed}",
                                         what=self.what, name=str(name)[:40], allowed=listed(names)))  # fmt: skip

    def refusal(self, name: str, allowed: Words) -> StateError:
        """The error to raise for a value that may not be."""
        return StateError(message("{name} of {what} is {value!r}; allowed are {allowed}", name=name, what=self.what,
                                  value=str(self.content.get(name))[:60], allowed=allowed))  # fmt: skip

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number in a range."""
        value = self.content.get(name)
        if type(value) is not int or not low <= value <= high:
            raise self.refusal(name, message("whole numbers from {low} to {high}", low=low, high=high))
        return value

    def text(self, name: str) -> str:
        """A text that says something."""
        value = self.content.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.refusal(name, message("texts that are not empty"))
        return value

    def one_of(self, name: str, choices: Iterable[str]) -> str:
        """One of some names."""
        value, allowed = self.text(name), list(choices)
        if value not in allowed:
            raise self.refusal(name, listed([*allowed[:12], *(["…"] if len(allowed) > 12 else [])]))
        return value

    def list(self, name: str, most: int) -> list[Any]:
        """A list with something in it."""
        value = self.content.get(name)
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise self.refusal(name, message("lists of 1 to {most}", most=most))
        return value

    def table(self, name: str) -> dict[str, Any]:
        """A table; there may be none."""
        value = self.content.get(name, {})
        if not isinstance(value, dict):
            raise self.refusal(name, message("tables of names and values"))
        return value


# As a scenario


def scenario_of(branch: Branch, question: str, question_zh: str) -> Scenario:
    """A branch as a scenario that can be written down and handed to `linli batch`."""
    setting = branch.setting
    spec, baseline, root = setting.spec(), setting.baseline, preset(setting.preset).root
    path = root.with_name(f"{branch.name}.toml")
    return Scenario(branch.name, path, question, question_zh, spec, baseline, differences(baseline, spec.on(0)), root)


def setting_from(scenario: Scenario, same_town: Callable[[Spec], bool]) -> Setting:
    """The setting that a scenario file leads to. Raises StateError where it begins in another town."""
    if not same_town(scenario.baseline):
        raise StateError(message("{name} begins in another town than this page, and cannot be compared with it",
                                 name=scenario.name))  # fmt: skip
    changes = flat(scenario.changes)
    later = tuple((day, flat(sections)) for day, sections in by_day(scenario.spec))
    return Setting(scenario.root.stem, changes, later)


def flat(sections: dict[str, dict[str, Any]]) -> Values:
    """The values of sections by their full names."""
    return tuple((f"{section}.{name}", value) for section, values in sections.items() for name, value in values.items())
