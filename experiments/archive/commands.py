"""The commands of the archive: `linli package` and `linli verify`."""

from __future__ import annotations

from pathlib import Path

import click

from ...words import message
from ..command_line import lang_option, tell

DIFFERENT = 1
"""Exit code where a run does not come out the same again."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", "file", type=click.Path(path_type=Path), help="a zip, or a directory  [default: DIR-package.zip]"
)
@click.option("--license", "licence", default="Apache-2.0", show_default=True,
              help="of the package: Apache-2.0, CC-BY-4.0, CC-BY-SA-4.0, CC0-1.0 or MIT")  # fmt: skip
@lang_option("language of the figures")
@click.option("--force", is_flag=True, help="write over another package")
@click.option("--quiet", is_flag=True, help="no progress, no words")
def package(folder: Path, file: Path | None, licence: str, lang: str, force: bool, quiet: bool) -> None:
    """An evidence package (RO-Crate) of a directory of results: data, figures, report, versions, description.

    \b
    Example:  linli package results/pay --out pay-2026.zip
    """
    from ..watching import watching
    from .crate import digest
    from .packing import package as pack

    with watching(quiet) as progress:
        written = pack(folder, file, licence=licence, lang=lang, force=force, progress=progress)
    if not quiet:
        tell(message("written: {file}", file=written))
        if written.is_file():
            click.echo(f"SHA-256: {digest(written)}")


@click.command()
@click.argument("file", metavar="PACKAGE", type=click.Path(path_type=Path))
@click.option("--share", type=float, default=0.05, show_default=True, help="of the runs to do again, from 0 to 1")
@click.option("--luck", type=int, default=1, show_default=True, help="which runs are drawn")
@lang_option("language of the answer")
@click.option("--quiet", is_flag=True, help="no progress, no words unless something is wrong")
@click.option("--json", "json_", is_flag=True, help="JSON in place of the sentence: a row a run done again")
def verify(file: Path, share: float, luck: int, lang: str, quiet: bool, json_: bool) -> None:
    """Whether a package is as it was packed, and a random share of its runs comes out the same again, bit for bit.

    \b
    Example:  linli verify pay-2026.zip --share 0.1
    """
    from ..watching import watching
    from .verifying import verify as check

    with watching(quiet) as progress:
        found = check(file, share=share, luck=luck, progress=progress)
    if json_:
        from ..show import as_json

        click.echo(as_json([{str(k): v for k, v in row.items()} for row in found.runs.to_dict("records")]))
    elif not quiet or not found.agrees:
        click.echo(found.sentence(lang), err=not found.agrees)
    if not found.agrees:
        raise click.exceptions.Exit(DIFFERENT)
