"""Requests have a ceiling, whether they say how large they are or not."""

import asyncio

import pytest

pytest.importorskip("starlette", reason="the workshop is not installed: pip install 'linli[workshop]'")

from linli.workshop.ceiling import Ceiling


def answer(pieces, *headers):
    """What a server that reads all it is sent answers, and what it has read."""
    read, sent = [], []

    async def app(scope, receive, send):
        while (message := await receive())["type"] == "http.request":
            read.append(message["body"])
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200, "headers": []})
                return

    async def receive():
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message):
        sent.append(message)

    asyncio.run(Ceiling(app, most=100)({"type": "http", "method": "POST", "headers": list(headers)}, receive, send))
    return [message["status"] for message in sent if "status" in message], b"".join(read)


def test_what_is_small_enough_passes():
    assert answer([b"x" * 60, b"y" * 40], (b"content-length", b"100")) == ([200], b"x" * 60 + b"y" * 40)


@pytest.mark.parametrize("said", [b"101", b"-1", b"1e9", b"9" * 30, b"\xb2"])
def test_what_says_that_it_is_larger_is_not_read(said):
    assert answer([b"x"], (b"content-length", said)) == ([413], b"")


def test_what_does_not_say_so_ends_at_the_ceiling():
    assert answer([b"x" * 60] * 9) == ([], b"x" * 60)
