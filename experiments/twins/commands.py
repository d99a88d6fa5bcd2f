"""The command of twins: `linli diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..command_line import lang_option

if TYPE_CHECKING:
    from .diffing import Twins


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--size", default="general_grid", show_default=True,
              help="micro_grid, general_grid, community, sub_district or district")  # fmt: skip
@click.option("--days", type=int, default=365, show_default=True, help="recorded days, after 180 unrecorded ones")
@click.option("--seed", type=int, default=1, show_default=True, help="seed of all luck")
@click.option("--chains", type=int, default=6, show_default=True, help="differences to follow back to the lever")
@click.option("--resident", type=int, help="follow what became otherwise for this resident: a row, from 0")
@click.option("--out", "folder", type=click.Path(path_type=Path), help="directory for the results")
@click.option("--force", is_flag=True, help="write over the results of another run")
@lang_option("language of what is said and of the figure")
@click.option("--quiet", is_flag=True, help="no progress, no tables")
@click.option("--json", "json_", is_flag=True, help="JSON in place of the tables: the links of the chains")
def diff(a: str, b: str, size: str, days: int, seed: int, chains: int, resident: int | None, folder: Path | None,
         force: bool, lang: str, quiet: bool, json_: bool) -> None:  # fmt: skip
    """Who and what went otherwise under B than under A, when first, and what it came of, step by step.

    One town is lived twice, with the same people and the same luck.

    \b
    Example:  linli diff baseline five_yuan --seed 7
    """
    from ..cli import language
    from ..provenance import claim
    from ..watching import watching
    from .diffing import founded, lived

    with watching(quiet) as progress:
        town = founded(a, b, size=size, days=days, seed=seed, chains=chains, resident=resident, progress=progress)
        of = "" if resident is None else f"-resident{resident}"
        folder = folder or Path("results") / f"diff-{town.a.name}-{town.b.name}-{size}-seed{seed}{of}"
        claim(folder, town.about, force)
        twins = lived(town, progress)
        progress("writing", 0, 1)
        written = twins.write(folder, force=True, lang=language(lang))
    say(twins, folder, written, lang, quiet, json_)


def say(twins: Twins, folder: Path, written: list[Path], lang: str, quiet: bool, json_: bool) -> None:
    """Print what was found, and what was written where."""
    from ..cli import name_files
    from ..show import as_json, console

    if json_:
        click.echo(as_json([{"sentence": twins.sentence(lang), **twins.found, "chains": twins.records["chains"]}]))
    elif not quiet:
        from .shown import tables_of

        console().print(tables_of(twins, lang))
        click.echo()
        name_files(folder, written)
