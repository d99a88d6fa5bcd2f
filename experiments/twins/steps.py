"""The day in steps: the same acts in the same order as `live` has them, but one may stop between any two.

The steps are cut from the text of the day itself. What one act hands to the next within a step is not seen from
outside; what is handed from step to step is (a `Stage`).
"""

from __future__ import annotations

import ast
import inspect
import types
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ...agents.core.compiled import plain
from ...agents.core.field import dtype_of
from ...agents.core.table import unwrapped
from ...model import world as worlds
from ...model.day import live
from ...model.world import TownFields, World

BEGINS = {
    "offer": "new_day", "arise": "first_new", "shift": "start_shift", "patrol": "send_on_patrol", "report": "meet",
    "route": "route", "filter": "turn_away", "convene": "convene", "attend": "attend", "vote": "vote",
    "deliberate": "deliberate", "carry_out": "carry_out", "lessons": "take_lessons", "bond": "bond",
    "visit": "visiting_today", "duty": "on_duty_today", "call": "call_and_ask", "volunteer": "volunteer",
    "enlist": "enlist", "work": "line_up", "climb": "climb", "close": "close", "reopen": "reopen_or_drop",
    "contests": "keep_the_mall", "mall": "late", "praise": "praise", "receive": "receiving", "docket": "docket",
    "broker": "seeking", "hear_back": "news", "learn": "learn", "night": "look_back",
}  # fmt: skip
"""The steps of a day in order, and the act (or the name first given a value) that each begins with."""

PARAMETERS = "p"
"""The name under which the text of the day has the numbers of the town."""


class Step(NamedTuple):
    """A stretch of the day."""

    name: str
    code: types.CodeType
    reads: frozenset[str]
    """Names it uses: tables, what earlier steps have worked out, and `p.section` for numbers."""
    calls: dict[str, ast.Call]
    """Its acts by name, as they are called."""


class Stage(NamedTuple):
    """A town between two steps of its day: its tables, and what the steps so far have worked out besides."""

    world: World
    here: dict[str, Any]


@cache
def _text() -> tuple[types.CodeType, list[Step], frozenset[str]]:
    """What opens the day, its steps, and the names that one step leaves to another."""
    function = plain(live)
    tree = ast.parse(inspect.getsource(function)).body[0]
    assert isinstance(tree, ast.FunctionDef)
    loop = next(node for node in tree.body if isinstance(node, ast.For))
    opening = [node for node in tree.body[: tree.body.index(loop)] if isinstance(node, ast.Assign)]
    cut: dict[str, list[ast.stmt]] = {}
    name = ""
    for statement in loop.body:
        begun = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)} & set(BEGINS.values())
        name = next((n for n, first in BEGINS.items() if n not in cut and first in begun), name) if begun else name
        cut.setdefault(name or "offer", []).append(statement)
    steps = [_step(name, statements) for name, statements in cut.items()]
    left = {name for statements in cut.values() for name in _stored(statements)}
    return _compiled(opening), steps, frozenset(left - set(World._fields))


def _step(name: str, statements: list[ast.stmt]) -> Step:
    used = {node.id for s in statements for node in ast.walk(s) if isinstance(node, ast.Name)}
    sections = {
        f"{PARAMETERS}.{node.attr}"
        for s in statements
        for node in ast.walk(s)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == PARAMETERS
    }
    of_world = {
        node.attr
        for s in statements
        for node in ast.walk(s)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "world"
    }
    calls = {
        node.func.id: node
        for s in statements
        for node in ast.walk(s)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return Step(name, _compiled(statements), frozenset(used | sections | of_world), calls)


def _stored(statements: list[ast.stmt]) -> set[str]:
    nodes = (node for s in statements for node in ast.walk(s))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _compiled(statements: list[Any]) -> types.CodeType:
    return compile(ast.Module(statements, []), "<the day>", "exec")


def steps() -> list[Step]:
    """The steps of a day, in order."""
    return _text()[1]


def place_of(name: str) -> int:
    """Where in the day a step stands, from 0."""
    return [step.name for step in steps()].index(name)


def dawn(world: World) -> Stage:
    """The morning of a day. The world is not copied."""
    return Stage(world, {})


def after(stage: Stage, step: Step, numbers: Any) -> Stage:
    """The town after a step under these numbers. Tables are written in place: hand in copies."""
    scope = scope_of(stage, numbers)
    exec(step.code, plain(live).__globals__, scope)
    return _left(scope)


def scope_of(stage: Stage, numbers: Any) -> dict[str, Any]:
    """The names the text of the day uses, and what they mean here."""
    opening, _, _ = _text()
    world = worlds.wrap(stage.world)
    if isinstance(world.town, np.ndarray):  # outside compiled code a row of a plain array has no attributes
        world = world._replace(town=world.town.view(np.recarray))
    scope: dict[str, Any] = {"world": world, PARAMETERS: numbers, "n_days": 1}
    exec(opening, plain(live).__globals__, scope)
    scope |= stage.here
    if "tally" in stage.here:  # a view of the daily table
        scope["tally"] = scope["days"][world.town[0].n_days - 1 : world.town[0].n_days]
    return scope


def _left(scope: dict[str, Any]) -> Stage:
    names = _text()[2]
    found = {name: unwrapped(scope.get(name, getattr(scope["world"], name))) for name in World._fields}
    town = found["town"]
    found["town"] = town.view(dtype_of(TownFields), np.ndarray) if isinstance(town, np.recarray) else town
    return Stage(World(**found), {name: scope[name] for name in names if name in scope})

