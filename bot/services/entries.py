"""The person's recent entries, newest first: the client keeps them for a minute and true to what the bot changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.tracking import Entry
from bot.services.context import Context
from bot.toggl import models
from bot.toggl.paging import LARGEST_PAGE
from bot.toggl.recent import DAYS

LONGEST = timedelta(days=1)
"""An entry that started earlier does not reach into a day: Toggl lists entries by their start."""
MOST = 1000


async def read(context: Context) -> tuple[Entry, ...]:
    """The newest 100 entries of the last 14 days, the running one included. At most one call to Toggl."""
    return _entries((await context.toggl.time_entries.recent()).data)


async def read_afresh(context: Context) -> tuple[Entry, ...]:
    """The same, always from Toggl: before something is changed that may have changed elsewhere."""
    return _entries((await context.toggl.time_entries.recent(afresh=True)).data)


def known(context: Context) -> tuple[Entry, ...] | None:
    """What is kept of them, without a call; None where nothing is."""
    page = context.toggl.time_entries.known_recent()
    return _entries(page.data) if page else None


async def between(context: Context, start: datetime, end: datetime) -> tuple[Entry, ...]:
    """The entries with a moment between `start` and `end` (aware), as kept for a minute. At most two calls to Toggl."""
    recent = await context.toggl.time_entries.recent()
    since = start - LONGEST
    oldest = recent.data[-1].start if len(recent.data) >= LARGEST_PAGE else context.now - DAYS
    if oldest is None or since < oldest:
        whole = await context.toggl.time_entries.whole(date_from=since, date_to=end, most=MOST)
        found = _entries(whole.data)
    else:
        found = _entries(recent.data)
    return tuple(entry for entry in found if entry.started_at < end and (entry.ended_at or context.now) > start)


def running(entries: Iterable[Entry] | None) -> Entry | None:
    """The one among `entries` whose timer runs."""
    return next((entry for entry in entries or () if entry.running), None)


def _entries(answers: Iterable[models.TimeEntry]) -> tuple[Entry, ...]:
    there = (entry for entry in answers if entry.deleted_at is None)
    return tuple(entry for entry in map(Entry.of, there) if entry)
