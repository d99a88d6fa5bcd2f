"""The room over the network: a page for phones, and the facilitator's controls.

A phone is known by a random token in a cookie, so that one browser counts once. (Whoever opens a second, private window
is a second phone: a room without names cannot tell. The facilitator sees how many phones there are.)
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import io
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import segno
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..words import LANGUAGES, Words, message, told
from .addresses import addresses, reaches_phones
from .room import Room
from .room_words import RoomError, phone_words
from .tokens import Pace

STATIC = Path(__file__).with_name("static")
KIND = {"phone.js": "text/javascript", "phone.css": "text/css"}
STATUS = {"invalid": 422, "unknown": 404, "over": 409, "full": 409, "hurried": 429, "stranger": 401, "forbidden": 403,
          "large": 413, "kind": 415, "disk": 503}  # fmt: skip
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
                               "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}  # fmt: skip
MOST_ANSWER, MOST_QUESTION = 2_000, 64_000
"""Bytes of a request: from a phone, and from the facilitator."""
WORDS, JOINS, VISITS, KNOCKS = (5.0, 20.0), (1.0, 40.0), (20.0, 400.0), (20.0, 100.0)
"""How many a second, and how many at once: requests of one phone; new phones of one address, so that a room behind one
router still gets in; requests of one address that come from no known phone; and requests at the facilitator's desk, of
the facilitator and of each address that is not the facilitator's."""
WEEK = 7 * 24 * 3_600
PRESENT = 15.0
"""Seconds since its last word after which a phone counts as gone."""

TOO_MANY = message("Too many requests; wait a few seconds.")

PAGES = tuple(f"/{lang}" for lang in LANGUAGES)
"""Where the facilitator's link may lead besides the first page."""

Handler = Callable[[Request], Awaitable[Response]]


def router(room: Room, host: str = "127.0.0.1", clock: Callable[[], float] = time.monotonic) -> APIRouter:
    """The paths below /p and /room, for a server that listens on `host`."""
    routes = APIRouter(include_in_schema=False)
    phones, desk = Phones(room, clock), Desk(room, host, clock)
    desk.present = phones.present
    paths: dict[str, tuple[str, Handler]] = {
        "/p": ("GET", phones.page), "/p/{name}.{ending}": ("GET", phones.file), "/p/state": ("GET", phones.state),
        "/p/join": ("POST", phones.join), "/p/answer": ("POST", phones.answer), "/room/state": ("GET", desk.state),
        "/room/qr.svg": ("GET", desk.code), "/room/answers.csv": ("GET", desk.table), "/room/open": ("POST", desk.open),
        "/room/close": ("POST", desk.close), "/room/reveal": ("POST", desk.reveal),
        "/room/archive": ("POST", desk.archive),
    }  # fmt: skip
    for path, (method, handler) in paths.items():
        routes.add_route(path, guarded(handler), methods=[method], include_in_schema=False)
    return routes


def guarded(handler: Handler) -> Handler:
    """The handler with refusals said in one sentence in both languages, and the headers of all answers."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            if request.method == "POST":
                refuse_other_pages(request)
            response = await handler(request)
        except RoomError as error:
            response = JSONResponse({"error": {lang: told(error, lang) for lang in LANGUAGES}}, STATUS[error.reason])
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


# Phones


class Phones:
    """What phones may do."""

    def __init__(self, room: Room, clock: Callable[[], float]) -> None:
        self.room, self.clock = room, clock
        self.words, self.joins, self.visits = (Pace(*pace, clock) for pace in (WORDS, JOINS, VISITS))
        self.cookie = cookie_of(room, "phone")
        self.writer = ThreadPoolExecutor(1, "room")
        """Answers are flushed to disk one after another, where they keep nobody else waiting."""
        self.heard: dict[str, float] = {}

    def present(self) -> int:
        """Phones that have asked for the state of late."""
        since = self.clock() - PRESENT
        self.heard = {who: then for who, then in self.heard.items() if then >= since}
        return len(self.heard)

    def who(self, request: Request) -> tuple[str, str]:
        """The token of a phone, and the name of its answers. Raises RoomError for strangers and the hurried."""
        token = request.cookies.get(self.cookie, "")
        try:
            who = self.room.who(token)
        except RoomError:
            self.visit(request)
            raise
        unhurried(self.words, who)
        return token, who

    def visit(self, request: Request) -> None:
        """Count a request that comes from no known phone."""
        unhurried(self.visits, address_of(request))

    async def page(self, request: Request) -> Response:
        """The page."""
        self.visit(request)
        return HTMLResponse(page())

    async def file(self, request: Request) -> Response:
        """The page's style and script."""
        self.visit(request)
        name = f"{request.path_params['name']}.{request.path_params['ending']}"
        if name not in KIND:
            return Response(status_code=404)
        return Response((STATIC / name).read_bytes(), media_type=KIND[name])

    async def join(self, request: Request) -> Response:
        """Give a phone its token, unless it has one."""
        await body_of(request, MOST_ANSWER)
        try:
            self.who(request)
            return Response(status_code=204)
        except RoomError as error:
            if error.reason != "stranger":
                raise
        unhurried(self.joins, address_of(request))
        response = Response(status_code=204)
        response.set_cookie(self.cookie, self.room.join(), WEEK, path="/p", httponly=True, samesite="strict")
        return response

    async def state(self, request: Request) -> Response:
        """What there is to see, or that it is still the same."""
        _, who = self.who(request)
        if who in self.heard or len(self.heard) < self.words.most:
            self.heard[who] = self.clock()
        return self.seen(request, who)

    async def answer(self, request: Request) -> Response:
        """Take an answer; it is on disk before the phone hears so."""
        token, who = self.who(request)
        asked = await asked_in(request, MOST_ANSWER, "question", "answer")
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.writer, self.room.answer, token, asked["question"], asked["answer"])
        return self.seen(request, who)

    def seen(self, request: Request, who: str) -> Response:
        """The state as one phone may see it."""
        content = json.dumps(self.room.seen_by(who), ensure_ascii=False, separators=(",", ":")).encode()
        tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        if request.method == "GET" and request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(content, media_type="application/json", headers={"ETag": tag, "Cache-Control": "no-store"})


