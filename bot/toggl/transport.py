"""The wire: the only module that knows httpx, with the one function that sends a request."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any

import httpx
import stamina

from bot.clock import utc_now
from bot.toggl.calls import Call, Received, unreadable
from bot.toggl.credentials import Credential, find_credential, fingerprint
from bot.toggl.endpoints import Endpoints
from bot.toggl.errors import (
    AnswerLost,
    CredentialMissing,
    NotFound,
    QuotaReserved,
    QuotaSpent,
    RateLimited,
    TogglError,
    Trouble,
    Unavailable,
    UnreadableAnswer,
)
from bot.toggl.operations import Operation, Product
from bot.toggl.quota import TRACK_BURST, TRACK_INTERVAL, Ledger, Quota
from bot.toggl.refusals import quota_of, refusal, unanswered

Http = httpx.AsyncClient
_log = logging.getLogger(__name__)
_LONGEST_REFUSAL = 64 * 1024
TIMEOUT = httpx.Timeout(10, connect=3, pool=5)
"""How many seconds one call may take, to connect, and to wait for its turn to."""


def open_http(**options: Any) -> Http:
    """A client for all of a process's calls, to be closed with `aclose`; `options` are httpx's, for tests."""
    return httpx.AsyncClient(
        **{
            "timeout": TIMEOUT,
            "limits": httpx.Limits(max_connections=100, max_keepalive_connections=50),
            "headers": {"User-Agent": "toggl-slack"},
            "verify": _trusted(),
            **options,
        }
    )


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust, read once: that takes longer than all else that a client needs."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take in all. Seconds; a retry never starts after `total`.

    `courtesy` is how long people wait for what is only nice to know beside what they asked for.
    """

    attempts: int = 3
    total: float = 15.0
    first_pause: float = 0.2
    longest_pause: float = 5.0
    jitter: float = 0.2
    courtesy: float = 1.0


@dataclass(frozen=True, slots=True)
class Identity:
    """A credential in use: its fingerprint, and the header that proves it."""

    mark: str
    authorization: str = field(repr=False)


