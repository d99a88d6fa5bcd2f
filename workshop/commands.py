"""`linli workshop`: the interactive page on a server of this machine."""

from __future__ import annotations

from pathlib import Path

import click

from ..experiments.command_line import lang_option, tell
from ..words import message
from ..words.system import reason

PORT = 8765


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="port of the server")
@click.option("--host", default="127.0.0.1", show_default=True,
              help="address to listen on; 0.0.0.0 lets phones on the local network in")  # fmt: skip
@click.option("--residents", type=click.IntRange(300, 5_000), default=1_438, show_default=True,
              help="of the general grid, 300 to 5000")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="of the town on the map")
@click.option("--days", type=click.IntRange(30, 3_650), default=730, show_default=True, help="recorded days")
@click.option("--a", "of_a", default="baseline", show_default=True, help="scenario shown as A")
@click.option("--b", "of_b", default="five_yuan", show_default=True, help="scenario shown as B")
@lang_option("language to begin with", default="zh")
@click.option("--room", "folder", type=click.Path(path_type=Path), default=Path("results/workshop"), show_default=True,
              help="directory for answers and looks; the same one goes on with the same room")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), help="processes that live towns  [default: one a core]")
def workshop(port: int, host: str, residents: int, seed: int, days: int, of_a: str, of_b: str, lang: str, folder: Path,
             workers: int | None) -> None:  # fmt: skip
    """The workshop page: move a lever, and see all futures at once. Ctrl-C ends it.

    \b
    Example:  linli workshop --lang en
    """
    import os

    from ..experiments.compiling import compile_if_stale
    from ..experiments.provenance import Refusal
    from ..scenarios.loader import names, shipped_names
    from .state import Branch, Look, Setting, from_json, to_json

    for option, name in (("--a", of_a), ("--b", of_b)):
        if name not in names():
            raise Refusal(message("{option} is {name!r}, but no scenario of this name is shipped; {offered}",
                                  option=option, name=name, offered=shipped_names(name)))  # fmt: skip
    branches = (Branch("1", of_a, None, 0, Setting(of_a)), Branch("2", of_b, None, 0, Setting(of_b)))
    size = "general_grid" if residents == 1_438 else f"general_grid:{residents}"
    try:
        first = from_json(to_json(Look(size, seed, days, branches, lang=lang)))
    except ValueError as error:
        raise Refusal(*error.args) from None
    refuse_taken(host, port)
    compile_if_stale()
    try:
        from .server import Options, serve
    except ImportError as error:
        raise Refusal(message(
            'the workshop needs a package that is missing ({name}): pip install "linli[workshop]"', name=error.name,
        )) from None  # fmt: skip
    try:
        serve(Options(host, port, folder, first, workers or os.cpu_count() or 1))
    except KeyboardInterrupt:
        tell(message("The workshop has ended. Answers and codes are kept in {folder}.", folder=folder))


def refuse_taken(host: str, port: int) -> None:
    """Raises Refusal, in one sentence, where the server could not listen."""
    import socket

    from ..experiments.provenance import Refusal

    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, UnicodeError) as error:
        raise Refusal(message(
            "cannot listen on {host} port {port} ({said}); name another with --host or --port",
            host=host, port=port, said=reason(error),
        )) from None  # fmt: skip
