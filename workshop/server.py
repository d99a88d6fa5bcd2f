"""The server: pages, files and recordings on one address of this machine."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app, ui

from . import phones
from .ensembles import Ensembles
from .house import House
from .pages.visitor import Visitor
from .room import Room
from .state import Look, from_link

STATIC = Path(__file__).parent / "static"
COOKIE = "linli_facilitator"


@dataclass(frozen=True)
class Options:
    """How the server is started."""

    host: str
    port: int
    folder: Path
    token: str
    first: Look
    workers: int


def serve(options: Options) -> None:
    """Answer until somebody stops it."""
    house = House(options.folder, Ensembles(options.workers), options.first)
    room = Room(options.folder)
    app.on_startup(house.ensembles.start)
    app.on_shutdown(house.ensembles.close)
    app.add_static_files("/linli", STATIC)
    app.include_router(phones.router(room, options.token, port=options.port, host=options.host))
    house.room, house.options = room, options

    @app.get("/recording/{name}")
    def recording(name: str) -> Response:
        found = house.recording(name)
        if found is None:
            return Response(status_code=404)
        return Response(found, media_type="application/octet-stream",
                        headers={"Content-Encoding": "gzip", "Cache-Control": "private, max-age=3600"})  # fmt: skip

    @app.get("/")
    def begin(look: str = "", state: str = "", lang: str = "") -> Response:
        shown, _ = opened(house, look, state, lang)
        return RedirectResponse(house.kept(shown), 303)

    def page(request: Request, look: str = "", state: str = "") -> None:
        lang = request.url.path.strip("/")
        shown, error = opened(house, look, state, lang)
        ui.add_head_html('<link rel="stylesheet" href="/linli/workshop.css">')
        Visitor(house, shown, same(request.cookies.get(COOKIE, ""), options.token))
        if error:
            ui.notify(error, type="warning", multi_line=True)

    ui.page("/en", title="linli: a neighbourhood laboratory", language="en-GB")(page)
    ui.page("/zh", title="邻里：社区治理实验室", language="zh-CN")(page)
    ui.run(host=options.host, port=options.port, reload=False, show=False, title="邻里 linli", tailwind=False,
           show_welcome_message=False, reconnect_timeout=30.0, storage_secret=None)  # fmt: skip


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how far."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def opened(house: House, code: str, link: str, lang: str) -> tuple[Look, str]:
    """The look that is asked for, or the first one, and what is to be said of it."""
    look, error = house.first, ""
    try:
        if link:
            look = from_link(link)
        elif code:
            look = house.look_of(code)
    except ValueError as refused:
        error = str(refused)
    if lang in ("en", "zh"):
        look = replace(look, lang=lang)
    return look, error

