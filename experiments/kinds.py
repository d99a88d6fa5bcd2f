"""What kinds of issue are called in figures."""

from __future__ import annotations

from ..model.issues import Kind
from ..words import Words, message

KIND_LABELS: dict[Kind, Words] = {
    Kind.PLANTERS: message("planters"),
    Kind.GARBAGE: message("garbage"),
    Kind.PARKING: message("bicycle parking"),
    Kind.LAUNDRY: message("laundry"),
    Kind.DOGS: message("dogs"),
    Kind.FACILITY: message("facility repair"),
    Kind.NOISE: message("noise"),
    Kind.LEISURE: message("leisure space"),
    Kind.CARE: message("care"),
    Kind.SAFETY: message("safety hazard"),
    Kind.MARKET: message("market, transport"),
}
"""The kinds of issue."""


def kind_label(kind: Kind, lang: str) -> str:
    """What a kind of issue is called."""
    return KIND_LABELS[kind].told(lang)
