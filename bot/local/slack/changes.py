"""Tells whoever listens what changed in the local Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class ChangeKind(StrEnum):
    """What happened."""

    MESSAGE_POSTED = "message_posted"
    MESSAGE_CHANGED = "message_changed"
    MESSAGE_DELETED = "message_deleted"
    VIEW_OPENED = "view_opened"
    VIEW_UPDATED = "view_updated"
    VIEW_CLOSED = "view_closed"
    HOME_PUBLISHED = "home_published"
    UNREAD = "unread"
    CHANNEL_CHANGED = "channel_changed"
    REFUSED = "refused"
    APP_CHANGED = "app_changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `person_id` is the only one concerned, or None when everybody in the channel is."""

    kind: ChangeKind
    person_id: str | None = None
    channel_id: str | None = None
    ts: str | None = None
    view_id: str | None = None
    number: int = 0


class Subscription:
    """Every change from the moment of subscribing, as an async iterator. Close it, or use it with `async with`."""

    def __init__(self, close: Callable[[Subscription], None]) -> None:
        self._close = close
        self._queue: asyncio.Queue[Change | None] = asyncio.Queue()

    def put(self, change: Change) -> None:
        """Add `change` to what the listener will read."""
        self._queue.put_nowait(change)

    def skip(self) -> None:
        """Take what waits as read, but for the end."""
        while not self._queue.empty():
            if self._queue.get_nowait() is None:
                self.end()
                return

    def close(self) -> None:
        """Stop listening."""
        self._close(self)

    def end(self) -> None:
        """Let the listener's loop end after what it was told so far."""
        self._queue.put_nowait(None)

    def __aiter__(self) -> AsyncIterator[Change]:
        return self

    async def __anext__(self) -> Change:
        change = await self._queue.get()
        if change is None:
            raise StopAsyncIteration
        return change

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class Changes:
    """The feed: `announce` on one side, `subscribe` and `until` on the other."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self._number = 0

    def announce(
        self,
        kind: ChangeKind,
        *,
        person_id: str | None = None,
        channel_id: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
    ) -> None:
        """Tell every listener."""
        self._number += 1
        change = Change(kind, person_id, channel_id, ts, view_id, self._number)
        for subscription in self._subscriptions:
            subscription.put(change)

    def subscribe(self) -> Subscription:
        """Listen from now on."""
        subscription = Subscription(self._subscriptions.discard)
        self._subscriptions.add(subscription)
        return subscription

    def end(self) -> None:
        """Let every listener's loop end: the server is about to."""
        for subscription in self._subscriptions:
            subscription.end()

    async def until(self, find: Callable[[], T], *, timeout: float = 30.0) -> T:  # noqa: ASYNC109 (one wait, one number)
        """The first truthy answer of `find`, asked now and after every change.

        Raises TimeoutError after `timeout` seconds.
        """
        async with self.subscribe() as subscription, asyncio.timeout(timeout):
            while not (found := find()):
                await anext(subscription)
            return found
