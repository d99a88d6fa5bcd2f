"""Taking home: figures, data, scenario files, the report page, a replay, an animation, the code and the link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from ...words import Words, message, message_in
from .. import futures as futures_module
from .. import takehome
from ..outlook import OUTCOMES
from ..state import StateError, code_of, link_of
from ..uploads import scenario_from_upload
from .parts import box, button, dialog, dialog_head, heading, refusal, refused, text

MOST_UPLOAD = 200_000


def takehome_button(visitor: Any) -> None:
    """The button that opens the dialog."""
    button(message("Take home").told(visitor.look.lang), lambda: Takehome(visitor), "takehome-button")


class Takehome:
    """The dialog."""

    def __init__(self, visitor: Any) -> None:
        self.visitor, self.lang = visitor, visitor.look.lang
        with visitor.root, dialog(message("Take home").told(self.lang)) as self.dialog, ui.card().classes("takehome"):
            dialog_head(message("Take home").told(self.lang), self.lang, self.dialog.close)
            with box("ways"):
                for label, name, make in self.ways():
                    button(label.told(self.lang), lambda name=name, make=make: self.make(name, make), f"way {name}")
            self.state = text("", "state")
            self.state.props["role"] = "status"
            with box("bring"):
                with box("bring-part"):
                    self.codes()
                with box("bring-part"):
                    self.opening()
        self.dialog.on("hide", self.dialog.delete)
        self.dialog.open()

    def codes(self) -> None:
        """The short code and the link that bring this look back."""
        look = self.visitor.look
        self.visitor.house.kept(look)
        heading(message("Short code").told(self.lang), 3)
        text(message("Brings exactly this page back, on this server.").told(self.lang), "hint", "p")
        with box("codes"):
            text(code_of(look), "code", "code")
            self.copier(code_of(look), message("copy").told(self.lang))
        heading(message("Link").told(self.lang), 3)
        said = message("Holds everything that was set, and works on any server of this version.")
        text(said.told(self.lang), "hint", "p")
        with box("codes"):
            link = ui.input(value=f"/?state={link_of(look)}").props("readonly dense outlined").classes("link")
            link.props["aria-label"] = message("Link").told(self.lang)
            self.copier(link_of(look), message("copy").told(self.lang), as_link=True)

    def opening(self) -> None:
        """What somebody else has taken home, brought back."""
        heading(message("Open a short code").told(self.lang), 3)
        with box("codes"):
            opener = ui.input(placeholder="ABCD2345").props("dense outlined maxlength=12")
            opener.props["aria-label"] = message("Short code").told(self.lang)
            opener.on("keydown.enter", lambda: self.open_code(opener.value))
            button(message_in("workshop", "Open").told(self.lang), lambda: self.open_code(opener.value))
        heading(message("Open a scenario file").told(self.lang), 3)
        with box("uploads"):
            for slot in ("A", "B"):
                self.uploader(slot)

    def ways(self) -> list[tuple[Words, str, Callable[[], Any]]]:
        """What can be taken: its label, its file name, and what makes it (in a worker)."""
        look, lang, call = self.visitor.look, self.lang, self.visitor.house.ensembles.call
        link = f"/?state={link_of(look)}"

        async def png() -> bytes:
            return takehome_zip(await call(takehome.figures, look, self.ensemble(), lang), ".png")

        async def svg() -> bytes:
            return takehome_zip(await call(takehome.figures, look, self.ensemble(), lang), ".svg")

        async def csv() -> bytes:
            return takehome_zip(await call(takehome.tables, look, self.ensemble()), ".csv")

        async def scenarios() -> bytes:
            return takehome_zip(await call(takehome.scenario_files, look, self.ensemble().seeds), "")

        return [
            (message("Figures (PNG)"), "linli-png.zip", png),
            (message("Figures (SVG)"), "linli-svg.zip", svg),
            (message("Data (CSV)"), "linli-csv.zip", csv),
            (message("Scenario files of A and B"), "linli-scenarios.zip", scenarios),
            (message("Report page"), "linli-report.html",
             lambda: call(takehome.page_of, look, self.ensemble().seeds, lang)),
            (message("Replay of the map (one page, works offline)"), "linli-replay.html",
             lambda: call(takehome.replay_of, look, lang)),
            (message("Animation (GIF)"), "linli-play.gif", lambda: call(takehome.play, look, lang)),
            (message("Everything (ZIP)"), "linli.zip",
             lambda: call(takehome.everything, look, self.ensemble(), lang, link)),
        ]  # fmt: skip

    def ensemble(self) -> takehome.Ensemble:
        """What the charts show now."""
        futures = self.visitor.futures
        if futures is None or not futures.n_pairs:
            raise StateError(message("The first pairs are not there yet; wait a moment."))
        return takehome.ensemble_of(futures, OUTCOMES, futures_module.LEVEL)

    async def make(self, name: str, make: Callable[[], Any]) -> None:
        """Have it made in a worker, then hand it to the browser."""
        self.state.set_text(message("{file}: being made …", file=name).told(self.lang))
        try:
            content = await make()
        except Exception as error:
            self.state.set_text(refused(error, self.lang))
            return
        self.state.set_text(message("{file}: made and handed to the browser", file=name).told(self.lang))
        ui.download.content(content, name)

    def copier(self, what: str, label: str, as_link: bool = False) -> None:
        """A button that copies."""
        lang = self.lang

        def copy() -> None:
            said = f"location.origin + '/?state=' + {what!r}" if as_link else repr(what)
            ui.run_javascript(f"navigator.clipboard && navigator.clipboard.writeText({said})")
            ui.notify(message("copied").told(lang))

        button(label, copy)

    def open_code(self, code: str) -> None:
        """Show the look of a code."""
        try:
            look = self.visitor.house.look_of(code or "")
        except StateError as error:
            refusal(error, self.lang)
            return
        ui.navigate.to(self.visitor.house.kept(look))

    def uploader(self, slot: str) -> None:
        """A button that asks for a file; what NiceGUI draws for it has no names for those who cannot see it."""
        taker = ui.upload(auto_upload=True, max_file_size=MOST_UPLOAD, on_rejected=self.rejected,
                          on_upload=lambda event: self.uploaded(slot, event)).props('accept=".toml"')  # fmt: skip
        taker.style("display: none")
        said = f"{message('show as {slot}', slot=slot).told(self.lang)} (.toml)"
        button(said, js=f"() => getElement({taker.id}).$refs.qRef.pickFiles()")

    def rejected(self) -> None:
        """The browser has not sent a file that is too large or has another ending."""
        ui.notify(message("A scenario file is a TOML text of at most 200 kB.").told(self.lang), type="warning")

    async def uploaded(self, slot: str, event: Any) -> None:
        """A scenario file becomes what a slot shows."""
        content = await event.file.read()
        visitor = self.visitor
        branch = visitor.look.shown(slot)
        try:
            setting = scenario_from_upload(event.file.name, content, branch.setting.baseline, visitor.look.days)
        except ValueError as error:
            refusal(error, self.lang)
            return
        name = event.file.name.removesuffix(".toml")[:60] or slot
        visitor.set_branch(slot, setting, name)
        self.dialog.close()


def takehome_zip(files: dict[str, bytes], ending: str) -> bytes:
    """The files with this ending as a zip."""
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if name.endswith(ending):
                archive.writestr(name, content)
    return packed.getvalue()
