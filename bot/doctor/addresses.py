"""What is reached over HTTP: the bot itself, from outside, and Toggl; and whether the clock agrees with Slack's."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.doctor.finding import Finding, State
from bot.settings import Settings

SKEW = timedelta(minutes=1)
"""How far the clock may be off: Slack's requests are refused beyond five minutes."""
HTTP_OK, UNAUTHORIZED, SERVER_ERROR = 200, 401, 500
EVENTS = "/slack/events"
REACH = "Does this machine reach it over https? A proxy or a firewall may be in the way."


async def clock(session: aiohttp.ClientSession, settings: Settings) -> Finding:
    """How far the clock is off."""
    try:
        async with session.get(settings.slack_api_url + "api.test") as answer:
            told = parsedate_to_datetime(answer.headers["date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding("Clock", State.NOTE, "could not be compared with Slack's")
    off = abs(datetime.now(UTC) - told)
    if off > SKEW:
        step = "Set it with NTP: Slack's requests are refused if they look more than five minutes old."
        return Finding("Clock", State.BAD, f"{off.total_seconds():.0f} s away from Slack's", step)
    return Finding("Clock", State.GOOD, "agrees with Slack's")


async def reached(session: aiohttp.ClientSession, settings: Settings) -> AsyncIterator[Finding]:
    """The bot's own address, and Toggl's."""
    if settings.public_url:
        yield await _own(session, settings, settings.public_url)
    for name, url in _toggl(settings).items():
        status = await _status(session, url)
        if status and status < SERVER_ERROR:
            yield Finding(name, State.GOOD, f"{urlsplit(url).hostname} answers")
        else:
            yield Finding(name, State.BAD, f"{urlsplit(url).hostname} answers {status or 'nothing'}", REACH)


async def _own(session: aiohttp.ClientSession, settings: Settings, url: str) -> Finding:
    """Whether it is this bot that answers there: Slack's own question when it verifies an address, signed by us."""
    secret = settings.slack_signing_secret
    if secret is None:  # Socket Mode: only browsers come there
        status, echoed = await _status(session, url + "/healthz"), True
    else:
        status, echoed = await _verified(session, url + EVENTS, secret.get_secret_value())
    if status == HTTP_OK and echoed:
        return Finding("Public address", State.GOOD, url)
    if status == UNAUTHORIZED:
        step = (
            "Restart what runs there with the SLACK_SIGNING_SECRET that is set here, once you have compared it with "
            "“Basic Information”, “App Credentials”; or its clock is off."
        )
        said = f"{url}{EVENTS} refuses what is signed with SLACK_SIGNING_SECRET"
        return Finding("Public address", State.BAD, said, step)
    if status == HTTP_OK:
        step = f"Let the proxy there pass {EVENTS} on to `python -m bot serve`, unchanged, then run this again."
        return Finding("Public address", State.BAD, f"something else answers at {url}{EVENTS}", step)
    step = "Start `python -m bot serve` behind the proxy that answers this address, then run this again."
    return Finding("Public address", State.BAD, f"{url} answers {status or 'nothing'}", step)


async def _verified(session: aiohttp.ClientSession, url: str, secret: str) -> tuple[int | None, bool]:
    """The status of the answer, None where there is none, and whether it is the bot's."""
    challenge = secrets.token_hex()
    body = json.dumps({"type": "url_verification", "challenge": challenge})
    timestamp = str(int(datetime.now(UTC).timestamp()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature or "",
    }
    try:
        async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
            return answer.status, challenge in (await answer.text(errors="replace"))
    except (aiohttp.ClientError, TimeoutError):
        return None, False


def _toggl(settings: Settings) -> Mapping[str, str]:
    return {"Toggl Focus": settings.toggl_focus_url, "Toggl Track": settings.toggl_track_url + "/me"}


async def _status(session: aiohttp.ClientSession, url: str) -> int | None:
    """The status of a GET, None where nothing answers."""
    try:
        async with session.get(url, allow_redirects=False) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return None
