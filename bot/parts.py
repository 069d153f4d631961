"""What every process of the bot is made of, whether it answers Slack or does scheduled work."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from sqlalchemy import make_url

from bot.clock import Clock
from bot.dispatcher.grants import App
from bot.dispatcher.posting import Posts
from bot.dispatcher.reach import Reach
from bot.dispatcher.slack import Slack, open_session
from bot.dispatcher.tenants import Tenants
from bot.i18n import load_catalogues
from bot.jobs import Office
from bot.services.connections import Connections
from bot.settings import Settings
from bot.store import Cipher, Ledger, Store, migrate
from bot.toggl import Cache, Endpoints, Patience, Quota, open_http


def open_store(settings: Settings) -> Store:
    """The store as the settings say; not opened yet."""
    return Store(settings.database_url, Cipher([key.get_secret_value() for key in settings.encryption_keys]))


def on_sqlite(settings: Settings) -> bool:
    """Whether everything is kept in an SQLite file, and one process does it all."""
    return make_url(settings.database_url).get_backend_name() == "sqlite"


@dataclass(frozen=True, slots=True)
class Parts:
    """The store, Slack and Toggl, all open. `names` are those of the slash commands, by their part in the routes.

    `oauth` is the app that workspaces install by themselves; None where it serves the one whose token is set.
    """

    settings: Settings
    clock: Clock
    names: Mapping[str, str]
    store: Store = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    slack: Slack = field(repr=False)
    oauth: App | None = field(repr=False)
    tenants: Tenants = field(repr=False)
    connections: Connections = field(repr=False)

    @property
    def office(self) -> Office:
        """What jobs work with."""
        reach = Reach(self.session, self.settings.slack_api_url, self.tenants)
        return Office(self.store, self.connections, self.clock, self.names, reach)

    @property
    def posts(self) -> Posts:
        """Slack as jobs' posts take it."""
        return Posts(self.session, self.settings.slack_api_url)


@asynccontextmanager
async def assembled(settings: Settings, *, clock: Clock, patience: Patience | None = None) -> AsyncIterator[Parts]:
    """The parts, open until the block is left.

    An SQLite file is brought to this version's tables first; PostgreSQL waits for `python -m bot migrate`, because
    several processes share it. Raises SchemaMismatchError, StoreUnavailable.
    """
    load_catalogues()
    async with AsyncExitStack() as stack:
        if on_sqlite(settings):
            await migrate(settings.database_url)
        store = open_store(settings)
        stack.push_async_callback(store.close)
        await store.open()
        session = await stack.enter_async_context(open_session())
        http = open_http()
        stack.push_async_callback(http.aclose)
        slack = Slack(session, settings.slack_api_url)
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
        oauth = _oauth(settings, slack)
        connections = Connections(
            http,
            Endpoints(settings.toggl_focus_url, settings.toggl_track_url, settings.toggl_webhooks_url),
            Ledger(store, Quota),
            Cache(clock),
            settings.public_url,
            clock=clock,
            patience=patience or Patience(),
        )
        names = {"track": settings.command_track, "project": settings.command_project, "toggl": settings.command_toggl}
        yield Parts(
            settings=settings,
            clock=clock,
            names=names,
            store=store,
            session=session,
            slack=slack,
            oauth=oauth,
            tenants=Tenants(store, monotonic=time.monotonic, token=token, app=oauth, clock=clock),
            connections=connections,
        )


def _oauth(settings: Settings, slack: Slack) -> App | None:
    if settings.slack_bot_token or not settings.slack_client_id or not settings.slack_client_secret:
        return None
    return App(slack, client_id=settings.slack_client_id, client_secret=settings.slack_client_secret.get_secret_value())
