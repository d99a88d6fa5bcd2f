"""The room: the facilitator's questions, how many have answered, and their histogram beside the model's differences."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from nicegui import ui

from ...words import message, message_in
from ..addresses import addresses, reaches_phones
from ..ensembles import Asked
from ..house import PAIRS
from ..levers import REGIME_WORDS, REGIMES, with_regime
from ..outlook import OUTCOMES, of_a_year
from ..room_words import RoomError
from ..state import from_link, link_of
from .parts import box, button, chart, dialog, dialog_head, heading, refusal, text

SECONDS_FRESH = 1.0
"""How often the desk looks for new answers."""

RANGES = {"participation": 10.0, "open": 50.0, "resolved": 50.0, "wait": 20.0, "consent": 0.5, "cost": 100_000.0}
"""How far guesses of each difference may go, up and down."""

STATES = {
    "open": message_in("workshop", "open"),
    "closed": message_in("workshop", "closed"),
    "revealed": message_in("workshop", "revealed"),
}
"""How a question stands."""


def room_button(visitor: Any) -> None:
    """The button that opens the room."""
    button(message("The room").told(visitor.look.lang), lambda: RoomPanel(visitor), "room-button")


class RoomPanel:
    """The facilitator's desk."""

    def __init__(self, visitor: Any) -> None:
        self.visitor, self.room, self.lang = visitor, visitor.house.room, visitor.look.lang
        self.seen: Any = None
        with visitor.root, dialog(message("The room").told(self.lang)) as self.dialog, ui.card().classes("room"):
            dialog_head(message("The room").told(self.lang), self.lang, self.dialog.close)
            with box("room-columns"):
                with box("room-phones"):
                    self.phones()
                with box("room-desk"):
                    self.asking()
                    self.questions = box("questions")
                    table = ui.link(message("All results (CSV)").told(self.lang), f"/room/answers.csv?lang={self.lang}")
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
        heading(message("Phones on this Wi-Fi open").told(self.lang), 3)
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
            said = message("this server answers on this machine only; start it with --host 0.0.0.0 for phones")
            text(said.told(self.lang), "warning", "p")

    def asking(self) -> None:
        """Two ready questions: a guess of what B changes, and a vote for what to try next."""
        heading(message("Ask for a guess").told(self.lang), 3)
        names = {name: about.name.told(self.lang) for name, about in OUTCOMES.items()}
        with box("asking"):
            text(message("How much does each change when A becomes B?").told(self.lang))
            self.outcome = ui.select(names, value="participation").props("dense options-dense outlined")
            self.outcome.props["aria-label"] = message_in("workshop", "outcome").told(self.lang)
            button(message("Open the question").told(self.lang), self.ask_guess, "ask-guess")
        veil = ui.switch(message("Hide the results until they are shown").told(self.lang),
                         value=self.visitor.house.hidden,
                         on_change=lambda event: setattr(self.visitor.house, "hidden", event.value))  # fmt: skip
        veil.classes("veil-switch")
        heading(message("Ask for a vote").told(self.lang), 3)
        with box("asking"):
            text(message("Which way of deciding shall we try next?").told(self.lang))
            button(message("Open the question").told(self.lang), self.ask_vote, "ask-vote")

    def ask_guess(self) -> None:
        """A guess of the difference that B makes in an outcome."""
        name = self.outcome.value
        about, most = OUTCOMES[name], RANGES[name]
        what = message("When A becomes B: by how much does this change? {outcome}", outcome=of_a_year(about))
        self.act(self.room.ask, {
            "kind": "guess", "text": what.in_both(), "low": -most, "high": most,
            "digits": 2 if most <= 1 else 1 if most <= 60 else 0, "outcome": name, "look": link_of(self.visitor.look),
            **({"unit": about.unit_apart.in_both()} if about.unit_apart else {}),
        })  # fmt: skip

    def ask_vote(self) -> None:
        """A vote for the way of deciding that is to be tried next."""
        asked = message("Which way of deciding shall we try next?")
        self.act(self.room.ask, {
            "kind": "vote", "text": asked.in_both(),
            "choices": [{"key": name, **REGIME_WORDS[name].in_both()} for name in REGIMES],
        })  # fmt: skip

    def act(self, what: Callable[..., Any], *given: Any) -> None:
        """Do something in the room, or say in a sentence why not."""
        try:
            what(*given)
        except RoomError as error:
            refusal(error, self.lang)
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
        said = STATES[state].told(self.lang)
        with box(f"question {state}", "section"):
            heading(question["text"][self.lang], 3)
            with box("asking"):
                answers = message_in("workshop", "{n} answers", n=question["answers"]).told(self.lang)
                text(f"{said} · {answers}", "n-answers")
                if state == "open":
                    button(message("Stop answers").told(self.lang), lambda: self.act(self.room.close, key))
                if state != "revealed":
                    button(message("Show the result").told(self.lang), lambda: self.reveal(key, question), "reveal")
                else:
                    button(message("put away").told(self.lang), lambda: self.act(self.room.archive, key))
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
            said = message("Run the winner as B: {name}", name=names[winner]).told(self.lang)
            button(said, lambda: self.run(winner), "run-winner first")

    def run(self, regime: str) -> None:
        """Try the way of deciding that got most votes."""
        self.visitor.set_to("B", lambda setting, day: with_regime(setting, regime, day))
        self.dialog.close()

    def histogram(self, question: dict[str, Any]) -> None:
        """Guesses upward, the model's distribution downward, over the same bins."""
        found = question["result"]
        edges = found["edges"]
        names = [f"{low:.3g} – {high:.3g}".replace("-", "−") for low, high in itertools.pairwise(edges)]
        guesses = message("what the room guessed").told(self.lang)
        model = message("what the model gives").told(self.lang)
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
