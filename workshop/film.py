"""The play of A and B as an animated GIF: two maps beside each other, day by day, with what their colours mean.

Drawn straight into pictures of few colours: a frame takes some milliseconds, and looks the same everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..experiments.counting_councils import held_among
from ..experiments.outcomes import share_active
from ..experiments.style import chinese_font
from ..model import world as worlds
from ..model.issues import State
from ..model.running import day_zero, on_days, run
from ..model.spec import Spec
from ..model.world import World
from ..words import message, message_in
from .layout import plan_of
from .prints import titled

Array = np.ndarray[Any, Any]

MOST_FRAMES = 180
WIDE, HIGH = 960, 560
TOP, FOOT, EDGE = 62, 90, 14
"""Heights of the title and of the legend, and the margin (pixels)."""
MILLISECONDS, LAST_MILLISECONDS = 100, 2_500
"""How long a frame stays, and the last one."""
DAYS_ACTIVE = 30
"""An act is shown for so many days, as participation counts it."""

COLOURS = {
    "paper": (255, 255, 255), "grid": (239, 239, 239), "edge": (150, 150, 150), "house": (255, 255, 255),
    "person": (176, 176, 176), "active": (213, 94, 0), "waiting": (86, 42, 132), "unseen": (190, 170, 215),
    "work": (0, 114, 178), "paper_closed": (230, 159, 0),
}  # fmt: skip
"""Of Okabe and Ito (2008), but for the greys and purples."""
GREYS = 16
PALETTE = [c for colour in COLOURS.values() for c in colour] + [
    round(255 * (1 - k / (GREYS - 1))) for k in range(GREYS) for _ in range(3)
]
INK = {name: k for k, name in enumerate(COLOURS)}

MARKS: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("unseen", (State.LATENT,)),
    ("waiting", (State.KNOWN, State.QUEUED, State.ON_AGENDA, State.ESCALATED, State.REOPENED)),
    ("work", (State.IN_WORK,)),
    ("paper_closed", (State.CLOSED_UNRESOLVED,)),
)
"""What an unresolved issue is drawn in, by where it stands."""


class Still(NamedTuple):
    """What one map shows on one evening."""

    day: int
    active: Array
    """Which residents volunteered lately."""
    marks: Array
    """Unresolved issues: buildings × `MARKS`."""
    share: float
    """Percentage of residents who volunteered lately."""
    n_open: int
    n_resolved: int
    n_meetings: int
    """Matters that residents have talked about since day 0."""


class Ground(NamedTuple):
    """Where everything lies (pixels: left, top, right, bottom) in the first map; the second is `shift` to the right."""

    grids: Array
    houses: Array
    boards: Array
    """In each building, where its issues stand."""
    people: Array
    """Left and top of each resident."""
    halls: Array
    """Where the council of each general grid meets."""
    dot: int
    shift: int


def film(baseline: Spec, specs: tuple[Spec, Spec], size: str, seed: int, days: int, names: tuple[str, str], lang: str,
         frames: int = MOST_FRAMES) -> bytes:  # fmt: skip
    """The play of two scenarios in one town over so many days, as a GIF that goes round and round."""
    lang = "en" if lang == "zh" and chinese_font() is None else lang
    last = sorted({round((k + 1) * days / frames) - 1 for k in range(frames)} - {-1})
    start = day_zero(baseline, size, seed)
    ground = ground_of(start)
    stills = [stills_of(worlds.copy(start), spec, last) for spec in specs]
    empty = background(ground, names, lang)
    pictures = [picture(empty, ground, pair, days, lang) for pair in zip(*stills, strict=True)]
    file = io.BytesIO()
    stay = [MILLISECONDS] * (len(pictures) - 1) + [LAST_MILLISECONDS]
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=stay, loop=0, optimize=True)
    return file.getvalue()


def stills_of(world: World, spec: Spec, evenings: list[int]) -> list[Still]:
    """What a town shows on these evenings."""
    found: list[Still] = []

    def see(morning: World) -> None:
        found.append(still_of(morning))

    see(run(world, spec, evenings[-1] + 1, [on_days([day + 1 for day in evenings[:-1]], see)]))
    return found


def still_of(world: World) -> Still:
    """What a town shows when the day before this morning is over."""
    day, issues, log = int(world.town["day"][0]) - 1, worlds.table(world, "issues"), worlds.table(world, "days")
    there = issues[issues["visible"]]
    marks = np.zeros((len(world.buildings), len(MARKS)), np.int64)
    for k, (_, states) in enumerate(MARKS):
        here = there["building"][np.isin(there["state"], states)]
        marks[:, k] = np.bincount(here, minlength=len(marks))
    resolved = int(log["n_resolved"][log["day"] >= 0].sum())
    meetings = worlds.table(world, "meetings")
    held = held_among(meetings[meetings["day"] >= 0])
    active = np.zeros(len(world.residents), bool)
    deeds = worlds.table(world, "deeds")
    active[deeds["resident"][deeds["day"] > day - DAYS_ACTIVE]] = True
    return Still(day, active, marks, share_active(world, day, DAYS_ACTIVE), int(marks.sum()), resolved, len(held))


def ground_of(world: World) -> Ground:
    """The plan of the town, as large as half of the picture allows; all on whole pixels."""
    plan = plan_of(world)
    x, y, wide, high = plan.bounds[0]
    room = np.array([WIDE / 2 - 2 * EDGE, HIGH - TOP - FOOT])
    unit = float((room / (wide, high)).min())
    corner = np.array([EDGE, TOP]) + (room - unit * np.array([wide, high])) / 2 - unit * np.array([x, y])

    def placed(frames: Array) -> Array:
        ends = np.hstack([frames[:, :2], frames[:, :2] + frames[:, 2:]]) * unit + np.tile(corner, 2)
        return np.round(ends).astype(np.int64)

    apart = np.abs(np.diff(plan.residents, axis=0))
    dot = max(2, min(5, int(0.7 * unit * min(float(np.quantile(axis[axis > 1e-6], 0.25)) for axis in apart.T))))
    people = np.round(plan.residents * unit + corner - dot / 2).astype(np.int64)
    frames = (plan.micro_grids, plan.buildings, plan.boards, plan.halls)
    grids, houses, boards, halls = (placed(each) for each in frames)
    return Ground(grids, houses, boards, people, halls, dot, WIDE // 2)


def background(ground: Ground, names: tuple[str, str], lang: str) -> Image.Image:
    """Everything that no day changes."""
    image = Image.new("P", (WIDE, HIGH), INK["paper"])
    image.putpalette(PALETTE)
    pen = ImageDraw.Draw(image)
    for k, name in enumerate(names):
        across = k * ground.shift
        for x, y, right, bottom in shifted(ground.grids, across):
            pen.rectangle((x, y, right, bottom), fill=INK["grid"])
        for x, y, right, bottom in shifted(ground.halls, across):
            pen.rectangle((x, y, right, bottom), outline=INK["edge"])
            write(
                image,
                ((x + right) // 2, (y + bottom) // 2 - 22),
                message("matters debated").told(lang),
                12,
                anchor="ma",
            )
        for x, y, right, bottom in shifted(ground.houses, across):
            pen.rectangle((x, y, right, bottom), fill=INK["house"], outline=INK["edge"])
        write(image, (EDGE + across, 34), titled("AB"[k], name), 17, bold=True)
    write(image, (WIDE - EDGE, 9), message("the same people, the same luck").told(lang), 13, anchor="ra")
    legend(image, pen, lang)
    return image


def shifted(frames: Array, across: int) -> Any:
    """Frames so much farther to the right."""
    return (frames + np.array([across, 0, across, 0])).tolist()


def legend(image: Image.Image, pen: ImageDraw.ImageDraw, lang: str) -> None:
    """What the marks mean, in two rows of three below the maps."""
    shown = (
        ("person", message("resident")), ("active", message("volunteered in the last 30 days")),
        ("unseen", message("issue nobody has reported")), ("waiting", message("issue waiting")),
        ("work", message("issue in work")), ("paper_closed", message("closed on paper, still there")),
    )  # fmt: skip
    pen.line((EDGE, HIGH - FOOT + 30, WIDE - EDGE, HIGH - FOOT + 30), fill=INK["edge"])
    for k, (colour, text) in enumerate(shown):
        x, y = EDGE + (k // 2) * 312, HIGH - FOOT + 40 + 24 * (k % 2)
        if k < 2:
            half = (3, 5)[k]
            pen.rectangle((x + 6 - half, y + 8 - half, x + 5 + half, y + 7 + half), fill=INK[colour])
        else:
            mark(pen, x, y + 2, 12, k - 2)
        write(image, (x + 22, y - 1), text.told(lang), 14)


def mark(pen: ImageDraw.ImageDraw, x: int, y: int, side: int, kind: int) -> None:
    """An issue: hollow while nobody has reported it, filled then, crossed out if closed on paper only."""
    colour, box = INK[MARKS[kind][0]], (x, y, x + side - 1, y + side - 1)
    if MARKS[kind][0] == "unseen":
        pen.rectangle(box, outline=INK["waiting"], fill=INK["paper"])
    else:
        pen.rectangle(box, fill=colour)
    if MARKS[kind][0] == "paper_closed":
        pen.line(box, fill=INK["paper"], width=max(1, side // 6))
    if MARKS[kind][0] == "work":
        pen.line((x + 1, y + side // 2, x + side - 2, y + side // 2), fill=INK["paper"], width=max(1, side // 6))


def picture(empty: Image.Image, ground: Ground, pair: tuple[Still, ...], days: int, lang: str) -> Image.Image:
    """A frame: both maps on one evening."""
    image = empty.copy()
    pen = ImageDraw.Draw(image)
    write(image, (EDGE, 7), message("day {day} of {days}", day=pair[0].day + 1, days=days).told(lang), 18, bold=True)
    for k, still in enumerate(pair):
        across = k * ground.shift
        for (x, y), active in by_activity(ground, still):
            large = ground.dot // 3 + 1 if active else 0
            box = (x + across - large, y - large, x + across + ground.dot - 1 + large, y + ground.dot - 1 + large)
            pen.rectangle(box, fill=INK["active" if active else "person"])
        for board, marks in zip(shifted(ground.boards, across), still.marks.tolist(), strict=True):
            signs(pen, board, marks)
        for x, y, right, bottom in shifted(ground.halls[:1], across):
            write(image, ((x + right) // 2, (y + bottom) // 2 - 4), f"{still.n_meetings}", 20, bold=True, anchor="ma")
        numbers = ((f"{still.share:.1f} %", message_in("workshop", "active")),
                   (f"{still.n_open}", message_in("workshop", "unresolved issues")),
                   (f"{still.n_resolved}", message("truly resolved")))  # fmt: skip
        said = "   ".join(f"{text.told(lang)} {number}" for number, text in numbers)
        write(image, (EDGE + across, HIGH - FOOT + 4), said, 14)
    return image


def by_activity(ground: Ground, still: Still) -> Iterator[tuple[list[int], bool]]:
    """Everybody's place, those last (and so on top) who volunteered lately."""
    order = np.argsort(still.active, kind="stable")
    return zip(ground.people[order].tolist(), still.active[order].tolist(), strict=True)


