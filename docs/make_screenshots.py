"""Take the pictures of the workshop's page anew: docs/images/workshop.png and workshop-zh.png.

Needs the extras `workshop` and `dev`, a Chromium, and a font with Chinese characters. Starts a server of its own, with a
room that is thrown away, and ends it.

    python docs/make_screenshots.py
"""

from __future__ import annotations

import io
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).with_name("images")
PICTURES = {"en": IMAGES / "workshop.png", "zh": IMAGES / "workshop-zh.png"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, HIGH = 1280, 720
DAY = 240
"""The day on the maps: late enough for the two towns to differ."""
MOST_BYTES = 300_000
SECONDS = 120.0


@contextmanager
def served() -> Iterator[str]:
    """A workshop on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("linli")
    with tempfile.TemporaryDirectory() as room:
        command = [program, "workshop", "--port", str(port), "--room", room]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server answers. Raises SystemExit where it does not."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the workshop did not start")


def picture(page: Any, address: str, lang: str) -> bytes:
    """The page with all pairs there and both maps on their day."""
    page.goto(f"{address}/?lang={lang}")
    page.wait_for_function(
        "document.querySelectorAll('.map-box:not([data-ready=\"\"])').length === 2"
        " && document.querySelector('.count').textContent && !document.querySelector('.count.busy')",
        timeout=1000 * SECONDS,
    )
    page.evaluate(f"workshopMaps.seek({DAY})")
    page.wait_for_timeout(1500)
    return bytes(page.screenshot())


def small(png: bytes) -> bytes:
    """The same picture within the size that is allowed, with fewer colours where it has to be."""
    written = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.save(written, "PNG", optimize=True)
    if written.tell() > MOST_BYTES:
        written = io.BytesIO()
        image.quantize(256, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Both pictures."""
    with served() as address, sync_playwright() as started:
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for lang, file in PICTURES.items():
            context = browser.new_context(viewport={"width": WIDE, "height": HIGH}, reduced_motion="reduce")
            file.write_bytes(small(picture(context.new_page(), address, lang)))
            print(f"{file.relative_to(IMAGES.parent)}: {file.stat().st_size / 1000:.0f} kB")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
