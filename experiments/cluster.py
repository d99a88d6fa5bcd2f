"""The workers of a Dask cluster: found by an address or a scheduler file, and given up in a sentence."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import time
from concurrent.futures import Executor

from ..words import message
from .command_line import say
from .crews import LIVES
from .provenance import Refusal

ADDRESS = re.compile(r"(?P<kind>tcp|tls)://(?P<host>\[[0-9a-fA-F:]+\]|[^:/\s\[\]]+):(?P<port>\d{1,5})")
ALLOWED = message("must be an address such as tcp://host:8786, or a scheduler file")
ANSWERS_WITHIN = 10.0
"""Seconds within which a scheduler has to answer."""

PATIENCE = 5.0
"""Seconds without any worker before this is said."""


class Dask:
    """The workers of a Dask scheduler, which may come and go."""

    def __init__(self, where: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise Refusal(message(
                '--cluster needs Dask, which is not installed: pip install "linli[cluster]"',
            )) from None  # fmt: skip
        self.where = where
        address = address_of(where)
        for name in [*logging.root.manager.loggerDict, "distributed"]:  # what they would say at length, we say
            if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            refuse_if_nobody_listens(address)
            self.client = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            raise Refusal(message(
                "no Dask scheduler answers at {where}; start one, or name another with --cluster", where=where,
            )) from None  # fmt: skip
        self.workers_seen, self.told = time.monotonic(), False

    def hire(self, alone: bool) -> Executor:
        """The cluster as an executor; a job whose worker dies is tried again by the scheduler itself."""
        return self.client.get_executor(pure=False, retries=LIVES)

    def dismiss(self, executor: Executor) -> None:
        """Let go of the jobs under way; the cluster goes on."""
        executor.shutdown(wait=False)

    def room(self) -> int:
        """Two jobs for each thread there is now."""
        return max(2, 2 * self.threads())

    def threads(self) -> int:
        """How many there are now. Raises Refusal when the scheduler has gone."""
        try:
            return sum(self.client.nthreads().values())
        except OSError:
            raise self.gone() from None

    def look(self) -> None:
        """Raises Refusal when the scheduler has gone; says once when there has been no worker for a while."""
        if self.client.status != "running":
            raise self.gone()
        if self.threads():
            self.workers_seen, self.told = time.monotonic(), False
        elif not self.told and time.monotonic() - self.workers_seen > PATIENCE:
            self.told = True
            say(message("the scheduler at {where} has no workers; waiting for some", where=self.where))

    def gone(self) -> Refusal:
        """What to say when the scheduler does not answer any more."""
        return Refusal(message(
            "the Dask scheduler at {where} has gone; what was done is kept, and the same command goes on from "
            "there with a new one", where=self.where,
        ))  # fmt: skip

    def close(self) -> None:
        """Take leave of the scheduler."""
        self.client.close(timeout=2)


def address_of(where: str) -> str:
    """The address meant by an address or by a scheduler file. Raises Refusal."""
    address = where if "://" in where else address_in(where)
    found = ADDRESS.fullmatch(address)
    if not found or not 0 < int(found["port"]) < 65536:
        said = "" if address == where else message(", which says {address}", address=address)
        raise Refusal(message("--cluster is {where}{said}, but {allowed}", where=where, said=said, allowed=ALLOWED))
    if found["kind"] == "tls":
        refuse_without_certificates(where)
    return address


def address_in(file: str) -> str:
    """What a scheduler file says. Raises Refusal."""
    if not os.path.isfile(file):
        raise Refusal(message("--cluster is {file}, but {allowed}", file=file, allowed=ALLOWED))
    try:
        with open(file, encoding="utf-8") as opened:
            return str(json.load(opened)["address"])
    except (OSError, ValueError, KeyError, TypeError):
        raise Refusal(message(
            "{file} is no scheduler file: it must be written by `dask scheduler --scheduler-file`", file=file,
        )) from None  # fmt: skip


def refuse_without_certificates(where: str) -> None:
    """Raises Refusal where Dask has not been told which certificates to use."""
    from distributed.security import Security

    if Security().get_connection_args("client").get("ssl_context") is None:
        raise Refusal(message(
            "--cluster is {where}, but Dask's configuration names no certificates for tls", where=where,
        ))  # fmt: skip


def refuse_if_nobody_listens(address: str) -> None:
    """A dead address is found out here in a moment, for Dask itself would go on trying. Raises OSError."""
    host, _, port = address.partition("://")[2].rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWERS_WITHIN / 2).close()
