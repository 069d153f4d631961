"""The grammar of periods: `last week`, `november`, `2026-11`, `last 7 days`, `12 nov - 20 nov`, `since mon`, a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bot.domain.calendar_days import Day, calendar_day
from bot.domain.reader import Reader
from bot.domain.scanning import FIRST_YEAR, LAST_YEAR
from bot.domain.vocabulary import Role

Span = tuple[date, date]
"""The first and the last day, both included."""

_WEEK = 7
_MONTHS = 12
_QUARTER = 3
_YEARS_TRIED = 9
_DAY = timedelta(days=1)
_LONGEST_STRETCH = {Role.DAYS: 999, Role.WEEKS: 200, Role.MONTHS: 60}


class Today(NamedTuple):
    """What a phrase is told from: the day it is, and which weekday begins a week (0 is Monday)."""

    day: date
    first_weekday: int


class Phrase:
    """A period as it was told: one of the following."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Part(Phrase):
    """A day, or a whole month or year: the piece that a range is made of."""

    day: Day | None = None
    month: int | None = None
    year: int | None = None

    @property
    def dated(self) -> bool:
        """Whether its year was told."""
        return self.year is not None or (self.day is not None and self.day.year is not None)

    def spans(self, today: date, around: date, *, ahead: bool) -> Iterator[Span]:
        """What it can mean, the likeliest first: from `around` backwards, or with `ahead` onwards."""
        if self.day is not None:
            told_from = around if self.day.offset is None else today
            yield from ((day, day) for day in self.day.dates(told_from, ahead=ahead))
        elif self.month is None:
            yield date(self.year or around.year, 1, 1), date(self.year or around.year, _MONTHS, 31)
        else:
            yield from (months(date(year, self.month, 1), 1) for year in self._years(around, ahead=ahead))

    def _years(self, around: date, *, ahead: bool) -> range:
        if self.year is not None:
            return range(self.year, self.year + 1)
        step = 1 if ahead else -1
        return range(around.year, around.year + step * _YEARS_TRIED, step)


@dataclass(frozen=True, slots=True)
class Whole(Phrase):
    """A week, month, quarter or year told from the present one: 0 is this one, -1 the last."""

    unit: Role
    offset: int

    def span(self, today: Today) -> Span:
        """Its days."""
        day = today.day
        match self.unit:
            case Role.WEEK:
                first = day - _DAY * ((day.weekday() - today.first_weekday) % _WEEK) + _DAY * _WEEK * self.offset
                return first, first + _DAY * (_WEEK - 1)
            case Role.QUARTER:
                into_quarter = (day.month - 1) % _QUARTER
                return months(_shifted(day, _QUARTER * self.offset - into_quarter), _QUARTER)
            case Role.YEAR:
                return months(date(day.year + self.offset, 1, 1), _MONTHS)
        return months(_shifted(day, self.offset), 1)


@dataclass(frozen=True, slots=True)
class Stretch(Phrase):
    """So many days, weeks or months up to today, which is the last of them."""

    number: int
    unit: Role

    def span(self, today: Today) -> Span:
        """Its days."""
        match self.unit:
            case Role.MONTHS:
                first, last = months(_shifted(today.day, -self.number), 1)
                return min(first + _DAY * (today.day.day - 1), last) + _DAY, today.day
            case Role.WEEKS:
                return today.day - _DAY * (_WEEK * self.number - 1), today.day
        return today.day - _DAY * (self.number - 1), today.day


@dataclass(frozen=True, slots=True)
class Between(Phrase):
    """From the beginning of one part to the end of the other; None is today."""

    start: Part
    end: Part | None


def period_phrase(reader: Reader) -> Phrase | None:
    """A period."""
    return (
        reader.whole(_whole) or reader.whole(_stretch) or reader.whole(_year_and_month) or reader.whole(_part)
    ) or reader.whole(_between)


def months(first: date, number: int) -> Span:
    """The days of `number` whole months from that of `first` on."""
    return first.replace(day=1), _shifted(first, number) - _DAY


