"""How large a town is, in words."""

from __future__ import annotations

from ...words import message, message_in, told

SIZES = {
    "micro_grid": message_in("size", "micro-grid"),
    "general_grid": message_in("size", "general grid"),
    "community": message_in("size", "community"),
    "sub_district": message_in("size", "sub-district"),
    "district": message_in("size", "district"),
}
"""Sizes as one writes them."""


def size_in_words(size: str, lang: str) -> str:
    """A standard size, or a general grid of another number of residents, in this language."""
    name, _, residents = size.partition(":")
    found = SIZES.get(name, name)
    whole = message("{size} of {n} residents", size=found, n=residents) if residents else found
    return str(told(whole, lang))
