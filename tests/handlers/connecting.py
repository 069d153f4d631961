"""The whole road of connecting: a person's Slack, the served bot with its page, and the local Toggl."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import httpx
import pytest
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from bot import handlers
from bot.dispatcher.bolt import create_bolt
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.metrics import Metrics
from bot.dispatcher.people import People
from bot.dispatcher.slack import Slack, open_session
from bot.dispatcher.tenants import Tenants
from bot.i18n import COMMANDS
from bot.services.connections import Connections
from bot.services.roles import is_admin
from bot.store import Account, Ledger, Store
from bot.toggl import Cache, Endpoints, Patience, Quota, open_http
from bot.views.messages import Message
from bot.web.app import create_app
from bot.web.connect import ConnectPage
from tests.conftest import Clock, ServedToggl
from tests.dispatcher.fake_slack import SIGNING_SECRET, Answered, Call, FakeSlack, Sender
from tests.serving import address, listening, serving

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
    slack: FakeSlack, sqlite_store: Store, toggl: ServedToggl, clock: Clock, *, has_page: bool
) -> AsyncIterator[Road]:
    """Everything, served."""
    bound = listening()
    url = address(bound)
    async with (
        open_session() as session,
        open_http() as http,
        aiohttp.ClientSession() as outside,
        httpx.AsyncClient() as browser,
    ):
        web = Slack(session, f"{slack.url}/api/")
        connections = Connections(
            http,
            Endpoints(focus=f"{toggl.url}/api", track=f"{toggl.url}/api/v9"),
            Ledger(sqlite_store, Quota),
            Cache(clock),
            url if has_page else None,
            clock,
            Patience(attempts=1),
        )
        dispatcher = Dispatcher(
            handlers.ROUTES,
            names=COMMANDS,
            store=sqlite_store,
            slack=web,
            tenants=Tenants(sqlite_store, monotonic=time.monotonic, token="xoxb-fake"),
            people=People(sqlite_store, web, monotonic=time.monotonic),
            connections=connections,
            prompt=handlers.connect.prompt,
            refused=handlers.connect.refused,
            is_admin=is_admin,
            changed=handlers.home.changed,
            metrics=Metrics(CollectorRegistry()),
            clock=clock,
        )

        async def deliver(account: Account, message: Message) -> str | None:
            return await dispatcher.notify(account.tenant_id, account.user_id, message)

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            yield
            await dispatcher.drain(timedelta(seconds=5))

        app = create_app(
            create_bolt(dispatcher, signing_secret=SIGNING_SECRET),
            pages=ConnectPage(sqlite_store, connections, deliver, b"a key for forms", clock).routes(),
            checks={},
            registry=CollectorRegistry(),
            lifespan=lifespan,
        )
        async with serving(app, bound):
            sender = Sender(outside, url, slack)
            yield Road(sender, slack, toggl, clock, sqlite_store, browser, url)
