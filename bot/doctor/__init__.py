"""Looks an installation over: what works, what does not, and what to do about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from bot.app import missing
from bot.dispatcher.slack import Slack, open_session
from bot.doctor import addresses, slack, storage
from bot.doctor.finding import Finding, State
from bot.settings import LOOPBACK, Settings

__all__ = ["Finding", "State", "examine"]


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Every finding, as soon as it is known. Nothing is changed anywhere."""
    for finding in _settings(settings):
        yield finding
    async for finding in storage.database(settings):
        yield finding
    async with open_session() as session:
        async for finding in slack.app(settings, Slack(session, settings.slack_api_url)):
            yield finding
        yield await addresses.clock(session, settings)
        async for finding in addresses.reached(session, settings):
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
