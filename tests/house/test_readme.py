"""What the README tells a newcomer is true: its code runs, its commands, files and pictures exist, in both languages."""

import re
import tomllib
from pathlib import Path

import pytest
from linli.experiments.cli import linli
from linli.model.spec import Spec

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh.md"]


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of a README in one language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S)


@pytest.mark.parametrize("readme", READMES)
def test_its_python_runs(readme, capsys):
    for code in blocks(readme, "python"):
        exec(compile(code, readme, "exec"), {})
    assert "probability" in capsys.readouterr().out


@pytest.mark.parametrize("readme", READMES)
def test_its_scenario_is_valid(readme):
    (text,) = blocks(readme, "toml")
    sections = {k: v for k, v in tomllib.loads(text).items() if isinstance(v, dict)}
    assert Spec().changed(**sections).incentives.points_per_hour == 500


@pytest.mark.parametrize("readme", READMES)
def test_its_commands_exist(readme):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in filter(str.strip, "\n".join(blocks(readme, "sh")).splitlines()):
        program, word = line.split()[:2]
        if program == "make":
            assert f"\n{word}:" in makefile, line
        else:
            assert program == "linli" and linli.get_command(None, word), line
    assert len([line for block in blocks(readme, "sh")[:1] for line in block.splitlines()]) == 2


@pytest.mark.parametrize("readme", READMES)
def test_its_links_lead_somewhere(readme):
    for target in re.findall(r"\]\(([^)#]+)", (ROOT / readme).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_both_languages_have_the_same_code():
    for language in ("sh", "toml"):
        assert len(blocks(READMES[0], language)) == len(blocks(READMES[1], language))
