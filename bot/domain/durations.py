"""How long people mean by `1h30m`, `1:30`, `1.5h` or `90 min`."""

from __future__ import annotations

from datetime import timedelta

from bot.domain import phrases
from bot.domain.lengths import length
from bot.domain.not_understood import DurationNotUnderstood, DurationTooLong, NotUnderstood
from bot.domain.ranges import parse_range, split_range

__all__ = ["NotUnderstood", "parse_duration", "parse_range", "split_duration", "split_range"]

LONGEST = timedelta(hours=24)
"""No entry is longer than a day; a caller that asks for something else (an estimate) gives its own limit."""


def parse_duration(text: str, *, longest: timedelta = LONGEST) -> timedelta:
    """The length that all of `text` means, at least a second. Raises DurationNotUnderstood, DurationTooLong."""
    found = phrases.read(text, length)
    if found is None:
        raise DurationNotUnderstood(text)
    return _checked(found, text, longest)


def split_duration(text: str, *, longest: timedelta = LONGEST) -> tuple[str, timedelta | None]:
    """`text` without the length at its head or else its end, and that length; (`text`, None) where there is none.

    Raises DurationTooLong.
    """
    found = phrases.split_head(text, length) or phrases.split_tail(text, length)
    if found is None:
        return text.strip(), None
    rest, said, duration = found
    return rest.strip(), _checked(duration, said, longest)


def _checked(duration: timedelta, said: str, longest: timedelta) -> timedelta:
    if duration > longest:
        raise DurationTooLong(said, hours=int(longest / timedelta(hours=1)))
    return duration
