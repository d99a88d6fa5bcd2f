"""The words of the map, its legend and its replay, in English and Chinese, by the names map.js asks for them."""

from __future__ import annotations

from ..experiments.kinds import KIND_LABELS
from ..words import Words, message, message_in

MAP: dict[str, Words] = {
    "map.micro_grid": message("Micro-grid {n}"),
    "map.hall": message_in("map, map", "Council"),
    "legend.people": message("Who"),
    "legend.acts": message("Just done"),
    "legend.issues": message("Issues"),
    "legend.votes": message_in("map, legend", "Council"),
    "people.resident": message("resident"),
    "people.resident_active": message("volunteered in the last 30 days"),
    "people.child": message_in("map, people", "child"),
    "people.member": message("Party member"),
    "people.member_active": message("Party member who volunteered in the last 30 days"),
    "people.worker": message("micro-grid worker"),
    "people.official": message("general-grid worker, community staff"),
    "people.deputy": message("deputy (People's Congress, CPPCC)"),
    "glows.gave": message("volunteered, or did a Party duty"),
    "glows.told": message("reported a problem, or petitioned"),
    "glows.met": message("spoke at a meeting, came to one, or voted"),
    "glows.mall": message_in("map, glows", "took points to the mall"),
    "glows.visit": message_in("map, glows", "was visited by a Party member"),
    "issues.arose": message("there, but not reported"),
    "issues.known": message("reported, waiting"),
    "issues.agenda": message_in("map, issues", "on the council's agenda"),
    "issues.refused": message("not admitted to the agenda"),
    "issues.decided": message("decided, waiting for work"),
    "issues.work": message("being worked on"),
    "issues.resolved": message("truly resolved"),
    "issues.paper": message("closed on paper only"),
    "issues.reopened": message_in("map, issues", "reopened"),
    "issues.faded": message("went away by itself"),
    "again.known": message("outer ring: has come back"),
    "votes.adopted": message("plan adopted"),
    "votes.rejected": message("plan not adopted"),
    "votes.deferred": message("put off: too few came"),
    "short.people.resident": message("resident"),
    "short.people.resident_active": message("active lately"),
    "short.people.member": message("Party member"),
    "short.people.worker": message("grid worker"),
    "short.people.deputy": message("deputy"),
    "short.glows.gave": message_in("map, short", "volunteered"),
    "short.glows.met": message("met"),
    "short.issues.known": message("reported"),
    "short.issues.work": message_in("map, short", "in work"),
    "short.issues.resolved": message("resolved"),
    "short.issues.paper": message("on paper only"),
    "role.resident": message("Resident"),
    "role.member": message("Party member"),
    "role.child": message("Child"),
    "hover.home": message("No. {row}, building {n}"),
    "hover.times": message("{what} {n}×"),
    "hover.and": message(", "),
    "hover.nothing": message("has done nothing yet in these days"),
    "hover.again": message(" (has come back)"),
    "hover.since": message(", since day {n}"),
    "hover.before": message(", since before day {n}"),
    "hover.born": message("arose on day {n}"),
    "hover.older": message("arose before day {n}"),
    "hover.meeting": message("Council of day {n}"),
    "hover.no_meeting": message("no matter has come before it yet"),
    "hover.adopted": message(": plan adopted"),
    "hover.rejected": message(": plan not adopted"),
    "hover.building": message("Building {n}, micro-grid {grid}"),
    "hover.inside": message("{residents} residents, unresolved issues: {open}"),
    "way.deferred": message("{kind}: put off, {came} came"),
    "way.discussed": message("{kind}, {came} came"),
    "way.ballot": message("{kind}, by ballot"),
    "way.cadre": message("{kind}, decided by the cadre"),
    "did.volunteered": message_in("map, did", "volunteered"),
    "did.kept_duty": message("did a Party duty"),
    "did.reported": message("reported a problem"),
    "did.petitioned": message("petitioned a deputy"),
    "did.came": message("came to a meeting"),
    "did.spoke": message("spoke"),
    "did.voted": message("voted on paper"),
    "did.redeemed": message_in("map, did", "took points to the mall"),
    "did.visited": message_in("map, did", "was visited by a Party member"),
    "tier.micro_grid": message("Micro-grid worker"),
    "tier.general_grid": message("General-grid worker"),
    "tier.community": message("Community staff"),
    "deputy.congress": message("Deputy to the People's Congress"),
    "deputy.cppcc": message("Member of the CPPCC"),
    **{f"kind.{kind.name.lower()}": label for kind, label in KIND_LABELS.items()},
}
"""What map.js and legend.js say. Words in braces are filled in by them."""

LANGUAGE = message_in("what this language calls itself", "English")

REPLAY: dict[str, Words] = {
    "replay.title_one": message("The life of a neighbourhood"),
    "replay.title_two": message("One neighbourhood, lived twice"),
    "replay.same": message("same people, same luck (seed {seed}), {n} residents"),
    "replay.one": message("seed {seed}, {n} residents"),
    "replay.open": message("unresolved"),
    "replay.resolved": message("resolved so far"),
    "replay.acts": message("acts so far"),
    "replay.day": message("Day {day} of {days}"),
    "replay.play": message("Play"),
    "replay.pause": message("Pause"),
    "replay.back": message("A day back"),
    "replay.on": message("A day on"),
    "replay.scrub": message("Day"),
    "replay.speed": message("Speed"),
    "replay.per_second": message("{n} days a second"),
    "replay.closer": message("Closer"),
    "replay.farther": message("Farther"),
    "replay.whole": message("Whole map"),
    "replay.legend": message("All signs and keys"),
    "replay.keys": message(
        "Click a resident, an issue or the council to keep it in view. Keys: space plays, ← and → go a day back and on "
        "(Shift: 30 days), + and − zoom, arrows move the map once it is enlarged, 0 shows all of it."
    ),
    "replay.made": message(
        "Simulated by linli {version}: a model, not a record of real people. The same town again, with the same "
        "numbers:"
    ),
    "replay.map_of": message("Map of the neighbourhood under {name}"),
    "replay.broken": message("This page cannot be shown here: {error}. A browser of 2023 or later is needed."),
    "replay.other": LANGUAGE,
}
"""What the page of a replay says besides."""


def in_language(catalogue: dict[str, Words], lang: str) -> dict[str, str]:
    """The words of a catalogue in one language, "en" or "zh"; the button for the other one is told in that."""
    other = "en" if lang == "zh" else "zh"
    return {name: words.told(other if words is LANGUAGE else lang) for name, words in catalogue.items()}
