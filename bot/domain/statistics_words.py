"""What people write after `/toggl stats`: a period for now, or a channel and a rhythm for a schedule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.periods import Period, parse_period, this_week
from bot.domain.recurrence_phrases import Rhythm, parse_rhythm

_CHANNEL = re.compile(r"<#(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>")
_UNKNOWN_CHANNEL = re.compile(r"(?<!\S)#[^\s<>]+")
_FILLERS = frozenset({"in", "to", "post", "schedule", "for"})


@dataclass(frozen=True, slots=True)
class Scheduling:
    """A schedule is wanted: in the channel, if one was named, in the rhythm, if one was said.

    `unknown`: a channel was named that Slack does not know.
    """

    channel_id: str | None = None
    rhythm: Rhythm | None = None
    unknown: bool = False


def parse_statistics(text: str, *, now: datetime, zone: ZoneInfo, first_weekday: int) -> Period | Scheduling:
    """What all of `text` asks for; this week for no words.

    Raises PeriodNotUnderstood, InTheFuture, PeriodBackwards, PeriodTooLong.
    """
    found = _CHANNEL.search(text)
    bare = _CHANNEL.sub(" ", text)
    unknown = found is None and _UNKNOWN_CHANNEL.search(bare) is not None
    words = _UNKNOWN_CHANNEL.sub(" ", bare).split()
    named = found or unknown
    rest = " ".join(word for word in words if not named or word.lower() not in _FILLERS)
    rhythm = parse_rhythm(rest) if rest else None
    if rhythm or (named and not rest):
        return Scheduling(found["id"] if found else None, rhythm, unknown)
    if not rest:
        return this_week(now=now, zone=zone, first_weekday=first_weekday)
    period = parse_period(rest, now=now, zone=zone, first_weekday=first_weekday)
    return Scheduling(found["id"] if found else None, unknown=unknown) if named else period
