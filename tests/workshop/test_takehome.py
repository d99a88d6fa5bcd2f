"""What is taken home can be read, run and traced, and what is handed in is read with suspicion."""

from __future__ import annotations

import csv
import io
import itertools
import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner
from linli.experiments.batches.design import read_design
from linli.experiments.cli import linli
from linli.experiments.inference.contrasts import contrasts
from linli.experiments.outcomes import share_active
from linli.experiments.style import chinese_font
from linli.model.running import day_zero, run
from linli.scenarios import ScenarioError, dump, load
from linli.words import pair
from linli.workshop import film, prints, takehome
from linli.workshop.prints import Ensemble, ensemble_of
from linli.workshop.state import Look, Setting, StateError, code_of, scenario_of
from linli.workshop.takehome import scenario_from_upload
from PIL import Image

BASELINE = load("baseline").baseline
COMMAND = "/where/the/server/is/linli"
WORDS = {
    "participation": (("active in the last 30 days", "近30天活跃"), ("% of residents", "占居民 %")),
    "open": (("unresolved issues", "未解决议题"), ("issues", "件")),
    "resolved": (("truly resolved so far", "累计真正解决"), ("issues", "件")),
    "wait": (("median days until resolved, last 91 days", "近91天解决用时中位数"), ("days", "天")),
    "consent": (("consent of those affected", "受影响居民的认同"), ("0 to 1", "0–1")),
    "cost": (("money spent so far", "累计支出"), ("yuan", "元")),
}


def looked_at() -> Look:
    """A small town, a fork with a name that no file could have, and a lever of A."""
    look = Look(size="general_grid:300", days=90, seed=4).set_value("A", "grid.staffing", 0.5)
    look = look.forked("B", 30, "../less pay: 少付<b>").set_value("B", "incentives.points_per_hour", 100)
    return replace(look, a="1", day=40)


def futures(n: int = 6, days: int = 90) -> SimpleNamespace:
    """Something like what the page shows, with a seed in which nothing was resolved."""
    luck, at = np.random.default_rng(5), np.arange(6, days, 14)
    curves = {o: {arm: luck.gamma(9.0, 1.0 + k, (n, len(at))) for k, arm in enumerate("AB")} for o in WORDS}
    values = {o: {arm: curves[o][arm][:, -1].copy() for arm in "AB"} for o in WORDS}
    values["wait"]["A"][2] = np.nan
    bands = {o: {arm: np.percentile(curves[o][arm], prints.QUANTILES, axis=0) for arm in "AB"} for o in WORDS}
    bands["wait"]["A"][:, 0] = np.nan
    apart = {o: np.percentile(curves[o]["B"] - curves[o]["A"], prints.QUANTILES, axis=0) for o in WORDS}
    paired = np.stack([values[o]["B"] - values[o]["A"] for o in WORDS], axis=1)[:, None, :]
    found = contrasts(paired, 0.9)
    return SimpleNamespace(
        seeds=tuple(range(4, 4 + n)), days=at, n_days_summed=days, bands=bands, apart=apart, values=values,
        differences={o: found.told(0, k) for k, o in enumerate(WORDS)},
        sentences={o: pair(f"{o} is so.", "如此。") for o in WORDS},
    )  # fmt: skip


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    """The same as it is taken home."""
    shown = {
        o: SimpleNamespace(label=pair(*label), name=pair(*label), unit=pair(*unit), unit_apart=pair(*unit), digits=1)
        for o, (label, unit) in WORDS.items()
    }
    return ensemble_of(futures(), shown, 0.9)