def signs(pen: ImageDraw.ImageDraw, board: list[int], marks: list[int]) -> None:
    """The unresolved issues of a building on its board; more than have room are not shown."""
    left, top, right, bottom = board[0] + 3, board[1] + 3, board[2] - 2, board[3]
    wide, high = right - left, bottom - top
    size = next((k for k in range(9, 3, -1) if (wide // (k + 1)) * (high // (k + 1)) >= sum(marks)), 3)
    across, down = max(1, wide // (size + 1)), max(1, high // (size + 1))
    kinds = [kind for kind, n in enumerate(marks) for _ in range(n)]
    for k, kind in enumerate(kinds[: across * down]):
        mark(pen, left + (k % across) * (size + 1), top + (k // across) * (size + 1), size, kind)


def write(
    image: Image.Image, at: tuple[int, int], text: str, size: int, *, bold: bool = False, anchor: str = "la"
) -> None:
    """A text in greys, smooth on white paper."""
    font = font_of(size, bold, any(ord(letter) > 0x2E7F for letter in text))
    left, top, right, bottom = (int(edge) for edge in font.getbbox(text, anchor=anchor))
    mask = Image.new("L", (right - left + 2, bottom - top + 2), 0)
    ImageDraw.Draw(mask).text((1 - left, 1 - top), text, fill=255, font=font, anchor=anchor)
    greys = mask.point([len(COLOURS) + (v * (GREYS - 1) + 127) // 255 for v in range(256)])
    letters = Image.new("P", mask.size)
    letters.putpalette(PALETTE)
    letters.putdata(greys.tobytes())
    image.paste(letters, (at[0] + left - 1, at[1] + top - 1))


@lru_cache(maxsize=16)
def font_of(size: int, bold: bool, chinese: bool) -> Any:
    """A font of this height (pixels) that has the letters."""
    from matplotlib import font_manager

    family = (chinese_font() if chinese else None) or "DejaVu Sans"
    path = font_manager.findfont(font_manager.FontProperties(family=family, weight="bold" if bold else "normal"))
    return ImageFont.truetype(path, size, index=face_of(path))


def face_of(path: str) -> int:
    """Of a file with several fonts the place of the one for simplified Chinese; else the first."""
    for index in range(12 if path.endswith((".ttc", ".otc")) else 0):
        try:
            if " SC" in str(ImageFont.truetype(path, 10, index=index).getname()[0]):
                return index
        except OSError:
            return 0
    return 0


def frames_of(gif: bytes) -> Iterator[Image.Image]:
    """The frames of a GIF, one after the other."""
    image = Image.open(io.BytesIO(gif))
    for k in range(getattr(image, "n_frames", 1)):
        image.seek(k)
        yield image.convert("RGB")
