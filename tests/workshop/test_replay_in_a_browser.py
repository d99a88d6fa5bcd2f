"""The page of a replay in a real browser: it plays, scrubs, asks for nothing, tells whom one points at."""

import statistics
import time

import numpy as np
import pytest
from linli.workshop.recording import Act, Stage, read

pytestmark = [pytest.mark.usefixtures("browser"), pytest.mark.alone]


@pytest.fixture
def opened(browser, replayed):
    """Opens the page in a window of this size, and notes what goes wrong and what is asked for."""
    contexts = []

    def open_page(width=1280, height=720, **more):
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        page.wrong, page.asked = [], []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(replayed.as_uri())
        until(page, "Boolean(window.replay)")
        return page

    yield open_page
    for context in contexts:
        context.close()


def until(page, condition, seconds=15.0):
    """Wait for something to become so. (The page forbids what Playwright's own waiting would have to do in it.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"{condition} did not become so"
        page.wait_for_timeout(50)


def whereabouts(page, pane, expression):
    """Where something is on the page, from its place on a map."""
    box = page.locator("#maps canvas").nth(pane).bounding_box()
    x, y = page.evaluate(f"(() => {{ const map = replay.panes[{pane}].map; return {expression}; }})()")
    return box["x"] + x, box["y"] + y


def test_it_plays_and_stops(opened):
    page = opened()
    assert page.inner_text("#day") == "Day 1 of 365"
    page.select_option("#speed", "16")
    page.click("#play")
    until(page, "replay.player.day >= 12")
    assert page.inner_text("#play") == "Pause"
    page.click("#play")
    day = page.evaluate("replay.player.day")
    page.wait_for_timeout(400)
    assert page.evaluate("replay.player.day") == day and page.inner_text("#play") == "Play"
    assert page.evaluate("replay.panes.every((pane) => pane.map.day === replay.player.day)")
    assert not page.wrong


def test_it_stops_at_the_end_and_begins_anew(opened):
    page = opened()
    page.evaluate("replay.player.seek(362); replay.player.speed = 32; replay.player.play()")
    until(page, "!replay.player.playing")
    assert page.inner_text("#day") == "Day 365 of 365"
    page.click("#play")
    until(page, "replay.player.playing && replay.player.day < 300")


def test_not_one_request_leaves(opened, replayed):
    page = opened()
    page.click("#play")
    page.wait_for_timeout(500)
    page.click("#lang")
    assert page.asked == [replayed.as_uri()] and not page.wrong


def test_any_day_is_there_in_less_than_a_twentieth_of_a_second(opened):
    page = opened(1920, 1080)
    took = page.evaluate("""() => [364, 0, 200, 100, 300, 7, 180, 90, 350, 1, 260, 40].map((day) => {
        const start = performance.now();
        replay.player.seek(day);
        return performance.now() - start;
    })""")
    assert statistics.median(took) < 50.0


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_frames_follow_each_other_quickly(opened, width, height):
    """Two maps with 2,000 residents each, while playing. Median, since other work may be going on here."""
    page = opened(width, height)
    page.evaluate("replay.player.speed = 8; replay.player.play()")
    rates = []
    for _ in range(5):
        before = page.evaluate("[replay.player.frames, performance.now()]")
        page.wait_for_timeout(500)
        after = page.evaluate("[replay.player.frames, performance.now()]")
        rates.append(1000.0 * (after[0] - before[0]) / (after[1] - before[1]))
    assert statistics.median(rates) >= 20.0


def test_the_page_reads_what_was_recorded(opened, recordings):
    """Stages, counts and acts of some days, against the recording as Python reads it."""
    page = opened()
    for pane, recording in enumerate(map(read, recordings)):
        stage = recording["issues.stage"].copy()
        resolved = acts = 0
        for day in range(365):
            today = recording.day("steps", day)
            for issue, to in zip(today["issue"], today["stage"]):
                stage[issue] = to
            resolved += int((today["stage"] == Stage.RESOLVED).sum())
            acts += int((recording.day("acts", day)["act"] == Act.VOLUNTEERED).sum())
            if day % 91 == 0:
                page.evaluate(f"replay.player.seek({day})")
                told = page.evaluate(
                    f"[Array.from(replay.panes[{pane}].map.life.stage), replay.panes[{pane}].map.counts]"
                )
                assert told[0] == stage.tolist()
                over = np.isin(stage, (Stage.UNBORN, Stage.RESOLVED, Stage.FADED))
                assert told[1]["open"] == int((~over).sum())
                assert (told[1]["resolved"], told[1]["acts"]) == (resolved, acts)
                shown = [
                    text.replace(",", "") for text in page.locator("figure").nth(pane).locator("dd").all_inner_texts()
                ]
                assert shown == [str(told[1][name]) for name in ("open", "resolved", "acts")]


def test_back_and_forth_leads_to_the_same_day(opened):
    page = opened()
    look = "JSON.stringify([Array.from(map.life.stage), Array.from(map.life.lastAct), map.life.shown])"
    there = f"(() => {{ const map = replay.panes[1].map; replay.player.seek(123); return {look}; }})()"
    first = page.evaluate(there)
    page.evaluate("replay.player.seek(300); replay.player.seek(2)")
    assert page.evaluate(there) == first


def test_whom_one_points_at_is_told_and_kept_in_both_maps(opened):
    page = opened()
    page.evaluate("replay.player.seek(250)")
    who = page.evaluate("replay.panes[1].map.life.r['acts.who'][0]")
    x, y = whereabouts(page, 1, f"map._spot({who})")
    page.mouse.move(x, y)
    assert f"No. {who}" in page.inner_text("#tip")
    page.mouse.click(x, y)
    for text in page.locator(".kept").all_inner_texts():
        assert f"No. {who}" in text
    assert page.evaluate("replay.panes[0].map.chosen.row") == who
    page.click("#lang")
    assert f"编号{who}" in page.locator(".kept").first.inner_text()
    page.locator("#maps canvas").nth(1).focus()
    page.keyboard.press("Escape")
    assert page.locator(".kept").first.inner_text() == ""


def test_an_issue_a_worker_a_deputy_a_building_and_the_council_can_be_picked(opened):
    page = opened()
    page.evaluate("""() => {
        replay.player.seek(300);
        window.corner = (map) => {  // the upper right one of the building with fewest issues
            const most = map.life.boards.most;
            const [x, y, wide] = map.r["plan.buildings"].subarray(4 * most.indexOf(Math.min(...most)));
            return [map._x(x + wide) - 2, map._y(y) + 2];
        };
    }""")
    spots = {
        "issue": "map._place(map.life.shown[0])",
        "worker": "map._workerSpots()[0]",
        "deputy": "[map._x(map.r['plan.deputies'][0]), map._y(map.r['plan.deputies'][1])]",
        "meeting": "map._hall(0).slice(0, 2)",
        "building": "corner(map)",
    }
    for kind, spot in spots.items():
        found = page.evaluate(f"(() => {{ const map = replay.panes[0].map; const [x, y] = {spot};"
                              "const found = map.pick(x / map.dpr, y / map.dpr); return [found.kind, map.text(found)]; })()")  # fmt: skip
        assert found[0] == kind and all(found[1])
        assert not [line for line in found[1] if "undefined" in line or "{" in line or "." in line.split()[0]]


def test_every_name_the_map_says_has_its_words(opened, recordings):
    page = opened()
    said = page.evaluate("""() => {
        const found = [];
        for (const lang of ["en", "zh"]) {
            if (document.documentElement.lang.slice(0, 2) !== lang) document.getElementById("lang").click();
            for (const { map } of replay.panes) {
                for (const day of [0, 100, 364]) {
                    replay.player.seek(day);
                    for (let i = 0; i < map.life.n; i += 7) found.push(...map.text(map.facts("resident", i)));
                    for (const i of map.life.shown) found.push(...map.text(map.facts("issue", i)));
                    found.push(...map.text(map.facts("meeting", 0)));
                }
            }
        }
        return [...new Set(found)];
    }""")
    assert len(said) > 50
    assert not [
        line for line in said if "undefined" in line or "{" in line or line.split(".")[0] in ("did", "role", "kind")
    ]


def test_keys(opened):
    page = opened()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("replay.player.day") == 31
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("replay.player.day") == 30
    page.keyboard.press("+")
    first, second = page.evaluate("replay.panes.map((pane) => pane.map.viewport)")
    assert first["zoom"] == pytest.approx(1.5) and second["zoom"] == pytest.approx(1.5)
    page.locator("#maps canvas").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("replay.panes[1].map.viewport.x") > first["x"]
    page.keyboard.press("0")
    assert page.evaluate("replay.panes[0].map.viewport.zoom") == pytest.approx(1.0)
    page.keyboard.press("Space")
    assert page.evaluate("replay.player.playing")


def test_mouse_and_wheel(opened):
    page = opened()
    box = page.locator("#maps canvas").first.bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(400)
    before = page.evaluate("replay.panes[0].map.viewport")
    assert before["zoom"] > 1.5
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 180, steps=4)
    page.mouse.up()
    after = page.evaluate("replay.panes[0].map.viewport")
    assert after["x"] < before["x"] and after["y"] < before["y"]
    assert page.evaluate("replay.panes[0].map.chosen") is None


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (390, 844)])
def test_everything_fits(opened, lang, width, height):
    """Nothing is wider than the window, no text is cut, and on a projector nothing is below its edge."""
    page = opened(width, height)
    if lang == "zh":
        page.click("#lang")
    page.evaluate("replay.player.seek(200)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 760:
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        assert page.evaluate("document.querySelector('#maps canvas').clientHeight") >= 0.6 * height
    cut = page.evaluate("""() => [...document.querySelectorAll("button, h1, figcaption *, #day, li span")]
        .filter((place) => place.clientWidth && getComputedStyle(place).display !== "inline")
        .filter((place) => place.scrollWidth > place.clientWidth + 1)
        .map((place) => place.outerHTML)""")
    assert not cut
    chinese = page.evaluate("document.documentElement.lang") == "zh-CN"
    assert chinese == (lang == "zh")


def test_a_phone_lays_the_maps_one_below_the_other_and_scrolls(opened):
    page = opened(390, 844, has_touch=True, is_mobile=True)
    boxes = [page.locator("#maps canvas").nth(k).bounding_box() for k in (0, 1)]
    assert boxes[1]["y"] > boxes[0]["y"] + boxes[0]["height"]
    assert page.evaluate("getComputedStyle(document.querySelector('#maps canvas')).touchAction") == "pan-y"
    x, y = whereabouts(page, 0, "map._spot(10).map((edge) => edge / map.dpr)")
    page.touchscreen.tap(x, y)
    assert page.locator(".kept").first.inner_text()


def test_less_motion_for_whoever_wants_it(opened):
    page = opened(reduced_motion="reduce")
    page.wait_for_timeout(500)
    page.evaluate("replay.player.speed = 4; replay.player.play()")
    before = page.evaluate("[replay.player.frames, replay.player.day]")
    page.wait_for_timeout(1_500)
    after = page.evaluate("[replay.player.frames, replay.player.day]")
    assert after[1] > before[1]
    assert after[0] - before[0] <= after[1] - before[1] + 1  # a picture a day, not a movement


def test_whatever_can_be_operated_has_a_name(opened):
    page = opened()
    nameless = page.evaluate("""() => [...document.querySelectorAll("button, input, select, canvas[tabindex]")]
        .filter((place) => !(place.getAttribute("aria-label") || place.textContent.trim()))
        .map((place) => place.outerHTML)""")
    assert not nameless
    assert page.get_attribute("#scrub", "aria-valuetext") == "Day 1 of 365"


def test_a_damaged_page_says_so(browser, replayed, tmp_path):
    file = tmp_path / "damaged.html"
    text = replayed.read_text(encoding="utf-8")
    file.write_text(text.replace('type="text/plain">H4sI', 'type="text/plain">AAAA', 1), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("[role=alert]")
    assert "cannot be shown here" in page.inner_text("[role=alert]")
    page.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (390, 844)])
def test_a_checker_of_accessibility_finds_nothing(opened, lang, width, height):
    checker = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe for Playwright is not installed")
    page = opened(width, height)
    if lang == "zh":
        page.click("#lang")
    for legend_open in (False, True):
        page.evaluate(f"document.getElementById('legend').open = {str(legend_open).lower()}")
        found = checker.Axe().run(page).response["violations"]
        assert not [(fault["id"], fault["impact"], fault["nodes"][0]["html"][:100]) for fault in found]
