"""When a call to Slack is made again: where nothing was sent yet, and as long as a 429 asks to wait."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

LONGEST_WAIT = timedelta(seconds=30)  # of what a 429 asks for; longer, and the person has gone
TOO_MANY_REQUESTS = 429


class NotYetSent(AsyncRetryHandler):
    """Try again where no connection came about: then nothing can have been done twice."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 (slack_sdk's signature)
        request: HttpRequest,  # noqa: ARG002 (the same)
        response: HttpResponse | None = None,  # noqa: ARG002 (the same)
        error: Exception | None = None,
    ) -> bool:
        return isinstance(error, aiohttp.ClientConnectorError)


class AskedToWait(AsyncRetryHandler):
    """Wait as long as a 429 asks for, unless that is longer than anybody would wait."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 (slack_sdk's signature)
        request: HttpRequest,  # noqa: ARG002 (the same)
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 (the same)
    ) -> bool:
        return (
            response is not None
            and response.status_code == TOO_MANY_REQUESTS
            and asked(response.headers) <= LONGEST_WAIT
        )

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 (slack_sdk's signature)
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 (the same)
    ) -> None:
        """Sleep, then let the call be made again."""
        state.next_attempt_requested = True
        await asyncio.sleep(asked(response.headers).total_seconds() if response else 0)
        state.increment_current_attempt()


def asked(headers: Mapping[str, Any]) -> timedelta:
    """What `Retry-After` says; a second where it says nothing that can be read."""
    said = next((value for key, value in headers.items() if key.lower() == "retry-after"), "1")
    text = said[0] if isinstance(said, list) else said
    return timedelta(seconds=int(text)) if str(text).isdecimal() else timedelta(seconds=1)
