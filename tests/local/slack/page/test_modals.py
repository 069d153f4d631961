"""Modals, seen in a browser."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import Locator, Page, Route, expect
from starlette.responses import JSONResponse, Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import MARCUS
from tests.local.slack.conftest import Api, FakeBot
from tests.local.slack.page.conftest import Visit, type_and_send
from tests.local.slack.page.gallery import modal, plain

pytestmark = pytest.mark.e2e


async def opened(page: Page) -> Locator:
    """The gallery's modal, asked for with a command."""
    await type_and_send(page, "/track")
    dialog = page.get_by_role("dialog", name="Start a timer")
    await expect(dialog).to_be_visible()
    return dialog


async def test_a_task_is_found_while_typing_and_the_form_is_sent(visit: Visit, modal_bot: FakeBot) -> None:
    page = await visit()
    dialog = await opened(page)
    task = dialog.get_by_role("combobox", name="Task")
    await expect(task).to_be_focused()
    await task.press("ArrowDown")
    await expect(dialog.get_by_role("option")).to_have_count(3)
    await task.press_sequentially("rep")
    await expect(dialog.get_by_role("option")).to_have_count(2)
    await task.press("Enter")
    await expect(task).to_have_value("Write report")
    await dialog.get_by_label("Note").fill("About the harbour")
    await dialog.get_by_label("Break").check()
    await dialog.get_by_label("Day").fill("2026-11-11")
    await dialog.get_by_role("combobox", name="Tags").click()
    await dialog.get_by_role("option", name="High").click()
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog).to_be_hidden()
    values = modal_bot.last("view_submission")["view"]["state"]["values"]
    assert values["task"]["task"]["selected_option"]["value"] == "t1"
    assert values["note"]["note"]["value"] == "About the harbour"
    assert values["kind"]["kind"]["selected_option"]["value"] == "break"
    assert values["day"]["day"]["selected_date"] == "2026-11-11"
    assert [chosen["value"] for chosen in values["tags"]["tags"]["selected_options"]] == ["high"]


async def test_errors_stand_under_their_inputs_and_the_first_has_the_focus(visit: Visit, modal_bot: FakeBot) -> None:
    modal_bot.answer_json("view_submission", {"response_action": "errors", "errors": {"note": "Say more."}})
    page = await visit()
    dialog = await opened(page)
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog.get_by_role("alert").filter(has_text="Please complete this required field.")).to_be_visible()
    task = dialog.get_by_role("combobox", name="Task")
    await expect(task).to_be_focused()
    await task.fill("plan")
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await task.press("Enter")
    await dialog.get_by_label("Note").fill("Short")
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog.get_by_role("alert").filter(has_text="Say more.")).to_be_visible()
    await expect(dialog.get_by_label("Note")).to_be_focused()
    await expect(dialog.get_by_label("Note")).to_have_value("Short")
    await expect(task).to_have_value("Plan the relaunch")


async def test_a_second_press_while_the_first_is_under_way_waits_for_it(visit: Visit, modal_bot: FakeBot) -> None:
    modal_bot.answer_json("view_submission", {"response_action": "errors", "errors": {"note": "Say more."}})
    page = await visit()
    dialog = await opened(page)
    await dialog.get_by_role("combobox", name="Task").fill("plan")
    await dialog.get_by_role("combobox", name="Task").press("Enter")
    sent = 0

    async def late(route: Route) -> None:
        nonlocal sent
        sent += 1
        response = await route.fetch()
        await asyncio.sleep(1.5)  # the errors arrive by the page's other road meanwhile
        await route.fulfill(response=response)

    await page.route("**/submit", late)
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog.get_by_role("alert").filter(has_text="Say more.")).to_be_visible()
    modal_bot.answer_json("view_submission", {"response_action": "clear"})
    await dialog.get_by_label("Note").fill("About the harbour")
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog).to_be_hidden()
    assert sent == 2
    assert modal_bot.last("view_submission")["view"]["state"]["values"]["note"]["note"]["value"] == "About the harbour"


