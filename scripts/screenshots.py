"""Make the pictures of the README and the guides from the running demo: `python -m scripts.screenshots`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import QUIET, find_chromium, open_page
from tests.e2e.conftest import Demo, Newcomer

IMAGES = Path(__file__).parent.parent / "docs" / "images"


def main() -> None:
    """Walk through the demo and keep a picture of each station."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is needed for screenshots.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Demo(Path(folder) / "data")
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
            _walk(browser, demo.url)
            browser.close()
        finally:
            demo.end()


def _walk(browser: Browser, url: str) -> None:
    page = open_page(browser, width=1180, height=760)
    person = Newcomer(page, url)
    person.type("/track start rep")
    person.sees("Connect Toggl")
    keep = _keeper(page)
    keep("connect")
    form = _form(person)
    form.screenshot(path=IMAGES / "connect-page.png", full_page=True)
    form.close()
    person.connect()
    person.sees("Which task?")
    keep("pick")
    person.press("Start Write report")
    person.sees("Started Write report")
    keep("track")
    person.type("/track start")
    expect(person.dialog).to_contain_text("Write report is running")
    page.keyboard.type("login")
    expect(page.get_by_role("option").first).to_contain_text("Repair login flow")
    keep("start-modal")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    person.type("/track help")
    person.sees("/track start [task] [when]")
    keep("help")
    page.set_viewport_size({"width": 1180, "height": 1180})
    person.type("/track report last month by project")
    expect(person.answer).to_contain_text("Share of total")
    keep("report")
    page.goto(f"{url}/as/U0MARCUSBEL/app")
    expect(page.get_by_text("Hours by day").first).to_be_visible()
    keep("home")


def _form(person: Newcomer) -> Page:
    with person.page.context.expect_page() as opened:
        person.page.get_by_role("link", name="Connect Toggl").last.click()
    opened.value.wait_for_load_state()
    return opened.value


def _keeper(page: Page) -> Callable[[str], None]:
    def keep(name: str) -> None:
        page.wait_for_timeout(400)  # let what slides in come to rest
        page.screenshot(path=IMAGES / f"{name}.png")

    return keep


if __name__ == "__main__":
    main()
