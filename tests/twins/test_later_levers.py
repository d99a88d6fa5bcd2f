"""A lever that is moved on a later day: nothing parts before it, and the chain leads back to that day."""

from __future__ import annotations

from linli.experiments import diff

LATER = """question = "What if points come later?"
question_zh = "积分晚些开始会怎样？"
base = "baseline"

[[interventions]]
day = 40

[interventions.incentives]
programme_on = true
points_per_hour = 2000
"""


def test_lives_part_on_the_day_of_the_intervention_and_chains_begin_there(tmp_path) -> None:
    path = tmp_path / "later.toml"
    path.write_text(LATER, encoding="utf-8")
    twins = diff("baseline", path, seed=7, size="general_grid", days=100, chains=4)
    assert twins.events and min(event.day for event in twins.events) >= 40
    assert twins.told and all(chain.links for chain in twins.told)
    for chain in twins.told:
        first = chain.links[0]
        assert first.difference.when.day >= 40
        assert any("incentives" in str(cell.name[0]) for cell in first.needed)
    said = [row["because_of"] for row in twins.records["chains"]]
    assert any("points_per_hour (0 | 2000)" in words for words in said)
