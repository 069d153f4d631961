"""The composer and the messages, seen in a browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from starlette.responses import Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import GENERAL, LENA, MARCUS, WEBSITE
from tests.local.slack.conftest import Api, FakeBot
from tests.local.slack.page.conftest import Visit, type_and_send
from tests.local.slack.page.gallery import ELEMENTS, TEXT

pytestmark = pytest.mark.e2e


async def test_a_command_completes_from_the_keyboard_and_its_private_answer_can_be_dismissed(
    visit: Visit, bot: FakeBot
) -> None:
    bot.answer_json("/track", {"text": "Started *Write report*."})
    page = await visit()
    composer = page.get_by_role("combobox", name="Message #website-relaunch")
    await composer.press_sequentially("/t")
    await expect(page.get_by_role("option")).to_have_count(2)
    await composer.press("ArrowDown")
    await expect(page.get_by_role("option", name="/toggl connect | help")).to_have_attribute("aria-selected", "true")
    await composer.press("ArrowUp")
    await composer.press("Tab")
    await expect(composer).to_have_value("/track ")
    await composer.press_sequentially("start rep")
    await composer.press("Enter")
    answer = page.get_by_role("article").filter(has_text="Only visible to you")
    await expect(answer).to_contain_text("Started Write report.")
    await expect(composer).to_have_value("")
    assert bot.last("/track")["text"] == "start rep"
    await answer.get_by_role("button", name="Dismiss message").click()
    await expect(answer).to_be_hidden()


async def test_names_complete_after_an_at_sign_and_become_mentions(visit: Visit) -> None:
    page = await visit()
    composer = page.get_by_role("combobox", name="Message #website-relaunch")
    await composer.press_sequentially("Hello @len")
    await composer.press("Enter")
    await expect(composer).to_have_value("Hello @lena ")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("second line")
    await composer.press("Enter")
    message = page.get_by_role("article").last
    await expect(message).to_contain_text("@Lena Hoffmann")
    await expect(message).to_contain_text("second line")


async def test_two_people_see_the_same_message_at_once_and_only_one_the_private_one(visit: Visit, bot: FakeBot) -> None:
    bot.answer_json("/track", {"text": "For Marcus only"})
    marcus, lena = await visit(MARCUS), await visit(LENA)
    await type_and_send(marcus, "For everybody")
    await expect(lena.get_by_role("article").last).to_contain_text("For everybody")
    await type_and_send(marcus, "/track")
    await expect(marcus.get_by_role("article").last).to_contain_text("For Marcus only")
    await expect(lena.get_by_text("For Marcus only")).to_have_count(0)


async def test_another_channels_message_counts_as_unread_until_it_is_looked_at(visit: Visit, slack: LocalSlack) -> None:
    page = await visit(place=WEBSITE)
    await slack.say(LENA, GENERAL, "Look here")
    sidebar = page.get_by_role("navigation", name="Channels and direct messages")
    await expect(sidebar.get_by_label("1 unread")).to_be_visible()
    await sidebar.get_by_role("link", name="general").click()
    await expect(page.get_by_role("article").last).to_contain_text("Look here")
    await expect(sidebar.get_by_label("unread")).to_have_count(0)


async def test_a_message_changes_in_place_and_goes(visit: Visit, api: Api) -> None:
    page = await visit()
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="First", blocks=TEXT)
    message = page.locator(f'[data-message-ts="{posted["ts"]}"]')
    await expect(message).to_contain_text("A quotation")
    await api.call("chat.update", channel=WEBSITE, ts=posted["ts"], text="Second words", blocks=[])
    await expect(message).to_contain_text("Second words (edited)")
    await api.call("chat.delete", channel=WEBSITE, ts=posted["ts"])
    await expect(message).to_have_count(0)


async def test_a_button_tells_the_app_and_an_unanswered_one_shows_the_error(
    visit: Visit, bot: FakeBot, api: Api
) -> None:
    bot.answers["block_actions"] = Response(status_code=500)
    page = await visit()
    await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=ELEMENTS)
    await page.get_by_role("button", name="Stop", exact=True).click()
    problem = page.locator('[data-block-id="buttons"]').get_by_role("alert")
    await expect(problem).to_be_visible()
    assert bot.last("block_actions")["actions"][0]["value"] == "1"
    await expect(page.get_by_role("button", name="Slack refused")).to_be_visible()
    bot.answers["block_actions"] = Response()
    await page.get_by_role("button", name="Stop", exact=True).click()
    await expect(problem).to_have_count(0)


async def test_a_confirmation_is_asked_before_the_app_hears_of_it(visit: Visit, bot: FakeBot, api: Api) -> None:
    page = await visit()
    await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=ELEMENTS)
    delete = page.get_by_role("button", name="Delete", exact=True)
    await delete.click()
    dialog = page.get_by_role("dialog", name="Delete this entry?")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(delete).to_be_focused()
    await delete.press("Enter")
    async with page.expect_response("**/press"):
        await dialog.get_by_role("button", name="Delete").click()
    await expect(dialog).to_be_hidden()
    assert [action["action_id"] for action in bot.last("block_actions")["actions"]] == ["delete"]


async def test_a_menu_is_walked_with_the_arrow_keys(visit: Visit, bot: FakeBot, api: Api) -> None:
    page = await visit()
    await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=TEXT)
    menu = page.locator('[data-action-id="overflow"]')
    await menu.focus()
    await menu.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Edit…")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    async with page.expect_response("**/press"):
        await page.keyboard.press("Enter")
    assert bot.last("block_actions")["actions"][0]["selected_option"]["value"] == "earlier"
    await expect(menu).to_be_focused()


async def test_a_thread_opens_beside_the_channel_and_takes_replies(visit: Visit, slack: LocalSlack) -> None:
    page = await visit()
    first = page.get_by_role("article").first
    await first.hover()
    await first.get_by_role("link", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_role("combobox").fill("An answer")
    await thread.get_by_role("combobox").press("Enter")
    await expect(thread.get_by_role("article").last).to_contain_text("An answer")
    await expect(page.get_by_role("main").get_by_role("link", name="1 reply")).to_be_visible()
    assert slack.world.messages[WEBSITE][-1].thread_ts is not None


async def test_what_slack_refused_is_said_with_its_place(visit: Visit, bot: FakeBot) -> None:
    bot.answer_json("/track", {"text": "x", "blocks": [{"type": "section"}]})
    page = await visit()
    await type_and_send(page, "/track")
    await expect(page.get_by_role("article").last).to_contain_text("/track failed with the error")
    await page.get_by_role("button", name="Slack refused").click()
    panel = page.get_by_label("What Slack refused")
    await expect(panel).to_contain_text("invalid_blocks")
    await expect(panel).to_contain_text("/blocks/0")
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_a_permalink_leads_to_the_message(visit: Visit, api: Api, slack: LocalSlack) -> None:
    page = await visit()
    posted = await api.call("chat.postMessage", channel=WEBSITE, text="Here")
    await page.goto(f"{slack.workspace.address}/archives/{WEBSITE}/p{posted['ts'].replace('.', '')}")
    await expect(page.locator(":target")).to_contain_text("Here")
    await expect(page.locator(":target")).to_be_in_viewport()


async def test_dark_is_remembered(visit: Visit) -> None:
    page = await visit()
    background = "getComputedStyle(document.querySelector('.pane')).backgroundColor"
    assert await page.evaluate(background) == "rgb(255, 255, 255)"
    await page.get_by_role("button", name="Dark or light").click()
    await page.reload()
    assert await page.evaluate(background) == "rgb(26, 29, 33)"


@pytest.mark.parametrize("width", [400, 1024, 1600])
async def test_nothing_sticks_out_at_any_width(visit: Visit, api: Api, width: int) -> None:
    page = await visit(width=width)
    await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=[*TEXT, *ELEMENTS])
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert (
        await page.evaluate(
            "document.querySelector('#scroller').scrollWidth - document.querySelector('#scroller').clientWidth"
        )
        == 0
    )


async def test_messages_are_walked_with_the_arrow_keys_from_the_empty_composer(visit: Visit) -> None:
    page = await visit()
    composer = page.get_by_role("combobox", name="Message #website-relaunch")
    await composer.press("ArrowUp")
    await expect(page.get_by_role("article").last).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_role("article").nth(1)).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("article").nth(1).get_by_role("link").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(composer).to_be_focused()


async def test_a_channel_is_joined_from_the_sidebar(visit: Visit) -> None:
    page = await visit()
    await page.get_by_role("button", name="Join a channel").click()
    await page.get_by_role("menuitem", name="design").click()
    await expect(page.get_by_role("heading", name="design").first).to_be_visible()
    await expect(page.get_by_role("combobox", name="Message #design")).to_be_visible()
