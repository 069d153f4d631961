"""The person's recent entries, newest first: the client keeps them for a minute and true to what the bot changes."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.tracking import Entry
from bot.services.context import Context
from bot.toggl import models


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


def running(entries: Iterable[Entry] | None) -> Entry | None:
    """The one among `entries` whose timer runs."""
    return next((entry for entry in entries or () if entry.running), None)


def _entries(answers: Iterable[models.TimeEntry]) -> tuple[Entry, ...]:
    there = (entry for entry in answers if entry.deleted_at is None)
    return tuple(entry for entry in map(Entry.of, there) if entry)
