"""The connect page in Chromium: fields, masks, keyboard, with and without its script, in light and dark."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.handlers.connecting import Road, link, shown

pytestmark = pytest.mark.e2e
Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def complaints() -> list[str]:
    """What the browser complains about: errors of scripts, and what the page's policy forbids."""
    return []


@pytest.fixture
def visit(road: Road, async_browser: Browser, complaints: list[str]) -> Visit:
    """Open the page behind a fresh link."""

    async def opened(*, scheme: Literal["light", "dark"] = "light", script: bool = True, width: int = 1000) -> Page:
        page = await async_browser.new_page(
            color_scheme=scheme, java_script_enabled=script, viewport={"width": width, "height": 900}
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
        await page.goto(link(shown(await road.send.command("/toggl connect"))))
        return page

    return opened


async def test_only_the_fields_of_the_chosen_way_are_shown(visit: Visit, complaints: list[str]) -> None:
    page = await visit()
    await expect(page.get_by_label("Focus API key", exact=True)).to_be_visible()
    await page.get_by_role("radio", name="E-mail and password").check()
    await expect(page.get_by_label("Focus API key", exact=True)).to_be_hidden()
    await expect(page.get_by_label("E-mail", exact=True)).to_be_visible()
    await expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "password")
    assert complaints == []


async def test_a_mask_can_be_lifted_and_is_back_when_the_form_is_sent(visit: Visit) -> None:
    page = await visit()
    key = page.get_by_label("Focus API key", exact=True)
    await key.fill("toggl_sk_nobody")
    await page.get_by_role("button", name="Show").click()
    await expect(key).to_have_attribute("type", "text")
    await page.get_by_role("button", name="Hide").click()
    await expect(key).to_have_attribute("type", "password")


@pytest.mark.parametrize("script", [True, False])
async def test_the_whole_page_works_by_keyboard_with_and_without_its_script(
    visit: Visit, complaints: list[str], *, script: bool
) -> None:
    page = await visit(script=script)
    key = page.get_by_label("Focus API key", exact=True)
    await key.fill("toggl_sk_nobody")
    await key.press("Enter")
    await expect(page.get_by_text("Toggl does not accept this.")).to_be_visible()
    await expect(key).to_be_focused()
    await expect(key).to_have_value("")
    await key.fill("toggl_sk_admin")
    await key.press("Enter")
    await expect(page.get_by_role("heading", name="Almost there: confirm in Slack")).to_be_visible()
    await expect(page.get_by_role("link", name="Open Slack")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
async def test_it_fits_any_screen_and_follows_its_colours(
    visit: Visit, scheme: Literal["light", "dark"], width: int
) -> None:
    page = await visit(scheme=scheme, width=width)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    background = await page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
    assert (background == "rgb(255, 255, 255)") is (scheme == "light")
