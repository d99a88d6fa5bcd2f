"""Rooms to test: a server with nothing but a room, in a process of its own, and what is asked in it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from linli.workshop.phones import cookie_of
from linli.workshop.room import Room

TURNOUT = {
    "kind": "guess", "text": {"en": "How many more residents take part if points are doubled?", "zh": "积分翻倍，参与居民会增加多少？"},
    "unit": {"en": "residents", "zh": "人"}, "low": -200, "high": 500, "digits": 0, "outcome": "participation",
}  # fmt: skip
REGIME = {
    "kind": "vote", "text": {"en": "Which way to decide shall we try next?", "zh": "接下来试哪种议事方式？"},
    "choices": [{"key": "cadre", "en": "Cadre decides", "zh": "干部决定"},
                {"key": "eight", "en": "Eight rules, majority", "zh": "八条规则，多数决"},
                {"key": "near", "en": "Near consensus (80 %)", "zh": "近乎共识（八成）"}],
}  # fmt: skip


class Browser(httpx.Client):
    """A client with its cookies, which may have been used before it is entered, and is closed when it is left."""

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Server:
    """A room's server as a process."""

    def __init__(self, folder: Path, crowd: bool) -> None:
        self.folder, self.crowd = folder, crowd
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = folder.parent / f"{folder.name}.log"
        self.start()

    def start(self) -> None:
        """Start it, on the same port as before, and wait until it answers."""
        code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import rooms; rooms.serve()"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code, str(self.folder), str(self.port), "crowd" * self.crowd],
                stdout=log,
                stderr=log,
            )
        with httpx.Client(timeout=5, verify=False) as asking:  # certificates would be read anew with every question
            for _ in range(600):
                try:
                    asking.get(f"{self.url}/p")
                    return
                except httpx.TransportError:
                    assert self.process.poll() is None, self.log.read_text()
                    time.sleep(0.05)
        raise TimeoutError(self.log.read_text())

    def kill(self) -> None:
        """End it as the power does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The facilitator's token, which the server wrote down for us."""
        return json.loads((self.folder / "for_tests.json").read_text())["token"]

    def once(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request of somebody nobody knows."""
        with Browser(base_url=self.url, timeout=60, verify=False) as browser:
            return browser.request(method, path, **more)

    def phone(self) -> Browser:
        """A phone that has loaded the page."""
        client = Browser(base_url=self.url, timeout=60, verify=False)
        assert client.post("/p/join", json={}).status_code == 204
        return client

    def desk(self) -> Browser:
        """The facilitator's browser."""
        client = Browser(base_url=self.url, timeout=60, verify=False)
        assert client.get(f"/?token={self.token}").status_code == 200
        return client


@contextmanager
def served(folder: Path, crowd: bool = False) -> Iterator[Server]:
    """A running room, ended afterwards."""
    server = Server(folder, crowd)
    try:
        yield server
    finally:
        server.kill()


def serve() -> None:
    """Run the server of a room; the arguments are its folder and its port."""
    import uvicorn
    from fastapi import FastAPI
    from linli.workshop import phones
    from linli.workshop.phones import Gate, is_facilitator, router
    from starlette.responses import JSONResponse

    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    if "crowd" in sys.argv:
        phones.JOINS = phones.VISITS = phones.KNOCKS = (1_000.0, 1_000.0)  # all phones of the tests have one address
    room = Room(folder)
    temporary = folder / "for_tests.part"
    temporary.write_text(json.dumps({"token": room.facilitator, "cookie": cookie_of(room, "phone")}))
    os.replace(temporary, folder / "for_tests.json")
    app = FastAPI()
    app.include_router(router(room, "127.0.0.1"))
    app.add_middleware(Gate, room=room)

    async def first(request: Any) -> JSONResponse:
        return JSONResponse({"facilitator": is_facilitator(room, request.cookies), "query": str(request.url.query)})

    app.add_route("/", first)

    uvicorn.run(app, host="127.0.0.1", port=port, access_log=True, log_level="info")
