"""Why: what is known of the resident, the issue or the meeting that was clicked, beside the maps."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from ...agents.resident.wording import percent
from ...words import message, message_in
from .. import why
from .parts import box, button, chart, dialog, dialog_head, heading, refusal, text

Record = dict[str, Any]

FOR, AGAINST = "#00664d", "#9c2f00"
MOST_SHOWN = 12


async def open_why(visitor: Any, found: dict[str, Any]) -> None:
    """Ask a worker, and show the answer."""
    kind, slot = found.get("kind"), "B" if found.get("slot") == "B" else "A"
    row, meeting = found.get("row"), why.recorded_meeting if found.get("recorded") else why.meeting
    tell = {"resident": why.resident, "issue": why.issue, "meeting": meeting}.get(str(kind))
    if tell is None or not isinstance(row, int):
        return
    asked, look = visitor.asked(slot), visitor.look
    day = max(0, min(int(found.get("day") or 0), look.days - 1))
    try:
        record = await visitor.house.ensembles.call(tell, asked.baseline, asked.spec, asked.size, look.seed, day, row)
    except Exception as error:
        with visitor.client:
            refusal(error, look.lang)
        return
    with visitor.client:
        WhyPanel(visitor, slot, record)


class WhyPanel:
    """One record in a dialog at the side."""

    def __init__(self, visitor: Any, slot: str, record: Record) -> None:
        self.visitor, self.slot, self.lang = visitor, slot, visitor.look.lang
        side = {"A": "right", "B": "left"}[slot]  # the map that was clicked stays in sight
        with visitor.root, dialog(self.title(record), f"position={side} seamless no-focus") as self.dialog:
            card = ui.card().classes(f"why why-{slot}")
        with card:
            dialog_head(f"{slot} · {self.title(record)}", self.lang, self.dialog.close)
            text(self.say(record["sentence"]), "why-sentence", "p")
            {"resident": self.resident, "issue": self.issue, "meeting": self.meeting}[record["kind"]](record)
        self.dialog.on("hide", self.dialog.delete)
        self.dialog.open()

    def say(self, words: Any) -> str:
        """Words in the reader's language; numbers as they are."""
        if isinstance(words, dict):
            return str(words[self.lang])
        return f"{words:,.3g}" if isinstance(words, float) else str(words)

    def day(self, day: int) -> str:
        """A day at the head of a line; most towns have had a history before day 0."""
        if day < 0:
            return message("{n} days before day 0: ", n=-day).told(self.lang)
        return message("day {day}: ", day=day).told(self.lang)

    def title(self, record: Record) -> str:
        """What the record is about."""
        return self.say(record["who"] if record["kind"] == "resident" else record["name"])

    def facts(self, facts: list[Record]) -> None:
        """A list of names and values."""
        with box("facts", "dl"):
            for fact in facts:
                text(self.say(fact["label"]), tag="dt")
                text(self.say(fact["value"]), tag="dd")

    def again(self, kind: str, row: int, day: int, label: str) -> None:
        """A link to another record."""

        async def follow() -> None:
            self.dialog.close()
            more = {"slot": self.slot, "kind": kind, "row": row, "day": day}
            await open_why(self.visitor, more)

        button(label, follow, "link")

    # A resident

    def resident(self, record: Record) -> None:
        """Who she is, why she did or did not, whom she knows, what she did."""
        for reason in record.get("why", []):
            if reason.get("bars"):
                self.reason(reason)
        heading(message_in("workshop", "who").told(self.lang), 3)
        self.facts(record["facts"])
        if record.get("ties"):
            heading(f"{message('knows').told(self.lang)} ({record['n_ties']})", 3)
            with box("ties", "ul"):
                for tie in record["ties"][:MOST_SHOWN]:
                    with box("", "li"):
                        self.again("resident", tie["row"], record["day"], self.say(tie["who"]))
                        seen = f" · {message('seen taking part lately').told(self.lang)}" if tie["seen"] else ""
                        text(self.say(tie["from"]) + seen, tag="span")
        if record.get("did"):
            heading(message("did so far").told(self.lang), 3)
            with box("did", "ul"):
                for deed in record["did"][-MOST_SHOWN:][::-1]:
                    text(f"{self.day(deed['day'])}{self.say(deed['text'])}", tag="li")

    def reason(self, reason: Record) -> None:
        """One decision: its sentence, and its terms as bars."""
        with ui.expansion(self.say(reason["label"]) + ("" if reason["did"] is None else f" · {self.chance(reason)}"),
                          value=reason["about"] == "volunteer").classes("reason"):  # fmt: skip
            text(self.say(reason["sentence"]), tag="p")
            bars(reason["bars"], self.say, axis_of(reason, self.say, self.lang), self.say(reason["sentence"]))

    def chance(self, reason: Record) -> str:
        """How likely it was, and whether it came to it."""
        p = reason.get("probability")
        said = "" if p is None else f"{percent(p, self.lang)} · "
        did = message_in("workshop", "did") if reason["did"] else message_in("workshop", "did not")
        return said + did.told(self.lang)

    # An issue

    def issue(self, record: Record) -> None:
        """Its life as a list of days, its numbers, its meetings."""
        heading(message("its life").told(self.lang), 3)
        with box("stages", "ol"):
            for stage in record["stages"]:
                text(f"{self.day(stage['day'])}{self.say(stage['text'])}", tag="li")
        for row in record["meetings"]:
            number = row["row"] if isinstance(row, dict) else row
            self.again("meeting", number, record["day"], message("the meeting on it").told(self.lang))
        if record["reporter"] is not None:
            self.again("resident", record["reporter"], record["day"], message("who reported it").told(self.lang))
        self.facts(record["facts"])

    # A meeting

    def meeting(self, record: Record) -> None:
        """Who spoke how long and in which order, how positions moved, what came of it, who consents."""
        if record["beside"]:
            heading(message("what else came before this council on this day").told(self.lang), 3)
            with box("beside", "ul"):
                for other in record["beside"]:
                    with box("", "li"):
                        self.again("meeting", other["row"], record["day"], self.say(other["name"]))
                        text(self.say(other["outcome"]), tag="span")
        if record.get("people"):
            heading(message("who spoke how long, and how positions moved").told(self.lang), 3)
            said = message("Grey: position before. Orange: position after. Dotted: the status quo and the plan.")
            text(said.told(self.lang), "hint", "p")
            moves(record, self.say, self.lang)
        if record.get("turns"):
            heading(message("the order of speaking").told(self.lang), 3)
            order(record, self.lang)
        fair = record["fairness"]
        if fair["value"] is not None:
            heading(message("procedural fairness (0 to 1): {value:.2f}", value=fair["value"]).told(self.lang), 3)
            self.facts([{"label": part["label"], "value": round(part["value"], 2)} for part in fair["parts"]])
        if record.get("consent"):
            heading(message("who consents (0 to 1)").told(self.lang), 3)
            self.facts([
                {"label": f"{self.say(group['label'])} ({group['n']})", "value": round(group["value"], 2)}
                for group in record["consent"] if group["value"] is not None
            ])  # fmt: skip