class Transport:
    """Sends calls with the right credential, within quota and pace, again where that is safe."""

    def __init__(
        self,
        http: Http,
        credentials: Sequence[Credential],
        *,
        endpoints: Endpoints,
        ledger: Ledger,
        patience: Patience,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        changing: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._http = http
        self._endpoints = endpoints
        self._ledger = ledger
        self._patience = patience
        self._identities = {
            product: Identity(fingerprint(found), found.authorization)
            for product in Product
            if (found := find_credential(credentials, product)) is not None
        }
        self._sleep = sleep
        self._changing = changing
        self.now = clock

    def identity(self, operation: Operation) -> Identity:
        """Who calls `operation`. Raises CredentialMissing."""
        found = self._identities.get(operation.product)
        if found is None:
            raise CredentialMissing(Trouble(operation.name), product=operation.product.value)
        return found

    async def call(self, call: Call) -> Received:
        """Send `call` and take the whole answer. Raises TogglError.

        A GET, PUT or DELETE is sent again after any passing trouble, everything else only where Toggl cannot have
        taken it in. A DELETE that finds nothing after an earlier one's answer was lost has succeeded: the earlier one
        did it. What stopped the last attempt says nothing of an earlier one whose answer was lost: then that is raised.
        """
        lost: TogglError | None = None
        try:
            async for attempt in self._attempts(call.operation):
                with attempt:
                    try:
                        return await self._receive(call)
                    except TogglError as error:
                        if lost is not None and isinstance(error, NotFound) and call.operation.method == "DELETE":
                            return Received(call.operation, HTTPStatus.NO_CONTENT, b"")
                        lost = error if error.may_have_had_effect else lost
                        raise
        except (Unavailable, RateLimited, QuotaSpent) as error:
            if lost is None or lost is error:
                raise
            raise lost from error
        raise AssertionError("there is always a first attempt")

    async def stream(self, call: Call) -> AsyncGenerator[bytes, None]:
        """Send `call` (a GET) and give the answer's bytes as they come. Raises TogglError.

        Opening is tried again, reading is not: what was given cannot be taken back.
        """
        response = await self._open(call)
        try:
            with _translated(call.operation):
                async for chunk in response.aiter_bytes():
                    yield chunk
        finally:
            await response.aclose()

    async def quota(self, operation: Operation, organization: str) -> Quota | None:
        """What was last recorded for `operation`'s credential; the hour may be over. Raises CredentialMissing."""
        return await self._ledger.read(f"{self.identity(operation).mark}:{organization}")

    async def _receive(self, call: Call) -> Received:
        response = await self._send(call)
        with _translated(call.operation):
            return Received(call.operation, response.status_code, await response.aread())

    async def _open(self, call: Call) -> httpx.Response:
        async for attempt in self._attempts(call.operation):
            with attempt:
                return await self._send(call)
        raise AssertionError("there is always a first attempt")

    async def _send(self, call: Call) -> httpx.Response:
        """Send one request: the answer's head with a status of 2xx, its body still to be read. Raises TogglError."""
        operation, identity = call.operation, self.identity(call.operation)
        await self._claim(call, identity.mark)
        headers = {"Authorization": identity.authorization, "Accept": "application/json"}
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        request = self._http.build_request(
            operation.method,
            self._endpoints.base(operation) + call.path,
            params=call.query or None,
            content=call.body,
            headers=headers,
        )
        if not operation.reads:
            self._changing(operation.name)
        with _translated(operation):
            response = await self._http.send(request, stream=True)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(response.aclose)
            await self._record(f"{identity.mark}:{call.organization}", response)
            if not response.is_success:
                content = await _first_bytes(response)
                raise refusal(operation, response.status_code, response.headers, content, self.now())
            stack.pop_all()
        return response

    async def _claim(self, call: Call, mark: str) -> None:
        """Wait for a slot in Track's pace. Raises QuotaSpent, QuotaReserved or RateLimited instead of a vain call."""
        now, trouble = self.now(), Trouble(call.operation.name)
        quota = await self.quota(call.operation, call.organization)
        if quota is not None and not quota.allows(call.spending, now=now):
            kind = QuotaSpent if quota.remaining <= 0 else QuotaReserved
            raise kind(trouble, resets_at=quota.resets_at, minutes=quota.minutes(now=now))
        if call.operation.product is not Product.TRACK:
            return
        wait = await self._ledger.reserve(f"{mark}:track", now=now, interval=TRACK_INTERVAL, burst=TRACK_BURST)
        if wait.total_seconds() > self._patience.longest_pause:
            raise RateLimited(trouble, retry_after=wait.total_seconds())
        if wait:
            await self._sleep(wait.total_seconds())

    async def _record(self, key: str, response: httpx.Response) -> None:
        quota = quota_of(response.headers, self.now())
        if quota is None:
            return
        try:
            await self._ledger.record(key, remaining=quota.remaining, resets_at=quota.resets_at)
        except Exception:  # noqa: BLE001 (Toggl has done its part: a store in trouble must not make that look undone)
            _log.exception("the quota of %s could not be recorded", key)

    def _attempts(self, operation: Operation) -> AsyncIterable[stamina.Attempt]:
        patience = self._patience

        def again(error: Exception) -> bool | float:
            if isinstance(error, RateLimited):
                return error.retry_after if error.retry_after <= patience.longest_pause else False
            if isinstance(error, AnswerLost | UnreadableAnswer):
                return operation.repeatable
            return isinstance(error, Unavailable)

        return stamina.retry_context(
            on=again,
            attempts=patience.attempts,
            timeout=patience.total,
            wait_initial=patience.first_pause,
            wait_max=patience.longest_pause,
            wait_jitter=patience.jitter,
        )


@contextmanager
def _translated(operation: Operation) -> Iterator[None]:
    """What httpx raises, as what it means for the person: not sent, sent and unanswered, or unreadable."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        raise Unavailable(Trouble(operation.name, words=type(error).__name__)) from error
    except httpx.TimeoutException as error:
        raise unanswered(operation, ended=False) from error
    except httpx.DecodingError as error:
        raise unreadable(operation, type(error).__name__) from error
    except httpx.RequestError as error:
        raise unanswered(operation, ended=True) from error


async def _first_bytes(response: httpx.Response) -> bytes:
    """The beginning of an error's body; what does not come is not missed, the status says enough."""
    content = b""
    try:
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) >= _LONGEST_REFUSAL:
                break
    except httpx.RequestError as error:
        _log.debug("the body of a refusal ended early: %s", type(error).__name__)
    return content[:_LONGEST_REFUSAL]
