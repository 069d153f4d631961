"""The composition root: the only place that constructs things, and closes them again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from urllib.parse import urljoin

import structlog
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from bot import handlers
from bot.clock import Clock, utc_now
from bot.dispatcher import socket_mode
from bot.dispatcher.bolt import create_bolt
from bot.dispatcher.dispatcher import IN_TIME, Dispatcher
from bot.dispatcher.metrics import Metrics
from bot.dispatcher.people import People
from bot.dispatcher.scopes import SCOPES
from bot.parts import assembled, on_sqlite, open_store
from bot.services.roles import is_admin
from bot.settings import Settings
from bot.store import (
    Account,
    Installation,
    Rotated,
    Store,
    StoreUnavailable,
    check_keys,
    prune,
    rotate_keys,
)
from bot.toggl import Patience
from bot.views.messages import Message
from bot.web.app import create_app
from bot.web.connect import ConnectPage
from bot.web.install import InstallPage
from bot.web.toggl_webhooks import TogglWebhooks
from bot.worker import beside

TIDYING = timedelta(minutes=5)
"""How long what is over may stay in the database."""

DRAINING = timedelta(seconds=10)
"""How long what was acknowledged may take to finish when the process ends."""


def missing(settings: Settings) -> list[str]:
    """What has to be set before the bot can serve, a sentence each that says where it comes from."""
    needed = {
        "SLACK_SIGNING_SECRET: in your Slack app under “Basic Information”, “App Credentials”.": (
            settings.slack_signing_secret or settings.slack_app_token
        ),
        "SLACK_BOT_TOKEN: in your Slack app under “OAuth & Permissions”, after installing it to your workspace. "
        "For many workspaces: SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, under “Basic Information”.": (
            settings.slack_bot_token or (settings.slack_client_id and settings.slack_client_secret)
        ),
        "PUBLIC_URL: the https address that Slack and browsers reach this bot at; many workspaces install it there.": (
            settings.public_url or settings.slack_bot_token or not settings.slack_client_id
        ),
        "ENCRYPTION_KEYS: make one with `python -m bot new-key`, and keep it: without it nothing stored can be read.": (
            settings.encryption_keys
        ),
    }
    return [sentence for sentence, value in needed.items() if not value]


async def rotate(settings: Settings) -> Rotated:
    """Seal everything stored again with the first key. Raises KeyLost, SchemaMismatchError."""
    store = open_store(settings)
    await store.open()
    try:
        return await rotate_keys(store)
    finally:
        await store.close()


@asynccontextmanager
async def composed(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    patience: Patience | None = None,
    in_time: timedelta = IN_TIME,
    works: bool = False,
) -> AsyncIterator[Starlette]:
    """The web application, everything it needs being open; what it acknowledged is finished before it closes.

    What is answered `in_time` is in the HTTP answer. Where it `works`, it does what is scheduled too if all is kept in
    an SQLite file, which is for one process.
    Raises ValueError where something is `missing`, SchemaMismatchError, StoreUnavailable.
    """
    if missing(settings):
        raise ValueError("\n".join(missing(settings)))
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(assembled(settings, clock=clock, patience=patience))
        store, tenants, names, connections = parts.store, parts.tenants, parts.names, parts.connections
        registry = CollectorRegistry()
        dispatcher = Dispatcher(
            handlers.ROUTES,
            names=names,
            store=store,
            slack=parts.slack,
            tenants=tenants,
            people=People(store, parts.slack, monotonic=time.monotonic),
            connections=connections,
            prompt=handlers.connect.prompt,
            refused=handlers.connect.refused,
            is_admin=is_admin,
            changed=handlers.home.changed,
            metrics=Metrics(registry),
            clock=clock,
            in_time=in_time,
        )
        stack.push_async_callback(dispatcher.drain, DRAINING)

        async def deliver(account: Account, message: Message) -> str | None:
            return await dispatcher.notify(account.tenant_id, account.user_id, message)

        if settings.slack_app_token:
            app_token = settings.slack_app_token.get_secret_value()
            await stack.enter_async_context(
                socket_mode.connected(dispatcher, app_token=app_token, url=settings.slack_api_url)
            )

        pages = ConnectPage(store, connections, deliver, _form_key(settings), clock, names).routes()
        pages += TogglWebhooks(store, clock).routes()
        if parts.oauth is not None and settings.public_url:

            async def greet(installation: Installation, message: Message) -> str | None:
                return await dispatcher.notify(installation.tenant_id, installation.installer_user_id or "", message)

            authorize_url = urljoin(settings.slack_api_url, "../oauth/v2/authorize")
            pages += InstallPage(
                store, parts.oauth, authorize_url, settings.public_url, SCOPES, greet, tenants.forget, clock, names
            ).routes()
        if works and on_sqlite(settings):
            await stack.enter_async_context(beside(parts, registry))
        tidying = asyncio.create_task(_keep_tidy(store, clock))
        stack.callback(tidying.cancel)
        signing_secret = _signing_secret(settings)
        yield create_app(
            create_bolt(dispatcher, signing_secret=signing_secret),
            signing_secret=signing_secret,
            pages=pages,
            checks={"database": store.check, "keys": partial(check_keys, store)},
            registry=registry,
        )


async def _keep_tidy(store: Store, clock: Clock) -> None:
    """Delete what is over, every few minutes: expired links and what was entered there, old undo steps, seen events."""
    while True:
        try:
            await prune(store, now=clock())
        except StoreUnavailable as error:
            structlog.get_logger("bot").warning("not_tidied", error=type(error).__name__)
        await asyncio.sleep(TIDYING.total_seconds())


def _signing_secret(settings: Settings) -> str:
    """Slack's signing secret; in Socket Mode, where nothing from Slack comes over HTTP, one that nobody knows."""
    return settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else secrets.token_hex()


def _form_key(settings: Settings) -> bytes:
    """What signs the connect page's forms: the same in every process that shares the encryption key."""
    return hmac.digest(settings.encryption_keys[0].get_secret_value().encode(), b"connect page", hashlib.sha256)
