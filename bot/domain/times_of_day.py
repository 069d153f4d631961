"""The grammar of times of day: `9:15`, `9.15 pm`, `at 9`, `0915`, `noon`, `9 Uhr 15`, `午後3時`."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from bot.domain.reader import Reader
from bot.domain.scanning import FIRST_YEAR, LAST_YEAR, Token
from bot.domain.vocabulary import Role

DAY = 86400
_HOUR, _MINUTE = 3600, 60
_NOON = 12
_SIXTY = 60


class TimeOfDay(NamedTuple):
    """`seconds` after midnight, at most `DAY` (`24:00`, the end of a day); `half` is AM or PM where it was said."""

    seconds: int
    half: Role | None = None


def time_of_day(reader: Reader, *, told: bool = False) -> TimeOfDay | None:
    """A time of day. Where the reader is strict, a number alone is none, unless `told` or after `at`.

    A colon, am or pm, or a word such as `Uhr` leave no doubt either.
    """
    told = reader.skip(Role.AT) or told or not reader.strict
    if told:
        named = named_time(reader)
        if named:
            return named
    half = _half_of_day(reader)
    token = reader.token(Role.CLOCK) or reader.token(Role.DECIMAL) or reader.token(Role.NUMBER)
    if token is None:
        return None
    half = half or _half_of_day(reader)
    oclock = reader.skip(Role.OCLOCK)
    seconds = _seconds(reader, token, oclock=oclock)
    half = half or _half_of_day(reader)
    if seconds is None or not (told or half or oclock or Role.CLOCK in token.meanings):
        return None
    seconds = _in_half(seconds, half) if half else seconds
    return TimeOfDay(seconds, half) if seconds is not None and seconds <= DAY else None


def clock_time(reader: Reader) -> time | None:
    """A time of day to the minute, at which something can come again; `24:00` is none."""
    found = time_of_day(reader)
    if found is None or found.seconds >= DAY or found.seconds % _MINUTE:
        return None
    return time(found.seconds // _HOUR, found.seconds % _HOUR // _MINUTE)


def named_time(reader: Reader) -> TimeOfDay | None:
    """Noon or midnight."""
    reader.skip(Role.AT)
    if reader.skip(Role.NOON):
        return TimeOfDay(_NOON * _HOUR)
    return TimeOfDay(0) if reader.skip(Role.MIDNIGHT) else None


def _half_of_day(reader: Reader) -> Role | None:
    return next((half for half in (Role.AM, Role.PM) if reader.skip(half)), None)


def _seconds(reader: Reader, token: Token, *, oclock: bool) -> int | None:
    """What the digits say, before am and pm."""
    if Role.CLOCK in token.meanings:
        return token.meanings[Role.CLOCK]
    if Role.DECIMAL in token.meanings:
        hours, dot, minutes = token.text.partition(".")
        return _hours_and_minutes(int(hours), int(minutes)) if dot and len(minutes) == len("15") else None
    number, digits = token.meanings[Role.NUMBER], len(token.text)
    if digits > len("09"):
        return (
            None if digits > len("0915") or _maybe_a_year(reader, number) else _hours_and_minutes(*divmod(number, 100))
        )
    if oclock:
        past = _SIXTY // 2 if reader.skip(Role.HALF) else reader.attempt(_minutes_after_the_hour)
        return _hours_and_minutes(number, past or 0)
    return number * _HOUR


def _maybe_a_year(reader: Reader, number: int) -> bool:
    """Within somebody's own words `at 2026` is no time of day."""
    return reader.strict and FIRST_YEAR <= number <= LAST_YEAR


def _minutes_after_the_hour(reader: Reader) -> int | None:
    minutes = reader.value(Role.NUMBER)
    reader.skip(Role.MINUTES)
    return minutes


def _hours_and_minutes(hours: int, minutes: int) -> int | None:
    return hours * _HOUR + minutes * _MINUTE if minutes < _SIXTY else None


def _in_half(seconds: int, half: Role) -> int | None:
    hours, rest = divmod(seconds, _HOUR)
    if not 0 < hours <= _NOON:
        return None
    return (hours % _NOON + (_NOON if half is Role.PM else 0)) * _HOUR + rest