def axis_of(reason: Record, say: Any, lang: str) -> str:
    """What the bars of a decision are measured in, and which way they speak."""
    return message("← against · for → ({unit})", unit=say(reason["unit"])).told(lang)


def bars(terms: list[Record], say: Any, axis: str, name: str) -> None:
    """Terms of a decision: to the right what speaks for it, to the left what speaks against it."""
    ordered = sorted(terms, key=lambda term: abs(term["value"]))
    data = [{"value": round(term["value"], 3), "itemStyle": {"color": FOR if term["value"] > 0 else AGAINST}}
            for term in ordered]  # fmt: skip
    names = [say(term["label"]) for term in ordered]
    chart({
        "animation": False, "grid": {"left": 8, "right": 44, "top": 4, "bottom": 24, "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"color": "#333", "hideOverlap": True}, "name": axis,
                  "nameLocation": "middle", "nameGap": 24, "nameTextStyle": {"color": "#333", "fontSize": 12}},
        "yAxis": {"type": "category", "data": names,
                  "axisLabel": {"color": "#222", "width": 170, "overflow": "break", "fontSize": 12}},
        "series": [{"type": "bar", "data": data, "barMaxWidth": 16,
                    "label": {"show": True, "position": "right", "color": "#222"}}],
    }, name).classes("bars").style(f"height: {56 + 27 * len(names)}px")  # fmt: skip


