"""A workplace for jobs: a store, a local Slack over HTTP, and a clock that stands still."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.dispatcher.posting import Posts
from bot.dispatcher.reach import Reach
from bot.dispatcher.slack import open_session
from bot.dispatcher.tenants import Tenants
from bot.i18n import COMMANDS, N_
from bot.jobs.engine.running import run_due
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.local.slack import create_app
from bot.local.slack.engine import LocalSlack
from bot.local.slack.pace import Pace
from bot.local.slack.seed import MARCUS, TEAM_ID, WEBSITE
from bot.local.slack.world import Message
from bot.services.connections import Connections
from bot.store import Account, Cipher, Store, accounts, deliveries, schedules
from bot.store.tables import Delivery, Schedule
from bot.toggl import Cache, Endpoints, MemoryLedger, open_http
from bot.views.messages import Message as Content
from tests.conftest import Clock
from tests.road import MANIFEST, road  # noqa: F401 (a fixture is found by its name)
from tests.serving import address, listening, serving

TOKEN = "xoxb-jobs"
KIND = "test"


def say(text: str, key: str, **how: Any) -> Outgoing:
    """A post with that text in the website's channel, or where `how` says."""
    place = {} if "account_id" in how else {"channel_id": WEBSITE}
    return Outgoing(key=key, **{"message": Content(text), **place, **how})


@dataclass
class Works:
    """What a test of a job handles. `prepared` is what the job gives, or raises; `asked` what it was given."""

    store: Store
    slack: LocalSlack
    clock: Clock
    office: Office
    posts: Posts
    tenants: Tenants
    prepared: Prepared | Exception = field(default_factory=Prepared)
    asked: list[Due] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)

    async def prepare(self, _: Office, due: Due) -> Prepared:
        """The job."""
        self.asked.append(due)
        if isinstance(self.prepared, Exception):
            raise self.prepared
        return self.prepared

    async def add(self, *, due_at: datetime | None = None, **details: Any) -> Schedule:
        """A schedule of the job, due now if nothing else is said."""
        now = self.clock()
        given: Mapping[str, Any] = {"channel_id": WEBSITE, **details}
        async with self.store.writing() as db:
            return await schedules.add(
                db, kind=KIND, tenant_id=TEAM_ID, team_id=TEAM_ID, due_at=due_at or now, now=now, **given
            )

    async def person(self, user_id: str = MARCUS) -> Account:
        """Somebody in Slack, as the store knows them."""
        async with self.store.writing() as db:
            return await accounts.get_or_create(
                db, tenant_id=TEAM_ID, team_id=TEAM_ID, user_id=user_id, now=self.clock()
            )

    async def run_due(self) -> int:
        """Do what is due at this moment."""
        return await run_due(self.office, self.posts, self.tenants, self.jobs, now=self.clock())

    async def find(self, schedule_id: int) -> Schedule | None:
        """The schedule as it is now."""
        async with self.store.reading() as db:
            return await schedules.find_by_id(db, schedule_id)

    async def history(self) -> list[tuple[str, str, str | None]]:
        """What became of every post, oldest first: key, state and error."""
        async with self.store.reading() as db:
            rows = await deliveries.history(db, tenant_id=TEAM_ID, limit=1000)
        return [(row.key, row.state, row.error) for row in sorted(rows, key=lambda row: row.id)]

    async def delivery(self, key: str) -> Delivery:
        """The post with this key."""
        async with self.store.reading() as db:
            row = await deliveries.find(db, tenant_id=TEAM_ID, key=key)
        assert row is not None
        return row

    def messages(self, channel_id: str = WEBSITE) -> list[Message]:
        """What the bot said in a conversation, oldest first."""
        said = self.slack.world.messages.get(channel_id, ())
        return [message for message in said if message.by_app and not message.deleted]

    def texts(self, channel_id: str = WEBSITE) -> list[str]:
        """The words of it."""
        return [message.text for message in self.messages(channel_id)]


@pytest.fixture
def works_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """Where `works` keeps everything: on SQLite, unless a module says that its tests are about the database too."""
    return f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'bot.sqlite3')}"


@pytest.fixture
async def works(works_url: str, clock: Clock) -> AsyncIterator[Works]:
    """A job and all that it needs."""
    page = listening()
    app = create_app(
        bot_url="http://127.0.0.1:9",
        signing_secret="unused",
        bot_token=TOKEN,
        manifest=MANIFEST,
        public_url=address(page),
        clock=clock,
        pace=Pace(rate_limits=False, save_after=0.0, retries=(0.0, 0.0, 0.0)),
    )
    async with contextlib.AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(app, page))
        session = await stack.enter_async_context(open_session())
        http = await stack.enter_async_context(open_http())
        store = Store(works_url, Cipher([Fernet.generate_key().decode()]))
        stack.push_async_callback(store.close)
        connections = Connections(http, Endpoints(), MemoryLedger(), Cache(clock), clock=clock)
        tenants = Tenants(store, monotonic=time.monotonic, token=TOKEN)
        made = Works(
            store=store,
            slack=app.state.slack,
            clock=clock,
            office=Office(store, connections, clock, COMMANDS, Reach(session, f"{url}/api/", tenants)),
            posts=Posts(session, f"{url}/api/"),
            tenants=tenants,
        )
        made.jobs.append(Job(KIND, made.prepare, N_("the test")))
        yield made
