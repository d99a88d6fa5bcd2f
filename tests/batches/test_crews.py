"""Real processes that are killed, stopped and starved; and the same contents whoever does the work."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches.contents import contents, each_once
from linli.experiments import batch
from linli.experiments.batches import files
from linli.experiments.crews import Local, carried_out

KILLS = int(os.environ.get("LINLI_KILLS", "5"))
"""How often a batch is killed in the test; the full count is 100."""


def linli(*words, **more):
    """The command line as a process of its own."""
    return subprocess.Popen([sys.executable, "-m", "linli.experiments", *map(str, words)], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # fmt: skip


def killed_by_some(job):
    """The square of a number; 13 kills whoever computes it, and 7 does so the first time."""
    number, folder = job
    once = Path(folder) / "killed"
    if number == 13 or (number == 7 and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number**2


def test_only_the_job_that_kills_its_worker_again_and_again_is_given_up(tmp_path):
    answers = list(carried_out(iter([(n, str(tmp_path)) for n in range(20)]), killed_by_some, Local(2)))
    assert sorted(job[0] for job, _, _ in answers) == list(range(20))
    assert {job[0]: result for job, result, _ in answers if result is not None} == {
        n: n * n for n in range(20) if n != 13
    }
    assert [(job[0], "died" in str(error)) for job, _, error in answers if error] == [(13, True)]


def test_the_same_contents_with_one_two_and_four_workers(design, tmp_path):
    path = design(("seeds = 4", "seeds = 12"))
    for workers in (1, 2, 4):
        batch(path, tmp_path / str(workers), workers=workers)
        assert each_once(tmp_path / str(workers), 24)
    assert contents(tmp_path / "1") == contents(tmp_path / "2") == contents(tmp_path / "4")


def children_of(pid):
    """The processes that this one started, and theirs."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            if parent == pid:
                found += [int(entry.name), *children_of(int(entry.name))]
    return found


def test_killed_again_and_again_every_run_is_there_once(design, tmp_path, monkeypatch):
    """`kill -9` at random moments; then the same command completes the batch."""
    n_seeds = 8 * max(KILLS, 5)
    path, luck = design(("seeds = 4", f"seeds = {n_seeds}")), random.Random(1)
    done_at_the_end = 0
    for _ in range(KILLS):
        process = linli("batch", path, "--out", tmp_path / "out", "--workers", "2", "--quiet")
        deadline = time.monotonic() + 3.0 + luck.uniform(0.0, 2.5)
        while time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
        workers = children_of(process.pid)
        done_at_the_end += process.poll() is not None
        process.kill()
        process.communicate()
        gone_by = time.monotonic() + 20.0
        while any(Path(f"/proc/{pid}").exists() for pid in workers):
            assert time.monotonic() < gone_by, "a worker outlives its parent"
            time.sleep(0.05)
    batch(path, tmp_path / "out", workers=2)
    assert done_at_the_end < KILLS, "the batch was never killed at work"
    assert each_once(tmp_path / "out", 2 * n_seeds)
    batch(path, tmp_path / "whole", workers=2)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_keeps_what_is_done_and_says_so(design, tmp_path, how):
    path = design(("seeds = 4", "seeds = 2000"), ("days = 30", "days = 120"))
    process = linli("batch", path, "--out", tmp_path / "out", "--workers", "2", "--quiet")
    while not list((tmp_path / "out").glob("runs/part-*")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.1)
    process.send_signal(how)
    said, complaint = process.communicate(timeout=60)
    assert process.returncode == 130 and complaint.count("\n") == 1
    assert "the same command goes on from there" in complaint and "Traceback" not in said + complaint
    events = [line["event"] for line in files.lines_of(tmp_path / "out/ledger.jsonl")]
    assert events[0] == "began" and events[-1] == "interrupted"
    n = int(complaint.split()[2])
    assert n > 0 and each_once(tmp_path / "out", n)


FULL = """
set -e
mount -t tmpfs -o size={size} tmpfs {there}
export PYTHONDONTWRITEBYTECODE=1
set +e
{python} -m linli.experiments batch {design} --out {there}/out --workers 1 --quiet
echo "exit $?"
mount -o remount,size=50m {there}
{python} -m linli.experiments batch {design} --out {there}/out --workers 1 --quiet
echo "exit $?"
{python} -m linli.experiments batch {design} --out {there}/out --workers 1 --json
"""


def in_a_namespace(script):
    """Run a script that may mount; skipped where this is not allowed."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("this system lets no ordinary process mount a small disk")
    return subprocess.run(["unshare", "-rm", "bash", "-c", script], capture_output=True, text=True, timeout=120)


def test_a_full_disk_is_said_in_a_sentence_and_the_rest_is_done_when_there_is_room(design, tmp_path):
    (tmp_path / "there").mkdir()
    path = design(("seeds = 4", "seeds = 150"))
    done = in_a_namespace(FULL.format(size="500k", there=tmp_path / "there", python=sys.executable, design=path))
    assert "exit 1\nexit 0\n" in done.stdout, done
    assert done.stderr.count("\n") == 1 and "No space left on device" in done.stderr, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["runs"] == 300 and found["failed"] == 0


def test_a_directory_that_cannot_be_written_is_said_in_a_sentence(design, tmp_path):
    (tmp_path / "there").mkdir()
    there = tmp_path / "there"
    script = f"mount -t tmpfs -o ro tmpfs {there}; {LINLI} batch {design()} --out {there}/out --quiet; echo exit $?"
    done = in_a_namespace(script)
    assert done.stdout == "exit 1\n" and done.stderr.count("\n") == 1, done
    assert str(tmp_path / "there/out") in done.stderr and "Read-only file system" in done.stderr


LINLI = f"{sys.executable} -m linli.experiments"
DASK = [sys.executable, "-m", "distributed.cli.dask_worker"]


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_contents(design, tmp_path):
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'linli[cluster]'")
    path, where = design(("seeds = 4", "seeds = 60")), tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = [subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_scheduler", "--scheduler-file", where,
                               "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], **quiet)]  # fmt: skip
    try:
        while not where.exists():
            time.sleep(0.1)
        begun += [subprocess.Popen([*DASK, "--scheduler-file", where, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                                    "--local-directory", tmp_path / "scratch"], **quiet) for _ in range(2)]  # fmt: skip
        process = linli("batch", path, "--out", tmp_path / "dask", "--cluster", where, "--quiet")
        while not list((tmp_path / "dask").glob("runs/part-*")):
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        begun[1].kill()
        said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    finally:
        for each in begun:
            each.kill()
    assert each_once(tmp_path / "dask", 120)
    batch(path, tmp_path / "local", workers=2)
    assert contents(tmp_path / "dask") == contents(tmp_path / "local")
