"""The grammar of lengths of time: `1h30m`, `1h 30`, `1:30`, `1.5h`, `90 min`, `half an hour`."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from bot.domain.reader import Reader
from bot.domain.vocabulary import Role

_DAY, _HOUR, _MINUTE, _SECOND = 86400, 3600, 60, 1
_UNITS = ((Role.HOURS, _HOUR), (Role.MINUTES, _MINUTE), (Role.SECONDS, _SECOND))


def length(reader: Reader) -> timedelta | None:
    """A length, more than nothing."""
    seconds = (
        reader.attempt(_in_words)
        or reader.attempt(_decimal)
        or reader.attempt(_parts)
        or reader.attempt(lambda reader: reader.value(Role.CLOCK))
    )
    return timedelta(seconds=seconds) if seconds else None


def _in_words(reader: Reader) -> int | None:
    minutes = reader.value(Role.LENGTH)
    return minutes * _MINUTE if minutes else None


def _decimal(reader: Reader) -> int | None:
    token = reader.token(Role.DECIMAL)
    unit = _unit(reader) if token else None
    return round(Fraction(token.text.replace(",", ".")) * unit) if token and unit else None


def _unit(reader: Reader) -> int | None:
    return next((seconds for role, seconds in _UNITS if reader.skip(role)), None)


def _parts(reader: Reader) -> int | None:
    """Hours, minutes and seconds, each once and in this order; after the first, each less than the one before it."""
    total, larger = 0, _DAY
    while larger > _SECOND:
        part = _half(reader) if larger == _HOUR else None
        part = part or _part(reader, larger)
        if part is None:
            break
        seconds, larger = part
        total += seconds
    return total or None


def _half(reader: Reader) -> tuple[int, int] | None:
    return (_HOUR // 2, _MINUTE) if reader.skip(Role.HALF) else None


def _part(reader: Reader, larger: int) -> tuple[int, int] | None:
    """One number with its unit, as (seconds, unit); `larger` is the unit before it."""

    def read(reader: Reader) -> tuple[int, int] | None:
        if larger < _DAY:
            reader.skip(Role.AND)
        token = reader.token(Role.NUMBER)
        if token is None:
            return None
        unit = _unit(reader)
        if unit is None and larger == _HOUR and (token.glued or not reader.strict or not reader.done):
            unit = _MINUTE  # 1h30, and 1h 30 where nothing but a length can stand
        seconds = token.meanings[Role.NUMBER] * (unit or 0)
        fits = unit is not None and unit < larger and (larger == _DAY or seconds < larger)
        return (seconds, unit) if unit is not None and fits else None

    return reader.attempt(read)
