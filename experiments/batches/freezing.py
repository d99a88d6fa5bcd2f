"""A design as one text that needs no other file: its town, its scenarios and its settings written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...scenarios.catalogue import ABOUT
from ...scenarios.contradictions import value_of
from ...scenarios.dumping import text_of_interventions
from ...scenarios.toml_text import toml_of
from .arms import LATER, TOWN
from .given import written_as_table
from .parts import Arm, Factor

if TYPE_CHECKING:
    from .design import Design

HEAD = "# A design with everything it needs written out. It reads to the same study whatever becomes of other files.\n"


def frozen(design: Design) -> str:
    """The canonical text of a design. Read again, it gives an equal design."""
    parts = [HEAD + lines_of(top_of(design)), *town_of(design), *(text_of_arm(arm) for arm in design.arms)]
    if design.plan:
        parts += factors_of(design)
    if design.precision:
        wanted = {name: value for name, value in design.precision._asdict().items() if value != ()}
        parts.append("[precision]\n" + lines_of(wanted))
    return "\n".join(parts)


def top_of(design: Design) -> dict[str, Any]:
    """What stands above all tables."""
    head: dict[str, Any] = {"name": design.name, "question": design.question}
    if design.question_zh:
        head["question_zh"] = design.question_zh
    head |= {"size": design.size, "days": design.days} | seeds_of(design.seeds)
    head |= {"tables": design.tables, "keep_world": design.keep_world}
    return head | ({"outcomes": design.outcomes} if design.outcomes else {})


def seeds_of(seeds: Sequence[int]) -> dict[str, Any]:
    """Seeds in a row by their number and the first; others one by one."""
    if tuple(seeds) == tuple(range(seeds[0], seeds[0] + len(seeds))):
        return {"seeds": len(seeds), "first_seed": seeds[0]}
    return {"seeds": seeds}


def town_of(design: Design) -> list[str]:
    """Every number of the baseline."""
    baseline = design.arms[0].baseline
    return [
        f"[town.{section}]\n" + lines_of({name: value_of(baseline, f"{section}.{name}") for name in abouts})
        for section, abouts in ABOUT.items()
    ]


def text_of_arm(arm: Arm) -> str:
    """A scenario as its differences from the town."""
    head = {"name": arm.name, "question": arm.question, "question_zh": arm.question_zh, "base": TOWN}
    changes = [f"[scenarios.changes.{section}]\n" + lines_of(values) for section, values in arm.changes.items()]
    changes += text_of_interventions(arm.spec, LATER)
    return "\n".join(["[[scenarios]]\n" + lines_of({name: text for name, text in head.items() if text}), *changes])


def factors_of(design: Design) -> list[str]:
    """The factors, and the settings as they were drawn or given."""
    assert design.plan is not None
    kind, points, luck = design.plan
    head: dict[str, Any] = {"design": kind}
    if kind in ("latin_hypercube", "sobol"):
        head |= {"points": points, "luck": luck}
    rows = "" if kind == "factorial" else f"rows = '''\n{written_as_table(settings_of(design))}\n'''\n"
    vary = [] if kind == "table" else [text_of_factor(factor) for factor in design.factors]
    return ["[factors]\n" + lines_of(head) + rows, *vary]


def settings_of(design: Design) -> list[dict[str, Any]]:
    """The settings of the factors, each once."""
    return [point.values for point in design.points[:: len(design.arms)]]


def text_of_factor(factor: Factor) -> str:
    """What a factor is varied over."""
    about: dict[str, Any] = {"values": factor.values}
    if not factor.values:
        about = {"low": factor.low, "high": factor.high, "scale": factor.scale}
    return f'[factors.vary."{factor.parameter}"]\n' + lines_of(about)


def lines_of(values: Mapping[str, Any]) -> str:
    """One `name = value` a line."""
    return "".join(f"{name} = {written(value)}\n" for name, value in values.items())


def written(value: Any) -> str:
    """A value as TOML; a tuple as a list."""
    return f"[{', '.join(map(toml_of, value))}]" if isinstance(value, tuple) else toml_of(value)
