"""Make the pictures of the README and the guides from the running demo: `make screenshots`."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import QUIET, find_chromium, open_page
from tests.e2e.conftest import Demo, Newcomer
from tests.e2e.test_subscriptions import ADMIN_KEY

IMAGES = Path(__file__).parent.parent / "docs" / "images"


FIRST, GUEST = "U0MARCUSBEL", "U0ALEXKIMGU"
"""Whom the demo begins with, and somebody else who is answered in English."""


def main() -> None:
    """Walk through the demo and keep a picture of each station."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is needed for screenshots.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        for walk in (_walk, _count, _follow):
            with tempfile.TemporaryDirectory() as folder:
                demo = Demo(Path(folder) / "data")
                try:
                    walk(browser, demo.url)
                finally:
                    demo.end()
        browser.close()


def _walk(browser: Browser, url: str) -> None:
    page = open_page(browser, width=1180, height=760)
    person = Newcomer(page, url)
    person.type("/track start rep")
    person.sees("Connect Toggl")
    keep = _keeper(page)
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
    page.set_viewport_size({"width": 1180, "height": 1180})
    person.type("/track report last month by project")
    expect(person.answer).to_contain_text("Share of total")
    keep("report")
    page.goto(f"{url}/as/{FIRST}/app")
    expect(page.get_by_text("Hours by day").first).to_be_visible()
    keep("home")


def _count(browser: Browser, url: str) -> None:
    """Two people agree to be counted, and one of them posts the statistics on a schedule."""
    page = open_page(browser, width=1180, height=1320)
    person = Newcomer(page, url)
    person.type("/toggl connect")
    person.sees("Connect Toggl")
    person.connect_both()
    person.type("/toggl stats me")
    person.press("Count my hours")
    person.sees("from now on")
    other = Newcomer(page, f"{url}/as/{GUEST}")
    other.type("/toggl stats me")
    other.press("Count my hours")
    other.sees("from now on")
    other.type("/toggl connect")
    other.sees("Connect Toggl")
    other.connect()
    person = Newcomer(page, f"{url}/as/{FIRST}")
    keep = _keeper(page)
    person.type("/toggl stats last week")
    expect(person.answer).to_contain_text("tracked by 2 people", timeout=30_000)
    expect(person.answer.get_by_role("columnheader", name="Person").first).to_be_visible()
    person.answer.evaluate("each => each.scrollIntoView({ block: 'start' })")
    keep("statistics")
    person.type("/toggl stats weekly on mon 9:00")
    expect(person.dialog).to_contain_text("Statistics in a channel")
    page.set_viewport_size({"width": 1180, "height": 900})
    keep("statistics-schedule")


def _follow(browser: Browser, url: str) -> None:
    """A channel follows a project, and somebody wants to be reminded of missing hours."""
    page = open_page(browser, width=1180, height=760)
    person = Newcomer(page, url)
    person.type("/project subscribe kanto rail signage")
    person.sees("Connect Toggl")
    person.connect(ADMIN_KEY)
    card = page.locator("[data-message-ts]", has_text="lets this channel follow Kanto Rail Signage")
    expect(card).to_have_count(1, timeout=30_000)
    person.type("/project pin kanto rail signage")
    expect(card).to_contain_text("pinned", timeout=30_000)
    card.get_by_text("1 reply").click(timeout=30_000)
    expect(page.locator("body")).to_contain_text("· Pinned · by @Marcus Bell")
    card.first.evaluate("each => each.scrollIntoView({ block: 'start' })")
    keep = _keeper(page)
    keep("project-card")
    page.set_viewport_size({"width": 1180, "height": 900})
    person.type("/track remind")
    person.press("Remind me if hours are missing")
    expect(person.dialog).to_contain_text("Friday")
    keep("reminder")


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
