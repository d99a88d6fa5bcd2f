"""Stories, and the coefficients they are about.

A story is a test of what somebody does in a situation, and it names the coefficients it is about:

    @story("reporting.sigma")
    def test_who_is_inclined_to_report_reports_more(spec): ...

It is told once as it is, and must hold. Then it is told once more for each coefficient it names with that coefficient
neutralised, that is, held at a value at which it has no effect, whatever the story sets; and it must fail. So a
coefficient that does nothing, or that nobody would miss, is found out. A story builds its numbers from `spec` while
it is told: numbers made before, at the head of a module or in a cache, would not be neutralised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from linli.agents.core.parameter import About, Parameters
from linli.model.issues import Kind, KindOfIssue, Kinds
from linli.model.spec import Spec

T = TypeVar("T", bound=Callable[..., None])

TOLD: dict[str, set[str]] = {}
"""The stories of each coefficient, by its name."""


def story(*names: str, neutral: Any = None) -> Callable[[T], T]:
    """Say which coefficients a test is about ("section.parameter"), and at which value they have no effect.

    Without `neutral` that is 0, or no, or the first of several choices. A coefficient of the kinds of issue is
    neutralised for all of them ("kinds.labour") or for one ("kinds.garbage.labour"). Decorators may stand over one
    another, where coefficients differ in their neutral value. Raises KeyError for a name there is no coefficient of.
    """
    values = {name: neutral_value(name, neutral) for name in names}

    def note(test: T) -> T:
        test.neutral = getattr(test, "neutral", {}) | values  # type: ignore[attr-defined]
        for name in names:
            TOLD.setdefault(name, set()).add(test.__name__)
        return test

    return note


def neutral_value(name: str, neutral: Any = None) -> Any:
    """The value at which a coefficient has no effect, of the coefficient's own type."""
    about = coefficient(name)
    if about.choices:
        value = about.choices[0] if neutral is None else neutral
        if value not in about.choices:
            raise ValueError(f"{name}: {value!r} is none of {', '.join(about.choices)}")
        return value
    return type(about.default)(0 if neutral is None else neutral)


def coefficient(name: str) -> About:
    """What is declared of a coefficient. Raises KeyError if there is none of that name."""
    group, parameter, _ = _place_of(name)
    for about in group.about():
        if about.name == parameter:
            return about
    raise KeyError(f"{name}: no such coefficient")


@contextmanager
def neutralised(name: str, value: Any) -> Iterator[None]:
    """While this lasts, compiled code is given this value of the coefficient, whatever a specification says."""
    group, parameter, kind = _place_of(name)
    owner: type[Parameters] = Kinds if kind else group
    told = owner.numbers

    def numbers(self: Parameters) -> Any:
        held = {parameter: value}
        if kind:
            held = {kind: getattr(self, kind).model_copy(update=held)}
        return told(self.model_copy(update=held))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, "numbers", numbers)
        yield


def must_fail_without(name: str, value: Any, tell: Callable[[], Any]) -> None:
    """Tell a story with a coefficient neutralised: it has to fail, and by an assertion."""
    with neutralised(name, value):
        try:
            tell()
        except AssertionError:
            return
    pytest.fail(f"nobody would notice if {name} did nothing: the story holds when it is {value!r}", pytrace=False)


def _place_of(name: str) -> tuple[type[Parameters], str, str]:
    """Group and parameter a name stands for, and the kind of issue if it names one."""
    section, *between, parameter = name.split(".")
    if section == "kinds":
        kind = between[0] if between else ""
        if not kind or kind.upper() in Kind.__members__:
            return KindOfIssue, parameter, kind
    elif section in Spec.model_fields and not between:
        group: Any = Spec.model_fields[section].annotation
        return group, parameter, ""
    raise KeyError(f"{name}: no such coefficient")
