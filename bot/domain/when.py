"""What moment people mean by `9:15`, `25m ago`, `yesterday 16:00` or `since last`, in their own time zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from bot.domain import phrases
from bot.domain.calendar_days import Day, calendar_day
from bot.domain.clocks import Change, Placed, place
from bot.domain.moment_phrases import Phrase, Point, moment_phrase
from bot.domain.not_understood import InTheFuture, InThePast, NotUnderstood, TimeMissing
from bot.i18n import N_

__all__ = [
    "Assumed",
    "InTheFuture",
    "InThePast",
    "NotUnderstood",
    "TimeMissing",
    "When",
    "parse_when",
    "split_when",
]

_NEAR = timedelta(hours=12)
"""A time of day without a day is at most this far away: beyond, the other side of now is nearer."""

_GRACE = timedelta(minutes=1)
"""So far a person's watch may be ahead of ours; what it shows is then taken as now."""

_FARTHEST = timedelta(days=366)


class Assumed(Enum):
    """What was decided for a person and is worth saying back; the value is the sentence for it.

    The sentences have the places `{said}` and `{at}`.
    """

    DAY = N_("I read “{said}” as {at}.")
    YEAR = N_("I read “{said}” as {at}, the most recent one.")
    SKIPPED = N_("The clocks went forward and skipped “{said}” that day, so I took the moment right after: {at}.")
    EARLIER = N_("The clocks went back that day and showed “{said}” twice. I took the first time.")
    LATER = N_("The clocks went back that day and showed “{said}” twice. I took the second time.")


@dataclass(frozen=True, slots=True)
class When:
    """A moment as a person said it. `at` is aware (UTC); None where `since_last`.

    `since_last` means where the last entry ended. `said` are the words it was read from.
    """

    at: datetime | None
    since_last: bool = False
    said: str = ""
    assumed: tuple[Assumed, ...] = ()


def parse_when(text: str, *, now: datetime, zone: ZoneInfo, ahead: bool = False) -> When:
    """The moment that all of `text` means to a person in `zone` at `now` (aware).

    A time of day alone is the last time the clocks showed it, yesterday's only within 12 hours. With `ahead` a time is
    looked for after `now` instead. Raises NotUnderstood, TimeMissing (a day alone), InTheFuture or else InThePast.
    """
    found = phrases.read(text, moment_phrase)
    if found is None:
        raise TimeMissing(text) if phrases.read(text, calendar_day) else NotUnderstood(text)
    return _resolve(found, text.strip(), now.astimezone(UTC), zone, ahead=ahead)


def split_when(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[str, When | None]:
    """`text` without the time at its end, and that time; (`text`, None) where it ends with none.

    Only what cannot be anything else is taken for a time: `Sprint 12` and `Version 1.5` are whole names, and so is
    everything within quotation marks (which stay). Raises InTheFuture for a time to come.
    """
    found = phrases.split_tail(text, moment_phrase)
    if found is None:
        return text.strip(), None
    rest, said, phrase = found
    return rest.strip(), _resolve(phrase, said, now.astimezone(UTC), zone, ahead=False)


def _resolve(phrase: Phrase, said: str, now: datetime, zone: ZoneInfo, *, ahead: bool) -> When:
    if phrase.since_last:
        return When(None, since_last=True, said=said)
    if phrase.point:
        return _at_point(phrase.point, said, now, zone, ahead=ahead)
    ago = phrase.ago or timedelta()
    if abs(ago) > _FARTHEST:
        raise NotUnderstood(said)
    if ago and (ago < timedelta()) != ahead:
        raise InThePast(said) if ahead else InTheFuture(said)
    return When(now - ago, said=said)


def _at_point(point: Point, said: str, now: datetime, zone: ZoneInfo, *, ahead: bool) -> When:
    today = now.astimezone(zone).date()
    for day in _dates(point.day, today, ahead=ahead):
        placed = place(datetime.combine(day, time()) + timedelta(seconds=point.seconds), zone)
        at = _nearest(placed.moments, now, ahead=ahead)
        if at is not None and (point.day or abs(at - now) <= _NEAR or day == today):
            assumed = tuple(_assumed(point.day, day, today, placed, at))
            return When(at if ahead else min(at, now), said=said, assumed=assumed)
    raise InThePast(said) if ahead else InTheFuture(said)


def _dates(day: Day | None, today: date, *, ahead: bool) -> tuple[date, ...]:
    if day is None:
        return (today, today + timedelta(days=1 if ahead else -1))
    return tuple(day.dates(today, ahead=ahead))


def _nearest(moments: tuple[datetime, ...], now: datetime, *, ahead: bool) -> datetime | None:
    """The one of `moments` (ascending) that is nearest to `now` on the wanted side."""
    if ahead:
        return next((moment for moment in moments if moment >= now), None)
    return next((moment for moment in reversed(moments) if moment <= now + _GRACE), None)


def _assumed(told: Day | None, day: date, today: date, placed: Placed, at: datetime) -> Iterator[Assumed]:
    if told is None and day != today:
        yield Assumed.DAY
    if told is not None and told.month is not None and told.year is None and day.year != today.year:
        yield Assumed.YEAR
    if placed.change is Change.SKIPPED:
        yield Assumed.SKIPPED
    if placed.change is Change.REPEATED:
        yield Assumed.EARLIER if at == placed.moments[0] else Assumed.LATER
