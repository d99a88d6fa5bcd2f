"""No request may be larger than anything that is sent here on purpose."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..words import message

MOST_BYTES = 2_000_000


class Ceiling:
    """Refuses larger requests before anybody reads them; one that did not say how large it is ends there."""

    def __init__(self, app: ASGIApp, most: int = MOST_BYTES) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as far as it may go."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        said = dict(scope["headers"]).get(b"content-length", b"0").decode("latin-1")
        if not (said.isdecimal() and len(said) < 20 and int(said) <= self.most):
            said = message("The request is larger than {most} bytes.", most=self.most)
            await PlainTextResponse(f"{said.en} {said.zh}", 413)(scope, receive, send)
            return
        read = 0

        async def measured() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            return message if read <= self.most else {"type": "http.disconnect"}

        await self.app(scope, measured, send)
