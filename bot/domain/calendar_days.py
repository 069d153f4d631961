"""The grammar of days: `yesterday`, `2 days ago`, `mon`, `last friday`, `12 nov`, `nov 12`, `2026-11-12`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.reader import Reader
from bot.domain.scanning import FIRST_YEAR, LAST_YEAR
from bot.domain.vocabulary import Role

_WEEK = 7
_YEARS_TRIED = 9  # a 29 February comes within eight years
_LEAP_DAY = date(2000, 2, 29)
_FARTHEST = 3660
"""Days: nobody tracks time ten years back, and no number overflows a date."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was told: so many days from today (`offset`), or a `weekday`, or a date with or without its year."""

    offset: int | None = None
    weekday: int | None = None
    before_today: bool = False
    month: int | None = None
    number: int = 0
    year: int | None = None

    def dates(self, today: date, *, ahead: bool) -> Iterator[date]:
        """The dates it can mean, the likeliest first: the latest up to today, or with `ahead` the next from today."""
        if self.offset is not None:
            yield today + timedelta(days=self.offset)
        elif self.month is not None:
            for year in self._years(today, ahead=ahead):
                day = _calendar_date(year, self.month, self.number)
                if day and self.weekday in {None, day.weekday()}:
                    yield day
        elif self.weekday is not None:
            week = _WEEK if ahead else -_WEEK
            first = today + timedelta(days=(self.weekday - today.weekday()) % week)
            yield from (
                day for day in (first, first + timedelta(days=week)) if not (self.before_today and day == today)
            )

    def _years(self, today: date, *, ahead: bool) -> range:
        if self.year is not None:
            return range(self.year, self.year + 1)
        step = 1 if ahead else -1
        return range(today.year, today.year + step * _YEARS_TRIED, step)


def calendar_day(reader: Reader) -> Day | None:
    """A day, alone or within a longer phrase."""
    reader.skip(Role.ON)
    return reader.attempt(_from_today) or reader.attempt(_last_weekday) or reader.attempt(_dated)


def _from_today(reader: Reader) -> Day | None:
    offset = reader.value(Role.DAY)
    if offset is None:
        offset = reader.attempt(_days_ago)
    if offset is None:
        return None
    reader.skip(Role.OF)
    return Day(offset=offset)


def _days_ago(reader: Reader) -> int | None:
    before = reader.skip(Role.AGO_BEFORE)
    number = reader.value(Role.NUMBER)
    if number is None or number > _FARTHEST or not reader.skip(Role.DAYS):
        return None
    return -number if before or reader.skip(Role.AGO_AFTER) else None


def _last_weekday(reader: Reader) -> Day | None:
    """`last friday`, `viernes pasado`: before today, on a Friday too."""
    before = reader.skip(Role.LAST)
    weekday = reader.value(Role.WEEKDAY)
    if weekday is None or not (reader.skip(Role.LAST) or before):
        return None
    return Day(weekday=weekday, before_today=True)


def _dated(reader: Reader) -> Day | None:
    """A weekday, a date, or both, as in `Thu, Nov 12`."""
    return reader.attempt(_weekday_and_date) or reader.attempt(_date_and_weekday) or reader.attempt(_weekday)


def _weekday(reader: Reader) -> Day | None:
    weekday = reader.value(Role.WEEKDAY)
    return None if weekday is None else Day(weekday=weekday)


def _weekday_and_date(reader: Reader) -> Day | None:
    weekday = reader.value(Role.WEEKDAY)
    found = None if weekday is None else _date(reader)
    return replace(found, weekday=weekday) if found else None


def _date_and_weekday(reader: Reader) -> Day | None:
    found = _date(reader)
    return replace(found, weekday=reader.value(Role.WEEKDAY)) if found else None


def _date(reader: Reader) -> Day | None:
    """A date that there is, at least in a leap year."""
    found = reader.attempt(_in_digits) or reader.attempt(_day_and_month) or reader.attempt(_month_and_day)
    return found if found and any(found.dates(_LEAP_DAY, ahead=True)) else None


def _in_digits(reader: Reader) -> Day | None:
    ordinal = reader.value(Role.DATE)
    if ordinal is not None:
        found = date.fromordinal(ordinal)
        return Day(month=found.month, number=found.day, year=found.year)
    packed = reader.value(Role.MONTH_DAY)
    return None if packed is None else Day(month=packed // 100, number=packed % 100)


def _day_and_month(reader: Reader) -> Day | None:
    number = _ordinal(reader)
    if number is None:
        return None
    reader.skip(Role.OF)
    month = reader.value(Role.MONTH)
    if month is None:
        return None
    reader.skip(Role.OF)
    return Day(month=month, number=number, year=reader.attempt(_year))


def _month_and_day(reader: Reader) -> Day | None:
    month = reader.value(Role.MONTH)
    number = None if month is None else _ordinal(reader)
    return None if number is None else Day(month=month, number=number, year=reader.attempt(_year))


def _ordinal(reader: Reader) -> int | None:
    number = reader.value(Role.NUMBER)
    reader.skip(Role.ORDINAL)
    return number


def _year(reader: Reader) -> int | None:
    token = reader.token(Role.NUMBER)
    year = token.meanings[Role.NUMBER] if token and len(token.text) == len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _calendar_date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
