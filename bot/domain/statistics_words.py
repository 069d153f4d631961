"""What people write after `/toggl stats`: a period for now, or a channel and a rhythm for a schedule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.periods import Period, parse_period, this_week
from bot.domain.recurrence_phrases import Rhythm, parse_rhythm

_CHANNEL = re.compile(r"<#(?P<id>[A-Z0-9]+)(?:\|[^>]*)?>")
_FILLERS = frozenset({"in", "to", "post", "schedule", "for"})


@dataclass(frozen=True, slots=True)
class Scheduling:
    """A schedule is wanted: in the channel, if one was named, in the rhythm, if one was said."""

    channel_id: str | None = None
    rhythm: Rhythm | None = None


def parse_statistics(text: str, *, now: datetime, zone: ZoneInfo, first_weekday: int) -> Period | Scheduling:
    """What all of `text` asks for; this week for no words.

    Raises PeriodNotUnderstood, InTheFuture, PeriodBackwards, PeriodTooLong.
    """
    found = _CHANNEL.search(text)
    rest = " ".join(word for word in _CHANNEL.sub(" ", text).split() if not found or word.lower() not in _FILLERS)
    rhythm = parse_rhythm(rest) if rest else None
    if rhythm or (found and not rest):
        return Scheduling(found["id"] if found else None, rhythm)
    if not rest:
        return this_week(now=now, zone=zone, first_weekday=first_weekday)
    period = parse_period(rest, now=now, zone=zone, first_weekday=first_weekday)
    return Scheduling(found["id"]) if found else period
