"""A browser for the tests that look at pages, and one replay for all of them."""

import shutil
from pathlib import Path

import pytest
from linli.experiments.runs import opened
from linli.workshop.recording import record
from linli.workshop.replay import Asked, page_of

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZE, SEED, DAYS = "general_grid:2000", 3, 365


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium; where there is none, what needs it is skipped.

    Playwright keeps an event loop running in this thread, so that it must be gone before tests that run their own.
    """
    api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    with api.sync_playwright() as started:
        found = next(filter(None, map(shutil.which, BROWSERS)), started.chromium.executable_path)
        if not Path(found).exists():
            pytest.skip(f"no Chromium is installed (looked for {', '.join(BROWSERS)} and Playwright's own)")
        opened_one = started.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened_one
        opened_one.close()


@pytest.fixture(scope="session")
def asked():
    """Two lives of one town of 2,000 residents."""
    return Asked([opened("baseline"), opened("five_yuan")], SIZE, SEED, DAYS)


@pytest.fixture(scope="session")
def recordings(asked):
    return [record(each.baseline, each.spec, SIZE, SEED, DAYS) for each in asked.scenarios]


@pytest.fixture(scope="session")
def replayed(asked, recordings, tmp_path_factory):
    """The page of them, on disk."""
    file = tmp_path_factory.mktemp("replay") / "pay.html"
    file.write_text(page_of(recordings, asked, "en"), encoding="utf-8")
    return file
