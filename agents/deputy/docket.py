"""The docket: what a deputy takes along from reception days, and hands over to departments (C7, C9)."""

from __future__ import annotations

from ..core.compiled import compiled


@compiled
def hand_over(rows, petitions, deputies):  # type: ignore[no-untyped-def]
    """Each deputy whose day it is hands over the docket: these rows of petitions.

    Writes the petition's `handed_over` and the deputy's count.
    """
    for k in rows:
        petitions[k].handed_over = True
        deputies[petitions[k].deputy].n_docketed += 1
