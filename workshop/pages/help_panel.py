"""Help: what is to be seen on the page, in a few sentences."""

from __future__ import annotations

from nicegui import ui

from ...words import message
from .parts import box, button, dialog, dialog_head, text

SENTENCES = (
    (message("Two maps"), message(
        "The two maps show the same neighbourhood on the same day under A and under B: the same people with the same "
        "luck, so that whatever differs is due to what was decided.")),
    (message("Levers"), message(
        "Move a lever of A or of B, and both are lived again 50 times with different luck; press the name of a lever "
        "to read what it means.")),
    (message("Charts"), message(
        "In each chart the line is the middle of all futures (A solid blue, B dashed orange), the dark band holds "
        "half of them and the light band nine in ten.")),
    (message("Sentences"), message(
        "The sentence below a chart says how much B differs from A in the last year; the numbers in brackets are a "
        "90 % interval, and what cannot be told from chance is said to be so.")),
    (message("Why"), message(
        "Click a resident, an issue or the council on a map to see why; stop on any day and branch to try something "
        "else from that day on.")),
    (message("Consent"), message(
        "Consent is how far those whom a decision affects accept it, from 0 to 1; it stands for satisfaction, which "
        "the model does not have.")),
)  # fmt: skip
"""A name and a sentence each."""


def help_button(lang: str) -> None:
    """The button that opens the help."""
    with dialog(message("Help").told(lang)) as opened, ui.card().classes("help"):
        dialog_head(message("Help").told(lang), lang, opened.close)
        with box("help-list", "dl"):
            for name, sentence in SENTENCES:
                text(name.told(lang), tag="dt")
                text(sentence.told(lang), tag="dd")
        text(message("The model is a laboratory for hypotheses, not a forecast.").told(lang), "help-caution", "p")
    button(message("Help").told(lang), opened.open, "help-button")
