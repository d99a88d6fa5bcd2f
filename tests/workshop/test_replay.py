"""`linli replay`: the command, what it refuses, and what is in its page."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from base64 import b64decode

import pytest
from linli.experiments import cli
from linli.experiments.provenance import Refusal
from linli.experiments.runs import run_scenario
from linli.workshop.map_words import MAP, REPLAY
from linli.workshop.recording import read
from linli.workshop.replay import IMPORTED, SCRIPTS, Asked, asked_for, page_of, replay_page, static

SMALL = ("--size", "micro_grid", "--days", "40")


def called(*arguments):
    """The exit code of the command line."""
    with pytest.raises(SystemExit) as left:
        cli.main([str(argument) for argument in arguments])
    return left.value.code


def script(text, name):
    """What stands in one of the scripts of a page."""
    return json.loads(re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', text, re.DOTALL)[1])


def recordings_in(text):
    found = re.findall(r'<script class="recording" type="text/plain">(.*?)</script>', text)
    return [gzip.decompress(b64decode(each)) for each in found]


def test_two_scenarios_side_by_side(tmp_path, capsys):
    page = tmp_path / "new" / "pay.html"
    assert called("replay", "baseline", "five_yuan", *SMALL, "--seed", 4, "--out", page) == 0
    assert str(page) in capsys.readouterr().out
    text = page.read_text(encoding="utf-8")
    first, second = map(read, recordings_in(text))
    assert first.about["days"] == 40 and first.about["seed"] == 4
    assert first["plan.residents"].tolist() == second["plan.residents"].tolist()
    assert first["acts.who"].tolist() != second["acts.who"].tolist()
    about = script(text, "about")
    assert [town["name"] for town in about["towns"]] == ["baseline", "five_yuan"]
    assert about["command"] == "linli replay baseline five_yuan --size micro_grid --days 40 --seed 4"


def test_the_page_has_its_provenance_and_nothing_of_who_made_it(tmp_path):
    mine = tmp_path / "mine.toml"
    mine.write_text(
        'base = "five_yuan"\nquestion = "</script><b>?"\nquestion_zh = "？"\n[grid]\nstaffing = 1.5\n', encoding="utf-8"
    )
    text = replay_page(asked_for([str(mine)], Asked((), "micro_grid", 1, 20)))
    about = script(text, "provenance")
    assert about["seed"] == 1 and about["code"] and about["versions"]
    assert about["scenarios"][0]["parameters"]["grid"]["staffing"] == 1.5
    assert "staffing = 1.5" in about["scenarios"][0]["text"]
    assert str(tmp_path) not in text and "command_line" not in about and "time" not in about
    assert "</script><b>" not in text


def test_the_same_page_each_time(asked, recordings, replayed):
    assert page_of(recordings, asked, "en").encode() == replayed.read_bytes()
    assert replayed.stat().st_size < 500_000


def test_the_page_asks_for_nothing(replayed):
    text = replayed.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.search(
        r"https?://|src=|@import|url\(|import .* from|fetch\(|XMLHttp|WebSocket", text.split("</title>")[1]
    )


def test_results_are_lived_again_as_they_were_asked_for(tmp_path):
    folder = tmp_path / "five_yuan"
    done = run_scenario("five_yuan", size="micro_grid", days=30, seed=9)
    done.write(folder)
    asked = asked_for([str(folder)], Asked((), "general_grid", 1, 365))
    assert asked[1:] == ("micro_grid", 9, 30)
    assert asked.scenarios[0].spec == done.scenario.spec and asked.scenarios[0].baseline == done.scenario.baseline
    assert recordings_in(replay_page(asked)) == recordings_in(
        replay_page(asked_for(["five_yuan"], Asked((), "micro_grid", 9, 30)))
    )
    with pytest.raises(Refusal, match="--days is for scenarios"):
        asked_for([str(folder)], asked, ["days"])
    shutil.copytree(folder, tmp_path / "other")
    about = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    about["scenarios"][0]["parameters"]["grid"]["staffing"] = 99_999
    (folder / "provenance.json").write_text(json.dumps(about), encoding="utf-8")
    with pytest.raises(Refusal, match="five_yuan"):
        asked_for([str(folder)], asked)


def test_results_of_unlike_towns_are_refused(tmp_path):
    for name, days in (("baseline", 30), ("five_yuan", 31)):
        run_scenario(name, size="micro_grid", days=days).write(tmp_path / name)
    with pytest.raises(Refusal, match="another size, seed or number of days"):
        asked_for([str(tmp_path / "baseline"), str(tmp_path / "five_yuan")], Asked((), "general_grid", 1, 365))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("baseline", "cadre", "five_yuan"), "one or two scenarios"),
        (("bare", "bare"), "twice"),
        (("five_yaun",), "five_yuan"),
        (("bare", "--size", "district"), "district would show nothing"),
        (("bare", "--size", "planet"), "micro_grid"),
        (("bare", "--days", "0"), "days is 0"),
        (("bare", "--seed", "-1"), "seed is -1"),
        (("empty",), "no provenance.json"),
        ((), "SCENARIO"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    assert called("replay", *arguments) == 2
    out, err = capsys.readouterr()
    assert words in out + err and err.count("\n") == 1 and "Traceback" not in err


def test_another_file_is_not_written_over(tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text("mine", encoding="utf-8")
    assert called("replay", "bare", *SMALL, "--out", page) == 2
    assert page.read_text(encoding="utf-8") == "mine" and "--force" in capsys.readouterr().err
    assert called("replay", "bare", *SMALL, "--out", page, "--force", "--quiet") == 0
    assert called("replay", "bare", *SMALL, "--out", page, "--quiet") == 0  # the same page again
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_the_command_is_one_of_linli(capsys):
    assert called("--help") == 0
    assert re.search(r"^  replay  +One page", capsys.readouterr().out, re.MULTILINE)
    assert called("replay", "--help") == 0
    assert "--lang" in capsys.readouterr().out


def test_commands_of_other_packages_are_not_loaded_before_they_are_asked_for():
    ask = (
        "import sys; from linli.experiments import cli; cli.linli.get_command(None, 'run'); "
        "print('linli.workshop' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_word_is_asked_for_and_every_asked_word_is_there():
    """Names with a part filled in, such as `did.${act}`, stand for all that begin so."""
    catalogue = MAP | REPLAY
    text = "".join(static(name) for name in (*SCRIPTS, "replay.html"))
    whole = set(re.findall(r'["`]((?:map|legend|hover|replay)\.\w+)["`]', text))
    assert whole <= set(catalogue)
    begun = (*re.findall(r"`(\w+\.)\$\{", text), "people.", "issues.", "again.", "glows.", "votes.", "short.")
    assert not [name for name in catalogue if name not in whole and not name.startswith(begun)]
    for group, names in re.findall(r'\["(people|glows|issues|again|votes)", "(\w+)"\]', static("legend.js")):
        assert f"{group}.{names}" in catalogue


@pytest.mark.parametrize("name", {**MAP, **REPLAY})
def test_words_are_there_in_both_languages_with_the_same_holes(name):
    words = (MAP | REPLAY)[name]
    assert words.en.strip() and words.zh.strip()
    assert sorted(re.findall(r"\{\w+\}", words.en)) == sorted(re.findall(r"\{\w+\}", words.zh))
    assert name == "replay.other" or not re.search(r"[\u4e00-\u9fff]", words.en)
    assert name in ("replay.other", "hover.and") or re.search(r"[\u4e00-\u9fff]", words.zh)


def test_scripts_joined_in_one_file_leave_no_import_behind():
    for name in SCRIPTS:
        rest = IMPORTED.sub("", static(name))
        assert not re.search(r"^import |\bfrom \"\./", rest, re.MULTILINE)
