"""`POST /slack/events`: everything that Slack sends over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.dispatcher import failures
from bot.dispatcher.bolt import UNAVAILABLE
from bot.web.guard import BAD_REQUEST, Receive, RejectedError, Scope, known_headers, read_body, read_request

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SERVER_ERROR = 500
PLAIN = b"text/plain; charset=utf-8"


class SlackEvents:
    """An ASGI application in front of Bolt. It answers 200, 400, 401, 408 or 413, whatever comes.

    Only an event that cannot be noted while the database is away gets a 503: Slack sends it again.
    """

    def __init__(self, bolt: AsyncApp, *, signing_secret: str) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret)
        self._log = structlog.get_logger("bot")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            body = await read_body(scope, receive)
            request = read_request(known_headers(scope), body, self._verifier)
            answer = await self._bolt.async_dispatch(request)
            status, text = answer.status, answer.body
            content_type = answer.headers["content-type"][0].encode()
            if status >= SERVER_ERROR and status != UNAVAILABLE:
                # Bolt caught what no handler raises, and logged it: the request is one it could not read.
                status, text, content_type = BAD_REQUEST, "", PLAIN
        except RejectedError as rejected:
            self._log.info("request_rejected", status=rejected.status, reason=rejected.reason)
            status, text, content_type = rejected.status, rejected.reason, PLAIN
        except Exception as error:  # noqa: BLE001 (whatever it was, the sender gets no 500 to try again on)
            failures.report(error, kind="http")
            status, text, content_type = BAD_REQUEST, "", PLAIN
        written = text.encode()
        headers = [(b"content-type", content_type), (b"content-length", str(len(written)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": written})
