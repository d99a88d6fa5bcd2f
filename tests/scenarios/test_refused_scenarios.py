"""What a reader is told about a bad file: one sentence with the file, the field, the value and what is allowed.

Each is looked at in Chinese, too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from chinese_refusals import faults_in_chinese
from linli.model.spec import Spec
from linli.scenarios import ScenarioError, load, names
from linli.scenarios.catalogue import LATER
from linli.scenarios.contradictions import CONTRADICTIONS

Write = Callable[..., Path]


def complaint(path: str | Path) -> str:
    """The sentence with which a file is refused, without the file it begins with."""
    with pytest.raises(ScenarioError) as refused:
        load(path)
    sentence = str(refused.value)
    assert len(sentence.splitlines()) == 1
    assert sentence.isprintable()
    assert sentence.startswith(str(path))
    assert sentence.endswith(".")
    assert not faults_in_chinese(refused.value, path)
    return sentence[len(str(path)) + 2 :]


POINTS = "a whole number from 0 to 10000 (points per h)"
STAFFING = "a number from 0.1 to 4 (× baseline)"
RULES = '"cadre", "majority", "residents_meeting", "owners", "ballot"'
NO_PAY = "points are paid only in a programme, so programme_on must be true or the points 0"

ONE_VALUE = {
    "too much": (
        "[incentives]\npoints_per_hour = 20_000 # a lot",
        f"incentives.points_per_hour is 20_000, but must be {POINTS}.",
    ),
    "too little": ("[grid]\nstaffing = 0.05", f"grid.staffing is 0.05, but must be {STAFFING}."),
    "not a number": ("[grid]\nstaffing = nan", f"grid.staffing is nan, but must be {STAFFING}."),
    "infinite": ("[grid]\nstaffing = -inf", f"grid.staffing is -inf, but must be {STAFFING}."),
    "as the writer put it": ("[grid]\nstaffing = 1e3", f"grid.staffing is 1e3, but must be {STAFFING}."),
    "a text for a number": (
        '[grid]\nstaffing = "half # of it"',
        f'grid.staffing is "half # of it", but must be {STAFFING}.',
    ),
    "a broken number for a whole one": (
        "[deliberation]\nperiod = 7.0",
        "deliberation.period is 7.0, but must be a whole number from 1 to 120 (d).",
    ),
    "yes for a whole number": (
        "[incentives]\npoints_per_hour = true",
        f"incentives.points_per_hour is true, but must be {POINTS}.",
    ),
    "yes for a number": (
        "[habits]\ngain = true",
        "habits.gain is true, but must be a number from 0 to 1 (a pure number).",
    ),
    "one for yes": ("[incentives]\nprogramme_on = 1", "incentives.programme_on is 1, but must be true or false."),
    "a table": ("[grid.staffing]\nhours = 1", f"grid.staffing is a table, but must be {STAFFING}."),
    "a list": ("[grid]\nstaffing = [1, 2]", f"grid.staffing is [1, 2], but must be {STAFFING}."),
    "a list over two lines": ("[grid]\nstaffing = [1,\n2]", f"grid.staffing is a list, but must be {STAFFING}."),
    "a date": ("[grid]\nstaffing = 2025-01-01", f"grid.staffing is 2025-01-01, but must be {STAFFING}."),
    "a choice that is none": (
        '[deliberation]\nrule = "majorty"',
        f'deliberation.rule is "majorty", but must be one of {RULES}; the nearest is majority.',
    ),
    "a choice like no other": (
        '[deliberation]\nrule = "x"',
        f'deliberation.rule is "x", but must be one of {RULES}.',
    ),
    "a number for a choice": (
        "[kinds.dogs]\naffected = 2",
        'kinds.dogs.affected is 2, but must be one of "neighbours", "micro_grid", "general_grid_sample".',
    ),
    "a section in braces": ("grid = {staffing = 9}", f"grid.staffing is 9, but must be {STAFFING}."),
    "a name with dots": ("grid.staffing = 9", f"grid.staffing is 9, but must be {STAFFING}."),
    "a misspelt name": (
        "[incentives]\npoints_per_hr = 500",
        "incentives.points_per_hr is 500, but [incentives] has no such name; the nearest name is points_per_hour.",
    ),
    "a name in capitals": (
        "[grid]\nStaffing = 2",
        "grid.Staffing is 2, but [grid] has no such name; the nearest name is staffing.",
    ),
    "a name like no other": (
        "[habits]\nxyzzy = 2",
        "habits.xyzzy is 2, but [habits] has no such name; allowed are gain, habit_paid, half_life.",
    ),
    "a name of another section": (
        "[incentives]\nstaffing = 2",
        "incentives.staffing is 2, but it must stand under [grid].",
    ),
    "a name above all sections": (
        "staffing = 2",
        "staffing is 2 and stands above all sections, but it must stand under [grid].",
    ),
    "the base in a section": (
        '[grid]\nbase = "baseline"',
        'grid.base is "baseline", but base must stand at the top of the file, before the first section.',
    ),
    "a misspelt name at the top": (
        'bass = "baseline"',
        'bass is "baseline" and stands above all sections, where it is not known; the nearest name is base.',
    ),
    "a misspelt section": (
        "[incentive]\npoints_per_hour = 500",
        "[incentive] is not a section; the nearest name is incentives.",
    ),
    "a section that is a number": ("grid = 3", "grid is 3, but must be a section, opened by [grid]."),
    "kinds that are a number": ("kinds = 3", "kinds is 3, but must be a section, opened by [kinds.planters]."),
    "a kind that is a number": ("[kinds]\ndogs = 3", "kinds.dogs is 3, but must be a section, opened by [kinds.dogs]."),
    "a misspelt kind": (
        "[kinds.dog]\nshare = 0.1",
        "kinds.dog is a table, but there is no such kind of issue; the nearest name is dogs.",
    ),
    "a name without its kind": (
        "[kinds]\nshare = 0.1",
        "kinds.share is 0.1, but it must stand under a kind of issue, such as [kinds.planters].",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), ONE_VALUE.values(), ids=ONE_VALUE)
def test_a_value_that_may_not_be(text: str, sentence: str, write: Write) -> None:
    assert complaint(write("mine.toml", text)) == sentence


@pytest.mark.parametrize("section", LATER)
@pytest.mark.parametrize("form", ["[{}]", "[[{}]]"])
def test_what_later_versions_will_have_is_refused_by_name(section: str, form: str, write: Write) -> None:
    sentence = complaint(write("mine.toml", form.format(section), "dose = 1"))
    assert sentence.startswith(f"[{section}] is not available in this version; available are incentives,")


NOTHING_FOR_OWNERS = "\n".join(
    f"[kinds.{kind}]\nowners_matter = false\nspecial_matter = false"
    for kind, values in Spec().kinds
    if values.owners_matter
)

AT_MOST_1 = "together they must be at most 1 (the sum is {})"

CONTRADICTED = {
    "points without a programme": (
        "[incentives]\npoints_per_hour = 5_00",
        ["incentives.points_per_hour is 5_00", "incentives.programme_on is false"],
        NO_PAY,
    ),
    "meeting points without one": (
        "[incentives]\npoints_per_meeting_hour = 1",
        ["incentives.points_per_meeting_hour is 1", "incentives.programme_on is false"],
        NO_PAY,
    ),
    "kinds": (
        "[kinds.dogs]\nshare = 0.12",
        ["kinds.dogs.share is 0.12"],
        "the shares of all kinds must sum to 1 (the sum is 1.05)",
    ),
    "compounds": (
        "[places]\nshare_commodity = 0.70",
        ["places.share_old is 0.4", "places.share_commodity is 0.70"],
        AT_MOST_1.format(1.1),
    ),
    "ages": (
        "[population]\nshare_young = 1",
        ["population.share_children is 0.16", "population.share_young is 1", "population.share_old is 0.19"],
        AT_MOST_1.format(1.35),
    ),
    "cooperation": (
        "[population]\nshare_free_rider = 0.9",
        ["population.share_free_rider is 0.9", "population.share_unconditional is 0.18"],
        AT_MOST_1.format(1.08),
    ),
    "work": (
        "[population]\nshare_gig = 0.9",
        ["population.share_gig is 0.9", "population.share_student is 0.05", "population.share_other_work is 0.12"],
        AT_MOST_1.format(1.07),
    ),
    "severity": (
        "[issues]\nseverity_low = 1",
        ["issues.severity_low is 1", "issues.severity_high is 0.9"],
        "severity_low must be at most severity_high",
    ),
    "a plan to change nothing": (
        "[deliberation]\nplan = -0.50",
        ["deliberation.plan is -0.50", "deliberation.status_quo is -0.5"],
        "a plan must differ from the status quo, or there is nothing to decide",
    ),
    "nobody of working age": (
        "[population]\nshare_children = 0.5\nshare_old = 0.5\nshare_young = 0",
        ["population.share_children is 0.5", "population.share_old is 0.5"],
        "together they must be below 1, so that somebody is between 18 and 59 (the sum is 1)",
    ),
    **{
        f"{points} without a programme": (
            f"[incentives]\n{points} = 7",
            [f"incentives.{points} is 7", "incentives.programme_on is false"],
            NO_PAY,
        )
        for points in ("points_per_duty_hour", "worker_points_per_hour", "merit_points", "appraisal_points")
    },
    **{
        f"nobody can win the {prize}": (
            f"[incentives]\nprogramme_on = true\n{prize}_points = 9\n{prize}_share = 0.0",
            [f"incentives.{prize}_points is 9", f"incentives.{prize}_share is 0.0"],
            "a prize needs winners, so the share must be above 0 or the points 0",
        )
        for prize in ("merit", "appraisal")
    },
    "points for no duty": (
        "[incentives]\nprogramme_on = true\npoints_per_duty_hour = 5",
        ["incentives.points_per_duty_hour is 5", "party.obligation_minutes is 0"],
        "duty points are paid for the hours members owe, so obligation_minutes must be above 0 or the points 0",
    ),
    "nothing to withdraw": (
        "[incentives]\nwithdrawn_on = 365",
        ["incentives.withdrawn_on is 365", "incentives.programme_on is false"],
        "only a programme can be withdrawn, so programme_on must be true or withdrawn_on 30000 (never)",
    ),
    "nothing to donate": (
        '[mall]\nredeem_for = "donation"',
        ['mall.redeem_for is "donation"', "incentives.programme_on is false"],
        'points are redeemed only in a programme, so programme_on must be true or redeem_for "goods" (the default)',
    ),
    "a dry mall without a programme": (
        "[mall]\nbudget_limited = true",
        ["mall.budget_limited is true", "incentives.programme_on is false"],
        "only a programme has a mall, so programme_on must be true or budget_limited false",
    ),
    "a dry mall for donations": (
        '[incentives]\nprogramme_on = true\n[mall]\nbudget_limited = true\nredeem_for = "donation"',
        ["mall.budget_limited is true", 'mall.redeem_for is "donation"'],
        "points given away need no goods, so a mall for donations cannot run dry",
    ),
    "micro-grids praised never": (
        "[recognition]\npraise_grid_share = 0.1",
        ["recognition.praise_grid_share is 0.1", "recognition.praise_days is 0"],
        "micro-grids are praised in rounds of praise, so praise_days must be above 0 or praise_grid_share 0",
    ),
    "praise of nobody": (
        "[recognition]\npraise_days = 90\npraise_share = 0",
        [
            "recognition.praise_days is 90",
            "recognition.praise_share is 0",
            "recognition.praise_grid_share is 0.0",
        ],
        "a round of praise must praise somebody, so one of the shares must be above 0 or praise_days 0",
    ),
    "more rounds than there are": (
        "[deliberation]\nmin_rounds = 3\nmax_rounds = 2",
        ["deliberation.min_rounds is 3", "deliberation.max_rounds is 2"],
        "min_rounds must be at most max_rounds",
    ),
    "a full discussion that does not fit": (
        "[deliberation]\nfull_discussion = true\nmax_rounds = 3",
        ["deliberation.full_discussion is true", "deliberation.rounds_full is 4", "deliberation.max_rounds is 3"],
        "a full discussion must fit into the talk, so rounds_full must be at most max_rounds",
    ),
    "special matters made easy": (
        "[deliberation]\nowners_threshold = 0.8",
        ["deliberation.owners_threshold is 0.8", "deliberation.owners_threshold_special is 0.75"],
        "special matters must need no smaller a majority than ordinary ones",
    ),
    "owners with nothing to decide": (
        '[deliberation]\nrule = "owners"\n' + NOTHING_FOR_OWNERS,
        ['deliberation.rule is "owners"'],
        "then a contested kind of issue must be for the owners to decide (owners_matter = true)",
    ),
    "advice without a vote": (
        '[deliberation]\nrule = "cadre"\nbinding = false',
        ['deliberation.rule is "cadre"', "deliberation.binding is false"],
        "where the cadre decides at once there is no vote that could be advice, so binding must be true",
    ),
    "a ballot with seats": (
        '[deliberation]\nrule = "ballot"\nattendance = "council"',
        ['deliberation.rule is "ballot"', 'deliberation.attendance is "council"'],
        'all affected vote in a ballot, so attendance must be "self_selected"',
    ),
    "a residents' meeting by lot": (
        '[deliberation]\nrule = "residents_meeting"\nattendance = "random"',
        ['deliberation.rule is "residents_meeting"', 'deliberation.attendance is "random"'],
        'a residents\' meeting is open to every household, so attendance must be "self_selected"',
    ),
    **{
        f"fewer seats than a quorum ({attendance})": (
            f'[deliberation]\nattendance = "{attendance}"\n{field} = 4',
            [f'deliberation.attendance is "{attendance}"', "deliberation.quorum is 5", f"deliberation.{field} is 4"],
            "the quorum must be at most the number of seats, or nobody can ever decide",
        )
        for attendance, field in (("council", "council_seats"), ("random", "random_seats"))
    },
    "a special matter of nobody": (
        "[kinds.dogs]\nspecial_matter = true",
        ["kinds.dogs.special_matter is true", "kinds.dogs.owners_matter is false"],
        "special matters are matters of the owners, so owners_matter must be true or special_matter false",
    ),
    "an example without work": (
        "[party]\nexemplar = true",
        ["party.exemplar is true", "party.obligation_minutes is 0"],
        "members set an example by the work they owe, so obligation_minutes must be above 0 or exemplar false",
    ),
    "a patrol longer than the week": (
        "[grid]\npatrol_hours = 6.5",
        ["grid.patrol_hours is 6.5", "grid.hours_micro_grid is 5.0"],
        "patrols are part of the week, so patrol_hours must be at most hours_micro_grid",
    ),
    "a patrol that never walks": (
        '[grid]\npatrol_policy = "adaptive"',
        ['grid.patrol_policy is "adaptive"', "grid.patrol_hours is 0.0"],
        'a patrol needs time to adapt, so patrol_hours must be above 0 or patrol_policy "fixed"',
    ),
    "a reception day too short for one": (
        "[deputies]\nminutes_day = 30\nminutes_petition = 45",
        ["deputies.minutes_petition is 45", "deputies.minutes_day is 30"],
        "a reception day must last for one petitioner at least",
    ),
    "no issues anywhere": (
        "[places]\nshare_old = 1\nshare_commodity = 0\nhazard_old = 0.0",
        [
            "places.share_old is 1",
            "places.share_commodity is 0",
            "places.hazard_old is 0.0",
            "places.hazard_commodity is 0.8",
            "places.hazard_resettlement is 1.1",
        ],
        "at least one kind of compound that exists must have a rate of issues above 0",
    ),
}


@pytest.mark.parametrize(("text", "values", "wanted"), CONTRADICTED.values(), ids=CONTRADICTED)
def test_values_that_do_not_go_together(text: str, values: list[str], wanted: str, write: Write) -> None:
    assert complaint(write("mine.toml", text)) == f"{' and '.join(values)}, but {wanted}."


def test_a_difference_may_contradict_its_base(write: Write) -> None:
    sentence = complaint(write("off.toml", 'base = "five_yuan"', "[incentives]", "programme_on = false"))
    assert sentence.startswith("incentives.points_per_hour is 500 and incentives.programme_on is false")


def test_every_contradiction_has_its_story() -> None:
    """One of each, for the kinds of issue one in all."""
    told = {tuple(value.partition(" is ")[0] for value in values) for _, values, _ in CONTRADICTED.values()}
    fields = {each.fields for each in CONTRADICTIONS if not each.fields[0].startswith("kinds.")}
    assert fields <= told


def test_a_prize_may_be_off_and_a_duty_unpaid(write: Write) -> None:
    load(write("mine.toml", "[incentives]", "merit_share = 0.0", "[party]", "obligation_minutes = 60"))


def test_shares_may_leave_nothing_over(write: Write) -> None:
    load(write("mine.toml", "[places]", "share_old = 0.7", "share_commodity = 0.3"))
    load(write("mine.toml", "[population]", "share_gig = 0.7", "share_student = 0.2", "share_other_work = 0.1"))


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [("population", "share_party", "0.1"), ("places", "share_old", "0.40"), ("ties", "gig", "2")],
)
def test_a_difference_leaves_people_places_and_ties_alone(section: str, name: str, value: str, write: Write) -> None:
    sentence = complaint(write("mine.toml", 'base = "baseline"', f"[{section}]", f"{name} = {value}"))
    assert sentence == (
        f"{section}.{name} is {value}, but [{section}] must stay as in the baseline, because all scenarios "
        "of a comparison share the same people, places and ties; only a file without a base may set it."
    )


HEADS = {
    "nothing at all": ("", 'question is missing, but must be given at the top of the file: question = "…".'),
    "no Chinese": (
        'question = "What?"\n',
        'question_zh is missing, but must be given at the top of the file: question_zh = "…".',
    ),
    "no English": (
        'question_zh = "呢？"\n',
        'question is missing, but must be given at the top of the file: question = "…".',
    ),
    "an empty question": (
        'question = " "\nquestion_zh = "呢？"\n',
        'question is " ", but must be a text in quotes, not empty.',
    ),
    "a number for a question": (
        'question = 3\nquestion_zh = "呢？"\n',
        "question is 3, but must be a text in quotes, not empty.",
    ),
    "an empty base": (
        'question = "What?"\nquestion_zh = "呢？"\nbase = ""\n',
        'base is "", but must be a text in quotes, not empty.',
    ),
    "a number for a base": (
        'question = "What?"\nquestion_zh = "呢？"\nbase = 1\n',
        "base is 1, but must be a text in quotes, not empty.",
    ),
}


@pytest.mark.parametrize(("head", "sentence"), HEADS.values(), ids=HEADS)
def test_the_top_of_a_file(head: str, sentence: str, write: Write) -> None:
    assert complaint(write("mine.toml", head=head)) == sentence


def test_a_base_that_is_not_there(write: Write) -> None:
    sentence = complaint(write("mine.toml", 'base = "basline"'))
    assert sentence.startswith('base is "basline", but must be the name of a shipped scenario or the path of a file')
    assert "the nearest name is baseline" in sentence


def test_bases_that_lead_in_a_circle(write: Write, tmp_path: Path) -> None:
    itself = complaint(write("itself.toml", 'base = "itself.toml"'))
    assert itself.startswith('base is "itself.toml", which leads in a circle (itself.toml → itself.toml)')
    write("a.toml", 'base = "b.toml"')
    write("b.toml", 'base = "c.toml"')
    write("c.toml", 'base = "../' + tmp_path.name + '/a.toml"')
    with pytest.raises(
        ScenarioError, match=r"c\.toml: base is .* in a circle \(a\.toml → b\.toml → c\.toml → a\.toml\)"
    ):
        load(tmp_path / "a.toml")


def test_a_bad_base_is_named_not_the_file_that_builds_on_it(write: Write) -> None:
    write("bad.toml", "[grid]", "staffing = 9")
    with pytest.raises(ScenarioError, match=r"bad\.toml: grid\.staffing is 9"):
        load(write("good.toml", 'base = "bad.toml"'))


def test_a_name_that_is_not_shipped() -> None:
    sentence = complaint("five_yuans")
    everything = f"`linli scenarios` lists all {len(names())}"
    assert sentence == f"there is no scenario of this name; the nearest name is five_yuan; {everything}."


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert complaint(tmp_path / "no.toml") == "there is no such file, but a scenario must be a TOML file."
    assert complaint(tmp_path) == "this is not a file, but a scenario must be a TOML file."
    (tmp_path / "gbk.toml").write_bytes('question = "问"'.encode("gbk"))
    assert complaint(tmp_path / "gbk.toml") == "byte 13 is not UTF-8, but a scenario must be saved as UTF-8."
    assert complaint("no such scenario.toml") == "there is no such file, but a scenario must be a TOML file."


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("x = ", "line 3, column 5"),
        ("[grid", "line 3, column 6"),
        ("a = 1\na = 2\nb = 3", "line 4, column 6"),
        ("é = 1", "line 3, column 1"),
    ],
)
def test_what_is_not_toml_is_shown_with_line_and_column(line: str, where: str, write: Write) -> None:
    sentence = complaint(write("mine.toml", line))
    assert sentence.startswith(where)
    assert "each line must be a [section], a name = value or a # comment" in sentence


@pytest.mark.parametrize(
    "line",
    [
        "x = " + "[" * 5000 + "]" * 5000,
        "[grid]\nstaffing = " + "[" * 150 + "]" * 150,
        "[incentives]\npoints_per_hour = " + "9" * 5000,
        "[incentives]\npoints_per_hour = 0x" + "F" * 5000,
        '[deliberation]\nrule = "' + "x" * 5000 + '"',
        '[deliberation]\nrule = """a\nb"""',
        '[deliberation]\nrule = "a\u2028b\x85c"',
        '"a\\nb" = 3',
        '["a\\nb"]',
        'base = "\\u0000"',
        'base = "' + "x" * 5000 + '"',
        "[grid]\nstaffing = 1e999",
        "[grid]\nstaffing = 07",
    ],
    ids=range(13),
)
def test_monsters_get_one_short_line_too(line: str, write: Write) -> None:
    assert len(complaint(write("mine.toml", line))) < 700
