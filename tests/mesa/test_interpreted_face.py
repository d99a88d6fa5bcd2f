"""With LINLI_INTERPRETED=1 rules and acts are plain Python, for the face as for the town."""

from __future__ import annotations

import os
import subprocess
import sys

STORY = """
import sys
from linli.agents.core.compiled import INTERPRETED, plain
from linli.model.neighbourhood import Neighbourhood
from linli.agents.resident.volunteering import volunteer
from linli.model.networks import to_networkx
from linli.model.world import differences, load, save

assert INTERPRETED and plain(volunteer) is volunteer
changes = {"deliberation": {"quorum": 2, "period": 2}}
lever = {"points_per_hour": 500, "points_per_meeting_hour": 500, "changes": changes}
at_once, one_by_one = (Neighbourhood(size="micro_grid", rng=11, **lever) for _ in range(2))
at_once.run_days(4)
one_by_one.agent_by_agent = True
for _ in range(4):
    one_by_one.step()
assert differences(at_once.world, one_by_one.world) == []
person = next(iter(at_once.residents.select(lambda a: a.adult)))
print(person.explain("report", issue=3))
print(person.explain("attend", stake=0.5))
print(person.explain("volunteer"))
assert len(to_networkx(at_once)) > 100
save(at_once.world, sys.argv[1])
"""


def test_a_few_days_are_the_same_bits_uncompiled(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from linli.model.neighbourhood import Neighbourhood
    from linli.model.world import differences, load

    path = tmp_path / "uncompiled.npz"
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(path)],
        env={**os.environ, "LINLI_INTERPRETED": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    changes = {"deliberation": {"quorum": 2, "period": 2}}
    compiled = Neighbourhood(
        size="micro_grid", rng=11, points_per_hour=500, points_per_meeting_hour=500, changes=changes
    )
    compiled.run_days(4)
    assert differences(compiled.world, load(path)) == []
    person = next(iter(compiled.residents.select(lambda a: a.adult)))
    said = [person.explain("report", issue=3), person.explain("attend", stake=0.5), person.explain("volunteer")]
    assert done.stdout.strip() == "\n".join(map(str, said))
