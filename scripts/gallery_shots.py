"""Pictures of the gallery: every channel, modal and Home, light and dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_sdk.models.views import View

from bot.views.messages import Message
from tests.browser import QUIET, find_chromium, open_page
from tests.views.samples import Sample

_WIDTH = 1180
_TALLEST = 1500
"""Pixels of one picture: beyond, nobody can read it at a glance."""
_WHOLE_MODAL = ".modal, .modal-content { max-height: none !important }"


def is_home(sample: Sample) -> bool:
    """Whether it shows an App Home."""
    return isinstance(sample.shown, View) and sample.shown.type == "home"


def opener(sample: Sample) -> str:
    """What the button is called that shows it."""
    return f"{'Publish' if is_home(sample) else 'Open'} {sample.name}"[:75]


def shoot(address: str, rooms: Mapping[str, str], shown: Sequence[Sample], folder: Path) -> None:
    """Take a picture of everything that the person at `address` can see, into `folder`."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is needed for pictures.")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        for theme in ("light", "dark"):
            _shoot(browser, address, rooms, shown, folder / theme)
        browser.close()


def _shoot(browser: Browser, address: str, rooms: Mapping[str, str], shown: Sequence[Sample], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    page = open_page(browser, dark=folder.name == "dark", width=_WIDTH)
    for feature, room in rooms.items():
        _go(page, f"{address}/{room}?all=1")
        if any(isinstance(sample.shown, Message) for sample in shown if sample.feature == feature):
            _in_pieces(page, folder / feature)
        doors = [sample for sample in shown if sample.feature == feature and isinstance(sample.shown, View)]
        for number, sample in enumerate(doors):
            button = page.get_by_role("button", name=opener(sample), exact=True)
            path = folder / f"{feature}-{sample.view}-{number}.png"
            if is_home(sample):
                with page.expect_response(lambda answer: "/press" in answer.url):
                    button.click()
                _go(page, f"{address}/app")
                _whole(page, path)
                _go(page, f"{address}/{room}?all=1")
            else:
                button.click()
                _modal(page, path)
    page.context.close()


def _go(page: Page, address: str) -> None:
    page.set_viewport_size({"width": _WIDTH, "height": 900})
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-ready", "true")
    page.add_style_tag(content=_WHOLE_MODAL)


def _stretch(page: Page) -> int:
    """Make the window as tall as what can be scrolled in it; its height."""
    hidden = page.evaluate("document.querySelector('#scroller').scrollHeight - innerHeight")
    height = max(900, 900 + int(hidden) + 260)
    page.set_viewport_size({"width": _WIDTH, "height": height})
    page.wait_for_timeout(200)  # charts are drawn anew
    return height


def _whole(page: Page, path: Path) -> None:
    _stretch(page)
    page.locator("main").screenshot(path=path)


def _in_pieces(page: Page, path: Path) -> None:
    height = _stretch(page)
    main = page.locator("main").bounding_box()
    left = main["x"] if main else 0
    for number, top in enumerate(range(0, height, _TALLEST)):
        part = {"x": left, "y": float(top), "width": _WIDTH - left, "height": float(min(_TALLEST, height - top))}
        page.screenshot(path=f"{path}-{number}.png", clip=part)  # type: ignore[arg-type]  # a FloatRect


def _modal(page: Page, path: Path) -> None:
    dialog = page.locator("#modal")
    expect(dialog.locator(".view")).to_be_visible()
    size = page.viewport_size or {"width": _WIDTH, "height": 900}
    page.set_viewport_size({"width": _WIDTH, "height": 7000})
    page.wait_for_timeout(250)  # let what slides in come to rest
    dialog.screenshot(path=path)
    page.locator("[data-close-all]").click()
    expect(dialog.locator(".view")).to_have_count(0)
    page.set_viewport_size(size)
