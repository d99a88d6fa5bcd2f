"""A text that can be told in two languages.

Everywhere but on the way to a reader it is an ordinary `str`, the English one, so that it can be compared, joined,
stored or raised like any other. `told(text, lang)` is what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .catalogue import chinese

LANGUAGES = ("en", "zh")


class Words(str):
    """A text with a Chinese counterpart. Make one by `message`, `message_in`, `listed`, `strung`, `capital` or `pair`."""

    def told(self, lang: str) -> str:
        """In this language: "en" or "zh"."""
        return self.zh if lang == "zh" else self.en

    @property
    def en(self) -> str:
        """In English."""
        return str(self)

    @property
    def zh(self) -> str:
        """In Chinese."""
        raise NotImplementedError

    def in_both(self) -> dict[str, str]:
        """In both languages, by their codes."""
        return {"en": self.en, "zh": self.zh}


class Message(Words):
    """A message of the catalogue, with what is filled into its braces."""

    context: str
    template: str
    values: dict[str, Any]

    def __new__(cls, context: str, template: str, values: dict[str, Any]) -> Message:
        self = super().__new__(cls, template.format(**values) if values else template)
        self.context, self.template, self.values = context, template, values
        return self

    def __getnewargs__(self) -> tuple[str, str, dict[str, Any]]:  # type: ignore[override]
        return self.context, self.template, self.values

    @property
    def zh(self) -> str:
        """In Chinese; values that have a Chinese counterpart are filled in with it."""
        found = chinese(self.context, self.template)
        return found.format(**{name: told(value, "zh") for name, value in self.values.items()}) if self.values else found

    def filled(self, **values: Any) -> Message:
        """The same with these values in its braces: for messages that stand in a table before they are filled."""
        return Message(self.context, self.template, {**self.values, **values})


class Strung(Words):
    """Texts one after the other, with another between them and one at the end."""

    parts: tuple[Any, ...]
    between: Any
    end: Any

    def __new__(cls, parts: tuple[Any, ...], between: Any, end: Any) -> Strung:
        self = super().__new__(cls, str(between).join(map(str, parts)) + str(end))
        self.parts, self.between, self.end = parts, between, end
        return self

    def __getnewargs__(self) -> tuple[Any, Any, Any]:  # type: ignore[override]
        return self.parts, self.between, self.end

    @property
    def zh(self) -> str:
        """In Chinese."""
        between, end = (str(told(each, "zh")) for each in (self.between, self.end))
        return between.join(str(told(part, "zh")) for part in self.parts) + end


class Both(Words):
    """A text of which both languages are given, because it is not ours: what somebody wrote in a file, or a name."""

    chinese: str

    def __new__(cls, english: str, chinese: str) -> Both:
        self = super().__new__(cls, english)
        self.chinese = chinese
        return self

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return str(self), self.chinese

    @property
    def zh(self) -> str:
        """In Chinese."""
        return self.chinese


class Capital(Words):
    """A text that begins a sentence: English with a capital letter, Chinese as it is."""

    text: Any

    def __new__(cls, text: Any) -> Capital:
        self = super().__new__(cls, text[:1].upper() + text[1:])
        self.text = text
        return self

    def __getnewargs__(self) -> tuple[Any]:  # type: ignore[override]
        return (self.text,)

    @property
    def zh(self) -> str:
        """In Chinese."""
        return str(told(self.text, "zh"))


def message(template: str, /, **values: Any) -> Message:
    """A message, with values for its braces where it has any: `message("{n} of {wanted} pairs", n=5, wanted=50)`.

    The template must be written out at the call, where `make words` and a test find it. Values may be messages
    themselves, and keep their format in both languages: `{n:,}`.
    """
    return Message("", template, values)


def message_in(context: str, template: str, /, **values: Any) -> Message:
    """A message whose Chinese depends on where it stands: "open" of a question and "open" of an issue."""
    return Message(context, template, values)


COMMA = Message("between things", ", ", {})
SEMICOLON = Message("between sentences", "; ", {})
STOP = Message("end of a sentence", ".", {})
NOTHING = ""


def listed(parts: Iterable[object], between: object = COMMA) -> Words:
    """Things one after the other: "a, b, c"."""
    return Strung(tuple(parts), between, NOTHING)


def strung(parts: Iterable[object]) -> Words:
    """Parts of one sentence: "A; b; c."."""
    return capital(Strung(tuple(parts), SEMICOLON, STOP))


def capital(text: str) -> Words:
    """A text that begins a sentence."""
    return Capital(text)


def pair(english: str, chinese: str) -> Words:
    """A text that somebody else gave in both languages. Our own texts are messages of the catalogue."""
    return Both(english, chinese)


def told(what: Any, lang: str) -> Any:
    """A text, or the text of an error, in this language; anything without two languages as it is."""
    if isinstance(what, BaseException):
        return told(what.args[0], lang) if len(what.args) == 1 else str(what)
    return what.told(lang) if isinstance(what, Words) else what
