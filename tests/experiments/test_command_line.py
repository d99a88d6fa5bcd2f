"""The command line speaks the language it was asked to: by --lang wherever it stands, by LINLI_LANG, else English."""

import pickle
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from linli.experiments import cli, command_line, doctor, words_of_click
from linli.experiments.command_line import LANG, asked_in, help_of, lines_of, wide
from linli.experiments.provenance import Refusal
from linli.words import message, told
from refused import CHINESE, untold
from test_cli import called

SENTENCE = re.compile(r"[A-Za-z]+(?:[ ,]+[a-z]+){2,}")
COMMANDS = cli.linli.list_commands(click.Context(cli.linli))


@pytest.fixture(autouse=True)
def english_to_begin_with(monkeypatch):
    """No test hears what another one was told to speak."""
    monkeypatch.delenv(LANG, raising=False)
    monkeypatch.setattr(command_line, "_asked", None)


REFUSALS = [
    (("compare", "bare"), "a comparison needs at least two scenarios", "比较至少需要两个情景"),
    (("run", "bare", "--days", "-3"), "days is -3; allowed are", "days 为-3；应为1到"),
    (("run", "bare", "--days", "many"), "is not a valid integer", "不是有效的整数"),
    (("run",), "Missing argument 'SCENARIO'", "缺少参数 'SCENARIO'"),
    (("run", "bare", "--colour", "red"), "No such option '--colour'", "没有选项“--colour”"),
    (("run", "bare", "--dayz", "3"), "Did you mean '--days'?", "没有选项“--dayz”。是否想写“--days”？"),
    (("run", "bare", "--lang", "tlh"), "Invalid value for '--lang': 'tlh' is not", "“tlh”不在可用值之内：en、zh。"),
    (("figure",), "Missing argument 'NAME'", "缺少参数 'NAME'。可用：dose、regimes、"),
    (("dance",), "No such command 'dance'", "没有命令“dance”"),
    (("run", "--size"), "requires an argument", "需要一个值"),
    (("figure", "moon"), "is not one of", "不在可用值之内"),
    (("workshop", "--port", "0"), "is not in the range", "超出范围"),
    (("figure", "fan"), "is drawn from results", "由已有结果绘制"),
    (("parameters", "moods"), "there is no section 'moods'", "没有“moods”这一节"),
    (("replay", "bare", "bare"), "occurs twice", "出现了两次"),
    (("batch", "nowhere.toml"), "there is no such file", "没有这个文件"),
    (("rerun", "nowhere", "key"), "is no directory of a batch", "不是批次目录"),
    (("verify", "nowhere.zip"), "does not exist", "不存在"),
    (("run", "bare", "--size", "planet"), "size 'planet' is unknown", "未知的规模“planet”"),
]


@pytest.mark.parametrize(("arguments", "english", "chinese"), REFUSALS, ids=[" ".join(each[0]) for each in REFUSALS])
def test_a_refusal_is_told_in_the_language_asked_for(tmp_path, monkeypatch, capsys, arguments, english, chinese):
    monkeypatch.chdir(tmp_path)

    def refused(*given):
        assert called(*given) == 2
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and err.startswith("linli: ")
        return err

    assert english in refused(*arguments)
    asked = refused("--lang", "zh", *arguments)
    assert chinese in asked and not SENTENCE.search(re.sub("['“].*?['”]", "", asked.removeprefix("linli: ")))
    monkeypatch.setenv(LANG, "zh")
    assert refused(*arguments) == asked
    assert english in refused("--lang=en", *arguments)


def test_lang_may_stand_before_and_after_the_command(capsys):
    for asked in ("--lang zh compare bare", "compare bare --lang=zh", "compare --lang zh bare"):
        called(*asked.split())
        assert "比较至少需要两个情景" in capsys.readouterr().err
    assert called("--lang", "zh", "scenarios") == 0
    assert CHINESE.search(capsys.readouterr().out)


def test_which_language_the_arguments_name():
    assert asked_in(["run", "--lang", "zh"]) == asked_in(["--lang=zh"]) == asked_in(["--lang", "en", "--lang=zh"]) == "zh"
    assert asked_in(["run", "--", "--lang", "zh"]) is asked_in(["--lang"]) is asked_in(["--lang", "fr"]) is None


def test_a_language_of_the_environment_that_there_is_not(monkeypatch, capsys):
    monkeypatch.setenv(LANG, "fr")
    for arguments in (("scenarios",), ("doctor",), ("--version",)):
        assert called(*arguments) == 2
        assert capsys.readouterr() == ("", "linli: LINLI_LANG is fr; allowed are en, zh\n")
    monkeypatch.setenv(LANG, "")
    assert called("--version") == 0


