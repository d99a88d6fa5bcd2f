"""Real processes that are killed, stopped and starved; and the same contents whoever does the work."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from batches.contents import contents, each_once
from linli.experiments import batch, open_results
from linli.experiments.batches import files
from linli.experiments.batches.parts import Precision
from linli.experiments.crews import Local, carried_out
from processes import hear_ctrl_c

KILLS = int(os.environ.get("LINLI_KILLS", "3"))
"""How often a batch is killed in the test; the full count is 100."""


SMALL_PARTS = """
from linli.experiments.batches import runner
from linli.experiments.cli import main
runner.PART_RUNS = 8
main()
"""


def begun(*words):
    """`linli batch` as a process of its own; it writes so often that what happens to it meets it writing."""
    return subprocess.Popen([sys.executable, "-c", SMALL_PARTS, "batch", *map(str, words), "--quiet"], text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=hear_ctrl_c)  # fmt: skip


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


def kill(process):
    """Kill a process, and see its workers leave."""
    workers = children_of(process.pid)
    process.kill()
    process.communicate()
    gone_by = time.monotonic() + 20.0
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < gone_by, "a worker outlives its parent"
        time.sleep(0.05)


def killed(words, out, luck):
    """Begin a batch, and kill it while it writes, or (one time in four) on the way there; where that was."""
    process = begun(*words)
    before = len(list(out.glob("runs/part-*")))
    on_the_way = time.monotonic() + luck.uniform(0.0, 4.0) if luck.random() < 0.25 else None
    while process.poll() is None and len(list(out.glob("runs/part-*"))) == before:
        if on_the_way and time.monotonic() > on_the_way:
            break
        time.sleep(0.005)
    time.sleep(luck.uniform(0.0, 0.3))
    if process.poll() is not None:
        assert process.returncode == 0, process.communicate()
        return "done"
    kill(process)
    return "writing" if len(list(out.glob("runs/part-*"))) > before else "on the way"


def test_killed_again_and_again_every_run_is_there_once(design, tmp_path):
    """`kill -9` at random moments; then the same command completes the batch."""
    n_seeds = 60 * KILLS
    change = ("seeds = 4", f"seeds = {n_seeds}"), (', "groups", "issues"', "")
    path, luck, out = design(*change), random.Random(2), tmp_path / "out"
    met = Counter(killed((path, "--out", out, "--workers", "2"), out, luck) for _ in range(KILLS))
    print(f"{KILLS} kills met the batch: {dict(met)}")
    assert met["writing"] >= KILLS / 2, met
    batch(path, out, workers=2)
    assert each_once(out, 2 * n_seeds)
    batch(path, tmp_path / "whole", workers=1)
    assert contents(out) == contents(tmp_path / "whole")


def test_killed_on_the_way_to_a_precision_it_ends_with_the_same_seeds(design, tmp_path):
    path, luck, out = design(('"five_yuan"', '"half_staff"')), random.Random(2), tmp_path / "out"
    asked = ("--precision", "share_resolved=8", "--most-seeds", "1000")
    met = [killed((path, "--out", out, "--workers", "2", *asked), out, luck) for _ in range(2)]
    assert "writing" in met, met
    for folder in (out, tmp_path / "whole"):
        batch(path, folder, workers=1, precision=Precision("share_resolved", 8.0, 1000, (), 0.95))
    seeds = open_results(out).seeds
    assert 20 < len(seeds) < 1000 and each_once(out, 2 * len(seeds))
    assert contents(out) == contents(tmp_path / "whole")


def first_part_in(out, process):
    """Wait until the batch has written something."""
    while not list(out.glob("runs/part-*")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_keeps_what_is_done_and_says_so(design, tmp_path, how):
    path = design(("seeds = 4", "seeds = 2000"), ("days = 30", "days = 120"))
    process = begun(path, "--out", tmp_path / "out", "--workers", "2")
    first_part_in(tmp_path / "out", process)
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
{python} -m linli.experiments batch {design} --out {there}/out --workers 1 --quiet --json
echo "exit $?"
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
    full, found, room = done.stdout.splitlines()
    assert (full, room) == ("exit 1", "exit 0"), done
    assert done.stderr.count("\n") == 1 and "No space left on device" in done.stderr, done.stderr
    assert json.loads(found)["runs"] == 300 and json.loads(found)["failed"] == 0


def test_a_directory_that_cannot_be_written_is_said_in_a_sentence(design, tmp_path):
    (tmp_path / "there").mkdir()
    there = tmp_path / "there"
    script = f"mount -t tmpfs -o ro tmpfs {there}; {LINLI} batch {design()} --out {there}/out --quiet; echo exit $?"
    done = in_a_namespace(script)
    assert done.stdout == "exit 1\n" and done.stderr.count("\n") == 1, done
    assert str(tmp_path / "there/out") in done.stderr and "Read-only file system" in done.stderr


def test_results_that_may_not_be_written_are_left_as_they_are(design, tmp_path):
    (tmp_path / "there").mkdir()
    there, few = tmp_path / "there", design(("seeds = 4", "seeds = 2"), name="few.toml")
    do = f"{LINLI} batch {{}} --out {there}/out --workers 1 --quiet"
    script = (f"mount -t tmpfs tmpfs {there}; {do.format(few)}; mount -o remount,ro {there}; {do.format(design())}; "
              f"echo exit $?; ls {there}/out/runs | wc -l")  # fmt: skip
    done = in_a_namespace(script)
    assert done.stdout == "exit 1\n1\n" and done.stderr.count("\n") == 1, done
    assert "Read-only file system" in done.stderr


LINLI = f"{sys.executable} -m linli.experiments"
DASK = [sys.executable, "-m", "distributed.cli.dask_worker"]


QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@contextlib.contextmanager
def cluster(tmp_path):
    """A Dask scheduler and two workers, each a process of its own: its scheduler file, and the processes."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'linli[cluster]'")
    where = tmp_path / "scheduler.json"
    hired = [subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_scheduler", "--scheduler-file", where,
                               "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], **QUIET)]  # fmt: skip
    try:
        while not where.exists():
            time.sleep(0.1)
        hired += [subprocess.Popen([*DASK, "--scheduler-file", where, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                                    "--local-directory", tmp_path / "scratch"], **QUIET) for _ in range(2)]  # fmt: skip
        yield where, hired
    finally:
        for each in hired:
            each.kill()
            each.wait()


def test_a_dask_cluster_that_loses_a_worker_gives_the_same_contents(design, tmp_path):
    path = design(("seeds = 4", "seeds = 60"))
    with cluster(tmp_path) as (file, hired):
        address = json.loads(file.read_text())["address"]
        for where, killed in ((file, hired[1]), (address, None)):
            out = tmp_path / ("dask" if killed else "by-address")
            process = begun(path, "--out", out, "--cluster", where)
            first_part_in(out, process)
            if killed:
                killed.kill()
            said = process.communicate(timeout=120)
            assert process.returncode == 0, said
            assert each_once(out, 120)
    batch(path, tmp_path / "local", workers=2)
    assert contents(tmp_path / "dask") == contents(tmp_path / "by-address") == contents(tmp_path / "local")


def test_a_scheduler_that_dies_is_said_in_a_sentence_and_the_rest_is_done_without_it(design, tmp_path):
    path, out = design(("seeds = 4", "seeds = 400")), tmp_path / "out"
    with cluster(tmp_path) as (where, hired):
        process = begun(path, "--out", out, "--cluster", where)
        first_part_in(out, process)
        hired[0].kill()
        said, complaint = process.communicate(timeout=60)
    assert process.returncode == 2 and complaint.count("\n") == 1, complaint
    assert "has gone" in complaint and "Traceback" not in said + complaint
    assert 0 < open_results(out).n_runs < 800
    batch(path, out, workers=2)
    assert each_once(out, 800)


def test_a_script_of_a_user_needs_no_guard_and_runs_once(tmp_path):
    """Processes that are spawned would run the script that spawned them once more, each of them."""
    script = tmp_path / "mine.py"
    script.write_text(
        "from linli.experiments import compare\n"
        "print('begun')\n"
        "found = compare(['baseline', 'five_yuan'], size='micro_grid', days=10, runs=3, workers=2)\n"
        "print(len(found.runs()['seed'].unique()), __file__.endswith('mine.py'))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert (done.stdout.split(), done.stderr) == (["begun", "3", "True"], "")


MID_ANSWER = """
import pathlib, time
from linli.experiments.crews import Local

crew = Local(1)
pool = crew.hire(alone=False)
pool.submit(bytes, 1).result()
read = lambda: int(pathlib.Path("/proc/self/io").read_text().split()[1])
begun = read()
pool.submit(bytes, 600_000_000)
while read() < begun + 5_000_000:
    time.sleep(0.001)
crew.dismiss(pool)
print("dismissed")
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/io"), reason="this system does not tell how much a process has written")
def test_a_crew_dismissed_in_the_middle_of_an_answer_is_gone_and_so_is_who_waited_for_it(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(MID_ANSWER, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "dismissed\n", "")
