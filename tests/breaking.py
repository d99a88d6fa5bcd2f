"""Ways to write a value or a name wrongly, and what must be said about it."""

from __future__ import annotations

import random
from collections.abc import Iterator

from linli.scenarios import Entry


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
