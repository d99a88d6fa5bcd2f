"""Workshops to test: `linli workshop` as a process, and a cable between it and a browser that can be pulled out."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil
from processes import hear_ctrl_c


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Workshop:
    """A workshop's server as a process, in a room of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.options, self.port = folder, options, free_port()
        self.log = folder.parent / f"{folder.name}.log"
        self.process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The facilitator's, as the server prints it for whoever started it."""
        return re.findall(r"\?token=(\S+)", self.log.read_text(encoding="utf-8"))[-1]

    def start(self, patience: float = 300.0) -> float:
        """Start it, on the same port as before; the seconds until it answers (where need be, it compiles first)."""
        began = time.monotonic()
        linli = Path(sys.executable).with_name("linli")
        # Checked bounds would slow its towns down, and NiceGUI acts otherwise where it hears of pytest.
        outside = {name: value for name, value in os.environ.items() if not name.startswith(("NUMBA_B", "PYTEST"))}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [linli, "workshop", "--port", str(self.port), "--room", str(self.folder), *self.options],
                stdout=log, stderr=log, env=outside | {"PYTHONUNBUFFERED": "1"},
                preexec_fn=hear_ctrl_c,
            )  # fmt: skip
        with httpx.Client(timeout=5, verify=False) as asking:  # certificates would be read anew with every question
            while time.monotonic() < began + patience:
                try:
                    asking.get(f"{self.url}/p")
                    return time.monotonic() - began
                except httpx.TransportError:
                    assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                    time.sleep(0.02)
        raise TimeoutError(self.log.read_text(encoding="utf-8"))

    def kill(self) -> None:
        """End it as the power does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def workshop(folder: Path, *options: str) -> Iterator[Workshop]:
    """A running workshop, ended afterwards."""
    opened = Workshop(folder, *options)
    opened.start()
    try:
        yield opened
    finally:
        if opened.process.poll() is None:
            opened.stop()


class Cable:
    """Passes bytes between a browser and a server, as long as it is plugged in."""

    def __init__(self, port: int) -> None:
        self.server, self.port = port, free_port()
        self._ends: set[socket.socket] = set()
        self.plug_in()

    @property
    def url(self) -> str:
        """The server at the other end."""
        return f"http://127.0.0.1:{self.port}"

    def plug_in(self) -> None:
        """Let connections through."""
        self._door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._let_in, args=(self._door,), daemon=True).start()

    def pull_out(self) -> None:
        """Cut all connections, and let no new one through."""
        for end in [self._door, *self._ends]:
            with_no_word(end)

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                near = door.accept()[0]
                far = socket.create_connection(("127.0.0.1", self.server))
            except OSError:
                return
            self._ends |= {near, far}
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        try:
            while True:
                for end in select.select([near, far], [], [])[0]:
                    content = end.recv(65_536)
                    if not content:
                        return
                    other[end].sendall(content)
        except (OSError, ValueError):
            return
        finally:
            self._ends -= {near, far}
            with_no_word(near)
            with_no_word(far)


class Neighbours:
    """Who else is at work on this machine: seconds measured meanwhile are longer by `slower` than by ourselves."""

    def __enter__(self) -> Neighbours:
        self._busy, self._ours, self._since = busy(), ours(), time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        n_cores = psutil.cpu_count() or 1
        passed = time.monotonic() - self._since
        others = (busy() - self._busy - (ours() - self._ours)) / (n_cores * passed)
        self.slower = 1.0 / (1.0 - min(0.75, max(0.0, others)))


def busy() -> float:
    """Seconds of work of all cores so far."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))


def ours() -> float:
    """Seconds of work of this process and all that it has started, as far as they still live."""
    found = 0.0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        with suppress(psutil.Error):
            found += sum(process.cpu_times()[:2])
    return found


def with_no_word(end: socket.socket) -> None:
    """Close a socket, whatever state it is in."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
