"""What a room says to those in it: how it refuses, and the words of the phone page."""

from __future__ import annotations

from ..experiments.provenance import Refusal
from ..words import Words, message, message_in

PHONE: tuple[Words, ...] = (
    message("linli: the room"),
    message("Waiting for the first question …"),
    message("This page needs JavaScript."),
    message("Anonymous: nobody can see who answered what."),
    message("Connection lost. Trying again …"),
    message("Connected again."),
    message("Cookies must be allowed for this page, so that each phone counts once."),
    message_in("phone", "Guess"),
    message_in("phone", "Vote"),
    message("Your guess"),
    message_in("phone", "less"),
    message_in("phone", "more"),
    message("plus or minus"),
    message("from {low} to {high}"),
    message_in("phone", "Send"),
    message_in("phone", "Change"),
    message("Sending …"),
    message("Not sent yet. Trying again …"),
    message("Please choose one."),
    message("Please enter a number from {low} to {high}."),
    message("Your answer is in: {answer}."),
    message("You can change it until the question is closed."),
    message("You did not answer."),
    message("{n} answers so far"),
    message("1 answer so far"),
    message_in("phone", "{n} answers"),
    message_in("phone", "1 answer"),
    message("Closed. The result will be shown soon."),
    message("New question"),
    message("Question closed"),
    message("The result is shown"),
    message("Nobody answered."),
    message("One guess: {median}."),
    message("Median of {n} guesses: {median}."),
    message("The model, {n} pairs of runs: median {median}, nine in ten from {low} to {high}."),
    message("Your guess: {answer}."),
    message("It lies where nine in ten of the model's runs lie."),
    message("It lies outside nine in ten of the model's runs."),
    message_in("phone", "guesses"),
    message_in("phone", "model"),
    message("bars: shares"),
    message_in("phone", "you"),
    message("your choice"),
    message("The numbers"),
    message_in("phone", "from"),
    message_in("phone", "below"),
)
"""The words of the phone page; the English ones are their keys there too."""


def phone_words() -> dict[str, str]:
    """What the phone page says in Chinese, by what it says in English."""
    return {words.en: words.zh for words in PHONE}


class RoomError(Refusal):
    """What cannot be done in a room, in one sentence.

    `reason` is one of "invalid", "unknown", "over" (too late), "full", "hurried", "stranger", "forbidden", "large",
    "kind" and "disk".
    """

    def __init__(self, reason: str, words: Words) -> None:
        super().__init__(words)
        self.reason = reason
