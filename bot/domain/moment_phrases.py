"""The grammar of moments: `now`, `since last`, `25m ago`, `yesterday 16:00`, `9:15 on monday`."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from bot.domain.calendar_days import Day, calendar_day
from bot.domain.lengths import length
from bot.domain.reader import Reader
from bot.domain.times_of_day import DAY, TimeOfDay, named_time, time_of_day
from bot.domain.vocabulary import Role


class Point(NamedTuple):
    """A time of day (seconds after midnight), on a day if one was told."""

    day: Day | None
    seconds: int


class Phrase(NamedTuple):
    """What a phrase says: exactly one of these. `ago` is negative for a time to come."""

    since_last: bool = False
    ago: timedelta | None = None
    point: Point | None = None


def moment_phrase(reader: Reader) -> Phrase | None:
    """A phrase for a moment; a day alone is none."""
    if reader.whole(lambda reader: reader.token(Role.NOW)):
        return Phrase(ago=timedelta())
    if reader.whole(lambda reader: reader.token(Role.SINCE_LAST)):
        return Phrase(since_last=True)
    point = reader.whole(_day_and_time) or reader.whole(_time_and_day)
    if point is not None:
        return Phrase(point=point)
    ago = reader.whole(_ago)  # after the times of day: `since 9:15` is one
    return None if ago is None else Phrase(ago=ago)


def _ago(reader: Reader) -> timedelta | None:
    """How long ago; negative for a time to come."""
    before, ahead = reader.skip(Role.AGO_BEFORE), reader.skip(Role.AHEAD_BEFORE)
    found = length(reader)
    after, later = reader.skip(Role.AGO_AFTER), reader.skip(Role.AHEAD_AFTER)
    reader.skip(Role.AT_AFTER)
    if found is None or (before or after) == (ahead or later):
        return None
    return found if before or after else -found


def _day_and_time(reader: Reader) -> Point | None:
    day = reader.attempt(calendar_day)
    found = (reader.attempt(named_time) if day else None) or time_of_day(reader)
    reader.skip(Role.AT_AFTER)
    return _on(day, found)


def _time_and_day(reader: Reader) -> Point | None:
    found = time_of_day(reader)
    day = calendar_day(reader) if found else None
    return _on(day, found) if day else None


def _on(day: Day | None, found: TimeOfDay | None) -> Point | None:
    return Point(day, found.seconds) if found and found.seconds < DAY else None
