"""Sends signed requests to the app and waits as long as Slack waits."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from typing import Literal, Protocol
from urllib.parse import urlencode

import aiohttp

from bot.local.slack.pace import Pace
from bot.local.slack.world import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
TIMED_OUT = "operation_timeout"
FAILED = "dispatch_failed"
"""Nobody answered at all."""
_WORDS = {2: None, 3: "http_client_error", 4: "http_client_error", 5: "http_service_error"}
"""The hundreds of an HTTP status → the word Slack shows."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the app answered. `failure` is the word Slack shows, or None when it acknowledged in time."""

    milliseconds: float
    failure: str | None = None
    status: int = 0
    body: bytes = b""
    content_type: str = ""
    no_retry: bool = False
    """The app asked not to be sent this event again (`x-slack-no-retry: 1`)."""


class Road(Protocol):
    """How requests reach the app: HTTP or Socket Mode."""

    async def send(self, kind: Kind, payload: Json, headers: dict[str, str]) -> Acknowledgement:
        """Deliver once and wait for the acknowledgement. Never raises for what the app does."""


class HttpRoad:
    """Signed POST requests to `{bot_url}/slack/events`."""

    def __init__(self, bot_url: str, signing_secret: str, pace: Pace) -> None:
        self._url = bot_url.rstrip("/") + "/slack/events"
        self._secret = signing_secret.encode()
        self._pace = pace
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the one shared connection pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
            )

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, kind: Kind, payload: Json, headers: dict[str, str]) -> Acknowledgement:
        """Deliver once, encoded as Slack encodes this kind."""
        if kind == "events_api":
            body, content_type = json.dumps(payload).encode(), "application/json"
        else:
            form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, content_type = urlencode(form).encode(), "application/x-www-form-urlencoded"
        return await self.post(body, {"Content-Type": content_type, **headers})

    async def post(self, body: bytes, headers: dict[str, str]) -> Acknowledgement:
        """Sign and send a body as it is."""
        await self.open()
        if self._session is None:  # pragma: no cover (open made it)
            raise RuntimeError("no connection pool")
        # The real time, whatever the world's clock says: the app holds it against its own.
        stamp = str(int(time.time()))
        signature = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        signed = {**headers, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        started = time.perf_counter()

        def spent() -> float:
            return (time.perf_counter() - started) * 1000

        try:
            async with asyncio.timeout(self._pace.acknowledge):
                async with self._session.post(self._url, data=body, headers=signed, allow_redirects=False) as answer:
                    content = await answer.read()
                    return Acknowledgement(
                        spent(),
                        _WORDS.get(answer.status // 100, FAILED),
                        answer.status,
                        content,
                        answer.content_type,
                        answer.headers.get("X-Slack-No-Retry") == "1",
                    )
        except TimeoutError:
            return Acknowledgement(spent(), TIMED_OUT)
        except aiohttp.ClientError:
            return Acknowledgement(spent(), FAILED)
