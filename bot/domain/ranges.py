"""From when to when people mean by `9-10:30`, `9:15–10`, `1-5pm` or `22:30-1:15`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain import phrases
from bot.domain.clocks import place
from bot.domain.not_understood import InTheFuture, RangeNotUnderstood
from bot.domain.reader import Reader
from bot.domain.times_of_day import DAY, time_of_day
from bot.domain.vocabulary import Role

__all__ = ["ClockRange", "InTheFuture", "RangeNotUnderstood", "parse_range", "split_range"]

_HALF_DAY = DAY // 2

_LONGEST_NIGHT = 16 * 3600
"""Seconds: beyond, a range over midnight is a slip, such as `9-5` for nine to five in the afternoon."""

_NEAR = timedelta(hours=12)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClockRange:
    """From one time of day to another, in seconds after midnight; `end` is beyond `DAY` where it is the next day's."""

    start: int
    end: int
    said: str

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its two moments (aware, UTC) when it starts on `day` in `zone`.

        Of a time that the clocks showed twice the first is meant (RFC 5545, 3.3.5), for the end the first after the
        start. Raises RangeNotUnderstood where the clocks skipped all of it.
        """
        midnight = datetime.combine(day, time())
        start = place(midnight + timedelta(seconds=self.start), zone).moments[0]
        ends = place(midnight + timedelta(seconds=self.end), zone).moments
        end = next((moment for moment in ends if moment > start), None)
        if end is None:
            raise RangeNotUnderstood(self.said)
        return start, end

    def last(self, *, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Its moments when it was last over before `now` (aware), today or within 12 hours. Raises InTheFuture."""
        today = now.astimezone(zone).date()
        for day in (today, today - _ONE_DAY):
            start, end = self.on(day, zone)
            if end <= now and (day == today or now.astimezone(UTC) - end <= _NEAR):
                return start, end
        raise InTheFuture(self.said)


def parse_range(text: str) -> ClockRange:
    """The range that all of `text` means. Raises RangeNotUnderstood."""
    found = phrases.read(text, _range)
    if found is None:
        raise RangeNotUnderstood(text)
    return ClockRange(*found, text.strip())


def split_range(text: str) -> tuple[str, ClockRange | None]:
    """`text` without the range at its head or else its end, and that range; (`text`, None) where there is none."""
    found = phrases.split_head(text, _range) or phrases.split_tail(text, _range)
    if found is None:
        return text.strip(), None
    rest, said, (start, end) = found
    return rest.strip(), ClockRange(start, end, said)


def _range(reader: Reader) -> tuple[int, int] | None:
    reader.skip(Role.FROM)
    first = time_of_day(reader, told=True)
    if first is None or not (reader.skip(Role.DASH) or reader.skip(Role.TO)):
        return None
    last = time_of_day(reader, told=True)
    reader.skip(Role.TO_AFTER)
    if last is None:
        return None
    start, end = first.seconds, last.seconds
    if last.half and not first.half and start < _HALF_DAY <= end and start + _HALF_DAY < end:
        start += _HALF_DAY  # the `pm` of 1-5pm is also that of the 1
    if end <= start:
        end += DAY
    longest = DAY if end <= DAY else _LONGEST_NIGHT
    return (start, end) if start < DAY and end - start <= longest else None