async def test_an_update_from_the_app_leaves_what_was_typed(
    visit: Visit, modal_bot: FakeBot, api: Api, slack: LocalSlack
) -> None:
    page = await visit()
    await opened(page)
    note = page.get_by_label("Note")
    await note.press_sequentially("Half a sen")
    (view,) = slack.world.modals[MARCUS]
    await api.call("views.update", view_id=view.id, view=modal(title=plain("Start it")))
    await expect(page.get_by_role("dialog", name="Start it")).to_be_visible()
    await expect(note).to_be_focused()
    await note.press_sequentially("tence")
    await expect(note).to_have_value("Half a sentence")
    assert modal_bot.received


async def test_escape_closes_the_list_first_and_then_the_modal_and_the_app_hears_of_it(
    visit: Visit, modal_bot: FakeBot
) -> None:
    page = await visit()
    dialog = await opened(page)
    await dialog.get_by_role("combobox", name="Task").press("ArrowDown")
    await expect(dialog.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("option").first).to_be_hidden()
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("combobox", name="Message #website-relaunch")).to_be_focused()
    assert modal_bot.last("view_closed")["is_cleared"] is False


async def test_a_pushed_view_has_a_way_back(visit: Visit, modal_bot: FakeBot) -> None:
    modal_bot.answer_json("view_submission", {"response_action": "push", "view": modal(title=plain("Second"))})
    page = await visit()
    dialog = await opened(page)
    await dialog.get_by_role("combobox", name="Task").fill("plan")
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Start").click()
    second = page.get_by_role("dialog", name="Second")
    await second.get_by_role("button", name="Back").click()
    await expect(dialog).to_be_visible()
    await expect(dialog.get_by_role("combobox", name="Task")).to_have_value("Plan the relaunch")


async def test_an_app_that_fails_is_said_in_the_modal(visit: Visit, modal_bot: FakeBot) -> None:
    modal_bot.answers["view_submission"] = Response(status_code=500)
    page = await visit()
    dialog = await opened(page)
    await dialog.get_by_role("combobox", name="Task").fill("plan")
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await dialog.get_by_role("button", name="Start").click()
    await expect(dialog.get_by_role("alert").filter(has_text="We had some trouble connecting")).to_be_visible()


async def test_the_focus_stays_inside_a_modal(visit: Visit, modal_bot: FakeBot) -> None:
    page = await visit()
    dialog = await opened(page)
    inside = "document.activeElement === document.body || document.activeElement.closest('#modal') !== null"
    for _ in range(14):
        await page.keyboard.press("Tab")
        assert await page.evaluate(inside)
    await expect(dialog).to_be_visible()
    assert modal_bot.received


async def test_a_shortcut_of_a_message_and_a_global_one_reach_the_app(visit: Visit, bot: FakeBot) -> None:
    page = await visit()
    message = page.get_by_role("article").first
    await message.hover()
    await message.get_by_role("button", name="More actions").click()
    async with page.expect_response("**/shortcut"):
        await page.get_by_role("menuitem", name="Track this").click()
    assert bot.last("message_action")["callback_id"] == "track_this"
    await page.get_by_role("main").get_by_role("button", name="Shortcuts").click()
    async with page.expect_response("**/shortcut"):
        await page.get_by_role("menuitem", name="Start").click()
    assert bot.last("shortcut")["callback_id"] == "start"


async def test_an_external_select_in_a_message_asks_on_opening(visit: Visit, modal_bot: FakeBot, api: Api) -> None:
    asked: list[str] = []

    async def offer(payload: dict[str, Any]) -> Response:
        asked.append(payload["value"])
        return JSONResponse({"options": []})

    modal_bot.answers["block_suggestion"] = offer
    page = await visit()
    select = {
        "type": "external_select",
        "action_id": "task",
        "placeholder": plain("Find a task"),
        "min_query_length": 0,
    }
    blocks = [{"type": "actions", "elements": [select]}]
    await api.call("chat.postMessage", channel="C0WEBSITE01", text="x", blocks=blocks)
    await page.get_by_role("combobox", name="Find a task").click()
    await expect(page.get_by_text("No results")).to_be_visible()
    assert asked == [""]
