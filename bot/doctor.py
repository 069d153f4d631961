"""Looks an installation over: what works, what does not, and what to do about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

import aiohttp
from sqlalchemy import make_url

from bot.app import missing
from bot.clock import utc_now
from bot.dispatcher.scopes import SCOPES
from bot.dispatcher.slack import Slack, SlackError, open_session
from bot.parts import open_store
from bot.settings import LOOPBACK, Settings
from bot.store import KeyLost, SchemaMismatchError, Store, StoreUnavailable, check_keys, workers

SKEW = timedelta(minutes=1)
"""How far the clock may be off: Slack's requests are refused beyond five minutes."""
OTHER_TOKENS = ("xoxe.", "xoxe-", "xoxp-", "xapp-")
"""How tokens begin that are not for SLACK_BOT_TOKEN: rotated ones, a person's, Socket Mode's."""
SEEN_WITHIN = timedelta(minutes=1)
"""How long ago a worker that lives showed itself at most."""
HTTP_OK = 200
SERVER_ERROR = 500


class State(StrEnum):
    """How one thing is."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what it is, how it is, and the next step where there is one."""

    subject: str
    state: State
    said: str
    step: str = ""

    def __str__(self) -> str:
        lines = [f"{self.state.value:>5}  {self.subject}: {self.said}"]
        return "\n".join([*lines, *([f"       → {self.step}"] if self.step else [])])


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Every finding, as soon as it is known. Nothing is changed anywhere."""
    for finding in _settings(settings):
        yield finding
    async for finding in _database(settings):
        yield finding
    async with open_session() as session:
        async for finding in _slack(settings, Slack(session, settings.slack_api_url)):
            yield finding
        yield await _clock(session, settings)
        async for finding in _addresses(session, settings):
            yield finding


def _settings(settings: Settings) -> list[Finding]:
    lacking = [Finding("Settings", State.BAD, "not set", sentence) for sentence in missing(settings)]
    found = lacking or [Finding("Settings", State.GOOD, "everything that is needed is set")]
    if not settings.public_url:
        step = (
            "Set PUBLIC_URL to the https address of this bot, so that credentials are typed on a page that masks them."
        )
        found.append(Finding("Connect page", State.NOTE, "off: a modal in Slack asks for credentials, unmasked", step))
    elif urlsplit(settings.public_url).hostname in LOOPBACK:
        found.append(
            Finding("Connect page", State.NOTE, "its address is this machine's own: nobody else can open it",
                    "Set PUBLIC_URL to an address that people's browsers reach.")
        )  # fmt: skip
    if settings.slack_app_token:
        found.append(
            Finding("Socket Mode", State.NOTE, "on: good for development; Slack recommends HTTP for production")
        )
    return found


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    backend = make_url(settings.database_url).get_backend_name()
    name = "PostgreSQL" if backend == "postgresql" else "SQLite: one process only"
    if not settings.encryption_keys:
        yield Finding("Database", State.NOTE, "not looked at without ENCRYPTION_KEYS")
        return
    store = open_store(settings)
    try:
        await store.open()
        yield Finding("Database", State.GOOD, name)
        await check_keys(store)
        yield Finding("Encryption keys", State.GOOD, "what is stored can be read")
        yield await _workers(store, backend)
    except SchemaMismatchError as error:
        fix = "python -m bot migrate" if backend == "postgresql" else "python -m bot serve, which migrates the file"
        yield Finding("Database", State.BAD, str(error), f"Run: {fix}")
    except StoreUnavailable:
        step = (
            "Is it running, and is DATABASE_URL right? The address is not repeated here because it may hold a password."
        )
        yield Finding("Database", State.BAD, "out of reach", step)
    except KeyLost:
        yield Finding(
            "Encryption keys",
            State.BAD,
            "what is stored cannot be read with any of ENCRYPTION_KEYS",
            "Put the key that it was stored with back, behind the new one and a comma. "
            "If it is lost for good, people have to connect again.",
        )
    finally:
        await store.close()


async def _workers(store: Store, backend: str) -> Finding:
    """Who does what is scheduled."""
    if backend == "sqlite":
        return Finding("Scheduled work", State.GOOD, "done by `serve` itself")
    async with store.reading() as db:
        alive = [worker for worker in await workers.everyone(db) if utc_now() - worker.seen_at < SEEN_WITHIN]
    if alive:
        return Finding("Scheduled work", State.GOOD, f"workers: {len(alive)}")
    step = "Start `python -m bot worker`: without one there are no reminders, statistics and project updates."
    return Finding("Scheduled work", State.NOTE, "no worker runs", step)


async def _slack(settings: Settings, slack: Slack) -> AsyncIterator[Finding]:
    if settings.slack_bot_token:
        token = settings.slack_bot_token.get_secret_value()
        if token.startswith(OTHER_TOKENS):
            step = (
                "Take the one that begins with xoxb- from “OAuth & Permissions”. Where the app rotates its tokens "
                "there is none: set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL in its place, and open "
                "PUBLIC_URL/slack/install."
            )
            yield Finding("Slack token", State.BAD, "SLACK_BOT_TOKEN is not the bot's, or ends within hours", step)
        try:
            known = await slack.introduce(token)
        except SlackError as error:
            yield Finding("Slack", State.BAD, f"auth.test says {error.code}", _slack_step(error))
            return
        yield Finding("Slack", State.GOOD, f"@{known.bot} in {known.team}")
        lacking = sorted(SCOPES.keys() - known.scopes) if known.scopes else []
        if lacking:
            step = "Update the app from manifest.yml, then reinstall it under “OAuth & Permissions”."
            yield Finding("Slack scopes", State.BAD, "missing: " + ", ".join(lacking), step)
        elif known.scopes:
            yield Finding("Slack scopes", State.GOOD, "all there")
        idle = sorted(known.scopes - SCOPES.keys())
        if idle:
            yield Finding("Slack scopes", State.NOTE, "not needed by this version: " + ", ".join(idle))
    elif settings.slack_client_id and settings.public_url:
        yield Finding("Slack", State.NOTE, f"many workspaces; they install it at {settings.public_url}/slack/install")
    if settings.slack_app_token:
        try:
            await slack.find_socket(settings.slack_app_token.get_secret_value())
            yield Finding("Socket Mode", State.GOOD, "Slack gives a connection")
        except SlackError as error:
            step = "Turn Socket Mode on in the app's settings, and take an app-level token with connections:write."
            yield Finding("Socket Mode", State.BAD, f"apps.connections.open says {error.code}", step)


def _slack_step(error: SlackError) -> str:
    if error.code in {"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired"}:
        return "Take the bot token again from “OAuth & Permissions” of your Slack app, and set SLACK_BOT_TOKEN."
    return "Does this machine reach slack.com over https? A proxy or a firewall may be in the way."


async def _clock(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    try:
        async with session.get(settings.slack_api_url + "api.test") as answer:
            told = parsedate_to_datetime(answer.headers["date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding("Clock", State.NOTE, "could not be compared with Slack's")
    off = abs(datetime.now(UTC) - told)
    if off > SKEW:
        step = "Let it be set by NTP: Slack's requests are refused when they look older than five minutes."
        return Finding("Clock", State.BAD, f"{off.total_seconds():.0f} s away from Slack's", step)
    return Finding("Clock", State.GOOD, "agrees with Slack's")


async def _addresses(session: aiohttp.ClientSession, settings: Settings) -> AsyncIterator[Finding]:
    if settings.public_url:
        status = await _status(session, settings.public_url + "/healthz")
        if status == HTTP_OK:
            yield Finding("Public address", State.GOOD, settings.public_url)
        else:
            step = "Start `python -m bot serve` behind the proxy that answers this address, and look again."
            yield Finding("Public address", State.BAD, f"{settings.public_url} answers {status or 'nothing'}", step)
    for name, url in _toggl(settings).items():
        status = await _status(session, url)
        if status and status < SERVER_ERROR:
            yield Finding(name, State.GOOD, f"{urlsplit(url).hostname} answers")
        else:
            step = "Does this machine reach it over https? A proxy or a firewall may be in the way."
            yield Finding(name, State.BAD, f"{urlsplit(url).hostname} answers {status or 'nothing'}", step)


def _toggl(settings: Settings) -> Mapping[str, str]:
    return {"Toggl Focus": settings.toggl_focus_url, "Toggl Track": settings.toggl_track_url + "/me"}


async def _status(session: aiohttp.ClientSession, url: str) -> int | None:
    """The status of a GET, None where nothing answers."""
    try:
        async with session.get(url, allow_redirects=False) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return None
