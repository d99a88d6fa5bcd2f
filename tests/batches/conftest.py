"""A small study, in a fresh directory each time."""

import textwrap

import pytest

DESIGN = """
question = "Does pay help?"
size = "micro_grid"
days = 30
seeds = 4
tables = ["weekly", "groups", "issues"]

[[scenarios]]
name = "baseline"

[[scenarios]]
name = "five_yuan"
"""


@pytest.fixture
def design(tmp_path):
    """Writes a design with some lines replaced; without any, eight short runs of a micro-grid."""

    def write(*replacements, name="study.toml", text=DESIGN):
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    return write
