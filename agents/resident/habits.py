"""Habit: what was done lately is done more easily, and is forgotten with time (E6)."""

from __future__ import annotations

import math

from ..core.compiled import compiled
from ..core.parameter import Parameter, Parameters, numbers_of


class Habits(Parameters):
    """How habit builds up and fades."""

    gain: float = Parameter(0.35, "1", 0, 1, "share of the way to full habit gained by one unpaid act", "assumption")
    habit_paid: float = Parameter(
        0.5, "1", 0, 1, "the same for a fully paid act, as a share of the unpaid (φ)", "H1, assumption"
    )
    half_life: float = Parameter(120.0, "d", 10, 1000, "half-life of habit", "assumption")


HabitsNumbers = numbers_of(Habits)


@compiled
def habit_now(resident, day, p):  # type: ignore[no-untyped-def]
    """Today's habit of volunteering (0..1)."""
    if resident.habit == 0.0:
        return 0.0
    return resident.habit * math.exp(-math.log(2.0) * (day - resident.habit_day) / p.half_life)


@compiled
def habit_after(habit, pull_of_pay, p):  # type: ignore[no-untyped-def]
    """Habit after one more act: what pay pulled a resident into becomes less of a habit (pull of pay 0..1)."""
    share = 1.0 - (1.0 - p.habit_paid) * pull_of_pay
    return habit + p.gain * share * (1.0 - habit)
