"""The commands of a batch: `linli batch`, `linli merge` and `linli rerun`."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from .runner import Told, Watcher

INTERRUPTED, FAILURE = 130, 1
EVERY_SECONDS = 10.0
"""How often a line of progress is written where there is no terminal."""


@click.command()
@click.argument("design", type=click.Path(path_type=Path), metavar="DESIGN.toml")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help="directory for the results  [default: results/NAME]"
)
@click.option("--dry-run", is_flag=True, help="only say how many runs, how long and how many bytes it would take")
@click.option("--workers", type=int, help="processes on this machine  [default: one a core]")
@click.option("--cluster", metavar="WHERE", help="a Dask scheduler: tcp://host:8786, or its scheduler file")
@click.option("--shard", metavar="i/n", help="only the i-th of n parts of the work, as for job arrays")
@click.option(
    "--precision", metavar="OUTCOME=WIDTH", help="more seeds until ± WIDTH of the paired differences of OUTCOME"
)
@click.option("--most-seeds", type=int, help="with --precision: no more seeds than this  [default: 1000]")
@click.option("--retry-failed", is_flag=True, help="run again what raised an error before")
@click.option("--repair", is_flag=True, help="set damaged parts aside and do their runs again")
@click.option(
    "--other-versions", is_flag=True, help="go on although Python, Numba, … are of other versions than before"
)
@click.option("--quiet", is_flag=True, help="no progress")
@click.option("--json", "json_", is_flag=True, help="JSON in place of sentences")
def batch(design: Path, folder: Path | None, dry_run: bool, workers: int | None, cluster: str | None, shard: str | None,
          precision: str | None, most_seeds: int | None, retry_failed: bool, repair: bool, other_versions: bool,
          quiet: bool, json_: bool) -> None:  # fmt: skip
    """Thousands of runs over a design. Stopped at any moment, the same command goes on with what is missing.

    \b
    Example:  linli batch pay.toml --out results/pay
    """
    from .batch import batch as do_batch
    from .design import read_design
    from .estimate import estimate

    read, part = read_design(design), shard_of(shard)
    read = narrowed(read, precision, most_seeds)
    if dry_run:
        said(estimate(read, workers=workers, shard=part), json_)
        return
    with watched(quiet) as watcher:
        results = do_batch(read, folder, workers=workers, cluster=cluster, shard=part, repair=repair,
                           other_versions=other_versions, retry_failed=retry_failed, watcher=watcher)  # fmt: skip
    runs, failures = results.n_runs, results.failures()
    if json_:
        click.echo(json.dumps({"folder": str(results.folder), "runs": runs, "failed": len(failures),
                               "interrupted": results.interrupted}))  # fmt: skip
    elif not quiet:
        click.echo(f"{runs} runs are in {results.folder} (tables: runs, {', '.join(results.design.tables)})")
    if len(failures):
        first = failures.iloc[0]
        complain(f"{len(failures)} runs failed, listed in {results.folder / 'failures.jsonl'}; the first: "
                 f"{first['point']}, "
                 f"seed {first['seed']}, {first['error']}; to see it again: {first['reproduce']}")  # fmt: skip
    if results.interrupted:
        complain(f"stopped; {runs} runs are kept in {results.folder}, and the same command goes on from there")
        raise click.exceptions.Exit(INTERRUPTED)
    if len(failures):
        raise click.exceptions.Exit(FAILURE)


@click.command()
@click.argument("into", type=click.Path(path_type=Path))
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR …")
def merge(into: Path, folders: tuple[Path, ...]) -> None:
    """Copy the finished runs of directories DIR (shards of one design) into the directory INTO.

    \b
    Example:  linli merge results/pay node1/pay node2/pay
    """
    from .merging import merge as do_merge

    results = do_merge(into, folders)
    click.echo(f"{results.n_runs} runs are in {into}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("key")
def rerun(folder: Path, key: str) -> None:
    """Do one run of a batch again in this process, with the traceback if it raises an error.

    \b
    Example:  linli rerun results/pay 23339551fc21c9a170fc
    """
    from .rerunning import rerun as do_rerun

    click.echo(json.dumps(do_rerun(folder, key), indent=2))


def shard_of(text: str | None) -> tuple[int, int]:
    """Which shard of how many. Raises Refusal."""
    from ..provenance import Refusal

    if text is None:
        return 1, 1
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise Refusal(f"--shard is {text}, but must be i/n with whole numbers 1 ≤ i ≤ n, such as 2/8")
    return int(found[1]), int(found[2])


def narrowed(design: Any, precision: str | None, most_seeds: int | None) -> Any:
    """The design with the precision asked for on the command line. Raises Refusal."""
    from dataclasses import replace

    from ..outcomes import OUTCOMES
    from ..provenance import Refusal
    from .parts import MOST_SEEDS, Precision

    if precision is None:
        if most_seeds is not None:
            raise Refusal(f"--most-seeds is {most_seeds}, but goes only with --precision")
        return design
    outcome, _, width = precision.partition("=")
    try:
        half_width = float(width)
    except ValueError:
        half_width = -1.0
    if outcome not in OUTCOMES or not 0 < half_width < 1e15:
        raise Refusal(f"--precision is {precision}, but must be OUTCOME=WIDTH with an outcome of `linli outcomes` and "
                      "a width above 0, such as n_acts=5")  # fmt: skip
    if len(design.points) < 2:
        raise Refusal("--precision is of differences, but this design has one scenario without factors")
    most = 1000 if most_seeds is None else most_seeds
    if not len(design.seeds) <= most <= MOST_SEEDS:
        raise Refusal(
            f"--most-seeds is {most}, but must be from {len(design.seeds)}, the seeds of the design, to {MOST_SEEDS}"
        )
    return replace(design, precision=Precision(outcome, half_width, most, (), 0.95))


def said(found: dict[str, Any], json_: bool) -> None:
    """Print an estimate."""
    if json_:
        click.echo(json.dumps(found))
        return
    more = f" (up to {found['most_seeds']} for the precision asked for)" if found["most_seeds"] > found["seeds"] else ""
    click.echo(f"{found['runs']} runs: {found['scenarios']} scenarios × {found['settings']} settings × "
               f"{found['seeds']} seeds{more}")  # fmt: skip
    click.echo(f"about {in_words(found['seconds'])} with {found['workers']} workers, and "
               f"{found['bytes'] / 1e6:,.1f} MB (measured on {found['measured_runs']} runs)")  # fmt: skip
    for error in found["failed"]:
        complain(f"a measured run failed: {error}")


def in_words(seconds: float) -> str:
    """A length of time."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def complain(sentence: str) -> None:
    """One line on stderr."""
    click.echo("linli: " + " ".join(sentence.split()), err=True)


