"""Entries by day, newest first, in pages that fit a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.days import day_bounds, today, total
from bot.domain.entry_details import Details

PER_PAGE = 20
"""Entries on a page: a day of its own for each, with the frame around them, makes 45 of Slack's 50 blocks."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's entries on a page. `total` is the activity of the whole day, wherever its entries are shown."""

    day: date
    total: timedelta
    entries: tuple[Details, ...]
    continued: bool = False
    """Whether the page before shows entries of the same day."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page, counted from 1, of `pages`; `total` is the activity in all `count` entries."""

    days: tuple[Day, ...]
    page: int
    pages: int
    count: int
    total: timedelta


def page_of(entries: Iterable[Details], *, page: int, zone: ZoneInfo, now: datetime) -> EntryPage:
    """Page `page` of `entries`, newest first; the nearest one there is. An entry belongs to the day it started on."""
    newest = sorted(entries, key=lambda entry: (entry.start, entry.id), reverse=True)
    pages = max(1, -(-len(newest) // PER_PAGE))
    page = min(max(1, page), pages)
    first = (page - 1) * PER_PAGE
    shown = newest[first : first + PER_PAGE]
    before = today(newest[first - 1].start, zone) if first else None
    days = tuple(
        Day(day, _day_total(newest, day, zone, now), tuple(group), continued=day == before)
        for day, group in groupby(shown, key=lambda entry: today(entry.start, zone))
    )
    lengths = (entry.entry.elapsed(now) for entry in newest if entry.type == "activity")
    return EntryPage(days, page, pages, len(newest), sum(lengths, timedelta()))


def _day_total(entries: Sequence[Details], day: date, zone: ZoneInfo, now: datetime) -> timedelta:
    bounds = day_bounds(day, zone)
    near = (entry.entry for entry in entries if entry.start < bounds[1])
    return total(near, bounds, now=now)
