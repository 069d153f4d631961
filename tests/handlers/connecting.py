"""The whole road of connecting: a person's Slack, the served bot with its page, and the local Toggl."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest

from bot import app
from bot.parts import open_store
from bot.settings import Settings
from bot.store import Store
from bot.toggl import Patience
from tests.conftest import Clock, ServedToggl
from tests.dispatcher.fake_slack import SIGNING_SECRET, Answered, Call, FakeSlack, Sender
from tests.road import wired
from tests.serving import address, listening, serving

UNHURRIED = timedelta(seconds=30)
"""How long an answer may take and still come with the HTTP answer, where these tests look for it: machines are busy."""
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Page:
    """A browser on the connect page."""

    browser: httpx.AsyncClient
    url: str
    csrf: str = field(default="", repr=False)

    async def open(self) -> httpx.Response:
        """Follow the link."""
        return self._read(await self.browser.get(self.url))

    async def send(self, **fields: str) -> httpx.Response:
        """Send the form that is shown."""
        return self._read(await self.browser.post(self.url, data={"csrf": self.csrf, **fields}))

    def _read(self, response: httpx.Response) -> httpx.Response:
        found = _CSRF.search(response.text)
        self.csrf = found.group(1) if found else ""
        return response


@dataclass
class Road:
    """A served bot: `send` is what Slack sends it, `slack` what it tells Slack."""

    send: Sender
    slack: FakeSlack
    toggl: ServedToggl
    clock: Clock
    store: Store
    browser: httpx.AsyncClient
    url: str
    settings: Settings

    async def page(self, typed: str = "/toggl connect") -> Page:
        """The page behind the link with which the bot answers `typed`, opened in a browser."""
        page = Page(self.browser, link(shown(await self.send.command(typed))))
        await page.open()
        return page

    async def connect(self, *, typed: str = "/toggl connect", **fields: str) -> Call:
        """Connect by the page and *Confirm*; what the bot then says in the place of its question."""
        page = await self.page(typed)
        answered = await page.send(**fields)
        assert answered.status_code == 200, answered.text
        before = len(self.slack.of("respond"))
        await self.press("Confirm", self.slack.of("chat.postMessage")[-1].sent)
        return await self.slack.next("respond", before + 1)

    async def press(self, text: str, message: Mapping[str, Any], **changes: Any) -> Answered:
        """Press the button `text` under a message."""
        found = button(message, text)
        return await self.send.press(found["action_id"], found.get("value", ""), **changes)


def shown(answered: Answered) -> dict[str, Any]:
    """The private answer to a command."""
    assert answered.status == 200
    assert answered.json["response_type"] == "ephemeral"
    return answered.json


def elements(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Everything that can be pressed in a message."""
    blocks = message["blocks"]
    loaded: list[dict[str, Any]] = httpx.Response(200, text=blocks).json() if isinstance(blocks, str) else blocks
    return [
        element
        for block in loaded
        for element in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ()))
        if "action_id" in element
    ]


def button(message: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The button `text` in a message."""
    return next(element for element in elements(message) if element.get("text", {}).get("text") == text)


def link(message: Mapping[str, Any]) -> str:
    """The address behind a message's button."""
    return next(str(element["url"]) for element in elements(message) if "url" in element)


@pytest.fixture
def has_page() -> bool:
    """Whether people can reach the bot's page; without one they connect in a modal."""
    return True


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack that notes what it is told."""
    fake = FakeSlack()
    async with serving(fake.app()) as url:
        fake.url = url
        yield fake


@pytest.fixture
async def road(
    tmp_path: Path, slack: FakeSlack, toggl: ServedToggl, clock: Clock, *, has_page: bool
) -> AsyncIterator[Road]:
    """The composed bot, served, between that Slack and the local Toggl."""
    bound = listening()
    url = address(bound)
    settings = wired(
        toggl,
        tmp_path,
        slack_url=slack.url,
        public_url=url if has_page else None,
        signing_secret=SIGNING_SECRET,
        bot_token="xoxb-fake",
    )
    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(
            app.composed(settings, clock=clock, patience=Patience(attempts=1), in_time=UNHURRIED)
        )
        await stack.enter_async_context(serving(bot, bound))
        store = open_store(settings)
        await store.open()
        stack.push_async_callback(store.close)
        outside = await stack.enter_async_context(aiohttp.ClientSession())
        browser = await stack.enter_async_context(httpx.AsyncClient())
        yield Road(Sender(outside, url, slack), slack, toggl, clock, store, browser, url, settings)
