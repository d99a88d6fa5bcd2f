"""The server: pages, files and recordings on one address of this machine."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from nicegui import app, ui

from ..experiments.command_line import tell
from ..experiments.provenance import Refusal
from ..words import LANGUAGES, message, told
from . import phones
from .addresses import addresses
from .ceiling import Ceiling
from .ensembles import Ensembles
from .house import House
from .logs import keep_in_order
from .pages.parts import BRAND
from .pages.visitor import Visitor
from .room import Room
from .room_words import RoomError
from .state import Look, from_link

STATIC = Path(__file__).with_name("static")
RECONNECT = 30.0
"""Seconds for which the server keeps a page whose browser is out of reach."""

MOST_SHOWN = 4_000
"""Letters of a damaged link that are handed on, so that the page can say that it is one."""


@dataclass(frozen=True)
class Options:
    """How the server is started."""

    host: str
    port: int
    folder: Path
    first: Look
    workers: int


def serve(options: Options) -> None:
    """Answer until somebody stops it. Raises Refusal where another server has the room."""
    try:
        room = Room(options.folder)
    except RoomError as error:
        raise Refusal(*error.args) from None
    house = House(options.folder, Ensembles(options.workers), room, options.first, options.host, options.port)
    app.on_startup(house.open)
    app.on_shutdown(house.close)
    app.add_static_files("/linli", STATIC)
    app.include_router(phones.router(room, options.host))
    app.add_middleware(phones.Gate, room=room)
    app.add_middleware(Ceiling)
    app.config.quasar_config["loadingBar"]["skipHijack"] = True  # a bar without a name, for requests that take no time
    pages(house)
    local = "127.0.0.1" if options.host in ("0.0.0.0", "::") else options.host
    everybody, here = (f"http://{host}:{options.port}/" for host in (addresses(options.host)[0], local))
    tell(message("for everybody:        {address}", address=everybody))
    tell(message("for the facilitator:  {address}?token={token}", address=here, token=room.facilitator))
    keep_in_order()
    gc.freeze()  # a full collection of what stays anyway would hold up the event loop
    ui.run(host=options.host, port=options.port, reload=False, show=False, title=BRAND, tailwind=False,
           show_welcome_message=False, reconnect_timeout=RECONNECT, favicon="🏘️")  # fmt: skip


def pages(house: House) -> None:
    """The addresses that browsers ask for."""

    @app.get("/recording/{name}")
    def recording(name: str) -> Response:
        found = house.recording(name)
        if found is None:
            return Response(status_code=404)
        headers = {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=3600"}
        return Response(found, media_type="application/octet-stream", headers=headers)

    @app.get("/")
    def begin(look: str = "", state: str = "", lang: str = "") -> Response:
        shown, error = opened(house, look, state, lang)
        asked = urlencode({"state": state[:MOST_SHOWN]} if state else {"look": look[:MOST_SHOWN]})
        return RedirectResponse(f"/{shown.lang}?{asked}" if error else house.kept(shown), 303)

    def page(request: Request, look: str = "", state: str = "") -> None:
        shown, error = opened(house, look, state, request.url.path.strip("/"))
        ui.add_head_html('<link rel="stylesheet" href="/linli/workshop.css">'
                         '<script type="module" src="/linli/sliders.js"></script>')  # fmt: skip
        Visitor(house, shown, phones.is_facilitator(house.room, request.cookies))
        if error:
            ui.notify(error, type="warning", multi_line=True, timeout=10_000)

    @app.exception_handler(404)
    def nowhere(request: Request, error: Exception) -> Response:
        said = message("There is no such page.")
        return HTMLResponse(phones.leaf(phones.in_both(said) + phones.way_in("/")), 404)

    title = message("linli: a neighbourhood laboratory")
    ui.page("/en", title=title.en, language="en-GB")(page)
    ui.page("/zh", title=title.zh, language="zh-CN")(page)


def opened(house: House, code: str, link: str, lang: str) -> tuple[Look, str]:
    """The look that is asked for, or the first one, and what is to be said of it."""
    look, error = house.first, ""
    try:
        if link:
            look = from_link(link)
        elif code:
            look = house.look_of(code)
    except ValueError as refused:
        error = told(refused, lang or look.lang)
    return (replace(look, lang=lang) if lang in LANGUAGES else look), error
