"""A day in a person's time zone, and what was tracked on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.clocks import place

Bounds = tuple[datetime, datetime]
"""From the first moment to the one after the last, both aware."""

BREAK = "break"
"""The `type` of a time entry that is no activity."""


class Tracked(Protocol):
    """What a total needs to know of a time entry. `length` is None while its timer runs."""

    @property
    def started_at(self) -> datetime:
        """When it started (aware)."""

    @property
    def length(self) -> timedelta | None:
        """How long it took."""

    @property
    def type(self) -> str:
        """`activity` or `break`."""


def today(now: datetime, zone: ZoneInfo) -> date:
    """The day that `now` (aware) falls on in `zone`."""
    return now.astimezone(zone).date()


def day_bounds(day: date, zone: ZoneInfo) -> Bounds:
    """The first moment (UTC) of `day` in `zone` and of the next day: 23, 24 or 25 hours apart, as the clocks went.

    A day that the zone left out altogether (30 December 2011 in Samoa) is empty: both are the same moment.
    """
    return _start_of(day, zone), _start_of(day + timedelta(days=1), zone)


def total(entries: Iterable[Tracked], bounds: Bounds, *, now: datetime) -> timedelta:
    """The activity in `entries` within `bounds`, clipped to them; a running entry counts until `now` (aware)."""
    return _sum((entry for entry in entries if entry.type != BREAK), bounds, now)


def breaks(entries: Iterable[Tracked], bounds: Bounds, *, now: datetime) -> timedelta:
    """The breaks in `entries` within `bounds`, by the rules of `total`."""
    return _sum((entry for entry in entries if entry.type == BREAK), bounds, now)


def _sum(entries: Iterable[Tracked], bounds: Bounds, now: datetime) -> timedelta:
    # Datetimes of one zone are subtracted by what the clocks show, which is wrong where those were changed.
    start, end = (bound.astimezone(UTC) for bound in bounds)
    return sum((_within(entry, start, end, now.astimezone(UTC)) for entry in entries), timedelta())


def _within(entry: Tracked, start: datetime, end: datetime, now: datetime) -> timedelta:
    began = entry.started_at.astimezone(UTC)
    ended = now if entry.length is None else began + entry.length
    return max(timedelta(), min(ended, end) - max(began, start))


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    return place(datetime.combine(day, time()), zone).moments[0]
