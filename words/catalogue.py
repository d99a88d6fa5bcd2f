"""The Chinese catalogue: a gettext file that translators edit with the tools they know, read when it is first needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ZH = Path(__file__).with_name("zh.po")
"""Every message with its Chinese. `make words` adds those that are missing and drops those no longer used."""


def chinese(context: str, template: str) -> str:
    """The Chinese of a message; where there is none (a test finds that), the English."""
    return messages().get((context, template)) or template


@cache
def messages() -> dict[tuple[str, str], str]:
    """The Chinese of every message, by context ("" for none) and English."""
    return read(ZH)


def read(path: Path) -> dict[tuple[str, str], str]:
    """The same of any catalogue; messages that nobody has translated are left out."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale="zh")
    return {(each.context or "", str(each.id)): str(each.string) for each in catalogue if each.id and each.string}
