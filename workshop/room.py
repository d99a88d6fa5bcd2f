"""A room: what is asked of those in it, what they answer, and what of that may be seen.

All of it lies in one file, a line for each thing that happened, flushed before anybody is told that it did. A server
that is killed comes back to the same room. Before a question is revealed only the number of its answers can be seen;
afterwards how they are distributed; who gave which, never.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
import secrets
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..experiments.batches.files import append_line, lines_of
from ..words import Words, message, message_in
from .questions import Guess, Question, Vote, differences_from, question_from, refuse_no_look
from .room_words import RoomError
from .tokens import Tokens, who_is

FILE = "room.jsonl"
FORMAT = 1
MOST_PEOPLE, MOST_QUESTIONS, MOST_CURRENT, MOST_CHANGES = 300, 200, 10, 50

CALLED: dict[str, Words] = {
    "guess": message_in("table of answers", "guess"),
    "vote": message_in("table of answers", "vote"),
    "open": message_in("table of answers", "open"),
    "closed": message_in("table of answers", "closed"),
    "revealed": message_in("table of answers", "revealed"),
}
"""Kinds and states of questions in the table of results."""

HEADS = (
    message_in("table of answers", "number"), message_in("table of answers", "kind"),
    message_in("table of answers", "state"), message_in("table of answers", "question"),
    message_in("table of answers", "unit"), message_in("table of answers", "outcome"),
    message_in("table of answers", "answers"), message_in("table of answers", "answer"),
    message_in("table of answers", "count"), message_in("table of answers", "model median"),
)  # fmt: skip
"""Columns of this table."""


@dataclass
class Poll:
    """A question as it stands: open, closed or revealed, and what has been answered."""

    question: Question
    state: str = "open"
    away: bool = False
    """Whether it has been put away: no longer on the phones."""
    answers: dict[str, Any] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)
    result: dict[str, Any] | None = None

    def reveal(self, model: Sequence[float]) -> None:
        """Count the answers, once and for all."""
        self.state = "revealed"
        self.result = self.question.result(list(self.answers.values()), model)


class Room:
    """A room whose life is kept in a folder; may be used from several threads. Raises RoomError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        folder.mkdir(parents=True, exist_ok=True)
        self._claim = claimed(folder / "lock", self.path)
        self._polls: dict[int, Poll] = {}
        self._people: set[str] = set()
        self._lock = threading.Lock()
        self.version = 0
        self.id = ""
        self._tokens = Tokens("")
        try:
            self._live_again()
            if not self.id:
                self._found()
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Let another server have the room."""
        if self._claim >= 0:
            os.close(self._claim)
            self._claim = -1

    # Tokens

    @property
    def facilitator(self) -> str:
        """The token of the facilitator's link."""
        return self._tokens.facilitator

    def facilitates(self, token: object) -> bool:
        """Whether this is the facilitator's token."""
        return self._tokens.facilitates(token)

    def join(self) -> str:
        """A new token for a phone. Whoever holds it counts as a participant from the first answer on."""
        return self._tokens.new()

    def who(self, token: object) -> str:
        """Under which name a phone's answers are kept. Raises RoomError for tokens that this room did not make."""
        if not isinstance(token, str) or not self._tokens.known(token):
            raise RoomError("stranger", message("This phone is not known in this room; load the page again."))
        return who_is(token)

    # What the facilitator does

    def ask(self, about: Any) -> int:
        """Open a new question, given as plain values (see `questions`); its number."""
        question = question_from(about.about() if isinstance(about, Question) else about)
        if isinstance(question, Guess):
            refuse_no_look(question.look)
        with self._lock:
            if len(self._polls) >= MOST_QUESTIONS:
                raise RoomError("full", message("A room has at most {most} questions.", most=MOST_QUESTIONS))
            self._refuse_too_many()
            key = len(self._polls) + 1
            self._happen("asked", key, about=question.about())
        return key

    def close(self, key: Any) -> None:
        """Take no more answers."""
        with self._lock:
            if self._unrevealed(key).state == "open":
                self._happen("closed", key)

    def reopen(self, key: Any) -> None:
        """Take answers again; a question put away comes back to the phones."""
        with self._lock:
            poll = self._unrevealed(key)
            if poll.away:
                self._refuse_too_many()
            if poll.state == "closed" or poll.away:
                self._happen("reopened", key)

    def reveal(self, key: Any, model: Sequence[float] = ()) -> dict[str, Any]:
        """Close a question and show what the answers come to, beside the model's paired differences."""
        differences = differences_from(model)
        with self._lock:
            poll = self._poll(key)
            if poll.state != "revealed":
                self._happen("revealed", key, model=list(differences))
            return poll.result or {}

    def archive(self, key: Any) -> None:
        """Put a question away, so that the phones no longer show it."""
        with self._lock:
            poll = self._poll(key)
            if poll.state == "open":
                raise RoomError("over", message("Close the question first."))
            if not poll.away:
                self._happen("archived", key)

    # What a participant does

    def answer(self, token: object, key: Any, value: Any) -> None:
        """Give an answer, or change it. It is on disk when this returns. Raises RoomError."""
        who = self.who(token)
        with self._lock:
            poll = self._poll(key)
            if poll.state != "open" or poll.away:
                raise RoomError("over", message("This question is closed; answers are no longer taken."))
            held = poll.question.held(value)
            if poll.answers.get(who) == held:
                return
            if who not in self._people and len(self._people) >= MOST_PEOPLE:
                raise RoomError("full", message("The room is full: {most} people have answered.", most=MOST_PEOPLE))
            if poll.changes[who] > MOST_CHANGES:
                raise RoomError(
                    "full", message("You have changed this answer {most} times; it stays as it is.", most=MOST_CHANGES)
                )
            self._happen("answered", key, who=who, value=held)

    # What can be seen

    @property
    def n_guesses(self) -> int:
        """How many guesses are open on the phones."""
        polls = tuple(self._polls.values())
        return sum(poll.question.kind == "guess" and poll.state == "open" and not poll.away for poll in polls)

    def seen_by(self, who: str) -> dict[str, Any]:
        """What a phone shows: questions not put away, the newest first, and this phone's own answers."""
        polls = [{**shown(key, poll), "yours": poll.answers.get(who)} for key, poll in self._listed() if not poll.away]
        return {"room": self.id, "questions": polls}

    def overview(self) -> dict[str, Any]:
        """What the facilitator sees: all questions, the newest first. No answer is in it before the reveal."""
        polls = [
            {**shown(key, poll), "away": poll.away, "about": poll.question.about()} for key, poll in self._listed()
        ]
        return {"room": self.id, "version": self.version, "people": len(self._people), "questions": polls}

    def table(self, lang: str) -> str:
        """The results as CSV: a row for each answer that was given, and by how many. Who gave it is not in it."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow([head.told(lang) for head in HEADS])
        for key, poll in reversed(self._listed()):
            writer.writerows(rows_of(key, poll, lang))
        return written.getvalue()

    # Kept

    def _listed(self) -> list[tuple[int, Poll]]:
        return sorted(self._polls.items(), reverse=True)

    def _poll(self, key: Any) -> Poll:
        if type(key) is not int or key not in self._polls:
            raise RoomError("unknown", message("There is no such question."))
        return self._polls[key]

    def _unrevealed(self, key: Any) -> Poll:
        poll = self._poll(key)
        if poll.state == "revealed":
            raise RoomError("over", message("This question has been revealed and stays as it is."))
        return poll

    def _refuse_too_many(self) -> None:
        if sum(not poll.away for poll in self._polls.values()) >= MOST_CURRENT:
            raise RoomError(
                "full", message("There are {most} questions on the phones; put one away first.", most=MOST_CURRENT)
            )

    def _happen(self, did: str, key: int, **more: Any) -> None:
        """Write down what happens, then let it happen: what is not on disk has not happened."""
        record = {"did": did, "question": key, **more}
        if did != "answered":
            record["time"] = now()
        try:
            append_line(self.path, record)
        except OSError:
            raise RoomError("disk", message("The answer could not be stored; please try again.")) from None
        self._take(record)

    def _found(self) -> None:
        """Begin a room that nobody has been in."""
        record = {"did": "founded", "format": FORMAT, "room": secrets.token_hex(4), "secret": secrets.token_urlsafe(32),
                  "time": now()}  # fmt: skip
        os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
        append_line(self.path, record)
        self._take(record)

    def _live_again(self) -> None:
        """Everything that has happened, once more. A line that was cut short had been told to nobody."""
        for n, record in enumerate(lines_of(self.path), 1):
            try:
                self._take(record)
            except (KeyError, TypeError, ValueError, AttributeError):
                raise RoomError("disk", message(
                    "{path}: record {n} cannot be read as part of a room; move the file away to begin a new room.",
                    path=self.path, n=n,
                )) from None  # fmt: skip

    def _take(self, record: dict[str, Any]) -> None:
        """Let one recorded thing happen."""
        did = record["did"]
        if did == "founded":
            if record["format"] != FORMAT:
                raise ValueError
            self.id, self._tokens = str(record["room"]), Tokens(record["secret"])
        elif did == "asked":
            self._polls[int(record["question"])] = Poll(question_from(record["about"]))
        else:
            self._change(did, self._polls[record["question"]], record)
        self.version += 1

    def _change(self, did: str, poll: Poll, record: dict[str, Any]) -> None:
        """Let one recorded thing happen to a question."""
        if did == "answered":
            who = str(record["who"])
            poll.answers[who] = poll.question.held(record["value"])
            poll.changes[who] += 1
            self._people.add(who)
        elif did == "revealed":
            poll.reveal(record["model"])
        elif did == "archived":
            poll.away = True
        elif did in ("closed", "reopened"):
            poll.state, poll.away = ("closed", poll.away) if did == "closed" else ("open", False)
        else:
            raise ValueError(did)


def shown(key: int, poll: Poll) -> dict[str, Any]:
    """What all may see of a question."""
    about = {name: value for name, value in poll.question.about().items() if name not in ("look", "outcome")}
    return {"id": key, "state": poll.state, "answers": len(poll.answers), **about, "result": poll.result}


def rows_of(key: int, poll: Poll, lang: str) -> list[list[Any]]:
    """A question's rows in the table of results: one with no answer while it is not revealed."""
    question = poll.question
    unit, outcome = (question.unit.told(lang), question.outcome) if isinstance(question, Guess) else ("", "")
    about = [key, *(CALLED[name].told(lang) for name in (question.kind, poll.state)), cell(question.text.told(lang)),
             cell(unit), outcome, len(poll.answers)]  # fmt: skip
    if poll.result is None or not poll.answers:
        return [[*about, "", "", ""]]
    model = poll.result.get("model")
    counts = sorted(Counter(poll.answers.values()).items())
    labels = {name: cell(words.told(lang)) for name, words in question.choices} if isinstance(question, Vote) else {}
    return [[*about, labels.get(value, value), count, model["median"] if model else ""] for value, count in counts]


def cell(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def now() -> str:
    """The time, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def claimed(path: Path, room: Path) -> int:
    """A lock that goes when the process does. Raises RoomError where another server holds it, or there are no locks."""
    try:
        import fcntl
    except ImportError:
        raise RoomError(
            "disk", message("The workshop runs on Linux and macOS; this system cannot lock the file of a room.")
        ) from None
    held = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise RoomError(
            "disk", message("{path}: another server is using this room; stop it first.", path=room)
        ) from None
    return held
