"""The command line. Modules are loaded when a command needs them, so that it starts quickly."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from ..words import LANGUAGES, listed, message, told
from ..words.catalogue import chinese
from ..words.system import reason
from .archive.commands import package, verify
from .batches.commands import batch, merge, rerun
from .command_line import (
    HELP,
    LANG,
    Context,
    help_of,
    in_click,
    lang_option,
    listen,
    say,
    sentence_of,
    spoken,
    tell,
    unknown_language,
)
from .twins.commands import diff

F = TypeVar("F", bound=Callable[..., Any])

COMMANDS = "linli.commands"
"""The group of entry points that name further commands."""

USAGE, FAILURE, INTERRUPTED = 2, 1, 130
"""Exit codes: asked for something that cannot be; something went wrong; stopped by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave the process. Every expected error is one sentence on stderr."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    listen(arguments)
    if unknown := unknown_language():
        say(message("{name} is {value}; allowed are {allowed}", name=LANG, value=unknown, allowed=listed(LANGUAGES)))
        sys.exit(USAGE)
    try:
        code = linli.main(arguments, prog_name="linli", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as nothing_asked:
        click.echo(nothing_asked.format_message(), err=True)
        sys.exit(USAGE)
    except click.ClickException as error:
        say(sentence_of(error))
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        say(message("stopped before there were results"))
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # whoever read our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILURE)
    except OSError as error:
        what = error.filename or message("the system")
        say(message("cannot use {what}: {said}", what=what, said=reason(error)))
        sys.exit(FAILURE)
    except ValueError as error:
        if not is_refusal(error):
            raise
        say(told(error, spoken()))
        sys.exit(USAGE)
    sys.exit(code if isinstance(code, int) else 0)


def is_refusal(error: ValueError) -> bool:
    """Whether an error is a sentence meant for the user, not a mistake in the program."""
    from ..scenarios import ScenarioError
    from .provenance import Refusal

    return isinstance(error, ScenarioError | Refusal)


def option(*names: str, **about: Any) -> Callable[[F], F]:
    """An option that shows its default."""
    return click.option(*names, **{"show_default": about.get("default") is not None, **about})


def several(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Some options in this order."""

    def with_options(function: F) -> F:
        for each in reversed(options):
            function = each(function)
        return function

    return with_options


where_and_when = several(
    option("--size", default="community", help="micro_grid, general_grid, community, sub_district or district"),
    option("--days", type=int, default=365, help="recorded days, after 180 unrecorded ones"),
    option("--seed", type=int, default=1, help="seed of all luck (of the first of several runs)"),
)
output = several(
    option("--out", "folder", type=click.Path(path_type=Path), help="directory for the results"),
    option("--force", is_flag=True, help="write over the results of another run"),
    lang_option("language of tables and figures"),
    option("--quiet", is_flag=True, help="no progress, no tables"),
    option("--json", "json_", is_flag=True, help="JSON in place of the table"),
)
whole_option = option("--all", "whole", is_flag=True, help="every outcome in the table, not only the main ones")
workers_option = option("--workers", type=int, help="processes [default: one a core]")


class Linli(click.Group):
    """The commands here, and those that packages of the project above this one bring with them.

    The latter stand in the entry points `linli.commands`, and are loaded only when they are asked for.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, by name."""
        return sorted({*super().list_commands(ctx), *(found.name for found in further_commands())})

    context_class = Context

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The one of this name, or None."""
        known = super().get_command(ctx, name)
        found = [] if known else [entry for entry in further_commands() if entry.name == name]
        command: click.Command | None = found[0].load() if found else known
        if command:
            command.context_class = Context
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each of them is for: in Chinese the whole first sentence."""
        if spoken() != "zh":
            return super().format_commands(ctx, formatter)
        commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        told = {name: chinese(HELP, help_of(command)) for name, command in commands.items() if command}
        with formatter.section(in_click("Commands")):
            formatter.write_dl([(name, re.split("(?<=[。？])|\n", text)[0]) for name, text in told.items()])


def further_commands() -> Any:
    """The entry points of commands that are not written here."""
    from importlib.metadata import entry_points

    return entry_points(group=COMMANDS)


@click.group(cls=Linli, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="linli", message="linli %(version)s")
@lang_option("language of what is said, in every command", expose_value=False)
def linli() -> None:
    """邻里: which incentives and which rules of deliberation help a neighbourhood? A policy laboratory.

    \b
    Begin with:  linli demo
    """


@linli.command()
@click.argument("scenario")
@where_and_when
@output
def run(scenario: str, size: str, days: int, seed: int, folder: Path | None, force: bool, lang: str, quiet: bool,
        json_: bool) -> None:  # fmt: skip
    """What happens in one neighbourhood under SCENARIO (a name or a file), with one seed.

    \b
    Example:  linli run five_yuan --days 730 --out results/five_yuan
    """
    from .provenance import claim, provenance
    from .runs import checked, opened, run_scenario
    from .watching import watching

    checked(size, days, seed)
    chosen = opened(scenario)
    folder = folder or Path("results") / f"{chosen.name}-{size}-seed{seed}"
    claim(folder, provenance("run", [chosen], size=size, days=days, seed=seed), force)
    with watching(quiet) as progress:
        done = run_scenario(chosen, size=size, days=days, seed=seed, progress=progress)
        progress("writing", 0, 1)
        written = done.write(folder, force=force, lang=language(lang))
    if json_:
        from .show import as_json

        click.echo(as_json(done.records))
    elif not quiet:
        from .show import console, yearly

        console().print(yearly(done, lang))
        name_files(folder, written)


@linli.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="A B …")
@option("--runs", type=int, default=30, help="paired runs of each scenario, with seeds seed, seed + 1, …")
@where_and_when
@workers_option
@whole_option
@output
def compare(scenarios: tuple[str, ...], runs: int, size: str, days: int, seed: int, workers: int | None, whole: bool,
            folder: Path | None, force: bool, lang: str, quiet: bool, json_: bool) -> None:  # fmt: skip
    """How scenarios differ from the first: the same people and the same luck in each, with intervals.

    \b
    Example:  linli compare baseline five_yuan twenty_yuan --runs 50 --out results/pay
    """
    from .provenance import claim, provenance
    from .runs import checked_runs, comparable, compare, opened
    from .watching import watching

    checked_runs(size, days, seed, runs, workers)
    chosen = comparable([opened(name) for name in scenarios])
    folder = folder or Path("results") / f"{'-'.join(s.name for s in chosen)[:80]}-{size}-seed{seed}-runs{runs}"
    claim(folder, provenance("compare", chosen, size=size, days=days, seed=seed, runs=runs), force)
    with watching(quiet) as progress:
        done = compare(chosen, runs=runs, size=size, days=days, seed=seed, workers=workers, progress=progress)
        progress("writing", 0, 1)
        written = done.write(folder, force=force, lang=language(lang))
    show_comparison(done, folder, written, lang, quiet, json_, whole)


@linli.command()
@option("--runs", type=int, default=20, help="paired runs of each scenario")
@option("--size", default="community", help="how much of the district: community, general_grid, …")
@option("--days", type=int, default=365, help="recorded days")
@workers_option
@whole_option
@output
def demo(runs: int, size: str, days: int, workers: int | None, whole: bool, folder: Path | None, force: bool, lang: str,
         quiet: bool, json_: bool) -> None:  # fmt: skip
    """No pay or 5 yuan an hour × residents vote or the cadre decides: a community for a year.

    \b
    Example:  linli demo --out results/demo
    """
    from .demo import SCENARIOS, demonstrate
    from .provenance import claim, provenance
    from .runs import checked_runs, opened
    from .watching import watching

    checked_runs(size, days, 1, runs, workers)
    folder = folder or Path("results/demo")
    chosen = [opened(name) for name in SCENARIOS]
    claim(folder, provenance("compare", chosen, size=size, days=days, seed=1, runs=runs), force)
    with watching(quiet) as progress:
        done = demonstrate(runs, size=size, days=days, workers=workers, progress=progress)
        progress("writing", 0, 1)
        written = done.write(folder, force=force, lang=language(lang))
    show_comparison(done, folder, written, lang, quiet, json_, whole)


for command in (diff, batch, merge, rerun, package, verify):
    linli.add_command(command)


RUN_FOR = ("dose", "regimes", "meeting", "life", "map")
"""Pictures that something is run for."""
FROM_RESULTS = (
    "differences", "pairs", "curve", "sensitivity", "front", "participation", "issues", "fan", "meetings", "groups",
    "luck", "twins", "dose", "regimes", "validation",
)  # fmt: skip
"""Pictures that are drawn from results."""


@linli.command()
@click.argument("name", metavar="NAME", type=click.Choice(list(dict.fromkeys(RUN_FOR + FROM_RESULTS))))
@option("--from", "results", type=click.Path(path_type=Path), help="directory of results to draw from, running nothing")
@option("--of", multiple=True, help="outcome, or weekly series of a fan, to draw (may be repeated)")
@option("--factor", default="", show_default=False,
        help="the parameter that a curve is over  [default: the first that the batch varies]")  # fmt: skip
@option("--scenario", default="baseline", help="scenario (a name or a file) that the picture is of, or begins from")
@option("--runs", type=int, default=20, help="paired runs (dose, regimes)")
@option("--show", type=click.Choice(["issues", "activity"]), default="issues", help="what a map is coloured by")
@option("--size", default="general_grid", help="micro_grid, general_grid, community, sub_district or district")
@option("--days", type=int, default=365, help="recorded days, after 180 unrecorded ones")
@option("--seed", type=int, default=1, help="seed of all luck (of the first of several runs)")
@workers_option
@option("--out", "folder", type=click.Path(path_type=Path), help="directory for the picture")
@option("--force", is_flag=True, help="write over the results of another run")
@lang_option("language of the picture")
@option("--quiet", is_flag=True, help="no progress, no words")
def figure(name: str, results: Path | None, of: tuple[str, ...], factor: str, scenario: str, runs: int, show: str,
           size: str, days: int, seed: int, workers: int | None, folder: Path | None, force: bool, lang: str,
           quiet: bool) -> None:  # fmt: skip
    """A picture, as PNG and SVG, and its numbers as CSV: of new runs, or of results (--from DIR).

    \b
    dose          how much residents take part for how much pay
    regimes       adoption, time, voice and consent under each way of deliberating
    meeting       who spoke when, and how positions moved, in the fullest meeting
    life          where issues stand over time, and how long each step takes
    map           buildings, grids, ties and who serves, with issues or activity

    \b
    --from what run, compare, diff, batch or figure has written:
    differences   what each scenario changes, with intervals; pairs: seed by seed
    fan           weekly series, as bands that hold 50 and 90 % of the runs
    participation, issues, meetings     as run and compare draw them
    curve         how outcomes answer to a factor; sensitivity: to all factors
    front         which points no other one betters in two outcomes
    groups        who benefits and who bears; luck: what shared luck is worth
    twins         who and what went otherwise, and what it came of, as diff draws it
    dose, regimes as drawn before; validation: of the page of make validation

    \b
    Example:  linli figure dose --runs 30 --out results/dose
              linli figure fan --from results/pay --of acts --of open
    """
    if results is not None or name not in RUN_FOR:
        return figure_from(name, results, of, factor, folder, language(lang), quiet)
    from .gallery import Asked, about, drawn, write_picture
    from .provenance import claim
    from .runs import opened
    from .watching import watching

    asked = Asked(opened(scenario), size, days, seed, runs, workers, show)
    stamp = about(name, asked)
    folder = folder or Path("results") / f"figure-{name}-{asked.scenario.name}-{size}-seed{seed}"
    claim(folder, stamp, force)
    with watching(quiet) as progress:
        found = drawn(name, asked._replace(progress=progress))
        progress("writing", 0, 1)
        written = write_picture(name, found, folder, stamp, language(lang), force)
    if not quiet:
        name_files(folder, written)
    if found.comparison:
        say_what_failed(found.comparison, folder)


def figure_from(
    name: str, results: Path | None, of: tuple[str, ...], factor: str, folder: Path | None, lang: str, quiet: bool
) -> None:
    """A picture of results. Options of new runs have no place beside --from."""
    from .reports.drawn import redraw

    if results is None:
        raise click.UsageError(message(
            "the figure {name} is drawn from results: add --from and the directory they are in", name=name,
        ))  # fmt: skip
    if name not in FROM_RESULTS:
        raise click.UsageError(message(
            "the figure {name} cannot be drawn from results; leave --from out, and it is run anew", name=name,
        ))  # fmt: skip
    given = click.get_current_context().get_parameter_source
    for option in ("scenario", "runs", "show", "size", "days", "seed", "workers", "force"):
        if given(option) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(message(
                "--{option} is for new runs, but --from draws what has been run", option=option,
            ))  # fmt: skip
    written = redraw(results, name, of=of, factor=factor, lang=lang, folder=folder)
    if not quiet:
        name_files(written[0].parent, written)


def language(lang: str) -> str:
    """The language for figures; says so once if Chinese cannot be drawn here."""
    from .style import NO_CHINESE, chinese_font

    if lang == "zh" and chinese_font() is None:
        say(NO_CHINESE)
        return "en"
    return lang


def show_comparison(
    done: Any, folder: Path, written: list[Path], lang: str, quiet: bool, json_: bool, whole: bool
) -> None:
    """Print a comparison, and leave with the exit code it deserves."""
    from .show import as_json, comparison_table, console

    if json_:
        click.echo(as_json(done.records))
    elif not quiet:
        if done.good:
            console().print(comparison_table(done, lang, whole))
        name_files(folder, written)
    say_what_failed(done, folder)


def say_what_failed(done: Any, folder: Path) -> None:
    """Leave with the exit code that a comparison deserves, if not all of it was done."""
    n_seeds = len({seed for _, seed in done.good})
    if done.failures:
        first = done.failures[0]
        say(message(
            "{n} runs failed, listed in {file}; the first: {scenario}, seed {seed}, {error}", n=len(done.failures),
            file=folder / "failures.csv", scenario=first.scenario, seed=first.seed, error=first.error,
        ))  # fmt: skip
    if done.interrupted:
        say(message(
            "stopped after {n} of {wanted} seeds; what was done is in {folder}",
            n=n_seeds, wanted=len(done.seeds), folder=folder,
        ))  # fmt: skip
        raise click.exceptions.Exit(INTERRUPTED)
    if done.failures:
        raise click.exceptions.Exit(FAILURE)


def name_files(folder: Path, written: list[Path]) -> None:
    """Say what was written where."""
    figures = [path.name for path in written if path.suffix == ".png"]
    rest = [path.name for path in written if path.suffix not in (".png", ".svg")]
    tell(message("written to {folder}: {files}", folder=folder, files=listed(rest)))
    if figures:
        tell(message("figures, also as SVG: {files}", files=listed(figures)))


@linli.command()
@click.argument("scenario")
@option("--size", default="general_grid", help="micro_grid, general_grid, community, sub_district or district")
@option("--seed", type=int, default=1, help="seed of all luck")
@option("--day", type=int, required=True, help="which recorded day, from 0")
@option("--resident", type=int, required=True, help="who: a row of the table of residents, from 0")
@option("--about", help="report, attend, speak, vote, ballot, consent, volunteer, redeem or petition  [default: all]")
@option("--find", is_flag=True, help="look ahead for the first day with such an opportunity, up to a year")
@lang_option("language of the explanation")
@option("--quiet", is_flag=True, help="no progress")
@option("--json", "json_", is_flag=True, help="JSON in place of sentences")
def explain(scenario: str, size: str, seed: int, day: int, resident: int, about: str | None, find: bool, lang: str,
            quiet: bool, json_: bool) -> None:  # fmt: skip
    """Why a resident did, or did not: the terms of her decisions on one day, their probability and her luck.

    \b
    Example:  linli explain five_yuan --day 120 --resident 412 --about volunteer --find
    """
    from .watching import watching
    from .why import explain, print_explanations

    with watching(quiet) as progress:
        found = explain(scenario, size=size, seed=seed, day=day, resident=resident, about=about, find=find, lang=lang,
                        progress=progress)  # fmt: skip
    print_explanations(found, json_, click.echo)


@linli.command()
@lang_option("language of the questions")
@option("--json", "json_", is_flag=True, help="JSON in place of the table")
def scenarios(lang: str, json_: bool) -> None:
    """The scenarios that come with the program, and the question each of them asks.

    \b
    Example:  linli scenarios --lang zh
    """
    from ..scenarios import load, names
    from .show import as_json, console, two_columns

    asked = {name: load(name) for name in names()}
    questions = {name: s.question_zh if lang == "zh" else s.question for name, s in asked.items()}
    if json_:
        click.echo(as_json([{"name": name, "question": question} for name, question in questions.items()]))
    else:
        console().print(two_columns(questions))


@linli.command()
@click.argument("section", required=False)
@lang_option("language of the meanings")
@option("--json", "json_", is_flag=True, help="JSON in place of the tables")
def parameters(section: str | None, lang: str, json_: bool) -> None:
    """Every parameter a scenario may change, or those of SECTION: unit, range, default, meaning, source.

    \b
    Example:  linli parameters incentives
    """
    from ..scenarios import parameters
    from .show import as_json, console, parameter_tables

    entries = parameters()
    sections = list(dict.fromkeys(entry.section for entry in entries))
    if section and not any(in_section(name, section) for name in sections):
        raise click.UsageError(message(
            "there is no section {section!r}; there are {sections}", section=section, sections=listed(sections),
        ))  # fmt: skip
    chosen = [entry for entry in entries if not section or in_section(entry.section, section)]
    if json_:
        click.echo(as_json([entry.record() for entry in chosen]))
    else:
        console().print(parameter_tables(chosen, lang))


def in_section(name: str, wanted: str) -> bool:
    """Whether a section is the one wanted, or lies in it (kinds.planters in kinds)."""
    return name == wanted or name.startswith(wanted + ".")


@linli.command()
@lang_option("language of the meanings")
@option("--json", "json_", is_flag=True, help="JSON in place of the table")
def outcomes(lang: str, json_: bool) -> None:
    """The outcomes a run is judged by: unit and meaning.

    \b
    Example:  linli outcomes --json
    """
    from .outcomes import OUTCOMES
    from .show import as_json, console, outcome_table

    if json_:
        click.echo(as_json([outcome.record for outcome in OUTCOMES.values()]))
    else:
        console().print(outcome_table(lang))


@linli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@lang_option("language of the page and its figures")
@option("--out", "file", type=click.Path(path_type=Path), help="the page  [default: DIR/report-LANG.html]")
@option("--quiet", is_flag=True, help="no words")
def report(folder: Path, lang: str, file: Path | None, quiet: bool) -> None:
    """One page from any directory of results: question, results, figures, who bears, where it comes from.

    \b
    Example:  linli report results/pay --lang zh
    """
    from .reports.page import report

    language(lang)
    written = report(folder, lang=lang, out=file)
    if not quiet:
        tell(message("written: {file}", file=written))


@linli.command()
@lang_option(expose_value=False)
@option("--json", "json_", is_flag=True, help="JSON in place of the table")
def doctor(json_: bool) -> None:
    """Whether everything needed is there: packages, compiled code, fonts, permission to write here.

    \b
    Example:  linli doctor
    """
    from .doctor import examine

    findings = examine()
    if json_:
        import json

        click.echo(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            tell(finding.line(spoken()))
    if not all(finding.well for finding in findings):
        raise click.exceptions.Exit(FAILURE)
