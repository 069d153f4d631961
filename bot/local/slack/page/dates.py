"""Writes moments as Slack does: in the reader's zone and language, with today, yesterday and tomorrow by name."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from babel.dates import format_date, format_time, format_timedelta

from bot.local.slack.page.surface import Reader

_TOKEN: Final = re.compile(r"\{([a-z_]+)\}")
_RELATIVE: Final = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "de": {-1: "gestern", 0: "heute", 1: "morgen"},
    "es": {-1: "ayer", 0: "hoy", 1: "mañana"},
    "ja": {-1: "昨日", 0: "今日", 1: "明日"},
}
"""Days from today → their word, by language."""


def moment(seconds: float, reader: Reader) -> datetime | None:
    """The reader's local time at `seconds` (unix), or None when no calendar reaches that far."""
    try:
        return datetime.fromtimestamp(seconds, UTC).astimezone(reader.zone)
    except (OverflowError, OSError, ValueError):
        return None


def of_ts(ts: str, reader: Reader) -> datetime:
    """The reader's local time of a message's `ts`."""
    return datetime.fromtimestamp(float(ts), UTC).astimezone(reader.zone)


def clock(at: datetime, reader: Reader, *, seconds: bool = False) -> str:
    """`5:07 PM`, or `17:07` where that is the custom."""
    return _spaces(format_time(at, "medium" if seconds else "short", locale=reader.babel))


def day(at: datetime, reader: Reader) -> str:
    """What a day divider says: `Today`, `Yesterday` or `Monday, November 16th`. The page itself speaks English."""
    today = reader.now.astimezone(reader.zone).date()
    relative = _RELATIVE["en"].get((at.date() - today).days)
    return relative.capitalize() if relative else _with_ordinal(at, "EEEE, MMMM d", year=at.year != today.year)


def exact(at: datetime, reader: Reader) -> str:
    """What hovering over a time says: `Today at 5:07:12 PM`."""
    return f"{day(at, reader)} at {clock(at, reader, seconds=True)}"


def format_slack_date(seconds: float, pattern: str, reader: Reader) -> str | None:
    """`<!date^seconds^pattern>` as text, or None where Slack falls back: unknown tokens, or no such moment."""
    at = moment(seconds, reader)
    if at is None:
        return None
    known = True

    def replace(match: re.Match[str]) -> str:
        nonlocal known
        text = _token(match[1], at, reader)
        if text is None:
            known = False
            return match[0]
        return text

    written = _TOKEN.sub(replace, pattern)
    return written if known and _TOKEN.search(pattern) else None


def _token(name: str, at: datetime, reader: Reader) -> str | None:  # noqa: PLR0911 (one line a token)
    relative = _relative(at, reader)
    match name:
        case "date_num":
            return at.date().isoformat()
        case "time":
            return clock(at, reader)
        case "time_secs":
            return clock(at, reader, seconds=True)
        case "ago":
            return format_timedelta(at - reader.now, add_direction=True, locale=reader.babel)
        case "date_pretty" | "date_short_pretty" | "date_long_pretty" | "day_divider_pretty" if relative is not None:
            return relative
        case "date" | "date_pretty":
            return _date(at, reader)
        case "date_short" | "date_short_pretty":
            return _spaces(format_date(at, "medium", locale=reader.babel))
        case "date_long" | "date_long_pretty" | "date_long_full" | "day_divider_pretty":
            return _long(at, reader)
        case _:
            return None


def _relative(at: datetime, reader: Reader) -> str | None:
    distance = at.date() - reader.now.astimezone(reader.zone).date()
    return _RELATIVE.get(reader.babel.language, _RELATIVE["en"]).get(distance.days)


def _long(at: datetime, reader: Reader) -> str:
    if reader.babel.language == "en":
        return _with_ordinal(at, "EEEE, MMMM d", year=True)
    return _spaces(format_date(at, "full", locale=reader.babel))


def _date(at: datetime, reader: Reader) -> str:
    if reader.babel.language == "en":
        return _with_ordinal(at, "MMMM d", year=True)
    return _spaces(format_date(at, "long", locale=reader.babel))


def _with_ordinal(at: datetime, pattern: str, *, year: bool) -> str:
    text = format_date(at, pattern, locale="en_US") + _ordinal(at.day)
    return f"{text}, {at.year}" if year else text


def _ordinal(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _spaces(text: str) -> str:
    """Unicode's narrow spaces as ordinary ones, which people can type and search."""
    return text.replace("\u202f", " ").replace("\u2009", " ")
