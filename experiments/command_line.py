"""How the command line speaks: in English or in Chinese, as it was asked to, in its help and its refusals as well."""

from __future__ import annotations

import gettext
import inspect
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from ..words import LANGUAGES, told
from ..words.catalogue import chinese
from . import words_of_click

LANG = "LINLI_LANG"
"""The variable of the environment that names the language where no --lang does."""

HELP = "command line"
"""The context of help texts in the catalogue: they stand in the declarations of commands."""

KEPT = "\b\n"
"""How click marks a paragraph whose lines are kept."""

SHUT, OPENING = "，。；：、？！）】”", "（【“"
"""What no line begins with, and what none ends with."""

PIECE = rf"\s+|[{OPENING}]*(?:[^\s\u2e80-\U0010ffff{OPENING}{SHUT}]+|[^\s])[{SHUT}]*"
"""What is not broken: a word, or one wide character, with what opens before it and closes after it."""

_asked: str | None = None


def listen(arguments: Sequence[str]) -> None:
    """Speak from now on in the language that these arguments name by --lang, if they name one."""
    global _asked
    _asked = asked_in(arguments)
    words_of_click.let_click_ask(in_click)


def asked_in(arguments: Sequence[str]) -> str | None:
    """The language that --lang names, wherever it stands; the last one, as where options are given twice."""
    found = None
    for n, word in enumerate(arguments):
        if word == "--":
            break
        given = arguments[n + 1] if word == "--lang" and n + 1 < len(arguments) else word.removeprefix("--lang=")
        if given in LANGUAGES and given != word:
            found = given
    return found


def spoken() -> str:
    """The language to speak in: that of --lang, else that of LINLI_LANG, else English."""
    there = os.environ.get(LANG)
    return _asked or (there if there in LANGUAGES else "en")


def unknown_language() -> str:
    """What LINLI_LANG names although there is no such language; empty if all is well."""
    there = os.environ.get(LANG, "")
    return there if there not in LANGUAGES else ""


def say(sentence: str) -> None:
    """One line on stderr."""
    click.echo("linli: " + " ".join(str(told(sentence, spoken())).split()), err=True)


def tell(sentence: str) -> None:
    """A line on stdout."""
    click.echo(told(sentence, spoken()))


class LangOption(click.Option):
    """An option whose default is the language that is spoken."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """What was asked for before the command's name, else what the environment says."""
        return _asked or super().resolve_envvar_value(ctx)

    def get_error_hint(self, ctx: Any) -> str:
        """Its name alone: what is wrong in the environment has been refused before."""
        return click.Parameter.get_error_hint(self, ctx)


def lang_option(help: str = "language of what is said", default: str = "en", **about: Any) -> Callable[[Any], Any]:
    """The option --lang; where it is not given, LINLI_LANG is asked, and then this is the default."""
    return click.option("--lang", cls=LangOption, type=click.Choice(LANGUAGES), default=default, envvar=LANG,
                        show_default=True, show_envvar=True, help=help, **about)  # fmt: skip


def in_click(text: str) -> str:
    """A text of click's own in the language that is spoken."""
    return words_of_click.of_ours(text) if spoken() == "zh" else gettext.gettext(text)


def in_help(text: str) -> str:
    """The Chinese of a help text; what click adds to it in brackets is Chinese already."""
    whole = chinese(HELP, text)
    if whole != text:
        return whole
    bare, bracket, added = text.rpartition("  [")
    return chinese(HELP, bare) + bracket + added.replace("; ", "；") if bracket else words_of_click.of_ours(text)


def help_of(command: click.Command) -> str:
    """A command's help as the catalogue has it: without click's marks of paragraphs whose lines are kept."""
    return inspect.cleandoc(command.help or "").partition("\f")[0].replace(KEPT, "")


def sentence_of(error: click.ClickException) -> str:
    """What click says of a mistake, as one sentence."""
    said = str(told(error.format_message(), spoken()))
    if spoken() != "zh":
        return said
    stopped = re.sub(r"(?<=[^.])\.(?=\s+[\u4e00-\u9fff]|$)", "。", said)
    return re.sub(r"(?<=[。？])\s+", "", stopped)


def wide(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def lines_of(text: str, width: int) -> list[str]:
    """A paragraph in lines of so many columns; Chinese breaks anywhere but where a phrase opens or closes."""
    lines = [""]
    for piece in re.findall(PIECE, text):
        if lines[-1] and wide((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.strip()
    return [line.rstrip() for line in lines]


def paragraphs(text: str, width: int) -> Iterable[list[str]]:
    """The Chinese paragraphs of a command's help in lines; those that keep their lines in English keep them too."""
    for english, each in zip(text.split("\n\n"), in_help(text.replace(KEPT, "")).split("\n\n"), strict=True):
        yield each.split("\n") if english.startswith(KEPT) else lines_of(" ".join(each.split()), width)


class Formatter(click.HelpFormatter):
    """Help in the language that is spoken. In English it is click's, in Chinese wide characters are counted as such."""

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        if spoken() != "zh":
            return super().write_heading(heading)
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """A command's description."""
        if spoken() != "zh":
            return super().write_text(text)
        indent = " " * self.current_indent
        shown = paragraphs(text, self.width - self.current_indent)
        self.write("\n\n".join("\n".join(indent + line for line in lines) for lines in shown) + "\n")

    def write_dl(self, rows: Any, col_max: int = 30, col_spacing: int = 2) -> None:
        """Names and what they mean: options, commands."""
        if spoken() != "zh":
            return super().write_dl(rows, col_max, col_spacing)
        rows = list(rows)
        column = min(max(wide(name) for name, _ in rows), col_max) + col_spacing + self.current_indent
        for name, meaning in rows:
            head = " " * self.current_indent + name
            gap = column - wide(head)
            below = head + (" " * gap if gap >= col_spacing else f"\n{' ' * column}")
            lines = lines_of(in_help(meaning), max(self.width - column, 10))
            self.write((below + f"\n{' ' * column}".join(lines)).rstrip() + "\n")


class Context(click.Context):
    """A context whose help is written by our formatter."""

    formatter_class = Formatter
