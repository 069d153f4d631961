"""What day people mean by `yesterday`, `mon`, `last friday` or `12 nov`."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import phrases
from bot.domain.calendar_days import Day, calendar_day
from bot.domain.not_understood import InTheFuture


def split_day(text: str, *, now: datetime, zone: ZoneInfo) -> tuple[str, date | None]:
    """`text` without the day at its end, and that day; (`text`, None) where it ends with none. Raises InTheFuture."""
    found = phrases.split_tail(text, calendar_day)
    if found is None:
        return text.strip(), None
    rest, said, day = found
    return rest.strip(), _past_day(day, said, now.astimezone(zone).date())


def _past_day(day: Day, said: str, today: date) -> date:
    found = next((candidate for candidate in day.dates(today, ahead=False) if candidate <= today), None)
    if found is None:
        raise InTheFuture(said)
    return found
