"""The pictures of `linli figure`: what they are drawn from, and that they are drawn and labelled."""

import csv
import warnings
from itertools import pairwise

import numpy as np
import pytest
from linli import scenarios
from linli.experiments import cli, picture_dose, picture_life, picture_map, picture_meeting, picture_regimes, style
from linli.experiments.gallery import PICTURES, Asked, drawn
from linli.experiments.provenance import Refusal
from linli.experiments.replay import OUTSIDER, fullest_meeting, meeting_of, replayed
from linli.experiments.reports.recipes import FIGURES
from linli.model import world as worlds
from linli.model.running import day_zero, run

SHORT = {"size": "general_grid", "days": 60, "seed": 3}


@pytest.fixture(scope="module")
def baseline():
    return scenarios.load("baseline")


@pytest.fixture(scope="module")
def dose(baseline):
    return picture_dose.dose_response(baseline, runs=2, workers=1, doses=(0.0, 0.1, 20.0), **SHORT)


@pytest.fixture(scope="module")
def regimes(baseline):
    return picture_regimes.regimes_compared(baseline, runs=2, workers=1, regimes=("cadre", "baseline"), **SHORT)


@pytest.fixture(scope="module")
def meeting(baseline):
    return meeting_of(baseline.baseline, baseline.spec, *(SHORT[name] for name in ("size", "seed", "days")))


@pytest.fixture(scope="module")
def life(baseline):
    return picture_life.life_of(baseline.baseline, baseline.spec, "general_grid", 3, 100)


def pictures(dose, regimes, meeting, life, lang):
    """Every picture in this language, by name."""
    with style.drawing(lang) as lang:
        return {
            "dose": picture_dose.dose_picture(picture_dose.dose_records(dose), lang),
            "regimes": picture_regimes.regimes_picture(picture_regimes.regime_records(regimes), lang),
            "meeting": picture_meeting.meeting_picture(meeting, lang),
            "life": picture_life.life_picture(life, lang),
            "map": picture_map.map_picture(life.world, lang),
        }


def all_texts(figure):
    """Every text of a figure."""
    panels = figure.axes
    texts = [t for axes in panels for t in (axes.get_xlabel(), axes.get_ylabel(), axes.get_title())]
    return texts + [t.get_text() for legend in figure.legends for t in legend.get_texts()]


def test_pictures_have_labels_and_something_in_them(dose, regimes, meeting, life):
    for name, figure in pictures(dose, regimes, meeting, life, "en").items():
        shown = [axes for axes in figure.axes if axes.axison]
        assert shown and all(axes.has_data() or axes.get_xlabel() for axes in shown), name
        assert any(all_texts(figure)), name
        assert figure.get_figwidth() == style.DOUBLE and figure.get_figheight() <= 10


def test_pictures_speak_chinese_where_there_is_a_font(monkeypatch, dose, regimes, meeting, life):
    monkeypatch.setattr(style, "chinese_font", lambda: "DejaVu Sans")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, figure in pictures(dose, regimes, meeting, life, "zh").items():
            texts = "".join(all_texts(figure))
            assert any("\u4e00" <= letter <= "\u9fff" for letter in texts), name


def test_every_picture_is_named_on_the_command_line():
    choices = next(p for p in cli.figure.params if p.name == "name").type.choices
    assert tuple(PICTURES) == cli.RUN_FOR
    assert (*FIGURES, "validation") == cli.FROM_RESULTS
    assert set(choices) == {*PICTURES, *FIGURES, "validation"}


# Dose and response


def test_dose_zero_is_no_programme_and_the_rest_is_pay_in_points(baseline):
    none, some = (picture_dose.paying(baseline, yuan, {}, "x").spec.incentives for yuan in (0.0, 0.5))
    assert not none.programme_on and none.points_per_hour == 0
    assert some.programme_on and some.points_per_hour == 50


def test_without_crowding_dose_zero_is_the_scenario_itself(dose):
    records = picture_dose.dose_records(dose)
    acts = [r for r in records if r["outcome"] == "acts_per_resident"]
    at_zero = {r["condition"]: r["mean"] for r in acts if r["yuan_per_hour"] == 0}
    assert at_zero["without crowding out"] == at_zero["as the scenario"] < at_zero["with a public board"]
    assert len(records) == 3 * 3 * 2


def test_acts_are_brought_to_a_year(dose):
    record = next(r for r in picture_dose.dose_records(dose) if r["outcome"] == "acts_per_resident")
    values = dose.values(dose.names[0], "acts_per_resident")
    assert record["mean"] == pytest.approx(values.mean() * 365 / 60)


# Regimes


def test_a_regime_is_a_whole_section_laid_over_the_scenario():
    five = scenarios.load("five_yuan")
    done = picture_regimes.regimes_compared(five, runs=2, workers=1, size="micro_grid", days=5,
                                            regimes=("cadre", "baseline"))  # fmt: skip
    cadre = done.scenarios[0].spec
    assert done.names == ["cadre", "baseline"] and cadre.deliberation.rule == "cadre"
    assert cadre.incentives.points_per_hour == 500


def test_where_the_cadre_decides_there_is_no_meeting_to_draw(regimes):
    records = picture_regimes.regime_records(regimes)
    minutes = {r["regime"]: r["mean"] for r in records if r["outcome"] == "meeting_minutes"}
    assert np.isnan(minutes["cadre"]) and minutes["baseline"] > 0


def test_one_regime_is_not_enough(baseline):
    with pytest.raises(Refusal, match="needs two"):
        picture_regimes.regimes_compared(baseline, regimes=("cadre", "not_there"))