def test_the_environment_is_the_default_of_every_lang(monkeypatch, capsys):
    monkeypatch.setenv(LANG, "zh")
    assert called("scenarios") == 0
    assert CHINESE.search(capsys.readouterr().out)
    assert called("scenarios", "--lang", "en") == 0
    assert "yuan" in capsys.readouterr().out
    for command in COMMANDS:
        assert called(command, "--help", "--lang", "en") == 0
        assert "LINLI_LANG; default:" in re.sub(r"\s+", " ", capsys.readouterr().out)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_chinese(command, capsys):
    assert called(*filter(None, [command]), "--lang", "zh", "--help") == 0
    out = capsys.readouterr().out
    shown = [line for line in out.splitlines() if not re.match(r"用法：|.*linli \w+ ", line)]
    shown = [re.sub(r"`[^`]*`|(?:run|make)\W(?:validation|compare)", "", line) for line in shown]
    assert "用法：" in out and "选项：" in out and "显示本说明并退出。" in out
    assert not [line for line in shown if SENTENCE.search(line)]
    assert all(wide(line) <= 100 for line in out.splitlines())
    if command:
        assert f"示例：  linli {command}" in out


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_has_its_chinese(command):
    asked = cli.linli.get_command(click.Context(cli.linli), command) if command else cli.linli
    texts = [help_of(asked), *(each.help for each in asked.params if isinstance(each, click.Option))]
    assert all(CHINESE.search(command_line.in_help(text)) for text in texts)
    chinese, english = (text.split("\n\n") for text in (command_line.in_help(texts[0]), texts[0]))
    assert len(chinese) == len(english)


def test_what_click_says_is_what_it_still_says():
    """A newer click may say something else; then its words here have to follow."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    missing = [text for text in words_of_click.TEXTS if repr(text)[1:-1] not in sources.replace('\\"', '"')]
    assert not missing


def test_a_path_is_called_so_whenever_its_command_was_made():
    said = words_of_click.of_ours("{name} {filename!r} is not readable.")
    assert {said.format(name=name, filename="a.zip") for name in ("Path", "File", "路径")} == {"路径“a.zip”不可读。"}


def test_wide_characters_are_counted_as_such():
    text = "逐日播放一个社区的网页（一个情景），或两个情景并排。SCENARIO 是名称、文件，或由 `linli run` 写出的目录。"
    for width in range(10, 60):
        lines = lines_of(text, width)
        assert all(wide(line) <= max(width, 12) for line in lines)
        assert not any(line[0] in command_line.SHUT or line[-1] in command_line.OPENING for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_refusal_survives_the_way_between_processes():
    said = message("seed is {seed}; allowed are whole numbers from 0 to 2^63 - 1", seed=-1)
    error = pickle.loads(pickle.dumps(Refusal(said)))
    assert str(error) == "seed is -1; allowed are whole numbers from 0 to 2^63 - 1"
    assert told(error, "zh") == "seed 为-1；应为0到 2^63 - 1 之间的整数"


def test_a_refusal_without_its_chinese_is_found():
    assert untold(Refusal("nobody has translated this")) and not untold(Refusal(message("the system")))
    assert "English is left" in untold(Refusal("此处 nobody has translated this"))


def test_what_the_system_refuses(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    asked = ("run", "bare", "--size", "micro_grid", "--days", "1", "--out", tmp_path / "file" / "inside")
    assert called(*asked, "--lang", "zh") == 1
    assert capsys.readouterr().err == f"linli: 无法使用 {tmp_path / 'file' / 'inside'}：不是目录\n"
    assert called(*asked) == 1
    assert capsys.readouterr().err == f"linli: cannot use {tmp_path / 'file' / 'inside'}: Not a directory\n"


def test_findings_and_files_are_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert called("doctor", "--lang", "zh") == 0
    out = capsys.readouterr().out
    assert "中文字体        " in out and "此处写入        允许" in out
    broken = doctor.Finding("numpy", message("missing: install it with pip"), False)
    assert broken.line("en") == "numpy           missing: install it with pip   ← broken"
    assert broken.line("zh").endswith("← 有问题")
    assert called("run", "bare", "--size", "micro_grid", "--days", "30", "--out", "here", "--lang", "zh") == 0
    assert "已写入 here：" in capsys.readouterr().out


def test_english_is_spoken_without_the_catalogue():
    code = ("import sys; from linli.experiments.cli import main\ntry: main(['--version'])\n"
            "except SystemExit: sys.exit('babel' in sys.modules)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], cwd=Path.home()).returncode == 0
