"""A real browser for tests: the installed Chromium, and a loud word where there is none."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import async_playwright
from playwright.async_api import expect as async_expect
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE_MS = 30_000
"""How long a page is waited for: many times what it takes, for the machine may be busy with something else."""
expect.set_options(timeout=PATIENCE_MS)
async_expect.set_options(timeout=PATIENCE_MS)

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = "no Chromium is installed (Debian: apt-get install chromium): NOTHING in a browser was tested"


def find_chromium() -> str | None:
    """The path of an installed Chromium."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The debugging address of a Chromium without a window; one for all tests, because its start takes seconds."""
    path = find_chromium()
    if path is None:
        pytest.skip(MISSING)
    profile = tmp_path_factory.mktemp("chromium")
    command = [path, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile}", *QUIET]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:  # noqa: S603 (an installed browser)
        assert process.stderr is not None
        address = next(line for line in process.stderr if line.startswith("DevTools listening on ")).split()[-1]
        drain = threading.Thread(target=process.stderr.read, daemon=True)
        drain.start()
        yield address
        process.terminate()
        drain.join()


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    """A connection to Chromium, for one test: Playwright keeps an event loop, which no later test may find running."""
    with sync_playwright() as playwright:
        yield playwright.chromium.connect_over_cdp(chromium)


@pytest.fixture
async def async_browser(chromium: str) -> AsyncIterator[AsyncBrowser]:
    """The same for tests that are coroutines."""
    async with async_playwright() as playwright:
        yield await playwright.chromium.connect_over_cdp(chromium)


def open_page(browser: Browser, *, dark: bool = False, width: int = 1280, height: int = 860) -> Page:
    """A page in a profile of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", locale="en-US"
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()