# A meeting


def test_a_day_lived_again_in_plain_python_ends_with_the_same_bits(baseline, meeting):
    morning = run(day_zero(baseline.baseline, "general_grid", 3), baseline.spec, int(meeting.row["day"]))
    evening, _ = replayed(morning, baseline.spec)
    assert not worlds.differences(evening, run(morning, baseline.spec, 1))


def test_turns_fill_the_meeting_without_gaps(meeting):
    ends = [turn.start + turn.minutes for turn in meeting.turns]
    assert [turn.start for turn in meeting.turns] == pytest.approx([0.0, *ends[:-1]])
    assert ends[-1] == pytest.approx(meeting.seats["minutes"].sum())


def test_turns_of_each_speaker_add_up_to_what_she_said(meeting):
    said = dict.fromkeys(meeting.places.tolist(), 0.0)
    for turn in meeting.turns:
        said[turn.invitee] += turn.minutes
    assert list(said.values()) == pytest.approx(meeting.seats["minutes"].tolist())
    assert len(meeting.seats) == meeting.row["n_attending"]


def test_a_chair_from_outside_has_turns_of_its_own(baseline):
    spec = baseline.spec.changed(deliberation={"convener": "party_secretary", "neutral_chair": False})
    found = meeting_of(baseline.baseline, spec, "general_grid", 3, 60)
    by_chair = [turn.minutes for turn in found.turns if turn.invitee == OUTSIDER]
    assert by_chair and sum(by_chair) == pytest.approx(found.row["chair_minutes"])
    drawn_rows = picture_meeting.meeting_picture(found, "en").axes[0].get_yticklabels()
    assert drawn_rows[-1].get_text() == "chair" and len(drawn_rows) == len(found.seats) + 1


def test_no_meeting_is_a_sentence():
    cadre = scenarios.load("cadre")
    with pytest.raises(Refusal, match="no meeting"):
        fullest_meeting(run(day_zero(cadre.baseline, "micro_grid", 1), cadre.spec, 5))


# The life of issues


def test_unresolved_issues_stand_somewhere_exactly_once(life):
    assert life.counts[-1].sum() == life.world.days["n_visible"][life.world.town["n_days"][0] - 1]
    assert life.days[0] == -1 and life.days[-1] == 99


def test_steps_of_a_life_come_in_order(life):
    issues, n_days = picture_life.followed(life)
    curves = [picture_life.share_not_yet(issues, field, n_days) for field in picture_life.STEPS.values()]
    for earlier, later in pairwise(curves):
        assert (earlier <= later + 1e-12).all()
    assert (np.diff(curves[0]) <= 0).all() and n_days == 49


# The map


def test_no_two_buildings_stand_on_one_spot_and_all_stand_in_their_grid(life):
    plan = picture_map.plan_of(life.world)
    assert len({tuple(np.round(spot, 6)) for spot in plan.buildings}) == len(life.world.buildings)
    home = plan.micro_grids[life.world.buildings["micro_grid"]]
    outer = plan.general_grids[life.world.micro_grids["general_grid"]]
    for inner, block in ((plan.buildings, home), (plan.micro_grids[:, :2], outer)):
        assert (inner >= block[:, :2]).all() and (inner + 1 <= block[:, :2] + block[:, 2:]).all()


def test_the_map_counts_every_unresolved_issue(life):
    records = picture_map.map_records(life.world)
    assert sum(r["unresolved_issues"] for r in records) == life.counts[-1].sum()
    assert sum(r["party_members"] for r in records) == life.world.residents["party"].sum()


def test_ties_between_buildings_are_counted_once(life):
    pairs, counts = picture_map.ties_between(life.world)
    home = life.world.residents["building"]
    here = np.repeat(home, life.world.residents["n_ties"])
    assert 2 * counts.sum() == (here != home[life.world.ties["to"][: len(here)]]).sum()
    assert (pairs[:, 0] < pairs[:, 1]).all()


# The command


def called(*arguments):
    with pytest.raises(SystemExit) as left:
        cli.main([str(argument) for argument in arguments])
    return left.value.code


@pytest.mark.parametrize("name", ["dose", "meeting", "life", "map"])
def test_a_picture_is_written_with_its_numbers(tmp_path, capsys, name):
    asked = ("figure", name, "--size", "micro_grid", "--days", 20, "--runs", 2, "--workers", 1, "--seed", 2)
    assert called(*asked, "--out", tmp_path / "a") == 0
    assert f"{name}.png" in capsys.readouterr().out
    assert {p.name for p in (tmp_path / "a").iterdir()} == {f"{name}.{k}" for k in ("csv", "png", "svg")} | {
        "provenance.json"
    }
    with open(tmp_path / "a" / f"{name}.csv", encoding="utf-8") as file:
        assert len(list(csv.reader(file))) > 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("figure", "portrait"), "portrait"),
        (("figure", "map", "--size", "district"), "community"),
        (("figure", "map", "--days", "0"), "from 1 to"),
        (("figure", "dose", "--runs", "1"), "runs is 1"),
        (("figure", "life", "--scenario", "baselin"), "baseline"),
    ],
)
def test_a_picture_that_cannot_be_is_refused_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert called(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and words in err and not list(tmp_path.iterdir())


def test_the_same_as_a_python_call(baseline):
    found = drawn("map", Asked(baseline, size="micro_grid", days=5))
    assert found.figure("en").axes and len(found.records) == 4
