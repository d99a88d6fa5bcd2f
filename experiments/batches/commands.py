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

from ...words import Words, listed, message, message_in
from ..command_line import lang_option, say, spoken, tell

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
@lang_option(expose_value=False)
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
        tell(message(
            "{n} runs are in {folder} (tables: runs, {tables})",
            n=runs, folder=results.folder, tables=listed(results.design.tables),
        ))  # fmt: skip
    if len(failures):
        first = failures.iloc[0]
        say(message(
            "{n} runs failed, listed in {file}; the first: {point}, seed {seed}, {error}; to see it again: {command}",
            n=len(failures), file=results.folder / "failures.jsonl", point=first["point"], seed=first["seed"],
            error=first["error"], command=first["reproduce"],
        ))  # fmt: skip
    if results.interrupted:
        say(message(
            "stopped; {n} runs are kept in {folder}, and the same command goes on from there",
            n=runs, folder=results.folder,
        ))  # fmt: skip
        raise click.exceptions.Exit(INTERRUPTED)
    if len(failures):
        raise click.exceptions.Exit(FAILURE)


@click.command()
@click.argument("into", type=click.Path(path_type=Path))
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR …")
@lang_option(expose_value=False)
def merge(into: Path, folders: tuple[Path, ...]) -> None:
    """Copy the finished runs of directories DIR (shards of one design) into the directory INTO.

    \b
    Example:  linli merge results/pay node1/pay node2/pay
    """
    from .merging import merge as do_merge

    results = do_merge(into, folders)
    tell(message("{n} runs are in {folder}", n=results.n_runs, folder=into))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("key")
@lang_option(expose_value=False)
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
        raise Refusal(message(
            "--shard is {text}, but must be i/n with whole numbers 1 ≤ i ≤ n, such as 2/8", text=text,
        ))  # fmt: skip
    return int(found[1]), int(found[2])


def narrowed(design: Any, precision: str | None, most_seeds: int | None) -> Any:
    """The design with the precision asked for on the command line. Raises Refusal."""
    from dataclasses import replace

    from ..outcomes import OUTCOMES
    from ..provenance import Refusal
    from .parts import MOST_SEEDS, Precision

    if precision is None:
        if most_seeds is not None:
            raise Refusal(message("--most-seeds is {most}, but goes only with --precision", most=most_seeds))
        return design
    outcome, _, width = precision.partition("=")
    try:
        half_width = float(width)
    except ValueError:
        half_width = -1.0
    if outcome not in OUTCOMES or not 0 < half_width < 1e15:
        raise Refusal(message(
            "--precision is {precision}, but must be OUTCOME=WIDTH with an outcome of `linli outcomes` and a "
            "width above 0, such as n_acts=5", precision=precision,
        ))  # fmt: skip
    if len(design.points) < 2:
        raise Refusal(message("--precision is of differences, but this design has one scenario without factors"))
    most = 1000 if most_seeds is None else most_seeds
    if not len(design.seeds) <= most <= MOST_SEEDS:
        raise Refusal(message(
            "--most-seeds is {most}, but must be from {least}, the seeds of the design, to {largest}",
            most=most, least=len(design.seeds), largest=MOST_SEEDS,
        ))  # fmt: skip
    return replace(design, precision=Precision(outcome, half_width, most, (), 0.95))


def said(found: dict[str, Any], json_: bool) -> None:
    """Print an estimate."""
    if json_:
        click.echo(json.dumps(found))
        return
    most = message(" (up to {most} for the precision asked for)", most=found["most_seeds"])
    tell(message(
        "{runs} runs: {scenarios} scenarios × {settings} settings × {seeds} seeds{more}",
        runs=found["runs"], scenarios=found["scenarios"], settings=found["settings"], seeds=found["seeds"],
        more=most if found["most_seeds"] > found["seeds"] else "",
    ))  # fmt: skip
    tell(message(
        "about {time} with {workers} workers, and {size:,.1f} MB (measured on {n} runs)", n=found["measured_runs"],
        time=in_words(found["seconds"]), workers=found["workers"], size=found["bytes"] / 1e6,
    ))  # fmt: skip
    for error in found["failed"]:
        say(message("a measured run failed: {error}", error=error))


def in_words(seconds: float) -> Words:
    """A length of time."""
    if seconds < 90:
        return message("{n:.0f} s", n=seconds)
    return message("{n:.0f} min", n=seconds / 60) if seconds < 5400 else message("{n:.1f} h", n=seconds / 3600)


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
            TextColumn(message_in("of a bar", "runs").told(spoken())),
            BarColumn(30),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=terminal, transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda told: bar.update(task, completed=told.done, total=told.total,
                                           description=rate_of(told).told(spoken()))  # fmt: skip


def by_lines() -> Watcher:
    """A line at once and then every few seconds."""
    last = 0.0

    def tell(told: Told) -> None:
        nonlocal last
        if time.monotonic() - last > EVERY_SECONDS:
            last = time.monotonic()
            line = message("{done} of {total} runs, {rate}", done=told.done, total=told.total, rate=rate_of(told))
            click.echo(line.told(spoken()), err=True)

    return tell


def rate_of(told: Told) -> Words:
    """Rate, time left and failures in words."""
    rate = told.running / told.seconds if told.seconds > 1.0 else 0.0
    parts: list[Words] = [message("{rate:.1f} a second", rate=rate)]
    if rate:
        parts.append(message("{time} left", time=in_words((told.total - told.done) / rate)))
    if told.failed:
        parts.append(message("{n} failed", n=told.failed))
    return listed(parts, message_in("between clauses", ", "))