def moves(record: Record, say: Any, lang: str) -> None:
    """A row a resident present: minutes spoken, and the way from the position before to the one after."""
    people = sorted(record["people"], key=lambda person: person["minutes"])
    names = [in_short(person, say, lang) for person in people]
    segments = [{"coords": [[person["before"], k], [person["after"], k]]} for k, person in enumerate(people)]
    after = [[person["after"], k] for k, person in enumerate(people)]
    before = [[person["before"], k] for k, person in enumerate(people)]
    marks = {"status_quo": message("status quo"), "plan": message_in("workshop", "plan")}
    lines = [{"xAxis": record[key], "label": {"formatter": label.told(lang), "fontSize": 11}}
             for key, label in marks.items()]  # fmt: skip
    chart({
        "animation": False,
        "grid": [{"left": 8, "width": "52%", "top": 24, "bottom": 22, "containLabel": True},
                 {"left": "66%", "right": 14, "top": 24, "bottom": 44}],
        "xAxis": [{"type": "value", "name": message("min spoken").told(lang), "nameLocation": "middle", "nameGap": 28},
                  {"type": "value", "min": -1, "max": 1, "gridIndex": 1, "name": message("position").told(lang),
                   "nameLocation": "middle", "nameGap": 28}],
        "yAxis": [{"type": "category", "data": names, "axisLabel": {"fontSize": 11, "interval": 0}},
                  {"type": "category", "data": names, "gridIndex": 1, "axisLabel": {"show": False}}],
        "series": [
            {"type": "bar", "data": [round(person["minutes"], 1) for person in people], "color": "#0072B2",
             "barMaxWidth": 12},
            {"type": "lines", "coordinateSystem": "cartesian2d", "xAxisIndex": 1, "yAxisIndex": 1, "data": segments,
             "lineStyle": {"color": "#555", "width": 1.5, "opacity": 1}, "symbol": ["none", "arrow"], "symbolSize": 7},
            {"type": "scatter", "xAxisIndex": 1, "yAxisIndex": 1, "data": before, "symbolSize": 5, "color": "#9a9a9a"},
            {"type": "scatter", "xAxisIndex": 1, "yAxisIndex": 1, "data": after, "symbolSize": 7, "color": "#D55E00",
             "markLine": {"silent": True, "symbol": "none", "data": lines, "lineStyle": {"color": "#333"}}},
        ],
    }, message("who spoke how long, and how positions moved").told(lang)).classes("moves").style(
        f"height: {80 + 19 * len(people)}px")  # fmt: skip


def in_short(person: Record, say: Any, lang: str) -> str:
    """Who somebody at a meeting is: a resident by her number."""
    row = person["resident"]
    return say(person["who"]) if row is None else message("Resident {n}", n=row).told(lang)


def order(record: Record, lang: str) -> None:
    """Who had the floor when, a strip a speaker, as SVG."""
    speakers = list(dict.fromkeys(turn["resident"] for turn in record["turns"]))
    whole = max(turn["start"] + turn["minutes"] for turn in record["turns"]) or 1.0
    strips = "".join(
        f'<rect x="{70 + 320 * turn["start"] / whole:.1f}" y="{4 + 15 * speakers.index(turn["resident"])}" height="11" '
        f'width="{max(1.5, 320 * turn["minutes"] / whole):.1f}" fill="#0072B2"/>'
        for turn in record["turns"]
    )
    names = "".join(f'<text x="64" y="{13 + 15 * k}" text-anchor="end" font-size="11">{who}</text>'
                    for k, who in enumerate(speakers))  # fmt: skip
    said = message("{n} turns in {minutes} minutes", n=len(record["turns"]), minutes=round(whole)).told(lang)
    head = f'<svg viewBox="0 0 400 {15 * len(speakers) + 8}" width="100%" role="img" aria-label="{said}">'
    ui.html(f"{head}{names}{strips}</svg><p>{said}</p>", sanitize=False)
