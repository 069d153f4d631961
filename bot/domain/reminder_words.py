"""What people write after `/track remind`: `if under 6h at 17:00`, `off today`, `daily at 16:30`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum
from types import MappingProxyType

from bot.domain import phrases
from bot.domain.durations import parse_duration
from bot.domain.folding import fold
from bot.domain.not_understood import DurationNotUnderstood, DurationTooLong, NotUnderstood
from bot.domain.reminders import (
    IDLE_AT,
    LONGEST,
    LONGEST_RUN,
    SHORTEST,
    SHORTEST_RUN,
    UNDER_AT,
    Idle,
    Rule,
    Running,
    Under,
)
from bot.domain.times_of_day import clock_time
from bot.domain.weekday_phrases import split_days
from bot.errors import UserError
from bot.i18n import N_

LONGEST_TEXT = 200
"""Characters: nothing longer is looked at."""


class ReminderNotUnderstood(NotUnderstood):
    """The words are no reminder."""

    sentence = N_(
        "I don’t understand “{said}” as a reminder. Try `if under 6h at 17:00`, `if running over 9h` or `if idle "
        "at 10:00 on mon-thu`."
    )


class LengthOutOfRange(UserError):
    """A length that no reminder can wait for."""

    sentence = N_("Give a duration between {shortest} and {longest}; “{said}” is not one. Nothing was saved.")


class Switch(Enum):
    """What is said to all reminders at once."""

    OFF_TODAY = "off today"
    OFF = "off"
    ON = "on"
    LIST = "list"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Habits:
    """When a person works, and when they want to hear of what their workspace asks for; None leaves it as it is."""

    daily_at: time | None = None
    weekly_on: int | None = None
    weekly_at: time | None = None
    working_days: tuple[int, ...] | None = None


Wish = Rule | Switch | Habits

_SWITCHES: Mapping[str, Switch] = MappingProxyType(
    {
        "off today": Switch.OFF_TODAY,
        "not today": Switch.OFF_TODAY,
        "off for today": Switch.OFF_TODAY,
        "quiet today": Switch.OFF_TODAY,
        "off": Switch.OFF,
        "stop": Switch.OFF,
        "pause": Switch.OFF,
        "never": Switch.OFF,
        "on": Switch.ON,
        "on again": Switch.ON,
        "resume": Switch.ON,
        "list": Switch.LIST,
        "show": Switch.LIST,
        "clear": Switch.CLEAR,
        "clear all": Switch.CLEAR,
        "remove all": Switch.CLEAR,
        "delete all": Switch.CLEAR,
    }
)

_IF = r"(?:if|when|wenn|falls|si)"
_LEAD = re.compile(rf"^(?:me\s+)?(?:{_IF}\s+)?(?:i(?:\s+(?:have|am)|['’](?:m|ve))?\s+)?(?:tracked\s+|ich\s+)?")
_LATER_IF = re.compile(rf"^(?P<head>.+?)\s+(?P<rest>{_IF}\s.+)$")
_UNDER = re.compile(r"^(?:under|below|less\s+than|fewer\s+than|unter|weniger\s+als|menos\s+de)\s+|^<\s*")
_RUNNING = re.compile(
    r"^(?:(?:a|the|my)\s+)?(?:timer(?:\s+is)?(?:\s+(?:running|runs|lauft))?|(?:is\s+)?(?:running|runs|lauft))\s*"
    r"(?:(?:for\s+)?(?:over|longer\s+than|more\s+than)|for|uber|langer\s+als|>|(?=\d))\s*"
)
_IDLE = re.compile(
    r"^(?:idle|nothing\s+(?:is\s+)?(?:running|runs)|no\s+timer(?:\s+is)?(?:\s+(?:running|runs))?|not\s+tracking)(?=\s|$)"
)
_BY = re.compile(r"\s(?:by|before)(?=\s)")
_TRACKED = re.compile(r"\s+(?:is\s+|are\s+)?(?:tracked|logged)(?=\s|$)")
_BARE_HOURS = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
_HABIT = re.compile(r"^(?P<which>daily|weekly|working\s+days|workdays|work\s+days)\s+(?P<rest>.+)$")


def parse_wish(text: str) -> Wish:
    """What somebody wants with their reminders. Raises ReminderNotUnderstood, LengthOutOfRange, DurationTooLong."""
    said = fold(text) if len(text) <= LONGEST_TEXT else ""
    switch = _SWITCHES.get(said)
    if switch is not None:
        return switch
    found = _rule(said) or _rule(_LATER_IF.sub(r"\g<rest> \g<head>", said)) or _habits(said)
    if found is None:
        raise ReminderNotUnderstood(text)
    return found


def parse_hours(text: str, *, longest: timedelta = LONGEST, shortest: timedelta = SHORTEST) -> timedelta:
    """A length such as `6h`, `7:30`, or hours alone: `6`. Raises DurationNotUnderstood, LengthOutOfRange."""
    said = fold(text)
    bare = _BARE_HOURS.fullmatch(said)
    try:
        length = parse_duration(f"{said}h" if bare else said, longest=longest)
    except DurationTooLong:
        length = longest + timedelta(seconds=1)
    if not shortest <= length <= longest:
        raise LengthOutOfRange(said=said, shortest=shortest, longest=longest)
    return length


def _rule(said: str) -> Rule | None:
    rest = _LEAD.sub("", said, count=1)
    if found := _UNDER.match(rest):
        length, at, days = _parts(_BY.sub(" at", _TRACKED.sub("", rest[found.end() :], count=1)))
        return Under(parse_hours(length), at or UNDER_AT, days) if length else None
    if found := _RUNNING.match(rest):
        return Running(parse_hours(rest[found.end() :], longest=LONGEST_RUN, shortest=SHORTEST_RUN))
    if found := _IDLE.match(rest):
        left, at, days = _parts(rest[found.end() :])
        return None if left else Idle(at or IDLE_AT, days)
    return None


def _habits(said: str) -> Habits | None:
    """`daily at 16:30`, `weekly thu at 15:00`, `working days mon-thu`."""
    found = _HABIT.match(said)
    if found is None:
        return None
    left, at, days = _parts(found["rest"])
    if left:
        return None
    match found["which"]:
        case "daily" if at and days is None:
            return Habits(daily_at=at)
        case "weekly" if days is None or len(days) == 1:
            return Habits(weekly_on=days[0] if days else None, weekly_at=at) if days or at else None
        case "daily" | "weekly":
            return None
    return Habits(working_days=days) if days and not at else None


def _parts(text: str) -> tuple[str, time | None, tuple[int, ...] | None]:
    """What is left of `text` without a time and days at its end, in any order; the time; the days."""
    rest, at, days, asked = text.strip(), None, None, False
    for _ in range(2):
        found = None if asked else split_days(rest)
        if found:
            (rest, days), asked = found, True
        timed = None if at or _is_length(rest) else phrases.split_tail(rest, clock_time)
        if timed:
            rest, _, at = timed
    return rest, at, days


def _is_length(text: str) -> bool:
    try:
        parse_duration(text)
    except DurationTooLong:
        return True
    except DurationNotUnderstood:
        return False
    return True