@cache
def page() -> str:
    """The page for phones with its words."""
    words = json.dumps(phone_words(), ensure_ascii=False).replace("<", "\\u003c")
    return (STATIC / "phone.html").read_text(encoding="utf-8").replace("{{words}}", words)


# The facilitator's desk


class Desk:
    """What the facilitator may do."""

    present: Callable[[], int]

    def __init__(self, room: Room, host: str, clock: Callable[[], float]) -> None:
        self.room, self.host = room, host
        self.knocks = Pace(*KNOCKS, clock)
        self.writer = ThreadPoolExecutor(1, "desk")

    def let_in(self, request: Request) -> None:
        """Refuse everybody else."""
        known = is_facilitator(self.room, request.cookies)
        unhurried(self.knocks, "the facilitator" if known else address_of(request))
        if not known:
            raise RoomError("forbidden", message("This is for the facilitator; open the facilitator's link first."))

    async def done(self, act: Callable[..., Any], *arguments: Any) -> Response:
        """Do something that is flushed to disk, and show where the room stands."""
        found = await asyncio.get_running_loop().run_in_executor(self.writer, act, *arguments)
        return JSONResponse({"done": found, **self.room.overview()})

    async def state(self, request: Request) -> Response:
        """All questions, how many phones there are, and where they find the page."""
        self.let_in(request)
        links = [link_of(request, address) for address in addresses(self.host)]
        warning = message("Phones cannot reach this server: it listens on this computer only.").in_both()
        return JSONResponse({**self.room.overview(), "phones": self.present(), "links": links,
                             "warning": None if reaches_phones(self.host) else warning})  # fmt: skip

    async def open(self, request: Request) -> Response:
        """Ask a new question (`about`), or open one again (`question`)."""
        self.let_in(request)
        asked = await body_as_table(request, MOST_QUESTION)
        if set(asked) == {"question"}:
            return await self.done(self.room.reopen, asked["question"])
        only(asked, "about")
        return await self.done(self.room.ask, asked["about"])

    async def close(self, request: Request) -> Response:
        """Take no more answers."""
        self.let_in(request)
        asked = await asked_in(request, MOST_QUESTION, "question")
        return await self.done(self.room.close, asked["question"])

    async def reveal(self, request: Request) -> Response:
        """Show the result, beside the model's differences where there are any (`model`)."""
        self.let_in(request)
        asked = {"model": [], **await body_as_table(request, MOST_QUESTION)}
        only(asked, "question", "model")
        return await self.done(self.room.reveal, asked["question"], asked["model"])

    async def archive(self, request: Request) -> Response:
        """Put a question away."""
        self.let_in(request)
        asked = await asked_in(request, MOST_QUESTION, "question")
        return await self.done(self.room.archive, asked["question"])

    async def code(self, request: Request) -> Response:
        """The QR code of the page for phones, at the likeliest address or at the one asked for."""
        self.let_in(request)
        there = addresses(self.host)
        address = request.query_params.get("address", there[0])
        if address not in there:
            raise RoomError("invalid", message("This address is none of this computer's."))
        return Response(drawn(link_of(request, address)), media_type="image/svg+xml")

    async def table(self, request: Request) -> Response:
        """The results, for a spreadsheet."""
        self.let_in(request)
        lang = "en" if request.query_params.get("lang") == "en" else "zh"
        attached = {"Content-Disposition": 'attachment; filename="room.csv"'}
        return Response("\ufeff" + self.room.table(lang), media_type="text/csv; charset=utf-8", headers=attached)


