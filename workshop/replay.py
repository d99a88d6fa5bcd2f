"""`linli replay`: the life of a neighbourhood under one or two scenarios, as one page to be opened from the disk."""

from __future__ import annotations

import base64
import gzip
import html
import importlib.metadata
import json
import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from ..words import message

if TYPE_CHECKING:
    from ..experiments.runs import Progress

SCRIPTS = ("recording.js", "sprites.js", "life.js", "legend.js", "player.js", "map.js", "replay.js")
"""The modules of the page, each after those it imports from."""

IMPORTED = re.compile(r"^(?:import|export) [^;]*? from \"\./\w+\.js\";\n|^export \{[^}]*\};\n", re.MULTILINE)
"""What a module says about others, which in one file are there already."""

NOT_OURS = message("{file} is there already, and is not this replay; name another file, or use --force")


class Asked(NamedTuple):
    """What to replay: one or two scenarios, and the town they are lived in."""

    scenarios: Sequence[Any]
    size: str
    seed: int
    days: int


@click.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO …")
@click.option("--size", default="general_grid", show_default=True, help="micro_grid, general_grid, general_grid:N, …")
@click.option("--days", type=int, default=365, show_default=True, help="recorded days, after 180 unrecorded ones")
@click.option("--seed", type=int, default=1, show_default=True, help="seed of all luck")
@click.option("--out", "file", type=click.Path(path_type=Path), help="the page  [default: replay-NAMES.html]")
@click.option("--force", is_flag=True, help="write over another file")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", help="language the page opens in")
@click.option("--quiet", is_flag=True, help="no progress, no words")
def replay(scenarios: tuple[str, ...], size: str, days: int, seed: int, file: Path | None, force: bool, lang: str,
           quiet: bool) -> None:  # fmt: skip
    """One page that plays a neighbourhood day by day: under one scenario, or under two side by side.

    SCENARIO is a name, a file, or a directory that `linli run` or `compare` has written, which is lived again.
    The page needs no server and no network: send it to whoever should see it.

    \b
    Example:  linli replay baseline five_yuan --size general_grid:2000 --out pay.html
              linli replay results/five_yuan --lang zh
    """
    from ..experiments.watching import watching

    given = click.get_current_context().get_parameter_source
    by_hand = [name for name in ("size", "days", "seed") if given(name) is click.core.ParameterSource.COMMANDLINE]
    asked = asked_for(scenarios, Asked((), size, seed, days), by_hand)
    file = file or Path("-".join(["replay", *(scenario.name for scenario in asked.scenarios)])[:100] + ".html")
    with watching(quiet) as progress:
        text = replay_page(asked, lang, progress)
        write(file, text, force)
    if not quiet:
        click.echo(f"written: {file} ({os.path.getsize(file) / 1000:.0f} kB)")


def asked_for(names: Sequence[str], asked: Asked, by_hand: Sequence[str] = ()) -> Asked:
    """The scenarios of these names, files or directories. Raises Refusal for what cannot be laid side by side."""
    from ..experiments.picture_map import drawable
    from ..experiments.provenance import Refusal
    from ..experiments.runs import checked, comparable, opened

    found: list[Any] = []
    for name in names:
        if Path(name).is_dir():
            again = from_results(Path(name))
            if by_hand:
                raise Refusal(message("--{option} is for scenarios, but {name} holds results, which say so themselves",
                                      option=by_hand[0], name=name))  # fmt: skip
            if found and again[1:] != asked[1:]:
                raise Refusal(message("{name} is of another size, seed or number of days than {first}",
                                      name=name, first=names[0]))  # fmt: skip
            asked = again
            found += again.scenarios
        else:
            found.append(opened(name))
    if len(found) > 2:
        raise Refusal(message("a replay shows one or two scenarios, and these are {n}", n=len(found)))
    checked(asked.size, asked.days, asked.seed)
    drawable(asked.size)
    return asked._replace(scenarios=comparable(found) if len(found) > 1 else found)


