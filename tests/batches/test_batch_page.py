"""What docs/how-to/batch.md tells to type: the lines that read results, and the scripts for a cluster."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from batches.contents import contents, each_once
from linli.experiments import batch

HOW_TO = Path(__file__).parents[2] / "docs/how-to"
PAGE = (HOW_TO / "batch.md").read_text(encoding="utf-8")
READERS = dict(re.findall(r"^    (pandas|Polars|R|DuckDB) +(.+)$", PAGE, re.MULTILINE))
SCRIPTS = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)


def test_the_page_in_chinese_has_the_same_lines_and_scripts():
    chinese = (HOW_TO / "batch.zh.md").read_text(encoding="utf-8")
    assert len(READERS) == 4 and len(SCRIPTS) == 2
    assert dict(re.findall(r"^    (pandas|Polars|R|DuckDB) +(.+)$", chinese, re.MULTILINE)) == READERS
    assert re.findall(r"```bash\n(.*?)```", chinese, re.DOTALL) == SCRIPTS


@pytest.fixture
def there(design, tmp_path, monkeypatch):
    """Results in several parts, where the page says that they lie; how many acts there were in all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("linli.experiments.batches.runner.PART_RUNS", 2)
    factors = '"issues"]\n[factors]\ndesign = "factorial"\n[factors.vary]\n"grid.staffing" = { values = [1, 2] }'
    results = batch(design(('"issues"]', factors), ("seeds = 4", "seeds = 3")), "results/study", workers=1)
    assert len(list(Path("results/study/runs").glob("part-*"))) > 2
    return 12, results.runs()["n_acts"].sum()


def test_the_line_for_pandas(there):
    pd = pytest.importorskip("pandas")
    found = eval(READERS["pandas"], {"pd": pd})
    assert (len(found), found["n_acts"].sum()) == there


def test_the_line_for_polars(there):
    pl = pytest.importorskip("polars", reason="Polars is not installed: pip install polars")
    found = eval(READERS["Polars"], {"pl": pl})
    assert (len(found), found["n_acts"].sum()) == there


def test_the_line_for_duckdb(there):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")
    found = duckdb.sql(f"SELECT count(*), sum(n_acts) FROM ({READERS['DuckDB']})").fetchall()[0]
    assert found == there


def test_the_line_for_r(there):
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed")
    needed = 'quit(status = !all(sapply(c("arrow", "dplyr"), requireNamespace, quietly = TRUE)))'
    if subprocess.run(["Rscript", "-e", needed], capture_output=True).returncode:
        subprocess.run(["Rscript", "-e", f"quote({READERS['R']})"], capture_output=True, check=True)
        pytest.skip("the R packages arrow and dplyr are not installed; the line has only been parsed")
    script = f"found <- {READERS['R']}; cat(nrow(found), sum(found$n_acts))"
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    n, acts = done.stdout.split()
    assert (int(n), float(acts)) == there


def in_a_job(script, folder, tasks):
    """Run a script as Slurm would, once for each task of an array, with an `srun` that starts two tasks."""
    commands = folder / "commands"
    commands.mkdir()
    for name, text in {
        "srun": '#!/bin/bash\n"$@" &\n"$@"\n',
        "linli": f'#!/bin/bash\nexec {sys.executable} -m linli.experiments "$@" --quiet\n',
        "dask": f'#!/bin/bash\nexec {sys.executable} -m "distributed.cli.dask_$1" "${{@:2}}" --host 127.0.0.1\n',
    }.items():
        (commands / name).write_text(text)
        (commands / name).chmod(0o755)
    (folder / "job.sh").write_text(script)
    for task in range(1, tasks + 1):
        env = {"PATH": f"{commands}:{os.environ['PATH']}", "SLURM_JOB_ID": "7", "SLURM_ARRAY_TASK_ID": str(task),
               "DASK_TEMPORARY_DIRECTORY": str(folder / "scratch")}  # fmt: skip
        process = subprocess.Popen(["bash", "job.sh"], cwd=folder, env={**os.environ, **env}, start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=(folder / "said").open("w"))  # fmt: skip
        try:
            assert process.wait(timeout=240) == 0, (folder / "said").read_text()
        finally:  # as Slurm does with whatever a job leaves behind
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("which", [0, 1], ids=["with Dask", "a job array"])
def test_the_scripts_for_a_cluster(design, tmp_path, which):
    script = SCRIPTS[which]
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    if "dask" in script:
        pytest.importorskip("distributed", reason="Dask is not installed: pip install 'linli[cluster]'")
    shared = "--shard" in script
    assert not shared or ("#SBATCH --array=1-64\n" in script and script.rstrip().endswith("$SLURM_ARRAY_TASK_ID/64"))
    in_a_job(script.replace("/64", "/3"), design().parent, tasks=3 if shared else 1)
    assert each_once(tmp_path / "results/study", 8)
    batch(design(), tmp_path / "whole", workers=1)
    assert contents(tmp_path / "results/study") == contents(tmp_path / "whole")
