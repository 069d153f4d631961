"""The app's own place, seen in a browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import MARCUS
from tests.local.slack.conftest import Api, FakeBot
from tests.local.slack.page.conftest import Visit
from tests.local.slack.page.gallery import ELEMENTS, TEXT, chart

pytestmark = pytest.mark.e2e


async def test_home_appears_when_it_is_published_and_its_buttons_reach_the_app(
    visit: Visit, bot: FakeBot, api: Api, slack: LocalSlack
) -> None:
    page = await visit(place="app")
    await expect(page.get_by_text("The app has not put anything here yet.")).to_be_visible()
    await slack.settled()
    assert bot.last("app_home_opened")["event"]["tab"] == "home"
    view = {"type": "home", "blocks": [*TEXT, *ELEMENTS]}
    assert (await api.call("views.publish", user_id=MARCUS, view=view))["ok"]
    async with page.expect_response("**/press"):
        await page.get_by_role("button", name="Switch…").click()
    pressed = bot.last("block_actions")
    assert pressed["view"]["type"] == "home"
    await page.get_by_role("combobox", name="Priority").click()
    async with page.expect_response("**/press"):
        await page.get_by_role("option", name="Low").click()
    assert bot.last("block_actions")["actions"][0]["selected_option"]["value"] == "low"
    await page.reload()
    await expect(page.get_by_role("combobox", name="Priority")).to_have_value("Low")


async def test_the_apps_tabs_lead_to_its_messages_and_to_what_it_offers(visit: Visit, bot: FakeBot) -> None:
    page = await visit()
    await page.get_by_role("navigation", name="Channels").get_by_role("link", name="Timekeeper").click()
    tabs = page.get_by_role("navigation", name="Timekeeper")
    await expect(tabs.get_by_role("link", name="Messages")).to_have_attribute("aria-current", "page")
    await expect(page.get_by_role("combobox", name="Message Timekeeper")).to_be_visible()
    await tabs.get_by_role("link", name="About").click()
    await expect(page.get_by_text("Start and stop your timer")).to_be_visible()
    assert bot.received


async def test_a_charts_numbers_are_one_key_away(visit: Visit, api: Api) -> None:
    page = await visit()
    await api.call("chat.postMessage", channel="C0WEBSITE01", text="x", blocks=[chart("bar", "Hours by day")])
    await expect(page.get_by_role("img", name="Chart: Hours by day")).to_be_visible()
    await page.get_by_role("button", name="Show the numbers as a table").press("Enter")
    await expect(page.get_by_role("cell", name="7.5")).to_be_visible()
    await expect(page.get_by_role("img", name="Chart: Hours by day")).to_be_hidden()
