"""What a design file asks for, as it is understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from linli.experiments.batches.design import Design, Precision, read_design
from linli.experiments.provenance import Refusal
from linli.scenarios import load

Write = Callable[..., Design]
TOWN = 'question = "?"\nquestion_zh = "？"\n[places]\nshare_old = 0.3\n'
TWO_STAFFS = 'question = "?"\nquestion_zh = "？"\nbase = "baseline"\n[grid]\nstaffing = 2\n'


@pytest.fixture
def study(tmp_path: Path) -> Write:
    """`study("days = 3", …, scenarios=["baseline"])` writes such a design and reads it."""

    def written(*lines: str, scenarios: tuple[str, ...] = ("baseline",)) -> Design:
        path = tmp_path / "study.toml"
        named = [f'[[scenarios]]\nname = "{name}"' for name in scenarios]
        place = next((i for i, line in enumerate(lines) if line.startswith("[")), len(lines))
        text = "\n".join(['question = "Who takes part?"', *lines[:place], *named, *lines[place:]])
        path.write_text(text, encoding="utf-8")
        return read_design(path)

    return written


def refusal(study: Write, *lines: str, **about: tuple[str, ...]) -> str:
    """The sentence with which such a design is refused, from after the file on."""
    with pytest.raises(Refusal) as refused:
        study(*lines, **about)
    return str(refused.value).partition("study.toml: ")[2]


def test_a_question_and_a_scenario_are_a_study(study: Write) -> None:
    design = study()
    assert (design.name, design.question, design.path.name) == ("study", "Who takes part?", "study.toml")
    assert (design.size, design.days, design.seeds) == ("community", 365, tuple(range(1, 31)))
    assert (design.tables, design.keep_world, design.outcomes) == (("weekly", "groups"), False, ())
    assert (design.factors, design.plan, design.precision) == ((), None, None)
    (point,) = design.points
    assert point == ("baseline", "baseline", 0, {}, load("baseline").spec, load("baseline").baseline)
    assert design.n_runs == 30


def test_everything_may_be_said(study: Write) -> None:
    design = study('name = "pay"', 'question_zh = "谁会参与？"', 'size = "micro_grid"', "days = 30", "seeds = 4",
                   "first_seed = 11", 'tables = ["daily", "meetings"]', "keep_world = true",
                   'outcomes = ["n_acts"]')  # fmt: skip
    assert (design.name, design.question_zh, design.size, design.days) == ("pay", "谁会参与？", "micro_grid", 30)
    assert (design.seeds, design.tables) == ((11, 12, 13, 14), ("daily", "meetings"))
    assert (design.keep_world, design.outcomes) == (True, ("n_acts",))


def test_seeds_may_be_listed_and_more_follow_the_greatest(study: Write) -> None:
    design = study("seeds = [7, 3]")
    assert design.seeds == design.seeds_up_to(2) == (7, 3)
    assert design.seeds_up_to(5) == (7, 3, 8, 9, 10)
    assert design.seeds_up_to(1) == (7,)
    assert study("seeds = 2").seeds_up_to(3) == (1, 2, 3)


def test_a_scenario_is_shipped_or_a_file_or_written_here(study: Write, tmp_path: Path) -> None:
    (tmp_path / "two_staffs.toml").write_text(TWO_STAFFS, encoding="utf-8")
    design = study(
        "[[scenarios]]", 'file = "two_staffs.toml"',
        "[[scenarios]]", 'file = "two_staffs.toml"', 'name = "the_same"',
        "[[scenarios]]", 'name = "here"', 'base = "two_staffs.toml"', 'question = "And a board?"',
        "[scenarios.changes.recognition]", "visibility = 1",
        scenarios=("five_yuan",),
    )  # fmt: skip
    assert design.scenario_names == ["five_yuan", "two_staffs", "the_same", "here"]
    shipped, file, same, here = design.arms
    assert shipped.spec == load("five_yuan").spec
    assert file.spec == same.spec == load("double_staff").spec
    assert here.changes == {"recognition": {"visibility": 1.0}, "grid": {"staffing": 2.0}}
    assert here.spec == load("double_staff").spec.changed(recognition={"visibility": 1.0})
    assert (here.question, here.question_zh, shipped.question) == ("And a board?", "", load("five_yuan").question)
    assert all(arm.baseline is shipped.baseline for arm in design.arms)


def test_a_town_of_ones_own_is_the_root_of_its_scenarios(study: Write, tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    mine = ("[[scenarios]]", 'name = "mine"', 'base = "town"', "[scenarios.changes.grid]", "staffing = 2",
            "[town.places]", "share_old = 0.3")  # fmt: skip
    design = study(*mine, scenarios=())
    assert design.arms[0].baseline == load(tmp_path / "town.toml").spec
    assert design.arms[0].changes == {"grid": {"staffing": 2.0}}
    assert refusal(study, "[town.places]", "share_old = 0.3").startswith(
        "town is a table, but no scenario grows from it"
    )
    said = refusal(study, *mine, scenarios=("cadre",))
    assert said == (
        'in scenario 2 (mine), base is "town", but its town ([town]) must be that of scenario 1 (baseline.toml), '
        "or their runs cannot be paired."
    )


def test_a_precision_is_of_every_scenario_against_the_first(study: Write) -> None:
    asked = ("[precision]", 'outcome = "n_acts"', "half_width = 3", "most_seeds = 200")
    design = study(*asked, scenarios=("baseline", "cadre", "five_yuan"))
    assert design.precision == Precision("n_acts", 3.0, 200, (), 0.95)
    assert design.pairs == [("baseline", "cadre"), ("baseline", "five_yuan")]
    chosen = study(
        *asked, 'between = ["five_yuan", "cadre"]', "level = 0.9", scenarios=("baseline", "cadre", "five_yuan")
    )
    assert chosen.pairs == [("five_yuan", "cadre")]
    assert chosen.precision == Precision("n_acts", 3.0, 200, ("five_yuan", "cadre"), 0.9)


def test_with_factors_scenarios_are_compared_setting_by_setting(study: Write) -> None:
    doses = ("[factors]", 'design = "factorial"', "[factors.vary.grid.staffing]", "values = [1, 2]")
    both = study(*doses, scenarios=("baseline", "cadre"))
    assert both.pairs == [("baseline-0001", "cadre-0001"), ("baseline-0002", "cadre-0002")]
    alone = study(*doses)
    assert alone.pairs == [("baseline-0001", "baseline-0002")]
    asked = ("[precision]", 'outcome = "n_acts"', "half_width = 3", "most_seeds = 200")
    chosen = study(*doses, *asked, 'between = ["cadre-0002", "baseline-0001"]', scenarios=("baseline", "cadre"))
    assert chosen.pairs == [("cadre-0002", "baseline-0001")]


SAID = {
    "a misspelt name": (("dyas = 3",), "dyas is 3, but there is no such name here; the nearest name is days."),
    "a value as written": (
        ("days = 10_000 # much",), "days is 10_000, but must be a whole number from 1 to 7300."),
    "a list with one bad item": (
        ('tables = ["weekly", "dayly"]',),
        'tables holds "dayly", but each must be one of "weekly", "yearly", "groups", "daily", "issues", "meetings"; '
        "the nearest is daily."),
    "a value under the wrong heading": (
        ("[factors]", "days = 3"),
        "factors.days is 3, but days must stand at the top of the file, before the first [table]."),
    "a section of a scenario": (
        ("[grid]", "staffing = 2"),
        "grid is a table, but must stand under a scenario, as in [scenarios.changes.grid]."),
    "a value of a scenario": (
        ("[[scenarios]]", 'name = "mine"', 'base = "baseline"', "[scenarios.changes.grid]", "staffing = 5.0"),
        "in scenario 2 (mine), grid.staffing is 5.0, but must be a number from 0.1 to 4 (× baseline)."),
    "values of a scenario that contradict each other": (
        ("[[scenarios]]", 'name = "mine"', 'base = "baseline"', "[scenarios.changes.incentives]",
         "points_per_hour = 0x64"),
        "in scenario 2 (mine), incentives.points_per_hour is 0x64 and incentives.programme_on is false, but points "
        "are paid only in a programme, so programme_on must be true or the points 0."),
    "the people of a town": (
        ("[[scenarios]]", 'name = "mine"', 'base = "baseline"', "[scenarios.changes.ties]", "gig = 2"),
        "in scenario 2 (mine), ties.gig is 2, but [ties] must stay as in the baseline, because all scenarios of a "
        "comparison share the same people, places and ties; only a file without a base may set it."),
    "a level": (
        ("[factors]", 'design = "factorial"', '[factors.vary."grid.staffing"]', "values = [1, 2, 0x5]"),
        'factors.vary."grid.staffing".values holds 0x5, but each must be a number from 0.1 to 4 (× baseline).'),
    "levels that contradict a scenario": (
        ("[factors]", 'design = "factorial"', '[factors.vary."incentives.points_per_hour"]', "values = [0, 100]"),
        "at point baseline-0002 (incentives.points_per_hour = 100), incentives.points_per_hour is 100 and "
        "incentives.programme_on is false, but points are paid only in a programme, so programme_on must be true or "
        "the points 0."),
    "a town that cannot be": (
        ("[factors]", 'design = "factorial"', '[factors.vary."places.share_old"]', "values = [0.9]"),
        "in the town of setting 0001 (places.share_old = 0.9), places.share_old is 0.9 and places.share_commodity is "
        "0.45, but together they must be at most 1 (the sum is 1.35)."),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "sentence"), SAID.values(), ids=SAID)
def test_what_is_said_of_a_design_that_cannot_be(lines: tuple[str, ...], sentence: str, study: Write) -> None:
    assert refusal(study, *lines) == sentence


def test_a_design_may_be_large_but_not_by_a_slip(study: Write) -> None:
    scenarios = ("baseline", "cadre", "five_yuan")
    many = ("[factors]", 'design = "latin_hypercube"', "points = 40_000", '[factors.vary."grid.staffing"]',
            "low = 1", "high = 2")  # fmt: skip
    assert refusal(study, *many, scenarios=scenarios) == (
        "3 scenarios × 40000 settings are 120000 points, but there may be at most 100000."
    )
    many = ("seeds = 100_000", *many[:2], "points = 64", *many[3:])
    assert refusal(study, *many, scenarios=scenarios).endswith(
        "3 scenarios × 64 settings × 100000 seeds are 19200000 runs, but there may be at most 10000000."
    )
