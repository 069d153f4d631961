"""A person in front of the page: a headless browser, and an app that answers with the gallery."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page
from starlette.responses import JSONResponse, Response

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import MARCUS, WEBSITE
from tests.browser import PATIENCE_MS
from tests.local.slack.conftest import Api, FakeBot, make_manifest
from tests.local.slack.page.gallery import modal, option

TASKS = {"Write report": "t1", "Reply to Bob": "t2", "Plan the relaunch": "t3"}

Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
def manifest() -> dict[str, Any]:
    """An app with two commands that say how they are used."""
    made = make_manifest()
    made["features"]["slash_commands"] = [
        {"command": "/track", "description": "Start and stop your timer", "usage_hint": "start [task] | stop"},
        {"command": "/toggl", "description": "Connect your account", "usage_hint": "connect | help"},
    ]
    return made


@pytest.fixture
async def visit(async_browser: Browser, slack: LocalSlack) -> AsyncIterator[Visit]:
    """Open the page as somebody; errors in its scripts fail the test."""
    failures: list[str] = []
    contexts = []

    async def open_page(
        person_id: str = MARCUS, place: str = WEBSITE, scheme: Literal["light", "dark"] = "light", width: int = 1280
    ) -> Page:
        context = await async_browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: failures.append(str(error)))
        await page.goto(f"{slack.workspace.address}/as/{person_id}/{place}")
        await page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert failures == []


@pytest.fixture
def modal_bot(bot: FakeBot, api: Api) -> FakeBot:
    """A bot that opens the gallery's modal on `/track`, and offers tasks."""

    async def open_modal(payload: dict[str, Any]) -> Response:
        opened = await api.call("views.open", trigger_id=payload["trigger_id"], view=modal())
        assert opened["ok"], opened
        return Response()

    async def offer(payload: dict[str, Any]) -> Response:
        words = payload["value"].lower()
        return JSONResponse({"options": [option(name, key) for name, key in TASKS.items() if words in name.lower()]})

    bot.answers["/track"] = open_modal
    bot.answers["block_suggestion"] = offer
    return bot


async def type_and_send(page: Page, text: str) -> None:
    """Write into the composer of the channel and press Enter."""
    composer = page.get_by_role("main").get_by_role("combobox", name="Message")
    await composer.fill(text)
    await composer.press("Enter")
