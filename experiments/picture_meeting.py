"""The picture of a meeting: who spoke when, and how positions moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..words import capital, message, message_in
from .kinds import KIND_LABELS
from .replay import OUTSIDER, Meeting
from .style import DOUBLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FOR, AGAINST, CHAIR = "#0072B2", "#D55E00", "#7f7f7f"
MOST_SEATS = 60
"""Those present beyond this number are not drawn: those who spoke least."""


def meeting_picture(meeting: Meeting, lang: str) -> Figure:
    """Who spoke when (a row a person, by first position), and how far each of them moved."""
    order = seats_in_order(meeting)
    figure = Figure(figsize=(DOUBLE, 1.7 + 0.145 * max(8, len(order))))
    talk, moved = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    draw_turns(talk, meeting, order, lang)
    draw_moves(moved, meeting, order, lang)
    talk.set_ylim(-0.8, len(order) - 0.2 + from_outside(meeting))
    figure.suptitle(heading(meeting, lang), fontsize=8, x=0.01, ha="left")
    note = message("♀ woman, ♂ man; right of a row: minutes spoken").told(lang)
    figure.legend(handles=keys(meeting, lang), loc="outside lower center", ncols=4, title=note, title_fontsize=7)
    return figure


def meeting_records(meeting: Meeting) -> list[dict[str, Any]]:
    """One tidy record a turn of a resident, and one without times for each of those present who said nothing."""
    turns: dict[int, list[Any]] = {}
    for turn in meeting.turns:
        turns.setdefault(turn.invitee, []).append(turn)
    records = []
    for k, place in enumerate(meeting.places.tolist()):
        seat = meeting.seats[k]
        person = {
            "resident": int(seat["resident"]), "gender": "woman" if meeting.women[k] else "man",
            "for_first_plan": bool(meeting.in_favour[k]), "position_before": float(seat["first_position"]),
            "position_after": float(seat["position"]),
        }  # fmt: skip
        for turn in turns.get(place, [None]):
            start, minutes = (turn.start, turn.minutes) if turn else ("", 0.0)
            records.append({**person, "from_minute": start, "minutes": minutes})
    return records


def seats_in_order(meeting: Meeting) -> np.ndarray[Any, Any]:
    """Those present by first position, the one nearest to −1 first; of very many, those who spoke most."""
    seats = meeting.seats
    most = np.argsort(-seats["minutes"], kind="stable")[:MOST_SEATS]
    found: np.ndarray[Any, Any] = most[np.argsort(seats["first_position"][most], kind="stable")]
    return found


def heading(meeting: Meeting, lang: str) -> str:
    """What the meeting was about and how it ended, in a line."""
    row = meeting.row
    return message(
        "{kind}, day {day}: {came} came ({affected} affected); {minutes:.0f} minutes; {yes:.0f} % in favour, plan"
        " {outcome}",
        kind=capital(KIND_LABELS[meeting.kind]),
        day=row["day"],
        came=row["n_attending"],
        affected=row["n_affected"],
        minutes=row["minutes"],
        yes=100.0 * row["share_yes"],
        outcome=message("adopted") if row["adopted"] else message("rejected"),
    ).told(lang)


def colours(meeting: Meeting) -> list[str]:
    """The colour of each of those present: for or against the first plan at the beginning."""
    return [FOR if favours else AGAINST for favours in meeting.in_favour.tolist()]


def draw_turns(axes: Axes, meeting: Meeting, order: np.ndarray[Any, Any], lang: str) -> None:
    """A bar a turn, in the speaker's row."""
    seat_of = {int(place): k for k, place in enumerate(meeting.places)}
    line_of = {int(seat): line for line, seat in enumerate(order)}
    colour = colours(meeting)
    for turn in meeting.turns:
        seat = seat_of.get(turn.invitee)
        if seat is None:
            axes.barh(len(order), turn.minutes, 0.72, turn.start, color=CHAIR, edgecolor="white", linewidth=0.3)
        elif seat in line_of:
            hatch = "" if meeting.in_favour[seat] else "//////"
            axes.barh(line_of[seat], turn.minutes, 0.72, turn.start, color=colour[seat], edgecolor="white",
                      linewidth=0.3, hatch=hatch)  # fmt: skip
    end = max((turn.start + turn.minutes for turn in meeting.turns), default=1.0)
    for line, seat in enumerate(order):
        said = meeting.seats["minutes"][seat]
        axes.text(1.015 * end, line, f"{said:.1f}" if said > 0 else "–", va="center", fontsize=6, color="#404040")
    chair = message("chair").told(lang)
    names = [sign_of(meeting, int(seat), lang) for seat in order] + [chair] * from_outside(meeting)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(0, 1.07 * end)
    axes.set_title(message("who spoke when").told(lang))
    axes.set_xlabel(message("minutes of talk").told(lang))
    axes.set_ylabel(message("residents present, by first position").told(lang))
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", visible=True)


