"""The pages of docs/how-to/solara.md: the example draws where Solara is; the map's host works in any browser."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys

import pytest
from house.repo import ROOT
from linli.experiments.runs import opened
from linli.workshop.map_words import MAP, REPLAY, in_language
from linli.workshop.recording import record
from linli.workshop.replay import SCRIPTS, as_one

PAGE = ROOT / "docs" / "how-to" / "solara.md"
EXAMPLE, IN_A_NOTEBOOK = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
MODULES = (*(name for name in SCRIPTS if name != "replay.js"), "widget.js")
HOSTED = """
<!doctype html><title>a widget</title><div id="el" style="width: 800px"></div>
<script type="module">
%s
const bytes = Uint8Array.from(atob("%s"), (c) => c.charCodeAt(0));
const traits = {recording: new DataView(bytes.buffer), day: 20, lang: "en", height: 400, controls: true, words: %s};
const told = {};
window.model = {
  get: (name) => traits[name], set: (name, value) => { traits[name] = value; }, save_changes() {},
  on: (what, f) => { told[what] = f; }, off: (what) => { delete told[what]; }, traits, told,
};
window.undo = render({ model: window.model, el: document.getElementById("el") });
</script>
"""


def installed(*names):
    """Skip where one of these is not installed."""
    for name in names:
        pytest.importorskip(name, reason=f"{name} is not installed (docs/how-to/solara.md says what is needed)")


@pytest.mark.filterwarnings("ignore")
def test_the_example_is_drawn_and_goes_on_with_the_model(tmp_path):
    installed("solara", "anywidget")
    import reacton
    from mesa.visualization.utils import force_update

    file = tmp_path / "app.py"
    file.write_text(EXAMPLE, encoding="utf-8")
    told = runpy.run_path(str(file))
    _, drawn = reacton.render(told["page"], handle_error=False)
    (shown,) = drawn.find(told["TownMap"]).widgets
    assert shown.day == 0 and shown.recording[:8] == b"LINLIREC"
    model = told["page"].args[0]
    for _ in range(3):
        model.step()
    force_update()
    (shown,) = drawn.find(told["TownMap"]).widgets
    assert shown.day == 2 and model.day == 3
    drawn.close()


@pytest.mark.filterwarnings("ignore")
def test_the_cell_of_the_notebook_runs():
    installed("anywidget")
    told = {}
    exec(compile(IN_A_NOTEBOOK, str(PAGE), "exec"), told)
    assert told["town"].words["people.resident"] == "居民"


def test_without_anywidget_it_says_what_to_install():
    code = "import sys; sys.modules['anywidget'] = None; import linli.workshop.widget"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "needs a package that is missing (anywidget): pip install anywidget" in done.stderr.splitlines()[-1]


def test_the_host_of_the_map_plays_scrubs_and_tells_what_was_clicked(browser):
    import base64

    scenario = opened("five_yuan")
    recording = base64.b64encode(record(scenario.baseline, scenario.spec, "micro_grid", 1, 60)).decode()
    page = browser.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.set_content(HOSTED % (as_one(MODULES), recording, json.dumps(in_language(MAP | REPLAY, "en"))))
    page.wait_for_function("document.querySelector('span')?.textContent === 'Day 21 of 60'")
    page.evaluate("model.traits.day = 40; model.told['change:day']()")
    page.wait_for_function("document.querySelector('span').textContent === 'Day 41 of 60'")
    page.locator("input").fill("10")
    page.wait_for_function("model.traits.day === 10")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("model.traits.day > 10")
    page.get_by_role("button", name="Pause").click()
    box = page.locator("canvas").bounding_box()
    for k in range(1, 200):
        page.mouse.click(box["x"] + box["width"] * (k % 14) / 14, box["y"] + box["height"] * k / 200)
        if page.evaluate("Boolean(model.traits.picked?.kind)"):
            break
    assert page.evaluate("model.traits.picked.kind") and not wrong
    page.evaluate("undo()")
    assert page.evaluate("Object.keys(model.told).length") == 0
    page.close()
