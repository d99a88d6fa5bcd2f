"""An installed wheel has what a package needs."""

import shutil
import subprocess
import sys

import pytest
from linli.experiments.archive.origins import TEXTS
from linli.experiments.provenance import ROOT

ASK = """
from linli.experiments.archive import origins
assert not (origins.ROOT / "pyproject.toml").exists()
for name, content in origins.texts().items():
    print(name, len(content))
"""


@pytest.mark.slow
def test_a_wheel_brings_the_lock_the_description_and_the_licence(tmp_path):
    def run(*command):
        done = subprocess.run([str(word) for word in command], cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return done.stdout

    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "results"))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", tmp_path, source)
    run(sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", next(tmp_path.glob("linli-*.whl")))
    told = dict(line.split() for line in run(python, "-I", "-c", ASK).splitlines())
    assert told == {name: str((ROOT / name).stat().st_size) for name in TEXTS}