def _shifted(day: date, number: int) -> date:
    """The first day of the month `number` months from that of `day`; the calendar's ends are not gone beyond."""
    count = min(max(day.year * _MONTHS + day.month - 1 + number, _MONTHS), 9998 * _MONTHS)
    return date(count // _MONTHS, count % _MONTHS + 1, 1)


def _whole(reader: Reader) -> Whole | None:
    for unit in (Role.WEEK, Role.WHOLE_MONTH, Role.QUARTER, Role.YEAR):
        offset = reader.value(unit)
        if offset is not None:
            return Whole(unit, offset)
    return None


def _stretch(reader: Reader) -> Stretch | None:
    if not reader.skip(Role.LAST):
        return None
    number = reader.value(Role.NUMBER) or 0
    unit = next((unit for unit in _LONGEST_STRETCH if reader.skip(unit)), None)
    return Stretch(number, unit) if unit and 0 < number <= _LONGEST_STRETCH[unit] else None


def _part(reader: Reader) -> Part | None:
    return reader.attempt(_dated) or reader.attempt(_month) or reader.attempt(_year_alone)


def _dated(reader: Reader) -> Part | None:
    day = calendar_day(reader)
    return Part(day=day) if day else None


def _month(reader: Reader) -> Part | None:
    reader.skip(Role.ON)
    month = reader.value(Role.MONTH)
    if month is None:
        return None
    reader.skip(Role.OF)
    return Part(month=month, year=reader.attempt(_year))


def _year_alone(reader: Reader) -> Part | None:
    year = _year(reader)
    return Part(year=year) if year else None


def _year_and_month(reader: Reader) -> Part | None:
    """`2026-11`, `2026年11月`."""
    year = _year(reader)
    if not year:
        return None
    month = reader.value(Role.NUMBER) if reader.skip(Role.DASH) else None
    if month is None and reader.skip(Role.OF):
        month = reader.value(Role.MONTH)
    return Part(month=month, year=year) if month and month <= _MONTHS else None


def _year(reader: Reader) -> int | None:
    token = reader.token(Role.NUMBER)
    year = token.meanings[Role.NUMBER] if token and len(token.text) == len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _between(reader: Reader) -> Between | None:
    return reader.whole(_month_and_days) or reader.whole(_days_and_month) or reader.whole(_two) or reader.whole(_since)


def _from(reader: Reader) -> bool:
    return reader.skip(Role.FROM) or reader.skip(Role.AT) or reader.skip(Role.AGO_BEFORE)


def _two(reader: Reader) -> Between | None:
    _from(reader)
    start = reader.attempt(_year_and_month) or _part(reader)
    if start is None or not _to(reader):
        return None
    end = reader.attempt(_year_and_month) or _part(reader)
    reader.skip(Role.TO_AFTER)
    return Between(start, end) if end else None


def _since(reader: Reader) -> Between | None:
    """`since monday`, `月曜日から`: up to today."""
    begun = _from(reader)
    start = _part(reader)
    begun = reader.skip(Role.AT_AFTER) or begun
    return Between(start, None) if start and begun else None


def _days_and_month(reader: Reader) -> Between | None:
    """`12-20 nov`: the month of the second day is that of the first."""
    _from(reader)
    number = reader.value(Role.NUMBER)
    reader.skip(Role.ORDINAL)
    end = calendar_day(reader) if number and _to(reader) else None
    if number is None or end is None or end.month is None or end.number < number:
        return None
    return Between(Part(day=Day(month=end.month, number=number, year=end.year)), Part(day=end))


def _month_and_days(reader: Reader) -> Between | None:
    """`nov 12-20`."""
    start = calendar_day(reader)
    number = reader.value(Role.NUMBER) if start and start.month and _to(reader) else None
    reader.skip(Role.ORDINAL)
    if start is None or number is None or number < start.number:
        return None
    year = reader.attempt(_year) or start.year
    first = Day(month=start.month, number=start.number, year=year)
    return Between(Part(day=first), Part(day=Day(month=start.month, number=number, year=year)))


def _to(reader: Reader) -> bool:
    return reader.skip(Role.DASH) or reader.skip(Role.TO)
