"""One's own entries, kept for a minute: of the last two weeks and of the periods looked at, true to one's changes."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from datetime import timedelta

import msgspec

from bot.toggl.cache import RECENT
from bot.toggl.models.page import Page
from bot.toggl.models.time_entries import TimeEntry
from bot.toggl.operations import LIST_TIME_ENTRIES
from bot.toggl.paging import LARGEST_PAGE
from bot.toggl.scope import Scope

DAYS = timedelta(days=14)
AHEAD = timedelta(days=1)  # An entry may have been planned or started a little ahead.
_KIND = "recent"
_PERIOD = "period"


def recent_key(scope: Scope) -> tuple[str | int | None, ...]:
    """Where the recent entries are kept."""
    return (*scope.key(LIST_TIME_ENTRIES), _KIND)


def period_key(scope: Scope, *period: str | int | None) -> tuple[str | int | None, ...]:
    """Where the entries of a period are kept."""
    return (*scope.key(LIST_TIME_ENTRIES), _PERIOD, *period)


async def whole(
    scope: Scope,
    key: tuple[str | int | None, ...],
    first: Callable[[], Awaitable[Page[TimeEntry]]],
    rest: Callable[[], AsyncGenerator[TimeEntry, None]],
    *,
    most: int,
    afresh: bool,
) -> Page[TimeEntry]:
    """At most `most` entries: those of the `first` page, or of `rest` where that page is full; kept for a minute.

    `total` is None where there may be more.
    """

    async def load() -> Page[TimeEntry]:
        page = await first()
        if len(page.data) < LARGEST_PAGE:
            return msgspec.structs.replace(page, total=len(page.data))
        found: list[TimeEntry] = []
        async with aclosing(rest()) as listed:
            async for entry in listed:
                if len(found) == most:
                    return Page(data=tuple(found))
                found.append(entry)
        return Page(data=tuple(found), total=len(found))

    if afresh:
        scope.cache.drop(*key)
    return await scope.cache.get(key, RECENT, load)


def remember(scope: Scope, entry: TimeEntry) -> None:
    """Put `entry` as Toggl just gave it into the recent entries, if they are kept; newest start first.

    Toggl embeds no task in it: the task is taken over from an entry of the same task. Periods are forgotten.
    """
    scope.cache.drop(*period_key(scope))
    scope.cache.change(recent_key(scope), lambda page: _with(page, entry))


@contextmanager
def settling(scope: Scope) -> Iterator[None]:
    """Around a change: if it fails, or nobody waits for it any more, what came of it is unknown and nothing is kept."""
    try:
        yield
    except BaseException:
        forget(scope)
        raise


def forget(scope: Scope) -> None:
    """Drop what is kept of entries: something changed whose result did not come back."""
    scope.drop(LIST_TIME_ENTRIES)


def _with(page: Page[TimeEntry], entry: TimeEntry) -> Page[TimeEntry] | None:
    if entry.running and any(other.running and other.id != entry.id for other in page.data):
        return None  # Toggl has stopped the other one by itself, and its end is not known here.
    if entry.task is None and entry.task_id is not None:
        task = next((other.task for other in page.data if other.task_id == entry.task_id and other.task), None)
        entry = msgspec.structs.replace(entry, task=task)
    others = (other for other in page.data if other.id != entry.id)
    newest_first = sorted((entry, *others), key=_start, reverse=True)
    return msgspec.structs.replace(page, data=tuple(newest_first))


def _start(entry: TimeEntry) -> float:
    return entry.start.timestamp() if entry.start is not None else 0.0
