"""The room: the facilitator's questions, how many have answered, and their histogram beside the model's differences."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from nicegui import ui

from ..addresses import addresses, reaches_phones
from ..ensembles import Asked
from ..house import PAIRS
from ..levers import REGIME_WORDS, REGIMES, with_regime
from ..outlook import OUTCOMES
from ..room_words import RoomError
from ..sentences import A_YEAR
from ..state import from_link, link_of
from ..words import word
from .parts import box, button, chart, dialog, dialog_head, heading, refusal, text

SECONDS_FRESH = 1.0
"""How often the desk looks for new answers."""

RANGES = {"participation": 10.0, "open": 50.0, "resolved": 50.0, "wait": 20.0, "consent": 0.5, "cost": 100_000.0}
"""How far guesses of each difference may go, up and down."""


def room_button(visitor: Any) -> None:
    """The button that opens the room."""
    button(word("The room", visitor.look.lang), lambda: RoomPanel(visitor), "room-button")


class RoomPanel:
    """The facilitator's desk."""

    def __init__(self, visitor: Any) -> None:
        self.visitor, self.room, self.lang = visitor, visitor.house.room, visitor.look.lang
        self.seen: Any = None
        with visitor.root, dialog(word("The room", self.lang)) as self.dialog, ui.card().classes("room"):
            dialog_head(word("The room", self.lang), self.lang, self.dialog.close)
            with box("room-columns"):
                with box("room-phones"):
                    self.phones()
                with box("room-desk"):
                    self.asking()
                    self.questions = box("questions")
                    table = ui.link(word("All results (CSV)", self.lang), f"/room/answers.csv?lang={self.lang}")
                    table.props("download").classes("csv")
        self.timer = ui.timer(SECONDS_FRESH, self.refresh)
        self.dialog.on("hide", self.leave)
        self.dialog.open()
        self.refresh()

    def leave(self) -> None:
        """Close the desk; the room goes on."""
        self.timer.cancel()
        self.dialog.delete()

    def phones(self) -> None:
        """The QR code of the phones' page, and its address in letters."""
        heading(word("Phones on this Wi-Fi open", self.lang), 3)
        there = addresses(self.visitor.house.host)
        shown = ui.image(f"/room/qr.svg?address={there[0]}").classes("qr").props(f'no-spinner alt="QR: {there[0]}"')
        port = self.visitor.house.port
        address = text(f"http://{there[0]}:{port}/p", "address", "code")
        if len(there) > 1:
            def other(event: Any) -> None:
                shown.set_source(f"/room/qr.svg?address={event.value}")
                address.set_text(f"http://{event.value}:{port}/p")

            ui.select(there, value=there[0], on_change=other).props("dense")
        if not reaches_phones(self.visitor.house.host):
            said = "this server answers on this machine only; start it with --host 0.0.0.0 for phones"
            text(word(said, self.lang), "warning", "p")

    def asking(self) -> None:
        """Two ready questions: a guess of what B changes, and a vote for what to try next."""
        heading(word("Ask for a guess", self.lang), 3)
        names = {name: about.name[self.lang == "zh"] for name, about in OUTCOMES.items()}
        with box("asking"):
            text(word("How much does each change when A becomes B?", self.lang))
            self.outcome = ui.select(names, value="participation").props("dense options-dense outlined")
            self.outcome.props["aria-label"] = word("outcome", self.lang)
            button(word("Open the question", self.lang), self.ask_guess, "ask-guess")
        veil = ui.switch(word("Hide the results until they are shown", self.lang), value=self.visitor.house.hidden,
                         on_change=lambda event: setattr(self.visitor.house, "hidden", event.value))  # fmt: skip
        veil.classes("veil-switch")
        heading(word("Ask for a vote", self.lang), 3)
        with box("asking"):
            text(word("Which way of deciding shall we try next?", self.lang))
            button(word("Open the question", self.lang), self.ask_vote, "ask-vote")

    def ask_guess(self) -> None:
        """A guess of the difference that B makes in an outcome."""
        name = self.outcome.value
        about, most = OUTCOMES[name], RANGES[name]
        spans = A_YEAR if "[]" in about.higher[0] else ("", "")
        what = [
            word("When A becomes B: by how much does this change? {outcome}", lang).format(
                outcome=(f"{about.name[k]} {spans[k]}" if k == 0 else f"{spans[k]}{about.name[k]}").strip())
            for k, lang in enumerate(("en", "zh"))
        ]  # fmt: skip
        unit = {"en": about.unit_apart[0], "zh": about.unit_apart[1]} if about.unit_apart[0] else None
        self.act(self.room.ask, {
            "kind": "guess", "text": {"en": what[0], "zh": what[1]}, "low": -most, "high": most,
            "digits": 2 if most <= 1 else 1 if most <= 60 else 0, "outcome": name, "look": link_of(self.visitor.look),
            **({"unit": unit} if unit else {}),
        })  # fmt: skip

    def ask_vote(self) -> None:
        """A vote for the way of deciding that is to be tried next."""
        asked = "Which way of deciding shall we try next?"
        self.act(self.room.ask, {
            "kind": "vote", "text": {lang: word(asked, lang) for lang in ("en", "zh")},
            "choices": [{"key": name, "en": REGIME_WORDS[name].en, "zh": REGIME_WORDS[name].zh} for name in REGIMES],
        })  # fmt: skip

    def act(self, what: Callable[..., Any], *given: Any) -> None:
        """Do something in the room, or say in a sentence why not."""
        try:
            what(*given)
        except RoomError as error:
            ui.notify(error.words.told(self.lang), type="warning", multi_line=True, timeout=8_000)
        self.refresh()

    def refresh(self) -> None:
        """Draw the questions again if anything has changed."""
        overview = self.room.overview()
        if overview["version"] == self.seen:
            return
        self.seen = overview["version"]
        self.questions.clear()
        with self.questions:
            for question in overview["questions"]:
                if not question["away"]:
                    self.question(question)

    def question(self, question: dict[str, Any]) -> None:
        """One question: its state, how many answers, what can be done, and its result once it is shown."""
        key, state = question["id"], question["state"]
        said = {"open": word("open", self.lang), "closed": word("closed", self.lang),
                "revealed": word("revealed", self.lang)}[state]  # fmt: skip
        with box(f"question {state}", "section"):
            heading(question["text"][self.lang], 3)
            with box("asking"):
                answers = word("{n} answers", self.lang).format(n=question["answers"])
                text(f"{said} · {answers}", "n-answers")
                if state == "open":
                    button(word("Stop answers", self.lang), lambda: self.act(self.room.close, key))
                if state != "revealed":
                    button(word("Show the result", self.lang), lambda: self.reveal(key, question), "reveal")
                else:
                    button(word("put away", self.lang), lambda: self.act(self.room.archive, key))
            if question["result"]:
                (self.counts if question["kind"] == "vote" else self.histogram)(question)

    async def reveal(self, key: int, question: dict[str, Any]) -> None:
        """Show the result; of a guess beside the model's paired differences of the settings it was about."""
        model: list[float] = []
        about = self.room.overview()["questions"]
        asked = next(each["about"] for each in about if each["id"] == key)
        if asked["kind"] == "guess" and asked["look"]:
            try:
                model = await self.differences(asked["outcome"], asked["look"])
            except Exception as error:
                with self.visitor.client:
                    refusal(error, self.lang)
        self.visitor.house.hidden = False
        with self.visitor.client:
            self.act(self.room.reveal, key, model)

    async def differences(self, outcome: str, link: str) -> list[float]:
        """The paired differences of the outcome between A and B of the look that was asked about."""
        look = from_link(link)
        settings = [look.shown(slot).setting for slot in ("A", "B")]
        arms = [Asked(setting.baseline, setting.spec(), look.size, look.days) for setting in settings]
        kept: list[Any] = []
        await self.visitor.house.ensembles.futures(f"room {outcome}", arms[0], arms[1], PAIRS, kept.append)
        values = kept[-1].values[outcome]
        return [float(each) for each in values["B"] - values["A"] if each == each]

    def counts(self, question: dict[str, Any]) -> None:
        """How many chose each, as bars, and the winner as B."""
        found = question["result"]["counts"]
        names = {choice["key"]: choice[self.lang] for choice in question["choices"]}
        ordered = sorted(names, key=lambda name: found[name])
        chart({
            "animation": False, "grid": {"left": 8, "right": 30, "top": 6, "bottom": 6, "containLabel": True},
            "xAxis": {"type": "value", "minInterval": 1, "axisLabel": {"show": False}, "splitLine": {"show": False}},
            "yAxis": {"type": "category", "data": [names[name] for name in ordered],
                      "axisLabel": {"fontSize": 15, "color": "#222"}, "axisTick": {"show": False}},
            "series": [{"type": "bar", "data": [found[name] for name in ordered], "color": "#0072B2", "barMaxWidth": 20,
                        "label": {"show": True, "position": "right", "fontSize": 15, "color": "#222"}}],
        }, ", ".join(f"{names[name]}: {found[name]}" for name in ordered[::-1])).style(
            f"height: {20 + 28 * len(names)}px")  # fmt: skip
        if question["result"]["n"]:
            winner = ordered[-1]
            said = word("Run the winner as B: {name}", self.lang).format(name=names[winner])
            button(said, lambda: self.run(winner), "run-winner first")

    def run(self, regime: str) -> None:
        """Try the way of deciding that got most votes."""
        self.visitor.set_to("B", lambda setting, day: with_regime(setting, regime, day))
        self.dialog.close()

    def histogram(self, question: dict[str, Any]) -> None:
        """Guesses upward, the model's distribution downward, over the same bins."""
        found = question["result"]
        edges = found["edges"]
        names = [f"{(low + high) / 2:.3g}" for low, high in itertools.pairwise(edges)]
        guesses, model = word("what the room guessed", self.lang), word("what the model gives", self.lang)
        series: list[dict[str, Any]] = [
            {"name": guesses, "type": "bar", "data": found["guesses"], "color": "#0072B2", "barCategoryGap": "8%"}
        ]
        if found["model"]:
            share = found["model"]["counts"]
            scale = max(found["guesses"] + [1]) / max([*share, 1])
            below = [-round(scale * n, 3) for n in share]
            series.append({"name": model, "type": "bar", "data": below, "color": "#D55E00", "barGap": "-100%"})
        chart({
            "animation": False,
            "legend": {"top": 0, "selectedMode": False, "textStyle": {"fontSize": 15, "color": "#222"}},
            "grid": {"left": 34, "right": 12, "top": 34, "bottom": 44},
            "xAxis": {"type": "category", "data": names, "name": question["unit"][self.lang], "nameLocation": "middle",
                      "nameGap": 26, "axisLine": {"onZero": False}, "nameTextStyle": {"fontSize": 14, "color": "#333"},
                      "axisLabel": {"fontSize": 13, "color": "#333", "hideOverlap": True}},
            "yAxis": {"type": "value", "axisLabel": {"fontSize": 13, ":formatter": "v => v < 0 ? '' : v"},
                      "minInterval": 1},
            "series": series,
        }, ", ".join(each["name"] for each in series)).classes("histogram")  # fmt: skip