def is_facilitator(room: Room, cookies: Mapping[str, str]) -> bool:
    """Whether these cookies are the facilitator's."""
    return room.facilitates(cookies.get(cookie_of(room, "desk"), ""))


def cookie_of(room: Room, whose: str) -> str:
    """The name of a cookie; two rooms on one computer must not share it, as cookies know no ports."""
    return f"linli_{room.id}_{whose}"


def link_of(request: Request, address: str) -> str:
    """The page for phones as the outside sees it."""
    port = (request.scope.get("server") or ("", 80))[1]
    return f"http://{address}:{port}/p"


def drawn(link: str) -> bytes:
    """A QR code as SVG: black on white, with the quiet margin that cameras need."""
    written = io.BytesIO()
    segno.make(link, error="m", micro=False).save(
        written, kind="svg", scale=8, border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False
    )
    return written.getvalue()


class Gate:
    """Lets the facilitator in: `/?token=…` leaves a cookie, and leads to the same page without the token.

    No other part of the server, nor its log, sees the token.
    """

    def __init__(self, app: ASGIApp, room: Room) -> None:
        self.app, self.room = app, room
        self.knocks = Pace(2, 20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the token out of the address before anybody else sees it."""
        asked = scope.get("query_string", b"") if scope["type"] == "http" else b""
        found = parse_qs(asked.decode("latin-1")) if b"token=" in asked else {}
        if "token" not in found:
            await self.app(scope, receive, send)
            return
        token = found.pop("token")[-1]
        scope["query_string"] = urlencode(found, doseq=True).encode()
        await self.let_in(Request(scope), token)(scope, receive, send)

    def let_in(self, request: Request, token: str) -> Response:
        """A page that leads on with the cookie set, or a refusal."""
        headers = {**HEADERS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        unhurried_here = self.knocks.allows(address_of(request))
        if not unhurried_here or not self.room.facilitates(token):
            refused, status = message("This link is not the facilitator's; copy all of it."), 403
            if not unhurried_here:
                refused, status = TOO_MANY, 429
            return HTMLResponse(leaf(in_both(refused)), status, headers)
        page = request.url.path if request.url.path in PAGES else "/"
        on = html.escape(f"{page}?{request.url.query}" if request.url.query else page)
        response = HTMLResponse(leaf(way_in(on), f'<meta http-equiv="refresh" content="0;url={on}">'), headers=headers)
        response.set_cookie(cookie_of(self.room, "desk"), token, WEEK, path="/", httponly=True, samesite="strict")
        return response


def in_both(words: Words) -> str:
    """A sentence in both languages, where it is not known which one the reader has."""
    return f"<p>{words.zh}</p><p lang=en>{words.en}</p>"


def way_in(address: str) -> str:
    """A link to the workshop."""
    to = message("To the workshop")
    return f'<p><a href="{address}">{to.zh} · <span lang=en>{to.en}</span></a></p>'


def leaf(inside: str, head: str = "") -> str:
    """A page of a sentence."""
    return (f'<!doctype html><html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"{head}<title>{message('Workshop').zh}</title>{inside}</html>")  # fmt: skip


# Requests


def refuse_other_pages(request: Request) -> None:
    """Refuse what another page makes a browser send."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    foreign = origin is not None and origin.partition("://")[2] != request.headers.get("host")
    if foreign or site not in (None, "same-origin", "none"):
        raise RoomError("forbidden", message("Requests from other pages are refused."))
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RoomError("kind", message("The request must be JSON."))


async def body_of(request: Request, most: int) -> bytes:
    """What was sent, read no further than allowed. Raises RoomError."""
    length = request.headers.get("content-length", "0")
    found = b""
    if length.isdecimal() and len(length) < 20 and int(length) <= most:
        async for piece in request.stream():
            found += piece
            if len(found) > most:
                break
        else:
            return found
    raise RoomError("large", message("The request is larger than {most} bytes.", most=most))


async def body_as_table(request: Request, most: int) -> dict[str, Any]:
    """The JSON object that was sent. Raises RoomError."""
    sent = await body_of(request, most)
    try:
        found = json.loads(sent, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RoomError("invalid", message("The request could not be read; it must be one JSON object."))
    return found


def refuse_constant(name: str) -> None:
    """Refuse NaN and infinities, which Python reads although JSON has none."""
    raise ValueError(name)


async def asked_in(request: Request, most: int, *names: str) -> dict[str, Any]:
    """The JSON object that was sent, with these entries and no other. Raises RoomError."""
    found = await body_as_table(request, most)
    only(found, *names)
    return found


def only(found: dict[str, Any], *names: str) -> None:
    """Refuse other entries than these."""
    if set(found) != set(names):
        raise RoomError("invalid", message("The request must have {names}.", names=", ".join(names)))


def unhurried(pace: Pace, who: str) -> None:
    """Refuse the hurried."""
    if not pace.allows(who):
        raise RoomError("hurried", TOO_MANY)


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""