def from_results(folder: Path) -> Asked:
    """What the results of a directory were asked for. Raises Refusal where there are none, or of another kind."""
    from ..experiments.archive.repeating import spec_of
    from ..experiments.provenance import FILE, Refusal
    from ..experiments.reports.opening import in_chinese, provenance_of
    from ..experiments.runs import opened

    about = provenance_of(folder)
    if about["command"] not in ("run", "compare"):
        raise Refusal(message("{file}: the command is {command!r}; a replay can be made of run and compare",
                              file=folder / FILE, command=about["command"]))  # fmt: skip
    try:
        baseline = spec_of(about["baseline"], "the baseline")
        scenarios = [
            replace(
                opened("baseline"), name=each["name"], question=each["question"], path=Path(each["file"]),
                question_zh=in_chinese(each["text"]), spec=spec_of(each["parameters"], each["name"]), baseline=baseline,
            )
            for each in about["scenarios"]
        ]  # fmt: skip
    except (KeyError, TypeError) as error:
        raise Refusal(message("{file} is not what this program writes ({error})", file=folder / FILE,
                              error=f"{type(error).__name__}: {error}")) from None  # fmt: skip
    return Asked(scenarios, str(about["size"]), int(about["seed"]), int(about["days"]))


def replay_page(asked: Asked, lang: str = "en", progress: Progress | None = None) -> str:
    """The page. The same text each time, from the same code."""
    from ..experiments.compiling import compile_if_stale
    from .recording import record

    compile_if_stale()
    recordings = []
    for k, scenario in enumerate(asked.scenarios):
        if progress:
            progress("living", k, len(asked.scenarios))
        recordings.append(record(scenario.baseline, scenario.spec, asked.size, asked.seed, asked.days))
    return page_of(recordings, asked, lang)


def page_of(recordings: Sequence[bytes], asked: Asked, lang: str) -> str:
    """The page with these recordings in it."""
    packed = (base64.b64encode(gzip.compress(recording, 9, mtime=0)).decode() for recording in recordings)
    title = "linli: " + " / ".join(scenario.name for scenario in asked.scenarios)
    filled = {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": html.escape(title),
        "style": static("replay.css"),
        "about": as_json(about_page(asked, lang)),
        "provenance": as_json(provenance_of_page(asked)),
        "recordings": "\n".join(f'<script class="recording" type="text/plain">{text}</script>' for text in packed),
        "script": as_one(SCRIPTS),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda hole: filled[hole[1]], static("replay.html"))


def static(name: str) -> str:
    """The text of a file of the page."""
    return (files(__package__) / "static" / name).read_text(encoding="utf-8")


def as_one(modules: Sequence[str]) -> str:
    """The modules of these files, each after those it imports from, as one."""
    return "\n".join(IMPORTED.sub("", static(name)) for name in modules)


def as_json(value: Any) -> str:
    """JSON that may stand in a script of a page: no end of a script can be in it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


def about_page(asked: Asked, lang: str) -> dict[str, Any]:
    """What the page says of itself, in both languages."""
    from .map_words import MAP, REPLAY, in_language

    words = {tongue: in_language(MAP | REPLAY, tongue) for tongue in ("en", "zh")}
    towns = [
        {"name": each.name, "question": each.question, "question_zh": each.question_zh} for each in asked.scenarios
    ]
    return {"lang": lang, "words": words, "towns": towns, "seed": asked.seed, "days": asked.days,
            "version": importlib.metadata.version("linli"), "command": command_of(asked)}  # fmt: skip


def command_of(asked: Asked) -> str:
    """How to make the page again: scenarios that came with the program by name, others by the name of their file."""
    from ..scenarios import names

    shipped = names()
    called = [each.name if each.name in shipped else Path(each.path).name or each.name for each in asked.scenarios]
    numbers = ("--size", asked.size, "--days", str(asked.days), "--seed", str(asked.seed))
    return shlex.join(["linli", "replay", *called, *numbers])


def provenance_of_page(asked: Asked) -> dict[str, Any]:
    """Code, versions and all numbers; nothing of who made it, where and when, so that the page can be sent around."""
    from ..experiments.provenance import provenance

    whole = provenance("replay", asked.scenarios, size=asked.size, days=asked.days, seed=asked.seed)
    kept = ("linli", "command", "code", "git", "versions", "size", "days", "seed", "scenarios", "baseline")
    scenarios = [each | {"file": Path(each["file"]).name} for each in whole["scenarios"]]
    return {name: whole[name] for name in kept} | {"scenarios": scenarios}


def write(file: Path, text: str, force: bool) -> None:
    """Write the page (to a temporary name first). Raises Refusal over another file, OSError."""
    from ..experiments.provenance import Refusal

    if file.is_dir() or (file.exists() and not force and file.read_bytes() != text.encode()):
        raise Refusal(NOT_OURS.filled(file=file))
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(file.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, file)