@pytest.fixture(scope="module")
def archive(ensemble: Ensemble) -> dict[str, bytes]:
    """Everything, unpacked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [COMMAND])
        packed = takehome.everything(looked_at(), ensemble, "zh", "http://192.0.2.7:8000/#abc")
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
        assert {name.partition("/")[0] for name in names} == {f"linli-{code_of(looked_at())}"}
        return {name.partition("/")[2]: zipped.read(name) for name in names}


def test_everything_is_in_the_archive_under_safe_names(archive: dict[str, bytes]) -> None:
    pictures = {f"{name}.{ending}" for name in ("futures", "differences", "pairs", "map") for ending in ("png", "svg")}
    assert set(archive) == pictures | {
        "README.txt", "A.toml", "B.toml", "study.toml", "futures.csv", "differences.csv", "pairs.csv", "play.gif",
        "report-zh.html",
    }  # fmt: skip
    assert all(re.fullmatch(r"[\w-]+\.[a-z]+", name, re.ASCII) for name in archive)


def test_the_readme_says_what_is_there_and_leads_back(archive: dict[str, bytes]) -> None:
    text = archive["README.txt"].decode()
    assert code_of(looked_at()) in text and "http://192.0.2.7:8000/#abc" in text and "seed 4" in text
    assert all(name in text for name in archive if not name.endswith((".svg", "README.txt")))
    assert "并非预测" in text and "no forecast" in text


def test_nothing_tells_of_the_server(archive: dict[str, bytes]) -> None:
    for name, content in archive.items():
        if name.endswith((".txt", ".toml", ".csv", ".html", ".svg")):
            text = content.decode()
            assert COMMAND not in text and str(Path(takehome.__file__).parent) not in text, name
            assert not re.search(r"/tmp[a-z0-9_]*/|tmp[a-z0-9_]{8}", text), name


def test_the_scenario_files_load_to_what_is_on_the_page(archive: dict[str, bytes], tmp_path: Path) -> None:
    look = looked_at()
    for slot in "AB":
        path = tmp_path / f"{slot}.toml"
        path.write_bytes(archive[path.name])
        scenario = load(path)
        assert scenario.spec == look.shown(slot).setting.spec() and scenario.baseline == BASELINE


def test_the_design_runs_under_linli_batch(archive: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("A.toml", "B.toml", "study.toml"):
        (tmp_path / name).write_bytes(archive[name])
    design = read_design(tmp_path / "study.toml")
    assert (design.size, design.days, design.seeds) == ("general_grid:300", 90, (4, 5, 6, 7, 8, 9))
    assert design.scenario_names == ["A_baseline", "B_less_pay_少付_b"]
    asked = ["batch", str(tmp_path / "study.toml"), "--out", str(tmp_path / "r"), "--workers", "1"]
    told = CliRunner().invoke(linli, asked)
    assert told.exit_code == 0 and "12 runs" in told.output, told.output


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The records of a table."""
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_tables_hold_the_numbers_of_the_page(archive: dict[str, bytes], ensemble: Ensemble) -> None:
    bands = rows_of(archive["futures.csv"])
    assert len(bands) == 6 * 3 * 5 * len(ensemble.days)
    row = next(r for r in bands if (r["outcome"], r["branch"], r["day"], r["quantile"]) == ("cost", "B", "20", "0.95"))
    assert float(row["value"]) == ensemble.bands["cost"]["B"][4, 1] and row["unit"] == "yuan"
    pairs = rows_of(archive["pairs.csv"])
    missing = [r for r in pairs if r["A"] == ""]
    assert len(pairs) == 36 and [(r["outcome"], r["seed"], r["difference"]) for r in missing] == [("wait", "6", "")]
    for r in rows_of(archive["differences.csv"]):
        apart = ensemble.differences[r["outcome"]]
        assert (float(r["difference"]), float(r["low"]), float(r["high"])) == (apart.mean, apart.low, apart.high)
        assert r["unit"] and r["level"] == "0.9" and int(r["pairs"]) == (5 if r["outcome"] == "wait" else 6)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures_are_in_the_language_asked_for(lang: str, ensemble: Ensemble) -> None:
    look = looked_at()
    look = look.changed(replace(look.shown("B"), name="B"))
    files = takehome.figures(look, ensemble, lang)
    assert Image.open(io.BytesIO(files["futures.png"])).size == (1_400, 900)
    assert all(len(files[f"{name}.svg"]) > 10_000 for name in ("futures", "differences", "pairs", "map"))
    assert ET.fromstring(files["futures.svg"]).tag.endswith("svg")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_titles_and_labels_have_no_words_of_the_other_language(lang: str, ensemble: Ensemble) -> None:
    towns = takehome.both_towns(looked_at())
    drawn = [
        prints.fans(ensemble, ("A", "B"), lang), prints.differences(ensemble, ("A", "B"), lang),
        prints.pairs(ensemble, lang), prints.maps(towns, ("A", "B"), lang),
    ]  # fmt: skip
    for figure in drawn:
        texts = [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]
        assert len(texts) > 8
        for text in texts:
            assert not re.search(r"[\u2e80-\uffef]" if lang == "en" else r"[a-z]{3,}", text), text


def test_the_report_page_compares_the_same_pairs(archive: dict[str, bytes]) -> None:
    page = archive["report-zh.html"].decode()
    assert page.startswith("<!DOCTYPE html>") and "4 … 9" in page and "B_less_pay" in page
    assert "<b>" not in page.replace("<b></b>", "") or "少付<b>" not in page


def test_seeds_with_a_gap_are_compared_up_to_the_gap() -> None:
    assert takehome.in_a_row([4, 5, 6, 9]) == (4, 3)
    assert takehome.in_a_row([7]) == (7, 2)
    assert takehome.in_a_row(list(range(99))) == (0, 50)


# The film


@pytest.fixture(scope="module", params=["en", "zh"])
def gif(request: pytest.FixtureRequest) -> bytes:
    """The play of 90 days, ten of them shown."""
    specs = takehome.specs_of(looked_at())
    return film.film(BASELINE, specs, "general_grid:300", 4, 90, ("A", "B"), request.param, frames=10)


