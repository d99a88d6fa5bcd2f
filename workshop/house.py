"""What all visitors share: the warm workers, the room, the looks that were kept, the recordings."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import json
import os
from collections import OrderedDict
from pathlib import Path

from ..model.places import size_of
from ..words import message
from . import why
from .ensembles import Asked, Ensembles
from .room import Room
from .state import Look, StateError, code_of, from_json, text_of

PAIRS = 50
"""Pairs of runs behind every answer."""

FIRST_ADULT = 0
"""A resident to ask about while nobody waits; the first of a household is an adult."""

MOST_LOOKS = 5_000
MOST_RECORDINGS = 60


class House:
    """The workshop as a whole, without its pages."""

    def __init__(
        self, folder: Path, ensembles: Ensembles, room: Room, first: Look, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.folder, self.ensembles, self.room, self.first = folder, ensembles, room, first
        self.host, self.port = host, port
        self.hidden = False
        """Whether the facilitator has hidden the results."""
        self.looks = folder / "looks"
        self.looks.mkdir(parents=True, exist_ok=True)
        self._recordings: OrderedDict[str, bytes] = OrderedDict()

    async def open(self) -> None:
        """Start the workers, and have them found the first towns, and be asked why once, while nobody waits."""
        await self.ensembles.start()
        setting = self.first.shown("A").setting
        asked = Asked(setting.baseline, setting.spec(), self.first.size, self.first.days)
        self.ensembles.prepare(asked, PAIRS)
        self._warming = asyncio.create_task(self._be_asked(asked))

    async def _be_asked(self, asked: Asked) -> None:
        """The first question takes a worker longer than all others: let nobody wait for it."""
        with contextlib.suppress(Exception):
            await self.recording_of(asked, self.first.seed)
            await self.ensembles.call(
                why.resident, asked.baseline, asked.spec, asked.size, self.first.seed, 30, FIRST_ADULT
            )

    async def close(self) -> None:
        """Let the workers and the room go."""
        await self.ensembles.close()
        self.room.leave()

    @property
    def veiled(self) -> bool:
        """Whether all pages hide results: while the room guesses, or until the facilitator shows them."""
        return self.hidden or self.room.n_guesses > 0

    # Looks

    def kept(self, look: Look) -> str:
        """Keep a look under its short code; its address on this server."""
        code = code_of(look)
        path = self.looks / f"{code}.json"
        if not path.exists():
            self._make_room()
            temporary = path.with_name(f"{code}.{os.getpid()}.part")
            temporary.write_text(text_of(look), encoding="utf-8")
            os.replace(temporary, path)
        return f"/{look.lang}?look={code}"

    def look_of(self, code: str) -> Look:
        """The look that was kept under a code. Raises StateError if there is none."""
        plain = code.strip().upper()
        path = self.looks / f"{plain}.json"
        if not (plain.isascii() and plain.isalnum() and len(plain) == 8 and path.is_file()):
            raise StateError(message("there is no look with the code {code!r}", code=code[:20]))
        try:
            return from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise StateError(message("the look {code} cannot be read: {error}", code=plain, error=error)) from None

    def _make_room(self) -> None:
        """Forget the oldest looks when there are far too many."""
        paths = list(self.looks.glob("*.json"))
        if len(paths) >= MOST_LOOKS:
            for path in sorted(paths, key=lambda path: path.stat().st_mtime)[: len(paths) // 4]:
                path.unlink(missing_ok=True)

    @staticmethod
    def residents(look: Look) -> int:
        """How many live in the town of a look."""
        return size_of(look.size).residents

    # Recordings

    async def recording_of(self, asked: Asked, seed: int) -> str:
        """Have a town recorded; the address of the recording."""
        name = hashlib.sha256(repr((asked, seed)).encode()).hexdigest()[:24]
        if name not in self._recordings:
            content = await self.ensembles.record(asked, seed)
            self._recordings[name] = gzip.compress(content, 5, mtime=0)
            while len(self._recordings) > MOST_RECORDINGS:
                self._recordings.popitem(last=False)
        self._recordings.move_to_end(name)
        return f"/recording/{name}"

    def recording(self, name: str) -> bytes | None:
        """A recording by its name, compressed; None if it was forgotten."""
        return self._recordings.get(name)
