"""The road between a fake Slack and handlers that a test gives, over real HTTP and a real store."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import aiohttp
import pytest
import structlog
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from bot.dispatcher import Answer, Done, Reply, Request, Route
from bot.dispatcher.bolt import create_bolt
from bot.dispatcher.dispatcher import Dispatcher
from bot.dispatcher.limits import Limits
from bot.dispatcher.metrics import Metrics
from bot.dispatcher.people import People
from bot.dispatcher.slack import Slack, open_session
from bot.dispatcher.tenants import Tenants
from bot.i18n import COMMANDS
from bot.services.connections import Connections
from bot.services.context import Context
from bot.store import Store
from bot.toggl import Cache, CredentialRefused, Endpoints, MemoryLedger, open_http
from bot.views.messages import Message
from bot.web.app import create_app
from tests.conftest import Clock
from tests.dispatcher.fake_slack import SIGNING_SECRET, FakeSlack, Sender
from tests.serving import serving

TOKEN = "xoxb-fake"
PATIENT = timedelta(seconds=20)
"""How long answers count as in time here, on however busy a machine."""


@dataclass
class Road:
    """A served bot: what Slack sends it goes through `send`."""

    dispatcher: Dispatcher
    send: Sender
    registry: CollectorRegistry
    url: str

    def counted(self, kind: str, route: str, outcome: str) -> float:
        labels = {"kind": kind, "route": route, "outcome": outcome}
        return self.registry.get_sample_value("bot_requests_total", labels) or 0


class Serve(Protocol):
    """Serves a bot with these routes; a handler that takes longer than `in_time` is answered later."""

    def __call__(
        self,
        routes: Sequence[Route],
        in_time: timedelta = PATIENT,
        token: str | None = TOKEN,
        limits: Limits | None = None,
    ) -> AbstractAsyncContextManager[Road]: ...


BRIEF = timedelta(seconds=0.2)
"""For what is to be answered later."""
Unwritable = Callable[[], AbstractAsyncContextManager[None]]


async def prompted(request: Request) -> Answer:
    typed = f"{request.pending.command} {request.pending.text}" if request.pending else "nothing typed"
    return Reply(Message(f"Connect first ({typed})"))


async def refused(request: Request, refusal: CredentialRefused) -> Answer:
    return Reply(Message(f"Connect again ({type(refusal).__name__}, {request.kind})"))


async def changed(request: Request, said: str) -> Answer:  # noqa: ARG001 (there is no Home in these tests)
    return Done()


async def nobody(context: Context) -> bool:
    """Nobody in these tests is an admin."""
    return context.person.user_id == ""


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack that notes what it is told."""
    fake = FakeSlack()
    async with serving(fake.app()) as url:
        fake.url = url
        yield fake


@pytest.fixture
def serve(slack: FakeSlack, sqlite_store: Store, clock: Clock) -> Serve:
    """Serve a bot with these routes."""

    @asynccontextmanager
    async def started(
        routes: Sequence[Route],
        in_time: timedelta = PATIENT,
        token: str | None = TOKEN,
        limits: Limits | None = None,
    ) -> AsyncIterator[Road]:
        registry = CollectorRegistry()
        async with open_session() as session, open_http() as http, aiohttp.ClientSession() as outside:
            web = Slack(session, f"{slack.url}/api/")
            dispatcher = Dispatcher(
                routes,
                names=COMMANDS,
                store=sqlite_store,
                slack=web,
                tenants=Tenants(sqlite_store, monotonic=time.monotonic, token=token),
                people=People(sqlite_store, web, monotonic=time.monotonic),
                connections=Connections(http, Endpoints(), MemoryLedger(), Cache()),
                prompt=prompted,
                refused=refused,
                is_admin=nobody,
                changed=changed,
                metrics=Metrics(registry),
                clock=clock,
                in_time=in_time,
                limits=limits,
            )

            @asynccontextmanager
            async def lifespan(_: Starlette) -> AsyncIterator[None]:
                yield
                await dispatcher.drain(timedelta(seconds=5))

            app = create_app(
                create_bolt(dispatcher, signing_secret=SIGNING_SECRET),
                signing_secret=SIGNING_SECRET,
                pages=[],
                checks={"store": ready},
                registry=registry,
                lifespan=lifespan,
            )
            async with serving(app) as url:
                yield Road(dispatcher, Sender(outside, url, slack), registry, url)

    async def ready() -> None:
        async with sqlite_store.reading():
            pass

    return started


@pytest.fixture
def unwritable(sqlite_store: Store) -> Unwritable:
    """The store takes nothing down inside the block: another program holds the file's lock."""

    @asynccontextmanager
    async def held() -> AsyncIterator[None]:
        async with sqlite_store._engines.writers.connect() as writer:
            await writer.exec_driver_sql("PRAGMA busy_timeout = 1")  # the store's only writing connection
        with contextlib.closing(sqlite3.connect(str(sqlite_store._engines.writers.url.database))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    return held


@pytest.fixture
def caplog_json() -> Iterator[list[MutableMapping[str, Any]]]:
    """What is logged, as the fields of each line."""
    with structlog.testing.capture_logs() as entries:
        yield entries
