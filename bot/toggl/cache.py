"""Answers kept for a stated time, each fetched once however many ask: a bounded async cache with single flight."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from bot.clock import utc_now

# What others change in Toggl itself shows after at most these. Long enough that the pickers of a working day fit into
# 30 calls an hour, short enough that a colleague's new task appears within one coffee.
LISTS = timedelta(minutes=10)
# A workspace's rules change about never, and Toggl still refuses what breaks them.
RULES = timedelta(hours=1)
# One's own entries also change in Toggl's own apps: only long enough for one conversation with the bot.
RECENT = timedelta(seconds=60)

T = TypeVar("T")
Key = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    until: datetime


class Cache:
    """Values by key; a key is a tuple whose beginning (credential, workspace, topic) can be dropped at once."""

    def __init__(self, clock: Callable[[], datetime] = utc_now, *, capacity: int = 5_000) -> None:
        self._clock = clock
        self._capacity = capacity
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._flights: dict[Key, asyncio.Task[Any]] = {}

    async def get(self, key: Key, lifetime: timedelta, load: Callable[[], Awaitable[T]]) -> T:
        """The value of `key`: kept, or from `load`, which runs once for all who ask meanwhile.

        A failure is raised to all of them and not kept. One who stops waiting does not stop the others' flight.
        """
        kept = self._kept.get(key)
        if kept is not None and kept.until > self._clock():
            self._kept.move_to_end(key)
            return cast("T", kept.value)
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.ensure_future(self._fly(key, lifetime, load))
        return cast("T", await asyncio.shield(flight))

    def peek(self, key: Key) -> Any | None:
        """The value of `key` if it is kept, without fetching it."""
        kept = self._kept.get(key)
        return kept.value if kept is not None and kept.until > self._clock() else None

    def drop(self, *beginning: str | int | None) -> None:
        """Forget every key that starts with `beginning`; what is being fetched for it is not kept either."""
        size = len(beginning)
        for key in [key for key in self._kept if key[:size] == beginning]:
            del self._kept[key]
        for key in [key for key in self._flights if key[:size] == beginning]:
            del self._flights[key]

    def change(self, key: Key, change: Callable[[Any], Any]) -> None:
        """Put `change(value)` in the place of a kept value, for the rest of its time; None drops it.

        What is being fetched meanwhile is not kept: it may not know of the change.
        """
        self._flights.pop(key, None)
        kept = self._kept.pop(key, None)
        if kept is not None and kept.until > self._clock() and (value := change(kept.value)) is not None:
            self._keep(key, _Kept(value, kept.until))

    async def _fly(self, key: Key, lifetime: timedelta, load: Callable[[], Awaitable[T]]) -> T:
        flight = asyncio.current_task()
        try:
            value = await load()
            if self._flights.get(key) is flight:
                self._keep(key, _Kept(value, self._clock() + lifetime))
        finally:
            if self._flights.get(key) is flight:
                del self._flights[key]
        return value

    def _keep(self, key: Key, kept: _Kept) -> None:
        self._kept[key] = kept
        self._kept.move_to_end(key)
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