def test_the_film_has_a_frame_for_each_day_shown(gif: bytes) -> None:
    image = Image.open(io.BytesIO(gif))
    assert (image.n_frames, image.size, image.info["loop"]) == (10, (film.WIDE, film.HIGH), 0)
    frames = [np.asarray(frame) for frame in film.frames_of(gif)]
    assert all((a != b).any() for a, b in itertools.pairwise(frames))
    assert all((frame[36:58] == frames[0][36:58]).all() for frame in frames)
    assert len(np.unique(frames[5].reshape(-1, 3), axis=0)) <= len(film.COLOURS) + film.GREYS
    assert len(gif) < 500_000


def test_what_is_drawn_is_what_the_town_holds() -> None:
    spec = takehome.specs_of(looked_at())[1]
    start = day_zero(BASELINE, "general_grid:300", 4)
    still = film.stills_of(start, spec, [20, 89])[-1]
    world = run(day_zero(BASELINE, "general_grid:300", 4), spec, 90)
    assert still.day == 89 and still.share == share_active(world, 89, 30) == pytest.approx(100 * still.active.mean())
    last = world.days[int(world.town["n_days"][0]) - 1]
    assert still.n_open == still.marks.sum() == last["n_visible"] and still.n_resolved >= 0


@pytest.mark.skipif(chinese_font() is None, reason="no font with Chinese characters is installed")
def test_a_film_has_chinese_letters() -> None:
    font = film.font_of(14, False, True)
    assert font.getmask("邻").getbbox() and bytes(font.getmask("邻")) != bytes(font.getmask("里"))


# What is handed in


def mine() -> bytes:
    """A scenario file as this page hands it out."""
    return dump(scenario_of(takehome.named(looked_at(), "B"), "What if?", "如果？")).encode()


def test_a_file_taken_home_can_be_handed_in_again() -> None:
    setting = scenario_from_upload("B.toml", mine(), BASELINE, 730)
    assert setting.spec() == looked_at().shown("B").setting.spec() and isinstance(setting, Setting)
    windows = mine().replace(b"\n", b"\r\n")
    assert scenario_from_upload("C:\\me\\B.TOML", b"\xef\xbb\xbf" + windows, BASELINE, 730) == setting


HEAD = 'question = "?"\nquestion_zh = "?"\n'
BAD = {
    "a path as base": ("x.toml", HEAD + 'base = "../../etc/passwd"', "base is '../../etc/passwd', but"),
    "an absolute path": ("x.toml", HEAD + 'base = "/etc/hostname"', "must be the name of a shipped scenario"),
    "a file beside it": ("x.toml", HEAD + 'base = "upload.toml"', "must be the name of a shipped scenario"),
    "a list as base": ("x.toml", HEAD + 'base = ["baseline"]', "must be the name of a shipped scenario"),
    "no base": ("x.toml", HEAD, "has no base"),
    "another town": ("x.toml", HEAD + 'base = "bare"', "another town"),
    "other people": ("x.toml", HEAD + 'base = "baseline"\n[population]\nshare_party = 0.5', "same people"),
    "a wrong value": ("x.toml", HEAD + 'base = "baseline"\n[grid]\nstaffing = 99.0', "grid.staffing is 99.0"),
    "an unknown name": ("x.toml", HEAD + 'base = "baseline"\n[grid]\nstafing = 1.0', "the nearest name is staffing"),
    "too late": ("x.toml", HEAD + 'base = "baseline"\n[[interventions]]\nday = 731\ngrid = {staffing = 2}', "day 731"),
    "no TOML": ("x.toml", "<html>", "is not TOML"),
    "a nest": ("x.toml", "a = " + "[" * 90_000, "nested too deeply"),
    "a long number": ("x.toml", HEAD + "base = " + "9" * 9_000, "x.toml"),
    "not UTF-8": ("x.toml", "\udcff", "not UTF-8"),
    "too large": ("x.toml", "#" * 200_001, "200,001 bytes; allowed are 200,000"),
    "another kind": ("x.exe", "", "must end in .toml"),
    "no question": ("x.toml", 'base = "baseline"', "question is missing"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_in_one_sentence_that_tells_nothing_of_the_server(what: str) -> None:
    name, text, sentence = BAD[what]
    with pytest.raises((StateError, ScenarioError)) as caught:
        scenario_from_upload(f"/me/mine/{name}", text.encode("utf-8", "surrogateescape"), BASELINE, 730)
    said = str(caught.value)
    assert sentence in said and "\n" not in said and len(said) < 600
    assert "/tmp" not in said and "/me" not in said


def test_no_other_file_is_opened_for_an_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path) or read(path))
    scenario_from_upload("B.toml", mine(), BASELINE, 730)
    with pytest.raises(StateError):
        scenario_from_upload("x.toml", (HEAD + 'base = "../x.toml"').encode(), BASELINE, 730)
    assert {path.name for path in opened} == {"upload.toml", "baseline.toml"}