@contextlib.contextmanager
def watched(quiet: bool) -> Iterator[Watcher]:
    """Show runs done, rate, time left and failures: a bar on a terminal, a line now and then elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from ..watching import announce_compiling
    from .runner import nobody

    terminal = Console(stderr=True, highlight=False)
    if quiet:
        yield nobody
    elif not terminal.is_terminal:
        announce_compiling(terminal)
        yield by_lines()
    else:
        announce_compiling(terminal)
        columns = (
            TextColumn("runs"),
            BarColumn(30),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=terminal, transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda told: bar.update(task, completed=told.done, total=told.total, description=rate_of(told))


def by_lines() -> Watcher:
    """A line at once and then every few seconds."""
    last = 0.0

    def tell(told: Told) -> None:
        nonlocal last
        if time.monotonic() - last > EVERY_SECONDS:
            last = time.monotonic()
            click.echo(f"{told.done} of {told.total} runs, {rate_of(told)}", err=True)

    return tell


def rate_of(told: Told) -> str:
    """Rate, time left and failures in words."""
    rate = told.running / told.seconds if told.seconds > 1.0 else 0.0
    left = f", {in_words((told.total - told.done) / rate)} left" if rate else ""
    return f"{rate:.1f} a second{left}" + (f", {told.failed} failed" if told.failed else "")