def from_outside(meeting: Meeting) -> int:
    """1 if a chair who is none of the residents spoke, who then has a row of his own; else 0."""
    return int(any(turn.invitee == OUTSIDER for turn in meeting.turns))


def sign_of(meeting: Meeting, seat: int, lang: str) -> str:
    """What stands before a row: woman or man, and who was in the chair, if anybody took that share of the floor."""
    total = float(meeting.seats["minutes"].sum())
    own = total > 0 and not from_outside(meeting)
    in_chair = own and abs(meeting.seats["minutes"][seat] / total - meeting.row["chair_share"]) < 1e-9
    sign = "♀" if meeting.women[seat] else "♂"
    return f"{message('chair').told(lang)} {sign}" if in_chair else sign


def draw_moves(axes: Axes, meeting: Meeting, order: np.ndarray[Any, Any], lang: str) -> None:
    """From the position before (hollow) to the one after (filled), with plan and status quo as lines."""
    colour = colours(meeting)
    for line, seat in enumerate(order):
        before, after = meeting.seats["first_position"][seat], meeting.seats["position"][seat]
        axes.plot([before, after], [line, line], color=colour[seat], linewidth=1.0, zorder=2)
        axes.plot(before, line, "o", color=colour[seat], markersize=3.2, markerfacecolor="white", zorder=3)
        axes.plot(after, line, "o", color=colour[seat], markersize=3.2, zorder=4)
    axes.axvline(meeting.status_quo, color="#404040", linestyle=":", linewidth=1.0)
    axes.axvline(meeting.first_plan, color="#404040", linestyle="--", linewidth=1.0)
    if amended(meeting):
        axes.axvline(meeting.row["plan"], color="#404040", linewidth=1.2)
    axes.set_xlim(-1.06, 1.06)
    axes.set_title(message("how positions moved").told(lang))
    axes.set_xlabel(message("position").told(lang))
    axes.tick_params(axis="y", length=0, labelleft=False)
    axes.grid(axis="y", visible=False)


def amended(meeting: Meeting) -> bool:
    """Whether the plan was changed before it was put to the vote."""
    return bool(meeting.row["n_amendments"] or meeting.row["n_accommodations"])


def keys(meeting: Meeting, lang: str) -> list[Any]:
    """What the marks mean."""
    grey: dict[str, Any] = {"color": "#404040", "linewidth": 1.0}
    dot: dict[str, Any] = {"color": "#404040", "marker": "o", "linestyle": "", "markersize": 4}
    first = message("first plan") if amended(meeting) else message("plan")
    found: list[Any] = [
        Patch(facecolor=FOR, label=message_in("figure", "for the first plan at the beginning").told(lang)),
        Patch(
            facecolor=AGAINST, hatch="//////", edgecolor="white", label=message_in("figure", "against it").told(lang)
        ),
        Line2D([], [], markerfacecolor="white", label=message("before").told(lang), **dot),
        Line2D([], [], label=message("after").told(lang), **dot),
        Line2D([], [], linestyle=":", label=message("status quo").told(lang), **grey),
        Line2D([], [], linestyle="--", label=first.told(lang), **grey),
    ]
    if amended(meeting):
        found.append(Line2D([], [], label=message("plan put to the vote").told(lang), **grey))
    return found
