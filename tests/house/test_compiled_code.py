"""Traps of compiled code that can be seen in the text, each reproduced once before it became a rule."""

from __future__ import annotations

import ast
import sys

import pytest
from house.repo import functions, offences, sources
from linli.agents.core.field import KINDS, fields_of
from linli.model.day import live
from linli.model.issues import KindOfIssue
from linli.model.spec import Spec
from linli.model.world import ENTITIES

COMPILED = [function for function in functions("agents", "model") if function.compiled]


def test_there_is_compiled_code_to_look_at():
    assert len(COMPILED) > 60


def test_acts_are_serial():
    """A write to a table inside prange can be lost without a word."""
    assert not offences(r"prange|parallel\s*=\s*True", sources("agents", "model"))


def test_no_fast_maths():
    """It reorders sums, so that bits would depend on the machine."""
    assert not offences(r"fastmath", sources("agents", "model"))


@pytest.mark.parametrize(
    ("attribute", "instead"),
    [
        ("_replace", "day alone rebuilds the World"),
        ("mean", "a loop: NumPy's mean differs in the last bit"),
        ("sum", "a loop: NumPy's sum differs in the last bit"),
        ("std", "a loop"),
        ("var", "a loop"),
    ],
)
def test_methods_that_do_not_compile_or_differ_in_the_last_bit(attribute, instead):
    found = [
        str(function)
        for function in COMPILED
        for node in ast.walk(function.node)
        if isinstance(node, ast.Attribute) and node.attr == attribute
    ]
    assert not found, f"instead: {instead}"


def test_no_powers():
    """A power with a whole exponent is repeated multiplication when compiled and a library call when not."""
    found = [
        str(function)
        for function in COMPILED
        for node in ast.walk(function.node)
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Pow)
    ]
    assert not found


def test_no_luck_but_draws():
    assert not offences(r"np\.random|numpy\.random|import random|from random", sources("agents", "model"))


def test_no_functions_passed_or_made_inside():
    """They are compiled again in each process."""
    found = [
        str(function)
        for function in COMPILED
        for node in ast.walk(function.node)
        if isinstance(node, (ast.Lambda, ast.FunctionDef)) and node is not function.node
    ]
    assert not found


@pytest.mark.parametrize("entity", ENTITIES)
def test_fields_have_types_that_promote_alike(entity):
    assert {field.kind for field in fields_of(ENTITIES[entity]).values()} <= set(KINDS)
    assert "f4" not in KINDS


@pytest.mark.parametrize("section", [name for name in Spec.model_fields if name != "kinds"])
def test_a_groups_numbers_bear_the_name_they_are_bound_to(section):
    """A type under another name is never found again on disk."""
    numbers = type(getattr(Spec(), section).numbers())
    assert getattr(sys.modules[numbers.__module__], numbers.__name__) is numbers


@pytest.mark.parametrize("numbers", (type(Spec().numbers()), type(KindOfIssue().numbers())))
def test_other_tuples_too(numbers):
    assert getattr(sys.modules[numbers.__module__], numbers.__name__) is numbers


def test_parameters_are_flat():
    """Nested tuples of parameters fail in compiled loops; the table of kinds is an array."""
    for section, numbers in Spec().numbers()._asdict().items():
        if section != "kinds":
            assert all(isinstance(value, (bool, int, float)) for value in numbers), section


def test_only_the_day_takes_the_whole_world():
    """An act that takes it compiles almost twice as long."""
    takers = [str(f) for f in COMPILED if "world" in [a.arg for a in f.node.args.args] and f.name != "live"]
    assert not takers
    assert callable(live)
